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

from carinews.query.recency import freshness
from carinews.query.scoring import K1
from carinews.query.tree import Filtered, Phrase, Prefer, Ranked, Recent, Synonyms, Without, Word

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from carinews.query.execute import Execution
    from carinews.query.tree import Node, Single

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
    return len(words_near(node)) > 1


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
    words = words_near(node)
    if len(words) < 2:
        return []
    numbers = {pair: number for number, pair in enumerate(paired(len(words)))}
    near = _near(execution, words, numbers, docs)
    norms, idfs = execution.known.norms[docs], [execution.part_weight(word) for word in words]
    found = []
    for (one, other), number in numbers.items():
        n = near[number]
        if n.any():
            found.append(Pair(words[one], words[other], n, gain(idfs[one] + idfs[other], n, norms)))
    return found


def gain(weight: float, near: Any, norm: Any) -> Any:
    """What a pair adds whose words weigh so much together: a number, or an array of them."""
    return WEIGHT * weight * (K1 + 1) * near / (near + norm)


def paired(words: int) -> list[tuple[int, int]]:
    """Which of so many words, by their numbers, are a pair."""
    return [(one, other) for one, other in combinations(range(words), 2) if other - one <= APART]


def words_near(node: Node) -> list[Word]:
    """The words of a query whose nearness counts, in their order."""
    match node:
        case Ranked(parts):
            return [part for part in parts if isinstance(part, Word)]
        case Recent(inner) | Filtered(inner) | Without(inner) | Prefer(inner):
            return words_near(inner)
    return []


def _near(execution: Execution, words: list[Word], numbers: dict[tuple[int, int], int], docs: Array) -> Array:
    """How near the words of each pair are in each document: a row for each pair, as numbered."""
    near = np.zeros((len(numbers), len(docs)))
    keys, of_word = _occurrences(execution, words, docs)
    row = np.full((len(words), len(words)), _NO_PAIR)
    for (one, other), number in numbers.items():
        row[one, other] = row[other, one] = number
    places = np.arange(len(keys))
    following = keys.searchsorted(keys + REACH, "right") - places - 1
    here = places.repeat(following)
    there = here + 1 + np.arange(len(here)) - (following.cumsum() - following).repeat(following)
    rows, gaps = row[of_word[here], of_word[there]], keys[there] - keys[here]
    kept = (rows != _NO_PAIR) & (gaps > 0)  # a form of two words stands nowhere near itself
    np.add.at(near, (rows[kept], docs.searchsorted(keys[here[kept]] >> _POSITION_BITS)), 1 / gaps[kept])
    return near


def _occurrences(execution: Execution, words: list[Word], docs: Array) -> tuple[Array, Array]:
    """Where the words stand in some documents: document and position as one rising number, and which word it is."""
    leaves = [(number, leaf) for number, word in enumerate(words) for leaf in leaves_near(word)]
    fetcher = execution.known.fetcher
    found, positions, of_leaf = fetcher.places_of([fetcher.terms(leaf) for _, leaf in leaves], docs)
    if any(leaf.scope != "text" for _, leaf in leaves):
        titled = positions < execution.reader.title_lengths[found]
        wanted = np.array([[leaf.scope != "title", leaf.scope != "body"] for _, leaf in leaves])
        kept = wanted[of_leaf, titled.astype(np.intp)]
        found, positions, of_leaf = found[kept], positions[kept], of_leaf[kept]
    of_word = np.array([number for number, _ in leaves])[of_leaf]
    keys = (found << _POSITION_BITS) | positions
    order = np.lexsort((of_word, keys))
    keys, of_word = keys[order], of_word[order]
    if len(leaves) > len(words):  # two synonyms may stand in one place, which counts once
        again = (keys[1:] == keys[:-1]) & (of_word[1:] == of_word[:-1])
        kept = np.append(True, ~again) if len(keys) else again
        keys, of_word = keys[kept], of_word[kept]
    return keys, of_word


def leaves_near(word: Word) -> list[Single]:
    """What of a word may stand near others: any of its forms, but no phrase."""
    parts = word.family.parts if isinstance(word.family, Synonyms) else (word.family,)
    return [part for part in parts if not isinstance(part, Phrase)]
