"""BM25 in the slow and obvious way: one document after the other, no arrays, Python's own floats.

The formula is written down here a second time on purpose: idf = ln(1 + (N − df + ½) / (df + ½)),
score = idf · tf · (k1 + 1) / (tf + k1 · (1 − b + b · length / average)).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from fnmatch import fnmatchcase
from functools import cache
from math import inf, log, sqrt

from carinews import Article
from carinews.index.segment import TITLE_GAP, key
from carinews.query.tree import (
    And,
    Apart,
    Around,
    Before,
    Best,
    Between,
    Category,
    Constant,
    Dated,
    Everything,
    Family,
    Filtered,
    Form,
    Fuzzy,
    Given,
    Joined,
    Leaf,
    Near,
    Node,
    Not,
    Nothing,
    Opening,
    Or,
    Otherwise,
    Pattern,
    Phrase,
    Prefer,
    Ranked,
    Recent,
    Synonyms,
    Without,
    Word,
    children,
    leaves,
)
from support import Document

K1, B, TITLE = 0.6, 0.75, 3


class Naive:
    """Some documents, and what a query tree finds among them, without matches below `weak` of the best coverage."""

    def __init__(self, documents: Iterable[Document], weak: float = 0.2) -> None:
        self.documents = list(documents)
        self._weak = weak * (1 - 1e-5)  # one that covers just so much is none
        self._covered_by: dict[Ranked, tuple[dict[str, float], float]] = {}
        whole = [document.length for document in self.documents if not document.derived]
        self.average = sum(whole) / len(whole) if sum(whole) else 1.0
        self._frequencies: dict[Leaf, int] = {}

    def answer(self, tree: Node) -> dict[str, float]:
        """The score of every document that matches, by id; the best thirty gain by where the words stand."""
        scored = [(self.score(tree, document), document) for document in self.documents]
        found = [(score, document) for score, document in scored if score is not None]
        found.sort(key=lambda one: (-one[0], *_newest_first(one[1].article)))
        gains = [self.nearness(tree, document) for _, document in found[:30]] + [0.0] * len(found)
        return {one.article.id: score + gain for (score, one), gain in zip(found, gains, strict=False)}

    def nearness(self, node: Node, document: Document) -> float:
        """What a document gains: each occurrence of a word is compared with each of another, and with the beginning."""
        match node:
            case Recent(inner, half_life, now):
                return self.nearness(inner, document) * _freshness(document, half_life, now)
            case Filtered(inner) | Without(inner) | Prefer(inner):
                return self.nearness(inner, document)
            case Ranked(parts):
                words = [part for part in parts if isinstance(part, Word)]
                pairs = [(one, other) for at, one in enumerate(words) for other in words[at + 1 : at + 3]]
                early = sum(0.15 * self._weight(one) * (K1 + 1) * _earliness(one.family, document) for one in words)
                return len(pairs[:1]) * early + sum(
                    0.25
                    * (self._weight(one) + self._weight(other))
                    * (K1 + 1)
                    * self._nearness_of(one.family, other.family, document)
                    for one, other in pairs
                )
        return 0.0

    def _nearness_of(self, one: Leaf, other: Leaf, document: Document) -> float:
        gaps = [abs(a - b) for a in _places(one, document) for b in _places(other, document)]
        near = sum(1 / gap for gap in gaps if 0 < gap <= 8)
        return near / (near + self._norm(document))

    def score(self, node: Node, document: Document) -> float | None:
        """The score of one document, or None where it does not match."""
        match node:
            case _ if isinstance(node, Leaf):
                return self._leaf(node, document)
            case Word(form, family):
                return self._sum([form, family], document)
            case Or(parts):
                return self._sum(parts, document)
            case Ranked(parts):
                total, (every, best) = self._sum(parts, document), self._covered(node)
                covered = every[document.article.id]
                if total is None or (covered < self._weak * best and not node.all_weak):
                    return None
                return total * sqrt(covered / sum(map(self._weight, parts)))
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
            case Filtered(inner, condition):
                return None if self.score(condition, document) is None else self.score(inner, document)
            case Otherwise(first, second):
                found = any(self.score(first, other) is not None for other in self.documents)
                return self.score(first if found else second, document)
            case Best(parts):
                scores = [score for part in parts if (score := self.score(part, document)) is not None]
                return max(scores, default=None)
            case Constant(inner, score):
                return None if self.score(inner, document) is None else score
            case Dated(since, until):
                return 0.0 if within(document.article.published, since, until) else None
            case Category(name, value):
                return 0.0 if holds(getattr(document.article, name) or "", value) else None
            case Recent(inner, half_life, now):
                score = self.score(inner, document)
                return None if score is None else score * _freshness(document, half_life, now)
            case Everything():
                return 0.0
            case Nothing():
                return None
            case _:
                return self.score(parts_of(node), document) if spans(node, document) else None

    def _covered(self, node: Ranked) -> tuple[dict[str, float], float]:
        """What the parts weigh that each document matches, by id, and the most of that."""
        if node not in self._covered_by:
            found = {
                one.article.id: sum(self._weight(part) for part in node.parts if self.score(part, one) is not None)
                for one in self.documents
            }
            self._covered_by[node] = found, max(found.values())
        return self._covered_by[node]

    def _sum(self, parts: Iterable[Node], document: Document) -> float | None:
        scores = [score for part in parts if (score := self.score(part, document)) is not None]
        return sum(scores) if scores else None

    def _leaf(self, leaf: Leaf, document: Document) -> float | None:
        tf = self._tf(leaf, document)
        if not tf:
            return None
        return self._idf(leaf) * leaf.boost * tf * (K1 + 1) / (tf + self._norm(document))

    def _norm(self, document: Document) -> float:
        length = self.average if document.derived else document.length
        return K1 * (1 - B + B * length / self.average)

    def _weight(self, node: Node) -> float:
        """What a part weighs in the coverage."""
        if isinstance(node, Word):
            return self._idf(node.family) * node.form.boost
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
            if means(leaf, form, stem):
                found[form] = found.get(form, 0) + _times(place, document)
        return sum(min(times, 255) if leaf.scope == "text" else times for times in found.values())


def _newest_first(article: Article) -> tuple[float, int]:
    """How documents of one score are ordered."""
    return (-article.published.timestamp() if article.published else inf), key(article.id)


def _freshness(document: Document, half_life: int, now: int) -> float:
    published = document.article.published
    return 1 + 0.5 ** (max(0, now - int(published.timestamp())) / half_life) if published else 1.0


def _earliness(leaf: Leaf, document: Document) -> float:
    """1 in the title and at the start of the body, falling to 0 at its word 150."""
    begin = document.title_length + TITLE_GAP
    return max((max(0.0, 1 - max(0, place - begin) / 150) for place in _places(leaf, document)), default=0.0)


def _places(leaf: Leaf, document: Document) -> set[int]:
    """Where a leaf stands; phrases do not count."""
    if isinstance(leaf, Synonyms):
        return {place for part in leaf.parts for place in _places(part, document)}
    if isinstance(leaf, Phrase):
        return set()
    return {
        place
        for place, form, stem in document.tokens
        if means(leaf, form, stem)
        and (leaf.scope == "text" or (place < document.title_length) == (leaf.scope == "title"))
    }


def means(leaf: Leaf, form: str, stem: str) -> bool:
    """Whether a form in a text is one that a leaf stands for."""
    match leaf:
        case Form(_, wanted):
            return wanted in shapes(form)
        case Family(_, wanted):
            return stem == wanted
        case Pattern(_, pattern):
            return any(fnmatchcase(shape, pattern) for shape in shapes(form))
        case Fuzzy(_, word, distance, prefix):
            near = (levenshtein(shape, word) for shape in shapes(form) if shape.startswith(word[:prefix]))
            return min(near, default=99) <= distance
        case Between(_, first, last, with_first, with_last):
            return any(
                (first is None or first < shape or (with_first and first == shape))
                and (last is None or shape < last or (with_last and last == shape))
                for shape in shapes(form)
            )
    raise AssertionError(leaf)


@cache
def levenshtein(one: str, other: str) -> int:
    """The edit distance by its definition."""
    if not one or not other:
        return len(one) + len(other)
    replaced = levenshtein(one[:-1], other[:-1]) + (one[-1] != other[-1])
    return min(replaced, levenshtein(one[:-1], other) + 1, levenshtein(one, other[:-1]) + 1)


def holds(value: str, asked: str) -> bool:
    """Whether a value has what was asked for as whole words, or is it behind a `=`."""
    value = value.lower()
    if asked.startswith("="):
        return value == asked[1:]
    return bool(value) and re.search(rf"(?<!\w){re.escape(asked)}(?!\w)", value) is not None


def within(moment: datetime | None, since: int | None, until: int | None) -> bool:
    """Whether a date is in a range of seconds; one that is not known never is."""
    if moment is None:
        return False
    seconds = int(moment.timestamp())
    return (since is None or seconds >= since) and (until is None or seconds < until)


# -- where things stand -------------------------------------------------------------------------------

Span = tuple[int, int]


def parts_of(node: Node) -> Node:
    """What a positional node is scored by."""
    match node:
        case Near(parts):
            return And(parts)
        case Joined(parts):
            return Or(parts)
        case Apart(inner, other):
            return Prefer(inner, other)
        case Opening(inner):
            return inner
    first, second = children(node)
    return And((first, second))


def spans(node: Node, document: Document) -> set[Span]:
    """All spans of a node in one document, each part compared with each."""
    match node:
        case Phrase(scope, forms, slop):
            return spans(Near(tuple(Form(scope, form) for form in forms), slop), document)
        case Synonyms(parts) | Or(parts):
            return {span for part in parts for span in spans(part, document)}
        case Word(form, family):
            return spans(form, document) | spans(family, document)
        case Near(parts, slop, ordered, least):
            found = spans(parts[0], document)
            for part in parts[1:]:
                pairs = [(one, other) for one in found for other in spans(part, document)]
                found = {
                    (min(one[0], other[0]), max(one[1], other[1]))
                    for one, other in pairs
                    if least <= distance(one, other) <= slop and not (ordered and one[0] > other[0])
                }
            return found
        case Joined(parts):
            covered = {place for span in spans(Or(parts), document) for place in range(span[0], span[1] + 1)}
            ends = [place for place in covered if place + 1 not in covered]
            return {(max(p for p in covered if p - 1 not in covered and p <= end), end) for end in ends}
        case Apart(inner, other):
            return {one for one in spans(inner, document) if all(distance(one, two) for two in spans(other, document))}
        case Around(outer, inner):
            inside = spans(inner, document)
            return {
                one for one in spans(outer, document) if any(one[0] <= two[0] and two[1] <= one[1] for two in inside)
            }
        case Before(inner, other):
            first = min((start for start, _ in spans(other, document)), default=-1)
            return {one for one in spans(inner, document) if one[1] < first}
        case Given(inner, condition):
            return spans(inner, document) if spans(condition, document) else set()
        case Opening(inner, limit):
            return {one for one in spans(inner, document) if one[1] <= limit}
    assert isinstance(node, Leaf)
    start = document.title_length + TITLE_GAP if node.scope == "body" else 0
    return {
        (place - start, place - start)
        for place, form, stem in document.tokens
        if (node.scope == "text" or (place < document.title_length) == (node.scope == "title"))
        and means(node, form, stem)
    }


def distance(one: Span, other: Span) -> int:
    """How far apart two spans are; 0 where they overlap."""
    return max(0, other[0] - one[1], one[0] - other[1])


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
