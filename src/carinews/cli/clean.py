"""The one sanitiser between the texts of articles and a terminal.

A title may hold the codes that move the cursor, rewrite the window's name, or turn the direction
of writing. None of them passes here: control characters (C0, C1, DEL), bidirectional controls and
invisible ones become spaces or nothing, and in JSON the escapes that stand for them.
"""

from __future__ import annotations

import json
import re

_SPACES = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_INVISIBLE = (
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    r"\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)  # Unicode's formats (Cf) but for the Arabic and Syriac ones, which are drawn; fillers
_CONTROLS = re.compile(rf"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff{_INVISIBLE}]")
_NOT_IN_JSON = re.compile(rf"[\x7f-\x9f\u2028\u2029{_INVISIBLE}]")  # C0 is escaped in any case


def clean(text: str) -> str:
    """The text on one line, without anything that a terminal would obey.

    >>> clean("judul\\x1b[31m merah\\n lagi")
    'judul[31m merah  lagi'
    """
    return _CONTROLS.sub("", _SPACES.sub(" ", text))


def json_text(document: object, *, indent: int | None = None) -> str:
    """A document as JSON that a terminal may see: what it would obey is escaped, such as `\\u009b`.

    Who parses it gets every string as it was.
    """
    text = json.dumps(document, ensure_ascii=False, indent=indent, default=str)
    return _NOT_IN_JSON.sub(lambda match: json.dumps(match[0])[1:-1], text)


def clean_lines(text: str) -> list[str]:
    """The lines of a text, each of them clean; empty ones are left out."""
    return [line for raw in text.splitlines() if (line := clean(raw).strip())]
