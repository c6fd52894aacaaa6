"""One form for all the ways a word can be encoded."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carinews.analysis.normalize import APOSTROPHES, HYPHENS, fold, plain_number
from support import many_examples

LATIN = st.text(st.characters(max_codepoint=0x24F, categories=["L", "N"]), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Gempa", "gempa"),
        ("ISIS", "isis"),
        ("ＩＳＩＳ", "isis"),
        ("Erdoğan", "erdogan"),
        ("Erdog\u0306an", "erdogan"),
        ("İstanbul", "istanbul"),
        ("Diyarbakır", "diyarbakir"),
        ("Straße", "strasse"),
        ("Ærø", "aero"),
        ("Łódź", "lodz"),
        ("ﬁlm", "film"),
        ("Jum’at", "jumat"),
        ("pe\u00adnem\u00adbak\u00adan", "penembakan"),
        ("ge\u200bm\u2060pa\ufeff", "gempa"),
        ("17", "17"),
        ("١٧", "١٧"),
        ("", ""),
    ],
)
def test_a_word_is_folded(written: str, folded: str) -> None:
    """Capitals, accents, ligatures, apostrophes and what prints nothing leave no trace."""
    assert fold(written) == folded


@pytest.mark.parametrize("apostrophe", APOSTROPHES)
def test_every_apostrophe_is_dropped(apostrophe: str) -> None:
    """However an apostrophe is typed, Jum'at is one word."""
    assert fold(f"Jum{apostrophe}at") == "jumat"


@pytest.mark.parametrize("hyphen", HYPHENS)
def test_no_hyphen_is_dropped(hyphen: str) -> None:
    """Hyphens part words, so they are not for folding to remove."""
    assert fold(f"anak{hyphen}anak") != "anakanak"


@many_examples
@given(LATIN)
def test_encodings_of_one_word_fold_alike(word: str) -> None:
    """Composed, decomposed, compatible, in capitals: one form."""
    forms = {fold(unicodedata.normalize(form, word)) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    assert forms == {fold(word)}
    assert fold(fold(word)) == fold(word)


@many_examples
@given(st.text(max_size=30))
def test_folding_takes_any_string(text: str) -> None:
    """Never an exception, and what was folded twice was folded once, apostrophes of other scripts aside."""
    assert fold(fold(text)) == fold(fold(fold(text)))


@pytest.mark.parametrize(
    ("form", "plain"),
    [
        ("17.000", "17000"),
        ("1.234.567", "1234567"),
        ("3,5", "3.5"),
        ("09.30", "09.30"),
        ("1.23", "1.23"),
        ("1234.567", "1234.567"),
        ("17.000,50", "17000.50"),
        ("17,000", "17000"),
        ("1,234,567.89", "1234567.89"),
        ("1.234,567", "1234.567"),
        ("0,125", "0.125"),
        ("18.04.2017", "18.04.2017"),
        ("2017,2018", "2017.2018"),
        ("", ""),
    ],
)
def test_a_number_has_one_spelling(form: str, plain: str) -> None:
    """17.000 is 17000 and 3,5 is 3.5; a time of day and a date stay what they are."""
    assert plain_number(form) == plain
