"""What is marked in a text is what the query means, and an excerpt is a slice of the text."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from carinews import Article, Index
from carinews.analysis.normalize import uncased
from carinews.model import Snippet, mark
from carinews.query.language import parse
from carinews.query.marks import MAX_READ, Evidence, Mark, Marker, highlights, marker
from carinews.query.postings import words_of
from carinews.query.snippets import WIDTH, snippets
from carinews.query.tree import Form, Phrase, Synonyms, leaves
from naive import means
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
NUMBERS = st.sampled_from(["17.000", "17,000", "17.000,5", "1.234.567", "2017", "18.04.2017", "covid-19", "Rp5", "５"])
texts = st.lists(st.one_of(NOISE, WORDS, NUMBERS, prose(8)), max_size=8).map(" ".join)
written_forms = st.one_of(
    forms,
    NUMBERS.map(lambda number: ANALYZER.pieces(number)[-1].form),
    st.sampled_from(["gempa", "baca", "film", "kita", "kıta", "bj", "1234567", "17000.5", "", "-", "dua kata"]),
)
SENTENCE_ENDS = ("\n", ". ", "? ", "! ", '." ', ".” ", '?" ', "?” ", '!" ', "!” ", "… ", ".) ")
sentences = st.lists(
    st.tuples(
        st.one_of(st.sampled_from(["Gempa", "gempa", "Palu", "palu", "5", "“Di", "é", "panjang" * 30]), prose(4)),
        st.sampled_from([*SENTENCE_ENDS, *SENTENCE_ENDS, " ", ", ", " \n ", "… “", ".", "." + " " * 40]),
    ).map("".join),
    max_size=60,
).map("".join)


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


def obvious_marks(text: str, words: dict[str, int], phrases: dict[Phrase, int]) -> list[Mark]:
    """The marks of words and phrases, by reading every word of a text."""
    tokens = ANALYZER(text)
    found = {(token.start, token.end): words[token.form] for token in tokens if token.form in words}
    for phrase, number in phrases.items():
        for place in range(len(tokens)):
            for at in chain_to(place, phrase.forms, phrase.slop, [token.form for token in tokens]):
                found[tokens[at].start, tokens[at].end] = number
    return sorted(Mark(*span, number) for span, number in found.items())


def chain_to(place: int, wanted: tuple[str, ...], slop: int, forms: list[str]) -> tuple[int, ...]:
    """The occurrence of a phrase that ends at a place: each word with the nearest before it that ends one itself."""
    if place < 0 or wanted[-1] not in (forms[place], uncased(forms[place])):
        return ()
    if len(wanted) == 1:
        return (place,)
    before = (chain_to(other, wanted[:-1], slop, forms) for other in range(place - 1, max(-1, place - slop - 1), -1))
    nearest = next(filter(None, before), ())
    return (*nearest, place) if nearest else ()


@many_examples
@given(texts, st.lists(written_forms, min_size=1, max_size=4, unique=True))
@example("İİ gempa", ["gempa"])
@example("gempa İ ge\u0301mpa", ["gempa"])
@example("a\tgempa\xa0gempa'gempa", ["gempa"])
@example("´gempa", ["gempa"])
@example("gempa(gempa)/gempa–gempa", ["gempa"])
@example("B.J. b.j bj", ["bj"])
@example("17.000 17,000.5 17000", ["17000", "17000.5"])
@example("\ud800gempa gem\ud800pa", ["gempa"])
def test_reading_only_some_words_marks_the_same(text: str, written: list[str]) -> None:
    """Looking for needles marks what reading the whole text marks, the second time as the first."""
    words = {form: number for number, form in enumerate(written)}
    one = marker_of(*written)
    assert one.words == words
    for _ in range(2):
        assert one.marks(text, ANALYZER.pieces) == obvious_marks(text, words, {})


@many_examples
@given(
    texts,
    st.lists(written_forms, min_size=2, max_size=3).map(tuple),
    st.sampled_from([1, 1, 2, 5, 99, 2000]),
    st.booleans(),
)
@example("é gempa", ("e", "gempa"), 1, False)
@example("gempa é", ("gempa", "e"), 1, False)
@example("satu - (…) dua tiga tiga satu dua", ("satu", "tiga"), 2, False)
@example("Serang kota serang", ("serang", "kota"), 1, True)
def test_reading_around_the_rarest_word_marks_the_same(
    text: str, wanted: tuple[str, ...], slop: int, with_word: bool
) -> None:
    """A phrase is marked as reading the whole text marks it, beside words or alone."""
    phrase = Phrase("text", wanted, slop)
    word = [Evidence(Form("text", "gempa"), 1.0, frozenset(["gempa"]))] * with_word
    one = marker([*word, Evidence(phrase, 2.0, frozenset())], "body")
    words = {"gempa": 0} if with_word else {}
    assert one.marks(text, ANALYZER.pieces) == obvious_marks(text, words, {phrase: len(words)})


@given(texts, st.lists(written_forms, max_size=2))
def test_very_many_forms_are_read_for_word_by_word(text: str, written: list[str]) -> None:
    """A pattern that a thousand forms fit marks all of them."""
    many = dict.fromkeys((*written, "gempa", *(f"takada{number}" for number in range(1000))), 0)
    one = marker([Evidence(Form("text", "gempa"), 1.0, frozenset(many))], "body")
    assert one.marks(text, ANALYZER.pieces) == obvious_marks(text, many, {})


def obvious_excerpts(text: str, marks: list[Mark], weights: list[float], most: int) -> list[tuple[int, int]]:
    """Where the best excerpts begin and end: every place is tried, and nothing is remembered."""

    def worth(inside: list[Mark], most_marks: int) -> float:
        return sum(weights[word] for word in {mark.word for mark in inside}) + 0.01 * min(len(inside), most_marks)

    def value(mark: Mark) -> float:
        following = [other for other in marks if other.start > mark.start and other.end <= mark.start + WIDTH]
        return worth([mark, *following], len(marks))

    def begins_sentence(at: int, lowest: int, highest: int) -> bool:
        white = at - len(text[:at].rstrip())
        places = [(sign, at - gap - len(sign)) for sign in SENTENCE_ENDS for gap in range(white + 1)]
        return any(lowest <= place <= highest - len(sign) and text.startswith(sign, place) for sign, place in places)

    def sentence(lowest: int, highest: int) -> int | None:
        for at in range(highest, lowest - 1, -1):
            if lowest == 0 and not text[:at].strip() and not text[at].isspace():
                return at
            if not text[at].isspace() and not text[at].islower() and begins_sentence(at, lowest, highest):
                return at
        return None

    def end(start: int) -> int:
        if len(text) - start <= WIDTH:
            return max(start, len(text.rstrip()))
        cut = sentence(start + WIDTH * 3 // 5, start + WIDTH)
        if cut is None:
            cut = text.rfind(" ", start + 1, start + WIDTH + 1)
        return start + len(text[start:cut].rstrip()) if cut > start else start + WIDTH

    def start(mark: Mark) -> tuple[int, bool]:
        found = sentence(max(0, mark.end - WIDTH * 3 // 4), mark.start)
        if found is not None:
            return found, True
        first = max(0, mark.start - WIDTH // 4)
        words = (at for at in range(first, mark.start) if text[at - 1].isspace() and not text[at].isspace())
        return next(words, mark.start), False

    promising = sorted(marks, key=value, reverse=True)[: 4 * most]
    starts = dict(start(mark) for mark in promising)
    scored = []
    for begin, whole in sorted(starts.items()):
        inside = [mark for mark in marks if begin <= mark.start and mark.end <= end(begin)]
        scored.append((-worth(inside, 20) * (1.15 if whole else 1), begin, end(begin)))
    chosen: list[tuple[int, int]] = []
    for _, begin, stop in sorted(scored):
        if len(chosen) < most and all(stop <= other[0] or begin >= other[1] for other in chosen):
            chosen.append((begin, stop))
    lead = len(text) - len(text.lstrip())
    return sorted(chosen) or [(lead, end(lead))]


@many_examples
@given(sentences, st.lists(st.sampled_from([0.5, 1.0, 1.25, 3.0]), min_size=3, max_size=3), st.integers(1, 3))
def test_the_excerpts_are_the_best(text: str, weights: list[float], most: int) -> None:
    """They are those that trying every place finds."""
    evidence = [
        Evidence(Form("text", form), weight, frozenset([form]))
        for form, weight in zip(("gempa", "palu", "di"), weights, strict=True)
    ]
    one = marker(evidence, "body")
    marks = one.marks(text, ANALYZER.pieces)
    chosen = snippets("body", text, marks, one.weights, most)
    windows = [(found.start, found.start + len(found.text)) for found in chosen]
    assert windows == (obvious_excerpts(text, marks, weights, most) if text.strip() else [])
    for (begin, end), found in zip(windows, chosen, strict=True):
        inside = [mark for mark in marks if begin <= mark.start and mark.end <= end]
        assert found.highlights == tuple((mark.start - begin, mark.end - begin) for mark in inside)


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
    found_leaves = leaves(parse(text, ANALYZER).tree, wanted_only=True)
    parts = [part for leaf in found_leaves for part in (leaf.parts if isinstance(leaf, Synonyms) else (leaf,))]
    words = [form for leaf in parts for form in (words_of(leaf) if isinstance(leaf, Phrase) else (leaf,))]
    with TemporaryDirectory() as folder, Index.build(articles, folder) as index:
        for hit in index.search(text, limit=50, passages=3):
            spots = [hit.title[slice(*span)] for span in hit.title_highlights]
            spots += [snippet.text[slice(*span)] for snippet in hit.snippets for span in snippet.highlights]
            assert spots or hit.score == 0
            for spot in spots:
                assert any(means(word, token.form, token.stem) for word in words for token in ANALYZER(spot))
            for snippet in hit.snippets:
                assert hit.article.body[snippet.start :].startswith(snippet.text)


@many_examples
@given(texts)
def test_an_encoding_changes_no_mark(text: str) -> None:
    """The same words are marked in the composed and the decomposed form of a text."""
    one = marker_of("gempa", "baca", "kita")
    counts = {len(one.marks(unicodedata.normalize(form, text), ANALYZER.pieces)) for form in ("NFC", "NFD")}
    assert len(counts) == 1


def test_a_text_is_read_so_far_and_no_farther() -> None:
    """What lies behind the first 50,000 characters is not marked; a word on the edge is not cut in two."""
    one = marker([Evidence(Form("text", "gempa"), 1.0, frozenset({"gempa"}))], "body")
    text = "gempa " * (MAX_READ // 6 + 100)
    marks = one.marks(text, ANALYZER.pieces)
    assert [(mark.start, mark.end) for mark in marks] == [(6 * n, 6 * n + 5) for n in range(MAX_READ // 6)]
    assert len(one.marks("gempa" * MAX_READ, ANALYZER.pieces)) == 0
