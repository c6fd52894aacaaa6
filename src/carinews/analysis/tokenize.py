"""Where the words of a text stand.

The pattern runs over the text as written, so that every offset is one into the original; only then
is each word folded. A written word gives no, one, or several terms, by these rules:

doubled words   are one term of their own: `anak-anak`, `buku-bukunya`, `berbalas-balasan`, `ormas-ormas`
hyphens         part all else: `Soekarno-Hatta`, `TNI-Polri`, `covid-19`, `U-16`, `ke-17` are two terms each
clitics         behind a hyphen are no term: `KPK-nya` is `kpk` (-nya, -lah, -kah, -pun, -ku, -mu)
initials        are one term: `B.J.` is `bj`, `S.H.` is `sh`; parted by spaces they are letters, one by one
apostrophes     vanish: `Jum'at` is `jumat`, `Ma'ruf` is `maruf`
numbers         keep `.` and `,` between digits, in one spelling (`plain_number`): `17.000` is `17000`, `3,5` is `3.5`
length          a word of more than 255 characters is no term
currencies      and units come off their number: `Rp1,5` is `rp` and `1.5`, `10.000km` is `10000` and `km`
"""

from __future__ import annotations

import re
from typing import NamedTuple

from carinews.analysis.normalize import APOSTROPHES, HYPHENS, IGNORED, MARKS, fold, plain_number

_INSIDE = rf"[\w{MARKS}{IGNORED}]"
_POINT = rf"(?<=[\d{IGNORED}])[.,](?=[{IGNORED}]*\d)"
_OF_INITIALS = rf"\.(?<=(?<!{_INSIDE})[A-Za-z]\.)(?=[A-Za-z](?!{_INSIDE}))"

WORD = re.compile(rf"\w{_INSIDE}*(?:(?:[{HYPHENS}{APOSTROPHES}]|{_POINT}|{_OF_INITIALS})[{IGNORED}]*\w{_INSIDE}*)*+")
"""A written word: letters and digits, with apostrophes and hyphens inside, `.` and `,` between digits; or initials.

It never goes back over what it has matched (`*+`), or a row of a million hyphens would take 100 MB."""

MAX_WORD = 255
"""A longer written word is none: bytes in letters, a row of hyphens. The longest of the news has a fifth of that."""

CLITICS = frozenset({"nya", "lah", "kah", "pun", "ku", "mu"})

_INITIALS = re.compile(r"[A-Za-z](?:\.[A-Za-z])+")
_PART = re.compile(rf"[^{HYPHENS}]+")
_TERM = re.compile(r"(?:rp|idr|usd)(?=\d)|\d+(?:[.,]\d+)+|[^\W_]+")


class Piece(NamedTuple):
    """A term inside a written word; `start` and `end` are code points into that word."""

    form: str
    start: int
    end: int


def pieces(word: str) -> tuple[Piece, ...]:
    """The terms of one written word (a match of `WORD`), in order, never empty and never with a space."""
    if len(word) > MAX_WORD:
        return ()
    if word.isascii() and word.isalpha():  # nine in ten
        return (Piece(word.lower(), 0, len(word)),)
    parts = [(_folded(match[0]), match.start(), match.end()) for match in _PART.finditer(word)]
    if len(parts) == 2 and _is_doubled(parts[0][0], parts[1][0]):
        return (Piece(f"{parts[0][0]}-{parts[1][0]}", 0, len(word)),)
    if len(parts) > 1 and parts[-1][0] in CLITICS:
        del parts[-1]
    return tuple(
        Piece(plain_number(form), start, end) for folded, start, end in parts for form in _TERM.findall(folded)
    )


def _folded(part: str) -> str:
    return fold(part.replace(".", "") if "." in part and _INITIALS.fullmatch(part) else part)


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
