"""Copies of a story on the command line: one hit, its copies named, each shown on request."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Outcome

from terminal import on_terminal

Carinews = Callable[..., Outcome]


@pytest.fixture
def wired(place: Path) -> Path:
    """A corpus in which two papers print the story of an agency."""
    story = " ".join(f"kalimat {number} tentang gempa" for number in range(40))
    lines = [
        {"id": name, "title": f"Gempa, kata {name}", "body": story, "source": f"{name}.example", "published": day}
        for name, day in (("antara", "2018-09-28"), ("harian", "2018-09-28T09:00"), ("kabar", "2018-09-28T10:00"))
    ]
    (place / "corpus" / "wire.jsonl").write_text("\n".join(map(json.dumps, lines)))
    return place


def test_copies_are_one_hit_in_every_form(wired: Path, carinews: Carinews) -> None:
    """JSON names the copies; `--ids` and `--all` have one line; `--copies` shows the earliest, or each."""
    (hit,) = json.loads(carinews("search", "gempa", "--json").out)["hits"]
    assert [copy["source"] for copy in hit["copies"]] == ["antara.example", "harian.example"]
    assert hit["id"] == "kabar"
    for options, found in (
        (["--ids"], ["kabar"]),
        (["--ids", "--all"], ["kabar"]),
        (["--ids", "--copies", "earliest"], ["antara"]),
        (["--ids", "--copies", "all"], ["kabar", "harian", "antara"]),
        (["--ids", "--all", "--copies", "all"], ["kabar", "harian", "antara"]),
    ):
        assert carinews("search", "gempa", *options).out.split() == found


def test_a_person_is_told_of_copies(wired: Path, carinews: Carinews) -> None:
    """A line below the hit, and a sentence that explains why three hits are one."""
    carinews("index")
    told = on_terminal("search", "gempa", folder=wired).text
    assert "+2 copies: antara.example, harian.example" in told
    assert "--copies all shows each" in carinews("search", "gempa").err
    assert "--copies" not in carinews("search", "gempa", "--copies", "all").err


def test_show_and_related_name_the_copies(wired: Path, carinews: Carinews) -> None:
    """As JSON and as lines."""
    carinews("index")
    for command in ("show", "related"):
        told = json.loads(carinews(command, "harian", "--json").out)
        assert [copy["id"] for copy in told["copies"]] == ["antara", "kabar"]
    lines = carinews("related", "harian", "-n", "0").out.splitlines()
    assert [line.split("\t")[0::2] for line in lines] == [["Copy", "antara"], ["Copy", "kabar"]]
