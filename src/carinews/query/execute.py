"""A query tree over an index: which documents match, and how well.

Two rounds. The first fetches every leaf's postings in every segment and adds up document
frequencies, so that scores are the same however the documents are spread over segments. The
second walks the tree, a segment at a time, on whole sorted arrays::

    leaf → Postings(documents, frequencies) → Match(documents, scores) → Match of the tree
"""

from __future__ import annotations

from functools import partial, reduce
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from carinews.index.segment import UNDATED
from carinews.query.categories import accepted
from carinews.query.marks import evidence_of
from carinews.query.postings import Fetcher, distinct, words_of
from carinews.query.recency import freshness
from carinews.query.scoring import COVERAGE_EXPONENT, bm25, idf, norms
from carinews.query.spans import scored_as, spans_of
from carinews.query.tree import (
    And,
    Best,
    Between,
    Category,
    Constant,
    Dated,
    Everything,
    Family,
    Filtered,
    Form,
    Fuzzy,
    Leaf,
    Node,
    Not,
    Nothing,
    Or,
    Otherwise,
    Pattern,
    Phrase,
    Positional,
    Prefer,
    Ranked,
    Recent,
    Single,
    Synonyms,
    Without,
    Word,
    leaves,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from carinews.index.reader import IndexReader
    from carinews.query.marks import Evidence

    Array = NDArray[Any]

_DENSE_FROM = 4_096  # below so many documents an array over all of them is cheaper than a sort


class Match(NamedTuple):
    """Matching documents of one segment, rising (int64), and their scores (float32)."""

    docs: Array
    scores: Array


NO_MATCH = Match(np.empty(0, np.int64), np.empty(0, np.float32))


def norms_of(reader: IndexReader) -> list[Array]:
    """What the lengths of the documents decide, by segment: the same for every query, so kept by the engine.

    A document made from links alone is a piece of an article of unknown length: it counts as an
    average one, or the mere title of a story would stand before the article that tells it.
    """
    average = reader.average_length
    return [norms(np.where(segment.derived, average, segment.lengths), average) for segment in reader.segments]


class Execution:
    """One query, evaluated over one generation of an index. `norms` are those of `norms_of(reader)`."""

    def __init__(self, reader: IndexReader, tree: Node, norms: Sequence[Array]) -> None:
        self.reader = reader
        self.tree = tree
        self._norms = norms
        wanted = dict.fromkeys(leaf for found in leaves(tree) for leaf in (found, *words_of(found)))
        self._fetchers = [Fetcher(segment, reader.lexicon) for segment in reader.segments]
        self._matched: dict[Node, bool] = {}
        self._postings = {leaf: [fetcher.fetch(leaf) for fetcher in self._fetchers] for leaf in wanted}

    def evidence(self) -> tuple[Evidence, ...]:
        """What each leaf that a document may match stands for in this index."""
        found = dict.fromkeys(leaves(self.tree, wanted_only=True))
        return tuple(evidence for leaf in found for evidence in evidence_of(leaf, self.idf(leaf), self.forms))

    def forms(self, leaf: Single) -> dict[str, list[tuple[int, int]]]:
        """The written forms that a leaf stands for, each with the segments and terms that hold it."""
        found: dict[str, list[tuple[int, int]]] = {}
        for number, fetcher in enumerate(self._fetchers):
            for term in fetcher.terms(leaf):
                found.setdefault(self.reader.segments[number].terms[term].decode(), []).append((number, term))
        return found

    def document_frequency(self, leaf: Leaf) -> int:
        """How many live documents a leaf of the tree matches."""
        return sum(len(postings.docs) for postings in self._postings[leaf])

    def idf(self, leaf: Leaf) -> float:
        """The weight of a leaf; a phrase weighs as much as its words together, as in Lucene."""
        if isinstance(leaf, Phrase):
            return sum(self.idf(word) for word in words_of(leaf))
        return idf(self.reader.document_count, self.document_frequency(leaf))

    def match(self, number: int) -> Match:
        """The documents of segment `number` that match the query, with their scores."""
        return self.match_of(self.tree, number)

    def frequency(self, leaf: Leaf, number: int, doc: int) -> float:
        """How often a document of segment `number` holds a leaf, the title's occurrences weighed."""
        docs, freqs = self._postings[leaf][number]
        return float(freqs[docs == doc].sum())

    def occurrences(self, leaf: Single, number: int, doc: int) -> dict[str, tuple[int, int]]:
        """How often each written form of a leaf stands in the title and in the body of a document."""
        fetcher, segment = self._fetchers[number], self.reader.segments[number]
        if isinstance(leaf, Phrase):
            found = {" ".join(leaf.forms): fetcher.ends(leaf)}
        else:
            terms = [term for term in fetcher.terms(leaf) if (segment.postings(term)[0] == doc).any()]
            found = {segment.terms[term].decode(): segment.positions(term) for term in terms}
        counts = {}
        for form, (docs, positions) in found.items():
            in_title = int((positions[docs == doc] < segment.title_lengths[doc]).sum())
            in_body = int((docs == doc).sum()) - in_title
            counted = (in_title * (leaf.scope != "body"), in_body * (leaf.scope != "title"))
            if any(counted):
                counts[form] = counted
        return counts

    # -- the tree --------------------------------------------------------------------------------

    def match_of(self, node: Node, number: int) -> Match:
        """The documents of segment `number` that match a node of the tree."""
        match node:
            case Form() | Family() | Phrase() | Pattern() | Fuzzy() | Between() | Synonyms():
                return self._scored(node, number)
            case Word():
                return self._word(node, number)
            case Or(parts):
                return self._union([self.match_of(part, number) for part in parts], number)
            case Ranked(parts):
                return self._ranked(parts, number)
            case And(parts):
                found = sorted((self.match_of(part, number) for part in parts), key=lambda match: len(match.docs))
                return reduce(_both, found)
            case Without(inner, excluded):
                return _where(self.match_of(inner, number), self.match_of(excluded, number), present=False)
            case Prefer(inner, preferred):
                return _plus(self.match_of(inner, number), self.match_of(preferred, number))
            case Not(inner):
                return _where(self._all(number), self.match_of(inner, number), present=False)
            case Filtered(inner, condition):
                return _where(self.match_of(inner, number), self.match_of(condition, number), present=True)
            case Otherwise(first, second):
                return self.match_of(first if self._matches_any(first) else second, number)
            case Best(parts):
                return _best([self.match_of(part, number) for part in parts])
            case Constant(inner, score):
                docs = self.match_of(inner, number).docs
                return Match(docs, np.full(len(docs), score, np.float32))
            case Recent(inner, half_life, now):
                docs, scores = self.match_of(inner, number)
                fresh = freshness(self.reader.segments[number].dates[docs], half_life, now)
                return Match(docs, scores * (1 + fresh))
            case Dated(since, until):
                return self._dated(since, until, number)
            case Category(name, value):
                return self._in_category(name, value, number)
            case Everything():
                return self._all(number)
            case Nothing():
                return NO_MATCH
            case _:
                return self._positional(node, number)

    def _scored(self, leaf: Leaf, number: int) -> Match:
        docs, freqs = self._postings[leaf][number]
        if not len(docs):
            return NO_MATCH
        return Match(docs, bm25(self.idf(leaf) * leaf.boost, freqs, self._norms[number][docs]))

    def _word(self, word: Word, number: int) -> Match:
        """Both scores of a word. Its family holds every document that its form does, so it names them all."""
        form, family = self._scored(word.form, number), self._scored(word.family, number)
        if not self._fetchers[number].holds(word.family, word.form):
            return self._union([form, family], number)  # somebody's own tree may join what is no family
        if len(form.docs) == len(family.docs):  # one written form: no need to look where each document stands
            return Match(family.docs, family.scores + form.scores)
        if not len(form.docs):
            return family
        scores = np.zeros(self.reader.segments[number].documents, np.float32)
        scores[form.docs] = form.scores
        return Match(family.docs, family.scores + scores[family.docs])

    def _matches_any(self, node: Node) -> bool:
        """Whether a node matches a document of any segment."""
        if node not in self._matched:
            numbers = range(len(self.reader.segments))
            self._matched[node] = any(len(self.match_of(node, number).docs) for number in numbers)
        return self._matched[node]

    def _dated(self, since: int | None, until: int | None, number: int) -> Match:
        """Documents stand by date, the undated first: a time is a slice."""
        dates = self.reader.segments[number].dates
        low = UNDATED + 1 if since is None else since
        start, stop = np.searchsorted(dates, [low, np.iinfo(np.int64).max if until is None else until])
        return self._alive(np.arange(start, max(start, stop)), number)

    def _in_category(self, name: str, value: str, number: int) -> Match:
        codes, values = self.reader.segments[number].category(name)
        wanted = accepted(values, (value,))
        return self._alive(np.flatnonzero(np.isin(codes, wanted)) if wanted else NO_MATCH.docs, number)

    def _alive(self, docs: Array, number: int) -> Match:
        live = self.reader.segments[number].live
        docs = docs if live is None else docs[live[docs]]
        return Match(docs, np.zeros(len(docs), np.float32))

    def _positional(self, node: Positional, number: int) -> Match:
        """The documents in which a positional node stands somewhere; their score is that of its parts."""
        match = self.match_of(scored_as(node), number)
        among = np.zeros(self.reader.segments[number].documents, bool)
        among[match.docs] = True  # only in these documents is it worth to look where things stand
        docs = distinct(spans_of(node, partial(self._fetchers[number].occurrences, among=among)).docs)
        return _where(match, Match(docs, NO_MATCH.scores), present=True)

    def _all(self, number: int) -> Match:
        return self._alive(np.arange(self.reader.segments[number].documents), number)

    def _union(self, matches: Sequence[Match], number: int) -> Match:
        docs, (scores,) = self._added([(match.docs, match.scores) for match in matches], number)
        return Match(docs, scores)

    def _ranked(self, parts: Sequence[Node], number: int) -> Match:
        matches = [self.match_of(part, number) for part in parts]
        weights = [self.part_weight(part) for part in parts]
        columns = [
            (match.docs, match.scores, np.full(len(match.docs), weight, np.float32))
            for match, weight in zip(matches, weights, strict=True)
        ]
        docs, (scores, covered) = self._added(columns, number)
        return Match(docs, scores * (covered / np.float32(sum(weights))) ** np.float32(COVERAGE_EXPONENT))

    def part_weight(self, node: Node) -> float:
        """What a part of the query weighs in the coverage: the idf of what it looks for."""
        if isinstance(node, Word):
            return self.idf(node.family)
        if isinstance(node, Prefer):
            return self.part_weight(node.node)
        return max((self.idf(leaf) for leaf in leaves(node, wanted_only=True)), default=0.0) or 1e-6

    def _added(self, columns: Sequence[tuple[Array, ...]], number: int) -> tuple[Array, list[Array]]:
        """Add up values by document: the documents of any column, and each value's sum."""
        columns = [column for column in columns if len(column[0])] or list(columns[:1])
        if len(columns) == 1:
            return columns[0][0], list(columns[0][1:])
        size = self.reader.segments[number].documents
        postings = sum(len(column[0]) for column in columns)
        if postings * 16 > size or size < _DENSE_FROM:
            return _added_densely(columns, size)
        return _added_sparsely(columns)


def _added_densely(columns: Sequence[tuple[Array, ...]], size: int) -> tuple[Array, list[Array]]:
    present = np.zeros(size, bool)
    sums = [np.zeros(size, np.float32) for _ in columns[0][1:]]
    for number, (docs, *values) in enumerate(columns):
        present[docs] = True
        for total, value in zip(sums, values, strict=True):
            # A document stands once in a column, so this adds to each once; the first finds only zeros.
            total[docs] = total[docs] + value if number else value
    docs = np.flatnonzero(present)
    return docs, [total[docs] for total in sums]


def _added_sparsely(columns: Sequence[tuple[Array, ...]]) -> tuple[Array, list[Array]]:
    docs = distinct(np.concatenate([column[0] for column in columns]))
    sums = [np.zeros(len(docs), np.float32) for _ in columns[0][1:]]
    for found, *values in columns:
        place = np.searchsorted(docs, found)
        for total, value in zip(sums, values, strict=True):
            total[place] += value
    return docs, sums


def _place(docs: Array, others: Array) -> tuple[Array, Array]:
    """Where each of `docs` would stand in `others`, and whether it stands there."""
    if not len(others):
        return np.zeros(len(docs), np.int64), np.zeros(len(docs), bool)
    place = np.minimum(np.searchsorted(others, docs), len(others) - 1)
    return place, others[place] == docs


def _both(few: Match, many: Match) -> Match:
    place, present = _place(few.docs, many.docs)
    return Match(few.docs[present], few.scores[present] + many.scores[place[present]])


def _where(match: Match, other: Match, *, present: bool) -> Match:
    kept = _place(match.docs, other.docs)[1] == present
    return Match(match.docs[kept], match.scores[kept])


def _best(matches: Sequence[Match]) -> Match:
    docs = distinct(np.concatenate([match.docs for match in matches]))
    scores = np.full(len(docs), -np.inf, np.float32)
    for match in matches:
        place = np.searchsorted(docs, match.docs)
        scores[place] = np.maximum(scores[place], match.scores)
    return Match(docs, scores)


def _plus(match: Match, preferred: Match) -> Match:
    place, present = _place(match.docs, preferred.docs)
    scores = match.scores.copy()
    scores[present] += preferred.scores[place[present]]
    return Match(match.docs, scores)
