"""What an index remembers of each file that it was made from, so that the next run reads only what changed."""

from __future__ import annotations

import hashlib
import stat
import time
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

_SETTLED = 2 * 10**9
"""Nanoseconds. A file that changed later than this may change again without another time: FAT counts in two seconds."""


class SourceNote(NamedTuple):
    """A file as it was read: size in bytes, time of its last change in ns (0: not to be relied on), SHA-256.

    `copied` is the day that ages in it were counted from ("2024-05-06") and how certain the dates are that come of
    it; empty where no day was given. `lost_to` names the files that have an article of the same id and come behind
    it: when one of them changes or goes, this one is read again.
    """

    size: int
    mtime_ns: int
    sha256: str
    copied: tuple[str, ...] = ()
    lost_to: tuple[str, ...] = ()

    @classmethod
    def read(cls, stored: Any) -> SourceNote | None:
        """A note as it was kept with the index; None where it is of another kind: then the file is read again."""
        try:
            size, mtime_ns, sha256, copied, *lost_to = stored
        except (TypeError, ValueError):
            return None
        return cls(size, mtime_ns, sha256, tuple(copied), tuple(lost_to)) if isinstance(copied, list) else None

    def holds_as(self, before: SourceNote) -> bool:
        """Whether a file holds what it did: nobody knows of one that cannot be read."""
        return bool(self.sha256) and self.sha256 == before.sha256

    def differs(self, before: SourceNote | None) -> bool:
        """Whether a file would be read otherwise than it was, or may: for what it holds, or for the day of its copy."""
        return before is None or not self.holds_as(before) or self.copied != before.copied

    def stored(self) -> list[Any]:
        """The note as it is kept with the index."""
        return [self.size, self.mtime_ns, self.sha256, list(self.copied), *self.lost_to]


class SourceFile(NamedTuple):
    """A file of a corpus as it is now."""

    path: Path
    size: int
    mtime_ns: int
    is_regular: bool

    @classmethod
    def look(cls, path: Path) -> SourceFile:
        """Raises OSError."""
        status = path.stat()
        return cls(path, status.st_size, status.st_mtime_ns, stat.S_ISREG(status.st_mode))

    def note(self, before: SourceNote | None) -> SourceNote:
        """The note on this file; what it holds is looked at only where size and time are not those of `before`.

        Take it before the file is read: then what changes meanwhile is found out next time.
        """
        if before and (before.size, before.mtime_ns) == (self.size, self.mtime_ns):
            return before
        settled = time.time_ns() - self.mtime_ns > _SETTLED
        note = SourceNote(self.size, self.mtime_ns if settled else 0, self._sha256())
        if before is None:
            return note
        return note._replace(copied=before.copied if note.holds_as(before) else (), lost_to=before.lost_to)

    def _sha256(self) -> str:
        """The digest of its bytes; empty where they cannot be read, which is for the reader of the file to say."""
        if not self.is_regular:  # a FIFO would make us wait
            return ""
        try:
            with open(self.path, "rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return ""
