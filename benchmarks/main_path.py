"""How long do building, searching and starting take?

    python benchmarks/main_path.py ../shared/data/news/news.jsonl.xz [--json out.json] [--articles N]

Four measurements, each printed as a table beside its goal (README.md says more):

1. building the whole news file, in a fresh process: seconds, peak memory, size of the index;
2. `Index.search` of ten hits with text and snippets, in this warm process, by class of query;
3. the whole process `carinews search "ISIS Irak"` on the sample corpus, and `carinews --version`;
4. opening the news index and its first answer, in a fresh Python process.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from measure import machine, median_wall_ms, percentile, print_table, read_news, run, write_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from carinews import Index

SEED = 20171117
ROUNDS = 3
QUERIES = 400
WARM_UP = 50
RUNS = 15
PERCENTS = (50, 95, 99)
SAMPLE_CORPUS = Path(__file__).resolve().parent.parent / "corpus"
SAMPLE_QUERY = "ISIS Irak"

GOALS = {"build seconds": 60.0, "build MB": 1000.0, "two words p50 ms": 5.0, "whole process ms": 500.0}

BUILD = """
import json, sys
from carinews import Index
with Index.build(sys.argv[1], sys.argv[2]) as index:
    print(json.dumps({"documents": len(index), "segments": len(index.engine.reader.segments)}))
"""
FIRST_ANSWER = """
import sys
from carinews import Index
with Index.open(sys.argv[1]) as index:
    index.search(sys.argv[2])
"""


# -- 1. building ----------------------------------------------------------------------------------


def measure_build(news: Path, folder: Path) -> dict[str, Any]:
    """Build an index in a fresh process. Called first: what this process holds would count as the child's."""
    built = run("-c", BUILD, str(news), str(folder))
    counts = json.loads(built.output)
    index_bytes = sum(file.stat().st_size for file in folder.iterdir())
    text_bytes = sum(len(f"{article['title']}{article['body']}".encode()) for article in read_news(news))
    return {
        "wall_s": built.wall,
        "cpu_s": built.cpu,
        "peak_MB": built.peak_memory / 1e6,
        **counts,
        "text_MB": text_bytes / 1e6,
        "index_MB": index_bytes / 1e6,
        "index_to_text": index_bytes / text_bytes,
    }


def cut(news: Path, articles: int, folder: Path) -> Path:
    """The first articles of a news file, as a file of their own."""
    part = folder / "news.jsonl"
    with part.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(article, ensure_ascii=False) + "\n" for article in read_news(news, articles))
    return part


# -- 2. searching ---------------------------------------------------------------------------------


class Source(NamedTuple):
    """What queries are drawn from: the distinct words of a headline, and two adjacent words of the body."""

    words: list[str]
    pair: str


class Query(NamedTuple):
    """A query of a class: what is typed, and the order asked for."""

    kind: str
    text: str
    sort: str = "relevance"


class Sample(NamedTuple):
    """What one search took, in milliseconds."""

    wall: float
    cpu: float


_WORD = re.compile(r"\w{3,}")
_PAIR = re.compile(r"(?<!\w)(\w{3,} \w{3,})(?!\w)")


def sources(news: Path, dice: random.Random) -> list[Source]:
    """One source an article, in lower case, so that no word is an operator."""
    found = []
    for article in read_news(news):
        words = list(dict.fromkeys(_WORD.findall(article["title"].lower())))
        body = article["body"].lower()
        pair = _PAIR.search(body, dice.randrange(len(body) + 1))
        if pair and len(words) >= 5:
            found.append(Source(words, pair[1]))
    return found


def _words(count: int, form: str = "{}", between: str = " ") -> Callable[[Source, random.Random], str]:
    return lambda source, dice: form.format(between.join(dice.sample(source.words, count)))


CLASSES: dict[str, tuple[Callable[[Source, random.Random], str], str]] = {
    "one word": (_words(1), "relevance"),
    "two words": (_words(2), "relevance"),
    "three words": (_words(3), "relevance"),
    "five words": (_words(5), "relevance"),
    "phrase": (lambda source, _: f'"{source.pair}"', "relevance"),
    "AND": (_words(2, between=" AND "), "relevance"),
    "title": (_words(2, form="judul:({})"), "relevance"),
    "two words, newest": (_words(2), "newest"),
}


def draw(found: list[Source], each: int, dice: random.Random) -> Iterator[Query]:
    """So many queries of every class, the classes mixed."""
    queries = [
        Query(kind, make(source, dice), sort)
        for kind, (make, sort) in CLASSES.items()
        for source in dice.choices(found, k=each)
    ]
    dice.shuffle(queries)
    return iter(queries)


def search_once(index: Index, query: Query) -> Sample:
    """Search for ten hits with text and snippets; what it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    index.search(query.text, limit=10, sort=query.sort)
    return Sample((time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000)


def search_round(index: Index, queries: Iterator[Query]) -> dict[str, dict[str, float]]:
    """One round: the percentiles of every class."""
    samples: dict[str, list[Sample]] = {kind: [] for kind in CLASSES}
    for query in queries:
        samples[query.kind].append(search_once(index, query))
    return {
        kind: {
            f"{clock}_p{percent}": percentile([getattr(sample, clock) for sample in taken], percent)
            for clock in Sample._fields
            for percent in PERCENTS
        }
        for kind, taken in samples.items()
    }


def measure_search(folder: Path, news: Path) -> dict[str, dict[str, float]]:
    """The median over the rounds of every class's percentiles, in milliseconds. No round repeats another's queries."""
    from carinews import Index

    dice = random.Random(SEED)
    found = sources(news, dice)
    with Index.open(folder) as index:
        search_round(index, draw(found, WARM_UP, dice))
        rounds = [search_round(index, draw(found, QUERIES, dice)) for _ in range(ROUNDS)]
    return {kind: {name: median(each[kind][name] for each in rounds) for name in rounds[0][kind]} for kind in CLASSES}


# -- 3. and 4. starting ---------------------------------------------------------------------------


def measure_processes(news_index: Path, sample_index: Path) -> dict[str, float]:
    """Whole processes from start to end, with the files in the system's cache: the median in milliseconds."""
    run("-c", BUILD, str(SAMPLE_CORPUS), str(sample_index))
    places = ("--index", str(sample_index), "--corpus", str(SAMPLE_CORPUS))
    commands = {
        f'carinews search "{SAMPLE_QUERY}" (sample corpus)': ("-m", "carinews", "search", SAMPLE_QUERY, *places),
        "carinews --version": ("-m", "carinews", "--version"),
        "Python: open, first answer (news)": ("-c", FIRST_ANSWER, str(news_index), SAMPLE_QUERY),
        "Python: open, first answer (sample corpus)": ("-c", FIRST_ANSWER, str(sample_index), SAMPLE_QUERY),
        "Python alone": ("-c", "pass"),
    }
    return {name: median_wall_ms(RUNS, *command) for name, command in commands.items()}


# -- the tables -----------------------------------------------------------------------------------


def show_build(build: dict[str, Any]) -> None:
    goals = {"wall_s": GOALS["build seconds"], "peak_MB": GOALS["build MB"]}
    rows = [
        (
            name,
            f"{value:,.2f}" if isinstance(value, float) else f"{value:,}",
            f"≤ {goals[name]:,.0f}" if name in goals else "",
        )
        for name, value in build.items()
    ]
    print_table(("build", "measured", "goal"), rows)


def show_search(search: dict[str, dict[str, float]]) -> None:
    columns = [f"{clock}_p{percent}" for clock in Sample._fields for percent in PERCENTS]
    rows = [
        (
            kind,
            *(f"{figures[name]:.2f}" for name in columns),
            f"≤ {GOALS['two words p50 ms']:.0f}" if kind == "two words" else "",
        )
        for kind, figures in search.items()
    ]
    print_table(("search, ms", *(name.replace("_", " ") for name in columns), "goal of p50"), rows)


def show_processes(processes: dict[str, float]) -> None:
    rows = [
        (name, f"{wall:.0f}", f"≤ {GOALS['whole process ms']:.0f}" if name.startswith("carinews search") else "")
        for name, wall in processes.items()
    ]
    print_table(("whole process, ms", "median wall", "goal"), rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("news", type=Path, help="JSON lines with title and body, .jsonl or .jsonl.xz")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--articles", type=int, metavar="N", help="only the first N articles")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        news = cut(options.news, options.articles, folder) if options.articles else options.news
        result: dict[str, Any] = {"machine": machine(), "goals": GOALS}
        show_build(result.setdefault("build", measure_build(news, folder / "news")))
        show_search(result.setdefault("search_ms", measure_search(folder / "news", news)))
        show_processes(result.setdefault("process_ms", measure_processes(folder / "news", folder / "sample")))
    print(json.dumps(result["machine"]))
    write_json(options.json, result)


if __name__ == "__main__":
    main()
