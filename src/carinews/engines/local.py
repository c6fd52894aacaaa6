"""The default engine: answers from the array index in one folder."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from carinews.engines.copies import Folding
from carinews.engines.order import first
from carinews.engines.protocol import FACETS, NO_FILTERS, Answer, Facets, Found, Stream
from carinews.index.positions import occurrences_of
from carinews.index.reader import IndexReader
from carinews.index.records import to_article
from carinews.index.segment import UNDATED, key
from carinews.index.stories import address_key, title_key
from carinews.model import Copy, FormCount
from carinews.query.execute import Execution
from carinews.query.leaves import Leaves
from carinews.query.matches import Match, chosen
from carinews.query.nearness import BEST, gains, matters

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from carinews.analysis.analyzer import Analyzer
    from carinews.engines.protocol import Question
    from carinews.model import Article, Filters
    from carinews.query.explain import Explanation
    from carinews.query.tree import Node

    Array = NDArray[Any]


_AT_ONCE = 1_000
_REMEMBERED = 10_000


class Ranking(NamedTuple):
    """The documents of an answer in their order, with their scores; the number of all that match; counts of these.

    `weaker` is the number of those that match too weakly.
    """

    best: Match
    total: int
    facets: Facets
    weaker: int


class LocalEngine:
    """One generation of an array index. Raises IndexMissing, IndexCorrupt, IndexVersionError when opened."""

    def __init__(self, path: str | os.PathLike[str], reader: IndexReader | None = None) -> None:
        self._reader = reader or IndexReader(path)
        self._told: dict[int, tuple[Copy, ...]] = {}

    def refreshed(self) -> LocalEngine:
        """An engine of the generation that is current now: this one, where nothing was committed since."""
        reader = self._reader.refreshed()
        return self if reader is self._reader else LocalEngine(reader.path, reader)

    @property
    def reader(self) -> IndexReader:
        """The generation that answers."""
        return self._reader

    @cached_property
    def _leaves(self) -> Leaves:
        return Leaves(self._reader)

    @cached_property
    def _folding(self) -> Folding:
        return Folding(self._reader)

    @property
    def document_count(self) -> int:
        return self._reader.document_count

    @property
    def analyzer(self) -> Analyzer:
        return self._reader.analyzer

    def answer(self, question: Question) -> Answer:
        """The documents that match, best first."""
        ranking, evidence = self.rank(question), Execution(self._leaves, question.tree).evidence()
        return Answer(tuple(self._found(ranking.best)), ranking.total, evidence, ranking.facets, ranking.weaker)

    def rank(self, question: Question) -> Ranking:
        """Where the documents of an answer stand, and how many match: all that `answer` tells but the texts."""
        last = question.offset + question.limit
        most = self._folding.needed(last, question.copies, self.document_count)
        while True:
            ranking = self._ranked(question, most)
            best = self._folding.folded(ranking.best, question.copies)
            if len(best.docs) >= last or len(ranking.best.docs) == ranking.total:
                return ranking._replace(best=Match(*(column[question.offset : last] for column in best)))
            most *= 4

    def _ranked(self, question: Question, last: int) -> Ranking:
        """The first `last` documents, copies among them."""
        execution = Execution(self._leaves, question.tree)
        if question.sort == "relevance" and not question.facets and question.filters == NO_FILTERS:
            match, total, weaker = execution.best(max(last, BEST) if last else 0)
        else:
            every = execution.match()
            match = self._filtered(every, question.filters)
            total, weaker = len(match.docs), len(self._filtered(execution.weaker(every), question.filters).docs)
        found = self._ordered(execution, match, question, last)
        facets = _facets(self._reader, match.docs) if question.facets else ()
        return Ranking(found, total, facets, weaker)

    def _ordered(self, execution: Execution, match: Match, question: Question, last: int) -> Match:
        """The first documents of a match; by relevance the best of them gain by the nearness of words."""
        if question.sort != "relevance" or question.offset >= BEST or not last or not matters(question.tree):
            return first(self._reader, match, question.sort, last)
        found = first(self._reader, match, "relevance", max(last, BEST))
        docs = np.sort(found.docs[:BEST])
        gain = gains(execution, question.tree, docs)[docs.searchsorted(found.docs[:BEST])]
        nearer = first(self._reader, Match(found.docs[:BEST], found.scores[:BEST] + gain), "relevance", BEST)
        return Match(*(np.concatenate([head, rest[BEST:]]) for head, rest in zip(nearer, found, strict=True)))

    def alike(self, question: Question, article_id: str, least: float) -> Answer:
        """The documents that match at least with this share of an article's own score, but for it and its copies."""
        execution = Execution(self._leaves, question.tree)
        match = execution.match()
        itself, *others = (
            self._reader.find("id", one) for one in (key(article_id), *self._folding.others(key(article_id)))
        )
        own = chosen(match, np.isin(match.docs, itself)).scores.max(initial=0)
        apart = ~np.isin(match.docs, [*itself, *chain.from_iterable(others)])
        match = self._filtered(chosen(match, apart & (match.scores >= least * own)), question.filters)
        best = self._folding.folded(first(self._reader, match, "relevance", len(match.docs)), question.copies)
        page = Match(*(column[question.offset : question.offset + question.limit] for column in best))
        return Answer(tuple(self._found(page)), len(match.docs), execution.evidence())

    def stream(self, question: Question) -> Stream:
        """The answer without a limit, in constant memory but for some 24 bytes a match."""
        execution = Execution(self._leaves, question.tree)
        match = self._filtered(execution.match(), question.filters)
        found = self._folding.folded(self._ordered(execution, match, question, len(match.docs)), question.copies)
        ranked = Match(*(column[question.offset :] for column in found))
        return Stream(self._found(ranked), execution.evidence())

    def mask(self, tree: Node) -> NDArray[np.bool_]:
        """Which documents match a query."""
        mask = np.zeros(self._reader.size, bool)
        mask[Execution(self._leaves, tree).match().docs] = True
        return mask

    def _filtered(self, match: Match, filters: Filters) -> Match:
        if filters == NO_FILTERS:
            return match
        if filters.since or filters.until:
            dates = self._reader.dates[match.docs]
            kept = dates >= (int(filters.since.timestamp()) if filters.since else UNDATED + 1)
            match = chosen(match, kept & (dates < int(filters.until.timestamp())) if filters.until else kept)
        for name, asked in filters.categories().items():
            match = chosen(match, self._leaves.in_category(name, tuple(asked), match.docs))
        return match

    def _found(self, ranked: Match) -> Iterator[Found]:
        """The documents of a ranking, each read when it is its turn."""
        for start in range(0, len(ranked.docs), _AT_ONCE):
            rows = (column[start : start + _AT_ONCE].tolist() for column in ranked)
            for doc, score in zip(*rows, strict=True):
                yield Found(to_article(self._reader.stored(doc)), score)

    def get(self, article_id: str) -> Article | None:
        for doc in self._reader.find("id", key(article_id)):
            article = to_article(self._reader.stored(doc))
            if article.id == article_id:
                return article
        return None

    def telling(self, title: str, url: str | None = None) -> Article | None:
        here = self._reader.find("address", address_key(url)) if url else []
        whole = [doc for doc in here if not self._is_derived(doc)]
        found = whole or self._reader.find("title", title_key(title))
        if not found:
            return None
        best = min(found, key=lambda doc: (self._is_derived(doc), self._reader.id_keys[doc]))
        return to_article(self._reader.stored(best))

    def pointing(self, article: Article) -> list[Article]:
        """The articles with an edge to the title of an article, or to its address."""
        docs = dict.fromkeys(self._reader.find("edge", title_key(article.title)))
        for start, segment in zip(self._reader.starts, self._reader.segments, strict=False):
            if article.url:
                docs |= dict.fromkeys(start + doc for doc in segment.pointing(address_key(article.url)).tolist())
        return [to_article(self._reader.stored(doc)) for doc in docs]

    def explain(self, question: Question, article_id: str) -> Explanation | None:
        """Why a document has its score or is too weak a match; None where it does not match or there is none."""
        execution = Execution(self._leaves, question.tree)
        for doc in self._reader.find("id", key(article_id)):
            near = question.sort == "relevance" and doc in self._best(execution, question.filters)
            from carinews.query.explain import explain  # 10 ms that a search does without

            return explain(execution, doc, near=near)
        return None

    def copies(self, article_id: str) -> tuple[Copy, ...]:
        return tuple(copy for other in self._folding.others(key(article_id)) for copy in self._copies_with(other))

    def _copies_with(self, wanted: int) -> tuple[Copy, ...]:
        """What is told of the document with this key; remembered, for it is told of every other of its group."""
        told = self._told.get(wanted)
        if told is None:
            found = (to_article(self._reader.stored(doc)) for doc in self._reader.find("id", wanted))
            if len(self._told) >= _REMEMBERED:
                self._told.clear()
            told = self._told[wanted] = tuple(Copy(one.id, one.title, one.source, one.published) for one in found)
        return told

    def _best(self, execution: Execution, filters: Filters) -> Array:
        """The documents among which the nearness of words counts."""
        return first(self._reader, self._filtered(execution.match(), filters), "relevance", BEST).docs

    def family(self, stem: str) -> tuple[FormCount, ...]:
        """All written forms of a stem, with their counts in live documents, the most frequent first."""
        counts: Counter[str] = Counter()
        documents: Counter[str] = Counter()
        for segment in self._reader.segments:
            for term in segment.family(stem):
                form = segment.terms[term].decode()
                docs, _ = occurrences_of(segment, term)
                alive = docs if segment.live is None else docs[segment.live[docs]]
                counts[form] += len(alive)
                documents[form] += len(np.unique(alive))
        forms = (FormCount(form, documents[form], count) for form, count in counts.items() if count)
        return tuple(sorted(forms, key=lambda found: (-found.occurrences, found.form)))

    def close(self) -> None:
        """Nothing to give back: the files are mapped, and go when the last array that shows them goes."""

    def _is_derived(self, doc: int) -> bool:
        segment, place = self._reader.place(doc)
        return bool(segment.derived[place])


def _facets(reader: IndexReader, docs: Array) -> Facets:
    """How many of some documents each period and each value of a category has: periods in order, values by count."""
    months = _counts(*reader.months, docs)
    years: Counter[str] = Counter()
    for month, count in months:
        years[month[:4]] += count
    values = ((name, _counts(*reader.category(name), docs)) for name in FACETS)
    by_count = ((name, tuple(sorted(found, key=lambda item: -item[1]))) for name, found in values)
    return ("year", tuple(sorted(years.items()))), ("month", months), *by_count


def _counts(values: Sequence[str], codes: Array, docs: Array) -> tuple[tuple[str, int], ...]:
    """How many documents have each value, those that any has, in the order of the values; "" is none."""
    counts = np.bincount(codes[docs], minlength=len(values))
    found = counts.nonzero()[0]
    each = zip(map(values.__getitem__, found.tolist()), counts[found].tolist(), strict=True)
    return tuple([(value, count) for value, count in each if value])
