"""`carinews index`, `rebuild`, `show`, `related`, `stats`, `verify`."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Outcome

import carinews as package
from carinews.index.manifest import FORMAT
from carinews.index.writer import IndexWriter

Carinews = Callable[..., Outcome]


def test_only_what_changed_is_read(carinews: Carinews, place: Path) -> None:
    """A second run skips all files; a changed one is read again; a removed one takes its articles along."""
    assert "4 articles from 2 files" in carinews("index").err
    assert "2 files unchanged" in carinews("index").err
    records = place / "corpus" / "berita.jsonl"
    records.write_text('{"id": "r9", "title": "Kelapa Muda", "body": "Segar."}\n')
    assert "1 article from 1 file, 1 file unchanged" in carinews("index").err
    assert carinews("search", "durian").code == 1
    assert carinews("search", "kelapa").code == 0
    records.unlink()
    assert "1 file gone" in carinews("index").err
    assert carinews("search", "kelapa").code == 1
    assert carinews("search", "memanen").code == 0


def test_what_was_kept_and_what_is_there_twice_is_told(carinews: Carinews, place: Path) -> None:
    """Of a changed file the articles that did not change are counted apart; one in two files returns when one goes."""
    carinews("index")
    records, other = place / "corpus" / "berita.jsonl", place / "corpus" / "lain.jsonl"
    with open(records, "a") as file:
        file.write('{"id": "r9", "title": "Kelapa Muda"}\n')
    assert "4 articles from 1 file, 1 file unchanged, 3 articles as before;" in carinews("index").err
    other.write_text('{"id": "r2", "title": "Nangka Murah"}\n')
    assert "1 article in two files (the later path counts)" in carinews("index").err
    assert carinews("search", "durian").code == 1
    other.unlink()
    assert "1 file gone" in carinews("index").err
    assert carinews("search", "durian").code == 0


def test_other_paths_leave_the_rest_alone(carinews: Carinews, place: Path) -> None:
    """Indexing a path takes nothing out that came from elsewhere."""
    carinews("index")
    (place / "lain.jsonl").write_text('{"id": "l1", "title": "Salak Pondoh"}\n')
    assert carinews("index", "lain.jsonl").code == 0
    assert carinews("search", "salak").code == 0
    assert carinews("search", "durian").code == 0
    outcome = carinews("rebuild")
    assert "left out 1 file" in outcome.err
    assert "carinews index lain.jsonl" in outcome.err
    assert carinews("search", "salak").code == 1


def test_bad_input_costs_only_itself(carinews: Carinews, place: Path) -> None:
    """Each refused input is named with its place and reason; the rest is indexed; the exit code is 6."""
    (place / "corpus" / "kosong.txt").touch()
    with open(place / "corpus" / "berita.jsonl", "a") as file:
        file.write('{"title": "terpotong\n{"body": "tanpa judul"}\n{"title": "Tanggal Aneh", "published": "lusa"}\n')
    outcome = carinews("index")
    assert outcome.code == 6
    assert "corpus/kosong.txt: the file is empty" in outcome.err
    assert "corpus/berita.jsonl:4: not JSON" in outcome.err
    assert "corpus/berita.jsonl:5: the record has no title" in outcome.err
    assert "corpus/berita.jsonl:6: the date 'lusa' was not understood" in outcome.err
    assert carinews("search", "durian").code == 0
    undated = json.loads(carinews("search", "tanggal aneh", "--json").out)["hits"][0]
    assert (undated["published"], undated["date_certainty"]) == (None, "unknown")


def test_a_file_that_broke_takes_nothing_away(carinews: Carinews, place: Path) -> None:
    """A file cut short after it was indexed is refused each time, its articles stay until it can be read or is gone."""
    carinews("index")
    records = place / "corpus" / "berita.jsonl"
    records.write_text('{"id": "r1", "title": "Har')
    for _ in range(2):
        outcome = carinews("index")
        assert outcome.code == 6
        assert "corpus/berita.jsonl:1: not JSON" in outcome.err
        assert carinews("search", "durian").code == 0
    records.write_text('{"id": "r9", "title": "Kelapa Muda"}\n')
    assert carinews("index").code == 0
    assert carinews("search", "durian").code == 1
    records.write_text('{"id": "r9", "tit')
    assert carinews("index").code == 6
    records.unlink()
    assert carinews("index").code == 0
    assert carinews("search", "kelapa").code == 1


def test_a_file_may_become_an_empty_list(carinews: Carinews, place: Path) -> None:
    """A file that is read well and holds nothing any more takes its articles out."""
    listed = place / "corpus" / "daftar.json"
    listed.write_text('[{"id": "d1", "title": "Salak Pondoh"}]')
    carinews("index")
    listed.write_text("[]")
    assert carinews("index").code == 0
    assert carinews("search", "salak").code == 1


def test_a_rebuild_of_nothing_changes_nothing(carinews: Carinews, place: Path) -> None:
    """Where nothing of the corpus can be read, the index stays as it was."""
    carinews("index")
    for path in list((place / "corpus").rglob("*.*")):
        path.write_text("")
    outcome = carinews("rebuild")
    assert outcome.code == 6
    assert "is empty" in outcome.err
    assert carinews("search", "durian").code == 0


def test_a_missing_path(carinews: Carinews) -> None:
    """A path that is not there is exit code 3 and is named."""
    outcome = carinews("index", "tak-ada")
    assert outcome.code == 3
    assert "tak-ada" in outcome.err


def test_a_locked_index(carinews: Carinews, place: Path) -> None:
    """While somebody writes, `index` is refused with exit code 4 and names the process; searches go on."""
    carinews("index")
    with IndexWriter(place / "index") as writer:
        outcome = carinews("rebuild")
        assert outcome.code == 4
        assert str(os.getpid()) in outcome.err
        assert carinews("search", "durian").code == 0
        writer.cancel()


def test_a_damaged_index(carinews: Carinews, place: Path) -> None:
    """`verify` and searches refuse a damaged index with exit code 5; `rebuild` mends it."""
    carinews("index")
    assert "whole" in carinews("verify").out
    segment = max((place / "index").glob("segment-*"), key=lambda path: path.stat().st_size)
    content = bytearray(segment.read_bytes())
    content[len(content) // 2] ^= 1
    segment.write_bytes(content)
    outcome = carinews("verify")
    assert outcome.code == 5
    assert segment.name in outcome.err
    assert carinews("rebuild").code == 0
    assert carinews("verify").code == 0


def test_an_index_of_another_version(carinews: Carinews, place: Path) -> None:
    """An index of another format is refused with exit code 5 and the command that mends it."""
    carinews("index")
    current = place / "index" / "CURRENT"
    current.write_text(current.read_text().replace(f'"format": {FORMAT}', '"format": 99', 1))
    outcome = carinews("search", "durian")
    assert outcome.code == 5
    assert "99" in outcome.err
    assert "carinews rebuild" in outcome.err


def test_show(carinews: Carinews) -> None:
    """`show` gives the whole article, its links apart from its text; an unknown id is exit code 1."""
    article_id = carinews("search", "memanen", "--kind", "article", "--ids").out.split()[0]
    text = carinews("show", article_id).out
    assert text.startswith("Panen Rambutan di Desa Rindang Melimpah\nkabar.example · Rindang · 4 Mar 2019 09:30 WIB")
    assert "Baca juga: Harga Rambutan Turun di Pasar Baru" in text
    document = json.loads(carinews("show", article_id, "--json").out)
    assert document["schema"] == "carinews.article/1"
    assert "Baca juga" not in document["body"]
    assert "Perbaikan" not in document["body"]
    assert document["related"][1]["age"] == "3 hari lalu"
    assert carinews("show", "tak-ada").code == 1


def test_related(carinews: Carinews) -> None:
    """`related` follows the links to their documents, whole articles and stories known from links alike."""
    article_id = carinews("search", "memanen", "--kind", "article", "--ids").out.split()[0]
    lines = [line.split("\t") for line in carinews("related", article_id, "-n", "0").out.splitlines()]
    assert [(line[0], line[3]) for line in lines] == [
        ("Baca juga", "Harga Rambutan Turun di Pasar Baru"),
        ("Berita terkait", "Jalan ke Desa Rindang Diperbaiki"),
    ]
    assert carinews("show", lines[1][2]).code == 0
    assert carinews("related", "r2", "-n", "0").code == 1
    assert carinews("related", "tak-ada").code == 1


def test_every_file_is_named_where_none_can_be_used(carinews: Carinews, place: Path) -> None:
    """Exit code 6; no file hides behind the first, and there is no index of nothing."""
    (place / "buruk").mkdir()
    (place / "buruk" / "a.jsonl").write_text("{\n")
    (place / "buruk" / "b.txt").write_text("")
    outcome = carinews("index", "buruk")
    assert outcome.code == 6
    assert [line.split(":")[1].strip() for line in outcome.err.splitlines()] == ["buruk/a.jsonl", "buruk/b.txt"]
    assert not (place / "index" / "CURRENT").exists()


def test_similar_articles_stand_behind_the_links(carinews: Carinews) -> None:
    """What no page links to but is alike in its words is named apart; what is linked is not named again."""
    article_id = carinews("search", "memanen", "--kind", "article", "--ids").out.split()[0]
    found = json.loads(carinews("related", article_id, "--json").out)
    assert found["schema"] == "carinews.related/1"
    assert [story["id"] for story in found["related"]][:1] == ["r1"]
    assert "r1" not in [story["id"] for story in found["similar"]]
    (line,) = carinews("related", "r2", "-n", "1").out.splitlines()
    assert line == "Similar\t2019-03-05T07:00:00+07:00\tr1\tHarga Rambutan Turun di Pasar Baru"
    (similar,) = json.loads(carinews("related", "r2", "-n", "1", "--json").out)["similar"]
    assert set(similar) == {"id", "title", "published", "score"}


def test_stats(carinews: Carinews) -> None:
    """`stats` counts documents, articles, stories known from links and undated ones."""
    counted = json.loads(carinews("stats", "--json").out)
    found = {name: counted[name] for name in ("documents", "articles", "related", "undated")}
    assert found == {"documents": 5, "articles": 4, "related": 1, "undated": 2}
    assert "articles     4" in carinews("stats").out


def test_the_dates_of_stats_are_western_indonesian(carinews: Carinews) -> None:
    """A midnight there is the day before in UTC: the day is told as people there call it, and the zone is named."""
    assert "5 Mar 2019 to 2 Jan 2020 (WIB); 1 undated" in carinews("stats", "--corpus", "corpus/berita.jsonl").out
    counted = json.loads(carinews("stats", "--json").out)
    assert (counted["oldest"], counted["newest"]) == ("2019-03-05T07:00:00+07:00", "2020-01-02T00:00:00+07:00")


def test_help_and_version(carinews: Carinews) -> None:
    """Help names every command, each command has help with an example, and the version is the package's."""
    listed = carinews("--help").out
    for name in ("search", "index", "rebuild", "show", "related", "explain", "stats", "verify"):
        assert f"  {name}" in listed
        assert carinews(name, "--help").code == 0
    assert carinews("--version").out == f"carinews, version {package.__version__}\n"


def test_words(carinews: Carinews) -> None:
    """`words` shows the root of a word and all its forms in the index, each with its counts."""
    assert carinews("words", "memanen").out == (
        "memanen ← panen\n"
        "        3× in 3 documents        panen\n"
        "        1× in 1 document         memanen\n"
        "        1× in 1 document         pemanenan\n"
    )
    counted = json.loads(carinews("words", "PANEN", "--json").out)
    assert counted["forms"][0] == {"form": "panen", "documents": 3, "occurrences": 3}
    assert carinews("words", "zzzz").code == 1
    assert carinews("words", "?!").code == 2


def test_processes_can_be_counted(carinews: Carinews, place: Path) -> None:
    """--workers takes one or more, and a small corpus needs none but this one."""
    assert carinews("rebuild", "--workers", "1").code == 0
    assert carinews("index", "--workers", "2").code == 0
    assert carinews("rebuild", "--workers", "0").code == 2
