"""Segments built and merged by other processes, none of which knows of the others.

    writer ──some articles──▶ queue ──▶ thread ──pipe──▶ process: SegmentBuilder ──▶ segment file
                                        thread ◀──pipe── its record, or what went wrong

A process works on the first articles of a segment while the last are still being read. A segment depends
on nothing but its articles, so the index is the same however many processes build.
They are plain Python processes: `multiprocessing` would ask every program that builds an index for
an `if __name__ == "__main__"`, and forking forbids it to have threads.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
import threading
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, BinaryIO

from carinews.analysis.analyzer import Analyzer
from carinews.analysis.lexicon import Lexicon
from carinews.errors import CarinewsError
from carinews.index.builder import SegmentBuilder
from carinews.index.copies import groups
from carinews.index.merge import merge
from carinews.index.segment import Segment
from carinews.index.storage import Folder
from carinews.model import Article
from carinews.wording import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from carinews.index.manifest import SegmentRecord
    from carinews.index.merge import Part

    Entry = tuple[Article, bool] | str
    """An article, and whether it was made from links alone; or the id of one that is taken back."""

    _Work = Callable[[SegmentBuilder, Folder, str, BinaryIO], SegmentRecord | bytes | Exception]

_PROGRAM = "import sys; sys.path[:] = sys.argv[1:]; from carinews.index.workers import serve; serve()"

_NAMES = Article.__slots__
_values = attrgetter(*_NAMES)


def available() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def build(
    builder: SegmentBuilder, folder: Folder, name: str, entries: Iterable[Entry], dictionary: Callable[[], bytes]
) -> SegmentRecord:
    """Write some articles as one segment; the dictionary is asked for when all are there. Raises OSError."""
    try:
        for entry in entries:
            if isinstance(entry, str):
                builder.discard(entry)
            else:
                builder.add(entry[0], derived=entry[1])
        return builder.write(folder, name, dictionary())
    finally:
        builder.clear()


class Workers:
    """Some processes that build and merge segments in a folder; each starts when there is work for it."""

    def __init__(self, folder: Path, own_lists: Mapping[str, str], count: int) -> None:
        self._settings = (folder.resolve(), dict(own_lists))
        self._room = threading.BoundedSemaphore(count)  # no articles wait in memory for a process: it stays flat
        self._processes: list[subprocess.Popen[bytes]] = []
        self._idle: list[subprocess.Popen[bytes]] = []
        self._threads: list[threading.Thread] = []

    def build(self, name: str, messages: Iterable[Sequence[Entry] | bytes]) -> Future[SegmentRecord]:
        """Begin to build a segment; waits until a process is free. Its result may raise OSError, CarinewsError.

        The messages are some articles at a time, and at last the dictionary that they are compressed with.
        """
        return self._begin(_build, name, map(_as_values, messages))

    def merge(self, name: str, parts: Sequence[Part]) -> Future[SegmentRecord]:
        """Begin to merge segments, as `build` begins to build."""
        return self._begin(_merge, name, [parts])

    def copies(self, parts: Sequence[Part]) -> Future[bytes]:
        """Begin to look for copies among segments: what `copies.groups` finds, as bytes."""
        return self._begin(_copies, "copies", [parts])

    def _begin(self, work: _Work, name: str, messages: Iterable[object]) -> Future[Any]:
        self._room.acquire()
        under_way: Future[Any] = Future()
        # A daemon: articles that a program forgot to commit or to cancel must not keep it from ending.
        thread = threading.Thread(target=self._fulfil, args=(under_way, work, name, messages), daemon=True)
        self._threads = [*filter(threading.Thread.is_alive, self._threads), thread]
        thread.start()
        return under_way

    def _fulfil(self, under_way: Future[Any], work: _Work, name: str, messages: Iterable[object]) -> None:
        try:
            under_way.set_result(self._ask(work, name, messages))
        except BaseException as error:
            under_way.set_exception(error)
        finally:
            self._room.release()

    def _ask(self, work: _Work, name: str, messages: Iterable[object]) -> SegmentRecord | bytes:
        process = self._free_process()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            _send(process.stdin, (work, name))
            for message in messages:
                _send(process.stdin, message)
            answer: SegmentRecord | bytes | Exception = pickle.load(process.stdout)  # noqa: S301  # from our own process
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise CarinewsError(
                Message(
                    "{file}: the process that built it ended early (status {status}); "
                    "is there memory enough? One process at a time needs least: --workers 1",
                    file=self._settings[0] / name,
                    status=process.wait(),
                )
            ) from error
        self._idle.append(process)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, bytes):
            return answer
        Folder(self._settings[0]).rename(answer.file.name, name)
        return replace(answer, file=answer.file._replace(name=name))

    def _free_process(self) -> subprocess.Popen[bytes]:
        with suppress(IndexError):
            return self._idle.pop()
        command = [sys.executable, "-c", _PROGRAM, *sys.path]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
        self._processes.append(process)
        assert process.stdin is not None
        _send(process.stdin, self._settings)
        return process

    def rest(self) -> None:
        """End the processes that have nothing to do, and give their memory free: some 150 MB of words each."""
        while self._idle:
            _end(self._idle.pop())

    def close(self) -> None:
        """End all processes, whatever they do."""
        for process in self._processes:
            process.kill()
        for thread in self._threads:
            thread.join()
        for process in self._processes:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    with suppress(OSError), process:  # closes the pipes, though nobody reads what is left in them, and waits
        pass


def serve() -> None:
    """Do what is asked for on stdin, until it is closed: what a worker process does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asked decides when to stop
    gc.disable()  # what goes round in circles is collected where it is given up
    source, sink = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints cannot garble an answer
    path, own_lists = pickle.load(source)  # noqa: S301
    folder, builder = Folder(path), SegmentBuilder(Analyzer(Lexicon(own_lists)))
    with suppress(EOFError):
        while True:
            work, name = pickle.load(source)  # noqa: S301
            # Under a name of its own: a process whose writer was killed may end its work beside another writer's.
            _send(sink, work(builder, folder, f"{name}.{os.getpid()}", source))


def _build(builder: SegmentBuilder, folder: Folder, name: str, source: BinaryIO) -> SegmentRecord | Exception:
    """The record of a segment of the articles to come, or what went wrong."""
    articles = _Articles(source)
    try:
        return build(builder, folder, name, articles, lambda: articles.dictionary)
    except Exception as error:  # it belongs to who asked
        for _ in articles:  # what is left of them is not the next question
            pass
        return error


def _merge(builder: SegmentBuilder, folder: Folder, name: str, source: BinaryIO) -> SegmentRecord | Exception:
    """The record of a segment merged from others, or what went wrong."""
    parts = pickle.load(source)  # noqa: S301
    try:
        return merge(folder, name, parts)
    except Exception as error:
        return error


def _copies(builder: SegmentBuilder, folder: Folder, name: str, source: BinaryIO) -> bytes | Exception:
    """The copies among some segments, or what went wrong."""
    parts = pickle.load(source)  # noqa: S301
    try:
        return groups([Segment(folder.path / record.file.name, record, live) for record, live in parts]).tobytes()
    except Exception as error:
        return error


class _Articles:
    """The articles of a segment as they arrive; `dictionary` is there when they end."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.dictionary = b""
        self._ended = False

    def __iter__(self) -> Iterator[Entry]:
        while not self._ended:
            message = pickle.load(self._source)  # noqa: S301
            if isinstance(message, bytes):
                self.dictionary, self._ended = message, True
            else:
                for entry in message:
                    yield entry if isinstance(entry, str) else (_article(entry[0]), entry[1])


def _as_values(message: Sequence[Entry] | bytes) -> object:
    """Articles as tuples: as objects they take three times as long to send."""
    if isinstance(message, bytes):
        return message
    return [entry if isinstance(entry, str) else (_values(entry[0]), entry[1]) for entry in message]


def _article(values: Sequence[object]) -> Article:
    """The reverse; the article was checked when it was first made."""
    article = object.__new__(Article)
    for name, value in zip(_NAMES, values, strict=True):
        object.__setattr__(article, name, value)
    return article


def _send(sink: BinaryIO | Any, message: object) -> None:
    pickle.dump(message, sink, pickle.HIGHEST_PROTOCOL)
    sink.flush()
