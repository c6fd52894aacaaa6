"""Matches: the documents that a part of a query finds, with their scores, and how they join.

All is done on whole arrays, over all segments at once: what a query costs is mostly the number of calls. A
*scratch* has a place for every document and is borrowed for one sum: arrays made anew cost a page
fault every 4 KiB, half of the time of a query of three words.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from carinews.index.arrays import distinct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[Any]


class Match(NamedTuple):
    """Matching documents, rising (int64), and their scores (float32)."""

    docs: Array
    scores: Array


NO_MATCH = Match(np.empty(0, np.int64), np.empty(0, np.float32))


class Scratch(NamedTuple):
    """Zeros for every document: scores, weights (float32 each) and marks (bool)."""

    scores: Array
    weights: Array
    marks: Array


_LONGER = 8  # a list so many times as long as another is searched for its entries; else it is spread over a scratch
_SPARSE = 16  # so many documents to an entry: sorting the entries is faster than looking through all documents
_of_thread = threading.local()


def borrow(size: int) -> Scratch:
    """A scratch for `size` documents, full of zeros.

    It is given back so, and only where nothing went wrong: what an exception left in it would be in the next sum.
    """
    borrowed: Scratch | None = _of_thread.__dict__.pop("scratch", None)
    if borrowed is None or len(borrowed.marks) != size:
        return Scratch(np.zeros(size, np.float32), np.zeros(size, np.float32), np.zeros(size, bool))
    return borrowed


def give_back(scratch: Scratch) -> None:
    """Let the next sum borrow a scratch, which is full of zeros again."""
    _of_thread.scratch = scratch


def union(lists: Sequence[Array], size: int) -> Array:
    """The documents of any of several lists, rising."""
    if len(lists) == 1:
        return lists[0]
    return spread(np.concatenate(lists), size)


def spread(docs: Array, size: int) -> Array:
    """Documents in any order, some several times: each once, rising."""
    if len(docs) * _SPARSE < size:
        return distinct(docs)
    scratch = borrow(size)
    scratch.marks[docs] = True
    found: Array = scratch.marks.nonzero()[0]
    scratch.marks[found] = False
    give_back(scratch)
    return found


def count_of_any(lists: Sequence[Array], size: int) -> int:
    """How many documents stand in any of several lists."""
    if len(lists) < 2:
        return sum(map(len, lists))
    scratch = borrow(size)
    for docs in lists:
        scratch.marks[docs] = True
    count = int(np.count_nonzero(scratch.marks))
    for docs in lists:
        scratch.marks[docs] = False
    give_back(scratch)
    return count


def held(docs: Array, others: Array, size: int) -> NDArray[np.bool_]:
    """Which of `docs` stand in `others`."""
    if len(docs) * _LONGER < len(others):
        return _place(docs, others)[1]
    scratch = borrow(size)
    scratch.marks[others] = True
    found: Array = scratch.marks[docs]
    scratch.marks[others] = False
    give_back(scratch)
    return found


def looked_up(docs: Array, match: Match) -> Match:
    """The part of a match that stands in `docs`, where these are few."""
    places, found = _place(docs, match.docs)
    return Match(docs[found], match.scores[places[found]])


def _place(docs: Array, others: Array) -> tuple[Array, Array]:
    """Where each of `docs` would stand in `others`, and whether it stands there."""
    if not len(others):
        return np.zeros(len(docs), np.int64), np.zeros(len(docs), bool)
    places = others.searchsorted(docs)
    places[places == len(others)] = 0
    return places, others[places] == docs


def values_at(docs: Array, match: Match, size: int) -> Array:
    """The score of each of `docs` in a match, 0 where it is not there."""
    found = match if len(match.docs) <= len(docs) * _LONGER else looked_up(docs, match)
    scratch = borrow(size)
    scratch.scores[found.docs] = found.scores
    scores: Array = scratch.scores[docs]
    scratch.scores[found.docs] = 0
    give_back(scratch)
    return scores


def both(few: Match, many: Match, size: int) -> Match:
    """The documents of two matches, with the sum of their scores."""
    if len(few.docs) * _LONGER < len(many.docs):
        places, found = _place(few.docs, many.docs)
        return Match(few.docs[found], few.scores[found] + many.scores[places[found]])
    kept = held(few.docs, many.docs, size)
    docs = few.docs[kept]
    return Match(docs, few.scores[kept] + values_at(docs, many, size))


def chosen(match: Match, kept: NDArray[np.bool_]) -> Match:
    """The part of a match that a mask over its documents keeps."""
    return match if kept.all() else Match(match.docs[kept], match.scores[kept])


def plus(match: Match, preferred: Match, size: int) -> Match:
    """A match whose documents gain the score that they have in another."""
    return Match(match.docs, match.scores + values_at(match.docs, preferred, size))


def best(matches: Sequence[Match], size: int) -> Match:
    """The documents of any of several matches, each with its best score."""
    docs = union([match.docs for match in matches], size)
    scores = np.full(size, -np.inf, np.float32)
    for match in matches:
        scores[match.docs] = np.maximum(scores[match.docs], match.scores)
    return Match(docs, scores[docs])
