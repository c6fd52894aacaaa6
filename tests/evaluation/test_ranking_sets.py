"""What belongs before what: the ranking sets of `tests/judgements/ranking_sets.toml`, each with its reason."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from carinews import Article, Index
from carinews.corpus.reader import read_corpus

ROOT = Path(__file__).parents[2]
SETS = tomllib.loads((ROOT / "tests" / "judgements" / "ranking_sets.toml").read_text(encoding="utf-8"))["set"]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The articles of all sets, with the sample corpus around them, so that no word is rare by accident."""
    return Index.build(articles(), tmp_path_factory.mktemp("sets") / "index")


def articles() -> Iterator[Article]:
    yield from (item for item in read_corpus(ROOT / "corpus") if isinstance(item, Article))
    for number, one in enumerate(SETS):
        for name, (title, body) in one["articles"].items():
            yield Article(f"{number}/{name}", title, body)


def cases() -> Iterator[Any]:
    for number, one in enumerate(SETS):
        waits = one.get("fails_today")
        yield pytest.param(number, one, id=one["why"], marks=pytest.mark.xfail(reason=waits) if waits else ())


@pytest.mark.parametrize(("number", "one"), list(cases()))
def test_the_order_is_the_one_that_people_expect(index: Index, number: int, one: dict[str, Any]) -> None:
    """Of the articles of a set, those that are named are found, in their order, and no other."""
    prefix = f"{number}/"
    hits = [hit for hit in index.search(one["query"], limit=1_000, passages=0).hits if hit.id.startswith(prefix)]
    assert [hit.id.removeprefix(prefix) for hit in hits] == one["order"], one["why"]
    assert len({hit.score for hit in hits}) == len(hits), "the order is a tie, broken by chance"


def test_the_sets_are_well_made() -> None:
    """Each has its reason, says what it orders, and brings at least two articles of its own."""
    for one in SETS:
        assert one["why"]
        assert set(one["order"]) <= set(one["articles"])
        assert len(one["articles"]) >= 2
    assert len(SETS) >= 12
