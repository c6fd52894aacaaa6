"""The forms of a segment that a pattern, a misspelt word or a range stands for, as term numbers.

All look only at the terms that share the first letters: terms are sorted, so these stand side by
side. What would still be too many words is refused, so that a query has a bounded cost.
"""

from __future__ import annotations

import fnmatch
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from carinews.errors import QueryTooComplex
from carinews.query.tree import MAX_DISTANCE, Between, Fuzzy, Pattern
from carinews.wording import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from carinews.index.strings import Strings

    Array = NDArray[Any]

MAX_EXPANSIONS = 1_024
"""The most forms that a leaf may stand for, but for a bare `kata*` where places do not count."""

MIN_PREFIX = 2
"""So many letters must stand before a `*`; before a `?`, one."""

_FAR = 1_000  # edits: more than any word has letters
_WILD = re.compile(r"[*?]")


def expand(leaf: Pattern | Fuzzy | Between, terms: Strings) -> Array:
    """The numbers of the terms that a leaf stands for, rising. Raises QueryTooComplex past the bounds above."""
    match leaf:
        case Pattern():
            return _matching(leaf, terms)
        case Fuzzy():
            return _close(leaf, terms)
        case Between():
            return bounded(_between(leaf, terms), leaf)


def accepted(leaf: Pattern | Fuzzy | Between, forms: Iterable[str]) -> list[str]:
    """Which of some forms a leaf stands for, whatever a segment holds."""
    match leaf:
        case Pattern(_, pattern):
            literal, regex = _literal(leaf), _regex(pattern)
            return [form for form in forms if form.startswith(literal) and regex.match(form)]
        case Fuzzy(_, word, distance, prefix):
            return [
                form
                for form in forms
                if form.startswith(word[:prefix])
                and abs(len(form) - len(word)) <= distance
                and len({*form} ^ {*word}) <= 2 * distance  # an edit changes two letters at most
                and edit_distance(word, form) <= distance
            ]
        case Between():
            return [form for form in forms if _is_between(leaf, form)]


def _is_between(leaf: Between, form: str) -> bool:
    key = form.encode("utf-8", "surrogatepass")
    behind = leaf.first is None or key > leaf.first.encode() or (leaf.with_first and form == leaf.first)
    return behind and (leaf.last is None or key < leaf.last.encode() or (leaf.with_last and form == leaf.last))


def _literal(leaf: Pattern) -> str:
    """The letters before the first sign that stands for others."""
    return _WILD.split(leaf.pattern, maxsplit=1)[0]


def _matching(leaf: Pattern, terms: Strings) -> Array:
    literal = _literal(leaf)
    enough = MIN_PREFIX if leaf.pattern[len(literal) :].startswith("*") else 1
    if len(literal) < enough and literal != leaf.pattern:
        raise QueryTooComplex(
            Message(
                "{pattern!r} may be any word: write {least} letters at least before a *, one before a ?",
                pattern=leaf.pattern,
                least=MIN_PREFIX,
            ),
            leaf.pattern,
        )
    start, stop = prefix_range(terms, literal)
    numbers = np.sort(terms.order[start:stop])
    if leaf.pattern == f"{literal}*":
        return numbers
    matches = _regex(leaf.pattern).match
    found = [number for number in numbers.tolist() if matches(terms[number].decode())]
    return bounded(np.array(found, np.int64), leaf)


@lru_cache(maxsize=256)
def _regex(pattern: str) -> re.Pattern[str]:
    """What a pattern matches, as a regular expression that never goes back over what it matched."""
    return re.compile(fnmatch.translate(pattern.replace("[", "[[]")))


def prefix_range(terms: Strings, prefix: str) -> tuple[int, int]:
    """The places, in the order of the bytes, of the first term that begins with `prefix` and the first behind those."""
    first = prefix.encode("utf-8", "surrogatepass")
    start = terms.place(first)
    return start, terms.place(first + b"\xff", start)  # no UTF-8 holds this byte


def _between(leaf: Between, terms: Strings) -> Array:
    start, stop = 0, len(terms)
    if leaf.first is not None:
        first = leaf.first.encode("utf-8", "surrogatepass")
        start = terms.place(first if leaf.with_first else first + b"\0")
    if leaf.last is not None:
        last = leaf.last.encode("utf-8", "surrogatepass")
        stop = terms.place(last + b"\0" if leaf.with_last else last)
    return np.sort(terms.order[start : max(start, stop)])


def _close(leaf: Fuzzy, terms: Strings) -> Array:
    if leaf.distance > MAX_DISTANCE:
        message = Message(
            "{distance} edits from {form!r}: {most} is the most",
            distance=leaf.distance,
            form=leaf.form,
            most=MAX_DISTANCE,
        )
        raise QueryTooComplex(message, leaf.form)
    return bounded(close_terms(leaf.form, terms, leaf.distance, leaf.prefix), leaf)


def close_terms(word: str, terms: Strings, distance: int, prefix: int) -> Array:
    """The numbers of the terms at most `distance` edits from a word that share its first `prefix` letters, rising."""
    lengths, letters = terms.letters
    start, stop = prefix_range(terms, word[:prefix])
    if prefix:
        near = np.sort(terms.order[start:stop])
        near = near[np.abs(lengths[near] - len(word)) <= distance]
    else:
        near = np.flatnonzero(np.abs(lengths - len(word)) <= distance)
    near = near[_bits(letters[near] ^ _letters(word)) <= 2 * distance]  # an edit changes two letters at most
    if not len(near):
        return near
    distances = _distances(word, terms.spelled(near), lengths[near], distance)
    return near[distances <= distance]


def _letters(word: str) -> np.uint32:
    """Which of the letters a to z a word has, as bits."""
    return np.uint32(sum({1 << (ord(sign) - 97) for sign in word if "a" <= sign <= "z"}))


def _bits(numbers: Array) -> Array:
    """How many bits of each number are set."""
    of_half = _bits_of_halves()
    counts: Array = of_half[numbers & 0xFFFF] + of_half[numbers >> 16]
    return counts


@cache
def _bits_of_halves() -> Array:
    """How many bits of every 16-bit number are set."""
    halves = np.arange(1 << 16, dtype=np.uint16).view(np.uint8).reshape(-1, 2)
    counts: Array = np.unpackbits(halves, axis=1).sum(axis=1, dtype=np.uint8)
    return counts


def edit_distance(word: str, other: str) -> int:
    """The Levenshtein distance of two words."""
    row = list(range(len(other) + 1))
    for number, letter in enumerate(word, 1):
        before, row = row, [number]
        for place, sign in enumerate(other):
            row.append(min(before[place] + (sign != letter), before[place + 1] + 1, row[place] + 1))
    return row[-1]


def _distances(word: str, others: Array, lengths: Array, most: int) -> Array:
    """The Levenshtein distance of a word from each of many others, all at once; exact where it is `most` or less.

    `others` has a column of code points for each, so many of which count as `lengths` says; none is longer or shorter
    than `word` by more than `most`. Of the usual table only the cells near its diagonal are needed, `most` to either
    side: row by row, for all of the words side by side, in a third of the time that whole rows take.
    """
    shift = np.arange(2 * most + 1, dtype=np.int16)[:, None]
    near = np.where(shift < most, np.int16(_FAR), shift - most) + np.zeros(others.shape[1], np.int16)
    room = max(0, len(word) + most - len(others))
    signs = np.pad(others, ((most, room), (0, 0)))  # so that row r + k of it stands beside cell k of row r
    for number, letter in enumerate(word):
        replaced = near + (signs[number : number + len(shift)] != ord(letter))
        np.minimum(replaced[:-1], near[1:] + 1, out=replaced[:-1])
        near = np.minimum.accumulate(replaced - shift, axis=0) + shift  # a letter more: depends on the row itself
    distances: Array = near[lengths - len(word) + most, np.arange(others.shape[1])]
    return distances


def bounded(terms: Array, leaf: Pattern | Fuzzy | Between) -> Array:
    """Some terms, which a leaf stands for. Raises QueryTooComplex where they are too many."""
    if len(terms) > MAX_EXPANSIONS:
        wanted = leaf.pattern if isinstance(leaf, Pattern) else leaf.form if isinstance(leaf, Fuzzy) else leaf
        raise QueryTooComplex(
            Message(
                "{pattern!r} stands for {number:,} words, and {most:,} is the most; write more letters",
                pattern=wanted,
                number=len(terms),
                most=MAX_EXPANSIONS,
            )
        )
    return terms
