"""Segments built by other processes, none of which knows of the others.

    writer ──batch──▶ thread ──pipe──▶ process: SegmentBuilder ──▶ segment file
                      thread ◀──pipe── its record, or what went wrong

A segment depends on nothing but its batch, so the index is the same however many processes build.
They are plain Python processes: `multiprocessing` would ask every program that builds an index for
an `if __name__ == "__main__"`, and forking forbids it to have threads.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

from carinews.analysis.analyzer import Analyzer
from carinews.analysis.lexicon import Lexicon
from carinews.errors import CarinewsError
from carinews.index.builder import SegmentBuilder
from carinews.index.storage import Folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from carinews.index.manifest import SegmentRecord
    from carinews.model import Article

    Batch = Iterable[tuple[Article, bool]]

_PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from carinews.index.workers import serve; serve()"


def available() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def build(builder: SegmentBuilder, folder: Folder, name: str, batch: Batch) -> SegmentRecord:
    """Write some articles, each with whether it was made from links alone, as one segment. Raises OSError."""
    try:
        for article, derived in batch:
            builder.add(article, derived=derived)
        return builder.write(folder, name)
    finally:
        builder.clear()


class Workers:
    """Some processes that build segments in a folder; each starts when there is work for it."""

    def __init__(self, folder: Path, own_lists: Mapping[str, str], dictionary: bytes, count: int) -> None:
        self._settings = (folder.resolve(), dict(own_lists), dictionary)
        self._threads = ThreadPoolExecutor(count, "carinews-build")
        self._room = threading.BoundedSemaphore(count + 1)  # one batch may wait while all are busy: memory stays flat
        self._of_thread = threading.local()
        self._processes: list[subprocess.Popen[bytes]] = []

    def build(self, name: str, batch: Batch) -> Future[SegmentRecord]:
        """Begin to build a segment; waits while too many are under way. Its result may raise OSError, CarinewsError."""
        self._room.acquire()
        under_way = self._threads.submit(self._ask, name, list(batch))
        under_way.add_done_callback(lambda _: self._room.release())
        return under_way

    def _ask(self, name: str, batch: list[tuple[Article, bool]]) -> SegmentRecord:
        process = self._process()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            _send(process.stdin, (name, batch))
            answer: SegmentRecord | Exception = pickle.load(process.stdout)  # noqa: S301  # from our own process
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            del self._of_thread.process
            raise CarinewsError(
                f"{self._settings[0] / name}: the process that built it ended early (status {process.wait()}); "
                "is there memory enough? One process at a time needs least: --workers 1"
            ) from error
        if isinstance(answer, Exception):
            raise answer
        Folder(self._settings[0]).rename(answer.file.name, name)
        return replace(answer, file=answer.file._replace(name=name))

    def _process(self) -> subprocess.Popen[bytes]:
        """The process of this thread."""
        if not hasattr(self._of_thread, "process"):
            command = [sys.executable, "-c", _PROGRAM, *sys.path]
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
            self._processes.append(process)
            assert process.stdin is not None
            _send(process.stdin, self._settings)
            self._of_thread.process = process
        own: subprocess.Popen[bytes] = self._of_thread.process
        return own

    def close(self) -> None:
        """End all processes, whatever they do."""
        for process in self._processes:
            process.kill()
        self._threads.shutdown(cancel_futures=True)
        for process in self._processes:
            with suppress(OSError), process:  # closes the pipes, though nobody reads what is left in them, and waits
                pass


def serve() -> None:
    """Build what is asked for on stdin, until it is closed: what a worker process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asked decides when to stop
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints cannot garble an answer
    path, own_lists, dictionary = pickle.load(source)  # noqa: S301
    folder, builder = Folder(path), SegmentBuilder(Analyzer(Lexicon(own_lists)), dictionary)
    while True:
        try:
            name, batch = pickle.load(source)  # noqa: S301
        except EOFError:
            return
        try:
            # Under a name of its own: a process whose writer was killed may end its work beside another writer's.
            _send(sink, build(builder, folder, f"{name}.{os.getpid()}", batch))
        except Exception as error:  # it belongs to who asked
            _send(sink, error)


def _send(sink: BinaryIO | Any, message: object) -> None:
    pickle.dump(message, sink, pickle.HIGHEST_PROTOCOL)
    sink.flush()
