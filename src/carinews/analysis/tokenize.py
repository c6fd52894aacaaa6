"""Where the words of a text stand.

The pattern runs over the text as written, so that every offset is one into the original;
only then is each word folded. A written word gives no, one, or several terms: `Al-Qaeda` gives
`al` and `qaeda`, while a doubled word (`anak-anak`, `buku-bukunya`) is one term of its own.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from carinews.analysis.normalize import APOSTROPHES, HYPHENS, IGNORED, MARKS, fold, plain_number

_INSIDE = rf"[\w{MARKS}{IGNORED}]"
_POINT = rf"(?<=[\d{IGNORED}])[.,](?=[{IGNORED}]*\d)"

WORD = re.compile(rf"\w{_INSIDE}*(?:(?:[{HYPHENS}{APOSTROPHES}]|{_POINT})[{IGNORED}]*\w{_INSIDE}*)*")
"""A written word: letters and digits, with apostrophes and hyphens inside, `.` and `,` between digits."""

_PART = re.compile(rf"[^{HYPHENS}]+")
_TERM = re.compile(r"[^\W_]+(?:(?<=\d)[.,](?=\d)[^\W_]+)*")


class Piece(NamedTuple):
    """A term inside a written word; `start` and `end` are code points into that word."""

    form: str
    start: int
    end: int


def pieces(word: str) -> tuple[Piece, ...]:
    """The terms of one written word (a match of `WORD`), in order, never empty and never with a space."""
    parts = [(fold(match[0]), match.start(), match.end()) for match in _PART.finditer(word)]
    if len(parts) == 2 and _is_doubled(parts[0][0], parts[1][0]):
        return (Piece(f"{parts[0][0]}-{parts[1][0]}", 0, len(word)),)
    return tuple(
        Piece(plain_number(form), start, end) for folded, start, end in parts for form in _TERM.findall(folded)
    )


def _is_doubled(first: str, second: str) -> bool:
    """Whether two parts are one word said twice: anak-anak, buku-bukunya, berbalas-balasan, ormas-ormas.

    The second begins with the first, or with what the first has behind its prefix: at least four
    letters of it, so that `pro-profesi` stays two words.
    """
    if not (first.isalpha() and second.isalpha()) or len(first) < 2:
        return False
    if second.startswith(first):
        return len(second) - len(first) <= 3
    return any(second.startswith(first[cut:]) for cut in range(2, min(6, len(first) - 3)))
