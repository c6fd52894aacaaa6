"""The lines of a file of queries, judgements or a run; what cannot be read is a JudgementError."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carinews.corpus.files import read_lines
from carinews.errors import CorpusError, JudgementError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """Every line that is not blank, without its end, and its number. Raises JudgementError."""
    try:
        for line in read_lines(path):
            if line.text is None:
                raise JudgementError(str(path), line.number, line.refused)
            if line.text.strip():
                yield line.number, line.text.rstrip("\r\n")
    except CorpusError as error:
        raise JudgementError(error.path, error.line, error.reason) from error
