"""Several segments become one: their arrays are joined, no text is read again.

    documents ──by date──▶ new numbers ─┐
    terms ──────union────▶ new numbers ─┴─▶ one 64-bit key a token ──sort──▶ postings, as in `builder.py`

Deleted documents stay behind, and with them the words that only they had.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from carinews.index.builder import compressor, families, grouped
from carinews.index.segment import CATEGORIES, pack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from carinews.index.segment import Segment

    Array = NDArray[Any]

_GONE = np.int64(-1)


def merged(segments: Sequence[Segment]) -> tuple[int, dict[str, Array]]:
    """How many documents live in some segments, and the arrays of the one segment that holds them all."""
    numbers = _new_numbers(segments)
    count = sum(int((number != _GONE).sum()) for number in numbers)
    arrays: dict[str, Array] = {
        name: _by_document([segment.array(name) for segment in segments], numbers, count)
        for name in ("dates", "derived", "lengths", "title_lengths")
    }
    return count, {
        **arrays,
        **_postings(segments, numbers, arrays["title_lengths"]),  # first: it needs most memory while it works
        **_stored(segments, numbers, count),
        **{label: array for name in ("id", "title", "edge") for label, array in _keys(name, segments, numbers).items()},
        **{label: array for name in CATEGORIES for label, array in _category(name, segments, numbers, count).items()},
    }


def _new_numbers(segments: Sequence[Segment]) -> list[Array]:
    """For every segment the new number of each document: by date and then by id, as a builder orders them."""
    live = [np.fromiter(segment.live_docs(), np.int64) for segment in segments]
    dates = np.concatenate([segment.dates[docs] for segment, docs in zip(segments, live, strict=True)])
    ids = np.concatenate([segment.id_keys[docs] for segment, docs in zip(segments, live, strict=True)])
    place = np.empty(len(dates), np.int64)
    place[np.lexsort((ids, dates))] = np.arange(len(dates))
    numbers = []
    for segment, docs in zip(segments, live, strict=True):
        number = np.full(segment.documents, _GONE)
        number[docs], place = place[: len(docs)], place[len(docs) :]
        numbers.append(number)
    return numbers


def _by_document(columns: Sequence[Array], numbers: Sequence[Array], count: int) -> Array:
    found = np.empty(count, columns[0].dtype)
    for column, number in zip(columns, numbers, strict=True):
        kept = number != _GONE
        found[number[kept]] = column[kept]
    return found


def _stored(segments: Sequence[Segment], numbers: Sequence[Array], count: int) -> dict[str, Array]:
    """The stored articles; compressed anew only where the segments have different dictionaries."""
    dictionaries = [segment.dictionary for segment in segments]
    shared = max(dictionaries, key=len)
    compress = compressor(shared)
    packed = [b""] * count
    for segment, number, dictionary in zip(segments, numbers, dictionaries, strict=True):
        for doc in np.flatnonzero(number != _GONE).tolist():
            same = dictionary == shared
            packed[number[doc]] = segment.packed(doc).tobytes() if same else compress(segment.unpacked(doc))
    stored, stored_ends = pack(packed)
    return {"stored": stored, "stored_ends": stored_ends, "zstd_dictionary": np.frombuffer(shared, np.uint8)}


def _keys(name: str, segments: Sequence[Segment], numbers: Sequence[Array]) -> dict[str, Array]:
    every = [segment.keys(name) for segment in segments]
    keys = np.concatenate([keys for keys, _ in every])
    docs = np.concatenate([number[docs] for (_, docs), number in zip(every, numbers, strict=True)])
    keys, docs = keys[docs != _GONE], docs[docs != _GONE]
    order = np.lexsort((docs, keys))
    return {f"{name}_keys": keys[order], f"{name}_docs": docs[order].astype(np.uint16)}


def _category(name: str, segments: Sequence[Segment], numbers: Sequence[Array], count: int) -> dict[str, Array]:
    columns = [segment.category(name) for segment in segments]
    code = {value: place for place, value in enumerate(sorted({value for _, values in columns for value in values}))}
    codes = [np.array([code[value] for value in values], np.uint32)[old] for old, values in columns]
    every = _by_document(codes, numbers, count)
    used = np.flatnonzero(np.bincount(every, minlength=len(code)))
    values, ends = pack([list(code)[place].encode("utf-8", "surrogatepass") for place in used.tolist()])
    return {name: values, f"{name}_ends": ends, f"{name}_codes": np.searchsorted(used, every).astype(np.uint32)}


# -- per term ------------------------------------------------------------------------------------------


def _postings(segments: Sequence[Segment], numbers: Sequence[Array], titles: Array) -> dict[str, Array]:
    names = sorted(set().union(*(segment.terms for segment in segments)))
    place = {name: number for number, name in enumerate(names)}
    terms = [np.array([place[name] for name in segment.terms], np.uint64) for segment in segments]
    keys = np.empty(sum(len(segment.array("positions")) for segment in segments), np.uint64)
    filled = 0
    for found in zip(segments, terms, numbers, strict=True):
        tokens = _tokens(*found)
        keys[filled : filled + len(tokens)] = tokens
        filled += len(tokens)
        del tokens
    keys = keys[:filled]
    keys.sort()
    used = np.flatnonzero(np.bincount((keys >> np.uint64(40)).view(np.int64), minlength=len(names)))
    if len(used) < len(names):
        dense = np.zeros(len(names), np.uint64)
        dense[used] = np.arange(len(used), dtype=np.uint64)
        keys = (dense[keys >> np.uint64(40)] << np.uint64(40)) | (keys & np.uint64((1 << 40) - 1))
    packed, ends = pack([names[number] for number in used.tolist()])
    return {
        "terms": packed,
        "terms_ends": ends,
        **grouped(keys, len(used), titles),
        **_families(segments, terms, names, used),
    }


def _tokens(segment: Segment, terms: Array, number: Array) -> Array:
    """One key for every token of the live documents: term, document, position."""
    begins, positions = segment.all_positions()
    counts = np.diff(np.flatnonzero(begins), append=len(positions))
    of_posting = np.repeat(terms, np.diff(segment.array("posting_ends"), prepend=np.uint32(0))) << np.uint64(40)
    docs = number[segment.array("docs")]
    kept = docs != _GONE
    of_posting |= np.where(kept, docs, 0).astype(np.uint64) << np.uint64(24)
    keys = np.repeat(of_posting, counts) | positions
    found: Array = keys if kept.all() else keys[np.repeat(kept, counts)]
    return found


def _families(segments: Sequence[Segment], terms: Sequence[Array], names: list[bytes], used: Array) -> dict[str, Array]:
    """The families of the terms that are left: a term's stem is the same in every segment that has it."""
    texts = [name.decode("utf-8", "surrogatepass") for name in names]
    place = {text: number for number, text in enumerate(texts)}
    stems = np.arange(len(names))
    for segment, new in zip(segments, terms, strict=True):
        rows = np.repeat(
            np.arange(len(segment.array("member_ends"))), np.diff(segment.array("member_ends"), prepend=np.uint32(0))
        )
        labels = []
        for stem in segment.stems:
            text = stem.decode("utf-8", "surrogatepass")
            if text not in place:
                place[text] = len(texts)
                texts.append(text)
            labels.append(place[text])
        stems[new[segment.array("members")].astype(np.int64)] = np.array(labels, np.int64)[rows] if labels else 0
    return families(used, stems[used], texts)
