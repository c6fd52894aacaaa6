"""What is a date, which moment it is, and what only looks like one."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carinews.corpus.dates import find_date, is_age, is_date_line

ABSOLUTE = [
    # weekday, full date, zone
    ("Selasa, 18 April 2017 16:19 WIB", "2017-04-18T16:19+07:00"),
    ("Selasa, 18 April 2017 16:19 WITA", "2017-04-18T16:19+08:00"),
    ("Selasa, 18 April 2017 16:19 WIT", "2017-04-18T16:19+09:00"),
    ("selasa, 18 april 2017 16:19 wib", "2017-04-18T16:19+07:00"),
    ("SELASA, 18 APRIL 2017 16:19 WIB", "2017-04-18T16:19+07:00"),
    ("Selasa 18 April 2017 16:19 WIB", "2017-04-18T16:19+07:00"),
    ("Selasa, 18 April 2017, 16:19 WIB", "2017-04-18T16:19+07:00"),
    ("Selasa, 18 April 2017 pukul 16.19 WIB", "2017-04-18T16:19+07:00"),
    ("Selasa, 18 April 2017 - 16:19 WIB", "2017-04-18T16:19+07:00"),
    ("Selasa, 18 April 2017 16:19:05 WIB", "2017-04-18T16:19:05+07:00"),
    ("Selasa,\xa018 April\xa02017 16:19\xa0WIB", "2017-04-18T16:19+07:00"),
    # a bar before the time
    ("Kamis, 4 Maret 2021 | 14:06 WIB", "2021-03-04T14:06+07:00"),
    ("Kamis, 4 Maret 2021 |14:06 WIB", "2021-03-04T14:06+07:00"),
    ("04 Mar 2021 | 14:06", "2021-03-04T14:06+07:00"),
    # a dot in the time, no weekday
    ("13 Oktober 2021 | 07.21 WIB", "2021-10-13T07:21+07:00"),
    ("13 Oktober 2021 7.21", "2021-10-13T07:21+07:00"),
    ("12 Agust 2020 13.45 WIB", "2020-08-12T13:45+07:00"),
    ("31 Desember 2020 24.00 WIB", "2021-01-01T00:00+07:00"),
    # weekdays
    ("Jumat, 05 Mei 2017", "2017-05-05T00:00+07:00"),
    ("Jum'at, 05 Mei 2017", "2017-05-05T00:00+07:00"),
    ("Jum’at, 05 Mei 2017", "2017-05-05T00:00+07:00"),
    ("Ahad, 4 April 2021", "2021-04-04T00:00+07:00"),
    ("Minggu, 4 April 2021 07:32 WIB", "2021-04-04T07:32+07:00"),
    ("Senin, 9 Desember 2019 12:55 WIB", "2019-12-09T12:55+07:00"),
    ("Rabu, 01 Juli 2015", "2015-07-01T00:00+07:00"),
    ("Sabtu, 2 Juni 2018", "2018-06-02T00:00+07:00"),
    # no time; every month, long and short
    ("10 Januari 2016", "2016-01-10T00:00+07:00"),
    ("10 Jan 2016", "2016-01-10T00:00+07:00"),
    ("10 Februari 2016", "2016-02-10T00:00+07:00"),
    ("10 Pebruari 2016", "2016-02-10T00:00+07:00"),
    ("29 Feb 2016", "2016-02-29T00:00+07:00"),
    ("10 Maret 2016", "2016-03-10T00:00+07:00"),
    ("10 Apr 2016", "2016-04-10T00:00+07:00"),
    ("10 Mei 2016", "2016-05-10T00:00+07:00"),
    ("10 Jun 2016", "2016-06-10T00:00+07:00"),
    ("10 Jul 2016", "2016-07-10T00:00+07:00"),
    ("10 Agustus 2016", "2016-08-10T00:00+07:00"),
    ("10 Agu 2016", "2016-08-10T00:00+07:00"),
    ("10 Agt. 2016", "2016-08-10T00:00+07:00"),
    ("10 Sept 2016", "2016-09-10T00:00+07:00"),
    ("10 Sep 2016", "2016-09-10T00:00+07:00"),
    ("10 Okt 2016", "2016-10-10T00:00+07:00"),
    ("6 Nop 2019", "2019-11-06T00:00+07:00"),
    ("6 Nopember 2019", "2019-11-06T00:00+07:00"),
    ("6 Nov 2019", "2019-11-06T00:00+07:00"),
    ("04 Des 2017", "2017-12-04T00:00+07:00"),
    ("4-Des-2017", "2017-12-04T00:00+07:00"),
    # English month names
    ("18 May 2017", "2017-05-18T00:00+07:00"),
    ("18 August 2017 16:19", "2017-08-18T16:19+07:00"),
    ("Tue, 18 Apr 2017 16:19:00 +0700", "2017-04-18T16:19+07:00"),
    ("Tue, 18 Apr 2017 09:19:00 GMT", "2017-04-18T09:19+00:00"),
    ("October 3, 2018", "2018-10-03T00:00+07:00"),
    ("Dec 3, 2018 4:05 PM", "2018-12-03T16:05+07:00"),
    ("Dec 3, 2018 12:05 am", "2018-12-03T00:05+07:00"),
    # digits only, day first
    ("18/04/2017, 16:19 WIB", "2017-04-18T16:19+07:00"),
    ("18/4/2017", "2017-04-18T00:00+07:00"),
    ("Selasa (18/4/2017)", "2017-04-18T00:00+07:00"),
    ("Selasa (18/4/2017) 16.19 WIB", "2017-04-18T16:19+07:00"),
    ("18-04-2017 16:19", "2017-04-18T16:19+07:00"),
    ("01/02/2017", "2017-02-01T00:00+07:00"),
    # ISO 8601
    ("2017-04-18", "2017-04-18T00:00+07:00"),
    ("2017-04-18T16:19:00+07:00", "2017-04-18T16:19+07:00"),
    ("2017-04-18T09:19:00Z", "2017-04-18T09:19+00:00"),
    ("2017-04-18T16:19:00.250+08:00", "2017-04-18T16:19:00.250000+08:00"),
    ("2017-04-18 16:19:00", "2017-04-18T16:19+07:00"),
    ("2017-04-18 16:19 WITA", "2017-04-18T16:19+08:00"),
    ("2017/04/18 16:19", "2017-04-18T16:19+07:00"),
    # inside a line
    ("Diterbitkan: Selasa, 18 April 2017 16:19 WIB", "2017-04-18T16:19+07:00"),
    ("Nelayan menjala di Muara Seni, 16 Maret 2017. KABAR/Tio Laras", "2017-03-16T00:00+07:00"),
    ("Panen berlangsung 3-6 Oktober 2018, 17.000 orang hadir", "2018-10-06T00:00+07:00"),
    ("18 April 2017 09:00-10:00 WIB", "2017-04-18T09:00+07:00"),
]

NO_DATE = [
    "",
    "31 Februari 2017",
    "Jumat, 31 Februari 2017 16:19 WIB",
    "29 Februari 2017",
    "0 April 2017",
    "32/01/2017",
    "01/13/2017",
    "2017-02-30",
    "18 April 2017 25:61 WIB",
    "18 April 2017 16:75",
    "18 April 0000",
    "18 April 9999",
    "pukul 16.19 WIB",
    "April 2017",
    "18 April",
    "18/4",
    "tahun 2017",
    "1505543516",
    "20170418",
    "118 April 20177",
    "11 hari lalu",
    "kemarin",
    "bukan tanggal",
]

AGES = [
    "11 hari lalu",
    "2 jam yang lalu",
    "5 menit lalu",
    "1 minggu lalu",
    "3 pekan lalu",
    "4 bulan lalu",
    "2 tahun lalu",
    "30 detik yang lalu",
    "sejam lalu",
    "sebulan lalu",
    "Setahun yang lalu",
    "dua hari silam",
    "1 jam 5 menit lalu",
    "sekitar 2 jam lalu",
    "kemarin",
    "kemarin lusa",
    "Kemarin, 16:19 WIB",
    "hari ini",
    "Baru saja",
    "2 hours ago",
]

NO_AGE = [
    "",
    "11 hari",
    "lalu",
    "18 April 2017",
    "Kemarin Banjir Surut",
    "Dua hari lalu air mulai naik",
    "hari",
]


@pytest.mark.parametrize(("line", "moment"), ABSOLUTE)
def test_absolute_dates_are_read(line: str, moment: str) -> None:
    """Every printed form of a date gives its moment, to the zone."""
    found = find_date(line)
    assert found is not None
    expected = datetime.fromisoformat(moment)
    assert (found, found.utcoffset()) == (expected, expected.utcoffset())


NOT_UNDERSTOOD_BY_THE_OTHER = {
    "12 Agust 2020 13.45 WIB",
    "31 Desember 2020 24.00 WIB",
    "Jum'at, 05 Mei 2017",
    "Jum’at, 05 Mei 2017",
    # dates among other words, which it is not made for
    "Diterbitkan: Selasa, 18 April 2017 16:19 WIB",
    "Nelayan menjala di Muara Seni, 16 Maret 2017. KABAR/Tio Laras",
    "Panen berlangsung 3-6 Oktober 2018, 17.000 orang hadir",
    "18 April 2017 09:00-10:00 WIB",
}


@pytest.mark.parametrize(("line", "moment"), ABSOLUTE)
def test_another_library_agrees(line: str, moment: str) -> None:
    """dateparser reads the same moment from every form that it understands, and understands all but eight."""
    dateparser = pytest.importorskip("dateparser")
    settings = {"TIMEZONE": "Asia/Jakarta", "RETURN_AS_TIMEZONE_AWARE": True, "DATE_ORDER": "DMY"}
    other = dateparser.parse(line, languages=["id", "en"], settings=settings)
    assert (other is None) == (line in NOT_UNDERSTOOD_BY_THE_OTHER)
    assert other is None or other == datetime.fromisoformat(moment)


@pytest.mark.parametrize("line", NO_DATE)
def test_what_is_no_date_is_unknown(line: str) -> None:
    """An impossible, partial or relative date is None, never an exception and never a guess."""
    assert find_date(line) is None


@pytest.mark.parametrize("line", [line for line, _ in ABSOLUTE if "Muara" not in line and "Panen" not in line])
def test_date_lines_are_recognised(line: str) -> None:
    """A line that holds nothing but a date is a date line, with or without weekday, time and zone."""
    if "09:00-10:00" not in line:
        assert is_date_line(line)


@pytest.mark.parametrize(
    "line", ["Jumat, 31 Februari 2017 16:19 WIB", "Selasa, 18 Aprel 2017 16:19 WIB", "32 Maret 2017"]
)
def test_unreadable_dates_are_date_lines_still(line: str) -> None:
    """A line shaped like a date is no caption and no title, even where no date can be read from it."""
    assert is_date_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Selasa 12 Perahu Tenggelam",
        "Gempa Guncang Muara Seni Pukul 16.19 WITA",
        "Banjir pada 18 April 2017 merendam dua desa",
        "2017",
        "Tio Laras",
        "11 hari lalu",
    ],
)
def test_lines_with_more_than_a_date_are_not_date_lines(line: str) -> None:
    """A headline that names a day, or a sentence with a date in it, is text."""
    assert not is_date_line(line)


@pytest.mark.parametrize("line", AGES)
def test_ages_are_recognised_and_not_resolved(line: str) -> None:
    """A relative date is known as one, and is no absolute date."""
    assert is_age(line)
    assert find_date(line) is None


@pytest.mark.parametrize("line", NO_AGE)
def test_other_lines_are_no_ages(line: str) -> None:
    """A sentence that begins like an age, and an age cut short, are not taken for one."""
    assert not is_age(line)


MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
DAYS = "Senin Selasa Rabu Kamis Jum'at Sabtu Ahad".split()
ZONES = {"WIB": 7, "WITA": 8, "WIT": 9}


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)),
    st.sampled_from(sorted(ZONES)),
    st.sampled_from([" ", " | ", ", ", " pukul "]),
    st.sampled_from(":."),
    st.booleans(),
)
def test_printed_dates_round_trip(moment: datetime, zone: str, gap: str, mark: str, weekday: bool) -> None:
    """Whatever moment is printed in an Indonesian form, the same moment is read back."""
    day = f"{DAYS[moment.weekday()]}, " if weekday else ""
    date = f"{day}{moment.day} {MONTHS[moment.month - 1]} {moment.year}"
    line = f"{date}{gap}{moment.hour:02}{mark}{moment.minute:02} {zone}"
    expected = moment.replace(second=0, microsecond=0, tzinfo=timezone(timedelta(hours=ZONES[zone])))
    assert find_date(line) == expected
    assert is_date_line(line)


@given(st.datetimes(datetime(2, 1, 2), datetime(9998, 1, 1), timezones=st.just(timezone(timedelta(hours=7)))))
def test_iso_round_trips(moment: datetime) -> None:
    """Every ISO 8601 date that Python prints is read back."""
    assert find_date(moment.isoformat()) == moment


@given(st.text() | st.text("0123456789/-.:, |+WIBTZapril"))
def test_any_text_may_be_asked_for_a_date(line: str) -> None:
    """No text makes the parser fail; what it finds is aware."""
    found = find_date(line)
    assert found is None or found.tzinfo is not None
    assert is_date_line(line) in (True, False)
    assert is_age(line) in (True, False)
