"""p50 by number of documents, a panel a class and a line an engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.peers.engines import ENGINES
from benchmarks.peers.queries import CLASSES

if TYPE_CHECKING:
    from pathlib import Path


def plot(file: Path, sizes: dict[str, dict[str, Any]]) -> None:
    """Draw the sizes of a result, as its JSON has them. Says so where matplotlib is missing."""
    try:
        from matplotlib import pyplot
    except ImportError:
        print("no plot: matplotlib is not installed")
        return
    figure, panels = pyplot.subplots(4, 4, figsize=(16, 14), constrained_layout=True)
    for panel, kind in zip(panels.flat, CLASSES, strict=True):
        for number, name in enumerate(ENGINES):
            if points := _points(sizes, kind, name):
                panel.plot(*zip(*points, strict=True), marker="o", color=f"C{number}", label=name)
        panel.set(title=kind, xscale="log", yscale="log", xlabel="documents", ylabel="p50, ms")
        panel.grid(alpha=0.3)
    lines = {line.get_label(): line for panel in panels.flat for line in panel.get_lines()}
    if lines:
        figure.legend(lines.values(), lines.keys(), loc="outside upper center", ncols=len(ENGINES))
    figure.savefig(file)


def _points(sizes: dict[str, dict[str, Any]], kind: str, name: str) -> list[tuple[int, float]]:
    asked = ((found["corpus"]["documents"], found.get("questions", {}).get(kind, {})) for found in sizes.values())
    return sorted((documents, by_engine[name]["wall_p50_ms"]) for documents, by_engine in asked if name in by_engine)
