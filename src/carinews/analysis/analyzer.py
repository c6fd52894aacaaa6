"""The one analyser: text → tokens, for the index, the query and the snippets.

    text ──tokenize──▶ written words ──normalize──▶ forms ──stem──▶ stems

A token has two terms: its *form* (the written word, folded), which quotes match, and its
*stem*, which stands for the word's whole family. A name that is also a word keeps its capitals in
the form where the text has them (`Serang` the city, `serang` attack; `cased.tsv`).

`WhooshAnalyzer` offers either to any Whoosh schema; this module imports Whoosh only there, because
that import costs about 130 ms.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from carinews.analysis.lexicon import Lexicon, default_lexicon
from carinews.analysis.lexicon import fingerprint as fingerprint_of_lists
from carinews.analysis.normalize import printed
from carinews.analysis.tokenize import WORD, Piece, pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ANALYSIS = "4"
"""Names the rules of this analysis: change it with any change of the terms that they make."""

_CACHED_WORDS = 1_000_000


@cache
def fingerprint() -> str:
    """Names this analysis, its word lists and its dictionary. An index made by another one is refused."""
    return f"{ANALYSIS}-{fingerprint_of_lists()}"


class Token(NamedTuple):
    """One occurrence of a term. `start` and `end` are code points into the text, half-open."""

    form: str
    stem: str
    position: int
    start: int
    end: int


class Analyzer:
    """Cuts Indonesian text into tokens. Stateless but for a cache; any number of threads may share it.

    `known` gives the stem of a form where somebody has it at hand, such as an index of its own words,
    or None: then no word list need be read.
    """

    def __init__(self, lexicon: Lexicon | None = None, known: Callable[[str], str | None] | None = None) -> None:
        self.lexicon = lexicon or default_lexicon()
        self._known = known
        self._pieces: dict[str, tuple[Piece, ...]] = {}
        self._stems: dict[str, str] = {}

    def __call__(self, text: str) -> list[Token]:
        """All tokens of `text`; positions count from 0. Never raises, whatever the string holds."""
        return list(self.tokens(text))

    def tokens(self, text: str) -> Iterator[Token]:
        """The tokens of `text`, one at a time."""
        position = 0
        for match in WORD.finditer(text):
            offset = match.start()
            for form, start, end in self.pieces(match[0]):
                yield Token(form, self.stem(form), position, offset + start, offset + end)
                position += 1

    def pieces(self, word: str) -> tuple[Piece, ...]:
        """The terms of one written word, remembered."""
        found = self._pieces.get(word)
        if found is None:
            if len(self._pieces) >= _CACHED_WORDS:
                self._pieces.clear()
            found = self._pieces[word] = self._fresh_pieces(word)
        return found

    def fresh_forms(self, word: str) -> tuple[str, ...]:
        """The forms of one written word, not remembered: for a build, which asks once for each."""
        if word.isascii() and word.isalpha() and (form := word.lower()) not in self.lexicon.cased:
            return (form,)
        return tuple(piece.form for piece in self._fresh_pieces(word))

    def _fresh_pieces(self, word: str) -> tuple[Piece, ...]:
        found, cased = pieces(word), self.lexicon.cased
        if cased.keys().isdisjoint([piece.form for piece in found]):
            return found
        return tuple(piece._replace(form=name) if (name := self._name(piece, word)) else piece for piece in found)

    def _name(self, piece: Piece, word: str) -> str | None:
        names = self.lexicon.cased.get(piece.form, ())
        return next((name for name in names if name == printed(word[piece.start : piece.end])), None)

    def stem(self, form: str) -> str:
        """The stem of a folded word: itself when it has three letters or fewer, or holds anything but a–z and `-`."""
        found = self._stems.get(form)
        if found is None:
            if len(self._stems) >= _CACHED_WORDS:
                self._stems.clear()
            found = self._stems[form] = self.fresh_stem(form)
        return found

    def knows(self, form: str) -> bool:
        """Whether an index that gives its stems (`known`) holds a form."""
        return self._known is not None and self._known(form) is not None

    def fresh_stem(self, form: str) -> str:
        """The stem of a folded word, not remembered."""
        if not form.isascii() or not form.replace("-", "").isalpha():
            return form
        word = form.lower()  # a name that is told apart from its word belongs to the word's family
        if len(word) <= 3:
            return word
        known = self._known(form) if self._known else None
        return known or self.lexicon.stem(word)
