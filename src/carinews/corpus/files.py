"""The bytes of a corpus file as text: unpacked, decoded, and bounded in every direction.

A corpus is foreign input. A file may be huge, cut short, compressed a thousand times over, or no
file at all, so nothing is read before it is known to be a regular file, and never more than the
bounds below. Whatever is refused, is refused as a CorpusError.
"""

from __future__ import annotations

import codecs
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from carinews.errors import CorpusError

MAX_FILE_BYTES = 64 * 2**20
"""The largest text or JSON file that is read, unpacked: such a file is held in memory as a whole."""

MAX_LINE_BYTES = 16 * 2**20
"""The longest line of a file of records."""

MAX_RATIO = 200
"""How many times its size a packed file may give. News gives 3 to 8 times, a bomb gives 1,000 and more."""

EMPTY = "the file is empty"
"""Why a file without anything in it is refused. An empty list of records is not empty: it says so."""

_FREE_BYTES = 2**21
"""Below this much a ratio harms nobody."""

_CHUNK = 2**18
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

KINDS = (".txt", ".jsonl", ".json", ".csv")
PACKINGS = ("", ".gz", ".xz", ".zst")


class FileKind(NamedTuple):
    """What a file name promises: one of KINDS, in one of PACKINGS."""

    kind: str
    packing: str


class RawLine(NamedTuple):
    """One line of a file. `text` is None where the line was refused, and `refused` says why."""

    number: int
    text: str | None
    refused: str = ""


def kind_of(path: Path) -> FileKind | None:
    """The kind of a file by its name, in any case; None where it is none that we read."""
    name = path.name.lower()
    for kind in KINDS:
        for packing in PACKINGS:
            if name.endswith(kind + packing):
                return FileKind(kind, packing)
    return None


def shown(path: Path) -> str:
    """The path as given, with forward slashes, in characters that can be written as UTF-8."""
    return path.as_posix().encode("utf-8", "backslashreplace").decode()


def read_text(path: Path, fallback: str | None = None) -> str:
    """The whole text of a file: UTF-8 or UTF-16 by its mark, else UTF-8, else `fallback`.

    Raises CorpusError where the file cannot be read, is empty, larger than MAX_FILE_BYTES, or in
    another encoding.
    """
    pieces, size = [], 0
    for chunk in _chunks(path, MAX_FILE_BYTES):
        size += len(chunk)
        if size > MAX_FILE_BYTES:
            raise CorpusError(shown(path), None, _too_large(MAX_FILE_BYTES))
        pieces.append(chunk)
    text = _decode(b"".join(pieces), path, fallback)
    if not text.strip():
        raise CorpusError(shown(path), None, EMPTY)
    return text


def read_lines(path: Path) -> Iterator[RawLine]:
    """Every line of a file with its end, one after the other, in bounded memory.

    A line that is too long or not in UTF-8 comes out refused, and reading goes on behind it.
    Raises CorpusError where the file cannot be read any further.
    """
    for number, raw in enumerate(_split(_in_utf8(_chunks(path), path), path), 1):
        if raw is None:
            yield RawLine(number, None, f"the line is longer than {MAX_LINE_BYTES // 2**20} MiB")
            continue
        try:
            yield RawLine(number, raw.decode())
        except UnicodeDecodeError as error:
            yield RawLine(number, None, f"not UTF-8: byte {error.start + 1} of the line is {_byte(error)}")


def _split(chunks: Iterator[bytes], path: Path) -> Iterator[bytes | None]:
    """Lines of a stream of bytes; None for a line beyond MAX_LINE_BYTES, which is skipped unread."""
    pending: list[bytes] = []
    size = 0
    for chunk in chunks:
        for piece in _newlines(chunk):
            size += len(piece)
            if size > MAX_LINE_BYTES:
                pending.clear()
            else:
                pending.append(piece)
            if size > MAX_FILE_BYTES and not piece.endswith(b"\n"):
                raise CorpusError(shown(path), None, f"a line of more than {MAX_FILE_BYTES // 2**20} MiB: given up")
            if piece.endswith(b"\n"):
                yield None if size > MAX_LINE_BYTES else b"".join(pending)
                pending.clear()
                size = 0
    if size:
        yield None if size > MAX_LINE_BYTES else b"".join(pending)


def _newlines(chunk: bytes) -> list[bytes]:
    """A chunk split behind every line feed, and behind nothing else."""
    *whole, tail = chunk.split(b"\n")
    pieces = [piece + b"\n" for piece in whole]
    return [*pieces, tail] if tail else pieces


def _in_utf8(chunks: Iterator[bytes], path: Path) -> Iterator[bytes]:
    """The same stream without its byte order mark, and UTF-16 made UTF-8."""
    first = next(chunks, b"")
    if not first.startswith(_UTF16):
        yield first.removeprefix(codecs.BOM_UTF8)
        yield from chunks
        return
    decoder = codecs.getincrementaldecoder("utf-16")()
    try:
        yield decoder.decode(first).encode()
        for chunk in chunks:
            yield decoder.decode(chunk).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeError as error:
        raise CorpusError(shown(path), None, f"not the UTF-16 it says it is: {error}") from error


def _decode(data: bytes, path: Path, fallback: str | None) -> str:
    try:
        return data.decode("utf-16" if data.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        reason = f"not {error.encoding.upper()}: byte {error.start + 1} is {_byte(error)}; save it as UTF-8"
    try:
        if fallback and b"\0" not in data:  # a NUL never stands in old 8-bit text, but in pictures
            return data.decode(fallback)
    except UnicodeDecodeError:
        pass
    raise CorpusError(shown(path), None, reason)


def _byte(error: UnicodeDecodeError) -> str:
    return f"0x{error.object[error.start]:02x}"


def _too_large(limit: int) -> str:
    return f"larger than {limit // 2**20} MiB; split it, or make it a .jsonl file, which is read line by line"


def _chunks(path: Path, limit: int | None = None) -> Iterator[bytes]:
    """The unpacked bytes of a regular file. `limit` refuses a plain file by its size, before reading.

    Raises CorpusError for what is no regular file, cannot be read, is cut short, or gives too much.
    """
    kind = kind_of(path)
    packing = kind.packing if kind else ""
    failures: tuple[type[Exception], ...] = (
        OSError,
        EOFError,
        ValueError,  # a path that holds a NUL
        *_unpacking_failures(packing),
    )
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise CorpusError(shown(path), None, "not a regular file; it is not opened")
        if limit and not packing and status.st_size > limit:
            raise CorpusError(shown(path), None, _too_large(limit))
        if packing and _is_bomb(path, packing, failures):
            raise CorpusError(shown(path), None, f"it unpacks to more than {MAX_RATIO} times its size: given up")
        with open(path, "rb") as packed, _unpacked(packed, packing) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk
    except failures as error:
        what = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise CorpusError(shown(path), None, f"cannot be read: {what or type(error).__name__}") from error


def _is_bomb(path: Path, packing: str, failures: tuple[type[Exception], ...]) -> bool:
    """Whether some first part of a packed file gives more than MAX_RATIO times its size.

    The file is unpacked once for this before a line of it is read: to unpack a million lines takes a
    millisecond, to look at them seconds. What is cut short or damaged is for the reader to say.
    """
    given = 0
    try:
        with open(path, "rb") as packed, _unpacked(packed, packing) as stream:
            while chunk := stream.read(_CHUNK):
                given += len(chunk)
                if given > _FREE_BYTES and given > MAX_RATIO * packed.tell():
                    return True
    except failures:
        pass
    return False


def _unpacked(packed: BinaryIO, packing: str) -> BinaryIO:
    """A stream of the unpacked bytes. The modules are imported here, as most corpora need none."""
    if packing == ".gz":
        import gzip

        return cast(BinaryIO, gzip.GzipFile(fileobj=packed))
    if packing == ".xz":
        import lzma

        return cast(BinaryIO, lzma.LZMAFile(packed))
    if packing == ".zst":
        import zstandard

        _check_zst_is_whole(packed)
        return zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True, closefd=False)
    return packed


def _unpacking_failures(packing: str) -> tuple[type[Exception], ...]:
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
        raise EOFError("it is cut short")
    packed.seek(0)


def _skip(packed: BinaryIO, count: int) -> None:
    if count:
        packed.seek(count - 1, os.SEEK_CUR)
        _exactly(packed, 1)


def _exactly(packed: BinaryIO, count: int) -> bytes:
    data = packed.read(count)
    if len(data) < count:
        raise EOFError("it is cut short")
    return data
