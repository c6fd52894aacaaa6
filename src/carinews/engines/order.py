"""Which of the documents that match come first: by score, the newer of two equal ones first, or by date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from carinews.index.segment import UNDATED
from carinews.query.matches import Match
from carinews.query.pruning import nth_best

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from carinews.engines.protocol import Sort
    from carinews.index.segment import Segment

    Array = NDArray[Any]


class Places(NamedTuple):
    """Where documents stand, in their order: their segments and numbers, and their scores."""

    segments: Array
    docs: Array
    scores: Array


def first(segments: Sequence[Segment], matches: Sequence[Match], sort: Sort, most: int) -> Places:
    """The first `most` documents of all segments. Ties are broken by date, the newest first, then by the id's hash."""
    columns = []
    for number, (segment, match) in enumerate(zip(segments, matches, strict=True)):
        docs, scores = _cut(segment, match, sort, most)
        if len(docs):
            columns.append((np.full(len(docs), number), docs, scores, segment.dates[docs], segment.id_keys[docs]))
    if not columns:
        return Places(*(np.empty(0, np.int64),) * 3)
    numbers, docs, scores, dates, ids = map(np.concatenate, zip(*columns, strict=True))
    match sort:  # the undated come last: UNDATED is the least number, so ~ makes it the greatest, and so does - 1
        case "relevance":
            order = np.lexsort((ids, ~dates, -scores))
        case "newest":
            order = np.lexsort((ids, ~dates))
        case "oldest":
            order = np.lexsort((ids, dates - 1))
    order = order[:most]
    return Places(numbers[order], docs[order], scores[order])


def _cut(segment: Segment, match: Match, sort: Sort, most: int) -> Match:
    """The part of a segment's match that holds its first documents, and all that are equal to the last of them."""
    docs, scores = match
    if len(docs) <= most or not most:
        return match if most else Match(docs[:0], scores[:0])
    if sort == "relevance":
        kept = (scores >= nth_best(scores, most)).nonzero()[0]
        return Match(docs[kept], scores[kept])
    dates = segment.dates  # documents stand by date, the undated first
    if sort == "newest":
        start = np.searchsorted(docs, np.searchsorted(dates, dates[docs[-most]]))
        return Match(docs[start:], scores[start:])
    start = np.searchsorted(docs, np.searchsorted(dates, UNDATED + 1))
    if len(docs) - start < most:
        return match
    stop = np.searchsorted(docs, np.searchsorted(dates, dates[docs[start + most - 1]], "right"))
    return Match(docs[start:stop], scores[start:stop])
