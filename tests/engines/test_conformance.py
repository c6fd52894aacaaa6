"""The local engine and plain Whoosh, given the same articles and the same query tree, find the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.fields import ID, Schema
from whoosh.index import create_in

from carinews import Article
from carinews.corpus.reader import read_corpus
from carinews.engines.local import LocalEngine
from carinews.engines.protocol import Answer, Question
from carinews.engines.whoosh import WhooshEngine
from carinews.errors import CarinewsError, IndexVersionError
from carinews.model import WIB, Filters
from carinews.query.categories import accepts
from carinews.query.language import parse
from carinews.query.tree import Everything, Node, Not, Ranked, Without, children
from strategies import ANALYZER, CITIES, SECTIONS, SOURCES, corpora, dates, plain_trees, positionals
from support import index_of

CORPUS = Path(__file__).parents[2] / "corpus"
EVERYTHING = 100_000

QUERIES = """
gempa | palu | gempa palu | gempa bumi palu donggala | tembak | penembakan | menembaknya | ISIS | isis irak
"gempa bumi" | "gempa" | "kota palu" | "di moskow" | "gempa palu"~5 | "warga kota"~99 | "tidak ada begitu"
"anak-anak" | anak-anak | anak | obat-obatan | buku-buku tani | Al-Qaeda | al qaeda | Jum’at | jumat | Erdoğan | erdogan
=tembak | =menembak korban | judul:=gempa | 17.000 | 17000 | 3,5 | 09.30 | 2018 | ke-2
gempa AND palu | gempa DAN palu DAN warga | gempa OR isis | gempa ATAU harga | gempa NOT tsunami | BUKAN gempa
gempa AND (palu OR donggala) | (gempa palu) AND warga | gempa AND NOT (tsunami OR isis) | NOT gempa AND NOT isis
gempa OR NOT palu | (gempa OR isis) -mosul | -gempa | -gempa -isis | +gempa | +gempa palu | +gempa +palu warga -isis
+isis irak mosul | judul:gempa | isi:gempa | title:isis body:mosul | judul:"penembakan di" | judul:(gempa OR harga)
-judul:gempa | +judul:gempa tsunami | judul:gempa AND isi:warga | isi:"gempa bumi" -judul:palu | gempa -isi:tsunami
harga beras naik | petani | presiden | jakarta | banjir jakarta | korupsi e-ktp | kereta cepat | pemilu 2019 | vaksin
"presiden joko widodo" | menteri -presiden | +indonesia timnas emas | kata-kata yang tidak ditulis orang | ?! | ""
gemp* | me*kan | te?bak | judul:gem* | gembpa~ | menenbak~2 | gempa^2 palu | gempa DEKAT palu | NEAR
"gempa bumi" DEKAT/30 palu | kota DEKAT/2 palu DEKAT warga | isi:(gempa DEKAT tsunami) | sumber:warta.example
gempa rubrik:nasional | gempa -kota:palu | jenis:terkait | gempa tanggal:2018 | tanggal:..2017 | tanggal:tidak-ada
"""
TEXTS = [text.strip() for text in QUERIES.replace("\n", "|").split("|") if text.strip()]

FILTERS = [
    Filters(source="warta.example"),
    Filters(source="takada"),
    Filters(source="warta"),
    Filters(source="=warta"),
    Filters(city="kota"),
    Filters(kind="article"),
    Filters(kind="related"),
    Filters(section="Nasional"),
    Filters(city="Palu"),
    Filters(since=datetime(2018, 9, 28, 18, 2, tzinfo=WIB)),
    Filters(until=datetime(2018, 9, 28, 18, 2, tzinfo=WIB)),
    Filters(since=datetime(2017, 1, 1, tzinfo=WIB), until=datetime(2018, 1, 1, tzinfo=WIB)),
    Filters(since=datetime(2018, 9, 28, tzinfo=WIB), source="warta.example", kind="article", section="Nasional"),
]


class Both:
    """Two engines over the same articles."""

    def __init__(self, local: LocalEngine, whoosh: WhooshEngine) -> None:
        self.local, self.whoosh = local, whoosh

    def ask(self, tree: Node, **options: Any) -> tuple[Answer, Answer]:
        question = Question(tree, **{"limit": EVERYTHING, "facets": True, **options})
        return self.local.answer(question), self.whoosh.answer(question)

    def check(self, tree: Node, **options: Any) -> None:
        """The same documents, totals, facets, scores, order but for ties, and whole articles."""
        ours, theirs = self.ask(tree, **options)
        assert by_id(ours) == by_id(theirs)
        assert scores(ours) == pytest.approx(scores(theirs), rel=1e-5, abs=1e-5)
        in_our_order = [scores(theirs)[name] for name in ids(ours)]
        assert in_our_order == pytest.approx([one.score for one in theirs.found], rel=1e-5, abs=1e-5)
        assert ours.total == theirs.total == len(ours.found)
        assert ours.weaker == theirs.weaker
        if not options and not excludes_plain_words(tree):  # Whoosh's own search finds these, and weak matches
            assert len(self.whoosh.own_search(tree)) == theirs.total + theirs.weaker
        assert ours.facets == theirs.facets
        assert {one.leaf for one in ours.evidence} == {one.leaf for one in theirs.evidence}


def by_id(answer: Answer) -> dict[str, Article]:
    assert len({one.article.id for one in answer.found}) == len(answer.found)
    return {one.article.id: one.article for one in answer.found}


def excludes_plain_words(node: Node) -> bool:
    """Whether documents are found because others are too weak matches to be excluded."""
    if isinstance(node, (Without, Not)):
        return bool(plain_words_in(children(node)[-1])) or any(map(excludes_plain_words, children(node)))
    return any(map(excludes_plain_words, children(node)))


def plain_words_in(node: Node) -> list[Ranked]:
    own = [node] if isinstance(node, Ranked) else []
    return own + [found for child in children(node) for found in plain_words_in(child)]


def scores(answer: Answer) -> dict[str, float]:
    return {one.article.id: one.score for one in answer.found}


def ids(answer: Answer) -> list[str]:
    return [one.article.id for one in answer.found]


def both(articles: list[Article], folder: Path) -> Iterator[Both]:
    with index_of(articles, commit_every=5) as path:
        whoosh = WhooshEngine.build(articles, folder)
        yield Both(LocalEngine(path), whoosh)
        whoosh.close()


@pytest.fixture(scope="module", params=["six articles", "sample corpus"])
def engines(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, articles: tuple[Article, ...]
) -> Iterator[Both]:
    """Both engines over the six articles in view, and over the corpus that comes with carinews."""
    chosen = list(articles)
    if request.param == "sample corpus":
        chosen = [article for article in read_corpus(CORPUS) if isinstance(article, Article)]
        assert len(chosen) > 20
    yield from both(chosen, tmp_path_factory.mktemp("whoosh"))


def test_there_are_queries_for_each_feature() -> None:
    """The list is as long as it means to be, and has no query twice."""
    assert len(TEXTS) == len(set(TEXTS)) >= 60


@pytest.mark.parametrize("text", TEXTS)
def test_a_query_finds_the_same(engines: Both, text: str) -> None:
    """Words, families, phrases, operators, signs and fields mean the same to both engines."""
    engines.check(parse(text, ANALYZER).tree)


@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize("text", ["gempa palu isis harga", "-tsunami", "judul:palu"])
def test_filters_are_the_same(engines: Both, text: str, filters: Filters) -> None:
    """Source, kind, section, city and dates: `since` inclusive, `until` exclusive, undated outside of both."""
    tree = parse(text, ANALYZER).tree
    engines.check(tree, filters=filters)
    ours, _ = engines.ask(tree, filters=filters)
    for article in by_id(ours).values():
        for name, (value,) in filters.categories().items():
            assert accepts(getattr(article, name), value)
        if filters.since or filters.until:
            assert article.published is not None
            assert filters.since is None or filters.since <= article.published
            assert filters.until is None or article.published < filters.until


@pytest.mark.parametrize("sort", ["newest", "oldest"])
@pytest.mark.parametrize("text", ["gempa palu isis harga di", "-tsunami"])
def test_date_order_is_the_same(engines: Both, text: str, sort: str) -> None:
    """By date both engines give one order, undated documents last."""
    ours, theirs = engines.ask(parse(text, ANALYZER).tree, sort=sort)
    assert ids(ours) == ids(theirs)
    moments = [one.article.published for one in ours.found]
    dated = [moment for moment in moments if moment]
    assert moments[: len(dated)] == dated == sorted(dated, reverse=sort == "newest")
    assert dated
    assert len(dated) < len(moments)


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("size", [2, 5])
def test_pages_cover_all_hits_exactly_once(engines: Both, sort: str, size: int) -> None:
    """Page after page gives what one long page gives, in that order, and after the last there is nothing."""
    tree = parse("gempa palu isis beras", ANALYZER).tree
    for engine in (engines.local, engines.whoosh):
        whole = engine.answer(Question(tree, EVERYTHING, sort=sort))  # type: ignore[arg-type]
        paged: list[str] = []
        for offset in range(0, whole.total + size, size):
            page = engine.answer(Question(tree, size, offset, sort=sort))  # type: ignore[arg-type]
            assert page.total == whole.total
            paged += ids(page)
        assert paged == ids(whole)
        assert engine.answer(Question(tree, 0)).found == ()


def test_scores_fall_and_newer_breaks_a_tie(engines: Both) -> None:
    """By relevance scores never rise; of equal ones the newer stands first."""
    for answer in engines.ask(parse("gempa palu isis di", ANALYZER).tree):
        keys = [
            (-one.score, -one.article.published.timestamp() if one.article.published else float("inf"))
            for one in answer.found
        ]
        assert keys == sorted(keys)


def test_articles_are_found_by_id_and_by_title(engines: Both) -> None:
    """`get` and `telling` give the same articles, in any spelling of a title, and by their address."""
    for name, article in by_id(engines.ask(Everything())[0]).items():
        assert engines.local.get(name) == engines.whoosh.get(name) == article
        for title in (article.title, article.title.upper() + "!"):
            for address in (None, article.url):
                found = engines.local.telling(title, address)
                assert found is not None
                assert found == engines.whoosh.telling(title, address)
    assert engines.local.get("takada") is engines.whoosh.get("takada") is None
    assert engines.local.telling("Takada") is engines.whoosh.telling("Takada") is None
    assert engines.local.document_count == engines.whoosh.document_count


@given(corpora(), st.lists(plain_trees | positionals, min_size=1, max_size=8), st.data())
def test_any_tree_over_any_corpus(articles: list[Article], asked: list[Node], data: st.DataObject) -> None:
    """Random trees, also such as no text gives, over random articles and with random filters, find the same."""
    with TemporaryDirectory() as folder:
        for engines in both(articles, Path(folder)):
            for tree in asked:
                engines.check(tree)
            since = data.draw(st.none() | dates)
            filters = Filters(
                since,
                since and since + timedelta(days=data.draw(st.integers(0, 2_000))),
                *(data.draw(st.sampled_from(values)) for values in (SOURCES, SECTIONS, CITIES)),
            )
            engines.check(asked[0], filters=filters)
            for sort in ("newest", "oldest"):
                ours, theirs = engines.ask(asked[0], sort=sort)
                assert ids(ours) == ids(theirs)


def test_a_whoosh_index_of_an_older_carinews_is_said(tmp_path: Path) -> None:
    """One that does not know how long its documents are cannot be scored, and is refused."""
    create_in(str(tmp_path), Schema(id=ID))
    with pytest.raises(IndexVersionError, match=r"an older carinews; build it again with WhooshEngine\.build"):
        WhooshEngine(tmp_path)


def test_no_whoosh_index_is_said(tmp_path: Path) -> None:
    """A folder without a Whoosh index gives IndexMissing, and how to make one."""
    with pytest.raises(CarinewsError, match=r"no Whoosh index here; build one with WhooshEngine\.build"):
        WhooshEngine(tmp_path)
