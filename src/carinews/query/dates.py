"""Times as people write them in a query: `2017-04`, `2016..2018`, `>=2019`, `kemarin`, `bulan-lalu`, `7-hari`."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from carinews.model import WIB

Span = tuple[date | None, date | None]
"""The first day of a time and the first day after it; None is without end."""

_UNITS = {"hari": 1, "minggu": 7, "bulan": 30, "tahun": 365, "day": 1, "week": 7, "month": 30, "year": 365}
_BACK = re.compile(rf"(\d{{1,4}})-({'|'.join(_UNITS)})s?")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january",
            "februari february pebruari",
            "maret march",
            "april",
            "mei may",
            "juni june",
            "juli july",
            "agustus august ags",
            "september",
            "oktober october",
            "november nopember",
            "desember december",
        ),
        1,
    )
    for name in names.split()
}
_BETWEEN = re.compile(r"[-/. ]")
_SHORT = {"d": 1, "w": 7, "m": 30, "t": 365, "y": 365}
_LENGTH = re.compile(rf"(\d{{1,4}})[ -]?(?:({'|'.join([*_UNITS, *'dwmty'])})s?)?")
_RELATION = re.compile(r"(<=|>=|<|>)(.+)")


def seconds(text: str, now: datetime | None = None) -> tuple[int | None, int | None]:
    """A time as seconds since 1970, from the one on and before the other, in Western Indonesian time.

    `now` tells what `kemarin` and the like count from. Raises ValueError for what is no time.
    """
    first, after = span(text, (now or datetime.now(WIB)).astimezone(WIB).date())
    return _midnight(first), _midnight(after)


def span(text: str, today: date) -> Span:
    """The days of a time. Raises ValueError for what is none."""
    text = "-".join(text.lower().split())
    if ".." in text:
        first, _, last = text.partition("..")
        return (span(first, today)[0] if first else None), (span(last, today)[1] if last else None)
    if relation := _RELATION.fullmatch(text):
        first_day, after = span(relation[2].removeprefix("-"), today)
        return {"<": (None, first_day), "<=": (None, after), ">": (after, None), ">=": (first_day, None)}[relation[1]]
    if back := _BACK.fullmatch(text):
        return today - timedelta(days=int(back[1]) * _UNITS[back[2]]), today + timedelta(days=1)
    return _named(text, today) or calendar(text)


def half_life(text: str) -> timedelta:
    """A length of time: `30d`, `30-hari`, `2 weeks`, `6bulan`, `1y`. Raises ValueError for what is none.

    >>> half_life("30d"), half_life("2-minggu")
    (datetime.timedelta(days=30), datetime.timedelta(days=14))
    """
    found = _LENGTH.fullmatch(text.strip().lower())
    if found is None or not int(found[1]):
        raise ValueError(f"{text!r} is no length of time: write 30d, 30-hari, 8w, 6-bulan or 1y")
    return timedelta(days=int(found[1]) * _UNITS.get(found[2], _SHORT.get(found[2], 1)))


def calendar(text: str) -> tuple[date, date]:
    """The first day of a year, month or day, and the first day after it. Raises ValueError.

    >>> calendar("2017-04"), calendar("18/4/2017")[0], calendar("des-2016")[0]
    ((datetime.date(2017, 4, 1), datetime.date(2017, 5, 1)), datetime.date(2017, 4, 18), datetime.date(2016, 12, 1))
    """
    written = _BETWEEN.split(text.strip().lower())
    if len(written) > 1 and len(written[-1]) == 4:
        written.reverse()  # the day first, as Indonesians write it
    parts = [_month(part) if place == 1 and part.isalpha() else int(part) for place, part in enumerate(written)]
    if parts[0] < 1000:
        raise ValueError(f"{text!r} begins with no year of four digits")
    try:
        match parts:
            case [year]:
                return date(year, 1, 1), date(year + 1, 1, 1)
            case [year, month]:
                return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
            case [year, month, day]:
                return date(year, month, day), date(year, month, day) + timedelta(days=1)
    except OverflowError as error:
        raise ValueError(f"{text!r} is outside of the years that have dates") from error
    raise ValueError(f"{text!r} has too many parts for a date")


def _month(name: str) -> int:
    """The number of a month by its name, or three letters of it. Raises ValueError."""
    for month, number in _MONTHS.items():
        if len(name) >= 3 and month.startswith(name):
            return number
    raise ValueError(f"{name!r} is no month")


def _named(text: str, today: date) -> tuple[date, date] | None:
    monday, month, year = today - timedelta(days=today.weekday()), today.replace(day=1), today.replace(month=1, day=1)
    last_month = (month - timedelta(days=1)).replace(day=1)
    day, week = timedelta(days=1), timedelta(days=7)
    for names, found in (
        (("hari-ini", "today"), (today, today + day)),
        (("kemarin", "yesterday"), (today - day, today)),
        (("minggu-ini", "this-week"), (monday, monday + week)),
        (("minggu-lalu", "last-week"), (monday - week, monday)),
        (("bulan-ini", "this-month"), calendar(f"{month:%Y-%m}")),
        (("bulan-lalu", "last-month"), (last_month, month)),
        (("tahun-ini", "this-year"), calendar(f"{year:%Y}")),
        (("tahun-lalu", "last-year"), (year.replace(year=year.year - 1), year)),
    ):
        if text in names:
            return found
    return None


def _midnight(day: date | None) -> int | None:
    return None if day is None else int(datetime(day.year, day.month, day.day, tzinfo=WIB).timestamp())
