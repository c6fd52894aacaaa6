"""How does carinews compare with other engines: the same articles, terms and questions, in one run?

    python benchmarks/peers.py NEWS [--sizes 2000,20000,50000] [--queries 400] [--json out.json] [--plot out.svg]

First all indexes are built, each in a fresh process, and a first answer is got from each in another.
Then the engines are asked in this process, in turn, each question once. README.md says what a class of
question is and what the figures mean. An engine that is not installed is named and left out.
"""

from __future__ import annotations

import argparse
import gc
import json
import sqlite3
import tempfile
import time
from collections import Counter
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import mean, median
from typing import TYPE_CHECKING, Any

from measure import machine, median_wall_ms, percentile, print_table, run, write_json
from peers_engines import ENGINES, Engine, Unsupported
from peers_queries import CLASSES, Query, draw, mixed, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

OURS = "carinews"
WARM_UP = 50
CHECKED = 100  # queries of a class whose matches are counted in every engine
CLOCKS, PERCENTS = ("wall", "cpu"), (50, 99)
HERE = Path(__file__).resolve().parent
NONE = "–"

Figures = dict[str, dict[str, Any]]  # by class, then engine


# -- before the questions -------------------------------------------------------------------------


def chosen(names: str | None) -> list[type[Engine]]:
    """The engines to compare; says which are not there."""
    wanted = [name.strip() for name in names.split(",")] if names else list(ENGINES)
    if unknown := set(wanted) - ENGINES.keys():
        raise SystemExit(f"no such engine: {', '.join(sorted(unknown))}; the engines are {', '.join(ENGINES)}")
    engines = [engine for name, engine in ENGINES.items() if name in wanted]
    for engine in engines:
        if missing := engine.missing():
            print(f"{engine.name}: missing ({', '.join(missing)} not installed)")
    print()
    return [engine for engine in engines if not engine.missing()]


def of_size(engines: Iterable[type[Engine]], size: int) -> list[type[Engine]]:
    """The engines that can be asked so many documents."""
    return [engine for engine in engines if size <= engine.most]


def place(engine: type[Engine], corpus: Path) -> Path:
    """Where an engine's index of a corpus is."""
    return corpus / (engine.built_as or engine.name).replace(" ", "-")


def build(engine: type[Engine], corpus: Path, documents: int) -> dict[str, float]:
    """Build an index in a fresh process. Reading the peers' terms from their file is not in the seconds."""
    folder = place(engine, corpus)
    built = run(str(HERE / "peers_engines.py"), engine.name, str(corpus), str(folder))
    seconds = json.loads(built.output)
    return {
        **seconds,
        "docs_per_cpu_s": documents / seconds["cpu_s"],
        "docs_per_wall_s": documents / seconds["wall_s"],
        "peak_MB": built.peak_memory / 1e6,
        "index_MB": sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6,
    }


def prepare(news: Path, size: int, corpus: Path, engines: Sequence[type[Engine]]) -> dict[str, Any]:
    """Articles and terms of one size, the indexes, and the first answers of fresh processes.

    Of all sizes before any question: the peak of a process is at least what its parent holds.
    """
    made = json.loads(run(str(HERE / "peers_corpus.py"), str(news), str(size), str(corpus)).output)
    builders = dict.fromkeys(engine.built_as or engine.name for engine in engines)
    builds = {name: build(ENGINES[name], corpus, made["documents"]) for name in builders}
    starts = {
        engine.name: median_wall_ms(
            engine.starts, "-c", engine.first_answer, str(place(engine, corpus)), "gempa", "gempa"
        )
        for engine in engines
        if engine.asked
    }
    return {"corpus": made, "builds": builds, "first_answer_ms": starts}


# -- questions ------------------------------------------------------------------------------------


def supports(engine: Engine, queries: Sequence[Query]) -> bool:
    """Whether an engine has such queries at all; it may refuse one for being too wide."""
    for query in queries[:10]:
        with suppress(Unsupported):
            engine.ask(query)
            return True
    return False


class Stopwatch:
    """What the questions of each class and engine took: milliseconds of wall time, and of the processor's.

    A class of which some engine has spent `budget_s` is over for all, so that all were asked the same.
    """

    def __init__(self, budget_s: float) -> None:
        self._budget_ms = 1000 * budget_s
        self._spent: Counter[tuple[str, str]] = Counter()
        self._over: set[str] = set()
        self.taken: dict[tuple[str, str], list[tuple[float, float]]] = {}
        self.refused: Counter[tuple[str, str]] = Counter()

    def ask(self, kind: str, engines: Sequence[Engine], query: Query, *, counted: bool) -> None:
        """Ask the engines one question; one that is not counted, or that an engine refuses, only warms up."""
        if kind in self._over:
            return
        samples = {}
        for engine in engines:
            try:
                samples[kind, engine.name] = wall, _ = _timed(engine, query)
            except Unsupported:
                self.refused[kind, engine.name] += counted
                return
            self._spent[kind, engine.name] += wall
            if self._spent[kind, engine.name] > self._budget_ms:
                self._over.add(kind)
        if counted:
            for key, sample in samples.items():
                self.taken.setdefault(key, []).append(sample)

    def warmed_up(self) -> None:
        """The budget of a class begins anew."""
        self._spent.clear()
        self._over.clear()


def _timed(engine: Engine, query: Query) -> tuple[float, float]:
    processor, started = time.process_time(), time.perf_counter()
    engine.ask(query)
    wall, cpu = time.perf_counter() - started, time.process_time() - processor
    return 1000 * wall, 1000 * cpu


def ask(engines: Sequence[Engine], classes: dict[str, list[Query]], budget_s: float) -> Figures:
    """Ask all questions.

    The classes take turns and so do the engines, so that what disturbs the machine hits all alike; who is first
    changes with every question. The first questions of each class only warm up.
    """
    able = {kind: [engine for engine in engines if supports(engine, queries)] for kind, queries in classes.items()}
    watch = Stopwatch(budget_s)
    for kind, query in mixed({kind: queries[:WARM_UP] for kind, queries in classes.items()}):
        watch.ask(kind, able[kind], query, counted=False)
    watch.warmed_up()
    gc.collect()
    gc.freeze()  # the collector need not look at what was opened
    for number, (kind, query) in enumerate(mixed({kind: queries[WARM_UP:] for kind, queries in classes.items()})):
        first = number // len(classes) % max(1, len(able[kind]))
        watch.ask(kind, able[kind][first:] + able[kind][:first], query, counted=True)
    found: Figures = {kind: {} for kind in classes}
    for (kind, name), samples in watch.taken.items():
        found[kind][name] = figures(samples) | {"refused": watch.refused[kind, name]}
    return found


def figures(samples: Sequence[tuple[float, float]]) -> dict[str, float]:
    """What is told of one class and engine."""
    walls, cpus = zip(*samples, strict=True)
    percents = {
        f"{clock}_p{percent}_ms": percentile(times, percent)
        for clock, times in zip(CLOCKS, (walls, cpus), strict=True)
        for percent in PERCENTS
    }
    return {"queries": len(samples), **percents, "queries_per_s": 1000 / mean(walls)}


def agreement(engines: Sequence[Engine], classes: dict[str, list[Query]]) -> dict[str, dict[str, Any]]:
    """By class and peer: how many of the queries found another number of documents than carinews, and some of them."""
    ours, *peers = engines
    found: dict[str, dict[str, Any]] = {}
    for kind, queries in classes.items():
        checked = [query for query in queries[:CHECKED] if query.comparable]
        counts = [(query, _count(ours, query)) for query in checked]
        for peer in peers:
            both = [
                (query, mine, other)
                for query, mine in counts
                if mine is not None and (other := _count(peer, query)) is not None
            ]
            if both:
                found.setdefault(kind, {})[peer.name] = _compared(both)
    return found


def _count(engine: Engine, query: Query) -> int | None:
    with suppress(Unsupported):
        return engine.count(query)
    return None


def _compared(both: Sequence[tuple[Query, int, int]]) -> dict[str, Any]:
    differing = [
        {"words": [word.form for word in query.words], OURS: mine, "peer": other}
        for query, mine, other in both
        if mine != other
    ]
    return {"checked": len(both), "differ": len(differing), "some": differing[:5]}


def question(
    corpus: Path, documents: int, options: argparse.Namespace, engines: Sequence[type[Engine]]
) -> dict[str, Any]:
    """Ask everything of one size."""
    queries = options.queries
    news = read(corpus, documents)
    drawn = {kind: draw(kind, news, queries + WARM_UP) for kind in CLASSES}
    classes = {kind: found for kind, found in drawn.items() if len(found) > WARM_UP}
    opened = [engine(place(engine, corpus)) for engine in engines]
    asked = ask(opened, classes, options.budget)
    agreed = agreement(opened, classes) if opened[0].name == OURS else {}
    return {"questions": asked, "ratios": ratios(asked), "agreement": agreed}


def ratios(asked: Figures) -> dict[str, dict[str, dict[str, float]]]:
    """The peers' times over those of carinews, by measure, class and peer: above 1 carinews is faster."""
    measures = [f"{clock}_p{percent}_ms" for clock in CLOCKS for percent in PERCENTS]
    return {
        measure: {
            kind: {name: peer[measure] / by_engine[OURS][measure] for name, peer in by_engine.items() if name != OURS}
            for kind, by_engine in asked.items()
            if OURS in by_engine
        }
        for measure in measures
    }


# -- the tables -----------------------------------------------------------------------------------


def show_builds(size: int, made: dict[str, Any]) -> None:
    corpus, builds = made["corpus"], made["builds"]
    analyses = corpus["analysis_cpu_s"], corpus["analysis_cpu_s"] + corpus["sastrawi_cpu_s"]
    rows = [
        (
            name,
            *(f"{figure[key]:,.0f}" for key in ("docs_per_cpu_s", "docs_per_wall_s", "peak_MB")),
            f"{figure['index_MB']:,.1f}",
            f"{figure['index_MB'] / corpus['text_MB']:.2f}",
            f"{figure['cpu_s']:,.1f}",
            *(f"{figure['cpu_s'] + extra * ENGINES[name].given_terms:,.1f}" for extra in analyses),
        )
        for name, figure in builds.items()
    ]
    head = ("docs/CPU s", "docs/wall s", "peak MB", "index MB", "× text", "CPU s", "+ analysis", "+ PySastrawi")
    print_table((f"{size:,} documents, building", *head), rows)
    print(
        f"Indonesian analysis alone: {corpus['analysis_cpu_s']:.1f} CPU s; "
        f"PySastrawi for {corpus['distinct_forms']:,} forms, each once: about {corpus['sastrawi_cpu_s']:.0f} CPU s\n"
    )
    starts = made["first_answer_ms"]
    rows = [(name, f"{wall:.0f}", _times(wall, starts.get(OURS))) for name, wall in starts.items()]
    print_table((f"{size:,} documents, fresh process", "first answer, ms", f"÷ {OURS}"), rows)


def _times(value: float, ours: float | None) -> str:
    return f"{value / ours:.2f}" if ours else NONE


def show_questions(size: int, found: dict[str, Any], names: Sequence[str]) -> None:
    asked = found["questions"]

    def table(title: str, cell: Callable[[dict[str, float]], str]) -> None:
        rows = [
            (f"{kind} ({_asked(by)})", *(cell(by[name]) if name in by else NONE for name in names))
            for kind, by in asked.items()
        ]
        print_table((f"{size:,} documents, {title}", *names), rows)

    table("wall p50 / p99, ms", lambda figure: f"{figure['wall_p50_ms']:.2f} / {figure['wall_p99_ms']:.2f}")
    table("queries a second", lambda figure: f"{figure['queries_per_s']:,.0f}")
    refused = {(kind, name): by[name]["refused"] for kind, by in asked.items() for name in by if by[name]["refused"]}
    for (kind, name), number in refused.items():
        print(f"{name} refused {number} questions of the class {kind}: they count for nobody\n")
    if OURS in names:
        for clock in CLOCKS:
            show_ratios(size, clock, found["ratios"], [name for name in names if name != OURS])


def _asked(by_engine: dict[str, dict[str, float]]) -> int:
    return max((figure["queries"] for figure in by_engine.values()), default=0)


def show_ratios(size: int, clock: str, by_measure: dict[str, Any], peers: Sequence[str]) -> None:
    columns = [by_measure[f"{clock}_p{percent}_ms"] for percent in PERCENTS]

    def cells(rows: Sequence[dict[str, float]]) -> list[str]:
        return [" / ".join(f"{row[peer]:.2f}" for row in rows) if peer in rows[0] else NONE for peer in peers]

    medians = [
        {peer: median(every) for peer in peers if (every := [row[peer] for row in column.values() if peer in row])}
        for column in columns
    ]
    rows = [(kind, *cells([column[kind] for column in columns])) for kind in columns[0]]
    title = f"{size:,} documents, {clock} p50 / p99, peer ÷ {OURS} (> 1: {OURS} leads)"
    print_table((title, *peers), [*rows, ("median over the classes", *cells(medians))])


def show_agreement(size: int, agreed: dict[str, dict[str, Any]], peers: Sequence[str]) -> None:
    def cell(figure: dict[str, int]) -> str:
        return "all agree" if not figure["differ"] else f"{figure['differ']} of {figure['checked']} differ"

    rows = [(kind, *(cell(by[peer]) if peer in by else NONE for peer in peers)) for kind, by in agreed.items()]
    if rows:
        print_table((f"{size:,} documents, number of matches against {OURS}", *peers), rows)


def plot(file: Path, by_size: dict[int, dict[str, Any]]) -> None:
    """p50 by number of documents, a panel a class and a line an engine."""
    try:
        from matplotlib import pyplot
    except ImportError:
        print("no plot: matplotlib is not installed")
        return
    figure, panels = pyplot.subplots(4, 4, figsize=(16, 14), constrained_layout=True)
    for panel, kind in zip(panels.flat, CLASSES, strict=False):
        for number, name in enumerate(ENGINES):
            points = [
                (size, found["questions"][kind][name]["wall_p50_ms"])
                for size, found in by_size.items()
                if name in found["questions"].get(kind, {})
            ]
            if points:
                panel.plot(*zip(*points, strict=True), marker="o", color=f"C{number}", label=name)
        panel.set(title=kind, xscale="log", yscale="log", xlabel="documents", ylabel="p50, ms")
        panel.grid(alpha=0.3)
    lines = {line.get_label(): line for panel in panels.flat for line in panel.get_lines()}
    figure.legend(lines.values(), lines.keys(), loc="outside upper center", ncols=len(ENGINES))
    figure.savefig(file)


# -- the run --------------------------------------------------------------------------------------


def this_machine(engines: Iterable[type[Engine]]) -> dict[str, Any]:
    """The machine, and the versions of the peers."""
    about = machine()
    for package in {package for engine in engines for package in engine.needs}:
        with suppress(PackageNotFoundError):
            about["packages"].setdefault(package, version(package))
    about["packages"]["sqlite"] = sqlite3.sqlite_version
    return about


def compare(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """All sizes: first the builds, then the questions, each shown as soon as it is known."""
    engines = chosen(options.engines)
    result: dict[str, Any] = {"machine": this_machine(engines), "sizes": {}}
    for size in options.sizes:
        result["sizes"][size] = prepare(options.news, size, folder / str(size), of_size(engines, size))
        show_builds(size, result["sizes"][size])
    for size, made in result["sizes"].items():
        able = [engine for engine in of_size(engines, size) if engine.asked]
        made |= question(folder / str(size), made["corpus"]["documents"], options, able)
        names = [engine.name for engine in able]
        show_questions(size, made, names)
        show_agreement(size, made["agreement"], names[1:])
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("news", type=Path, help="JSON lines with title and body, .jsonl or .jsonl.xz")
    parser.add_argument("--sizes", type=lambda text: [int(size) for size in text.split(",")], metavar="N,N,…")
    parser.add_argument("--queries", type=int, default=400, metavar="N", help="different questions of each class (400)")
    parser.add_argument("--budget", type=float, default=60.0, metavar="S", help="seconds for a class and engine (60)")
    parser.add_argument("--engines", metavar="NAME,…", help=f"of: {', '.join(ENGINES)}; all without it")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw p50 by size (.svg, .png; needs matplotlib)")
    parser.set_defaults(sizes=[2_000, 20_000, 50_000])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        result = compare(options, Path(temporary))
    print(json.dumps(result["machine"]))
    write_json(options.json, result)
    if options.plot:
        plot(options.plot, result["sizes"])


if __name__ == "__main__":
    main()
