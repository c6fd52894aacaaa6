"""The engines of `peers.py`, each put behind the same few methods. As a script it builds one index:

    python benchmarks/peers_engines.py ENGINE CORPUS FOLDER

where CORPUS is a folder that `peers_corpus.py` made. All but carinews are given the terms of
`rows.jsonl`; carinews reads `articles.jsonl` and does everything itself. Written forms and stems of a
word are both looked for, and their scores added, in every engine. A stored article is its title and body.
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import UTC, datetime
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from peers_corpus import ARTICLES, Rows
from peers_queries import REACH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from peers_queries import Query, Term

TEN = 10
Hits = list[tuple[str, str]]  # title and highlighted snippet


class Unsupported(Exception):
    """The engine has no such query."""


class Engine:
    """An index of one engine, open for questions of one thread."""

    name: ClassVar[str]
    needs: ClassVar[tuple[str, ...]] = ()
    """The modules that must be there."""
    most: ClassVar[float] = float("inf")
    """Documents beyond which the engine is not asked: it would take hours, or more memory than there is."""
    built_as: ClassVar[str | None] = None
    """The engine whose index it reads, if it makes none of its own."""
    asked: ClassVar[bool] = True
    """Whether it is asked anything, or only built."""
    given_terms: ClassVar[bool] = True
    """Whether it builds from carinews's terms, so that their analysis is still to be added to its time."""
    starts: ClassVar[int] = 5
    """Fresh processes whose first answer is timed."""
    first_answer: ClassVar[str]
    """A program that opens the index `sys.argv[1]` and reads ten articles with the form or stem of `sys.argv[2:4]`."""

    def __init__(self, folder: Path) -> None:
        raise NotImplementedError

    @staticmethod
    def build(corpus: Path, rows: Rows, folder: Path) -> None:
        """Make the index in an empty folder."""
        raise NotImplementedError

    def ask(self, query: Query) -> Any:
        """What the query wants. Raises Unsupported."""
        raise NotImplementedError

    def count(self, query: Query) -> int:
        """How many documents match. Raises Unsupported."""
        raise NotImplementedError

    @classmethod
    def missing(cls) -> list[str]:
        """The modules that it needs and that are not installed."""
        return [name for name in cls.needs if find_spec(name) is None]


def marked(articles: Iterable[tuple[str, str]], words: Sequence[Term]) -> Hits:
    """Titles and marked snippets, made by carinews for the engines that make none."""
    from carinews.analysis.tokenize import pieces
    from carinews.query.marks import Evidence, markers
    from carinews.query.snippets import snippets
    from carinews.query.tree import Form

    wanted = markers([Evidence(Form("text", word.form), 1.0, frozenset(word)) for word in words])["body"]
    found = []
    for title, body in articles:
        (snippet,) = snippets("body", body, wanted.marks(body, pieces), wanted.weights) or (None,)
        found.append((title, snippet.mark("<b>", "</b>") if snippet else ""))
    return found


# -- carinews -------------------------------------------------------------------------------------


def ids_only(folder: Path) -> Any:
    """An engine that gives document numbers where LocalEngine gives articles, which it always reads.

    So that top ten ids are compared with top ten ids: nothing else of its way is changed.
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

        self._index = Index.open(folder)
        self._engine = ids_only(folder)

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
                answer = self._answer(query, facets=True)
                return answer.found, answer.facets
            case "newest":
                return self._answer(query, sort="newest").found
            case _:
                return self._answer(query).found

    def count(self, query: Query) -> int:
        return self._answer(query, limit=0).total

    def _answer(self, query: Query, limit: int = TEN, **options: Any) -> Any:
        from carinews.engines.protocol import Filters, Question
        from carinews.errors import CarinewsError

        filters = Filters(*(datetime.fromtimestamp(at, UTC) for at in query.dates)) if query.dates else Filters()
        try:
            parsed = self._index.parse(self._text(query), variants=query.typed)
            return self._engine.answer(Question(parsed.tree, limit, filters=filters, **options))
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


def whoosh_pattern(shape: str, field: str, text: str) -> Any:
    """Whoosh's node for words like a given one."""
    from whoosh import query as nodes

    match shape:
        case "prefix":
            return nodes.Prefix(field, text)
        case "wildcard":
            return nodes.Wildcard(field, text)
        case _:
            return nodes.FuzzyTerm(field, text, maxdist=1, prefixlength=0)


# -- tantivy --------------------------------------------------------------------------------------


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


# -- SQLite ---------------------------------------------------------------------------------------


class Sqlite(Engine):
    """FTS5 over forms and stems of title and body; dates and categories in an ordinary table.

    `snippet()` reads the analysed text, which must be kept beside the text as written. FTS5 has no
    wildcards inside a word and no fuzzy words, and its NEAR is unordered.
    """

    name = "sqlite fts5"
    needs = ("sqlite3",)
    first_answer = """
import sqlite3, sys
base = sqlite3.connect(sys.argv[1] + "/news.db")
found = base.execute(
    "SELECT title, body FROM articles WHERE number IN "
    "(SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT 10)",
    [f'({{title body}} : "{sys.argv[2]}") OR ({{title_stem body_stem}} : "{sys.argv[3]}")'],
).fetchall()
assert found[0][1]
"""
    _TABLES = """
        CREATE TABLE articles (number INTEGER PRIMARY KEY, title, body, source, section, published, year,
                               title_forms, body_forms);
        CREATE VIEW analysed AS SELECT number, title_forms AS title, body_forms AS body,
                                       '' AS title_stem, '' AS body_stem FROM articles;
        CREATE VIRTUAL TABLE words USING fts5(title, body, title_stem, body_stem, content='analysed',
                                              content_rowid='number', tokenize="ascii tokenchars '-.,'");
    """
    _BEST = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT 10"
    _DATED = """FROM words JOIN articles ON number = words.rowid
                WHERE words MATCH ? AND published >= ? AND published < ?"""
    _FACETS = """WITH found AS MATERIALIZED (SELECT year, source, section FROM words
                     JOIN articles ON number = words.rowid WHERE words MATCH ?)
                 SELECT 'year', year, count(*) FROM found GROUP BY year UNION ALL
                 SELECT 'source', source, count(*) FROM found GROUP BY source UNION ALL
                 SELECT 'section', section, count(*) FROM found GROUP BY section"""
    _HITS = """SELECT articles.title, snippet(words, 1, '<b>', '</b>', '…', 32)
               FROM words JOIN articles ON number = words.rowid WHERE words MATCH ? ORDER BY rank LIMIT 10"""

    def __init__(self, folder: Path) -> None:
        import sqlite3

        self._base = sqlite3.connect(folder / "news.db")
        self._base.execute("PRAGMA cache_size = -262144")

    @staticmethod
    def build(corpus: Path, rows: Rows, folder: Path) -> None:
        import sqlite3

        base = sqlite3.connect(folder / "news.db")
        base.executescript(Sqlite._TABLES)
        for row in rows:
            base.execute(
                "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [*row[:1], *row[2:8], row.title_forms, row.body_forms],
            )
            base.execute(
                "INSERT INTO words (rowid, title, body, title_stem, body_stem) VALUES (?, ?, ?, ?, ?)",
                [row.number, *row[8:]],
            )
        base.execute("INSERT INTO words (words) VALUES ('optimize')")
        base.commit()
        base.close()

    def ask(self, query: Query) -> Any:
        match query.wants:
            case "total":
                return self.count(query)
            case "newest":
                return self._rows(f"SELECT number {self._DATED} ORDER BY published DESC LIMIT 10", query)
            case "facets":
                return self._rows(self._BEST, query), self._rows(self._FACETS, query)
            case "hits":
                return self._rows(self._HITS, query)
            case _:
                return self._rows(self._BEST, query)

    def count(self, query: Query) -> int:
        counted = "SELECT count(*) " + (self._DATED if query.dates else "FROM words WHERE words MATCH ?")
        return self._rows(counted, query)[0][0]

    def _rows(self, statement: str, query: Query) -> list[Any]:
        return self._base.execute(statement, [self._match(query), *(query.dates or ())]).fetchall()

    @staticmethod
    def _match(query: Query) -> str:
        forms = [f'"{word.form}"' for word in query.words]
        match query.shape:
            case "any" | "all":
                operator = " OR " if query.shape == "any" else " AND "
                return operator.join(Sqlite._word(word, query.title) for word in query.words)
            case "phrase":
                return f"{{title body}} : {' + '.join(forms)}"
            case "near":
                return f"{{title body}} : NEAR({' '.join(forms)}, {REACH - 1})"
            case "prefix":
                return f"{{title body}} : {forms[0]} *"
            case _:
                raise Unsupported(query.shape)

    @staticmethod
    def _word(word: Term, title: bool) -> str:
        forms, stems = ("title", "title_stem") if title else ("{title body}", "{title_stem body_stem}")
        return f'(({forms} : "{word.form}") OR ({stems} : "{word.stem}"))'


# -- bm25s ----------------------------------------------------------------------------------------


class Bm25s(Engine):
    """Ranks by any of the words, and nothing else. Snippets are made by carinews."""

    name = "bm25s"
    needs = ("bm25s",)
    most = 200_000
    backend: ClassVar[str] = "numpy"
    first_answer = """
import sys, bm25s
index = bm25s.BM25.load(sys.argv[1], mmap=True, load_corpus=True, show_progress=False)
found = index.retrieve([[sys.argv[2], "=" + sys.argv[3]]], k=10, show_progress=False)
assert found.documents[0][0]["body"]
"""

    def __init__(self, folder: Path) -> None:
        import bm25s

        self._index = bm25s.BM25.load(folder, mmap=True, load_corpus=True, show_progress=False)
        self._articles, self._index.corpus = self._index.corpus, None
        self._index.backend = self.backend

    @staticmethod
    def build(corpus: Path, rows: Rows, folder: Path) -> None:
        import bm25s

        numbers: dict[str, int] = {}
        ids, articles = [], []
        for row in rows:
            stems = [f"={stem}" for stem in f"{row.title_stems} {row.body_stems}".split()]
            words = f"{row.title_forms} {row.body_forms}".split() + stems
            ids.append([numbers.setdefault(word, len(numbers)) for word in words])
            articles.append({"title": row.title, "body": row.body})
        index = bm25s.BM25(k1=1.2, method="lucene")
        index.index((ids, numbers), show_progress=False)
        index.save(folder, corpus=articles, show_progress=False)

    def ask(self, query: Query) -> Any:
        if query.shape != "any" or query.title or query.wants not in ("ids", "hits"):
            raise Unsupported(query.shape)
        words = [part for word in query.words for part in (word.form, f"={word.stem}")]
        best = self._index.retrieve([words], k=TEN, show_progress=False).documents[0].tolist()
        if query.wants == "ids":
            return best
        stored = (self._articles[number] for number in best)
        return marked(((article["title"], article["body"]) for article in stored), query.words)

    def count(self, query: Query) -> int:
        raise Unsupported("it counts nothing")


class Bm25sNumba(Bm25s):
    """The same index, its loops compiled by numba (before the first question that is timed)."""

    name = "bm25s+numba"
    needs = ("bm25s", "numba")
    backend = "numba"
    starts = 1  # it compiles for many seconds
    built_as = Bm25s.name
    first_answer = Bm25s.first_answer.replace("found =", 'index.backend = "numba"\nfound =')


# -- Whoosh ---------------------------------------------------------------------------------------


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


# -- Xapian ---------------------------------------------------------------------------------------


class Xapian(Engine):
    """Forms as they are, stems and the title's words behind a capital letter. Xapian 1.4 knows no fuzzy words, and
    of wildcards those at the end of a word."""

    name = "xapian"
    needs = ("xapian",)
    first_answer = """
import json, sys, xapian
base = xapian.Database(sys.argv[1])
enquire = xapian.Enquire(base)
enquire.set_query(xapian.Query(xapian.Query.OP_OR, [sys.argv[2], "S" + sys.argv[3]]))
assert [json.loads(hit.document.get_data()) for hit in enquire.get_mset(0, 10)][0][1]
"""
    _PUBLISHED, _COUNTED = 0, (1, 2, 3)  # slots; the latter of year, source and section
    _LONGEST = 200  # letters of a term
    _GAP = 100  # places between title and body

    def __init__(self, folder: Path) -> None:
        import xapian

        self._xapian = xapian
        self._base = xapian.Database(str(folder))

    @staticmethod
    def build(corpus: Path, rows: Rows, folder: Path) -> None:
        import xapian

        base = xapian.WritableDatabase(str(folder), xapian.DB_CREATE)
        for row in rows:
            document = xapian.Document()
            document.set_data(json.dumps([row.title, row.body], ensure_ascii=False))
            title, body = row.title_forms.split(), row.body_forms.split()
            places = [*enumerate(title), *enumerate(body, len(title) + Xapian._GAP)]
            for place, form in places:
                document.add_posting(form[: Xapian._LONGEST], place)
            stems = {"S": f"{row.title_stems} {row.body_stems}", "XT": row.title_forms, "XS": row.title_stems}
            for prefix, words in stems.items():
                for word in words.split():
                    document.add_term(prefix + word[: Xapian._LONGEST])
            if row.published is not None:
                document.add_value(Xapian._PUBLISHED, xapian.sortable_serialise(row.published))
            for slot, value in zip(Xapian._COUNTED, (row.year, row.source, row.section), strict=True):
                if value:
                    document.add_value(slot, str(value))
            base.add_document(document)
        base.commit()
        base.close()

    def ask(self, query: Query) -> Any:
        enquire = self._enquire(query)
        match query.wants:
            case "total":
                return self.count(query)
            case "newest":
                enquire.set_sort_by_value(self._PUBLISHED, True)
            case "facets":
                return self._facets(enquire)
            case "hits":
                found = enquire.get_mset(0, TEN)
                return [self._hit(found, json.loads(hit.document.get_data())) for hit in found]
        return [hit.docid for hit in enquire.get_mset(0, TEN)]

    def count(self, query: Query) -> int:
        return self._enquire(query).get_mset(0, 0, self._base.get_doccount()).get_matches_estimated()

    def _facets(self, enquire: Any) -> Any:
        spies = [self._xapian.ValueCountMatchSpy(slot) for slot in self._COUNTED]
        for spy in spies:
            enquire.add_matchspy(spy)
        found = [hit.docid for hit in enquire.get_mset(0, TEN, self._base.get_doccount())]
        return found, [[(value.term, value.termfreq) for value in spy.top_values(100)] for spy in spies]

    def _hit(self, found: Any, article: Sequence[str]) -> tuple[str, str]:
        title, body = article
        return title, found.snippet(body, 220).decode()

    def _enquire(self, query: Query) -> Any:
        enquire = self._xapian.Enquire(self._base)
        enquire.set_query(self._tree(query))
        return enquire

    def _tree(self, query: Query) -> Any:
        nodes = self._xapian.Query
        forms = [word.form for word in query.words]
        match query.shape:
            case "any":
                tree = nodes(nodes.OP_OR, [term for word in query.words for term in self._word(word, query.title)])
            case "all":
                words = [nodes(nodes.OP_OR, self._word(word, query.title)) for word in query.words]
                tree = nodes(nodes.OP_AND, words)
            case "phrase":
                tree = nodes(nodes.OP_PHRASE, forms, len(forms))
            case "near":
                tree = nodes(nodes.OP_PHRASE, forms, REACH + 1)
            case "prefix":
                tree = nodes(nodes.OP_WILDCARD, forms[0], 0, nodes.WILDCARD_LIMIT_ERROR)
            case _:
                raise Unsupported(query.shape)
        if query.dates is None:
            return tree
        first, last = map(self._xapian.sortable_serialise, (query.dates[0], query.dates[1] - 1))
        return nodes(nodes.OP_FILTER, tree, nodes(nodes.OP_VALUE_RANGE, self._PUBLISHED, first, last))

    @staticmethod
    def _word(word: Term, title: bool) -> list[str]:
        return ["XT" + word.form, "XS" + word.stem] if title else [word.form, "S" + word.stem]


class Lucene(Engine):
    """Named so that it is not forgotten: there is nothing behind it yet, even where PyLucene is installed."""

    name = "lucene"
    needs = ("lucene",)
    most = 0


ENGINES: dict[str, type[Engine]] = {
    engine.name: engine for engine in (Carinews, Tantivy, TantivyRaw, Sqlite, Bm25s, Bm25sNumba, Whoosh, Xapian, Lucene)
}


def main(name: str, corpus: Path, folder: Path) -> None:
    rows = Rows(corpus)
    folder.mkdir(parents=True)
    started, processor = time.perf_counter(), sum(os.times()[:4])  # with processes that it started
    ENGINES[name].build(corpus, rows, folder)
    wall, cpu = time.perf_counter() - started, sum(os.times()[:4]) - processor
    print(json.dumps({"wall_s": wall - rows.spent, "cpu_s": cpu - rows.spent}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
