"""A merge of several segments is the segment that all their articles would have made at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carinews import Article
from carinews.analysis.analyzer import Analyzer
from carinews.index import invert
from carinews.index.builder import SegmentBuilder, trained
from carinews.index.manifest import SegmentRecord
from carinews.index.merge import merged
from carinews.index.reader import open_segment
from carinews.index.segment import Segment, key
from carinews.index.segment_file import write_segment
from carinews.index.storage import Folder
from carinews.index.workers import build
from strategies import corpora
from support import last_of_each_id


def segment_of(articles: list[Article], folder: Folder, number: int, dictionary: bytes = b"") -> Segment:
    """A segment of some articles."""
    name = f"segment-000001-{number:03d}.bin"
    entries = [(one, False) for one in articles]
    return open_segment(folder.path, build(SegmentBuilder(Analyzer()), folder, name, entries, lambda: dictionary))


def opened(count: int, arrays: dict[str, np.ndarray], folder: Folder) -> Segment:
    """The segment of some arrays."""
    record: SegmentRecord = write_segment(folder, "segment-000001-999.bin", count, arrays)
    return open_segment(folder.path, record)


def check(segments: list[Segment], articles: list[Article], folder: Folder) -> None:
    """Every array of the merge is that of the articles' own segment."""
    count, arrays = merged(segments)
    whole = segment_of(articles, folder, 900)
    assert count == len(articles)
    assert set(arrays) == set(whole._file._arrays)
    one = opened(count, arrays, folder)
    for name in arrays:
        assert one.array(name).dtype == whole.array(name).dtype, name
        assert one.array(name).tolist() == whole.array(name).tolist(), name
    assert [one.stored(doc) for doc in range(count)] == [whole.stored(doc) for doc in range(count)]


@given(corpora(12), st.integers(1, 4), st.sets(st.integers(0, 11)))
def test_a_merge_is_what_a_builder_makes(
    tmp_path_factory: pytest.TempPathFactory, articles: list[Article], parts: int, gone: set[int]
) -> None:
    """To the number, in every array, whatever was deleted: terms, families, positions, texts, keys, categories."""
    folder = Folder(tmp_path_factory.mktemp("merge"))
    articles = list(last_of_each_id(articles).values())
    segments = [segment_of(articles[part::parts], folder, part) for part in range(parts)]
    dead = {article.id for place, article in enumerate(articles) if place in gone}
    for segment in segments:
        doomed = np.isin(segment.id_keys, np.array([key(name) for name in dead], np.uint64))
        segment.live = ~doomed if doomed.any() else None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(invert, "_TOKENS_AT_ONCE", 2)
        check(segments, [article for article in articles if article.id not in dead], folder)


def test_a_small_merge(tmp_path: Path) -> None:
    """A word alone in one segment joins its family of the other; a word that only a deleted article had is gone."""
    articles = [
        Article("a", "Gempa", "Gempa mengguncang Palu."),
        Article("b", "Palu", "Gempanya kuat, kata Serang."),
        Article("c", "Lain", "Menyerang hantu."),
    ]
    folder = Folder(tmp_path)
    segments = [segment_of([article], folder, number) for number, article in enumerate(articles)]
    segments[2].live = np.array([False])
    count, arrays = merged(segments)
    one = opened(count, arrays, folder)
    assert [one.terms[term].decode() for term in one.family("gempa")] == ["gempa", "gempanya"]
    assert one.term("hantu") is None
    assert one.stem("Serang") == "serang"


def test_segments_with_other_dictionaries_are_compressed_anew(tmp_path: Path) -> None:
    """Stored texts come back whole where one segment was compressed with a dictionary and another without."""
    body = "Warga kota itu berkumpul di alun-alun. "
    many = [Article(f"a{number}", f"Berita {number}", body * (number % 9)) for number in range(5_100)]
    few = [Article(f"b{number}", f"Kabar {number}", body) for number in range(10)]
    folder = Folder(tmp_path)
    segments = [segment_of(many, folder, 1, trained(many)), segment_of(few, folder, 2)]
    count, arrays = merged(segments)
    assert len(arrays["zstd_dictionary"])
    one = opened(count, arrays, folder)
    titles = {one.stored(doc)["title"] for doc in range(count)}
    assert titles == {article.title for article in [*many, *few]}
