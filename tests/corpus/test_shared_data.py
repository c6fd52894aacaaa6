"""The real material, where it is at hand. Nothing of it is quoted here: only counts and shapes."""

from __future__ import annotations

import os
import re
import time
from datetime import date
from pathlib import Path

import pytest

from carinews import Index
from carinews.corpus.reader import read_corpus
from carinews.errors import CorpusError
from carinews.model import Article

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("CARINEWS_SHARED") or ROOT.parent / "shared")


def shared(name: str) -> Path:
    """A folder of the shared data; the test is skipped where it is not there."""
    path = SHARED / "data" / name
    if not path.is_dir():
        pytest.skip(f"needs the shared data: {path} is missing (set CARINEWS_SHARED)")
    return path


def test_the_seed_to_the_letter() -> None:
    """One article, 3 editors' links, 10 stories with summaries and ages, and no word of them in the body."""
    (article,) = read_corpus(shared("seed"))
    assert isinstance(article, Article)
    assert article.published is not None
    assert article.published.isoformat() == "2017-04-18T16:19:00+07:00"
    assert (article.source, article.city, article.author) == ("tempo.co", "Baghdad", None)
    assert len(article.credits) == 4
    assert article.caption.endswith("REUTERS/Thaier Al-Sudani")
    assert article.title == article.title.strip()
    assert len(article.body.split("\n\n")) == 9
    assert article.body.startswith("Wakil Presiden Irak")
    assert [story.kind for story in article.related] == ["baca_juga"] * 3 + ["berita_terkait"] * 10
    listed = article.related[3:]
    assert [int((story.age or "0").split()[0]) for story in listed] == [
        11,
        30,
        31,
        39,
        40,
        42,
        42,
        43,
        43,
        43,
    ]
    assert all(story.summary and story.summary != story.title for story in listed)
    for story in article.related:
        assert story.title not in article.body
        assert not story.summary or story.summary not in article.body
    assert "Baca" not in article.body
    assert "|" not in article.body


def test_the_seed_as_an_index(tmp_path: Path) -> None:
    """14 documents, 13 edges; its stories are undated until the day of the copy is named, and then relative."""
    for as_of, certainty in ((None, "unknown"), (date(2024, 5, 6), "relative")):
        with Index.build(shared("seed"), tmp_path / "index", as_of=as_of) as index:
            assert len(index) == 14
            (hit,) = index.search("judul:irak +isi:allawi", kind="article").hits
            assert len(index.related(hit.id)) == 13
            listed = [index.get(story.id) for story in index.related(hit.id) if story.kind == "berita_terkait"]
            assert [story.date_certainty for story in listed if story] == [certainty] * 10
            days = {story.published.date().isoformat() for story in listed if story and story.published}
            assert ("2024-04-25" in days) == (as_of is not None)
            assert index.search("prabowo", kind="article").total == 0
            assert index.search("prabowo").total == 1


def test_the_dumps_of_other_years() -> None:
    """Nine abridged pages: seven are articles, the two that were copied without a title are refused."""
    found = list(read_corpus(shared("tempo")))
    articles = {Path(item.path or "").name.split("_")[0]: item for item in found if isinstance(item, Article)}
    refused = [Path(item.path).name.split("_")[0] for item in found if isinstance(item, CorpusError)]
    assert sorted(articles) == ["v1", "v2", "v3", "v3b", "v4", "v5", "v6"]
    assert refused == ["v4b", "v4c"]
    assert {name for name, item in articles.items() if item.published} == {"v1", "v2", "v4", "v5"}
    assert {name for name, item in articles.items() if item.source == "tempo.co"} == {
        "v1",
        "v2",
        "v3",
        "v3b",
        "v4",
    }
    assert [len(articles[name].related) for name in sorted(articles)] == [0, 1, 1, 2, 0, 1, 0]
    for item in articles.values():
        assert not any(word in item.body.lower() for word in ("iklan, klik", "slot-iklan", "berlangganan", "(baca"))


DUMPS = {
    "v1": (4, 125, "Presiden Joko", "kata dia"),
    "v2": (2, 67, "Setelah PT", "premium tersebut"),
    "v3": (2, 34, "Demo rusuh", "perasaan warga"),
    "v3b": (3, 39, "Cerita soal", "Cegatan Jogja"),
    "v4": (4, 52, "Berita terpopuler", "volume percakapan"),
    "v5": (4, 50, "Tanggapan Gubernur", "yang terjadi"),
    "v6": (2, 25, "Hari ini", "untuk mewuj"),
}
"""The bodies as a person marked them: paragraphs, words, the first words and the last."""


def test_the_bodies_of_the_dumps_are_those_that_a_person_marked() -> None:
    """Every word of the body and none besides."""
    found = {}
    for item in read_corpus(shared("tempo")):
        if isinstance(item, Article):
            words = re.findall(r"\w+", item.body)
            ends = " ".join(words[:2]), " ".join(words[-2:])
            found[Path(item.path or "").name.split("_")[0]] = (item.body.count("\n\n") + 1, len(words), *ends)
    assert found == DUMPS


def test_the_news_are_all_read() -> None:
    """50,721 records, none refused, every id its own, in seconds."""
    start = time.perf_counter()
    ids, dated = set(), 0
    for item in read_corpus(shared("news")):
        assert isinstance(item, Article), item
        ids.add(item.id)
        dated += item.published is not None
    assert (len(ids), dated) == (50_721, 41_746)
    assert time.perf_counter() - start < 60
