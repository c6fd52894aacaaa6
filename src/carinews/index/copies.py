"""Which articles print the same story: wire copy, and what an outlet prints twice.

    sketches of all segments ──bands──▶ candidates ──compared──▶ pairs ──▶ groups ──▶ a file of the generation

Two articles are *copies* where they begin alike and the shorter is nearly all in the longer. They are found at
every commit, from the sketches of the articles that live then and from nothing else: so an index that grew in
steps has the groups of one built at once. That takes 0.3 s of the processor for the news (50,721 articles); for a
million 5 s and, as it looks at a band of three bytes at a time, some 170 bytes of memory an article.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from carinews.index.segment import TITLE_WEIGHT, UNDATED
from carinews.index.sketches import BINS, SIZE, shared

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from carinews.index.segment import Segment

    Array = NDArray[Any]

LEAST_WORDS = 50
"""A body of fewer words says too little: of some sites nothing is there but what stands below every article."""

LEAST_SHARED = 0.45
"""Of all threes of words. An article that takes up a short one and tells much more is another article."""

ALIKE = 1.3
"""What two articles share of the threes of words that they begin with, and how much of the shorter is in the longer,
added. A follow-up repeats an older article, all of it at times, but begins with news: of the real pairs between
1.2 and 1.3 fewer than half are copies, of those above four in five (`benchmarks/copies.py`)."""

NEARLY_ALL = 0.8
"""So much shared is enough whatever they begin with: first paragraphs are cut, too, or put before."""

UNCHANGED = 0.95
"""How much of the shorter must be in the longer where they were printed a day or more apart: what returns day after
day, such as opening hours, changes its numbers at least."""

_DAY = 24 * 3600
_BAND = 3
"""Bytes that two sketches must share in one place to be compared; three in four texts that share 0.4 do somewhere."""

_NEIGHBOURS = 8
"""Of many articles with the same bytes each is compared with so many of the next: a thousand do not make a million."""

_PAIRS_AT_ONCE = 10_000
_PLACE_BITS = np.uint64(32)


def groups(segments: Sequence[Segment]) -> Array:
    """The copies among the live articles of some segments: rows of group numbers, rising, and of keys of ids (uint64).

    In a group, the first published comes first, the undated last. Groups stand in the order of their first articles.
    """
    texts = _Texts(segments)
    group = _components(_pairs(texts), len(texts.ids))
    members = np.flatnonzero(np.bincount(group, minlength=len(group))[group] > 1)
    _, numbers = np.unique(group[members], return_inverse=True)  # a group is named after its first member
    order = np.lexsort((members, numbers))
    return np.stack([numbers[order].astype(np.uint64), texts.ids[members[order]]])


class _Texts:
    """The articles that may be copies, the first published first, so that where they are stored leaves no trace."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments
        docs = [_comparable(segment) for segment in segments]
        dates = _joined([segment.dates[kept] for segment, kept in zip(segments, docs, strict=True)], np.int64)
        ids = _joined([segment.id_keys[kept] for segment, kept in zip(segments, docs, strict=True)], np.uint64)
        weights = _joined(
            [segment.sketch_weights[kept] for segment, kept in zip(segments, docs, strict=True)], np.uint32
        )
        order = np.lexsort((ids, dates - 1))  # UNDATED is the least number: less one it is the greatest
        self.dates, self.ids, self.weights = dates[order], ids[order], weights[order].astype(np.float64)
        self._docs, self._order = docs, order

    def bytes_at(self, place: int) -> Array:
        """One byte of every sketch."""
        found = [segment.sketches[kept, place] for segment, kept in zip(self._segments, self._docs, strict=True)]
        return _joined(found, np.uint8)[self._order]

    def sketches(self, texts: Array) -> Array:
        """The sketches of some articles, a row each."""
        found = np.empty((len(texts), SIZE), np.uint8)
        places, start = self._order[texts], 0
        for segment, kept in zip(self._segments, self._docs, strict=True):
            here = np.flatnonzero((places >= start) & (places < start + len(kept)))
            found[here] = segment.sketches[kept[places[here] - start]]
            start += len(kept)
        return found


def _comparable(segment: Segment) -> Array:
    """The live articles of a segment that are long enough; a story known from links is none."""
    words = segment.lengths.astype(np.int64) - TITLE_WEIGHT * segment.title_lengths.astype(np.int64)
    wanted = (words >= LEAST_WORDS) & ~segment.derived
    return np.flatnonzero(wanted if segment.live is None else wanted & segment.live)


def _joined(columns: list[Array], dtype: type[np.generic]) -> Array:
    return np.concatenate([*columns, np.empty(0, dtype)])


def _pairs(texts: _Texts) -> Iterator[Array]:
    """Pairs of copies, some at a time; each is a column."""
    candidates = np.sort(np.concatenate([*_candidates(texts), np.empty(0, np.uint64)]))
    candidates = candidates[np.diff(candidates, prepend=np.uint64(0)) > 0]  # (0, 0) is no pair
    for start in range(0, len(candidates), _PAIRS_AT_ONCE):
        both = candidates[start : start + _PAIRS_AT_ONCE]
        pairs = np.stack([both >> _PLACE_BITS, both & np.uint64((1 << 32) - 1)]).astype(np.int64)
        yield pairs[:, _are_copies(texts, *pairs)]


def _candidates(texts: _Texts) -> Iterator[Array]:
    """Pairs that share a band, as one number each: the place of the one and that of the other."""
    place = np.arange(len(texts.ids), dtype=np.uint64)
    if len(place) < 2:
        return
    for first in range(0, BINS - _BAND + 1, _BAND):
        band = np.zeros(len(place), np.uint64)
        for number in range(first, first + _BAND):
            band = band << np.uint64(8) | texts.bytes_at(number)
        # Sorted as one number: to sort places by their bands takes twenty times as long.
        rows = np.sort(band << _PLACE_BITS | place)
        band, at = rows >> _PLACE_BITS, rows & np.uint64((1 << 32) - 1)
        for step in range(1, _NEIGHBOURS + 1):
            same = np.flatnonzero(band[step:] == band[:-step])
            if not len(same):
                break
            yield at[same] << _PLACE_BITS | at[same + step]


def _are_copies(texts: _Texts, first: Array, second: Array) -> Array:
    """Which pairs are copies."""
    sketches = texts.sketches(first), texts.sketches(second)
    common = shared(sketches[0][:, :BINS], sketches[1][:, :BINS])
    lead = shared(sketches[0][:, BINS:], sketches[1][:, BINS:])
    weights = texts.weights[first], texts.weights[second]
    contained = common / (1 + common) * (weights[0] + weights[1]) / np.maximum(1, np.minimum(*weights))
    dates = texts.dates[first], texts.dates[second]
    undated = (dates[0] == UNDATED) | (dates[1] == UNDATED)
    soon = undated | (np.abs(dates[0] - np.where(undated, dates[0], dates[1])) < _DAY)
    enough = (contained + lead >= ALIKE) | (common >= NEARLY_ALL)
    result: Array = (common >= LEAST_SHARED) & np.where(soon, enough, contained >= UNCHANGED)
    return result


def _components(pairs: Iterator[Array], count: int) -> Array:
    """By article the first one of its group: itself, or one that pairs lead to."""
    leads = np.arange(count)

    def head(place: int) -> int:
        while (above := int(leads[place])) != place:
            leads[place] = leads[above]
            place = above
        return place

    for some in pairs:
        for first, second in some.T.tolist():
            low, high = sorted((head(first), head(second)))
            leads[high] = low
    while (leads != (above := leads[leads])).any():
        leads = above
    return leads
