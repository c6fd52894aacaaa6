"""Adding, replacing and deleting articles, in batches that happen whole or not at all.

Added articles gather in a batch and become a segment when it is full or on `commit`. The batches of a
large corpus are built while they gather, several at a time, in processes of their own (`workers.py`),
and small segments are merged there. A document is never
changed: its deletion is a bit beside its segment. Only `commit` switches the index to what was
written; until then, and after `cancel`, readers see the old generation.
"""

from __future__ import annotations

import json
import math
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from carinews.analysis.analyzer import Analyzer
from carinews.analysis.lexicon import default_lexicon
from carinews.errors import CarinewsError, IndexCorrupt, IndexMissing, IndexVersionError
from carinews.index import copies, manifest, stories
from carinews.index.builder import SegmentBuilder, trained
from carinews.index.lock import WriterLock
from carinews.index.manifest import SWEPT, Manifest
from carinews.index.merge import merge
from carinews.index.reader import open_segment, read_lexicon, read_sources
from carinews.index.records import to_article
from carinews.index.segment import MAX_DOCUMENTS, Segment, key
from carinews.index.storage import Folder
from carinews.index.workers import Workers, available, build
from carinews.wording import Message

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Collection, Iterable, Iterator
    from types import TracebackType

    from numpy.typing import NDArray

    from carinews.analysis.lexicon import Lexicon
    from carinews.index.storage import FileRecord
    from carinews.index.workers import Entry
    from carinews.model import Article

BATCH_SIZE = 60_000_000
"""A batch is full when its texts have so many characters: some nine million words, 27,000 articles, 400 MB to build."""

_BATCH_DOCUMENTS = MAX_DOCUMENTS // 2  # two of them make a full segment
_LARGEST_MERGE = 160_000_000  # bytes of segments: what merging takes of memory grows with them

_FOLD_AT = 4
"""So many segments of one size class are folded into one: a document is rewritten at most eight times."""

_PROCESS_FROM = 2_000
"""A batch that has so many articles goes to a process as it grows; to start one takes as long as to build 1,000."""

_ARTICLES_AT_ONCE = 200


class _Batch:
    """Articles that will be one segment, by id, each with whether it was made from links alone.

    A process may build it while it grows. The articles are kept all the same until the segment is there:
    a process may fail.
    """

    def __init__(self) -> None:
        self.entries: dict[str, tuple[Article, bool]] = {}
        self.replacing: list[str] = []
        """The ids that were added of which a segment may still have an older document."""
        self.segment: Future[manifest.SegmentRecord] | None = None
        self._size = 0
        self._fresh: list[Entry] = []
        self._sent: SimpleQueue[list[Entry] | bytes] | None = None

    @property
    def is_full(self) -> bool:
        return self._size >= BATCH_SIZE or len(self.entries) >= _BATCH_DOCUMENTS

    def add(self, article: Article, *, derived: bool) -> None:
        entry = self.entries[article.id] = article, derived
        self.replacing.append(article.id)
        self._size += len(article.title) + len(article.body)
        self._send(entry)

    def discard(self, article_id: str) -> bool:
        if self.entries.pop(article_id, None) is None:
            return False
        self._send(article_id)
        return True

    def of_path(self, path: str) -> list[str]:
        return [name for name, (article, derived) in self.entries.items() if article.path == path and not derived]

    def _send(self, entry: Entry) -> None:
        if self._sent:
            self._fresh.append(entry)
            if len(self._fresh) >= _ARTICLES_AT_ONCE:
                self._sent.put(self._fresh)
                self._fresh = []

    def messages(self) -> Iterator[list[Entry] | bytes]:
        """What is in the batch and what will come, some articles at a time; at last the dictionary (`end`)."""
        self._sent = SimpleQueue()
        self._sent.put(list(self.entries.values()))
        return _until_bytes(self._sent)

    def end(self, dictionary: bytes) -> None:
        """No more articles come."""
        if self._sent:
            self._sent.put(self._fresh)
            self._sent.put(dictionary)


def _until_bytes(queue: SimpleQueue[list[Entry] | bytes]) -> Iterator[list[Entry] | bytes]:
    message: list[Entry] | bytes = []
    while not isinstance(message, bytes):
        yield (message := queue.get())


class IndexWriter:
    """The one writer of an index. As a context manager it commits on success and cancels on an exception.

    With `rebuild`, the first commit replaces all that was there. The index keeps the `lexicon` it is
    made with, and goes on with it where none is given. Raises IndexLocked where another process writes,
    IndexCorrupt or IndexVersionError where the index is not to be built upon, which is so, too, where
    the lexicon makes other terms than those that are there.

    `workers` processes build segments at a time, as many as there are processors where it is None;
    they are started for a second batch only, and change nothing in what is written.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        rebuild: bool = False,
        lexicon: Lexicon | None = None,
        workers: int | None = None,
    ) -> None:
        self.watch: Callable[[str, int, int], None] | None = None
        """Told of the segments that were waited for, "building" and then "merging": how many are there, of how many."""
        self._count = available() if workers is None else workers
        if self._count < 1:
            raise ValueError("workers counts processes: 1 is the least")
        self._workers: Workers | None = None
        self._folder = Folder(path)
        self._folder.create()
        self._lock = WriterLock(self._folder.path)
        self._lock.acquire()
        try:
            self._open(rebuild, lexicon)
        except BaseException:
            self._lock.release()
            raise

    def _open(self, rebuild: bool, lexicon: Lexicon | None) -> None:
        current, former = Manifest(), default_lexicon()
        with suppress(IndexMissing):
            if rebuild:
                former = self._lexicon_to_keep()
            else:
                current = manifest.read(self._folder)
                former = read_lexicon(self._folder.path, current)
        self._lexicon = lexicon or former
        if current.segments and not self._lexicon.decides_as(former):
            raise IndexVersionError(
                Message(
                    "{folder}: made with other word lists than those given now; "
                    "make it again with 'carinews rebuild', or leave the lexicon as it was",
                    folder=self._folder.path,
                )
            )
        self._generation = max([current.generation, *self._numbers_in_use()]) + 1
        self._files = 0
        self._sweep()
        self._builder = SegmentBuilder(Analyzer(self._lexicon))  # of what is too little for a process
        self._batch = _Batch()
        self._under_way: list[_Batch] = []
        self._segments = [open_segment(self._folder.path, record) for record in current.segments]
        self._dictionary = max((segment.dictionary for segment in self._segments), key=len, default=b"")
        self._sources = read_sources(self._folder.path, current)
        self._touched: list[NDArray[np.uint64]] = []  # keys of titles that came or went, or that came to be pointed at
        self._moved: list[NDArray[np.uint64]] = []  # keys of addresses that came or went
        self._closed = False

    def _lexicon_to_keep(self) -> Lexicon:
        """The lexicon of the index that is to be replaced, whatever made it; what ships where it cannot be read."""
        try:
            return read_lexicon(self._folder.path, manifest.read(self._folder, of_any_analysis=True))
        except IndexCorrupt:
            return default_lexicon()

    def _numbers_in_use(self) -> list[int]:
        found = map(SWEPT.fullmatch, self._folder.names())
        return [int(match[1]) for match in found if match and match[1]]

    # -- what is written -------------------------------------------------------------------------

    def add(self, article: Article) -> None:
        """Add an article, in place of the one with its id if there is one."""
        self._add(article, derived=False)

    update = add

    def delete(self, article_id: str) -> bool:
        """Delete the article with this id; whether there was one."""
        self._check_open()
        self._collect()
        buffered = self._batch.discard(article_id)
        return self._delete_keys(np.array([key(article_id)], np.uint64)) > 0 or buffered

    def delete_path(self, path: str, *, but: Collection[str] = ()) -> int:
        """Delete all articles that came from a file, but those of some ids; how many they were."""
        self._check_open()
        self._collect()
        self._delete_keys(np.array([*map(key, self._batch.replacing)], np.uint64))  # what was replaced is gone already
        self._batch.replacing.clear()
        gathered = [name for name in self._batch.of_path(path) if name not in but]
        deleted = sum(map(self._batch.discard, gathered))
        kept = np.array([*map(key, but)], np.uint64)
        for segment in self._segments:
            codes, values = segment.category("path")
            if path in values:
                doomed = (codes == values.index(path)) & ~segment.derived & ~np.isin(segment.id_keys, kept)
                deleted += self._kill(segment, doomed)
        return deleted

    def get(self, article_id: str) -> Article | None:
        """The article with this id as the next commit will leave it; a story known from links only is none."""
        self._check_open()
        for batch in (self._batch, *reversed(self._under_way)):
            if found := batch.entries.get(article_id):
                article, derived = found
                return None if derived else article
        for segment in self._segments:
            for doc in segment.find("id", key(article_id)).tolist():
                if not segment.derived[doc]:
                    return to_article(segment.stored(doc))
        return None

    @property
    def document_count(self) -> int:
        """How many documents the segments hold; what was added since the last commit may not be among them."""
        return sum(segment.live_count for segment in self._segments)

    @property
    def sources(self) -> dict[str, Any]:
        """Notes on the files that the index was made from, kept with the next commit."""
        return self._sources

    def _add(self, article: Article, *, derived: bool) -> None:
        self._check_open()
        if self._batch.is_full:
            self._hand_over()
        self._batch.add(article, derived=derived)
        if self._count > 1 and not self._batch.segment and len(self._batch.entries) >= _PROCESS_FROM:
            self._begin_building()

    def _check_open(self) -> None:
        if self._closed:
            raise CarinewsError(
                Message("{folder}: this writer is closed; open another with Index.writer", folder=self._folder.path)
            )

    # -- deletions -------------------------------------------------------------------------------

    def _delete_keys(self, keys: NDArray[np.uint64]) -> int:
        return sum(self._kill(segment, np.isin(segment.id_keys, keys)) for segment in self._segments)

    def _kill(self, segment: Segment, doomed: NDArray[np.bool_]) -> int:
        """Mark documents of a segment deleted, and remember which titles they had and pointed at."""
        if segment.live is not None:
            doomed = doomed & segment.live
        count = int(doomed.sum())
        if count:
            for name, touched in (("title", self._touched), ("edge", self._touched), ("address", self._moved)):
                keys, docs = segment.keys(name)
                touched.append(keys[doomed[docs]])
            live = np.ones(segment.documents, bool) if segment.live is None else segment.live
            segment.live = live & ~doomed
        return count

    # -- segments --------------------------------------------------------------------------------

    def _begin_building(self) -> None:
        """Let a process build the batch; waits until one is free."""
        if self._workers is None:
            self._workers = Workers(self._folder.path, self._lexicon.own, self._count)
        self._batch.segment = self._workers.build(self._next_name("segment"), self._batch.messages())
        self._collect(only_ready=True)  # whose process became free: its articles need not be kept

    def _hand_over(self) -> None:
        """Let the batch become a segment, and begin another."""
        if self._count > 1 and not self._batch.segment:
            self._begin_building()
        self._end_batch()
        if self._count == 1:
            self._collect()

    def _end_batch(self) -> None:
        if not self._dictionary:  # one for all segments, so that a merge need not compress anew
            self._dictionary = trained([article for article, _ in self._batch.entries.values()])
        self._batch.end(self._dictionary)
        self._under_way.append(self._batch)
        self._batch = _Batch()

    def _flush(self) -> None:
        """Write what was added as segments."""
        if self._batch.entries or self._batch.segment:
            if self._under_way:
                self._hand_over()
            else:
                self._end_batch()
        self._collect()

    def _collect(self, *, only_ready: bool = False) -> None:
        """Take in the segments of all full batches, in their order; each replaces older documents with its ids.

        A batch whose segment fails stays, to be tried again. With `only_ready`, stop at one that is being built,
        unless so many wait behind it that memory would grow.
        """
        total = len(self._under_way)
        while self._under_way:
            batch = self._under_way[0]
            being_built = batch.segment and not batch.segment.done()
            if only_ready and being_built and len(self._under_way) <= self._count:
                return
            under_way, batch.segment = batch.segment, None
            record = under_way.result() if under_way else self._built(batch.entries.values())
            segment = open_segment(self._folder.path, record)
            self._delete_keys(segment.keys("id")[0])
            self._touched.append(segment.keys("edge")[0])
            self._moved.append(segment.keys("address")[0])
            self._segments.append(segment)
            del self._under_way[0]
            if not only_ready:
                self._tell("building", total - len(self._under_way), total)

    def _built(self, entries: Iterable[tuple[Article, bool]]) -> manifest.SegmentRecord:
        return build(self._builder, self._folder, self._next_name("segment"), entries, lambda: self._dictionary)

    def _tell(self, what: str, done: int, total: int) -> None:
        if self.watch:
            self.watch(what, done, total)

    def _next_name(self, role: str) -> str:
        self._files += 1
        return f"{role}-{self._generation:06d}-{self._files:03d}.bin"

    def _make_stand_ins(self) -> None:
        """Bring the documents made from links alone in line with the articles that are there now."""
        segments = self._segments
        known = stories.told(segments)
        wanted = stories.untold(segments, known)
        present = stories.live_keys(segments, "title", derived=True)
        moved = np.concatenate([*self._moved, present[:0]])
        touched = np.concatenate([*self._touched, stories.titles_at(segments if len(present) else (), moved)])
        stale = present[~np.isin(present, wanted) | np.isin(present, touched)]
        for segment in segments if len(stale) else ():
            keys, docs = segment.keys("title")
            doomed = np.zeros(segment.documents, bool)
            doomed[docs[np.isin(keys, stale)]] = True
            self._kill(segment, doomed & segment.derived)
        missing = np.setdiff1d(wanted, np.setdiff1d(present, stale))
        if len(missing):
            found = (mention for segment in segments for mention in stories.mentions(segment, missing, known))
            for article in stories.stand_ins(found):
                if not self._is_taken(article.id):
                    self._add(article, derived=True)
            self._flush()

    def _is_taken(self, article_id: str) -> bool:
        """Whether an article that is no stand-in has this id."""
        return any((~segment.derived[segment.find("id", key(article_id))]).any() for segment in self._segments)

    def _fold_small_segments(self) -> None:
        """Merge many segments of one size class into one, so that a search has few to visit."""
        groups = [[segment] for segment in self._segments if segment.live_count]
        while crowd := _crowd(groups):
            groups = [*(group for group in groups if group not in crowd), [*chain(*crowd)]]
        if self._workers:
            self._workers.rest()
        merges = {place: self._merge(group) for place, group in enumerate(groups) if len(group) > 1}
        merged = {}
        for place, under_way in merges.items():
            merged[place] = open_segment(self._folder.path, under_way.result())
            self._tell("merging", len(merged), len(merges))
        self._segments = [merged.get(place, group[0]) for place, group in enumerate(groups)]

    def _merge(self, segments: list[Segment]) -> Future[manifest.SegmentRecord]:
        name, parts = self._next_name("segment"), [(segment.record, segment.live) for segment in segments]
        if self._workers and self._count > 1:
            return self._workers.merge(name, parts)
        merged: Future[manifest.SegmentRecord] = Future()
        merged.set_result(merge(self._folder, name, parts))
        return merged

    # -- the end ---------------------------------------------------------------------------------

    def commit(self) -> None:
        """Make everything since the last commit durable and visible at once.

        Raises OSError where the disk fails. Then readers find the old state, or, where only the very last sync
        failed, the whole new one; nothing that was given to the writer is lost, and commit may be tried again.
        """
        self._check_open()
        self._flush()
        self._make_stand_ins()
        self._fold_small_segments()
        records = tuple(self._with_deletions(segment) for segment in self._segments)
        text = json.dumps(self._sources, sort_keys=True, separators=(",", ":"))
        sources = self._folder.write(self._next_name("sources"), [text.encode("utf-8", "surrogatepass")])
        manifest.write(
            self._folder, Manifest(self._generation, records, sources, self._write_lexicon(), self._write_copies())
        )
        self._sweep()
        self._generation += 1
        self._touched.clear()
        self._moved.clear()

    def _with_deletions(self, segment: Segment) -> manifest.SegmentRecord:
        if segment.live is None:
            return segment.record
        bits = np.packbits(~segment.live)
        return replace(segment.record, deleted=self._folder.write(self._next_name("deleted"), [bits.tobytes()]))

    def _write_lexicon(self) -> FileRecord | None:
        if not self._lexicon.own:
            return None
        text = json.dumps(self._lexicon.own, sort_keys=True, ensure_ascii=False)
        return self._folder.write(self._next_name("lexicon"), [text.encode("utf-8", "surrogatepass")])

    def _write_copies(self) -> FileRecord | None:
        found = self._copies()
        return self._folder.write(self._next_name("copies"), [found]) if found else None

    def _copies(self) -> bytes:
        """The copies among all segments; of a large corpus found by a process of its own, as merges are made."""
        if self._workers and self._count > 1:
            self._workers.rest()
            return self._workers.copies([(segment.record, segment.live) for segment in self._segments]).result()
        return copies.groups(self._segments).tobytes()

    def _sweep(self) -> None:
        """Remove the index's own files that the generation on disk does not name, such as a crash left."""
        try:
            named = {record.name for record in manifest.read(self._folder, of_any_analysis=True).files()}
        except IndexMissing:
            named = set()
        except (IndexCorrupt, OSError):
            return  # who knows what it names: `rebuild` will sweep
        for name in self._folder.names():
            if SWEPT.fullmatch(name) and name not in named:
                with suppress(OSError):  # what is switched is switched; the next sweep tries again
                    self._folder.remove(name)

    def cancel(self) -> None:
        """Give up what was not committed and close; the index is as the last commit left it."""
        if not self._closed:
            self._closed = True
            try:
                for batch in (*self._under_way, self._batch):
                    batch.end(b"")
                if self._workers:
                    self._workers.close()
                self._sweep()
            finally:
                self._lock.release()

    def close(self) -> None:
        """Give the index free for another writer. What was not committed is given up."""
        self.cancel()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None and not self._closed:
                self.commit()
        finally:
            self.cancel()


def _crowd(groups: list[list[Segment]]) -> list[list[Segment]]:
    """Of segments that will be merged, in groups: the smallest of a size class that has too many, as many as fit."""
    classes: dict[int, list[list[Segment]]] = {}
    for group in sorted(groups, key=_documents):
        classes.setdefault(int(math.log(_documents(group), _FOLD_AT)), []).append(group)
    for _, crowd in sorted(classes.items()):
        documents = np.cumsum([_documents(group) for group in crowd])
        sizes = np.cumsum([sum(segment.record.file.size for segment in group) for group in crowd])
        fitting = crowd[: int(((documents <= MAX_DOCUMENTS) & (sizes <= _LARGEST_MERGE)).sum())]
        if len(crowd) >= _FOLD_AT and len(fitting) > 1:
            return fitting
    return []


def _documents(group: list[Segment]) -> int:
    return sum(segment.live_count for segment in group)
