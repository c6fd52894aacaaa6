"""An open index notices what was committed, when it is asked to; the lock tells the truth about its holder."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from errno import ENOSPC
from pathlib import Path

import pytest

from carinews import Article, Index, IndexCorrupt, IndexLocked
from carinews.index import lock, manifest, reader
from carinews.index.lock import HOLDER
from carinews.index.manifest import CURRENT
from carinews.index.reader import IndexReader, verify
from carinews.index.storage import Folder
from carinews.index.writer import IndexWriter
from carinews.indexing import MOST_NAMED, update

NEW = Article(id="baru", title="Kabar Baru", body="Gempa susulan mengguncang Sigi.")


def add(path: Path, article: Article = NEW) -> None:
    with Index.writer(path) as writer:
        writer.add(article)


# -- refresh -----------------------------------------------------------------------------------------


def test_refresh_moves_to_the_newest_generation(index_path: Path) -> None:
    """Until then an index answers as it did; where nothing was committed there is nothing to do."""
    with Index.open(index_path) as index:
        assert not index.refresh()
        add(index_path)
        assert index.get("baru") is None
        assert index.refresh()
        assert index.search('"susulan"').total == 1
        assert index.get("baru") == NEW
        assert not index.refresh()


def test_refresh_keeps_the_segments_that_stayed(index_path: Path) -> None:
    """What an index has read of a segment need not be read again; one with new deletions is opened anew."""
    with Index.open(index_path) as index:
        old = index.engine.reader.segments  # type: ignore[attr-defined]
        add(index_path)
        index.refresh()
        assert index.engine.reader.segments[: len(old)] == old  # type: ignore[attr-defined]
        with Index.writer(index_path) as writer:
            writer.delete("beras")
        index.refresh()
        assert index.get("beras") is None
        assert index.search("liter").total == 0


def test_refresh_sees_an_index_made_anew(index_path: Path) -> None:
    """Also one that was deleted and built again, whose generations count from one."""
    with Index.open(index_path) as index:
        shutil.rmtree(index_path)
        Index.build([NEW], index_path).close()
        assert index.refresh()
        assert [hit.id for hit in index.search("-takada")] == ["baru"]


def test_a_refresh_that_is_refused_changes_nothing(index_path: Path) -> None:
    """Of a damaged index the old generation goes on answering, and the damage is told."""
    with Index.open(index_path) as index:
        add(index_path)
        (index_path / CURRENT).write_text("?")
        with pytest.raises(IndexCorrupt):
            index.refresh()
        assert index.search("liter").total == 1


def test_a_link_leads_to_what_the_generation_knows(index_path: Path) -> None:
    """What is remembered of related stories does not outlive the generation."""
    with Index.open(index_path) as index:
        before = index.related("gempa-palu")[0]
        add(index_path, Article(id="donggala", title="Tsunami Menerjang Donggala", body="Lengkap."))
        assert index.related("gempa-palu")[0] == before
        index.refresh()
        assert index.related("gempa-palu")[0].id == "donggala"


@pytest.mark.parametrize("look", [IndexReader, verify])
def test_a_commit_between_two_looks_is_no_damage(
    index_path: Path, monkeypatch: pytest.MonkeyPatch, look: object
) -> None:
    """Files that a commit removed after we read CURRENT are looked for in the new CURRENT."""
    real, commits = manifest.read, iter(range(3))

    def read(folder: Folder, **options: bool) -> manifest.Manifest:
        found = real(folder, **options)
        if sys._getframe(1).f_code.co_name == "_steadily" and next(commits, None) is not None:
            monkeypatch.setattr(manifest, "read", real)
            Index.build([NEW], index_path).close()
            monkeypatch.setattr(manifest, "read", read)
        return found

    monkeypatch.setattr(manifest, "read", read)
    look(index_path)  # type: ignore[operator]
    assert next(commits, None) is None
    assert reader._ATTEMPTS > 3


# -- the lock ------------------------------------------------------------------------------------------


def test_a_dead_holder_is_not_named(index_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A note that a killed process left is not taken for that of the process which has the lock now."""
    monkeypatch.setattr(lock, "_PATIENCE", 0.05)
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    with Index.writer(index_path):
        note = {"pid": int(gone.stdout), "since": "2020-01-01T00:00:00+07:00"}
        (index_path / HOLDER).write_text(json.dumps(note))
        with pytest.raises(IndexLocked, match="being written by another process"):
            Index.writer(index_path)
        (index_path / HOLDER).write_text(json.dumps(note | {"pid": os.getpid()}))
        with pytest.raises(IndexLocked, match=f"process {os.getpid()} since 2020"):
            Index.writer(index_path)


def test_a_lock_without_a_note_is_given_back(index_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk the holder cannot write its name; it can write nothing else, but nobody is locked out."""

    def fail(*_: object, **__: object) -> int:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", fail)
    Index.writer(index_path).close()
    monkeypatch.undo()
    add(index_path)


# -- what others leave ---------------------------------------------------------------------------------


def test_orphans_go_when_the_index_is_next_opened_for_writing(index_path: Path) -> None:
    """At once, whatever becomes of the writer; files that are not the index's own stay."""
    orphans = {"segment-000009-001.bin", "segment-000009-002.bin.4711", "deleted-000009-002.bin.tmp", "CURRENT.tmp",
               "segment-000009-002.bin.4711.tmp"}  # fmt: skip
    foreign = {"catatan.txt", "segment-000009-001.bin.bak", "CURRENT.alt", "CURRENT.tmp.1", "x.bin.tmp"}
    for name in orphans | foreign:
        (index_path / name).write_bytes(b"?")
    writer = Index.writer(index_path)
    left = {file.name for file in index_path.iterdir()}
    writer.close()
    assert foreign <= left
    assert not orphans & left


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs kill -9")
def test_a_worker_that_outlives_its_writer_harms_nobody(tmp_path: Path) -> None:
    """The processes of a killed writer end their work beside the next writer's, under names of their own."""
    program = (
        "import os, signal, sys, time\n"
        "from carinews import Article\n"
        "from carinews.index import workers, writer\n"
        "writer.BATCH_SIZE, send, sent = 1, workers._send, []\n"
        "workers._send = lambda *message: sent.append(send(*message))\n"
        "one = writer.IndexWriter(sys.argv[1], workers=2)\n"
        "for n in range(3): one.add(Article(f'a{n}', 'Judul', 'gempa ' * 1_000_000))\n"
        "while len(sent) < 4: time.sleep(0.01)\n"  # settings and a batch to each of the two
        "for worker in one._workers._processes:\n"
        "    os.kill(worker.pid, signal.SIGSTOP)\n"
        "    print(worker.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as killed:
        assert killed.stdout is not None
        workers = [int(killed.stdout.readline()) for _ in range(2)]
        killed.wait()
        with IndexWriter(tmp_path, workers=1) as writer:
            writer.add(Article("b", "Judul", "palu"))
        for worker in workers:
            os.kill(worker, signal.SIGCONT)
        killed.communicate()  # the workers hold its stderr until they end
    verify(tmp_path)
    with Index.open(tmp_path) as index:
        assert [hit.id for hit in index.search("palu gempa")] == ["b"]
    Index.writer(tmp_path).close()
    assert not list(tmp_path.glob("*.bin.*"))


def test_of_endless_errors_only_the_first_are_named(tmp_path: Path) -> None:
    """A file of nothing but bad lines is told of in a thousand lines and one."""
    (tmp_path / "a.jsonl").write_text("x\n" * (MOST_NAMED + 500) + '{"id": "a", "title": "Gempa"}\n')
    report = update([tmp_path / "a.jsonl"], tmp_path / "index")
    assert len(report.refused) == MOST_NAMED + 1
    assert "500 more inputs of this file are refused" in str(report.refused[-1])
    assert report.total == 1
