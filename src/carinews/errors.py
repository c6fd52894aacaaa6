"""Every error that carinews raises on purpose, in one tree.

It stands apart from the rooms that raise them so that any room may import it::

    CarinewsError
    ├── CorpusError            one input (a file, or a line of it) cannot be used
    │   ├── CorpusNote         … but for one part of it; the rest was taken in
    │   └── CorpusMissing      there is no file with articles where the corpus should be
    ├── IndexMissing           there is no index where one was looked for
    ├── IndexLocked            another process is writing the index
    ├── IndexCorrupt           a byte of the index is not what was written
    │   └── IndexVersionError  written by another version of carinews, or for another analyser
    ├── QuerySyntaxError       the query cannot be read
    │   └── QueryTooComplex    the query would cost more than a query may
    ├── EngineUnavailable      the chosen engine cannot be reached or is not installed
    └── JudgementError         queries, judgements or a run to measure with cannot be used

A message names the thing, its place, and what helps.
"""

from __future__ import annotations


class CarinewsError(Exception):
    """The root: catch it to catch whatever carinews refuses to do."""


class CorpusError(CarinewsError):
    """One input cannot be used: the rest of the corpus goes on without it.

    `path` is the file as it was named to us, `line` the 1-based line, or None where the
    whole file is meant. The message reads `path:line: reason`. Where nothing of a corpus could be
    used, `others` are the errors of its other inputs.
    """

    others: tuple[CorpusError, ...] = ()

    def __init__(self, path: str, line: int | None, reason: str) -> None:
        place = path if line is None else f"{path}:{line}"
        super().__init__(f"{place}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason


class CorpusNote(CorpusError):
    """A part of an input was not understood, such as its date; the article was taken in without it."""


class CorpusMissing(CorpusError):
    """There is nothing with articles at the place that was named."""


class IndexMissing(CarinewsError):
    """There is no index at the place that was named."""


class IndexLocked(CarinewsError):
    """Another process is writing this index; the message names it."""


class IndexCorrupt(CarinewsError):
    """A file of the index is missing, cut short, or holds other bytes than were written."""


class IndexVersionError(IndexCorrupt):
    """The index is whole, but of another format or another analyser: rebuild it."""


class QuerySyntaxError(CarinewsError):
    """The query cannot be read.

    `text` is the query as typed, `position` the 0-based code point where reading stopped.
    """

    def __init__(self, message: str, text: str = "", position: int = 0) -> None:
        super().__init__(message)
        self.text = text
        self.position = position


class QueryTooComplex(QuerySyntaxError):
    """The query is longer, deeper or wider than the bounds in `carinews.query.language`."""


class EngineUnavailable(CarinewsError):
    """The engine that was asked for cannot answer here."""


class JudgementError(CarinewsError):
    """A file of queries, judgements, floors or a saved run cannot be used.

    `path` is the file, `line` the 1-based line, or None where the whole file is meant.
    """

    def __init__(self, path: str, line: int | None, reason: str) -> None:
        super().__init__(f"{path if line is None else f'{path}:{line}'}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason
