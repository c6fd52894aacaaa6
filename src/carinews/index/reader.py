"""One generation of an index, open for reading: the segments and the statistics over all of them."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from carinews.analysis.analyzer import Analyzer
from carinews.analysis.lexicon import Lexicon, default_lexicon
from carinews.errors import IndexCorrupt
from carinews.index import manifest
from carinews.index.segment import Segment
from carinews.index.storage import Folder

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from numpy.typing import NDArray

    from carinews.index.manifest import Manifest, SegmentRecord
    from carinews.index.storage import FileRecord

_ATTEMPTS = 5


class IndexReader:
    """The documents of one generation. It goes on answering from it whatever is committed later.

    Raises IndexMissing, IndexCorrupt, IndexVersionError.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        folder = Folder(path)
        self._folder = folder
        for attempt in range(_ATTEMPTS):
            self.manifest = manifest.read(folder)
            try:
                self.segments = [open_segment(folder.path, record) for record in self.manifest.segments]
                return
            except IndexCorrupt:
                # A commit may have removed files between our two looks; then CURRENT is another by now.
                if attempt == _ATTEMPTS - 1 or manifest.read(folder).generation == self.manifest.generation:
                    raise

    @cached_property
    def lexicon(self) -> Lexicon:
        """The lexicon that the index was made with: what ships, and the lists of its maker."""
        return read_lexicon(self._folder.path, self.manifest)

    @cached_property
    def analyzer(self) -> Analyzer:
        """The analysis that the index was made with; it takes the stems of the index's own words from here."""
        return Analyzer(self.lexicon, self.stem)

    def stem(self, form: str) -> str | None:
        """The stem of a written form that some document holds, or None: to look here spares reading word lists."""
        stems = (segment.stem(shape) for shape in self.lexicon.shapes(form) for segment in self.segments)
        return next((stem for stem in stems if stem is not None), None)

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
    return ~np.unpackbits(bits, count=documents).astype(bool)


def read_checked(folder: Path, record: FileRecord) -> bytes:
    """The content of a small file of the index. Raises IndexCorrupt where it is not what was written."""
    try:
        content = (folder / record.name).read_bytes()
    except OSError as error:
        raise IndexCorrupt(f"{folder / record.name}: cannot be read ({error}); run 'carinews rebuild'") from error
    if hashlib.sha256(content).hexdigest() != record.sha256:
        raise IndexCorrupt(f"{folder / record.name}: not what was written; run 'carinews rebuild'")
    return content


def read_sources(folder: Path, current: Manifest) -> dict[str, Any]:
    """The notes that a generation keeps on the files it was made from, by name. Raises IndexCorrupt."""
    if current.sources is None:
        return {}
    notes: dict[str, Any] = json.loads(read_checked(folder, current.sources))
    return notes


def read_lexicon(folder: Path, current: Manifest) -> Lexicon:
    """The lexicon that a generation was made with. Raises IndexCorrupt."""
    if current.lexicon is None:
        return default_lexicon()
    return Lexicon(json.loads(read_checked(folder, current.lexicon)))


def verify(path: str | os.PathLike[str]) -> Manifest:
    """Check every byte of an index against its manifest.

    Raises IndexCorrupt naming the first file that is not what was written, and IndexMissing.
    """
    folder = Folder(path)
    current = manifest.read(folder)
    for record in current.files():
        digest = hashlib.sha256()
        try:
            with open(folder.path / record.name, "rb") as file:
                while chunk := file.read(1 << 20):
                    digest.update(chunk)
        except OSError as error:
            raise IndexCorrupt(f"{folder.path / record.name}: cannot be read ({error})") from error
        if digest.hexdigest() != record.sha256:
            raise IndexCorrupt(f"{folder.path / record.name}: not what was written; run 'carinews rebuild'")
    return current
