"""What is in an index, counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from carinews.index.segment import UNDATED

if TYPE_CHECKING:
    from carinews.index.reader import IndexReader


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts over the live documents of an index. `bytes` is its size on disk; dates are in UTC.

    `forms` counts the different written words.
    """

    documents: int
    articles: int
    related: int
    undated: int
    oldest: datetime | None
    newest: datetime | None
    sources: tuple[tuple[str, int], ...]
    forms: int
    generation: int
    segments: int
    bytes: int


def stats(reader: IndexReader) -> Stats:
    """Count what a generation holds."""
    sources: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    forms: set[bytes] = set()
    dates = []
    for segment in reader.segments:
        live = np.ones(segment.documents, bool) if segment.live is None else segment.live
        for name, counter in (("source", sources), ("kind", kinds)):
            codes, values = segment.category(name)
            counts = np.bincount(codes[live], minlength=len(values))
            counter.update({value: int(count) for value, count in zip(values, counts, strict=True) if count})
        forms.update(segment.terms)
        dates.append(segment.dates[live])
    dated = np.concatenate([found[found != UNDATED] for found in dates]) if dates else np.empty(0, np.int64)
    return Stats(
        documents=reader.document_count,
        articles=kinds["article"],
        related=kinds["related"],
        undated=reader.document_count - len(dated),
        oldest=_moment(dated.min()) if len(dated) else None,
        newest=_moment(dated.max()) if len(dated) else None,
        sources=tuple((name or "(none)", count) for name, count in sources.most_common()),
        forms=len(forms),
        generation=reader.manifest.generation,
        segments=len(reader.segments),
        bytes=sum(file.size for file in reader.manifest.files()),
    )


def _moment(seconds: np.int64) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)
