"""Whether the engines found the same."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.peers.engines import OURS, Unsupported

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.peers.engines import Engine
    from benchmarks.peers.queries import Query

CHECKED = 100  # queries of a class
FEW = 100
"""Where no more than so many documents match, they are compared one by one."""


class Matches(NamedTuple):
    """How many documents match, and which ones, where they are few."""

    total: int
    few: set[int] | None


def agreement(engines: Sequence[Engine], classes: dict[str, list[Query]], budget_s: float) -> dict[str, dict[str, Any]]:
    """By class and peer: how many of the queries found other documents than carinews, and some of them.

    An engine is given `budget_s` of wall time for a class.
    """
    ours, *peers = engines
    found: dict[str, dict[str, Any]] = {}
    for kind, queries in classes.items():
        checked = [(query, matches(ours, query)) for query in queries[:CHECKED] if query.comparable]
        for peer in peers:
            if both := list(_asked(peer, checked, budget_s)):
                found.setdefault(kind, {})[peer.name] = _compared(both)
    return found


def _asked(
    peer: Engine, checked: Sequence[tuple[Query, Matches | None]], budget_s: float
) -> Iterator[tuple[Query, Matches, Matches]]:
    """The queries with what carinews found and what another did, where both can tell, as long as there is time."""
    end = time.perf_counter() + budget_s
    for query, mine in checked:
        if time.perf_counter() > end:
            return
        if mine and (theirs := matches(peer, query)):
            yield query, mine, theirs


def matches(engine: Engine, query: Query) -> Matches | None:
    """What matches, or None where the engine cannot tell."""
    with suppress(Unsupported):
        total = engine.count(query)
        return Matches(total, engine.numbers(query, FEW) if 0 < total <= FEW else None)
    return None


def _compared(both: Sequence[tuple[Query, Matches, Matches]]) -> dict[str, Any]:
    differing = [
        {"words": [word.form for word in query.words], OURS: _shown(mine, theirs), "peer": _shown(theirs, mine)}
        for query, mine, theirs in both
        if mine != theirs
    ]
    one_by_one = sum(mine.few is not None for _, mine, _ in both)
    return {"checked": len(both), "one_by_one": one_by_one, "differ": len(differing), "some": differing[:5]}


def _shown(matches: Matches, others: Matches) -> dict[str, Any]:
    """The number of documents, and some that only this engine found."""
    alone = (matches.few or set()) - (others.few or set()) if others.few is not None else set()
    return {"total": matches.total, "alone": sorted(alone)[:5]}
