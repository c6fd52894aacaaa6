"""carinews: full-text search for Indonesian news, with the related stories and the reasons.

    >>> from carinews import Index
    >>> with Index.open("index/") as index:           # doctest: +SKIP
    ...     for hit in index.search("ISIS Irak"):
    ...         print(hit.rank, hit.title)

Names are imported when first used: `import carinews` alone costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from carinews.errors import (
        CarinewsError,
        CorpusError,
        CorpusMissing,
        EngineUnavailable,
        IndexCorrupt,
        IndexLocked,
        IndexMissing,
        IndexVersionError,
        QuerySyntaxError,
        QueryTooComplex,
    )
    from carinews.facade import Index
    from carinews.model import Article, Copy, Filters, Hit, RelatedHit, RelatedStory, SearchResult, Snippet, Suggestion

__version__ = "0.1.0"

__all__ = [
    "Article",
    "CarinewsError",
    "Copy",
    "CorpusError",
    "CorpusMissing",
    "EngineUnavailable",
    "Filters",
    "Hit",
    "Index",
    "IndexCorrupt",
    "IndexLocked",
    "IndexMissing",
    "IndexVersionError",
    "QuerySyntaxError",
    "QueryTooComplex",
    "RelatedHit",
    "RelatedStory",
    "SearchResult",
    "Snippet",
    "Suggestion",
]

_MODEL = ("Article", "Copy", "Filters", "Hit", "RelatedHit", "RelatedStory", "SearchResult", "Snippet", "Suggestion")


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'carinews' has no attribute {name!r}")
    room = "facade" if name == "Index" else "model" if name in _MODEL else "errors"
    return getattr(import_module(f"carinews.{room}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
