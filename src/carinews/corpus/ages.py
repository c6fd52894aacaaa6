"""Ages ("11 hari lalu") as dates, where the day of the copy is known, and that day where it can be told.

A page prints how old a story was when the page was *copied*. The article on the same page may be
years older: its date says nothing. So an age becomes a date only against the day of the copy: the one
that the page or the record states, the one that a person names, or one that follows from stories whose
own articles, with their dates, are there as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from carinews.corpus.lines import letters
from carinews.model import WIB, Article, DateCertainty, RelatedStory, aware

_WORDS = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas"
_NUMBERS = {word: number for number, word in enumerate(_WORDS.split())} | {"a": 1, "an": 1, "one": 1}
_UNITS = {
    **dict.fromkeys(("detik", "second", "seconds", "sec", "secs"), "seconds"),
    **dict.fromkeys(("menit", "minute", "minutes", "min", "mins"), "minutes"),
    **dict.fromkeys(("jam", "hour", "hours"), "hours"),
    **dict.fromkeys(("hari", "day", "days"), "days"),
    **dict.fromkeys(("minggu", "pekan", "week", "weeks"), "weeks"),
    **dict.fromkeys(("bulan", "month", "months"), "months"),
    **dict.fromkeys(("tahun", "year", "years"), "years"),
}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_PART = re.compile(
    rf"(?<!\w)(?:(?P<count>[0-9]{{1,4}}|{'|'.join(_NUMBERS)})\+?\s?|(?P<one>se))(?P<unit>{_UNIT})(?!\w)", re.IGNORECASE
)
_DAYS = (
    (re.compile(r"kemarin\s(?:lusa|dulu)", re.IGNORECASE), 2),
    (re.compile(r"kemarin|yesterday", re.IGNORECASE), 1),
    (re.compile(r"hari\sini|today|baru\s(?:saja|aja)|barusan|just\snow|tadi", re.IGNORECASE), 0),
)
_CLOCK = re.compile(r"(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})")
_LATE = time(23, 59, 59)  # a page of a day tells of that day: "20 jam lalu" should not lead to the one before
_FINE = frozenset(["seconds", "minutes", "hours"])

FEWEST_WITNESSES = 3
"""Stories that must agree on the day of a copy before it is believed."""

_AGREEMENT = 2 / 3  # of the witnesses
_NEAR = timedelta(days=2)  # an age is rounded, and the hours of both dates may be anything


def date_of_age(age: str, copied: date | datetime) -> datetime | None:
    """The moment that an age means on a page that was copied then; None where it names no number.

    As exact as both allow: against a mere day, and for ages in days or more, it is midnight of the day.

    >>> date_of_age("11 hari lalu", date(2024, 5, 6)).isoformat()
    '2024-04-25T00:00:00+07:00'
    """
    now = copied if isinstance(copied, datetime) else datetime.combine(copied, _LATE, WIB)
    parts = list(_PART.finditer(age))
    try:
        if parts:
            moment = now
            for part in parts:
                moment = _before(moment, _count(part), _UNITS[part["unit"].lower()])
            fine = isinstance(copied, datetime) and all(_UNITS[part["unit"].lower()] in _FINE for part in parts)
            return aware(moment if fine else _midnight(moment))
        days = next((days for pattern, days in _DAYS if pattern.match(age.strip())), None)
        if days is None:
            return None
        day = _midnight(now - timedelta(days=days))
        clock = _CLOCK.search(age)
        return aware(day.replace(hour=int(clock["hour"]), minute=int(clock["minute"])) if clock else day)
    except (ValueError, OverflowError):
        return None


def dated(article: Article, copied: date | datetime | None, certainty: DateCertainty = "relative") -> Article:
    """The article with dates for the ages on its page, if the day of the copy is known. Known dates stay."""
    if copied is None or not (article.age or any(story.age for story in article.related)):
        return article
    related = tuple(_dated_story(story, copied, certainty) for story in article.related)
    published = article.published or (date_of_age(article.age, copied) if article.age else None)
    if published == article.published:
        return replace(article, related=related)
    return replace(article, related=related, published=published, date_certainty=certainty)


def undated_ages(article: Article) -> int:
    """How many dates of an article and its related stories are known as ages only."""
    own = article.age is not None and article.published is None
    return own + sum(story.age is not None and story.published is None for story in article.related)


class Calibration(NamedTuple):
    """The day on which pages were copied, as told by so many `witnesses`."""

    day: date
    witnesses: int


def calibrate(articles: Iterable[Article]) -> Calibration | None:
    """The day of the copy that follows from stories which are there as dated articles, too.

    A story of "11 hari lalu" whose article is of 25 April was copied on 6 May. The day is the median
    of what all such stories say; None where there are fewer than FEWEST_WITNESSES, or where they do not
    agree, as of a dump that was copied over months.
    """
    published: dict[str, datetime | None] = {}
    ages: list[tuple[str, str]] = []
    for article in articles:
        if article.published and article.date_certainty == "exact":
            title = letters(article.title)
            known = published.setdefault(title, article.published)
            if known and known.date() != article.published.date():
                published[title] = None  # two articles of one title
        ages += [(letters(story.title), story.age) for story in article.related if story.age and not story.published]
    days = sorted(day for title, age in ages if (moment := published.get(title)) and (day := _copied_on(moment, age)))
    if not days:
        return None
    middle = days[len(days) // 2]
    agreeing = sum(abs(day - middle) <= _NEAR for day in days)
    if len(days) < FEWEST_WITNESSES or agreeing < _AGREEMENT * len(days):
        return None
    return Calibration(middle, len(days))


def _dated_story(story: RelatedStory, copied: date | datetime, certainty: DateCertainty) -> RelatedStory:
    if story.published or not story.age or not (moment := date_of_age(story.age, copied)):
        return story
    return replace(story, published=moment, date_certainty=certainty)


def _count(part: re.Match[str]) -> int:
    return 1 if part["one"] else _NUMBERS.get(part["count"].lower()) or int(part["count"])


def _before(moment: datetime, count: int, unit: str) -> datetime:
    """So many units earlier. A month back from the 31st is the last day of the month before."""
    if unit not in ("months", "years"):
        return moment - timedelta(**{unit: count})
    months = moment.year * 12 + moment.month - 1 - count * (12 if unit == "years" else 1)
    year, month = divmod(months, 12)
    following = datetime(year + (month == 11), (month + 1) % 12 + 1, 1)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, (following - timedelta(days=1)).day))


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _copied_on(published: datetime, age: str) -> date | None:
    """The day on which a story of that date had that age. Ages in months and years are too coarse to say."""
    parts = list(_PART.finditer(age))
    units = {_UNITS[part["unit"].lower()] for part in parts}
    if not parts or units & {"months", "years"}:
        return None
    passed = sum((timedelta(**{_UNITS[part["unit"].lower()]: _count(part)}) for part in parts), timedelta())
    return (published.astimezone(WIB) + passed).date()
