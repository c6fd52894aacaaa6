"""Why a document has its score: the same walk as `execute`, keeping every part and its reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from carinews.index.positions import occurrences_of
from carinews.query.nearness import Early, Pair, placed
from carinews.query.recency import freshness
from carinews.query.scoring import COVERAGE_EXPONENT, WEAK
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
    Recent,
    Single,
    Synonyms,
    Without,
    Word,
)
from carinews.wording import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from carinews.query.execute import Execution

    Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A part of a score: its value, what it is, and the parts that it is the sum of.

    A `weak` match is no hit: the value is what it would score.
    """

    value: float
    description: str
    details: tuple[Explanation, ...] = ()
    weak: bool = False

    def lines(self, say: Callable[[str], str] = str, depth: int = 0) -> list[str]:
        """The explanation as indented lines of text; `say` may put a description into another language."""
        below = [line for detail in self.details for line in detail.lines(say, depth + 1)]
        own = say(Message("{value:.4f}  {what}", value=self.value, what=self.description))
        return [f"{'  ' * depth}{own}", *below]


def explain(execution: Execution, doc: int, *, near: bool) -> Explanation | None:
    """Why a document has its score, or is too weak a match to be a hit; None where the query does not match it.

    `near` says whether it is among the best, which gain by where the words stand.
    """
    match = execution.match()
    if not (match.docs == doc).any():
        return _weak(execution.with_all_weak(), doc) if (execution.weaker(match).docs == doc).any() else None
    found = _Walk(execution, doc).explain(execution.tree, 1.0)
    gain = _nearness(execution, execution.tree, np.array([doc])) if near else None
    if found is None or gain is None:
        return found
    return Explanation(
        found.value + gain.value, Message("the score, and more for where the words stand"), (found, gain)
    )


def _weak(execution: Execution, doc: int) -> Explanation | None:
    """Why a document is no hit that would be one if weak matches were."""
    found = _Walk(execution, doc).explain(execution.tree, 1.0)
    if found is None:
        return None
    said = Message("no hit, too weak: it covers less than {share:.0%} of what the best match covers", share=WEAK)
    return Explanation(found.value, said, (found,), weak=True)


def _nearness(execution: Execution, node: Node, docs: Array) -> Explanation | None:
    """What one document gains by where words of the query stand; None where it gains nothing."""
    if isinstance(node, Recent):
        inner = _nearness(execution, node.node, docs)
        fresh = 1 + float(freshness(execution.reader.dates[docs], node.half_life, node.now)[0])
        return inner and _times(inner, fresh)
    found = [Explanation(float(part.gains[0]), _where(part)) for part in placed(execution, node, docs)]
    total = sum(detail.value for detail in found)
    return Explanation(total, Message("where the words of the query stand"), tuple(found)) if found else None


def _where(part: Pair | Early) -> Message:
    if isinstance(part, Early):
        return Message("{form!r} at the beginning: place {place}", form=part.word.form.form, place=int(part.places[0]))
    return Message(
        "{one!r} and {other!r} near one another: {near:.3f}, the sum of 1/distance",
        one=part.one.form.form,
        other=part.other.form.form,
        near=float(part.near[0]),
    )


def _times(explanation: Explanation, factor: float) -> Explanation:
    """An explanation whose values are all multiplied."""
    details = tuple(_times(detail, factor) for detail in explanation.details)
    return replace(explanation, value=explanation.value * factor, details=details)


class _Walk:
    """One document's way through the tree. `factor` is what the nodes above multiply a score with."""

    def __init__(self, execution: Execution, doc: int) -> None:
        self._execution, self._doc = execution, doc

    def explain(self, node: Node, factor: float) -> Explanation | None:
        match node:
            case _ if isinstance(node, Leaf):
                return self._leaf(node, factor)
            case Word(form, family):
                return self._sum(Message("word {form!r}", form=form.form), (form, family), factor)
            case Ranked(parts):
                covered = self._coverage(parts)
                share = covered**COVERAGE_EXPONENT
                shown = Message(
                    "words of the query, {covered:.0%} of its weight covered (× {share:.3f})",
                    covered=covered,
                    share=share,
                )
                return self._sum(shown, parts, factor * share)
            case And(parts):
                return self._sum(Message("all of"), parts, factor)
            case Or(parts):
                return self._sum(Message("any of"), parts, factor)
            case Prefer(inner, preferred):
                return self._sum(Message("first, and better with the second"), (inner, preferred), factor)
            case Best(parts):
                return self._best(parts, factor)
            case Otherwise(first, second):
                return self.explain(first if self._matches(first) else second, factor)
            case Recent(inner, half_life, now):
                return self._recent(inner, half_life, now, factor)
            case Without(inner, _) | Filtered(inner, _):
                return self.explain(inner, factor)
            case Constant(_, score):
                return (
                    Explanation(score * factor, Message("the same for all that match")) if self._matches(node) else None
                )
            case _ if isinstance(node, Positional):
                return self.explain(scored_as(node), factor)
            case _:
                return Explanation(0.0, Message("matches without a score")) if self._matches(node) else None

    def _sum(self, description: str, parts: tuple[Node, ...], factor: float) -> Explanation | None:
        found = [detail for part in parts if self._matches(part) and (detail := self.explain(part, factor))]
        return Explanation(sum(detail.value for detail in found), description, tuple(found)) if found else None

    def _best(self, parts: tuple[Node, ...], factor: float) -> Explanation | None:
        found = [detail for part in parts if self._matches(part) and (detail := self.explain(part, factor))]
        best = max(found, key=lambda detail: detail.value, default=None)
        return Explanation(best.value, Message("the best of several"), (best,)) if best else None

    def _recent(self, node: Node, half_life: int, now: int, factor: float) -> Explanation | None:
        found = self.explain(node, factor)
        if found is None:
            return None
        dates = self._execution.reader.dates[[self._doc]]
        fresh = float(freshness(dates, half_life, now)[0])
        days = half_life / 86_400
        why = Message("for being new, × {fresh:.3f} (half after {days:g} days)", fresh=fresh, days=days)
        share = Explanation(found.value * fresh, why)
        return Explanation(found.value + share.value, Message("the score, and more the newer"), (found, share))

    def _coverage(self, parts: tuple[Node, ...]) -> float:
        weights = [self._execution.part_weight(part) for part in parts]
        covered = sum(weight for part, weight in zip(parts, weights, strict=True) if self._matches(part))
        return covered / sum(weights)

    def _matches(self, node: Node) -> bool:
        return bool((self._execution.match_of(node).docs == self._doc).any())

    def _leaf(self, leaf: Leaf, factor: float) -> Explanation | None:
        docs, scores = self._execution.match_of(leaf)
        place = np.flatnonzero(docs == self._doc)
        if not len(place):
            return None
        known = self._execution.known
        docs, freqs = known.fetcher.fetch(leaf)
        description = Message(
            "{name} in the {scope}: {found}; counted {freq:g}×, in {documents:,} documents, idf {idf:.3f}",
            name=_name(leaf),
            scope=Message(leaf.scope),
            found=_joined("{first}, {rest}", list(self._found(leaf))),
            freq=float(freqs[docs == self._doc].sum()),
            documents=known.document_frequency(leaf),
            idf=known.idf(leaf),
        )
        return Explanation(float(scores[place[0]]) * factor, description)

    def _found(self, leaf: Leaf) -> Iterator[Message]:
        """Which written forms stand in the document, and where; one that two parts mean is named once."""
        found: dict[str, tuple[int, int]] = {}
        for part in leaf.parts if isinstance(leaf, Synonyms) else (leaf,):
            found |= self._occurrences(part)
        for form, (in_title, in_body) in found.items():
            if in_title and in_body:
                yield Message("{form} ({titles}× title, {bodies}× body)", form=form, titles=in_title, bodies=in_body)
            elif in_title:
                yield Message("{form} ({titles}× title)", form=form, titles=in_title)
            else:
                yield Message("{form} ({bodies}× body)", form=form, bodies=in_body)

    def _occurrences(self, leaf: Single) -> dict[str, tuple[int, int]]:
        """How often each written form of a leaf stands in the title and in the body."""
        fetcher, reader = self._execution.known.fetcher, self._execution.reader
        segment, place = reader.place(self._doc)
        if isinstance(leaf, Phrase):
            docs, positions = fetcher.ends(leaf)
            found = {" ".join(leaf.forms): positions[docs == self._doc]}
        else:
            found = {}
            for term in fetcher.terms(leaf)[reader.segments.index(segment)]:
                docs, positions = occurrences_of(segment, term)
                found[segment.terms[term].decode()] = positions[docs == place]
        counts = {}
        for form, positions in found.items():
            in_title = int((positions < segment.title_lengths[place]).sum())
            in_body = len(positions) - in_title
            counted = (in_title * (leaf.scope != "body"), in_body * (leaf.scope != "title"))
            if any(counted):
                counts[form] = counted
        return counts


def _joined(pattern: str, parts: list[Message]) -> Message:
    """Several messages as one."""
    if len(parts) < 2:
        return parts[0] if parts else Message("")
    return Message(pattern, first=parts[0], rest=_joined(pattern, parts[1:]))


def _name(leaf: Leaf) -> Message:
    match leaf:
        case Form(_, form):
            return Message("written form {form!r}", form=form)
        case Family(_, stem):
            return Message("family of {stem!r}", stem=stem)
        case Phrase(_, forms):
            return Message("phrase {words!r}", words=" ".join(forms))
        case Pattern(_, pattern):
            return Message("words like {pattern!r}", pattern=pattern)
        case Fuzzy(_, form, distance):
            return Message("words {distance} letters from {form!r} at most", distance=distance, form=form)
        case Between(_, first, last):
            return Message("words from {first!r} to {last!r}", first=first or "…", last=last or "…")
        case Synonyms(parts):
            return _joined("{first} or {rest}", [_weighed(part) for part in parts])


def _weighed(leaf: Leaf) -> Message:
    name = _name(leaf)
    return name if leaf.boost == 1 else Message("{name} × {boost:g}", name=name, boost=leaf.boost)
