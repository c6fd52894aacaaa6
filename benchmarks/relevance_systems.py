"""The systems of `relevance.py`: each indexes documents in an empty folder and answers queries with a run.

Peers are set up as somebody does who follows their documentation, and say so. All get the raw title and body.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from carinews import Article, Index
from carinews.analysis.normalize import uncased
from carinews.engines.protocol import Question
from carinews.evaluation import Run, answers, read_run
from carinews.evaluation.judgements import NO_TITLE
from carinews.query.tree import Form, Or

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DEPTH = 100
_WORD = re.compile(r"\w+")


class System:
    """An index of one system, in a folder that all share. `most`: documents beyond which it would take hours."""

    name: ClassVar[str]
    most: ClassVar[float] = float("inf")

    def __init__(self, articles: Iterable[Article], folder: Path) -> None:
        raise NotImplementedError

    def run(self, queries: Mapping[str, str]) -> Run:
        """The hundred best documents of each query."""
        raise NotImplementedError


class Carinews(System):
    """The default search."""

    name = "carinews"

    def __init__(self, articles: Iterable[Article], folder: Path) -> None:
        place = folder / "carinews"
        self._index = Index.open(place) if place.exists() else Index.build(articles, place)

    def run(self, queries: Mapping[str, str]) -> Run:
        return answers(self._index, queries, depth=DEPTH).run


class PlainBM25(Carinews):
    """BM25 of the written forms, scores merely added: no family, no coverage, no variants."""

    name = "carinews (written forms added up)"

    def run(self, queries: Mapping[str, str]) -> Run:
        return {query: self._found(text) for query, text in queries.items()}

    def _found(self, text: str) -> list[tuple[str, float]]:
        analyzer = self._index.engine.analyzer
        forms = tuple(Form("text", form) for form in dict.fromkeys(uncased(token.form) for token in analyzer(text)))
        found = self._index.engine.answer(Question(Or(forms), DEPTH)).found if forms else ()
        return [(one.article.id, one.score) for one in found]


class SQLite(System):
    """FTS5 with its default tokenizer and `bm25()`, any of the words."""

    name = "SQLite FTS5"

    def __init__(self, articles: Iterable[Article], folder: Path) -> None:
        self._base = sqlite3.connect(folder / "fts5.db")
        self._base.execute("CREATE VIRTUAL TABLE news USING fts5(id UNINDEXED, title, body)")
        rows = ((article.id, _title(article), article.body) for article in articles)
        self._base.executemany("INSERT INTO news VALUES (?, ?, ?)", rows)

    def run(self, queries: Mapping[str, str]) -> Run:
        return {
            query: self._found(" OR ".join(f'"{word}"' for word in _WORD.findall(text)))
            for query, text in queries.items()
        }

    def _found(self, words: str) -> list[tuple[str, float]]:
        sql = "SELECT id, bm25(news) FROM news WHERE news MATCH ? ORDER BY bm25(news) LIMIT ?"
        return [(document, -score) for document, score in self._base.execute(sql, (words, DEPTH))] if words else []


class Whoosh(System):
    """Whoosh with PySastrawi's stemmer in its analyser and its own parser over title and body: all words required."""

    name = "Whoosh + PySastrawi"
    most = 4_000

    def __init__(self, articles: Iterable[Article], folder: Path) -> None:
        from whoosh import analysis, fields, index

        chain = (
            analysis.RegexTokenizer() | analysis.LowercaseFilter() | analysis.StemFilter(stemfn=stem, cachesize=None)
        )
        schema = fields.Schema(id=fields.ID(stored=True), title=fields.TEXT(chain), body=fields.TEXT(chain))
        if (folder / "whoosh").exists():
            self._index = index.open_dir(folder / "whoosh")
            return
        (folder / "whoosh").mkdir()
        self._index = index.create_in(folder / "whoosh", schema)
        writer = self._index.writer(limitmb=256)
        for article in articles:
            writer.add_document(id=article.id, title=_title(article), body=article.body)
        writer.commit()

    def run(self, queries: Mapping[str, str]) -> Run:
        from whoosh.qparser import MultifieldParser

        parser = MultifieldParser(["title", "body"], self._index.schema, **self._group())
        with self._index.searcher() as searcher:
            return {
                query: [(hit["id"], hit.score) for hit in searcher.search(parser.parse(text), limit=DEPTH)]
                for query, text in queries.items()
            }

    def _group(self) -> dict[str, object]:
        return {}


class WhooshAny(Whoosh):
    """The same with `OrGroup`: any of the words."""

    name = "Whoosh + PySastrawi (OR)"

    def _group(self) -> dict[str, object]:
        from whoosh.qparser import OrGroup

        return {"group": OrGroup}


class Lucene(System):
    """Lucene's IndonesianAnalyzer and BM25, any of the words, titles as a field of their own.

    All that have the same stop list search the same index.
    """

    name = "Lucene (title × 1)"
    jars: ClassVar[Path]
    stop: ClassVar[str] = "default"
    title: ClassVar[float] = 1

    def __init__(self, articles: Iterable[Article], folder: Path) -> None:
        self._folder = folder / f"lucene, stop list {self.stop}"
        if self._folder.exists():
            return
        self._folder.mkdir()
        with open(self._folder / "documents.tsv", "w", encoding="utf-8") as file:
            for article in articles:
                file.write("\t".join((article.id, _flat(_title(article)), _flat(article.body))) + "\n")
        self._java("index", self._folder / "documents.tsv", self._folder / "index")

    def run(self, queries: Mapping[str, str]) -> Run:
        asked, found = self._folder / "queries.tsv", self._folder / "lucene.run"
        asked.write_text("".join(f"{query}\t{_flat(text)}\n" for query, text in queries.items()), encoding="utf-8")
        self._java("search", self._folder / "index", asked, found, self.title)
        return read_run(found)

    def _java(self, *arguments: object) -> None:
        program = Path(__file__).parent / "lucene" / "LuceneRun.java"
        command = ["java", "-cp", f"{self.jars}/*", f"-Dstop={self.stop}", str(program), *map(str, arguments)]
        subprocess.run(command, check=True)


class LuceneBody(Lucene):
    """The title is not looked at."""

    name = "Lucene (body only)"
    title = 0


class LuceneTitle(Lucene):
    """A word of the title counts three times one of the body."""

    name = "Lucene (title × 3)"
    title = 3


class LuceneTitles(Lucene):
    """A word of the title counts five times one of the body: the best of all for headlines that the articles have."""

    name = "Lucene (title × 5)"
    title = 5


class LuceneAllWords(Lucene):
    """Without the stop list."""

    name = "Lucene (title × 1, no stop list)"
    stop = "none"


SYSTEMS: tuple[type[System], ...] = (Carinews, PlainBM25, SQLite, Whoosh, WhooshAny)
LUCENES: tuple[type[Lucene], ...] = (LuceneBody, Lucene, LuceneTitle, LuceneTitles, LuceneAllWords)


def has_java() -> bool:
    """Whether there is a `java` to run."""
    return shutil.which("java") is not None


@cache
def stem(word: str) -> str:
    """PySastrawi's stem; a function of this module, because Whoosh pickles it."""
    return str(_stemmer().stem(word))


@cache
def _stemmer() -> Any:
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    return StemmerFactory().create_stemmer()


def _title(article: Article) -> str:
    return "" if article.title == NO_TITLE else article.title


def _flat(text: str) -> str:
    return " ".join(text.split())
