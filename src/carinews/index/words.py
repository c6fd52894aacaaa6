"""Numbers for the words of many texts at once: the innermost loop of a build, left to NumPy.

    texts ──classes of bytes──▶ stretches ──16 bytes, hashed──▶ table ──▶ numbers
                                                    └── not there ──▶ dictionary ──▶ numbers
                                                                       └── not there ──▶ whoever gives the numbers

A *stretch* is what may hold a written word: letters, digits, everything that is not ASCII, and a
hyphen, apostrophe, point or comma between two of these. No match of `WORD`, and nothing that it looks
at around one, reaches over the edge of a stretch. So the words of a text are those of its stretches,
and `WORD` itself reads each *distinct* stretch once (`words_of`): it keeps the last word on every script,
number and initial. The news (50,721 articles) has 13.6 million stretches, 0.33 million of them distinct.

To number one costs 0.15 µs; to match and look up one word after the other costs 0.7 µs a word.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from carinews.analysis.tokenize import WORD

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from carinews.analysis.analyzer import Analyzer

    Array = NDArray[Any]

_LETTER, _JOINT = 1, 2
_CLASSES = bytes(
    _JOINT if byte in b"-'`.," else _LETTER if byte >= 128 or chr(byte).isalnum() or byte == ord("_") else 0
    for byte in range(256)
)

_WIDTH = 16
"""The bytes that the table compares; of longer stretches (0.3 % of the news) only the dictionary knows."""

_MASKS = [(1 << 8 * length) - 1 for length in range(_WIDTH + 1)]
_LOW_MASKS = np.array([mask & (1 << 64) - 1 for mask in _MASKS], np.uint64)
_HIGH_MASKS = np.array([mask >> 64 for mask in _MASKS], np.uint64)

_SLOT_BITS = 20  # 20 MB; 4.5 % of the news does not lie there, half of it because it is new
_MIXERS = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)  # odd, with bits set all over

_GROUP = np.uint32(1 << 31)

_Key = TypeVar("_Key")


class Numbers(dict[_Key, int]):
    """Asks once for the number of each key."""

    def __init__(self, number_of: Callable[[_Key], int]) -> None:
        self._number_of = number_of

    def __missing__(self, key: _Key) -> int:
        self[key] = number = self._number_of(key)
        return number


def words_of(stretch: bytes) -> list[str]:
    """The written words of a stretch."""
    text = stretch.decode("utf-8", "surrogatepass")
    return [text] if stretch.isalpha() else WORD.findall(text)  # letters of ASCII and nothing else: six in ten


class Vocabulary:
    """Numbers for the forms of all words, and for the forms' stems; it lives as long as a build.

    A stretch of text has the number of its form. If it has none or several, its number is that of a
    *group*, `_GROUP` and more: such stretches are one in thirty.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._stretches = Stretches(self._number_of)
        self._numbers = Numbers(self._new_text)
        self._texts: list[str] = []
        self._stems = array("I")  # by number
        self._group_forms = array("I")
        self._group_ends = array("I", [0])

    def forms_of(self, texts: Sequence[bytes]) -> tuple[Array, Array]:
        """The forms of all words of some texts in UTF-8, and how many each text has."""
        found, counts = self._stretches.number(texts)
        grouped = np.flatnonzero(found >= _GROUP)
        if not len(grouped):
            return found, counts
        group = found[grouped] - _GROUP
        group_ends = np.array(self._group_ends, np.int64)
        first, size = group_ends[group], np.diff(group_ends)[group]
        sizes = np.ones(len(found), np.int64)
        sizes[grouped] = size
        ends = np.append(0, np.cumsum(sizes))
        forms = np.repeat(found, sizes)
        inside = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
        place = np.repeat(ends[grouped], size) + inside
        forms[place] = np.array(self._group_forms, np.uint32)[np.repeat(first, size) + inside]
        return forms, np.diff(ends[np.cumsum(counts)], prepend=0)

    def __len__(self) -> int:
        """How many distinct stretches there were."""
        return len(self._stretches)

    def texts(self) -> list[str]:
        """All forms and stems, by number: a form that is a stem, its own or another's, has one number."""
        return self._texts

    def stems_of(self, forms: Array) -> Array:
        """The stem of each form."""
        return np.array(self._stems, np.int64)[forms]

    def _number_of(self, stretch: bytes) -> int:
        numbers, fresh_forms = self._numbers, self._analyzer.fresh_forms
        forms = [numbers[form] for word in words_of(stretch) for form in fresh_forms(word)]
        if len(forms) == 1:
            return forms[0]
        self._group_forms.extend(forms)
        self._group_ends.append(len(self._group_forms))
        return int(_GROUP) + len(self._group_ends) - 2

    def _new_text(self, text: str) -> int:
        """The number of a new form or stem; its own stem is looked up at once."""
        self._numbers[text] = number = len(self._texts)
        self._texts.append(text)
        self._stems.append(number)
        stem = self._analyzer.fresh_stem(text)
        if stem != text:
            self._stems[number] = self._numbers[stem]
        return number


class Stretches:
    """Finds the number of each stretch of some texts; whoever gives the numbers is asked once for each.

    A dictionary keeps them. Before it lies a table, for all but the rare: up to 16 bytes are
    hashed to a slot and compared, all of them, with what lies there. So stretches that hash alike are
    never taken for each other; the one that does not lie there is looked up in the dictionary.
    """

    def __init__(self, number_of: Callable[[bytes], int]) -> None:
        self._numbers = Numbers(number_of)
        self._low, self._high = np.zeros((2, 1 << _SLOT_BITS), np.uint64)
        self._number = np.zeros(1 << _SLOT_BITS, np.uint32)

    def __len__(self) -> int:
        """How many distinct stretches there were."""
        return len(self._numbers)

    def number(self, texts: Sequence[bytes]) -> tuple[Array, Array]:
        """The numbers of all stretches of some texts in UTF-8, and how many of them each text has."""
        joined = b" ".join([b"", *texts, b" " * _WIDTH])  # so that 16 bytes can be read from any place of a text
        starts, ends = _bounds(joined)
        text_ends = np.cumsum([len(text) + 1 for text in texts], dtype=np.int64)
        return self._look_up(joined, starts, ends), np.diff(np.searchsorted(starts, text_ends), prepend=0)

    def _look_up(self, joined: bytes, starts: Array, ends: Array) -> Array:
        lengths = ends - starts
        low, high = _keys(joined, starts, lengths)
        slots = _slots(low, high)
        numbers = self._number[slots]
        fits = lengths <= _WIDTH
        missed = np.flatnonzero((self._low[slots] != low) | (self._high[slots] != high) | ~fits)
        bounds = zip(starts[missed].tolist(), ends[missed].tolist(), strict=True)
        numbers[missed] = [self._numbers[joined[start:end]] for start, end in bounds]
        missed = missed[fits[missed]]
        self._remember(slots[missed], low[missed], high[missed], numbers[missed])
        return numbers

    def _remember(self, slots: Array, low: Array, high: Array, numbers: Array) -> None:
        self._number[slots] = numbers
        lies = self._number[slots] == numbers  # where several share a slot, NumPy does not say whose number stays
        self._low[slots[lies]], self._high[slots[lies]] = low[lies], high[lies]


def _bounds(joined: bytes) -> tuple[Array, Array]:
    """Where the stretches start and end; a sign that joins does so only between two letters."""
    classes = np.frombuffer(joined.translate(_CLASSES), np.uint8)
    letters = classes == _LETTER
    inside = classes == _JOINT
    inside[1:-1] &= letters[:-2] & letters[2:]
    inside |= letters
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    return edges[::2], edges[1::2]


def _keys(joined: bytes, starts: Array, lengths: Array) -> tuple[Array, Array]:
    """The first 16 bytes of each stretch as two numbers, zero behind its end; no stretch holds a zero byte."""
    eight: Array = np.ndarray(len(joined) - 7, "<u8", joined, strides=(1,))
    low = eight[starts] & _LOW_MASKS.take(lengths, mode="clip")
    return low, eight[starts + 8] & _HIGH_MASKS.take(lengths, mode="clip")


def _slots(low: Array, high: Array) -> Array:
    first, second = _MIXERS
    slots: Array = ((low ^ high * first) * second >> np.uint64(64 - _SLOT_BITS)).astype(np.int64)
    return slots
