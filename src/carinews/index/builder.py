"""Articles become a segment.

    article ──stretches──▶ numbers (one a word, as written) ─┐
    article ──JSON───────▶ record                            ├──write──▶ sort ──▶ arrays ──▶ segment file
    titles, ids, links ──▶ keys                              ┘

The words of some hundred texts are numbered at a time (`words.py`). Cutting, folding and stemming are
paid once for each distinct stretch of text; the sort of one 64-bit key a token (term, document,
position) when the segment is written.
"""

from __future__ import annotations

import json
from array import array
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from carinews.index.records import to_record
from carinews.index.segment import (
    CATEGORIES,
    FAR,
    POSTING,
    TITLE_GAP,
    TITLE_WEIGHT,
    UNDATED,
    key,
    pack,
    write_segment,
)
from carinews.index.stories import title_key
from carinews.index.words import Numbers, Stretches, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from carinews.analysis.analyzer import Analyzer
    from carinews.index.manifest import SegmentRecord
    from carinews.index.storage import Folder
    from carinews.model import Article

    Array = NDArray[Any]

_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
_categories = attrgetter(*CATEGORIES)

_BATCH = 1 << 18
"""Bytes of text that are numbered at once. Sixteen times as many leave the processor's cache: a quarter slower."""

_GROUP = np.uint32(1 << 31)

_MAX_POSITION = (1 << 24) - 1
_DICTIONARY_SIZE = 64 << 10
_DICTIONARY_FROM = 5_000  # training costs 0.2 s: not worth it for fewer documents
_SAMPLES = 3_000
_TOKENS_AT_ONCE = 2_000_000
_WITHIN_TERM = np.uint64((1 << 40) - 1)  # document and position in a key


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


@dataclass(slots=True)
class _Buffer:
    """What has been added since the last segment; one entry a document in each list but the long ones."""

    texts: list[bytes] = field(default_factory=list)  # not yet numbered; titles and bodies in turn
    texts_size: int = 0
    forms: array[int] = field(default_factory=lambda: array("I"))  # of every word
    counts: array[int] = field(default_factory=lambda: array("q"))  # words of each text
    records: list[bytes] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    dates: list[int] = field(default_factory=list)
    derived: list[bool] = field(default_factory=list)
    titles: list[int] = field(default_factory=list)
    categories: list[tuple[str, ...]] = field(default_factory=list)
    edges: list[tuple[int, int]] = field(default_factory=list)  # (title key, document)


class SegmentBuilder:
    """Takes articles and writes them as one segment, oldest first. The last of two equal ids stays.

    Stored articles are compressed with `dictionary`, or where it is empty with one of their own.
    """

    def __init__(self, analyzer: Analyzer, dictionary: bytes = b"") -> None:
        self._vocabulary = Vocabulary(analyzer)
        self.dictionary = dictionary
        self.clear()

    def clear(self) -> None:
        """Forget what was added since the last segment."""
        self._buffer = _Buffer()
        self._place: dict[str, int] = {}

    def add(self, article: Article, *, derived: bool = False) -> None:
        """Add one article, in place of an earlier one with its id."""
        buffer = self._buffer
        for text in (article.title, article.body):
            buffer.texts.append(text.encode("utf-8", "surrogatepass"))
            buffer.texts_size += len(buffer.texts[-1])
        if buffer.texts_size >= _BATCH:
            self._number_texts()
        document = len(buffer.ids)
        buffer.edges += [(title_key(story.title), document) for story in article.related]
        self._place[article.id] = document
        buffer.ids.append(article.id)
        buffer.records.append(record_of(article))
        buffer.dates.append(UNDATED if article.published is None else int(article.published.timestamp()))
        buffer.derived.append(derived)
        buffer.titles.append(title_key(article.title))
        buffer.categories.append(tuple(value or "" for value in _categories(article)))

    def _number_texts(self) -> None:
        buffer = self._buffer
        forms, counts = self._vocabulary.forms_of(buffer.texts)
        buffer.forms.frombytes(forms.tobytes())
        buffer.counts.frombytes(counts.tobytes())
        buffer.texts, buffer.texts_size = [], 0

    def write(self, folder: Folder, name: str) -> SegmentRecord:
        """Write what was added as a segment, and begin an empty one. Raises OSError."""
        self._number_texts()
        order = self._date_order()
        arrays = {**self._documents(order), **self._postings(order)}
        record = write_segment(folder, name, len(order), arrays)
        self.clear()
        return record

    def _date_order(self) -> Array:
        """The buffered documents that are kept, oldest first; ties by id, so that input order leaves no trace."""
        kept = np.fromiter(self._place.values(), np.int64, len(self._place))
        dates = np.array(self._buffer.dates, np.int64)[kept]
        ids = np.array([key(self._buffer.ids[place]) for place in kept.tolist()], np.uint64)
        return kept[np.lexsort((ids, dates))]

    # -- per document ----------------------------------------------------------------------------

    def _documents(self, order: Array) -> dict[str, Array]:
        buffer, places = self._buffer, order.tolist()
        number = {place: doc for doc, place in enumerate(places)}
        records = [buffer.records[place] for place in places]
        edges = [(edge, number[place]) for edge, place in buffer.edges if place in number]
        arrays: dict[str, Array] = {
            "dates": np.array(buffer.dates, np.int64)[order],
            "derived": np.array(buffer.derived, np.uint8)[order],
            **self._stored(records),
            **_sorted_keys("id", [(key(buffer.ids[place]), doc) for doc, place in enumerate(places)]),
            **_sorted_keys("title", [(buffer.titles[place], doc) for doc, place in enumerate(places)]),
            **_sorted_keys("edge", edges),
        }
        for place, name in enumerate(CATEGORIES):
            values = [buffer.categories[doc][place] for doc in places]
            code = {value: number for number, value in enumerate(sorted(set(values)))}
            arrays[name], arrays[f"{name}_ends"] = pack([value.encode("utf-8", "surrogatepass") for value in code])
            arrays[f"{name}_codes"] = np.array([code[value] for value in values], np.uint32)
        return arrays

    def _stored(self, records: list[bytes]) -> dict[str, Array]:
        dictionary = self.dictionary or trained(records)
        stored, stored_ends = pack([*map(compressor(dictionary), records)])
        return {"stored": stored, "stored_ends": stored_ends, "zstd_dictionary": np.frombuffer(dictionary, np.uint8)}

    # -- per term --------------------------------------------------------------------------------

    def _postings(self, order: Array) -> dict[str, Array]:
        forms, keys, titles, bodies = self._tokens(order)
        texts = self._vocabulary.texts()
        used, term_of_form = _terms(forms, texts)
        keys |= (term_of_form << np.uint64(40))[forms]
        del forms
        keys.sort()
        terms, terms_ends = pack([texts[form].encode() for form in used.tolist()])
        return {
            "lengths": (TITLE_WEIGHT * titles + bodies).astype(np.uint32),
            "title_lengths": titles.astype(np.uint32),
            "terms": terms,
            "terms_ends": terms_ends,
            **grouped(keys, len(used), titles),
            **families(used, self._vocabulary.stems_of(used), texts),
        }

    def _tokens(self, order: Array) -> tuple[Array, Array, Array, Array]:
        """Form and place (document, position) of every token; then the tokens of each title and of each body."""
        buffer = self._buffer
        forms, tokens = np.frombuffer(buffer.forms, np.uint32), np.frombuffer(buffer.counts, np.int64)
        titles, bodies = tokens[::2], tokens[1::2]
        first = np.zeros_like(tokens)
        first[1::2] = titles + TITLE_GAP
        positions = np.repeat((first + tokens - np.cumsum(tokens)).astype(np.int32), tokens)
        positions += np.arange(len(forms), dtype=np.int32)
        np.minimum(positions, _MAX_POSITION, out=positions)

        document = np.full(len(titles), -1, np.int64)
        document[order] = np.arange(len(order))
        places = np.repeat(document.astype(np.uint64) << np.uint64(24), titles + bodies)
        places |= positions.astype(np.uint64)
        if len(order) < len(titles):
            kept = np.repeat(document >= 0, titles + bodies)
            forms, places = forms[kept], places[kept]
        return forms, places, titles[order], bodies[order]


def record_of(article: Article) -> bytes:
    """An article as it is stored, before it is compressed."""
    return _as_json(to_record(article)).encode("utf-8", "surrogatepass")


def trained(records: list[bytes]) -> bytes:
    """A compression dictionary of some records; none where they are too few to be worth it."""
    if len(records) < _DICTIONARY_FROM:
        return b""
    import zstandard

    samples: list[Any] = records[:: len(records) // _SAMPLES or 1]
    # Left to look for k and d it finds (537, 8), after 1.0 s instead of 0.2; the sizes are within 0.2 %.
    content: bytes = zstandard.train_dictionary(_DICTIONARY_SIZE, samples, k=512, d=8).as_bytes()
    return content


def compressor(dictionary: bytes) -> Callable[[bytes], bytes]:
    """What compresses a record, with a dictionary where there is one."""
    import zstandard

    shared = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
    if shared is not None:
        shared.precompute_compress(level=3)
    compress: Callable[[bytes], bytes] = zstandard.ZstdCompressor(
        level=3, dict_data=shared, write_checksum=False
    ).compress
    return compress


def _terms(forms: Array, texts: list[str]) -> tuple[Array, Array]:
    """The forms that occur, in the order of their letters, and the place of each form in that order."""
    occurs = np.zeros(len(texts), bool)
    occurs[forms] = True
    used = _sorted_by_text(np.flatnonzero(occurs), texts)
    term_of_form = np.zeros(len(texts), np.uint64)
    term_of_form[used] = np.arange(len(used), dtype=np.uint64)
    return used, term_of_form


def _sorted_by_text(numbers: Array, texts: list[str]) -> Array:
    """Code points and UTF-8 bytes have the same order."""
    return np.array(sorted(numbers.tolist(), key=texts.__getitem__), np.int64)


def families(used: Array, stems: Array, texts: list[str]) -> dict[str, Array]:
    """The arrays of families, from the forms that occur, in order, and the stem of each."""
    sizes = np.bincount(stems, minlength=len(texts))
    # A form that is its own stem and has no relatives needs no row. One that is the stem of
    # nobody, not even of itself, gets an empty row, or it would be taken for such a form.
    related = (stems != used) | (sizes[stems] > 1)
    homeless = used[sizes[used] == 0]
    rows = _sorted_by_text(np.union1d(stems[related], homeless), texts)
    row_of_stem = np.zeros(len(texts), np.int64)
    row_of_stem[rows] = np.arange(len(rows))
    row = row_of_stem[stems[related]]
    packed, packed_ends = pack([texts[stem].encode() for stem in rows.tolist()])
    return {
        "stems": packed,
        "stems_ends": packed_ends,
        "members": np.flatnonzero(related)[np.argsort(row, kind="stable")].astype(np.uint32),
        "member_ends": np.cumsum(np.bincount(row, minlength=len(rows)), dtype=np.uint32),
    }


def grouped(keys: Array, terms: int, titles: Array) -> dict[str, Array]:
    """The arrays of postings and positions, from sorted keys: term, document, position.

    Some terms at a time: for all at once the temporaries take 25 bytes a token.
    """
    title_ends = titles.astype(np.uint32)
    parts = [_part(keys[start:stop], terms, title_ends) for start, stop in _stretches(keys)]
    postings, tokens, docs, freqs, positions = zip(*parts, strict=True)
    every = np.concatenate([position for position, _ in positions])
    first = np.concatenate([begins for _, begins in positions])
    far = np.flatnonzero(every >= FAR)
    marked = np.minimum(every, FAR).astype(np.uint16)
    marked[first] |= POSTING
    return {
        "posting_ends": np.cumsum(sum(postings)).astype(np.uint32),
        "position_ends": np.cumsum(sum(tokens)).astype(np.uint32),
        "docs": np.concatenate(docs),
        "freqs": np.concatenate(freqs),
        "positions": marked,
        "far": far.astype(np.uint32),
        "far_positions": every[far],
    }


def _stretches(keys: Array) -> list[tuple[int, int]]:
    """Stretches of sorted keys, none of which parts the keys of a term; an empty one where there are none."""
    bounds = [0]
    while bounds[-1] < len(keys):
        last = keys[min(bounds[-1] + _TOKENS_AT_ONCE, len(keys)) - 1]
        bounds.append(int(np.searchsorted(keys, last | _WITHIN_TERM, "right")))
    return list(pairwise(bounds)) or [(0, 0)]


def _part(keys: Array, terms: int, titles: Array) -> tuple[Array, Array, Array, Array, tuple[Array, Array]]:
    """Of some keys: postings and tokens by term; document and frequency by posting; positions, and which begin one."""
    position = keys.astype(np.uint32) & np.uint32(_MAX_POSITION)
    keys = keys >> np.uint64(24)
    first = np.ones(len(keys), bool)
    first[1:] = keys[1:] != keys[:-1]
    starts = np.flatnonzero(first)
    counts = np.diff(starts, append=len(keys))
    docs = keys[starts].astype(np.uint16)
    term = (keys[starts] >> np.uint64(16)).view(np.int64)
    weights = np.where(position < np.repeat(titles[docs], counts), np.uint8(TITLE_WEIGHT), np.uint8(1))
    freqs = np.add.reduceat(weights, starts, dtype=np.uint32) if len(starts) else weights
    return (
        np.bincount(term, minlength=terms),
        np.bincount(term, counts, terms).astype(np.int64),
        docs,
        np.minimum(freqs, 255).astype(np.uint8),
        (position, first),
    )


def _sorted_keys(name: str, pairs: Iterable[tuple[int, int]]) -> dict[str, Array]:
    pairs = sorted(pairs)
    return {
        f"{name}_keys": np.array([found for found, _ in pairs], np.uint64),
        f"{name}_docs": np.array([doc for _, doc in pairs], np.uint16),
    }
