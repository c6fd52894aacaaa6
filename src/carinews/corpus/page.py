"""A page while it is being read, and the lines of it that are not prose: labels, edges, credits.

The reader of plain text (`tempo.py`) and that of HTML (`webpage.py`) find the parts of a page in
different ways; what a paragraph says of itself is read here for both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from carinews.corpus.ages import dated
from carinews.corpus.dateline import Dateline, split_bare_dateline
from carinews.corpus.dates import is_date_line
from carinews.corpus.furniture import is_furniture, without_glued_ads
from carinews.corpus.ids import article_id
from carinews.corpus.lines import reads_as_name
from carinews.corpus.stories import edge_label, edge_of, is_edge_line, pull_edges, story_below
from carinews.model import Article, DateCertainty, Link, RelatedStory

LABEL = re.compile(
    r"(?P<role>reporter|penulis|pewarta|jurnalis|editor|redaktur|sumber)\s?(?:$|:\s*(?P<name>.*))", re.IGNORECASE
)
_WRITERS = frozenset(("reporter", "penulis", "pewarta", "jurnalis"))
_CONTRIBUTOR = re.compile(r"(?P<name>.{3,80}?) berkontribusi (?:dalam|pada) (?:penulisan )?artikel ini\.?")
_BYLINE = re.compile(r"[^\W\d_a-z](?:[^\W\d_]|[ .,'’&/()-]){2,59}")
_INITIALS = re.compile(r"\((?P<name>\*+(?:/\w{2,4})?|[A-Za-z]{2,5}(?:\s?[/|-]\s?[A-Za-z*]{2,5}){0,3})\)")


@dataclass(slots=True)
class Page:
    """What is known of a page while it is being read. `copied` is the day of the copy, if that is known."""

    path: str
    title: str = ""
    url: str | None = None
    copied: datetime | None = None
    date_above: datetime | None = None
    published: datetime | None = None
    certainty: DateCertainty = "exact"
    strange_date: tuple[int | None, str] | None = None
    age: str | None = None
    author: str | None = None
    section: str | None = None
    source: str | None = None
    city: str | None = None
    leads: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    related: list[RelatedStory] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    is_article: bool = False

    def article(self) -> Article:
        """The article that the page tells, with dates for its ages where the day of the copy is known."""
        article = Article(
            id=article_id(self.source, self.published, self.title),
            title=self.title,
            body="\n\n".join(self.paragraphs),
            url=self.url,
            source=self.source,
            section=self.section,
            city=self.city,
            author=self.author,
            published=self.published,
            date_certainty=self.certainty,
            caption="\n".join(self.captions),
            credits=tuple(self.credits),
            related=tuple(self.related),
            links=tuple(self.links),
            path=self.path,
            age=self.age,
        )
        return dated(article, self.copied)


def take_label(line: str, page: Page) -> bool:
    """Take `Reporter: NAME`, `Sumber: AGENCY` or a bare `Editor`; editors are not kept."""
    match = LABEL.fullmatch(line)
    if match is None or (match["name"] and not reads_as_name(match["name"])):
        return False
    name = (match["name"] or "").strip(" ,")
    if name and match["role"].lower() in _WRITERS:
        page.author = page.author or name
    elif name and match["role"].lower() == "sumber":
        page.credits.append(name)
    return True


def take_name(label: str, below: str, page: Page) -> int:
    """Take the name on the line below a bare label; return how many lines that took."""
    match = LABEL.fullmatch(label)
    if match is None or match["name"] or not reads_as_name(below) or LABEL.fullmatch(below):
        return 0
    if is_date_line(below) or split_bare_dateline(below) or is_edge_line(below) or below.endswith("."):
        return 0
    if match["role"].lower() in _WRITERS:
        page.author = page.author or below
    return 1


def take_edge(line: str, below: str, page: Page) -> int:
    """Take a line that points at another story, and the title below it where it is only a label."""
    story, used = edge_of(line), 1
    kind = edge_label(line)
    if story is None and kind is None:
        return 0
    if kind and not is_edge_line(below):
        story, used = story_below(kind, below), 2
    if story is None:
        return 1
    page.related.append(story)
    return used


def read_body(paragraphs: Sequence[str], page: Page) -> None:
    """Sort the paragraphs of a body into text, edges, labels and credits. A dateline opens it."""
    texts = [text for text in paragraphs if not is_furniture(text) or LABEL.fullmatch(text)]
    if texts:
        opening = split_bare_dateline(texts[0]) or Dateline(None, None, texts[0])
        page.source, page.city = page.source or opening.source, page.city or opening.city
        texts[0] = opening.rest
    place = 0
    while place < len(texts):
        below = texts[place + 1] if place + 1 < len(texts) else ""
        place += _read_paragraph(texts[place], below, page)
    page.paragraphs[:0] = page.leads
    _split_credits(page)


def _read_paragraph(paragraph: str, below: str, page: Page) -> int:
    """Sort one paragraph into text, edge or label; return how many paragraphs that took."""
    text, found = pull_edges(without_glued_ads(paragraph))
    page.related += found
    if take_label(text, page):
        return 1 + take_name(text, below, page)
    used = take_edge(text, below, page)
    if not used and not is_furniture(text):
        page.paragraphs.append(text)
    return used or 1


def _split_credits(page: Page) -> None:
    """Move the names that close a text from its paragraphs to its credits."""
    closing: list[str] = []
    for names_of in (_initials, _contributor, _credit_names):
        if len(page.paragraphs) > 1 and (names := names_of(page.paragraphs[-1])):
            closing[:0] = names
            page.paragraphs.pop()
    page.credits[:0] = closing


def _initials(paragraph: str) -> list[str]:
    """The initials of writer and editor, `(abc/xyz)`."""
    match = _INITIALS.fullmatch(paragraph)
    return [match["name"]] if match else []


def _contributor(paragraph: str) -> list[str]:
    """The name in `NAME berkontribusi dalam penulisan artikel ini`."""
    match = _CONTRIBUTOR.fullmatch(paragraph)
    return [match["name"]] if match else []


def _credit_names(paragraph: str) -> list[str]:
    """The names of `AGENCY | AGENCY | REPORTER` or of a byline in capitals; empty for a sentence."""
    names = [name for part in paragraph.split("|") if (name := part.strip(" ,"))]
    if len(names) > 1:
        return names if all(map(reads_as_name, names)) else []
    is_byline = paragraph.isupper() and len(paragraph.split()) <= 6 and _BYLINE.fullmatch(paragraph)
    return names if is_byline else []
