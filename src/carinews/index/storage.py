"""The only door to the disk.

A file is written under a temporary name, synced, and renamed; then the folder is synced. A
power cut leaves the whole new file or none of it. Whatever writes to an index goes through here,
in the eight steps of a `Disk`: the proofs put disks in its place that fail, or that lose what was
not synced.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

TEMPORARY = ".tmp"


class FileRecord(NamedTuple):
    """A file of the index as it was written: `size` in bytes, `sha256` in hexadecimal."""

    name: str
    size: int
    sha256: str


class Disk:
    """Every step by which an index changes what is on disk. Each may raise OSError."""

    def make_folder(self, path: Path) -> None:
        """Make one folder; it may be there already."""
        path.mkdir(exist_ok=True)

    def create(self, path: Path) -> BinaryIO:
        """Open a file for writing, empty."""
        return open(path, "wb", buffering=0)

    def write(self, file: BinaryIO, chunk: memoryview) -> int:
        """Write some bytes, or as many of them as there is room for; how many."""
        return file.write(chunk)

    def sync(self, file: BinaryIO) -> None:
        """Return when a power cut cannot take the bytes of a file away."""
        os.fsync(file.fileno())

    def close(self, file: BinaryIO) -> None:
        """Close a file."""
        file.close()

    def rename(self, old: Path, new: Path) -> None:
        """Give a file another name, in place of what had it."""
        os.replace(old, new)

    def remove(self, path: Path) -> None:
        """Remove a file; it may be gone already."""
        path.unlink(missing_ok=True)

    def sync_folder(self, path: Path) -> None:
        """Return when a power cut cannot take the names in a folder away."""
        if os.name != "posix":  # other systems cannot open a folder to sync it
            return
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


disk = Disk()
"""The disk of this process."""


class Folder:
    """A folder of files that are written once and never changed."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)

    def create(self) -> None:
        """Make the folder where it is missing, and those above it, so that all outlive a power cut."""
        missing = [path for path in self.path.parents if not path.exists()]
        for path in (*reversed(missing), self.path):
            disk.make_folder(path)
            with suppress(PermissionError):  # a parent that only lets through, such as another's home
                disk.sync_folder(path.parent)

    def write(self, name: str, chunks: Iterable[bytes | memoryview]) -> FileRecord:
        """Write one new file whole, or leave nothing. Raises OSError."""
        temporary = self.path / (name + TEMPORARY)
        digest, size = hashlib.sha256(), 0
        try:
            file = disk.create(temporary)
            try:
                for chunk in chunks:
                    digest.update(chunk)
                    size += _write_all(file, memoryview(chunk).cast("B"))
                disk.sync(file)
            finally:
                disk.close(file)
            disk.rename(temporary, self.path / name)
        except BaseException:
            with suppress(OSError):  # then it is swept later
                disk.remove(temporary)
            raise
        return FileRecord(name, size, digest.hexdigest())

    def rename(self, old: str, new: str) -> None:
        """Give a file of the folder another name. Raises OSError."""
        disk.rename(self.path / old, self.path / new)

    def sync(self) -> None:
        """Make the names of the files outlive a power cut, as their bytes already do."""
        disk.sync_folder(self.path)

    def names(self) -> list[str]:
        """The names of the files that are here."""
        return sorted(entry.name for entry in self.path.iterdir())

    def remove(self, name: str) -> None:
        """Remove a file; it may be gone already. Readers that have it open keep it."""
        disk.remove(self.path / name)


def _write_all(file: BinaryIO, bytes_left: memoryview) -> int:
    """Write all of a chunk, however little the disk takes at a time; its length."""
    length = len(bytes_left)
    while bytes_left:
        bytes_left = bytes_left[disk.write(file, bytes_left) :]
    return length
