"""Whole arrays find the same documents with the same scores as one document after the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carinews import Article, Index
from carinews.engines.local import LocalEngine
from carinews.engines.protocol import Question
from carinews.index.writer import IndexWriter
from carinews.query import leaves, postings
from carinews.query.language import parse
from carinews.query.leaves import Leaves
from carinews.query.tree import Family, Form, Node, Or, Phrase, Ranked, Word
from naive import Naive
from strategies import ANALYZER, FORMS, IDS, all_trees, corpora, query_texts
from support import documents, engine_of, index_of, last_of_each_id


def answer(engine: LocalEngine, tree: Node) -> dict[str, float]:
    """The score of every document that an index finds, by id."""
    found = engine.answer(Question(tree, limit=100_000)).found
    return {one.article.id: one.score for one in found}


def check(engine: LocalEngine, model: Naive, tree: Node) -> None:
    """Documents are the same and scores within what 32-bit floats lose."""
    ours, naive = answer(engine, tree), model.answer(tree)
    assert ours == pytest.approx(naive, rel=1e-4, abs=1e-6)


@given(corpora(), st.lists(all_trees, min_size=1, max_size=8))
def test_any_tree_over_any_corpus(articles: list[Article], asked: list[Node]) -> None:
    """Scopes, slops, boosts, coverage, stand-ins: the naive evaluator agrees on every document and score."""
    model = Naive(documents(articles).values())
    with engine_of(articles, commit_every=3) as engine:
        for tree in asked:
            check(engine, model, tree)


@given(corpora(), st.lists(all_trees, min_size=1, max_size=5))
def test_many_terms_are_read_together(articles: list[Article], asked: list[Node]) -> None:
    """Read at one go with what lies between them, the terms of a pattern give what they give one by one."""
    model = Naive(documents(articles).values())
    with pytest.MonkeyPatch.context() as patch, engine_of(articles, commit_every=3) as engine:
        patch.setattr(postings, "_MANY", 0)
        for tree in asked:
            check(engine, model, tree)


@given(corpora(), st.lists(query_texts, min_size=1, max_size=8))
def test_any_text_over_any_corpus(articles: list[Article], asked: list[str]) -> None:
    """What people type is evaluated as its tree says."""
    model = Naive(documents(articles).values())
    with engine_of(articles, commit_every=3) as engine:
        for text in asked:
            check(engine, model, parse(text, ANALYZER).tree)


@given(corpora(), st.sets(st.sampled_from(IDS)), st.lists(all_trees, min_size=1, max_size=5))
def test_deletions_and_several_segments(articles: list[Article], gone: set[str], asked: list[Node]) -> None:
    """A deleted document counts in no frequency and no average, in whatever segment it stood."""
    kept = [article for name, article in last_of_each_id(articles).items() if name not in gone]
    model = Naive(documents(kept).values())
    with index_of(articles, commit_every=3) as path:
        with IndexWriter(path) as writer:
            for name in gone:
                writer.delete(name)
        engine = LocalEngine(path)
        for tree in asked:
            check(engine, model, tree)


@given(corpora(), st.lists(all_trees, min_size=1, max_size=5))
def test_what_is_remembered_is_the_same(articles: list[Article], asked: list[Node]) -> None:
    """A tree asked again, from what was kept or from what made room, has the same documents and scores."""
    for room in (0, 2_000, leaves.ROOM):
        with pytest.MonkeyPatch.context() as patch, engine_of(articles) as engine:
            patch.setattr(engine, "_leaves", Leaves(engine.reader, room))
            first = [answer(engine, tree) for tree in asked]
            assert [answer(engine, tree) for tree in asked] == first


def test_many_documents_and_rare_words() -> None:
    """Six thousand documents, where dense and sparse ways both are taken, agree with the naive evaluator."""
    articles = [
        Article(
            id=f"a{n}",
            title=f"kata{n % 50}",
            body=f"{'gempa' * (n % 900 == 0)} angka{n % 7} {'menembak' * (n % 999 == 0)}",
        )
        for n in range(6_000)
    ]
    model = Naive(documents(articles).values())
    with engine_of(articles, commit_every=3) as engine:
        for text in ("gempa tembak", "kata3 gempa", '"angka3"', "gempa OR menembak OR angka1", "judul:kata7 -angka1"):
            check(engine, model, parse(text, ANALYZER).tree)


def test_words_at_the_end_of_very_long_articles() -> None:
    """Beyond 32,767 words phrases, distances and nearness are what they are at the beginning, in any segment."""
    articles = [
        Article(id=f"a{n}", title="Laporan", body="kata " * (33_000 + n) + "gempa palu kuat" + " gempa" * n)
        for n in range(2)
    ]
    model = Naive(documents(articles).values())
    with engine_of(articles, commit_every=1) as engine:
        for text in ('"gempa palu"', '"palu gempa"', '"palu gempa"~2', "gempa DEKAT/2 kuat", "kuat gempa"):
            check(engine, model, parse(text, ANALYZER).tree)


@given(corpora(), st.sampled_from(FORMS), st.sampled_from(FORMS))
def test_a_word_that_somebody_made_up(articles: list[Article], form: str, other: str) -> None:
    """A `Word` whose form is no member of its family, or in another scope, is still the sum of both."""
    model = Naive(documents(articles).values())
    with engine_of(articles, commit_every=3) as engine:
        check(engine, model, Word(Form("text", form), Family("text", ANALYZER.stem(other))))
        check(engine, model, Word(Form("title", form), Family("body", ANALYZER.stem(form))))
        check(engine, model, Word(Form("text", form), Family("title", ANALYZER.stem(form))))


# -- small visible examples -----------------------------------------------------------------------


def test_a_word_is_found_in_all_its_forms(index: Index) -> None:
    """`menembak` finds `penembakan` and `tertembak`; in quotes only itself."""
    assert index.search("tembak").total == 1
    assert index.search('"tertembak"').total == 1
    assert index.search('"ditembak"').total == 0


def test_documents_that_hold_all_words_come_first(index: Index) -> None:
    """Coverage ranks; and no document with any of the words is lost."""
    result = index.search("harga beras liter")
    assert [hit.id for hit in result] == ["beras", "bantuan-palu"]


def test_a_phrase_stays_within_title_or_body(tmp_path: Path) -> None:
    """The last word of a title and the first of a body are no neighbours, however loose the phrase."""
    with Index.build([Article(id="a", title="Gempa", body="Palu")], tmp_path) as index:
        assert index.search('"gempa palu"').total == 0
        assert index.search('"gempa palu"~99').total == 0
        assert index.search("+gempa +palu").total == 1


def test_a_phrase_may_be_loose() -> None:
    """A slop of n lets each word stand up to n places behind the one before, never before it."""
    with engine_of([Article(id="a", title="t", body="satu dua tiga empat dua")]) as engine:
        for forms, slop, matches in (
            (("satu", "tiga"), 1, False),
            (("satu", "tiga"), 2, True),
            (("tiga", "satu"), 9, False),
            (("satu", "dua", "dua"), 3, True),
            (("satu", "dua", "dua"), 2, False),
            (("dua", "dua"), 3, True),
        ):
            assert bool(answer(engine, Phrase("text", forms, slop))) == matches


def test_a_title_weighs_more_than_a_body() -> None:
    """Three times in the frequency, three times in the length."""
    articles = [Article(id="judul", title="gempa", body="satu dua"), Article(id="isi", title="satu", body="gempa dua")]
    with engine_of(articles, commit_every=3) as engine:
        scores = answer(engine, Form("text", "gempa"))
        assert scores["judul"] > scores["isi"] > 0
        assert answer(engine, Form("title", "gempa")).keys() == {"judul"}
        assert answer(engine, Form("body", "gempa")).keys() == {"isi"}


def test_a_frequency_ends_at_255() -> None:
    """Past that a document that repeats a word gains nothing, and the naive evaluator agrees."""
    articles = [Article(id=f"a{n}", title="t", body="gempa " * n) for n in (1, 254, 255, 256, 400)]
    model = Naive(documents(articles).values())
    with engine_of(articles, commit_every=3) as engine:
        for scope in ("text", "body"):
            check(engine, model, Form(scope, "gempa"))  # type: ignore[arg-type]
            check(engine, model, Ranked((Family(scope, "gempa"), Or((Form(scope, "gempa"), Form(scope, "t"))))))  # type: ignore[arg-type]
