"""Positions are found block by block: whichever postings are asked for, as if all were read."""

from __future__ import annotations

from itertools import chain

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from carinews.index.arrays import distinct, ranges
from carinews.index.positions import occurrences_of, positions_of
from carinews.index.reader import IndexReader
from carinews.index.segment import BLOCK, FAR
from carinews.model import Article
from strategies import corpora
from support import index_of


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 5))))
def test_ranges_are_what_python_s_are(pairs: list[tuple[int, int]]) -> None:
    """Numbers from each start on, one range behind the other; an empty one leaves no trace."""
    starts, counts = np.array(pairs, np.int64).reshape(-1, 2).T
    assert ranges(starts, counts).tolist() == [one for start, count in pairs for one in range(start, start + count)]


@given(st.lists(st.integers(0, 9)))
def test_distinct_values_are_those_of_a_set(values: list[int]) -> None:
    assert distinct(np.array(values, np.int64)).tolist() == sorted(set(values))


@given(corpora(30), st.data())
def test_the_positions_of_any_postings_are_those_of_all(articles: list[Article], data: st.DataObject) -> None:
    """Some postings of several segments, in any order, some twice: each has the positions that it has among all."""
    with index_of(articles, commit_every=data.draw(st.integers(1, 4))) as path:
        segments = IndexReader(path).segments
        asked, expected = [], []
        for segment in segments:
            every = [
                of_doc.tolist()
                for term in range(len(segment.terms))
                for docs, positions in [occurrences_of(segment, term)]
                for of_doc in np.split(positions, np.flatnonzero(np.diff(docs)) + 1)
            ]
            numbers = data.draw(st.lists(st.integers(0, len(every) - 1), max_size=12)) if every else []
            asked.append((segment, np.array(numbers, np.int64)))
            expected += [every[number] for number in numbers]
        positions, counts = positions_of(asked)
    assert counts.tolist() == list(map(len, expected))
    assert positions.tolist() == list(chain.from_iterable(expected))


def test_blocks_of_a_long_text_are_told_apart() -> None:
    """Postings before, in and behind a text of which positions are far and fill many pages."""
    long = " ".join(["kata"] * 70_000 + [f"w{number}" for number in range(3 * BLOCK)])
    articles = Article("a", "Satu", "kata lain"), Article("b", "Dua", long), Article("c", "Tiga", "akhir kata")
    with index_of(articles) as path:
        (segment,) = IndexReader(path).segments
        kata = segment.term("kata")
        assert kata is not None
        docs, positions = occurrences_of(segment, kata)
        assert [int((docs == doc).sum()) for doc in range(3)].count(70_000) == 1
        rare = segment.term("w191")
        assert rare is not None
        last = segment.numbers_of(range(rare, rare + 1))
        first = segment.numbers_of(range(kata, kata + 1))
        found, counts = positions_of([(segment, np.concatenate([last, first]))])
    assert (found[0], counts.tolist()[0]) == (1 + 100 + 70_000 + 191, 1)
    assert found[1:].tolist() == positions.tolist()
    assert positions.max() > FAR
