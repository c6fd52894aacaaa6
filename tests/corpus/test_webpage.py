"""A saved page is read as a reader sees it: the article, its parts, and the stories beside it."""

from __future__ import annotations

import re
import sys
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("trafilatura", reason="needs the extra: pip install 'carinews[html]'")

from carinews.corpus import webpage
from carinews.corpus.webpage import parse_page
from carinews.errors import CorpusError, CorpusNote
from carinews.model import Article, RelatedStory

from . import webpages
from .webpages import ALSO, LISTED, PARAGRAPHS, PUBLISHED, SAVED, TITLE, Saved, li, p, page

AGED = Saved("liputan6-2016").html
every_layout = pytest.mark.parametrize("saved", SAVED, ids=lambda saved: saved.name)


def parse(html: str, **known: object) -> Article:
    return parse_page(html, "kabar.html", **known)  # type: ignore[arg-type]


@every_layout
def test_title_date_and_body_are_those_that_a_reader_sees(saved: Saved) -> None:
    """Each paragraph is there once and in order, and nothing else: no menu, no caption, no recommended story."""
    article = parse(saved.html)
    assert article.title == TITLE
    assert article.published == datetime.fromisoformat(PUBLISHED)
    assert article.date_certainty == "exact"
    assert article.body.split("\n\n") == list(PARAGRAPHS)


@every_layout
def test_the_small_parts_are_found(saved: Saved) -> None:
    """Byline, city, channel, caption and outlet come out of each layout as a person would name them."""
    article = parse(saved.html)
    assert article.author == saved.author
    assert article.city == saved.city
    assert article.section == saved.section
    assert article.caption == saved.caption
    assert article.source == "kabar.id"


@every_layout
def test_stories_beside_the_text_are_edges_with_their_addresses(saved: Saved) -> None:
    """What editors chose comes first; lists of topics, pictures and popular stories are no edges."""
    article = parse(saved.html)
    expected = [("baca_juga", *ALSO), *(("berita_terkait", *story) for story in LISTED)] if saved.stories else []
    found = [(story.kind, story.title, (story.url or "").partition("kabar.id")[2]) for story in article.related]
    assert found == expected


@pytest.mark.parametrize("saved", [saved for saved in SAVED if saved.name != "liputan6-2016"])
def test_pages_are_read_without_any_knowledge_of_their_layout(saved: Saved, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no site's element is known, trafilatura's sentences lead to the same text.

    But not to the pages of an article that a script turns over: they are marked as hidden.
    """
    monkeypatch.setattr(webpage, "find_body", lambda *_: None)
    assert parse(saved.html).body.split("\n\n") == list(PARAGRAPHS)


@pytest.mark.parametrize("saved", [saved for saved in SAVED if saved.name not in ("liputan6-2016", "viva-2016")])
def test_pages_are_read_though_every_name_in_them_is_another(saved: Saved) -> None:
    """Sites rename their elements: without one class and one id, title, date and text are the same.

    But for what is known by its name alone: a page of the text marked as hidden, a message of a social network.
    """
    article = parse(re.sub(r'\s(?:class|id)="[^"]*"', "", saved.html))
    assert article.title == TITLE
    assert article.published == datetime.fromisoformat(PUBLISHED)
    assert article.body.split("\n\n") == list(PARAGRAPHS)


def test_pages_of_other_articles_are_no_pages_of_this_one() -> None:
    """Where another article follows under the same name, with a heading of its own, the first is read alone."""
    first, second = (f"<div class='read__content'>{p(*texts)}</div>" for texts in (PARAGRAPHS[:3], PARAGRAPHS[3:] * 3))
    both = f"<h1>{TITLE}</h1><div>{first}<h1>Judul yang Lain Sama Sekali</h1>{second}</div>"
    assert parse(page(webpages.OG, both)).body.split("\n\n") == list(PARAGRAPHS[:3])
    assert parse(page(webpages.OG, f"<h1>{TITLE}</h1><div>{first}{second}</div>")).body.count(PARAGRAPHS[3]) == 3


def test_entries_tell_their_date_or_their_age() -> None:
    """A printed date is exact; an age stays one until the day of the copy is known."""
    dated, aged = parse(AGED).related[1:]
    assert (dated.published, dated.date_certainty) == (datetime.fromisoformat("2017-04-16T17:48:00+07:00"), "exact")
    assert (aged.age, aged.published, aged.date_certainty) == ("11 hari lalu", None, "unknown")
    copied = datetime.fromisoformat("2024-05-06T10:00:00+07:00")
    *_, aged = parse(AGED, copied=copied).related
    assert (aged.published, aged.date_certainty) == (datetime.fromisoformat("2024-04-25T00:00:00+07:00"), "relative")


def test_links_in_the_text_are_kept() -> None:
    """The words that carry them and whole addresses; those of edges stand with the edges."""
    text = p(PARAGRAPHS[0].replace("kapal kayu", "<a href='/tag/kapal'>kapal kayu</a>"), *PARAGRAPHS[1:])
    (link,) = parse(page(webpages.OG, f"<h1>{TITLE}</h1><div itemprop='articleBody'>{text}</div>")).links
    assert link == ("kapal kayu", "https://laut.kabar.id/tag/kapal")


class TestDates:
    """A page tells its date to machines and to people, and they may differ."""

    @pytest.mark.parametrize(
        ("told", "printed", "published"),
        [
            ("2017-04-18T16:19:05+07:00", "Selasa, 18 April 2017 16:19 WIB", "2017-04-18T16:19:05+07:00"),
            ("2017-04-18T16:19:05Z", "Selasa, 18 April 2017 16:19 WITA", "2017-04-18T16:19:05+08:00"),
            ("2017-04-18T09:19:00Z", "Selasa, 18 April 2017 16:19 WIB", "2017-04-18T16:19:00+07:00"),
            ("2017-04-18", "Selasa, 18 April 2017 16:19 WIT", "2017-04-18T16:19:00+09:00"),
            ("2017-04-17T20:00:00+07:00", "Selasa, 18 April 2017 16:19 WIB", "2017-04-17T20:00:00+07:00"),
            ("", "Selasa, 18 April 2017 16:19 WITA", "2017-04-18T16:19:00+08:00"),
            ("2017-04-18T16:19:05+07:00", "", "2017-04-18T16:19:05+07:00"),
        ],
    )
    def test_the_two_dates_are_reconciled(self, told: str, printed: str, published: str) -> None:
        """Machines come first, but local time passed for UTC, and a day without its hour, are set right."""
        head = f'{webpages.OG}<meta property="article:published_time" content="{told}">'
        article = parse(
            page(head, f"<h1>{TITLE}</h1><p>{printed}</p><div itemprop='articleBody'>{p(*PARAGRAPHS)}</div>")
        )
        assert article.published is not None
        assert article.published.isoformat() == published
        assert article.date_certainty == "exact"

    def test_a_date_in_the_address_alone_is_inferred(self) -> None:
        """It is the day on which the page was made, as far as anyone can see."""
        article = parse(page(webpages.OG, f"<h1>{TITLE}</h1><div itemprop='articleBody'>{p(*PARAGRAPHS)}</div>"))
        assert article.published == datetime.fromisoformat("2017-04-18T00:00:00+07:00")
        assert article.date_certainty == "inferred"

    def test_an_age_is_no_date(self) -> None:
        """It counts from the day of the copy, and from nothing else on the page."""
        html = page(webpages.OG, f"<h1>{TITLE}</h1><p>2 jam lalu</p><div itemprop='articleBody'>{p(*PARAGRAPHS)}</div>")
        article = parse(html)
        assert (article.age, article.published, article.date_certainty) == ("2 jam lalu", None, "unknown")
        article = parse(html, copied=datetime.fromisoformat("2017-04-18T18:30:00+07:00"))
        assert article.published == datetime.fromisoformat("2017-04-18T16:30:00+07:00")
        assert article.date_certainty == "relative"

    def test_a_strange_date_is_named(self) -> None:
        """The article is taken in without it."""
        notes: list[CorpusNote] = []
        html = page("", f"<h1>{TITLE}</h1><p>Jumat, 31 Februari 2017 16:19 WIB</p>{p(*PARAGRAPHS)}", url=False)
        assert parse_page(html, "kabar.html", notes).published is None
        assert [note.reason for note in notes] == [
            "the date 'Jumat, 31 Februari 2017 16:19 WIB' was not understood; the article is kept without one"
        ]


class TestAddresses:
    """Where a page came from."""

    def test_a_browser_leaves_a_note(self) -> None:
        """The comment of "save page as" tells the address where the page itself does not."""
        html = page("", f"<h1>{TITLE}</h1>{p(*PARAGRAPHS)}", url=False)
        note = "<!-- saved from url=(0040)https://www.kabar.co.id/read/99/perpustakaan -->"
        article = parse(html.replace("<html>", note + "<html>"))
        assert (article.url, article.source) == ("https://www.kabar.co.id/read/99/perpustakaan", "kabar.co.id")

    def test_a_hostile_address_is_none(self) -> None:
        """Neither scripts nor other schemes come in as links."""
        links = "".join(f"<a href='{href}'>kata</a> " for href in ("javascript:x()", "data:,x", "http://[", "#a"))
        article = parse(page("", f"<h1>{TITLE}</h1>{p(links + PARAGRAPHS[0], *PARAGRAPHS[1:])}"))
        assert article.links == ()


class TestTrouble:
    """Pages that are no articles, or no pages."""

    @pytest.mark.parametrize("html", ["", " \n", "<!-- -->", "\0"])
    def test_nothing(self, html: str) -> None:
        """A file without one element is refused."""
        with pytest.raises(CorpusError, match=r"kabar\.html: there is no page in it"):
            parse(html)

    @pytest.mark.parametrize("library", ["lxml", "trafilatura"])
    def test_no_extra(self, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Who has not installed what reads pages is told how to."""
        monkeypatch.setitem(sys.modules, library, None)
        with pytest.raises(CorpusError, match=r"kabar\.html: .* install the extra: pip install 'carinews\[html\]'"):
            parse(f"<h1>{TITLE}</h1>{p(*PARAGRAPHS)}")

    def test_no_title(self) -> None:
        """So is a page without a heading and a title."""
        with pytest.raises(CorpusError, match="there is no title in it"):
            parse(f"<body>{p(*PARAGRAPHS)}</body>")

    def test_no_text(self) -> None:
        """A page with nothing but a title is kept, and a note says so."""
        notes: list[CorpusNote] = []
        article = parse_page(f"<body><h1>{TITLE}</h1></body>", "kabar.html", notes)
        assert (article.title, article.body) == (TITLE, "")
        assert "no text was found" in notes[0].reason

    def test_a_site_may_end_its_titles_with_its_name(self) -> None:
        """Where no heading prints the title, the site's name is taken off."""
        for title in (f"{TITLE} - Kabar", f"{TITLE} | Kabar Laut", f"Kabar: {TITLE}"):
            article = parse(page(f"<title>{title}</title>", p(*PARAGRAPHS)))
            assert article.title == TITLE

    @pytest.mark.parametrize(
        "body",
        [
            "<div>" * 5_000 + "x",
            "<b>baca juga</b>" * 2_000,
            "<ul class='terkait'>" + "<li><a href='/a'>satu dua tiga</a>" * 2_000,
            "<ul class='terkait'>" + "".join(f"<li><a href='/{n}'>satu dua tiga</a>" for n in range(2_000)),
            "<p>" + "<a href='/x'>" * 2_000 + "y",
            "<span class='caption'>" * 1_000 + "z",
        ],
        ids=["deep", "labels", "list", "links", "nested links", "captions"],
    )
    def test_hostile_pages_cost_bounded_time(self, body: str) -> None:
        """Markup made to trip the reader is read in a moment (the test run would hang otherwise)."""
        assert parse(page(webpages.OG, f"<h1>{TITLE}</h1>{body}")).title == TITLE


TAGS = st.sampled_from(
    [
        "<div>",
        "</div>",
        "<p>",
        "<br>",
        "<a href='/x'>",
        "</a>",
        "<h1>",
        "<b>",
        "<ul class='terkait'>",
        "<!--",
        "<script>",
    ]
)
WORDS = st.sampled_from(
    ["Baca juga:", "Berita Terkait", "Iklan", "Selasa, 18 April 2017", *PARAGRAPHS, TITLE, "\x00", "é"]
)


@given(st.lists(TAGS | WORDS | st.text(max_size=20), max_size=30).map("".join))
def test_any_markup_is_a_page_or_refused(html: str) -> None:
    """No markup makes the reader fail; what it gives is UTF-8, and its edges have titles."""
    try:
        article = parse(html)
    except CorpusError:
        return
    repr(article).encode()
    assert article.title.strip()
    assert all(isinstance(story, RelatedStory) and story.title.strip() for story in article.related)


def test_lists_of_links_may_be_anywhere_around_the_text() -> None:
    """A label and its list are found where they share no element, and text below ends the list."""
    html = page(
        webpages.OG,
        f"<h1>{TITLE}</h1><div itemprop='articleBody'>{p(*PARAGRAPHS[:2])}<div><h3>Baca Juga</h3></div>{li(*LISTED)}"
        f"{p(*PARAGRAPHS[2:])}</div>",
    )
    article = parse(html)
    assert [story.title for story in article.related] == [title for title, _ in LISTED]
    assert article.body.split("\n\n") == list(PARAGRAPHS)
