"""The excerpt of a text that shows most of a query.

Excerpts begin with a sentence where they can, and the one is chosen in which most of the query
meets; a text without any of its words shows its beginning.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from carinews.model import Snippet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carinews.model import Span
    from carinews.query.marks import Mark

WIDTH = 220
"""Code points in an excerpt, at most: about three lines of a terminal."""

_SENTENCE_ENDS = ("\n", ". ", "? ", "! ", '." ', ".” ", '?" ', "?” ", '!" ', "!” ", "… ", ".) ")
_WHOLE_SENTENCE = 1.15  # what an excerpt gains by beginning with a sentence
_CANDIDATES = 4  # for each excerpt asked for: so many stretches are looked at closely


def snippets(
    field: str, text: str, marks: Sequence[Mark], weights: Sequence[float], most: int = 1
) -> tuple[Snippet, ...]:
    """The best excerpts of a text, at most `most`, none overlapping, in the order of the text."""
    if not text.strip():
        return ()
    return tuple(_snippet(field, text, window, marks) for window in _Excerpts(text, marks, weights).best(most))


def _snippet(field: str, text: str, window: Span, marks: Sequence[Mark]) -> Snippet:
    start, end = window
    inside = [mark for mark in marks if mark.start >= start and mark.end <= end]
    return Snippet(field, start, text[start:end], tuple((mark.start - start, mark.end - start) for mark in inside))


class _Excerpts:
    """The stretches of one text that could be shown, and what each is worth."""

    def __init__(self, text: str, marks: Sequence[Mark], weights: Sequence[float]) -> None:
        self._text = text
        self._marks = marks
        self._weights = weights
        self._begins = [mark.start for mark in marks]
        self._ends = [mark.end for mark in marks]

    def best(self, most: int) -> list[Span]:
        """The windows that show most, none overlapping; the beginning of the text where there is nothing to show."""
        starts = dict(self._start(mark) for mark in self._promising(most * _CANDIDATES))
        windows = [(start, self._end(start)) for start in sorted(starts)]
        windows.sort(key=lambda window: self._worth(window, whole=starts[window[0]]), reverse=True)
        chosen: list[Span] = []
        for start, end in windows:  # sorting is stable: of equals the first in the text
            if len(chosen) < most and all(end <= other[0] or start >= other[1] for other in chosen):
                chosen.append((start, end))
        first = _first_letter(self._text, 0)
        return sorted(chosen) or [(first, self._end(first))]

    def _promising(self, most: int) -> list[Mark]:
        """The marks from which on the most of the query follows within the width of an excerpt.

        One pass with two fingers: a common word stands a hundred times in a long text, and only a
        few of its places deserve the closer look, at some 10 µs each.
        """
        marks = self._marks
        if len(marks) <= most:
            return list(marks)
        values, counts, worth, after = [], [0] * len(self._weights), 0.0, 0
        for first, mark in enumerate(marks):
            while after < len(marks) and (after <= first or marks[after].end <= mark.start + WIDTH):
                word = marks[after].word
                worth += 0.0 if counts[word] else self._weights[word]
                counts[word] += 1
                after += 1
            values.append(worth + 0.01 * (after - first))
            counts[mark.word] -= 1
            worth -= 0.0 if counts[mark.word] else self._weights[mark.word]
        return [marks[place] for place in sorted(range(len(marks)), key=lambda place: -values[place])[:most]]

    def _worth(self, window: Span, *, whole: bool) -> float:
        """The weights of the different words in a window, a little for each further mark, and for a whole sentence."""
        inside = self._marks[bisect_left(self._begins, window[0]) : bisect_right(self._ends, window[1])]
        worth = sum(self._weights[word] for word in {mark.word for mark in inside}) + 0.01 * min(len(inside), 20)
        return worth * _WHOLE_SENTENCE if whole else worth

    def _start(self, mark: Mark) -> tuple[int, bool]:
        """Where an excerpt that shows a mark begins, and whether a sentence does; else some words before the mark."""
        start = _sentence_start(self._text, max(0, mark.end - WIDTH * 3 // 4), mark.start)
        if start is not None:
            return start, True
        return _next_word(self._text, max(0, mark.start - WIDTH // 4), mark.start), False

    def _end(self, start: int) -> int:
        """Where an excerpt that begins at `start` ends: with the text, else a late end of a sentence, else a word."""
        text = self._text
        if len(text) - start <= WIDTH:
            return max(start, len(text.rstrip()))
        cut = _sentence_start(text, start + WIDTH * 3 // 5, start + WIDTH)
        if cut is None:
            cut = text.rfind(" ", start + 1, start + WIDTH + 1)
        return start + len(text[start:cut].rstrip()) if cut > start else start + WIDTH


def _sentence_start(text: str, lowest: int, highest: int) -> int | None:
    """The last place from `lowest` to `highest` where a sentence or a paragraph begins, or None.

    What goes on with a small letter is no sentence (Rp. 5 ribu is one, no. dua is not). Looking for
    a dozen signs in a short stretch takes 2 µs; one pattern over the whole text takes 50.
    """
    best = _first_letter(text, 0) if lowest == 0 else -1
    for sign in _SENTENCE_ENDS:
        place = text.rfind(sign, lowest, highest)
        while place >= 0:
            start = _first_letter(text, place + len(sign))
            if start <= highest and not text[start : start + 1].islower():
                best = max(best, start)
                break
            place = text.rfind(sign, lowest, place)
    return best if lowest <= best <= highest else None


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
