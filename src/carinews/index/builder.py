"""Articles become a segment.

    article ──tokenize──▶ word numbers ─┐                    (one number a token, as written)
    article ──JSON──────▶ record        ├──write──▶ sort ──▶ arrays ──▶ segment file
    titles, ids, links ──▶ keys         ┘

Adding an article costs a regular expression and a dictionary look-up a word. Folding and
stemming are paid once for each distinct written word, when a segment is written; so is the
sort of one 64-bit key a token: term, document, position.
"""

from __future__ import annotations

import json
from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from carinews.analysis.tokenize import WORD
from carinews.index.records import to_record
from carinews.index.segment import (
    CATEGORIES,
    MAX_DOCUMENTS,
    TITLE_GAP,
    TITLE_WEIGHT,
    UNDATED,
    key,
    pack,
    write_segment,
)
from carinews.index.stories import title_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from carinews.analysis.analyzer import Analyzer
    from carinews.index.manifest import SegmentRecord
    from carinews.index.storage import Folder
    from carinews.model import Article

    Array = NDArray[Any]

MAX_TOKENS = 8_000_000
"""A segment is written when it holds so many words: a build's memory is flat, whatever the corpus."""

_MAX_POSITION = (1 << 24) - 1
_DICTIONARY_SIZE = 64 << 10
_DICTIONARY_FROM = 5_000  # training costs half a second: not worth it for fewer documents
_SAMPLES = 3_000


class Vocabulary:
    """Numbers for written words, for their forms, and for the forms' stems; it lives as long as a build."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self.words: dict[str, int] = _Numbers()
        self._forms: dict[str, int] = _Numbers()
        self.form_texts: list[str] = []
        self.form_stems: list[str] = []
        self._piece_ends: list[int] = []
        self._piece_forms: list[int] = []

    def forms_of(self, words: Array) -> tuple[Array, Array]:
        """The forms of a run of words, and for each form the place in `words` that it comes from."""
        self._analyse_new_words()
        ends = np.array(self._piece_ends, np.int64)
        counts = np.diff(ends, prepend=0)
        forms = np.array(self._piece_forms, np.uint32)
        each = counts[words]
        origin = np.repeat(np.arange(len(words), dtype=np.int32), each)
        nth = np.arange(len(origin), dtype=np.int32)
        nth -= np.repeat((np.cumsum(each) - each).astype(np.int32), each)
        return forms[(ends - counts)[words[origin]] + nth], origin

    def _analyse_new_words(self) -> None:
        known = len(self._piece_ends)
        for word in list(self.words)[known:]:
            self._piece_forms += [self._form(piece.form) for piece in self._analyzer.pieces(word)]
            self._piece_ends.append(len(self._piece_forms))

    def _form(self, form: str) -> int:
        number = self._forms[form]
        if number == len(self.form_texts):
            self.form_texts.append(form)
            self.form_stems.append(self._analyzer.stem(form))
        return number


class _Numbers(dict[str, int]):
    """Gives each new string the next number."""

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self)
        return number


@dataclass(slots=True)
class _Buffer:
    """What has been added since the last segment; one entry a document in each list but the long ones."""

    words: array[int] = field(default_factory=lambda: array("I"))
    title_words: list[int] = field(default_factory=list)
    all_words: list[int] = field(default_factory=list)
    records: list[bytes] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    dates: list[int] = field(default_factory=list)
    derived: list[bool] = field(default_factory=list)
    titles: list[int] = field(default_factory=list)
    categories: list[tuple[str, ...]] = field(default_factory=list)
    edges: list[tuple[int, int]] = field(default_factory=list)  # (title key, document)


class SegmentBuilder:
    """Takes articles and writes them as one segment, oldest first. The last of two equal ids stays."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._vocabulary = Vocabulary(analyzer)
        self._dictionary: bytes | None = None
        self.clear()

    def clear(self) -> None:
        """Forget what was added since the last segment."""
        self._buffer = _Buffer()
        self._place: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._place)

    @property
    def is_full(self) -> bool:
        """Whether the segment should be written before more is added."""
        return len(self._buffer.ids) >= MAX_DOCUMENTS or len(self._buffer.words) >= MAX_TOKENS

    def add(self, article: Article, *, derived: bool = False) -> None:
        """Add one article, in place of an earlier one with its id."""
        buffer, number = self._buffer, self._vocabulary.words.__getitem__
        record = json.dumps(to_record(article), ensure_ascii=False, separators=(",", ":"))
        before = len(buffer.words)
        buffer.words.extend(map(number, WORD.findall(article.title)))
        buffer.title_words.append(len(buffer.words) - before)
        buffer.words.extend(map(number, WORD.findall(article.body)))
        buffer.all_words.append(len(buffer.words) - before)
        document = len(buffer.ids)
        buffer.edges += [(title_key(story.title), document) for story in article.related]
        self._place[article.id] = document
        buffer.ids.append(article.id)
        buffer.records.append(record.encode("utf-8", "surrogatepass"))
        buffer.dates.append(UNDATED if article.published is None else int(article.published.timestamp()))
        buffer.derived.append(derived)
        buffer.titles.append(title_key(article.title))
        buffer.categories.append(tuple(getattr(article, name) or "" for name in CATEGORIES))

    def discard(self, article_id: str) -> bool:
        """Take back an article that was added since the last segment; whether there was one."""
        return self._place.pop(article_id, None) is not None

    def ids(self) -> Iterable[str]:
        """The ids of the articles that the segment will hold."""
        return self._place.keys()

    def write(self, folder: Folder, name: str) -> SegmentRecord:
        """Write what was added as a segment, and begin an empty one. Raises OSError."""
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
        stored, stored_ends = pack(self._compressed(records))
        edges = [(edge, number[place]) for edge, place in buffer.edges if place in number]
        arrays: dict[str, Array] = {
            "dates": np.array(buffer.dates, np.int64)[order],
            "derived": np.array(buffer.derived, np.uint8)[order],
            "stored": stored,
            "stored_ends": stored_ends,
            "zstd_dictionary": np.frombuffer(self._dictionary or b"", np.uint8),
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

    def _compressed(self, records: list[bytes]) -> list[bytes]:
        import zstandard

        if self._dictionary is None and len(records) >= _DICTIONARY_FROM:
            step = len(records) // _SAMPLES or 1
            self._dictionary = zstandard.train_dictionary(_DICTIONARY_SIZE, [*records[::step]]).as_bytes()
        shared = zstandard.ZstdCompressionDict(self._dictionary) if self._dictionary else None
        if shared is not None:
            shared.precompute_compress(level=3)
        compress = zstandard.ZstdCompressor(level=3, dict_data=shared, write_checksum=False).compress
        return [compress(record) for record in records]

    # -- per term --------------------------------------------------------------------------------

    def _postings(self, order: Array) -> dict[str, Array]:
        forms, documents, positions, title_lengths, lengths = self._tokens(order)
        used = np.flatnonzero(np.bincount(forms, minlength=1))
        texts = self._vocabulary.form_texts
        used = np.array(sorted(used.tolist(), key=lambda form: texts[form].encode()), np.int64)
        term_of_form = np.zeros(len(texts), np.uint64)
        term_of_form[used] = np.arange(len(used), dtype=np.uint64)

        keys = term_of_form[forms] << np.uint64(40)
        keys |= documents.astype(np.uint64) << np.uint64(24)
        keys |= positions.astype(np.uint64)
        del forms, documents, positions
        keys.sort()
        position = (keys & np.uint64(_MAX_POSITION)).astype(np.uint32)
        posting = keys >> np.uint64(24)
        del keys
        first = np.ones(len(posting), bool)
        first[1:] = posting[1:] != posting[:-1]
        starts = np.flatnonzero(first)
        docs = (posting[starts] & np.uint64(0xFFFF)).astype(np.uint16)
        term = (posting[starts] >> np.uint64(16)).astype(np.int64)
        ends = np.append(starts[1:], len(posting))
        title_ends = np.repeat(title_lengths[docs], ends - starts)
        weights = np.where(position < title_ends, np.uint8(TITLE_WEIGHT), np.uint8(1))
        freqs = np.add.reduceat(weights, starts, dtype=np.uint32) if len(starts) else weights
        posting_ends = np.cumsum(np.bincount(term, minlength=len(used)))
        terms, terms_ends = pack([texts[form].encode() for form in used.tolist()])
        return {
            "lengths": lengths,
            "title_lengths": title_lengths,
            "terms": terms,
            "terms_ends": terms_ends,
            "posting_ends": posting_ends.astype(np.uint32),
            "position_ends": (ends[posting_ends - 1] if len(used) else posting_ends).astype(np.uint32),
            "docs": docs,
            "freqs": np.minimum(freqs, 255).astype(np.uint8),
            "positions": _marked(position, first),
            **self._families(used),
        }

    def _tokens(self, order: Array) -> tuple[Array, Array, Array, Array, Array]:
        """Form, document and position of every token; then the title length and the length of every document."""
        buffer = self._buffer
        all_words = np.array(buffer.all_words, np.int64)
        words = np.frombuffer(buffer.words, np.uint32) if buffer.words else np.empty(0, np.uint32)
        document_of_place = np.full(len(all_words), -1, np.int32)
        document_of_place[order] = np.arange(len(order), dtype=np.int32)
        forms, origin = self._vocabulary.forms_of(words)
        word_ends = np.cumsum(all_words)
        place = np.searchsorted(word_ends, origin, side="right").astype(np.int32)
        in_title = origin < (word_ends - all_words + np.array(buffer.title_words, np.int64))[place]
        document = document_of_place[place]

        tokens = np.bincount(place, minlength=len(all_words))
        title_tokens = np.bincount(place, in_title, len(all_words)).astype(np.int64)
        position = np.arange(len(forms), dtype=np.int32)
        position -= (np.cumsum(tokens) - tokens).astype(np.int32)[place]
        position[~in_title] += TITLE_GAP
        np.minimum(position, _MAX_POSITION, out=position)

        kept = document >= 0
        if not kept.all():
            forms, document, position = forms[kept], document[kept], position[kept]
        return (
            forms,
            document,
            position,
            title_tokens[order].astype(np.uint32),
            (tokens + (TITLE_WEIGHT - 1) * title_tokens)[order].astype(np.uint32),
        )

    def _families(self, used: Array) -> dict[str, Array]:
        texts, stems = self._vocabulary.form_texts, self._vocabulary.form_stems
        members: dict[str, list[int]] = {}
        for term, form in enumerate(used.tolist()):
            members.setdefault(stems[form], []).append(term)
        # A form that is its own stem and has no relatives needs no row. One that is the stem of
        # nobody, not even of itself, gets an empty row, or it would be taken for such a form.
        alone = {stem for stem, terms in members.items() if len(terms) == 1 and texts[used[terms[0]]] == stem}
        homeless = [texts[form] for form in used.tolist() if texts[form] not in members]
        rows = {stem: terms for stem, terms in members.items() if stem not in alone} | {form: [] for form in homeless}
        names = sorted(rows, key=str.encode)
        packed, packed_ends = pack([stem.encode() for stem in names])
        return {
            "stems": packed,
            "stems_ends": packed_ends,
            "members": np.array([term for stem in names for term in rows[stem]], np.uint32),
            "member_ends": np.cumsum([len(rows[stem]) for stem in names], dtype=np.uint32),
        }


def _marked(position: Array, first: Array) -> Array:
    """Positions as small as they fit, the top bit set where a new posting begins."""
    wide = len(position) > 0 and int(position.max()) >= 1 << 15
    dtype = np.dtype(np.uint32 if wide else np.uint16)
    marked: Array = position.astype(dtype)
    marked[first] |= dtype.type(1 << (8 * dtype.itemsize - 1))
    return marked


def _sorted_keys(name: str, pairs: Iterable[tuple[int, int]]) -> dict[str, Array]:
    pairs = sorted(pairs)
    return {
        f"{name}_keys": np.array([found for found, _ in pairs], np.uint64),
        f"{name}_docs": np.array([doc for _, doc in pairs], np.uint16),
    }
