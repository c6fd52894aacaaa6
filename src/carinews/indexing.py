"""Bringing an index in line with a corpus: read what is new or changed, forget what is gone."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

from carinews.corpus.ages import undated_ages
from carinews.corpus.files import shown
from carinews.corpus.reader import AS_IT_IS, Reading, corpus_files, read_file
from carinews.errors import CorpusError, CorpusMissing, CorpusNote, IndexCorrupt, IndexMissing
from carinews.index import manifest
from carinews.index.reader import read_sources
from carinews.index.records import to_record
from carinews.index.sources import SourceFile, SourceNote
from carinews.index.storage import Folder
from carinews.index.writer import IndexWriter
from carinews.wording import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from carinews.analysis.lexicon import Lexicon
    from carinews.model import Article, DateCertainty

MOST_NAMED = 1_000
"""So many refused inputs of one file are named; of more, only their number is told."""

_STEP = 200  # documents between two reports of progress


@dataclass(slots=True)
class Report:
    """What a run did: files read, left alone and gone; articles in the files read; inputs refused, and why;
    articles taken in without a part that was not understood; dates that are known as ages only, for want
    of the day of the copy; and files that the index was made from before and that a rebuild left out,
    because they lie elsewhere.

    Of the articles, `kept` are those that the index had already, to the letter, and `doubles` those of
    whose id another file has one, too: that of the later path is found.

    `total` counts the documents of the index afterwards, those made from links alone among them.
    """

    files_read: int = 0
    files_unchanged: int = 0
    files_removed: int = 0
    documents: int = 0
    kept: int = 0
    doubles: int = 0
    total: int = 0
    refused: list[CorpusError] = field(default_factory=list)
    notes: list[CorpusNote] = field(default_factory=list)
    undated_ages: int = 0
    left_out: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Step:
    """How far a run has come: bytes of files read, bytes in all, and documents taken in.

    When all is read, `stage` is "building" and then "merging", and segments are counted instead of bytes.
    """

    done: int
    total: int
    documents: int
    stage: str = "reading"


Progress = Callable[[Step], None]


def update(
    paths: Sequence[Path],
    index_path: str | os.PathLike[str],
    *,
    rebuild: bool = False,
    reading: Reading = AS_IT_IS,
    lexicon: Lexicon | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """Index the files below `paths`; with `rebuild`, from nothing and in place of all that was there.

    Without a `lexicon` the index keeps the one it has; `workers` processes build (see `IndexWriter`).
    `reading` says how files are read. The index remembers the day of the copy that it was given for a file:
    another day makes it read the file again, no day changes nothing.

    Files of the same size and time as last time are left alone, and so are those that hold the same
    bytes. Of a changed file, only the articles that changed are indexed. Files that were below `paths`
    last time and are gone take their articles with them; where another file has an article of the same
    id, that one is found from then on. Raises CorpusMissing where there are no
    files, CorpusError where a path is missing or nothing below it can be read (the index then stays
    as it was), IndexLocked, IndexCorrupt, OSError.
    """
    files = _found(paths)
    if not files:
        raise CorpusMissing(", ".join(map(str, paths)), None, Message("no file of a kind that carinews reads is there"))
    before = _former_sources(index_path) if rebuild else {}
    with IndexWriter(index_path, rebuild=rebuild, lexicon=lexicon, workers=workers) as writer:
        run = _Run(writer, files, reading, _read_notes(before), progress)
        run.forget_gone(paths)
        run.read_changed()
        run.keep_notes()
        if run.report.refused and not writer.sources:
            writer.cancel()  # nothing could be read: better the index that was than an empty one
            first, *others = run.report.refused
            first.others = tuple(others)
            raise first
    run.report.total = writer.document_count
    run.report.left_out = [name for name in before if not _is_below(name, paths) and Path(name).exists()]
    return run.report


class _Run:
    """One pass over a corpus, in the order of its paths: of articles with one id the last stays, as in a rebuild."""

    def __init__(
        self,
        writer: IndexWriter,
        files: dict[str, SourceFile],
        reading: Reading,
        former: Mapping[str, SourceNote | None],
        progress: Progress | None,
    ) -> None:
        self.report = Report()
        self._writer, self._files, self._progress = writer, files, progress
        self._reading, self._asked = reading, frozenset(files)
        self._former = former  # the notes of the index that a rebuild replaces
        self._notes = _read_notes(writer.sources)
        self._lost = {name: set(note.lost_to) for name, note in self._notes.items() if note and note.lost_to}
        self._changed: set[str] = set()  # files that hold something else than last time, or are gone
        self._unread: set[str] = set()
        self._done = self._total = 0  # bytes
        writer.watch = self._tell_of_segments

    def forget_gone(self, paths: Sequence[Path]) -> None:
        """Take out the articles of files that are there no more, or that now go by another name."""
        for name in _gone(self._notes, paths, self._files):
            self._writer.delete_path(name)
            del self._notes[name]
            self._lost.pop(name, None)
            self._changed.add(name)
            self.report.files_removed += 1

    def read_changed(self) -> None:
        """Read the files that changed, and those with an article that may no longer be found in another."""
        fresh = self._look()
        self._unread = (self._changed | self._deprived()) & fresh.keys()
        self._total = sum(file.size for file in self._files.values())
        for name, file in sorted(self._files.items(), key=lambda item: item[1].path.parts):
            if name in self._unread:
                self._read_again(name, fresh[name])
            else:
                self._notes[name] = fresh[name]
                self.report.files_unchanged += 1
            self._done += file.size
            self._tell()

    def keep_notes(self) -> None:
        """Give the notes on the files to the index."""
        lost_to = {name: tuple(sorted(winners)) for name, winners in self._lost.items()}
        stored = {
            name: note._replace(lost_to=lost_to.get(name, ())).stored() if note else []
            for name, note in self._notes.items()
        }
        self._writer.sources.clear()
        self._writer.sources.update(stored)

    def _look(self) -> dict[str, SourceNote]:
        """A note on every file that may be read, those outside of the paths that are deprived of an article, too."""
        fresh: dict[str, SourceNote] = {}
        looked = self._files
        while looked:
            fresh |= {name: self._note(name, file) for name, file in looked.items()}
            self._changed |= {name for name in looked if fresh[name].differs(self._notes.get(name))}
            outside = self._deprived() - self._files.keys()
            looked = {name: file for name in outside if (file := _seen(Path(name)))}
            self._files |= looked
            for name in outside - looked.keys():
                self._notes[name] = None  # to be read when it is met again
        return fresh

    def _note(self, name: str, file: SourceFile) -> SourceNote:
        """A note on a file, with the day of its copy: the one given now, or that of last time if it holds the same."""
        before, former = self._notes.get(name), self._former.get(name)
        note = file.note(before)
        if former and not before and note.holds_as(former):
            note = note._replace(copied=former.copied)
        given = _copied(self._reading) if name in self._asked else ()
        return note._replace(copied=given or note.copied)

    def _deprived(self) -> set[str]:
        """The files with articles that stood behind those of a file that changed or went."""
        return {name for name, winners in self._lost.items() if not winners.isdisjoint(self._changed)}

    def _read_again(self, name: str, note: SourceNote) -> None:
        self._unread.remove(name)
        self._lost.pop(name, None)
        known = name in self._notes
        self._notes[name] = note
        if not self._read(name, known):
            if known:
                self._notes[name] = None  # its old articles stay; look at it, and complain of it, again next time
            else:
                del self._notes[name]

    def _read(self, name: str, known: bool) -> bool:
        """Take in the articles of a file in place of those it gave before; whether it could be used.

        A file that gives nothing but errors, such as one cut short while it was copied, takes
        nothing away.
        """
        self.report.files_read += 1
        articles, errors = self.report.documents, 0
        offered: set[str] = set()
        note = self._notes[name]
        reading = _copied_then(self._reading, note.copied if note else ())
        for item in read_file(self._files[name].path, reading):
            if isinstance(item, CorpusNote):
                self.report.notes.append(item)
            elif isinstance(item, CorpusError):
                errors += 1
                if errors <= MOST_NAMED:
                    self.report.refused.append(item)
            else:
                self._take(item, name)
                if known:
                    offered.add(item.id)
        if errors > MOST_NAMED:
            more = Message("{number:,} more inputs of this file are refused", number=errors - MOST_NAMED)
            self.report.refused.append(CorpusError(name, None, more))
        if self.report.documents == articles and errors:
            return False
        if known:
            self._writer.delete_path(name, but=offered)
        return True

    def _take(self, article: Article, name: str) -> None:
        """Take in an article, unless the index has it already, or a file that comes later has another of its id."""
        self.report.documents += 1
        if self.report.documents % _STEP == 0:
            self._tell()
        held = self._writer.get(article.id)
        rival = held.path if held else None
        if rival is not None and rival != name and rival in self._notes and rival not in self._unread:
            self.report.doubles += 1
            loser, winner = sorted((name, rival), key=lambda found: Path(found).parts)
            self._lost.setdefault(loser, set()).add(winner)
            if loser == name:
                return
        self.report.undated_ages += undated_ages(article)
        if held is None or to_record(held) != to_record(article):
            self._writer.add(article)
        else:
            self.report.kept += 1

    def _tell(self) -> None:
        if self._progress:
            self._progress(Step(self._done, self._total, self.report.documents))

    def _tell_of_segments(self, stage: str, done: int, total: int) -> None:
        if self._progress and self._done >= self._total:
            self._progress(Step(done, total, self.report.documents, stage))


def _copied(reading: Reading) -> tuple[str, ...]:
    """What an index remembers of the day of a copy."""
    return (reading.as_of.isoformat(), reading.certainty) if reading.as_of else ()


def _copied_then(reading: Reading, copied: tuple[str, ...]) -> Reading:
    """The same reading, of a file that was copied on the day that is remembered of it."""
    if not copied:
        return replace(reading, as_of=None)
    day, certainty = copied
    return replace(reading, as_of=date.fromisoformat(day), certainty=cast("DateCertainty", certainty))


def _read_notes(sources: Mapping[str, object]) -> dict[str, SourceNote | None]:
    return {name: SourceNote.read(stored) for name, stored in sources.items()}


def _found(paths: Sequence[Path]) -> dict[str, SourceFile]:
    """The files below the paths, each once, by their names as articles have them."""
    files = ((file, _seen(file)) for path in paths for file in corpus_files(path))
    return {shown(file): seen for file, seen in files if seen}


def _seen(path: Path) -> SourceFile | None:
    """A file as it is now; None where it is gone, or out of reach."""
    try:
        return SourceFile.look(path)
    except (OSError, ValueError):
        return None


def _gone(notes: Iterable[str], paths: Sequence[Path], files: dict[str, SourceFile]) -> list[str]:
    """The files of last time that lie below one of the paths and are there no more, or by another name."""
    missing = [name for name in notes if name not in files]
    gone = {name for name in missing if _is_below(name, paths)}
    if len(gone) < len(missing) and not files.keys() <= set(notes):
        real = {os.path.realpath(file.path) for file in files.values()}
        gone |= {name for name in missing if os.path.realpath(name) in real}
    return sorted(gone)


def _is_below(name: str, paths: Sequence[Path]) -> bool:
    return any(Path(name).is_relative_to(shown(path)) for path in paths)


def _former_sources(index_path: str | os.PathLike[str]) -> dict[str, object]:
    """The files that an index was made from; none where it cannot say."""
    folder = Folder(index_path)
    try:
        return read_sources(folder.path, manifest.read(folder, of_any_analysis=True))
    except (IndexMissing, IndexCorrupt):
        return {}
