"""Leaving documents out loses none of the best: what pruning finds is what adding up everything finds, to the bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carinews import Article
from carinews.engines.local import LocalEngine
from carinews.engines.protocol import Question
from carinews.index.writer import IndexWriter
from carinews.query import pruning
from carinews.query.language import parse
from carinews.query.matches import Match
from carinews.query.pruning import Part, best_of, nth_best, summed, weighed
from strategies import ANALYZER, IDS, corpora, query_texts
from support import index_of

SIZE = 1_000


def some_parts(dice: np.random.Generator) -> list[Part]:
    """Up to six parts, some short with high scores and some long, as the words of a query are."""
    return [some_part(dice) for _ in range(dice.integers(1, 7))]


def some_part(dice: np.random.Generator) -> Part:
    docs = np.flatnonzero(dice.random(SIZE) < dice.choice([0, 0.005, 0.02, 0.1, 0.8]))
    scores = (dice.random(len(docs)) * dice.uniform(0.1, 20)).round(1).astype(np.float32)  # some are equal
    return Part(Match(docs, scores), dice.uniform(0.1, 12))


@pytest.fixture(autouse=True)
def _always_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pruning, "_WORTH_IT", 0)


def test_a_frequent_word_is_only_looked_up() -> None:
    """Ten documents hold the rare word; of the three hundred that hold only the frequent one none comes back."""
    rare = Part(Match(np.arange(10), np.full(10, 9.0, np.float32)), 5.0)
    frequent = Part(Match(np.arange(5, 305), np.ones(300, np.float32)), 2.0)
    found, total, weaker = best_of([frequent, rare], 7.0, SIZE, 10)
    assert found.docs.tolist() == list(range(10))
    assert (total, weaker) == (305, 0)
    assert found.scores[9] == np.float32(10.0)  # both words, the whole query covered


def test_what_is_too_weak_is_counted_apart() -> None:
    """A frequent word of a sixth of the weight is no match alone; two such words, a third of it, are one."""
    rare = Part(Match(np.arange(10), np.full(10, 9.0, np.float32)), 4.0)
    frequent = Part(Match(np.arange(5, 305), np.ones(300, np.float32)), 1.0)
    other = Part(Match(np.arange(204, 404), np.ones(200, np.float32)), 1.0)
    found, total, weaker = best_of([frequent, rare], 5.0, SIZE, 10)
    assert (found.docs.tolist(), total, weaker) == (list(range(10)), 305, 0)  # just a fifth of the best
    found, total, weaker = best_of([frequent._replace(weight=0.9), rare], 4.9, SIZE, 10)
    assert (found.docs.tolist(), total, weaker) == (list(range(10)), 10, 295)
    light = [frequent._replace(weight=0.6), other._replace(weight=0.6)]
    found, total, weaker = best_of([rare, *light], 5.2, SIZE, 10)
    assert (found.docs.tolist(), total, weaker) == (list(range(10)), 10 + 101, 394 - 101)


def test_any_parts() -> None:
    """Of 2,000 sums with any lists and weights: each document of the exhaustive top, with its score; all counted."""
    dice, left_out, weak = np.random.default_rng(1), 0, 0
    for _ in range(2_000):
        asked, most = some_parts(dice), int(dice.integers(0, 12))
        total = sum(one.weight for one in asked) if dice.random() < 0.7 else 0.0
        every, pruned = weighed(asked, total, SIZE), best_of(asked, total, SIZE, most)
        strong = every.strong(every.least)
        assert pruned.total == len(strong.docs)
        assert pruned.total + pruned.weaker == len(every.match.docs)
        left_out += len(pruned.match.docs) < len(strong.docs)
        weak += pruned.weaker > 0
        least = nth_best(strong.scores, most)
        assert top(pruned.match, least) == top(strong, least)
        assert set(pruned.match.docs) <= set(strong.docs)
    assert min(left_out, weak) > 100  # else nothing was proved


def top(match: Match, least: float) -> dict[int, float]:
    """The documents of a match that score so much, and their scores."""
    return {doc: score for doc, score in zip(match.docs.tolist(), match.scores.tolist(), strict=True) if score >= least}


def test_sums_are_those_of_one_document_after_the_other() -> None:
    """A slow sum, document by document, agrees on documents and scores."""
    dice = np.random.default_rng(2)
    for total in (0.0, 30.0) * 20:
        asked = some_parts(dice)
        naive: dict[int, list[float]] = {}
        for (docs, scores), weight in asked:
            for doc, score in zip(docs.tolist(), scores.tolist(), strict=True):
                sums = naive.setdefault(doc, [0.0, 0.0])
                sums[:] = sums[0] + score, sums[1] + weight
        wanted = {doc: score * (weight / total if total else 1) ** 0.5 for doc, (score, weight) in naive.items()}
        assert top(summed(asked, total, SIZE), -1) == pytest.approx(wanted, rel=1e-5)


@given(corpora(), st.sets(st.sampled_from(IDS)), st.lists(query_texts, min_size=1, max_size=5), st.integers(0, 4))
def test_a_page_of_hits_is_the_beginning_of_all(
    articles: list[Article], gone: set[str], asked: list[str], most: int
) -> None:
    """With deletions and several segments: the first hits, their order, their scores and the total."""
    with index_of(articles, commit_every=3) as path:
        with IndexWriter(path) as writer:
            for name in gone:
                writer.delete(name)
        engine = LocalEngine(path)
        for text in asked:
            tree = parse(text, ANALYZER).tree
            every, page = engine.rank(Question(tree, 100_000)), engine.rank(Question(tree, most))
            assert [column.tolist() for column in page.best] == [column[:most].tolist() for column in every.best]
            assert page.total == every.total == len(every.best.docs)
