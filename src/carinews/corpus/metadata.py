"""What a page says of itself to machines: JSON-LD, OpenGraph, `<meta>` and microdata.

Each kind of fact has several names, in the order in which they can be trusted. What is said here is
checked against what is printed by `webpage.py`: a site may call local time UTC, or itself the author.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from carinews.corpus.dates import find_date
from carinews.corpus.lines import trim
from carinews.corpus.markup import Element, absolute, text_of

TITLES = ("og:title", "twitter:title", "headline", "title", "dc.title")
DATES = (
    "article:published_time article:published datepublished date_published pubdate publishdate publish-date"
    " published-date publish_date published_date content_publisheddate originalpublicationdate parsely-pub-date"
    " dc.date.issued dcterms.created datecreated date"
).split()
AUTHORS = ("author", "article:author", "content_author", "contentauthor", "parsely-author", "dc.creator")
SECTIONS = ("article:section", "articlesection", "content_category", "contentchannel", "parsely-section")
SITES = ("og:site_name", "application-name", "dc.publisher")
DESCRIPTIONS = ("og:description", "description", "twitter:description")

_ARTICLE = re.compile(r"(?:News|Reportage|Opinion|Analysis|Background|Review|Blog)?(?:Article|Posting|NewsArticle)")
_WRAPPED = re.compile(r"^\s*(?://)?\s*(?:<!\[CDATA\[|<!--)|(?://)?\s*(?:\]\]>|-->)\s*;?\s*$")
_PERSON = re.compile(r"Person")
_DEEPEST = 7  # levels of JSON-LD that are looked into: a graph of an article of an author has three


@dataclass(slots=True)
class Facts:
    """The facts of a page, as it states them. `body` is the text without its paragraphs, if it stands in the data."""

    titles: list[str] = field(default_factory=list)
    url: str | None = None
    published: datetime | None = None
    author: str | None = None
    section: str | None = None
    site: str | None = None
    description: str = ""
    body: str = ""
    is_article: bool = False


def read_facts(root: Element) -> Facts:
    """Everything that a page says of itself to machines."""
    told, data = _metas(root), list(_linked_data(root))
    linked = next(_objects(data, _ARTICLE), {})
    people = {str(one["@id"]): one.get("name") for one in _objects(data, _PERSON) if "@id" in one}
    facts = Facts(
        titles=_known(_text(linked.get("headline")), *(told.get(name) for name in TITLES), _title_element(root)),
        author=_person(linked.get("author") or linked.get("creator"), people) or _first(told, AUTHORS),
        section=_text(_one(linked.get("articleSection"))) or _first(told, SECTIONS),
        site=_first(told, SITES),
        description=_text(linked.get("description")) or _first(told, DESCRIPTIONS) or "",
        body=_lines(linked.get("articleBody")),
        is_article=bool(linked) or told.get("og:type", "").lower() == "article",
    )
    facts.url = absolute(_canonical(root) or told.get("og:url") or _text(linked.get("url")), None)
    dates = [_text(linked.get(name)) for name in ("datePublished", "dateCreated")]
    dates += [told.get(name) for name in DATES]
    facts.published = next((moment for date in dates if date and (moment := find_date(date))), None)
    return facts


def _metas(root: Element) -> dict[str, str]:
    """Every named `<meta>` (and `<time itemprop>`), the first of a name."""
    told: dict[str, str] = {}
    for element in root.iter("meta", "time"):
        value = trim(element.get("content") or element.get("datetime") or "")
        for key in ("property", "name", "itemprop"):
            for name in (element.get(key) or "").lower().split():
                if value:
                    told.setdefault(name, value)
    return told


def _linked_data(root: Element) -> Iterator[Any]:
    """The JSON-LD of a page, in its order. What is no JSON is passed over."""
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            text = _WRAPPED.sub("", script.text or "").strip().rstrip(";")
            try:
                yield json.loads(text, strict=False)
            except (ValueError, RecursionError):
                continue


def _objects(value: Any, wanted: re.Pattern[str], levels: int = _DEEPEST) -> Iterator[dict[str, Any]]:
    """The objects of a kind in JSON-LD."""
    if levels == 0:
        return
    if isinstance(value, list):
        for entry in value:
            yield from _objects(entry, wanted, levels - 1)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        if any(wanted.fullmatch(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])):
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(value.get(key), wanted, levels - 1)


def _canonical(root: Element) -> str | None:
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            return link.get("href") or None
    return None


def _title_element(root: Element) -> str | None:
    element = root.find(".//head/title")
    if element is None:
        element = root.find(".//title")
    return None if element is None else trim(" ".join(element.itertext()))


def _person(value: Any, known: dict[str, Any]) -> str | None:
    """The names of `author`: text, an object, one that is only pointed at by its `@id`, or a list of these."""
    people = value if isinstance(value, list) else [value]
    names = (one.get("name") or known.get(str(one.get("@id"))) if isinstance(one, dict) else one for one in people)
    found = map(_text, names)
    return ", ".join(dict.fromkeys(name for name in found if name)) or None


def _one(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _text(value: Any) -> str | None:
    """A value as text, without the tags and character references that some sites put even there."""
    if not isinstance(value, str) or not value.strip():
        return None
    if "<" in value or "&" in value:
        from lxml import html

        value = text_of(html.fragment_fromstring(value, create_parent="div"))
    return " ".join(trim(value).split()) or None


def _lines(value: Any) -> str:
    """A text of several paragraphs, each on its line."""
    lines = value.splitlines() if isinstance(value, str) else []
    return "\n".join(line for raw in lines if (line := _text(raw)))


def _first(told: dict[str, str], wanted: Any) -> str | None:
    return next((_text(told[name]) for name in wanted if name in told), None)


def _known(*values: str | None) -> list[str]:
    return list(dict.fromkeys(" ".join(value.split()) for value in values if value and value.strip()))
