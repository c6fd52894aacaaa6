"""Results as the JSON that `INTERFACE` promises: names and meanings stay as they are.

The schema's name stands in every document. Dates are ISO 8601 with their offset; spans are code
points, half-open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from carinews.model import Article, Copy, Hit, RelatedHit, SearchResult, Snippet
    from carinews.query.explain import Explanation

SEARCH_SCHEMA = "carinews.search/1"
ARTICLE_SCHEMA = "carinews.article/1"


def search_result(result: SearchResult) -> dict[str, Any]:
    """A page of hits as a `carinews.search/1` document; without hits it is a whole document all the same."""
    return {
        "schema": SEARCH_SCHEMA,
        "query": result.query,
        "total": result.total,
        "weaker": result.weaker,
        "undated": result.undated,
        "took_ms": round(result.took_ms, 1),
        "did_you_mean": result.did_you_mean,
        "warnings": list(result.warnings),
        "variants": {typed: list(brought) for typed, brought in result.variants},
        "hits": [hit(one) for one in result.hits],
        "facets": {name: [list(count) for count in counts] for name, counts in result.facets},
    }


def hit(one: Hit) -> dict[str, Any]:
    """One hit, as it stands in `hits` and on a line of JSONL."""
    article = one.article
    return {
        "rank": one.rank,
        "score": round(one.score, 4),
        "id": article.id,
        "kind": article.kind,
        "title": article.title,
        "url": article.url,
        "source": article.source,
        "section": article.section,
        "city": article.city,
        "published": article.published.isoformat() if article.published else None,
        "date_certainty": article.date_certainty,
        "age": article.age,
        "path": article.path,
        "title_highlights": [list(span) for span in one.title_highlights],
        "snippets": [snippet(part) for part in one.snippets],
        "related": [related_hit(story) for story in one.related],
        "copies": [copy(other) for other in one.copies],
    }


def explanation(part: Explanation) -> dict[str, Any]:
    """Why a hit has its score: a value, what it is, and the parts that it is the sum of."""
    details = [explanation(detail) for detail in part.details]
    return {"value": part.value, "description": str(part.description), "details": details}


def snippet(part: Snippet) -> dict[str, Any]:
    """An excerpt, with its place in the stored field."""
    highlights = [list(span) for span in part.highlights]
    return {"field": part.field, "start": part.start, "text": part.text, "highlights": highlights}


def related_hit(story: RelatedHit) -> dict[str, Any]:
    """A related story that was followed to its document."""
    published = story.published.isoformat() if story.published else None
    return {"id": story.id, "kind": story.kind, "title": story.title, "published": published}


def copy(other: Copy) -> dict[str, Any]:
    """Another article that prints the same story."""
    published = other.published.isoformat() if other.published else None
    return {"id": other.id, "title": other.title, "source": other.source, "published": published}


def similar_hit(one: Hit) -> dict[str, Any]:
    """An article that is like another: what is said of a related story, and its score."""
    published = one.published.isoformat() if one.published else None
    return {"id": one.id, "title": one.title, "published": published, "score": round(one.score, 4)}


def article(whole: Article) -> dict[str, Any]:
    """A whole article as a `carinews.article/1` document."""
    return {
        "schema": ARTICLE_SCHEMA,
        "id": whole.id,
        "kind": whole.kind,
        "title": whole.title,
        "url": whole.url,
        "source": whole.source,
        "section": whole.section,
        "city": whole.city,
        "author": whole.author,
        "published": whole.published.isoformat() if whole.published else None,
        "date_certainty": whole.date_certainty,
        "age": whole.age,
        "caption": whole.caption,
        "body": whole.body,
        "credits": list(whole.credits),
        "related": [
            {
                "kind": story.kind,
                "title": story.title,
                "url": story.url,
                "summary": story.summary,
                "age": story.age,
                "published": story.published.isoformat() if story.published else None,
                "date_certainty": story.date_certainty,
            }
            for story in whole.related
        ],
        "links": [{"text": link.text, "url": link.url} for link in whole.links],
        "path": whole.path,
    }
