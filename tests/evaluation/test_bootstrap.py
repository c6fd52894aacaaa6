"""An interval says how far chance may have helped: known cases, a second way, and what 95 % means."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carinews.evaluation import Scores, averaged, compare
from carinews.evaluation.bootstrap import Difference, interval


def scores(values: list[float]) -> Scores:
    return Scores({f"q{number}": {"mrr@10": value} for number, value in enumerate(values)})


def test_the_same_run_differs_by_nothing() -> None:
    """No difference, no doubt."""
    run = scores([1.0, 0.5, 0.0])
    assert compare(run, run, "mrr@10") == Difference(0.0, 0.0, 0.0)


def test_a_gain_on_every_query_is_certain() -> None:
    """However the queries are drawn, the mean stays above 0."""
    found = compare(scores([1.0, 0.5, 0.9] * 10), scores([0.9, 0.3, 0.8] * 10), "mrr@10")
    assert found.low > 0.09
    assert found.is_certain
    assert found.mean == pytest.approx(0.4 / 3)


def test_one_lucky_query_proves_nothing() -> None:
    """In a third of the draws it is not even among the queries."""
    assert not interval([0.0] * 20 + [1.0]).is_certain


def test_only_the_same_queries_are_compared() -> None:
    """Pairs need partners."""
    with pytest.raises(ValueError, match="same queries"):
        compare(scores([1.0]), scores([1.0, 1.0]), "mrr@10")
    assert interval([]) == Difference(0.0, 0.0, 0.0)


def test_every_collection_weighs_the_same() -> None:
    """A gain of .3 on few queries and of .1 on many is one of .2 on both."""
    few, many = scores([0.5] * 10), scores([0.5] * 1_000)
    found = averaged([scores([0.8] * 10), scores([0.6] * 1_000)], [few, many], "mrr@10")
    assert found == pytest.approx((0.2, 0.2, 0.2))


def test_over_one_collection_it_is_the_plain_comparison() -> None:
    """The same mean, the same bounds."""
    one, other = scores([1.0, 0.5, 0.2, 0.9]), scores([0.3, 0.5, 0.9, 0.1])
    assert averaged([one], [other], "mrr@10") == compare(one, other, "mrr@10")


def test_two_collections_leave_less_to_chance_than_one() -> None:
    """Luck on one is seldom luck on both, for each is drawn by itself: the interval is narrower by about √2."""
    dice = random.Random(5)
    gains = [scores([dice.gauss(0.5, 0.2) for _ in range(100)]) for _ in range(2)]
    nothing = [scores([0.0] * 100)] * 2
    one, both = compare(gains[0], nothing[0], "mrr@10"), averaged(gains, nothing, "mrr@10")
    assert 1.2 < (one.high - one.low) / (both.high - both.low) < 1.7


def test_a_plain_bootstrap_gives_the_same_bounds() -> None:
    """The standard library's dice, one draw after the other."""
    dice = random.Random(7)
    values = [dice.choice([0.0, 0.0, 0.5, -0.3, 1.0]) for _ in range(60)]
    means = sorted(sum(dice.choices(values, k=len(values))) / len(values) for _ in range(10_000))
    found = interval(values)
    assert found.low == pytest.approx(means[250], abs=0.01)
    assert found.high == pytest.approx(means[9_749], abs=0.01)


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    """Of 100 samples whose true mean is .2, some 95 % have it within their bounds."""
    dice = random.Random(11)
    held = 0
    for _ in range(100):
        found = interval([0.2 + dice.gauss(0, 1) for _ in range(40)])
        held += found.low <= 0.2 <= found.high
    assert 89 <= held <= 99


@given(st.lists(st.floats(-1, 1, width=32), min_size=1, max_size=50))
def test_the_mean_lies_within_its_bounds(values: list[float]) -> None:
    """And the bounds within the values; the same values give the same bounds."""
    found = interval(values)
    assert min(values) - 1e-9 <= found.low <= found.mean + 1e-9
    assert found.mean - 1e-9 <= found.high <= max(values) + 1e-9
    assert found == interval(values)
