"""Promise 15: whatever was done to an index, it answers as one built afresh of what is left.

Two machines of Hypothesis: one of articles, through `Index.writer`, with crashes in between; one of
files, through `carinews index`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from carinews import Article
from carinews.engines.local import LocalEngine
from carinews.engines.protocol import Question
from carinews.index import writer as writing
from carinews.index.reader import IndexReader, verify
from carinews.index.writer import IndexWriter
from carinews.indexing import update
from carinews.query.language import parse
from carinews.query.tree import Everything
from reliability.disks import Crash, CrashingDisk, FailingDisk, installed
from reliability.worlds import left_over, scratch
from strategies import ANALYZER, IDS, articles
from support import index_of, stand_ins

STEPS = 50
WIRES = [
    f"{city} - " + " ".join(f"kata{story}x{number}" for number in range(70))
    for story in (1, 2)
    for city in ("Palu", "Ambon")
]
"""Two stories, each as two outlets print it: all other articles are too short to be copies."""

QUERIES = ("gempa palu", "anak-anak buku", '"gempa palu"~9', "judul:menembak isis", "jumat 17.000 dan", "te* -isis")


class LifeOfArticles(RuleBasedStateMachine):
    """Adding, replacing and deleting articles; commits that return, are given up, fail, or never return."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.path = self.stack.enter_context(scratch())
        self.committed: dict[str, Article] = {}
        self.pending: dict[str, Article] = {}
        self.writer = IndexWriter(self.path, workers=1)

    @rule(article=articles)
    def add(self, article: Article) -> None:
        self.writer.add(article)
        self.pending[article.id] = article

    @rule(article=articles, body=st.sampled_from(WIRES))
    def add_wire(self, article: Article, body: str) -> None:
        self.add(replace(article, body=body))

    @rule(article=articles)
    def update(self, article: Article) -> None:
        self.writer.update(article)
        self.pending[article.id] = article

    @rule(name=st.sampled_from(IDS))
    def delete(self, name: str) -> None:
        assert self.writer.get(name) == self.pending.get(name)
        self.writer.delete(name)
        self.pending.pop(name, None)
        assert self.writer.get(name) is None

    @rule(path=st.sampled_from(["corpus/a.jsonl", "corpus/b.jsonl"]))
    def delete_path(self, path: str) -> None:
        doomed = [name for name, article in self.pending.items() if article.path == path]
        assert self.writer.delete_path(path) == len(doomed)
        for name in doomed:
            del self.pending[name]

    @rule()
    def commit(self) -> None:
        self.writer.commit()
        self.committed = dict(self.pending)
        check_same(self.path, self.committed, scores=False)

    @rule()
    def cancel(self) -> None:
        self.writer.cancel()
        self.reopen()

    @rule()
    def merge(self) -> None:
        """Fold all segments into one, which else happens when there are four of a size."""
        before, writing._FOLD_AT = writing._FOLD_AT, 2
        try:
            self.writer.commit()
        finally:
            writing._FOLD_AT = before
        self.committed = dict(self.pending)

    @rule(given=st.lists(articles, max_size=5))
    def rebuild(self, given: list[Article]) -> None:
        self.writer.close()
        with IndexWriter(self.path, rebuild=True, workers=1) as writer:
            for article in given:
                writer.add(article)
        self.committed = {article.id: article for article in given}
        self.reopen()

    @rule(at=st.integers(1, 40))
    def crash(self, at: int) -> None:
        """The process stops somewhere in a commit: nothing of it is there, or all."""
        try:
            with installed(CrashingDisk(at)):
                self.writer.commit()
        except Crash:
            with installed(CrashingDisk(0)), suppress(Crash):
                self.writer.cancel()
        else:
            self.writer.close()
        self._settle()
        self.reopen()
        assert not (self.path / "CURRENT").exists() or not left_over(self.path)

    @rule(at=st.integers(1, 40))
    def fail(self, at: int) -> None:
        """A step of the commit fails; the same writer goes on."""
        try:
            with installed(FailingDisk(at)):
                self.writer.commit()
        except OSError:
            self._settle()
        else:
            self.committed = dict(self.pending)

    def _settle(self) -> None:
        """What is there is the old state or the new one."""
        if not (self.path / "CURRENT").exists():
            assert self.committed == {}
            return
        found = stored(LocalEngine(self.path))
        if found == expected(self.pending):
            self.committed = dict(self.pending)
        else:
            assert found == expected(self.committed)

    def reopen(self) -> None:
        self.writer = IndexWriter(self.path, workers=1)
        self.pending = dict(self.committed)

    def teardown(self) -> None:
        self.writer.close()
        if (self.path / "CURRENT").exists():
            verify(self.path)
            check_same(self.path, self.committed)
        self.stack.close()


class LifeOfFiles(RuleBasedStateMachine):
    """Files of a corpus that come, change, move and go; ids that several of them have."""

    names = st.sampled_from([f"{folder}{name}.jsonl" for folder in ("", "d/") for name in "abc"])
    records = st.dictionaries(st.sampled_from(IDS[:6]), articles, min_size=1, max_size=3)

    @initialize()
    def begin(self) -> None:
        self.stack = ExitStack()
        self.root = self.stack.enter_context(scratch())
        self.corpus, self.path = self.root / "corpus", self.root / "index"
        (self.corpus / "d").mkdir(parents=True)
        self.current = False

    @rule(name=names, records=records)
    def write(self, name: str, records: dict[str, Article]) -> None:
        lines = [json.dumps({**as_record(article), "id": key}) for key, article in records.items()]
        (self.corpus / name).write_text("\n".join(lines))
        self.current = False

    @rule(name=names)
    def remove(self, name: str) -> None:
        (self.corpus / name).unlink(missing_ok=True)
        self.current = False

    @rule(name=names, other=names)
    def move(self, name: str, other: str) -> None:
        if (self.corpus / name).exists():
            (self.corpus / name).rename(self.corpus / other)
            self.current = False

    @precondition(lambda self: any(self.corpus.rglob("*.jsonl")))
    @rule()
    def index(self) -> None:
        update([self.corpus], self.path, workers=1)
        self.current = True

    @invariant()
    def is_whole(self) -> None:
        if hasattr(self, "path") and (self.path / "CURRENT").exists():
            IndexReader(self.path)

    def teardown(self) -> None:
        if any(self.corpus.rglob("*.jsonl")):
            update([self.corpus], self.path, workers=1)
            update([self.corpus], self.root / "fresh", rebuild=True, workers=1)
            old, new = LocalEngine(self.path), LocalEngine(self.root / "fresh")
            assert stored(old) == stored(new)
            check_same_answers(old, new)
        self.stack.close()


def as_record(article: Article) -> dict[str, object]:
    """An article as a corpus has it."""
    return {
        "title": article.title,
        "body": article.body,
        "source": article.source,
        "published": article.published.isoformat() if article.published else None,
        "related": [{"title": story.title, "summary": story.summary} for story in article.related],
    }


def stored(engine: LocalEngine) -> dict[str, Article]:
    """All documents of an index, by id."""
    found = engine.answer(Question(Everything(), limit=100_000)).found
    assert len(found) == engine.document_count
    return {one.article.id: one.article for one in found}


def expected(surviving: dict[str, Article]) -> dict[str, Article]:
    """The documents that an index of some articles has: these, and one for each story that only links tell of."""
    return surviving | {article.id: article for article in stand_ins(surviving.values())}


def check_same(path: Path, surviving: dict[str, Article], *, scores: bool = True) -> None:
    """An index has the documents that its articles should make, and the scores of one built afresh."""
    old = LocalEngine(path)
    assert stored(old) == expected(surviving)
    if scores:
        with index_of(surviving.values()) as fresh:
            check_same_answers(old, LocalEngine(fresh))


def check_same_answers(old: LocalEngine, new: LocalEngine) -> None:
    """Two indexes find the same documents with the same scores, and fold the same copies."""
    assert old.reader.copies.tolist() == new.reader.copies.tolist()
    for text in QUERIES:
        question = Question(parse(text, ANALYZER).tree, 100_000, facets=True)
        ours, theirs = old.answer(question), new.answer(question)
        right = {one.article.id: one.score for one in theirs.found}
        assert {one.article.id for one in ours.found} == right.keys(), text
        assert all(math.isclose(one.score, right[one.article.id], rel_tol=1e-6) for one in ours.found), text
        assert ours.facets == theirs.facets


def history_leaves_no_trace(cases: int, *, steps: int = STEPS) -> Iterator[str]:
    """Random lives of an index, as articles and as files, each compared with a rebuild; the worst is told, shrunk."""
    for machine, share in ((LifeOfArticles, 4), (LifeOfFiles, 1)):
        count = -(-cases * share // 5)
        chosen = settings(
            max_examples=count, stateful_step_count=steps, deadline=None, database=None, derandomize=True,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate, Phase.shrink], print_blob=False,
        )  # fmt: skip
        try:
            run_state_machine_as_test(machine, settings=chosen)
        except Exception as error:
            yield f"{machine.__name__}: {type(error).__name__}: {error} {getattr(error, '__notes__', '')}"
            continue
        yield from [""] * count
