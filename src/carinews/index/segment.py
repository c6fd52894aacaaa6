"""A segment: up to 65,536 documents as flat arrays in one file that never changes.

Layout of the file: a line of JSON (the table of contents), the CRC-32 of every page of 64 KiB,
then the arrays, each beginning at a multiple of 64 bytes. The arrays:

========================== ======== ==================================================================
per document, oldest first, undated before all
``lengths``                uint32   tokens, the title's counted `TITLE_WEIGHT` times
``title_lengths``          uint32   tokens of the title
``dates``                  int64    seconds since 1970 (UTC), or `UNDATED`
``derived``                uint8    1 for a document that was made from links alone
``sketches``               uint8    of each body the bytes that it is compared by (`sketches.py`)
``sketch_weights``         uint32   how many threes of words a sketch was made from
``stored``, ``stored_ends``         the articles, as compressed JSON, and where each ends
per term, in the order of its UTF-8 bytes
``terms``, ``terms_ends``           the written forms
``posting_ends``           uint32   where its postings end
``position_ends``          uint32   where its positions end
per posting, by term and then by document
``docs``                   uint16   document number
``freqs``                  uint8    occurrences, those in the title `TITLE_WEIGHT` times, at most 255
per position
``positions``              uint16   token position, `FAR` at most; the top bit is set on a posting's first;
                                    title first, then a gap
``far``, ``far_positions`` uint32   of positions from `FAR` on: which they are, and what
per family, that is per stem with other forms than itself
``stems``, ``stems_ends``           the stems, sorted
``members``, ``member_ends``        the term numbers of its forms
keys, sorted, with the document of each
``id_keys``, ``id_docs``            hashes of the public ids
``title_keys``, ``title_docs``      hashes of the titles
``edge_keys``, ``edge_docs``        hashes of the titles that a document points at
per category (source, section, city, author, kind, path)
``NAME_codes``             uint32   the number of the document's value
``NAME``, ``NAME_ends``             the values, sorted; an empty one stands for none
========================== ======== ==================================================================

A family's postings are not stored: they are the union of its forms' postings, made when asked.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import threading
import zlib
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from carinews.errors import IndexCorrupt
from carinews.index.manifest import SegmentRecord
from carinews.index.sketches import SIZE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from carinews.index.storage import Folder

    Array = NDArray[Any]

MAX_DOCUMENTS = 65_536
"""So that a document number fits 16 bits."""

POSTING = np.uint16(1 << 15)
"""Set on the first position of every posting."""

FAR = (1 << 15) - 1
"""From here on a position does not fit beside that bit. Few articles are so long: with all positions in
32 bits for the sake of one, the news took 27 MB more."""

TITLE_WEIGHT = 3
"""How often a word of the title counts, as if the title were printed so many times (BM25F's simple form)."""

TITLE_GAP = 100
"""Positions left free between title and body, so that no phrase runs from one into the other (slop < 100)."""

UNDATED = np.iinfo(np.int64).min
CATEGORIES = ("source", "section", "city", "author", "kind", "path")

_WESTERN_TIME = 7 * 3600  # seconds before UTC that a year begins in Jakarta
_PAGE = 1 << 16
_REMEMBERED = 10_000
_SIGNPOST = 64
_ALIGNMENT = 64


def key(text: str) -> int:
    """The 64-bit hash under which an id or a title is found (BLAKE2b, the same on every machine)."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def pack(strings: list[bytes]) -> tuple[Array, Array]:
    """Strings as one array of bytes, and where each of them ends."""
    ends = np.cumsum([len(string) for string in strings], dtype=np.uint32)
    return np.frombuffer(b"".join(strings), np.uint8), ends


def write_segment(folder: Folder, name: str, documents: int, arrays: dict[str, Array]) -> SegmentRecord:
    """Write arrays as a segment file, with the checksum of each page before them. Raises OSError."""
    offset, places, chunks = 0, {}, []
    for label, array in arrays.items():
        gap = -offset % _ALIGNMENT
        chunks += [memoryview(bytes(gap)), np.ascontiguousarray(array).view(np.uint8).data]
        places[label] = (array.dtype.str, offset + gap, len(array))
        offset += gap + array.nbytes
    pages = _checksums(chunks)
    head = json.dumps({"documents": documents, "arrays": places, "pages": len(pages)}).encode() + b"\n"
    head = head[:-1] + b" " * (-(len(head) + pages.nbytes) % _ALIGNMENT) + b"\n" + pages.tobytes()
    return SegmentRecord(folder.write(name, [head, *chunks]), hashlib.sha256(head).hexdigest(), documents)


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
            raise self._corrupt(f"cannot be read ({error})") from error
        if len(self._map) != record.file.size:
            raise self._corrupt(f"holds {len(self._map)} bytes, not {record.file.size}")
        self._read_head(record)

    def _read_head(self, record: SegmentRecord) -> None:
        line_end = self._map.find(b"\n") + 1
        try:
            head = json.loads(self._map[:line_end])
            self._data_start = line_end + 4 * head["pages"]
            digest = hashlib.sha256(self._map[: self._data_start]).hexdigest()
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            raise self._corrupt("its table of contents cannot be read") from None
        if digest != record.head:
            raise self._corrupt("its table of contents is not what was written")
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
            raise self._corrupt("its table of contents makes no sense") from None

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
            raise self._corrupt(f"it has no array {name!r}") from None
        return Column(self, np.frombuffer(self._map, dtype, count, self._data_start + offset), offset)

    def whole(self, name: str) -> Array:
        """One of the arrays, all of it."""
        return self.column(name)[:]

    def check(self, start: int, stop: int) -> None:
        """Vouch for the bytes from `start` to `stop` of the data, page by page, each once."""
        for page in range(start // _PAGE, -(-stop // _PAGE)):
            if not self._checked[page]:
                if zlib.crc32(self._data[page * _PAGE : (page + 1) * _PAGE]) != self._checksums[page]:
                    raise self._corrupt(f"page {page} is not what was written")
                self._checked[page] = 1

    def _corrupt(self, what: str) -> IndexCorrupt:
        return IndexCorrupt(f"{self.path}: {what}; make the index again with 'carinews rebuild'")


@dataclass(frozen=True, slots=True)
class Column:
    """An array of a segment: slicing it checks the pages that the slice lies on."""

    file: SegmentFile
    values: Array
    offset: int

    def __getitem__(self, place: slice) -> Array:
        start, stop, _ = place.indices(len(self.values))
        return self.read(start, stop)

    def read(self, start: int, stop: int) -> Array:
        """The slice from `start` to `stop`, both within the array."""
        size = self.values.itemsize
        if stop > start:
            self.file.check(self.offset + start * size, self.offset + stop * size)
        return self.values[start:stop]


class Ends:
    """Where each of many stretches ends; the first begins at 0."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._ends: memoryview[int] = file.whole(name).data

    def __len__(self) -> int:
        return len(self._ends)

    def bounds(self, number: int) -> tuple[int, int]:
        """Where stretch `number` begins and ends."""
        return (self._ends[number - 1] if number else 0), self._ends[number]


class Strings:
    """Sorted or numbered strings, read from a packed pair of arrays."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._file, self._name = file, name
        self._bytes = file.whole(name).tobytes()
        self._ends = Ends(file, f"{name}_ends")
        self._found: dict[bytes, int | None] = {}

    def __len__(self) -> int:
        return len(self._ends)

    def __iter__(self) -> Iterator[bytes]:
        return (self[number] for number in range(len(self)))

    def __getitem__(self, number: int) -> bytes:
        return self._bytes[slice(*self._ends.bounds(number))]

    def find(self, string: bytes) -> int | None:
        """The number of a string in a sorted list, or None. Remembered, for words come again."""
        try:
            return self._found[string]
        except KeyError:
            number = self.place(string)
            found = number if number < len(self) and self[number] == string else None
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            self._found[string] = found
            return found

    @cached_property
    def _signposts(self) -> list[bytes]:
        """Every so many-th string: looking there first makes a search three times as quick, 3 µs."""
        return [self[number] for number in range(0, len(self), _SIGNPOST)]

    def place(self, string: bytes, low: int = 0) -> int:
        """The first place from `low` on, in a sorted list, whose string is not smaller than this."""
        after = bisect_left(self._signposts, string) * _SIGNPOST
        low, high = max(low, after - _SIGNPOST), min(after, len(self))
        return bisect_left(self, string, low, max(low, high))

    @cached_property
    def _bounds(self) -> tuple[Array, Array]:
        """Where each string begins and ends in the packed bytes (int64)."""
        ends = self._file.whole(f"{self._name}_ends").astype(np.int64)
        return np.append(0, ends[:-1]), ends

    @cached_property
    def letters(self) -> tuple[Array, Array]:
        """How many code points each string has, and which of the letters a to z, as bits (int32, uint32)."""
        signs = self._file.whole(self._name)
        starts, ends = self._bounds
        before = np.append(0, np.cumsum((signs & 0xC0) != 0x80))  # a byte that does not go on begins a code point
        bit = np.where((signs >= 97) & (signs <= 122), np.uint32(1) << (signs.astype(np.uint32) - 97 & 31), 0)
        held = np.bitwise_or.reduceat(np.append(bit, 0).astype(np.uint32), starts) if len(ends) else bit
        lengths = (before[ends] - before[starts]).astype(np.int32)
        return lengths, np.where(ends > starts, held, 0).astype(np.uint32)

    def spelled(self, numbers: Array) -> Array:
        """The code points of some strings, one string a column, zeros behind the end of a shorter one (uint32)."""
        starts, ends = (bounds[numbers] for bounds in self._bounds)
        lengths, of_bytes = self.letters[0][numbers], ends - starts
        rows = np.arange(int(lengths.max(initial=0)))[:, None]
        signs = self._file.whole(self._name)
        found = np.where(rows < of_bytes, signs[np.minimum(starts + rows, len(signs) - 1)], 0).astype(np.uint32)
        for column in (lengths != of_bytes).nonzero()[0].tolist():  # beyond ASCII a letter has several bytes
            text = self[int(numbers[column])].decode("utf-8", "surrogatepass")
            found[:, column] = 0
            found[: len(text), column] = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        return found


class Segment:
    """One segment, open for reading, less the documents that were deleted since it was written.

    `live` is None where none was. Document numbers (`docs`) never leave the engine.
    """

    def __init__(self, path: Path, record: SegmentRecord, live: NDArray[np.bool_] | None = None) -> None:
        self._file = SegmentFile(path, record)
        self.record = record
        self.live = live
        self.documents = self._file.documents
        self.lengths = self._file.whole("lengths")
        self._docs = self._file.column("docs")
        self._freqs = self._file.column("freqs")
        self._positions = self._file.column("positions")
        self._of_thread = threading.local()
        self._cached_categories: dict[str, tuple[Array, list[str]]] = {}
        self._cached_keys: dict[str, tuple[Array, Array]] = {}

    @cached_property
    def _posting_ends(self) -> Ends:
        return Ends(self._file, "posting_ends")

    @cached_property
    def _position_ends(self) -> Ends:
        return Ends(self._file, "position_ends")

    @cached_property
    def _stored(self) -> Column:
        return self._file.column("stored")

    @cached_property
    def _stored_ends(self) -> Ends:
        return Ends(self._file, "stored_ends")

    def array(self, name: str) -> Array:
        """One of the arrays that the layout names, all of it."""
        return self._file.whole(name)

    @cached_property
    def _far(self) -> Array:
        return self._file.whole("far")

    # -- terms -----------------------------------------------------------------------------------

    @cached_property
    def terms(self) -> Strings:
        """The written forms, sorted by their UTF-8 bytes."""
        return Strings(self._file, "terms")

    @cached_property
    def stems(self) -> Strings:
        """The stems that have a row of their own, sorted."""
        return Strings(self._file, "stems")

    def term(self, form: str) -> int | None:
        """The number of a written form, or None where no document has it."""
        return self.terms.find(form.encode("utf-8", "surrogatepass"))

    def family(self, stem: str) -> Array:
        """The term numbers of all written forms that share a stem."""
        number = self.stems.find(stem.encode("utf-8", "surrogatepass"))
        if number is None:
            alone = self.term(stem)
            return np.array([] if alone is None else [alone], np.uint32)
        return self._file.column("members")[slice(*Ends(self._file, "member_ends").bounds(number))]

    def stem(self, form: str) -> str | None:
        """The stem of a written form that this segment holds, or None."""
        term = self.term(form)
        if term is None:
            return None
        row = int(self._stem_rows[term])
        return form if row < 0 else self.stems[row].decode("utf-8", "surrogatepass")

    @cached_property
    def _stem_rows(self) -> Array:
        """By term the row of its stem; -1 for one that is its own stem, without relatives: such have no row.

        To look for one term among the members takes 40 µs, a third of the time of reading a word of a query.
        """
        ends = self._file.whole("member_ends")
        rows = np.full(len(self.terms), -1, np.int32)
        rows[self._file.whole("members")] = np.repeat(np.arange(len(ends), dtype=np.int32), np.diff(ends, prepend=0))
        return rows

    def postings(self, term: int, last: int | None = None) -> tuple[Array, Array]:
        """The documents that hold a term, rising, and how often (uint16, uint8), deleted ones too.

        With `last`, those of all terms from the one to the other, one list behind the other.
        """
        start, stop = self._posting_ends.bounds(term)
        if last is not None:
            stop = self._posting_ends.bounds(last)[1]
        return self._docs.read(start, stop), self._freqs.read(start, stop)

    def positions(self, term: int, among: NDArray[np.bool_] | None = None) -> tuple[Array, Array]:
        """Where a term stands: document and position of each occurrence, in order (deleted ones too).

        `among` is a mask over all documents: only in those that it names.
        """
        begins, positions = self.decoded(*self._position_ends.bounds(term))
        starts = begins.nonzero()[0]  # one a document
        counts = np.empty_like(starts)
        np.subtract(starts[1:], starts[:-1], out=counts[:-1])
        counts[-1:] = len(positions) - starts[-1:]
        docs, _ = self.postings(term)
        if among is not None and not (kept := among[docs]).all():
            docs, starts, counts = docs[kept], starts[kept], counts[kept]
            ends = counts.cumsum()
            positions = positions[(starts - ends + counts).repeat(counts) + np.arange(ends[-1] if len(ends) else 0)]
        return docs.repeat(counts), positions.astype(np.int64)

    def decoded(self, start: int, stop: int) -> tuple[Array, Array]:
        """Of some positions, by term and then by document: whether each begins a posting, and what it is."""
        marked = self._positions.read(start, stop)
        positions = marked & ~POSTING
        low, high = np.searchsorted(self._far, np.array((start, stop), np.uint32))  # of one dtype, or it is copied
        if low < high:
            positions = positions.astype(np.uint32)
            positions[self._far[low:high] - np.uint32(start)] = self._file.whole("far_positions")[low:high]
        return marked >= POSTING, positions  # a bool: to look for what is not 0 in numbers takes ten times as long

    # -- documents -------------------------------------------------------------------------------

    @cached_property
    def title_lengths(self) -> Array:
        return self._file.whole("title_lengths")

    @cached_property
    def dates(self) -> Array:
        """Seconds since 1970, rising; `UNDATED` first."""
        return self._file.whole("dates")

    @cached_property
    def months(self) -> tuple[list[str], Array]:
        """The months of the documents, in Western Indonesian time (`2017-04`), and where they begin; last, the end.

        Documents stand by date, so a month is a stretch of them. The undated are of none.
        """
        dated = int(np.searchsorted(self.dates, UNDATED + 1))
        months = (self.dates[dated:] + _WESTERN_TIME).astype("datetime64[s]").astype("datetime64[M]")
        starts = np.append(0, np.flatnonzero(months[1:] != months[:-1]) + 1) if len(months) else np.empty(0, np.int64)
        return months[starts].astype(str).tolist(), dated + np.append(starts, len(months))

    @cached_property
    def derived(self) -> NDArray[np.bool_]:
        """Which documents were made from links alone."""
        return self._file.whole("derived").astype(bool)

    @property
    def sketches(self) -> Array:
        """The sketches of the bodies, a row each (uint8)."""
        return self._file.whole("sketches").reshape(-1, SIZE)

    @property
    def sketch_weights(self) -> Array:
        """How many threes of words each body has, as its sketch weighs them (uint32)."""
        return self._file.whole("sketch_weights")

    @cached_property
    def id_keys(self) -> Array:
        """The key of each document's id, by document number."""
        keys = np.empty(self.documents, np.uint64)
        keys[self._file.whole("id_docs")] = self._file.whole("id_keys")
        return keys

    def keys(self, name: str) -> tuple[Array, Array]:
        """Sorted keys ("id", "title", "edge") and the document of each, deleted ones too."""
        if name not in self._cached_keys:
            self._cached_keys[name] = self._file.whole(f"{name}_keys"), self._file.whole(f"{name}_docs")
        return self._cached_keys[name]

    def find(self, name: str, wanted: int) -> Array:
        """The live documents that have a key."""
        keys, docs = self.keys(name)
        start, stop = (int(np.searchsorted(keys, np.uint64(wanted), side)) for side in ("left", "right"))
        found = docs[start:stop]
        return found if self.live is None else found[self.live[found]]

    def category(self, name: str) -> tuple[Array, list[str]]:
        """The code of every document, and the values that the codes stand for; "" is none."""
        if name not in self._cached_categories:
            values = Strings(self._file, name)
            texts = [values[number].decode("utf-8", "surrogatepass") for number in range(len(values))]
            self._cached_categories[name] = self._file.whole(f"{name}_codes"), texts
        return self._cached_categories[name]

    def stored(self, doc: int) -> dict[str, Any]:
        """The stored record of one document."""
        record: dict[str, Any] = json.loads(self.unpacked(doc))
        return record

    def packed(self, doc: int) -> Array:
        """The stored record of one document, compressed."""
        return self._stored.read(*self._stored_ends.bounds(doc))

    def unpacked(self, doc: int) -> bytes:
        """The stored record of one document, as JSON."""
        content: bytes = self._decompressor().decompress(self.packed(doc))
        return content

    def _decompressor(self) -> Any:
        """One for each thread: they may not share it, and to make one anew costs 20 µs, four times its work."""
        if not hasattr(self._of_thread, "decompressor"):
            from zstandard import ZstdDecompressor  # 34 ms to import: only when a text is shown

            self._of_thread.decompressor = ZstdDecompressor(self._zstd_dictionary)
        return self._of_thread.decompressor

    @property
    def dictionary(self) -> bytes:
        """The dictionary that the stored articles are compressed with; empty where there is none."""
        return self._file.whole("zstd_dictionary").tobytes()

    @cached_property
    def _zstd_dictionary(self) -> Any:
        from zstandard import ZstdCompressionDict

        return ZstdCompressionDict(self.dictionary) if self.dictionary else None

    def live_docs(self) -> Iterator[int]:
        """The numbers of the documents that are not deleted."""
        yield from range(self.documents) if self.live is None else np.flatnonzero(self.live).tolist()

    @property
    def live_count(self) -> int:
        """How many documents are not deleted."""
        return self.documents if self.live is None else int(self.live.sum())
