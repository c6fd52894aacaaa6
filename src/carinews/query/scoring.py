"""How much a term says of a document: BM25 with Lucene's idf.

    score = idf · tf · (k1 + 1) / (tf + k1 · (1 − b + b · length / average length))
    idf   = ln(1 + (N − df + ½) / (df + ½))

N is the number of documents and df how many match. A word of the title counts
`segment.TITLE_WEIGHT` times, in tf as in length. Sources: Robertson and Zaragoza, "The
Probabilistic Relevance Framework: BM25 and Beyond" (2009); the idf of Lucene's
BM25Similarity; tf is at most 255 a written form.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

K1 = 0.6
"""Between Lucene's 1.2 and the .4 that a search over half of the queries of six collections chose: random words of
an article gain by a small one, whole headlines by a large one (docs/ranking.md)."""

B = 0.75
COVERAGE_EXPONENT = 0.5
"""A document's score is multiplied by coverage to this power: +.006 MRR@10 over six judged collections."""

WEAK = 0.2
"""A match of plain words that covers less than this share of what the best one covers is weak, and no hit.

Beside the best of all, because an absolute share would punish a query for the word that no article holds. Figures of
other shares: docs/ranking.md."""

_ROUNDING = 1 - 1e-5  # what 32-bit sums of the same weights may differ by


def idf(documents: int, matching: int) -> float:
    """The weight of a term that `matching` of `documents` hold."""
    return log(1 + (documents - matching + 0.5) / (matching + 0.5))


def norms(lengths: Array, average_length: float) -> Array:
    """The part of the formula that a document's length decides (float32, one a document)."""
    scaled: Array = (K1 * (1 - B + B / average_length * lengths)).astype("float32")
    return scaled


def coverage(weight: Any, total: float) -> Any:
    """What the share of a query that a document matches makes of its score: a number, or an array of them.

    `weight` is what the matched parts weigh, `total` what all do; a total of 0 stands for no coverage.
    """
    return (weight / total) ** COVERAGE_EXPONENT if total else 1.0


def enough(best: Any) -> Any:
    """What a match must weigh at least not to be weak, where the best one weighs `best`."""
    return WEAK * _ROUNDING * best


def bm25(weight: float, freqs: Array, norm: Array) -> Array:
    """Scores of a term's documents: `weight` is its idf times its boost (float32)."""
    tf = freqs.astype("float32")
    scores: Array = tf / (tf + norm)
    scores *= (K1 + 1) * weight
    return scores
