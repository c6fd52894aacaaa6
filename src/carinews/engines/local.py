"""The default engine: answers from the array index in one folder."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from carinews.engines.copies import Folding
from carinews.engines.order import Places, first
from carinews.engines.protocol import FACETS, NO_FILTERS, PERIODS, Answer, Facets, Found, Stream
from carinews.index.reader import IndexReader
from carinews.index.records import to_article
from carinews.index.segment import UNDATED, key
from carinews.index.stories import title_key
from carinews.model import FormCount
from carinews.query.categories import accepted
from carinews.query.execute import Execution
from carinews.query.explain import Explanation, explain
from carinews.query.leaves import Leaves
from carinews.query.matches import Match
from carinews.query.pruning import nth_best

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from carinews.analysis.analyzer import Analyzer
    from carinews.engines.protocol import Question
    from carinews.index.segment import Segment
    from carinews.model import Article, Filters
    from carinews.query.tree import Node

    Array = NDArray[Any]


_AT_ONCE = 1_000


class Ranking(NamedTuple):
    """Where the documents of an answer stand, in their order; the number of all that match; and counts of these."""

    places: Places
    total: int
    facets: Facets


class LocalEngine:
    """One generation of an array index. Raises IndexMissing, IndexCorrupt, IndexVersionError when opened."""

    def __init__(self, path: str | os.PathLike[str], reader: IndexReader | None = None) -> None:
        self._reader = reader or IndexReader(path)

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
        return Folding(self._reader.segments, self._reader.copies)

    @property
    def document_count(self) -> int:
        return self._reader.document_count

    @property
    def analyzer(self) -> Analyzer:
        return self._reader.analyzer

    def answer(self, question: Question) -> Answer:
        """The documents that match, best first."""
        ranking, evidence = self.rank(question), Execution(self._leaves, question.tree).evidence()
        return Answer(tuple(self._found(ranking.places)), ranking.total, evidence, ranking.facets)

    def rank(self, question: Question) -> Ranking:
        """Where the documents of an answer stand, and how many match: all that `answer` tells but the texts."""
        last = question.offset + question.limit
        most = self._folding.needed(last, question.copies, self.document_count)
        while True:
            ranking = self._ranked(question, most)
            places = self._folding.folded(ranking.places, question.copies)
            if len(places.docs) >= last or len(ranking.places.docs) == ranking.total:
                return ranking._replace(places=Places(*(column[question.offset : last] for column in places)))
            most *= 4

    def _ranked(self, question: Question, last: int) -> Ranking:
        """The first `last` documents, copies among them."""
        execution = Execution(self._leaves, question.tree)
        if question.sort == "relevance" and not question.facets and question.filters == NO_FILTERS:
            matches, total = _best(execution, len(self._reader.segments), last)
        else:
            matches = self._matches(question)
            total = sum(len(match.docs) for match in matches)
        places = first(self._reader.segments, matches, question.sort, last)
        facets = _facets(self._reader.segments, matches) if question.facets else ()
        return Ranking(places, total, facets)

    def stream(self, question: Question) -> Stream:
        """The answer without a limit, in constant memory but for some 24 bytes a match."""
        matches = self._matches(question)
        places = first(self._reader.segments, matches, question.sort, sum(len(match.docs) for match in matches))
        places = self._folding.folded(places, question.copies)
        found = self._found(Places(*(column[question.offset :] for column in places)))
        return Stream(found, Execution(self._leaves, question.tree).evidence())

    def masks(self, tree: Node) -> list[Array]:
        """By segment, which documents match a query."""
        execution, masks = Execution(self._leaves, tree), []
        for number, segment in enumerate(self._reader.segments):
            mask = np.zeros(segment.documents, bool)
            mask[execution.match(number).docs] = True
            masks.append(mask)
        return masks

    def _matches(self, question: Question) -> list[Match]:
        """All that matches, by segment."""
        execution = Execution(self._leaves, question.tree)
        return [
            _filtered(segment, execution.match(number), question.filters)
            for number, segment in enumerate(self._reader.segments)
        ]

    def _found(self, places: Places) -> Iterator[Found]:
        """The documents at some places, each read when it is its turn."""
        for start in range(0, len(places.docs), _AT_ONCE):
            rows = (column[start : start + _AT_ONCE].tolist() for column in places)
            for number, doc, score in zip(*rows, strict=True):
                yield Found(to_article(self._reader.segments[number].stored(doc)), score)

    def get(self, article_id: str) -> Article | None:
        for segment, doc in self._find("id", key(article_id)):
            article = to_article(segment.stored(doc))
            if article.id == article_id:
                return article
        return None

    def titled(self, title: str) -> Article | None:
        found = sorted(self._find("title", title_key(title)), key=lambda place: bool(place[0].derived[place[1]]))
        return to_article(found[0][0].stored(found[0][1])) if found else None

    def explain(self, tree: Node, article_id: str) -> Explanation | None:
        """Why a document has its score; None where the query does not match it or there is no such document."""
        execution = Execution(self._leaves, tree)
        for segment, doc in self._find("id", key(article_id)):
            return explain(execution, self._reader.segments.index(segment), doc)
        return None

    def copies(self, article_id: str) -> tuple[Article, ...]:
        found = (place for other in self._folding.others(key(article_id)) for place in self._find("id", other))
        return tuple(to_article(segment.stored(doc)) for segment, doc in found)

    def family(self, stem: str) -> tuple[FormCount, ...]:
        """All written forms of a stem, with their counts in live documents, the most frequent first."""
        counts: Counter[str] = Counter()
        documents: Counter[str] = Counter()
        for segment in self._reader.segments:
            for term in segment.family(stem).tolist():
                form = segment.terms[term].decode()
                docs, _ = segment.positions(term)
                alive = docs if segment.live is None else docs[segment.live[docs]]
                counts[form] += len(alive)
                documents[form] += len(np.unique(alive))
        forms = (FormCount(form, documents[form], count) for form, count in counts.items() if count)
        return tuple(sorted(forms, key=lambda found: (-found.occurrences, found.form)))

    def close(self) -> None:
        """Nothing to give back: the files are mapped, and go when the last array that shows them goes."""

    def _find(self, name: str, wanted: int) -> list[tuple[Segment, int]]:
        return [(segment, int(doc)) for segment in self._reader.segments for doc in segment.find(name, wanted)]


def _best(execution: Execution, segments: int, most: int) -> tuple[list[Match], int]:
    """What may be among the best documents, by segment, and the number of all that match.

    The best scores so far are a bar for the segments to come.
    """
    found, total, best, bar = [], 0, np.empty(0, np.float32), -np.inf
    for number in range(segments):
        match, count = execution.best(number, most, bar)
        found.append(match)
        total += count
        best = np.concatenate([best, match.scores])
        bar = nth_best(best, most)
        best = best[best >= bar]
    return found, total


def _filtered(segment: Segment, match: Match, filters: Filters) -> Match:
    if filters == NO_FILTERS:
        return match
    docs, scores = match
    if filters.since or filters.until:  # documents stand by date, the undated first: a time is a slice
        since = int(filters.since.timestamp()) if filters.since else UNDATED + 1
        until = int(filters.until.timestamp()) if filters.until else np.iinfo(np.int64).max
        start, stop = np.searchsorted(docs, np.searchsorted(segment.dates, (since, until)))
        docs, scores = docs[start:stop], scores[start:stop]
    for name, asked in filters.categories().items():
        codes, values = segment.category(name)
        kept = np.isin(codes[docs], accepted(values, asked))
        docs, scores = docs[kept], scores[kept]
    return Match(docs, scores)


def _facets(segments: Sequence[Segment], matches: Sequence[Match]) -> Facets:
    """How many matches each period and each value of a category has: periods in order, values by count."""
    periods: dict[str, Counter[str]] = {name: Counter() for name in PERIODS}
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for segment, (docs, _) in zip(segments, matches, strict=True):
        months, bounds = segment.months
        for month, count in zip(months, np.diff(np.searchsorted(docs, bounds)).tolist(), strict=True):
            if count:
                periods["month"][month] += count
                periods["year"][month[:4]] += count
        for name in FACETS:
            codes, values = segment.category(name)
            each = np.bincount(codes[docs], minlength=len(values))
            for code in each.nonzero()[0].tolist():
                if values[code]:
                    counts[name][values[code]] += int(each[code])
    rest = (
        (name, tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))) for name, found in counts.items()
    )
    return (*((name, tuple(sorted(found.items()))) for name, found in periods.items()), *rest)
