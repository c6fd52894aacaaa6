"""One form for all the ways a word can be encoded.

The same word arrives in capitals or none, composed or decomposed, with soft hyphens from a
page, a curly apostrophe, or a diacritic that the reader will not type. `fold` makes them one.
"""

from __future__ import annotations

import re
import unicodedata

IGNORED = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Characters that print nothing, as the inside of a regex class: soft hyphen, zero-width, bidi controls."""

MARKS = "\u0300-\u036f"
"""Combining diacritics: what is left of é when its e is taken away."""

APOSTROPHES = "'`´‘’ʻʼ′＇"
HYPHENS = "-‐‑－"

_DROPPED = re.compile(f"[{IGNORED}{MARKS}{APOSTROPHES}]")
_LETTERS_WITHOUT_A_MARK = str.maketrans(
    {"ı": "i", "ø": "o", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"}
)
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")


def fold(word: str) -> str:
    """Lower case, without diacritics, apostrophes or invisible characters, in compatible form (NFKC).

    >>> fold("Jum’at"), fold("Erdoğan"), fold("ＩＳＩＳ")
    ('jumat', 'erdogan', 'isis')
    """
    if word.isascii() and word.isalnum():
        return word.lower()
    word = _DROPPED.sub("", word)  # before NFKC, which makes a space and an accent of ´
    word = unicodedata.normalize("NFKC", word).casefold()
    word = unicodedata.normalize("NFKD", word)
    word = _DROPPED.sub("", word).translate(_LETTERS_WITHOUT_A_MARK)
    return unicodedata.normalize("NFKC", word)


def plain_number(form: str) -> str:
    """Drop the dots that group thousands, so that 17.000 and 17000 are one term; 3,5 and 09.30 stay."""
    return form.replace(".", "") if _THOUSANDS.fullmatch(form) else form
