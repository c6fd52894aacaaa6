"""bm25s, with NumPy and with numba."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from benchmarks.peers.engines.engine import TEN, Engine, Unsupported, marked

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.peers.corpus import Rows
    from benchmarks.peers.queries import Query


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
