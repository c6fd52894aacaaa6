"""A query tree over an index: which documents match, and how well.

The leaves come first, found in all segments at once and scored (`leaves.py`, which remembers them).
Then the tree is walked, on whole sorted arrays over all documents::

    leaf → Postings(documents, frequencies) → Match(documents, scores) → Match of the tree

`match` gives all documents that match; `best` only those that may be among the best, and the number of all.
Weak matches of plain words (`scoring.WEAK`) are left out where the words stand in the tree; `weaker` gives what
the query would find besides.
"""

from __future__ import annotations

from functools import partial, reduce
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from carinews.index.arrays import distinct
from carinews.index.segment import UNDATED
from carinews.query import matches
from carinews.query.matches import NO_MATCH, Match, held
from carinews.query.pruning import Part, Top, best_of, summed, weighed
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
    """One query, evaluated over one generation of an index; `all_weak` leaves no match out for being weak."""

    def __init__(self, known: Leaves, tree: Node, *, all_weak: bool = False) -> None:
        self.reader = known.reader
        self.tree = tree
        self.known = known
        self._all_weak = all_weak
        self._left_out = False  # whether a part of the tree has weak matches
        self._of_node: dict[int, Any] = {}  # by the identity of nodes: to hash one takes as long as to look it up

    def evidence(self) -> tuple[Evidence, ...]:
        """What each leaf that a document may match stands for in this index."""
        found = dict.fromkeys(leaves(self.tree, wanted_only=True))
        return tuple(evidence for leaf in found for evidence in self.known.evidence(leaf))

    def match(self) -> Match:
        """The documents that match the query, with their scores."""
        return self.match_of(self.tree)

    def best(self, most: int) -> Top:
        """What may be among the `most` best documents, how many match in all, and how many are too weak for it."""
        if isinstance(self.tree, (Ranked, Or)):
            all_weak = isinstance(self.tree, Ranked) and self.tree.all_weak
            return best_of(*self._parts(self.tree), self.reader.size, most, all_weak=all_weak)
        match = self.match()
        return Top(match, len(match.docs), len(self.weaker(match).docs))

    def weaker(self, match: Match) -> Match:
        """The documents besides those that match, that would match if no part of the query left out its weak ones."""
        if not self._left_out:
            return NO_MATCH
        every = self.with_all_weak().match()
        return matches.chosen(every, ~held(every.docs, match.docs, self.reader.size))

    def with_all_weak(self) -> Execution:
        """The same query, which leaves out no match for being weak."""
        other = Execution(self.known, self.tree, all_weak=True)
        other._of_node = self._of_node
        return other

    # -- the tree --------------------------------------------------------------------------------

    def match_of(self, node: Node) -> Match:
        """The documents that match a node of the tree."""
        size = self.reader.size
        match node:
            case Word() | Form() | Family() | Phrase() | Pattern() | Fuzzy() | Between() | Synonyms():
                return self._once(node, self.known.scored).match
            case Or():
                return summed(*self._parts(node), size)
            case Ranked():
                return self._ranked(node)
            case And(parts):
                found = sorted(map(self.match_of, parts), key=lambda match: len(match.docs))
                return reduce(partial(matches.both, size=size), found)
            case Without(inner, excluded):
                match = self.match_of(inner)
                return matches.chosen(match, ~self._holds(excluded, match.docs))
            case Prefer(inner, preferred):
                return matches.plus(self.match_of(inner), self.match_of(preferred), size)
            case Filtered(inner, condition):
                match = self.match_of(inner)
                return matches.chosen(match, self._holds(condition, match.docs))
            case Otherwise(first, second):
                match = self.match_of(first)
                return match if len(match.docs) else self.match_of(second)
            case Best(parts):
                return matches.best(list(map(self.match_of, parts)), size)
            case Constant(inner, score):
                docs = self.match_of(inner).docs
                return Match(docs, np.full(len(docs), score, np.float32))
            case Recent(inner, half_life, now):
                docs, scores = self.match_of(inner)
                return Match(docs, scores * (1 + freshness(self.reader.dates[docs], half_life, now)))
            case Not() | Dated() | Category() | Everything():
                every = self._everything()
                return matches.chosen(every, self._holds(node, every.docs))
            case Nothing():
                return NO_MATCH
            case _:
                return self._positional(node)

    def _ranked(self, node: Ranked) -> Match:
        """The documents of plain words, without the weak."""
        every = self._once(node, lambda ranked: weighed(*self._parts(ranked), self.reader.size))
        match = every.match if self._all_weak or node.all_weak else every.strong(every.least)
        self._left_out |= len(match.docs) < len(every.match.docs)
        return match

    def _holds(self, condition: Node, docs: Array) -> NDArray[np.bool_]:
        """Which of some live documents match a node whose score does not count."""
        match condition:
            case Dated(since, until):
                dates = self.reader.dates[docs]
                found = dates > UNDATED if since is None else dates >= since
                return found if until is None else found & (dates < until)
            case Category(name, value):
                return self.known.in_category(name, (value,), docs)
            case Not(inner):
                return ~self._holds(inner, docs)
            case Everything():
                return np.ones(len(docs), bool)
            case _:
                return held(docs, self.match_of(condition).docs, self.reader.size)

    def _everything(self) -> Match:
        live = self.reader.live
        docs = np.arange(self.reader.size) if live is None else live.nonzero()[0]
        return Match(docs, np.zeros(len(docs), np.float32))

    def _once(self, node: Node, make: Callable[[Any], T]) -> T:
        if id(node) not in self._of_node:
            self._of_node[id(node)] = make(node)
        found: T = self._of_node[id(node)]
        return found

    def _parts(self, node: Ranked | Or) -> tuple[list[Part], float]:
        """The parts of a sum, and what all weigh together for the coverage: 0 where that does not count."""
        weights = [self.part_weight(part) if isinstance(node, Ranked) else 0.0 for part in node.parts]
        parts = [Part(self.match_of(part), weight) for part, weight in zip(node.parts, weights, strict=True)]
        return parts, sum(weights)

    def part_weight(self, node: Node) -> float:
        """What a part of the query weighs in the coverage: the idf of what it looks for."""
        if isinstance(node, Word):
            return self._once(node, self.known.scored).weight
        if isinstance(node, Prefer):
            return self.part_weight(node.node)
        return max((self.known.idf(leaf) for leaf in leaves(node, wanted_only=True)), default=0.0) or 1e-6

    def _positional(self, node: Positional) -> Match:
        """The documents in which a positional node stands somewhere; their score is that of its parts."""
        match = self.match_of(scored_as(node))  # only in its documents is it worth to look where things stand
        found = spans_of(node, partial(self.known.fetcher.occurrences, among=match.docs))
        return matches.chosen(match, held(match.docs, distinct(found.docs), self.reader.size))
