"""What does each word list give, and what does it cost?

    python benchmarks/lexicon.py ../shared/data [--json out.json]

Each list is left out in turn, in a process of its own that builds and searches without it:

facqa, indosum, head3   MRR@10 on these of relevance_collections.py, less what it is with all lists:
                        below 0 the list helps; a lone difference below .005 means nothing
asked                   the share of those queries that the list changes: by variants, or by a name typed
                        with its capital; for the lists that stems come from, nothing is counted
stems, precision        of stems.py, likewise as a difference: types right, pair precision
ms                      the median query of head3, in relation to that with all lists
rows                    how many rows it has
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import median
from typing import Any

from measure import machine, print_table, write_json

from carinews.analysis import word_lists

LISTS = (*word_lists.INDEXED, *word_lists.ASKED)
ALL = "all lists"
COLLECTIONS = ("facqa", "indosum", "head3")


def leave_out(name: str) -> None:
    """Make a list empty for this process; called before anything reads it."""
    shipped = word_lists.shipped
    word_lists.shipped = lambda wanted: "" if wanted == name else shipped(wanted)


def measured(data: Path) -> dict[str, float]:
    """The figures of this process."""
    from relevance_collections import collections
    from stems import gold_lemmas, score

    from carinews import Index
    from carinews.analysis.analyzer import Analyzer
    from carinews.evaluation import measure
    from carinews.evaluation.runs import Run

    found: dict[str, float] = {}
    asked = total = 0
    for documents in collections(data):
        topics = [topic for topic in documents.topics if topic.name in COLLECTIONS]
        if not topics:
            continue
        with tempfile.TemporaryDirectory() as folder, Index.build(documents.articles(), folder) as index:
            for topic in topics:
                run: Run = {}
                times = []
                for number, query in topic.queries.items():
                    started = time.perf_counter()
                    result = index.search(query, limit=10, passages=0, copies="all")
                    times.append((time.perf_counter() - started) * 1000)
                    run[number] = [(hit.id, hit.score) for hit in result]
                    asked += bool(result.variants) or any(not form.islower() for form in _names(index, query))
                total += len(topic.queries)
                found[topic.name] = measure(run, topic.judgements).mean("mrr@10")
                found["ms"] = median(times)  # at the end that of the last collection
    gold = gold_lemmas(data)
    shares = score(Analyzer().stem, gold, Counter(), set(), ())
    return found | {"asked": 100 * asked / total, "stems": shares["types"], "precision": shares["precision"]}


def _names(index: Any, query: str) -> list[str]:
    analyzer = index.engine.analyzer
    return [token.form for token in analyzer(query) if token.form.isascii() and token.form.isalpha()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder that holds stems/, relevance/ and news/")
    parser.add_argument("--without", metavar="LIST", help="measure without this list only, and print JSON")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args()
    if options.without is not None:
        leave_out(options.without)
        print(json.dumps(measured(options.data)))
        return
    runs = {}
    for name in (ALL, *LISTS):
        command = [sys.executable, __file__, str(options.data), "--without", name]
        runs[name] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print_table(("without", "rows", *COLLECTIONS, "asked", "stems", "precision", "ms"), table(runs))
    print(json.dumps(machine()))
    write_json(options.json, {"machine": machine(), "without": runs})


def table(runs: dict[str, dict[str, float]]) -> list[tuple[str, ...]]:
    """The runs as rows: the first in figures, the others as differences from it."""
    whole = runs[ALL]
    lines = [_line(ALL, "", whole, dict.fromkeys(whole, 0.0), "")]
    for name in LISTS:
        rows = f"{sum(1 for _ in word_lists.rows(word_lists.shipped(name))):,}"
        lines.append(_line(name, rows, runs[name], whole, "+"))
    return lines


def _line(name: str, rows: str, run: dict[str, float], whole: dict[str, float], sign: str) -> tuple[str, ...]:
    ranks = (f"{run[key] - whole[key]:{sign}.4f}" for key in COLLECTIONS)
    shares = (f"{run[key] - whole[key]:{sign}.1f}" for key in ("asked", "stems", "precision"))
    return (name, rows, *ranks, *shares, f"{run['ms'] / whole['ms']:.2f}" if sign else f"{run['ms']:.1f}")


if __name__ == "__main__":
    main()
