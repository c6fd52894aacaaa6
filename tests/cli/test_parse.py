"""`carinews parse` shows what is understood, and `--as-of` lets ages become dates, in an index, too."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from carinews.facade import Index
from terminal import on_terminal

from .conftest import DUMP, Outcome

Run = Callable[..., Outcome]


@pytest.fixture
def parsed(carinews: Run) -> Callable[..., dict[str, Any]]:
    """What `carinews parse --json` prints."""

    def call(*arguments: str) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(carinews("parse", "--json", *arguments).out)
        assert document["schema"] == "carinews.parse/1"
        return document

    return call


def test_every_part_has_its_line(carinews: Run) -> None:
    """Its name, a tab, its text; what is not known has none."""
    done = carinews("parse", "corpus/2019/panen.txt")
    assert (done.code, done.err) == (0, "")
    assert [tuple(line.split("\t")) for line in done.out.splitlines()] == [
        ("title", "Panen Rambutan di Desa Rindang Melimpah"),
        ("id", "kabar-example-20190304-panen-rambutan-di-desa-rindang-melimpah"),
        ("source", "kabar.example"),
        ("date", "4 Mar 2019 09:30 WIB (exact)"),
        ("byline", "Tio Laras"),
        ("city", "Rindang"),
        ("caption", "Petani memetik rambutan di Rindang, 2 Maret 2019. KABAR/Tio Laras"),
        ("body", "Petani di Desa Rindang memanen rambutan lebih awal. Pemanenan dimulai pekan lalu."),
        ("body", "Pembeli datang dari kota-kota tetangga untuk membeli rambutan."),
        ("credits", "TIO LARAS | SARI MELATI"),
        ("baca juga", "Harga Rambutan Turun di Pasar Baru"),
        ("berita terkait", "Jalan ke Desa Rindang Diperbaiki · “3 hari lalu” · Perbaikan jalan selesai sebelum panen."),
    ]


def test_the_day_of_the_copy_makes_dates_of_ages(carinews: Run) -> None:
    """The age stays beside its date."""
    done = carinews("parse", "corpus/2019/panen.txt", "--as-of", "2024-05-06")
    assert "berita terkait\tJalan ke Desa Rindang Diperbaiki · 2024-05-03 (relative) · “3 hari lalu”" in done.out
    assert carinews("parse", "corpus/2019/panen.txt", "--as-of", "6 Mei 2024").out == done.out
    wrong = carinews("parse", "corpus/2019/panen.txt", "--as-of", "dulu")
    assert (wrong.code, wrong.err) == (2, "carinews: --as-of 'dulu' is no day: write 2024-05-06, or auto\n")


def test_json_is_one_document(parsed: Callable[..., dict[str, Any]]) -> None:
    """Whole articles, and errors with their place."""
    document = parsed("corpus/2019", "--as-of", "2024-05-06")
    (article,) = document["articles"]
    assert article["schema"] == "carinews.article/1"
    assert article["related"][1] == {
        "kind": "berita_terkait",
        "title": "Jalan ke Desa Rindang Diperbaiki",
        "url": None,
        "summary": "Perbaikan jalan selesai sebelum panen.",
        "age": "3 hari lalu",
        "published": "2024-05-03T00:00:00+07:00",
        "date_certainty": "relative",
    }
    assert (document["more"], document["errors"]) == (False, [])


def test_a_long_file_is_shown_in_part(carinews: Run, parsed: Callable[..., dict[str, Any]]) -> None:
    """The rest is announced, and `--all` shows it."""
    Path("banyak.jsonl").write_text("".join(f'{{"title": "Perahu {n}"}}\n' for n in range(15)))
    done = carinews("parse", "banyak.jsonl")
    assert done.out.count("title\t") == 10
    assert done.err == "carinews: there is more in it; --all shows everything, -n 100 more of it\n"
    assert carinews("parse", "banyak.jsonl", "--all").out.count("title\t") == 15
    assert [article["title"] for article in parsed("banyak.jsonl", "-n", "1")["articles"]] == ["Perahu 0"]
    assert parsed("banyak.jsonl", "-n", "1")["more"]


def test_what_cannot_be_used_is_named(carinews: Run, parsed: Callable[..., dict[str, Any]]) -> None:
    """On stderr, and in JSON; the exit code says so, and the rest is shown."""
    Path("campur.jsonl").write_text('{"title": "Perahu"}\n{\n{"judul": "Layar"}\n')
    done = carinews("parse", "campur.jsonl")
    assert done.code == 6
    assert done.out.startswith("title\tPerahu\n")
    assert done.err.splitlines()[0].startswith("carinews: campur.jsonl:2: not JSON")
    assert done.err.splitlines()[1].endswith("name the title's with --field title=NAME")
    errors = parsed("campur.jsonl")["errors"]
    assert [(error["path"], error["line"], error["refused"]) for error in errors] == [
        ("campur.jsonl", 2, True),
        ("campur.jsonl", 3, True),
    ]
    assert carinews("parse", "tidak-ada.txt").code == 3
    Path("kosong").mkdir()
    assert carinews("parse", "kosong").code == 1


def test_field_names_come_from_flags_or_settings(carinews: Run) -> None:
    """A flag for once, `carinews.toml` for always."""
    Path("asing.jsonl").write_text('{"judul": "Layar", "isi": "Kapal."}\n')
    done = carinews("parse", "asing.jsonl", "--field", "title=judul", "--field", "body=isi")
    assert "title\tLayar\n" in done.out
    assert "body\tKapal.\n" in done.out
    assert carinews("parse", "asing.jsonl", "--field", "judul").code == 2
    Path("carinews.toml").write_text('[fields]\ntitle = "judul"\nbody = "isi"\n')
    assert carinews("parse", "asing.jsonl").out == done.out
    assert carinews("index", "asing.jsonl", "-q").code == 0
    assert carinews("search", "kapal", "--ids").out == "layar\n"
    Path("carinews.toml").write_text("[fields]\ntitle = 7\n")
    assert "[fields] is a table of texts" in carinews("parse", "asing.jsonl").err


def test_nothing_of_a_hostile_text_reaches_the_terminal(place: Path) -> None:
    """In colour, too, there is no control code but our own."""
    shown = on_terminal("parse", "corpus/berita.jsonl", folder=place)
    assert shown.code == 0
    assert "Kapal [31mmerah" in shown.text
    assert "Harga rambutan turun karena panen." in shown.text
    codes = shown.raw.replace("\x1b[0m", "").replace("\r\n", "")
    assert "\x07" not in codes
    assert "\x1b]" not in codes
    assert "\x1b[2J" not in codes


def test_a_corpus_may_hold_pages(carinews: Run, place: Path) -> None:
    """Among dumps and records, and they are found as those are."""
    pytest.importorskip("trafilatura")
    page = "<h1>Panen Durian</h1><p>Durian dipanen lebih awal tahun ini oleh para petani di desa itu.</p>"
    (place / "corpus" / "durian.html").write_text(page)
    assert carinews("search", "durian dipanen", "--ids").out.startswith("panen-durian\n")


class TestIndex:
    """An index knows the day its pages were copied."""

    STAND_IN = "kabar-example-jalan-ke-desa-rindang-diperbaiki"

    def date(self) -> tuple[str | None, str]:
        """Date and certainty of the story that is known from a link only."""
        with Index.open("index") as index:
            article = index.get(self.STAND_IN)
            assert article is not None
            assert article.age == "3 hari lalu"
            return article.published and article.published.date().isoformat(), article.date_certainty

    def test_ages_stay_ages_until_a_day_is_named(self, carinews: Run) -> None:
        """Then the file is read again, and not once more."""
        done = carinews("index")
        assert '1 date known as an age only ("11 hari lalu"): --as-of names the day' in done.err
        assert self.date() == (None, "unknown")
        assert "2 files unchanged" not in carinews("index", "--as-of", "2024-05-06").err
        assert self.date() == ("2024-05-03", "relative")
        assert "2 files unchanged" in carinews("index", "--as-of", "2024-05-06").err
        assert "age only" not in carinews("index").err

    def test_the_day_outlives_updates_and_rebuilds(self, carinews: Run) -> None:
        """It is not forgotten where none is named; another one replaces it."""
        carinews("index", "--as-of", "2024-05-06")
        assert "2 files unchanged" in carinews("index").err
        carinews("rebuild")
        assert self.date() == ("2024-05-03", "relative")
        carinews("rebuild", "--as-of", "2024-06-06")
        assert self.date() == ("2024-06-03", "relative")

    def test_a_page_that_was_copied_anew_asks_anew(self, carinews: Run, place: Path) -> None:
        """A changed file has another day of its copy, which nobody named yet."""
        carinews("index", "--as-of", "2024-05-06")
        (place / "corpus" / "2019" / "panen.txt").write_text(DUMP + "\n", encoding="utf-8")
        assert "1 date known as an age only" in carinews("index").err
        assert self.date() == (None, "unknown")

    def test_the_same_page_at_another_time_keeps_its_day(self, carinews: Run, place: Path) -> None:
        """What counts is what the file holds: touched, it is not read again, and a rebuild dates it as before."""
        carinews("index", "--as-of", "2024-05-06")
        os.utime(place / "corpus" / "2019" / "panen.txt", (0, 0))
        assert "2 files unchanged" in carinews("index").err
        carinews("rebuild")
        assert self.date() == ("2024-05-03", "relative")

    def test_a_page_read_again_for_another_keeps_its_day(self, carinews: Run, place: Path) -> None:
        """A file with the same article comes behind it and goes again: the first is read once more, of its own day."""
        second = place / "corpus" / "2020" / "panen.jsonl"
        carinews("index", "--as-of", "2024-05-06")
        article_id = json.loads(carinews("parse", "corpus/2019/panen.txt", "--json").out)["articles"][0]["id"]
        second.parent.mkdir()
        second.write_text(json.dumps({"id": article_id, "title": "Lain"}))
        assert "in two files (the later path counts)" in carinews("index").err
        second.unlink()
        assert "1 file gone" in carinews("index").err
        assert self.date() == ("2024-05-03", "relative")

    def test_the_day_may_follow_from_the_stories_themselves(self, carinews: Run, place: Path) -> None:
        """Three stories that are there with their dates agree on it; the date is inferred, and the day is told."""
        titles = ("Jembatan Rindang Selesai", "Pasar Rindang Dibuka", "Sungai Rindang Surut")
        entries = "".join(
            f"{title}\n\n{age} hari lalu\n\n{title}\n\nBaca Selengkapnya\n\n" for age, title in enumerate(titles, 1)
        )
        (place / "corpus" / "2019" / "panen.txt").write_text(DUMP + "\n" + entries, encoding="utf-8")
        records = [{"title": title, "published": f"2024-05-0{6 - age}"} for age, title in enumerate(titles, 1)]
        (place / "corpus" / "lama.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
        done = carinews("index", "--as-of", "auto")
        assert "the day on which the pages were copied: 2024-05-06 (from 3 stories)" in done.err
        assert self.date() == ("2024-05-03", "inferred")

    def test_where_nothing_tells_the_day_nothing_is_dated(self, carinews: Run) -> None:
        """And that is said."""
        assert "cannot be told; ages stay ages" in carinews("index", "--as-of", "auto").err
        assert self.date() == (None, "unknown")


def test_a_folder_is_followed(place: Path) -> None:
    """`index --watch` stays and takes in what is written, broken files or not, until it is interrupted."""
    pytest.importorskip("watchfiles", reason="needs the extra: pip install 'carinews[watch]'")
    command = [sys.executable, "-m", "carinews", "index", "--watch"]
    with subprocess.Popen(command, cwd=place, stderr=subprocess.PIPE, text=True) as following:
        try:
            _follow(following, place)
        finally:
            following.kill()  # or it would be waited for, whatever failed


def _follow(following: subprocess.Popen[str], place: Path) -> None:
    assert following.stderr is not None
    lines = iter(following.stderr.readline, "")
    assert next(line for line in lines if "following corpus; Ctrl-C ends it" in line)
    (place / "corpus" / "rusak.jsonl").write_text("{\n")
    assert next(line for line in lines if "rusak.jsonl:1: not JSON" in line)
    (place / "corpus" / "baru.jsonl").write_text('{"title": "Manggis Berbuah"}\n')
    assert next(line for line in lines if "1 article from" in line)
    with Index.open(place / "index") as index:
        assert index.search("manggis").total == 1
    following.send_signal(signal.SIGINT)
    assert following.wait() == 130
