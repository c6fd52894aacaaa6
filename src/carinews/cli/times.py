"""Times as options: `--since`, `--until`, `--recent`. What is none is wrong usage, said with what would be one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

import click

from carinews.model import WIB
from carinews.wording import Message

F = TypeVar("F", bound=Callable[..., Any])


def recent_option(command: F) -> F:
    """The option `--recent`, for the commands that score."""
    return click.option(
        "--recent",
        metavar="TIME",
        callback=_half_life,
        help="Newer counts more, twice at most: half of that after 30d, 8w, 6-bulan, 1y.",
    )(command)


def first_moment(given: str | None) -> datetime | None:
    """The moment at which a time begins, in Western Indonesian time. Raises click.UsageError."""
    return None if given is None else _midnight(_span(given)[0])


def moment_after(given: str | None) -> datetime | None:
    """The first moment after a time. Raises click.UsageError."""
    return None if given is None else _midnight(_span(given)[1])


def _half_life(ctx: click.Context, param: click.Parameter, given: str | None) -> str | None:
    from carinews.query.dates import half_life

    try:
        if given is not None:
            half_life(given)
    except ValueError:
        message = Message("{given!r} is no length of time: write 30d, 30-hari, 8w, 6-bulan or 1y", given=given)
        raise click.UsageError(message, ctx) from None
    return given


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime(day.year, day.month, day.day, tzinfo=WIB)


def _span(given: str) -> tuple[date | None, date | None]:
    """The first day of a time, and the first day after it."""
    from carinews.query.dates import span

    try:
        days = span(given, datetime.now(WIB).date())
        if any(day is not None and day.year > 9998 for day in days):
            raise ValueError(given)
    except (ValueError, OverflowError):
        message = Message("{given!r} is no date: write 2017, 2017-04, 2017-04-18, kemarin or 7-hari", given=given)
        raise click.UsageError(message) from None
    return days
