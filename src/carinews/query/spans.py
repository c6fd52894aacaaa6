"""Where in its documents a part of a query stands: spans, and what the positional nodes make of them.

A span is a document and two positions, both of which belong to it. The rules are those of
`whoosh.query.spans`, on whole sorted arrays: of two lists, all pairs that stand in reach of one
another are found by binary search, and only these are looked at.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from carinews.errors import QuerySyntaxError
from carinews.index.arrays import distinct
from carinews.query.tree import (
    And,
    Apart,
    Around,
    Before,
    Form,
    Given,
    Joined,
    Near,
    Node,
    Opening,
    Or,
    Phrase,
    Positional,
    Prefer,
    Single,
    Synonyms,
    Word,
)
from carinews.wording import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Array = NDArray[Any]

_SHIFT = 32


class Spans(NamedTuple):
    """Spans by document and then by start (int64 each); none stands twice."""

    docs: Array
    starts: Array
    ends: Array


def spans_of(node: Node, places: Callable[[Single], tuple[Array, Array]]) -> Spans:
    """The spans of a node. `places` gives documents and positions of a leaf that is no phrase.

    Raises QuerySyntaxError for a node that stands nowhere, such as a date.
    """

    def spans(inner: Node) -> Spans:
        return spans_of(inner, places)

    match node:
        case Phrase(scope, forms, slop):
            first, *rest = (spans(Form(scope, form)) for form in forms)
            return reduce(lambda found, other: near(found, other, slop), rest, first)
        case Synonyms(parts):
            return reduce(_union, map(spans, parts))
        case Near(parts, slop, ordered, least):
            first, *rest = map(spans, parts)
            return reduce(lambda found, other: near(found, other, slop, ordered=ordered, least=least), rest, first)
        case Joined(parts):
            return _joined(reduce(_union, map(spans, parts))) if len(parts) > 1 else spans(parts[0])
        case Apart(inner, other):
            return _chosen(spans(inner), ~_overlapped(spans(inner), spans(other)))
        case Around(outer, inner):
            return _around(spans(outer), spans(inner))
        case Before(inner, other):
            return _before(spans(inner), spans(other))
        case Given(inner, condition):
            found = spans(inner)
            return _chosen(found, np.isin(found.docs, spans(condition).docs))
        case Opening(inner, limit):
            found = spans(inner)
            return _chosen(found, found.ends <= limit)
        case Word(form, family):
            return _union(spans(form), spans(family))
        case And(parts):
            every = [spans(part) for part in parts]
            both = reduce(np.intersect1d, [one.docs for one in every])
            return reduce(_union, [_chosen(one, np.isin(one.docs, both)) for one in every])
        case Or(parts):
            return reduce(_union, map(spans, parts))
        case _ if isinstance(node, Single):
            docs, positions = places(node)
            return _words(docs, positions)
    raise QuerySyntaxError(
        Message("a {kind} stands nowhere in a text: near, before and the like need words", kind=type(node).__name__)
    )


def scored_as(node: Positional) -> Node:
    """The node whose score a positional one has: its parts without their order."""
    match node:
        case Near(parts):
            return And(parts)
        case Joined(parts):
            return Or(parts)
        case Apart(inner, other):
            return Prefer(inner, other)
        case Around(inner, other) | Before(inner, other) | Given(inner, other):
            return And((inner, other))
        case Opening(inner):
            return inner


def near(found: Spans, other: Spans, slop: int, *, ordered: bool = True, least: int = 1) -> Spans:
    """Each span of `found` together with each of `other` that stands from `least` to `slop` positions away."""
    longest = int((other.ends - other.starts).max(initial=0))
    low = found.starts if ordered else found.starts - slop - longest
    mine, theirs = _pairs(found.docs, np.maximum(low, 0), found.ends + slop, other)
    starts, ends = found.starts[mine], found.ends[mine]
    other_starts, other_ends = other.starts[theirs], other.ends[theirs]
    overlap = (starts <= other_ends) & (other_starts <= ends)
    distance = np.where(overlap, 0, np.where(ends < other_starts, other_starts - ends, starts - other_ends))
    kept = (distance >= least) & (distance <= slop)
    return _sorted(found.docs[mine][kept], np.minimum(starts, other_starts)[kept], np.maximum(ends, other_ends)[kept])


def _pairs(docs: Array, low: Array, high: Array, other: Spans) -> tuple[Array, Array]:
    """All pairs (a number, a span of `other`) whose span is of the document and starts from `low` to `high`."""
    keys = (other.docs << _SHIFT) | other.starts
    first = np.searchsorted(keys, (docs << _SHIFT) | low)
    counts = np.maximum(np.searchsorted(keys, (docs << _SHIFT) | high, "right") - first, 0)
    mine = np.repeat(np.arange(len(docs)), counts)
    ends = np.cumsum(counts)
    theirs = np.arange(ends[-1] if len(ends) else 0) + np.repeat(first - ends + counts, counts)
    return mine, theirs


def _sorted(docs: Array, starts: Array, ends: Array) -> Spans:
    docs, starts, ends = (values.astype(np.int64) for values in (docs, starts, ends))
    keys = (docs << _SHIFT) | starts
    order = np.lexsort((ends, keys))
    docs, starts, ends, keys = docs[order], starts[order], ends[order], keys[order]
    first = np.ones(len(docs), bool)
    first[1:] = (keys[1:] != keys[:-1]) | (ends[1:] != ends[:-1])
    return Spans(docs[first], starts[first], ends[first])


def _words(docs: Array, positions: Array) -> Spans:
    """Spans of one word each: sorted as one number, in a tenth of the time."""
    keys = distinct((docs << _SHIFT) | positions)
    positions = keys & ((1 << _SHIFT) - 1)
    return Spans(keys >> _SHIFT, positions, positions)


def _union(some: Spans, others: Spans) -> Spans:
    docs, starts = np.concatenate([some.docs, others.docs]), np.concatenate([some.starts, others.starts])
    if some.starts is some.ends and others.starts is others.ends:
        return _words(docs, starts)
    return _sorted(docs, starts, np.concatenate([some.ends, others.ends]))


def _chosen(spans: Spans, kept: Array) -> Spans:
    return Spans(*(values[kept] for values in spans))


def _joined(spans: Spans) -> Spans:
    """Spans that touch or overlap, as one: a new one begins behind all that came before it in its document."""
    if not len(spans.docs):
        return spans
    reach = np.maximum.accumulate((spans.docs << _SHIFT) | spans.ends)
    starts = (spans.docs << _SHIFT) | spans.starts
    first = np.ones(len(starts), bool)
    first[1:] = (starts[1:] > reach[:-1] + 1) | (spans.docs[1:] != spans.docs[:-1])
    at = np.flatnonzero(first)
    return Spans(spans.docs[at], spans.starts[at], np.maximum.reduceat(spans.ends, at))


def _overlapped(spans: Spans, others: Spans) -> Array:
    """Which spans one of the others overlaps."""
    longest = int((others.ends - others.starts).max(initial=0))
    mine, theirs = _pairs(spans.docs, np.maximum(spans.starts - longest, 0), spans.ends, others)
    found = np.zeros(len(spans.docs), bool)
    found[mine[others.ends[theirs] >= spans.starts[mine]]] = True
    return found


def _around(outer: Spans, inner: Spans) -> Spans:
    mine, theirs = _pairs(outer.docs, outer.starts, outer.ends, inner)
    found = np.zeros(len(outer.docs), bool)
    found[mine[inner.ends[theirs] <= outer.ends[mine]]] = True
    return _chosen(outer, found)


def _before(spans: Spans, others: Spans) -> Spans:
    if not len(others.docs):
        return others
    first = np.ones(len(others.docs), bool)
    first[1:] = others.docs[1:] != others.docs[:-1]
    docs, starts = others.docs[first], others.starts[first]
    place = np.minimum(np.searchsorted(docs, spans.docs), len(docs) - 1)
    return _chosen(spans, (docs[place] == spans.docs) & (spans.ends < starts[place]))
