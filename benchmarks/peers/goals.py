"""The goals that name tantivy, beside what was measured, for one size."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.measure import print_table
from benchmarks.peers.engines import OURS
from benchmarks.peers.engines.tantivy import Tantivy, TantivyRaw
from benchmarks.peers.queries import HEADLINES
from benchmarks.peers.tables import whole_builds

if TYPE_CHECKING:
    from collections.abc import Iterator

PEER, RAW = Tantivy.name, TantivyRaw.name
SMALL = 2_000
"""Documents up to which another row of the goals holds."""
_THRICE = ("dates, newest first", "prefix", "facets", "exact total")


class Goal(NamedTuple):
    """A ratio peer ÷ carinews that should be at least so large, and where wanted the class it was least in."""

    what: str
    measured: float
    least: float
    where: str = ""


def show_goals(size: int, found: dict[str, Any]) -> None:
    """Print the ratios to tantivy beside those asked for; all of them are better when larger."""
    goals = [*_small(found)] if size <= SMALL else [*_building(found), *_asking(found), *_headlines(found)]
    rows = [
        (
            f"{goal.what}{f' ({goal.where})' if goal.where else ''}",
            f"{goal.measured:.2f}",
            f"{goal.least:.2f}",
            "reached" if goal.measured >= goal.least else "missed",
        )
        for goal in goals
    ]
    if rows:
        print_table((f"{size:,} documents, {PEER} ÷ {OURS}", "measured", "goal", ""), rows)


def _building(found: dict[str, Any]) -> Iterator[Goal]:
    builds = found["builds"]
    if OURS not in builds:
        return
    ours = builds[OURS]["cpu_s"]
    if PEER in builds:
        peer = whole_builds(PEER, found)
        yield Goal("build, CPU, same terms and stemmer", peer["analysis"] / ours, 2.5)
        yield Goal("build, CPU, PySastrawi with a cache", peer["sastrawi"] / ours, 7)
        yield Goal("index size", builds[PEER]["index_MB"] / builds[OURS]["index_MB"], 1)
    if RAW in builds:
        yield Goal("build, CPU, raw text, no Indonesian", builds[RAW]["cpu_s"] / ours, 0.8)
    yield Goal("1.1 × text ÷ index size", 1.1 * found["corpus"]["text_MB"] / builds[OURS]["index_MB"], 1)
    yield Goal("450 MB ÷ peak memory of a process", 450 / builds[OURS]["peak_MB"], 1)
    yield Goal("articles a wall second ÷ 5,000", builds[OURS]["docs_per_wall_s"] / 5_000, 1)
    if OURS in found["first_answer"]:
        yield Goal("200 ms ÷ cold start", 200 / found["first_answer"][OURS]["wall_ms"], 1)


def _small(found: dict[str, Any]) -> Iterator[Goal]:
    if to_peer := _to_peer(found):
        worst = min(to_peer, key=to_peer.__getitem__)
        yield Goal("slowest class, CPU p50", to_peer[worst], 1 / 2, worst)


def _asking(found: dict[str, Any]) -> Iterator[Goal]:
    if to_peer := _to_peer(found):
        worst = min(to_peer, key=to_peer.__getitem__)
        yield Goal("median over the classes, CPU p50", median(to_peer.values()), 1.5)
        yield Goal("slowest class, CPU p50", to_peer[worst], 1, worst)
        for kind in _THRICE:
            if kind in to_peer:
                yield Goal(f"{kind}, CPU p50", to_peer[kind], 3)


def _to_peer(found: dict[str, Any]) -> dict[str, float]:
    by_class = found.get("ratios", {}).get("cpu_p50_ms", {})
    return {kind: by_peer[PEER] for kind, by_peer in by_class.items() if PEER in by_peer}


def _headlines(found: dict[str, Any]) -> Iterator[Goal]:
    ratios = found.get("headlines", {}).get("ratios", {})
    for percent in (50, 99):
        to_peer = ratios.get(f"cpu_p{percent}_ms", {}).get(HEADLINES, {})
        if PEER in to_peer:
            yield Goal(f"{HEADLINES}, CPU p{percent}", to_peer[PEER], 1)
