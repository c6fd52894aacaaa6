"""The only door to the disk.

A file is written under a temporary name, synced, and renamed; then the folder is synced. A
power cut leaves the whole new file or none of it. Whatever writes to an index goes through here.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

TEMPORARY = ".tmp"


class FileRecord(NamedTuple):
    """A file of the index as it was written: `size` in bytes, `sha256` in hexadecimal."""

    name: str
    size: int
    sha256: str


class Folder:
    """A folder of files that are written once and never changed."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)

    def create(self) -> None:
        """Make the folder where it is missing, so that it outlives a power cut."""
        if not self.path.is_dir():
            self.path.mkdir(parents=True, exist_ok=True)
            _sync(self.path.parent)

    def write(self, name: str, chunks: Iterable[bytes | memoryview]) -> FileRecord:
        """Write one new file whole, or leave nothing. Raises OSError."""
        target, temporary = self.path / name, self.path / (name + TEMPORARY)
        digest, size = hashlib.sha256(), 0
        try:
            with open(temporary, "wb") as file:
                for chunk in chunks:
                    digest.update(chunk)
                    size += file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        return FileRecord(name, size, digest.hexdigest())

    def sync(self) -> None:
        """Make the names of the files outlive a power cut, as their bytes already do."""
        _sync(self.path)

    def names(self) -> list[str]:
        """The names of the files that are here."""
        return sorted(entry.name for entry in self.path.iterdir())

    def remove(self, name: str) -> None:
        """Remove a file; it may be gone already. Readers that have it open keep it."""
        (self.path / name).unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    if os.name != "posix":  # other systems cannot open a folder to sync it
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
