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

from carinews.query.matches import Match, looked_up, scratch, union
from carinews.query.scoring import coverage

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    Array = NDArray[Any]

_WORTH_IT = 2_000  # postings in sum: below, adding up everything is faster than leaving something out
_SLACK = 1 + 1e-5  # a sum of 32-bit floats may lie so far above the sum of its bounds
_NEARLY_AS_LONG = 4  # a list not so many times as long as that of the candidates costs less added than searched


class Part(NamedTuple):
    """A part of a query in one segment: its match, and its weight in the coverage."""

    match: Match
    weight: float


def summed(parts: Sequence[Part], total: float, size: int) -> Match:
    """All documents of any part: the sum of their scores times the coverage of `total` weight.

    A total of 0 stands for no coverage: the scores are merely added.
    """
    return _summed(parts, range(len(parts)), total, size)


def best_of(parts: Sequence[Part], total: float, size: int, most: int, floor: float) -> Match:
    """The part of `summed` that may be among the `most` best of an index, in one segment of `size` documents.

    Every document is there whose score is one of the `most` best of this segment and not below `floor`.
    """
    if sum(len(part.match.docs) for part in parts) < _WORTH_IT:
        return summed(parts, total, size)
    bounds = [float(part.match.scores.max(initial=0)) for part in parts]
    order = sorted(range(len(parts)), key=bounds.__getitem__, reverse=True)
    lengths = [len(parts[number].match.docs) for number in order]
    for count in range(1, len(order)):
        taken, left = order[:count], order[count:]
        if min(lengths[count:]) < _NEARLY_AS_LONG * max(lengths[:count]):
            continue
        found = _summed(parts, taken, total, size)
        reached = max(floor, nth_best(found.scores, most))
        rest = coverage(sum(parts[number].weight for number in left), total)
        if sum(bounds[number] for number in left) * rest * _SLACK < reached:
            return found
    return summed(parts, total, size)


def nth_best(scores: Array, most: int) -> float:
    """The score at this place, counted from 1, from the best one down; minus infinity where there are not so many."""
    if not 0 < most <= len(scores):
        return -np.inf if most else np.inf
    return float(np.partition(scores, len(scores) - most)[len(scores) - most])


def _summed(parts: Sequence[Part], taken: Collection[int], total: float, size: int) -> Match:
    """The documents of the parts that are taken, with what all parts give them."""
    docs = union([parts[number].match.docs for number in taken], size)
    with scratch(size) as place:
        for number, (match, weight) in enumerate(parts):
            found = match if number in taken else looked_up(docs, match)
            np.add.at(place.scores, found.docs, found.scores)  # a document stands once in each
            if total:
                np.add.at(place.weights, found.docs, np.float32(weight))
        scores = place.scores[docs]
        place.scores[docs] = 0
        if total:
            scores *= coverage(place.weights[docs], total)
            place.weights[docs] = 0
    return Match(docs, scores)
