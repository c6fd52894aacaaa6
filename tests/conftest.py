"""Six invented articles in full view, and an index of them. Heavier proofs: `CARINEWS_PROOFS=1 pytest`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from carinews import Article, Index, RelatedStory
from carinews.model import WIB

settings.register_profile("ci", deadline=None, max_examples=25, derandomize=True, database=None)
settings.register_profile(
    "proofs", deadline=None, max_examples=1_000, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("proofs" if os.environ.get("CARINEWS_PROOFS") else "ci")

ARTICLES = (
    Article(
        id="gempa-palu",
        title="Gempa Mengguncang Palu",
        body="Gempa bumi mengguncang Kota Palu, Jumat sore.\n\nGempa itu disusul tsunami. Warga mengungsi ke bukit.",
        source="warta.example",
        section="Nasional",
        city="Palu",
        published=datetime(2018, 9, 28, 18, 2, tzinfo=WIB),
        related=(
            RelatedStory("baca_juga", "Tsunami Menerjang Donggala", summary="Air laut naik sampai atap rumah."),
            RelatedStory("berita_terkait", "Bantuan untuk Palu Tiba"),
        ),
    ),
    Article(
        id="bantuan-palu",
        title="Bantuan untuk Palu Tiba",
        body="Kapal membawa beras dan obat-obatan untuk korban gempa di Palu. Para relawan membagikannya.",
        source="warta.example",
        section="Nasional",
        city="Donggala",
        published=datetime(2018, 10, 2, 9, 30, tzinfo=WIB),
        related=(RelatedStory("pilihan_editor", "Gempa mengguncang Palu"),),
    ),
    Article(
        id="moskow",
        title="Penembakan di Moskow",
        body="Seorang pria menembak tiga orang. Polisi menembaknya. Korban tertembak dirawat di rumah sakit.",
        source="kabar.example",
        section="Dunia",
        published=datetime(2017, 4, 18, 16, 19, tzinfo=WIB),
        related=(RelatedStory("baca_juga", "Kremlin Berduka", summary="Bendera setengah tiang.", age="2 hari lalu"),),
    ),
    Article(
        id="isis",
        title="ISIS Mundur dari Mosul",
        body="Pasukan Irak merebut Mosul dari ISIS. Al-Qaeda diam. “Jum’at yang bersejarah,” kata Erdoğan.",
        source="kabar.example",
        section="Dunia",
        published=datetime(2017, 7, 10, tzinfo=WIB),
    ),
    Article(
        id="beras",
        title="Harga Beras 17.000 per Liter",
        body="Harga beras naik 3,5 persen pada pukul 09.30. Anak-anak petani membantu orang tua di sawah.",
        source="warta.example",
        section="Bisnis",
        published=datetime(2023, 2, 1, tzinfo=WIB),
    ),
    Article(id="panen", title="Panen Raya di Karawang", body="Petani memanen padi. Buku-buku tani dibagikan."),
)
"""Two of their links lead to stories that are not here: in Donggala, and in the Kremlin."""


@pytest.fixture(scope="session")
def articles() -> tuple[Article, ...]:
    """The six articles."""
    return ARTICLES


@pytest.fixture
def index_path(tmp_path: Path, articles: tuple[Article, ...]) -> Path:
    """The folder of an index of the six articles and the two stories that they point at."""
    Index.build(articles, tmp_path / "index").close()
    return tmp_path / "index"


@pytest.fixture
def index(index_path: Path) -> Iterator[Index]:
    """The index of the six articles, open."""
    with Index.open(index_path) as opened:
        yield opened
