"""Datelines name the outlet and the city, for any outlet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carinews.corpus.dateline import Dateline, split_bare_dateline, split_dateline

TEXT = "Air sungai surut perlahan pada pagi hari."


@pytest.mark.parametrize(
    ("opening", "source", "city"),
    [
        ("TEMPO.CO, Baghdad - ", "tempo.co", "Baghdad"),
        ("WARTAKALA.ID, Mosul - ", "wartakala.id", "Mosul"),
        ("Tempo.co, Bandung - ", "tempo.co", "Bandung"),
        ("TEMPO . CO , Kota Seni - ", "tempo.co", "Kota Seni"),
        ("TEMPO\xa0.\xa0CO\xa0,\xa0Kota\xa0-\xa0", "tempo.co", "Kota"),
        ("KABARSENJA.CO.ID, BANDA SENI -- ", "kabarsenja.co.id", "Banda Seni"),
        ("KabarSenja6.com, Port-au-Seni – ", "kabarsenja6.com", "Port-au-Seni"),
        ("KABAR.ID, Washington, D.C. — ", "kabar.id", "Washington, D.C."),
        ("KABAR.ID, Jakarta -", "kabar.id", "Jakarta"),
        ("KABAR.ID. JAKARTA -- ", "kabar.id", "Jakarta"),
        ("KABAR.ID , Jakarta- ", "kabar.id", "Jakarta"),
        ("SENJA Interaktif, Solo - ", "senja interaktif", "Solo"),
        ("Jakarta, SNN Indonesia -- ", "snn indonesia", "Jakarta"),
        ("MUARA SENI, KABAR.com - ", "kabar.com", "Muara Seni"),
        ("Muara Seni (KABARA) - ", "kabara", "Muara Seni"),
    ],
)
def test_datelines_of_any_outlet_are_parted(opening: str, source: str, city: str) -> None:
    """The outlet comes out in lower case, the city as a name, the text without either."""
    assert split_dateline(opening + TEXT) == Dateline(source, city, TEXT)


@pytest.mark.parametrize(
    ("opening", "source", "city"),
    [
        ("JAKARTA- ", None, "Jakarta"),
        ("MUARA SENI - ", None, "Muara Seni"),
        ("Kabar.com - ", "kabar.com", None),
        ("KABAR.COM - ", "kabar.com", None),
        ("ANTARA - ", "antara", None),
        ("D.I. SENI - ", None, "D.I. Seni"),
    ],
)
def test_a_city_or_an_outlet_may_stand_alone(opening: str, source: str | None, city: str | None) -> None:
    """Half a dateline counts for a first paragraph, and for nothing else."""
    assert split_bare_dateline(opening + TEXT) == Dateline(source, city, TEXT)
    assert split_dateline(opening + TEXT) is None


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "Menurut warga, menurut kabar.id, air surut - tapi lambat.",
        "Harga cabai naik - lagi.",
        "COVID-19 belum berakhir.",
        "Kabar.id, kata dia - bukan kota.",
        "",
        "-",
    ],
)
def test_sentences_have_no_dateline(text: str) -> None:
    """A dash in a sentence makes no dateline."""
    assert split_bare_dateline(text) is None


def test_a_comma_left_by_a_lost_link_goes_with_the_dateline() -> None:
    """The text never begins with the comma or the dash."""
    found = split_dateline("KABAR.ID, Solo -, air surut.")
    assert found is not None
    assert found.rest == "air surut."


@given(st.text() | st.text("TEMPO.CO, -–aA()"))
def test_any_text_may_be_asked_for_a_dateline(text: str) -> None:
    """No text makes it fail, and the rest is always the end of the text."""
    found = split_bare_dateline(text)
    assert found is None or text.endswith(found.rest)
