"""Dates as Indonesian news pages print them: absolute ones are read, relative ones recognised.

An own parser, because the general ones fail on `Jum'at, 05 Mei 2017`, on `12 Agust 2020 13.45 WIB`
and on `sejam lalu`, and cost milliseconds a date. Days come before months (18/04/2017), a clock may
be written with a dot (16.19), and a time without a zone is Western Indonesian time.

A relative date ("11 hari lalu") counts from the day the page was copied. That day is not known
here, so such a line is recognised and kept as text, never resolved.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from carinews.errors import CorpusNote
from carinews.model import WIB, aware
from carinews.wording import Message

_MONTH_SPELLINGS = (
    "januari january jan",
    "februari february pebruari febr feb",
    "maret march mrt mar",
    "april apr",
    "mei may",
    "juni june jun",
    "juli july jul",
    "agustus august agust agus ags agu agt aug",
    "september sept sep",
    "oktober october okt oct",
    "november nopember nov nop",
    "desember december des dec",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_SPELLINGS, 1) for name in names.split()}

_ZONES = {
    "wib": WIB,
    "wita": timezone(timedelta(hours=8), "WITA"),
    "wit": timezone(timedelta(hours=9), "WIT"),
    "utc": UTC,
    "gmt": UTC,
    "z": UTC,
}

_WEEKDAY = (
    r"(?:senin|selasa|rabu|kamis|jum['’‘`´ʼ]?at|sabtu|minggu|ahad"
    r"|sen|sel|rab|kam|jum|sab|min"
    r"|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"

_DAY = rf"""
    (?<![0-9]) (?:
        (?P<day>[0-9]{{1,2}}) [\s./-]{{1,3}} (?P<month>{_MONTH}) [\s.,/-]{{1,3}} (?P<year>[0-9]{{4}})
      | (?P<day_e>[0-9]{{1,2}}) (?P<dash>[/.-]) (?P<month_e>[0-9]{{1,2}}) (?P=dash) (?P<year_e>[0-9]{{4}})
      | (?P<year_i>[0-9]{{4}}) (?P<dash_i>[/-]) (?P<month_i>[0-9]{{1,2}}) (?P=dash_i) (?P<day_i>[0-9]{{1,2}})
      | (?<![^\W_]) (?P<month_m>{_MONTH}) \.?\s{{1,3}}
        (?P<day_m>[0-9]{{1,2}}) ,?\s{{1,3}} (?P<year_m>[0-9]{{4}})
    ) (?![0-9])
"""
_CLOCK = r"""
    (?: [\s|,;)•·–—t-]{1,12} (?:(?:pukul|pkl\.?|jam|at)\s{1,3})?
        (?P<hour>[0-9]{1,2}) [:.] (?P<minute>[0-9]{2}) (?:[:.](?P<second>[0-9]{2}))? (?:[.,][0-9]{3,6})?
        (?![0-9])
        (?:\s?(?P<half>[ap])\.?m\b\.?)?
    )?
    (?: \s{0,3}\(? (?:
        (?P<zone>wita|wib|wit|utc|gmt|z) (?![^\W_])
      | (?P<sign>[+-]) (?P<off_hour>0[0-9]|1[0-4]) :? (?P<off_minute>[0-5][0-9]) (?![0-9]|\s?wi)
    ) \)? )?
"""
_PREFIX = (
    r"(?:tanggal|terbit|tayang|dimuat|diterbitkan|dipublikasikan|diperbarui"
    r"|publish(?:ed)?|updated?|date|on|pada)"
)

_FLAGS = re.IGNORECASE | re.VERBOSE
_DATE = re.compile(_DAY + _CLOCK, _FLAGS)
_DATE_LINE = re.compile(rf"\W*(?:{_PREFIX}\W+){{0,2}}(?:{_WEEKDAY}\W*)?(?:{_DAY}{_CLOCK})\W*", _FLAGS)
_LIKE_A_DATE = re.compile(
    rf"{_WEEKDAY}\W{{1,3}}[0-9]{{1,2}}[\s./-][^\W\d_]{{3,12}}\.?[\s,]{{1,2}}[0-9]{{4}}\b.{{0,25}}"
    rf"|{_WEEKDAY}\b.{{0,40}}[0-9]{{1,2}}[:.][0-9]{{2}}\s?(?:wib|wita|wit)",
    re.IGNORECASE,
)

_COUNT = r"(?:[0-9]{1,4}\+?|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|beberapa|an?|one)"
_UNIT = r"(?:detik|menit|jam|hari|minggu|pekan|bulan|tahun|(?:second|sec|minute|min|hour|day|week|month|year)s?)"
_ONE_UNIT = r"se(?:detik|menit|jam|hari|minggu|pekan|bulan|tahun)"
_AGE = re.compile(
    rf"(?:(?:sekitar|kira-kira|lebih\ dari|kurang\ dari)\s)?"
    rf"(?:(?:{_COUNT}\s?{_UNIT}|{_ONE_UNIT})[\s,]{{0,3}}(?:dan\s)?){{1,3}}(?:yang\s|yg\s)?(?:lalu|silam|ago)"
    r"|baru\s(?:saja|aja)|barusan|just\snow|tadi(?:\s(?:pagi|siang|sore|malam))?"
    r"|(?:kemarin(?:\s(?:lusa|dulu|pagi|siang|sore|malam))?|hari\sini|yesterday|today)"
    r"(?:[\s,|]{1,3}(?:pukul\s)?[0-9]{1,2}[:.][0-9]{2}(?:\s?(?:wib|wita|wit))?)?",
    re.IGNORECASE,
)


def find_date(line: str) -> datetime | None:
    """The first absolute date in `line`, with its time and zone where they are printed.

    Without a time it is midnight, without a zone Western Indonesian time. None where there is no
    date, or where the first one cannot be (31 Februari): an unknown date is better than a wrong one.

    >>> find_date("Jum'at, 05 Mei 2017 | 07.21 WITA").isoformat()
    '2017-05-05T07:21:00+08:00'
    """
    line = line.strip()
    try:
        if line[4:5] == "-" and line.isascii():
            return aware(line)
    except ValueError:
        pass  # not pure ISO 8601: it may still be "2017-04-18 16:19 WIB"
    match = _DATE.search(line)
    if match is None:
        return None
    try:
        return aware(_moment(match))
    except (ValueError, OverflowError):
        return None


def unknown_date(path: str, line: int | None, date: str) -> CorpusNote:
    """What is said of a date in no known form."""
    return CorpusNote(
        path, line, Message("the date {date!r} was not understood; the article is kept without one", date=date)
    )


def is_date_line(line: str) -> bool:
    """Whether the line is nothing but an absolute date: readable, impossible, or only shaped like one."""
    line = line.strip()
    return len(line) <= 100 and bool(_DATE_LINE.fullmatch(line) or _LIKE_A_DATE.fullmatch(line))


def is_age(line: str) -> bool:
    """Whether the line is nothing but a relative date: `11 hari lalu`, `sejam lalu`, `Baru saja`."""
    line = line.strip(" \t\xa0.()")
    return len(line) <= 60 and _AGE.fullmatch(line) is not None


def _moment(match: re.Match[str]) -> datetime:
    """The datetime of a match of `_DATE`. Raises ValueError where there is no such moment."""
    day = datetime(_year(match), _month(match), int(_first(match, "day", "day_e", "day_i", "day_m")))
    return day.replace(tzinfo=_zone(match)) + _clock(match)


def _year(match: re.Match[str]) -> int:
    return int(_first(match, "year", "year_e", "year_i", "year_m"))


def _month(match: re.Match[str]) -> int:
    month = _first(match, "month", "month_e", "month_i", "month_m").lower()
    return _MONTHS[month] if month in _MONTHS else int(month)


def _clock(match: re.Match[str]) -> timedelta:
    """The time since midnight; 24.00 is the midnight that ends the day (ISO 8601).

    Raises ValueError where no clock shows such a time.
    """
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    if match["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(f"{hour} o'clock is neither before nor after noon")
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    if minute > 59 or second > 59 or (hour, minute, second) > (24, 0, 0):
        raise ValueError(f"{hour}:{minute}:{second} is no time of day")
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _zone(match: re.Match[str]) -> timezone:
    if match["zone"]:
        return _ZONES[match["zone"].lower()]
    if match["sign"]:
        offset = timedelta(hours=int(match["off_hour"]), minutes=int(match["off_minute"]))
        return timezone(offset if match["sign"] == "+" else -offset)
    return WIB


def _first(match: re.Match[str], *names: str) -> str:
    """The text of whichever of these groups took part in the match."""
    return next(match[name] for name in names if match[name])
