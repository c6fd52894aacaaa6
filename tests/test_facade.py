"""The one door for programs keeps what INTERFACE promises."""

from __future__ import annotations

import copy
import json
import pickle
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import carinews
from carinews import (
    Article,
    CarinewsError,
    CorpusError,
    EngineUnavailable,
    Filters,
    Index,
    IndexMissing,
    QuerySyntaxError,
    QueryTooComplex,
    RelatedHit,
    serialise,
)
from carinews.engines.protocol import Question
from carinews.engines.whoosh import WhooshEngine
from carinews.query.likeness import LEAST, telling
from carinews.query.vocabulary import Vocabulary
from support import engine_of

CORPUS = Path(__file__).parents[1] / "corpus"


def test_the_promised_lines_of_python_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The block of INTERFACE, line for line."""
    (tmp_path / "corpus").symlink_to(CORPUS)
    monkeypatch.chdir(tmp_path)

    article = Article(id="a1", title="Judul", body="Isi.\n\nParagraf dua.")
    Index.build("corpus/", "index/").close()
    with Index.writer("index/") as writer:
        writer.add(article)
        writer.update(article)
        writer.delete(article.id)
    with Index.open("index/") as index:
        result = index.search("ISIS Irak", limit=10)
        assert len(result) > 0
        for hit in result:
            assert hit.rank >= 1
            assert hit.score > 0
            assert hit.title
            assert hit.published is None or hit.published.tzinfo
            for snippet in hit.snippets:
                assert snippet.mark("[", "]").count("[") == len(snippet.highlights) + snippet.text.count("[")
                assert all(snippet.text[start:end] for start, end in snippet.highlights)
        index.related(result[0].id)
        explanation = index.explain("ISIS Irak", result[0].id)
        assert explanation is not None
        assert explanation.value == pytest.approx(result[0].score, rel=1e-4)
    with Index.build(iter([article]), "index/") as index:
        assert index.get("a1") == article


def test_an_article_has_the_promised_fields() -> None:
    """All but id, title and body have defaults; a date always knows its zone and its certainty."""
    article = Article(id="a1", title="Judul")
    promised = "url source section city author published date_certainty caption credits related kind path".split()
    assert all(hasattr(article, name) for name in promised)
    assert (article.kind, article.date_certainty, article.published) == ("article", "unknown", None)
    dated = Article(id="a1", title="Judul", published=datetime(2018, 9, 28, 18, 2))
    assert dated.published is not None
    assert dated.published.isoformat() == "2018-09-28T18:02:00+07:00"
    assert dated.date_certainty == "exact"
    for wrong in ({"id": " "}, {"title": ""}, {"published": "kemarin"}, {"published": datetime(9999, 1, 1)}):
        with pytest.raises(ValueError, match=r"needs|isoformat|year"):
            Article(**{"id": "a", "title": "t", **wrong})  # type: ignore[arg-type]


def test_all_promised_names_are_exported() -> None:
    """What `__all__` and `dir` name can be imported, and nothing else can."""
    assert set(dir(carinews)) == {*carinews.__all__, "__version__"}
    for name in carinews.__all__:
        assert getattr(carinews, name).__name__ == name
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        carinews.Nothing  # noqa: B018


def test_a_result_is_its_hits(index: Index) -> None:
    """Iterating, indexing, slicing and counting all mean the hits of the page; `total` counts every match."""
    result = index.search("gempa palu harga", limit=2)
    assert [hit.rank for hit in result] == [1, 2]
    assert (len(result), result[0], result[-1]) == (2, result.hits[0], result.hits[1])
    assert result[:1] == result.hits[:1]
    assert result.total > len(result)
    assert result.query == "gempa palu harga"
    assert result.took_ms > 0
    with pytest.raises(IndexError):
        result[2]
    second = index.search("gempa palu harga", limit=2, offset=2)
    assert [hit.rank for hit in second] == list(range(3, 3 + len(second)))
    assert not index.search("takada")


def test_a_hit_tells_its_article(index: Index) -> None:
    """The short names of a hit are those of its article, which comes back whole."""
    (hit,) = index.search("judul:moskow")
    article = index.get("moskow")
    assert hit.article == article
    assert (hit.id, hit.title, hit.url, hit.kind, hit.published, hit.source) == (
        "moskow",
        "Penembakan di Moskow",
        None,
        "article",
        article.published if article else None,
        "kabar.example",
    )
    assert [story.title for story in hit.related] == ["Kremlin Berduka"]


def test_dates_may_be_given_in_any_form(index: Index) -> None:
    """Dates, datetimes and ISO 8601 mean the same; a plain one is midnight in Western Indonesia."""
    forms = (date(2018, 1, 1), datetime(2018, 1, 1), "2018-01-01", datetime(2017, 12, 31, 17, tzinfo=UTC))
    answers = [{hit.id for hit in index.search("-takada", since=since, until="2019-01-01")} for since in forms]
    assert answers == [{"gempa-palu", "bantuan-palu"}] * 4


@pytest.mark.parametrize(
    "options",
    [
        {"limit": -1},
        {"offset": -1},
        {"passages": -1},
        {"sort": "best"},
        {"sort": None},
        {"since": "kemarin"},
        {"until": "2018-13-01"},
        {"since": "0001-01-01"},
    ],
)
def test_an_option_that_makes_no_sense_is_a_value_error(index: Index, options: dict[str, Any]) -> None:
    """Nothing is guessed."""
    with pytest.raises(ValueError, match=r"."):
        index.search("gempa", **options)


def test_errors_come_from_the_one_tree(index: Index, tmp_path: Path) -> None:
    """Each promised error comes where it is promised."""
    for raised, call in (
        (QuerySyntaxError, lambda: index.search("pengarang:budi")),
        (QueryTooComplex, lambda: index.search("a " * 65)),
        (QuerySyntaxError, lambda: index.search(None)),  # type: ignore[arg-type]
        (IndexMissing, lambda: Index.open(tmp_path / "nowhere")),
        (EngineUnavailable, lambda: Index.open(tmp_path, engine="lucene")),
        (CorpusError, lambda: Index.build(tmp_path / "nowhere", tmp_path / "new")),
        (CarinewsError, lambda: index.related("takada")),
        (CarinewsError, lambda: index.explain("gempa", "takada")),
    ):
        with pytest.raises(raised):
            call()
    assert index.get("takada") is None


def test_related_stories_are_followed_in_the_order_of_the_page(index: Index) -> None:
    """Each link leads to the document that tells the story: an article, or a stand-in."""
    first, second = index.related("gempa-palu")
    assert first.kind == "baca_juga"
    assert (index.get(first.id) or first).kind == "related"
    article = index.get("bantuan-palu")
    assert article is not None
    assert second == RelatedHit("bantuan-palu", "berita_terkait", article.title, article.published)


def test_building_from_a_folder_reports_what_it_did(tmp_path: Path) -> None:
    """A file that cannot be used costs itself only, and is named."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.jsonl").write_text('{"id": "a", "title": "Gempa", "body": "Palu"}\nno json\n', encoding="utf-8")
    with Index.build(folder, tmp_path / "index") as index:
        assert index.report is not None
        assert (index.report.documents, index.report.files_read) == (1, 1)
        assert [error.line for error in index.report.refused] == [2]
        assert len(index) == 1
    with Index.open(tmp_path / "index") as index:
        assert index.report is None


def test_a_corpus_that_breaks_off_changes_nothing(index_path: Path) -> None:
    """An error in the middle of the articles leaves the old index."""

    def articles() -> Iterator[Article]:
        yield Article(id="a", title="t")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Index.build(articles(), index_path)
    with Index.open(index_path) as index:
        assert index.get("beras") is not None


def test_threads_share_one_index(index_path: Path) -> None:
    """Eight threads, all asking a freshly opened index at once, get what one gets."""
    queries = ["gempa palu", '"gempa bumi"', "-gempa", "tembak OR isis", "judul:harga", "isi:anak-anak"]
    with Index.open(index_path) as index:
        expected = [ask(index, query) for query in queries]
    with Index.open(index_path) as index:
        found: list[object] = []
        start = threading.Barrier(8)

        def work() -> None:
            start.wait()
            found.extend([ask(index, query) for query in queries] for _ in range(5))

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == [expected] * 40


def ask(index: Index, query: str) -> object:
    result = index.search(query, facets=True, passages=2)
    return result.hits, result.total, result.facets, index.related("gempa-palu"), index.explain(query, "gempa-palu")


def test_the_reference_engine_stands_behind_the_same_door(tmp_path: Path, articles: tuple[Article, ...]) -> None:
    """`engine="whoosh"` opens a folder that `WhooshEngine.build` made; it has no account of its scores."""
    WhooshEngine.build(articles, tmp_path).close()
    with Index.open(tmp_path, engine="whoosh") as index:
        assert len(index) == 8
        (hit,) = index.search("penembakan")
        assert hit.snippets[0].mark("[", "]").startswith("Seorang pria [menembak] tiga orang.")
        with pytest.raises(EngineUnavailable, match="only the local engine"):
            index.explain("gempa", "gempa-palu")


def test_a_category_is_named_by_a_word_of_it(index: Index) -> None:
    """`source="warta"` is warta.example, several values are any of them, `=` the whole value; as typed objects too."""
    everything = {hit.id for hit in index.search("-takada", limit=50)}
    warta = {hit.id for hit in index.search("-takada", limit=50, source="warta")}
    assert warta == {hit.id for hit in index.search("sumber:warta -takada", limit=50)}
    assert set() < warta < everything
    assert not index.search("-takada", source="=warta")
    both = Filters(source=("=warta.example", "Kabar"))
    assert warta < {hit.id for hit in index.search("-takada", limit=50, filters=both)}
    with pytest.raises(ValueError, match="either filters or"):
        index.search("gempa", filters=both, kind="article")


def test_undated_articles_come_last_and_are_counted(index: Index) -> None:
    """By date, either way, those without one stand behind all others; by relevance nobody counts them."""
    for sort in ("newest", "oldest"):
        result = index.search("-takada", limit=50, sort=sort)  # type: ignore[arg-type]
        assert result.undated == 3
        assert [hit.published is None for hit in result] == [False] * (result.total - 3) + [True] * 3
    assert index.search("-takada", sort="newest", since="2018-01-01").undated == 0
    assert index.search("-takada").undated is None


def test_newer_articles_may_count_more(tmp_path: Path) -> None:
    """With a half-life equal articles stand by date; new counts twice, a half-life old 1½ times, explained so."""
    now = datetime.now(UTC)
    ages = {"new": 0, "month": 30, "old": 3_000}
    articles = [
        Article(id=name, title="Gempa", body="Gempa bumi.", published=now - timedelta(days=days))
        for name, days in ages.items()
    ]
    with Index.build([*articles, Article(id="undated", title="Gempa", body="Gempa bumi.")], tmp_path) as index:
        (base,) = {hit.score for hit in index.search("gempa")}
        recent = index.search("gempa", recent="30d")
        weights = {hit.id: hit.score / base for hit in recent}
        assert weights == pytest.approx({"new": 2, "month": 1.5, "old": 1, "undated": 1}, abs=1e-3)
        assert [hit.id for hit in recent][:2] == ["new", "month"]
        for hit in index.search("gempa", recent=timedelta(days=30)):
            explanation = index.explain("gempa", hit.id, recent="30d")
            assert explanation is not None
            assert explanation.value == pytest.approx(hit.score, rel=1e-4)
            assert sum(part.value for part in explanation.details) == pytest.approx(explanation.value)
        for wrong in ("soon", "0d", timedelta()):
            with pytest.raises(ValueError, match=r"length of time|half-life"):
                index.search("gempa", recent=wrong)


def test_a_scan_gives_every_hit_of_a_search(index: Index) -> None:
    """One after the other what one long page has, in each order, from any offset, with the same snippets."""
    for options in ({}, {"sort": "newest"}, {"recent": "30d"}, {"filters": Filters(source="warta")}, {"passages": 0}):
        whole = index.search("gempa palu -kremlin", limit=50, **options)  # type: ignore[arg-type]
        scanned = list(index.scan("gempa palu -kremlin", offset=1, **options))  # type: ignore[arg-type]
        assert scanned == [*whole.hits[1:]] or "recent" in options
        assert [hit.id for hit in scanned] == [hit.id for hit in whole.hits[1:]]
    with pytest.raises(QuerySyntaxError):
        index.scan("pengarang:budi")
    with pytest.raises(ValueError, match="below 0"):
        index.scan("gempa", offset=-1)


def test_more_like_an_article(index: Index) -> None:
    """What shares its telling words, the most alike first, never the article itself."""
    result = index.more_like("gempa-palu")
    assert result[0].id == "bantuan-palu"
    assert "gempa-palu" not in {hit.id for hit in result}
    assert result.query == "Gempa Mengguncang Palu"
    assert index.more_like("gempa-palu", limit=1).hits == result.hits[:1]
    assert index.more_like("gempa-palu", limit=1).total == result.total
    assert {hit.id for hit in index.more_like("gempa-palu", filters=Filters(kind="related"))} <= {
        hit.id for hit in result
    }
    with pytest.raises(CarinewsError, match="no article with the id"):
        index.more_like("takada")


def test_edges_lead_both_ways(tmp_path: Path) -> None:
    """Whoever points at an article is found from it, with the kind of the edge; the newest first."""
    with Index.build(CORPUS, tmp_path / "index", workers=1) as index:
        hits = list(index.scan("tanggal:none OR tanggal:1000..", passages=0))
        there = {(hit.id, story.id) for hit in hits for story in index.related(hit.id) if story.id != hit.id}
        back = {(one.id, hit.id) for hit in hits for one in index.pointing(hit.id)}
        assert there == back
        assert len(there) > 200
        busiest = max(hits, key=lambda hit: len(index.pointing(hit.id)))
        dates = [one.published for one in index.pointing(busiest.id) if one.published]
        assert dates == sorted(dates, reverse=True)
        for one in index.pointing(busiest.id):
            assert (busiest.id, one.kind) in {(story.id, story.kind) for story in index.related(one.id)}
        with pytest.raises(CarinewsError, match="no article with the id"):
            index.pointing("takada")


def test_what_shares_a_word_only_is_not_alike() -> None:
    """Alike is what has a fifth of the article's own score, and nothing else, whatever a filter leaves."""
    about = "banjir merendam kampung pulo setelah ciliwung meluap dan warga mengungsi ke masjid"
    articles = [
        Article("banjir", "Banjir Merendam Kampung Pulo", f"{about} malam itu"),
        Article("sama", "Ciliwung Meluap", f"{about} kemarin", source="warta"),
        Article("jauh", "Turnamen Catur Antarkampung", "warga kampung sukamaju menggelar turnamen", source="kabar"),
        Article("pasar", "Harga Cabai Turun", "pedagang di pasar menurunkan harga cabai rawit"),
    ]
    with engine_of(articles) as engine:
        index = Index(engine)
        result = index.more_like("banjir")
        assert ([hit.id for hit in result], result.total) == (["sama"], 1)
        assert list(index.more_like("banjir", filters=Filters(source="kabar"))) == []
        assert list(index.more_like("pasar")) == []
        for article in articles:
            tree = telling(article, Vocabulary(engine.reader), engine.analyzer)
            scores = {found.article.id: found.score for found in engine.stream(Question(tree)).found}
            least = LEAST * scores.pop(article.id, 0.0)
            alike = {name: score for name, score in scores.items() if score >= least}
            assert {hit.id: hit.score for hit in index.more_like(article.id)} == alike
            assert article.id != "banjir" or scores["jauh"] < least


def test_a_search_box_is_told_what_may_be_meant(index: Index) -> None:
    """The last word is completed, the most frequent first; what was typed before it stays and counts."""
    assert [(one.text, one.documents) for one in index.suggest("gem")] == [("gempa", 2)]
    assert index.suggest("Pal")[0].text == "Palu"
    assert {one.text for one in index.suggest("isis mos")} == {"isis mosul"}
    assert [one.text for one in index.suggest("judul:pan")] == ["judul:panen"]
    assert len(index.suggest("p", limit=2)) == 2
    for nothing in ("", "gempa ", "sumber:wa", "?!", "gempa)", "zzz"):
        assert index.suggest(nothing) == ()


def test_results_serialise(index: Index) -> None:
    """A result goes through pickle, copy and JSON and is the same; so do its parts."""
    result = index.search("gempa palu", facets=True, sort="newest")
    assert pickle.loads(pickle.dumps(result)) == result
    assert copy.deepcopy(result) == result
    document = serialise.search_result(result)
    assert json.loads(json.dumps(document)) == document
    assert document["undated"] == result.undated
    assert pickle.loads(pickle.dumps(Filters(source=("a", "b"), since=date(2020, 1, 1)))).source == ("a", "b")
    refused = index.search('"gempa')
    assert pickle.loads(pickle.dumps(refused)).warnings == refused.warnings
