"""The scores of the reference engine, in the slow and obvious way: a dictionary of documents for each node of a query.

Whoosh says where each word stands, and which documents lie in a time or a category, or hold words that stand as asked.
How these join is written down here once more; the formulas are those of `carinews.query.scoring` and `nearness`.
"""

from __future__ import annotations

from functools import cached_property, lru_cache, reduce
from operator import add
from typing import TYPE_CHECKING, Protocol

import numpy as np

from carinews.errors import EngineUnavailable
from carinews.index.segment import TITLE_GAP, TITLE_WEIGHT
from carinews.query.nearness import BEGINNING, REACH, early_gain, gain, leaves_near, paired, words_near
from carinews.query.scoring import bm25, coverage, enough, idf, norms
from carinews.query.spans import scored_as
from carinews.query.tree import (
    And,
    Best,
    Category,
    Constant,
    Dated,
    Everything,
    Filtered,
    Form,
    Leaf,
    Not,
    Nothing,
    Or,
    Otherwise,
    Phrase,
    Prefer,
    Ranked,
    Recent,
    Synonyms,
    Without,
    Word,
    leaves,
)
from carinews.wording import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Set

    from carinews.query.tree import Node, Single

Scores = dict[int, float]
Places = dict[int, set[int]]
"""Where something stands, by document: positions in the text, in which the title comes first."""

_REMEMBERED = 1_000
_MOST = 255  # times that a written form counts in a document, as in our own index


class Kept(Protocol):
    """What Whoosh's index tells."""

    @property
    def lengths(self) -> dict[int, int]:
        """Of every document, its tokens, those of the title `TITLE_WEIGHT` times."""

    @property
    def title_lengths(self) -> dict[int, int]:
        """Of every document, the tokens of its title."""

    @property
    def derived(self) -> Collection[int]:
        """The documents known only from links."""

    def documents(self, node: Node) -> Set[int]:
        """What Whoosh's own search finds."""

    def forms(self, leaf: Single) -> Iterable[str]:
        """The written forms that a leaf stands for."""

    def places(self, form: str) -> Places:
        """Where a written form stands; a folded one stands for a name, too."""


class Scorer:
    """The scores of queries over one Whoosh index."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._of_leaf = lru_cache(_REMEMBERED)(self._leaf)

    @cached_property
    def _norms(self) -> Scores:
        lengths, derived = self._kept.lengths, self._kept.derived
        whole = [length for doc, length in lengths.items() if doc not in derived]
        average = sum(whole) / len(whole) if sum(whole) else 1.0
        counted = [average if doc in derived else length for doc, length in lengths.items()]
        return dict(zip(lengths, norms(np.array(counted), average).tolist(), strict=True))

    # -- nodes -----------------------------------------------------------------------------------

    def scores(self, node: Node) -> Scores:
        """The documents that match a node, each with its score."""
        match node:
            case _ if isinstance(node, Leaf):
                return self._of_leaf(node)
            case Word(form, family):
                return _added([self.scores(form), self.scores(family)])
            case Or(parts):
                return _added(map(self.scores, parts))
            case Ranked():
                return self._ranked(node)
            case And(parts):
                return reduce(_both, map(self.scores, parts))
            case Without(inner, excluded):
                gone = self.scores(excluded)
                return {doc: score for doc, score in self.scores(inner).items() if doc not in gone}
            case Prefer(inner, preferred):
                more = self.scores(preferred)
                return {doc: score + more.get(doc, 0.0) for doc, score in self.scores(inner).items()}
            case Filtered(inner, condition):
                kept = self.scores(condition)
                return {doc: score for doc, score in self.scores(inner).items() if doc in kept}
            case Not(inner):
                return dict.fromkeys(self._kept.lengths.keys() - self.scores(inner).keys(), 0.0)
            case Otherwise(first, second):
                return self.scores(first) or self.scores(second)
            case Best(parts):
                return _joined(map(self.scores, parts), max)
            case Constant(inner, score):
                return dict.fromkeys(self.scores(inner), score)
            case Dated() | Category() | Everything() | Nothing():
                return dict.fromkeys(self._kept.documents(node), 0.0)
            case Recent():
                raise EngineUnavailable(
                    Message("a plain Whoosh index does not weigh what is new: ask the local engine")
                )
            case _:
                standing = self._kept.documents(node)
                return {doc: score for doc, score in self.scores(scored_as(node)).items() if doc in standing}

    def _ranked(self, node: Ranked) -> Scores:
        """Plain words: what the documents score that cover enough of them."""
        found, weights = list(map(self.scores, node.parts)), list(map(self._weight, node.parts))
        pairs = zip(found, weights, strict=True)
        covered = _added(dict.fromkeys(scores, weight) for scores, weight in pairs)
        least, total = enough(max(covered.values(), default=0.0)) * (not node.all_weak), sum(weights)
        return {
            doc: score * coverage(covered[doc], total) for doc, score in _added(found).items() if covered[doc] >= least
        }

    def _weight(self, node: Node) -> float:
        """What a part of the query weighs in the coverage."""
        if isinstance(node, Word):
            return self.idf(node.family) * node.form.boost
        if isinstance(node, Prefer):
            return self._weight(node.node)
        return max(map(self.idf, leaves(node, wanted_only=True)), default=0.0) or 1e-6

    def places_gain(self, node: Node, doc: int) -> float:
        """What a document gains by where words of the query stand in it: near one another, and at the beginning."""
        words = words_near(node)
        if len(words) < 2:
            return 0.0
        weights, stand = list(map(self._weight, words)), [self._stand(word, doc) for word in words]
        total = 0.0
        for one, other in paired(len(words)):
            near = self._nearness(stand[one], stand[other])
            total += gain(weights[one] + weights[other], near, self._norms[doc])
        for weight, places in zip(weights, stand, strict=True):
            total += early_gain(weight, self._first(places, doc))
        return total

    @staticmethod
    def _nearness(one: set[int], other: set[int]) -> float:
        gaps = [abs(here - there) for here in one for there in other]
        return sum(1 / gap for gap in gaps if 0 < gap <= REACH)

    def _first(self, places: set[int], doc: int) -> int:
        """Where a word stands first in the body, `BEGINNING` at most; in the title it stands at 0."""
        body = self._kept.title_lengths[doc] + TITLE_GAP
        return min([BEGINNING, *(max(0, place - body) for place in places)])

    def _stand(self, word: Word, doc: int) -> set[int]:
        each = (self._stands(part.scope, form) for part in leaves_near(word) for form in self._kept.forms(part))
        return {place for places in each for place in places.get(doc, ())}

    # -- leaves ----------------------------------------------------------------------------------

    def idf(self, leaf: Leaf) -> float:
        """The weight of a leaf; a phrase weighs as much as its words together."""
        if isinstance(leaf, Phrase):
            return sum(self.idf(Form(leaf.scope, form)) for form in leaf.forms)
        return idf(len(self._kept.lengths), len(self._frequencies(leaf)))

    def _leaf(self, leaf: Leaf) -> Scores:
        found = self._frequencies(leaf)
        freqs, norm = np.array(list(found.values())), np.array([self._norms[doc] for doc in found])
        scores = bm25(self.idf(leaf) * leaf.boost, freqs, norm)
        return dict(zip(found, scores.tolist(), strict=True))

    def _frequencies(self, leaf: Leaf) -> Scores:
        """How often each document holds a leaf."""
        if isinstance(leaf, Synonyms):
            each = ((part.boost, self._frequencies(part)) for part in leaf.parts)
            return _added({doc: boost * freq for doc, freq in found.items()} for boost, found in each)
        if isinstance(leaf, Phrase):
            return self._counted(self._ends(leaf))
        found = [self._counted(self._stands(leaf.scope, form)) for form in self._kept.forms(leaf)]
        if leaf.scope == "text":
            found = [{doc: min(freq, _MOST) for doc, freq in one.items()} for one in found]
        return _added(found)

    def _counted(self, places: Places) -> Scores:
        titles = self._kept.title_lengths
        return {
            doc: sum(TITLE_WEIGHT if place < titles[doc] else 1.0 for place in found)
            for doc, found in places.items()
            if found
        }

    def _ends(self, phrase: Phrase) -> Places:
        """Where the last word of a phrase stands, all words before it in their order and near enough."""
        first, *others = (self._anywhere(phrase.scope, form) for form in phrase.forms)
        for found in others:
            first = {
                doc: {place for place in found[doc] if any(0 < place - end <= phrase.slop for end in ends)}
                for doc, ends in first.items()
                if doc in found
            }
        return first

    def _stands(self, scope: str, form: str) -> Places:
        """Where a form stands as it is written: not where the name does that is written so but for its capitals."""
        found = self._anywhere(scope, form)
        names = [self._anywhere(scope, name) for name in self._kept.forms(Form("text", form)) if name != form]
        return {doc: places.difference(*(name.get(doc, ()) for name in names)) for doc, places in found.items()}

    def _anywhere(self, scope: str, form: str) -> Places:
        titles = self._kept.title_lengths
        return {
            doc: {place for place in places if scope == "text" or (place < titles[doc]) == (scope == "title")}
            for doc, places in self._kept.places(form).items()
        }


def _joined(each: Iterable[Scores], join: Callable[[float, float], float]) -> Scores:
    """The documents of any of several; the scores of one that stands in more are joined."""
    joined: Scores = {}
    for scores in each:
        for doc, score in scores.items():
            joined[doc] = join(joined[doc], score) if doc in joined else score
    return joined


def _added(each: Iterable[Scores]) -> Scores:
    return _joined(each, add)


def _both(one: Scores, other: Scores) -> Scores:
    return {doc: score + other[doc] for doc, score in one.items() if doc in other}
