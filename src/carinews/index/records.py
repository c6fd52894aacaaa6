"""An article as the index stores it: a JSON object without what is empty."""

from __future__ import annotations

from typing import Any

from carinews.model import Article, RelatedStory


def to_record(article: Article) -> dict[str, Any]:
    """The stored form of an article; what is empty is left out."""
    record = {name: getattr(article, name) for name in article.__slots__}
    record["published"] = article.published.isoformat() if article.published else None
    record["related"] = [[story.kind, story.title, story.url, story.summary, story.age] for story in article.related]
    return {name: value for name, value in record.items() if value}


def to_article(record: dict[str, Any]) -> Article:
    """The article of a stored form: the reverse of `to_record`."""
    related = tuple(RelatedStory(*story) for story in record.get("related", ()))
    return Article(**{**record, "related": related, "credits": tuple(record.get("credits", ()))})
