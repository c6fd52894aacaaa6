"""The analyser as a Whoosh analyser, for any Whoosh schema.

>>> from whoosh.fields import Schema, TEXT
>>> from carinews.analysis.whoosh_analyzer import WhooshAnalyzer
>>> schema = Schema(body=TEXT(WhooshAnalyzer("form")), body_stem=TEXT(WhooshAnalyzer("stem")))
>>> [token.text for token in schema["body_stem"].analyzer("Penembakan di Moskow")]
['tembak', 'di', 'moskow']
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from whoosh.analysis import Analyzer as WhooshBase
from whoosh.analysis import Token

from carinews.analysis.analyzer import Analyzer
from carinews.analysis.normalize import uncased

if TYPE_CHECKING:
    from collections.abc import Iterator


class WhooshAnalyzer(WhooshBase):  # type: ignore[misc]
    """Yields the forms or the stems of a text's words as Whoosh tokens.

    Whoosh pickles the analysers of a schema with every commit, so this one holds nothing but its
    settings. `gap` positions are left free at each `between` character of the text. With `cased`, a
    name that is also a word (`Serang`) is given twice in its place, folded and with its capitals.
    """

    def __init__(
        self, terms: Literal["form", "stem"] = "form", between: str = "", gap: int = 0, *, cased: bool = False
    ) -> None:
        self.cased = cased
        self.terms = terms
        self.between = between
        self.gap = gap

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        keeporiginal: bool = False,
        start_pos: int = 0,
        start_char: int = 0,
        mode: str = "",
        **others: Any,
    ) -> Iterator[Token]:
        token = Token(positions, chars, mode=mode, **others)
        breaks = [place for place, sign in enumerate(value) if sign == self.between] if self.between else []
        for found in _analyzer().tokens(value):
            token.text = found.stem if self.terms == "stem" else uncased(found.form)
            token.boost = 1.0
            if keeporiginal:
                token.original = value[found.start : found.end]
            if positions:
                token.pos = start_pos + found.position + self.gap * sum(place < found.start for place in breaks)
            if chars:
                token.startchar, token.endchar = start_char + found.start, start_char + found.end
            yield token
            if self.cased and self.terms == "form" and token.text != found.form:
                token.text = found.form
                yield token


@lru_cache(maxsize=1)
def _analyzer() -> Analyzer:
    return Analyzer()
