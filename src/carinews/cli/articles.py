"""`carinews show`, `related` and `explain`: one article, what it points at, why it was found."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from carinews import serialise
from carinews.cli import NO_HITS
from carinews.cli.clean import clean, clean_lines
from carinews.cli.index import open_index
from carinews.cli.messages import month, note, text
from carinews.cli.output import explanation_lines, print_json
from carinews.cli.settings import (
    corpus_folder,
    corpus_option,
    index_folder,
    index_option,
    json_option,
    variants_option,
)
from carinews.cli.times import recent_option
from carinews.model import WIB

if TYPE_CHECKING:
    from carinews.model import Article

_ZONES = {"+0700": "WIB", "+0800": "WITA", "+0900": "WIT"}
EDGES = {"baca_juga": "Baca juga", "berita_terkait": "Berita terkait", "pilihan_editor": "Pilihan editor"}


@click.command()
@click.argument("article_id", metavar="ID")
@json_option
@click.option("--pager/--no-pager", default=True, help="On a terminal, a long article in a pager.")
@index_option
@corpus_option
def show(article_id: str, as_json: bool, pager: bool, index_flag: str | None, corpus_flag: str | None) -> int:
    """Show one article, whole. ID is what `search` prints.

    \b
    carinews show tempo-20170418-terpuruk-di-irak
    carinews search "gempa palu" --ids -n 1 | xargs carinews show
    carinews show tempo-20170418-terpuruk-di-irak --json
    """
    with open_index(index_folder(index_flag), corpus_folder(corpus_flag)) as index:
        article = index.get(article_id)
        copies = index.copies(article_id) if article else ()
    if article is None:
        return _unknown(article_id)
    if as_json:
        print_json(serialise.article(article) | {"copies": [serialise.copy(other) for other in copies]})
    elif sys.stdout.isatty():
        from carinews.cli import render

        render.article(article, pager=pager)
    else:
        _print_plain(article)
    return 0


@click.command()
@click.argument("article_id", metavar="ID")
@json_option
@index_option
@corpus_option
def related(article_id: str, as_json: bool, index_flag: str | None, corpus_flag: str | None) -> int:
    """List the stories that an article's page points at, and other articles that print the same story.

    \b
    carinews related tempo-20170418-terpuruk-di-irak
    carinews related tempo-20170418-terpuruk-di-irak | cut -f 3   the ids
    carinews related tempo-20170418-terpuruk-di-irak --json
    """
    with open_index(index_folder(index_flag), corpus_folder(corpus_flag)) as index:
        if index.get(article_id) is None:
            return _unknown(article_id)
        stories, copies = index.related(article_id), index.copies(article_id)
    if as_json:
        told = [serialise.related_hit(story) for story in stories]
        print_json({"id": article_id, "related": told, "copies": [serialise.copy(other) for other in copies]})
    else:
        for story in stories:
            published = story.published.isoformat() if story.published else ""
            click.echo("\t".join(map(clean, (EDGES[story.kind], published, story.id, story.title))))
        for copy in copies:
            published = copy.published.isoformat() if copy.published else ""
            click.echo("\t".join(map(clean, ("Salinan", published, copy.id, copy.title))))
    return 0 if stories or copies else NO_HITS


@click.command()
@click.argument("query")
@click.argument("article_id", metavar="ID")
@json_option
@recent_option
@variants_option
@index_option
@corpus_option
def explain(
    query: str,
    article_id: str,
    as_json: bool,
    recent: str | None,
    variants: bool,
    index_flag: str | None,
    corpus_flag: str | None,
) -> int:
    """Say why an article has its score for a query. The parts sum to the score.

    \b
    carinews explain "ISIS Irak" tempo-20170418-terpuruk-di-irak
    carinews explain gempa bmkg-20180928-palu --recent 30d     and what being new adds
    carinews explain gempa bmkg-20180928-palu --json
    """
    with open_index(index_folder(index_flag), corpus_folder(corpus_flag)) as index:
        if index.get(article_id) is None:
            return _unknown(article_id)
        explanation = index.explain(query, article_id, recent=recent, variants=variants)
    if explanation is None:
        click.echo(clean(text("{id} does not match {query!r}.", id=article_id, query=query)), err=True)
        return NO_HITS
    if as_json:
        print_json(serialise.explanation(explanation))
    else:
        for line in explanation_lines(explanation):
            click.echo(line)
    return 0


def facts(article: Article) -> list[str]:
    """What is known of an article besides its text, in the order in which a reader asks."""
    stand_in = text("known from links") if article.kind == "related" else None
    known = (stand_in, article.source, article.city, article.section, when(article), article.author)
    return [fact for fact in known if fact]


def when(article: Article) -> str:
    """The date of an article in Indonesian time; a midnight is a day of which no hour is known."""
    published = article.published
    if published is None:
        return text("“{age}” when the page was copied", age=article.age) if article.age else text("undated")
    zone = _ZONES.get(f"{published:%z}")
    if zone is None:
        published, zone = published.astimezone(WIB), "WIB"
    day = f"{published.day} {month(published.month)} {published.year:04}"
    return day if not (published.hour or published.minute) else f"{day} {published:%H:%M} {zone}"


def _print_plain(article: Article) -> None:
    click.echo(clean(article.title))
    click.echo(" · ".join(map(clean, facts(article))))
    for line in [article.url or "", article.caption, article.body, " | ".join(article.credits)]:
        for paragraph in clean_lines(line):
            click.echo(f"\n{paragraph}")
    if article.related:
        click.echo("")
    for story in article.related:
        details = f" ({story.age})" if story.age else ""
        click.echo(clean(f"{EDGES[story.kind]}: {story.title}{details}"))


def _unknown(article_id: str) -> int:
    note("there is no article with the id {id!r} in this index", id=article_id)
    return NO_HITS
