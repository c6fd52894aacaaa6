"""What is printed of one size."""

from __future__ import annotations

from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.measure import print_table
from benchmarks.peers.asking import CLOCKS, MEASURES, PERCENTS
from benchmarks.peers.engines import ENGINES, OURS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NONE = "–"
_STARTS = ("wall_ms", "cpu_ms")


def show_builds(size: int, made: dict[str, Any]) -> None:
    corpus, builds = made["corpus"], made["builds"]
    rows = [
        (
            name,
            *(f"{figure[key]:,.0f}" for key in ("docs_per_cpu_s", "docs_per_wall_s", "peak_MB")),
            f"{figure['index_MB']:,.1f}",
            f"{figure['index_MB'] / corpus['text_MB']:.2f}",
            *(f"{spent:,.1f}" for spent in whole_builds(name, made).values()),
        )
        for name, figure in builds.items()
    ]
    head = ("docs/CPU s", "docs/wall s", "peak MB", "index MB", "× text", "CPU s", "+ analysis", "+ PySastrawi")
    print_table((f"{size:,} documents, building", *head), rows)
    print(
        f"Indonesian analysis alone: {corpus['analysis_cpu_s']:.1f} CPU s; with PySastrawi for "
        f"{corpus['distinct_forms']:,} forms, each once: about {corpus['sastrawi_analysis_cpu_s']:.0f} CPU s\n"
    )
    if OURS in builds:
        ours = builds[OURS]["cpu_s"]
        rows = [
            (name, *(f"{spent / ours:.2f}" for spent in whole_builds(name, made).values()))
            for name in builds
            if name != OURS
        ]
        print_table((f"{size:,} documents, building, CPU ÷ {OURS}", "alone", "+ analysis", "+ PySastrawi"), rows)
    starts = made["first_answer"]
    rows = [
        (
            name,
            *(f"{start[clock]:,.0f}" for clock in _STARTS),
            *(_over(start, starts.get(OURS), clock) for clock in _STARTS),
        )
        for name, start in starts.items()
    ]
    head = ("wall, ms", "CPU, ms", f"wall ÷ {OURS}", f"CPU ÷ {OURS}")
    print_table((f"{size:,} documents, first answer of a fresh process", *head), rows)


def _over(start: dict[str, float], ours: dict[str, float] | None, clock: str) -> str:
    return f"{start[clock] / ours[clock]:.2f}" if ours else NONE


def whole_builds(name: str, made: dict[str, Any]) -> dict[str, float]:
    """The processor's seconds of a build: alone, with the analysis that an engine was spared, and with PySastrawi's."""
    corpus, spent = made["corpus"], made["builds"][name]["cpu_s"]
    spared = ENGINES[name].given_terms
    return {
        "alone": spent,
        "analysis": spent + corpus["analysis_cpu_s"] * spared,
        "sastrawi": spent + corpus["sastrawi_analysis_cpu_s"] * spared,
    }


def show_questions(size: int, asked: dict[str, Any]) -> None:
    """Times, queries a second and ratios: a row a class, a column an engine."""
    questions = asked["questions"]
    names = [name for name in ENGINES if any(name in by_engine for by_engine in questions.values())]
    most = {kind: max((figure["queries"] for figure in by.values()), default=0) for kind, by in questions.items()}

    def table(title: str, shown: Callable[[dict[str, float]], str]) -> None:
        def cell(kind: str, name: str) -> str:
            figure = questions[kind].get(name)
            if figure is None:
                return NONE
            return shown(figure) + (f" ({figure['queries']})" if figure["queries"] < most[kind] else "")

        rows = [(f"{kind} ({most[kind]})", *(cell(kind, name) for name in names)) for kind in questions]
        print_table((f"{size:,} documents, {title}", *names), rows)

    for clock in CLOCKS:
        table(f"{clock} p50 / p99, ms", partial(_percents, clock))
    table("queries a second", lambda figure: f"{figure['queries_per_s']:,.0f}")
    for kind, by_engine in questions.items():
        for name, figure in by_engine.items():
            if figure["refused"]:
                print(f"{name} refused {figure['refused']} questions of the class {kind}: they count for nobody\n")
    for clock in CLOCKS:
        show_ratios(size, clock, asked["ratios"], [name for name in names if name != OURS])


def _percents(clock: str, figure: dict[str, float]) -> str:
    return " / ".join(f"{figure[f'{clock}_p{percent}_ms']:.2f}" for percent in PERCENTS)


def show_ratios(size: int, clock: str, by_measure: dict[str, Any], peers: Sequence[str]) -> None:
    columns = [by_measure[f"{clock}_p{percent}_ms"] for percent in PERCENTS]
    if not columns[0]:
        return

    def cells(rows: Sequence[dict[str, float]]) -> list[str]:
        return [" / ".join(f"{row[peer]:.2f}" for row in rows) if peer in rows[0] else NONE for peer in peers]

    rows = [(kind, *cells([column[kind] for column in columns])) for kind in columns[0]]
    if len(rows) > 1:
        rows.append(("median over the classes", *cells([medians(column) for column in columns])))
    print_table((f"{size:,} documents, {clock} p50 / p99, peer ÷ {OURS} (> 1: {OURS} leads)", *peers), rows)


def medians(by_class: dict[str, dict[str, float]]) -> dict[str, float]:
    """By peer, the median of its ratios over the classes."""
    peers = {peer for row in by_class.values() for peer in row}
    return {peer: median(row[peer] for row in by_class.values() if peer in row) for peer in peers}


def show_growth(sizes: dict[str, dict[str, Any]]) -> None:
    """How carinews grows, over all sizes of a result; of the classes the median."""
    rows = []
    for found in sorted(sizes.values(), key=lambda found: found["corpus"]["documents"]):
        built, classes = found["builds"].get(OURS), found.get("questions", {}).values()
        asked = [by_engine[OURS] for by_engine in classes if OURS in by_engine]
        if built and asked:
            times = (f"{median(figure[measure] for figure in asked):,.2f}" for measure in MEASURES)
            costs = built["wall_s"], built["cpu_s"], built["peak_MB"], built["index_MB"]
            rows.append((f"{found['corpus']['documents']:,}", *(f"{cost:,.0f}" for cost in costs), *times))
    head = ("wall s", "CPU s", "peak MB", "index MB", *(measure.replace("_", " ") for measure in MEASURES))
    print_table((f"{OURS}, documents", *head), rows)


def show_agreement(size: int, agreed: dict[str, dict[str, Any]]) -> None:
    peers = [name for name in ENGINES if any(name in by_peer for by_peer in agreed.values())]

    def cell(figure: dict[str, int]) -> str:
        return f"{figure['differ']} of {figure['checked']} differ" if figure["differ"] else f"{figure['checked']} agree"

    rows = [(kind, *(cell(by[peer]) if peer in by else NONE for peer in peers)) for kind, by in agreed.items()]
    if rows:
        print_table((f"{size:,} documents, what was found, against {OURS}", *peers), rows)
