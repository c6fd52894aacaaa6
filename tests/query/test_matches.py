"""Lists of documents joined on arrays: the fast ways, for short lists and for long ones, give what sets give."""

from __future__ import annotations

import numpy as np
import pytest

from carinews.query import matches
from carinews.query.matches import Match

SIZE = 5_000


def some_docs(dice: np.random.Generator) -> np.ndarray:
    return np.flatnonzero(dice.random(SIZE) < dice.choice([0, 0.0005, 0.01, 0.2, 0.9]))


def some_match(dice: np.random.Generator) -> Match:
    docs = some_docs(dice)
    return Match(docs, dice.random(len(docs)).astype(np.float32))


def told(match: Match) -> dict[int, float]:
    assert match.docs.dtype == np.int64
    assert match.docs.tolist() == sorted(set(match.docs.tolist()))
    return dict(zip(match.docs.tolist(), match.scores.tolist(), strict=True))


@pytest.mark.parametrize("seed", range(60))
def test_joined_lists_are_joined_sets(seed: int) -> None:
    """Unions, intersections, differences and sums of scores, of lists of any length."""
    dice = np.random.default_rng(seed)
    one, other = some_match(dice), some_match(dice)
    ours, theirs = told(one), told(other)
    lists = [one.docs, other.docs, some_docs(dice)]
    assert matches.union(lists, SIZE).tolist() == sorted({*one.docs, *other.docs, *lists[2]})
    assert matches.count_of_any(lists, SIZE) == len({*one.docs, *other.docs, *lists[2]})
    assert matches.held(one.docs, other.docs, SIZE).tolist() == [doc in theirs for doc in ours]
    few, many = sorted((one, other), key=lambda match: len(match.docs))
    assert told(matches.both(few, many, SIZE)) == pytest.approx(
        {doc: ours[doc] + theirs[doc] for doc in ours.keys() & theirs}
    )
    without = matches.chosen(one, ~matches.held(one.docs, other.docs, SIZE))
    assert told(without) == {doc: ours[doc] for doc in ours if doc not in theirs}
    assert told(matches.plus(one, other, SIZE)) == pytest.approx({d: ours[d] + theirs.get(d, 0) for d in ours})
    assert told(matches.best([one, other], SIZE)) == {
        doc: max(ours.get(doc, 0.0), theirs.get(doc, 0.0)) for doc in ours.keys() | theirs
    }


def test_what_is_borrowed_comes_back_empty() -> None:
    """After any of these, a scratch holds zeros; while it is borrowed, another sum gets one of its own."""
    dice = np.random.default_rng(0)
    for _ in range(20):
        matches.both(some_match(dice), some_match(dice), SIZE)
        matches.union([some_docs(dice), some_docs(dice)], SIZE)
        first, second = matches.borrow(SIZE), matches.borrow(SIZE)
        assert first.marks is not second.marks
        assert not any(values.any() for values in first)
        matches.give_back(first)
