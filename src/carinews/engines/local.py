"""The default engine: answers from the array index in one folder."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from carinews.engines.protocol import FACETS, Answer, Facets, Filters, Found
from carinews.index.reader import IndexReader
from carinews.index.records import to_article
from carinews.index.segment import UNDATED, key
from carinews.index.stories import title_key
from carinews.model import FormCount
from carinews.query.execute import Execution, Match, norms_of
from carinews.query.explain import Explanation, explain

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from carinews.analysis.analyzer import Analyzer
    from carinews.engines.protocol import Question, Sort
    from carinews.index.segment import Segment
    from carinews.model import Article
    from carinews.query.tree import Node

    Array = NDArray[Any]


_WESTERN_TIME = 7 * 3600  # years are counted in Western Indonesian time


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
    def _norms(self) -> list[Array]:
        return norms_of(self._reader)

    @property
    def document_count(self) -> int:
        return self._reader.document_count

    @property
    def analyzer(self) -> Analyzer:
        return self._reader.analyzer

    def answer(self, question: Question) -> Answer:
        execution = Execution(self._reader, question.tree, self._norms)
        matches = [
            _filtered(segment, execution.match(number), question.filters)
            for number, segment in enumerate(self._reader.segments)
        ]
        places = self._ordered(matches, question.sort, question.offset + question.limit)[question.offset :]
        found = tuple(
            Found(to_article(self._reader.segments[number].stored(doc)), score) for number, doc, score in places
        )
        facets = _facets(self._reader.segments, matches) if question.facets else ()
        return Answer(found, sum(len(match.docs) for match in matches), execution.evidence(), facets)

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
        execution = Execution(self._reader, tree, self._norms)
        for segment, doc in self._find("id", key(article_id)):
            return explain(execution, self._reader.segments.index(segment), doc)
        return None

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

    def _ordered(self, matches: Sequence[Match], sort: Sort, most: int) -> list[tuple[int, int, float]]:
        """Segment, document and score of the first `most` matches. Ties are broken by date, then by the id's hash."""
        if not matches:
            return []
        columns = [self._candidates(number, match, sort, most) for number, match in enumerate(matches)]
        numbers, docs, scores, dates, ids = (np.concatenate(column) for column in zip(*columns, strict=True))
        undated = dates == UNDATED
        newest_first = np.where(undated, np.iinfo(np.int64).max, -np.where(undated, 0, dates))
        match sort:
            case "relevance":
                order = np.lexsort((ids, newest_first, -scores))
            case "newest":
                order = np.lexsort((ids, newest_first))
            case "oldest":
                order = np.lexsort((ids, np.where(undated, np.iinfo(np.int64).max, dates)))
        order = order[:most]
        return list(zip(numbers[order].tolist(), docs[order].tolist(), scores[order].tolist(), strict=True))

    def _candidates(self, number: int, match: Match, sort: Sort, most: int) -> tuple[Array, ...]:
        segment, (docs, scores) = self._reader.segments[number], match
        if sort == "relevance" and len(docs) > 4 * most:
            enough = np.partition(scores, len(scores) - most)[len(scores) - most] if most else np.inf
            kept = scores >= enough
            docs, scores = docs[kept], scores[kept]
        return np.full(len(docs), number), docs, scores, segment.dates[docs], segment.id_keys[docs]


def _filtered(segment: Segment, match: Match, filters: Filters) -> Match:
    if filters == Filters():
        return match
    docs, scores = match
    kept = np.ones(len(docs), bool)
    for name, value in filters.categories().items():
        codes, values = segment.category(name)
        kept &= codes[docs] == (values.index(value) if value in values else -1)
    if filters.since or filters.until:
        dates = segment.dates[docs]
        kept &= dates != UNDATED
        if filters.since:
            kept &= dates >= int(filters.since.timestamp())
        if filters.until:
            kept &= dates < int(filters.until.timestamp())
    return match if kept.all() else Match(docs[kept], scores[kept])


def _facets(segments: Sequence[Segment], matches: Sequence[Match]) -> Facets:
    """How many matches each year and each value of a category has: years in order, values by count."""
    counts: dict[str, dict[str, int]] = {name: {} for name in ("year", *FACETS)}
    for segment, match in zip(segments, matches, strict=True):
        dates = segment.dates[match.docs]
        dated = (dates[dates != UNDATED] + _WESTERN_TIME).astype("datetime64[s]").astype("datetime64[Y]")
        _count(counts["year"], *np.unique(dated.astype(str), return_counts=True))
        for name in FACETS:
            codes, values = segment.category(name)
            each = np.bincount(codes[match.docs], minlength=len(values))
            _count(counts[name], np.array(values, object), each)
    years = tuple(sorted(counts.pop("year").items()))
    rest = (
        (name, tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))) for name, found in counts.items()
    )
    return (("year", years), *rest)


def _count(counts: dict[str, int], values: Array, each: Array) -> None:
    for value, number in zip(values.tolist(), each.tolist(), strict=True):
        if value and number:
            counts[value] = counts.get(value, 0) + number
