"""Several segments become one: their arrays are joined, no text is read again.

    documents ──by date──▶ new numbers ─┐
    terms ──────union────▶ new numbers ─┴─▶ one 64-bit key a token ──sort──▶ postings (`invert.py`)

Deleted documents stay behind, and with them the words that only they had.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from carinews.index.builder import compressor, sorted_edges, sorted_keys
from carinews.index.invert import families, grouped, keys_of, per_term, shares, sorted_by_text
from carinews.index.positions import positions_of
from carinews.index.segment import CATEGORIES, Segment
from carinews.index.segment_file import write_segment
from carinews.index.strings import pack

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from carinews.index.manifest import SegmentRecord
    from carinews.index.storage import Folder

    Array = NDArray[Any]

    Part = tuple[SegmentRecord, NDArray[np.bool_] | None]
    """A segment that is to be merged, and which of its documents live; None for all."""

_GONE = np.int64(-1)


def merge(folder: Folder, name: str, parts: Sequence[Part]) -> SegmentRecord:
    """Write the live documents of some segments as one. Raises OSError, IndexCorrupt.

    It opens the segments itself: what it reads of them leaves memory when it ends.
    """
    segments = [Segment(folder.path / record.file.name, record, live) for record, live in parts]
    return write_segment(folder, name, *merged(segments))


def merged(segments: Sequence[Segment]) -> tuple[int, dict[str, Array]]:
    """How many documents live in some segments, and the arrays of the one segment that holds them all."""
    numbers = _new_numbers(segments)
    count = sum(int((number != _GONE).sum()) for number in numbers)
    arrays: dict[str, Array] = {
        name: _by_document([segment.array(name) for segment in segments], numbers, count)
        for name in ("dates", "derived", "lengths", "title_lengths", "sketch_weights")
    }
    sketches = _by_document([segment.sketches for segment in segments], numbers, count)
    return count, {
        **arrays,
        "sketches": sketches.ravel(),
        **_postings(segments, numbers, arrays["title_lengths"]),  # first: it needs most memory while it works
        **_stored(segments, numbers, count),
        **_keys("id", segments, numbers),
        **_keys("title", segments, numbers),
        **_keys("address", segments, numbers),
        **_edges(segments, numbers),
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
    found = np.empty((count, *columns[0].shape[1:]), np.result_type(*columns))
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
    stored, sizes = pack(packed)
    return {"stored": stored, "stored_sizes": sizes, "zstd_dictionary": np.frombuffer(shared, np.uint8)}


def _keys(name: str, segments: Sequence[Segment], numbers: Sequence[Array]) -> dict[str, Array]:
    every = [segment.keys(name) for segment in segments]
    keys = np.concatenate([keys for keys, _ in every])
    docs = np.concatenate([number[docs] for (_, docs), number in zip(every, numbers, strict=True)])
    return sorted_keys(name, keys, docs)


def _edges(segments: Sequence[Segment], numbers: Sequence[Array]) -> dict[str, Array]:
    every = [segment.keys("edge") for segment in segments]
    docs = np.concatenate([number[docs] for (_, docs), number in zip(every, numbers, strict=True)])
    addresses = np.concatenate([segment.array("edge_addresses") for segment in segments])
    return sorted_edges(np.concatenate([titles for titles, _ in every]), addresses, docs)


def _category(name: str, segments: Sequence[Segment], numbers: Sequence[Array], count: int) -> dict[str, Array]:
    columns = [segment.category(name) for segment in segments]
    code = {value: place for place, value in enumerate(sorted({value for _, values in columns for value in values}))}
    codes = [np.array([code[value] for value in values], np.uint32)[old] for old, values in columns]
    every = _by_document(codes, numbers, count)
    used = np.flatnonzero(np.bincount(every, minlength=len(code)))
    values, sizes = pack([list(code)[place].encode("utf-8", "surrogatepass") for place in used.tolist()])
    return {name: values, f"{name}_sizes": sizes, f"{name}_codes": np.searchsorted(used, every).astype(np.uint32)}


# -- per term ------------------------------------------------------------------------------------------


def _postings(segments: Sequence[Segment], numbers: Sequence[Array], titles: Array) -> dict[str, Array]:
    vocabularies = [_ordered(segment) for segment in segments]
    names = sorted(set().union(*vocabularies))
    place = {name: number for number, name in enumerate(names)}
    terms = [np.array([place[name] for name in vocabulary], np.int64) for vocabulary in vocabularies]
    del place, vocabularies
    counts = np.zeros(len(names), np.int64)
    for segment, term in zip(segments, terms, strict=True):
        counts[term] += segment.occurrences()
    found = grouped(_keys_by_share(segments, terms, numbers, shares(counts)), len(names), titles)
    used = np.flatnonzero(found["posting_sizes"])
    return {
        **per_term(found, used),
        **_terms([names[number] for number in used.tolist()]),
    }


def _ordered(segment: Segment) -> list[bytes]:
    """Stem and form of each term, with a zero between: their order is that of terms in any segment."""
    forms = _strings(segment, "terms")
    stems = forms.copy()
    starts, sizes = (segment.array(name).tolist() for name in ("family_starts", "family_sizes"))
    for stem, start, size in zip(_strings(segment, "stems"), starts, sizes, strict=True):
        stems[start : start + size] = [stem] * size
    return [b"%b\0%b" % pair for pair in zip(stems, forms, strict=True)]


def _terms(names: list[bytes]) -> dict[str, Array]:
    """The arrays of terms and families, from stems and forms in the order of terms."""
    texts: dict[str, int] = {}
    forms, stems = [], []
    for name in names:
        stem, _, form = name.decode().partition("\0")
        forms.append(texts.setdefault(form, len(texts)))
        stems.append(texts.setdefault(stem, len(texts)))
    known = list(texts)
    packed, sizes = pack([name.partition(b"\0")[2] for name in names])
    place = np.empty(len(known), np.int64)
    place[forms] = np.arange(len(forms))
    return {
        "terms": packed,
        "terms_sizes": sizes,
        "alphabet": place[sorted_by_text(np.array(forms, np.int64), known)].astype(np.uint32),
        **families(np.array(forms, np.int64), np.array(stems, np.int64), known),
    }


def _keys_by_share(
    segments: Sequence[Segment], terms: Sequence[Array], numbers: Sequence[Array], bounds: list[int]
) -> Iterator[Array]:
    """The keys of all tokens of live documents, a share of the terms at a time."""
    for share in pairwise(bounds):
        yield np.concatenate(
            [
                _tokens(segment, term, number, *np.searchsorted(term, share).tolist())
                for segment, term, number in zip(segments, terms, numbers, strict=True)
            ]
        )


def _tokens(segment: Segment, terms: Array, number: Array, first: int, last: int) -> Array:
    """The keys of the live documents' tokens, of the segment's terms from `first` to before `last`."""
    sizes = segment.array("posting_sizes")
    start, stop = int(sizes[:first].sum(dtype=np.int64)), int(sizes[:last].sum(dtype=np.int64))
    positions, counts = positions_of([(segment, np.arange(start, stop))])
    of_posting = np.repeat(terms[first:last], sizes[first:last])
    docs = number[segment.array("docs")[start:stop]]
    kept = docs != _GONE
    if not kept.all():
        positions, of_posting, docs, counts = (
            positions[np.repeat(kept, counts)],
            of_posting[kept],
            docs[kept],
            counts[kept],
        )
    return keys_of(np.repeat(of_posting, counts), np.repeat(docs, counts), positions)


def _strings(segment: Segment, name: str) -> list[bytes]:
    """All of some packed strings."""
    joined, ends = segment.array(name).tobytes(), segment.array(f"{name}_sizes").cumsum(dtype=np.int64).tolist()
    return [joined[start:end] for start, end in pairwise([0, *ends])]
