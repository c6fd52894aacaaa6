"""Where the query's words stand in a text.

The text is cut by the same tokens as the index, so a mark lies on the written word, whatever form
of the query's word it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from carinews.analysis.normalize import APOSTROPHES, IGNORED, MARKS, uncased
from carinews.analysis.tokenize import WORD
from carinews.query.tree import Phrase, Synonyms

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from carinews.analysis.tokenize import Piece
    from carinews.model import Span
    from carinews.query.tree import Leaf, Scope, Single

    Pieces = Callable[[str], Sequence[Piece]]

_UNUSUAL = re.compile(rf"[^\x00-&(-_a-\x7f](?:(?<=[\w{MARKS}{IGNORED}])|(?<=\w[{APOSTROPHES}])(?=[\w{IGNORED}]))")
"""A sign behind which folding may hide any letter: then a needle need not stand in the text."""

MAX_READ = 50_000
"""Characters of a text that are looked through for what to mark: some 7,000 words, more than all but three articles
of the news have. A text may have sixteen million, and one full of odd signs takes a second for 200,000."""

_MOST_INITIALS = 5
_INSIDE_WORDS = b"abcdefghijklmnopqrstuvwxyz0123456789_-'`.,?"  # the last stands for all that is not ASCII
_PLAIN = bytes(sign if sign in _INSIDE_WORDS else ord(" ") for sign in bytes(range(256)).lower())
_MOST_FORMS = 300
_FAR = 1_000  # tokens: a phrase so loose is looked for in the whole text


class Evidence(NamedTuple):
    """What a leaf of a query stands for in an index: its weight (idf) and the written forms it means."""

    leaf: Single
    weight: float
    forms: frozenset[str]


def evidence_of(leaf: Leaf, weight: float, forms: Callable[[Single], Iterable[str]]) -> Iterator[Evidence]:
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
    needles: tuple[bytes, ...] | None
    """Strings of which every word in `words` holds one, or else an unusual sign; None where they are too many."""

    _read: dict[str, list[Mark]] = field(default_factory=dict, repr=False, compare=False)
    """The marks in each chunk that was read: of five chunks on a page of hits, four were read before."""

    def marks(self, text: str, pieces: Pieces) -> list[Mark]:
        """All occurrences of the query's words and phrases in `text`, as far as it is read, in order."""
        if len(text) > MAX_READ:
            text = text[: text.rfind(" ", 0, MAX_READ) + 1] or text[:MAX_READ]
        plain = _plain(text)
        unusual = _unusual(text, plain)
        found: dict[int, Mark] = {}  # by place: two terms may stand in one (rumah_sakit), and it is marked once
        if self.words:
            for start, end in [(0, len(text))] if self.needles is None else _chunks(plain, self.needles) + unusual:
                chunk = text[start:end]
                if (inside := self._read.get(chunk)) is None:
                    inside = self._read[chunk] = self._marks_in(chunk, pieces)
                for first, last, word in inside:
                    found[start + first] = Mark(start + first, start + last, word)
        hidden = [(chunk, _forms(text, chunk, pieces)) for chunk in unusual] if self.phrases else []
        for number, phrase in enumerate(self.phrases, len(self.weights) - len(self.phrases)):
            for start, end in _phrase_spans(text, plain, hidden, phrase, pieces):
                found[start] = Mark(start, end, number)
        return [found[place] for place in sorted(found)]

    def _marks_in(self, chunk: str, pieces: Pieces) -> list[Mark]:
        word = chunk.rstrip(".,")
        plainly = word.isascii() and word.isalpha()  # then it is one word, and there is nothing to look for
        tokens = pieces(word) if plainly else _tokens(chunk, 0, len(chunk), pieces)
        return [Mark(start, end, self.words[form]) for form, start, end in tokens if form in self.words]


def _plain(text: str) -> bytes:
    """A text in small letters, sign for sign, with a space for what parts words and `?` for what is not ASCII.

    Folding leaves ASCII letters as they are but for their case. So a form in small letters stands
    here wherever it stands in the text, or else its word has an unusual sign. Finding it here and
    reading only the words around takes a tenth of the time of reading all.
    """
    return f"{text} ".encode("ascii", "replace").translate(_PLAIN)  # with a space behind, each chunk has an end


def _chunks(plain: bytes, needles: Iterable[bytes]) -> list[Span]:
    """Where the chunks between two spaces are that hold a needle: no word runs over a space."""
    found, find, find_back = [], plain.find, plain.rfind
    for needle in needles:
        place = find(needle)
        while place >= 0:
            end = find(b" ", place)
            found.append((find_back(b" ", 0, place) + 1, end))
            place = find(needle, end)
    return found


def _unusual(text: str, plain: bytes) -> list[Span]:
    """The chunks of a text that have an unusual sign."""
    if text.isascii() and b"'" not in plain and b"`" not in plain:
        return []
    return [chunk for chunk in _chunks(plain, (b"?", b"'", b"`")) if _UNUSUAL.search(text, *chunk)]


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
        words = dict.fromkeys(forms, number) | words
    return Marker(words, tuple(phrases), (*weights, *phrase_weights), _fewest(words))


def _fewest(forms: Collection[str]) -> tuple[bytes, ...] | None:
    """The fewest needles of which each form has one: where `baca` is found, `dibacakan` is.

    Looking for one takes 1/170 of the time of reading the whole text: beyond so many, reading is faster.
    """
    if len(forms) > _MOST_FORMS:
        return None
    fewest: list[bytes] = []
    for needle in sorted(set(chain.from_iterable(map(_needles, forms))), key=len):
        for one in fewest:
            if one in needle:
                break
        else:
            fewest.append(needle)
    return tuple(fewest)


@lru_cache(maxsize=10_000)
def _needles(form: str) -> tuple[bytes, ...]:
    """What to look for in a plain text to find a form; nothing for one that unusual signs alone can make.

    For anak-anak, anak will do. Of a number the last three digits: `17.000` may be written for 17000.
    """
    part = max(form.partition("-")[0].lower().split("."), key=len)
    if not (part and part.isascii()):
        return ()
    if part.isdigit():
        return (part[-3:].encode(),)
    if part.isalpha() and 1 < len(part) <= _MOST_INITIALS:
        return part.encode(), ".".join(part).encode()  # bj may be written B.J.
    return (part.encode(),)


def _phrase_spans(
    text: str, plain: bytes, hidden: list[tuple[Span, set[str]]], phrase: Phrase, pieces: Pieces
) -> list[Span]:
    """The places of all words that make up an occurrence of a phrase; `hidden` are unusual chunks with their forms.

    Only stretches around its rarest word are read, as long as an occurrence can be, and only those
    that hold its other words: reading whole articles cost half of the time of a phrase query.
    """
    needles = [_needles(form) for form in phrase.forms]
    rarest = min(phrase.forms, key=lambda form: sum(map(plain.count, _needles(form))))
    chunks = sorted(_chunks(plain, _needles(rarest)) + [chunk for chunk, forms in hidden if rarest in forms])
    found: list[Span] = []
    for start, end in _stretches(plain, chunks, phrase.slop * (len(phrase.forms) - 1)):
        if hidden or all(any(plain.find(one, start, end) >= 0 for one in form) for form in needles):
            found += _spans_of_phrase(_tokens(text, start, end, pieces), phrase)
    return found


def _stretches(plain: bytes, chunks: Iterable[Span], reach: int) -> list[Span]:
    """The stretches that go `reach` tokens and more to both sides of some chunks, each once."""
    if reach > _FAR:
        return [(0, len(plain))]
    found: list[Span] = []
    mirrored = plain[::-1]
    for chunk_start, chunk_end in chunks:
        start = len(plain) - _behind(mirrored, len(plain) - chunk_start, reach)
        end = _behind(plain, chunk_end, reach)
        if found and start <= found[-1][1]:
            start, end = found[-1][0], max(end, found.pop()[1])
        found.append((start, end))
    return found


def _behind(plain: bytes, space: int, tokens: int) -> int:
    """The place so many tokens behind a space of a plain text, or more; its end where there are not so many."""
    match = _chunks_with_a_token(tokens).match(plain, space)
    return match.end() if match else len(plain)


@lru_cache
def _chunks_with_a_token(count: int) -> re.Pattern[bytes]:
    """So many chunks with a letter or a digit; nothing is read twice, whatever the text."""
    return re.compile(rb"(?:[^a-z0-9]++[a-z0-9][^ ]*+){%d}" % count)


def _tokens(text: str, start: int, stop: int, pieces: Pieces) -> list[tuple[str, int, int]]:
    """Form, start and end of the tokens of a stretch that begins and ends between words."""
    return [
        (form, match.start() + first, match.start() + last)
        for match in WORD.finditer(text, start, stop)
        for form, first, last in pieces(match[0])
    ]


def _forms(text: str, chunk: Span, pieces: Pieces) -> set[str]:
    """The forms in a chunk, a name that is told apart also as its word."""
    forms = {form for form, _, _ in _tokens(text, *chunk, pieces)}
    return forms | set(map(uncased, forms))


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
    return tuple([(mark.start, mark.end) for mark in marks])
