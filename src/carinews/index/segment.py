"""A segment: up to 65,536 documents as flat arrays in one file that never changes.

How they lie in the file is told in `segment_file.py`. The arrays:

========================== ======== ==================================================================
per document, oldest first, undated before all
``lengths``                unsigned tokens, the title's counted `TITLE_WEIGHT` times
``title_lengths``          unsigned tokens of the title
``dates``                  int64    seconds since 1970 (UTC), or `UNDATED`
``derived``                uint8    1 for a document that was made from links alone
``sketches``               uint8    of each body the bytes that it is compared by (`sketches.py`)
``sketch_weights``         unsigned  how many threes of words a sketch was made from
``stored``, ``stored_sizes``        the articles, compressed (`records.py`), and how long each is
per term, in the order of its stem and then of its own UTF-8 bytes
``terms``, ``terms_sizes``          the written forms
``alphabet``               unsigned the terms' numbers in the order of their bytes alone
``posting_sizes``          unsigned how many postings it has
per posting, by term and then by document
``docs``                   uint16   document number
``freqs``                  uint8    occurrences, those in the title `TITLE_WEIGHT` times, at most 255
per position
``positions``              uint16   token position, `FAR` at most; the top bit is set on a posting's first;
                                    title first, then a gap
``far``, ``far_positions`` unsigned of positions from `FAR` on: which they are, and what
per `BLOCK` of postings, and one behind them all
``block_starts``           unsigned the number of the first position
per term that stands in a title
``titled``                 unsigned its number
``titled_sizes``           unsigned how many documents follow for it
``titled_docs``            uint16   document number, once for every occurrence in the title
per family, that is per stem with other forms than itself
``stems``, ``stems_sizes``          the stems, sorted
``family_starts``          unsigned the number of its first form; the others follow
``family_sizes``           unsigned how many forms there are
keys, sorted, with the document of each
``id_keys``, ``id_docs``            hashes of the public ids
``title_keys``, ``title_docs``      hashes of the titles
``address_keys``, ``address_docs``  hashes of the addresses, of those that have one
``edge_keys``, ``edge_docs``        hashes of the titles that a document points at
``edge_addresses``         unsigned the hash of the address that goes with it, or 0
per category (source, section, city, author, kind, path)
``NAME_codes``             unsigned the number of the document's value
``NAME``, ``NAME_sizes``            the values, sorted; an empty one stands for none
========================== ======== ==================================================================

Unsigned numbers are as narrow in the file as they can be, uint16 or uint32 mostly; all that is behind one another
in an array has its size there, and its end is a sum. Where a posting's positions begin is told of one in `BLOCK`:
the others are found by the bits that begin them.

A family's postings are not stored: they are the union of its forms' postings, made when asked. They lie side by
side, for stems come first in the order of terms.
"""

from __future__ import annotations

import hashlib
import threading
from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from carinews.index.records import unpacked
from carinews.index.segment_file import Column, SegmentFile
from carinews.index.sketches import SIZE
from carinews.index.strings import Ends, Strings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from carinews.index.manifest import SegmentRecord

    Array = NDArray[Any]

MAX_DOCUMENTS = 65_536
"""So that a document number fits 16 bits."""

POSTING = np.uint16(1 << 15)
"""Set on the first position of every posting."""

BLOCK = 64
"""Postings. To tell where the positions of each term begin takes twice the room, and of frequent terms all positions
would be read where those of a few documents are asked for."""

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


def key(text: str) -> int:
    """The 64-bit hash under which an id or a title is found (BLAKE2b, the same on every machine)."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


class Stretch(NamedTuple):
    """Where the lists of some terms lie in a column: from `start` to `stop`, or of that only some `places`."""

    start: int
    stop: int
    places: Array | None

    def of(self, values: Column) -> Array:
        """The lists, one behind the other."""
        found = values.read(self.start, self.stop)
        return found if self.places is None else found[self.places - self.start]


def _stretch(ends: Ends, terms: Sequence[int]) -> Stretch:
    """Where the lists of some terms lie, which rise."""
    first, last = terms[0], terms[-1]
    start, stop = ends.bounds(first)[0], ends.ends[last]
    if len(terms) == last - first + 1:  # they lie side by side
        return Stretch(start, stop, None)
    numbers, every = np.asarray(terms), np.asarray(ends.ends).astype(np.int64)
    starts, sizes = np.append(0, every)[numbers], np.diff(every, prepend=0)[numbers]
    return Stretch(start, stop, (starts - sizes.cumsum() + sizes).repeat(sizes) + np.arange(int(sizes.sum())))


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
        return Ends(self._file, "posting")

    @cached_property
    def _block_starts(self) -> Array:
        return self._file.whole("block_starts").astype(np.int64)

    @cached_property
    def _stored(self) -> Column:
        return self._file.column("stored")

    @cached_property
    def _stored_ends(self) -> Ends:
        return Ends(self._file, "stored")

    def array(self, name: str) -> Array:
        """One of the arrays that the layout names, all of it."""
        return self._file.whole(name)

    @cached_property
    def _far(self) -> Array:
        return self._file.whole("far")

    @cached_property
    def _far_positions(self) -> Array:
        return self._file.whole("far_positions")

    # -- terms -----------------------------------------------------------------------------------

    @cached_property
    def terms(self) -> Strings:
        """The written forms."""
        return Strings(self._file, "terms", order="alphabet")

    @cached_property
    def stems(self) -> Strings:
        """The stems that have a row of their own, sorted."""
        return Strings(self._file, "stems")

    def term(self, form: str) -> int | None:
        """The number of a written form, or None where no document has it."""
        return self.terms.find(form.encode("utf-8", "surrogatepass"))

    @cached_property
    def _families(self) -> tuple[memoryview[int], memoryview[int]]:
        return self._file.whole("family_starts").data, self._file.whole("family_sizes").data

    def family(self, stem: str) -> range:
        """The numbers of all terms that share a stem."""
        name = stem.encode("utf-8", "surrogatepass")
        row = None
        if (itself := self.terms.find(name)) is not None:  # most stems are words: then the stems need no search
            row = self._row(itself)
            if row is None:
                return range(itself, itself + 1)
        if row is None or self.stems[row] != name:
            row = self.stems.find(name)
        if row is None:
            return range(0)
        starts, sizes = self._families
        return range(starts[row], starts[row] + sizes[row])

    def _row(self, term: int) -> int | None:
        """The row of a term's family; None for one that is its own stem, without relatives."""
        starts, sizes = self._families
        row = bisect_right(starts, term) - 1
        return row if row >= 0 and term < starts[row] + sizes[row] else None

    def stem(self, form: str) -> str | None:
        """The stem of a written form that this segment holds, or None."""
        term = self.term(form)
        if term is None:
            return None
        row = self._row(term)
        return form if row is None else self.stems[row].decode("utf-8", "surrogatepass")

    def count(self, term: int) -> int:
        """How many documents hold a term, deleted ones too."""
        start, stop = self._posting_ends.bounds(term)
        return stop - start

    def documents_of(self, terms: Sequence[int]) -> Array:
        """The documents of some terms, which rise, one list behind the other (uint16), deleted ones too."""
        return _stretch(self._posting_ends, terms).of(self._docs)

    def postings_of(self, terms: Sequence[int]) -> tuple[Array, Array]:
        """The same, and how often each of these documents holds the term (uint16, uint8)."""
        stretch = _stretch(self._posting_ends, terms)
        return stretch.of(self._docs), stretch.of(self._freqs)

    def postings_within(self, terms: Sequence[int], term: int, at: int) -> slice:
        """Which of `postings_of` some terms, of which the first has the number `at`, are those of one of them."""
        before, (start, stop) = at - self.first_posting(terms), self._posting_ends.bounds(term)
        return slice(before + start, before + stop)

    def first_posting(self, terms: Sequence[int]) -> int:
        """The number of the first posting of some terms."""
        return self._posting_ends.bounds(terms[0])[0]

    def postings(self, term: int) -> tuple[Array, Array]:
        """The documents that hold a term, rising, and how often (uint16, uint8), deleted ones too."""
        return self.postings_of(range(term, term + 1))

    @cached_property
    def _titled(self) -> tuple[memoryview[int], Ends, Column]:
        return self._file.whole("titled").data, Ends(self._file, "titled"), self._file.column("titled_docs")

    def titled(self, terms: Sequence[int]) -> Array:
        """The documents with some terms in the title: one for every occurrence (uint16)."""
        numbers, ends, docs = self._titled
        if isinstance(terms, range):
            rows: Sequence[int] = range(bisect_left(numbers, terms.start), bisect_left(numbers, terms.stop))
        else:
            rows = np.flatnonzero(np.isin(numbers, terms)).tolist()
        return _stretch(ends, rows).of(docs) if rows else docs.read(0, 0)

    # -- positions -------------------------------------------------------------------------------

    def numbers_of(self, terms: Sequence[int]) -> Array:
        """The number of each posting of some terms, which rise: `documents_of` tells its document."""
        stretch = _stretch(self._posting_ends, terms)
        return np.arange(stretch.start, stretch.stop) if stretch.places is None else stretch.places

    def blocks(self, blocks: Array) -> tuple[Array, Array, Array]:
        """The positions of some blocks: their numbers and what is stored; and how many postings each block has."""
        held = np.minimum(BLOCK, len(self._docs.values) - blocks * BLOCK)
        return *self._positions.gather(self._block_starts[blocks], self._block_starts[blocks + 1]), held

    def far(self, numbers: Array) -> Array:
        """What some positions are, by their numbers, that are stored as `FAR`."""
        return self._far_positions[self._far.searchsorted(numbers)]

    def occurrences(self) -> Array:
        """About how often each term stands somewhere: exact at every `BLOCK`-th posting, even between them."""
        starts = self._block_starts
        postings = np.minimum(np.arange(len(starts)) * BLOCK, len(self._docs.values))
        ends = np.interp(np.asarray(self._posting_ends.ends), postings, starts).astype(np.int64)
        return np.diff(ends, prepend=0)

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
        """Sorted keys ("id", "title", "address", "edge") and the document of each, deleted ones too."""
        if name not in self._cached_keys:
            self._cached_keys[name] = self._file.whole(f"{name}_keys"), self._file.whole(f"{name}_docs")
        return self._cached_keys[name]

    def find(self, name: str, wanted: int) -> Array:
        """The live documents that have a key."""
        keys, docs = self.keys(name)
        start, stop = (int(np.searchsorted(keys, np.uint64(wanted), side)) for side in ("left", "right"))
        found = docs[start:stop]
        return found if self.live is None else found[self.live[found]]

    def pointing(self, address: int) -> Array:
        """The live documents with an edge to an address."""
        found: Array = self.keys("edge")[1][self._file.whole("edge_addresses") == np.uint64(address)]
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
        return unpacked(self.unpacked(doc))

    def packed(self, doc: int) -> Array:
        """The stored record of one document, compressed."""
        return self._stored.read(*self._stored_ends.bounds(doc))

    def unpacked(self, doc: int) -> bytes:
        """The stored record of one document, as `records.packed` made it."""
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

    def give_back(self) -> None:
        """Let go of what was read into memory: whoever goes through many segments need not hold all of them."""
        self._file.give_back()

    def live_docs(self) -> Iterator[int]:
        """The numbers of the documents that are not deleted."""
        yield from range(self.documents) if self.live is None else np.flatnonzero(self.live).tolist()

    @property
    def live_count(self) -> int:
        """How many documents are not deleted."""
        return self.documents if self.live is None else int(self.live.sum())
