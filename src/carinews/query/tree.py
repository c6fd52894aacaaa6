"""The query tree: the nodes of `whoosh.query` that carinews evaluates, as small frozen values.

A mirror, because importing Whoosh's own nodes costs some 130 ms, more than all else in
answering a query; `whoosh_tree` turns either into the other without loss. Every leaf looks in a
`scope`: the whole text, its title, or its body.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Scope = Literal["text", "title", "body"]
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
class Synonyms:
    """Leaves that mean the same, of one scope, counted as if they were one term.

    What was typed stands first; the boost of a part is what an occurrence of it counts.
    """

    parts: tuple[Form | Family | Phrase, ...]

    @property
    def scope(self) -> Scope:
        return self.parts[0].scope

    @property
    def boost(self) -> float:
        return 1.0


@dataclass(frozen=True, slots=True)
class Word:
    """A plain word: its written form and its family, or what stands for that; the scores of both added."""

    form: Form
    family: Family | Synonyms


@dataclass(frozen=True, slots=True)
class Ranked:
    """Documents that match any part; the sum of the scores times the square root of the coverage.

    Coverage is the share of the query, weighed by idf, that a document matches: so documents that
    hold all words come first and no other is lost.
    """

    parts: tuple[Node, ...]


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
class Everything:
    """All documents, with a score of 0."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No document."""


Leaf = Form | Family | Phrase | Synonyms
Node = Leaf | Word | Ranked | And | Or | Without | Prefer | Not | Everything | Nothing


def children(node: Node) -> tuple[Node, ...]:
    """The nodes right below a node."""
    match node:
        case Word(form, family):
            return form, family
        case Ranked(parts) | And(parts) | Or(parts):
            return parts
        case Without(inner, other) | Prefer(inner, other):
            return inner, other
        case Not(inner):
            return (inner,)
        case _:
            return ()


def leaves(node: Node, *, wanted_only: bool = False) -> Iterator[Leaf]:
    """All leaves below a node; with `wanted_only`, none that a document must not have."""
    if isinstance(node, Leaf):
        yield node
    below = children(node)
    if wanted_only and isinstance(node, (Without, Not)):
        below = below[:-1]
    for child in below:
        yield from leaves(child, wanted_only=wanted_only)
