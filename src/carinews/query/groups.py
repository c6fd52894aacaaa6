"""Parts of a query put together: what stands side by side, all of them, any of them, near one another.

Whatever is put together is flat and has each part once; a part that can match nothing falls away,
and a group of one is that one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from carinews.query.tree import (
    And,
    Everything,
    Filtered,
    Joined,
    Leaf,
    Near,
    Node,
    Nothing,
    Or,
    Phrase,
    Prefer,
    Ranked,
    Without,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(slots=True)
class Sequence:
    """What stands side by side: wanted, required and excluded parts."""

    wanted: list[Node] = field(default_factory=list)
    required: list[Node] = field(default_factory=list)
    excluded: list[Node] = field(default_factory=list)
    conditions: list[Node] = field(default_factory=list)

    def node(self) -> Node:
        """One node for the whole sequence; Nothing for an empty one."""
        if not self.conditions:
            return self._of_words()
        condition = all_of(unique(self.conditions))
        words = self._of_words()
        return condition if words == Nothing() else Filtered(words, condition)

    def _of_words(self) -> Node:
        wanted = unique(self.wanted)
        required = unique(self.required)
        node: Node = all_of(required) if required else ranked(wanted)
        if required and wanted:
            node = Prefer(node, ranked(wanted))
        if not self.excluded:
            return node
        if not required and not wanted:
            node = Everything()
        return Without(node, any_of(unique(self.excluded)))


def standing(node: Node) -> Node | None:
    """A part of a query as what stands at places of a text; None for what does not, such as a date."""
    match node:
        case Ranked(parts) | Or(parts):
            places = tuple(map(standing, parts))
            return None if None in places else Joined(places)  # type: ignore[arg-type]
        case Prefer(_, Phrase() as phrase):
            return phrase
        case _ if isinstance(node, (Word, Leaf, Near)):
            return node
    return None


def unique(parts: Iterable[Node]) -> list[Node]:
    """The parts that can match, each once."""
    found: list[Node] = [part for part in parts if not isinstance(part, Nothing)]
    return found if len(found) < 2 else list(dict.fromkeys(found))


def ranked(parts: Iterable[Node]) -> Node:
    """What stands side by side: any of the parts, those that match more of them first."""
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, Ranked) else [part]
    flat = unique(flat)
    return _one(flat) or Ranked(tuple(flat))


def all_of(parts: list[Node]) -> Node:
    """What matches all parts."""
    return _one(parts) or And(tuple(parts))


def any_of(parts: list[Node]) -> Node:
    """What matches any part."""
    return _one(parts) or Or(tuple(parts))


def _one(parts: list[Node]) -> Node | None:
    return None if len(parts) > 1 else parts[0] if parts else Nothing()
