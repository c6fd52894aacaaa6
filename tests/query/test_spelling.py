"""Did you mean: what is offered for a slip, and what is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carinews import Article, Index
from carinews.query.language import MAX_CHARACTERS
from carinews.query.spelling import corrected
from carinews.query.vocabulary import Vocabulary
from strategies import query_texts
from support import engine_of, many_examples

COMMON = "Penyelidikan korupsi di Moskow dan gempa bumi di Palu menurut Prabowo Subianto, kata rumah sakit."


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Forty articles of common words, and one with a rare word that looks like a slip."""
    articles = [Article(id=f"a{number}", title=f"Berita {number}", body=COMMON) for number in range(40)]
    articles.append(Article(id="langka", title="Maskow", published=datetime(2020, 1, 1)))
    path: Path = tmp_path_factory.mktemp("ejaan")
    with Index.build(articles, path) as opened:
        yield opened


OFFERED = """
moskwo                      moskow
mosow                       moskow
mosskow                     moskow
mpskow                      moskow
MOSKWO                      MOSKOW
Prabwo Subiato              Prabowo Subianto
gempa penyelidkan           gempa penyelidikan
penylidkan                  penyelidikan
"gempa bmui"                "gempa bumi"
“gempa bmui” -tsunami       “gempa bumi” -tsunami
judul:korpsui               -
isi:korpsui -sumber:korpsui  isi:korupsi -sumber:korpsui
korupsigempa                korupsi gempa
maskow                      moskow
gempa                       -
gempaa~                     -
gemp*                       -
qwxyz                       -
ke                          -
g20                         -
"""


@pytest.mark.parametrize(("typed", "offered"), [line.rsplit("  ", 1) for line in OFFERED.splitlines() if line])
def test_a_slip_is_noticed(index: Index, typed: str, offered: str) -> None:
    """The likelier spelling stands where the slip stood, in its capitals; nothing is offered that finds less."""
    result = index.search(typed.strip())
    assert result.did_you_mean == (None if offered.strip() == "-" else offered.strip())
    if result.did_you_mean:
        assert index.search(result.did_you_mean).total >= max(1, result.total)


def test_a_rare_word_is_no_slip_where_the_query_finds_enough(index: Index) -> None:
    """With few hits the frequent word is offered, beside many the rare one is left alone; filters count."""
    assert index.search("Maskow").did_you_mean == "Moskow"
    assert index.search("Maskow gempa").did_you_mean is None
    assert index.search("moskwo", since="2019-01-01").did_you_mean is None


def test_what_is_offered_is_not_searched(index: Index) -> None:
    """The hits are those of what was typed."""
    assert index.search("moskwo").total == 0


@many_examples
@given(st.one_of(query_texts, st.text(max_size=40)))
def test_any_text_is_corrected_or_left(text: str) -> None:
    """Whatever is typed, what is offered is another text, or nothing."""
    with engine_of([]) as engine:
        assert corrected(text, Vocabulary(engine.reader), engine.analyzer, few=True) is None


def test_no_correction_is_longer_than_a_query_may_be(index: Index) -> None:
    """A query near the bound is still answered."""
    text = "korupsigempa " + "(" + " " * (MAX_CHARACTERS - 14)
    assert index.search(text).did_you_mean is None
