"""Packed files, unpacked as a stream. The module for each packing is imported when a file asks for it."""

from __future__ import annotations

import io
import os
from typing import BinaryIO, cast

from carinews.wording import Message

PACKINGS = ("", ".gz", ".xz", ".bz2", ".zst")
"""How the name of a packed file ends; the empty one stands for a file as it is."""


def unpacked(packed: io.BufferedReader, packing: str) -> io.BufferedReader:
    """A stream of the unpacked bytes. The modules are imported here, as most corpora need none."""
    if packing == ".gz":
        import gzip

        return cast(io.BufferedReader, gzip.GzipFile(fileobj=packed))
    if packing == ".xz":
        import lzma

        return cast(io.BufferedReader, lzma.LZMAFile(packed))
    if packing == ".bz2":
        import bz2

        return cast(io.BufferedReader, bz2.BZ2File(packed))
    if packing == ".zst":
        import zstandard

        _check_zst_is_whole(packed)
        reader = zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True, closefd=False)
        return cast(io.BufferedReader, reader)
    return packed


def unpacking_failures(packing: str) -> tuple[type[Exception], ...]:
    """What the module for a packing raises when the bytes are damaged."""
    if packing == ".gz":
        import zlib

        return (zlib.error,)
    if packing == ".xz":
        import lzma

        return (lzma.LZMAError,)
    if packing == ".zst":
        import zstandard

        return (zstandard.ZstdError,)
    return ()


def _check_zst_is_whole(packed: BinaryIO) -> None:
    """Walk over the frames and blocks of a Zstandard file; raises EOFError where it is cut short.

    The decompressor itself takes a cut file for a whole one. Format: RFC 8878, section 3.1.
    """
    while magic := packed.read(4):
        if magic[1:] == b"\x2a\x4d\x18" and magic[0] & 0xF0 == 0x50:
            _skip(packed, int.from_bytes(_exactly(packed, 4), "little"))
            continue
        if magic != b"\x28\xb5\x2f\xfd":
            break  # not Zstandard, or cut: the decompressor says so better
        flags = _exactly(packed, 1)[0]
        single = flags & 0x20
        size_bytes = (1 if single else 0, 2, 4, 8)[flags >> 6]
        _skip(packed, (0 if single else 1) + (0, 1, 2, 4)[flags & 3] + size_bytes)
        last = 0
        while not last:
            header = int.from_bytes(_exactly(packed, 3), "little")
            last, kind, size = header & 1, header >> 1 & 3, header >> 3
            _skip(packed, 1 if kind == 1 else size)
        _skip(packed, 4 if flags & 4 else 0)
    if magic and len(magic) < 4:
        raise EOFError(Message("it is cut short"))
    packed.seek(0)


def _skip(packed: BinaryIO, count: int) -> None:
    if count:
        packed.seek(count - 1, os.SEEK_CUR)
        _exactly(packed, 1)


def _exactly(packed: BinaryIO, count: int) -> bytes:
    data = packed.read(count)
    if len(data) < count:
        raise EOFError(Message("it is cut short"))
    return data
