"""Numbering the stretches of many texts finds the words that `WORD` finds in each, and mistakes none for another."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from carinews.analysis.tokenize import WORD
from carinews.index import words
from carinews.index.words import Stretches, words_of

_SIGNS = (
    *"aZé1٣_ \n\t\0-'`.,’‑－()\"/—…“",
    "\u0301",  # a combining mark
    "\u00ad",  # a soft hyphen
    "\u200b",  # a zero-width space
    "\u00a0",  # a no-break space
    "\ud800",  # half of a surrogate pair
    "\udc00",
    "漢",
    "ﷺ",
    "😀",
    "anak",
    "B.J.",
    "pertanggungjawaban",
    "17.000",
)
any_text = st.one_of(
    st.text(), st.text(st.characters(max_codepoint=0x7F)), st.lists(st.sampled_from(_SIGNS)).map("".join)
)
batches = st.lists(st.lists(any_text, max_size=6), max_size=4)


def all_words(batches: list[list[str]]) -> list[list[str]]:
    """The words of each text, found by numbering the stretches of one batch after the other."""
    known: list[bytes] = []
    stretches, found = Stretches(lambda stretch: known.append(stretch) or len(known) - 1), []
    for texts in batches:
        numbers, counts = stretches.number([text.encode("utf-8", "surrogatepass") for text in texts])
        numbered = map(known.__getitem__, numbers.tolist())
        found += [
            list(chain.from_iterable(words_of(next(numbered)) for _ in range(count))) for count in counts.tolist()
        ]
        assert next(numbered, None) is None
    assert len(set(known)) == len(known) == len(stretches)  # asked once for each
    return found


@given(batches)
@example([["Jum’at, B.J. Habibie (U-16) 'anak-anak' 17.000,50 a_b -- x..y 1.\u00ad2 ., -nya KPK-nya\ud800"]])
def test_a_text_has_the_words_of_its_stretches(batches: list[list[str]]) -> None:
    """Any texts, in any script and with any signs, have the words that `WORD` finds in each, in order."""
    assert all_words(batches) == [WORD.findall(text) for texts in batches for text in texts]


@given(batches)
def test_stretches_that_hash_alike_stay_apart(batches: list[list[str]]) -> None:
    """With a table of two slots nearly all collide, in a batch and between batches: the words are the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words, "_SLOT_BITS", 1)
        assert all_words(batches) == [WORD.findall(text) for texts in batches for text in texts]


@pytest.mark.parametrize("slot_bits", [1, words._SLOT_BITS])
def test_stretches_that_begin_alike_stay_apart(slot_bits: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that begins as another, up to any length, or that ends as it, is not taken for it, in one slot or in two."""
    monkeypatch.setattr(words, "_SLOT_BITS", slot_bits)
    ladder = [sign + "x" * length + end for length in range(40) for sign in "xy" for end in "xy"]
    for texts in ([" ".join(ladder)], ladder, ladder[::-1]):
        assert all_words([texts] * 2) == [text.split() for text in texts * 2]


def test_a_stretch_keeps_its_number() -> None:
    """Whoever gives the numbers is asked once for each new stretch, wherever the table has the others."""
    asked: list[bytes] = []
    stretches = Stretches(lambda stretch: asked.append(stretch) or 10 * len(asked))
    first, _ = stretches.number([b"satu dua satu", b"", b"pertanggungjawaban dua"])
    again, counts = stretches.number([b"tiga, pertanggungjawaban. (dua)", b"..."])
    assert first.tolist() == [10, 20, 10, 30, 20]
    assert (again.tolist(), counts.tolist()) == ([40, 30, 20], [3, 0])
    assert asked == [b"satu", b"dua", b"pertanggungjawaban", b"tiga"]
