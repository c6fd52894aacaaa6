"""Text becomes tokens: each has a form, a stem, and the place of its word in the text as written."""

from __future__ import annotations

import random
import threading
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from whoosh import index as whoosh_index
from whoosh.fields import STORED, TEXT, Schema
from whoosh.qparser import QueryParser

from carinews.analysis import analyzer as module
from carinews.analysis.analyzer import Analyzer
from carinews.analysis.normalize import uncased
from carinews.analysis.tokenize import pieces
from carinews.analysis.whoosh_analyzer import WhooshAnalyzer
from strategies import ANALYZER, prose
from support import many_examples

LATIN = st.text(st.characters(max_codepoint=0x24F), max_size=60)


def test_a_small_text() -> None:
    """Forms, stems, positions and offsets of every word."""
    assert ANALYZER("Penembakan: Jum’at, anak-anak Al-Qaeda") == [
        ("penembakan", "tembak", 0, 0, 10),
        ("jumat", "jumat", 1, 12, 18),
        ("anak-anak", "anak", 2, 20, 29),
        ("al", "al", 3, 30, 32),
        ("qaeda", "qaeda", 4, 33, 38),
    ]


@pytest.mark.parametrize(
    ("form", "stem"),
    [
        ("menembaknya", "tembak"),
        ("buku-bukunya", "buku"),
        ("ormas-ormas", "ormas"),
        ("di", "di"),
        ("17000", "17000"),
        ("kpk", "kpk"),
        ("covid19", "covid19"),
        ("مصر", "مصر"),
    ],
)
def test_a_form_has_a_stem(form: str, stem: str) -> None:
    """Short words, numbers and other scripts are their own; a doubled word has the stem of its half."""
    assert ANALYZER.stem(form) == stem


@many_examples
@given(st.text(max_size=80) | prose())
@example("İ ß ½ ﷺ ﷽ \ud800 e\u0301 \u0301 a\u00ad-\u00adb")
def test_every_token_has_its_source(text: str) -> None:
    """For any string: no exception, offsets rising and valid, positions counted up, and the slice gives the form."""
    last = (0, 0)
    for count, token in enumerate(ANALYZER(text)):
        assert token.position == count
        assert last <= (token.start, token.end)
        assert 0 <= token.start < token.end <= len(text)
        last = (token.start, token.end)
        assert token.form
        assert token.stem
        assert not any(sign.isspace() for sign in token.form + token.stem)
        assert uncased(token.form) in [piece.form for piece in pieces(text[token.start : token.end])]


SCRIPTS = (
    "abcdefghijklmnopqrstuvwxyz",
    "aeiou nkmtp",
    "ABC DEF.",
    "0123456789.,:-/%$ Rp",
    "'’`´ʼ-‐‑–—.…\u00ad\u200b\u200d\u2060\ufeff\u202e",
    "\t\n\r\x0b\x0c\x1c\x1f\x85\u00a0\u2003\u2028\u3000",
    "éèğıİøßæœﬁǅǆſ\u0300\u0301\u0327½²ⅷ①",
    "موصل ١٧ \u0640\u064b",
    "Москва Ћирилица",
    "東京 ひらがな ｶﾀｶﾅ ＩＳＩＳ",
    "ไทย हिन्दी \u0903\u0941 தமிழ்",
    "ﷺﷻ𝔘𝔫𝔦👩\u200d🚀🇮🇩\ud800\udfff\x00",
)
PREFIXES = ("", "", "me", "meng", "pe", "ber", "ter", "di", "ke", "memper", "se")
SUFFIXES = ("", "", "an", "kan", "i", "nya", "-nya", "lah", "isasi")
STRINGS = 100_000


def strings(dice: random.Random) -> Iterator[str]:
    """Strings of one script, of many, of affixes around letters, and a few very long ones."""
    for number in range(STRINGS):
        signs = "".join(dice.sample(SCRIPTS, dice.choice((1, 1, 2, 3))))
        text = "".join(dice.choices(signs, k=dice.randrange(24)))
        if number % 3 == 0:
            text = f"{dice.choice(PREFIXES)}{text}{dice.choice(SUFFIXES)}"
        yield text * 20_000 if number % 20_000 == 7 else text


def test_any_string_at_all_can_be_analysed() -> None:
    """100,000 strings of all scripts: no exception, no empty term, none with a space, offsets valid and in order."""
    dice = random.Random(20171117)
    wrong = []
    for text in strings(dice):
        place = 0
        for token in ANALYZER(text):
            terms = (token.form, token.stem)
            if not (place <= token.start < token.end <= len(text)) or any(
                not term or term.split() != [term] for term in terms
            ):
                wrong.append((text[:80], token))
            place = token.start
    assert wrong == []


@many_examples
@given(LATIN | prose())
def test_encodings_of_one_text_give_the_same_forms(text: str) -> None:
    """Composed or decomposed, Latin text has the same forms and stems."""
    composed, decomposed = (ANALYZER(unicodedata.normalize(form, text)) for form in ("NFC", "NFD"))
    assert [token[:3] for token in composed] == [token[:3] for token in decomposed]


@given(prose(), st.sampled_from("\u00ad\u200b\u200d\u2060\ufeff"), st.data())
def test_what_prints_nothing_changes_no_form(text: str, invisible: str, data: st.DataObject) -> None:
    """Soft hyphens and zero-width signs inside words, wherever they stand, leave the forms as they are."""
    places = data.draw(st.sets(st.integers(1, max(1, len(text) - 1))))
    inside = {place for place in places if text[place - 1 : place].isalnum() and text[place : place + 1] != "."}
    noisy = "".join((invisible if place in inside else "") + sign for place, sign in enumerate(text))
    assert [token[:3] for token in ANALYZER(noisy)] == [token[:3] for token in ANALYZER(text)]


@given(prose(), st.sampled_from("'`´‘’ʼ＇"))
def test_any_apostrophe_is_the_same(text: str, apostrophe: str) -> None:
    """Straight, curly or an accent misused: the forms are the same."""
    other = text.replace("’", apostrophe)
    assert [token[:3] for token in ANALYZER(other)] == [token[:3] for token in ANALYZER(text)]


def test_the_memory_of_words_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the cache is full it is emptied, and the answers stay the same."""
    monkeypatch.setattr(module, "_CACHED_WORDS", 2)
    fresh = Analyzer()
    for _ in range(3):
        assert [token.stem for token in fresh("menembak membaca gempa palu")] == ["tembak", "baca", "gempa", "palu"]
    assert len(fresh._pieces) <= 2
    assert len(fresh._stems) <= 2


def test_threads_may_share_an_analyzer() -> None:
    """Eight threads on one analyser get what one gets."""
    shared, text = Analyzer(), " ".join(f"menembak{number} pembacaan gempanya" for number in range(300))
    expected = Analyzer()(text)
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(shared(text))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 8


def test_a_plain_whoosh_schema_finds_a_word_in_all_its_forms(tmp_path: Path) -> None:
    """With `WhooshAnalyzer("stem")` in Whoosh's own schema and parser, `menembak` finds `penembakan`."""
    schema = Schema(name=STORED, body=TEXT(WhooshAnalyzer("stem"), phrase=True), exact=TEXT(WhooshAnalyzer()))
    made = whoosh_index.create_in(tmp_path, schema)
    writer = made.writer()
    writer.add_document(name="a", body="Penembakan di Moskow", exact="Penembakan di Moskow")
    writer.add_document(name="b", body="Gempa di Palu", exact="Gempa di Palu")
    writer.commit()
    made.close()
    opened = whoosh_index.open_dir(tmp_path)
    with opened.searcher() as searcher:
        for field, text, names in (
            ("body", "menembak", ["a"]),
            ("body", '"tembak di moskow"', ["a"]),
            ("exact", "menembak", []),
            ("exact", "PENEMBAKAN", ["a"]),
        ):
            query = QueryParser(field, opened.schema).parse(text)
            assert [hit["name"] for hit in searcher.search(query)] == names
    opened.close()


def test_a_whoosh_analyzer_tells_places_and_leaves_gaps() -> None:
    """Characters, positions, originals, and the gap at a sign between two parts of a text."""
    tokens = WhooshAnalyzer("form", between="|", gap=100)(
        "Gempa|Palu", positions=True, chars=True, keeporiginal=True, start_pos=5, start_char=50
    )
    assert [(token.text, token.pos, token.startchar, token.endchar, token.original) for token in tokens] == [
        ("gempa", 5, 50, 55, "Gempa"),
        ("palu", 106, 56, 60, "Palu"),
    ]
