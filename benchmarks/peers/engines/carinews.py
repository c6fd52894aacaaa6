"""carinews, as `Index.open` opens it, with the caches that it has by default."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from benchmarks.peers.corpus import ARTICLES, Rows
from benchmarks.peers.engines.engine import TEN, Engine, Unsupported, whoosh_pattern
from benchmarks.peers.queries import REACH

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.peers.queries import Query


def ids_only(folder: Path) -> Any:
    """An engine that gives document numbers where LocalEngine gives articles, which it always reads.

    So that top ten ids are compared with top ten ids: nothing else of its way is changed. This is the one place to
    change once the engine has a public way to rank without reading.
    """
    from carinews.engines import local

    to_article = local.to_article
    local.to_article = lambda record: record if isinstance(record, int) else to_article(record)
    engine = local.LocalEngine(folder)
    for segment in engine.reader.segments:
        segment.stored = int
    return engine


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
        self._ids = ids_only(folder)

    @staticmethod
    def build(corpus: Path, rows: Rows, folder: Path) -> None:
        from carinews import Index

        Index.build(corpus / ARTICLES, folder).close()

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
                answer = self._answer(self._ids, query, facets=True)
                return answer.found, answer.facets
            case "newest":
                return self._answer(self._ids, query, sort="newest").found
            case _:
                return self._answer(self._ids, query).found

    def count(self, query: Query) -> int:
        return self._answer(self._ids, query, limit=0).total

    def numbers(self, query: Query, most: int) -> set[int]:
        return {self._number_of[found.article.id] for found in self._answer(self._index.engine, query, most).found}

    @cached_property
    def _number_of(self) -> dict[str, int]:
        return {row.id: row.number for row in Rows(self._corpus)}

    def _answer(self, engine: Any, query: Query, limit: int = TEN, **options: Any) -> Any:
        from carinews.engines.protocol import Filters, Question
        from carinews.errors import CarinewsError

        filters = Filters(*(datetime.fromtimestamp(at, UTC) for at in query.dates)) if query.dates else Filters()
        try:
            parsed = self._index.parse(self._text(query), variants=query.typed)
            return engine.answer(Question(parsed.tree, limit, filters=filters, **options))
        except CarinewsError as refused:
            raise Unsupported(str(refused)) from refused

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
