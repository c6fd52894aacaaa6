"""p50 by number of documents, a panel a class and a line an engine.

    python -m benchmarks.peers.plot peers.json peers.svg

draws it again from the JSON of a run. It needs matplotlib, which stays out of the processes that are measured.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.peers.engines import ENGINES
from benchmarks.peers.queries import CLASSES


def plot(file: Path, sizes: dict[str, dict[str, Any]]) -> None:
    """Draw the sizes of a result, as its JSON has them."""
    from matplotlib import pyplot

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


if __name__ == "__main__":
    plot(Path(sys.argv[2]), json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["sizes"])
