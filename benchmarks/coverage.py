"""How much of a query do the articles cover that are right for it, and how many cover as much?

    python benchmarks/coverage.py ../shared/data [--only sample,facqa_train]

Plain words find every article with any of them, so the total counts many that nobody wants. This measures where a
weak match could be cut off: the coverage (the share of the query's words, weighed by idf) of the articles that were
judged right, alone and beside the best of the first ten hits, and, over articles drawn by a seeded dice, how much of
the total would stay. Only the public interface is used: `Index.explain` tells the coverage.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from measure import machine, print_table
from relevance_collections import SEED, Topic, collections

from carinews import Index
from carinews.wording import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

CUTS = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
QUERIES, DRAWN = 100, 200  # whose totals are estimated, and on how many articles each
MOST = 1_000  # queries of a set


class Right(NamedTuple):
    """An article that was judged right: its coverage, the best coverage of the first ten, its rank (0: not in ten)."""

    covered: float
    best: float
    rank: int


def coverage(index: Index, query: str, article: str) -> float:
    """The share of a query of plain words that an article matches; 0 for one that does not match."""
    explanation = index.explain(query, article)
    if explanation is None:
        return 0.0
    said = explanation.description
    return float(said.values.get("covered", 1.0)) if isinstance(said, Message) else 1.0


def of_right_ones(index: Index, topic: Topic, queries: Iterable[str]) -> list[Right]:
    found = []
    for query in queries:
        text = topic.queries[query]
        first = [hit.id for hit in index.search(text, passages=0)]
        best = max((coverage(index, text, article) for article in first), default=1.0)
        for article, grade in topic.judgements[query].items():
            if grade and index.get(article):
                rank = first.index(article) + 1 if article in first else 0
                found.append(Right(coverage(index, text, article), best, rank))
    return found


def of_any(index: Index, topic: Topic, queries: list[str], ids: list[str]) -> list[tuple[float, float]]:
    """Coverage and the best coverage of the first ten, of articles that match queries, both drawn by chance."""
    dice, found = random.Random(SEED), []
    for query in dice.sample(queries, min(QUERIES, len(queries))):
        text = topic.queries[query]
        best = max((coverage(index, text, hit.id) for hit in index.search(text, passages=0)), default=1.0)
        drawn = (coverage(index, text, article) for article in dice.sample(ids, min(DRAWN, len(ids))))
        found += [(covered, best) for covered in drawn if covered]
    return found


def report(index: Index, topic: Topic, ids: list[str]) -> None:
    queries = sorted(query for query, text in topic.queries.items() if text and query in topic.judgements)
    queries = random.Random(SEED).sample(queries, min(MOST, len(queries)))
    right, any_ = of_right_ones(index, topic, queries), of_any(index, topic, queries, ids)
    seen = [one for one in right if one.rank]
    covered, other = np.array([one[:2] for one in right]), np.array(any_)
    among = np.array([one[:2] for one in seen])
    print(f"\n{topic.name}: {len(queries)} queries, {len(right)} right articles, {len(seen)} of them in the first ten")
    shares = [np.percentile(covered[:, 0], part) for part in (1, 5, 25, 50)]
    print("coverage of the right ones at 1, 5, 25, 50 %: " + ", ".join(f"{share:.2f}" for share in shares))
    rows = []
    for cut in CUTS:
        row = [f"{cut:.2f}"]
        for scale in (lambda pairs: np.ones(len(pairs)), lambda pairs: pairs[:, 1]):
            for pairs in (covered, among, other):
                kept = (pairs[:, 0] > 0) & (pairs[:, 0] >= cut * scale(pairs) - 1e-9)
                row.append(f"{1 - kept.mean():.1%}" if pairs is not other else f"{kept.mean():.0%}")
        rows.append(row)
    names = ["cut", "lost", "lost of ten", "total kept", "lost, relative", "of ten, relative", "total kept, relative"]
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
            ids = [article.id for article in documents.articles()]
            for topic in documents.topics:
                report(index, topic, ids)


if __name__ == "__main__":
    main()
