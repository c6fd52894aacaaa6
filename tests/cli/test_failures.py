"""What goes wrong is one JSON object on stderr for a program that asked for JSON, and a line for everybody else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from tests.cli.conftest import Outcome

from carinews.cli import COMMANDS, cli
from carinews.cli.failures import wants_json
from carinews.cli.usage import COMPLAINTS, complaint
from carinews.wording import Message

Carinews = Callable[..., Outcome]
NOWHERE = ("--index", "tak-ada", "--corpus", "juga-tidak")
JUDGED = ("eval", "qrels.tsv")
MISSING = [
    ("search", "harga", *NOWHERE),
    ("show", "r1", *NOWHERE),
    ("related", "r1", *NOWHERE),
    ("explain", "harga", "r1", *NOWHERE),
    ("words", "harga", *NOWHERE),
    ("stats", *NOWHERE),
    ("parse", "tak-ada"),
    (*JUDGED, *NOWHERE),
]
"""Every command that takes --json, over nothing."""

REFUSED = [
    (("search", "warna:merah"), 2, "QuerySyntaxError", {"text": "warna:merah", "position": 0}),
    (("search", "kata " * 300), 2, "QueryTooComplex", {"position": 1000}),
    (("search", "harga", "--limit", "0"), 2, "UsageError", {"hint": "See 'carinews search --help'."}),
    (("search",), 2, "UsageError", {"message": "QUERY is missing"}),
    (("search", "harga", "--sourc", "x"), 2, "UsageError", {}),
    (("search", "harga", "--since", "entah"), 2, "UsageError", {}),
    (("explain", "warna:merah", "r1"), 2, "QuerySyntaxError", {"position": 0}),
    (("explain", "durian", "r1"), 1, "NotFound", {"hint": None}),
    (("show", "tak-ada"), 1, "NotFound", {"message": "there is no article with the id 'tak-ada' in this index"}),
    (("related", "tak-ada"), 1, "NotFound", {}),
    (("words", "?!"), 2, "QuerySyntaxError", {"text": "?!"}),
    (("eval", "corpus"), 2, "JudgementError", {"path": "corpus", "line": None}),
    (("stats", "lagi"), 2, "UsageError", {}),
    (("serch", "harga"), 2, "UsageError", {"hint": "See 'carinews --help'."}),
]


@pytest.fixture
def judged(place: Path) -> None:
    """One judged query, for `eval`."""
    (place / "queries.jsonl").write_text('{"_id": "q", "text": "harga"}\n')
    (place / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq\tr1\t1\n")


def told(outcome: Outcome) -> dict[str, Any]:
    """The object that stands alone on the last line of stderr."""
    assert outcome.out == ""
    error: dict[str, Any] = json.loads(outcome.err.splitlines()[-1])
    assert {"schema", "code", "error", "message", "hint"} <= set(error)
    assert error["schema"] == "carinews.error/1"
    assert error["code"] == outcome.code
    return error


def test_no_command_with_json_is_forgotten() -> None:
    """The table above has each of them."""
    context = click.Context(cli, info_name="carinews")
    found = {name: cli.get_command(context, name) for name in COMMANDS}
    with_json = {name for name, one in found.items() if one and any("--json" in param.opts for param in one.params)}
    assert {arguments[0] for arguments in MISSING} == with_json


@pytest.mark.usefixtures("judged")
@pytest.mark.parametrize("arguments", MISSING, ids=lambda arguments: arguments[0])
def test_what_is_missing_is_an_object(carinews: Carinews, arguments: tuple[str, ...]) -> None:
    """Neither index nor corpus, or no file to read: exit code 3, and the object names the place and the remedy."""
    error = told(carinews(*arguments, "--json"))
    assert error["code"] == 3
    assert error["error"] == ("CorpusMissing" if arguments[0] == "parse" else "IndexMissing")
    assert "tak-ada" in error["message"]


@pytest.mark.parametrize(("arguments", "code", "kind", "facts"), REFUSED, ids=lambda value: str(value)[:40])
def test_what_is_refused_is_an_object(
    carinews: Carinews, arguments: tuple[str, ...], code: int, kind: str, facts: dict[str, Any]
) -> None:
    """A query, an option or an id that is refused: the kind, the place where it is known, the exit code as ever."""
    error = told(carinews(*arguments, "--json"))
    assert (error["code"], error["error"]) == (code, kind)
    assert facts.items() <= error.items()
    plain = carinews(*arguments)
    assert (plain.code, plain.out) == (code, "")
    assert "{" not in plain.err.splitlines()[-1]


def test_json_lines_get_an_object_too(carinews: Carinews, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--jsonl` is for programs as well; the object speaks English whatever the language of people is."""
    monkeypatch.setenv("CARINEWS_LANG", "id")
    error = told(carinews("search", "warna:merah", "--jsonl"))
    assert error["message"].startswith("there is no field 'warna'")


def test_a_damaged_index_is_an_object(carinews: Carinews, place: Path) -> None:
    """Exit code 5; and a place that cannot be an index is told the same way."""
    carinews("index", "-q")
    (place / "index" / "CURRENT").write_text("{")
    assert told(carinews("search", "harga", "--json"))["error"] == "IndexCorrupt"
    assert carinews("search", "harga", "--json").code == 5


def test_what_a_terminal_would_obey_is_escaped(carinews: Carinews) -> None:
    """The query comes back whole, and no sign of it moves a cursor."""
    outcome = carinews("search", "warna:\x1b[31m\x9b", "--json")
    assert told(outcome)["text"] == "warna:\x1b[31m\x9b"
    assert not set("\x1b\x9b") & set(outcome.err)


def test_json_is_what_was_typed_as_an_option() -> None:
    """Behind -- it is a word to search for."""
    assert wants_json(["search", "x", "--json"])
    assert wants_json(["search", "--jsonl", "x"])
    assert not wants_json(["search", "--", "--json"])
    assert not wants_json(["search", "json"])


COMPLAINED = {
    ("search", "x", "-n", "0"): "nilai '-n' / '--limit' tidak berlaku: 0 tidak memenuhi x>=1",
    ("search", "x", "-n", "abc"): "nilai '-n' / '--limit' tidak berlaku: 'abc' bukan bilangan bulat",
    ("search", "x", "--sort", "a"): (
        "nilai '--sort' tidak berlaku: 'a' bukan salah satu dari 'relevance', 'newest', 'oldest'"
    ),
    ("eval", "nix"): "nilai 'QRELS' tidak berlaku: tidak ada berkas atau folder 'nix'",
    ("eval", "corpus", "--run", "corpus"): "nilai '--run' tidak berlaku: 'corpus' adalah folder, bukan berkas",
    ("search", "x", "--limit"): "opsi '--limit' perlu nilai di belakangnya",
    ("search", "x", "--json=1"): "opsi '--json' tidak memakai nilai",
    ("show", "a", "b"): "ada argumen yang berlebih: b",
    ("show", "a", "b", "c"): "ada argumen yang berlebih: b c",
}


@pytest.mark.parametrize("arguments", COMPLAINED, ids=" ".join)
def test_click_complains_in_indonesian(
    carinews: Carinews, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    """Each complaint of click's has its sentence, behind the command that was meant."""
    monkeypatch.setenv("CARINEWS_LANG", "id")
    outcome = carinews(*arguments)
    command = f"carinews {arguments[0]}"
    assert outcome.err == f"{command}: {COMPLAINED[arguments]}\nLihat '{command} --help'.\n"
    assert outcome.code == 2


def test_every_complaint_is_met(carinews: Carinews) -> None:
    """No pattern stands in the table that click does not say, in this version of it."""
    met = set()
    for arguments in COMPLAINED:
        message: object = complaint(carinews(*arguments).err.splitlines()[0].partition(": ")[2])
        while isinstance(message, Message):
            met.add(message.pattern)
            message = message.values.get("reason")
    assert met == set(COMPLAINTS)


def test_what_click_says_otherwise_stays_as_it_is() -> None:
    """Another version's wording is passed on, not swallowed."""
    assert complaint("Something new.") == "Something new."
    assert not isinstance(complaint("Something new."), Message)


@pytest.mark.parametrize("name", [None, *COMMANDS])
def test_help_is_all_indonesian(carinews: Carinews, monkeypatch: pytest.MonkeyPatch, name: str | None) -> None:
    """No word of click's own is left English; the next English reader gets English again."""
    monkeypatch.setenv("CARINEWS_LANG", "id")
    shown = carinews(*([name] if name else []), "--help").out
    english = ("Usage", "Options", "Commands", "Show this", "default:", "OPTIONS", "COMMAND", "INTEGER", "TEXT", "DATE")
    assert [word for word in english if word in shown] == []
    assert shown.startswith("Pemakaian: carinews")
    assert carinews("help", *([name] if name else [])).out == shown
    monkeypatch.setenv("CARINEWS_LANG", "en")
    shown = carinews(*([name] if name else []), "--help").out
    assert "Usage: carinews" in shown
    assert "bawaan" not in shown
