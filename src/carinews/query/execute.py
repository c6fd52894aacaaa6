"""A query tree over an index: which documents match, and how well.

Two rounds. The first finds every leaf in every segment and adds up document frequencies, so that
scores are the same however the documents are spread over segments (`leaves.py`, which remembers
them). The second walks the tree, a segment at a time, on whole sorted arrays::

    leaf → Postings(documents, frequencies) → Match(documents, scores) → Match of the tree

`match` gives all documents that match; `best` only those that may be among the best, and the number of all.
"""

from __future__ import annotations

from functools import partial, reduce
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from carinews.index.segment import UNDATED
from carinews.query import matches
from carinews.query.categories import accepted
from carinews.query.matches import NO_MATCH, Match, distinct
from carinews.query.pruning import Part, best_of, summed
from carinews.query.recency import freshness
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
    Synonyms,
    Without,
    Word,
    leaves,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from carinews.query.leaves import Leaves
    from carinews.query.marks import Evidence

    Array = NDArray[Any]
    T = TypeVar("T")


class Execution:
    """One query, evaluated over one generation of an index."""

    def __init__(self, known: Leaves, tree: Node) -> None:
        self.reader = known.reader
        self.tree = tree
        self.known = known
        self._matched: dict[Node, bool] = {}
        self._of_node: dict[int, Any] = {}  # by the identity of nodes: to hash one takes as long as to look it up

    def evidence(self) -> tuple[Evidence, ...]:
        """What each leaf that a document may match stands for in this index."""
        found = dict.fromkeys(leaves(self.tree, wanted_only=True))
        return tuple(evidence for leaf in found for evidence in self.known.evidence(leaf))

    def match(self, number: int) -> Match:
        """The documents of segment `number` that match the query, with their scores."""
        return self.match_of(self.tree, number)

    def best(self, number: int, most: int, floor: float) -> tuple[Match, int]:
        """What may be among the `most` best documents of the index in segment `number`, and how many match there.

        Documents that score less than `floor` may be left out.
        """
        if not isinstance(self.tree, (Ranked, Or)):
            match = self.match(number)
            return match, len(match.docs)
        parts, total, size = *self._parts(self.tree, number), self._size(number)
        count = matches.count_of_any([part.match.docs for part in parts], size)
        return best_of(parts, total, size, most, floor), count

    # -- the tree --------------------------------------------------------------------------------

    def match_of(self, node: Node, number: int) -> Match:
        """The documents of segment `number` that match a node of the tree."""
        match node:
            case Word() | Form() | Family() | Phrase() | Pattern() | Fuzzy() | Between() | Synonyms():
                return self._once(node, self.known.scored).matches[number]
            case Or() | Ranked():
                return summed(*self._parts(node, number), self._size(number))
            case And(parts):
                found = sorted((self.match_of(part, number) for part in parts), key=lambda match: len(match.docs))
                return reduce(partial(matches.both, size=self._size(number)), found)
            case Without(inner, excluded):
                return self._where(inner, excluded, number, present=False)
            case Prefer(inner, preferred):
                match, better = self.match_of(inner, number), self.match_of(preferred, number)
                return matches.plus(match, better, self._size(number))
            case Not(inner):
                return self._where(Everything(), inner, number, present=False)
            case Filtered(inner, condition):
                return self._where(inner, condition, number, present=True)
            case Otherwise(first, second):
                return self.match_of(first if self._matches_any(first) else second, number)
            case Best(parts):
                return matches.best([self.match_of(part, number) for part in parts], self._size(number))
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

    def _size(self, number: int) -> int:
        return self.reader.segments[number].documents

    def _once(self, node: Node, make: Callable[[Any], T]) -> T:
        if id(node) not in self._of_node:
            self._of_node[id(node)] = make(node)
        found: T = self._of_node[id(node)]
        return found

    def _parts(self, node: Ranked | Or, number: int) -> tuple[list[Part], float]:
        """The parts of a sum, and what all weigh together for the coverage: 0 where that does not count."""
        weights = self._once(node, self._weights)
        parts = [Part(self.match_of(part, number), weight) for part, weight in zip(node.parts, weights, strict=True)]
        return parts, sum(weights)

    def _weights(self, node: Ranked | Or) -> list[float]:
        return [self.part_weight(part) if isinstance(node, Ranked) else 0.0 for part in node.parts]

    def part_weight(self, node: Node) -> float:
        """What a part of the query weighs in the coverage: the idf of what it looks for."""
        if isinstance(node, Word):
            return self._once(node, self.known.scored).weight
        if isinstance(node, Prefer):
            return self.part_weight(node.node)
        return max((self.known.idf(leaf) for leaf in leaves(node, wanted_only=True)), default=0.0) or 1e-6

    def _where(self, node: Node, other: Node, number: int, *, present: bool) -> Match:
        found, docs = self.match_of(node, number), self.match_of(other, number).docs
        return matches.where(found, docs, self._size(number), present=present)

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
        match, size = self.match_of(scored_as(node), number), self._size(number)
        among = np.zeros(size, bool)
        among[match.docs] = True  # only in these documents is it worth to look where things stand
        docs = distinct(spans_of(node, partial(self.known.fetchers[number].occurrences, among=among)).docs)
        return matches.where(match, docs, size, present=True)

    def _all(self, number: int) -> Match:
        return self._alive(np.arange(self._size(number)), number)
