"""Lines that fit a terminal; in a pipe every line is left as it is."""

from __future__ import annotations

import shutil
import textwrap
from typing import TextIO

WIDEST = 100
"""Cells of a line: longer ones are hard to read."""


def fitted(text: str, stream: TextIO, *, beside: str = "") -> str:
    """A line as it goes to a stream: on a terminal broken between words, and all of it beside a name.

    An id, a path, an address is never broken, so that it can be copied whole.
    """
    if not stream.isatty():
        return beside + text
    width = min(shutil.get_terminal_size().columns, WIDEST)
    return textwrap.fill(
        text,
        width,
        initial_indent=beside,
        subsequent_indent=" " * len(beside),
        break_long_words=False,
        break_on_hyphens=False,
    )
