"""What does it cost, and what does it save, to leave out the weak matches of plain words?

    python benchmarks/coverage.py ../shared/data [--only sample,facqa_train]

A match is weak that covers less than `carinews.query.scoring.WEAK` of what the best match covers. This asks the
queries of each collection with other values in its place: MRR@10 and recall@100 tell what is lost, the median of the
totals what is saved, and so does how often the article that is sought stands among the 100 newest hits.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path
from statistics import mean, median
from typing import TYPE_CHECKING, NamedTuple

from measure import machine, print_table
from relevance_collections import SEED, Topic, collections

from carinews import Index
from carinews.query import scoring

if TYPE_CHECKING:
    from collections.abc import Iterable

CUTS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3)
MOST = 600  # queries of a set
DEEP = 100


class Answered(NamedTuple):
    """One query: what the first right article gives, the share of the right ones in the first hundred, the total."""

    reciprocal: float
    recalled: float
    newest: float
    total: int


def answered(index: Index, text: str, right: set[str]) -> Answered:
    result = index.search(text, limit=DEEP, passages=0, copies="all")
    newest = {hit.id for hit in index.search(text, limit=DEEP, passages=0, copies="all", sort="newest")}
    ranks = [hit.rank for hit in result if hit.id in right]
    first = ranks[0] if ranks and ranks[0] <= 10 else 0
    return Answered(1 / first if first else 0, len(ranks) / len(right), len(newest & right) / len(right), result.total)


def report(index: Index, topic: Topic, queries: Iterable[str]) -> None:
    rows = []
    for scoring.WEAK in CUTS:
        found = []
        for query in queries:
            right = {article for article, grade in topic.judgements[query].items() if grade}
            found.append(answered(index, topic.queries[query], right))
        few = sum(one.total < 10 for one in found)
        shares = [f"{mean(column):.4f}" for column in list(zip(*found, strict=True))[:3]]
        totals = [one.total for one in found]
        rows.append([f"{scoring.WEAK:.2f}", *shares, f"{median(totals):,.0f}", f"{mean(totals):,.0f}", str(few)])
    names = ["cut", "MRR@10", f"recall@{DEEP}", f"among the {DEEP} newest", "median total", "mean", "fewer than ten"]
    print(f"\n{topic.name}: {len(found)} queries, {len(index):,} documents", flush=True)
    print_table(names, rows)


def main() -> None:
    options = argparse.ArgumentParser(description=str(__doc__).split("\n")[0])
    options.add_argument("data", type=Path)
    options.add_argument("--only", type=lambda text: text.split(","))
    given = options.parse_args()
    print(machine())
    for documents in collections(given.data):
        if given.only and documents.name not in given.only:
            continue
        with tempfile.TemporaryDirectory() as folder, Index.build(documents.articles(), folder) as index:
            for topic in documents.topics:
                asked = sorted(query for query, text in topic.queries.items() if text and query in topic.judgements)
                asked = [query for query in asked if any(topic.judgements[query].values())]
                report(index, topic, random.Random(SEED).sample(asked, min(MOST, len(asked))))


if __name__ == "__main__":
    main()
