"""What is marked in a text is what the query means, and an excerpt is a slice of the text."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from carinews import Article, Index
from carinews.model import Snippet, mark
from carinews.query.language import parse
from carinews.query.marks import Evidence, Marker, highlights, marker
from carinews.query.snippets import WIDTH, snippets
from carinews.query.tree import Family, Form, Phrase, leaves
from strategies import ANALYZER, corpora, forms, prose, query_texts
from support import many_examples

NOISE = st.text(alphabet="gemparuktbi GEMPAİI’'`´ée\u0301\u00ad\u200b-‑.,_“” \n\t\xa0½ﬁſK17", max_size=80)
WORDS = st.sampled_from(
    [
        "gempa",
        "Gempa",
        "ge\u00admpa",
        "gém\u200bpa",
        "anak-anak",
        "Jum’at",
        "Jum'at",
        "jum´at",
        "BACA",
        "ﬁlm",
        "Kİta",
        "x_gempa",
    ]
)
texts = st.lists(st.one_of(NOISE, WORDS, prose(8)), max_size=8).map(" ".join)


def marker_of(*written: str) -> Marker:
    """A marker of written forms, each a query word of its own."""
    return marker([Evidence(Form("text", form), 1.0, frozenset([form])) for form in written], "body")


def marked(index: Index, query: str, **options: int) -> list[str]:
    """The snippets of a query's first hit, with the marks in brackets."""
    return [snippet.mark("[", "]") for snippet in index.search(query, **options)[0].snippets]


# -- small visible examples -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        (
            "penembakan",
            "moskow",
            "Seorang pria [menembak] tiga orang. Polisi [menembaknya]. Korban [tertembak] dirawat",
        ),
        ('"rumah sakit" pria', "moskow", "Seorang [pria] menembak tiga orang."),
        ('"rumah sakit" pria', "moskow", "dirawat di [rumah] [sakit]."),
        ('"sakit" polisi', "moskow", "[Polisi] menembaknya. Korban tertembak dirawat di rumah [sakit]."),
        ("jumat al-qaeda", "isis", "[Al]-[Qaeda] diam. “[Jum’at] yang bersejarah,” kata Erdoğan."),
        ("erdogan", "isis", "“Jum’at yang bersejarah,” kata [Erdoğan]."),
        ("anak-anak", "beras", "[Anak-anak] petani membantu orang tua di sawah."),
        ("judul:17000 naik", "beras", "Harga beras [naik] 3,5 persen pada pukul 09.30."),
        ("sawah -gempa", "beras", "Anak-anak petani membantu orang tua di [sawah]."),
    ],
)
def test_the_written_word_is_marked_whatever_its_form(index: Index, query: str, name: str, expected: str) -> None:
    """All forms of a word, whole phrases, accents and apostrophes; nothing that was excluded or asked of the title."""
    (hit,) = (hit for hit in index.search(query) if hit.id == name)
    assert expected in hit.snippets[0].mark("[", "]")


def test_a_phrase_marks_only_the_phrase(index: Index) -> None:
    """Of `"kota palu"` neither a lone Kota nor a lone Palu is marked."""
    (hit,) = index.search('"gempa bumi"')
    assert hit.snippets[0].mark("[", "]").startswith("[Gempa] [bumi] mengguncang Kota Palu, Jumat sore.")
    assert hit.snippets[0].mark("[", "]").count("[") == 2
    assert hit.title_highlights == ()


def test_a_loose_phrase_is_marked_wherever_it_matches(tmp_path: Path) -> None:
    """A phrase that can be found on one way only is marked on that way."""
    body = "satu dua x dua y z tiga"
    with Index.build([Article(id="a", title="t", body=body)], tmp_path) as index:
        assert marked(index, '"satu dua tiga"~3') == ["[satu] dua x [dua] y z [tiga]"]


def test_the_title_is_marked_too(index: Index) -> None:
    """`title_highlights` are spans of the title."""
    (hit,) = index.search("penembakan")
    assert [hit.title[slice(*span)] for span in hit.title_highlights] == ["Penembakan"]


def test_without_a_mark_the_beginning_is_shown(index: Index) -> None:
    """A hit by its title alone shows the first lines; without passages there is no snippet."""
    (hit,) = index.search("judul:karawang")
    assert hit.snippets == (Snippet("body", 0, "Petani memanen padi. Buku-buku tani dibagikan."),)
    assert index.search("karawang", passages=0)[0].snippets == ()
    (lead,) = snippets("body", "  \n" + "kata " * 100, (), ())
    assert lead.start == 3
    assert len(lead.text) <= WIDTH
    assert snippets("body", " \n ", (), ()) == ()


def test_two_words_written_as_one_are_marked_once(tmp_path: Path) -> None:
    """`rumah_sakit` is two terms in one place: the marks do not double the text."""
    with Index.build([Article(id="a", title="t", body="Di rumah_sakit ½ hari")], tmp_path) as index:
        assert marked(index, "rumah sakit") == ["Di [rumah_sakit] ½ hari"]
        assert marked(index, "1 2") == ["Di rumah_sakit [½] hari"]


def test_a_very_long_word_is_no_trouble() -> None:
    """A word longer than an excerpt is cut; offsets stay inside of the text."""
    text = "a" * 400 + " gempa " + "b" * 400
    for written in ("a" * 400, "b" * 400, "gempa"):
        for snippet in snippets("body", text, marker_of(written).marks(text, ANALYZER.pieces), (1.0,), 3):
            assert snippet.start >= 0
            assert text[snippet.start :].startswith(snippet.text)
            assert snippet.text


def test_marks_are_put_around_their_words() -> None:
    """`mark` puts every span between two strings and leaves the rest as it is."""
    assert mark("satu dua tiga", ((0, 4), (9, 13)), "<", ">") == "<satu> dua <tiga>"
    assert Snippet("body", 0, "satu").mark("<", ">") == "satu"


# -- properties -----------------------------------------------------------------------------------


@many_examples
@given(texts, st.lists(forms | st.sampled_from(["gempa", "baca", "film", "kita"]), min_size=1, max_size=4))
@example("İİ gempa", ["gempa"])
@example("gempa İ ge\u0301mpa", ["gempa"])
@example("a\tgempa\xa0gempa'gempa", ["gempa"])
@example("´gempa", ["gempa"])
def test_reading_only_some_words_marks_the_same(text: str, written: list[str]) -> None:
    """The fast way over the needles marks what reading the whole text marks."""
    fast = marker_of(*written)
    slow = replace(fast, needles=())
    assert fast.marks(text, ANALYZER.pieces) == slow.marks(text, ANALYZER.pieces)


@many_examples
@given(texts, st.lists(forms | st.just("gempa"), min_size=1, max_size=4, unique=True), st.integers(1, 4))
def test_excerpts_are_slices_that_do_not_overlap(text: str, written: list[str], most: int) -> None:
    """Each is a slice of the text and not too long; its marks are inside, in order, and on the right words."""
    one = marker_of(*written)
    marks = one.marks(text, ANALYZER.pieces)
    assert [text[slice(*span)] for span in highlights(marks)] == [text[mark.start : mark.end] for mark in marks]
    chosen = snippets("body", text, marks, one.weights, most)
    assert len(chosen) <= most
    assert bool(chosen) == bool(text.strip())
    done = 0
    for snippet in chosen:
        assert snippet.start >= done
        done = snippet.start + len(snippet.text)
        assert text[snippet.start : done] == snippet.text
        assert len(snippet.text) <= WIDTH
        last = 0
        for start, end in snippet.highlights:
            assert last <= start < end <= len(snippet.text)
            last = end
            assert {piece.form for piece in ANALYZER.pieces(snippet.text[start:end])} & set(written)
        assert snippet.mark("", "") == snippet.text


@given(corpora(), query_texts)
def test_every_hit_of_a_query_shows_why(articles: list[Article], text: str) -> None:
    """Each mark is a form or a relative of a query word, and a hit of wanted words has a mark somewhere."""
    wanted = list(leaves(parse(text, ANALYZER).tree, wanted_only=True))
    written = {leaf.form for leaf in wanted if isinstance(leaf, Form)}
    written |= {form for leaf in wanted if isinstance(leaf, Phrase) for form in leaf.forms}
    stems = {leaf.stem for leaf in wanted if isinstance(leaf, Family)}
    with TemporaryDirectory() as folder, Index.build(articles, folder) as index:
        for hit in index.search(text, limit=50, passages=3):
            spots = [hit.title[slice(*span)] for span in hit.title_highlights]
            spots += [snippet.text[slice(*span)] for snippet in hit.snippets for span in snippet.highlights]
            assert spots or hit.score == 0
            for spot in spots:
                found = {token.form for token in ANALYZER(spot)} | {token.stem for token in ANALYZER(spot)}
                assert found & (written | stems)
            for snippet in hit.snippets:
                assert hit.article.body[snippet.start :].startswith(snippet.text)


@many_examples
@given(texts)
def test_an_encoding_changes_no_mark(text: str) -> None:
    """The same words are marked in the composed and the decomposed form of a text."""
    one = marker_of("gempa", "baca", "kita")
    counts = {len(one.marks(unicodedata.normalize(form, text), ANALYZER.pieces)) for form in ("NFC", "NFD")}
    assert len(counts) == 1
