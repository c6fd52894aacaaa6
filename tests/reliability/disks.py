"""Disks that fail, stop, or forget: each stands in for `carinews.index.storage.disk`.

A disk counts the steps that change what is on it. At a given one it returns an error as a full or
broken disk does, ends the process as a power switch does, or is looked at to see what of it is certain.
"""

from __future__ import annotations

import errno
import os
import random
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from carinews.index import storage
from carinews.index.storage import Disk

STEPS = ("make_folder", "create", "write", "sync", "rename", "remove", "sync_folder")
TAKES_ROOM = {"make_folder", "create", "write", "sync", "rename"}


class Crash(BaseException):
    """The process stops here: nothing that it would still have done is done."""


@contextmanager
def installed(disk: Disk) -> Iterator[Any]:
    """Put a disk in the place of the real one."""
    before, storage.disk = storage.disk, disk
    try:
        yield disk
    finally:
        storage.disk = before


class CountingDisk(Disk):
    """The real disk, with a look before every step."""

    def __init__(self) -> None:
        self.steps = 0

    def before(self, step: str) -> None:
        """What happens before a step; whatever it raises comes in place of the step."""

    def write(self, file: BinaryIO, chunk: memoryview) -> int:
        try:
            self._look("write")
        except BaseException:
            super().write(file, chunk[: len(chunk) // 2])  # a write that fails has often begun
            raise
        return super().write(file, chunk)

    def _look(self, step: str) -> None:
        self.steps += 1
        self.before(step)


def _looked_at(step: str) -> Callable[..., Any]:
    real = getattr(Disk, step)

    def method(self: CountingDisk, *arguments: Any) -> Any:
        self._look(step)
        return real(self, *arguments)

    return method


for _step in set(STEPS) - {"write"}:
    setattr(CountingDisk, _step, _looked_at(_step))


class FailingDisk(CountingDisk):
    """Its step number `at` (from 1) fails; with `lasting`, all that need room do from then on."""

    def __init__(self, at: int, number: int = errno.ENOSPC, *, lasting: bool = False) -> None:
        super().__init__()
        self.at, self.number, self.lasting = at, number, lasting
        self.failures = 0

    def before(self, step: str) -> None:
        again = self.lasting and self.steps > self.at and (step in TAKES_ROOM or self.number != errno.ENOSPC)
        if self.steps == self.at or again:
            self.failures += 1
            raise OSError(self.number, os.strerror(self.number))


class CrashingDisk(CountingDisk):
    """From its step number `at` on, nothing is done any more."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at = at

    def before(self, step: str) -> None:
        if self.steps >= self.at:
            raise Crash


class DeadlyDisk(CountingDisk):
    """Its step number `at` kills this process, as `kill -9` does."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at = at

    def before(self, step: str) -> None:
        if self.steps == self.at:
            os.kill(os.getpid(), signal.SIGKILL)


class File:
    """A file of the model: its bytes, and those of them that are certain (None: none are)."""

    def __init__(self) -> None:
        self.content = b""
        self.certain: bytes | None = None


State = dict[str, bytes]
"""The files of a folder: names and bytes."""


class ForgetfulDisk(CountingDisk):
    """The real disk, and a model of what a power cut would leave of one folder.

    Certain are the bytes of a file that was synced, and the names in the folder when it was last
    synced. All else may be there, or not, or in parts.
    """

    def __init__(self) -> None:
        super().__init__()
        self.names: dict[str, File] = {}
        self.certain_names: dict[str, File] = {}
        self._open: dict[int, File] = {}
        self.after: Callable[[], None] = lambda: None

    def create(self, path: Path) -> BinaryIO:
        file = super().create(path)
        self._open[id(file)] = self.names[path.name] = File()
        self.after()
        return file

    def write(self, file: BinaryIO, chunk: memoryview) -> int:
        written = super().write(file, chunk)
        self._open[id(file)].content += bytes(chunk[:written])
        self.after()
        return written

    def sync(self, file: BinaryIO) -> None:
        super().sync(file)
        model = self._open[id(file)]
        model.certain = model.content
        self.after()

    def close(self, file: BinaryIO) -> None:
        super().close(file)
        del self._open[id(file)]

    def rename(self, old: Path, new: Path) -> None:
        super().rename(old, new)
        self.names[new.name] = self.names.pop(old.name)
        self.after()

    def remove(self, path: Path) -> None:
        super().remove(path)
        self.names.pop(path.name, None)
        self.after()

    def sync_folder(self, path: Path) -> None:
        super().sync_folder(path)
        self.certain_names = dict(self.names)
        self.after()

    def worst(self) -> State:
        """Only what is certain: names that were synced, of files without a certain byte nothing but the name."""
        return {name: file.certain or b"" for name, file in self.certain_names.items()}

    def some(self, chance: random.Random) -> State:
        """One of the many states that a power cut may leave: any name may be the old or the new one."""
        state: State = {}
        for name in sorted(self.names.keys() | self.certain_names.keys()):
            file = chance.choice([self.names.get(name), self.certain_names.get(name)])
            if file is not None:
                state[name] = file.content if file.certain == file.content else _garbled(file.content, chance)
        return state


def _garbled(content: bytes, chance: random.Random) -> bytes:
    """What may be left of bytes that were never synced."""
    match chance.randrange(5):
        case 0:
            return b""
        case 1:
            return content[: chance.randrange(len(content) + 1)]
        case 2:
            return bytes(len(content))
        case 3:
            return bytes(chance.randbytes(len(content)))
    return content
