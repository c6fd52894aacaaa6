"""An article as the index stores it: a line of JSON without what is empty, and behind it the body as it is.

The body is most of an article, and JSON would take four times as long to read it.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from carinews.model import Article, Link, RelatedStory

_NAMES = tuple(field.name for field in fields(Article))
_values = attrgetter(*_NAMES)
_SLOTS = [
    (field.name, None if field.default is MISSING else field.default, getattr(Article, field.name).__set__)
    for field in fields(Article)
]


_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
_from_json = json.JSONDecoder().decode  # `json.loads` guesses the encoding of bytes: twice the time


def packed(article: Article) -> bytes:
    """An article as it is stored, before it is compressed."""
    record = to_record(article)
    body = record.pop("body", "")
    return f"{_as_json(record)}\n{body}".encode("utf-8", "surrogatepass")


def unpacked(content: bytes) -> dict[str, Any]:
    """The record of what `packed` made."""
    head, _, body = content.partition(b"\n")
    record: dict[str, Any] = _from_json(head.decode("utf-8", "surrogatepass"))
    if body:
        record["body"] = body.decode("utf-8", "surrogatepass")
    return record


def to_record(article: Article) -> dict[str, Any]:
    """The stored form of an article; what is empty is left out."""
    record = {name: value for name, value in zip(_NAMES, _values(article), strict=True) if value}
    if article.published:
        record["published"] = article.published.isoformat()
    if article.related:
        record["related"] = [_from_story(story) for story in article.related]
    return record


def to_article(record: dict[str, Any]) -> Article:
    """The article of a stored form: the reverse of `to_record`.

    It was checked when it was first made; not to check it again saves a third of the time.
    """
    article, told = object.__new__(Article), record.get
    for name, absent, put in _SLOTS:
        put(article, told(name, absent))
    if "published" in record:
        object.__setattr__(article, "published", datetime.fromisoformat(record["published"]))
    if "related" in record:
        object.__setattr__(article, "related", tuple(map(to_story, record["related"])))
    if "links" in record:
        object.__setattr__(article, "links", tuple(Link(*link) for link in record["links"]))
    if "credits" in record:
        object.__setattr__(article, "credits", tuple(record["credits"]))
    return article


def _from_story(story: RelatedStory) -> list[Any]:
    """The stored form of a link to a story; its date stands there only where it is known."""
    told = [story.kind, story.title, story.url, story.summary, story.age]
    return [*told, story.published.isoformat(), story.date_certainty] if story.published else told


def to_story(told: list[Any]) -> RelatedStory:
    """The link to a story of its stored form."""
    kind, title, url, summary, age, *dated = told
    if not dated:
        return RelatedStory(kind, title, url, summary, age)
    return RelatedStory(kind, title, url, summary, age, datetime.fromisoformat(dated[0]), dated[1])
