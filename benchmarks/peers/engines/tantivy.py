"""tantivy, through tantivy-py: and tantivy given raw text, which is only built."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from benchmarks.peers.engines.engine import TEN, Engine, Hits
from benchmarks.peers.queries import REACH

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.peers.corpus import Rows
    from benchmarks.peers.queries import Query, Term


class Tantivy(Engine):
    """Forms and stems as two fields over title and body; titles also as two fields of their own.

    Snippets mark written forms in the stored body, by tantivy's own generator. Ten ids are read from a
    fast field, and matches are not counted where nobody asks, which lets tantivy skip.
    """

    name = "tantivy"
    needs = ("tantivy",)
    first_answer = """
import sys, tantivy
index = tantivy.Index.open(sys.argv[1])
query = tantivy.Query.boolean_query([
    (tantivy.Occur.Should, tantivy.Query.term_query(index.schema, "form", sys.argv[2], "freq")),
    (tantivy.Occur.Should, tantivy.Query.term_query(index.schema, "stem", sys.argv[3], "freq")),
])
searcher = index.searcher()
found = [searcher.doc(place) for _, place in searcher.search(query, 10, count=False).hits]
assert found[0].get_first("shown_body")
"""

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._tantivy = tantivy
        self._index = tantivy.Index.open(str(folder))
        words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase()).build()
        self._index.register_tokenizer("terms", words)  # from here on it cuts the bodies of snippets
        self._searcher = self._index.searcher()

    @staticmethod
    def build(corpus: Path, rows: Rows, folder: Path) -> None:
        import tantivy

        index = tantivy.Index(Tantivy._schema(tantivy), str(folder))
        index.register_tokenizer("terms", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
        writer = index.writer(heap_size=256_000_000, num_threads=1)
        for row in rows:
            document = tantivy.Document()
            document.add_unsigned("number", row.number)
            for text in (row.title_forms, row.body_forms):  # two values: no phrase runs from one into the other
                document.add_text("form", text)
            for text in (row.title_stems, row.body_stems):
                document.add_text("stem", text)
            document.add_text("title_form", row.title_forms)
            document.add_text("title_stem", row.title_stems)
            document.add_bytes("shown_title", row.title.encode())
            document.add_bytes("shown_body", row.body.encode())
            document.add_text("source", row.source)
            document.add_text("section", row.section)
            if row.published is not None:
                document.add_integer("published", row.published)
                document.add_integer("year", row.year)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    @staticmethod
    def _schema(tantivy: Any) -> Any:
        schema = tantivy.SchemaBuilder()
        schema.add_unsigned_field("number", fast=True)
        schema.add_text_field("form", tokenizer_name="terms")
        for name in ("stem", "title_form", "title_stem"):
            schema.add_text_field(name, tokenizer_name="terms", index_option="freq")
        for name in ("shown_title", "shown_body"):
            schema.add_bytes_field(name, stored=True)
        for name in ("source", "section"):
            schema.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        schema.add_integer_field("published", fast=True, indexed=True)
        schema.add_integer_field("year", fast=True)
        return schema.build()

    @cached_property
    def _counts(self) -> dict[str, Any]:
        return {name: {"terms": {"field": name, "size": 100}} for name in ("year", "source", "section")}

    def ask(self, query: Query) -> Any:
        tree = self._tree(query)
        match query.wants:
            case "total":
                return self._searcher.search(tree, 1).count
            case "newest":
                return self._numbers(self._searcher.search(tree, TEN, count=False, order_by_field="published"))
            case "facets":
                best = self._numbers(self._searcher.search(tree, TEN, count=False))
                return best, self._searcher.aggregate(tree, self._counts)
            case "hits":
                return self._hits(tree)
            case _:
                return self._numbers(self._searcher.search(tree, TEN, count=False))

    def count(self, query: Query) -> int:
        return self._searcher.search(self._tree(query), 1).count

    def numbers(self, query: Query, most: int) -> set[int]:
        return set(self._numbers(self._searcher.search(self._tree(query), most, count=False)))

    def _numbers(self, result: Any) -> list[int]:
        return self._searcher.fast_field_values("number", [place for _, place in result.hits])

    def _hits(self, tree: Any) -> Hits:
        snippets = self._tantivy.SnippetGenerator.create(self._searcher, tree, self._index.schema, "form")
        snippets.set_max_num_chars(220)
        found = []
        for _, place in self._searcher.search(tree, TEN, count=False).hits:
            stored = self._searcher.doc(place)
            shown = self._tantivy.Document()
            shown.add_text("form", bytes(stored.get_first("shown_body")).decode())
            snippet = snippets.snippet_from_doc(shown)
            found.append((bytes(stored.get_first("shown_title")).decode(), snippet.to_html()))
        return found

    def _tree(self, query: Query) -> Any:
        nodes, schema, occur = self._tantivy.Query, self._index.schema, self._tantivy.Occur
        forms = [word.form for word in query.words]
        match query.shape:
            case "any":
                tree = nodes.boolean_query([part for word in query.words for part in self._word(word, query.title)])
            case "all":
                words = (nodes.boolean_query(self._word(word, query.title)) for word in query.words)
                tree = nodes.boolean_query([(occur.Must, word) for word in words])
            case "phrase":
                tree = nodes.phrase_query(schema, "form", forms)
            case "near":
                tree = nodes.phrase_query(schema, "form", forms, REACH - 1)
            case "prefix":
                tree = nodes.regex_query(schema, "form", f"{forms[0]}.*")
            case "wildcard":
                tree = nodes.regex_query(schema, "form", forms[0].replace("*", ".*"))
            case "fuzzy":
                tree = nodes.fuzzy_term_query(schema, "form", forms[0], 1, transposition_cost_one=False)
        if query.dates is None:
            return tree
        integer = self._tantivy.FieldType.Integer
        dates = nodes.range_query(schema, "published", integer, *query.dates, include_upper=False)
        return nodes.boolean_query([(occur.Must, tree), (occur.Must, nodes.const_score_query(dates, 0.0))])

    def _word(self, word: Term, title: bool) -> list[tuple[Any, Any]]:
        field, should = "title_" if title else "", self._tantivy.Occur.Should
        term, schema = self._tantivy.Query.term_query, self._index.schema
        return [
            (should, term(schema, f"{field}form", word.form, "freq")),
            (should, term(schema, f"{field}stem", word.stem, "freq")),
        ]


class TantivyRaw(Tantivy):
    """Only built: titles and bodies as written, cut by tantivy's own tokenizer, with no Indonesian at all."""

    name = "tantivy raw text"
    asked = False
    given_terms = False

    @staticmethod
    def build(corpus: Path, rows: Rows, folder: Path) -> None:
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_text_field("title", stored=True)
        schema.add_text_field("body", stored=True)
        writer = tantivy.Index(schema.build(), str(folder)).writer(heap_size=256_000_000, num_threads=1)
        for row in rows:
            writer.add_document(tantivy.Document(title=row.title, body=row.body))
        writer.commit()
        writer.wait_merging_threads()
