"""`carinews parse`: what is understood of a file, part by part, before it goes into an index."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from carinews import serialise
from carinews.cli import NO_HITS, REFUSED
from carinews.cli.articles import EDGES, when
from carinews.cli.clean import clean, clean_lines
from carinews.cli.failures import message_of
from carinews.cli.messages import note, said, tell, text
from carinews.cli.output import print_json
from carinews.cli.settings import as_of_option, field_option, json_option, quiet_option, reading
from carinews.errors import CorpusError, CorpusMissing, CorpusNote
from carinews.wording import Message

if TYPE_CHECKING:
    from carinews.model import Article, RelatedStory

PARSE_SCHEMA = "carinews.parse/1"


@click.command()
@click.argument("paths", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-n", "--limit", metavar="N", type=click.IntRange(min=1), default=10, show_default=True, help="Articles shown."
)
@click.option("--all", "everything", is_flag=True, help="All articles of the file.")
@json_option
@as_of_option
@field_option
@quiet_option
def parse(
    paths: tuple[Path, ...],
    limit: int,
    everything: bool,
    as_json: bool,
    as_of_flag: str | None,
    field_flags: tuple[str, ...],
    quiet: bool,
) -> int:
    """Show what is understood of a FILE: a saved page, a text dump, records, a feed, an archive, a folder.

    Nothing is indexed. Each part is shown under its name: title, date and how sure it is, byline, city,
    section, caption, body, credits, links, related stories. What cannot be used is named on stderr.

    \b
    carinews parse halaman.html                    a saved page
    carinews parse dump.txt --as-of 2024-05-06     "11 hari lalu" from that day
    carinews parse berita.csv --field title=judul  a table with names of its own
    """
    missing = [path for path in paths if not path.exists()]
    if missing:
        raise CorpusMissing(str(missing[0]), None, Message("there is no such file or folder to read"))
    items = _items(paths, as_of_flag, field_flags, quiet)
    shown = _Shown(None if everything else limit)
    articles = shown.articles(items)
    if as_json:
        _print_json(list(articles), shown)
    else:
        show = _plain if not sys.stdout.isatty() else _renderer()
        for number, article in enumerate(articles):
            if number:
                click.echo("")
            show(article)
    for error in shown.errors:
        tell(f"carinews: {said(message_of(error))}")
    if shown.more and not quiet:
        note("there is more in it; --all shows everything, -n {number} more of it", number=limit * 10)
    if any(not isinstance(error, CorpusNote) for error in shown.errors):
        return REFUSED
    return 0 if shown.count else NO_HITS


class _Shown:
    """The articles that are shown, and the errors that were met on the way to them."""

    def __init__(self, limit: int | None) -> None:
        self._limit = limit
        self.errors: list[CorpusError] = []
        self.count = 0
        self.more = False

    def articles(self, items: Iterator[Article | CorpusError]) -> Iterator[Article]:
        for item in items:
            if isinstance(item, CorpusError):
                self.errors.append(item)
            elif self.count == self._limit:
                self.more = True
                return
            else:
                self.count += 1
                yield item


def parts(article: Article) -> list[tuple[str, str]]:
    """The parts of an article that are known, each with its (English) name, in the order of a page."""
    date = f"{when(article)} ({said(Message(article.date_certainty))})" if article.published else when(article)
    known = [
        ("title", article.title),
        ("id", article.id),
        ("kind", text("known from links") if article.kind == "related" else ""),
        ("url", article.url or ""),
        ("source", article.source or ""),
        ("section", article.section or ""),
        ("date", date),
        ("age", article.age if article.age and article.published else ""),
        ("byline", article.author or ""),
        ("city", article.city or ""),
        *(("caption", line) for line in article.caption.splitlines()),
        *(("body", paragraph) for paragraph in clean_lines(article.body)),
        ("credits", " | ".join(article.credits)),
        *(("link", f"{link.text} → {link.url}") for link in article.links),
        *((EDGES[story.kind].lower(), _told(story)) for story in article.related),
    ]
    return [(name, shown) for name, shown in known if shown]


def _told(story: RelatedStory) -> str:
    """A related story on one line: its title, its date or age, its address, its summary."""
    published = story.published and f"{story.published:%Y-%m-%d} ({said(Message(story.date_certainty))})"
    told = (story.title, published, story.age and f"“{story.age}”", story.url, story.summary)
    return " · ".join(part for part in told if part)


def _items(
    paths: tuple[Path, ...], as_of: str | None, fields: tuple[str, ...], quiet: bool
) -> Iterator[Article | CorpusError]:
    from carinews.corpus.reader import read_corpus

    how = reading(paths, as_of, fields, quiet=quiet)
    for path in paths:
        yield from read_corpus(path, how)


def _plain(article: Article) -> None:
    """One part a line, its name before a tab; a part with the name of the line above has the same name."""
    for name, shown in parts(article):
        click.echo(f"{name}\t{clean(shown)}")


def _renderer() -> Any:
    from carinews.cli import render

    return lambda article: render.parts(parts(article))


def _print_json(articles: list[Article], shown: _Shown) -> None:
    document = {
        "schema": PARSE_SCHEMA,
        "articles": [serialise.article(article) for article in articles],
        "more": shown.more,
        "errors": [
            {
                "path": error.path,
                "line": error.line,
                "reason": error.reason,
                "refused": not isinstance(error, CorpusNote),
            }
            for error in shown.errors
        ],
    }
    print_json(document)
