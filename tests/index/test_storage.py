"""A file is written whole or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from carinews.index.storage import Folder


def test_a_file_is_what_was_written(tmp_path: Path) -> None:
    """The record tells the size and the digest of the bytes on disk, whatever the chunks were."""
    record = Folder(tmp_path).write("a.bin", [b"satu", memoryview(b"dua"), b""])
    content = (tmp_path / "a.bin").read_bytes()
    assert content == b"satudua"
    assert record == ("a.bin", 7, hashlib.sha256(content).hexdigest())


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    """The old bytes stay and nothing half-written lies about."""
    folder = Folder(tmp_path)
    folder.write("a.bin", [b"lama"])

    def chunks() -> Iterator[bytes]:
        yield b"baru"
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        folder.write("a.bin", chunks())
    assert (tmp_path / "a.bin").read_bytes() == b"lama"
    assert folder.names() == ["a.bin"]


def test_a_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    """`create` may be called again, and `remove` for what is not there."""
    folder = Folder(tmp_path / "a" / "b")
    folder.create()
    folder.create()
    assert folder.names() == []
    folder.write("c", [b""])
    folder.remove("c")
    folder.remove("c")
    folder.sync()
    assert folder.names() == []
