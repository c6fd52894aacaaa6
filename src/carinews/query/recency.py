"""How much more a newer document counts, where a search asks for that (`Recent` in the tree)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from carinews.index.segment import UNDATED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]


def freshness(dates: Array, half_life: int, now: int) -> Array:
    """From 1 for what was published now down to 0 for what is old or undated, halved every half-life (float32)."""
    ages = np.maximum(now - np.where(dates == UNDATED, now, dates), 0)
    fresh: Array = np.where(dates == UNDATED, 0.0, np.exp2(-ages / half_life)).astype(np.float32)
    return fresh
