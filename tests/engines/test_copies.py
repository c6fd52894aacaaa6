"""A story that several printed is one hit: which copy, on which page, and what is counted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carinews import Article, Copy, Index
from carinews.model import WIB
from support import index_of

MORNING = datetime(2018, 9, 29, 7, tzinfo=WIB)
ORDERS = ("relevance", "newest", "oldest")


def article(name: str, story: int, hours: float, source: str = "warta.example", more: int = 0) -> Article:
    """An article that prints a story, which is about an earthquake, and names it so many times more."""
    body = " ".join(f"kata{story}x{number}" for number in range(80)) + " gempa" * (1 + more)
    return Article(name, f"Berita {name}", body, source=source, published=MORNING + timedelta(hours=hours))


WIRE = [
    article("antara", 1, 0, "antara.example"),
    article("harian", 1, 2, "harian.example", more=3),
    article("kabar", 1, 5, "kabar.example"),
    article("lain", 2, 1),
]


@contextmanager
def opened(articles: list[Article], *, commit_every: int = 0) -> Iterator[Index]:
    with index_of(articles, commit_every=commit_every) as path, Index.open(path) as index:
        yield index


def test_the_copy_that_ranks_first_is_shown_or_the_first_published_or_all() -> None:
    """One of the three, where the best of them stands; its copies are named with it, first published first."""
    with opened(WIRE) as index:
        assert [hit.id for hit in index.search("gempa")] == ["harian", "lain"]
        assert [hit.id for hit in index.search("gempa", copies="earliest")] == ["antara", "lain"]
        assert sorted(hit.id for hit in index.search("gempa", copies="all")) == ["antara", "harian", "kabar", "lain"]
        best, other = index.search("gempa")
        assert best.copies == tuple(Copy(one.id, one.title, one.source, one.published) for one in (WIRE[0], WIRE[2]))
        assert other.copies == ()
        assert [hit.rank for hit in (best, other)] == [1, 2]


def test_every_copy_is_counted_and_can_be_found() -> None:
    """Totals and facets count all four; a filter that one copy passes finds that copy, which names the others."""
    with opened(WIRE) as index:
        result = index.search("gempa", facets=True)
        assert result.total == 4
        assert sum(number for _, number in dict(result.facets)["source"]) == 4
        for name in ("antara", "harian", "kabar"):
            (hit,) = index.search("gempa", source=f"{name}.example")
            assert (hit.id, len(hit.copies)) == (name, 2)
        assert [hit.id for hit in index.search('"berita kabar"')] == ["kabar"]


def test_by_date_the_newest_or_the_oldest_copy_stands_first() -> None:
    """The copy that is shown is the first in the order asked for."""
    with opened(WIRE) as index:
        assert [hit.id for hit in index.search("gempa", sort="newest")] == ["kabar", "lain"]
        assert [hit.id for hit in index.search("gempa", sort="oldest")] == ["antara", "lain"]


def test_what_is_like_an_article_is_not_its_copy() -> None:
    """Nor are two copies of another one like it."""
    others = [article(f"dua{number}", 1, 100 + number) for number in range(2)]
    changed = [replace(one, body=one.body.replace("kata1x1", "lain")) for one in others]
    elsewhere = [article(f"jauh{number}", number, number) for number in range(10, 30)]  # else all words are common
    with opened([*WIRE, *changed, *elsewhere]) as index:
        found = [hit.id for hit in index.more_like("antara")]
        assert not {"antara", "harian", "kabar"} & set(found)
        assert len({"dua0", "dua1"} & set(found)) == 1


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(0, 22), st.integers(0, 3)), min_size=1, max_size=40),
    st.sampled_from(ORDERS),
    st.sampled_from(["best", "earliest"]),
    st.integers(1, 4),
)
def test_pages_are_the_stream_cut_in_pieces(
    told: list[tuple[int, int, int]], sort: str, copies: str, size: int
) -> None:
    """Page after page, and the stream, show one of each group and every other hit once, in the order of all hits."""
    articles = [article(f"a{number}", story, hours, more=more) for number, (story, hours, more) in enumerate(told)]
    with opened(articles, commit_every=11) as index:
        every = index.search("gempa", limit=100, sort=sort, copies="all")  # type: ignore[arg-type]
        group = {hit.id: frozenset({hit.id, *(copy.id for copy in hit.copies)}) for hit in every}
        rank = {article.id: (article.published, place) for place, article in enumerate(articles)}
        shown, done = [], set()
        for hit in every:
            if group[hit.id] not in done:
                done.add(group[hit.id])
                same = group[hit.id]
                earliest = min(rank[name][0] for name in same)  # type: ignore[type-var]
                shown.append({hit.id} if copies == "best" else {name for name in same if rank[name][0] == earliest})
        paged: list[str] = []
        for offset in count(0, size):
            page = index.search("gempa", limit=size, offset=offset, sort=sort, copies=copies)  # type: ignore[arg-type]
            assert page.total == len(articles)
            paged += [hit.id for hit in page]
            if len(page) < size:
                break
        assert paged == [hit.id for hit in index.scan("gempa", sort=sort, copies=copies)]  # type: ignore[arg-type]
        assert len(paged) == len(shown)
        assert all(name in allowed for name, allowed in zip(paged, shown, strict=True))


def test_an_unknown_choice_is_refused() -> None:
    """The message names the choices."""
    with opened(WIRE) as index, pytest.raises(ValueError, match="best, earliest, all"):
        index.search("gempa", copies="none")  # type: ignore[arg-type]
