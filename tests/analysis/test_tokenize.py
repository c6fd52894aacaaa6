"""Where the words of a text stand, and what terms they give."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carinews.analysis.tokenize import MAX_WORD, WORD, pieces
from support import many_examples


def terms(text: str) -> list[str]:
    """The terms of a text."""
    return [piece.form for word in WORD.findall(text) for piece in pieces(word)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gempa di Palu.", "gempa di palu"),
        ("anak-anak", "anak-anak"),
        ("Buku-bukunya", "buku-bukunya"),
        ("berbalas-balasan", "berbalas-balasan"),
        ("ormas-ormas", "ormas-ormas"),
        ("pro-profesi", "pro profesi"),
        ("Al-Qaeda", "al qaeda"),
        ("ke-2", "ke 2"),
        ("e-KTP", "e ktp"),
        ("ke-17", "ke 17"),
        ("U-16", "u 16"),
        ("covid-19", "covid 19"),
        ("Soekarno-Hatta", "soekarno hatta"),
        ("TNI-Polri", "tni polri"),
        ("KPK-nya", "kpk"),
        ("KPK-lah", "kpk"),
        ("nya-nya", "nya-nya"),
        ("B.J. Habibie", "bj habibie"),
        ("B.J.Habibie", "bj habibie"),
        ("B. J. Habibie", "b j habibie"),
        ("S.H., M.H.", "sh mh"),
        ("PT. Telkom", "pt telkom"),
        ("M.Si", "m si"),
        ("A.S-Cina", "as cina"),
        ("anak‑anak", "anak-anak"),
        ("anak - anak", "anak anak"),
        ("Jum’at Jum'at Jumat", "jumat jumat jumat"),
        ("‘kata’", "kata"),
        ("Rp17.000", "rp 17000"),
        ("Rp1,5 triliun", "rp 1.5 triliun"),
        ("Rp. 1.234,56", "rp 1234.56"),
        ("Rp17.000,-", "rp 17000"),
        ("US$3.5", "us 3.5"),
        ("10.000km", "10000 km"),
        ("5G 4x4", "5g 4x4"),
        ("17.000 orang", "17000 orang"),
        ("3,5 persen", "3.5 persen"),
        ("pukul 09.30.", "pukul 09.30"),
        ("2017,2018", "2017.2018"),
        ("tiga,empat", "tiga empat"),
        ("rumah_sakit", "rumah sakit"),
        ("tempo.co", "tempo co"),
        ("a/b", "a b"),
        ("50%", "50"),
        ("½", "1 2"),
        ("__", ""),
        ("…", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_text_gives_these_terms(text: str, expected: str) -> None:
    """Doubled words are one term, other hyphens part; apostrophes join; points stay between digits only."""
    assert terms(text) == expected.split()


def test_a_piece_tells_its_place() -> None:
    """Offsets are into the written word."""
    assert pieces("Al-Qaeda") == (("al", 0, 2), ("qaeda", 3, 8))
    assert pieces("anak-anak") == (("anak-anak", 0, 9),)


@many_examples
@given(st.text(max_size=60))
def test_pieces_lie_inside_their_word(text: str) -> None:
    """For any text: terms are not empty and hold no white space, places are inside the word and in order."""
    for word in WORD.findall(text):
        last = 0
        for form, start, end in pieces(word):
            assert form
            assert not any(sign.isspace() for sign in form)
            assert last <= start < end <= len(word)
            last = start


def test_a_word_without_end_is_none() -> None:
    """Up to 255 characters are a word; bytes in letters and rows of hyphens are not, and cost next to nothing."""
    assert pieces("a" * MAX_WORD) == (("a" * MAX_WORD, 0, MAX_WORD),)
    for endless in ("a" * (MAX_WORD + 1), "a-" * 500_000 + "a", "1." * 500_000 + "1"):
        assert WORD.fullmatch(endless)
        assert pieces(endless) == ()
