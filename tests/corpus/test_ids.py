"""Ids are readable, stable and never empty."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carinews.corpus.ids import SLUG_LENGTH, article_id, site_of, source_name, url_id
from carinews.model import WIB

DAY = datetime(2017, 4, 18, 16, 19, tzinfo=WIB)
LONG = "Nelayan Muara Seni Menjala Ikan Layang Sampai Larut Malam di Bawah Bulan Purnama"


def test_an_id_reads_as_source_day_and_title() -> None:
    """A short title gives an id without a digest."""
    assert article_id("kabarsenja.id", DAY, "Panen Raya, Harga Turun!") == "kabarsenja-20170418-panen-raya-harga-turun"


def test_what_is_unknown_is_left_out() -> None:
    """Neither a source nor a date is needed."""
    assert article_id(None, None, "Panen Raya") == "panen-raya"
    assert article_id(None, DAY, "Panen Raya") == "20170418-panen-raya"


def test_a_long_title_is_cut_at_a_word_and_told_apart_by_a_digest() -> None:
    """The cut slug has at most 60 characters, ends at a word, and six hexadecimal digits follow."""
    made = article_id("kabarsenja.id", DAY, LONG)
    slug = re.fullmatch(r"kabarsenja-20170418-(.+)-([0-9a-f]{6})", made)
    assert slug is not None
    assert len(slug[1]) <= SLUG_LENGTH
    assert slug[1] == "nelayan-muara-seni-menjala-ikan-layang-sampai-larut-malam-di"
    assert article_id("kabarsenja.id", DAY, LONG + " Lagi") != made


def test_an_id_never_changes() -> None:
    """Ids are public: these literal ones must stay as they are in every version."""
    assert article_id("kabarsenja.id", DAY, LONG).endswith("-di-ffb531")
    assert url_id("https://www.kabarsenja.id/a/1") == "kabarsenja-39578d59c404"


@pytest.mark.parametrize("title", ["汉字新闻", "Ещё новость", "!!!", "😀"])
def test_titles_without_ascii_letters_have_ids(title: str) -> None:
    """Where no letter is left for a slug, the digest stands for the title."""
    assert re.fullmatch(r"kabar-20170418-[0-9a-f]{6}", article_id("kabar.id", DAY, title))
    assert re.fullmatch(r"[0-9a-f]{6}", article_id(None, None, title))


def test_lost_letters_do_not_make_two_articles_one() -> None:
    """Titles that differ only in letters ASCII lacks have different ids; accents are just dropped."""
    assert article_id(None, None, "Kabar 汉") != article_id(None, None, "Kabar 字")
    assert article_id(None, None, "Café Élok Jum'at") == "cafe-elok-jumat"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("tempo.co", "tempo"),
        ("www.tempo.co", "tempo"),
        ("nasional.tempo.co", "nasional-tempo"),
        ("REPUBLIKA.CO.ID", "republika"),
        ("CNN Indonesia", "cnn-indonesia"),
        ("news.example.com", "news-example"),
        ("co.id", "co"),
        (None, ""),
        ("...", ""),
    ],
)
def test_a_source_is_named_without_its_suffix(source: str | None, name: str) -> None:
    """The labels for country and kind of site are no part of its name."""
    assert source_name(source) == name


@given(
    st.none() | st.text(),
    st.none() | st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1)),
    st.text(min_size=1),
)
def test_any_title_has_a_plain_id(source: str | None, published: datetime | None, title: str) -> None:
    """Ids are lower-case ASCII words joined by hyphens, whatever they are made from, and repeatable."""
    made = article_id(source, published, title)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", made)
    assert made == article_id(source, published, title)


@given(st.text())
def test_any_url_has_a_plain_id(url: str) -> None:
    """A URL need not be well formed to give an id."""
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", url_id(url))


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://gaya.tempo.co/read/1", "tempo.co"),
        ("http://nasional.republika.co.id/berita", "republika.co.id"),
        ("https://www.Kompas.com:443/", "kompas.com"),
        ("https://kabar.or.id", "kabar.or.id"),
        ("https://tempo.co", "tempo.co"),
        ("https://localhost/", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_an_address_belongs_to_an_outlet(url: str, site: str | None) -> None:
    """Channels and `www` are left out; what stands before a country's ending stays."""
    assert site_of(url) == site
