"""The excerpt of a text that shows most of a query.

Excerpts begin with a sentence where they can, and the one is chosen in which most of the query
meets; a text without any of its words shows its beginning.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from carinews.model import Snippet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carinews.model import Span
    from carinews.query.marks import Mark

WIDTH = 220
"""Code points in an excerpt, at most: about three lines of a terminal."""

_SENTENCE_END = re.compile(r'[\n.?!…](?:(?<=\n)| |(?<!…)["”] |(?<=\.)\) )\s*+(?=\S)')
_BEFORE = WIDTH * 3 // 4  # from the beginning of an excerpt to the end of the mark that it is made for, at most
_AT_LEAST = WIDTH * 3 // 5  # of an excerpt that ends with a sentence
_WHOLE_SENTENCE = 1.15  # what an excerpt gains by beginning with a sentence
_CANDIDATES = 4  # for each excerpt asked for: so many stretches are looked at closely


def snippets(
    field: str, text: str, marks: Sequence[Mark], weights: Sequence[float], most: int = 1
) -> tuple[Snippet, ...]:
    """The best excerpts of a text, at most `most`, none overlapping, in the order of the text.

    `marks` are in order, and no two of them overlap.
    """
    if not text or text.isspace():
        return ()
    return tuple(_snippet(field, text, window, marks) for window in _best(text, marks, weights, most))


def _snippet(field: str, text: str, window: Span, marks: Sequence[Mark]) -> Snippet:
    begin, end = window
    spans = [(mark.start - begin, mark.end - begin) for mark in _inside(marks, window)]
    return Snippet(field, begin, text[begin:end], tuple(spans))


def _inside(marks: Sequence[Mark], window: Span) -> list[Mark]:
    """The marks that lie in a window, whole."""
    begin, end = window
    near = marks[bisect_left(marks, (begin,)) : bisect_left(marks, (end,))]
    return [mark for mark in near if mark.end <= end]


def _best(text: str, marks: Sequence[Mark], weights: Sequence[float], most: int) -> list[Span]:
    """The windows that show most, none overlapping; the beginning of the text where there is nothing to show."""
    if not marks:
        first = _first_letter(text, 0)
        return [(first, _end(text, first))]
    starts = set()
    worths: list[tuple[float, Span]] = []
    for mark, value in _promising(marks, weights, most * _CANDIDATES):
        start, whole = _start(text, mark)
        if start not in starts:
            starts.add(start)
            window = start, _end(text, start)
            worths.append((-_worth(marks, weights, window, whole), window))
            if most == 1 and whole and worths[-1][0] <= -value * _WHOLE_SENTENCE:
                break  # it shows all that any excerpt can: its mark is the one behind which most follows
    worths.sort()
    chosen: list[Span] = []
    for _, (start, end) in worths:  # of equals the first in the text
        if all(end <= other[0] or start >= other[1] for other in chosen):
            chosen.append((start, end))
        if len(chosen) == most:
            break
    return sorted(chosen)


def _promising(marks: Sequence[Mark], weights: Sequence[float], most: int) -> list[tuple[Mark, float]]:
    """The marks from which on the most of the query follows within the width of an excerpt, and how much that is.

    One pass with two fingers: a common word stands a hundred times in a long text, and only a
    few of its places deserve the closer look, at some 5 µs each.
    """
    values, counts, worth, after = [], [0] * len(weights), 0.0, 0
    for first, (start, _, gone) in enumerate(marks):
        while after < len(marks) and (marks[after].end <= start + WIDTH or after == first):
            word = marks[after].word
            if not counts[word]:
                worth += weights[word]
            counts[word] += 1
            after += 1
        values.append(worth + 0.01 * (after - first))
        counts[gone] -= 1
        if not counts[gone]:
            worth -= weights[gone]
    order = sorted(range(len(marks)), key=values.__getitem__, reverse=True)  # of equals the first in the text
    return [(marks[place], values[place]) for place in order[:most]]


def _worth(marks: Sequence[Mark], weights: Sequence[float], window: Span, whole: bool) -> float:
    """The weights of the different words in a window, a little for each further mark, and for a whole sentence."""
    inside = _inside(marks, window)
    worth = sum(map(weights.__getitem__, {mark.word for mark in inside})) + 0.01 * min(len(inside), 20)
    return worth * _WHOLE_SENTENCE if whole else worth


def _start(text: str, mark: Mark) -> tuple[int, bool]:
    """Where an excerpt that shows a mark begins, and whether a sentence does; else some words before the mark."""
    start = _sentence_start(text, mark.end - _BEFORE, mark.start)
    if start is not None:
        return start, True
    return _next_word(text, max(0, mark.start - WIDTH // 4), mark.start), False


def _end(text: str, start: int) -> int:
    """Where an excerpt that begins at `start` ends: with the text, else a late end of a sentence, else a word."""
    if len(text) - start <= WIDTH:
        return max(start, len(text.rstrip()))
    cut = _sentence_start(text, start + _AT_LEAST, start + WIDTH)
    if cut is None:
        cut = text.rfind(" ", start + 1, start + WIDTH + 1)
    return start + len(text[start:cut].rstrip()) if cut > start else start + WIDTH


def _sentence_start(text: str, lowest: int, highest: int) -> int | None:
    """The last place from `lowest` to `highest` where a sentence or a paragraph begins, or None.

    What goes on with a small letter is no sentence (Rp. 5 ribu is one, no. dua is not).
    """
    best = _first_letter(text, 0) if lowest <= 0 else -1
    for match in _SENTENCE_END.finditer(text, max(0, lowest), highest + 1):
        if not text[match.end()].islower():
            best = match.end()
    return best if 0 <= best <= highest else None


def _first_letter(text: str, at: int) -> int:
    """The first place from `at` on that is no white space; the end of the text where all is."""
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _next_word(text: str, at: int, limit: int) -> int:
    """The first beginning of a word from `at` on, `limit` at the latest."""
    while at < limit and not (text[at - 1].isspace() and not text[at].isspace()):
        at += 1
    return at
