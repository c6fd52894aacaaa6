"""`carinews index` reads what changed and nothing else, and ends where a rebuild would."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

import pytest

from carinews import Article, Index
from carinews.index.manifest import read
from carinews.index.reader import IndexReader, read_sources
from carinews.index.storage import Folder
from carinews.index.writer import IndexWriter
from carinews.indexing import Report, update


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder for files of records."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


def write(file: Path, **titles: str) -> None:
    """A file of records: ids and titles."""
    file.parent.mkdir(exist_ok=True)
    file.write_text("".join(json.dumps({"id": name, "title": title}) + "\n" for name, title in titles.items()))


def titles(index: Path) -> dict[str, str]:
    """The titles in an index, by id."""
    records = [segment.stored(doc) for segment in IndexReader(index).segments for doc in segment.live_docs()]
    assert len({record["id"] for record in records}) == len(records)
    return {record["id"]: record["title"] for record in records}


def run(corpus: Path) -> Report:
    return update([corpus], corpus.parent / "index")


def check_is_a_rebuild(corpus: Path) -> None:
    """The index has what a new one of the same corpus has."""
    update([corpus], corpus.parent / "fresh", rebuild=True)
    assert titles(corpus.parent / "index") == titles(corpus.parent / "fresh")


# -- what changed ------------------------------------------------------------------------------------


def test_a_file_touched_is_not_a_file_changed(corpus: Path) -> None:
    """Another time with the same bytes is no reason to read a file, nor is a copy put in its place."""
    write(corpus / "a.jsonl", a="Satu")
    assert run(corpus).files_read == 1
    os.utime(corpus / "a.jsonl", (0, 0))
    assert (run(corpus).files_read, run(corpus).files_unchanged) == (0, 1)


def test_a_change_within_the_tick_of_a_clock_is_seen(corpus: Path) -> None:
    """The same size and the same time, but other bytes, right after a run: the file is read again."""
    write(corpus / "a.jsonl", a="Satu")
    run(corpus)
    status = (corpus / "a.jsonl").stat()
    write(corpus / "a.jsonl", a="Tiga")
    os.utime(corpus / "a.jsonl", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert run(corpus).files_read == 1
    assert titles(corpus.parent / "index") == {"a": "Tiga"}


def test_of_a_changed_file_only_the_changed_articles_are_indexed(corpus: Path) -> None:
    """A record appended to a thousand makes a segment of one document."""
    many = {f"a{number}": f"Berita {number}" for number in range(1_000)}
    write(corpus / "a.jsonl", **many)
    run(corpus)
    write(corpus / "a.jsonl", **many, baru="Kabar Baru")
    report = run(corpus)
    assert (report.documents, report.kept) == (1_001, 1_000)
    assert sorted(segment.documents for segment in IndexReader(corpus.parent / "index").segments) == [1, 1_000]
    write(corpus / "a.jsonl", **{**dict(list(many.items())[:10]), "a3": "Lain"})
    run(corpus)
    check_is_a_rebuild(corpus)


def test_notes_of_another_kind_are_taken_as_none(corpus: Path) -> None:
    """An index that kept size and time only is brought up to date by reading, and nothing is indexed twice."""
    write(corpus / "a.jsonl", a="Satu")
    run(corpus)
    with IndexWriter(corpus.parent / "index") as writer:
        for name in writer.sources:
            writer.sources[name] = [12, 3_000]
    report = run(corpus)
    assert (report.files_read, report.kept) == (1, 1)
    assert run(corpus).files_unchanged == 1


# -- one id in several files ---------------------------------------------------------------------------


@pytest.mark.parametrize("order", [["a.jsonl", "b.jsonl"], ["b.jsonl", "a.jsonl"]])
def test_of_one_id_the_last_path_counts_whichever_came_first(corpus: Path, order: list[str]) -> None:
    """Not the order in which files appeared decides, but that of their paths, as in a rebuild."""
    for name in order:
        write(corpus / name, sama=f"Dari {name}", **{name[0]: "Sendiri"})
        run(corpus)
    assert titles(corpus.parent / "index")["sama"] == "Dari b.jsonl"
    check_is_a_rebuild(corpus)


def test_an_article_returns_when_the_file_that_hid_it_goes(corpus: Path) -> None:
    """The other file is remembered and read again, though it did not change."""
    write(corpus / "a.jsonl", sama="Pertama", a="A")
    write(corpus / "b.jsonl", sama="Kedua", b="B")
    assert run(corpus).doubles == 1
    (corpus / "b.jsonl").unlink()
    assert run(corpus).files_read == 1
    assert titles(corpus.parent / "index") == {"sama": "Pertama", "a": "A"}


def test_an_article_returns_when_it_leaves_the_file_that_hid_it(corpus: Path) -> None:
    """Of three files with one id, each that loses it gives way to the one before."""
    for number, name in enumerate("abc"):
        write(corpus / f"{name}.jsonl", sama=f"Dari {number}", **{name: "Sendiri"})
    run(corpus)
    for left in ("b", "a"):
        loser = chr(ord(left) + 1)
        write(corpus / f"{loser}.jsonl", **{loser: "Sendiri"})
        run(corpus)
        assert titles(corpus.parent / "index")["sama"] == f"Dari {ord(left) - ord('a')}"
        check_is_a_rebuild(corpus)


def test_a_moved_file_keeps_its_articles(corpus: Path) -> None:
    """Before or behind its old place, in the same run."""
    write(corpus / "m.jsonl", m="Pindah")
    run(corpus)
    for name in ("a.jsonl", "z.jsonl"):
        next(corpus.glob("*.jsonl")).rename(corpus / name)
        assert run(corpus).files_removed == 1
        assert titles(corpus.parent / "index") == {"m": "Pindah"}


def test_a_file_outside_of_the_paths_gives_its_article_back(tmp_path: Path, corpus: Path) -> None:
    """Where the winner goes, the loser is read again though nobody asked for its folder."""
    write(tmp_path / "arsip" / "a.jsonl", sama="Arsip")
    write(corpus / "b.jsonl", sama="Baru")
    write(corpus / "c.jsonl", c="C")
    index = tmp_path / "index"
    update([tmp_path / "arsip"], index)
    update([corpus], index)
    assert titles(index) == {"sama": "Baru", "c": "C"}
    (corpus / "b.jsonl").unlink()
    update([corpus], index)
    assert titles(index) == {"sama": "Arsip", "c": "C"}


def test_a_file_by_another_name_is_the_same_file(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named from here or from the root of the disk, a changed file counts as it is now."""
    monkeypatch.chdir(corpus.parent)
    write(corpus / "a.jsonl", a="Satu")
    update([Path("corpus")], "index")
    update([corpus], "index")
    write(corpus / "a.jsonl", a="Dua")
    update([Path("corpus")], "index")
    assert titles(corpus.parent / "index") == {"a": "Dua"}
    folder = Folder("index")
    assert list(read_sources(folder.path, read(folder))) == ["corpus/a.jsonl"]


def test_a_broken_file_in_front_takes_nothing_away(corpus: Path) -> None:
    """What it gave before stays until it can be read, and what it hid stays hidden."""
    write(corpus / "a.jsonl", sama="Pertama")
    write(corpus / "b.jsonl", sama="Kedua", b="B")
    run(corpus)
    (corpus / "b.jsonl").write_text('{"id": ')
    assert run(corpus).refused
    assert titles(corpus.parent / "index")["b"] == "B"
    (corpus / "b.jsonl").unlink()
    run(corpus)
    check_is_a_rebuild(corpus)


def test_a_file_whose_name_is_no_text_can_be_taken_out(corpus: Path) -> None:
    """A name in another encoding is a name like others."""
    name = os.fsdecode(b"\xff.jsonl")
    try:
        write(corpus / name, a="A")
    except OSError:
        pytest.skip("this disk takes names in UTF-8 only")
    write(corpus / "b.jsonl", b="B")
    run(corpus)
    (corpus / name).unlink()
    run(corpus)
    assert titles(corpus.parent / "index") == {"b": "B"}


@pytest.mark.parametrize("seed", range(3))
def test_any_life_of_a_corpus_ends_as_its_rebuild(corpus: Path, seed: int) -> None:
    """Files that come, go, move, break, share ids: after every run the index is that of a rebuild."""
    chance = random.Random(seed)
    names = [corpus / f"{folder}{name}.jsonl" for folder in ("", "d/") for name in "abc"]
    for _ in range(15):
        for _ in range(chance.randrange(1, 4)):
            file = chance.choice(names)
            match chance.choice(["write", "write", "write", "remove", "move"]):
                case "write":
                    ids = chance.sample("pqrstuv", chance.randrange(1, 4))
                    write(file, **{name: f"Judul {chance.randrange(4)}" for name in ids})
                case "remove":
                    file.unlink(missing_ok=True)
                case "move" if file.exists():
                    file.rename(chance.choice([other for other in names if other.parent.exists()]))
        if any(file.exists() for file in names):
            run(corpus)
            check_is_a_rebuild(corpus)


# -- the writer ----------------------------------------------------------------------------------------


def test_delete_path_sees_what_was_just_added(index_path: Path) -> None:
    """Articles of a file in the batch that gathers go too, and none that they replaced comes back."""
    with Index.writer(index_path) as writer:
        writer.add(Article(id="beras", title="Baru", path="b.jsonl"))
        writer.add(Article(id="lain", title="Lain", path="b.jsonl"))
        writer.add(Article(id="tinggal", title="Tinggal", path="c.jsonl"))
        assert writer.delete_path("b.jsonl") == 2
        writer.commit()
        writer.add(Article(id="tinggal", title="Tinggal", path="d.jsonl"))
        assert writer.delete_path("c.jsonl") == 0  # it is another file's now
    assert not {"beras", "lain"} & titles(index_path).keys()
    assert "tinggal" in titles(index_path)


def test_get_tells_what_the_next_commit_will_leave(index_path: Path) -> None:
    """Committed, added, replaced, deleted; a story known from links is no article."""
    with Index.writer(index_path) as writer, Index.open(index_path) as index:
        assert writer.get("beras") == index.get("beras")
        (stand_in,) = (hit.id for hit in index.search("donggala", kind="related"))
        assert writer.get(stand_in) is None
        writer.add(Article(id="beras", title="Baru"))
        assert writer.get("beras") == Article(id="beras", title="Baru")
        writer.delete("beras")
        assert writer.get("beras") is None
