"""What people expect of a command line: help, completion, settings, pipes, signals, a pager, counts, pictures."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Outcome

from carinews.cli import COMMANDS
from carinews.cli.histogram import MOST_MONTHS, bar, histogram
from carinews.model import SearchResult
from terminal import heed_interrupts, on_terminal

Carinews = Callable[..., Outcome]


def test_every_command_has_help_with_examples(carinews: Carinews) -> None:
    """`--help`, `-h` and `carinews help` say the same; each has three lines that begin as one types."""
    for name in COMMANDS:
        shown = carinews(name, "--help").out
        assert carinews(name, "-h").out == carinews("help", name).out == shown
        assert shown.count(f"  carinews {name}") >= 3 or shown.count("  carinews ") >= 3, name
        assert max(map(len, shown.splitlines())) <= 80, name
    assert "help query" in carinews("help").out
    assert carinews() == carinews("help")
    assert carinews("help", "cari").code == 0
    outcome = carinews("help", "cuaca")
    assert outcome.code == 2
    assert "query, search" in outcome.err


def test_wrong_usage_says_what_helps(carinews: Carinews) -> None:
    """A slip in a command or an option is named with what was meant; exit code 2, nothing on stdout."""
    for arguments, help_ in (
        (["serch", "x"], "did you mean 'search'?"),
        (["gempa", "palu"], "carinews search 'gempa palu'"),
        (["search", "x", "--sourc", "y"], "--sort, --source?"),
        (["search", "-harga rambutan"], "carinews search -- '-word'"),
        (["search"], "QUERY is missing"),
        (["search", "x", "--recent", "soon"], "write 30d"),
        (["explain", "x", "r1", "--recent", "soon"], "write 30d"),
        (["search", "x", "-n", "0"], "--limit"),
        (["search", "x", "--sort", "best"], "relevance"),
        (["show"], "ID is missing"),
    ):
        outcome = carinews(*arguments)
        assert (outcome.code, outcome.out) == (2, ""), arguments
        assert help_ in outcome.err
        assert "--help'" in outcome.err


def test_words_need_no_quotes(carinews: Carinews) -> None:
    """Several words are one query; behind -- it may begin with a sign."""
    assert carinews("search", "harga", "rambutan", "--ids").out == carinews("search", "harga rambutan", "--ids").out
    assert "r1" not in carinews("search", "--ids", "--", "-harga").out.split()


def test_what_was_meant(carinews: Carinews) -> None:
    """A slip is answered with a question on stderr, in JSON with a field, and not with other hits."""
    outcome = carinews("search", "rambutna")
    assert outcome.code == 1
    assert outcome.out == ""
    assert outcome.err.splitlines()[-2:] == ["Did you mean: rambutan?", "No hits for 'rambutna'."]
    assert json.loads(carinews("search", "rambutna", "--json").out)["did_you_mean"] == "rambutan"
    assert "Did you mean" in carinews("search", "rambutna", "--ids").err
    assert carinews("search", "rambutna", "-q").err == ""


def test_weaker_matches_are_told_beside_the_hits(carinews: Carinews, monkeypatch: pytest.MonkeyPatch) -> None:
    """How many were left out for being weak, where nothing else is found too; `explain` says it, with code 1."""
    query = "rambutan kapal^0.01"
    outcome = carinews("search", query)
    assert "r3" not in outcome.out
    assert re.search(r"hits in \d+ ms, and 1 weaker match \(OR between the words finds all\)\n", outcome.err)
    assert json.loads(carinews("search", query, "--json").out)["weaker"] == 1
    assert "r3" in carinews("search", "rambutan OR kapal", "--ids").out.split()
    nothing = carinews("search", f"{query} -rambutan")
    assert nothing.code == 1
    assert nothing.err == f"No hits for '{query} -rambutan', but 1 weaker match (OR between the words finds all)\n"
    weak = carinews("explain", query, "r3")
    assert weak.code == 1
    assert "no hit, too weak: it covers less than 20% of what the best match covers" in weak.out
    assert json.loads(carinews("explain", query, "r3", "--json").out)["weak"] is True
    monkeypatch.setenv("CARINEWS_LANG", "id")
    assert "dan 1 yang kurang cocok (ATAU di antara kata menemukan semua)" in carinews("search", query).err
    assert "bukan hasil, kurang cocok" in carinews("explain", query, "r3").out


def test_all_hits_are_streamed(carinews: Carinews) -> None:
    """`--all` gives every hit in any form, and as JSON one whole document, the same as a large page."""
    query = "harga OR kapal OR panen"
    whole = json.loads(carinews("search", query, "--all", "--json", "--facets").out)
    page = json.loads(carinews("search", query, "-n", "100", "--json", "--facets").out)
    assert whole | {"took_ms": 0} == page | {"took_ms": 0}
    assert len(whole["hits"]) == whole["total"] > 3
    assert len(carinews("search", query, "--all", "--jsonl").out.splitlines()) == whole["total"]
    assert json.loads(carinews("search", "zzzz", "--all", "--json").out)["hits"] == []
    tricky = json.loads(carinews("search", '"hits": [', "--json").out)
    assert tricky["query"] == '"hits": ['


def test_narrowed_by_several_values(carinews: Carinews) -> None:
    """An option given twice means either; a whole word of a value is enough."""
    either = carinews("search", "panen OR harga", "--source", "pasar", "--source", "kabar", "--kind", "article")
    assert len(either.out.splitlines()) == 2
    assert carinews("search", "panen", "--city", "rindang", "--ids").out.split()
    assert carinews("search", "panen", "--author", "laras", "--ids").out.split()
    assert carinews("search", "panen", "--source", "pas").code == 1
    assert carinews("search", "harga", "--since", "januari-2020", "--ids").out.split() == ["r2"]


def test_undated_hits_are_counted(carinews: Carinews) -> None:
    """By date those without one stand last, and stderr says how many."""
    outcome = carinews("search", "harga OR kapal", "--sort", "oldest", "--ids")
    assert outcome.out.split()[-1] == "r3"
    assert "1 hit without a date stand last" in carinews("search", "harga OR kapal", "--sort", "oldest").err


def test_facets_and_a_histogram_in_a_pipe(carinews: Carinews) -> None:
    """Each count is a line; the histogram has every month between the first and the last."""
    lines = carinews("search", "harga", "--facets", "--passages", "0").out.splitlines()
    assert "month\t2019-03\t1" in lines
    assert "section\tEkonomi\t2" in lines
    lines = carinews("search", "harga", "--histogram").out.splitlines()
    assert lines[2:] == [f"2019-{month:02}\t{int(month == 3)}" for month in range(3, 13)] + ["2020-01\t1"]


def test_a_histogram_has_no_gaps() -> None:
    """Months up to three years, years beyond; nothing where nothing is dated; bars are exact to an eighth."""

    def of(*months: str) -> list[tuple[str, int]]:
        years = tuple((year, sum(month[:4] == year for month in months)) for year in sorted({m[:4] for m in months}))
        facets = (("year", years), ("month", tuple((month, 1) for month in months)))
        return histogram(SearchResult("", (), len(months), 0.0, facets=facets))

    assert of("2017-12", "2018-02") == [("2017-12", 1), ("2018-01", 0), ("2018-02", 1)]
    assert len(of("2015-01", "2017-12")) == MOST_MONTHS
    assert of("2015-01", "2018-01") == [("2015", 1), ("2016", 0), ("2017", 0), ("2018", 1)]
    assert histogram(SearchResult("", (), 0, 0.0)) == []
    assert [len(bar(count, 80, 10)) for count in (0, 1, 8, 12, 79, 80)] == [0, 1, 1, 2, 10, 10]


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_a_histogram_on_a_terminal(place: Path, columns: int) -> None:
    """The longest bar ends where the lines do; months have names."""
    screen = on_terminal(
        "search", "harga", "--histogram", "-q", folder=place, columns=columns, CARINEWS_LANG="id", NO_COLOR="1"
    )
    bars = [line for line in screen.text.split("\n") if "█" in line]
    assert [line[:10] for line in bars] == ["Mar 2019 1", "Jan 2020 1"]
    assert {len(line) for line in bars} == {min(columns, 100) - 1}


def test_explanations_for_programs(carinews: Carinews) -> None:
    """As JSON an explanation is a tree of parts that sum to the score, alone and beside a hit."""
    alone = json.loads(carinews("explain", "harga rambutan", "r1", "--json").out)
    hit = json.loads(carinews("search", "harga rambutan", "-n1", "--json", "--explain").out)["hits"][0]
    assert alone == {"schema": "carinews.explain/1", "weak": False, **hit["explanation"]}
    assert alone["value"] == pytest.approx(hit["score"], abs=1e-3)
    assert sum(part["value"] for part in alone["details"]) == pytest.approx(alone["value"])
    assert "for being new" in carinews("explain", "harga", "r1", "--recent", "1y").out


def test_verbose_says_what_was_opened(carinews: Carinews) -> None:
    """`-v` names the index and how much is in it; stdout stays the same."""
    carinews("index")
    outcome = carinews("search", "harga", "-v")
    assert "carinews: index: 5 documents, opened in" in outcome.err
    assert outcome.out == carinews("search", "harga").out


def test_defaults_of_options(carinews: Carinews, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of carinews.toml sets a command's options; the environment goes before it, the flag before both."""
    (place / "carinews.toml").write_text('[search]\nlimit = 1\nsource = ["pasar", "kabar"]\n[rebuild]\nworkers = 1\n')
    assert len(carinews("search", "panen OR harga", "--ids").out.split()) == 1
    assert "r2" not in carinews("search", "harga", "--ids", "-n", "9").out.split()
    monkeypatch.setenv("CARINEWS_SEARCH_LIMIT", "2")
    assert len(carinews("search", "panen OR harga", "--ids").out.split()) == 2
    assert len(carinews("search", "panen OR harga", "--ids", "-n", "3").out.split()) == 3
    monkeypatch.setenv("CARINEWS_SEARCH_SORT", "best")
    assert "CARINEWS_SEARCH_SORT: Invalid value for '--sort'" in carinews("search", "harga").err
    assert "carinews search: Invalid value for '--sort'" in carinews("search", "harga", "--sort", "best").err


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("indeks = 'x'\n", "there is no setting 'indeks'; there are index, corpus, lexicon, language, "),
        ("[search]\nlimt = 3\n", "there is no setting 'search.limt'; there are"),
        ("[serach]\nlimit = 3\n", "there is no setting 'serach'"),
        (
            "[search]\nlimit = 'many'\n",
            "carinews.toml: Invalid value for '-n' / '--limit': 'many' is not a valid integer",
        ),
        ("index = [\n", "cannot be read"),
    ],
)
def test_a_setting_that_there_is_not(carinews: Carinews, place: Path, settings: str, message: str) -> None:
    """A slip in carinews.toml is named, never passed over; help and version go on."""
    (place / "carinews.toml").write_text(settings)
    outcome = carinews("search", "harga")
    assert outcome.code == 2
    assert message in outcome.err
    assert carinews("--version").code == 0
    assert carinews("--help").code == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_is_told_how_to_complete(carinews: Carinews, shell: str) -> None:
    """The script asks us back by the name that we listen to."""
    script = carinews("completion", shell).out
    assert "_CARINEWS_COMPLETE" in script
    if shutil.which(shell):
        assert subprocess.run([shell, "-n"], input=script, text=True, check=False).returncode == 0


def test_what_a_shell_is_told(carinews: Carinews, place: Path) -> None:
    """Commands, options, words of the articles in view of those before, sources; nothing where there is no index."""

    def completed(*typed: str) -> list[str]:
        words = ["carinews", *typed]
        environment = {"COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
        done = subprocess.run(
            [sys.executable, "-m", "carinews"],
            env=os.environ | environment | {"_CARINEWS_COMPLETE": "bash_complete"},
            capture_output=True,
            text=True,
            cwd=place,
            check=False,
        )
        assert done.stderr == ""
        return [line.partition(",")[2] for line in done.stdout.split()]

    assert completed("sea") == ["search"]
    assert completed("search", "ramb") == []
    carinews("index")
    assert completed("search", "ramb") == ["rambutan"]
    assert completed("search", "harga", "dur") == ["durian"]
    assert "--source" in completed("search", "--so")
    assert completed("search", "--source", "pa") == ["pasar.example"]
    assert completed("help", "q") == ["query"]


def test_a_long_article_goes_to_a_pager(carinews: Carinews, place: Path) -> None:
    """On a terminal what is longer than it is paged, what is short is printed; in a pipe nothing is paged."""
    body = "\n".join(f"Paragraf {number}." for number in range(60))
    (place / "panjang.jsonl").write_text(json.dumps({"id": "p1", "title": "Panjang", "body": body}) + "\n")
    carinews("index")
    carinews("index", "panjang.jsonl")
    pager = place / "pager.sh"
    pager.write_text("#!/bin/sh\necho PAGED; cat\n")
    pager.chmod(0o755)
    assert on_terminal("show", "p1", folder=place, PAGER=str(pager)).text.startswith("PAGED")
    pager.write_text('#!/bin/sh\necho "LESS=$LESS"; cat\n')
    shown = on_terminal("show", "p1", folder=place, PAGER=str(pager.rename(place / "less")), LESS="").raw
    assert shown.startswith("LESS=-R\r\n\x1b[1mPanjang\x1b[0m")
    pager.write_text("#!/bin/sh\ncat\n")
    pager.chmod(0o755)
    assert on_terminal("show", "p1", folder=place, PAGER=str(pager)).raw.startswith("Panjang\r\n")
    assert on_terminal("show", "p1", "--no-pager", folder=place, PAGER=str(pager)).text.startswith("Panjang")
    assert on_terminal("show", "r1", folder=place, PAGER=str(pager)).text.startswith("Harga")
    assert carinews("show", "p1").out.startswith("Panjang")


def test_ctrl_c_ends_quietly(place: Path) -> None:
    """An interrupt in the middle is exit code 130 and leaves no traceback."""
    lines = (json.dumps({"id": f"b{n}", "title": f"Berita {n}", "body": "kata " * 200}) for n in range(20_000))
    (place / "corpus" / "besar.jsonl").write_text("\n".join(lines))
    command = [sys.executable, "-m", "carinews", "index", "--workers", "1"]
    piped = {"stderr": subprocess.PIPE, "text": True, "preexec_fn": heed_interrupts}
    with subprocess.Popen(command, cwd=place, **piped) as running:
        deadline = time.monotonic() + 30
        while not (place / "index").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "Traceback" not in err


@pytest.mark.parametrize("columns", [60, 80])
def test_related_stories_on_a_terminal(carinews: Carinews, place: Path, columns: int) -> None:
    """Under the name of each group stand day and title, and below them the id, whole."""
    article_id = carinews("search", "memanen", "--kind", "article", "--ids").out.split()[0]
    lines = on_terminal("related", article_id, folder=place, columns=columns, NO_COLOR="1").text.split("\n")
    assert lines[:3] == ["Baca juga", "  5 Mar 2019     Harga Rambutan Turun di Pasar Baru", "    r1"]
    assert lines[3:5] == ["Berita terkait", "  undated        Jalan ke Desa Rindang Diperbaiki"]
    similar = on_terminal("related", "r2", folder=place, columns=columns, NO_COLOR="1").text.split("\n")
    assert similar[:2] == ["Similar", "  5 Mar 2019     Harga Rambutan Turun di Pasar Baru"]
    assert max(map(len, lines)) <= columns
    assert on_terminal("related", "r3", folder=place).text == "carinews: nothing is related to 'r3'\n"


@pytest.mark.parametrize("columns", [50, 80])
def test_what_is_told_fits_the_terminal(carinews: Carinews, place: Path, columns: int) -> None:
    """Notes, refusals, counts and explanations break between words; in a pipe each is one line."""
    carinews("index")
    for arguments in (["search", "warna:merah"], ["explain", "harga", "r1"], ["stats"], ["search", "zzzz"]):
        screen = on_terminal(*arguments, folder=place, columns=columns, NO_COLOR="1").text
        piped = carinews(*arguments)
        assert max(map(len, screen.split("\n"))) <= columns
        assert screen.split() == (piped.out + piped.err).split()
    assert len(carinews("search", "warna:merah").err.splitlines()) == 1


def test_facets_on_a_terminal(carinews: Carinews, place: Path) -> None:
    """Values and kinds are in the language of whoever reads, each count on the line of its value."""
    carinews("index")
    screen = on_terminal("search", "harga", "--facets", "-q", folder=place, columns=60, CARINEWS_LANG="id")
    assert "jenis: artikel\N{NO-BREAK SPACE}2" in screen.text
    assert "tahun: 2019\N{NO-BREAK SPACE}1, 2020\N{NO-BREAK SPACE}1" in screen.text
