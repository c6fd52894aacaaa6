"""The one sanitiser between the texts of articles and a terminal.

A title may hold the codes that move the cursor, rewrite the window's name, or turn the direction
of writing. None of them passes here: control characters (C0, C1, DEL), bidirectional controls and
invisible ones become spaces or nothing.
"""

from __future__ import annotations

import re

_SPACES = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
_CONTROLS = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U000e0000-\U000e007f]"
)


def clean(text: str) -> str:
    """The text on one line, without anything that a terminal would obey.

    >>> clean("judul\\x1b[31m merah\\n lagi")
    'judul[31m merah  lagi'
    """
    return _CONTROLS.sub("", _SPACES.sub(" ", text))


def clean_lines(text: str) -> list[str]:
    """The lines of a text, each of them clean; empty ones are left out."""
    return [line for raw in text.splitlines() if (line := clean(raw).strip())]
