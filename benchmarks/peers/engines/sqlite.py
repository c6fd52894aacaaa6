"""SQLite's FTS5."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.peers.engines.engine import Engine, Unsupported
from benchmarks.peers.queries import REACH

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.peers.corpus import Rows
    from benchmarks.peers.queries import Query, Term


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

    @classmethod
    def version(cls) -> str:
        import sqlite3

        return sqlite3.sqlite_version

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

    def numbers(self, query: Query, most: int) -> set[int]:
        listed = "SELECT words.rowid " + (self._DATED if query.dates else "FROM words WHERE words MATCH ?")
        return {number for (number,) in self._rows(f"{listed} LIMIT {most}", query)}

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
