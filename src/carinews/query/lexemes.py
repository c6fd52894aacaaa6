"""A query cut into its smallest parts: words, phrases, signs, fields, operators.

Every character belongs to one lexeme or to the white space between them, so nothing that was
typed is lost. Curly quotes and full-width signs are cut like the plain ones.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from carinews.wording import Message

MAX_SLOP = 99
"""Below `segment.TITLE_GAP`, so that no phrase runs from the title into the body."""

NEAR = 10
"""So many words apart are near, where nothing else is said."""

OPERATORS = {"AND": "AND", "DAN": "AND", "OR": "OR", "ATAU": "OR", "NOT": "NOT", "BUKAN": "NOT"}

RESERVED = frozenset((*OPERATORS, "NEAR", "DEKAT"))
"""Words of capitals that are no words."""

_LONGEST_ACRONYM = 5
_NEAR = re.compile(r"(?:NEAR|DEKAT)(?:/(\d{1,2}))?")
_QUOTES = "“”„‟«»″＂"
_SAME_SIGN = str.maketrans(
    dict.fromkeys(_QUOTES, '"')
    | {chr(wide): chr(wide - 0xFEE0) for wide in (0xFF08, 0xFF09, 0xFF0B, 0xFF0D, 0xFF1A, 0xFF1D)}
)
_LEXEME = re.compile(
    r"""(?P<space>\s+)
    | (?P<open>\() | (?P<close>\))
    | (?P<sign>(?<![^\s(:])[+-](?=[^\s+)-]))
    | (?P<exact>(?<![^\s(:+-])=(?=[\w"]))
    | (?P<field>(?<![^\s(+-])[^\W\d_]+:(?=[^\s:/)]))
    | "(?P<phrase>[^"]*)"(?:~(?P<slop>\d{1,3}))?
    | (?P<boost>(?<=[\w")*~])\^\d{1,3}(?:\.\d{1,3})?(?![^\s()"]))
    | (?P<word>(?:(?!\^\d)[^\s()"]|(?<![\w*~])\^)+)
    | (?P<odd>.)""",
    re.VERBOSE | re.DOTALL,
)


class Lexeme(NamedTuple):
    """A part of a query: what kind it is, its text, and where in the query it stands.

    `kind` is a name of a group above, or `AND`, `OR`, `NOT`, `NEAR`; `slop` is how far apart the words of a
    phrase or the sides of a NEAR may stand.
    """

    kind: str
    text: str
    position: int
    slop: int = 1


def cut(text: str) -> tuple[list[Lexeme], list[str]]:
    """The lexemes of a query, and warnings for quotes that are never closed."""
    lexemes: list[Lexeme] = []
    warnings: list[str] = []
    for match in _LEXEME.finditer(text.translate(_SAME_SIGN)):
        kind = str(match.lastgroup)
        if kind == "odd":
            warnings.append(
                Message("the quote at {place} is never closed; what follows was read as words", place=match.start())
            )
        elif kind == "word":
            lexemes.append(_word(match[0], match.start()))
        elif kind in ("phrase", "slop"):
            slop = min(max(1, int(match["slop"] or 1)), MAX_SLOP)
            lexemes.append(Lexeme("phrase", match["phrase"], match.start(), slop))
        elif kind != "space":
            lexemes.append(Lexeme(kind, match[0], match.start()))
    return lexemes, warnings


def _word(text: str, position: int) -> Lexeme:
    if text in OPERATORS:
        return Lexeme(OPERATORS[text], text, position)
    if text[:1] in "ND" and (near := _NEAR.fullmatch(text)):
        return Lexeme("NEAR", text, position, int(near[1] or NEAR))
    return Lexeme("word", text, position)


def is_shouted(text: str) -> bool:
    """Whether a query is typed in capitals throughout, so that they do not tell an acronym from a word."""
    return text.isupper() and any(len(word) > _LONGEST_ACRONYM for word in text.split())
