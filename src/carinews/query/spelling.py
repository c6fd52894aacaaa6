"""Did you mean: another spelling for a word that hardly any article holds.

The words of the articles are the dictionary. A candidate is worth its frequency, less so the more
it takes to come to it (a noisy channel: of two ways to mistype, the one is likelier that needs fewer
slips, unless the other word is far more common). What is offered is never searched unasked.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING, NamedTuple

from carinews.analysis.tokenize import WORD
from carinews.query.conditions import FIELDS
from carinews.query.expansion import edit_distance
from carinews.query.lexemes import Lexeme, cut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from carinews.analysis.analyzer import Analyzer
    from carinews.query.vocabulary import Vocabulary

FEW = 3
"""A word that so many documents hold, at most, may be a slip."""

_SHORTEST = 4  # letters: of three, any is one slip from many
_LONG = 6  # letters: from here on two slips may have been made
_SLIP = 5.3  # what a slip costs, as the logarithm of a frequency: one in two hundred words has it
_RARER = 20  # times: so much more frequent must a word be to be offered for one that is there


class Typed(NamedTuple):
    """A word of a query, its folded form and where it stands."""

    form: str
    start: int
    end: int


def corrected(text: str, vocabulary: Vocabulary, analyzer: Analyzer, *, few: bool) -> str | None:
    """A query with likelier spellings for words that no document holds; None where there is none to offer.

    With `few`, as when the query finds hardly anything, also for words that are only rare.
    """
    found = [(word, better) for word in _words(text, analyzer) if (better := _better(word.form, vocabulary, few))]
    for word, better in reversed(found):
        text = text[: word.start] + _like(text[word.start : word.end], better) + text[word.end :]
    return text if found else None


def _words(text: str, analyzer: Analyzer) -> Iterator[Typed]:
    """The words that are looked for in texts: no values of conditions, no patterns, nothing but letters."""
    in_texts = True
    for lexeme in cut(text)[0]:
        if in_texts and lexeme.kind in ("word", "phrase") and not set("*?~") & set(lexeme.text):
            yield from _of_lexeme(lexeme, analyzer)
        in_texts = lexeme.kind != "field" or lexeme.text[:-1].lower() in FIELDS


def _of_lexeme(lexeme: Lexeme, analyzer: Analyzer) -> Iterator[Typed]:
    start = lexeme.position + (lexeme.kind == "phrase")
    for match in WORD.finditer(lexeme.text):
        for piece in analyzer.pieces(match[0]):
            form = piece.form.lower()
            if form.isascii() and form.isalpha() and len(form) >= _SHORTEST:
                yield Typed(form, start + match.start() + piece.start, start + match.start() + piece.end)


def _better(form: str, vocabulary: Vocabulary, few: bool) -> str | None:
    """A word that is likelier to have been meant than one that hardly any document holds."""
    known = vocabulary.documents(form)
    if known > FEW * few or (known := max(known, vocabulary.relatives(form))) > FEW * few:
        return None
    allowed = 2 if len(form) >= _LONG and not known else 1
    worth = {
        other: log(count) - _SLIP * slips
        for other, count in vocabulary.close(form, 2).items()
        if count > max(1, _RARER * known) and 0 < (slips := _slips(form, other)) <= allowed
    }
    best = max(worth, key=lambda other: (worth[other], other), default=None)
    return best or (None if known else _parted(form, vocabulary))


def _slips(form: str, other: str) -> int:
    """How many letters were left out, put in, taken for others or swapped with the next."""
    if len(form) == len(other):
        places = [place for place, (sign, meant) in enumerate(zip(form, other, strict=True)) if sign != meant]
        if len(places) == 2 and places[1] - places[0] == 1 and form[places[0]] == other[places[1]]:
            return 1 if form[places[1]] == other[places[0]] else 2
    return edit_distance(form, other)


def _parted(form: str, vocabulary: Vocabulary) -> str | None:
    """Two words that were written as one: rumahsakit."""
    cuts = ((form[:place], form[place:]) for place in range(3, len(form) - 2))
    counts = {pair: min(map(vocabulary.documents, pair)) for pair in cuts}
    best = max(counts, key=lambda pair: counts[pair], default=("", ""))
    return " ".join(best) if counts.get(best, 0) > _RARER else None


def _like(written: str, better: str) -> str:
    """A word with the capitals of another: none, the first, or all."""
    if written.isupper() and len(written) > 1:
        return better.upper()
    return better.capitalize() if written[:1].isupper() else better
