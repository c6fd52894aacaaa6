"""One generation of an index, open for reading: the segments and the statistics over all of them."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from carinews.analysis.analyzer import Analyzer
from carinews.analysis.lexicon import Lexicon, default_lexicon
from carinews.errors import IndexCorrupt
from carinews.index import manifest
from carinews.index.segment import Segment
from carinews.index.storage import Folder
from carinews.wording import Message, cause

if TYPE_CHECKING:
    import os
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from carinews.index.manifest import Manifest, SegmentRecord
    from carinews.index.storage import FileRecord

_ATTEMPTS = 100
"""So many commits may come between two looks at a folder before we give up; one is rare."""

_T = TypeVar("_T")


class IndexReader:
    """The documents of one generation. It goes on answering from it whatever is committed later.

    Segments that the reader `before` has open are taken over, with all that it remembers of them. Raises
    IndexMissing, IndexCorrupt, IndexVersionError.
    """

    def __init__(self, path: str | os.PathLike[str], before: IndexReader | None = None) -> None:
        self._folder = Folder(path)
        known = {} if before is None else {segment.record: segment for segment in before.segments}

        def take(current: Manifest) -> tuple[Manifest, list[Segment], Lexicon, NDArray[np.uint64]]:
            segments = [known.get(one) or open_segment(self._folder.path, one) for one in current.segments]
            copies = read_copies(self._folder.path, current)
            if before is not None and before.manifest.lexicon == current.lexicon:
                return current, segments, before.lexicon, copies
            return current, segments, read_lexicon(self._folder.path, current), copies

        self._categories: dict[str, tuple[list[str], NDArray[Any]]] = {}
        self.manifest: Manifest
        self.segments: list[Segment]
        self.lexicon: Lexicon
        self.copies: NDArray[np.uint64]
        self.manifest, self.segments, self.lexicon, self.copies = _steadily(self._folder, take)

    def refreshed(self) -> IndexReader:
        """A reader of the generation that is current now: this one, where nothing was committed since."""
        return self if manifest.read(self._folder) == self.manifest else IndexReader(self._folder.path, self)

    @property
    def path(self) -> Path:
        """The folder of the index."""
        return self._folder.path

    @cached_property
    def analyzer(self) -> Analyzer:
        """The analysis that the index was made with; it takes the stems of the index's own words from here."""
        return Analyzer(self.lexicon, self.stem)

    def stem(self, form: str) -> str | None:
        """The stem of a written form that some document holds, or None: to look here spares reading word lists."""
        stems = (segment.stem(shape) for shape in self.lexicon.shapes(form) for segment in self.segments)
        return next((stem for stem in stems if stem is not None), None)

    # -- documents, numbered through all segments ------------------------------------------------

    @cached_property
    def starts(self) -> list[int]:
        """The number of the first document of each segment; behind them, how many there are, deleted ones too."""
        return [0, *accumulate(segment.documents for segment in self.segments)]

    @property
    def size(self) -> int:
        """How many documents are numbered: the live ones and those deleted since the last merge."""
        return self.starts[-1]

    def place(self, doc: int) -> tuple[Segment, int]:
        """The segment of a document, and its number there."""
        number = bisect_right(self.starts, doc) - 1
        return self.segments[number], doc - self.starts[number]

    def stored(self, doc: int) -> dict[str, Any]:
        """The stored record of a document."""
        segment, place = self.place(doc)
        return segment.stored(place)

    def find(self, name: str, wanted: int) -> list[int]:
        """The live documents that have a key ("id", "title", "address", "edge")."""
        found = zip(self.starts, self.segments, strict=False)
        return [start + doc for start, segment in found for doc in segment.find(name, wanted).tolist()]

    @cached_property
    def live(self) -> NDArray[np.bool_] | None:
        """Which documents are live; None where all are."""
        if all(segment.live is None for segment in self.segments):
            return None
        return self._of_documents(
            [np.ones(one.documents, bool) if one.live is None else one.live for one in self.segments], bool
        )

    @cached_property
    def title_lengths(self) -> NDArray[Any]:
        """The tokens of each title."""
        return self._of_documents([segment.title_lengths for segment in self.segments], np.uint32)

    @cached_property
    def dates(self) -> NDArray[Any]:
        """Seconds since 1970 of each document, or `UNDATED`; rising within a segment."""
        return self._of_documents([segment.dates for segment in self.segments], np.int64)

    @cached_property
    def id_keys(self) -> NDArray[Any]:
        """The key of each document's id."""
        return self._of_documents([segment.id_keys for segment in self.segments], np.uint64)

    @cached_property
    def months(self) -> tuple[list[str], NDArray[Any]]:
        """The months that documents are of (`2017-04`), in order, and the number of each document's; "" is none."""
        names = sorted({"", *(name for segment in self.segments for name in segment.months[0])})
        codes = [np.zeros(segment.documents, np.uint32) for segment in self.segments]
        for segment, column in zip(self.segments, codes, strict=True):
            months, bounds = segment.months
            for month, (start, stop) in zip(months, pairwise(bounds.tolist()), strict=True):
                column[start:stop] = bisect_left(names, month)
        return names, self._of_documents(codes, np.uint32)

    def category(self, name: str) -> tuple[list[str], NDArray[Any]]:
        """The values of a category, in order, and the number of each document's; "" is none."""
        if name not in self._categories:
            each = [segment.category(name) for segment in self.segments]
            values = sorted({value for _, of_segment in each for value in of_segment})
            codes = [
                np.array([bisect_left(values, value) for value in of_segment], np.uint32)[codes]
                for codes, of_segment in each
            ]
            self._categories[name] = values, self._of_documents(codes, np.uint32)
        return self._categories[name]

    def _of_documents(self, columns: list[NDArray[Any]], dtype: Any) -> NDArray[Any]:
        return columns[0] if len(columns) == 1 else np.concatenate([*columns, np.empty(0, dtype)])

    @cached_property
    def document_count(self) -> int:
        """Live documents in all segments."""
        return sum(segment.live_count for segment in self.segments)

    @cached_property
    def average_length(self) -> float:
        """Tokens in a whole article, those of the title `TITLE_WEIGHT` times: the mean, or 1 where there is none.

        Documents made from links alone do not count: they would drag the average down.
        """
        whole = [
            segment.lengths[~segment.derived if segment.live is None else segment.live & ~segment.derived]
            for segment in self.segments
        ]
        total, count = sum(int(lengths.sum(dtype="int64")) for lengths in whole), sum(map(len, whole))
        return total / count if total else 1.0


def open_segment(folder: Path, record: SegmentRecord) -> Segment:
    """Open a segment with the deletions that its record names."""
    live = None if record.deleted is None else _live(folder, record.deleted, record.documents)
    return Segment(folder / record.file.name, record, live)


def _live(folder: Path, deleted: FileRecord, documents: int) -> NDArray[np.bool_]:
    bits = np.frombuffer(read_checked(folder, deleted), np.uint8)
    if len(bits) != -(-documents // 8):
        raise _strange(folder / deleted.name)
    return ~np.unpackbits(bits, count=documents).astype(bool)


def read_checked(folder: Path, record: FileRecord) -> bytes:
    """The content of a small file of the index. Raises IndexCorrupt where it is not what was written."""
    try:
        content = (folder / record.name).read_bytes()
    except OSError as error:
        raise _unreadable(folder / record.name, error) from error
    if hashlib.sha256(content).hexdigest() != record.sha256:
        raise _damaged(folder / record.name)
    return content


def read_sources(folder: Path, current: Manifest) -> dict[str, Any]:
    """The notes that a generation keeps on the files it was made from, by name. Raises IndexCorrupt."""
    if current.sources is None:
        return {}
    return _parsed(folder, current.sources)


def read_lexicon(folder: Path, current: Manifest) -> Lexicon:
    """The lexicon that a generation was made with. Raises IndexCorrupt."""
    if current.lexicon is None:
        return default_lexicon()
    lists = _parsed(folder, current.lexicon)
    if not all(isinstance(text, str) for text in lists.values()):
        raise _strange(folder / current.lexicon.name)
    return Lexicon(lists)


def read_copies(folder: Path, current: Manifest) -> NDArray[np.uint64]:
    """The groups of articles that print the same story, as `copies.groups` gives them. Raises IndexCorrupt."""
    if current.copies is None:
        return np.empty((2, 0), np.uint64)
    content = read_checked(folder, current.copies)
    if len(content) % 16:
        raise _strange(folder / current.copies.name)
    return np.frombuffer(content, np.uint64).reshape(2, -1)


def _parsed(folder: Path, record: FileRecord) -> dict[str, Any]:
    """The JSON object in a small file of the index. Raises IndexCorrupt."""
    try:
        found = json.loads(read_checked(folder, record))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise _strange(folder / record.name)
    return found


def verify(path: str | os.PathLike[str]) -> Manifest:
    """Check every byte of an index against its manifest.

    Raises IndexCorrupt naming the first file that is not what was written, and IndexMissing.
    """
    folder = Folder(path)

    def check(current: Manifest) -> Manifest:
        for record in current.files():
            _check_digest(folder.path / record.name, record)
        return current

    return _steadily(folder, check)


def _check_digest(path: Path, record: FileRecord) -> None:
    try:
        with open(path, "rb") as file:
            digest = hashlib.file_digest(file, "sha256")
    except OSError as error:
        raise _unreadable(path, error) from error
    if digest.hexdigest() != record.sha256:
        raise _damaged(path)


def _unreadable(file: Path, error: OSError) -> IndexCorrupt:
    message = Message("{file}: cannot be read ({error}); run 'carinews rebuild'", file=file, error=cause(error))
    return IndexCorrupt(message)


def _damaged(file: Path) -> IndexCorrupt:
    return IndexCorrupt(Message("{file}: not what was written; run 'carinews rebuild'", file=file))


def _strange(file: Path) -> IndexCorrupt:
    return IndexCorrupt(Message("{file}: not what an index keeps there; run 'carinews rebuild'", file=file))


def _steadily(folder: Folder, take: Callable[[Manifest], _T]) -> _T:
    """Do something with the files of the current generation.

    A commit may remove them between our look at `CURRENT` and theirs: what seems damaged is so only if
    `CURRENT` is still the same; else it is done again.
    """
    for _ in range(_ATTEMPTS - 1):
        current = manifest.read(folder)
        try:
            return take(current)
        except IndexCorrupt:
            if manifest.read(folder) == current:
                raise
    return take(manifest.read(folder))
