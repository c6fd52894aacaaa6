"""Bringing an index in line with a corpus: read what is new or changed, forget what is gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from carinews.corpus.ages import undated_ages
from carinews.corpus.reader import AS_IT_IS, Reading, corpus_files, read_file
from carinews.errors import CorpusError, CorpusMissing, CorpusNote, IndexCorrupt, IndexMissing
from carinews.index import manifest
from carinews.index.reader import read_sources
from carinews.index.storage import Folder
from carinews.index.writer import IndexWriter

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping, Sequence
    from typing import Any

    from carinews.analysis.lexicon import Lexicon

_STEP = 200  # documents between two reports of progress


@dataclass(slots=True)
class Report:
    """What a run did: files read, left alone and gone; documents taken in; inputs refused, and why;
    articles taken in without a part that was not understood; dates that are known as ages only, for want
    of the day of the copy; and files that the index was made from before and that a rebuild left out,
    because they lie elsewhere.

    `total` counts the documents of the index afterwards, those made from links alone among them.
    """

    files_read: int = 0
    files_unchanged: int = 0
    files_removed: int = 0
    documents: int = 0
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

    Files of the same size and time as last time are left alone. Files that were below `paths`
    last time and are gone take their articles with them. Raises CorpusMissing where there are no
    files, CorpusError where a path is missing or nothing below it can be read (the index then stays
    as it was), IndexLocked, IndexCorrupt, OSError.
    """
    files = [(file, file.stat()) for path in paths for file in corpus_files(path)]
    if not files:
        raise CorpusMissing(", ".join(map(str, paths)), None, "no file of a kind that carinews reads is there")
    total = sum(stat.st_size for _, stat in files)
    before = _former_sources(index_path) if rebuild else {}
    with IndexWriter(index_path, rebuild=rebuild, lexicon=lexicon, workers=workers) as writer:
        run = _Run(writer, reading, before, total, progress)
        for file, stat in files:
            run.take(file, [stat.st_size, stat.st_mtime_ns])
        run.forget(_gone(writer.sources, paths, {file.as_posix() for file, _ in files}))
        if run.report.refused and not writer.sources:
            writer.cancel()  # nothing could be read: better the index that was than an empty one
            raise run.report.refused[0]
    run.report.total = writer.document_count
    run.report.left_out = [name for name in before if not _is_below(name, paths) and Path(name).exists()]
    return run.report


class _Run:
    """One pass over a corpus."""

    def __init__(
        self,
        writer: IndexWriter,
        reading: Reading,
        former: Mapping[str, Any],
        total: int,
        progress: Progress | None,
    ) -> None:
        self.report = Report()
        self._writer, self._reading, self._former = writer, reading, former
        self._total, self._progress = total, progress
        self._done = 0
        writer.watch = self._tell_of_segments

    def take(self, file: Path, stamp: list[int]) -> None:
        """Read a file, unless its size and time, and the day of its copy, are those of last time."""
        name, sources = file.as_posix(), self._writer.sources
        reading = _reading_as_before(self._reading, self._former.get(name), stamp)
        before = sources.get(name) or []
        if before[:2] == stamp and (reading.as_of is None or before[2:] == _copied(reading)):
            self.report.files_unchanged += 1
        elif self._read(file, reading):
            sources[name] = [*stamp, *_copied(reading)]
        elif name in sources:
            sources[name] = []  # its old articles stay; look at it, and complain of it, again next time
        self._done += stamp[0]
        self._tell()

    def forget(self, names: Sequence[str]) -> None:
        """Take out the articles of files that are gone."""
        for name in names:
            self._writer.delete_path(name)
            del self._writer.sources[name]
            self.report.files_removed += 1

    def _read(self, file: Path, reading: Reading) -> bool:
        """Take in the articles of a file in place of those it gave before; whether it could be used.

        A file that gives nothing but errors, such as one cut short while it was copied, takes
        nothing away.
        """
        self.report.files_read += 1
        name, articles, refused = file.as_posix(), self.report.documents, len(self.report.refused)
        replaced = name not in self._writer.sources
        for item in read_file(file, reading):
            if isinstance(item, CorpusNote):
                self.report.notes.append(item)
                continue
            if isinstance(item, CorpusError):
                self.report.refused.append(item)
                continue
            if not replaced:
                self._writer.delete_path(name)
                replaced = True
            self._writer.add(item)
            self.report.documents += 1
            self.report.undated_ages += undated_ages(item)
            if self.report.documents % _STEP == 0:
                self._tell()
        if self.report.documents == articles and len(self.report.refused) > refused:
            return False
        if not replaced:  # it holds nothing any more, and says so
            self._writer.delete_path(name)
        return True

    def _tell(self) -> None:
        if self._progress:
            self._progress(Step(self._done, self._total, self.report.documents))

    def _tell_of_segments(self, stage: str, done: int, total: int) -> None:
        if self._progress and self._done >= self._total:
            self._progress(Step(done, total, self.report.documents, stage))


def _copied(reading: Reading) -> list[str]:
    """What an index remembers of the day of a copy."""
    return [reading.as_of.isoformat(), reading.certainty] if reading.as_of else []


def _reading_as_before(reading: Reading, former: Any, stamp: list[int]) -> Reading:
    """The same reading, with the day of the copy that a rebuilt index had for this file, where no other is given."""
    if reading.as_of is not None or not former or former[:2] != stamp or len(former) < 4:
        return reading
    return replace(reading, as_of=date.fromisoformat(former[2]), certainty=former[3])


def _gone(sources: dict[str, object], paths: Sequence[Path], present: set[str]) -> list[str]:
    """The files of last time that lie below one of the paths and are there no more."""
    return [name for name in sources if name not in present and _is_below(name, paths)]


def _is_below(name: str, paths: Sequence[Path]) -> bool:
    return any(Path(name).is_relative_to(path) for path in paths)


def _former_sources(index_path: str | os.PathLike[str]) -> dict[str, object]:
    """The files that an index was made from; none where it cannot say."""
    folder = Folder(index_path)
    try:
        return read_sources(folder.path, manifest.read(folder, of_any_analysis=True))
    except (IndexMissing, IndexCorrupt):
        return {}
