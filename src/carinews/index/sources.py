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

    `copied` is the day of its copy that it was read with, as ISO 8601, and how certain that is; empty where
    none was known. `lost_to` names the files that have an article of the same id and come behind it: when one of
    them changes or goes, this one is read again.
    """

    size: int
    mtime_ns: int
    sha256: str
    copied: tuple[str, str] = ("", "")
    lost_to: tuple[str, ...] = ()

    @classmethod
    def read(cls, stored: Any) -> SourceNote | None:
        """A note as it was kept with the index; None where it is of another kind: then the file is read again."""
        try:
            size, mtime_ns, sha256, day, certainty, *lost_to = stored
        except (TypeError, ValueError):
            return None
        return cls(size, mtime_ns, sha256, (day, certainty), tuple(lost_to))

    def differs(self, before: SourceNote | None) -> bool:
        """Whether a file holds something else than it did, or may, or was copied on another day."""
        return before is None or not self.sha256 or (self.sha256, self.copied) != (before.sha256, before.copied)

    def stored(self) -> list[Any]:
        """The note as it is kept with the index."""
        return [self.size, self.mtime_ns, self.sha256, *self.copied, *self.lost_to]


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
        mtime_ns, digest = self.mtime_ns if settled else 0, self._sha256()
        if before and before.sha256 == digest:
            return before._replace(mtime_ns=mtime_ns)
        return SourceNote(self.size, mtime_ns, digest)

    def _sha256(self) -> str:
        """The digest of its bytes; empty where they cannot be read, which is for the reader of the file to say."""
        if not self.is_regular:  # a FIFO would make us wait
            return ""
        try:
            with open(self.path, "rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return ""
