"""The measures, as trec_eval computes them. A document is relevant when its grade is 1 or more.

| measure | of one query | source |
|---|---|---|
| mrr@10 | one over the rank of the first relevant document; 0 where none is among ten | Voorhees, TREC-8 (1999) |
| ndcg@10 | the ten grades, each over log2(rank + 1); divided by the best possible | Järvelin, Kekäläinen (2002) |
| recall@100 | share of the relevant documents that are among a hundred | van Rijsbergen (1979) |
| success@1 | 1 where the first document is relevant | Craswell, Hawking (2004) |

The gain of a document is its grade, not 2 ** grade − 1. A document without a judgement is not relevant. The mean
is over all queries that have a relevant document: one that finds nothing counts 0 and is not left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from carinews.evaluation.judgements import Judgements
    from carinews.evaluation.runs import Run

    Grades = Mapping[str, int]


def reciprocal_rank(found: Sequence[str], grades: Grades) -> float:
    """One over the rank of the first relevant document among the ten."""
    return next((1 / rank for rank, document in enumerate(found[:10], 1) if grades.get(document, 0) > 0), 0.0)


def ndcg(found: Sequence[str], grades: Grades) -> float:
    """The discounted gain of the ten, over that of the best order of all judged documents."""
    best = _discounted(sorted(grades.values(), reverse=True)[:10])
    return _discounted(grades.get(document, 0) for document in found[:10]) / best if best else 0.0


def recall(found: Sequence[str], grades: Grades) -> float:
    """The share of the relevant documents that are among the hundred."""
    relevant = {document for document, grade in grades.items() if grade > 0}
    return len(relevant.intersection(found[:100])) / len(relevant) if relevant else 0.0


def success(found: Sequence[str], grades: Grades) -> float:
    """Whether the first document is relevant."""
    return float(any(grades.get(document, 0) > 0 for document in found[:1]))


def _discounted(gains: Iterable[int]) -> float:
    return sum(max(0, gain) / log2(rank + 1) for rank, gain in enumerate(gains, 1))


MEASURES: dict[str, Callable[[Sequence[str], Grades], float]] = {
    "mrr@10": reciprocal_rank,
    "ndcg@10": ndcg,
    "recall@100": recall,
    "success@1": success,
}


@dataclass(frozen=True, slots=True)
class Scores:
    """What each measure gives for each query: `of_query[query][measure]`, between 0 and 1."""

    of_query: Mapping[str, Mapping[str, float]]

    def mean(self, name: str) -> float:
        """The mean of a measure over all queries; 0 without queries."""
        return sum(scores[name] for scores in self.of_query.values()) / len(self.of_query) if self.of_query else 0.0

    def means(self) -> dict[str, float]:
        """The mean of every measure."""
        return {name: self.mean(name) for name in MEASURES}

    def __len__(self) -> int:
        """How many queries were measured."""
        return len(self.of_query)


def measure(run: Run, judgements: Judgements) -> Scores:
    """Measure a run. Queries without a relevant document are left out, those missing from the run count 0."""
    found = {query: [document for document, _ in hits] for query, hits in run.items()}
    return Scores(
        {
            query: {name: of(found.get(query, []), grades) for name, of in MEASURES.items()}
            for query, grades in judgements.items()
            if any(grade > 0 for grade in grades.values())
        }
    )
