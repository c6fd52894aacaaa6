"""Found documents become hits: words marked, excerpts chosen, related stories followed."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

from carinews.model import Article, Hit, RelatedHit, RelatedStory
from carinews.query.marks import highlights, markers
from carinews.query.snippets import snippets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from carinews.engines.protocol import Engine, Found
    from carinews.query.marks import Evidence, Marker
    from carinews.query.tree import Scope

_REMEMBERED = 10_000


class _Told(NamedTuple):
    """What a hit shows of a related story."""

    id: str
    title: str
    published: datetime | None


class HitMaker:
    """Makes the hits of one engine; any number of threads may share it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._told: dict[tuple[str, str | None], _Told | None] = {}

    def hits(self, found: Iterable[Found], evidence: tuple[Evidence, ...], first: int, passages: int) -> Iterator[Hit]:
        """The hits of some documents in their order, the first of rank `first`, with so many snippets at most."""
        wanted = markers(evidence)
        for rank, one in enumerate(found, first):
            yield self._hit(rank, one.score, one.article, wanted, passages)

    def related(self, article: Article) -> tuple[RelatedHit, ...]:
        """The stories that an article's page points at, each followed to the document that tells it."""
        if not article.related:
            return ()
        followed = ((story.kind, self._followed(story)) for story in article.related)
        return tuple(RelatedHit(found.id, kind, found.title, found.published) for kind, found in followed if found)

    def pointing(self, article: Article, others: Iterable[Article]) -> tuple[RelatedHit, ...]:
        """The articles that point at one, by the first of their edges that does, the newest first, undated last."""
        found = []
        for other in others:
            kinds = (story.kind for story in other.related if self._leads_to(story, article))
            if other.id != article.id and (kind := next(kinds, None)):
                found.append(RelatedHit(other.id, kind, other.title, other.published))
        return tuple(sorted(found, key=lambda one: (-one.published.timestamp() if one.published else inf, one.id)))

    def _hit(self, rank: int, score: float, article: Article, wanted: dict[Scope, Marker], passages: int) -> Hit:
        pieces = self._engine.analyzer.pieces
        in_title = wanted["title"].marks(article.title, pieces)
        in_body = wanted["body"].marks(article.body, pieces) if passages else []
        return Hit(
            rank,
            score,
            article,
            highlights(in_title),
            snippets("body", article.body, in_body, wanted["body"].weights, passages) if passages else (),
            self.related(article),
            self._engine.copies(article.id),
        )

    def _leads_to(self, story: RelatedStory, article: Article) -> bool:
        followed = self._followed(story)
        return followed is not None and followed.id == article.id

    def _followed(self, story: RelatedStory) -> _Told | None:
        """The document that tells a story, remembered: to read it takes 100 µs, and a Tempo page points at six."""
        name = story.title, story.url
        try:
            return self._told[name]
        except KeyError:
            article = self._engine.telling(*name)
            told = _Told(article.id, article.title, article.published) if article else None
            if len(self._told) >= _REMEMBERED:
                self._told.clear()
            self._told[name] = told
            return told
