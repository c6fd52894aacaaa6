"""A story that several outlets printed is shown once: which of its copies, and which page they are on.

Copies are folded after all that matches has been ordered, so every copy can be found by its own words, and
filters, counts and facets know nothing of it. A page begins where the one before ended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from carinews.engines.order import Places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from carinews.engines.protocol import Copies
    from carinews.index.segment import Segment

    Array = NDArray[Any]

_SPARE = 8
"""So many more documents than a page takes are ranked at first: on most pages no more are folded."""


class Folding:
    """The groups of copies of one generation, as `index/copies.py` finds them. False where there is none."""

    def __init__(self, segments: Sequence[Segment], groups: Array) -> None:
        self._segments = segments
        self._groups, self._ids = groups.astype(np.int64)[0], groups[1]
        self._rows: dict[int, Array] = {}
        self._row = {one: row for row, one in enumerate(self._ids.tolist())}

    def __bool__(self) -> bool:
        return len(self._ids) > 0

    def others(self, wanted: int) -> list[int]:
        """The keys of the ids of an article's copies, the first published first; it is named by its own key."""
        row = self._row.get(wanted)
        if row is None:
            return []
        start, stop = np.searchsorted(self._groups, (self._groups[row], self._groups[row] + 1))
        return [one for one in self._ids[start:stop].tolist() if one != wanted]

    def folded(self, places: Places, shown: Copies) -> Places:
        """Of documents in their order one of each group, where the first of them stands: itself, or the earliest."""
        if shown == "all" or not self:
            return places
        rows = self._rows_of(places)
        grouped = np.flatnonzero(rows >= 0)
        _, first = np.unique(self._groups[rows[grouped]], return_index=True)
        stays = rows < 0
        stays[grouped[first]] = True
        chosen = np.arange(len(rows))
        if shown == "earliest":  # in a group, rows rise with the date
            by_date = grouped[np.argsort(rows[grouped])]
            _, earliest = np.unique(self._groups[rows[by_date]], return_index=True)
            chosen[grouped[first]] = by_date[earliest]
        kept = chosen[stays]
        return Places(*(column[kept] for column in places))

    def needed(self, last: int, shown: Copies, everything: int) -> int:
        """How many documents are to be ranked so that `last` will most likely be left."""
        if shown == "all" or not last or not self:
            return last
        return everything if shown == "earliest" else last + _SPARE  # the earliest copy may stand anywhere

    def _rows_of(self, places: Places) -> Array:
        """By place the row among the groups; -1 for what has no copies."""
        rows = np.full(len(places.docs), -1)
        for number in np.unique(places.segments).tolist():
            here = places.segments == number
            rows[here] = self._rows_in(number)[places.docs[here]]
        return rows

    def _rows_in(self, number: int) -> Array:
        """By document of a segment its row; found once, by the keys of the ids."""
        if number not in self._rows:
            segment = self._segments[number]
            rows = np.full(segment.documents, -1, np.int32)
            keys, docs = segment.keys("id")
            at = np.minimum(np.searchsorted(keys, self._ids), max(0, len(keys) - 1))
            here = np.flatnonzero(keys[at] == self._ids) if len(keys) else at[:0]
            rows[docs[at[here]]] = here
            self._rows[number] = rows
        return self._rows[number]
