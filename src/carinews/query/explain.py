"""Why a document has its score: the same walk as `execute`, keeping every part and its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from carinews.query.scoring import COVERAGE_EXPONENT
from carinews.query.spans import scored_as
from carinews.query.tree import (
    And,
    Best,
    Between,
    Constant,
    Family,
    Filtered,
    Form,
    Fuzzy,
    Leaf,
    Node,
    Or,
    Otherwise,
    Pattern,
    Phrase,
    Positional,
    Prefer,
    Ranked,
    Single,
    Synonyms,
    Without,
    Word,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from carinews.query.execute import Execution


@dataclass(frozen=True, slots=True)
class Explanation:
    """A part of a score: its value, what it is, and the parts that it is the sum of."""

    value: float
    description: str
    details: tuple[Explanation, ...] = ()

    def lines(self, depth: int = 0) -> list[str]:
        """The explanation as indented lines of text."""
        below = [line for detail in self.details for line in detail.lines(depth + 1)]
        return [f"{'  ' * depth}{self.value:.4f}  {self.description}", *below]


def explain(execution: Execution, number: int, doc: int) -> Explanation | None:
    """Why document `doc` of segment `number` has its score; None where the query does not match it."""
    docs, _ = execution.match(number)
    if not (docs == doc).any():
        return None
    return _Walk(execution, number, doc).explain(execution.tree, 1.0)


class _Walk:
    """One document's way through the tree. `factor` is what the nodes above multiply a score with."""

    def __init__(self, execution: Execution, number: int, doc: int) -> None:
        self._execution, self._number, self._doc = execution, number, doc

    def explain(self, node: Node, factor: float) -> Explanation | None:
        match node:
            case _ if isinstance(node, Leaf):
                return self._leaf(node, factor)
            case Word(form, family):
                return self._sum(f"word {form.form!r}", (form, family), factor)
            case Ranked(parts):
                covered = self._coverage(parts)
                share = f"words of the query, {covered:.0%} of its weight covered (× {covered**COVERAGE_EXPONENT:.3f})"
                return self._sum(share, parts, factor * covered**COVERAGE_EXPONENT)
            case And(parts):
                return self._sum("all of", parts, factor)
            case Or(parts):
                return self._sum("any of", parts, factor)
            case Prefer(inner, preferred):
                return self._sum("first, and better with the second", (inner, preferred), factor)
            case Best(parts):
                return self._best(parts, factor)
            case Otherwise(first, second):
                return self.explain(first if self._matches(first) else second, factor)
            case Without(inner, _) | Filtered(inner, _):
                return self.explain(inner, factor)
            case Constant(_, score):
                return Explanation(score * factor, "the same for all that match") if self._matches(node) else None
            case _ if isinstance(node, Positional):
                return self.explain(scored_as(node), factor)
            case _:
                return Explanation(0.0, "matches without a score") if self._matches(node) else None

    def _sum(self, description: str, parts: tuple[Node, ...], factor: float) -> Explanation | None:
        found = [detail for part in parts if self._matches(part) and (detail := self.explain(part, factor))]
        return Explanation(sum(detail.value for detail in found), description, tuple(found)) if found else None

    def _best(self, parts: tuple[Node, ...], factor: float) -> Explanation | None:
        found = [detail for part in parts if self._matches(part) and (detail := self.explain(part, factor))]
        best = max(found, key=lambda detail: detail.value, default=None)
        return Explanation(best.value, "the best of several", (best,)) if best else None

    def _coverage(self, parts: tuple[Node, ...]) -> float:
        weights = [self._execution.part_weight(part) for part in parts]
        covered = sum(weight for part, weight in zip(parts, weights, strict=True) if self._matches(part))
        return covered / sum(weights)

    def _matches(self, node: Node) -> bool:
        return bool((self._execution.match_of(node, self._number).docs == self._doc).any())

    def _leaf(self, leaf: Leaf, factor: float) -> Explanation | None:
        docs, scores = self._execution.match_of(leaf, self._number)
        place = np.flatnonzero(docs == self._doc)
        if not len(place):
            return None
        known = self._execution.known
        docs, freqs = known.fetchers[self._number].fetch(leaf)
        return Explanation(
            float(scores[place[0]]) * factor,
            f"{_name(leaf)} in the {leaf.scope}: {', '.join(self._found(leaf))}; "
            f"counted {float(freqs[docs == self._doc].sum()):g}×, "
            f"in {known.document_frequency(leaf)} documents, idf {known.idf(leaf):.3f}",
        )

    def _found(self, leaf: Leaf) -> Iterator[str]:
        """Which written forms stand in the document, and where; one that two parts mean is named once."""
        found: dict[str, tuple[int, int]] = {}
        for part in leaf.parts if isinstance(leaf, Synonyms) else (leaf,):
            found |= self._occurrences(part)
        for form, (in_title, in_body) in found.items():
            places = [f"{count}× {place}" for count, place in ((in_title, "title"), (in_body, "body")) if count]
            yield f"{form} ({', '.join(places)})"

    def _occurrences(self, leaf: Single) -> dict[str, tuple[int, int]]:
        """How often each written form of a leaf stands in the title and in the body."""
        fetcher, segment = self._execution.known.fetchers[self._number], self._execution.reader.segments[self._number]
        if isinstance(leaf, Phrase):
            found = {" ".join(leaf.forms): fetcher.ends(leaf)}
        else:
            terms = [term for term in fetcher.terms(leaf) if (segment.postings(term)[0] == self._doc).any()]
            found = {segment.terms[term].decode(): segment.positions(term) for term in terms}
        counts = {}
        for form, (docs, positions) in found.items():
            in_title = int((positions[docs == self._doc] < segment.title_lengths[self._doc]).sum())
            in_body = int((docs == self._doc).sum()) - in_title
            counted = (in_title * (leaf.scope != "body"), in_body * (leaf.scope != "title"))
            if any(counted):
                counts[form] = counted
        return counts


def _name(leaf: Leaf) -> str:
    match leaf:
        case Form(_, form):
            return f"written form {form!r}"
        case Family(_, stem):
            return f"family of {stem!r}"
        case Phrase(_, forms):
            return f"phrase {' '.join(forms)!r}"
        case Pattern(_, pattern):
            return f"words like {pattern!r}"
        case Fuzzy(_, form, distance):
            return f"words {distance} letters from {form!r} at most"
        case Between(_, first, last):
            return f"words from {first or 'the first'!r} to {last or 'the last'!r}"
        case Synonyms(parts):
            return " or ".join(_name(part) + (f" × {part.boost:g}" if part.boost != 1 else "") for part in parts)
