"""Where the query's words stand in a text.

The text is cut by the same tokens as the index, so a mark lies on the written word, whatever form
of the query's word it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from carinews.analysis.normalize import APOSTROPHES, IGNORED, MARKS, uncased
from carinews.analysis.tokenize import WORD
from carinews.query.tree import Family, Form, Phrase, Synonyms

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


_MOST_INITIALS = 5


class Evidence(NamedTuple):
    """What a leaf of a query stands for in an index: its weight (idf) and the written forms it means."""

    leaf: Form | Family | Phrase
    weight: float
    forms: frozenset[str]


def evidence_of(leaf: Leaf, weight: float, forms: Callable[[Form | Family], Iterable[str]]) -> Iterator[Evidence]:
    """The evidence of a leaf; of synonyms, that of each. `forms` gives the written forms of a word."""
    for part in leaf.parts if isinstance(leaf, Synonyms) else (leaf,):
        share = part.boost if isinstance(leaf, Synonyms) else 1.0
        yield Evidence(part, weight * share, frozenset(() if isinstance(part, Phrase) else forms(part)))


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
        found: dict[Span, int] = {}  # two terms may stand in one place (rumah_sakit), and a place is marked once
        if self.words:
            for match in _words_with(text, self.needles) if self.needles else WORD.finditer(text):
                for form, start, end in pieces(match[0]):
                    if form in self.words:
                        found[match.start() + start, match.start() + end] = self.words[form]
        for number, phrase in enumerate(self.phrases, len(self.weights) - len(self.phrases)):
            found |= dict.fromkeys(_phrase_spans(text, phrase, pieces), number)
        return [Mark(*span, number) for span, number in sorted(found.items())]


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
    for first in sorted((form.partition("-")[0].lower() for form in forms), key=len):  # anak-anak: anak will do
        if not (first.isascii() and first.isalpha()):
            return ()
        if not any(needle in first for needle in needles):
            needles.append(first)
        if 1 < len(first) <= _MOST_INITIALS:
            needles.append(".".join(first))  # bj may be written B.J.
    return tuple(needles)


def _phrase_spans(text: str, phrase: Phrase, pieces: Pieces) -> list[Span]:
    """The places of all words that make up an occurrence of a phrase.

    Only stretches around its longest word are read, as long as an occurrence can be: reading whole
    articles cost half of the time of a phrase query.
    """
    rarest = max(phrase.forms, key=len)
    needles = _needles([rarest])
    if not needles:
        return _spans_of_phrase(_tokens(text, 0, len(text), pieces), phrase)
    reach = phrase.slop * (len(phrase.forms) - 1)  # no word of an occurrence is farther from another
    found: list[Span] = []
    for start, end in _stretches(text, rarest, needles, reach, pieces):
        found += _spans_of_phrase(_tokens(text, start, end, pieces), phrase)
    return found


def _stretches(text: str, form: str, needles: Sequence[str], reach: int, pieces: Pieces) -> list[Span]:
    """The stretches of a text that go `reach` tokens and more to both sides of every occurrence of a form."""
    found: list[Span] = []
    for match in _words_with(text, needles):
        if any(_is(other, form) for other, _, _ in pieces(match[0])):
            end = _stretch(text, match.end(), reach, pieces)
            inside = bool(found) and match.start() <= found[-1][1]
            start = found[-1][0] if inside else _stretch(text, match.start(), -reach, pieces)
            if found and start <= found[-1][1]:
                start, end = found[-1][0], max(end, found.pop()[1])
            found.append((start, end))
    return found


def _stretch(text: str, place: int, tokens: int, pieces: Pieces) -> int:
    """A place between two words with so many tokens from `place` to it, or more; left of it where they are negative."""
    width = 16 * abs(tokens) + 16
    while True:
        if tokens < 0:
            end = _gap_before(text, place - width)
            start, stop = end, place
        else:
            end = _gap_behind(text, place + width)
            start, stop = place, end
        if end in (0, len(text)) or len(_tokens(text, start, stop, pieces)) >= abs(tokens):
            return end
        width *= 2


def _gap_before(text: str, place: int) -> int:
    """The last white space before a place, or the beginning: no word runs over it."""
    return max(text.rfind(" ", 0, max(place, 0)), text.rfind("\n", 0, max(place, 0)), 0)


def _gap_behind(text: str, place: int) -> int:
    """The first white space from a place on, or the end."""
    return min((found for sign in " \n" if (found := text.find(sign, place)) >= 0), default=len(text))


def _tokens(text: str, start: int, stop: int, pieces: Pieces) -> list[tuple[str, int, int]]:
    """Form, start and end of the tokens of a stretch that begins and ends between words."""
    return [
        (form, match.start() + first, match.start() + last)
        for match in WORD.finditer(text, start, stop)
        for form, first, last in pieces(match[0])
    ]


def _is(form: str, wanted: str) -> bool:
    """Whether a form in a text is the one that is wanted; `serang` in a phrase is the city `Serang`, too."""
    return form == wanted or uncased(form) == wanted


def _spans_of_phrase(tokens: Sequence[tuple[str, int, int]], phrase: Phrase) -> list[Span]:
    chains: dict[int, tuple[int, ...]] = {
        place: (place,) for place, (form, _, _) in enumerate(tokens) if _is(form, phrase.forms[0])
    }
    for wanted in phrase.forms[1:]:  # each chain goes back to the nearest place of the word before, as in `postings`
        longer: dict[int, tuple[int, ...]] = {}
        for place in [place for place, (form, _, _) in enumerate(tokens) if _is(form, wanted)] if chains else ():
            near = range(place - 1, place - phrase.slop - 1, -1)
            if (before := next((other for other in near if other in chains), None)) is not None:
                longer[place] = (*chains[before], place)
        chains = longer
    return [tokens[place][1:] for chain in chains.values() for place in chain]


def highlights(marks: Sequence[Mark]) -> tuple[Span, ...]:
    """The spans of marks."""
    return tuple((mark.start, mark.end) for mark in marks)
