"""What every engine of the comparison takes and gives.

All but carinews are given the terms of `rows.jsonl`; carinews reads `articles.jsonl` and does everything itself.
Written forms and stems of a word are both looked for, and their scores added, in every engine. A stored article is
its title and body.
"""

from __future__ import annotations

import time
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from benchmarks.peers.corpus import Rows
    from benchmarks.peers.queries import Query, Term

TEN = 10
Hits = list[tuple[str, str]]  # title and highlighted snippet


class Unsupported(Exception):
    """The engine has no such query."""


class Engine:
    """An index of one engine, open for questions of one thread."""

    name: ClassVar[str]
    needs: ClassVar[tuple[str, ...]] = ()
    """The modules that must be there."""
    most: ClassVar[float] = float("inf")
    """Documents beyond which the engine is not asked: it would take hours, or more memory than there is."""
    built_as: ClassVar[str | None] = None
    """The engine whose index it reads, if it makes none of its own."""
    asked: ClassVar[bool] = True
    """Whether it is asked anything, or only built."""
    given_terms: ClassVar[bool] = True
    """Whether it builds from carinews's terms, so that their analysis is still to be added to its time."""
    starts: ClassVar[int] = 5
    """Fresh processes whose first answer is timed."""
    warm_ups: ClassVar[int] = 1
    """How often each question that only warms up is asked."""
    first_answer: ClassVar[str]
    """A program that opens the index `sys.argv[1]` and reads ten articles with the form or stem of `sys.argv[2:4]`."""

    def __init__(self, folder: Path) -> None:
        raise NotImplementedError

    @classmethod
    def missing(cls) -> list[str]:
        """What it needs and what is not installed."""
        return [name for name in cls.needs if find_spec(name) is None]

    @classmethod
    def version(cls) -> str | None:
        """Its version, where that is not told by the package of its name."""
        return None

    @staticmethod
    def build(corpus: Path, rows: Rows, folder: Path) -> None:
        """Make the index in an empty folder."""
        raise NotImplementedError

    def ask(self, query: Query) -> Any:
        """What the query wants. Raises Unsupported."""
        raise NotImplementedError

    def count(self, query: Query) -> int:
        """How many documents match. Raises Unsupported."""
        raise NotImplementedError

    def numbers(self, query: Query, most: int) -> set[int]:
        """Which documents match, by the number of their row: all, where there are no more than `most`."""
        raise NotImplementedError

    def cpu_seconds(self) -> float:
        """What the processor has spent so far on this process and the engine's own."""
        return time.process_time()


def marked(articles: Iterable[tuple[str, str]], words: Sequence[Term]) -> Hits:
    """Titles and marked snippets, made by carinews for the engines that make none."""
    from carinews.analysis.tokenize import pieces
    from carinews.query.marks import Evidence, markers
    from carinews.query.snippets import snippets
    from carinews.query.tree import Form

    wanted = markers([Evidence(Form("text", word.form), 1.0, frozenset(word)) for word in words])["body"]
    found = []
    for title, body in articles:
        (snippet,) = snippets("body", body, wanted.marks(body, pieces), wanted.weights) or (None,)
        found.append((title, snippet.mark("<b>", "</b>") if snippet else ""))
    return found


def whoosh_pattern(shape: str, field: str, text: str) -> Any:
    """Whoosh's node for words like a given one; carinews takes it, too."""
    from whoosh import query as nodes

    match shape:
        case "prefix":
            return nodes.Prefix(field, text)
        case "wildcard":
            return nodes.Wildcard(field, text)
        case _:
            return nodes.FuzzyTerm(field, text, maxdist=1, prefixlength=0)
