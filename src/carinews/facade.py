"""The one door for programs: open an index, search it, follow its stories, build it, change it."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from carinews.analysis.lexicon import Lexicon
from carinews.engines.local import LocalEngine
from carinews.engines.protocol import COPIES, NO_FILTERS, SORTS, Question
from carinews.errors import CarinewsError, EngineUnavailable, QuerySyntaxError
from carinews.hits import HitMaker
from carinews.model import Article, Copy, Filters, RelatedHit, SearchResult, Suggestion, Values, WordFamily, aware
from carinews.query.completion import completed, parted
from carinews.query.dates import half_life as half_life_of
from carinews.query.language import MAX_CHARACTERS, Parsed, parse
from carinews.query.likeness import LEAST, telling
from carinews.query.spelling import FEW, corrected
from carinews.query.tree import Dated, Filtered, Not, Nothing, Recent
from carinews.query.vocabulary import Vocabulary
from carinews.wording import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, timedelta
    from types import TracebackType

    from carinews.engines.protocol import Answer, Copies, Engine, Sort
    from carinews.index.stats import Stats
    from carinews.index.writer import IndexWriter
    from carinews.indexing import Progress, Report
    from carinews.model import Hit
    from carinews.query.explain import Explanation
    from carinews.query.tree import Node

    StrPath = str | os.PathLike[str]

_T = TypeVar("_T", bound=str)


class _Generation:
    """One generation, and all that is remembered of it: whatever is asked is answered from the same one."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.analyzer = engine.analyzer
        self.hits = HitMaker(engine)

    def parse(self, query: str | Any, *, variants: bool) -> Parsed:
        if isinstance(query, str):
            return parse(query, self.analyzer, variants=variants)
        from carinews.query.whoosh_tree import from_whoosh

        return Parsed(from_whoosh(query), ())

    def known(self, article_id: str) -> Article:
        article = self.engine.get(article_id)
        if article is None:
            raise CarinewsError(Message("there is no article with the id {id!r} in this index", id=article_id))
        return article

    def likelier(self, text: str, question: Question, answer: Answer) -> str | None:
        """Another spelling of a query that finds no less, where a word of it is hardly in the index.

        Weak matches count here: a word that is found at last makes those weak that hold only the others.
        """
        if not isinstance(self.engine, LocalEngine):
            return None
        better = corrected(text, Vocabulary(self.engine.reader), self.analyzer, few=answer.total <= FEW)
        if better is None or len(better) > MAX_CHARACTERS:
            return None
        tree = self.parse(better, variants=False).tree
        found = self.engine.answer(replace(question, tree=tree, limit=0, offset=0, facets=False))
        return better if found.total and found.total + found.weaker >= answer.total + answer.weaker else None

    def undated(self, question: Question) -> int:
        """How many of the documents that match have no date."""
        undated = replace(question, tree=Filtered(question.tree, Not(Dated())), limit=0, offset=0, facets=False)
        return self.engine.answer(undated).total


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
        raise EngineUnavailable(
            Message("there is no engine {engine!r}; the engines are 'local' and 'whoosh'", engine=engine)
        )

    @classmethod
    def build(
        cls,
        corpus: StrPath | Iterable[Article],
        path: StrPath = "index",
        *,
        as_of: date | None = None,
        fields: Mapping[str, str] | None = None,
        lexicon: StrPath | None = None,
        workers: int | None = None,
        progress: Progress | None = None,
    ) -> Index:
        """Build a new index from a corpus folder, a file, or any articles, and open it.

        `as_of` is the day on which the pages of the corpus were copied: ages on them ("11 hari lalu")
        count from it. `fields` says what its records call their parts, such as {"title": "judul"}.
        `lexicon` names word lists of one's own (see `carinews.analysis.word_lists`); the index keeps
        a copy. Without it, a rebuilt index keeps those that it had. `workers` processes build a large
        corpus, by default as many as there are processors; the index is the same.

        What was at `path` is replaced at once when the new index is whole. A file that cannot be
        used costs itself only: `report.refused` names it. Raises CorpusError where the corpus is
        missing or nothing in it could be read, IndexLocked, OSError.
        """
        from carinews.corpus.fields import Fields
        from carinews.corpus.reader import Reading
        from carinews.index.writer import IndexWriter  # what only a build needs costs 70 ms to import
        from carinews.indexing import Report, update

        own = None if lexicon is None else Lexicon.load(Path(lexicon))
        if isinstance(corpus, (str, os.PathLike)):
            how = Reading(as_of, fields=Fields(fields))
            report = update(
                [Path(corpus)], path, rebuild=True, reading=how, lexicon=own, workers=workers, progress=progress
            )
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
        filters: Filters | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
        source: Values = None,
        section: Values = None,
        city: Values = None,
        author: Values = None,
        kind: Values = None,
        recent: timedelta | str | None = None,
        passages: int = 1,
        facets: bool = False,
        variants: bool = True,
        copies: Copies = "best",
    ) -> SearchResult:
        """Search for what a person typed, or for a `whoosh.query` tree.

        What a hit must be besides matching is said by `filters`, or by the same names one by one: `since` is
        inclusive and `until` exclusive (dates, datetimes or ISO 8601), `source="tempo"` means `tempo.co`, too.
        With `recent`, a half-life (a timedelta, or "30d"), newer articles count more, twice at most. Sorted by
        date, undated articles come last and `undated` counts them. `passages` is the most snippets of a hit. With
        `variants`, a word brings other forms of its meaning (Suriah, Syria), which weigh less than what was typed.
        A story that several articles print word for word is one hit: of those that match, the one that stands
        first (`copies="best"`) or the one published first ("earliest"); with "all" each is shown. `total` counts each.
        Of plain words a weak match, which covers less of them than a fifth of what the best one covers, is no hit:
        neither shown nor in `total` nor in facets, in any order; `weaker` counts those. With OR between the words
        all are hits.

        Raises QuerySyntaxError, QueryTooComplex, and ValueError for an option that makes no sense.
        """
        now = self._now
        started = time.perf_counter()
        if limit < 0 or offset < 0 or passages < 0:
            raise ValueError("limit, offset and passages count something: none may be below 0")
        if filters is None:
            filters = Filters(aware(since), aware(until), source, section, city, author, kind)
        elif any(one is not None for one in (since, until, source, section, city, author, kind)):
            raise ValueError("give either filters or their names one by one")
        parsed = now.parse(query, variants=variants)
        question = Question(
            _weighed(parsed.tree, recent), limit, offset, _known(SORTS, sort), filters, facets, _known(COPIES, copies)
        )
        answer = now.engine.answer(question)
        return SearchResult(
            query=query if isinstance(query, str) else str(query),
            hits=tuple(now.hits.hits(answer.found, answer.evidence, offset + 1, passages)),
            total=answer.total,
            took_ms=(time.perf_counter() - started) * 1000,
            did_you_mean=now.likelier(query, question, answer) if isinstance(query, str) else None,
            warnings=parsed.warnings,
            facets=answer.facets,
            variants=parsed.variants,
            undated=None if sort == "relevance" else now.undated(question),
            weaker=answer.weaker,
        )

    def scan(
        self,
        query: str | Any,
        *,
        offset: int = 0,
        sort: Sort = "relevance",
        filters: Filters | None = None,
        recent: timedelta | str | None = None,
        passages: int = 1,
        variants: bool = True,
        copies: Copies = "best",
    ) -> Iterator[Hit]:
        """All hits of a query from `offset` on, as `search` orders them, each made when it is its turn.

        For exports: however many there are, only the one in hand is in memory. Raises what `search` does, at once.
        """
        now = self._now
        if offset < 0 or passages < 0:
            raise ValueError("offset and passages count something: neither may be below 0")
        tree = _weighed(now.parse(query, variants=variants).tree, recent)
        question = Question(tree, 0, offset, _known(SORTS, sort), filters or Filters(), copies=_known(COPIES, copies))
        stream = now.engine.stream(question)
        return now.hits.hits(stream.found, stream.evidence, offset + 1, passages)

    def more_like(self, article_id: str, *, limit: int = 10, filters: Filters | None = None) -> SearchResult:
        """What is like an article in its most telling words, but for itself and its copies; the query is its title.

        What has less than a fifth of the article's own score is not alike (`carinews.query.likeness.LEAST`), so there
        may be nothing. Raises CarinewsError for an unknown id, EngineUnavailable for an engine that keeps no counts.
        """
        now = self._now
        started = time.perf_counter()
        article = now.known(article_id)
        if not isinstance(now.engine, LocalEngine):
            raise EngineUnavailable(Message("only the local engine tells what is alike"))
        tree = telling(article, Vocabulary(now.engine.reader), now.analyzer)
        question = Question(tree, limit, filters=filters or Filters(), copies="best")
        answer = now.engine.alike(question, article_id, LEAST)
        hits = tuple(now.hits.hits(answer.found, answer.evidence, 1, 1))
        return SearchResult(article.title, hits, answer.total, (time.perf_counter() - started) * 1000)

    def suggest(self, text: str, *, limit: int = 8) -> tuple[Suggestion, ...]:
        """What somebody may be about to type in a search box: the last word completed from the articles' words.

        The most frequent first; behind other words, what is most telling of the articles that match these. None
        behind a space or a sign: there no word has begun. Raises EngineUnavailable for an engine that keeps no counts.
        """
        now = self._now
        if not isinstance(now.engine, LocalEngine):
            raise EngineUnavailable(Message("only the local engine completes a word"))
        before, begun = parted(text)
        try:
            whole_words = before.rpartition(" ")[0] if begun else ""
            tree = now.parse(whole_words, variants=False).tree
            among = None if tree == Nothing() else now.engine.mask(tree)
        except QuerySyntaxError:  # half a query: what it will be nobody knows
            among = None
        return completed(before, begun, Vocabulary(now.engine.reader), limit, among)

    def parse(self, query: str | Any, *, variants: bool = True) -> Parsed:
        """The query tree of what a person typed, or of a `whoosh.query` tree, and what was odd about it."""
        return self._now.parse(query, variants=variants)

    def get(self, article_id: str) -> Article | None:
        """The article with this id, whole, or None."""
        return self._now.engine.get(article_id)

    def related(self, article_id: str) -> tuple[RelatedHit, ...]:
        """The stories that an article's page points at, in the page's order. Raises CarinewsError for an unknown id."""
        now = self._now
        return now.hits.related(now.known(article_id))

    def pointing(self, article_id: str) -> tuple[RelatedHit, ...]:
        """The articles whose pages point at this one, the other way round: each with its edge, the newest first.

        Raises CarinewsError for an unknown id, EngineUnavailable for an engine that keeps no edges.
        """
        now = self._now
        article = now.known(article_id)
        if not isinstance(now.engine, LocalEngine):
            raise EngineUnavailable(Message("only the local engine knows what points at an article"))
        return now.hits.pointing(article, now.engine.pointing(article))

    def copies(self, article_id: str) -> tuple[Copy, ...]:
        """The other articles that print the same story as one does, the first published first.

        Raises CarinewsError for an unknown id.
        """
        now = self._now
        now.known(article_id)
        return now.engine.copies(article_id)

    def explain(
        self,
        query: str | Any,
        article_id: str,
        *,
        filters: Filters | None = None,
        recent: timedelta | str | None = None,
        variants: bool = True,
    ) -> Explanation | None:
        """Why an article has its score for a query: parts that sum to it. None where it does not match.

        Of a match too weak to be a hit it says so (`weak`), and what it would score.
        With the `filters` of a search, among whose best it may be. Raises CarinewsError for an unknown id,
        EngineUnavailable for an engine that keeps no account.
        """
        now = self._now
        now.known(article_id)
        if not isinstance(now.engine, LocalEngine):
            raise EngineUnavailable(Message("only the local engine explains its scores"))
        tree = _weighed(now.parse(query, variants=variants).tree, recent)
        return now.engine.explain(Question(tree, filters=filters or NO_FILTERS), article_id)

    def words(self, word: str) -> WordFamily:
        """The stem of a word, and all written forms of that stem in this index with their counts.

        Of a word with several terms (Al-Qaeda) the first is meant. Raises EngineUnavailable for an
        engine that keeps no counts, QuerySyntaxError where there is no word.
        """
        now = self._now
        if not isinstance(now.engine, LocalEngine):
            raise EngineUnavailable(Message("only the local engine counts the forms of a word"))
        tokens = now.analyzer(word)
        if not tokens:
            raise QuerySyntaxError(Message("there is no word in {word!r}", word=word), word)
        return WordFamily(word, tokens[0].stem, now.engine.family(tokens[0].stem))

    def stats(self) -> Stats:
        """What is in the index, counted. Raises EngineUnavailable for an engine that keeps no counts."""
        now = self._now
        if not isinstance(now.engine, LocalEngine):
            raise EngineUnavailable(Message("only the local engine counts what it holds"))
        from carinews.index.stats import stats

        return stats(now.engine.reader)

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


def _weighed(tree: Node, recent: timedelta | str | None) -> Node:
    """A query for which the new counts more, where a half-life is given."""
    if recent is None:
        return tree
    half_life = int((half_life_of(recent) if isinstance(recent, str) else recent).total_seconds())
    if half_life <= 0:
        raise ValueError(f"a half-life is some time, and {recent} is none")
    return Recent(tree, half_life, int(time.time()))


def _known(choices: tuple[_T, ...], chosen: _T) -> _T:
    if chosen not in choices:
        raise ValueError(f"there is no {chosen!r} to choose; the choices are {', '.join(map(str, choices))}")
    return chosen
