"""Stories known from links only: their documents follow from the articles that are here now, and from nothing else."""

from __future__ import annotations

import math
import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carinews import Article, Index, RelatedStory
from carinews.engines.local import LocalEngine
from carinews.engines.protocol import Question
from carinews.index.reader import IndexReader
from carinews.index.stories import NO_ADDRESS, address_key, title_key
from carinews.index.writer import IndexWriter
from carinews.query.language import parse
from carinews.query.tree import Everything
from strategies import ANALYZER, IDS, TITLES, WORDS, articles
from support import documents, index_of

QUERIES = ("gempa palu", "anak-anak buku", '"gempa palu"~9', "judul:menembak isis", "jumat 17.000 dan")
Change = tuple[str, Article | str | None]


def stored(engine: LocalEngine) -> dict[str, Article]:
    """All documents of an index, by id."""
    found = engine.answer(Question(Everything(), limit=100_000)).found
    assert len(found) == engine.document_count
    return {one.article.id: one.article for one in found}


def check_same(path: Path, surviving: dict[str, Article]) -> None:
    """An index with a history is the same to every search as one built afresh of the surviving articles."""
    with index_of(surviving.values()) as fresh:
        old, new = LocalEngine(path), LocalEngine(fresh)
        assert stored(old) == stored(new) == {name: doc.article for name, doc in documents(surviving.values()).items()}
        for text in QUERIES:
            question = Question(parse(text, ANALYZER).tree, 100_000, facets=True)
            ours, theirs = old.answer(question), new.answer(question)
            scores = {one.article.id: one.score for one in theirs.found}
            assert {one.article.id for one in ours.found} == scores.keys()
            assert all(math.isclose(one.score, scores[one.article.id], rel_tol=1e-6) for one in ours.found)
            assert ours.facets == theirs.facets


def apply(path: str, changes: list[Change]) -> dict[str, Article]:
    """Make the changes in a writer each time `commit` is among them; what survives."""
    surviving: dict[str, Article] = {}
    writer = IndexWriter(path)
    for what, value in changes:
        if isinstance(value, Article):
            writer.add(value)
            surviving[value.id] = value
        elif what == "delete":
            assert value is not None
            writer.delete(value)
            surviving.pop(value, None)
        elif what == "commit":
            writer.commit()
        else:
            writer.commit()
            writer.close()
            writer = IndexWriter(path)
    writer.commit()
    writer.close()
    return surviving


changes = st.lists(
    st.one_of(
        st.tuples(st.just("add"), articles),
        st.tuples(st.just("add"), articles),
        st.tuples(st.just("delete"), st.sampled_from(IDS)),
        st.just(("commit", None)),
        st.just(("reopen", None)),
    ),
    max_size=25,
)


@given(changes)
def test_history_leaves_no_trace(history: list[Change]) -> None:
    """Any adding, replacing, deleting and committing ends where a fresh build of what is left ends."""
    with TemporaryDirectory() as folder:
        check_same(Path(folder), apply(folder, history))


@pytest.mark.parametrize("seed", range(3))
def test_a_long_history_folds_its_segments(seed: int, tmp_path: Path) -> None:
    """After 40 commits there are few segments, and the index is still that of a fresh build."""
    chance = random.Random(seed)
    history: list[Change] = []
    for number in range(40):
        for _ in range(chance.randrange(1, 4)):
            name = f"b{chance.randrange(60)}"
            story = RelatedStory("baca_juga", chance.choice(TITLES), summary=chance.choice(["", "gempa", "palu bumi"]))
            body = " ".join(chance.choices(WORDS, k=chance.randrange(20)))
            title = chance.choice([*TITLES, f"Berita {number}"])
            article = Article(id=name, title=title, body=body, related=(story,) if chance.random() < 0.5 else ())
            history.append(("delete", name) if chance.random() < 0.3 else ("add", article))
        history.append((chance.choice(["commit", "reopen"]), None))
    surviving = apply(str(tmp_path), history)
    assert len(IndexReader(tmp_path).segments) < 16
    check_same(tmp_path, surviving)


def test_a_story_known_from_a_link_can_be_found(index: Index) -> None:
    """It has a document of kind `related`, made of its title, its summary and the page that points at it."""
    (hit,) = index.search("donggala menerjang", kind="related")
    assert (hit.title, hit.kind, hit.source, hit.published) == (
        "Tsunami Menerjang Donggala",
        "related",
        "warta.example",
        None,
    )
    assert hit.article.body == "Air laut naik sampai atap rumah."
    assert index.related("gempa-palu")[0].id == hit.id
    (kremlin,) = index.search("kremlin")
    assert kremlin.article.age == "2 hari lalu"


def test_a_link_to_an_article_that_is_here_leads_to_it(index: Index) -> None:
    """Case and punctuation of the title do not matter, and no second document is made."""
    (back,) = index.related("bantuan-palu")
    assert back.id == "gempa-palu"
    assert {hit.id for hit in index.search("mengguncang", limit=50)} == {"gempa-palu"}


def test_a_stand_in_goes_when_the_article_arrives_and_returns_when_it_is_deleted(index_path: Path) -> None:
    """Whole articles come before stand-ins, and no story is lost while someone points at it."""
    (stand_in,) = (name for name in stored(LocalEngine(index_path)) if "donggala" in name)
    whole = Article(id="donggala", title="TSUNAMI menerjang Donggala!", body="Laporan lengkap dari pantai.")
    with Index.writer(index_path) as writer:
        writer.add(whole)
    with Index.open(index_path) as index:
        assert index.get(stand_in) is None
        assert index.related("gempa-palu")[0].id == "donggala"
    with Index.writer(index_path) as writer:
        writer.delete("donggala")
    with Index.open(index_path) as index:
        assert index.get(stand_in) is not None
        assert index.related("gempa-palu")[0].id == stand_in
    with Index.writer(index_path) as writer:
        writer.delete("gempa-palu")
    with Index.open(index_path) as index:
        assert index.get(stand_in) is None


def test_an_article_under_another_headline_is_known_by_its_address(tmp_path: Path) -> None:
    """Its stand-in goes, and edges lead to it both ways; who names the title alone still means a story nobody tells."""
    story = RelatedStory("baca_juga", "Kapal Karam", "https://www.kabar.example/kapal/", "Cerita yang panjang.")
    pages = [
        Article(id="a", title="Berita Satu", related=(story,)),
        Article(id="b", title="Berita Dua", related=(RelatedStory("baca_juga", "Kapal Karam", summary="pendek"),)),
    ]
    whole = Article(id="kapal", title="Kapal Tenggelam", url="http://kabar.example/kapal?utm_source=wa", body="Isi.")
    with Index.writer(tmp_path) as writer:
        writer.add(pages[0])
    with Index.open(tmp_path) as index:
        (stand_in,) = (hit.id for hit in index.related("a"))
        assert index.get(stand_in) != whole
    with Index.writer(tmp_path) as writer:
        writer.add(whole)
    with Index.open(tmp_path) as index:
        assert index.get(stand_in) is None
        assert [hit.id for hit in index.related("a")] == ["kapal"]
        assert [hit.id for hit in index.pointing("kapal")] == ["a"]
    with Index.writer(tmp_path) as writer:
        writer.add(pages[1])
    with Index.open(tmp_path) as index:
        assert [index.related(name)[0].id for name in "ab"] == ["kapal", stand_in]
        assert index.get(stand_in).body == "pendek"  # type: ignore[union-attr]
        assert [hit.id for hit in index.pointing("kapal")] == ["a"]
    with Index.writer(tmp_path) as writer:
        writer.delete("kapal")
    with Index.open(tmp_path) as index:
        assert index.get(stand_in).body == "Cerita yang panjang."  # type: ignore[union-attr]
        assert {hit.id for hit in index.pointing(stand_in)} == {"a", "b"}


@pytest.mark.parametrize(
    "other",
    [
        "https://kabar.example/a",
        "http://www.kabar.example/a/",
        "//kabar.example/a#isi",
        "https://KABAR.example/a?utm_medium=x",
    ],
)
def test_an_address_is_known_by_where_it_leads(other: str) -> None:
    """Scheme, `www.`, a slash behind, fragment and campaign make no other address; page and host do."""
    assert address_key(other) == address_key("https://kabar.example/a") != NO_ADDRESS
    assert address_key(other) != address_key("https://kabar.example/b")
    assert address_key(other) != address_key("https://kabar.example/a?id=2")


@pytest.mark.parametrize(
    "broken", ["https://[kabar/a", "kabar", " ", "https://kabar.example/a?\udfff=%ff", "http://\u2100/a"]
)
def test_what_is_no_address_is_a_name_like_any_other(broken: str) -> None:
    assert address_key(broken) not in (NO_ADDRESS, address_key("https://kabar.example/a"))


def test_a_stand_in_is_made_of_the_best_mention(tmp_path: Path) -> None:
    """The longest summary wins, then the first id; it changes as the mentions change."""

    def pointing(name: str, summary: str) -> Article:
        return Article(id=name, title=f"Berita {name}", related=(RelatedStory("baca_juga", "Kisah", summary=summary),))

    with Index.writer(tmp_path) as writer:
        for name, summary in (("c", "pendek"), ("b", "yang panjang"), ("a", "yang lebar.")):
            writer.add(pointing(name, summary))
    assert stored(LocalEngine(tmp_path))["kisah"].body == "yang panjang"
    with Index.writer(tmp_path) as writer:
        writer.delete("b")
    assert stored(LocalEngine(tmp_path))["kisah"].body == "yang lebar."
    with Index.writer(tmp_path) as writer:
        writer.update(pointing("a", ""))
    assert stored(LocalEngine(tmp_path))["kisah"].body == "pendek"


def test_a_stand_in_never_takes_the_id_of_an_article(tmp_path: Path) -> None:
    """Where an article already has the id that a stand-in would get, the article stays, whichever came first."""
    owner = Article(id="berita-dua", title="Sama Sekali Lain", body="Isi yang utuh.")
    pointing = Article(id="a", title="Berita Satu", related=(RelatedStory("baca_juga", "Berita Dua"),))
    for order in ((owner, pointing), (pointing, owner)):
        with TemporaryDirectory() as folder:
            for article in order:
                with Index.writer(folder) as writer:
                    writer.add(article)
            assert stored(LocalEngine(folder))["berita-dua"] == owner
            with Index.writer(folder) as writer:
                writer.delete("berita-dua")
            assert stored(LocalEngine(folder))["berita-dua"].kind == "related"


def test_a_title_is_known_by_its_letters() -> None:
    """Case, spacing, punctuation and accents make no other title; a title of signs is its own."""
    assert title_key("Gempa Palu") == title_key("gempa  PALU!") == title_key("“Gempa” – palu")
    assert title_key("Jum’at") == title_key("jumat")
    assert title_key("!") != title_key("?")
