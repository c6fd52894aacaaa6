"""Plain Whoosh."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.peers.engines.engine import TEN, Engine, marked, whoosh_pattern
from benchmarks.peers.queries import REACH

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.peers.corpus import Rows
    from benchmarks.peers.queries import Query, Term


class Whoosh(Engine):
    """Plain Whoosh, given terms parted by spaces. Snippets are made by carinews, sooner than by Whoosh."""

    name = "whoosh"
    needs = ("whoosh",)
    most = 2_000
    first_answer = """
import sys
from whoosh import index, query
with index.open_dir(sys.argv[1]).searcher() as searcher:
    words = [query.Term("form", sys.argv[2]), query.Term("stem", sys.argv[3])]
    assert [hit.fields() for hit in searcher.search(query.Or(words), limit=10)][0]["shown_body"]
"""

    def __init__(self, folder: Path) -> None:
        from whoosh import index

        self._searcher = index.open_dir(str(folder)).searcher()

    @staticmethod
    def build(corpus: Path, rows: Rows, folder: Path) -> None:
        from whoosh import fields, index
        from whoosh.analysis import SpaceSeparatedTokenizer

        terms = {"analyzer": SpaceSeparatedTokenizer(), "phrase": False}
        schema = fields.Schema(
            number=fields.STORED,
            form=fields.TEXT(SpaceSeparatedTokenizer()),
            stem=fields.TEXT(**terms),
            title_form=fields.TEXT(**terms),
            title_stem=fields.TEXT(**terms),
            published=fields.NUMERIC(bits=64, sortable=True),
            year=fields.NUMERIC(sortable=True),
            source=fields.ID(sortable=True),
            section=fields.ID(sortable=True),
            shown_title=fields.STORED,
            shown_body=fields.STORED,
        )
        writer = index.create_in(str(folder), schema).writer(limitmb=256)
        for row in rows:
            dates = {} if row.published is None else {"published": row.published, "year": row.year}
            writer.add_document(
                number=row.number,
                form=f"{row.title_forms} | {row.body_forms}",  # no phrase runs over the bar
                stem=f"{row.title_stems} {row.body_stems}",
                title_form=row.title_forms,
                title_stem=row.title_stems,
                source=row.source,
                section=row.section,
                shown_title=row.title,
                shown_body=row.body,
                **dates,
            )
        writer.commit(optimize=True)

    def ask(self, query: Query) -> Any:
        tree = self._tree(query)
        match query.wants:
            case "total":
                return self.count(query)
            case "newest":
                found = self._searcher.search(tree, limit=TEN, sortedby="published", reverse=True)
            case "facets":
                from whoosh.sorting import Count, FieldFacet

                counts = [FieldFacet(name, maptype=Count) for name in ("year", "source", "section")]
                found = self._searcher.search(tree, limit=TEN, groupedby=dict(enumerate(counts)))
            case "hits":
                hits = self._searcher.search(tree, limit=TEN)
                return marked(((hit["shown_title"], hit["shown_body"]) for hit in hits), query.words)
            case _:
                found = self._searcher.search(tree, limit=TEN)
        return [found.docnum(rank) for rank in range(found.scored_length())]

    def count(self, query: Query) -> int:
        return len(self._searcher.search(self._tree(query), limit=None))

    def numbers(self, query: Query, most: int) -> set[int]:
        return {hit["number"] for hit in self._searcher.search(self._tree(query), limit=most)}

    def _tree(self, query: Query) -> Any:
        from whoosh import query as nodes

        forms = [word.form for word in query.words]
        match query.shape:
            case "any":
                tree = nodes.Or([term for word in query.words for term in self._word(word, query.title)])
            case "all":
                tree = nodes.And([nodes.Or(self._word(word, query.title)) for word in query.words])
            case "phrase":
                tree = nodes.Phrase("form", forms)
            case "near":
                tree = nodes.Phrase("form", forms, slop=REACH)
            case _:
                tree = whoosh_pattern(query.shape, "form", forms[0])
        if query.dates is None:
            return tree
        return nodes.And([tree, nodes.NumericRange("published", *query.dates, endexcl=True)])

    @staticmethod
    def _word(word: Term, title: bool) -> list[Any]:
        from whoosh.query import Term as WhooshTerm

        field = "title_" if title else ""
        return [WhooshTerm(f"{field}form", word.form), WhooshTerm(f"{field}stem", word.stem)]
