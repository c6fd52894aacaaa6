"""Times as people write them, from one day in a Wednesday's news."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carinews.model import WIB
from carinews.query.dates import seconds, span

WEDNESDAY = date(2024, 3, 27)


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("2017", "2017-01-01", "2018-01-01"),
        ("2017-12", "2017-12-01", "2018-01-01"),
        ("2017-04-18", "2017-04-18", "2017-04-19"),
        ("2016..2018", "2016-01-01", "2019-01-01"),
        ("2017-04-01..2017-06-30", "2017-04-01", "2017-07-01"),
        ("2017..", "2017-01-01", None),
        ("..2017-02", None, "2017-03-01"),
        (">=2019", "2019-01-01", None),
        (">2019", "2020-01-01", None),
        ("<2019-05", None, "2019-05-01"),
        ("<=2019-05", None, "2019-06-01"),
        ("hari-ini", "2024-03-27", "2024-03-28"),
        ("Kemarin", "2024-03-26", "2024-03-27"),
        ("yesterday", "2024-03-26", "2024-03-27"),
        ("minggu-ini", "2024-03-25", "2024-04-01"),
        ("minggu-lalu", "2024-03-18", "2024-03-25"),
        ("bulan-ini", "2024-03-01", "2024-04-01"),
        ("bulan-lalu", "2024-02-01", "2024-03-01"),
        ("tahun-ini", "2024-01-01", "2025-01-01"),
        ("tahun-lalu", "2023-01-01", "2024-01-01"),
        ("7-hari", "2024-03-20", "2024-03-28"),
        ("2-weeks", "2024-03-13", "2024-03-28"),
        (">=kemarin", "2024-03-26", None),
        (">= 2019", "2019-01-01", None),
        ("minggu lalu", "2024-03-18", "2024-03-25"),
        ("7 hari", "2024-03-20", "2024-03-28"),
        ("April-2017", "2017-04-01", "2017-05-01"),
        ("18 Agustus 2017", "2017-08-18", "2017-08-19"),
        ("18-apr-2017", "2017-04-18", "2017-04-19"),
        ("18/04/2017", "2017-04-18", "2017-04-19"),
        ("18.4.2017", "2017-04-18", "2017-04-19"),
        ("mei-2016..des-2016", "2016-05-01", "2017-01-01"),
    ],
)
def test_a_time_is_days(text: str, first: str | None, after: str | None) -> None:
    """Years, months, days, ranges with and without ends, relations, and words that count from today."""
    found = span(text, WEDNESDAY)
    assert tuple(day and day.isoformat() for day in found) == (first, after)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kapan",
        "2017-13",
        "2017-02-30",
        "1-2-3-4",
        "0",
        "99999",
        "7-abad",
        ">",
        "12-",
        "ap-2017",
        "apr",
        "mei-mei",
        "²",
        "18-04",
    ],
)
def test_what_is_no_time_is_an_error(text: str) -> None:
    """Never a guess."""
    with pytest.raises(ValueError):  # noqa: PT011  # whatever the message: the language has its own
        span(text, WEDNESDAY)


def test_days_begin_in_western_indonesian_time() -> None:
    """Also where now is told in another zone."""
    now = datetime.fromisoformat("2024-03-26T18:00:00+00:00")  # already Wednesday in Jakarta
    midnight = int(datetime(2024, 3, 27, tzinfo=WIB).timestamp())
    assert seconds("hari-ini", now) == (midnight, midnight + 86_400)
    assert seconds("..", now) == (None, None)


@given(st.text("0123456789-.<>=kemarinhlu ", max_size=14))
def test_any_text_is_a_time_or_a_value_error(text: str) -> None:
    """And the days of a time are in order."""
    try:
        first, after = seconds(text)
    except ValueError:
        return
    if first is not None and after is not None and ".." not in text:
        assert first < after
