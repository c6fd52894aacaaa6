"""What does each part of the score cost in time?

    python benchmarks/relevance_cost.py ../shared/data [--queries 400] [--json out.json]

The same queries are asked with one part more at each step, in turns, each step with an open index and memory of its
own, so that none profits from another's. Time is that of the processor: reading the query and ranking ten articles, and
the whole search, with their texts and snippets. Each figure is the median over the queries: first the milliseconds,
then the ratio to the plain sum, query by query. The goal of the whole score is at most 1.5 times the plain sum. The
weight of titles is no step: it is in the frequencies, which are counted when the index is built.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from measure import machine, print_table, write_json
from relevance_collections import collections

from carinews import Index
from carinews.engines import local
from carinews.engines.protocol import Question
from carinews.hits import HitMaker
from carinews.query.tree import Or, Ranked, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from carinews.query.tree import Node

ASKED = ("facqa", "head3", "head")


class Step(NamedTuple):
    """A way to score: what it makes of a query's words, and what counts besides."""

    name: str
    tree: Callable[[tuple[Word, ...]], Node]
    variants: bool = False
    near: bool = False
    copies: str = "all"


def _unweighed(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The same words, a question word counting as any other."""
    return tuple(Word(replace(one.form, boost=1.0), replace(one.family, boost=1.0)) for one in words)


PLAIN = "+ families: the plain sum"
STEPS = (
    Step("written forms added up", lambda words: Or(tuple(word.form for word in _unweighed(words)))),
    Step(PLAIN, lambda words: Or(_unweighed(words))),
    Step("+ variants", lambda words: Or(_unweighed(words)), variants=True),
    Step("+ question words × ¼", Or, variants=True),
    Step("+ coverage", Ranked, variants=True),
    Step("+ nearness, beginning", Ranked, variants=True, near=True),
    Step("+ copies folded: the default", Ranked, variants=True, near=True, copies="best"),
)


class Asked:
    """An index that is asked in the way of one step."""

    def __init__(self, step: Step, place: Path) -> None:
        self.step, self._index = step, Index.open(place)
        self._hits = HitMaker(self._index.engine)

    def question(self, text: str) -> Question | None:
        """None where the query is more than plain words."""
        tree = self._index.parse(text, variants=self.step.variants).tree
        if not isinstance(tree, Ranked) or not all(isinstance(part, Word) for part in tree.parts):
            return None
        return Question(self.step.tree(tree.parts), 10, copies=self.step.copies)  # type: ignore[arg-type]

    def rank(self, text: str) -> None:
        self._index.engine.rank(self.question(text))  # type: ignore[union-attr,arg-type]

    def search(self, text: str) -> None:
        answer = self._index.engine.answer(self.question(text))  # type: ignore[arg-type]
        tuple(self._hits.hits(answer.found, answer.evidence, 1, 1))


@contextmanager
def nearness(counts: bool) -> Iterator[None]:
    """While it lasts, it counts where the words stand, or not."""
    matters = local.matters
    if not counts:
        local.matters = lambda node: False
    try:
        yield
    finally:
        local.matters = matters


def timed(asked: Sequence[Asked], queries: Sequence[str], way: str) -> list[list[float]]:
    """Milliseconds of the processor for each query, a list for each step; the steps take turns."""
    found: list[list[float]] = [[] for _ in asked]
    for number, text in enumerate(queries):
        for turn in range(len(asked)):
            place = (turn + number) % len(asked)
            with nearness(asked[place].step.near):
                started = time.process_time_ns()
                getattr(asked[place], way)(text)
                found[place].append((time.process_time_ns() - started) / 1e6)
    return found


def measured(place: Path, queries: Sequence[str], most: int) -> dict[str, Any]:
    """Median milliseconds, and the median ratio to the plain sum, of each step and way."""
    rows: dict[str, Any] = {step.name: {} for step in STEPS}
    for way in ("rank", "search"):
        asked = [Asked(step, place) for step in STEPS]
        plain = [text for text in queries if asked[0].question(text)]
        warm, counted = plain[-50:], plain[:most]
        timed(asked, warm, way)
        found = timed(asked, counted, way)
        base = found[[step.name for step in STEPS].index(PLAIN)]
        for step, times in zip(STEPS, found, strict=True):
            ratio = median(one / other for one, other in zip(times, base, strict=True))
            rows[step.name][way] = {"ms": median(times), "ratio": ratio, "queries": len(counted)}
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder that holds relevance/ and news/")
    parser.add_argument("--queries", type=int, default=400, metavar="N", help="of each kind (400)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args()
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        for documents in collections(options.data):
            topics = [topic for topic in documents.topics if topic.name in ASKED]
            if not topics:
                continue
            place = Path(folder) / documents.name
            Index.build(documents.articles(), place).close()
            for topic in topics:
                found = measured(place, list(topic.queries.values()), options.queries)
                figures[topic.name] = found
                show(topic.name, found)
    write_json(options.json, {"machine": machine(), "figures": figures})
    print(json.dumps(machine()))


def show(name: str, found: dict[str, Any]) -> None:
    rows = [
        (step, *(f"{of[way][which]:.2f}" for way in ("rank", "search") for which in ("ms", "ratio")))
        for step, of in found.items()
    ]
    print_table((name, "ranking, ms", "ratio", "search, ms", "ratio"), rows)


if __name__ == "__main__":
    main()
