"""`carinews show`, `related` and `explain`: one article, what it points at, why it was found."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from carinews import serialise
from carinews.cli import NO_HITS
from carinews.cli.clean import clean, clean_lines, json_bytes
from carinews.cli.index import open_index
from carinews.cli.settings import corpus_folder, corpus_option, index_folder, index_option, variants_option
from carinews.model import WIB

if TYPE_CHECKING:
    from carinews.model import Article

_ZONES = {"+0700": "WIB", "+0800": "WITA", "+0900": "WIT"}
EDGES = {"baca_juga": "Baca juga", "berita_terkait": "Berita terkait", "pilihan_editor": "Pilihan editor"}


@click.command()
@click.argument("article_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@index_option
@corpus_option
def show(article_id: str, as_json: bool, index_flag: str | None, corpus_flag: str | None) -> int:
    """Show one article, whole. ID is what `search` prints."""
    with open_index(index_folder(index_flag), corpus_folder(corpus_flag)) as index:
        article = index.get(article_id)
    if article is None:
        return _unknown(article_id)
    if as_json:
        _print_json(serialise.article(article))
    elif sys.stdout.isatty():
        from carinews.cli import render

        render.article(article)
    else:
        _print_plain(article)
    return 0


@click.command()
@click.argument("article_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@index_option
@corpus_option
def related(article_id: str, as_json: bool, index_flag: str | None, corpus_flag: str | None) -> int:
    """List the stories that an article's page points at, those that an editor chose first."""
    with open_index(index_folder(index_flag), corpus_folder(corpus_flag)) as index:
        if index.get(article_id) is None:
            return _unknown(article_id)
        stories = index.related(article_id)
    if as_json:
        _print_json({"id": article_id, "related": [serialise.related_hit(story) for story in stories]})
    else:
        for story in stories:
            published = story.published.isoformat() if story.published else ""
            click.echo("\t".join(map(clean, (EDGES[story.kind], published, story.id, story.title))))
    return 0 if stories else NO_HITS


@click.command()
@click.argument("query")
@click.argument("article_id", metavar="ID")
@variants_option
@index_option
@corpus_option
def explain(query: str, article_id: str, variants: bool, index_flag: str | None, corpus_flag: str | None) -> int:
    """Say why an article has its score for a query. The parts sum to the score."""
    with open_index(index_folder(index_flag), corpus_folder(corpus_flag)) as index:
        if index.get(article_id) is None:
            return _unknown(article_id)
        explanation = index.explain(query, article_id, variants=variants)
    if explanation is None:
        click.echo(f"{clean(article_id)} does not match {clean(query)!r}.", err=True)
        return NO_HITS
    for line in explanation.lines():
        click.echo(clean(line) if line[:1] != " " else line[: len(line) - len(line.lstrip())] + clean(line.lstrip()))
    return 0


def facts(article: Article) -> list[str]:
    """What is known of an article besides its text, in the order in which a reader asks."""
    stand_in = "known from links" if article.kind == "related" else None
    known = (stand_in, article.source, article.city, article.section, when(article), article.author)
    return [fact for fact in known if fact]


def when(article: Article) -> str:
    """The date of an article in Indonesian time; a midnight is a day of which no hour is known."""
    published = article.published
    if published is None:
        return f"“{article.age}” when the page was copied" if article.age else "undated"
    zone = _ZONES.get(f"{published:%z}")
    if zone is None:
        published, zone = published.astimezone(WIB), "WIB"
    day = f"{published.day} {published:%b %Y}"
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


def _print_json(document: object) -> None:
    click.echo(json_bytes(document, indent=2))


def _unknown(article_id: str) -> int:
    click.echo(f"carinews: there is no article with the id {clean(article_id)!r} in this index", err=True)
    return NO_HITS
