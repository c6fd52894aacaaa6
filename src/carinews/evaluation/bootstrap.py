"""Is one run better than another, or was it the choice of queries?

The paired bootstrap: the differences of two runs, query by query, are drawn anew with replacement as often as there
are queries, and their mean is taken; between the bounds lie 95 % of such means. An interval without 0 says that
another set of queries of the same kind would very likely show a difference of the same sign. Sources: Efron and
Tibshirani, "An Introduction to the Bootstrap" (1993), ch. 13 (percentile intervals); Smucker, Allan and Carterette,
"A Comparison of Statistical Significance Tests for Information Retrieval Evaluation" (2007).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from carinews.evaluation.measures import Scores

DRAWS = 10_000
CONFIDENCE = 0.95
_SEED = 20171117  # the same runs give the same interval
_AT_ONCE = 2_000_000  # numbers in memory: 16 MB


class Difference(NamedTuple):
    """How much higher the mean of a run is than that of another, and the bounds of its interval."""

    mean: float
    low: float
    high: float

    @property
    def is_certain(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.low > 0 or self.high < 0


def compare(scores: Scores, others: Scores, name: str) -> Difference:
    """How much higher a measure is than with another run of the same queries.

    Raises ValueError where the two were not measured on the same queries.
    """
    return interval(_differences(scores, others, name))


def averaged(several: Sequence[Scores], others: Sequence[Scores], name: str) -> Difference:
    """The same over several collections, each of which weighs the same, whatever the number of its queries.

    The queries of each collection are drawn anew by themselves: the interval tells of other queries on the same
    collections, not of other collections. Raises ValueError as `compare` does.
    """
    return _mean_of([_differences(*pair, name) for pair in zip(several, others, strict=True)])


def interval(differences: list[float]) -> Difference:
    """The mean of some differences, and its interval; all 0 where there are none."""
    return _mean_of([differences])


def _differences(scores: Scores, others: Scores, name: str) -> list[float]:
    if scores.of_query.keys() != others.of_query.keys():
        raise ValueError("two runs can be compared on the same queries only")
    return [of[name] - others.of_query[query][name] for query, of in scores.of_query.items()]


def _mean_of(groups: Sequence[list[float]]) -> Difference:
    """The mean of the means of some groups, and its interval; an empty group is left out."""
    samples = [np.asarray(group, float) for group in groups if group]
    if not samples:
        return Difference(0.0, 0.0, 0.0)
    dice = np.random.default_rng(_SEED)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(np.mean([_means(values, dice) for values in samples], axis=0), [tail, 1 - tail]).tolist()
    return Difference(float(np.mean([values.mean() for values in samples])), low, high)


def _means(values: NDArray[np.float64], dice: np.random.Generator) -> NDArray[np.float64]:
    """The mean of each of so many samples as large as this one, drawn from it with replacement."""
    step = max(1, _AT_ONCE // len(values))
    return np.concatenate(
        [
            values[dice.integers(len(values), size=(min(step, DRAWS - done), len(values)))].mean(axis=1)
            for done in range(0, DRAWS, step)
        ]
    )
