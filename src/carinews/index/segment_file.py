"""The file of a segment: named arrays behind a table of contents, each page with its checksum.

A line of JSON (the table of contents), the CRC-32 of every page of 64 KiB, then the arrays, each beginning at
a multiple of 64 bytes. What the arrays mean stands in `segment.py`.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from carinews.errors import IndexCorrupt
from carinews.index.arrays import ranges
from carinews.index.manifest import SegmentRecord
from carinews.wording import Message

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from carinews.index.storage import Folder

    Array = NDArray[Any]

_PAGE = 1 << 16
_ALIGNMENT = 64


def write_segment(folder: Folder, name: str, documents: int, arrays: dict[str, Array]) -> SegmentRecord:
    """Write arrays as a segment file, with the checksum of each page before them. Raises OSError.

    Numbers without a sign are written as narrow as they can be: of one dtype today, they may have another tomorrow.
    """
    offset, places, chunks = 0, {}, []
    for label, wide in arrays.items():
        array = _narrowed(wide)
        gap = -offset % _ALIGNMENT
        chunks += [memoryview(bytes(gap)), np.ascontiguousarray(array).view(np.uint8).data]
        places[label] = (array.dtype.str, offset + gap, len(array))
        offset += gap + array.nbytes
    pages = _checksums(chunks)
    head = json.dumps({"documents": documents, "arrays": places, "pages": len(pages)}).encode() + b"\n"
    head = head[:-1] + b" " * (-(len(head) + pages.nbytes) % _ALIGNMENT) + b"\n" + pages.tobytes()
    return SegmentRecord(folder.write(name, [head, *chunks]), hashlib.sha256(head).hexdigest(), documents)


def _narrowed(array: Array) -> Array:
    """The same numbers, in as few bytes as hold the largest of them."""
    if array.dtype.kind != "u" or array.dtype.itemsize == 1:
        return array
    return array.astype(np.min_scalar_type(int(array.max(initial=0))), copy=False)


def _checksums(chunks: list[memoryview]) -> Array:
    """The CRC-32 of each page of some chunks, one behind the other; they are not copied."""
    found, checksum, filled = [], 0, 0
    for chunk in chunks:
        at = 0
        while at < len(chunk):
            part = chunk[at : at + _PAGE - filled]
            checksum, filled, at = zlib.crc32(part, checksum), filled + len(part), at + len(part)
            if filled == _PAGE:
                found.append(checksum)
                checksum = filled = 0
    return np.array([*found, checksum] if filled else found, np.uint32)


class SegmentFile:
    """A segment file, mapped into memory; a page is checked against its checksum when first read.

    Raises IndexCorrupt where the file is missing, of another size, or holds other bytes.
    """

    def __init__(self, path: Path, record: SegmentRecord) -> None:
        self.path = path
        try:
            with open(path, "rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:  # ValueError: an empty file cannot be mapped
            raise self._corrupt(Message("cannot be read")) from error
        if len(self._map) != record.file.size:
            raise self._corrupt(
                Message("holds {size:,} bytes, not {wanted:,}", size=len(self._map), wanted=record.file.size)
            )
        self._read_head(record)

    def _read_head(self, record: SegmentRecord) -> None:
        line_end = self._map.find(b"\n") + 1
        try:
            head = json.loads(self._map[:line_end])
            self._data_start = line_end + 4 * head["pages"]
            digest = hashlib.sha256(self._map[: self._data_start]).hexdigest()
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            raise self._corrupt(Message("its table of contents cannot be read")) from None
        if digest != record.head:
            raise self._corrupt(Message("its table of contents is not what was written"))
        try:
            self._checksums = np.frombuffer(self._map, np.uint32, head["pages"], line_end)
            self._data = memoryview(self._map)[self._data_start :]
            self._checked = bytearray(-(-len(self._data) // _PAGE))
            self._arrays = {name: self._place(*place) for name, place in head["arrays"].items()}
            self.documents: int = head["documents"]
            counts = len(self._checksums), self.documents, self._data_start % _ALIGNMENT
            if counts != (len(self._checked), record.documents, 0):
                raise ValueError("its parts do not fit together")
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
            raise self._corrupt(Message("its table of contents makes no sense")) from None

    def _place(self, dtype: str, offset: int, count: int) -> tuple[str, int, int]:
        """Where an array lies. Raises ValueError where it is none of numbers within the file."""
        size = np.dtype(dtype).itemsize
        lies_well = type(offset) is type(count) is int and min(offset, count) >= 0 and not offset % _ALIGNMENT
        if np.dtype(dtype).kind not in "iu" or not lies_well or offset + count * size > len(self._data):
            raise ValueError("no array of this file")
        return dtype, offset, count

    def column(self, name: str) -> Column:
        """One of the arrays, read slice by slice."""
        try:
            dtype, offset, count = self._arrays[name]
        except KeyError:
            raise self._corrupt(Message("it has no array {name!r}", name=name)) from None
        return Column(self, np.frombuffer(self._map, dtype, count, self._data_start + offset), offset)

    def whole(self, name: str) -> Array:
        """One of the arrays, all of it."""
        return self.column(name)[:]

    def check(self, start: int, stop: int) -> None:
        """Vouch for the bytes from `start` to `stop` of the data, page by page, each once."""
        for page in range(start // _PAGE, -(-stop // _PAGE)):
            if not self._checked[page]:
                if zlib.crc32(self._data[page * _PAGE : (page + 1) * _PAGE]) != self._checksums[page]:
                    raise self._corrupt(Message("page {page} is not what was written", page=page))
                self._checked[page] = 1

    def check_each(self, starts: Array, stops: Array) -> None:
        """Vouch for many stretches of the data, none of them empty."""
        first, last = starts // _PAGE, (stops - 1) // _PAGE
        for page in {*first.tolist(), *last.tolist()}:
            if not self._checked[page]:
                self.check(page * _PAGE, page * _PAGE + 1)
        for place in (last - first > 1).nonzero()[0].tolist():
            self.check(int(starts[place]), int(stops[place]))

    def give_back(self) -> None:
        """Let go of the pages in memory; they are read again when they are asked for."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def _corrupt(self, what: Message) -> IndexCorrupt:
        return IndexCorrupt(
            Message("{file}: {what}; make the index again with 'carinews rebuild'", file=self.path, what=what)
        )


@dataclass(frozen=True, slots=True)
class Column:
    """An array of a segment: slicing it checks the pages that the slice lies on."""

    file: SegmentFile
    values: Array
    offset: int

    def __getitem__(self, place: slice) -> Array:
        start, stop, _ = place.indices(len(self.values))
        return self.read(start, stop)

    def gather(self, starts: Array, stops: Array) -> tuple[Array, Array]:
        """The slices from each start to its stop, one behind the other: the places of their values, and these."""
        size, offset = self.values.itemsize, self.offset
        self.file.check_each(offset + starts * size, offset + stops * size)
        places = ranges(starts, stops - starts)
        return places, self.values[places]

    def read(self, start: int, stop: int) -> Array:
        """The slice from `start` to `stop`, both within the array."""
        size = self.values.itemsize
        if stop > start:
            self.file.check(self.offset + start * size, self.offset + stop * size)
        return self.values[start:stop]
