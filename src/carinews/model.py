"""The things that travel through carinews: frozen, typed, without behaviour of their own.

An article is read from a corpus, indexed, and comes back in a hit. All offsets are Unicode
code points, half-open: `text[start:end]`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Literal, NamedTuple

Kind = Literal["article", "related"]
DateCertainty = Literal["exact", "relative", "inferred", "unknown"]
EdgeKind = Literal["baca_juga", "berita_terkait", "pilihan_editor"]
Span = tuple[int, int]
Values = str | tuple[str, ...] | None
"""What a category is asked for: one value, any of several, or nothing."""

WIB = timezone(timedelta(hours=7), "WIB")
"""Western Indonesian time, UTC+7: the zone of a date that names none."""


class Link(NamedTuple):
    """A link inside the text of an article: the words that carry it, and where it leads."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class RelatedStory:
    """A story that an article points at, as far as the page tells of it.

    `age` is a relative date as printed ("11 hari lalu"). It counts from the day the page was
    copied; only where that day is known is there a `published`, which is then `relative`.
    """

    kind: EdgeKind
    title: str
    url: str | None = None
    summary: str = ""
    age: str | None = None
    published: datetime | None = None
    date_certainty: DateCertainty = "unknown"


@dataclass(frozen=True, slots=True)
class Article:
    """One document: a whole article, or a story known only from a page that links to it.

    `id` is public and stable. `body` holds paragraphs parted by newlines. `path` is the file
    it came from, as it was named to us. `published` is kept as an aware datetime: a plain date
    becomes midnight and a naive time is taken as Western Indonesian time. `kind` is `related`
    for a story known by title and summary only.

    Raises ValueError where the id or the title is empty or `published` is no date.
    """

    id: str
    title: str
    body: str = ""
    url: str | None = None
    source: str | None = None
    section: str | None = None
    city: str | None = None
    author: str | None = None
    published: datetime | None = None
    date_certainty: DateCertainty = "unknown"
    caption: str = ""
    credits: tuple[str, ...] = ()
    related: tuple[RelatedStory, ...] = ()
    kind: Kind = "article"
    path: str | None = None
    age: str | None = None
    links: tuple[Link, ...] = ()

    def __post_init__(self) -> None:
        for name in ("id", "title"):
            if not str(getattr(self, name)).strip():
                raise ValueError(f"an article needs {name!r}, and it is empty")
        published = aware(self.published)
        object.__setattr__(self, "published", published)
        if published is None:
            object.__setattr__(self, "date_certainty", "unknown")
        elif self.date_certainty == "unknown":
            object.__setattr__(self, "date_certainty", "exact")


def aware(moment: date | datetime | str | None) -> datetime | None:
    """Give any date the one form that carinews keeps: a datetime that knows its zone.

    A string is read as ISO 8601. Raises ValueError where it is none, or the year is past 9998.
    """
    if moment is None:
        return None
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment.strip())
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=WIB)
    if not 2 <= moment.year <= 9998:
        raise ValueError(f"the year {moment.year} is outside of what a date here can be")
    return moment


@dataclass(frozen=True, slots=True)
class Filters:
    """What a hit must be besides matching the query; what is not said asks for nothing.

    `since` is inclusive and `until` exclusive: datetimes (kept so), dates or ISO 8601, taken as Western Indonesian time
    where they name no zone. An undated document is within no dates. A category is accepted where it holds
    the value as whole words, or is it, behind a `=` (`carinews.query.categories`); of several values any will
    do. Raises ValueError for what is no date.

    >>> Filters(since=date(2017, 4, 1), source=("tempo", "=kompas.com")).since.isoformat()
    '2017-04-01T00:00:00+07:00'
    """

    since: datetime | None = None
    until: datetime | None = None
    source: Values = None
    section: Values = None
    city: Values = None
    author: Values = None
    kind: Values = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "since", aware(self.since))
        object.__setattr__(self, "until", aware(self.until))

    def categories(self) -> dict[str, tuple[str, ...]]:
        """The values asked for, by category."""
        asked = {name: getattr(self, name) for name in ("source", "section", "city", "author", "kind")}
        return {name: (one,) if isinstance(one, str) else tuple(one) for name, one in asked.items() if one is not None}


@dataclass(frozen=True, slots=True)
class Snippet:
    """An excerpt to show: a slice of a stored field, and the written words that matched.

    `start` is where `text` begins in the field; `highlights` are spans within `text`.
    """

    field: str
    start: int
    text: str
    highlights: tuple[Span, ...] = ()

    def mark(self, before: str, after: str) -> str:
        """The excerpt with every highlight put between `before` and `after`."""
        return mark(self.text, self.highlights, before, after)


def mark(text: str, highlights: tuple[Span, ...], before: str, after: str) -> str:
    """Put every highlighted span of `text` between `before` and `after`."""
    parts, done = [], 0
    for start, end in highlights:
        parts += [text[done:start], before, text[start:end], after]
        done = end
    return "".join([*parts, text[done:]])


@dataclass(frozen=True, slots=True)
class RelatedHit:
    """A related story of a hit, followed to the document that tells it (`id`)."""

    id: str
    kind: EdgeKind
    title: str
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """Another article that prints the same story nearly word for word."""

    id: str
    title: str
    source: str | None = None
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One ranked answer. `rank` is 1-based; `score` compares only within one result.

    `copies` are all other articles in the index that print the same story, whether they match or not.
    """

    rank: int
    score: float
    article: Article
    title_highlights: tuple[Span, ...] = ()
    snippets: tuple[Snippet, ...] = ()
    related: tuple[RelatedHit, ...] = ()
    copies: tuple[Copy, ...] = ()

    @property
    def id(self) -> str:
        return self.article.id

    @property
    def title(self) -> str:
        return self.article.title

    @property
    def url(self) -> str | None:
        return self.article.url

    @property
    def kind(self) -> Kind:
        return self.article.kind

    @property
    def published(self) -> datetime | None:
        return self.article.published

    @property
    def source(self) -> str | None:
        return self.article.source


@dataclass(frozen=True, slots=True)
class FormCount:
    """A written form in an index: how many documents hold it, and how often it stands there in all."""

    form: str
    documents: int
    occurrences: int


@dataclass(frozen=True, slots=True)
class WordFamily:
    """A word, its stem, and all written forms of that stem in an index, the most frequent first."""

    word: str
    stem: str
    forms: tuple[FormCount, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A query that somebody may be about to type, and how many documents hold its last word."""

    text: str
    documents: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A page of hits, and what is known of the whole answer.

    `total` counts every matching document, not only this page, and each copy of a story; `took_ms` is milliseconds.
    `variants` are the other forms that were looked for, each as (what was typed, what it brought). `did_you_mean`
    is another spelling of the query that finds no less. `undated` counts the matches without a date; None where the
    order is not one of dates. `weaker` counts what matches plain words too weakly to be a hit; `total` does not.
    Iterate it, index it, or ask its length: all mean the hits of this page.
    """

    query: str
    hits: tuple[Hit, ...]
    total: int
    took_ms: float
    did_you_mean: str | None = None
    warnings: tuple[str, ...] = ()
    facets: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = ()
    variants: tuple[tuple[str, tuple[str, ...]], ...] = ()
    undated: int | None = None
    weaker: int = 0

    def __len__(self) -> int:
        return len(self.hits)

    def __getitem__(self, place: int) -> Hit:
        return self.hits[place]
