"""The query tree: the nodes of `whoosh.query` that carinews evaluates, as small frozen values.

A mirror, because importing Whoosh's own nodes costs some 130 ms, more than all else in
answering a query; `whoosh_tree` turns either into the other without loss. Every leaf looks in a
`scope`: the whole text, its title, or its body.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Scope = Literal["text", "title", "body"]
MAX_DISTANCE = 2
"""The most edits that `Fuzzy` may ask for."""

SCOPES: tuple[Scope, ...] = ("text", "title", "body")


@dataclass(frozen=True, slots=True)
class Form:
    """Documents that hold a written form."""

    scope: Scope
    form: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Family:
    """Documents that hold any form of a stem, counted as if all its forms were one term."""

    scope: Scope
    stem: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Documents that hold written forms in this order, each at most `slop` positions behind the one before."""

    scope: Scope
    forms: tuple[str, ...]
    slop: int = 1
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Pattern:
    """Documents that hold a form of this pattern, all such forms counted as one term.

    `*` stands for any letters, also none, and `?` for one.
    """

    scope: Scope
    pattern: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Documents that hold a form at most `distance` edits away, all such forms counted as one term.

    An edit puts in, takes out or replaces one letter; the first `prefix` letters stay.
    """

    scope: Scope
    form: str
    distance: int = 1
    prefix: int = 1
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Between:
    """Documents that hold a form from `first` to `last` (None: without end) by UTF-8 bytes, counted as one term."""

    scope: Scope
    first: str | None
    last: str | None
    with_first: bool = True
    with_last: bool = True
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Leaves that mean the same, of one scope, counted as if they were one term.

    What was typed stands first; the boost of a part is what an occurrence of it counts.
    """

    parts: tuple[Single, ...]
    boost: float = 1.0

    @property
    def scope(self) -> Scope:
        return self.parts[0].scope


@dataclass(frozen=True, slots=True)
class Word:
    """A plain word: its written form and its family, or what stands for that; the scores of both added."""

    form: Form
    family: Family | Synonyms


@dataclass(frozen=True, slots=True)
class Ranked:
    """Documents that match any part; the sum of the scores times the square root of the coverage.

    Coverage is the share of the query, weighed by idf, that a document matches: so documents that
    hold all words come first, and others are found, too. Those that cover far less than the best one does are weak
    matches (`scoring.WEAK`) and not found, unless `all_weak` are wanted.
    """

    parts: tuple[Node, ...]
    all_weak: bool = False


@dataclass(frozen=True, slots=True)
class And:
    """Documents that match all parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Documents that match any part; the scores are added."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Documents that match `node` and do not match `excluded`."""

    node: Node
    excluded: Node


@dataclass(frozen=True, slots=True)
class Prefer:
    """Documents that match `node`; one that matches `preferred` too has that score added."""

    node: Node
    preferred: Node


@dataclass(frozen=True, slots=True)
class Not:
    """Documents that do not match `node`, with a score of 0."""

    node: Node


@dataclass(frozen=True, slots=True)
class Filtered:
    """Documents that match `node` and `condition`, with the score of `node`."""

    node: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Documents that match `first`, or where there are none in the whole index, those that match `second`."""

    first: Node
    second: Node


@dataclass(frozen=True, slots=True)
class Best:
    """Documents that match any part, with the best score of a part."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Constant:
    """Documents that match `node`, all with one score."""

    node: Node
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Recent:
    """Documents that match `node`; the newer one is, the more it counts.

    The score is multiplied by 1 + 2^(−age / half_life), both in seconds: by 2 for what was published `now` (or
    later), by 1½ after a half-life, by 1 for what is old or undated. So news never hides the one right answer.
    """

    node: Node
    half_life: int
    now: int


@dataclass(frozen=True, slots=True)
class Dated:
    """Documents of a time, with a score of 0: from `since` on and before `until`, in seconds since 1970 (UTC)."""

    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """Documents whose category (source, section, city, author, kind) holds a value, with a score of 0.

    The value is whole words of it, or behind a `=` all of it (`carinews.query.categories`).
    """

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Everything:
    """All documents, with a score of 0."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No document."""


# -- spans: where in a document its parts stand; the score is that of the parts ------------------------


@dataclass(frozen=True, slots=True)
class Near:
    """Documents in which the second stands near the first, the third near both, and so on.

    From `least` to `slop` positions apart; with `ordered`, none begins before the one before it.
    """

    parts: tuple[Node, ...]
    slop: int = 1
    ordered: bool = True
    least: int = 1


@dataclass(frozen=True, slots=True)
class Joined:
    """Documents that match any part; stretches of them that touch or overlap are one."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Apart:
    """Documents in which `node` stands somewhere without `other` overlapping it."""

    node: Node
    other: Node


@dataclass(frozen=True, slots=True)
class Around:
    """Documents in which a stretch of `node` holds one of `inner` within it."""

    node: Node
    inner: Node


@dataclass(frozen=True, slots=True)
class Before:
    """Documents in which `node` stands somewhere before the first of `other`."""

    node: Node
    other: Node


@dataclass(frozen=True, slots=True)
class Given:
    """Documents that match both; where they stand is where `node` does."""

    node: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Opening:
    """Documents in which `node` ends at position `limit` at the latest, counted from 0."""

    node: Node
    limit: int = 0


Single = Form | Family | Phrase | Pattern | Fuzzy | Between
Leaf = Single | Synonyms
Positional = Near | Joined | Apart | Around | Before | Given | Opening
Node = (
    Leaf
    | Word
    | Ranked
    | And
    | Or
    | Without
    | Prefer
    | Not
    | Filtered
    | Otherwise
    | Best
    | Constant
    | Recent
    | Dated
    | Category
    | Everything
    | Nothing
    | Positional
)


def children(node: Node) -> tuple[Node, ...]:
    """The nodes right below a node."""
    match node:
        case Word(form, family):
            return form, family
        case Ranked(parts) | And(parts) | Or(parts) | Best(parts) | Near(parts) | Joined(parts):
            return parts
        case Without(inner, other) | Prefer(inner, other) | Filtered(inner, other) | Otherwise(inner, other):
            return inner, other
        case Apart(inner, other) | Around(inner, other) | Before(inner, other) | Given(inner, other):
            return inner, other
        case Not(inner) | Constant(inner) | Opening(inner) | Recent(inner):
            return (inner,)
        case _:
            return ()


def boosted(node: Node, factor: float) -> Node:
    """A node whose score is multiplied, by way of the boosts of its leaves."""
    if isinstance(node, Leaf):
        return replace(node, boost=node.boost * factor)
    if isinstance(node, Constant):
        return Constant(node.node, node.score * factor)
    below = set(children(node))
    changed: dict[str, Any] = {}
    for name in (one.name for one in fields(node)):
        value = getattr(node, name)
        if isinstance(value, tuple):
            changed[name] = tuple(boosted(part, factor) for part in value)
        elif value in below:
            changed[name] = boosted(value, factor)
    return replace(node, **changed)


def leaves(node: Node, *, wanted_only: bool = False) -> Iterator[Leaf]:
    """All leaves below a node; with `wanted_only`, none that a document must not have."""
    if isinstance(node, Leaf):
        yield node
    below = children(node)
    if wanted_only and isinstance(node, (Without, Not, Apart)):
        below = below[:-1]
    for child in below:
        yield from leaves(child, wanted_only=wanted_only)
