"""Words of a query that stand near one another in a text belong together, and what the news is about stands first.

    n    = Σ 1 / gap    over the occurrences of both words of a pair, at most `REACH` positions apart
    gain = ¼ · (idf + idf) · (k1 + 1) · n / (n + norm)    for each pair, norm being that of `scoring.bm25`
         + .15 · idf · (k1 + 1) · (1 − place / 150)       for each word that stands in the title or the beginning

A pair is two plain words that stand at most `APART` words from each other in the query; their order in the
text does not matter, and an occurrence is one of any form of the word. So n is scored as BM25 scores a frequency.
`place` is that of a word's first occurrence in the body, counted from 0; 0 for a word of the title.

The gain is added to the scores of the `BEST` best documents alone, which are ordered anew: it is never
negative, so none of the others belongs before them. Nearest relatives: Rasolofo and Savoy, "Term Proximity
Scoring for Keyword-Based Retrieval Systems" (2003), whose sum is of 1/gap² over 5 positions; Tao and Zhai,
"An Exploration of Proximity Measures in Information Retrieval" (2007); for the beginning Troy and Zhang, "Enhancing
Relevance Scoring with Chronological Term Rank" (2007). Figures: docs/ranking.md.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from carinews.index.segment import TITLE_GAP
from carinews.query.recency import freshness
from carinews.query.scoring import K1
from carinews.query.tree import Filtered, Phrase, Prefer, Ranked, Recent, Synonyms, Without, Word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from carinews.query.execute import Execution
    from carinews.query.tree import Node, Single

    Array = NDArray[Any]

BEST = 30
"""The 100 best gave no more on 500 queries (.485 either way)."""

REACH = 8
APART = 2
WEIGHT = 0.25

BEGINNING = 150
"""Positions of a body that are its beginning: some eight sentences."""

OF_THE_BEGINNING = 0.15
"""More gains on headlines and summaries, and loses what was said at the end of an article (docs/ranking.md)."""

_POSITION_BITS = 32
_NO_PAIR = -1


class Pair(NamedTuple):
    """Two words of a query, and for each of some documents how near they are (n above) and what that adds."""

    one: Word
    other: Word
    near: Array
    gains: Array


class Early(NamedTuple):
    """A word of a query, and for each of some documents where it stands first and what that adds.

    It stands at `BEGINNING` where it stands later or nowhere.
    """

    word: Word
    places: Array
    gains: Array


class _Places(NamedTuple):
    """The words of a query with what they weigh, some documents, and where the words stand in them."""

    words: list[Word]
    weights: list[float]
    docs: Array
    keys: Array
    """Document and position as one number, rising."""
    of_word: Array
    """The number of the word that stands there."""


def matters(node: Node) -> bool:
    """Whether a query has two words: then it counts where they stand."""
    return len(words_near(node)) > 1


def gains(execution: Execution, node: Node, docs: Array) -> Array:
    """What the places of words add to the scores of some documents, which rise (float32)."""
    if isinstance(node, Recent):
        fresh = freshness(execution.reader.dates[docs], node.half_life, node.now)
        grown: Array = gains(execution, node.node, docs) * (1 + fresh)
        return grown
    total = np.zeros(len(docs))
    for part in placed(execution, node, docs):
        total += part.gains
    return total.astype(np.float32)


def placed(execution: Execution, node: Node, docs: Array) -> list[Pair | Early]:
    """What counts in any of some documents, which rise: pairs near one another, and words at the beginning."""
    words = words_near(node)
    if len(words) < 2:
        return []
    weights = [execution.part_weight(word) for word in words]
    places = _Places(words, weights, docs, *_occurrences(execution, words, docs))
    return [*_pairs(places, execution.known.norms[docs]), *_early(places, execution.reader.title_lengths[docs])]


def gain(weight: float, near: Any, norm: Any) -> Any:
    """What a pair adds whose words weigh so much together: a number, or an array of them."""
    return WEIGHT * weight * (K1 + 1) * near / (near + norm)


def early_gain(weight: float, place: Any) -> Any:
    """What a word of such a weight adds by its first place in the body, at most `BEGINNING`: a number, or an array."""
    return OF_THE_BEGINNING * weight * (K1 + 1) * (1 - place / BEGINNING)


def paired(words: int) -> list[tuple[int, int]]:
    """Which of so many words, by their numbers, are a pair."""
    return [(one, other) for one, other in combinations(range(words), 2) if other - one <= APART]


def words_near(node: Node) -> list[Word]:
    """The words of a query whose places count, in their order."""
    match node:
        case Ranked(parts):
            return [part for part in parts if isinstance(part, Word)]
        case Recent(inner) | Filtered(inner) | Without(inner) | Prefer(inner):
            return words_near(inner)
    return []


def _pairs(places: _Places, norms: Array) -> Iterator[Pair]:
    words, weights = places.words, places.weights
    pairs = paired(len(words))
    for (one, other), n in zip(pairs, _near(places, pairs), strict=True):
        if n.any():
            yield Pair(words[one], words[other], n, gain(weights[one] + weights[other], n, norms))


def _near(places: _Places, pairs: list[tuple[int, int]]) -> Array:
    """How near the words of each pair are in each document: a row for each pair."""
    keys, of_word = places.keys, places.of_word
    near = np.zeros((len(pairs), len(places.docs)))
    row = np.full((len(places.words), len(places.words)), _NO_PAIR)
    for number, (one, other) in enumerate(pairs):
        row[one, other] = row[other, one] = number
    numbers = np.arange(len(keys))
    following = keys.searchsorted(keys + REACH, "right") - numbers - 1
    here = numbers.repeat(following)
    there = here + 1 + np.arange(len(here)) - (following.cumsum() - following).repeat(following)
    rows, gaps = row[of_word[here], of_word[there]], keys[there] - keys[here]
    kept = (rows != _NO_PAIR) & (gaps > 0)  # a form of two words stands nowhere near itself
    np.add.at(near, (rows[kept], places.docs.searchsorted(keys[here[kept]] >> _POSITION_BITS)), 1 / gaps[kept])
    return near


def _early(places: _Places, title_lengths: Array) -> Iterator[Early]:
    document = places.docs.searchsorted(places.keys >> _POSITION_BITS)
    position = places.keys & ((1 << _POSITION_BITS) - 1)
    in_body = position - title_lengths[document].astype(np.int64) - TITLE_GAP  # below 0 in the title
    first = np.full((len(places.words), len(places.docs)), BEGINNING)
    np.minimum.at(first, (places.of_word, document), np.maximum(in_body, 0))
    for word, weight, place in zip(places.words, places.weights, first, strict=True):
        if (place < BEGINNING).any():
            yield Early(word, place, early_gain(weight, place))


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
