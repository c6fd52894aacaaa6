"""A story that several outlets printed is shown once: which of its copies, and which page they are on.

Copies are folded after all that matches has been ordered, so every copy can be found by its own words, and
filters, counts and facets know nothing of it. A page begins where the one before ended.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from carinews.query.matches import Match

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from carinews.engines.protocol import Copies
    from carinews.index.reader import IndexReader

    Array = NDArray[Any]

_SPARE = 8
"""So many more documents than a page takes are ranked at first: on most pages no more are folded."""


class Folding:
    """The groups of copies of one generation, as `index/copies.py` finds them. False where there is none."""

    def __init__(self, reader: IndexReader) -> None:
        self._groups, self._ids = reader.copies[0].astype(np.int64), reader.copies[1]
        self._rows = _rows(reader) if self else np.empty(0, np.int32)

    def __bool__(self) -> bool:
        return len(self._ids) > 0

    def others(self, wanted: int) -> list[int]:
        """The keys of the ids of an article's copies, the first published first; it is named by its own key."""
        return [one for one in self._copies_of.get(wanted, ()) if one != wanted]

    @cached_property
    def _copies_of(self) -> dict[int, list[int]]:
        """By key, the keys of the whole group: each hit asks."""
        grouped: dict[int, list[int]] = {}
        for group, one in zip(self._groups.tolist(), self._ids.tolist(), strict=True):
            grouped.setdefault(group, []).append(one)
        return {one: same for same in grouped.values() for one in same}

    def folded(self, ranked: Match, shown: Copies) -> Match:
        """Of documents in their order one of each group, where the first of them stands: itself, or the earliest."""
        if shown == "all" or not self:
            return ranked
        rows = self._rows[ranked.docs]
        grouped = (rows >= 0).nonzero()[0]
        if not len(grouped):
            return ranked
        _, first = np.unique(self._groups[rows[grouped]], return_index=True)
        stays = rows < 0
        stays[grouped[first]] = True
        chosen = np.arange(len(rows))
        if shown == "earliest":  # in a group, rows rise with the date
            by_date = grouped[np.argsort(rows[grouped])]
            _, earliest = np.unique(self._groups[rows[by_date]], return_index=True)
            chosen[grouped[first]] = by_date[earliest]
        kept = chosen[stays]
        return Match(ranked.docs[kept], ranked.scores[kept])

    def needed(self, last: int, shown: Copies, everything: int) -> int:
        """How many documents are to be ranked so that `last` will most likely be left."""
        if shown == "all" or not last or not self:
            return last
        return everything if shown == "earliest" else last + _SPARE  # the earliest copy may stand anywhere


def _rows(reader: IndexReader) -> Array:
    """By document its row among the copies; -1 for what has none. Found by the keys of the ids."""
    rows = np.full(reader.size, -1, np.int32)
    ids = reader.copies[1]
    for start, segment in zip(reader.starts, reader.segments, strict=False):
        keys, docs = segment.keys("id")
        at = np.searchsorted(keys, ids)
        here = np.flatnonzero(np.append(keys, np.uint64(0))[at] == ids)
        here = here[at[here] < len(keys)]
        rows[start + docs[at[here]].astype(np.int64)] = here
    return rows
