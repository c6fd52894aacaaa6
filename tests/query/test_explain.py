"""A score can explain itself: the parts sum to it."""

from __future__ import annotations

import math
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carinews import Article, CarinewsError, Index
from carinews.engines.protocol import Question
from carinews.query.explain import Explanation
from carinews.query.language import parse
from carinews.query.tree import Node, Phrase, Ranked, Synonyms, Word, children
from strategies import ANALYZER, all_trees, corpora, query_texts
from support import engine_of

QUERIES = (
    "gempa",
    "gempa palu",
    '"gempa bumi"',
    "judul:gempa isi:palu",
    "+gempa palu",
    "gempa -tsunami",
    "gempa AND (palu OR donggala)",
    "-gempa",
    "al-qaeda mosul",
    "NOT gempa AND NOT palu",
    '"mengguncang palu"~5 warga',
    "anak-anak beras 3,5",
)


def check(explanation: Explanation) -> None:
    """Every part is the sum of its own parts, down to the leaves."""
    if explanation.details:
        assert math.isclose(
            explanation.value, sum(part.value for part in explanation.details), rel_tol=1e-9, abs_tol=1e-12
        )
    assert explanation.description
    assert explanation.value >= 0
    for part in explanation.details:
        check(part)


@pytest.mark.parametrize("query", QUERIES)
def test_the_parts_sum_to_the_score(index: Index, query: str) -> None:
    """For every hit the explanation's value is the score that the search gave."""
    result = index.search(query, limit=50)
    assert result.total > 0
    for hit in result:
        explanation = index.explain(query, hit.id)
        assert explanation is not None
        assert explanation.value == pytest.approx(hit.score, rel=1e-4, abs=1e-6)
        check(explanation)


def loosened(node: Node) -> Node:
    """A tree in which no plain words leave out weak matches."""
    changed: dict[str, Any] = {"all_weak": True} if isinstance(node, Ranked) else {}
    for name in (one.name for one in fields(node)):
        value = getattr(node, name)
        if isinstance(value, tuple) and not isinstance(node, (Phrase, Synonyms)):
            changed[name] = tuple(map(loosened, value))
        elif value in children(node) and not isinstance(node, Word):
            changed[name] = loosened(value)
    return replace(node, **changed)


@given(corpora(), st.one_of(all_trees, query_texts.map(lambda text: parse(text, ANALYZER).tree)))
def test_any_hit_of_any_tree_explains_itself(articles: list[Article], tree: Node) -> None:
    """Matching documents are explained to the sum, weak matches as what they are, others not at all."""
    with engine_of(articles, commit_every=4) as engine:
        scores = {one.article.id: one.score for one in engine.answer(Question(tree, 1_000)).found}
        weak = {one.article.id for one in engine.stream(Question(loosened(tree))).found} - scores.keys()
        for article in articles:
            explanation = engine.explain(Question(tree), article.id)
            if article.id in scores:
                assert explanation is not None
                assert explanation.value == pytest.approx(scores[article.id], rel=1e-4, abs=1e-6)
                assert not explanation.weak
                check(explanation)
            elif article.id in weak:
                assert explanation is not None
                assert explanation.weak
                check(explanation)
            else:
                assert explanation is None


def test_an_explanation_can_be_read(index: Index) -> None:
    """It names words, families and phrases, how often they stand there, in how many documents, coverage and places."""
    explanation = index.explain('gempa "kota palu" liter', "gempa-palu")
    assert explanation is not None
    lines = explanation.lines()
    assert lines[0] == f"{explanation.value:.4f}  the score, and more for where the words stand"
    assert lines[1] == f"  {explanation.details[0].value:.4f}  {explanation.details[0].description}"
    assert explanation.details[0].description.startswith("words of the query, ")
    text = "\n".join(lines)
    for part in (
        "word 'gempa'",
        "written form 'gempa' in the text: gempa (1× title, 2× body); counted 5×",
        "family of 'gempa'",
        "phrase 'kota palu'",
        "'gempa' at the beginning: place 0",
    ):
        assert part in text
    assert "liter" not in text
    assert all(line.startswith("  ") for line in lines[1:])


def test_what_does_not_match_is_not_explained(index: Index) -> None:
    """None for a document that the query does not find, an error for a document that is not there."""
    assert index.explain("gempa", "beras") is None
    with pytest.raises(CarinewsError, match="no article with the id 'takada'"):
        index.explain("gempa", "takada")
