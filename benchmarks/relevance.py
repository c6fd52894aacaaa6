"""Does the default search find what is sought, and is it better than plainer ways and than others?

    python benchmarks/relevance.py ../shared/data [--lucene JARS] [--systems carinews,SQLite] [--json out.json]

MRR@10, nDCG@10 and success@1 of each system (`relevance_systems.py`) on each collection
(`relevance_collections.py`), and how far carinews is ahead of the best of the Lucenes, with a paired bootstrap
interval of 95 %. JARS is a folder with lucene-core and lucene-analysis-common; Maven's `dependency:copy` fetches
them. Queries are plain words: signs of the query language are taken out. A lone difference below .005 means nothing.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from measure import machine, print_table, write_json
from relevance_collections import SEED, Documents, collections
from relevance_systems import LUCENES, SYSTEMS, Lucene, System, has_java

from carinews.evaluation import Scores, compare, measure

if TYPE_CHECKING:
    from collections.abc import Sequence


def measured(documents: Documents, systems: Sequence[type[System]]) -> dict[str, dict[str, Scores]]:
    """The scores of every system on every set of queries over some documents, by queries and system."""
    size = sum(1 for _ in documents.articles())
    scores: dict[str, dict[str, Scores]] = {topic.name: {} for topic in documents.topics}
    for system in systems:
        if size > system.most:
            continue
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            opened = system(documents.articles(), Path(folder))
            for topic in documents.topics:
                scores[topic.name][system.name] = measure(opened.run(topic.queries), topic.judgements)
            print(f"{documents.name}: {system.name}, {time.perf_counter() - started:.0f} s", flush=True)
    return scores


def summary(scores: dict[str, Scores]) -> dict[str, Any]:
    """The means of each system, and the lead of carinews over the best Lucene."""
    found: dict[str, Any] = {name: of.means() for name, of in scores.items()}
    lucenes = [system.name for system in LUCENES if system.name in scores]
    if lucenes and "carinews" in scores:
        best = max(lucenes, key=lambda name: scores[name].mean("mrr@10"))
        found["ahead"] = {"of": best, **compare(scores["carinews"], scores[best], "mrr@10")._asdict()}
    return found


def show(figures: dict[str, dict[str, Any]], counts: dict[str, int]) -> None:
    rows = []
    for name, found in figures.items():
        for system, means in found.items():
            if system == "ahead":
                interval = f"{means['mean']:+.3f} [{means['low']:+.3f}, {means['high']:+.3f}]"
                rows.append((name, f"carinews before {means['of']}", interval, "", ""))
            else:
                shown = (f"{means[which]:.3f}" for which in ("mrr@10", "ndcg@10", "success@1"))
                rows.append((f"{name} ({counts[name]:,})", system, *shown))
    print_table(("queries", "system", "MRR@10", "nDCG@10", "success@1"), rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder that holds relevance/ and news/")
    parser.add_argument("--lucene", type=Path, metavar="JARS", help="the folder with Lucene's jars")
    parser.add_argument("--systems", help="only systems whose names begin so, parted by commas")
    parser.add_argument("--collections", help="only documents whose names begin so, parted by commas")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args()
    systems: list[type[System]] = list(SYSTEMS)
    if options.lucene and has_java():
        Lucene.jars = options.lucene.resolve()
        systems += LUCENES
    else:
        print("Lucene is not measured: name its jars with --lucene, and have java on the path")
    if options.systems:
        systems = [system for system in systems if system.name.startswith(tuple(options.systems.split(",")))]
    wanted = tuple((options.collections or "").split(","))
    figures: dict[str, dict[str, Any]] = {}
    counts: dict[str, int] = {}
    for documents in collections(options.data):
        if documents.name.startswith(wanted):
            scores = measured(documents, systems)
            here = {name: summary(of) for name, of in scores.items()}
            counts |= {name: len(next(iter(of.values()), ())) for name, of in scores.items()}
            show(here, counts)
            figures |= here
            write_json(options.json, {"machine": machine(), "seed": SEED, "figures": figures, "queries": counts})
    print(json.dumps(machine()))


if __name__ == "__main__":
    main()
