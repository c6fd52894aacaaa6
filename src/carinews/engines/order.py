"""Which of the documents that match come first: by score, the newer of two equal ones first, or by date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from carinews.query.matches import Match

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from carinews.engines.protocol import Sort
    from carinews.index.reader import IndexReader

    Array = NDArray[Any]


def first(reader: IndexReader, match: Match, sort: Sort, most: int) -> Match:
    """The first `most` documents of a match, in their order.

    Ties are broken by date, the newest first, then by the id's hash.
    """
    if not len(match.docs) or not most:
        return Match(match.docs[:0], match.scores[:0])
    keys = _keys(reader, match, sort)
    if most < len(keys):
        kept = (keys <= np.partition(keys, most - 1)[most - 1]).nonzero()[0]  # and all that are equal to the last
        match, keys = Match(match.docs[kept], match.scores[kept]), keys[kept]
    order = np.lexsort((reader.id_keys[match.docs], ~reader.dates[match.docs], keys))[:most]
    return Match(match.docs[order], match.scores[order])


def _keys(reader: IndexReader, match: Match, sort: Sort) -> Array:
    """A number a document, the smallest for the one that comes first."""
    if sort == "relevance":
        return -match.scores
    dates = reader.dates[match.docs]  # the undated come last: `UNDATED` is the least number, so ~ makes it the
    return ~dates if sort == "newest" else dates - 1  # greatest, and so does - 1
