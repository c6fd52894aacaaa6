"""Hits over time, for a terminal: a bar a month, or a year where there are many."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carinews.model import SearchResult

MOST_MONTHS = 36
_EIGHTHS = " ▏▎▍▌▋▊▉█"


def histogram(result: SearchResult) -> list[tuple[str, int]]:
    """Periods and their hits, in order and without gaps: months (2017-04) where they are at most three years."""
    months = dict(dict(result.facets).get("month", ()))
    if not months:
        return []
    first, last = min(months), max(months)
    span = range(_number(first), _number(last) + 1)
    if len(span) <= MOST_MONTHS:
        names = [f"{number // 12:04}-{number % 12 + 1:02}" for number in span]
        return [(name, months.get(name, 0)) for name in names]
    years = dict(dict(result.facets)["year"])
    names = [f"{year:04}" for year in range(int(first[:4]), int(last[:4]) + 1)]
    return [(name, years.get(name, 0)) for name in names]


def bar(count: int, most: int, width: int) -> str:
    """A bar of at most `width` cells, exact to an eighth of one; what is not nothing is seen.

    >>> bar(5, 10, 4), bar(1, 10_000, 4), bar(0, 10, 4)
    ('██', '▏', '')
    """
    eighths = max(round(count / most * width * 8), 1) if count else 0
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def _number(month: str) -> int:
    """Months since the year 0."""
    return int(month[:4]) * 12 + int(month[5:]) - 1
