"""One writer at a time. The lock is the system's own, so it dies with the process that holds it."""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from carinews.errors import IndexLocked
from carinews.wording import Message

if TYPE_CHECKING:
    from pathlib import Path

LOCK, HOLDER = "LOCK", "LOCK.holder"

_PATIENCE = 0.5
"""Seconds that a holder has to write its name, which it does as soon as it has the lock."""


class _Note(NamedTuple):
    """Who holds the lock, and since when."""

    pid: int
    since: datetime

    def told(self) -> Message:
        return Message("process {pid} since {since}", pid=self.pid, since=self.since.isoformat(" "))


class WriterLock:
    """Held from `acquire` to `release`. `IndexLocked` names the process that has it and since when."""

    def __init__(self, folder: Path) -> None:
        from filelock import FileLock  # 90 ms to import: only who writes pays for it

        self._folder = folder
        self._lock = FileLock(folder / LOCK)

    def acquire(self) -> None:
        """Take the lock or raise IndexLocked at once."""
        from filelock import Timeout

        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise IndexLocked(
                Message(
                    "{folder}: being written by {holder}; wait for it, then try again",
                    folder=self._folder,
                    holder=self._holder(),
                )
            ) from None
        note = {"pid": os.getpid(), "since": datetime.now().astimezone().isoformat(timespec="seconds")}
        with suppress(OSError):  # on a full disk, say: a lock without a note is a lock
            (self._folder / HOLDER).write_text(json.dumps(note), encoding="utf-8")

    def release(self) -> None:
        """Give the lock back."""
        with suppress(OSError):  # a note that stays is overwritten by the next holder
            (self._folder / HOLDER).unlink(missing_ok=True)
        self._lock.release()

    def _holder(self) -> Message:
        """Who has the lock. A note of a process that is gone is not the holder's, who is about to write another."""
        until = time.monotonic() + _PATIENCE
        while True:
            note = self._note()
            if note and _is_alive(note.pid):
                return note.told()
            if time.monotonic() > until:
                return Message("another process")
            time.sleep(0.01)

    def _note(self) -> _Note | None:
        try:
            note = json.loads((self._folder / HOLDER).read_text(encoding="utf-8"))
            return _Note(int(note["pid"]), datetime.fromisoformat(note["since"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None


def _is_alive(pid: int) -> bool:
    """Whether a process of this machine has this number; always so where one cannot ask."""
    if pid <= 0 or os.name != "posix":  # elsewhere signal 0 would end it
        return pid > 0
    try:
        os.kill(pid, 0)
    except PermissionError:
        return True  # another user's
    except (OSError, OverflowError):
        return False
    return True
