"""Tokens turned around: from the words of each document to the documents of each word.

    tokens ──shares of the terms──▶ one 64-bit key a token, sorted ──▶ postings, positions
    terms and their stems ──▶ families

A key holds term, document and position. Terms are taken some at a time, as many as have half a million
tokens, so that memory is that of the result and a little more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from carinews.index.segment import BLOCK, FAR, POSTING, TITLE_WEIGHT
from carinews.index.strings import pack

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Array = NDArray[Any]

DOCUMENT_BITS, POSITION_BITS = 16, 24
MAX_POSITION = (1 << POSITION_BITS) - 1

_TOKENS_AT_ONCE = 500_000
"""What sorts these at a time takes 40 MB; with four times as many, 150 MB and no less time."""


def keys_of(terms: Array, docs: Array, positions: Array) -> Array:
    """One key for each token: term, document, position."""
    keys = terms.astype(np.uint64) << np.uint64(DOCUMENT_BITS + POSITION_BITS)
    keys |= docs.astype(np.uint64) << np.uint64(POSITION_BITS)
    keys |= np.minimum(positions.astype(np.uint64), np.uint64(MAX_POSITION))
    return keys


def counted(numbers: Array, size: int) -> Array:
    """How often each number below `size` is there; some at a time, because NumPy counts 64-bit numbers only."""
    found = np.zeros(size, np.int64)
    for at in range(0, len(numbers), _TOKENS_AT_ONCE):
        found += np.bincount(numbers[at : at + _TOKENS_AT_ONCE], minlength=size)
    return found


def shares(tokens: Array) -> list[int]:
    """Where the terms, of so many tokens each, are parted: one term at least a share, or some with not too many."""
    ends, bounds = np.cumsum(tokens), [0]
    while bounds[-1] < len(tokens):
        limit = _TOKENS_AT_ONCE + (int(ends[bounds[-1] - 1]) if bounds[-1] else 0)
        bounds.append(max(bounds[-1] + 1, int(np.searchsorted(ends, limit, "right"))))
    return bounds if len(tokens) else [0, 0]


def grouped(shares_of_keys: Iterable[Array], terms: int, titles: Array) -> dict[str, Array]:
    """The arrays of postings and positions, from keys that rise from share to share; `titles` has their lengths.

    `titled_sizes` says how many occurrences of each term are in titles.
    """
    titles = titles.astype(np.uint32)
    postings, tokens, titled = np.zeros((3, terms), np.int64)
    names = ("docs", "freqs", "positions", "block_starts", "far", "far_positions", "titled_docs")
    columns: dict[str, list[Array]] = {name: [] for name in names}
    for keys in shares_of_keys:
        keys.sort()
        done, first_posting = int(tokens.sum()), int(postings.sum())
        position = keys.astype(np.uint32) & np.uint32(MAX_POSITION)
        keys >>= np.uint64(POSITION_BITS)
        first = np.ones(len(keys), bool)
        first[1:] = keys[1:] != keys[:-1]
        starts = np.flatnonzero(first)
        counts = np.diff(starts, append=len(keys))
        docs = keys[starts].astype(np.uint16)
        term = (keys[starts] >> np.uint64(DOCUMENT_BITS)).view(np.int64)
        postings += np.bincount(term, minlength=terms)
        tokens += np.bincount(term, counts, terms).astype(np.int64)
        in_title = position < np.repeat(titles[docs], counts)
        titled += np.bincount(np.repeat(term, counts)[in_title], minlength=terms)
        weights = np.where(in_title, np.uint8(TITLE_WEIGHT), np.uint8(1))
        freqs = np.add.reduceat(weights, starts, dtype=np.uint32) if len(starts) else weights
        far = np.flatnonzero(position >= FAR)
        marked = np.minimum(position, FAR).astype(np.uint16)
        marked[first] |= POSTING
        columns["docs"].append(docs)
        columns["freqs"].append(np.minimum(freqs, 255).astype(np.uint8))
        columns["positions"].append(marked)
        columns["block_starts"].append((starts[-first_posting % BLOCK :: BLOCK] + done).astype(np.uint32))
        columns["far"].append((far + done).astype(np.uint32))
        columns["far_positions"].append(position[far])
        columns["titled_docs"].append(np.repeat(docs, counts)[in_title])
    columns["block_starts"].append(np.array([tokens.sum()], np.uint32))
    return {
        "posting_sizes": postings.astype(np.uint32),
        "titled_sizes": titled.astype(np.uint32),
        **{name: np.concatenate(columns.pop(name)) for name in list(columns)},
    }


def per_term(found: dict[str, Array], used: Array) -> dict[str, Array]:
    """What `grouped` gave, for those terms alone that are used: all that have a token are."""
    sizes = found.pop("titled_sizes")[used]
    titled = np.flatnonzero(sizes)
    return {
        **found,
        "posting_sizes": found["posting_sizes"][used],
        "titled": titled.astype(np.uint32),
        "titled_sizes": sizes[titled],
    }


def sorted_by_text(numbers: Array, texts: list[str]) -> Array:
    """Some numbers in the order of their texts' letters; code points and UTF-8 bytes have the same order."""
    return np.array(sorted(numbers.tolist(), key=texts.__getitem__), np.int64)


def families(used: Array, stems: Array, texts: list[str]) -> dict[str, Array]:
    """The arrays of families, from the forms that occur and the stem of each, in the order of terms.

    Both are numbers of `texts`.
    """
    first = np.ones(len(used), bool)
    first[1:] = stems[1:] != stems[:-1]
    starts = np.flatnonzero(first)
    sizes = np.diff(starts, append=len(used))
    # A form that is its own stem and has no relatives needs no row. One that is the stem of
    # nobody, not even of itself, gets an empty row, or it would be taken for such a form.
    related = (stems[starts] != used[starts]) | (sizes > 1)
    homeless = np.setdiff1d(used, stems)
    rows = sorted_by_text(np.concatenate([stems[starts[related]], homeless]), texts)
    start_of, size_of = np.full(len(texts), len(used)), np.zeros(len(texts), np.int64)
    start_of[stems[starts[related]]], size_of[stems[starts[related]]] = starts[related], sizes[related]
    packed, lengths = pack([texts[stem].encode() for stem in rows.tolist()])
    return {
        "stems": packed,
        "stems_sizes": lengths,
        # an empty row begins where the next begins, so that starts rise
        "family_starts": np.minimum.accumulate(start_of[rows][::-1])[::-1].astype(np.uint32),
        "family_sizes": size_of[rows].astype(np.uint32),
    }
