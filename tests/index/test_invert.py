"""Terms are parted into shares that are as large as they may be, and none is parted itself."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carinews.index import invert
from carinews.index.invert import counted, shares


@given(st.lists(st.integers(0, 9), max_size=30), st.integers(1, 12))
def test_shares_are_full_but_not_too_full(tokens: list[int], most: int) -> None:
    """A share of several terms has at most so many tokens, and with the first term of the next it would have more."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(invert, "_TOKENS_AT_ONCE", most)
        bounds = shares(np.array(tokens, np.int64))
    assert (bounds[0], bounds[-1]) == (0, len(tokens))
    for start, end in pairwise(bounds):
        assert start < end or not tokens
        assert end == start + 1 or sum(tokens[start:end]) <= most
        assert end == len(tokens) or sum(tokens[start : end + 1]) > most


@given(st.lists(st.integers(0, 5), max_size=20), st.integers(1, 7))
def test_numbers_are_counted(numbers: list[int], at_once: int) -> None:
    """Each as often as it is there, however many are counted at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(invert, "_TOKENS_AT_ONCE", at_once)
        assert counted(np.array(numbers, np.uint32), 6).tolist() == [numbers.count(number) for number in range(6)]
