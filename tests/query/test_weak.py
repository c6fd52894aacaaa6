"""Of plain words a weak match is no hit, wherever hits are shown or counted; and how many there are is known."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carinews import Article, Filters, Index
from carinews.engines.local import LocalEngine
from carinews.engines.protocol import Question
from carinews.query import pruning
from carinews.query.tree import And, Category, Family, Filtered, Form, Node, Ranked, Without, Word, boosted
from naive import Naive
from strategies import SOURCES
from support import documents, engine_of

FREQUENT = "di Jakarta"
NEWS = [
    Article("keduanya", "Gempa di Palu", f"Gempa mengguncang Palu. Warga {FREQUENT} membantu.", source="warta.example"),
    Article("satu", "Palu", "Kapal tiba di Palu.", source="warta.example"),
    *(Article(f"lain{n}", "Berita", f"Hujan turun {FREQUENT}.", source="kabar.example") for n in range(30)),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Two articles on Palu, and thirty that hold nothing but a word that stands everywhere."""
    return Index.build(NEWS, tmp_path_factory.mktemp("news"))


def test_a_frequent_word_alone_is_no_match(index: Index) -> None:
    """Not among the hits, in no total, facet, order by date or stream; and it is said how many were left out."""
    result = index.search("gempa di palu", facets=True, limit=50)
    assert [hit.id for hit in result] == ["keduanya", "satu"]
    assert (result.total, result.weaker) == (2, 30)
    assert dict(result.facets)["source"] == (("warta.example", 2),)
    for sort in ("relevance", "newest", "oldest"):
        by_date = index.search("gempa di palu", sort=sort, limit=1)  # type: ignore[arg-type]
        assert (by_date.total, by_date.weaker) == (2, 30)
        assert {hit.id for hit in index.scan("gempa di palu", sort=sort)} == {"keduanya", "satu"}  # type: ignore[arg-type]
    assert index.search("gempa di palu", sort="newest").undated == 2


def test_what_a_query_says_itself_it_needs_is_not_cut(index: Index) -> None:
    """A single word, operators, a sign and quotes find what they found; OR between the words finds every match."""
    for query, total in {
        "di": 32,
        "gempa OR di OR palu": 32,
        "gempa ATAU di ATAU palu": 32,
        "di AND jakarta": 31,
        "+di gempa palu": 32,
        '"di jakarta"': 31,
        "-gempa": 31,
        "-(gempa di)": 0,  # not even a weak match is wanted
        "takada di": 32,  # what no article holds weighs nothing: the best match is one of `di`
    }.items():
        result = index.search(query)
        assert (query, result.total, result.weaker) == (query, total, 0)


def test_a_filter_does_not_change_what_matches(index: Index) -> None:
    """Where only weak matches pass it there are no hits, and it is said how many passed; in the query as beside it."""
    for query, filters in (
        ("gempa di palu", Filters(source="kabar")),
        ("gempa di palu sumber:kabar", None),
        ("gempa di palu -gempa sumber:kabar", None),
    ):
        result = index.search(query, filters=filters)
        assert (result.total, result.weaker, result.hits) == (0, 30, ())
    assert index.search("gempa di palu -jakarta").weaker == 0


def test_a_boost_says_what_a_word_is_worth(index: Index) -> None:
    """A word that counts a tenth is no match alone, beside a word of full weight."""
    assert {hit.id for hit in index.search("gempa palu")} == {"keduanya", "satu"}
    result = index.search("gempa palu^0.1")
    assert ([hit.id for hit in result], result.weaker) == (["keduanya"], 1)


def test_a_weak_match_is_explained_as_one(index: Index) -> None:
    """What it would score, and why it is no hit; a document without any of the words is not explained."""
    explanation = index.explain("gempa di palu", "lain3")
    assert explanation is not None
    assert explanation.weak
    first, second, *_ = explanation.lines()
    assert first.endswith("no hit, too weak: it covers less than 20% of what the best match covers")
    assert "words of the query, " in second
    hit = index.explain("gempa di palu", "satu")
    assert hit is not None
    assert not hit.weak
    assert index.explain("gempa tsunami", "lain3") is None


def test_a_slip_is_noticed_though_the_right_word_makes_others_weak(index: Index) -> None:
    """Who mistypes the telling word finds what holds the other: the right query has fewer hits, and is offered."""
    more = [Article(f"p{n}", "Palu", "Gempa di Palu.") for n in range(9)]
    with Index.build([*NEWS, *more], index.engine.reader.path.parent / "more") as larger:  # type: ignore[attr-defined]
        slip, right = larger.search("gepma di"), larger.search("gempa di")
        assert slip.total > right.total
        assert slip.did_you_mean == "gempa di"


def test_similar_articles_are_not_cut(index: Index) -> None:
    """An article is the best match of its own words; what is like it covers far less, and is shown."""
    assert "satu" in {hit.id for hit in index.more_like("keduanya")}


WORDS = ["gempa", "palu", "tsunami", "warga", "di"]
TIMES: Counter[str] = Counter()

sources = st.sampled_from(SOURCES)
texts = st.lists(st.sampled_from([*WORDS, "di", "di"]), max_size=6).map(" ".join)
words = st.builds(
    lambda word, boost: boosted(Word(Form("text", word), Family("text", word)), boost),
    st.sampled_from([*WORDS, "takada"]),
    st.sampled_from([1.0, 1.0, 0.5, 0.1]),
)
ranked_words = st.builds(Ranked, st.lists(words, min_size=2, max_size=4).map(tuple))
asked_trees = st.one_of(
    ranked_words,
    ranked_words,
    st.builds(Filtered, ranked_words, st.just(Category("source", "warta"))),
    st.builds(Without, ranked_words, words),
    st.builds(lambda one, other: And((one, other)), ranked_words, words),
)


@pytest.mark.parametrize("worth_it", [0, 2_000])
def test_every_way_to_ask_leaves_out_the_same(worth_it: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of any length, orders, filters, facets, streams and masks find what the naive evaluator finds."""
    monkeypatch.setattr(pruning, "_WORTH_IT", worth_it)
    _check_every_way()
    assert TIMES["weak"] > 10  # else nothing was proved


@given(
    st.lists(texts, min_size=4, max_size=12), st.lists(asked_trees, min_size=1, max_size=6), st.sampled_from(SOURCES)
)
def _check_every_way(bodies: list[str], asked: list[Node], source: str | None) -> None:
    articles = [Article(f"a{n}", "Berita", body, source=SOURCES[n % 3]) for n, body in enumerate(bodies)]
    found = documents(articles).values()
    model, loose = Naive(found), Naive(found, weak=0)
    with engine_of(articles, commit_every=3) as engine:
        for tree in asked:
            scores, every = model.answer(tree), loose.answer(tree)
            TIMES["weak"] += len(every) > len(scores)
            _check(engine, tree, scores, len(every) - len(scores))
            answer = engine.answer(Question(tree, 100, filters=Filters(source=source)))
            passing = [one for one in every if source in (None, engine.get(one).source)]  # type: ignore[union-attr]
            assert {one.article.id for one in answer.found} == scores.keys() & passing
            assert answer.weaker == len(set(passing) - scores.keys())


def _check(engine: LocalEngine, tree: Node, scores: dict[str, float], weaker: int) -> None:
    for limit in (0, 1, 3, 100):
        for options in ({}, {"sort": "newest"}, {"sort": "oldest", "facets": True}):
            answer = engine.answer(Question(tree, limit, **options))  # type: ignore[arg-type]
            assert (answer.total, answer.weaker) == (len(scores), weaker)
            assert {one.article.id for one in answer.found} <= scores.keys()
            if answer.facets:
                assert sum(count for _, count in dict(answer.facets)["kind"]) == len(scores)
    assert {one.article.id: one.score for one in engine.stream(Question(tree)).found} == pytest.approx(scores, rel=1e-4)
    assert engine.mask(tree).sum() == len(scores)


def test_the_documents_of_a_larger_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand documents, where parts of a query are left out unread: the naive evaluator counts the same."""
    monkeypatch.setattr(pruning, "_WORTH_IT", 0)
    articles = [
        Article(f"a{n}", "t", f"di {'gempa' * (n % 100 == 0)} angka{n % 3} {'palu' * (n % 30 == 0)}")
        for n in range(1_000)
    ]
    found = documents(articles).values()
    model, loose = Naive(found), Naive(found, weak=0)
    with Index.build(articles, tmp_path) as index:
        for query in ("gempa di", "gempa palu di", "gempa angka1 angka2 di", "di angka1", "palu^0.3 gempa di angka2"):
            tree = index.parse(query, variants=False).tree
            hits, every = model.answer(tree).keys(), loose.answer(tree).keys()
            result = index.search(query, variants=False)
            assert (query, result.total, result.weaker) == (query, len(hits), len(every - hits))
            assert {hit.id for hit in index.scan(query, passages=0, variants=False)} == hits
