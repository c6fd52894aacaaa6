"""Articles become a segment.

    article ──stretches──▶ numbers (one a word, as written) ─┐
    article ──JSON───────▶ record                            ├──write──▶ sort ──▶ arrays ──▶ segment file
    titles, ids, links ──▶ keys                              ┘

The words of some hundred texts are numbered at a time (`words.py`). Cutting, folding and stemming are
paid once for each distinct stretch of text; the sort by terms (`invert.py`) when the segment is written.
"""

from __future__ import annotations

import gc
from array import array
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from carinews.index.invert import counted, families, grouped, keys_of, per_term, shares, sorted_by_text
from carinews.index.records import packed
from carinews.index.segment import CATEGORIES, TITLE_GAP, TITLE_WEIGHT, UNDATED, key
from carinews.index.segment_file import write_segment
from carinews.index.sketches import hashes_of, sketches
from carinews.index.stories import NO_ADDRESS, address_key, title_key
from carinews.index.strings import pack
from carinews.index.words import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from carinews.analysis.analyzer import Analyzer
    from carinews.index.manifest import SegmentRecord
    from carinews.index.storage import Folder
    from carinews.model import Article

    Array = NDArray[Any]

_categories = attrgetter(*CATEGORIES)

_BATCH = 1 << 18
"""Bytes of text that are numbered at once. Sixteen times as many leave the processor's cache: a quarter slower."""

_DICTIONARY_SIZE = 112 << 10  # the default of zstd; 64 KiB take 2 % more room
_DICTIONARY_FROM = 5_000  # training costs 0.2 s: not worth it for fewer documents
_SAMPLES = 3_000
_MOST_STRETCHES = 400_000  # some 120 MB; then a build begins to learn them anew; the news (50,721 articles) has 325,000


@dataclass(slots=True)
class _Buffer:
    """What has been added since the last segment; one entry a document in each list but the long ones."""

    texts: list[bytes] = field(default_factory=list)  # not yet numbered; titles and bodies in turn
    texts_size: int = 0
    forms: array[int] = field(default_factory=lambda: array("I"))  # of every word
    counts: array[int] = field(default_factory=lambda: array("q"))  # words of each text
    records: bytearray = field(default_factory=bytearray)  # one block: the system gets it back as a whole
    record_ends: array[int] = field(default_factory=lambda: array("q"))
    ids: array[int] = field(default_factory=lambda: array("Q"))  # keys, as those of titles and edges
    dates: array[int] = field(default_factory=lambda: array("q"))
    derived: list[bool] = field(default_factory=list)
    titles: array[int] = field(default_factory=lambda: array("Q"))
    categories: list[tuple[str, ...]] = field(default_factory=list)
    addresses: array[int] = field(default_factory=lambda: array("Q"))
    edges: array[int] = field(default_factory=lambda: array("Q"))
    edge_addresses: array[int] = field(default_factory=lambda: array("Q"))
    edge_places: array[int] = field(default_factory=lambda: array("q"))


class SegmentBuilder:
    """Takes articles and writes them as one segment, oldest first. The last of two equal ids stays."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._vocabulary = Vocabulary(analyzer)
        self.clear()

    def clear(self) -> None:
        """Forget what was added since the last segment."""
        self._buffer = _Buffer()
        self._place: dict[str, int] = {}
        if len(self._vocabulary) > _MOST_STRETCHES:
            self._vocabulary = Vocabulary(self._analyzer)
            gc.collect()  # the old one is a circle: its dictionaries ask it

    def add(self, article: Article, *, derived: bool = False) -> None:
        """Add one article, in place of an earlier one with its id."""
        buffer = self._buffer
        for text in (article.title, article.body):
            buffer.texts.append(text.encode("utf-8", "surrogatepass"))
            buffer.texts_size += len(buffer.texts[-1])
        if buffer.texts_size >= _BATCH:
            self._number_texts()
        place = self._place[article.id] = len(buffer.ids)
        for story in article.related:
            buffer.edges.append(title_key(story.title))
            buffer.edge_addresses.append(address_key(story.url))
            buffer.edge_places.append(place)
        buffer.ids.append(key(article.id))
        buffer.records += packed(article)
        buffer.record_ends.append(len(buffer.records))
        buffer.dates.append(UNDATED if article.published is None else int(article.published.timestamp()))
        buffer.derived.append(derived)
        buffer.titles.append(title_key(article.title))
        buffer.addresses.append(address_key(article.url))
        buffer.categories.append(tuple(value or "" for value in _categories(article)))

    def discard(self, article_id: str) -> None:
        """Take back an article that was added since the last segment."""
        self._place.pop(article_id, None)

    def _number_texts(self) -> None:
        buffer = self._buffer
        forms, counts = self._vocabulary.forms_of(buffer.texts)
        buffer.forms.frombytes(forms.tobytes())
        buffer.counts.frombytes(counts.tobytes())
        buffer.texts, buffer.texts_size = [], 0

    def write(self, folder: Folder, name: str, dictionary: bytes = b"") -> SegmentRecord:
        """Write what was added as a segment, its articles compressed with `dictionary`, and begin an empty one.

        Raises OSError; then what was added is lost here, for it was taken apart.
        """
        self._number_texts()
        order = self._date_order()
        arrays = {**self._documents(order, dictionary), **self._postings(order)}
        record = write_segment(folder, name, len(order), arrays)
        self.clear()
        return record

    def _date_order(self) -> Array:
        """The buffered documents that are kept, oldest first; ties by id, so that input order leaves no trace."""
        kept = np.fromiter(self._place.values(), np.int64, len(self._place))
        return kept[np.lexsort((np.asarray(self._buffer.ids)[kept], np.asarray(self._buffer.dates)[kept]))]

    # -- per document ----------------------------------------------------------------------------

    def _documents(self, order: Array, dictionary: bytes) -> dict[str, Array]:
        buffer, places = self._buffer, order.tolist()
        number = np.full(len(buffer.ids), -1)
        number[order] = np.arange(len(order))
        edge_docs, addresses = number[np.asarray(buffer.edge_places)], np.asarray(buffer.addresses)
        arrays: dict[str, Array] = {
            "dates": np.asarray(buffer.dates)[order],
            "derived": np.array(buffer.derived, np.uint8)[order],
            **self._stored(places, dictionary),
            **sorted_keys("id", np.asarray(buffer.ids), number),
            **sorted_keys("title", np.asarray(buffer.titles), number),
            **sorted_keys("address", addresses, np.where(addresses == NO_ADDRESS, -1, number)),
            **sorted_edges(np.asarray(buffer.edges), np.asarray(buffer.edge_addresses), edge_docs),
        }
        for place, name in enumerate(CATEGORIES):
            values = [buffer.categories[doc][place] for doc in places]
            code = {value: number for number, value in enumerate(sorted(set(values)))}
            arrays[name], arrays[f"{name}_sizes"] = pack([value.encode("utf-8", "surrogatepass") for value in code])
            arrays[f"{name}_codes"] = np.array([code[value] for value in values], np.uint32)
        return arrays

    def _stored(self, places: list[int], dictionary: bytes) -> dict[str, Array]:
        compress, records, ends = compressor(dictionary), memoryview(self._buffer.records), self._buffer.record_ends
        stored, sizes = pack([compress(records[ends[place - 1] if place else 0 : ends[place]]) for place in places])
        self._buffer.records = bytearray()  # 60 MB less while the postings are made
        return {"stored": stored, "stored_sizes": sizes, "zstd_dictionary": np.frombuffer(dictionary, np.uint8)}

    # -- per term --------------------------------------------------------------------------------

    def _postings(self, order: Array) -> dict[str, Array]:
        texts = self._vocabulary.texts()
        forms, tokens = self._kept_words(order)
        counts = counted(forms, len(texts))
        used, stems, alphabet = self._in_order(np.flatnonzero(counts), texts)
        titles, bodies = tokens[::2][order], tokens[1::2][order]
        terms, sizes = pack([texts[form].encode() for form in used.tolist()])
        return {
            "lengths": (TITLE_WEIGHT * titles + bodies).astype(np.uint32),
            "title_lengths": titles.astype(np.uint32),
            **self._sketches(order, forms, tokens, used),
            "terms": terms,
            "terms_sizes": sizes,
            "alphabet": alphabet,
            **per_term(
                grouped(self._keys(order, forms, tokens, used, shares(counts[used])), len(used), titles),
                np.arange(len(used)),
            ),
            **families(used, stems, texts),
        }

    def _sketches(self, order: Array, forms: Array, tokens: Array, used: Array) -> dict[str, Array]:
        texts = self._vocabulary.texts()
        hashes, numeric = np.zeros(len(texts), np.uint64), np.zeros(len(texts), bool)
        hashes[used], numeric[used] = hashes_of([texts[form] for form in used.tolist()])
        found, weights = sketches(forms, tokens, hashes, numeric)
        return {"sketches": found[order].ravel(), "sketch_weights": weights[order]}

    def _in_order(self, used: Array, texts: list[str]) -> tuple[Array, Array, Array]:
        """Some forms in the order of their stems and then of their bytes; their stems; the bytes' order alone."""
        stems = self._vocabulary.stems_of(used)
        rank = np.empty(len(texts), np.uint32)
        every = sorted_by_text(np.union1d(used, stems), texts)
        rank[every] = np.arange(len(every))
        order = np.lexsort((rank[used], rank[stems]))
        return used[order], stems[order], np.argsort(rank[used[order]]).astype(np.uint32)

    def _kept_words(self, order: Array) -> tuple[Array, Array]:
        """The forms of all words, and how many each text has; those of replaced articles are left out."""
        forms, tokens = np.asarray(self._buffer.forms), np.asarray(self._buffer.counts)
        if len(order) < len(tokens) // 2:
            kept = np.zeros(len(tokens) // 2, bool)
            kept[order] = True
            kept = np.repeat(kept, 2)
            forms, tokens = forms[np.repeat(kept, tokens)], np.where(kept, tokens, 0)
        return forms, tokens

    def _keys(self, order: Array, forms: Array, tokens: Array, used: Array, bounds: list[int]) -> Iterator[Array]:
        """The keys of all words, a share of the terms at a time."""
        size = int(used.max(initial=-1)) + 1
        term_of_form, share_of_form = np.zeros(size, np.uint32), np.zeros(size, np.uint16)
        term_of_form[used] = np.arange(len(used))
        share_of_form[used] = np.searchsorted(bounds, np.arange(len(used)), "right")
        share_of_word = share_of_form[forms]
        text_of_word = np.repeat(np.arange(len(tokens), dtype=np.uint32), tokens)
        document = np.zeros(len(tokens) // 2, np.int64)
        document[order] = np.arange(len(order))
        first = np.zeros_like(tokens)  # the position of each text's first word
        first[1::2] = tokens[::2] + TITLE_GAP
        start = np.cumsum(tokens) - tokens - first
        for share in range(1, len(bounds)):
            words = np.flatnonzero(share_of_word == share)
            texts = text_of_word[words]
            yield keys_of(term_of_form[forms[words]], document[texts >> 1], words - start[texts])


def trained(articles: Sequence[Article]) -> bytes:
    """A compression dictionary for articles like these; none where they are too few to be worth it."""
    if len(articles) < _DICTIONARY_FROM:
        return b""
    import zstandard

    samples: list[Any] = [packed(article) for article in articles[:: len(articles) // _SAMPLES or 1]]
    # Left to look for k and d it finds (537, 8), after 1.0 s instead of 0.2; the sizes are within 0.2 %.
    content: bytes = zstandard.train_dictionary(_DICTIONARY_SIZE, samples, k=512, d=8).as_bytes()
    return content


def compressor(dictionary: bytes) -> Callable[[bytes | memoryview], bytes]:
    """What compresses a record, with a dictionary where there is one."""
    import zstandard

    shared = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
    if shared is not None:
        shared.precompute_compress(level=3)
    compress: Callable[[bytes | memoryview], bytes] = zstandard.ZstdCompressor(
        level=3, dict_data=shared, write_checksum=False
    ).compress
    return compress


def sorted_keys(name: str, keys: Array, docs: Array) -> dict[str, Array]:
    """The arrays of some keys and the document of each; those of no document, which is -1, are left out."""
    keys, docs = keys[docs >= 0], docs[docs >= 0]
    order = np.lexsort((docs, keys))
    return {f"{name}_keys": keys[order], f"{name}_docs": docs[order].astype(np.uint16)}


def sorted_edges(titles: Array, addresses: Array, docs: Array) -> dict[str, Array]:
    """The same of edges, by their titles, with the key of the address that each points at."""
    titles, addresses, docs = titles[docs >= 0], addresses[docs >= 0], docs[docs >= 0]
    order = np.lexsort((addresses, docs, titles))
    return {
        "edge_keys": titles[order],
        "edge_docs": docs[order].astype(np.uint16),
        "edge_addresses": addresses[order],
    }
