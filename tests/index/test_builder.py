"""Articles become the same segment whatever their order, and several segments answer as one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carinews.analysis.analyzer import Analyzer
from carinews.engines.protocol import Question
from carinews.index import builder, writer
from carinews.index.builder import SegmentBuilder
from carinews.index.reader import IndexReader
from carinews.index.storage import Folder
from carinews.model import Article
from carinews.query.tree import Node
from strategies import FIRST_DAY, corpora, trees
from support import engine_of, index_of, last_of_each_id


@given(corpora(), st.randoms(use_true_random=False))
def test_the_order_of_input_leaves_no_trace(articles: list[Article], random: object) -> None:
    """The same articles in another order give the same bytes."""
    once = list(last_of_each_id(articles).values())
    shuffled = list(once)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    with index_of(once) as one, index_of(shuffled) as other:
        ours, theirs = (IndexReader(path).manifest.segments for path in (one, other))
        assert [segment.file.sha256 for segment in ours] == [segment.file.sha256 for segment in theirs]


def test_the_last_of_two_equal_ids_stays(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Adding an article again replaces it while it is still in the buffer, and `discard` takes it back."""
    folder = Folder(tmp_path_factory.mktemp("segment"))
    made = SegmentBuilder(Analyzer())
    made.add(Article(id="a", title="lama"))
    made.add(Article(id="a", title="baru"))
    made.add(Article(id="b", title="lain"))
    assert made.discard("b")
    assert not made.discard("b")
    assert list(made.ids()) == ["a"]
    assert made.write(folder, "segment-000001-001.bin").documents == 1
    assert len(made) == 0


@given(corpora(), st.lists(trees, min_size=1, max_size=5))
def test_several_segments_answer_as_one(articles: list[Article], asked: list[Node]) -> None:
    """However the articles are spread over segments, hits and scores are the same to the last bit."""
    with pytest.MonkeyPatch.context() as patch, engine_of(articles) as one:
        patch.setattr(builder, "MAX_TOKENS", 10)
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


def test_a_full_builder_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """A segment is due at `MAX_TOKENS` tokens or `MAX_DOCUMENTS` documents."""
    made = SegmentBuilder(Analyzer())
    monkeypatch.setattr(builder, "MAX_TOKENS", 3)
    made.add(Article(id="a", title="satu dua"))
    assert not made.is_full
    made.add(Article(id="b", title="tiga"))
    assert made.is_full
    made.clear()
    monkeypatch.setattr(builder, "MAX_DOCUMENTS", 1)
    made.add(Article(id="c", title="…"))
    assert made.is_full
