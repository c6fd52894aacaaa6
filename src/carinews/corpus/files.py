"""The bytes of a corpus file as text: unpacked, decoded, and bounded in every direction.

A corpus is foreign input. A file may be huge, cut short, compressed a thousand times over, or no
file at all, so nothing is read before it is known to be a regular file, and never more than the
bounds below. Whatever is refused, is refused as a CorpusError.
"""

from __future__ import annotations

import codecs
import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from carinews.corpus.encodings import encoding_of, is_mostly_utf8, unmarked_utf16
from carinews.corpus.packings import PACKINGS, unpacked, unpacking_failures
from carinews.errors import CorpusError
from carinews.wording import Message, cause

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_FILE_BYTES = 64 * 2**20
"""The largest text or JSON file that is read, unpacked: such a file is held in memory as a whole."""

MAX_PAGE_BYTES = 8 * 2**20
"""The largest page in HTML: real ones have up to 2 MiB, and the tree of a page takes many times its size."""

MAX_LINE_BYTES = 16 * 2**20
"""The longest line of a file of records."""

MAX_RATIO = 200
"""How many times its size a packed file may give. News gives 3 to 8 times, a bomb gives 1,000 and more."""

EMPTY = Message("the file is empty")
"""Why a file without anything in it is refused. An empty list of records is not empty: it says so."""

_FREE_BYTES = 2**21
"""Below this much a ratio harms nobody."""

_CHUNK = 2**18

KINDS = (".txt", ".html", ".htm", ".jsonl", ".json", ".csv", ".xml", ".rss", ".atom", ".warc")


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


def read_bytes(path: Path, most: int | None = None) -> bytes:
    """All bytes of a file, unpacked.

    Raises CorpusError where the file cannot be read, is empty or larger than `most` (MAX_FILE_BYTES).
    """
    pieces, size, most = [], 0, most or MAX_FILE_BYTES
    for chunk in _chunks(path, most):
        size += len(chunk)
        if size > most:
            raise CorpusError(shown(path), None, _too_large(most))
        pieces.append(chunk)
    if not size:
        raise CorpusError(shown(path), None, EMPTY)
    return b"".join(pieces)


def read_text(path: Path, *, guess: bool = False) -> str:
    """The whole text of a file: UTF-8, or UTF-16 by its mark; with `guess`, any encoding that can be told.

    Raises CorpusError where the file cannot be read, is empty, larger than MAX_FILE_BYTES, or in
    another encoding.
    """
    text = decode(read_bytes(path), shown(path), guess=guess)
    if not text.strip():
        raise CorpusError(shown(path), None, EMPTY)
    return text


def decode(data: bytes, path: str, *, guess: bool = True, declared: str | None = None, damaged: bool = False) -> str:
    """Bytes as text (see `encodings`). `damaged` lets a few bytes that are no UTF-8 pass as "�".

    Raises CorpusError, which names the byte, where the encoding cannot be told.
    """
    try:
        name = encoding_of(data, guess=guess, declared=declared)
        if guess and name == "utf-8-sig" and (unmarked := unmarked_utf16(data)):
            name = unmarked
        return data.decode(name)
    except UnicodeDecodeError as error:
        if damaged and is_mostly_utf8(data):
            return data.decode("utf-8-sig", "replace")
        called = error.encoding.upper().replace("UTF8", "UTF-8")
        reason = Message(
            "not {encoding}: byte {place} is {byte}; save it as UTF-8",
            encoding=called,
            place=error.start + 1,
            byte=_byte(error),
        )
    raise CorpusError(path, None, reason)


def read_lines(path: Path, *, guess: bool = False) -> Iterator[RawLine]:
    """Every line of a file with its end, one after the other, in bounded memory.

    With `guess`, a file whose beginning is in another encoding is read in that. A line that is too
    long or not in UTF-8 comes out refused, and reading goes on behind it.
    Raises CorpusError where the file cannot be read any further.
    """
    for number, raw in enumerate(_split(_in_utf8(_chunks(path), path, guess), path), 1):
        if raw is None:
            yield RawLine(number, None, Message("the line is longer than {most} MiB", most=MAX_LINE_BYTES // 2**20))
            continue
        try:
            yield RawLine(number, raw.decode())
        except UnicodeDecodeError as error:
            refused = Message("not UTF-8: byte {place} of the line is {byte}", place=error.start + 1, byte=_byte(error))
            yield RawLine(number, None, refused)


def open_stream(path: Path) -> io.RawIOBase:
    """The unpacked bytes of a file as a stream, bounded like all others. Reading raises CorpusError.

    It is not buffered: of a file that is cut short, all before the cut can be read.
    """
    return _Unpacked(_chunks(path))


class _Unpacked(io.RawIOBase):
    """Chunks of bytes as something to read from."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._rest = chunks, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        self._rest = self._rest or next(self._chunks, b"")
        view = memoryview(buffer).cast("B")
        count = min(len(view), len(self._rest))
        view[:count], self._rest = self._rest[:count], self._rest[count:]
        return count


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
                raise CorpusError(
                    shown(path), None, Message("a line of more than {most} MiB: given up", most=MAX_FILE_BYTES // 2**20)
                )
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


def _in_utf8(chunks: Iterator[bytes], path: Path, guess: bool) -> Iterator[bytes]:
    """The same stream in UTF-8, without a byte order mark."""
    first = next(chunks, b"")
    encoding = _encoding_of_start(first, guess)
    if encoding is None:
        yield first.removeprefix(codecs.BOM_UTF8)
        yield from chunks
        return
    decoder = codecs.getincrementaldecoder(encoding)("strict" if encoding.startswith("utf") else "replace")
    try:
        yield decoder.decode(first).encode()
        for chunk in chunks:
            yield decoder.decode(chunk).encode()
        yield decoder.decode(b"", final=True).encode()
    except UnicodeError as error:
        reason = Message("not the {encoding} it says it is", encoding=encoding.upper())
        raise CorpusError(shown(path), None, reason) from error


def _encoding_of_start(first: bytes, guess: bool) -> str | None:
    """The encoding of a stream by its first bytes; None for UTF-8, and for what cannot be told."""
    whole = first[: first.rfind(b"\n") + 1] or first  # not to cut a character in two
    try:
        name = encoding_of(whole, guess=guess and not is_mostly_utf8(whole))
    except UnicodeDecodeError:
        return None
    unmarked = unmarked_utf16(first) if guess and name == "utf-8-sig" else None
    return unmarked or (None if name == "utf-8-sig" else name)


def _byte(error: UnicodeDecodeError) -> str:
    return f"0x{error.object[error.start]:02x}"


def _too_large(limit: int) -> str:
    return Message(
        "larger than {most} MiB; split it, or make it a .jsonl file, which is read line by line", most=limit // 2**20
    )


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
        *unpacking_failures(packing),
    )
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode):
            raise CorpusError(shown(path), None, Message("not a regular file; it is not opened"))
        if limit and not packing and status.st_size > limit:
            raise CorpusError(shown(path), None, _too_large(limit))
        if packing and _is_bomb(path, packing, failures):
            raise CorpusError(
                shown(path), None, Message("it unpacks to more than {ratio} times its size: given up", ratio=MAX_RATIO)
            )
        with open(path, "rb") as packed, unpacked(packed, packing) as stream:
            while chunk := stream.read1(_CHUNK):  # not `read`: it gives nothing of a last piece that is cut short
                yield chunk
    except failures as error:
        reason = Message("cannot be read: {error}", error=cause(error))
        raise CorpusError(shown(path), None, reason) from error


def _is_bomb(path: Path, packing: str, failures: tuple[type[Exception], ...]) -> bool:
    """Whether some first part of a packed file gives more than MAX_RATIO times its size.

    The file is unpacked once for this before a line of it is read: to unpack a million lines takes a
    millisecond, to look at them seconds. What is cut short or damaged is for the reader to say.
    """
    given = 0
    try:
        with open(path, "rb") as packed, unpacked(packed, packing) as stream:
            while chunk := stream.read1(_CHUNK):
                given += len(chunk)
                if given > _FREE_BYTES and given > MAX_RATIO * packed.tell():
                    return True
    except failures:
        pass
    return False
