"""The best documents of many, without adding up the scores of all: MaxScore on arrays.

A document that matches only some parts of a query scores at most the sum of the best scores of
these parts, times their coverage. Parts are taken in, the one with the best score first, until
what the rest can reach together is below the k-th best score found: then a document that matches
only the rest is not among the best, and the long lists of frequent words are merely searched for
the documents of rare ones. What is found equals the exhaustive sum, to the bit, because the scores of a
document are added in the same order. Source: Turtle and Flood, "Query Evaluation: Strategies and
Optimizations" (1995).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from carinews.query.matches import NO_MATCH, Match, borrow, count_of_any, give_back, looked_up, spread, union
from carinews.query.scoring import coverage

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    Array = NDArray[Any]

_WORTH_IT = 2_000  # postings in sum: below, adding up everything is faster than leaving something out
_SLACK = 1 + 1e-5  # a sum of 32-bit floats may lie so far above the sum of its bounds
_NEARLY_AS_LONG = 4  # a list not so many times as long as that of the candidates costs less added than searched


class Part(NamedTuple):
    """A part of a query: its match, and its weight in the coverage."""

    match: Match
    weight: float


def summed(parts: Sequence[Part], total: float, size: int) -> Match:
    """All documents of any part: the sum of their scores times the coverage of `total` weight.

    A total of 0 stands for no coverage: the scores are merely added.
    """
    if not parts:
        return NO_MATCH
    if len(parts) == 1 and total in (0, parts[0].weight):
        return parts[0].match
    docs = np.concatenate([part.match.docs for part in parts])
    found, scratch = spread(docs, size), borrow(size)
    np.add.at(scratch.scores, docs, np.concatenate([part.match.scores for part in parts]))
    scores = scratch.scores[found]
    scratch.scores[found] = 0
    if total:
        weights = np.array([part.weight for part in parts], np.float32)
        np.add.at(scratch.weights, docs, weights.repeat([len(part.match.docs) for part in parts]))
        scores *= coverage(scratch.weights[found], total)
        scratch.weights[found] = 0
    give_back(scratch)
    return Match(found, scores)


def best_of(parts: Sequence[Part], total: float, size: int, most: int) -> tuple[Match, int]:
    """The part of `summed` that may be among the `most` best, and how many documents there are in all.

    Every document is there whose score is one of the `most` best.
    """
    lists = [part.match.docs for part in parts]
    if not most:
        return NO_MATCH, count_of_any(lists, size)
    if sum(map(len, lists)) >= _WORTH_IT and (found := _without_the_weak(parts, total, size, most)) is not None:
        return found, count_of_any(lists, size)
    found = summed(parts, total, size)
    return found, len(found.docs)


def _without_the_weak(parts: Sequence[Part], total: float, size: int, most: int) -> Match | None:
    """What the best parts find, where what is in the others alone cannot be among the best; None where it can."""
    bounds = [float(part.match.scores.max(initial=0)) for part in parts]
    order = sorted(range(len(parts)), key=bounds.__getitem__, reverse=True)
    lengths = [len(parts[number].match.docs) for number in order]
    for count in range(1, len(order)):
        taken, left = order[:count], order[count:]
        if min(lengths[count:]) < _NEARLY_AS_LONG * max(lengths[:count]):
            continue
        found = _summed(parts, taken, total, size)
        rest = coverage(sum(parts[number].weight for number in left), total)
        if sum(bounds[number] for number in left) * rest * _SLACK < nth_best(found.scores, most):
            return found
    return None


def nth_best(scores: Array, most: int) -> float:
    """The score at this place, counted from 1, from the best one down; minus infinity where there are not so many."""
    if not 0 < most <= len(scores):
        return -np.inf if most else np.inf
    return float(np.partition(scores, len(scores) - most)[len(scores) - most])


def _summed(parts: Sequence[Part], taken: Collection[int], total: float, size: int) -> Match:
    """The documents of the parts that are taken, with what all parts give them."""
    docs, scratch = union([parts[number].match.docs for number in taken], size), borrow(size)
    for number, (match, weight) in enumerate(parts):
        found = match if number in taken else looked_up(docs, match)
        np.add.at(scratch.scores, found.docs, found.scores)  # a document stands once in each
        if total:
            np.add.at(scratch.weights, found.docs, np.float32(weight))
    scores = scratch.scores[docs]
    scratch.scores[docs] = 0
    if total:
        scores *= coverage(scratch.weights[docs], total)
        scratch.weights[docs] = 0
    give_back(scratch)
    return Match(docs, scores)
