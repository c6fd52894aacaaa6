"""The reference engine: the same analysis and the same query trees on a plain Whoosh index.

It is the oracle of the conformance tests, a peer in the benchmarks, and the choice of whoever
wants files that Whoosh itself opens. What Whoosh does not do, it does in the slow and obvious
way. It finds the same documents as the local engine; the scores are Whoosh's, with Lucene's idf.
Whoosh runs pickle when it opens an index: never open one that you did not build.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whoosh import fields, index, scoring
from whoosh.searching import SearchContext

from carinews.analysis.analyzer import Analyzer
from carinews.analysis.whoosh_analyzer import WhooshAnalyzer
from carinews.engines.protocol import FACETS, PERIODS, Answer, Found, Stream
from carinews.errors import IndexMissing
from carinews.index.records import to_article, to_record
from carinews.index.segment import TITLE_GAP, key
from carinews.index.stories import stand_ins, title_key
from carinews.model import WIB
from carinews.query.categories import accepts, runs
from carinews.query.marks import evidence_of
from carinews.query.scoring import K1, B, idf
from carinews.query.tree import Family, Form, Phrase, Synonyms, leaves
from carinews.query.whoosh_tree import CATEGORY_FIELDS, STEM_FIELD, to_whoosh
from carinews.wording import Message

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from carinews.engines.protocol import Facets, Question, Sort
    from carinews.model import Article, Copy, Filters
    from carinews.query.marks import Evidence
    from carinews.query.tree import Leaf, Node, Single

_BETWEEN = "\x1e"  # stands between title and body in the field `text`, where a phrase may not cross


class _Bm25(scoring.BM25F):  # type: ignore[misc]
    """Whoosh's BM25 with Lucene's idf."""

    def idf(self, searcher: Any, fieldname: str, text: Any) -> float:
        top = searcher.get_parent()
        return idf(top.doc_count_all(), top.doc_frequency(fieldname, text))


class WhooshEngine:
    """A plain Whoosh index of the same articles. Raises IndexMissing where there is none."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        if not index.exists_in(str(path)):
            raise IndexMissing(Message("{path}: no Whoosh index here; build one with WhooshEngine.build", path=path))
        self._index = index.open_dir(str(path))
        self._searcher = self._index.searcher(weighting=_Bm25(B=B, K1=K1))
        self.analyzer = Analyzer()

    @classmethod
    def build(cls, articles: Iterable[Article], path: str | os.PathLike[str]) -> WhooshEngine:
        """Make a Whoosh index of articles, and of the stories known only from their links, in a new folder."""
        Path(path).mkdir(parents=True, exist_ok=True)
        writer = index.create_in(str(path), _schema()).writer()
        latest = {article.id: article for article in articles}  # Whoosh replaces what is committed only
        edges = [(title_key(story.title), article) for article in latest.values() for story in article.related]
        wanted = {edge for edge, _ in edges} - {title_key(article.title) for article in latest.values()}
        for article in latest.values():
            writer.add_document(**_document(article, derived=False))
        for article in stand_ins(((edge, to_record(article)) for edge, article in edges), wanted):
            if article.id not in latest:
                writer.add_document(**_document(article, derived=True))
        writer.commit()
        return cls(path)

    @property
    def document_count(self) -> int:
        return int(self._searcher.doc_count())

    def answer(self, question: Question) -> Answer:
        collector = self._searcher.collector(limit=None)
        # Whoosh's quickest matchers do not know where a word stands; this asks for those that do.
        self._searcher.search_with_collector(to_whoosh(question.tree), collector, SearchContext(needs_current=True))
        every = [Found(self._article(hit.fields()), float(hit.score or 0.0)) for hit in collector.results()]
        found = [one for one in every if _passes(one.article, question.filters)]
        found.sort(key=lambda one: _order(one, question.sort))
        page = tuple(found[question.offset : question.offset + question.limit])
        return Answer(page, len(found), self._evidence(question.tree), _facets(found) if question.facets else ())

    def stream(self, question: Question) -> Stream:
        """The answer without a limit; here it is held in memory."""
        answer = self.answer(replace(question, limit=self.document_count))
        return Stream(iter(answer.found), answer.evidence)

    def _evidence(self, tree: Node) -> tuple[Evidence, ...]:
        found = dict.fromkeys(leaves(tree, wanted_only=True))
        return tuple(one for leaf in found for one in evidence_of(leaf, self._weight(leaf), self._forms))

    def _weight(self, leaf: Leaf) -> float:
        if isinstance(leaf, Phrase):
            return sum(self._weight(Form(leaf.scope, form)) for form in leaf.forms)
        if isinstance(leaf, Synonyms):
            return max(map(self._weight, leaf.parts))
        found = self._searcher.docs_for_query(to_whoosh(leaf))
        return idf(self.document_count, sum(1 for _ in found))

    def _forms(self, leaf: Single) -> frozenset[str]:
        reader = self._searcher.reader()
        if isinstance(leaf, Form):
            return frozenset(self.analyzer.lexicon.shapes(leaf.form))
        if not isinstance(leaf, Family):
            return frozenset(as_text(term) for term in to_whoosh(leaf)._btexts(reader))
        forms = map(as_text, reader.lexicon(leaf.scope))
        return frozenset(form for form in forms if self.analyzer.stem(form) == leaf.stem)

    def get(self, article_id: str) -> Article | None:
        found = self._searcher.document(id=article_id)
        return self._article(found) if found else None

    def copies(self, article_id: str) -> tuple[Copy, ...]:
        """None: this engine does not look for them."""
        return ()

    def titled(self, title: str) -> Article | None:
        found = list(self._searcher.documents(title_key=str(title_key(title))))
        found.sort(key=lambda stored: bool(stored["derived"]))
        return self._article(found[0]) if found else None

    def close(self) -> None:
        """Close Whoosh's files."""
        self._searcher.close()
        self._index.close()

    def _article(self, stored: dict[str, Any]) -> Article:
        return to_article(json.loads(stored["record"]))


def as_text(term: bytes | str) -> str:
    """A term of Whoosh's, which are bytes, but for those that its automata find."""
    return term if isinstance(term, str) else term.decode()


def _schema() -> Any:
    schema = fields.Schema(
        id=fields.ID(unique=True),
        title_key=fields.ID,
        derived=fields.STORED,
        record=fields.STORED,
        published=fields.DATETIME,
        **dict.fromkeys(CATEGORY_FIELDS, fields.ID),
    )
    for name in ("text", "title", "body"):
        gap = TITLE_GAP if name == "text" else 0
        schema.add(name, fields.TEXT(WhooshAnalyzer("form", _BETWEEN, gap, cased=True), phrase=True))
        schema.add(name + STEM_FIELD, fields.TEXT(WhooshAnalyzer("stem", _BETWEEN, gap), phrase=True))
    return schema


def _document(article: Article, *, derived: bool) -> dict[str, Any]:
    text = article.title.replace(_BETWEEN, " ") + _BETWEEN + article.body.replace(_BETWEEN, " ")
    values = {"text": text, "title": article.title, "body": article.body}
    return {
        "id": article.id,
        "title_key": str(title_key(article.title)),
        "derived": derived,
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


def _order(found: Found, sort: Sort) -> tuple[float, ...]:
    published = found.article.published
    newest = float("inf") if published is None else -published.timestamp()
    oldest = float("inf") if published is None else published.timestamp()
    tie = float(key(found.article.id))
    return {
        "relevance": (-found.score, newest, tie),
        "newest": (newest, tie),
        "oldest": (oldest, tie),
    }[sort]


def _facets(found: Iterable[Found]) -> Facets:
    articles = [one.article for one in found]
    dates = [article.published.astimezone(WIB) for article in articles if article.published]
    counts: list[tuple[str, tuple[tuple[str, int], ...]]] = []
    for period, form in PERIODS.items():
        counts.append((period, tuple(sorted(Counter(date.strftime(form) for date in dates).items()))))
    for name in FACETS:
        each = Counter(value for article in articles if (value := getattr(article, name)))
        counts.append((name, tuple(sorted(each.items(), key=lambda item: (-item[1], item[0])))))
    return tuple(counts)
