"""What somebody may be about to type: the last word of a query, completed from the words of the articles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from carinews.analysis.normalize import fold
from carinews.model import Suggestion

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from carinews.query.vocabulary import Vocabulary

_LAST = re.compile(r"[^\W_][\w'’-]*\Z")
_AFTER = re.compile(r"(?:\A|[\s(\"“+=-]|(?i:judul|title|isi|body):)\Z")


def parted(text: str) -> tuple[str, str]:
    """What was typed, parted before the word that has begun; that is empty behind a space, a sign, a field of no text.

    >>> parted("gempa pal"), parted("judul:pal"), parted("gempa "), parted("sumber:te")
    (('gempa ', 'pal'), ('judul:', 'pal'), ('gempa ', ''), ('sumber:te', ''))
    """
    last = _LAST.search(text)
    if last is None or not _AFTER.search(text[: last.start()]):
        return text, ""
    return text[: last.start()], last[0]


def completed(
    before: str, begun: str, vocabulary: Vocabulary, most: int, among: NDArray[np.bool_] | None
) -> tuple[Suggestion, ...]:
    """Queries that begin with what was typed; `among` are the documents that match what stands before the word."""
    prefix = fold(begun)
    if not prefix or most <= 0:
        return ()
    found = vocabulary.beginning_among(prefix, most, among) if among is not None else vocabulary.beginning(prefix, most)
    return tuple(
        Suggestion(before + (begun + form[len(prefix) :] if form.startswith(prefix) else form), documents)
        for form, documents in found
    )
