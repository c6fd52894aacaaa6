"""Copies: what two texts share, which articles print the same story, and that history leaves no trace in it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carinews import Article, Index, IndexCorrupt
from carinews.analysis.analyzer import Analyzer
from carinews.index import copies, writer
from carinews.index.reader import IndexReader
from carinews.index.segment import key
from carinews.index.sketches import BINS, NUMBER_WEIGHT, SIZE, WORDS, hashes_of, shared, sketches
from carinews.index.words import Vocabulary
from carinews.model import WIB
from reliability.worlds import scratch
from strategies import ANALYZER
from support import index_of

MORNING = datetime(2018, 9, 29, 7, tzinfo=WIB)
WORDS_OF_NEWS = [
    f"{first}{second}" for first in "ba ka ma pa sa ta".split() for second in "lan run tik das mur".split()
]


def text(seed: int, words: int = 200) -> str:
    """A text of invented words, another one for each seed."""
    return " ".join(random.Random(f"berita {seed}").choices(WORDS_OF_NEWS, k=words))


def printed(name: str, body: str, hours: float = 0, **rest: object) -> Article:
    return Article(name, f"Berita {name}", body, published=MORNING + timedelta(hours=hours), **rest)  # type: ignore[arg-type]


def groups(path: Path) -> set[frozenset[str]]:
    """The groups of copies that an index tells, by the ids of their articles."""
    with Index.open(path) as index:
        records = [segment.stored(doc) for segment in index.engine.reader.segments for doc in segment.live_docs()]  # type: ignore[attr-defined]
        ids = [record["id"] for record in records]
        return {frozenset({name, *(copy.id for copy in index.copies(name))}) for name in ids if index.copies(name)}


def grouped(*articles: Article) -> set[frozenset[str]]:
    with index_of(articles) as path:
        return groups(path)


# -- what is a copy -----------------------------------------------------------------------------------


def test_a_wire_story_in_three_papers_is_one_group() -> None:
    """Another headline, dateline and byline, the last paragraph cut, another added: the same story."""
    story = text(1, 250)
    cut = " ".join(story.split()[:190])
    assert grouped(
        printed("antara", story),
        printed("harian", f"JAKARTA, Harian — {story} (ant)", hours=3),
        printed("kabar", f"{cut} Baca juga berita lain di aplikasi kami.", hours=8),
        printed("lain", text(2, 250)),
    ) == {frozenset({"antara", "harian", "kabar"})}


def test_a_follow_up_that_repeats_an_older_article_is_none() -> None:
    """New words, and behind them all of an article of the morning."""
    story = text(1, 150)
    assert grouped(printed("pagi", story), printed("sore", f"{text(2, 100)} {story}", hours=9)) == set()


def test_the_same_story_in_other_words_is_none() -> None:
    """Every third word another one: hardly three words in a row are left."""
    words = text(1).split()
    retold = " ".join("kata" + word if place % 3 == 0 else word for place, word in enumerate(words))
    assert grouped(printed("a", " ".join(words)), printed("b", retold)) == set()


def test_what_returns_every_day_is_none() -> None:
    """The same words with other numbers: prices of today and of yesterday."""
    lines = [f"harga {word} hari ini {{}} rupiah per kilogram" for word in WORDS_OF_NEWS]
    today, yesterday = (" ".join(line.format(price + 7 * at) for at, line in enumerate(lines)) for price in (100, 9))
    assert grouped(printed("hari-ini", today, hours=24), printed("kemarin", yesterday)) == set()


def test_days_later_only_the_very_same_text_is_a_copy() -> None:
    """A tenth of the words exchanged is a copy in the same hours, and none three days later."""
    words = text(1).split()
    edited = " ".join("lain" if place % 40 < 4 else word for place, word in enumerate(words))
    original = printed("a", " ".join(words))
    assert grouped(original, printed("b", edited, hours=5)) == {frozenset({"a", "b"})}
    assert grouped(original, printed("b", edited, hours=72)) == set()
    assert grouped(original, printed("b", original.body, hours=72)) == {frozenset({"a", "b"})}
    assert grouped(original, replace(printed("b", edited), published=None)) == {frozenset({"a", "b"})}


def test_a_text_of_few_words_says_too_little() -> None:
    """One word less than the least, and equal bodies are no copies; so are empty ones."""
    for words, found in ((copies.LEAST_WORDS, 1), (copies.LEAST_WORDS - 1, 0), (0, 0)):
        assert len(grouped(printed("a", text(1, words)), printed("b", text(1, words)))) == found


def test_the_first_published_stands_first_and_the_undated_last() -> None:
    """In a group, and in what `Index.copies` tells."""
    story = text(1)
    articles = [printed("siang", story, 5), replace(printed("kapan", story), published=None), printed("pagi", story)]
    with index_of(articles) as path, Index.open(path) as index:
        assert IndexReader(path).copies[1].tolist() == [key("pagi"), key("siang"), key("kapan")]
        assert [copy.id for copy in index.copies("siang")] == ["pagi", "kapan"]


def test_a_thousand_equal_articles_are_one_group() -> None:
    """Each is compared with its neighbours only; that is enough."""
    articles = [printed(f"a{number}", text(1, 60), number / 100) for number in range(1_000)]
    with index_of(articles) as path:
        numbers, ids = IndexReader(path).copies
        assert (numbers == numbers[0]).all()
        assert ids.tolist() == [key(article.id) for article in articles]


# -- sketches and a naive model ------------------------------------------------------------------------


@lru_cache(maxsize=1_000)
def threes(body: str) -> dict[tuple[str, ...], int]:
    """What a sketch stands for: the threes of words, and how much each weighs."""
    forms = [token.form for token in ANALYZER(body)]
    every = {tuple(forms[at : at + WORDS]) for at in range(len(forms) - WORDS + 1)}
    return {three: NUMBER_WEIGHT if any(map(str.isdigit, "".join(three))) else 1 for three in every}


def jaccard(first: str, second: str) -> float:
    """The weight of what both texts have, over the weight of what either has."""
    one, other = threes(first), threes(second)
    union = one | other
    return sum(one[three] for three in one.keys() & other.keys()) / max(1, sum(union.values()))


def sketched(bodies: Sequence[str]) -> np.ndarray:
    """The sketches of some bodies."""
    vocabulary = Vocabulary(Analyzer())
    forms, sizes = vocabulary.forms_of([text.encode() for body in bodies for text in ("Judul Apa Saja", body)])
    return sketches(forms, sizes, *hashes_of(vocabulary.texts()))[0]


def test_an_estimate_is_near_the_naive_index() -> None:
    """Of 400 pairs of texts that share a part, from nothing to all: no bias, and errors as the theory has them."""
    chance, pairs = random.Random(4), []
    for seed in range(400):
        common, size = chance.randrange(200), chance.randrange(60, 300)
        start = text(seed, common)
        pairs.append((f"{start} 17 {text(-seed, size)}", f"{start} 25 {text(seed + 10_000, size)}"))
    one, other = (sketched(bodies)[:, :BINS] for bodies in zip(*pairs, strict=True))
    exact = np.array([jaccard(*pair) for pair in pairs])
    errors = shared(one, other) - exact
    assert abs(errors.mean()) < 0.01
    assert errors.std() < 1.3 * np.sqrt((exact * (1 - exact)).mean() / BINS)


@given(st.lists(st.sampled_from(["gempa di palu 17 orang", "", "satu", text(1, 90), text(2, 400)]), max_size=6))
def test_a_sketch_is_of_its_text_alone(bodies: list[str]) -> None:
    """Whatever stands beside it, in whatever order, and whatever numbers its words have: the same bytes."""
    together = sketched(bodies)
    assert together.shape == (len(bodies), SIZE)
    for body, row in zip(bodies, together, strict=True):
        assert (sketched([body])[0] == row).all()


def naive_groups(articles: Iterable[Article], least: float) -> set[frozenset[str]]:
    """Groups of articles that lead to each other over pairs that share so much, all pairs compared."""
    found = [{article.id} for article in articles]
    bodies = {article.id: article.body for article in articles}
    for one in bodies:
        for other in bodies:
            if one < other and jaccard(bodies[one], bodies[other]) >= least:
                together = [group for group in found if group & {one, other}]
                found = [group for group in found if group not in together] + [set().union(*together)]
    return {frozenset(group) for group in found if len(group) > 1}


@settings(max_examples=15)
@given(st.integers(0, 10**6))
def test_groups_are_those_of_all_pairs_compared(seed: int) -> None:
    """Clear cases, as nearly all are: copies share more than 0.85, what is none less than 0.3."""
    chance, articles = random.Random(seed), []
    for story in range(5):
        words = text(seed + story).split()
        for number in range(chance.randrange(1, 4)):
            at = chance.randrange(150)
            body = " ".join([*words[:at], "disunting", *words[at + 1 :]])
            articles.append(printed(f"{story}-{number}", body, chance.random() * 20))
        articles.append(printed(f"{story}-lanjutan", f"{text(-seed - story - 1, 300)} {' '.join(words[:120])}"))
    assert grouped(*articles) == naive_groups(articles, 0.6)


# -- history ------------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.lists(
            st.tuples(st.sampled_from("abcdef"), st.integers(0, 2), st.sampled_from([0, 20, 90]), st.booleans()),
            min_size=1,
            max_size=4,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_an_index_that_grew_has_the_groups_of_a_rebuild(history: list[list[tuple[str, int, int, bool]]]) -> None:
    """Articles added, replaced and deleted over several commits, and merged: what is left decides, nothing else."""
    here: dict[str, Article] = {}
    with scratch() as path:
        before, writer._FOLD_AT = writer._FOLD_AT, 3
        try:
            for batch in history:
                with Index.writer(path) as changing:
                    for name, story, hours, stays in batch:
                        if stays:
                            here[name] = printed(name, text(story), hours)
                            changing.add(here[name])
                        else:
                            here.pop(name, None)
                            changing.delete(name)
        finally:
            writer._FOLD_AT = before
        with index_of(here.values()) as fresh:
            assert (IndexReader(path).copies == IndexReader(fresh).copies).all()
            assert groups(path) == groups(fresh)


def test_a_group_goes_when_one_article_is_left(tmp_path: Path) -> None:
    """Deleting a copy frees the other; adding it again brings the group back, and `refresh` shows either."""
    story = text(1)
    with Index.writer(tmp_path) as changing:
        changing.add(printed("a", story))
        changing.add(printed("b", story))
    with Index.open(tmp_path) as index:
        assert [copy.id for copy in index.copies("a")] == ["b"]
        with Index.writer(tmp_path) as changing:
            changing.delete("b")
        assert [copy.id for copy in index.copies("a")] == ["b"]
        assert index.refresh()
        assert index.copies("a") == ()
        assert IndexReader(tmp_path).manifest.copies is None


# -- faults -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "damage", [lambda content: content[:-1], lambda content: bytes([content[0] ^ 1]) + content[1:], lambda _: None]
)
def test_a_damaged_file_of_groups_is_refused(tmp_path: Path, damage: object) -> None:
    """Cut short, changed or gone: the message names the file and the remedy."""
    with Index.writer(tmp_path) as changing:
        changing.add(printed("a", text(1)))
        changing.add(printed("b", text(1)))
    record = IndexReader(tmp_path).manifest.copies
    assert record
    file = tmp_path / record.name
    content = damage(file.read_bytes())  # type: ignore[operator]
    file.unlink() if content is None else file.write_bytes(content)
    with pytest.raises(IndexCorrupt, match=rf"{record.name}.*rebuild"):
        Index.open(tmp_path)
    with pytest.raises(IndexCorrupt, match=record.name):
        Index.verify(tmp_path)
