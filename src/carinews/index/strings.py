"""Packed strings of a segment: its terms, its stems, the values of its categories."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from carinews.index.segment_file import SegmentFile

    Array = NDArray[Any]

_REMEMBERED = 10_000
_SIGNPOST = 64
_OFTEN = 500  # searches: a process that asks one question does without signposts


def pack(strings: list[bytes]) -> tuple[Array, Array]:
    """Strings as one array of bytes, and how long each of them is (uint32)."""
    sizes = np.fromiter(map(len, strings), np.uint32, len(strings))
    return np.frombuffer(b"".join(strings), np.uint8), sizes


class Ends:
    """Where each of many stretches ends; the first begins at 0. The file has their sizes, in half the bytes."""

    def __init__(self, file: SegmentFile, name: str) -> None:
        self.ends: memoryview[int] = np.cumsum(file.whole(f"{name}_sizes"), dtype=np.uint32).data

    def __len__(self) -> int:
        return len(self.ends)

    def bounds(self, number: int) -> tuple[int, int]:
        """Where stretch `number` begins and ends."""
        return (self.ends[number - 1] if number else 0), self.ends[number]


class Strings:
    """Strings by number, read from a packed pair of arrays, and found by their letters.

    Numbers follow the order of the bytes, or else `order` names an array with the numbers in that order.
    """

    def __init__(self, file: SegmentFile, name: str, order: str = "") -> None:
        self._file, self._name = file, name
        self._bytes = file.whole(name).tobytes()
        self._ends = Ends(file, name)
        self.order: Array = file.whole(order) if order else np.arange(len(self._ends), dtype=np.uint32)
        self._order: memoryview[int] = self.order.data
        self._found: dict[bytes, int | None] = {}
        self._asked = 0

    def __len__(self) -> int:
        return len(self._ends)

    def __iter__(self) -> Iterator[bytes]:
        return (self[number] for number in range(len(self)))

    def __getitem__(self, number: int) -> bytes:
        return self._bytes[slice(*self._ends.bounds(number))]

    def find(self, string: bytes) -> int | None:
        """The number of a string, or None. Remembered, for words come again."""
        try:
            return self._found[string]
        except KeyError:
            place = self.place(string)
            found = self._order[place] if place < len(self) and self[self._order[place]] == string else None
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            self._found[string] = found
            return found

    @cached_property
    def _signposts(self) -> list[bytes]:
        """Every so many-th string: looking there first makes a search twice as quick, 3 µs, but takes 4 ms to make."""
        return [self[number] for number in self._order[::_SIGNPOST]]

    def place(self, string: bytes, low: int = 0) -> int:
        """The first place from `low` on, in the order of the bytes, whose string is not smaller than this."""
        high = len(self._order)
        self._asked += 1
        if self._asked > _OFTEN:
            after = bisect_left(self._signposts, string) * _SIGNPOST
            low, high = max(low, after - _SIGNPOST), min(after, high)
        order, signs, ends = self._order, self._bytes, self._ends.ends
        while low < high:  # `bisect_left` with a key takes twice as long
            middle = (low + high) // 2
            number = order[middle]
            if signs[ends[number - 1] if number else 0 : ends[number]] < string:
                low = middle + 1
            else:
                high = middle
        return low

    @cached_property
    def _bounds(self) -> tuple[Array, Array]:
        """Where each string begins and ends in the packed bytes (int64)."""
        ends = np.asarray(self._ends.ends).astype(np.int64)
        return np.append(0, ends[:-1]), ends

    @cached_property
    def letters(self) -> tuple[Array, Array]:
        """How many code points each string has, and which of the letters a to z, as bits (int32, uint32)."""
        signs = self._file.whole(self._name)
        starts, ends = self._bounds
        before = np.append(0, np.cumsum((signs & 0xC0) != 0x80))  # a byte that does not go on begins a code point
        bit = np.where((signs >= 97) & (signs <= 122), np.uint32(1) << (signs.astype(np.uint32) - 97 & 31), 0)
        held = np.bitwise_or.reduceat(np.append(bit, 0).astype(np.uint32), starts) if len(ends) else bit
        lengths = (before[ends] - before[starts]).astype(np.int32)
        return lengths, np.where(ends > starts, held, 0).astype(np.uint32)

    def spelled(self, numbers: Array) -> Array:
        """The code points of some strings, one string a column, zeros behind the end of a shorter one (uint32)."""
        starts, ends = (bounds[numbers] for bounds in self._bounds)
        lengths, of_bytes = self.letters[0][numbers], ends - starts
        rows = np.arange(int(lengths.max(initial=0)))[:, None]
        signs = self._file.whole(self._name)
        found = np.where(rows < of_bytes, signs[np.minimum(starts + rows, len(signs) - 1)], 0).astype(np.uint32)
        for column in (lengths != of_bytes).nonzero()[0].tolist():  # beyond ASCII a letter has several bytes
            text = self[int(numbers[column])].decode("utf-8", "surrogatepass")
            found[:, column] = 0
            found[: len(text), column] = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        return found
