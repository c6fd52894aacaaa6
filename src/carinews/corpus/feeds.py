"""Feeds, RSS and Atom, read as articles. feedparser reads the feed; an entry's text is read as a page's is."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax import SAXException

from carinews.corpus.dates import find_date, unknown_date
from carinews.corpus.ids import site_of
from carinews.corpus.markup import Paragraph, paragraphs, parse_html
from carinews.corpus.page import Page, read_body
from carinews.errors import CorpusError, CorpusNote
from carinews.model import Article
from carinews.wording import Message

_Parsed = Mapping[str, Any]
_INSTALL = Message("to read feeds, install the extra: pip install 'carinews[feeds]'")


def read_feed(data: bytes, path: str) -> Iterator[Article | CorpusError]:
    """Every entry of a feed. The "line" of what is wrong with an entry is its place in the feed.

    Raises CorpusError where the file is no feed, or the extra `feeds` is not installed.
    """
    try:
        import feedparser
        import lxml  # noqa: F401  # for the markup inside of entries
    except ImportError as error:
        raise CorpusError(path, None, _INSTALL) from error
    feed = feedparser.parse(io.BytesIO(data))  # never the bytes themselves: they may be taken for a path
    if not feed.get("version"):
        raise CorpusError(path, None, Message("neither RSS nor Atom: of XML only feeds are read"))
    entries = feed.get("entries", [])
    if not entries:
        raise CorpusError(path, None, Message("the feed has no entries"))
    for number, entry in enumerate(entries, 1):
        yield from _entry(entry, feed.get("feed", {}), path, number)
    if isinstance(damage := feed.get("bozo_exception"), SAXException):
        yield CorpusNote(path, None, Message("the feed is damaged ({damage}); entries may be missing", damage=damage))


def _entry(
    entry: Mapping[str, Any], feed: Mapping[str, Any], path: str, number: int
) -> Iterator[Article | CorpusError]:
    title = " ".join(_plain(entry.get("title", "")).split())
    if not title:
        yield CorpusError(path, number, Message("the entry has no title"))
        return
    url, date = entry.get("link") or None, entry.get("published") or entry.get("updated") or ""
    page = Page(path, title, url)
    page.published = find_date(date) if date else None
    page.author = entry.get("author") or None
    page.section = next((tag["term"] for tag in entry.get("tags", ()) if tag.get("term")), None)
    page.source = (site_of(url) if url else None) or feed.get("title") or None
    read_body([paragraph.text for paragraph in _paragraphs(entry, url)], page)
    yield page.article()
    if date and page.published is None:
        yield unknown_date(path, number, date)


def _paragraphs(entry: _Parsed, url: str | None) -> list[Paragraph]:
    """The paragraphs of an entry's text, or of its summary where it brings no text."""
    texts = [part.get("value", "") for part in entry.get("content", ())]
    root = parse_html(max([*texts, entry.get("summary", "")], key=len) or " ")
    return [] if root is None else list(paragraphs(root, None, url))


def _plain(value: str) -> str:
    """A title without the markup that some feeds put into it."""
    if "<" not in value and "&" not in value:
        return value
    root = parse_html(value)
    return "" if root is None else " ".join(paragraph.text for paragraph in paragraphs(root))
