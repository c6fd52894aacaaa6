"""What the answers take. As a script it asks the engines everything about one corpus, and prints JSON:

    python -m benchmarks.peers.asking CORPUS DOCUMENTS QUERIES HEADLINES BUDGET ENGINE,ENGINE,…

All engines are open in this one process and take turns.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Any

from benchmarks.measure import percentile
from benchmarks.peers.agreement import agreement
from benchmarks.peers.building import place, say
from benchmarks.peers.engines import ENGINES, OURS, Unsupported
from benchmarks.peers.engines.lucene import Lucene
from benchmarks.peers.queries import CLASSES, HEADLINES, draw, mixed, read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.peers.engines import Engine
    from benchmarks.peers.queries import News, Query

WARM_UP = 50
WARM_UP_BUDGET = 1 / 4  # of that of the questions
CLOCKS, PERCENTS = ("wall", "cpu"), (50, 99)
MEASURES = [f"{clock}_p{percent}_ms" for clock in CLOCKS for percent in PERCENTS]

Samples = list[tuple[float, float]]
"""Milliseconds of wall time and of the processor's, by question."""
Figures = dict[str, dict[str, Any]]  # by class, then engine


class Stopwatch:
    """What the questions of each class and engine took.

    An engine that has spent `budget_s` of the processor on a class is asked no more of it. The questions that it was
    asked are the first of those that the others were asked.
    """

    def __init__(self, budget_s: float) -> None:
        self._budget_ms = 1000 * budget_s
        self._spent: Counter[tuple[str, str]] = Counter()
        self.taken: dict[tuple[str, str], Samples] = {}
        self.refused: Counter[tuple[str, str]] = Counter()

    def ask(self, kind: str, engines: Sequence[Engine], query: Query) -> None:
        """Ask the engines one question; it counts for nobody where one of them refuses it."""
        samples = {}
        for engine in engines:
            key = kind, engine.name
            if self._spent[key] > self._budget_ms:
                continue
            try:
                samples[key] = _, cpu = _timed(engine, query)
            except Unsupported:
                self.refused[key] += 1
                return
            self._spent[key] += cpu
        for key, sample in samples.items():
            self.taken.setdefault(key, []).append(sample)


def _timed(engine: Engine, query: Query) -> tuple[float, float]:
    processor, started = engine.cpu_seconds(), time.perf_counter()
    engine.ask(query)
    wall, cpu = time.perf_counter() - started, engine.cpu_seconds() - processor
    return 1000 * wall, 1000 * cpu


def ask(engines: Sequence[Engine], classes: dict[str, list[Query]], budget_s: float) -> dict[str, Any]:
    """Ask all questions, and give the figures and the ratios.

    The classes take turns and so do the engines, so that what disturbs the machine hits all alike; who is first
    changes with every question. The first questions of each class only warm up: whatever an engine keeps by default
    is filled by other questions than those that count.
    """
    able = {kind: [engine for engine in engines if supports(engine, queries)] for kind, queries in classes.items()}
    warming = Stopwatch(budget_s * WARM_UP_BUDGET)
    for kind, query in mixed({kind: queries[:WARM_UP] for kind, queries in classes.items()}):
        for turn in range(max(engine.warm_ups for engine in engines)):
            warming.ask(kind, [engine for engine in able[kind] if turn < engine.warm_ups], query)
    gc.collect()
    gc.freeze()  # the collector need not look at what was opened
    watch = Stopwatch(budget_s)
    for number, (kind, query) in enumerate(mixed({kind: queries[WARM_UP:] for kind, queries in classes.items()})):
        turn = number // len(classes)
        if number % (100 * len(classes)) == 0:
            say(f"question {turn} of each class")
        first = turn % max(1, len(able[kind]))
        watch.ask(kind, able[kind][first:] + able[kind][:first], query)
    asked: Figures = {kind: {} for kind in classes}
    for (kind, name), samples in watch.taken.items():
        asked[kind][name] = figures(samples) | {"refused": watch.refused[kind, name]}
    return {"questions": asked, "ratios": ratios(watch.taken)}


def supports(engine: Engine, queries: Sequence[Query]) -> bool:
    """Whether an engine has such queries at all; it may refuse one for being too wide."""
    for query in queries[:10]:
        with suppress(Unsupported):
            engine.ask(query)
            return True
    return False


def figures(samples: Samples) -> dict[str, float]:
    """What is told of one class and engine."""
    percents = {
        f"{clock}_p{percent}_ms": percentile(times, percent)
        for clock, times in zip(CLOCKS, zip(*samples, strict=True), strict=True)
        for percent in PERCENTS
    }
    return {"queries": len(samples), **percents, "queries_per_s": 1000 / mean(wall for wall, _ in samples)}


def ratios(taken: dict[tuple[str, str], Samples]) -> dict[str, dict[str, dict[str, float]]]:
    """The peers' times over those of carinews, by measure, class and peer: above 1 carinews is faster.

    Where one of the two was asked fewer questions, only these are compared.
    """
    found: dict[str, dict[str, dict[str, float]]] = {measure: {} for measure in MEASURES}
    for (kind, name), theirs in taken.items():
        if name == OURS or not (ours := taken.get((kind, OURS))):
            continue
        both = min(len(theirs), len(ours))
        peer, own = figures(theirs[:both]), figures(ours[:both])
        for measure in MEASURES:
            found[measure].setdefault(kind, {})[name] = peer[measure] / own[measure]
    return found


def everything(corpus: Path, news: News, counts: tuple[int, int], budget_s: float, names: Sequence[str]) -> Any:
    """The classes in turns, then the many headlines, then what was found."""
    opened = [ENGINES[name](place(ENGINES[name], corpus)) for name in names]
    queries, headlines = counts
    drawn = {kind: draw(kind, news, queries + WARM_UP) for kind in CLASSES}
    classes = {kind: found for kind, found in drawn.items() if len(found) > WARM_UP}
    result = ask(opened, classes, budget_s)
    if headlines:
        result["headlines"] = ask(opened, {HEADLINES: draw(HEADLINES, news, headlines + WARM_UP)}, budget_s)
    if pipes := [engine.pipe_ms() for engine in opened if isinstance(engine, Lucene)]:
        result["lucene_pipe_ms"] = pipes[0]
    return result | {"agreement": agreement(opened, classes, budget_s) if OURS in names else {}}


def main() -> None:
    corpus, documents, queries, headlines, budget, names = sys.argv[1:]
    news = read(Path(corpus), int(documents))
    counts = int(queries), int(headlines)
    print(json.dumps(everything(Path(corpus), news, counts, float(budget), names.split(","))))


if __name__ == "__main__":
    main()
