"""One writer at a time. The lock is the system's own, so it dies with the process that holds it."""

from __future__ import annotations

import json
import os
from datetime import datetime
from typing import TYPE_CHECKING

from carinews.errors import IndexLocked

if TYPE_CHECKING:
    from pathlib import Path

LOCK, HOLDER = "LOCK", "LOCK.holder"


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
                f"{self._folder}: being written by {self._holder()}; wait for it, then try again"
            ) from None
        since = datetime.now().astimezone().isoformat(timespec="seconds")
        (self._folder / HOLDER).write_text(json.dumps({"pid": os.getpid(), "since": since}), encoding="utf-8")

    def release(self) -> None:
        """Give the lock back."""
        (self._folder / HOLDER).unlink(missing_ok=True)
        self._lock.release()

    def _holder(self) -> str:
        try:
            holder = json.loads((self._folder / HOLDER).read_text(encoding="utf-8"))
            return f"process {int(holder['pid'])} since {datetime.fromisoformat(holder['since']).isoformat(' ')}"
        except (OSError, ValueError, KeyError, TypeError):
            return "another process"
