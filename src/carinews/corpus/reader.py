"""A corpus: the files of a folder, each read by its kind.

What cannot be used is a value in the stream, a CorpusError among the articles (a CorpusNote behind
an article for a part of it), because a corpus of
a million records should not end at its first bad one. Whoever reads decides what to do about it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from carinews.corpus.ages import dated
from carinews.corpus.fields import UNCHANGED, Fields
from carinews.corpus.files import (
    KINDS,
    MAX_PAGE_BYTES,
    decode,
    kind_of,
    open_stream,
    read_bytes,
    read_lines,
    read_text,
    shown,
)
from carinews.corpus.packings import PACKINGS
from carinews.corpus.records import read_csv, read_json, read_json_lines
from carinews.corpus.tempo import parse_dump
from carinews.errors import CorpusError, CorpusNote
from carinews.model import Article, DateCertainty
from carinews.wording import Message, cause

_READABLE = f"{' '.join(KINDS)}, each also with {' '.join(filter(None, PACKINGS))}"


@dataclass(frozen=True, slots=True)
class Reading:
    """How a corpus is to be read.

    `as_of` is the day on which its pages were copied, for those that do not tell themselves: ages on them
    ("11 hari lalu") become dates of that `certainty`. `fields` says what records call their parts.
    """

    as_of: date | None = None
    certainty: DateCertainty = "relative"
    fields: Fields = UNCHANGED


AS_IT_IS = Reading()
"""Ages stay ages, and records use our keys."""


def read_corpus(root: Path, reading: Reading = AS_IT_IS) -> Iterator[Article | CorpusError]:
    """Every article under `root`, and in its place an error for whatever cannot be used.

    Raises CorpusError at once where `root` does not exist.
    """
    entries = _entries(root)

    def stream() -> Iterator[Article | CorpusError]:
        for entry in entries:
            if isinstance(entry, CorpusError):
                yield entry
            else:
                yield from read_file(entry, reading)

    return stream()


def corpus_files(root: Path) -> Iterator[Path]:
    """The files under `root` that we read, sorted; a single file stands for itself.

    Hidden files and folders are passed over, and so is what is no regular file. A link to a file
    inside the root counts as a file; links to folders are not followed, as what is inside the root
    is met under its own name.

    Raises CorpusError at once where `root` does not exist.
    """
    return (entry for entry in _entries(root) if isinstance(entry, Path))


def read_file(path: Path, reading: Reading = AS_IT_IS) -> Iterator[Article | CorpusError]:
    """The articles of one file. Errors come as values, and the stream goes on where it can."""
    try:
        for item in _read(path, reading.fields):
            yield dated(item, reading.as_of, reading.certainty) if isinstance(item, Article) else item
    except CorpusError as refused:
        yield refused


def _read(path: Path, fields: Fields) -> Iterator[Article | CorpusError]:
    """The articles of a file by its kind. What reads pages, feeds and archives is imported when one is met."""
    kind, name = kind_of(path), shown(path)
    if kind is None:
        raise CorpusError(name, None, Message("not a kind of file that is read; those are {kinds}", kinds=_READABLE))
    notes: list[CorpusNote] = []
    match kind.kind:
        case ".txt":
            yield parse_dump(read_text(path, guess=True), name, notes)
        case ".html" | ".htm":
            from carinews.corpus.webpage import parse_page

            yield parse_page(decode(read_bytes(path, MAX_PAGE_BYTES), name, damaged=True), name, notes)
        case ".json":
            yield from read_json(read_text(path, guess=True), name, fields)
        case ".jsonl":
            yield from read_json_lines(read_lines(path, guess=True), name, fields)
        case ".csv":
            yield from read_csv(read_lines(path, guess=True), name, fields)
        case ".xml" | ".rss" | ".atom":
            from carinews.corpus.feeds import read_feed

            yield from read_feed(read_bytes(path), name)
        case ".warc":
            from carinews.corpus.archives import read_archive

            yield from read_archive(open_stream(path), name)
    yield from notes


def _entries(root: Path) -> Iterator[Path | CorpusError]:
    """The files under an existing root, and errors for folders that cannot be listed."""
    root = Path(root)
    try:
        is_folder = stat.S_ISDIR(os.stat(root).st_mode)
    except (OSError, ValueError) as error:
        reason = Message("there is no such file or folder that can be read; name the corpus with --corpus")
        raise CorpusError(shown(root), None, reason) from error
    if is_folder:
        return _walk(root, Path(os.path.realpath(root)))
    return iter((root,))


def _walk(folder: Path, root: Path) -> Iterator[Path | CorpusError]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield CorpusError(shown(folder), None, Message("the folder cannot be listed: {error}", error=cause(error)))
        return
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path, root)
        elif kind_of(path) and _is_file(entry) and (not entry.is_symlink() or _is_inside(path, root)):
            yield path


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a regular file or leads to one; a link in a circle leads nowhere."""
    try:
        return entry.is_file()
    except OSError:
        return False


def _is_inside(link: Path, root: Path) -> bool:
    return Path(os.path.realpath(link)).is_relative_to(root)
