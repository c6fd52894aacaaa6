"""Sums over the parts of a query, without the weak matches; and the best of many, without adding up all scores.

A document of a query of plain words is a weak match, and left out, where it covers less than `WEAK` of what the
best one covers. A document that matches only some parts scores at most the sum of the best scores of
these parts, times their coverage. Parts are taken in, the one with the best score first, until
what the rest can reach together is below the k-th best score found, or is a weak match: then a document that
matches only the rest is not among the best, and the long lists of frequent words are merely searched for
the documents of rare ones. What is found equals the exhaustive sum, to the bit, because the scores and the weights of a
document are added in the same order. Source: Turtle and Flood, "Query Evaluation: Strategies and
Optimizations" (1995): MaxScore, here on arrays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from carinews.query.matches import NO_MATCH, Match, borrow, chosen, count_of_any, give_back, looked_up, spread, union
from carinews.query.scoring import coverage, enough

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from numpy.typing import NDArray

    Array = NDArray[Any]

_WORTH_IT = 2_000  # postings in sum: below, adding up everything is faster than leaving something out
_SLACK = 1 + 1e-5  # a sum of 32-bit floats may lie so far above the sum of its bounds
_NEARLY_AS_LONG = 4  # a list not so many times as long as that of the candidates costs less added than searched


class Part(NamedTuple):
    """A part of a query: its match, and its weight in the coverage."""

    match: Match
    weight: float


class Sum(NamedTuple):
    """Documents of any part with the sum of their scores, and what the parts weigh that each matches (float32).

    The weights are None where coverage does not count.
    """

    match: Match
    weights: Array | None

    @property
    def least(self) -> np.float32:
        """What a match must weigh not to be weak, if the best of all matches is here."""
        return np.float32(0 if self.weights is None else enough(self.weights.max(initial=0)))

    def strong(self, least: np.float32) -> Match:
        """The documents that weigh so much."""
        return self.match if self.weights is None else chosen(self.match, self.weights >= least)


class Top(NamedTuple):
    """What may be among the best, how many documents match, and how many match so weakly that they are left out."""

    match: Match
    total: int
    weaker: int


def summed(parts: Sequence[Part], total: float, size: int) -> Match:
    """All documents of any part, the weak ones too: the sum of their scores times the coverage of `total` weight.

    A total of 0 stands for no coverage: the scores are merely added.
    """
    return weighed(parts, total, size).match


def weighed(parts: Sequence[Part], total: float, size: int) -> Sum:
    """The same with the weights."""
    if not parts:
        return Sum(NO_MATCH, None)
    if len(parts) == 1 and total in (0, parts[0].weight):
        return Sum(parts[0].match, None)
    docs = np.concatenate([part.match.docs for part in parts])
    found, scratch = spread(docs, size), borrow(size)
    np.add.at(scratch.scores, docs, np.concatenate([part.match.scores for part in parts]))
    scores, weights = scratch.scores[found], None
    scratch.scores[found] = 0
    if total:
        each = np.array([part.weight for part in parts], np.float32)
        np.add.at(scratch.weights, docs, each.repeat([len(part.match.docs) for part in parts]))
        weights = scratch.weights[found]
        scores *= coverage(weights, total)
        scratch.weights[found] = 0
    give_back(scratch)
    return Sum(Match(found, scores), weights)


def best_of(parts: Sequence[Part], total: float, size: int, most: int, *, all_weak: bool = False) -> Top:
    """The part of `summed` that may be among the `most` best, and how many documents there are.

    Every document is there whose score is one of the `most` best. Weak matches are none, unless `all_weak` are wanted.
    """
    cut = bool(total) and not all_weak
    if not (cut or most):
        return Top(NO_MATCH, count_of_any([part.match.docs for part in parts], size), 0)
    worth_it = sum(len(part.match.docs) for part in parts) >= _WORTH_IT
    if worth_it and (some := _of_some_parts(parts, total, size, most, cut)):
        found, least = some
        return Top(found, *_counts(parts, least, size))
    every = weighed(parts, total, size)
    found = every.strong(every.least) if cut else every.match
    return Top(found, len(found.docs), len(every.match.docs) - len(found.docs))


def _of_some_parts(
    parts: Sequence[Part], total: float, size: int, most: int, cut: bool
) -> tuple[Match, np.float32] | None:
    """What the best parts find, where what is in the others alone cannot be among the best; None where it can.

    With it goes what a match must weigh not to be weak.
    """
    bounds = [float(part.match.scores.max(initial=0)) for part in parts]
    order = sorted(range(len(parts)), key=bounds.__getitem__, reverse=True)
    lengths = [len(parts[number].match.docs) for number in order]
    for count in range(1, len(order)):
        taken, left = order[:count], sorted(order[count:])
        if min(lengths[count:]) < _NEARLY_AS_LONG * max(lengths[:count]):
            continue
        found = _summed(parts, taken, total, size)
        least, rest = found.least if cut else np.float32(0), _sum32(parts[number].weight for number in left)
        if cut and np.float32(enough(rest)) > least:
            continue  # a document of the rest may be the one that weighs most
        match = found.strong(least)
        reached = sum(bounds[number] for number in left) * coverage(rest, total)
        if rest < least or reached * _SLACK < nth_best(match.scores, most):
            return match, least
    return None


def nth_best(scores: Array, most: int) -> float:
    """The score at this place, counted from 1, from the best one down; minus infinity where there are not so many."""
    if not 0 < most <= len(scores):
        return -np.inf if most else np.inf
    return float(np.partition(scores, len(scores) - most)[len(scores) - most])


def _summed(parts: Sequence[Part], taken: Collection[int], total: float, size: int) -> Sum:
    """The documents of the parts that are taken, with what all parts give them."""
    docs, scratch = union([parts[number].match.docs for number in taken], size), borrow(size)
    for number, (match, weight) in enumerate(parts):
        found = match if number in taken else looked_up(docs, match)
        np.add.at(scratch.scores, found.docs, found.scores)  # a document stands once in each
        if total:
            np.add.at(scratch.weights, found.docs, np.float32(weight))
    scores, weights = scratch.scores[docs], None
    scratch.scores[docs] = 0
    if total:
        weights = scratch.weights[docs]
        scores *= coverage(weights, total)
        scratch.weights[docs] = 0
    give_back(scratch)
    return Sum(Match(docs, scores), weights)


def _counts(parts: Sequence[Part], least: np.float32, size: int) -> tuple[int, int]:
    """How many documents of any part weigh so much, and how many do not.

    A part that weighs enough alone is enough, and few others do together: so nearly all is counted, not added up.
    """
    light = [part for part in parts if np.float32(part.weight) < least]
    scratch = borrow(size)
    for part in parts:
        if np.float32(part.weight) >= least:
            scratch.marks[part.match.docs] = True
    strong = every = int(np.count_nonzero(scratch.marks))
    if light:
        if _sum32(part.weight for part in light) >= least:
            for part in light:
                scratch.weights[part.match.docs] += np.float32(part.weight)
            strong = int(np.count_nonzero(scratch.marks | (scratch.weights >= least)))
            for part in light:
                scratch.weights[part.match.docs] = 0
        for part in light:
            scratch.marks[part.match.docs] = True
        every = int(np.count_nonzero(scratch.marks))
    for part in parts:
        scratch.marks[part.match.docs] = False
    give_back(scratch)
    return strong, every - strong


def _sum32(weights: Iterable[float]) -> np.float32:
    """A sum as it comes out where the weights of a document are added, one after the other in 32 bits."""
    total = np.float32(0)
    for weight in weights:
        total += np.float32(weight)
    return total
