"""What the leaves of queries find in one generation of an index, remembered for the queries to come.

Words come again from query to query, the frequent ones most, and what they find stays the same as long as
the generation does. So the scored postings of a word are kept, those last asked for, in some `ROOM` bytes:
a query then costs the sums over its words, and neither the union of their forms nor the formula.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

from carinews.query.categories import accepted
from carinews.query.marks import evidence_of
from carinews.query.matches import Match, held, plus
from carinews.query.postings import Fetcher, words_of
from carinews.query.pruning import Part, summed
from carinews.query.scoring import bm25, idf, norms
from carinews.query.tree import Family, Phrase, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from numpy.typing import NDArray

    from carinews.index.reader import IndexReader
    from carinews.query.marks import Evidence
    from carinews.query.tree import Leaf, Single

    Array = NDArray[Any]
    T = TypeVar("T")

ROOM = 128_000_000
"""Bytes of scored postings that an open index keeps, at most: 12 a posting, some ten million postings."""

_ENTRY = 500  # bytes that an entry takes besides its arrays


class Scored(NamedTuple):
    """A leaf or a plain word: what it finds, and what it weighs in the coverage of a query."""

    match: Match
    weight: float


class Leaves:
    """The leaves of queries over one generation of an index. Any number of threads may share one."""

    def __init__(self, reader: IndexReader, room: int = ROOM) -> None:
        self.reader = reader
        self.fetcher = Fetcher(reader)
        self.norms = norms_of(reader)
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._room, self._taken = room, 0
        self._lock = threading.Lock()

    def scored(self, part: Leaf | Word) -> Scored:
        """What a leaf finds, or a plain word by its form and its family together."""
        make = self._word if isinstance(part, Word) else self._leaf
        return self._remembered(part, lambda: make(part), lambda found: _bytes(found.match))  # type: ignore[arg-type]

    def document_frequency(self, leaf: Leaf) -> int:
        """How many live documents hold a leaf."""
        return self._remembered(("df", leaf), lambda: self.fetcher.count(leaf))

    def idf(self, leaf: Leaf) -> float:
        """The weight of a leaf; a phrase weighs as much as its words together, as in Lucene."""
        if isinstance(leaf, Phrase):
            return sum(self.idf(word) for word in words_of(leaf))
        return idf(self.reader.document_count, self.document_frequency(leaf))

    def evidence(self, leaf: Leaf) -> tuple[Evidence, ...]:
        """What a leaf stands for in this index."""
        return self._remembered(
            ("evidence", leaf),
            lambda: tuple(evidence_of(leaf, self.idf(leaf), self.forms)),
            lambda found: 100 * sum(len(one.forms) for one in found),
        )

    def forms(self, leaf: Single) -> set[str]:
        """The written forms that a leaf stands for."""
        each = zip(self.reader.segments, self.fetcher.terms(leaf), strict=True)
        return {segment.terms[term].decode("utf-8", "surrogatepass") for segment, terms in each for term in terms}

    def in_category(self, name: str, asked: tuple[str, ...], docs: Array) -> NDArray[np.bool_]:
        """Which of some documents have a value in a category that is meant by any of what was asked for."""
        values, codes = self.reader.category(name)

        def wanted() -> NDArray[np.bool_]:
            mask = np.zeros(len(values), bool)
            mask[accepted(values, asked)] = True
            return mask

        found: NDArray[np.bool_] = self._remembered(("category", name, asked), wanted, len)[codes[docs]]
        return found

    # -- what is kept ----------------------------------------------------------------------------

    def _leaf(self, leaf: Leaf) -> Scored:
        docs, freqs = self.fetcher.fetch(leaf)
        weight = self._weight(leaf, len(docs))
        return Scored(Match(docs, bm25(weight * leaf.boost, freqs, self.norms[docs])), weight)

    def _word(self, word: Word) -> Scored:
        form, family = word.form, word.family
        if isinstance(family, Family) and form.scope == family.scope == "text":
            read = self.fetcher.fetch_word(form, family)
            if read is not None:
                return self._scored_at_once(word, *read)
        few, many = self._leaf(form), self._leaf(family)
        return Scored(_together(few.match, many.match, self.reader.size), many.weight * form.boost)

    def _scored_at_once(self, word: Word, docs: Array, of_family: Array, of_form: Array) -> Scored:
        """A plain word in documents that hold its family so often, and its form so often."""
        norm, weight = self.norms[docs], self._weight(word.family, len(docs))
        own = self._weight(word.form, int(np.count_nonzero(of_form)))
        scores = bm25(weight * word.family.boost, of_family, norm)
        scores += bm25(own * word.form.boost, of_form, norm)
        return Scored(Match(docs, scores), weight * word.form.boost)

    def _weight(self, leaf: Leaf, documents: int) -> float:
        """The weight of a leaf that so many documents are now known to hold."""
        self._remembered(("df", leaf), lambda: documents)
        return self.idf(leaf)

    def _remembered(self, key: Hashable, make: Callable[[], T], size: Callable[[T], int] = lambda _: 0) -> T:
        """What was made for a key before, or is made now; what was not asked for the longest makes room."""
        with self._lock:
            if (kept := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return kept[0]  # type: ignore[no-any-return]
        made = make()
        taken = _ENTRY + size(made)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = made, taken
                self._taken += taken
            while self._taken > self._room:
                self._taken -= self._kept.popitem(last=False)[1][1]
        return made


def _together(form: Match, family: Match, size: int) -> Match:
    """Both scores of a word, added; the documents of its form are among those of its family, but for odd trees."""
    if len(form.docs) == len(family.docs) and (form.docs == family.docs).all():
        return Match(family.docs, form.scores + family.scores)
    if held(form.docs, family.docs, size).all():
        return plus(family, form, size)
    return summed([Part(form, 0), Part(family, 0)], 0, size)


def _bytes(match: Match) -> int:
    return match.docs.nbytes + match.scores.nbytes


def norms_of(reader: IndexReader) -> Array:
    """What the length of each document decides.

    A document made from links alone is a piece of an article of unknown length: it counts as an
    average one, or the mere title of a story would stand before the article that tells it.
    """
    average = reader.average_length
    each = [norms(np.where(segment.derived, average, segment.lengths), average) for segment in reader.segments]
    return np.concatenate([*each, np.empty(0, np.float32)])
