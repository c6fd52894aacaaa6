"""The command line in two languages: the table is complete, and what it says is what happened."""

from __future__ import annotations

import ast
import builtins
import errno
import json
import os
import string
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import click
import pytest
from tests.cli.conftest import Outcome

from carinews import errors
from carinews.cli import COMMANDS, cli
from carinews.cli.articles import EDGES
from carinews.cli.indonesian import HELP, SENTENCES, system
from carinews.cli.messages import MONTHS, counted, language, plural, text
from carinews.cli.parse import parts
from carinews.cli.usage import COMPLAINTS, WORDS_OF_HELP
from carinews.engines.protocol import FACETS, PERIODS, SORTS
from carinews.model import Article, DateCertainty, Link, RelatedStory
from carinews.query.tree import SCOPES

Carinews = Callable[..., Outcome]
SOURCE = Path(__file__).parents[2] / "src" / "carinews"
CERTAINTIES = set(get_args(DateCertainty)) - {"unknown"}
"""How sure a date is, where there is one."""
SAYING = {"Message", "text", "say", "note", "_warn", "_joined"}
OURS = {name for name, kind in vars(errors).items() if isinstance(kind, type)} | {"NotFound", "RawLine", "UsageError"}
PYTHONS = {name for name in vars(builtins) if name.endswith("Error")}
UNSEEN = {
    "__init__.py": "who imports a name that carinews has not",
    "model.py": "who makes an article of nothing; records are looked at before",
    "facade.py": "who calls a method with what makes no sense",
    "corpus/dates.py": "nobody: such a date is passed over",
    "evaluation/bootstrap.py": "who compares runs of other queries",
    "index/manifest.py": "nobody: told as a damaged CURRENT",
    "index/segment_file.py": "nobody: told as a damaged table of contents",
    "index/writer.py": "who asks for no processes",
    "query/dates.py": "nobody: told again with the forms that are dates",
}
"""Files that raise Python's own errors in bare English, and who would read it: programmers, or nobody."""


def said_in_the_source() -> set[str]:
    """Every pattern that stands in a call which says something."""
    found = set()
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if name in SAYING:
                found |= set(texts[:1])
            elif name == "counted":
                found |= {form for thing in texts for form in (thing, plural(thing))}
    return found


def commands() -> dict[str, click.Command]:
    context = click.Context(cli, info_name="carinews")
    found = {name: cli.get_command(context, name) for name in cli.list_commands(context)}
    return {name: command for name, command in found.items() if command}


def expected() -> set[str]:
    helps = {
        param.help for command in commands().values() for param in command.params if isinstance(param, click.Option)
    }
    names = {*SCOPES, *FACETS, *PERIODS, *SORTS, *(about for _, about in COMMANDS.values())}
    clicks = {*COMPLAINTS, *WORDS_OF_HELP}
    parts = {name for name, _ in every_part()} - {kind.lower() for kind in EDGES.values()}
    return (
        said_in_the_source()
        | {one for one in helps if one}
        | names
        | clicks
        | parts
        | CERTAINTIES
        | set(system.SENTENCES)
    )


def every_part() -> list[tuple[str, str]]:
    """The parts of an article of which everything is known."""
    story = RelatedStory("baca_juga", "Lain")
    texts = {name: name for name in ("id", "title", "body", "url", "source", "section", "city", "author", "caption")}
    known = {"published": datetime(2019, 3, 4, tzinfo=UTC), "age": "3 hari lalu", "kind": "related"}
    return parts(Article(**texts, **known, credits=("A",), links=(Link("a", "b"),), related=(story,)))  # type: ignore[arg-type]


def test_every_sentence_is_in_the_table_and_none_is_left_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said anywhere has an Indonesian form; what is said no more has none."""
    monkeypatch.setenv("CARINEWS_LANG", "en")
    assert expected() - set(SENTENCES) == set()
    assert set(SENTENCES) - expected() == set()
    assert set(HELP) == {"carinews", *COMMANDS}


def bare(names: set[str]) -> set[str]:
    """The files in which an error of these names is made of a text as it stands, in English only."""
    found = set()
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in names:
                texts = [
                    one for one in node.args if isinstance(one, ast.JoinedStr) or type(getattr(one, "value", 0)) is str
                ]
                found |= {file.relative_to(SOURCE).as_posix()} if texts else set()
    return found


def test_nothing_is_raised_in_english_only() -> None:
    """Wherever an error is made that a person can meet, it is made of a Message; no file is excused in vain."""
    assert bare(OURS) == {"query/whoosh_tree.py"}  # read by whoever hands over a tree of whoosh.query
    assert bare(PYTHONS) == set(UNSEEN)


def test_the_system_speaks_indonesian() -> None:
    """What goes wrong with a disk is told in Indonesian, as are the complaints of Python's own readers."""
    common = ("ENOENT", "EACCES", "EPERM", "EISDIR", "ENOTDIR", "ENOSPC", "EROFS", "EIO", "EMFILE", "ELOOP", "ENOMEM")
    assert {os.strerror(getattr(errno, name)) for name in common} <= set(system.SENTENCES)
    for broken in ("", "{a", '{"a" 1}', '{"a":1 "b"}', '"a', '"\n"', '"\\x"', '"\\u12"', "1 2"):
        with pytest.raises(json.JSONDecodeError) as refused:
            json.loads(broken)
        assert refused.value.msg in system.SENTENCES


@pytest.mark.parametrize("english", sorted(SENTENCES))
def test_a_sentence_says_the_same_things(english: str) -> None:
    """Both languages put in the same values, in the same form."""

    def fields(pattern: str) -> set[tuple[str | None, ...]]:
        return {part[1:] for part in string.Formatter().parse(pattern) if part[1] is not None}

    assert fields(SENTENCES[english]) == fields(english)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "id_ID.UTF-8"}, "id"),
        ({"LANG": "id_ID.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LC_MESSAGES": "id", "LANG": "en_US"}, "id"),
        ({"CARINEWS_LANG": "id", "LC_ALL": "C"}, "id"),
        ({"CARINEWS_LANG": "en", "LANG": "id_ID"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
    ],
)
def test_the_language_is_that_of_the_locale(
    place: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], expected: str
) -> None:
    """CARINEWS_LANG goes before the locale; LC_ALL before LC_MESSAGES before LANG."""
    for name in ("CARINEWS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language() == expected


def test_carinews_toml_names_the_language(carinews: Carinews, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind the environment, before the locale."""
    monkeypatch.delenv("CARINEWS_LANG", raising=False)
    (place / "carinews.toml").write_text('language = "id"\n')
    assert carinews("search", "zzzz").err.splitlines()[-1] == "Tidak ada hasil untuk 'zzzz'."
    monkeypatch.setenv("CARINEWS_LANG", "en")
    assert carinews("search", "zzzz").err == "No hits for 'zzzz'.\n"


def test_a_session_in_indonesian(carinews: Carinews, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Notes, warnings, refusals, explanations, dates and help are Indonesian; JSON stays as it is promised."""
    monkeypatch.setenv("CARINEWS_LANG", "id")
    assert "belum ada indeks di index: dibuat dari corpus" in carinews("search", "harga").err
    assert "2 hasil dalam" in carinews("search", "harga").err
    assert "petik di posisi 0 tidak ditutup" in carinews("search", '"harga').err
    assert "Maksud Anda: rambutan?" in carinews("search", "rambutna").err
    assert "tidak ada bidang 'warna' (di posisi 0)" in carinews("search", "warna:merah").err
    assert "semua bentuk dari 'harga'" in carinews("explain", "harga", "r1").out
    assert "tidak ada opsi --cari; maksud Anda" in carinews("search", "x", "--cari").err
    assert "Hasil tiap halaman." in carinews("search", "--help").out
    assert "Cara menulis kueri" in carinews("help", "query").out
    assert "5 Mar 2019" in carinews("show", "r1").out
    assert "Hasil berperingkat" in carinews("--help").out
    (place / "rusak.csv").write_text("nama;isi\nx;y\n")
    assert carinews("parse", "rusak.csv").err == (
        "carinews: rusak.csv:1: tidak ada kolom bernama 'title'; baris pertama harus menyebut nama kolom; "
        "bagiannya bernama isi, nama: sebutkan nama judulnya dengan --field title=NAMA\n"
    )
    assert "tanggal      4 Mar 2019 sampai 2 Jan 2020 (WIB); 2 tanpa tanggal" in carinews("stats").out
    assert "ukuran       0," in carinews("stats").out
    assert carinews("verify").out == "utuh: 4 berkas seperti yang ditulis\n"
    assert "dalam 3 dokumen" in carinews("words", "panen").out
    document = json.loads(carinews("search", '"harga', "--json").out)
    assert document["warnings"] == ["the quote at 0 is never closed; what follows was read as words"]


def test_help_fits_eighty_columns(carinews: Carinews, monkeypatch: pytest.MonkeyPatch) -> None:
    """In Indonesian as in English."""
    monkeypatch.setenv("CARINEWS_LANG", "id")
    for name in ("carinews", *COMMANDS):
        shown = carinews(*([] if name == "carinews" else [name]), "--help").out
        assert max(map(len, shown.splitlines())) <= 80, name


def test_numbers_are_written_as_people_write_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """1,200.5 in English is 1.200,5 in Indonesian; nothing has a plural there."""
    sentence = "{shown:,} of {hits} in {time:.0f} ms"
    monkeypatch.setenv("CARINEWS_LANG", "en")
    assert text(sentence, shown=10, hits=counted(1200, "hit"), time=1.6) == "10 of 1,200 hits in 2 ms"
    monkeypatch.setenv("CARINEWS_LANG", "id")
    assert text(sentence, shown=10, hits=counted(1200, "hit"), time=1.6) == "10 dari 1.200 hasil dalam 2 md"
    assert text("for being new, × {fresh:.3f} (half after {days:g} days)", fresh=0.5, days=30.5) == (
        "karena baru, × 0,500 (separuhnya sesudah 30,5 hari)"
    )
    assert len(MONTHS["id"]) == len(MONTHS["en"]) == 12
