"""The arrays of a segment say what a slow and obvious model of the same articles says."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carinews.errors import IndexCorrupt
from carinews.index import strings
from carinews.index.positions import occurrences_of
from carinews.index.reader import IndexReader
from carinews.index.segment import CATEGORIES, TITLE_WEIGHT, UNDATED, Segment, key
from carinews.index.stories import title_key
from carinews.model import Article
from strategies import corpora
from support import Document, documents, index_of


def ids_of(segment: Segment) -> list[str]:
    """The public id of every document of a segment, by document number."""
    return [segment.stored(doc)["id"] for doc in range(segment.documents)]


def read_all(segment: Segment) -> None:
    """Look at every byte of a segment."""
    for name in segment._file._arrays:
        segment._file.whole(name)


def terms_of(segment: Segment) -> list[str]:
    return [segment.terms[number].decode() for number in range(len(segment.terms))]


def frequencies(document: Document) -> Counter[str]:
    """How often each form counts in a document, the title's occurrences weighed."""
    counts: Counter[str] = Counter()
    for position, form, _ in document.tokens:
        counts[form] += TITLE_WEIGHT if position < document.title_length else 1
    return counts


@given(corpora())
def test_postings_are_those_of_the_model(articles: list[Article]) -> None:
    """Every written form has the documents and weighed frequencies that counting by hand gives; documents rise."""
    expected = {(form, name): n for name, doc in documents(articles).items() for form, n in frequencies(doc).items()}
    found = {}
    with index_of(articles) as path:
        for segment in IndexReader(path).segments:
            names, forms = ids_of(segment), terms_of(segment)
            assert [forms[number] for number in segment.terms.order] == sorted(forms, key=str.encode)
            assert forms == sorted(forms, key=lambda form: ((segment.stem(form) or "").encode(), form.encode()))
            for form in forms:
                docs, freqs = segment.postings(segment.term(form))
                assert (np.diff(docs.astype(int)) > 0).all()
                found |= {(form, names[doc]): freq for doc, freq in zip(docs.tolist(), freqs.tolist(), strict=True)}
    assert found == expected


@given(corpora())
def test_positions_are_those_of_the_model(articles: list[Article]) -> None:
    """Every occurrence stands where it stands in the text: the title first, then a gap, then the body."""
    expected = {(form, name, position) for name, doc in documents(articles).items() for position, form, _ in doc.tokens}
    found = []
    with index_of(articles) as path:
        for segment in IndexReader(path).segments:
            names = ids_of(segment)
            for number, form in enumerate(terms_of(segment)):
                docs, positions = occurrences_of(segment, number)
                found += [
                    (form, names[doc], place) for doc, place in zip(docs.tolist(), positions.tolist(), strict=True)
                ]
    assert len(found) == len(set(found))
    assert set(found) == expected


@pytest.mark.parametrize("often", [0, 500])
@given(articles=corpora(), wanted=st.text(max_size=6))
def test_a_place_in_the_alphabet_is_that_of_a_sorted_list(often: int, articles: list[Article], wanted: str) -> None:
    """For words that are there and for any others, with signposts and without."""
    with pytest.MonkeyPatch.context() as patch, index_of(articles) as path:
        patch.setattr(strings, "_OFTEN", often)
        patch.setattr(strings, "_SIGNPOST", 3)
        for segment in IndexReader(path).segments:
            alphabet = sorted(form.encode() for form in terms_of(segment))
            for form in (*alphabet, wanted.encode("utf-8", "surrogatepass"), b"", b"\xff"):
                assert segment.terms.place(form) == bisect_left(alphabet, form)


@given(corpora())
def test_titles_are_those_of_the_model(articles: list[Article]) -> None:
    """Every occurrence in a title is one entry of its term; of several terms, those of one after the other."""
    with index_of(articles) as path:
        for segment in IndexReader(path).segments:
            every = []
            for number in range(len(segment.terms)):
                docs, positions = occurrences_of(segment, number)
                expected = docs[positions < segment.title_lengths[docs]].tolist()
                assert segment.titled(range(number, number + 1)).tolist() == expected
                every += expected
            assert segment.titled(range(len(segment.terms))).tolist() == every


@given(corpora())
def test_a_family_is_all_forms_of_its_stem(articles: list[Article]) -> None:
    """A stem leads to every written form that has it, and a form that is no stem leads to nothing."""
    expected: dict[str, set[str]] = defaultdict(set)
    for doc in documents(articles).values():
        for _, form, stem in doc.tokens:
            expected[stem].add(form)
            expected[form] |= set()
    found: dict[str, set[str]] = defaultdict(set)
    with index_of(articles) as path:
        for segment in IndexReader(path).segments:
            for stem in expected:
                found[stem] |= {segment.terms[term].decode() for term in segment.family(stem)}
    assert found == expected


@given(corpora())
def test_documents_have_their_dates_lengths_and_keys(articles: list[Article]) -> None:
    """Dates rise, undated first; lengths, kinds, categories and keys are those of the articles."""
    expected = documents(articles)
    seen = set()
    with index_of(articles) as path:
        for segment in IndexReader(path).segments:
            assert segment.dates.tolist() == sorted(segment.dates.tolist())
            for number, name in enumerate(ids_of(segment)):
                model = expected[name]
                article = model.article
                seen.add(name)
                assert segment.lengths[number] == model.length
                assert segment.title_lengths[number] == model.title_length
                assert segment.derived[number] == model.derived
                moment = article.published.timestamp() if article.published else UNDATED
                assert segment.dates[number] == moment
                assert segment.id_keys[number] == key(name)
                assert segment.find("id", key(name)).tolist() == [number]
                assert number in segment.find("title", title_key(article.title))
                assert all(number in segment.find("edge", title_key(story.title)) for story in article.related)
                for category in CATEGORIES:
                    codes, values = segment.category(category)
                    assert values[codes[number]] == (getattr(article, category) or "")
    assert seen == set(expected)


@given(corpora())
def test_terms_are_spelled_out_in_code_points(articles: list[Article]) -> None:
    """A column for each term, whatever its letters, with zeros behind its end."""
    with index_of(articles) as path:
        for segment in IndexReader(path).segments:
            numbers = np.arange(0, len(segment.terms), 2)
            columns = segment.terms.spelled(numbers).T.tolist()
            spelled = ["".join(map(chr, column)).rstrip("\0") for column in columns]
            assert spelled == terms_of(segment)[::2]


def test_a_word_of_the_title_counts_three_times_and_frequencies_end_at_255() -> None:
    """`TITLE_WEIGHT` and the cap of a frequency hold for a document that says one word very often."""
    with index_of([Article(id="a", title="gempa", body="gempa " * 10 + "palu " * 300)]) as path:
        (segment,) = IndexReader(path).segments
        assert segment.postings(segment.term("gempa"))[1].tolist() == [13]
        assert segment.postings(segment.term("palu"))[1].tolist() == [255]
        assert segment.lengths.tolist() == [313]


def test_a_very_long_document_keeps_all_its_positions() -> None:
    """Positions past 32,767 take a wider array and are exact."""
    with index_of([Article(id="a", title="t", body="kata " * 40_000 + "akhir")]) as path:
        (segment,) = IndexReader(path).segments
        assert occurrences_of(segment, segment.term("akhir"))[1].tolist() == [1 + 100 + 40_000]
        assert occurrences_of(segment, segment.term("kata"))[1].tolist() == list(range(101, 40_101))


def test_articles_without_a_word_are_documents_too() -> None:
    """Titles of signs only and empty bodies give documents without a term."""
    with index_of([Article(id="a", title="…"), Article(id="b", title="!!!", body=" \n")]) as path:
        (segment,) = IndexReader(path).segments
        assert (segment.documents, len(segment.terms), segment.lengths.tolist()) == (2, 0, [0, 0])
        assert segment.term("a") is None
        assert list(segment.family("a")) == []


def test_a_page_is_checked_when_it_is_read() -> None:
    """A changed byte far behind the head is found when its page is read, and named with its file."""
    noise = " ".join(f"{number:x}" for number in range(0, 3_000_000, 97))
    with index_of([Article(id="a", title="t", body=noise)]) as path:
        (file,) = path.glob("segment-*.bin")
        content = bytearray(file.read_bytes())
        content[len(content) - 100] ^= 1
        file.write_bytes(content)
        (segment,) = IndexReader(path).segments
        with pytest.raises(IndexCorrupt, match=r"segment-.*page \d+ is not what was written.*carinews rebuild"):
            read_all(segment)
