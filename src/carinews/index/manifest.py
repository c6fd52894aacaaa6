"""CURRENT: the small file that says which segments are the index.

A commit writes new files beside the old ones and then renames a new `CURRENT` over the old,
so a reader finds the old generation or the new one, never a mixture. It is JSON with a digest
of itself, and names each file with its size and SHA-256. Nothing in it is ever executed.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from carinews.analysis.analyzer import fingerprint
from carinews.errors import IndexCorrupt, IndexMissing, IndexVersionError
from carinews.index.storage import FileRecord
from carinews.wording import Message

if TYPE_CHECKING:
    from carinews.index.storage import Folder

CURRENT = "CURRENT"
FORMAT = 7
"""The layout of the files. A change of layout takes the next number."""

_OWN = r"(?:segment|deleted|sources|lexicon|copies)-([0-9]{6,})-[0-9]{3,}\.bin"
OWN_FILE = re.compile(_OWN)
"""The names that an index gives to its files, after their generation. Nothing else in the folder is ever read."""

SWEPT = re.compile(rf"{_OWN}(?:\.[0-9]+)?(?:\.tmp)?|{CURRENT}\.tmp")
"""The names of files that may be removed: the index's own, and what was being written, by a worker process
with its number. Nothing else in the folder is ever removed."""

_MAGIC = "carinews index"


@dataclass(frozen=True, slots=True)
class SegmentRecord:
    """One segment of a generation.

    `head` is the SHA-256 of the segment's table of contents and page checksums; through it every
    page read is vouched for. `deleted` is a bit a document, where some have been replaced.
    """

    file: FileRecord
    head: str
    documents: int
    deleted: FileRecord | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """One generation of an index: what it is made of, and by which analysis.

    `lexicon` keeps its maker's own word lists, where there are any, so that a query is analysed alike; `copies`
    the groups of articles that print the same story, where there are any.
    """

    generation: int = 0
    segments: tuple[SegmentRecord, ...] = ()
    sources: FileRecord | None = None
    lexicon: FileRecord | None = None
    copies: FileRecord | None = None
    format: int = FORMAT
    analysis: str = field(default_factory=fingerprint)

    def files(self) -> list[FileRecord]:
        """Every file that this generation needs."""
        found = [file for segment in self.segments for file in (segment.file, segment.deleted)]
        return [file for file in [*found, self.sources, self.lexicon, self.copies] if file is not None]


def read(folder: Folder, *, of_any_analysis: bool = False) -> Manifest:
    """The current manifest of an index.

    Raises IndexMissing where there is no index, IndexCorrupt where `CURRENT` is not what was
    written, IndexVersionError where another format or another analysis made it. `of_any_analysis` is for
    who only wants to know what the index was made from.
    """
    path = folder.path / CURRENT
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        message = Message("{folder}: no index here; build one with 'carinews index'", folder=folder.path)
        raise IndexMissing(message) from None
    except (NotADirectoryError, IsADirectoryError):
        raise IndexMissing(Message("{folder}: not the folder of an index", folder=folder.path)) from None
    try:
        return _parse(content, str(path), of_any_analysis)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        message = Message("{file}: damaged; make the index again with 'carinews rebuild'", file=path)
        raise IndexCorrupt(message) from None


def write(folder: Folder, manifest: Manifest) -> None:
    """Switch the index to `manifest`. Its files must be written; they are durable when this returns."""
    text = json.dumps(asdict(manifest), sort_keys=True, ensure_ascii=True)
    folder.sync()
    folder.write(CURRENT, [f"{_head(manifest.format, text)}\n{text}\n".encode()])
    folder.sync()


def _parse(content: bytes, path: str, of_any_analysis: bool) -> Manifest:
    first, text, rest = content.decode("ascii").split("\n")
    head = json.loads(first)
    if head["magic"] != _MAGIC or rest:
        raise ValueError("not a manifest")
    if head["format"] != FORMAT:
        raise IndexVersionError(
            Message(
                "{file}: an index of format {theirs}, and this carinews reads format {ours}; "
                "make it again with 'carinews rebuild'",
                file=path,
                theirs=head["format"],
                ours=FORMAT,
            )
        )
    if first != _head(FORMAT, text):  # to the byte: `verify` vouches for this line too
        raise ValueError("its digest does not fit")
    fields: dict[str, Any] = json.loads(text)
    if fields["analysis"] != fingerprint() and not of_any_analysis:
        raise IndexVersionError(
            Message(
                "{file}: made by analysis {theirs!r}, and this carinews analyses as {ours!r}; "
                "make it again with 'carinews rebuild'",
                file=path,
                theirs=fields["analysis"],
                ours=fingerprint(),
            )
        )
    segments = tuple(
        SegmentRecord(_record(entry["file"]), str(entry["head"]), _count(entry["documents"]), _maybe(entry["deleted"]))
        for entry in fields["segments"]
    )
    sources, lexicon, copies = (_maybe(fields[name]) for name in ("sources", "lexicon", "copies"))
    return Manifest(_count(fields["generation"]), segments, sources, lexicon, copies)


def _record(entry: list[Any]) -> FileRecord:
    name, size, digest = entry
    if not OWN_FILE.fullmatch(name):
        raise ValueError("a manifest names files of its own folder only")
    return FileRecord(name, _count(size), str(digest))


def _count(number: Any) -> int:
    if type(number) is not int or number < 0:
        raise ValueError("not a number of things")
    return number


def _maybe(entry: list[Any] | None) -> FileRecord | None:
    return None if entry is None else _record(entry)


def _head(number: int, text: str) -> str:
    """The first line of `CURRENT`: what it is, of which format, and the digest of the second."""
    return json.dumps({"magic": _MAGIC, "format": number, "sha256": hashlib.sha256(text.encode("ascii")).hexdigest()})
