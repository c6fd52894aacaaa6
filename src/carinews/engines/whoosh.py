"""The reference engine: the same analysis and the same query trees on a plain Whoosh index.

It is the oracle of the conformance tests, a peer in the benchmarks, and the choice of whoever
wants files that Whoosh itself opens. What Whoosh does not do, it does in the slow and obvious
way (`whoosh_scores.py`). It finds the same documents as the local engine in the same order, with the same
scores but for what 32-bit floats lose. It does not do `Recent` nodes, copies, and word lists of one's own.
Whoosh runs pickle when it opens an index: never open one that you did not build.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC
from functools import cached_property, lru_cache
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from whoosh import fields, index
from whoosh.searching import SearchContext

from carinews.analysis.analyzer import Analyzer
from carinews.analysis.whoosh_analyzer import WhooshAnalyzer
from carinews.engines.protocol import FACETS, PERIODS, Answer, Found, Stream
from carinews.engines.whoosh_scores import Scorer
from carinews.errors import IndexMissing, IndexVersionError
from carinews.index.records import to_article, to_record
from carinews.index.segment import TITLE_GAP, TITLE_WEIGHT, key
from carinews.index.stories import address_key, stand_ins, title_key
from carinews.model import WIB
from carinews.query.categories import accepts, runs
from carinews.query.marks import evidence_of
from carinews.query.nearness import BEST
from carinews.query.tree import SCOPES, Family, Form, leaves
from carinews.query.whoosh_tree import CATEGORY_FIELDS, STEM_FIELD, to_whoosh
from carinews.wording import Message

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from carinews.engines.protocol import Facets, Question, Sort
    from carinews.engines.whoosh_scores import Places, Scores
    from carinews.model import Article, Copy, Filters
    from carinews.query.marks import Evidence
    from carinews.query.tree import Node, Single

_LENGTHS = "lengths"  # the stored tokens of title and body
_REMEMBERED = 10_000
_BETWEEN = "\x1e"  # stands between title and body in the field `text`, where a phrase may not cross


class WhooshEngine:
    """A plain Whoosh index of the same articles. Raises IndexMissing where there is none, IndexVersionError."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        if not index.exists_in(str(path)):
            raise IndexMissing(Message("{path}: no Whoosh index here; build one with WhooshEngine.build", path=path))
        self._index = index.open_dir(str(path))
        if _LENGTHS not in self._index.schema:
            message = Message("{path}: made by an older carinews; build it again with WhooshEngine.build", path=path)
            raise IndexVersionError(message)
        self._searcher = self._index.searcher()
        self.analyzer = Analyzer()
        self._kept = _Kept(self._searcher, self.analyzer)
        self._scorer = Scorer(self._kept)

    @classmethod
    def build(cls, articles: Iterable[Article], path: str | os.PathLike[str]) -> WhooshEngine:
        """Make a Whoosh index of articles, and of the stories known only from their links, in a new folder."""
        Path(path).mkdir(parents=True, exist_ok=True)
        writer, analyzer = index.create_in(str(path), _schema()).writer(), Analyzer()
        latest = {article.id: article for article in articles}  # Whoosh replaces what is committed only
        edges = (
            (title_key(story.title), address_key(story.url), article)
            for article in latest.values()
            for story in article.related
        )
        titles = {title_key(article.title) for article in latest.values()}
        addresses = {address_key(article.url) for article in latest.values() if article.url}
        for article in latest.values():
            writer.add_document(**_document(article, analyzer, derived=False))
        untold = (edge for edge in edges if edge[0] not in titles and edge[1] not in addresses)
        for article in stand_ins((title, address, to_record(article)) for title, address, article in untold):
            if article.id not in latest:
                writer.add_document(**_document(article, analyzer, derived=True))
        writer.commit()
        return cls(path)

    @property
    def document_count(self) -> int:
        return int(self._searcher.doc_count())

    def answer(self, question: Question) -> Answer:
        scores = self._scorer.scores(question.tree)
        weaker = self.own_search(question.tree) - scores.keys()
        found = self._passing(scores, question.filters)
        found.sort(key=lambda one: _order(one, question.sort))
        if question.sort == "relevance":
            found = self._nearer(question.tree, found)
        page = tuple(Found(one.article, one.score) for one in found[question.offset : question.offset + question.limit])
        return Answer(
            page,
            len(found),
            self._evidence(question.tree),
            _facets(found) if question.facets else (),
            len(self._passing(dict.fromkeys(weaker, 0.0), question.filters)),
        )

    def own_search(self, tree: Node) -> frozenset[int]:
        """The numbers of the documents that Whoosh's own search finds, which leaves out no weak match."""
        return self._kept.documents(tree)

    def _passing(self, scores: Scores, filters: Filters) -> list[_Scored]:
        """The documents that pass the filters."""
        every = (_Scored(doc, self._article(self._searcher.stored_fields(doc)), scores[doc]) for doc in scores)
        return [one for one in every if _passes(one.article, filters)]

    def _nearer(self, tree: Node, found: list[_Scored]) -> list[_Scored]:
        """The same documents, the best of which gain by where the words stand."""
        near = [one._replace(score=one.score + self._scorer.places_gain(tree, one.doc)) for one in found[:BEST]]
        return sorted(near, key=lambda one: _order(one, "relevance")) + found[BEST:]

    def stream(self, question: Question) -> Stream:
        """The answer without a limit; here it is held in memory."""
        answer = self.answer(replace(question, limit=self.document_count))
        return Stream(iter(answer.found), answer.evidence)

    def _evidence(self, tree: Node) -> tuple[Evidence, ...]:
        found = dict.fromkeys(leaves(tree, wanted_only=True))
        return tuple(one for leaf in found for one in evidence_of(leaf, self._scorer.idf(leaf), self._kept.forms))

    def get(self, article_id: str) -> Article | None:
        found = self._searcher.document(id=article_id)
        return self._article(found) if found else None

    def copies(self, article_id: str) -> tuple[Copy, ...]:
        """None: this engine does not look for them."""
        return ()

    def telling(self, title: str, url: str | None = None) -> Article | None:
        here = self._searcher.documents(address_key=str(address_key(url))) if url else ()
        whole = [stored for stored in here if not stored["derived"]]
        found = whole or list(self._searcher.documents(title_key=str(title_key(title))))
        each = [
            (bool(stored["derived"]), key(article.id), article)
            for stored in found
            for article in [self._article(stored)]
        ]
        return min(each, key=itemgetter(0, 1))[2] if each else None

    def close(self) -> None:
        """Close Whoosh's files."""
        self._searcher.close()
        self._index.close()

    def _article(self, stored: dict[str, Any]) -> Article:
        return to_article(json.loads(stored["record"]))


class _Scored(NamedTuple):
    """A document with its number in Whoosh's index."""

    doc: int
    article: Article
    score: float


class _Kept:
    """What Whoosh's index tells of its documents and words (`carinews.engines.whoosh_scores.Kept`)."""

    def __init__(self, searcher: Any, analyzer: Analyzer) -> None:
        self._searcher, self._reader = searcher, searcher.reader()
        self._analyzer = analyzer
        self.forms = lru_cache(_REMEMBERED)(self._forms)
        self.places = lru_cache(_REMEMBERED)(self._places)

    @cached_property
    def _stored(self) -> dict[int, tuple[int, int, bool]]:
        every = ((doc, self._searcher.stored_fields(doc)) for doc in self._reader.all_doc_ids())
        return {doc: (*stored[_LENGTHS], stored["derived"]) for doc, stored in every}

    @cached_property
    def lengths(self) -> dict[int, int]:
        return {doc: TITLE_WEIGHT * title + body for doc, (title, body, _) in self._stored.items()}

    @cached_property
    def title_lengths(self) -> dict[int, int]:
        return {doc: title for doc, (title, _, _) in self._stored.items()}

    @cached_property
    def derived(self) -> frozenset[int]:
        return frozenset(doc for doc, (_, _, derived) in self._stored.items() if derived)

    def documents(self, node: Node) -> frozenset[int]:
        """What Whoosh's own search finds, which knows no weak match."""
        collector = self._searcher.collector(limit=None)
        # Whoosh's quickest matchers do not know where a word stands; this asks for those that do.
        self._searcher.search_with_collector(to_whoosh(node), collector, SearchContext(needs_current=True))
        return frozenset(collector.results().docs())

    def _forms(self, leaf: Single) -> frozenset[str]:
        if isinstance(leaf, Form):
            return frozenset(self._analyzer.lexicon.shapes(leaf.form))
        if isinstance(leaf, Family):
            return frozenset(self._families[leaf.scope].get(leaf.stem, ()))
        terms = map(as_text, to_whoosh(leaf)._btexts(self._reader))
        return frozenset(form for term in terms for form in self._analyzer.lexicon.shapes(term))

    @cached_property
    def _families(self) -> dict[str, dict[str, list[str]]]:
        found: dict[str, dict[str, list[str]]] = {}
        for scope in SCOPES:
            of_stem = found[scope] = {}
            for form in map(as_text, self._reader.lexicon(scope)):
                of_stem.setdefault(self._analyzer.stem(form), []).append(form)
        return found

    def _places(self, form: str) -> Places:
        if ("text", form) not in self._reader:
            return {}
        found, matcher = {}, self._reader.postings("text", form)
        while matcher.is_active():
            found[matcher.id()] = set(matcher.value_as("positions"))
            matcher.next()
        return found


def as_text(term: bytes | str) -> str:
    """A term of Whoosh's, which are bytes, but for those that its automata find."""
    return term if isinstance(term, str) else term.decode()


def _schema() -> Any:
    schema = fields.Schema(
        id=fields.ID(unique=True),
        title_key=fields.ID,
        address_key=fields.ID,
        derived=fields.STORED,
        **{_LENGTHS: fields.STORED},
        record=fields.STORED,
        published=fields.DATETIME,
        **dict.fromkeys(CATEGORY_FIELDS, fields.ID),
    )
    for name in ("text", "title", "body"):
        gap = TITLE_GAP if name == "text" else 0
        schema.add(name, fields.TEXT(WhooshAnalyzer("form", _BETWEEN, gap, cased=True), phrase=True))
        schema.add(name + STEM_FIELD, fields.TEXT(WhooshAnalyzer("stem", _BETWEEN, gap), phrase=True))
    return schema


def _document(article: Article, analyzer: Analyzer, *, derived: bool) -> dict[str, Any]:
    text = article.title.replace(_BETWEEN, " ") + _BETWEEN + article.body.replace(_BETWEEN, " ")
    values = {"text": text, "title": article.title, "body": article.body}
    return {
        "id": article.id,
        "title_key": str(title_key(article.title)),
        "address_key": str(address_key(article.url)),
        "derived": derived,
        _LENGTHS: (len(analyzer(article.title)), len(analyzer(article.body))),
        "record": json.dumps(to_record(article)),
        "published": article.published and article.published.astimezone(UTC).replace(tzinfo=None, microsecond=0),
        **{name: runs(value) for name in CATEGORY_FIELDS if (value := getattr(article, name))},
        **values,
        **{name + STEM_FIELD: value for name, value in values.items()},
    }


def _passes(article: Article, filters: Filters) -> bool:
    for name, asked in filters.categories().items():
        if not any(accepts(getattr(article, name) or "", one) for one in asked):
            return False
    if not (filters.since or filters.until):
        return True
    published = article.published
    return (
        published is not None
        and (filters.since is None or published >= filters.since)
        and (filters.until is None or published < filters.until)
    )


def _order(found: _Scored, sort: Sort) -> tuple[float, ...]:
    published = found.article.published
    newest = float("inf") if published is None else -published.timestamp()
    oldest = float("inf") if published is None else published.timestamp()
    tie = float(key(found.article.id))
    return {
        "relevance": (-found.score, newest, tie),
        "newest": (newest, tie),
        "oldest": (oldest, tie),
    }[sort]


def _facets(found: Iterable[_Scored]) -> Facets:
    articles = [one.article for one in found]
    dates = [article.published.astimezone(WIB) for article in articles if article.published]
    counts: list[tuple[str, tuple[tuple[str, int], ...]]] = []
    for period, form in PERIODS.items():
        counts.append((period, tuple(sorted(Counter(date.strftime(form) for date in dates).items()))))
    for name in FACETS:
        each = Counter(value for article in articles if (value := getattr(article, name)))
        counts.append((name, tuple(sorted(each.items(), key=lambda item: (-item[1], item[0])))))
    return tuple(counts)
