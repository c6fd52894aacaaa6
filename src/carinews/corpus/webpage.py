"""A page in HTML, read as an article: its metadata first, then its layout, then trafilatura.

The body is the text of the element that sites of a known layout keep it in; where no such element is
found, trafilatura's sentences lead to it. What stands around it gives date, byline, caption and
section. The paragraphs are then read as those of any page (`page.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from carinews.corpus.byline import author
from carinews.corpus.dateline import is_place, split_bare_dateline
from carinews.corpus.dates import find_date, is_age, is_date_line, unknown_date
from carinews.corpus.furniture import is_furniture, is_photo_credit
from carinews.corpus.ids import site_of, source_name
from carinews.corpus.layouts import (
    BREADCRUMBS,
    BYLINES,
    CAPTIONS,
    CATEGORIES,
    LEADS,
    asides,
    find_body,
    is_called,
    is_furniture_element,
    size,
)
from carinews.corpus.lines import letters, reads_as_headline
from carinews.corpus.locate import locate_text
from carinews.corpus.markup import Element, Paragraph, absolute, paragraphs, parse_html, text_of
from carinews.corpus.metadata import Facts, read_facts
from carinews.corpus.neighbours import find_neighbours
from carinews.corpus.page import LABEL, Page, read_body, take_label
from carinews.errors import CorpusError, CorpusNote
from carinews.model import Article
from carinews.wording import Message

_FEWEST_OWN_LINKS = 5
_NEAR = 15  # paragraphs around the title that may hold date and byline
_LONGEST_FACT = 80  # characters of a line with a date or a name
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(\S+) -->")
_URL_DATE = re.compile(r"/(20\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?=\D)")
_SEPARATOR = re.compile(r"\s+(?:\||-|–|—|::|»)\s+")


def parse_page(
    text: str,
    path: str,
    notes: list[CorpusNote] | None = None,
    *,
    url: str | None = None,
    copied: datetime | None = None,
) -> Article:
    """Read one page. `path` names it in errors; `url` and `copied` say where and when it was taken, if that is known.

    `notes` is given what was not understood. Raises CorpusError where there is no title, no element
    of HTML, or the extra `html` is not installed.
    """
    page = _read(text, path, url)
    page.copied = copied
    if notes is not None:
        if not page.paragraphs:
            notes.append(
                CorpusNote(path, None, Message("no text was found below the title; the page is kept without one"))
            )
        if page.strange_date and not page.published:
            notes.append(unknown_date(path, *page.strange_date))
    return page.article()


def parse_archived(
    text: str, path: str, notes: list[CorpusNote], *, url: str | None, copied: datetime | None
) -> Article | None:
    """Read one page of an archive; None for one without an article: a front page, a list, a picture.

    An article has a date of its own and a text, or says that it is one.
    """
    page = _read(text, path, url)
    if not page.paragraphs or not (page.published or page.age or page.is_article):
        return None
    page.copied = copied
    if page.strange_date and not page.published:
        notes.append(unknown_date(path, *page.strange_date))
    return page.article()


def _read(text: str, path: str, url: str | None) -> Page:
    try:
        root = parse_html(text)
        if root is None:
            raise CorpusError(path, None, Message("there is no page in it: not one element of HTML"))
        facts = read_facts(root)
        saved = _SAVED_FROM.search(text, 0, 2000)
        page = _Reading(root, facts, facts.url or url or (saved[1] if saved else None), path).page()
    except ImportError as error:
        reason = Message("to read pages in HTML, install the extra: pip install 'carinews[html]'")
        raise CorpusError(path, None, reason) from error
    page.is_article = facts.is_article
    return page


class _Reading:
    """One page, from its tree to what is known of it."""

    def __init__(self, root: Element, facts: Facts, url: str | None, path: str) -> None:
        self._root, self._facts, self._path, self._url = root, facts, path, url
        self._base = url or _home(root)
        self._neighbours = find_neighbours(root, self._base)
        self._body = find_body(root, self._neighbours.elements)
        if self._body is None:
            self._body = locate_text(root, self._neighbours.elements)
        self._heading = self._find_heading()
        self._zone = self._find_zone()
        self._captions = {
            element
            for element in asides(self._zone, CAPTIONS, self._body)
            if element is not self._heading and size(element)
        }

    def page(self) -> Page:
        page = Page(self._path, self._title(), self._url)
        before, inside, after = self._parts(page.title)
        near = _near(before, page.title)
        self._read_date(page, near)
        page.author = self._author(near, after)
        page.source = site_of(self._base) if self._base else None
        page.section = self._section(page.title)
        page.captions = self._caption_texts(page.title)
        self._read_text(page, inside)
        for line in after[:_NEAR]:
            take_label(line.text, page)
        self._read_stories(page, inside)
        return page

    # Where things are

    def _find_heading(self) -> Element | None:
        """The heading that prints the title: the longest one that the metadata knows, else the first `h1`."""
        told = [letters(title) for title in self._facts.titles if reads_as_headline(title)]
        shortest = min(map(len, told), default=0)
        best, longest = None, 0
        for level in ("h1", "h2", "h3"):
            for element in self._root.iter(level):
                printed = letters(text_of(element))
                if len(printed) > longest and 2 * len(printed) >= shortest and any(printed in title for title in told):
                    best, longest = element, len(printed)
        if best is not None or told:
            return best
        return next((element for element in self._root.iter("h1") if text_of(element)), None)

    def _find_zone(self) -> Element:
        """The smallest element that holds both title and text."""
        zone = self._body if self._body is not None else self._heading
        if zone is None:
            return self._root
        while zone.getparent() is not None and not (self._heading is None or self._heading in zone.iter()):
            zone = zone.getparent()
        return zone if self._body is not None or zone.getparent() is None else zone.getparent()

    def _passes_over(self, element: Element) -> bool:
        if element in self._neighbours.elements or element in self._captions:
            return True
        if element.tag in ("figure", "figcaption", "form") or is_furniture_element(element):
            whole = self._body if self._body is not None else self._zone
            return size(element) * 2 < size(whole)  # the frame of everything is no furniture
        return False

    def _parts(self, title: str) -> tuple[list[Paragraph], list[Paragraph], list[Paragraph]]:
        """The paragraphs before, in and after the body."""
        before: list[Paragraph] = []
        after: list[Paragraph] = []
        place = before

        def passes_over(element: Element) -> bool:
            nonlocal place
            if element is self._body:
                place = after
                return True
            return self._passes_over(element)

        if self._zone is not self._body:
            for paragraph in paragraphs(self._zone, passes_over, self._base):
                place.append(paragraph)
        if self._body is None:
            return before, [Paragraph(line) for line in self._facts.body.splitlines()], []
        inside = list(paragraphs(self._body, self._passes_over, self._base))
        if len("".join(paragraph.text for paragraph in inside)) * 2 < len(self._facts.body):
            inside = [Paragraph(line) for line in self._facts.body.splitlines()]
        head = _head_length(inside, title if self._heading in self._body.iter() else "")
        return [*before, *inside[:head]], inside[head:], after

    # What they say

    def _title(self) -> str:
        if self._heading is not None:
            return text_of(self._heading)
        titles = [title for title in self._facts.titles if reads_as_headline(title)]
        if not titles:
            raise CorpusError(self._path, None, Message("there is no title in it: neither a heading nor a <title>"))
        return _without_site(titles[0], self._site_letters())

    def _site_letters(self) -> list[str]:
        """What the site may be called at the end of a title."""
        called = [self._facts.site or "", source_name(site_of(self._base)) if self._base else ""]
        return [name for name in map(letters, called) if name]

    def _read_date(self, page: Page, near: Sequence[Paragraph]) -> None:
        texts = [line.text for line in near if len(line.text) <= _LONGEST_FACT and line.text != page.title]
        dated = [(moment, text) for text in texts if (moment := find_date(text))]
        printed = next((moment for moment, _ in dated if moment.hour or moment.minute), None)
        printed = printed or (dated[0][0] if dated else None)
        page.published = _reconciled(self._facts.published, printed)
        if self._facts.published is None and self._heading is None:
            page.certainty = "inferred"  # a date near no title may be that of anything
        strange = next((text for text in texts if is_date_line(text) and not find_date(text)), None)
        page.strange_date = (None, strange) if strange else None
        if page.published is None:
            page.age = next((text for text in texts if is_age(text)), None)
        if page.published is None and page.age is None and (match := _URL_DATE.search(self._url or "")):
            page.published, page.certainty = find_date("-".join(match.groups())), "inferred"

    def _author(self, near: Sequence[Paragraph], after: Sequence[Paragraph]) -> str | None:
        """Who wrote it: as told to machines, as an element of that name prints it, or a line with a label."""
        named = [
            text_of(element)
            for element in asides(self._zone, BYLINES, self._body)
            if not any(above in self._captions for above in (element, *element.iterancestors()))
        ]
        lines = [line.text for line in (*near, *after[:8]) if len(line.text) <= _LONGEST_FACT]
        return author(self._facts.author, named, lines, self._site_letters())

    def _section(self, title: str) -> str | None:
        told = self._facts.section
        if told and "." not in told:
            return told
        texts = [text_of(element) for element in self._root.iter() if is_called(element, CATEGORIES)]
        for element in self._root.iter():
            if is_called(element, BREADCRUMBS):
                texts += [text_of(link) for link in element.iter("a")]
        known = [text for text in texts if text and len(text) <= 40 and text.lower() not in ("home", "beranda")]
        return next((text for text in reversed(known) if text != title), None)

    def _caption_texts(self, title: str) -> list[str]:
        captions: dict[str, None] = {}
        for element in self._captions_in_order():
            text = " ".join(paragraph.text for paragraph in paragraphs(element))
            if text and text != title and not is_furniture(text):
                captions[text] = None
        return [text for text in captions if not any(text != other and text in other for other in captions)]

    def _captions_in_order(self) -> list[Element]:
        return [element for element in self._zone.iter() if element in self._captions]

    def _read_text(self, page: Page, inside: Sequence[Paragraph]) -> None:
        """Read the body's paragraphs: a dateline in bold, captions among them, and what any page has."""
        texts = []
        for paragraph in _with_dateline(inside):
            if paragraph.after_image and is_photo_credit(paragraph.text) and len(paragraph.text) <= 300:
                page.captions.append(paragraph.text)
            elif paragraph.text not in page.captions and paragraph.text != page.title:
                texts.append(paragraph)
        lines = [paragraph.text for paragraph in texts]
        if texts and (city := _bold_city(texts[0])):
            page.city = city
            lines[0] = lines[0][len(texts[0].opening) :].lstrip(" -–—")
        body = "".join(map(letters, lines))
        leads = (text_of(element) for element in asides(self._zone, LEADS, self._body))
        page.leads = [lead for lead in dict.fromkeys(leads) if lead != page.title and letters(lead) not in body][:1]
        read_body(lines, page)

    def _read_stories(self, page: Page, inside: Sequence[Paragraph]) -> None:
        """Give the edges of the text their addresses, add those beside it, and keep the links that remain."""
        links = [link for paragraph in inside for link in paragraph.links]
        addresses = {letters(link.text): link.url for link in links}
        page.related = [
            story if story.url else replace(story, url=addresses.get(letters(story.title))) for story in page.related
        ]
        known = {letters(page.title), *(letters(story.title) for story in page.related)}
        for story in self._neighbours.stories:
            if letters(story.title) not in known:
                known.add(letters(story.title))
                page.related.append(story)
        body = "\n\n".join(page.paragraphs)
        page.links = [link for link in dict.fromkeys(links) if link.text in body and letters(link.text) not in known]


def _home(root: Element) -> str | None:
    """The site of a page that does not name its own address: the one that most of its links lead to."""
    hosts = Counter(urlsplit(link.get("href")).netloc for link in root.iter("a") if _is_whole(link.get("href")))
    if not hosts or hosts.most_common(1)[0][1] < _FEWEST_OWN_LINKS:
        return None
    return f"https://{hosts.most_common(1)[0][0]}/"


def _is_whole(href: str | None) -> bool:
    return absolute(href, None) is not None


def _near(before: Sequence[Paragraph], title: str) -> list[Paragraph]:
    """The paragraphs around the title, those below it first."""
    places = [place for place, paragraph in enumerate(before) if paragraph.text == title]
    if not places:
        return list(reversed(before[-_NEAR:]))
    place = places[-1]
    return [*before[place + 1 : place + _NEAR], *reversed(before[max(0, place - 5) : place])]


def _head_length(inside: Sequence[Paragraph], title: str) -> int:
    """How many paragraphs of the body's element belong to the head: up to the title, and date and byline below it."""
    end = next((place + 1 for place, line in enumerate(inside) if line.text == title), 0)
    while end < len(inside) and len(inside[end].text) <= _LONGEST_FACT:
        text = inside[end].text
        if not (is_date_line(text) or is_age(text) or LABEL.fullmatch(text)):
            break
        end += 1
    return end


def _with_dateline(inside: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs, a dateline that stands on a line of its own joined with the text below it."""
    if len(inside) > 1 and len(inside[0].text) <= 60 and re.search(r"\s?[-–—]+$", inside[0].text):
        first = inside[0]._replace(text=f"{inside[0].text} {inside[1].text}", links=inside[0].links + inside[1].links)
        return [first, *inside[2:]]
    return list(inside)


def _bold_city(paragraph: Paragraph) -> str | None:
    """The city that opens a text in bold, before a dash or with the site's name: **Kabar.id, Palu** Warga …"""
    city = paragraph.opening.strip(" -–—")
    rest = paragraph.text[len(paragraph.opening) :] if city else ""
    dashed = re.match(r"\s*[-–—]", rest) or re.search(r"\s[-–—]+$", paragraph.opening)
    told = split_bare_dateline(f"{city} -- ") if city and len(city) <= _LONGEST_FACT else None
    if told and told.city and not told.rest and (dashed or "." in (told.source or "")):
        return told.city
    return city if dashed and "." not in city and len(city) <= 40 and city.isascii() and is_place(city) else None


def _reconciled(told: datetime | None, printed: datetime | None) -> datetime | None:
    """One date of the one that a page tells machines and the one that it prints.

    Local time that is passed for UTC is local time; a day without an hour takes the printed hour.
    """
    if told is None or printed is None:
        return told or printed
    if abs(told - printed) < timedelta(minutes=1):
        return told.astimezone(printed.tzinfo)
    same_clock = abs(told.replace(tzinfo=None) - printed.replace(tzinfo=None)) < timedelta(minutes=1)
    if same_clock and (printed.hour or printed.minute):
        return told.replace(tzinfo=printed.tzinfo)
    if told.date() == printed.date() and not (told.hour or told.minute):
        return printed
    return told


def _without_site(title: str, site: Sequence[str]) -> str:
    """A title without the name of the site at its end or its beginning."""
    parts = list(_SEPARATOR.finditer(title))
    for cut in parts:
        if any(name in letters(title[cut.end() :]) for name in site):
            return title[: cut.start()]
    head, colon, tail = title.partition(": ")
    return tail if colon and letters(head) in site else title
