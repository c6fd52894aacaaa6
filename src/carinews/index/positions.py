"""Where the occurrences of some postings stand: only the blocks of positions that hold one of them are read.

    postings of segments ──▶ their blocks, read ──▶ where each posting begins (a bit says it) ──▶ its positions

It is done for all segments at once: of the few documents among which the nearness of words counts, the calls
are what costs time.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from carinews.index.arrays import ranges
from carinews.index.segment import BLOCK, FAR, POSTING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from carinews.index.segment import Segment

    Array = NDArray[Any]


def positions_of(parts: Sequence[tuple[Segment, Array]]) -> tuple[Array, Array]:
    """The positions of some postings, one list behind the other, and how many each has (int64).

    A part is a segment and the numbers of some of its postings; that those of a block follow one another saves time.
    """
    parts = [part for part in parts if len(part[1])]
    if not parts:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    postings = np.concatenate([numbers for _, numbers in parts])
    sizes = np.array([len(numbers) for _, numbers in parts])
    lasts = sizes.cumsum()
    block = postings // BLOCK
    new = np.ones(len(block), bool)
    np.not_equal(block[1:], block[:-1], out=new[1:])
    new[lasts - sizes] = True
    of_posting = new.cumsum() - 1
    blocks, bounds = block[new], [0, *(of_posting[lasts - 1] + 1).tolist()]
    found = [
        segment.blocks(blocks[start:stop]) for (segment, _), (start, stop) in zip(parts, pairwise(bounds), strict=True)
    ]
    numbers, marked, held = (
        np.concatenate(column) if len(column) > 1 else column[0] for column in zip(*found, strict=True)
    )
    # A comparison first: to look for what is not 0 in numbers takes ten times as long as in bools.
    begins = np.append((marked >= POSTING).nonzero()[0], len(marked))
    place = (held.cumsum() - held)[of_posting] + postings - block * BLOCK
    counts = begins[place + 1] - begins[place]
    places = ranges(begins[place], counts)
    positions = (marked[places] & ~POSTING).astype(np.int64)
    far = (positions == FAR).nonzero()[0]
    if len(far):
        ends = counts.cumsum()[lasts - 1]
        for part, (segment, _) in enumerate(parts):
            mine = far[ends.searchsorted(far, "right") == part]
            positions[mine] = segment.far(numbers[places[mine]])
    return positions, counts


def occurrences_of(segment: Segment, term: int) -> tuple[Array, Array]:
    """Document and position of each occurrence of a term in a segment, in order, in deleted documents too (int64)."""
    terms = range(term, term + 1)
    positions, counts = positions_of([(segment, segment.numbers_of(terms))])
    return segment.documents_of(terms).repeat(counts).astype(np.int64), positions
