"""BM25 in the slow and obvious way: one document after the other, no arrays, Python's own floats.

The formula is written down here a second time on purpose: idf = ln(1 + (N − df + ½) / (df + ½)),
score = idf · tf · (k1 + 1) / (tf + k1 · (1 − b + b · length / average)).
"""

from __future__ import annotations

from collections.abc import Iterable
from math import log, sqrt

from carinews.query.tree import (
    And,
    Everything,
    Family,
    Form,
    Leaf,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefer,
    Ranked,
    Synonyms,
    Without,
    Word,
    leaves,
)
from support import Document

K1, B, TITLE = 1.2, 0.75, 3


class Naive:
    """Some documents, and what a query tree finds among them."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = list(documents)
        whole = [document.length for document in self.documents if not document.derived]
        self.average = sum(whole) / len(whole) if sum(whole) else 1.0
        self._frequencies: dict[Leaf, int] = {}

    def answer(self, tree: Node) -> dict[str, float]:
        """The score of every document that matches, by id."""
        scores = {document.article.id: self.score(tree, document) for document in self.documents}
        return {name: score for name, score in scores.items() if score is not None}

    def score(self, node: Node, document: Document) -> float | None:
        """The score of one document, or None where it does not match."""
        match node:
            case Form() | Family() | Phrase() | Synonyms():
                return self._leaf(node, document)
            case Word(form, family):
                return self._sum([form, family], document)
            case Or(parts):
                return self._sum(parts, document)
            case Ranked(parts):
                total = self._sum(parts, document)
                covered = sum(self._weight(part) for part in parts if self.score(part, document) is not None)
                return None if total is None else total * sqrt(covered / sum(map(self._weight, parts)))
            case And(parts):
                scores = [self.score(part, document) for part in parts]
                return None if None in scores else sum(filter(None, scores))
            case Without(inner, excluded):
                return None if self.score(excluded, document) is not None else self.score(inner, document)
            case Prefer(inner, preferred):
                score = self.score(inner, document)
                return None if score is None else score + (self.score(preferred, document) or 0.0)
            case Not(inner):
                return 0.0 if self.score(inner, document) is None else None
            case Everything():
                return 0.0
            case Nothing():
                return None

    def _sum(self, parts: Iterable[Node], document: Document) -> float | None:
        scores = [score for part in parts if (score := self.score(part, document)) is not None]
        return sum(scores) if scores else None

    def _leaf(self, leaf: Leaf, document: Document) -> float | None:
        tf = self._tf(leaf, document)
        if not tf:
            return None
        length = self.average if document.derived else document.length
        norm = K1 * (1 - B + B * length / self.average)
        return self._idf(leaf) * leaf.boost * tf * (K1 + 1) / (tf + norm)

    def _weight(self, node: Node) -> float:
        """What a part weighs in the coverage."""
        if isinstance(node, Word):
            return self._idf(node.family)
        if isinstance(node, Prefer):
            return self._weight(node.node)
        return max(map(self._idf, leaves(node, wanted_only=True)), default=0.0) or 1e-6

    def _idf(self, leaf: Leaf) -> float:
        if isinstance(leaf, Phrase):
            return sum(self._idf(Form(leaf.scope, form)) for form in leaf.forms)
        if leaf not in self._frequencies:
            self._frequencies[leaf] = sum(self._tf(leaf, document) > 0 for document in self.documents)
        df, n = self._frequencies[leaf], len(self.documents)
        return log(1 + (n - df + 0.5) / (df + 0.5))

    def _tf(self, leaf: Leaf, document: Document) -> float:
        """How often a document holds a leaf; a written form counts 255 times at most, unless its field is named."""
        if isinstance(leaf, Synonyms):
            return sum(part.boost * self._tf(part, document) for part in leaf.parts)
        in_scope = [
            token
            for token in document.tokens
            if leaf.scope == "text" or (token[0] < document.title_length) == (leaf.scope == "title")
        ]
        if isinstance(leaf, Phrase):
            return sum(_times(place, document) for place in _phrase_ends(leaf, in_scope))
        found: dict[str, int] = {}
        for place, form, stem in in_scope:
            if stem == leaf.stem if isinstance(leaf, Family) else leaf.form in shapes(form):
                found[form] = found.get(form, 0) + _times(place, document)
        return sum(min(times, 255) if leaf.scope == "text" else times for times in found.values())


def shapes(form: str) -> set[str]:
    """What a form in a text answers to: `Serang` to the city's name and to the word."""
    return {form, form.lower()}


def _times(place: int, document: Document) -> int:
    return TITLE if place < document.title_length else 1


def _phrase_ends(phrase: Phrase, tokens: list[tuple[int, str, str]]) -> set[int]:
    """The places where the last word of a phrase stands, all words before it in their order and near enough."""
    reached = {place for place, form, _ in tokens if phrase.forms[0] in shapes(form)}
    for wanted in phrase.forms[1:]:
        reached = {
            place
            for place, form, _ in tokens
            if wanted in shapes(form) and any(0 < place - before <= phrase.slop for before in reached)
        }
    return reached
