"""Promises 4 and 16: many threads ask one index, while another process writes it and while nobody does."""

from __future__ import annotations

import random
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from carinews import Article, CarinewsError, Index, RelatedStory
from carinews.index.writer import IndexWriter
from carinews.model import WIB, SearchResult
from reliability.worlds import WORDS, Child, body, scratch, seeds

THREADS = 8
_BATCH = 6


def never_torn(cases: int) -> Iterator[str]:
    """Each of 8 threads searches one shared index and moves it on; a process commits batch after batch."""
    with scratch() as folder:
        path = folder
        _write_batch(path, 0)
        child = Child(lambda tell: _write_batches(path))
        try:
            with Index.open(path) as index:
                newest = [0] * THREADS

                def ask(thread: int, chance: random.Random) -> str:
                    moved = index.refresh() if chance.random() < 0.3 else False
                    before = newest[thread]
                    found = index.search("semua", limit=50, facets=True)
                    batch, problem = _batch_of(found)
                    newest[thread] = batch
                    if batch < before or (moved and chance.random() < 0.01 and len(index) != 2 * _BATCH):
                        return f"batch {batch} after {before}"
                    return problem

                yield from _in_threads(cases, ask)
                index.refresh()
                seen = len(set(newest))
                yield "" if max(newest) > 2 or cases < 200 else f"the writer stood still: {seen}"
        finally:
            child.kill()
            if told := child.told():
                yield str(told)


def _write_batch(path: Path, batch: int) -> None:
    """Replace all articles by those of another batch; each points at a story that only its batch knows."""
    with IndexWriter(path, workers=1) as writer:
        for number in range(_BATCH):
            story = RelatedStory("baca_juga", f"Kisah {number}", summary=f"kisah angkatan{batch}")
            writer.add(Article(f"d{number}", f"Angkatan {batch}", f"semua angkatan{batch} gempa", related=(story,)))


def _write_batches(path: Path) -> None:
    batch = 0
    while True:
        batch += 1
        _write_batch(path, batch)


def _batch_of(found: SearchResult) -> tuple[int, str]:
    """The batch that a result is from, and what is wrong where it is not from one, whole."""
    batches = {int(hit.title.split()[1]) for hit in found}
    bodies = {hit.article.body for hit in found}
    if len(batches) != 1 or len(bodies) != 1:
        return max(batches, default=0), f"torn: {sorted(batches)}"
    (batch,) = batches
    whole = len(found) == found.total == _BATCH and bodies == {f"semua angkatan{batch} gempa"}
    linked = all(len(hit.related) == 1 for hit in found)
    return batch, "" if whole and linked else f"{found.total} of {_BATCH} documents of batch {batch}"


# -- sharing ---------------------------------------------------------------------------------------------


def shared_by_threads(cases: int) -> Iterator[str]:
    """8 threads, switched a hundred thousand times a second, ask one index; it is opened afresh now and then."""
    with scratch() as folder:
        path = folder
        Index.build(_articles(100), path, workers=1).close()
        questions = [_question(random.Random(seed)) for seed in seeds(40)]
        with Index.open(path) as index:
            right = [_answer(index, text) for text in questions]
        with _tiny_switches():
            for start in range(0, cases, 2_000):
                with Index.open(path) as index:

                    def ask(thread: int, chance: random.Random, index: Index = index) -> str:
                        number = chance.randrange(len(questions))
                        same = _answer(index, questions[number]) == right[number]
                        return "" if same else f"{questions[number]!r} was answered otherwise"

                    yield from _in_threads(min(2_000, cases - start), ask, start)


def _articles(count: int) -> Iterator[Article]:
    for seed in seeds(count):
        chance = random.Random(seed)
        date = datetime(2014, 1, 1, tzinfo=WIB) + timedelta(days=chance.randrange(3_000))
        story = RelatedStory("baca_juga", f"Berita {seed - 1}")
        yield Article(f"a{seed}", f"Berita {seed} {chance.choice(WORDS)}", body(chance), None, "warta.example",
                      published=date, related=(story,))  # fmt: skip


def _question(chance: random.Random) -> str:
    one, other = chance.sample(WORDS, 2)
    forms = [
        "{} {}",
        '"{} {}"',
        "{} -{}",
        "judul:{} OR {}",
        "+{} {}",
        "{}* {}",
        "{}~ AND {}",
        "{} DEKAT/5 {}",
        "me{} {}",
    ]
    return chance.choice(forms).format(one, other)


def _answer(index: Index, text: str) -> object:
    found = index.search(text, limit=2)
    return found.hits, found.total


@contextmanager
def _tiny_switches() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def _in_threads(cases: int, ask: Callable[[int, random.Random], str], seed: int = 0) -> Iterator[str]:
    """What some threads find wrong, each asking its share of the cases; they begin at the same moment."""
    problems: list[str] = []
    start = threading.Barrier(THREADS)

    def work(thread: int) -> None:
        chance = random.Random(seed * THREADS + thread)
        start.wait()
        for _ in range(-(-cases // THREADS)):
            try:
                problems.append(ask(thread, chance))
            except (CarinewsError, OSError, ValueError, TypeError, LookupError, AttributeError) as error:
                problems.append(f"{type(error).__name__}: {error}")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    yield from problems[:cases]
