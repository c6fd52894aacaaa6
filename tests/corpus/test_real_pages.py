"""Real pages of nine sites, where they are at hand, judged by hand.

`real_pages.json` holds what a person saw on each: the first and last words and the number of words of
title and body, what stands between without belonging there, date, byline, city. The text between those
words is taken from the page by another parser than ours (the standard library's), and compared.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("trafilatura", reason="needs the extra: pip install 'carinews[html]'")

from carinews.corpus import webpage
from carinews.corpus.reader import read_file
from carinews.model import Article

from .test_shared_data import shared

REFERENCE: dict[str, Any] = json.loads(Path(__file__).with_name("real_pages.json").read_text(encoding="utf-8"))
every_page = pytest.mark.parametrize("name", REFERENCE)


class _Text(HTMLParser):
    """All text of a page but scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._silent = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in ("script", "style"):
            self._silent = tag
        self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        self.pieces.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(data)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def marked_body(page: Path, marks: dict[str, Any]) -> list[str]:
    """The words of the body as it was marked by hand."""
    parser = _Text()
    parser.feed(page.read_text(encoding="utf-8", errors="replace"))
    parser.close()
    text = " ".join("".join(parser.pieces).split())
    start = text.index(marks["from"])
    body = text[start : text.index(marks["to"], start) + len(marks["to"])]
    for first, last in marks["without"]:
        start = body.index(first)
        body = body[:start] + body[body.index(last, start) + len(last) :]
    return words(body)


def read(name: str) -> tuple[Path, Article]:
    page = shared("pages") / f"{name}.html"
    article, *rest = read_file(page)
    assert isinstance(article, Article), article
    assert rest == []
    return page, article


@every_page
def test_the_marks_are_where_the_reference_says(name: str) -> None:
    """The judge itself: the body between the marks has as many words as a person counted, give or take a hyphen."""
    page, marks = shared("pages") / f"{name}.html", REFERENCE[name]["body"]
    assert abs(len(marked_body(page, marks)) - marks["words"]) <= 0.03 * marks["words"]


@every_page
def test_the_parts_of_a_real_page(name: str) -> None:
    """Title and date are right on every page, and byline, city, outlet and the number of stories, too."""
    _, article = read(name)
    expected = REFERENCE[name]
    first, last, count = expected["title"]
    assert words(article.title)[:2] == words(first)
    assert words(article.title)[-2:] == words(last)
    assert len(article.title.split()) == count
    assert article.published == datetime.fromisoformat(expected["published"])
    assert article.date_certainty == "exact"
    assert (article.author, article.city, article.source) == (expected["author"], expected["city"], expected["source"])
    assert Counter(story.kind for story in article.related) == expected["stories"]
    assert all(story.url for story in article.related)


@pytest.mark.parametrize("known", [True, False], ids=["layout known", "layout unknown"])
@every_page
def test_the_body_of_a_real_page(name: str, known: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """At least 95 % of the words of the body, and at most 5 % of others; also where the site's layout is not known."""
    if not known:
        monkeypatch.setattr(webpage, "find_body", lambda *_: None)
    page, article = read(name)
    wanted, found = Counter(marked_body(page, REFERENCE[name]["body"])), Counter(words(article.body))
    common = (wanted & found).total()
    assert common >= 0.95 * wanted.total()
    assert found.total() - common <= 0.05 * found.total()
    assert not any(word in article.body.lower() for word in ("baca juga", "iklan, klik", "copyright", "disclaimer"))
