"""Segments built by processes of their own: the same index, and what goes wrong is told and harms nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carinews import Article, CarinewsError, Index
from carinews.engines.local import LocalEngine
from carinews.index import writer as writing
from carinews.index.storage import Folder
from carinews.index.workers import Workers
from carinews.index.writer import IndexWriter
from strategies import articles, corpora

MANY = [Article(f"a{number}", f"Judul {number}", f"Gempa {number} mengguncang Palu.") for number in range(40)]
SMALL = 120  # characters: some four articles a batch


def built(articles: list[Article], path: Path, workers: int) -> dict[str, bytes]:
    """The segments of an index that so many processes built, by name."""
    with IndexWriter(path, rebuild=True, workers=workers) as writer:
        for article in articles:
            writer.add(article)
    return {file.name: file.read_bytes() for file in path.glob("segment-*.bin")}


def test_any_number_of_processes_builds_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the byte: the same segments, whoever built them, in the order in which their articles came."""
    monkeypatch.setattr(writing, "BATCH_SIZE", SMALL)
    monkeypatch.setattr(writing, "_FOLD_AT", 1_000)
    one, two, three = (built(MANY, tmp_path / str(count), count) for count in (1, 2, 3))
    assert one == two == three
    assert len(one) >= 5
    with Index.open(tmp_path / "3") as index:
        assert index.search("gempa").total == len(MANY)


@settings(max_examples=5)
@given(corpora(12))
def test_the_last_of_equal_ids_stays(tmp_path_factory: pytest.TempPathFactory, articles: list[Article]) -> None:
    """Also where the two were in batches of different processes; stories known from links are the same, too."""
    folder = tmp_path_factory.mktemp("index")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "BATCH_SIZE", 1)
        assert built(articles, folder / "one", 1) == built(articles, folder / "two", 2)
    for name in ("one", "two"):
        engine = LocalEngine(folder / name)
        assert all(engine.get(article.id) == article for article in {one.id: one for one in articles}.values())


@settings(max_examples=8)
@given(st.lists(st.tuples(articles, st.booleans()), min_size=3, max_size=14))
def test_a_process_builds_while_articles_come(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[Article, bool]]
) -> None:
    """What is replaced or deleted after it was sent is so in the segment, too: the same bytes as of one process."""
    found = []
    for count in (1, 2):
        folder = tmp_path_factory.mktemp("index")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(writing, "_PROCESS_FROM", 2)
            patch.setattr(writing, "_ARTICLES_AT_ONCE", 1)
            with IndexWriter(folder, workers=count) as writer:
                for article, goes in changes:
                    writer.add(article)
                    if goes:
                        writer.delete(article.id)
        found.append({file.name: file.read_bytes() for file in folder.glob("segment-*.bin")})
    assert found[0] == found[1]


def test_any_number_of_processes_merges_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the byte, names of files included; what was waited for is told."""
    monkeypatch.setattr(writing, "BATCH_SIZE", SMALL)
    monkeypatch.setattr(writing, "_FOLD_AT", 2)
    told: list[tuple[str, int, int]] = []
    found = []
    for count in (1, 2, 3):
        with IndexWriter(tmp_path / str(count), workers=count) as writer:
            writer.watch = lambda *step: told.append(step)
            for article in MANY:
                writer.add(article)
        found.append({file.name: file.read_bytes() for file in (tmp_path / str(count)).glob("segment-*.bin")})
    assert found[0] == found[1] == found[2]
    assert len(found[0]) < 4
    assert {stage for stage, _, _ in told} == {"building", "merging"}
    assert all(1 <= done <= total for _, done, total in told)
    with Index.open(tmp_path / "2") as index:
        assert index.search("gempa").total == len(MANY)


def test_articles_are_kept_until_their_segment_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And no longer: however many there are, the writer holds those of a few batches."""
    monkeypatch.setattr(writing, "BATCH_SIZE", SMALL)
    held = 0
    with IndexWriter(tmp_path, workers=2) as writer:
        for number in range(300):
            writer.add(Article(f"a{number}", f"Judul {number}", f"Gempa {number} mengguncang Palu."))
            held = max(held, len(writer._batch.entries) + sum(len(batch.entries) for batch in writer._under_way))
    assert held < 40
    assert writer.document_count == 300


def test_a_forgotten_writer_does_not_keep_a_program_from_ending(tmp_path: Path) -> None:
    """A program that neither commits nor cancels ends, and the index is as it was: nothing."""
    program = (
        "import sys\n"
        "from carinews import Article, Index\n"
        "from carinews.index import writer as writing\n"
        "writing._PROCESS_FROM = 2\n"
        "writer = writing.IndexWriter(sys.argv[1], workers=2)\n"
        "for n in range(9): writer.add(Article(f'a{n}', f'Judul {n}'))\n"
        "print('done')\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    assert subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout == "done\n"
    assert not (tmp_path / "CURRENT").exists()


def test_what_was_added_can_be_deleted_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An article in a batch under way, in a segment, or in the batch that gathers: each can be taken back."""
    monkeypatch.setattr(writing, "BATCH_SIZE", SMALL)
    with IndexWriter(tmp_path, workers=2) as writer:
        for article in MANY:
            writer.add(article)
        assert all(writer.delete(name) for name in ("a0", "a20", "a39"))
        assert not writer.delete("a0")
    with Index.open(tmp_path) as index:
        assert index.search("gempa").total == len(MANY) - 3


def test_an_error_of_a_process_is_an_error_here(tmp_path: Path) -> None:
    """A folder that is not there cannot be written to: the process says so, and goes on building."""
    workers = Workers(tmp_path / "gone", {}, 1)
    try:
        with pytest.raises(FileNotFoundError):
            workers.build("segment-000001-001.bin", [[(MANY[0], False)], b""]).result()
        (tmp_path / "gone").mkdir()
        record = workers.build("segment-000001-002.bin", [[(MANY[0], False)], b""]).result()
        assert record.documents == 1
    finally:
        workers.close()


def test_a_process_that_dies_costs_the_batch_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the segment and what may help; the index is as it was, and the same commit can be tried again."""
    monkeypatch.setattr(writing, "BATCH_SIZE", SMALL)
    Index.build(MANY[:1], tmp_path).close()
    writer = IndexWriter(tmp_path, workers=1)
    writer._count = 2
    for article in MANY:
        writer.add(article)
    assert writer._workers is not None
    for process in writer._workers._processes:
        process.kill()
    monkeypatch.setattr(subprocess, "Popen", None)  # nor can another be started
    with pytest.raises((CarinewsError, TypeError)):
        writer.commit()
    with Index.open(tmp_path) as index:
        assert len(index) == 1
    writer._count = 1
    while True:
        try:
            writer.commit()
            break
        except (CarinewsError, TypeError):
            continue
    writer.close()
    with Index.open(tmp_path) as index:
        assert index.search("gempa").total == len(MANY)


def test_giving_up_ends_the_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After `cancel` no process is left, nor any file of theirs."""
    monkeypatch.setattr(writing, "BATCH_SIZE", SMALL)
    writer = IndexWriter(tmp_path, workers=2)
    for article in MANY:
        writer.add(article)
    writer.cancel()
    assert writer._workers is not None
    assert all(process.returncode is not None for process in writer._workers._processes)
    assert [name for name in Folder(tmp_path).names() if name.endswith((".bin", ".tmp"))] == []


def test_a_program_needs_no_guard(tmp_path: Path) -> None:
    """A plain script, without `if __name__ == "__main__"` and with a thread running, builds with two processes."""
    program = tmp_path / "program.py"
    program.write_text(
        "import sys, threading\n"
        "from carinews import Article, Index\n"
        "from carinews.index import writer\n"
        "writer.BATCH_SIZE = 100\n"
        "threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
        "articles = [Article(f'a{n}', f'Judul {n}', 'Gempa mengguncang Palu.') for n in range(30)]\n"
        "print(len(Index.build(articles, sys.argv[1], workers=2)))\n"
    )
    command = [sys.executable, str(program), str(tmp_path / "index")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "30\n"


@pytest.mark.parametrize("workers", [0, -1])
def test_no_process_at_all_is_refused(tmp_path: Path, workers: int) -> None:
    """The least is one, which is this one."""
    with pytest.raises(ValueError, match="1 is the least"):
        IndexWriter(tmp_path, workers=workers)
