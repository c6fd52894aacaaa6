"""Small indexes with a known content, and processes that can be killed while they write one."""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import signal
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NoReturn

from carinews import Article, RelatedStory
from carinews.index import manifest, words
from carinews.index.lock import HOLDER, LOCK
from carinews.index.manifest import CURRENT
from carinews.index.reader import IndexReader, verify
from carinews.index.storage import Folder
from carinews.index.writer import IndexWriter

WORDS = "gempa palu warga bukit tsunami harga beras petani sawah hujan banjir jalan kota desa pasar".split()
Contents = dict[str, str]
"""The bodies of the articles of an index, by id."""


def article(name: str, body: str) -> Article:
    """An article that points at a story of its own."""
    return Article(id=name, title=f"Berita {name}", body=body, related=(RelatedStory("baca_juga", f"Kisah {name}"),))


def body(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randrange(3, 12)))


def contents(path: Path, *, checked: bool = True) -> Contents:
    """The articles of an index, after every byte of it was checked; each has its story known from the link."""
    if checked:
        verify(path)
    records = [segment.stored(doc) for segment in IndexReader(path).segments for doc in segment.live_docs()]
    found = {record["id"]: record["body"] for record in records if record.get("kind") != "related"}
    told = {record["title"] for record in records if record.get("kind") == "related"}
    assert told == {f"Kisah {name}" for name in found}, "stories do not fit the articles"
    assert len(found) + len(told) == len(records), "an id is there twice"
    return found


def changed(state: Contents, seed: int) -> Contents:
    """What a batch leaves of a state: some articles are added, some replaced, some deleted."""
    chance = random.Random(seed)
    after = dict(state)
    for name in chance.sample(sorted(after), min(len(after), chance.randrange(3) + max(0, len(after) - 25))):
        del after[name]
    for name in chance.sample(sorted(after), min(len(after), chance.randrange(2))):
        after[name] = body(chance)
    for number in range(chance.randrange(1, 4)):
        after[f"a{seed}-{number}"] = body(chance)
    return after


def write_batch(writer: IndexWriter, before: Contents, after: Contents) -> None:
    """Give a writer what leads from one state to another."""
    for name in before.keys() - after.keys():
        writer.delete(name)
    for name, text in after.items():
        if before.get(name) != text:
            writer.add(article(name, text))


def left_over(path: Path) -> set[str]:
    """The files in the folder of an index that are not part of it."""
    own = {record.name for record in manifest.read(Folder(path)).files()}
    return {file.name for file in path.iterdir()} - own - {CURRENT, LOCK, HOLDER}


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder that is gone afterwards, in memory where there is such a disk: a proof need not wait for a real one.

    While it is there, writers make small tables of words: to clear twenty megabytes takes longer than
    to index ten articles.
    """
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 2**28
    bits, words._SLOT_BITS = words._SLOT_BITS, 12
    try:
        with TemporaryDirectory(dir=memory if roomy else None) as folder:
            yield Path(folder)
    finally:
        words._SLOT_BITS = bits


class Child:
    """A process that does some work and tells how far it came; it may be killed at any time."""

    def __init__(self, work: Callable[[Callable[[object], None]], object]) -> None:
        reading, writing = os.pipe()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # the threads of NumPy's BLAS, idle here
            self.pid = os.fork()
        if not self.pid:
            os.close(reading)
            _run(work, writing)
        os.close(writing)
        self._reading = reading
        self._text = b""

    def told(self) -> list[object]:
        """All that it told until it ended; waits for the end."""
        while chunk := os.read(self._reading, 1 << 16):
            self._text += chunk
        os.close(self._reading)
        os.waitpid(self.pid, 0)
        return [json.loads(line) for line in self._text.splitlines()]

    def next(self, seconds: float = 30) -> object:
        """The next thing that it tells."""
        until = time.monotonic() + seconds
        while b"\n" not in self._text:
            ready, _, _ = select.select([self._reading], [], [], max(0, until - time.monotonic()))
            chunk = os.read(self._reading, 1 << 16) if ready else b""
            if not chunk:
                raise AssertionError(f"process {self.pid} says nothing")
            self._text += chunk
        line, _, self._text = self._text.partition(b"\n")
        return json.loads(line)

    def kill(self) -> None:
        """`kill -9`."""
        os.kill(self.pid, signal.SIGKILL)


def _run(work: Callable[[Callable[[object], None]], object], writing: int) -> NoReturn:
    def tell(what: object) -> None:
        os.write(writing, json.dumps(what).encode() + b"\n")  # so short a line is written whole or not at all

    try:
        work(tell)
    except BaseException:
        tell({"error": traceback.format_exc()})
    finally:
        os._exit(0)


def seeds(count: int) -> Iterator[int]:
    """The same numbers in every run, so that a failure can be looked at again."""
    yield from range(20_260_000, 20_260_000 + count)
