"""How good are the answers? Relevance as numbers that can be compared and cannot fall unseen.

queries ──runs──▶ Run ──measures──▶ Scores ──bootstrap──▶ Difference
judgements ───────────────▲            └──────floors──▶ what fell

>>> judged = {"q1": {"a": 2, "b": 1}}
>>> run = {"q1": [("b", 9.5), ("x", 3.0), ("a", 1.0)]}
>>> scores = measure(run, judged)
>>> scores.mean("mrr@10"), round(scores.mean("ndcg@10"), 3)
(1.0, 0.76)
"""

from __future__ import annotations

from carinews.evaluation.bootstrap import Difference, averaged, compare
from carinews.evaluation.floors import Floors, fingerprint
from carinews.evaluation.judgements import Collection, Judgements, read_collection, read_judgements, read_queries
from carinews.evaluation.measures import MEASURES, Scores, measure
from carinews.evaluation.runs import Answers, Run, answers, plain_words, read_run, write_run

__all__ = [
    "MEASURES",
    "Answers",
    "Collection",
    "Difference",
    "Floors",
    "Judgements",
    "Run",
    "Scores",
    "answers",
    "averaged",
    "compare",
    "fingerprint",
    "measure",
    "plain_words",
    "read_collection",
    "read_judgements",
    "read_queries",
    "read_run",
    "write_run",
]
