"""Where the query's words stand in a text.

The text is cut by the same tokens as the index, so a mark lies on the written word, whatever form
of the query's word it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from carinews.analysis.normalize import APOSTROPHES, IGNORED, MARKS
from carinews.analysis.tokenize import WORD
from carinews.query.tree import Phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from carinews.analysis.tokenize import Piece
    from carinews.model import Span
    from carinews.query.tree import Leaf, Scope

    Pieces = Callable[[str], Sequence[Piece]]

_UNUSUAL = re.compile(
    # First any sign but plain ASCII: what comes behind is asked of few places only, the scan is quick.
    rf"[^\x00-&(-_a-\x7f](?:(?<=[\w{MARKS}{IGNORED}])|(?<=\w[{APOSTROPHES}])(?=[\w{IGNORED}]))"
)


class Evidence(NamedTuple):
    """What a leaf of a query stands for in an index: its weight (idf) and the written forms it means."""

    leaf: Leaf
    weight: float
    forms: frozenset[str]


class Mark(NamedTuple):
    """An occurrence: code points `start` to `end`, and the query word (by number) that it answers."""

    start: int
    end: int
    word: int


@dataclass(frozen=True, slots=True)
class Marker:
    """What to mark in one field: written forms, each with the number of its query word, and phrases.

    The numbers of the phrases follow those of the words; `weights` has one entry a number.
    """

    words: dict[str, int]
    phrases: tuple[Phrase, ...]
    weights: tuple[float, ...]
    needles: tuple[str, ...]
    """Strings of which every word in `words` holds one; none where the whole text must be read."""

    def marks(self, text: str, pieces: Pieces) -> list[Mark]:
        """All occurrences of the query's words and phrases in `text`, in order."""
        if not self.words and not self.phrases:
            return []
        if self.phrases:
            return self._marks_with_phrases(text, pieces)
        found: dict[Span, int] = {}  # two terms may stand in one place (rumah_sakit), and a place is marked once
        for match in _words_with(text, self.needles) if self.needles else WORD.finditer(text):
            for form, start, end in pieces(match[0]):
                if form in self.words:
                    offset = match.start()
                    found[offset + start, offset + end] = self.words[form]
        return [Mark(start, end, number) for (start, end), number in found.items()]

    def _marks_with_phrases(self, text: str, pieces: Pieces) -> list[Mark]:
        tokens = [
            (form, match.start() + start, match.start() + end)
            for match in WORD.finditer(text)
            for form, start, end in pieces(match[0])
        ]
        found = {place: self.words[form] for place, (form, _, _) in enumerate(tokens) if form in self.words}
        for number, phrase in enumerate(self.phrases, len(self.weights) - len(self.phrases)):
            found |= dict.fromkeys(_phrase_places([form for form, _, _ in tokens], phrase), number)
        spans = {tokens[place][1:]: number for place, number in sorted(found.items())}
        return [Mark(*span, number) for span, number in spans.items()]


def _words_with(text: str, needles: Iterable[str]) -> Iterator[re.Match[str]]:
    """The written words in which a needle may stand, and some beside them.

    Reading only these is some eight times faster than reading all (350 µs an article). Folding
    leaves ASCII letters as they are but for their case, so a needle is found in the text in lower
    case, or else the word has an unusual sign.
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        yield from WORD.finditer(text)
        return
    places = [match.start() for match in _UNUSUAL.finditer(text)] if _may_be_unusual(text) else []
    for needle in needles:
        place = lowered.find(needle)
        while place >= 0:
            places.append(place)
            place = lowered.find(needle, place + len(needle))
    done = 0
    for place in sorted(places):
        if place < done:
            continue
        # No word runs over white space, so from there on the words are cut as in the whole text.
        done = max(done, text.rfind(" ", done, place) + 1, text.rfind("\n", done, place) + 1)
        while done <= place and (match := WORD.search(text, done)):
            yield match
            done = match.end()


def _may_be_unusual(text: str) -> bool:
    return not text.isascii() or "'" in text or "`" in text


def markers(evidence: Sequence[Evidence]) -> dict[Scope, Marker]:
    """What a query looks for in the title and in the body: mostly the same."""
    title = marker(evidence, "title")
    one = all(found.leaf.scope == "text" for found in evidence)
    return {"title": title, "body": title if one else marker(evidence, "body")}


def marker(evidence: Iterable[Evidence], scope: Scope) -> Marker:
    """What the leaves of a query look for in one field."""
    words: dict[str, int] = {}
    weights: list[float] = []
    phrases, phrase_weights = [], []
    for leaf, weight, forms in evidence:
        if leaf.scope not in ("text", scope):
            continue
        if isinstance(leaf, Phrase):
            phrases.append(leaf)
            phrase_weights.append(weight)
            continue
        number = next((words[form] for form in forms if form in words), len(weights))
        if number == len(weights):
            weights.append(0.0)
        weights[number] = max(weights[number], weight)
        for form in forms:
            words.setdefault(form, number)
    return Marker(words, tuple(phrases), (*weights, *phrase_weights), _needles(words))


def _needles(forms: Iterable[str]) -> tuple[str, ...]:
    """The fewest strings of which each form holds one, if all forms are ASCII letters; else none."""
    needles: list[str] = []
    for first in sorted((form.partition("-")[0] for form in forms), key=len):  # anak-anak: anak will do
        if not (first.isascii() and first.isalpha()):
            return ()
        if not any(needle in first for needle in needles):
            needles.append(first)
    return tuple(needles)


def _phrase_places(forms: Sequence[str], phrase: Phrase) -> list[int]:
    """The places of all tokens that make up an occurrence of a phrase."""
    chains: dict[int, tuple[int, ...]] = {
        place: (place,) for place, form in enumerate(forms) if form == phrase.forms[0]
    }
    for wanted in phrase.forms[1:]:  # each chain goes back to the nearest place of the word before, as in `execute`
        longer: dict[int, tuple[int, ...]] = {}
        for place in [place for place, form in enumerate(forms) if form == wanted] if chains else ():
            near = range(place - 1, place - phrase.slop - 1, -1)
            if (before := next((other for other in near if other in chains), None)) is not None:
                longer[place] = (*chains[before], place)
        chains = longer
    return [place for chain in chains.values() for place in chain]


def highlights(marks: Sequence[Mark]) -> tuple[Span, ...]:
    """The spans of marks."""
    return tuple((mark.start, mark.end) for mark in marks)
