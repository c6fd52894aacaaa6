"""What a leaf of a query finds: its documents, and how often each holds it.

Documents are numbered through all segments, so what these hold of a leaf is put one behind the
other, and all that follows is done once. A written form is a term, or two where a name is also a
word; a family is the union of its forms; a phrase is looked for in the documents that hold all of
its words; synonyms are merged, each occurrence weighed.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from carinews.index.positions import positions_of
from carinews.index.segment import TITLE_GAP, TITLE_WEIGHT
from carinews.query.expansion import accepted, bounded, expand
from carinews.query.matches import borrow, give_back, held, spread
from carinews.query.tree import Family, Form, Leaf, Pattern, Phrase, Scope, Single, Synonyms

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from numpy.typing import NDArray

    from carinews.index.reader import IndexReader
    from carinews.index.segment import Segment

    Array = NDArray[Any]
    Terms = Sequence[Sequence[int]]

_POSITION_BITS = 32
_REMEMBERED = 10_000
_MANY = 32  # terms of a segment: more are read together with what lies between them


class Postings(NamedTuple):
    """Documents that a leaf matches, rising (int64), and how often each holds it, weighed."""

    docs: Array
    freqs: Array


NO_POSTINGS = Postings(np.empty(0, np.int64), np.empty(0, np.float32))
_NOWHERE = np.empty(0, np.int64)


def words_of(leaf: Leaf) -> tuple[Form, ...]:
    """The words of a phrase, whose frequencies decide its weight; nothing for another leaf."""
    return tuple(Form(leaf.scope, form) for form in leaf.forms) if isinstance(leaf, Phrase) else ()


def _numbered(docs: Sequence[Array], starts: Sequence[int]) -> Array:
    """Documents of several segments, whose first ones have these numbers, one list behind the other (int64)."""
    each = [of_segment + np.int64(start) for of_segment, start in zip(docs, starts, strict=True)]
    return each[0] if len(each) == 1 else np.concatenate(each)


def _joined(parts: Sequence[tuple[int, Array, Array]]) -> tuple[Array, Array]:
    """Postings of several segments, each with the number of its first document, one list behind the other."""
    starts, docs, freqs = zip(*parts, strict=True)
    return _numbered(docs, starts), freqs[0] if len(freqs) == 1 else np.concatenate(freqs)


def _runs(terms: Sequence[int]) -> list[Sequence[int]]:
    """The terms of a segment that are read at one go.

    Where there are few, those without a gap: a page of the file is checked when it is first read, and between two
    terms many may lie.
    """
    if isinstance(terms, range) or len(terms) < 2 or len(terms) > _MANY:
        return [terms] if terms else []
    breaks = [place for place in range(1, len(terms)) if terms[place] != terms[place - 1] + 1]
    return [range(terms[first], terms[last - 1] + 1) for first, last in pairwise([0, *breaks, len(terms)])]


class Fetcher:
    """Fetches postings of live documents from one generation. Any number of threads may share one.

    A folded form stands for the names that it also is, whose terms have capitals (`Lexicon.cased`).
    """

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        self._lexicon = reader.lexicon
        self._terms: dict[Single, Terms] = {}

    def terms(self, leaf: Single) -> Terms:
        """The numbers of the terms that a leaf is made of, rising, by segment; none where no document has them."""
        found = self._terms.get(leaf)
        if found is None:
            if len(self._terms) >= _REMEMBERED:
                self._terms.clear()
            found = self._terms[leaf] = self._terms_of(leaf)
        return found

    def _terms_of(self, leaf: Single) -> Terms:
        match leaf:
            case Form(_, form):
                return self._named(self._lexicon.shapes(form))
            case Family(_, stem):
                return [segment.family(stem) for segment in self._reader.segments]
            case Phrase(_, forms):
                return self._named([shape for form in forms for shape in self._lexicon.shapes(form)])
            case _:
                names = self._named(
                    [name for form in accepted(leaf, self._lexicon.cased) for name in self._lexicon.cased[form]]
                )
                found = [expand(leaf, segment.terms) for segment in self._reader.segments]
                return [sorted({*terms.tolist(), *more}) for terms, more in zip(found, names, strict=True)]

    def _named(self, forms: Collection[str]) -> Terms:
        """The numbers of some terms as they are written, by segment."""
        each = [[segment.term(form) for form in forms] for segment in self._reader.segments]
        return [sorted([term for term in terms if term is not None]) for terms in each]

    def fetch(self, leaf: Leaf) -> Postings:
        """The live documents that a leaf matches, and how often, the title's occurrences weighed."""
        if isinstance(leaf, Synonyms):
            return self._merged([(self.fetch(part), part.boost) for part in leaf.parts])
        if isinstance(leaf, Phrase):
            found = self._counted(leaf.scope, *self.ends(leaf))
        elif leaf.scope == "text":
            found = self._of_terms(self.terms(leaf))
        elif leaf.scope == "title":
            found = self._in_titles(self.terms(leaf))
        else:
            found = self._counted(leaf.scope, *self.places(self.terms(leaf)))
        if self._reader.live is None or not len(found.docs):
            return found
        kept = self._reader.live[found.docs]
        return Postings(found.docs[kept], found.freqs[kept])

    def fetch_word(self, form: Form, family: Family) -> tuple[Array, Array, Array] | None:
        """The live documents of a word's family, how often they hold it, and how often the very form.

        The form is a part of what is read for the family, which is half of the work. None where it is none.
        """
        parts: list[tuple[int, Array, Array]] = []
        own: list[slice] = []
        terms, read = self.terms(family), 0
        for start, segment, few, many in zip(
            self._reader.starts, self._reader.segments, self.terms(form), terms, strict=False
        ):
            if any(term not in many for term in few):
                return None
            if many:
                own += [segment.postings_within(many, term, read) for term in few]
                parts.append((start, *segment.postings_of(many)))
                read += len(parts[-1][1])
        if not parts:
            return *NO_POSTINGS, NO_POSTINGS.freqs
        docs, freqs = _joined(parts)
        found = docs if all(len(many) < 2 for many in terms) else spread(docs, self._reader.size)
        often = freqs if found is docs else self._sums(found, docs, freqs)
        if sum(part.stop - part.start for part in own) == len(docs):
            of_form = often
        elif own:
            of_form = self._sums(found, *(np.concatenate([each[part] for part in own]) for each in (docs, freqs)))
        else:
            of_form = np.zeros(len(found), np.float32)
        if self._reader.live is None:
            return found, often, of_form
        kept = self._reader.live[found]
        return found[kept], often[kept], of_form[kept]

    def count(self, leaf: Leaf) -> int:
        """How many live documents a leaf matches."""
        if isinstance(leaf, Form) and leaf.scope == "text" and self._reader.live is None:
            terms = self.terms(leaf)
            if all(len(each) < 2 for each in terms):  # then nothing needs to be read
                pairs = zip(self._reader.segments, terms, strict=True)
                return sum(segment.count(each[0]) for segment, each in pairs if each)
        return len(self.fetch(leaf).docs)

    def _of_terms(self, terms: Terms) -> Postings:
        docs, freqs = self._lists(terms)
        return Postings(docs, freqs) if all(len(each) < 2 for each in terms) else self._added(docs, freqs)

    def _lists(self, terms: Terms) -> tuple[Array, Array]:
        """The postings of some terms, deleted documents too, by segment, by term, and then by document."""
        found = [(start, *segment.postings_of(run)) for start, segment, run in self._each_run(terms)]
        return _joined(found) if found else NO_POSTINGS

    def _in_titles(self, terms: Terms) -> Postings:
        found = [(segment.titled(run), start) for start, segment, run in self._each_run(terms)]
        docs = _numbered(*zip(*found, strict=True)) if found else NO_POSTINGS.docs
        return self._added(docs, np.full(len(docs), TITLE_WEIGHT, np.float32))

    def _each_run(self, terms: Terms) -> Iterator[tuple[int, Segment, Sequence[int]]]:
        """The terms that are read at one go, with their segment and the number of that one's first document."""
        for start, segment, each in zip(self._reader.starts, self._reader.segments, terms, strict=False):
            for run in _runs(each):
                yield start, segment, run

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
        found = spread(docs, self._reader.size)
        return Postings(found, self._sums(found, docs, freqs))

    def _sums(self, found: Array, docs: Array, freqs: Array) -> Array:
        """The frequencies of documents in any order, added for each one found, which all are (float32)."""
        scratch = borrow(self._reader.size)
        np.add.at(scratch.scores, docs, freqs.astype(np.float32))
        total: Array = scratch.scores[found]
        scratch.scores[found] = 0
        give_back(scratch)
        return total

    def _counted(self, scope: Scope, docs: Array, positions: Array) -> Postings:
        """Occurrences by document, within a scope; one in the title counts `TITLE_WEIGHT` times."""
        in_title = positions < self._reader.title_lengths[docs]
        if scope == "text":
            return self._added(docs, np.where(in_title, np.float32(TITLE_WEIGHT), np.float32(1)))
        docs = docs[in_title if scope == "title" else ~in_title]
        return self._added(docs, np.full(len(docs), TITLE_WEIGHT if scope == "title" else 1, np.float32))

    # -- positions -------------------------------------------------------------------------------

    def places(self, terms: Terms, among: Array | None = None) -> tuple[Array, Array]:
        """Document and position of every occurrence of some terms (int64), by segment, term and document.

        `among` are the documents (rising) that are looked at.
        """
        docs, positions, _ = self.places_of([terms], among)
        return docs, positions

    def places_of(self, groups: Sequence[Terms], among: Array | None) -> tuple[Array, Array, Array]:
        """The same of several groups of terms, one behind the other, and of each occurrence the number of its group."""
        runs: list[tuple[int, int, Segment, Sequence[int]]] = []
        ends = []
        for number, (start, segment) in enumerate(zip(self._reader.starts, self._reader.segments, strict=False)):
            runs += [(group, start, segment, run) for group, each in enumerate(groups) for run in _runs(each[number])]
            ends.append(len(runs))
        if not runs:
            return _NOWHERE, _NOWHERE, _NOWHERE
        group, starts, segments, terms = zip(*runs, strict=True)
        lists = [segment.documents_of(run) for segment, run in zip(segments, terms, strict=True)]
        docs, bounds = _numbered(lists, starts), np.cumsum([0, *map(len, lists)])
        kept = np.arange(len(docs)) if among is None else held(docs, among, self._reader.size).nonzero()[0]
        of_run = bounds.searchsorted(kept, "right") - 1
        first = [segment.first_posting(run) for segment, run in zip(segments, terms, strict=True)]
        postings = kept + (np.array(first) - bounds[:-1])[of_run]
        for number, (segment, run) in enumerate(zip(segments, terms, strict=True)):
            if not isinstance(run, range) and len(run) > 1:  # then others lie between its postings
                mine = of_run == number
                postings[mine] = segment.numbers_of(run)[kept[mine] - bounds[number]]
        cuts = pairwise([0, *kept.searchsorted(bounds[ends]).tolist()])
        parts = zip(self._reader.segments, (postings[start:stop] for start, stop in cuts), strict=True)
        positions, counts = positions_of(list(parts))
        found, of_group = docs[kept].repeat(counts), np.array(group)[of_run].repeat(counts)
        if len(groups) == 1 or len(self._reader.segments) == 1:
            return found, positions, of_group
        order = of_group.astype(np.uint16).argsort(kind="stable")  # so narrow that they are counted, not compared
        return found[order], positions[order], of_group[order]

    def occurrences(self, leaf: Single, among: Array) -> tuple[Array, Array]:
        """Document and position of every occurrence of a leaf that is no phrase, counted from where its scope begins.

        Only in the documents `among` (rising). Raises QueryTooComplex for a pattern of too many words.
        """
        if isinstance(leaf, Pattern):
            for terms in self.terms(leaf):
                bounded(np.array(terms), leaf)
        docs, positions = self.places(self.terms(leaf), among)
        if leaf.scope == "text":
            return docs, positions
        titles = self._reader.title_lengths[docs].astype(np.int64)
        kept = (positions < titles) == (leaf.scope == "title")
        if leaf.scope == "body":
            positions = positions - titles - TITLE_GAP
        return docs[kept], positions[kept]

    # -- phrases ---------------------------------------------------------------------------------

    def ends(self, phrase: Phrase) -> tuple[Array, Array]:
        """Document and position of the last word of every occurrence of a phrase."""
        words = [self.terms(Form("text", form)) for form in phrase.forms]
        among = self._documents_with_all(words)
        if not len(among):
            return _NOWHERE, _NOWHERE
        reached, *others = self._occurrences(words, among)
        for here in others:
            if not len(reached):
                break
            before = np.searchsorted(reached, here) - 1  # the nearest place of the word before
            reached = here[(before >= 0) & (here - reached[np.maximum(before, 0)] <= phrase.slop)]
        return reached >> _POSITION_BITS, reached & ((1 << _POSITION_BITS) - 1)

    def _documents_with_all(self, words: Sequence[Terms]) -> Array:
        """The documents that hold a term of every word, rising.

        It makes a phrase with common words cheap: only in these documents is the order looked at.
        """
        fewest, *rest = sorted([self._of_terms(terms).docs for terms in words], key=len)
        for docs in rest:
            fewest = fewest[held(fewest, docs, self._reader.size)]
        return fewest

    def _occurrences(self, words: Sequence[Terms], among: Array) -> list[Array]:
        """Every occurrence of some words as rising numbers, a list for each: document, then position."""
        docs, positions, of_word = self.places_of(words, among)
        keys = (docs << _POSITION_BITS) | positions
        bounds = of_word.searchsorted(np.arange(len(words) + 1)).tolist()
        parts = [keys[start:stop] for start, stop in pairwise(bounds)]
        rising = (all(len(each) < 2 for each in terms) for terms in words)
        return [part if sorted_ else np.sort(part) for part, sorted_ in zip(parts, rising, strict=True)]
