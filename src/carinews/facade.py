"""The one door for programs: open an index, search it, follow its stories, build it, change it."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from carinews.analysis.lexicon import Lexicon
from carinews.engines.local import LocalEngine
from carinews.engines.protocol import SORTS, Filters, Question
from carinews.errors import CarinewsError, EngineUnavailable, QuerySyntaxError
from carinews.model import Article, Hit, RelatedHit, SearchResult, WordFamily, aware
from carinews.query.language import Parsed, parse
from carinews.query.marks import highlights, markers
from carinews.query.snippets import snippets

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from types import TracebackType

    from carinews.engines.protocol import Engine, Sort
    from carinews.index.stats import Stats
    from carinews.index.writer import IndexWriter
    from carinews.indexing import Progress, Report
    from carinews.query.explain import Explanation
    from carinews.query.marks import Marker
    from carinews.query.tree import Scope

    StrPath = str | os.PathLike[str]


_REMEMBERED = 10_000


class _Told(NamedTuple):
    """What a hit shows of a related story."""

    id: str
    title: str
    published: datetime | None


class _Generation:
    """One generation, and what is remembered of it: a search takes all that it shows from the same one."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.analyzer = engine.analyzer
        self._told: dict[str, _Told | None] = {}

    def hit(self, rank: int, score: float, article: Article, wanted: dict[Scope, Marker], passages: int) -> Hit:
        pieces = self.analyzer.pieces
        in_title = wanted["title"].marks(article.title, pieces)
        in_body = wanted["body"].marks(article.body, pieces) if passages else []
        return Hit(
            rank,
            score,
            article,
            highlights(in_title),
            snippets("body", article.body, in_body, wanted["body"].weights, passages) if passages else (),
            self.related(article),
        )

    def related(self, article: Article) -> tuple[RelatedHit, ...]:
        if not article.related:
            return ()
        followed = ((story.kind, self._followed(story.title)) for story in article.related)
        return tuple(RelatedHit(found.id, kind, found.title, found.published) for kind, found in followed if found)

    def _followed(self, title: str) -> _Told | None:
        """The document that tells a story, remembered: to read it takes 100 µs, and a Tempo page points at six."""
        try:
            return self._told[title]
        except KeyError:
            article = self.engine.titled(title)
            told = _Told(article.id, article.title, article.published) if article else None
            if len(self._told) >= _REMEMBERED:
                self._told.clear()
            self._told[title] = told
            return told

    def known(self, article_id: str) -> Article:
        article = self.engine.get(article_id)
        if article is None:
            raise CarinewsError(f"there is no article with the id {article_id!r} in this index")
        return article

    def parse(self, query: str | Any, variants: bool) -> Parsed:
        if isinstance(query, str):
            return parse(query, self.analyzer, variants=variants)
        from carinews.query.whoosh_tree import from_whoosh

        return Parsed(from_whoosh(query), ())


class Index:
    """An index, open for searching. Any number of threads may share one.

    It answers from the generation that was current when it was opened, whatever is committed
    meanwhile; `refresh` moves it to the newest.
    """

    def __init__(self, engine: Engine) -> None:
        self._now = _Generation(engine)
        self._refreshing = threading.Lock()
        self.report: Report | None = None
        """What the build that made this index did; None for one that was only opened."""

    @classmethod
    def open(cls, path: StrPath = "index", *, engine: str = "local") -> Index:
        """Open the index in a folder.

        `engine` is `local`, or `whoosh` for a folder that `WhooshEngine.build` made. Raises
        IndexMissing, IndexCorrupt, IndexVersionError, EngineUnavailable.
        """
        if engine == "local":
            return cls(LocalEngine(path))
        if engine == "whoosh":
            from carinews.engines.whoosh import WhooshEngine

            return cls(WhooshEngine(path))
        raise EngineUnavailable(f"there is no engine {engine!r}; the engines are 'local' and 'whoosh'")

    @classmethod
    def build(
        cls,
        corpus: StrPath | Iterable[Article],
        path: StrPath = "index",
        *,
        lexicon: StrPath | None = None,
        workers: int | None = None,
        progress: Progress | None = None,
    ) -> Index:
        """Build a new index from a corpus folder, a file, or any articles, and open it.

        `lexicon` names word lists of one's own (see `carinews.analysis.word_lists`); the index keeps
        a copy. Without it, a rebuilt index keeps those that it had. `workers` processes build a large
        corpus, by default as many as there are processors; the index is the same.

        What was at `path` is replaced at once when the new index is whole. A file that cannot be
        used costs itself only: `report.refused` names it. Raises CorpusError where the corpus is
        missing or nothing in it could be read, IndexLocked, OSError.
        """
        from carinews.index.writer import IndexWriter  # what only a build needs costs 70 ms to import
        from carinews.indexing import Report, update

        own = None if lexicon is None else Lexicon.load(Path(lexicon))
        if isinstance(corpus, (str, os.PathLike)):
            report = update([Path(corpus)], path, rebuild=True, lexicon=own, workers=workers, progress=progress)
        else:
            report = Report()
            with IndexWriter(path, rebuild=True, lexicon=own, workers=workers) as writer:
                for article in corpus:
                    writer.add(article)
                    report.documents += 1
            report.total = writer.document_count
        built = cls.open(path)
        built.report = report
        return built

    @staticmethod
    def writer(path: StrPath = "index", *, lexicon: StrPath | None = None) -> IndexWriter:
        """Open an index for adding, updating and deleting; it is made where there is none.

        `lexicon` names word lists of one's own for a new index, or new variants for an old one.

        As a context manager it commits on success and cancels on an exception.
        """
        from carinews.index.writer import IndexWriter

        return IndexWriter(path, lexicon=None if lexicon is None else Lexicon.load(Path(lexicon)))

    @staticmethod
    def verify(path: StrPath = "index") -> int:
        """Check every byte of an index; the number of its files. Raises IndexCorrupt, IndexMissing."""
        from carinews.index.reader import verify

        return len(verify(path).files()) + 1

    def refresh(self) -> bool:
        """Answer from what was committed since, where anything was; whether there was.

        It looks at one small file, so it may be called before every search. Searches of other threads go
        on: each answers from one generation throughout. Raises IndexCorrupt, IndexVersionError, IndexMissing;
        then the index answers as before.
        """
        with self._refreshing:  # or a slow thread would set back what a quick one has read since
            engine = self._now.engine
            if not isinstance(engine, LocalEngine) or (fresh := engine.refreshed()) is engine:
                return False
            self._now = _Generation(fresh)
            return True

    # -- asking ----------------------------------------------------------------------------------

    def search(
        self,
        query: str | Any,
        *,
        limit: int = 10,
        offset: int = 0,
        sort: Sort = "relevance",
        since: date | str | None = None,
        until: date | str | None = None,
        source: str | None = None,
        section: str | None = None,
        city: str | None = None,
        kind: str | None = None,
        passages: int = 1,
        facets: bool = False,
        variants: bool = True,
    ) -> SearchResult:
        """Search for what a person typed, or for a `whoosh.query` tree.

        `since` is inclusive and `until` exclusive (dates, datetimes or ISO 8601). `passages` is the
        most snippets of a hit. With `variants`, a word brings other forms of its meaning (Suriah, Syria),
        which weigh less than what was typed. Raises QuerySyntaxError, QueryTooComplex, and ValueError for an
        option that makes no sense.
        """
        started = time.perf_counter()
        if limit < 0 or offset < 0 or passages < 0:
            raise ValueError("limit, offset and passages count something: none may be below 0")
        if sort not in SORTS:
            raise ValueError(f"there is no order {sort!r}; the orders are {', '.join(SORTS)}")
        now = self._now
        parsed = now.parse(query, variants)
        filters = Filters(aware(since), aware(until), source, section, city, kind)
        question = Question(parsed.tree, limit, offset, sort, filters, facets)
        answer = now.engine.answer(question)
        wanted = markers(answer.evidence)
        hits = tuple(
            now.hit(rank, found.score, found.article, wanted, passages)
            for rank, found in enumerate(answer.found, offset + 1)
        )
        took = (time.perf_counter() - started) * 1000
        text = query if isinstance(query, str) else str(query)
        return SearchResult(text, hits, answer.total, took, None, parsed.warnings, answer.facets, parsed.variants)

    def parse(self, query: str | Any, *, variants: bool = True) -> Parsed:
        """The query tree of what a person typed, or of a `whoosh.query` tree, and what was odd about it."""
        return self._now.parse(query, variants)

    def get(self, article_id: str) -> Article | None:
        """The article with this id, whole, or None."""
        return self._now.engine.get(article_id)

    def related(self, article_id: str) -> tuple[RelatedHit, ...]:
        """The stories that an article's page points at, in the page's order. Raises CarinewsError for an unknown id."""
        now = self._now
        return now.related(now.known(article_id))

    def explain(self, query: str | Any, article_id: str, *, variants: bool = True) -> Explanation | None:
        """Why an article has its score for a query: parts that sum to it. None where it does not match.

        Raises CarinewsError for an unknown id, EngineUnavailable for an engine that keeps no account.
        """
        now = self._now
        now.known(article_id)
        if not isinstance(now.engine, LocalEngine):
            raise EngineUnavailable("only the local engine explains its scores")
        return now.engine.explain(now.parse(query, variants).tree, article_id)

    def words(self, word: str) -> WordFamily:
        """The stem of a word, and all written forms of that stem in this index with their counts.

        Of a word with several terms (Al-Qaeda) the first is meant. Raises EngineUnavailable for an
        engine that keeps no counts, QuerySyntaxError where there is no word.
        """
        now = self._now
        if not isinstance(now.engine, LocalEngine):
            raise EngineUnavailable("only the local engine counts the forms of a word")
        tokens = now.analyzer(word)
        if not tokens:
            raise QuerySyntaxError(f"there is no word in {word!r}", word)
        return WordFamily(word, tokens[0].stem, now.engine.family(tokens[0].stem))

    def stats(self) -> Stats:
        """What is in the index, counted. Raises EngineUnavailable for an engine that keeps no counts."""
        engine = self._now.engine
        if not isinstance(engine, LocalEngine):
            raise EngineUnavailable("only the local engine counts what it holds")
        from carinews.index.stats import stats

        return stats(engine.reader)

    @property
    def engine(self) -> Engine:
        """The engine that answers."""
        return self._now.engine

    def __len__(self) -> int:
        """How many documents are in the index."""
        return self._now.engine.document_count

    # -- the end ---------------------------------------------------------------------------------

    def close(self) -> None:
        """Give back what the index holds open."""
        self._now.engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
