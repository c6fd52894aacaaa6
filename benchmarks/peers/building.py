"""What it takes to build: the articles of one size, every index in a process of its own, and a first answer from it.

As a script it builds one index:

    python -m benchmarks.peers.building ENGINE CORPUS FOLDER

where CORPUS is a folder that `corpus.py` made.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.measure import run
from benchmarks.peers.corpus import Rows
from benchmarks.peers.engines import ENGINES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.peers.engines import Engine

ASKED = "gempa"


def place(engine: type[Engine], corpus: Path) -> Path:
    """Where an engine's index of a corpus is."""
    return corpus / (engine.built_as or engine.name).replace(" ", "-")


def prepare(news: Path, size: int, corpus: Path, engines: Sequence[type[Engine]]) -> dict[str, Any]:
    """Articles and terms of one size, the indexes, and the first answers of fresh processes.

    An engine that fails here is named in `failed`, with what it said; the others go on. The peak of a process is at
    least what its parent holds, so this one must hold little.
    """
    say(f"{size:,} documents: making the articles and their terms")
    made = json.loads(run("-m", "benchmarks.peers.corpus", str(news), str(size), str(corpus)).output)
    result: dict[str, Any] = {"corpus": made, "builds": {}, "first_answer": {}, "failed": {}}
    for engine in engines:
        try:
            say(f"{size:,} documents: {engine.name}")
            if engine.built_as is None:
                result["builds"][engine.name] = build(engine, corpus, made["documents"])
            if engine.asked:
                result["first_answer"][engine.name] = first_answer(engine, corpus)
        except subprocess.CalledProcessError as failed:
            said = failed.stderr.strip().splitlines() or [f"exit status {failed.returncode}"]
            result["failed"][engine.name] = said[-1]
            print(f"{engine.name} failed at {size:,} documents: {said[-1]}\n", flush=True)
    return result


def say(what: str) -> None:
    """Tell whoever waits what is being done."""
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


def build(engine: type[Engine], corpus: Path, documents: int) -> dict[str, float]:
    """Build an index in a fresh process. Reading the peers' terms from their file is not in the seconds."""
    folder = place(engine, corpus)
    built = run("-m", "benchmarks.peers.building", engine.name, str(corpus), str(folder))
    seconds = json.loads(built.output)
    return {
        **seconds,
        "docs_per_cpu_s": documents / seconds["cpu_s"],
        "docs_per_wall_s": documents / seconds["wall_s"],
        "peak_MB": built.peak_memory / 1e6,
        "index_MB": sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6,
    }


def first_answer(engine: type[Engine], corpus: Path) -> dict[str, float]:
    """The medians of whole processes that open an index and read ten articles, after one that is not counted."""
    call = "-c", engine.first_answer, str(place(engine, corpus)), ASKED, ASKED
    run(*call)
    runs = [run(*call) for _ in range(engine.starts)]
    return {"wall_ms": 1000 * median(one.wall for one in runs), "cpu_ms": 1000 * median(one.cpu for one in runs)}


def main(name: str, corpus: Path, folder: Path) -> None:
    rows = Rows(corpus)
    folder.mkdir(parents=True)
    started, processor = time.perf_counter(), sum(os.times()[:4])  # with processes that it started
    ENGINES[name].build(corpus, rows, folder)
    wall, cpu = time.perf_counter() - started, sum(os.times()[:4]) - processor
    print(json.dumps({"wall_s": wall - rows.spent, "cpu_s": cpu - rows.spent}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
