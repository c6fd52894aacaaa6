"""What a leaf of a query finds in one segment: its documents, and how often each holds it.

A written form is a term, or two where a name is also a word; a family is the union of its forms;
a phrase is looked for in the documents that hold all of its words; synonyms are merged, each
occurrence weighed.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from carinews.index.segment import TITLE_GAP, TITLE_WEIGHT
from carinews.query.expansion import accepted, expand
from carinews.query.matches import distinct, scratch
from carinews.query.tree import Family, Form, Leaf, Phrase, Scope, Single, Synonyms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from carinews.analysis.lexicon import Lexicon
    from carinews.index.segment import Segment

    Array = NDArray[Any]

_POSITION_BITS = 32
_REMEMBERED = 10_000


class Postings(NamedTuple):
    """Documents of one segment that a leaf matches, rising (int64), and how often each holds it, weighed."""

    docs: Array
    freqs: Array


NO_POSTINGS = Postings(np.empty(0, np.int64), np.empty(0, np.float32))


def words_of(leaf: Leaf) -> tuple[Form, ...]:
    """The words of a phrase, whose frequencies decide its weight; nothing for another leaf."""
    return tuple(Form(leaf.scope, form) for form in leaf.forms) if isinstance(leaf, Phrase) else ()


def _runs(terms: Sequence[int]) -> list[tuple[int, int]]:
    """The first and the last of every run of rising terms without a gap: their postings lie side by side."""
    breaks = [place for place in range(1, len(terms)) if terms[place] != terms[place - 1] + 1]
    return [(terms[first], terms[last - 1]) for first, last in pairwise([0, *breaks, len(terms)])]


class Fetcher:
    """Fetches postings of live documents from one segment. Any number of threads may share one.

    A folded form stands for the names that it also is, whose terms have capitals (`Lexicon.cased`).
    """

    def __init__(self, segment: Segment, lexicon: Lexicon) -> None:
        self._segment = segment
        self._lexicon = lexicon
        self._terms: dict[Single, list[int]] = {}

    def terms(self, leaf: Single) -> list[int]:
        """The numbers of the terms that a leaf is made of, rising; none where no document has them."""
        found = self._terms.get(leaf)
        if found is None:
            if len(self._terms) >= _REMEMBERED:
                self._terms.clear()
            found = self._terms[leaf] = self._terms_of(leaf)
        return found

    def _terms_of(self, leaf: Single) -> list[int]:
        match leaf:
            case Form(_, form):
                return self._terms_of_form(form)
            case Family(_, stem):
                return [int(term) for term in self._segment.family(stem)]
            case Phrase(_, forms):
                return [term for form in forms for term in self._terms_of_form(form)]
            case _:
                names = (name for form in accepted(leaf, self._lexicon.cased) for name in self._lexicon.cased[form])
                terms = {*expand(leaf, self._segment.terms).tolist(), *map(self._segment.term, names)}
                return sorted(term for term in terms if term is not None)

    def _terms_of_form(self, form: str) -> list[int]:
        terms = (self._segment.term(shape) for shape in self._lexicon.shapes(form))
        return sorted(term for term in terms if term is not None)

    def fetch(self, leaf: Leaf) -> Postings:
        """The live documents that a leaf matches, and how often, the title's occurrences weighed."""
        if isinstance(leaf, Synonyms):
            return self._merged([(self.fetch(part), part.boost) for part in leaf.parts])
        if isinstance(leaf, Phrase):
            found = self._counted(leaf.scope, *self.ends(leaf))
        else:
            terms = self.terms(leaf)
            found = self._of_terms(terms, leaf.scope) if terms else NO_POSTINGS
        if self._segment.live is None or not len(found.docs):
            return found
        kept = self._segment.live[found.docs]
        return Postings(found.docs[kept], found.freqs[kept])

    def _of_terms(self, terms: Sequence[int], scope: Scope) -> Postings:
        if scope != "text":
            return self._counted(scope, *self.places(terms, titles_only=scope == "title"))
        lists = [self._segment.postings(first, last) for first, last in _runs(terms)]
        if len(terms) == 1:
            return Postings(lists[0][0].astype(np.int64), lists[0][1])
        docs, freqs = (np.concatenate(columns) for columns in zip(*lists, strict=True))
        return self._added(docs.astype(np.int64), freqs)

    def _merged(self, lists: Sequence[tuple[Postings, float]]) -> Postings:
        """One list for several: a document's frequencies are weighed and added."""
        lists = [(postings, weight) for postings, weight in lists if len(postings.docs)]
        if not lists:
            return NO_POSTINGS
        if len(lists) == 1:
            (docs, freqs), weight = lists[0]
            return Postings(docs, freqs if weight == 1.0 else freqs * weight)
        docs = np.concatenate([postings.docs for postings, _ in lists])
        freqs = np.concatenate(
            [postings.freqs if weight == 1.0 else postings.freqs * weight for postings, weight in lists]
        )
        return self._added(docs, freqs)

    def _added(self, docs: Array, freqs: Array) -> Postings:
        """Documents in any order, some several times: each once, its frequencies added."""
        with scratch(self._segment.documents) as place:
            np.add.at(place.scores, docs, freqs.astype(np.float32))
            place.marks[docs] = True
            found = place.marks.nonzero()[0]
            total = place.scores[found]
            place.scores[found] = 0
            place.marks[found] = False
        return Postings(found, total)

    def _counted(self, scope: Scope, docs: Array, positions: Array) -> Postings:
        """Occurrences by document, within a scope; one in the title counts `TITLE_WEIGHT` times."""
        in_title = positions < self._segment.title_lengths[docs]
        if scope == "text":
            weights = np.where(in_title, float(TITLE_WEIGHT), 1.0)
        else:
            kept = in_title if scope == "title" else ~in_title
            docs, weights = docs[kept], np.full(int(kept.sum()), float(TITLE_WEIGHT if scope == "title" else 1))
        found = distinct(docs.astype(np.int64))
        return Postings(found, np.bincount(np.searchsorted(found, docs), weights, len(found)))

    def places(self, terms: Sequence[int], *, titles_only: bool = False) -> tuple[Array, Array]:
        """Document and position of every occurrence of some terms; `titles_only` may leave out those in bodies."""
        found = [(np.empty(0, np.int64), np.empty(0, np.int64))]
        for term in terms:
            among = self._titled(term) if titles_only else None
            if among is None or among.any():
                found.append(self._segment.positions(term, among))
        docs, positions = zip(*found, strict=True)
        return np.concatenate(docs), np.concatenate(positions)

    def _titled(self, term: int) -> NDArray[np.bool_]:
        """A mask of the documents that may have a term in the title, where it counts `TITLE_WEIGHT` times: few do."""
        docs, freqs = self._segment.postings(term)
        found = np.zeros(self._segment.documents, bool)
        found[docs[freqs >= TITLE_WEIGHT]] = True
        return found

    def occurrences(self, leaf: Single, among: NDArray[np.bool_]) -> tuple[Array, Array]:
        """Document and position of every occurrence of a leaf that is no phrase, counted from where its scope begins.

        Only in the documents that the mask names.
        """
        none = (np.empty(0, np.int64), np.empty(0, np.int64))
        found = [none, *(self._segment.positions(term, among) for term in self.terms(leaf))]
        docs, positions = (np.concatenate(column) for column in zip(*found, strict=True))
        titles = self._segment.title_lengths[docs].astype(np.int64)
        kept = np.ones(len(docs), bool)
        if leaf.scope != "text":
            kept &= (positions < titles) == (leaf.scope == "title")
        if leaf.scope == "body":
            positions = positions - titles - TITLE_GAP
        return docs[kept], positions[kept]

    # -- phrases ---------------------------------------------------------------------------------

    def ends(self, phrase: Phrase) -> tuple[Array, Array]:
        """Document and position of the last word of every occurrence of a phrase."""
        words = [self._terms_of_form(form) for form in phrase.forms]
        among = self._documents_with_all(words)
        return self.places([]) if among is None else self._ends(words, phrase.slop, among)

    def _documents_with_all(self, words: Sequence[Sequence[int]]) -> NDArray[np.bool_] | None:
        """A mask of the documents that hold a term of every word; None where there are none.

        It makes a phrase with common words cheap: only in these documents is the order looked at.
        """
        among: NDArray[np.bool_] | None = None
        for terms in {tuple(terms) for terms in words}:
            present = np.zeros(self._segment.documents, bool)
            for term in terms:
                present[self._segment.postings(term)[0]] = True
            among = present if among is None else among & present
        return among if among is not None and among.any() else None

    def _ends(self, words: Sequence[Sequence[int]], slop: int, among: NDArray[np.bool_]) -> tuple[Array, Array]:
        """Documents and positions where the last word stands, each word at most `slop` after the one before."""
        reached = self._occurrences(words[0], among)
        for terms in words[1:]:
            here = self._occurrences(terms, among)
            if not len(reached):
                break
            before = np.searchsorted(reached, here) - 1  # the nearest place of the word before
            reached = here[(before >= 0) & (here - reached[np.maximum(before, 0)] <= slop)]
        return reached >> _POSITION_BITS, reached & ((1 << _POSITION_BITS) - 1)

    def _occurrences(self, terms: Sequence[int], among: NDArray[np.bool_]) -> Array:
        """Every occurrence of some terms as one rising number: document, then position."""
        found = [self._segment.positions(term, among) for term in terms]
        keys = [(docs.astype(np.int64) << _POSITION_BITS) | positions for docs, positions in found]
        return keys[0] if len(keys) == 1 else np.sort(np.concatenate(keys))
