"""An age becomes a date against the day of the copy, and against nothing else."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carinews.corpus.ages import Calibration, calibrate, date_of_age, dated, undated_ages
from carinews.model import WIB, Article, RelatedStory

DAY = date(2024, 5, 6)
MORNING = datetime(2024, 5, 6, 10, 30, tzinfo=WIB)

AGES = [
    # the age, against a day, against a morning of that day
    ("11 hari lalu", "2024-04-25T00:00", "2024-04-25T00:00"),
    ("1 hari yang lalu", "2024-05-05T00:00", "2024-05-05T00:00"),
    ("2 jam yang lalu", "2024-05-06T00:00", "2024-05-06T08:30"),
    ("12 jam lalu", "2024-05-06T00:00", "2024-05-05T22:30"),
    ("5 menit lalu", "2024-05-06T00:00", "2024-05-06T10:25"),
    ("30 detik lalu", "2024-05-06T00:00", "2024-05-06T10:29:30"),
    ("1 minggu lalu", "2024-04-29T00:00", "2024-04-29T00:00"),
    ("3 pekan lalu", "2024-04-15T00:00", "2024-04-15T00:00"),
    ("4 bulan lalu", "2024-01-06T00:00", "2024-01-06T00:00"),
    ("6 bulan lalu", "2023-11-06T00:00", "2023-11-06T00:00"),
    ("2 tahun lalu", "2022-05-06T00:00", "2022-05-06T00:00"),
    ("sejam lalu", "2024-05-06T00:00", "2024-05-06T09:30"),
    ("Sehari lalu", "2024-05-05T00:00", "2024-05-05T00:00"),
    ("sebulan lalu", "2024-04-06T00:00", "2024-04-06T00:00"),
    ("Setahun yang lalu", "2023-05-06T00:00", "2023-05-06T00:00"),
    ("dua hari silam", "2024-05-04T00:00", "2024-05-04T00:00"),
    ("sekitar tiga jam yang lalu", "2024-05-06T00:00", "2024-05-06T07:30"),
    ("1 jam 5 menit lalu", "2024-05-06T00:00", "2024-05-06T09:25"),
    ("kemarin", "2024-05-05T00:00", "2024-05-05T00:00"),
    ("kemarin lusa", "2024-05-04T00:00", "2024-05-04T00:00"),
    ("Kemarin, 16:19 WIB", "2024-05-05T16:19", "2024-05-05T16:19"),
    ("hari ini", "2024-05-06T00:00", "2024-05-06T00:00"),
    ("Baru saja", "2024-05-06T00:00", "2024-05-06T00:00"),
    ("2 hours ago", "2024-05-06T00:00", "2024-05-06T08:30"),
    ("an hour ago", "2024-05-06T00:00", "2024-05-06T09:30"),
]
UNKNOWN_TO_THE_OTHER = {"3 pekan lalu", "sejam lalu", "dua hari silam", "sekitar tiga jam yang lalu"}
NOBODY_KNOWS = ["beberapa hari lalu", "dulu", "", "18 April 2017", "9999 tahun lalu", "kemarin 25:61"]


def story(age: str | None, title: str = "Satu Perahu") -> RelatedStory:
    return RelatedStory("berita_terkait", title, age=age)


def article(title: str, published: str | None = None, *stories: RelatedStory, age: str | None = None) -> Article:
    when = datetime.fromisoformat(published) if published else None
    return Article(id=title, title=title, published=when, related=stories, age=age)


@pytest.mark.parametrize(("age", "of_a_day", "of_a_morning"), AGES)
def test_an_age_counts_from_the_day_of_the_copy(age: str, of_a_day: str, of_a_morning: str) -> None:
    """As exact as both allow: a mere day knows no hours, and neither does an age in days."""
    assert date_of_age(age, DAY) == datetime.fromisoformat(of_a_day).replace(tzinfo=WIB)
    assert date_of_age(age, MORNING) == datetime.fromisoformat(of_a_morning).replace(tzinfo=WIB)


@pytest.mark.parametrize("age", NOBODY_KNOWS)
def test_an_age_without_a_number_is_no_date(age: str) -> None:
    """Unknown is better than wrong."""
    assert date_of_age(age, DAY) is None


def test_a_month_back_from_its_last_day_is_the_last_day_of_the_month_before() -> None:
    """There is no 31 April."""
    assert date_of_age("sebulan lalu", date(2024, 3, 31)) == datetime(2024, 2, 29, tzinfo=WIB)
    assert date_of_age("1 tahun lalu", date(2024, 2, 29)) == datetime(2023, 2, 28, tzinfo=WIB)


@pytest.mark.parametrize(("age", "of_a_day"), [row[:2] for row in AGES if "ago" not in row[0]])
def test_another_library_agrees_on_the_day(age: str, of_a_day: str) -> None:
    """dateparser, asked the same from the end of that day, names the same day wherever it understands the age."""
    dateparser = pytest.importorskip("dateparser")
    late = datetime(2024, 5, 6, 23, 59, 59)
    other = dateparser.parse(age.lower(), languages=["id"], settings={"RELATIVE_BASE": late})
    if other is None:
        assert age in UNKNOWN_TO_THE_OTHER
    else:
        assert other.date() == datetime.fromisoformat(of_a_day).date()


class TestArticles:
    """The ages on a page."""

    def test_no_day_no_date(self) -> None:
        """The date of the article is never taken for that of the copy."""
        page = article("Judul", "2017-04-18T16:19:00+07:00", story("11 hari lalu"))
        assert dated(page, None) is page
        assert page.related[0].published is None
        assert undated_ages(page) == 1

    def test_every_age_is_dated_and_says_how(self) -> None:
        """The age is kept beside the date that it became, and known dates stay as they are."""
        known = RelatedStory("baca_juga", "Dua", published=MORNING, date_certainty="exact")
        page = dated(article("Judul", "2017-04-18T16:19:00+07:00", story("11 hari lalu"), story(None), known), DAY)
        assert page.published == datetime.fromisoformat("2017-04-18T16:19:00+07:00")
        assert page.date_certainty == "exact"
        aged, bare, other = page.related
        assert (aged.age, aged.published, aged.date_certainty) == (
            "11 hari lalu",
            datetime(2024, 4, 25, tzinfo=WIB),
            "relative",
        )
        assert (bare.published, bare.date_certainty) == (None, "unknown")
        assert other == known
        assert undated_ages(page) == 0

    def test_an_article_of_an_age(self) -> None:
        """A page that prints only how old its article is."""
        page = dated(article("Judul", age="2 jam lalu"), MORNING, "inferred")
        assert (page.published, page.date_certainty) == (datetime(2024, 5, 6, 8, 30, tzinfo=WIB), "inferred")

    def test_dating_twice_changes_nothing(self) -> None:
        """A date that was found is not found again against another day."""
        page = dated(article("Judul", None, story("11 hari lalu"), age="kemarin"), DAY)
        assert dated(page, date(2000, 1, 1)) == page


class TestCalibration:
    """The day of the copy, from stories that are there as dated articles, too."""

    ARTICLES = (
        article("Perahu Satu", "2024-04-25T09:00:00+07:00"),
        article("Perahu Dua", "2024-04-06T22:00:00+07:00"),
        article("Perahu Tiga", "2024-04-05T10:00:00+07:00"),
    )

    def test_stories_that_are_there_tell_the_day(self) -> None:
        """Date plus age, the median of all: here 6 May, 6 May and 7 May. Case and punctuation do not matter."""
        page = article(
            "Judul",
            "2017-04-18T16:19:00+07:00",
            story("11 hari lalu", "PERAHU satu!"),
            story("30 hari lalu", "Perahu Dua"),
            story("32 hari lalu", "Perahu Tiga"),
            story("3 hari lalu", "Perahu yang Tidak Ada"),
        )
        assert calibrate([*self.ARTICLES, page]) == Calibration(DAY, 3)

    def test_too_few_witnesses_tell_nothing(self) -> None:
        """Two may err in the same way."""
        page = article("Judul", None, story("11 hari lalu", "Perahu Satu"), story("30 hari lalu", "Perahu Dua"))
        assert calibrate([*self.ARTICLES, page]) is None
        assert calibrate([]) is None

    def test_witnesses_that_disagree_tell_nothing(self) -> None:
        """A dump that was copied over months has no day."""
        pages = [article(f"Judul {age}", None, story(f"{age} hari lalu", "Perahu Satu")) for age in (1, 40, 80, 120)]
        assert calibrate([*self.ARTICLES, *pages]) is None

    def test_what_is_no_witness(self) -> None:
        """Ages in months are too coarse, two articles of one title are nobody's, and inferred dates prove nothing."""
        coarse = [article(f"J{n}", None, story("4 bulan lalu", "Perahu Satu")) for n in range(5)]
        assert calibrate([*self.ARTICLES, *coarse]) is None
        twice = article("Perahu Satu", "2011-01-01T00:00:00+07:00")
        pages = [article(f"J{n}", None, story("11 hari lalu", "Perahu Satu")) for n in range(5)]
        assert calibrate([*self.ARTICLES, twice, *pages]) is None
        assert calibrate([dated(article("Perahu Satu", age="kemarin"), DAY), *pages]) is None

    @given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.lists(st.integers(0, 99), min_size=3, max_size=9))
    def test_any_day_is_found_again(self, day: date, ages: list[int]) -> None:
        """Whatever the ages, stories that were as old as they say lead back to the day."""
        copied = datetime(day.year, day.month, day.day, 12, tzinfo=WIB)
        told = [
            Article(id=str(n), title=f"Perahu {n}", published=copied - timedelta(days=age))
            for n, age in enumerate(ages)
        ]
        page = article("Judul", None, *(story(f"{age} hari lalu", f"Perahu {n}") for n, age in enumerate(ages)))
        assert calibrate([*told, page]) == Calibration(day, len(ages))
        (found, *_) = dated(page, day).related
        assert found.published is not None
        assert found.published.date() == day - timedelta(days=ages[0])


@given(st.text() | st.text("0123456789 seharimnulntjdklyg"), st.dates(date(3, 1, 1)))
def test_any_text_may_be_asked_for_its_date(age: str, day: date) -> None:
    """No text and no day makes it fail."""
    found = date_of_age(age, day)
    assert found is None or found.tzinfo is not None
