"""What every engine takes and gives, so that one can stand in for another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from carinews.model import Filters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from carinews.analysis.analyzer import Analyzer
    from carinews.model import Article, Copy
    from carinews.query.marks import Evidence
    from carinews.query.tree import Node

Sort = Literal["relevance", "newest", "oldest"]
Copies = Literal["best", "earliest", "all"]
"""Which of the copies of a story are shown: the one that stands first, the one published first, or every one."""

COPIES: tuple[Copies, ...] = ("best", "earliest", "all")
SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")
FACETS = ("source", "section", "city", "kind")
"""The categories that are counted besides the periods."""

PERIODS = {"year": "%Y", "month": "%Y-%m"}
"""What is counted of the dates, in Western Indonesian time."""

NO_FILTERS = Filters()

Facets = tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A query tree, and which part of the answer is wanted, in which order.

    Relevance puts the newer of two equal scores first. Undated documents come last by date.
    """

    tree: Node
    limit: int = 10
    offset: int = 0
    sort: Sort = "relevance"
    filters: Filters = NO_FILTERS
    facets: bool = False
    copies: Copies = "all"


class Found(NamedTuple):
    """One document of an answer."""

    article: Article
    score: float


class Answer(NamedTuple):
    """The documents asked for in their order, and the number of all that match, every copy counted.

    `evidence` says what each leaf that a document may match stands for; `facets` counts all matches; `weaker` is the
    number of those that match too weakly to be shown or counted (`carinews.query.scoring.WEAK`).
    """

    found: tuple[Found, ...]
    total: int
    evidence: tuple[Evidence, ...]
    facets: Facets = ()
    weaker: int = 0


class Stream(NamedTuple):
    """All documents that match in their order, each read when it is its turn, and what their leaves stand for."""

    found: Iterator[Found]
    evidence: tuple[Evidence, ...]


class Engine(Protocol):
    """An index that can be asked. Any number of threads may ask at once."""

    @property
    def document_count(self) -> int:
        """How many documents it holds."""

    @property
    def analyzer(self) -> Analyzer:
        """The analysis that made it."""

    def answer(self, question: Question) -> Answer:
        """The documents that match, best first."""

    def stream(self, question: Question) -> Stream:
        """The documents that match, best first, from the offset to the last: the limit does not count."""

    def get(self, article_id: str) -> Article | None:
        """The document with a public id."""

    def copies(self, article_id: str) -> tuple[Copy, ...]:
        """The other documents that print the same story as one does, the first published first."""

    def telling(self, title: str, url: str | None = None) -> Article | None:
        """The document that tells a story: an article with this address, else one with this title, else a stand-in.

        Case and punctuation of a title do not matter. Of several the one whose id has the smallest hash.
        """

    def close(self) -> None:
        """Give back what the engine holds."""
