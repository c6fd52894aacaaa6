"""What plain words bring besides what was typed, where, and what it weighs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from carinews import Article, Index
from carinews.analysis.variants import WEIGHTS
from carinews.query.language import parse
from carinews.query.tree import Family, Form, Node, Phrase, Synonyms, Word, children, leaves
from carinews.query.widening import WORD_OF_A_NAME
from strategies import ANALYZER, query_texts
from support import many_examples

KPK = ("KPK", ("Komisi Pemberantasan Korupsi",))
LONG = ("komisi pemberantasan korupsi", ("KPK",))


@pytest.mark.parametrize(
    ("query", "brought"),
    [
        ("kpk", [("kpk", KPK[1])]),
        ("KPK gempa", [KPK]),
        ("ketua komisi pemberantasan korupsi baru", [LONG]),
        ("gempa +KPK", [KPK]),
        ("judul:KPK", [KPK]),
        ("gempa AND KPK", [KPK]),
        ("(gempa OR KPK)", [KPK]),
        ("komisi AND pemberantasan AND korupsi", []),
        ("komisi +pemberantasan korupsi", []),
        ('"KPK"', []),
        ("=KPK gempa", []),
        ("gempa -KPK", []),
        ("gempa NOT KPK", []),
        ("-(KPK gempa)", []),
        ("-KPK komisi pemberantasan korupsi", [LONG]),
        ("=komisi pemberantasan korupsi", []),
        ("PAN", [("PAN", ("Partai Amanat Nasional",))]),
        ("pan", []),
        ("PAN MEMANASKAN", []),
        ("PAN PKS", [("PAN", ("Partai Amanat Nasional",)), ("PKS", ("Partai Keadilan Sejahtera",))]),
        ("partai amanat nasional", [("partai amanat nasional", ("PAN",))]),
        ("gempa palu", []),
        ("?!", []),
    ],
)
def test_what_a_query_brings(query: str, brought: list[tuple[str, tuple[str, ...]]]) -> None:
    """Plain words do, alone or side by side; not in quotes, not where unwanted; capitals count unless all shout."""
    assert list(parse(query, ANALYZER, variants=True).variants) == brought


def words(node: Node) -> list[Word]:
    """The plain words of a tree."""
    return [node] if isinstance(node, Word) else [word for child in children(node) for word in words(child)]


def test_a_variant_stands_beside_the_family() -> None:
    """The written form stays as it was typed; another word is a family, several words are a phrase, in one scope."""
    (word,) = words(parse("judul:KPK", ANALYZER, variants=True).tree)
    weight = WEIGHTS["acronym"]
    assert word == Word(
        Form("title", "kpk"),
        Synonyms((Family("title", "kpk"), Phrase("title", ("komisi", "pemberantasan", "korupsi"), boost=weight))),
    )


def test_an_acronym_counts_for_each_word_of_its_long_form() -> None:
    """Whoever typed all three words finds KPK as an occurrence of each."""
    found = words(parse("komisi pemberantasan korupsi", ANALYZER, variants=True).tree)
    assert [word.form.form for word in found] == ["komisi", "pemberantasan", "korupsi"]
    acronym = Family("text", "kpk", WEIGHTS["acronym"])
    assert all(isinstance(word.family, Synonyms) and word.family.parts[1:] == (acronym,) for word in found)


def test_an_inflected_word_brings_the_variants_of_its_stem() -> None:
    """`perempuannya` brings what `perempuan` brings."""
    assert parse("perempuannya", ANALYZER, variants=True).variants[0][1][0] == "wanita"


def test_a_name_that_is_a_word_is_asked_for_by_its_capital() -> None:
    """`Serang` looks for the name, and for the word at a lower weight; `serang` for all; SHOUTING tells nothing."""
    family = Family("text", "serang")
    assert parse("serang", ANALYZER).tree == Word(Form("text", "serang"), family)
    named = Synonyms((Form("text", "Serang"), Family("text", "serang", WORD_OF_A_NAME)))
    assert parse("Serang", ANALYZER).tree == Word(Form("text", "Serang"), named)
    assert parse("SERANG KEMARIN", ANALYZER).tree == parse("serang kemarin", ANALYZER).tree
    assert parse('"Serang"', ANALYZER).tree == Form("text", "serang")
    assert parse("=Serang", ANALYZER).tree == Form("text", "serang")


@many_examples
@given(query_texts)
def test_widening_only_adds(text: str) -> None:
    """With variants a query has the words it has without, each with its own form and its own family first."""
    narrow, wide = parse(text, ANALYZER), parse(text, ANALYZER, variants=True)
    assert narrow.warnings == wide.warnings
    assert [word.form for word in words(narrow.tree)] == [word.form for word in words(wide.tree)]
    assert narrow.variants == ()
    for word in words(wide.tree):
        for leaf in leaves(word):
            assert leaf.scope == word.form.scope
    for before, after in zip(words(narrow.tree), words(wide.tree), strict=True):
        first = before.family.parts if isinstance(before.family, Synonyms) else (before.family,)
        parts = after.family.parts if isinstance(after.family, Synonyms) else (after.family,)
        assert [replace(part, boost=1) for part in parts[: len(first)]] == [replace(part, boost=1) for part in first]
        assert all(0 < part.boost < 1 for part in parts[len(first) :])


def test_bound_forms_are_joined_or_not(tmp_path: Path) -> None:
    """`antikorupsi`, `anti-korupsi` and `anti korupsi` find each other where the index holds the words."""
    bodies = {
        "joined": "Pegiat antikorea.",
        "hyphen": "Pegiat anti-korea.",
        "apart": "Pegiat anti Korea.",
        "b": "Palu.",
    }
    with Index.build([Article(name, "-", body) for name, body in bodies.items()], tmp_path) as index:
        for query in ("antikorea", "anti-korea", "anti korea"):
            assert {hit.id for hit in index.search(query)} == {"joined", "hyphen", "apart"}
        assert index.search("antikorea").variants == (("antikorea", ("anti korea",)),)
        assert index.search("antipalu antisatu").variants == (("antipalu", ("anti palu",)),)
        assert index.search("anti palu").variants == ()


# -- what is found ----------------------------------------------------------------------------------


@pytest.fixture
def news(tmp_path: Path) -> Index:
    """Five articles that say one thing in several words."""
    texts = {
        "acronym": "KPK menahan seorang bupati pada malam hari di Jakarta Selatan.",
        "long": "Komisi Pemberantasan Korupsi menahan seorang bupati pada malam hari.",
        "party": "Rapat PAN digelar pada malam hari di kota itu oleh para pengurus.",
        "city": "Warga kota Serang menanam pohon pada pagi hari bersama para pelajar.",
        "attack": "Pasukan menyerang. Mereka serang lagi pada pagi hari, dan diserang pula.",
    }
    return Index.build([Article(name, "-", body) for name, body in texts.items()], tmp_path / "index")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kpk", "acronym long"),
        ("komisi pemberantasan korupsi", "long acronym"),
        ('"kpk"', "acronym"),
        ("Serang", "city attack"),
        ("serang", "attack city"),
        ("serang -kota", "attack"),
        ('"kota serang"', "city"),
        ("partai amanat nasional", "party"),
    ],
)
def test_what_was_typed_comes_first(news: Index, query: str, found: str) -> None:
    """Variants are found behind what was typed; a capital asks for the name."""
    assert [hit.id for hit in news.search(query)] == found.split()


def test_variants_can_be_turned_off(news: Index) -> None:
    """Then only what was typed is found, marked and told."""
    result = news.search("kpk", variants=False)
    assert [hit.id for hit in result] == ["acronym"]
    assert result.variants == ()
    assert news.explain("kpk", "long", variants=False) is None


def test_variants_are_told_marked_and_explained(news: Index) -> None:
    """The result says what was looked for, the snippet marks it, and the explanation names it with its weight."""
    result = news.search("kpk")
    assert result.variants == (("kpk", ("Komisi Pemberantasan Korupsi",)),)
    assert result[1].snippets[0].mark("[", "]").startswith("[Komisi] [Pemberantasan] [Korupsi] menahan")
    explanation = news.explain("kpk", "long")
    assert explanation is not None
    text = "\n".join(explanation.lines())
    assert "family of 'kpk' or phrase 'komisi pemberantasan korupsi' × 0.8 in the text" in text
    assert "komisi pemberantasan korupsi (1× body); counted 0.8×" in text
    explanation = news.explain("Serang", "attack")
    assert explanation is not None
    assert "diserang (1× body), menyerang (1× body), serang (1× body); counted 0.9×" in explanation.lines()[1]
