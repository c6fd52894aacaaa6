"""`carinews search`, as a person and as a program meets it."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Outcome

from carinews.cli.search import first_moment, moment_after
from terminal import on_terminal

Carinews = Callable[..., Outcome]


def test_the_first_search_builds_the_index(carinews: Carinews, place: Path) -> None:
    """Where there is a corpus and no index, a search builds one, says so on stderr, and answers."""
    outcome = carinews("search", "rambutan")
    assert outcome.code == 0
    assert "building it from corpus" in outcome.err
    assert "Panen Rambutan di Desa Rindang Melimpah" in outcome.out
    assert (place / "index" / "CURRENT").is_file()
    again = carinews("search", "rambutan")
    assert "building" not in again.err
    assert again.out == outcome.out


def test_a_pipe_gets_a_line_a_hit(carinews: Carinews) -> None:
    """Outside of a terminal each hit is one line of tab-separated fields, uncoloured and uncut."""
    lines = carinews("cari", "panen").out.splitlines()
    assert [line.split("\t")[0] for line in lines] == [str(rank) for rank in range(1, len(lines) + 1)]
    assert {len(line.split("\t")) for line in lines} == {6}
    assert "\x1b" not in "".join(lines)


def test_json_keeps_its_promise(carinews: Carinews) -> None:
    """`--json` is one document of the promised keys; spans are code points into the texts beside them."""
    document = json.loads(carinews("search", "memanen rambutan", "--json", "--facets").out)
    keys = {
        "schema",
        "query",
        "total",
        "weaker",
        "undated",
        "took_ms",
        "did_you_mean",
        "warnings",
        "variants",
        "hits",
        "facets",
    }
    assert set(document) == keys
    assert document["schema"] == "carinews.search/1"
    hit = next(hit for hit in document["hits"] if hit["kind"] == "article" and hit["source"] == "kabar.example")
    promised = (
        "rank score id kind title url source section published date_certainty path title_highlights snippets related"
    )
    assert set(promised.split()) <= set(hit)
    assert [hit["title"][start:end] for start, end in hit["title_highlights"]] == ["Panen", "Rambutan"]
    snippet = hit["snippets"][0]
    marked = [snippet["text"][start:end] for start, end in snippet["highlights"]]
    assert marked == ["memanen", "rambutan", "Pemanenan", "rambutan"]
    assert hit["published"] == "2019-03-04T09:30:00+07:00"
    assert hit["path"] == "corpus/2019/panen.txt"
    assert {"id": "r1", "kind": "baca_juga", "title": "Harga Rambutan Turun di Pasar Baru"}.items() <= hit["related"][
        0
    ].items()
    assert ["Ekonomi", 1] in document["facets"]["section"]


def test_no_hits_are_a_whole_document(carinews: Carinews) -> None:
    """Nothing found is exit code 1 and, as JSON, still everything that was promised."""
    outcome = carinews("search", "zzzz", "--json")
    assert outcome.code == 1
    assert json.loads(outcome.out)["hits"] == []
    assert carinews("search", "zzzz").err == "No hits for 'zzzz'.\n"


def test_other_forms(carinews: Carinews) -> None:
    """JSONL, CSV and ids name the same hits in the same order."""
    ids = carinews("search", "harga", "--ids").out.split()
    assert [json.loads(line)["id"] for line in carinews("search", "harga", "--jsonl").out.splitlines()] == ids
    rows = list(csv.DictReader(io.StringIO(carinews("search", "harga", "--csv").out)))
    assert [row["id"] for row in rows] == ids
    assert len(ids) == 2


def test_pages_cover_all_once(carinews: Carinews) -> None:
    """Pages, offsets and `--all` cut the same ranking."""
    everything = carinews("search", "harga OR kapal OR panen", "--all", "--ids").out.split()
    paged = [
        carinews("search", "harga OR kapal OR panen", "-n1", f"--page={page}", "--ids").out.strip()
        for page in (1, 2, 3)
    ]
    assert paged == everything[:3]
    assert carinews("search", "harga OR kapal OR panen", "--offset", "1", "--ids").out.split() == everything[1:]
    assert carinews("search", "harga", "--page", "2", "--offset", "1").code == 2


def test_filters(carinews: Carinews) -> None:
    """Dates, source, section and kind narrow the answer; a period's last day belongs to it."""
    assert carinews("search", "harga", "--since", "2020", "--ids").out.split() == ["r2"]
    assert carinews("search", "harga", "--until", "2019-03-05", "--ids").out.split() == ["r1"]
    assert carinews("search", "harga", "--until", "2019-03-04", "--ids").code == 1
    assert carinews("search", "harga", "--source", "pasar.example", "--ids").out.split() == ["r1"]
    assert carinews("search", "jalan", "--kind", "article").code == 1
    assert carinews("search", "jalan", "--kind", "related").code == 0
    assert carinews("search", "harga", "--sort", "newest", "--ids").out.split() == ["r2", "r1"]
    outcome = carinews("search", "harga", "--since", "kemarin dulu")
    assert outcome.code == 2
    assert "2017-04-18" in outcome.err


def test_periods() -> None:
    """A year, a month and a day begin and end at midnight in Western Indonesian time."""
    assert str(first_moment("2017")) == "2017-01-01 00:00:00+07:00"
    assert str(moment_after("2017")) == "2018-01-01 00:00:00+07:00"
    assert str(moment_after("2017-12")) == "2018-01-01 00:00:00+07:00"
    assert str(moment_after("2016-02")) == "2016-03-01 00:00:00+07:00"
    assert str(moment_after("2016-02-29")) == "2016-03-01 00:00:00+07:00"


@pytest.mark.parametrize("query", ['"', "?!", '"" - ( )', "AND", "((("])
def test_odd_queries_are_answered(carinews: Carinews, query: str) -> None:
    """A query of odd quotes or only punctuation is no error: it finds nothing and says what was odd."""
    outcome = carinews("search", query)
    assert outcome.code == 1
    assert outcome.err
    assert "Traceback" not in outcome.err


def test_wrong_queries_are_refused(carinews: Carinews) -> None:
    """An unknown field, an empty query and an endless one are wrong usage, and the message helps."""
    outcome = carinews("search", "warna:merah")
    assert outcome.code == 2
    assert "judul" in outcome.err
    assert carinews("search", " ").code == 2
    assert carinews("search", "kata " * 300).code == 2
    assert carinews("search").code == 2
    assert carinews("cariin", "x").code == 2


def test_neither_index_nor_corpus(carinews: Carinews, place: Path) -> None:
    """Without an index and a corpus the exit code is 3, and the message names both places."""
    outcome = carinews("search", "x", "--index", "tak-ada", "--corpus", "juga-tidak")
    assert outcome.code == 3
    assert "tak-ada" in outcome.err
    assert "juga-tidak" in outcome.err
    (place / "kosong").mkdir()
    assert carinews("search", "x", "--index", "tak-ada", "--corpus", "kosong").code == 3


def test_articles_cannot_draw_on_the_terminal(carinews: Carinews) -> None:
    """No control character of an article reaches any plain output, nor one of the query the messages."""
    for arguments in (["search", "kapal"], ["search", "kapal", "--csv"], ["show", "r3"], ["search", "zz\x1b[31m"]):
        outcome = carinews(*arguments)
        shown = outcome.out + outcome.err
        assert not any(sign in shown.replace("\r\n", "\n") for sign in "\x1b\x07\r\u202e"), arguments


def test_explain_sums_to_the_score(carinews: Carinews) -> None:
    """`--explain` and `carinews explain` give the score and its parts."""
    score = float(carinews("search", "harga rambutan", "-n1").out.split("\t")[1])
    lines = carinews("explain", "harga rambutan", "r1").out.splitlines()
    assert float(lines[0].split()[0]) == pytest.approx(score, abs=0.01)
    parts = [float(line.split()[0]) for line in lines if line.startswith("  ") and not line.startswith("   ")]
    assert sum(parts) == pytest.approx(score, abs=0.01)
    assert "idf" in carinews("search", "harga", "--explain").out
    assert carinews("explain", "durian", "r1").code == 1
    assert carinews("explain", "durian", "tak-ada").code == 1


def test_the_whoosh_engine_finds_the_same(carinews: Carinews) -> None:
    """`--engine whoosh` asks a plain Whoosh index beside the array index and finds the same documents."""
    ours = carinews("search", "harga rambutan", "--ids").out.split()
    outcome = carinews("search", "harga rambutan", "--ids", "--engine", "whoosh")
    assert sorted(outcome.out.split()) == sorted(ours)
    assert carinews("index").code == 0
    assert carinews("verify").code == 0


def test_settings_in_their_order(carinews: Carinews, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The flag goes before the environment, that before `carinews.toml`, that before the default."""
    (place / "carinews.toml").write_text('index = "dari-berkas"\n')
    assert carinews("index").code == 0
    assert (place / "dari-berkas" / "CURRENT").exists()
    monkeypatch.setenv("CARINEWS_INDEX", "dari-lingkungan")
    assert carinews("index").code == 0
    assert (place / "dari-lingkungan" / "CURRENT").exists()
    assert carinews("index", "--index", "dari-opsi").code == 0
    assert (place / "dari-opsi" / "CURRENT").exists()
    monkeypatch.delenv("CARINEWS_INDEX")
    (place / "carinews.toml").write_text("index = 3\n")
    outcome = carinews("search", "x")
    assert outcome.code == 2
    assert "carinews.toml" in outcome.err


def test_a_closed_pipe_ends_quietly(place: Path) -> None:
    """`| head -1` leaves no complaint behind."""
    command = f"{sys.executable} -m carinews search 'harga OR rambutan' --jsonl -q"
    script = f"set -o pipefail; {command} >/dev/null; {command} | (exec <&-; sleep 1); echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, cwd=place, check=False)
    assert done.stderr == ""
    assert done.stdout.strip() == "0"


@pytest.mark.parametrize("colour", [True, False])
def test_a_terminal_gets_marks(place: Path, colour: bool) -> None:
    """On a terminal the written word is marked, titles draw nothing of their own, and NO_COLOR is heard."""
    screen = on_terminal("search", "memanen OR kapal", "-q", folder=place, **({} if colour else {"NO_COLOR": "1"}))
    assert screen.code == 0
    assert ("\x1b[1;33mmemanen\x1b[0m" in screen.raw) == colour
    assert not any(trick in screen.raw for trick in ("\x1b[31m", "\x1b]0;", "\x1b[2J", "\u202e"))


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_lines_fit_the_terminal(place: Path, columns: int) -> None:
    """However narrow the terminal, no line is longer; beyond a hundred columns lines stay readable."""
    text = on_terminal("search", "harga rambutan", "-q", folder=place, columns=columns).text
    assert max(map(len, text.split("\n"))) <= min(columns, 100)


def test_variants_are_told_and_can_be_turned_off(carinews: Carinews, place: Path) -> None:
    """A word brings what a list of one's own says; stderr names it, JSON too; --no-variants looks for the word only."""
    (place / "variants.tsv").write_text("synonym\tboth\tduku, durian\n")
    assert carinews("index", "--lexicon", "variants.tsv", "-q").code == 0
    found = carinews("search", "duku")
    assert "Durian Mahal" in found.out
    assert "Also looked for: duku → durian (not with --no-variants)" in found.err
    assert json.loads(carinews("search", "duku", "--json").out)["variants"] == {"duku": ["durian"]}
    assert carinews("search", "duku", "--no-variants").code == 1
    assert carinews("explain", "duku", "r2").code == 0
    assert carinews("explain", "duku", "r2", "--no-variants").code == 1
    assert "family of 'durian' × 0.5" in carinews("search", "duku", "--explain").out


def test_a_lexicon_is_named_like_a_folder(carinews: Carinews, place: Path) -> None:
    """carinews.toml may name it, for the first search, too; a bad line is a message and exit code 2."""
    (place / "kamus").mkdir()
    (place / "kamus" / "overrides.tsv").write_text("pergi\tkapal\n")
    (place / "carinews.toml").write_text('lexicon = "kamus"\n')
    assert carinews("words", "kapal").out.count("pergi") == 1
    (place / "kamus" / "overrides.tsv").write_text("pergi kapal\n")
    failed = carinews("rebuild")
    assert failed.code == 2
    assert "overrides.tsv:1: want a word, a tab and its stem" in failed.err
