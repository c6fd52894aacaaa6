"""Words of a query that stand near one another in a text belong together: what that adds to a score.

    n    = Σ 1 / gap    over the occurrences of both words of a pair, at most `REACH` positions apart
    gain = ¼ · (idf + idf) · (k1 + 1) · n / (n + norm)    for each pair, norm being that of `scoring.bm25`

A pair is two plain words that stand at most `APART` words from each other in the query; their order in the
text does not matter, and an occurrence is one of any form of the word. So n is scored as BM25 scores a frequency.
The gain is added to the scores of the `BEST` best documents alone, which are ordered anew: it is never
negative, so none of the others belongs before them. Nearest relatives: Rasolofo and Savoy, "Term Proximity
Scoring for Keyword-Based Retrieval Systems" (2003), whose sum is of 1/gap² over 5 positions; Tao and Zhai,
"An Exploration of Proximity Measures in Information Retrieval" (2007). Figures: docs/ranking.md.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from carinews.query.matches import NO_MATCH, distinct
from carinews.query.recency import freshness
from carinews.query.scoring import K1
from carinews.query.tree import Filtered, Phrase, Prefer, Ranked, Recent, Synonyms, Without, Word

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from carinews.query.execute import Execution
    from carinews.query.tree import Node

    Array = NDArray[Any]

BEST = 30
"""The 100 best gave no more on 500 queries (.485 either way)."""

REACH = 8
APART = 2
WEIGHT = 0.25

_POSITION_BITS = 32
_NO_PAIR = -1


class Pair(NamedTuple):
    """Two words of a query, and for each of some documents how near they are (n above) and what that adds."""

    one: Word
    other: Word
    near: Array
    gains: Array


def matters(node: Node) -> bool:
    """Whether a query has two words whose nearness counts."""
    return len(_words(node)) > 1


def gains(execution: Execution, node: Node, docs: Array) -> Array:
    """What nearness adds to the scores of some documents, which rise (float32)."""
    if isinstance(node, Recent):
        fresh = freshness(execution.reader.dates[docs], node.half_life, node.now)
        grown: Array = gains(execution, node.node, docs) * (1 + fresh)
        return grown
    total = np.zeros(len(docs))
    for pair in pairs(execution, node, docs):
        total += pair.gains
    return total.astype(np.float32)


def pairs(execution: Execution, node: Node, docs: Array) -> list[Pair]:
    """The pairs of a query's words that stand near one another in any of some documents, which rise."""
    words = _words(node)
    if len(words) < 2:
        return []
    numbers = {
        (one, other): number
        for number, (one, other) in enumerate(
            pair for pair in combinations(range(len(words)), 2) if pair[1] - pair[0] <= APART
        )
    }
    near = _near(execution, words, numbers, docs)
    norms, idfs = execution.known.norms[docs], [execution.part_weight(word) for word in words]
    found = []
    for (one, other), number in numbers.items():
        n = near[number]
        if n.any():
            gain = WEIGHT * (idfs[one] + idfs[other]) * (K1 + 1) * n / (n + norms)
            found.append(Pair(words[one], words[other], n, gain))
    return found


def _words(node: Node) -> list[Word]:
    match node:
        case Ranked(parts):
            return [part for part in parts if isinstance(part, Word)]
        case Recent(inner) | Filtered(inner) | Without(inner) | Prefer(inner):
            return _words(inner)
    return []


def _near(execution: Execution, words: list[Word], numbers: dict[tuple[int, int], int], docs: Array) -> Array:
    """How near the words of each pair are in each document: a row for each pair, as numbered."""
    near = np.zeros((len(numbers), len(docs)))
    keys, of_word = _occurrences(execution, words, docs)
    row = np.full((len(words), len(words)), _NO_PAIR)
    for (one, other), number in numbers.items():
        row[one, other] = row[other, one] = number
    for step in range(1, len(keys)):
        gaps = keys[step:] - keys[:-step]
        close = (gaps <= REACH).nonzero()[0]
        if not len(close):
            break  # the next but one is no nearer than the next
        rows, gaps = row[of_word[close], of_word[close + step]], gaps[close]
        kept = (rows != _NO_PAIR) & (gaps > 0)  # a form of two words stands nowhere near itself
        of_doc = docs.searchsorted(keys[close[kept]] >> _POSITION_BITS)
        np.add.at(near, (rows[kept], of_doc), 1 / gaps[kept])
    return near


def _occurrences(execution: Execution, words: list[Word], docs: Array) -> tuple[Array, Array]:
    """Where the words stand in some documents: document and position as one rising number, and which word it is."""
    keys = [_places(execution, word, docs) for word in words]
    order = np.argsort(together := np.concatenate(keys), kind="stable")
    return together[order], np.repeat(np.arange(len(words)), [len(each) for each in keys])[order]


def _places(execution: Execution, word: Word, docs: Array) -> Array:
    parts = word.family.parts if isinstance(word.family, Synonyms) else (word.family,)
    found = [execution.known.fetcher.occurrences(part, docs) for part in parts if not isinstance(part, Phrase)]
    keys = [(of_docs << _POSITION_BITS) | positions for of_docs, positions in found]
    return keys[0] if len(keys) == 1 else distinct(np.concatenate([*keys, NO_MATCH.docs]))
