"""The forms that patterns, misspelt words and ranges stand for, and the bounds that keep them cheap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carinews import Article, Index, QueryTooComplex
from carinews.engines.protocol import Question
from carinews.query import expansion
from carinews.query.expansion import edit_distance
from carinews.query.tree import MAX_DISTANCE, Between, Fuzzy, Node, Pattern
from naive import levenshtein
from support import engine_of, many_examples

WORDS = ("gempa", "gempanya", "gembala", "tembak", "tambak", "Serang", "diserang", "palu", "émigré", "e-ktp")


def found(tree: Node, *, commit_every: int = 4) -> str:
    """The written words of the documents that a tree finds, one a document."""
    articles = [Article(word, "-", word) for word in WORDS]
    with engine_of(articles, commit_every=commit_every) as engine:
        return " ".join(sorted(one.article.id for one in engine.answer(Question(tree, 100)).found))


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        (Pattern("text", "gem*"), "gembala gempa gempanya"),
        (Pattern("text", "gempa*"), "gempa gempanya"),
        (Pattern("text", "gem?a"), "gempa"),
        (Pattern("text", "gem*a"), "gembala gempa gempanya"),
        (Pattern("text", "te?bak"), "tembak"),
        (Pattern("text", "ser*"), "Serang"),
        (Pattern("text", "em*"), "émigré"),
        (Pattern("text", "gempa"), "gempa"),
        (Pattern("text", "xy*"), ""),
        (Pattern("text", "ge[m]*"), ""),
        (Pattern("title", "gem*"), ""),
        (Fuzzy("text", "tembak"), "tambak tembak"),
        (Fuzzy("text", "tenbak"), "tembak"),
        (Fuzzy("text", "gempal", 1), "gempa"),
        (Fuzzy("text", "gemba", 2), "gembala gempa"),
        (Fuzzy("text", "sering", 1), "Serang"),
        (Fuzzy("text", "xempa", 1, 1), ""),
        (Fuzzy("text", "xempa", 1, 0), "gempa"),
        (Between("text", "palu", "tembak"), "Serang palu tambak tembak"),
        (Between("text", "palu", "tembak", False, False), "Serang tambak"),
        (Between("text", "tembak", None), "tembak"),
        (Between("text", "z", "a"), ""),
    ],
)
def test_what_a_leaf_stands_for(tree: Node, words: str) -> None:
    """Stars and question marks, letters changed, and ranges; a name answers to its word in small letters."""
    assert found(tree) == " ".join(sorted(words.split()))


@pytest.mark.parametrize(
    ("tree", "message"),
    [
        (Pattern("text", "*gempa"), "may be any word: write 2 letters"),
        (Pattern("text", "g*"), "may be any word: write 2 letters"),
        (Pattern("text", "?empa"), "may be any word: write 2 letters"),
        (Fuzzy("text", "gempa", 3), "3 edits from 'gempa': 2 is the most"),
    ],
)
def test_what_would_be_any_word_is_refused(tree: Node, message: str) -> None:
    """Too few letters before a star, too many edits: an error says what to do."""
    with pytest.raises(QueryTooComplex, match=message):
        found(tree)


def test_too_many_words_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pattern, a range or a misspelling that stands for too many words is refused; a bare prefix costs little."""
    monkeypatch.setattr(expansion, "MAX_EXPANSIONS", 1)
    for tree in (Pattern("text", "gem*a"), Fuzzy("text", "tembak"), Between("text", "gem", "p")):
        with pytest.raises(QueryTooComplex, match=r"stands for \d words, and 1 is the most; write more letters"):
            found(tree, commit_every=0)
    assert found(Pattern("text", "gem*"), commit_every=0) == "gembala gempa gempanya"


@many_examples
@given(st.text("abcé🚀", min_size=1, max_size=8), st.lists(st.text("abcé🚀", min_size=1, max_size=8), min_size=1))
def test_distances_are_those_of_the_definition(word: str, others: list[str]) -> None:
    """The table for all terms of an index at once finds those that one word after the other finds."""
    assert [edit_distance(word, other) for other in others] == [levenshtein(word, other) for other in others]
    with engine_of([Article("a", "-", " ".join(others))]) as engine:
        terms = engine.reader.segments[0].terms
        forms = [term.decode() for term in terms]
        for distance in range(MAX_DISTANCE + 1):
            near = expansion.expand(Fuzzy("text", word, distance, prefix=0), terms)
            assert [forms[number] for number in near] == [form for form in forms if levenshtein(word, form) <= distance]


def test_a_whoosh_tree_of_patterns_can_be_searched(tmp_path: object) -> None:
    """The hits of a prefix are marked, and explained with the forms that matched."""
    from whoosh.query import Prefix

    with Index.build([Article("a", "-", "Gempa mengguncang. Gempanya kuat.")], f"{tmp_path}/index") as index:
        result = index.search(Prefix("text", "gemp"))
        assert result[0].snippets[0].mark("[", "]") == "[Gempa] mengguncang. [Gempanya] kuat."
        explanation = index.explain(Prefix("text", "gemp"), "a")
        assert explanation is not None
        assert (
            "words like 'gemp*' in the text: gempa (1× body), gempanya (1× body); counted 2×" in explanation.lines()[0]
        )
