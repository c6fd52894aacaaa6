"""The questions of the comparison: classes of queries, drawn by a seeded dice from real headlines and bodies."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from benchmarks.peers.corpus import SEED, Row, Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    Make = Callable[["Source", "News", random.Random], "Query | None"]

Shape = Literal["any", "all", "phrase", "near", "prefix", "wildcard", "fuzzy"]
Want = Literal["ids", "newest", "facets", "total", "hits"]

SOURCES = 6_000
REACH = 5
"""A word of a proximity query stands at most so many places behind the one before."""

_HALF_A_YEAR = 180 * 86_400
_RARE, _COMMON = 1 / 1_000, 1 / 20  # of all documents: at most, at least


class Term(NamedTuple):
    """A word as it is typed, and its stem."""

    form: str
    stem: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question that every engine puts in its own words.

    `any` and `all` mean documents that hold any, or all, of the words, each in its form or in its stem; the other
    shapes look for written forms. `near` is ordered. A `wildcard` is one `*` inside a word, a `fuzzy` word has one
    letter wrong. `title` looks in titles only; `dates` are seconds, the end exclusive. `wants` is what the answer
    holds: the ids of the ten best; of the ten newest; ids and counts by year, source and section; the number of all
    matches; or ten articles with highlighted snippets. A `typed` query goes to carinews as a person types it: its
    default search, with families, coverage and variants; the others bring no variants, so that all engines find the
    same.
    """

    shape: Shape
    words: tuple[Term, ...]
    wants: Want = "ids"
    title: bool = False
    dates: tuple[int, int] | None = None
    typed: bool = False

    @property
    def comparable(self) -> bool:
        """Whether all engines must find the same number of documents (each has its own idea of proximity)."""
        return not self.typed and self.shape != "near"


class Source(NamedTuple):
    """What queries are drawn from: the different words of a headline, those of the body in order, and the date."""

    headline: tuple[Term, ...]
    body: tuple[Term, ...]
    published: int | None


class News(NamedTuple):
    """Sources, and the number of documents that hold each written form."""

    sources: list[Source]
    frequency: Counter[str]
    documents: int


def read(folder: Path, documents: int) -> News:
    """One pass over the rows of a folder."""
    chosen = set(random.Random(SEED).sample(range(documents), min(SOURCES, documents)))
    frequency: Counter[str] = Counter()
    sources = []
    for row in Rows(folder):
        frequency.update({*row.title_forms.split(), *row.body_forms.split()})
        if row.number in chosen:
            sources.append(_source(row))
    return News(sources, frequency, documents)


def _source(row: Row) -> Source:
    headline = map(Term, row.title_forms.split(), row.title_stems.split())
    body = map(Term, row.body_forms.split(), row.body_stems.split())
    return Source(tuple(dict.fromkeys(filter(_plain, headline))), tuple(body), row.published)


def _plain(term: Term) -> bool:
    return term.form.isascii() and term.form.isalpha() and len(term.form) >= 3


# -- the classes: each makes a query of a source, or None where the source does not yield one -----------


def _words(shape: Shape, count: int, **options: object) -> Make:
    def make(source: Source, news: News, dice: random.Random) -> Query | None:
        if len(source.headline) < count:
            return None
        return Query(shape, tuple(dice.sample(source.headline, count)), **options)

    return make


def _of_frequency(least: float, most: float) -> Make:
    """One word of a headline that so large a share of the documents holds."""

    def make(source: Source, news: News, dice: random.Random) -> Query | None:
        fit = [
            word
            for word in source.headline
            if least * news.documents <= news.frequency[word.form] <= max(1, most * news.documents)
        ]
        return Query("any", (dice.choice(fit),)) if fit else None

    return make


def _phrase(source: Source, news: News, dice: random.Random) -> Query | None:
    pairs = [pair for pair in pairwise(source.body) if all(map(_plain, pair))]
    return Query("phrase", dice.choice(pairs)) if pairs else None


def _near(source: Source, news: News, dice: random.Random) -> Query | None:
    if len(source.body) <= REACH:
        return None
    first = dice.randrange(len(source.body) - REACH)
    pair = source.body[first], source.body[first + dice.randint(2, REACH)]
    return Query("near", pair) if all(map(_plain, pair)) and pair[0] != pair[1] else None


def _altered(shape: Shape, alter: Callable[[str, random.Random], str]) -> Make:
    """A headline's word of seven letters or more, altered."""

    def make(source: Source, news: News, dice: random.Random) -> Query | None:
        long = [word.form for word in source.headline if len(word.form) >= 7]
        if not long:
            return None
        pattern = alter(dice.choice(long), dice)
        return Query(shape, (Term(pattern, pattern),))

    return make


def _misspelt(word: str, dice: random.Random) -> str:
    place = dice.randrange(1, len(word))
    return word[:place] + dice.choice("aeiknrst") + word[place + 1 :]


def _dated(source: Source, news: News, dice: random.Random) -> Query | None:
    """A headline's word within half a year of that headline."""
    if source.published is None or not source.headline:
        return None
    dates = source.published - _HALF_A_YEAR, source.published + _HALF_A_YEAR
    return Query("any", (dice.choice(source.headline),), "newest", dates=dates)


MAIN = "headline, 3 words"
HITS = "ten hits, snippets"
CLASSES: dict[str, Make] = {
    "rare word": _of_frequency(0, _RARE),
    "common word": _of_frequency(_COMMON, 1),
    "2 words OR": _words("any", 2),
    "2 words AND": _words("all", 2),
    "5 words OR": _words("any", 5),
    MAIN: _words("any", 3, typed=True),
    "phrase": _phrase,
    "proximity": _near,
    "prefix": _altered("prefix", lambda word, dice: word[:5]),
    "wildcard": _altered("wildcard", lambda word, dice: f"{word[:3]}*{word[-2:]}"),
    "fuzzy": _altered("fuzzy", _misspelt),
    "field (title)": _words("any", 1, title=True),
    "dates, newest first": _dated,
    "facets": _words("any", 1, wants="facets"),
    "exact total": _words("any", 2, wants="total"),
    HITS: _words("any", 3, wants="hits", typed=True),
}


HEADLINES = "many headlines, snippets"
"""The same as ten hits with snippets, asked thousands of times and apart from the other classes."""


def draw(kind: str, news: News, count: int) -> list[Query]:
    """So many different queries of a class, or as many as the news yields."""
    make = CLASSES[HITS if kind == HEADLINES else kind]
    dice = random.Random(f"{SEED} {kind}")
    found: dict[Query, None] = {}
    for _ in range(20 * count):
        query = make(dice.choice(news.sources), news, dice)
        if query is not None:
            found[query] = None
        if len(found) == count:
            break
    return list(found)


def mixed(classes: dict[str, Sequence[Query]]) -> Iterator[tuple[str, Query]]:
    """The queries of all classes, taking turns."""
    longest = max(map(len, classes.values()), default=0)
    for turn in range(longest):
        yield from ((kind, queries[turn]) for kind, queries in classes.items() if turn < len(queries))
