"""One writer at a time, across processes; the lock dies with its process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from carinews import Article, Index, IndexLocked
from carinews.index.lock import HOLDER

HOLD = """
import sys
from carinews import Index
writer = Index.writer(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def other_process(index_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the index open for writing."""
    command = [sys.executable, "-c", HOLD, str(index_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_writer_is_refused_and_told_who_writes(index_path: Path, other_process: subprocess.Popen[str]) -> None:
    """The message names the index, the process and since when; reading goes on meanwhile."""
    with pytest.raises(IndexLocked, match=rf"being written by process {other_process.pid} since \d{{4}}-") as error:
        Index.writer(index_path)
    assert str(index_path) in str(error.value)
    with Index.open(index_path) as index:
        assert index.search("gempa").total > 0


def test_the_lock_dies_with_its_process(index_path: Path, other_process: subprocess.Popen[str]) -> None:
    """A writer that was killed leaves no lock behind, though its note still lies there."""
    other_process.kill()
    other_process.wait()
    assert (index_path / HOLDER).exists()
    with Index.writer(index_path) as writer:
        writer.add(Article(id="baru", title="Kabar Baru"))
    with Index.open(index_path) as index:
        assert index.get("baru") is not None


def test_a_second_writer_in_the_same_process_is_refused(index_path: Path) -> None:
    """Threads of one program exclude each other too, and a closed writer gives the index free."""
    first = Index.writer(index_path)
    with pytest.raises(IndexLocked):
        Index.writer(index_path)
    first.close()
    Index.writer(index_path).close()


def test_an_unreadable_note_does_not_hide_the_lock(index_path: Path) -> None:
    """Without a note on its holder the lock is still a lock."""
    with Index.writer(index_path):
        for note in ("", "{}", '{"pid": "x", "since": "y"}', "[]"):
            (index_path / HOLDER).write_text(note)
            with pytest.raises(IndexLocked, match="another process"):
                Index.writer(index_path)


def test_a_writer_that_cannot_open_gives_the_lock_back(index_path: Path) -> None:
    """An index that is refused is not left locked."""
    (index_path / "CURRENT").write_text("?")
    for _ in range(2):
        with pytest.raises(Exception, match="damaged"):
            Index.writer(index_path)
