"""What one line of a copied page looks like: trimmed, a headline, a name, the end of a sentence."""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST_HEADLINE = 200
"""Characters. The longest title among 50,721 Indonesian news articles has 193."""

_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\xad"
_SENTENCE_BREAK = re.compile(r"[^\W\d_]{3}\.[”\"’']?\s")
_NAME_PARTICLES = frozenset(
    ["dan", "bin", "binti", "al", "el", "van", "der", "den", "de", "von", "da", "di", "la", "ibn", "and", "&"]
)


class Line(NamedTuple):
    """A line that is not blank. `number` is 1-based; `gap` says that a blank line stood before it."""

    number: int
    text: str
    gap: bool


def clean(text: str) -> str:
    """The text without NUL and lone surrogates, so that everything downstream can be UTF-8."""
    if "\0" in text:
        text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "ignore").decode()
    return text


def trim(line: str) -> str:
    """The line without blanks and invisible marks at its ends; no-break spaces inside become spaces."""
    return line.replace("&nbsp;", " ").replace("\xa0", " ").strip().strip(_INVISIBLE).strip()


def letters(text: str) -> str:
    """The letters and digits of a text in lower case: the same for two spellings of one title."""
    return "".join(filter(str.isalnum, text.lower()))


def content_lines(text: str) -> list[Line]:
    """Every line of `text` that is not blank, trimmed. No-break spaces alone are blank, too."""
    found, gap = [], True
    for number, raw in enumerate(clean(text).splitlines(), 1):
        line = trim(raw)
        if line:
            found.append(Line(number, line, gap))
        gap = not line
    return found


def reads_as_headline(line: str) -> bool:
    """Whether a line may be a title: short, or long without the look of sentences."""
    if len(line) <= 100:
        return True
    if len(line) > LONGEST_HEADLINE or _SENTENCE_BREAK.search(line):
        return False
    return line.endswith("...") or not line.endswith((".", "]"))


def reads_as_name(line: str) -> bool:
    """Whether a line may be the name of a person or an agency: a few capitalised words."""
    words = line.split()
    if not words or len(words) > 7 or len(line) > 60 or line[-1] in "?!:;" or re.search(r"\d", line):
        return False
    return all(word[0].isupper() or word.lower() in _NAME_PARTICLES or not word[0].isalpha() for word in words)


def closes_sentence(line: str) -> bool:
    """Whether a line ends as a sentence, a heading of a list or a cut does."""
    return line.endswith((".", "?", "!", ":", ";", '"', "”", "’", "'", ")", "]", "…"))
