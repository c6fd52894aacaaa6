"""HTML as a tree, and an element of it as the paragraphs that a reader sees.

The only room for lxml, which comes with the extra `html`. Nothing here knows of news.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from carinews.corpus.lines import clean
from carinews.model import Link

Element = Any
"""An lxml element; lxml has no types of its own."""

BLOCKS = frozenset(
    (
        "address article aside blockquote body br center dd details div dl dt fieldset figcaption figure footer form"
        " h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody tfoot thead tr ul"
    ).split()
)
"""Elements that begin a line of their own; `td` and `th` stay on that of their row."""

NEVER_TEXT = frozenset(
    (
        "audio button canvas embed head iframe input link map meta nav noscript object option script select style"
        " svg template textarea video"
    ).split()
)
"""Elements whose content a reader of the article does not read."""

_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_BOLD = frozenset(["b", "strong"])
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_LONGEST_HIDDEN = 200  # characters; longer ones are pages of an article that a script turns over


class Paragraph(NamedTuple):
    """A paragraph as it is read: its text, its links, the bold words that open it, and the element it begins in."""

    text: str
    links: tuple[Link, ...] = ()
    opening: str = ""
    after_image: bool = False
    element: Element | None = None


def parse_html(text: str) -> Element | None:
    """The tree of a page; None where there is no element in it."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(clean(text).encode(), parser)
    except etree.LxmlError:
        return None
    return root


def names(element: Element) -> list[str]:
    """What an element is called: its id, its classes and what schema.org calls it."""
    called = [value for key in ("id", "class", "itemprop") if (value := element.get(key))]
    return " ".join(called).lower().split() if called else []


def text_of(element: Element) -> str:
    """All text of an element on one line, scripts and the like left out."""
    return " ".join(paragraph.text for paragraph in paragraphs(element))


def is_heading(element: Element) -> bool:
    """Whether an element is one of `h1` to `h6`."""
    return element.tag in _HEADINGS


def is_hidden(element: Element) -> bool:
    """Whether a short element is marked as not to be shown."""
    style = element.get("style")
    if element.get("hidden") is None and not (style and _HIDDEN.search(style)):
        return False
    return len("".join(element.itertext())) < _LONGEST_HIDDEN


def absolute(href: str | None, base: str | None) -> str | None:
    """The whole address of a link; None for one that leads to no page."""
    if not href or href.lstrip()[:1] == "#":
        return None
    try:
        address = urljoin(base or "", "".join(href.split()))
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.hostname else None


def paragraphs(
    root: Element, passed_over: Callable[[Element], bool] | None = None, base: str | None = None
) -> Iterator[Paragraph]:
    """The paragraphs of an element in the order of reading.

    `passed_over` is asked of every element and says whether to leave it out. `base` makes the
    links whole. A line break ends a paragraph.
    """
    from lxml import etree

    reading = _Reading(base)
    walk = etree.iterwalk(root, events=("start", "end"))
    skipped: set[Element] = set()
    for event, element in walk:
        if event == "start":
            if element.tag in BLOCKS and reading.has_text:
                yield reading.paragraph()
            if element is not root and (
                element.tag in NEVER_TEXT or is_hidden(element) or (passed_over is not None and passed_over(element))
            ):
                skipped.add(element)
                walk.skip_subtree()
            else:
                reading.open(element)
            continue
        if element in skipped:
            skipped.discard(element)
        else:
            reading.close(element)
            if element.tag in BLOCKS and reading.has_text:
                yield reading.paragraph()
        if element is not root:
            reading.add(element.tail, element.getparent())
    if reading.has_text:
        yield reading.paragraph()


class _Reading:
    """The paragraph that is being read."""

    def __init__(self, base: str | None) -> None:
        self._base = base
        self._pieces: list[str] = []
        self._links: list[Link] = []
        self._open_links: list[int] = []
        self._opening: str | None = None
        self._bold = 0
        self._image = self._after_image = False
        self.has_text = False
        self._element: Element | None = None

    def open(self, element: Element) -> None:
        if element.tag == "a":
            self._open_links.append(len(self._pieces))
        elif element.tag in ("td", "th"):
            self._pieces.append(" ")
        elif element.tag == "img":
            self._image = True
        if element.tag in _BOLD:
            self._bold += 1
        self.add(element.text, element)

    def add(self, text: str | None, element: Element) -> None:
        if not text:
            return
        if not text.isspace():
            if not self.has_text:
                self.has_text, self._after_image, self._image = True, self._image, False
                self._element = element
            if not self._bold and self._opening is None:
                self._opening = _one_line(self._pieces)
        self._pieces.append(text)

    def close(self, element: Element) -> None:
        if element.tag in _BOLD:
            self._bold = max(0, self._bold - 1)
        if element.tag == "a" and self._open_links:
            words = _one_line(self._pieces[self._open_links.pop() :])
            address = absolute(element.get("href"), self._base)
            if words and address:
                self._links.append(Link(words, address))

    def paragraph(self) -> Paragraph:
        """What was read since the last one, as a paragraph."""
        read = _one_line(self._pieces)
        opening = read if self._opening is None else self._opening
        found = Paragraph(read, tuple(self._links), opening, self._after_image, self._element)
        self._pieces, self._links, self._opening, self.has_text = [], [], None, False
        self._open_links = [0] * len(self._open_links)
        return found


def _one_line(pieces: list[str]) -> str:
    return " ".join("".join(pieces).replace("\u200b", "").split())
