"""carinews, as `Index.open` opens it, with the caches that it has by default."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from benchmarks.peers.corpus import ARTICLES, Rows
from benchmarks.peers.engines.engine import TEN, Engine, Unsupported, whoosh_pattern
from benchmarks.peers.queries import REACH

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.peers.queries import Query


class Carinews(Engine):
    """Asked in its language where that has words for it, else with Whoosh's nodes. Parsing is counted."""

    name = "carinews"
    given_terms = False
    first_answer = """
import sys
from carinews import Index
with Index.open(sys.argv[1]) as index:
    assert index.search(sys.argv[2]).hits[0].article.body
"""

    def __init__(self, folder: Path) -> None:
        from carinews import Index

        self._corpus = folder.parent
        self._index = Index.open(folder)

    @staticmethod
    def build(corpus: Path, rows: Rows, folder: Path) -> None:
        from carinews import Article, Index
        from carinews.corpus.reader import read_file

        articles = (article for article in read_file(corpus / ARTICLES) if isinstance(article, Article))
        # Without the stories that they point at: the peers have no documents of these.
        Index.build((replace(article, related=()) for article in articles), folder).close()

    def ask(self, query: Query) -> Any:
        match query.wants:
            case "hits":
                return [
                    (hit.title, "".join(snippet.mark("<b>", "</b>") for snippet in hit.snippets))
                    for hit in self._index.search(self._text(query), limit=TEN)
                ]
            case "total":
                return self.count(query)
            case "facets":
                return self._ranked(query, facets=True)
            case "newest":
                return self._ranked(query, sort="newest").best
            case _:
                return self._ranked(query).best

    def count(self, query: Query) -> int:
        return self._ranked(query, limit=0).total

    def numbers(self, query: Query, most: int) -> set[int]:
        answer = self._index.engine.answer(self._question(query, most))
        return {self._number_of[found.article.id] for found in answer.found}

    @cached_property
    def _number_of(self) -> dict[str, int]:
        return {row.id: row.number for row in Rows(self._corpus)}

    def _ranked(self, query: Query, limit: int = TEN, **options: Any) -> Any:
        """Where the documents stand, without their texts: top ten ids are compared with top ten ids."""
        from carinews.errors import CarinewsError

        try:
            return self._index.engine.rank(self._question(query, limit, **options))
        except CarinewsError as refused:
            raise Unsupported(str(refused)) from refused

    def _question(self, query: Query, limit: int, **options: Any) -> Any:
        from carinews import Filters
        from carinews.engines.protocol import Question
        from carinews.errors import CarinewsError

        filters = Filters(*(datetime.fromtimestamp(at, UTC) for at in query.dates)) if query.dates else Filters()
        try:
            parsed = self._index.parse(self._text(query), variants=query.typed)
        except CarinewsError as refused:
            raise Unsupported(str(refused)) from refused
        return Question(parsed.tree, limit, filters=filters, **options)

    @staticmethod
    def _text(query: Query) -> Any:
        forms = [word.form for word in query.words]
        match query.shape:
            case "any":
                text = (" " if query.typed else " OR ").join(forms)
                return f"judul:({text})" if query.title else text
            case "all":
                return " AND ".join(forms)
            case "phrase":
                return f'"{" ".join(forms)}"'
            case "near":
                return f'"{" ".join(forms)}"~{REACH}'
            case _:
                return whoosh_pattern(query.shape, "text", forms[0])
