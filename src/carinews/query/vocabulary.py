"""The written words of an index, with the number of documents that hold each.

What a search box completes and what a misspelt word is compared with. Counts include documents
deleted since the last merge: they order suggestions, they are no answers.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING, Any

import numpy as np

from carinews.analysis.normalize import uncased
from carinews.index.arrays import distinct
from carinews.query.expansion import accepted, close_terms, prefix_range
from carinews.query.tree import Fuzzy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from carinews.index.reader import IndexReader
    from carinews.index.segment import Segment

    Array = NDArray[Any]


_POOL = 100  # words that may go with what was typed before
_LOOKED_AT = 4  # times as many words as are wanted, in each segment


class Vocabulary:
    """The words of one generation."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader

    @property
    def size(self) -> int:
        """How many documents there are."""
        return self._reader.document_count

    def documents(self, form: str, among: NDArray[np.bool_] | None = None) -> int:
        """How many documents hold a written form; with `among`, a mask over all documents, how many of these."""
        count, shapes = 0, self._reader.lexicon.shapes(form)
        for start, segment in zip(self._reader.starts, self._reader.segments, strict=False):
            terms = [term for shape in shapes if (term := segment.term(shape)) is not None]
            if len(terms) == 1 and among is None:
                count += segment.count(terms[0])
            elif terms:
                docs = distinct(np.concatenate([segment.postings(term)[0] for term in terms]))  # Serang and serang
                count += len(docs) if among is None else int(among[start:][docs].sum())
        return count

    def family(self, stem: str) -> int:
        """How many documents hold a form of a stem, at most: one that holds two forms is counted twice."""
        return sum(segment.count(term) for segment in self._reader.segments for term in segment.family(stem))

    def relatives(self, form: str) -> int:
        """How many documents hold a form of a written form's family, counted in the same way."""
        return self.family(self._reader.analyzer.stem(form))

    def close(self, form: str, distance: int, prefix: int = 1) -> dict[str, int]:
        """The forms at most so many edits from a word that share its first letters, with their documents."""
        found = set(accepted(Fuzzy("text", form, distance, prefix), self._reader.lexicon.cased))
        for segment in self._reader.segments:
            found |= _forms(segment, close_terms(form, segment.terms, distance, prefix))
        return self._counted(found)

    def beginning(self, prefix: str, most: int) -> list[tuple[str, int]]:
        """The most frequent forms that begin with some letters, with their documents.

        Looked for among the first of every segment, so a word that is middling in each may be passed over.
        """
        counted = self._counted(self._frequent(prefix, _LOOKED_AT * most))
        return sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:most]

    def beginning_among(self, prefix: str, most: int, among: NDArray[np.bool_]) -> list[tuple[str, int]]:
        """The same for some documents alone (a mask): those first that mark these out from all others.

        That is, by how many of them hold a form, times its idf: `gempa s` is `gempa sulawesi`, not `gempa sebagai`.
        """
        counted = [
            (form, self.documents(form, among), count)
            for form, count in self._counted(self._frequent(prefix, _POOL)).items()
        ]
        counted.sort(key=lambda item: (-item[1] * log(1 + self.size / item[2]), item[0]))
        return [(form, inside) for form, inside, _ in counted if inside][:most]

    def _frequent(self, prefix: str, most: int) -> set[str]:
        """So many of the most frequent forms of each segment that begin with some letters."""
        found = self._names(prefix)
        for segment in self._reader.segments:
            start, stop = prefix_range(segment.terms, prefix)
            numbers = segment.terms.order[start:stop]
            found |= _forms(segment, numbers[_largest(segment.array("posting_sizes")[numbers], most)])
        return found

    def _names(self, prefix: str) -> set[str]:
        """The folded names with terms of their own (Palu, Serang), which stand elsewhere among the terms."""
        return {form for form in self._reader.lexicon.cased if form.startswith(prefix)}

    def _counted(self, forms: Iterable[str]) -> dict[str, int]:
        """Those forms that documents hold, with their number."""
        return {form: count for form in forms if (count := self.documents(form))}


def _largest(values: Array, most: int) -> Array:
    """The places of the largest values, in no order."""
    return np.argpartition(values, -most)[-most:] if len(values) > most else np.arange(len(values))


def _forms(segment: Segment, terms: Array) -> set[str]:
    """Some terms as they are looked up: in small letters."""
    return {uncased(segment.terms[term].decode("utf-8", "surrogatepass")) for term in terms.tolist()}
