"""Articles become the same segment whatever their order, and several segments answer as one."""

from __future__ import annotations

import gc
import weakref
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carinews.analysis.analyzer import Analyzer
from carinews.engines.protocol import Question
from carinews.index import builder, invert, writer
from carinews.index.builder import SegmentBuilder
from carinews.index.positions import occurrences_of
from carinews.index.reader import IndexReader
from carinews.index.segment import Segment
from carinews.index.storage import Folder
from carinews.model import Article
from carinews.query.tree import Node
from strategies import FIRST_DAY, IDS, WORDS, corpora, trees
from support import document, engine_of, index_of, last_of_each_id

ids = st.sampled_from(IDS[:4])
texts = st.one_of(st.text(), st.lists(st.sampled_from([*WORDS, "“…”", "_", "\ud800"]), max_size=8).map(" ".join))


def segment_of(articles: list[Article], folder: Path) -> Segment:
    """A segment of the articles, as the builder writes it."""
    made, name = SegmentBuilder(Analyzer()), "segment-000001-001.bin"
    for article in articles:
        made.add(article)
    return Segment(folder / name, made.write(Folder(folder), name))


@given(corpora(), st.randoms(use_true_random=False))
def test_the_order_of_input_leaves_no_trace(articles: list[Article], random: object) -> None:
    """The same articles in another order give the same bytes."""
    once = list(last_of_each_id(articles).values())
    shuffled = list(once)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    with index_of(once) as one, index_of(shuffled) as other:
        ours, theirs = (IndexReader(path).manifest.segments for path in (one, other))
        assert [segment.file.sha256 for segment in ours] == [segment.file.sha256 for segment in theirs]


def test_the_last_of_two_equal_ids_stays(tmp_path: Path) -> None:
    """Adding an article again replaces it, and every word that only the earlier one has is gone."""
    made = segment_of(
        [Article(id="a", title="lama"), Article(id="b", title="lain"), Article(id="a", title="baru")], tmp_path
    )
    assert list(made.terms) == [b"baru", b"lain"]
    assert {made.stored(doc)["title"] for doc in made.live_docs()} == {"baru", "lain"}


@given(st.lists(st.builds(Article, id=ids, title=texts.filter(str.strip), body=texts), max_size=5))
def test_a_segment_has_the_tokens_of_its_articles(articles: list[Article]) -> None:
    """Terms, positions, frequencies and lengths are those that the analyser gives, one article after the other."""
    expected: dict[tuple[bytes, int], list[int]] = {}
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(builder, "_BATCH", 20)
        patch.setattr(invert, "_TOKENS_AT_ONCE", 2)
        made = segment_of(articles, Path(folder))
        lengths, titles = made.lengths.tolist(), made.title_lengths.tolist()
        for doc in made.live_docs():
            known = document(last_of_each_id(articles)[made.stored(doc)["id"]])
            assert (lengths[doc], titles[doc]) == (known.length, known.title_length)
            for position, form, stem in known.tokens:
                expected.setdefault((form.encode(), doc), []).append(position)
                assert made.stem(form) == stem
        assert sorted(made.terms) == sorted({form for form, _ in expected})
        for number, form in enumerate(made.terms):
            docs, positions = occurrences_of(made, number)
            assert list(zip(docs.tolist(), positions.tolist(), strict=True)) == [
                (doc, position) for doc in made.live_docs() for position in expected.get((form, doc), [])
            ]


def test_a_builder_may_forget_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A segment is the same whatever words its builder met before, and whether it still knows them."""
    articles = [
        Article("a", "Gempa", "Gempanya mengguncang anak-anak."),
        Article("b", "Palu", "Digempa, kata B.J. (U-16)"),
    ]
    found = []
    for most in (0, 10**9):
        monkeypatch.setattr(builder, "_MOST_STRETCHES", most)
        made = SegmentBuilder(Analyzer())
        for name in ("segment-000001-001.bin", "segment-000001-002.bin"):
            for article in articles:
                made.add(article)
            found.append(made.write(Folder(tmp_path), name).file.sha256)
    assert len(set(found)) == 1


@given(corpora(), st.lists(trees, min_size=1, max_size=5))
def test_several_segments_answer_as_one(articles: list[Article], asked: list[Node]) -> None:
    """However the articles are spread over segments, hits and scores are the same to the last bit."""
    with pytest.MonkeyPatch.context() as patch, engine_of(articles) as one:
        patch.setattr(writer, "BATCH_SIZE", 40)
        patch.setattr(writer, "_FOLD_AT", 10**9)
        with engine_of(articles) as many:
            for tree in asked:
                question = Question(tree, 100, facets=True)
                ours, theirs = one.answer(question), many.answer(question)
                assert ours.found == theirs.found
                assert (ours.total, ours.facets) == (theirs.total, theirs.facets)
                for here, there in zip(ours.evidence, theirs.evidence, strict=True):
                    assert here[:2] == there[:2]
                    assert here.forms <= there.forms  # forms of deleted documents may linger: they mark nothing


def test_many_documents_share_a_compression_dictionary() -> None:
    """Past 5,000 documents the stored articles are compressed with a dictionary, and come back whole."""
    articles = [
        Article(
            id=f"a{number}",
            title=f"Berita {number}",
            body="Warga kota itu. " * (number % 7),
            published=FIRST_DAY + timedelta(days=number),
        )
        for number in range(5_100)
    ]
    with index_of(articles) as path:
        (segment,) = IndexReader(path).segments
        assert segment._zstd_dictionary is not None
        for number in (0, 1, 77, 5_099):
            assert segment.stored(number)["title"] == articles[number].title
            assert segment.stored(number).get("body", "") == articles[number].body


def test_words_that_are_forgotten_leave_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At once, also in a process that collects no circles."""
    monkeypatch.setattr(builder, "_MOST_STRETCHES", 0)
    made = SegmentBuilder(Analyzer())
    made.add(Article("a", "Gempa"))
    words = weakref.ref(made._vocabulary)
    gc.disable()
    try:
        made.write(Folder(tmp_path), "segment-000001-001.bin")
        assert words() is None
    finally:
        gc.enable()
