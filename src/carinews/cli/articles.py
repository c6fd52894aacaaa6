"""`carinews show`, `related` and `explain`: one article, what it points at, why it was found."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from carinews import serialise
from carinews.cli import NO_HITS
from carinews.cli.clean import clean, clean_lines
from carinews.cli.failures import NotFound
from carinews.cli.index import open_index
from carinews.cli.messages import day, note, text
from carinews.cli.output import explanation_lines, print_json
from carinews.cli.settings import (
    corpus_folder,
    corpus_option,
    index_folder,
    index_option,
    json_option,
    quiet_option,
    variants_option,
)
from carinews.cli.times import recent_option
from carinews.model import WIB, Filters
from carinews.wording import Message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from carinews.facade import Index
    from carinews.model import Article, Copy, Hit, RelatedHit

_ZONES = {"+0700": "WIB", "+0800": "WITA", "+0900": "WIT"}
EXPLAIN_SCHEMA, RELATED_SCHEMA = "carinews.explain/1", "carinews.related/1"
EDGES = {"baca_juga": "Baca juga", "pilihan_editor": "Pilihan editor", "berita_terkait": "Berita terkait"}


class Story(NamedTuple):
    """A story beside an article, and why it stands there."""

    group: str
    published: datetime | None
    id: str
    title: str


class Around(NamedTuple):
    """What stands around an article: what it points at, what points at it, its copies, what is similar."""

    linked: Sequence[RelatedHit]
    pointing: Sequence[RelatedHit]
    copies: Sequence[Copy]
    similar: Sequence[Hit]

    def document(self, article_id: str) -> dict[str, Any]:
        """All of it as a `carinews.related/1` document."""
        return {
            "schema": RELATED_SCHEMA,
            "id": article_id,
            "related": [serialise.related_hit(story) for story in self.linked],
            "pointing": [serialise.related_hit(story) for story in self.pointing],
            "copies": [serialise.copy(other) for other in self.copies],
            "similar": [serialise.similar_hit(hit) for hit in self.similar],
        }


@click.command()
@click.argument("article_id", metavar="ID")
@json_option
@click.option("--pager/--no-pager", default=True, help="On a terminal, a long article in a pager.")
@index_option
@corpus_option
@quiet_option
def show(
    article_id: str, as_json: bool, pager: bool, index_flag: str | None, corpus_flag: str | None, quiet: bool
) -> int:
    """Show one article, whole. ID is what `search` prints.

    \b
    carinews show tempo-20170418-terpuruk-di-irak
    carinews search "gempa palu" --ids -n 1 | xargs carinews show
    carinews show tempo-20170418-terpuruk-di-irak --json
    """
    with open_index(index_folder(index_flag), corpus_folder(corpus_flag), quiet=quiet) as index:
        article = known(index, article_id)
        document = whole(index, article_id) if as_json else None
    if document:
        print_json(document)
    elif sys.stdout.isatty():
        from carinews.cli import render

        render.article(article, pager=pager)
    else:
        _print_plain(article)
    return 0


@click.command()
@click.argument("article_id", metavar="ID")
@click.option(
    "-n",
    "--limit",
    metavar="N",
    type=click.IntRange(min=0),
    default=5,
    show_default=True,
    help="Similar articles, and articles that point here, at most.",
)
@json_option
@index_option
@corpus_option
@quiet_option
def related(
    article_id: str, limit: int, as_json: bool, index_flag: str | None, corpus_flag: str | None, quiet: bool
) -> int:
    """List what an article's page points at, an editor's choice first; whose pages point at it, the newest first;
    its copies elsewhere; then similar articles.

    \b
    carinews related tempo-20170418-terpuruk-di-irak
    carinews related tempo-20170418-terpuruk-di-irak | cut -f 3   the ids
    carinews related tempo-20170418-terpuruk-di-irak -n 0 --json  only its links
    """
    with open_index(index_folder(index_flag), corpus_folder(corpus_flag), quiet=quiet) as index:
        found = around(index, article_id, limit)
    linked, pointing, copies, similar = found
    if as_json:
        print_json(found.document(article_id))
    else:
        once = {story.id: story for story in reversed(linked)}  # a list that the site adds names editors' choices again
        told = sorted(once.values(), key=lambda story: (list(EDGES).index(story.kind), linked.index(story)))
        stories = [Story(EDGES[story.kind], story.published, story.id, story.title) for story in told]
        stories += [Story(text("Points here"), one.published, one.id, one.title) for one in pointing]
        stories += [Story(text("Copy"), copy.published, copy.id, copy.title) for copy in copies]
        stories += [Story(text("Similar"), hit.published, hit.id, hit.title) for hit in similar]
        if sys.stdout.isatty():
            from carinews.cli import render

            render.stories(stories)
        else:
            for story in stories:
                published = story.published.isoformat() if story.published else ""
                click.echo("\t".join(map(clean, (story.group, published, story.id, story.title))))
    if any(found):
        return 0
    if not as_json and not quiet:
        note("nothing is related to {id!r}", id=article_id)
    return NO_HITS


def whole(index: Index, article_id: str) -> dict[str, Any]:
    """An article and its copies as a `carinews.article/1` document. Raises NotFound."""
    document = serialise.article(known(index, article_id))
    return document | {"copies": [serialise.copy(other) for other in index.copies(article_id)]}


def around(index: Index, article_id: str, limit: int) -> Around:
    """What stands around an article: at most so many that point at it, and so many similar ones. Raises NotFound."""
    known(index, article_id)
    linked = index.related(article_id)
    ids = {story.id for story in linked}
    pointing = [one for one in index.pointing(article_id) if one.id not in ids][:limit]
    similar = _similar(index, article_id, limit, ids | {one.id for one in pointing})
    return Around(linked, pointing, index.copies(article_id), similar)


def _similar(index: Index, article_id: str, limit: int, linked: set[str]) -> list[Hit]:
    """Whole articles that are like this one in their words, and that no edge joins with it."""
    if not limit:
        return []
    found = index.more_like(article_id, limit=limit + len(linked), filters=Filters(kind="article"))
    return [hit for hit in found.hits if hit.id not in linked][:limit]


@click.command()
@click.argument("query")
@click.argument("article_id", metavar="ID")
@json_option
@recent_option
@variants_option
@index_option
@corpus_option
@quiet_option
def explain(
    query: str,
    article_id: str,
    as_json: bool,
    recent: str | None,
    variants: bool,
    index_flag: str | None,
    corpus_flag: str | None,
    quiet: bool,
) -> int:
    """Say why an article has its score for a query. The parts sum to the score.

    \b
    carinews explain "ISIS Irak" tempo-20170418-terpuruk-di-irak
    carinews explain gempa bmkg-20180928-palu --recent 30d     with recency
    carinews explain gempa bmkg-20180928-palu --json
    """
    with open_index(index_folder(index_flag), corpus_folder(corpus_flag), quiet=quiet) as index:
        known(index, article_id)
        explanation = index.explain(query, article_id, recent=recent, variants=variants)
    if explanation is None:
        raise NotFound(Message("{id} does not match {query!r}", id=article_id, query=query))
    if as_json:
        print_json({"schema": EXPLAIN_SCHEMA, "weak": explanation.weak} | serialise.explanation(explanation))
    else:
        for line in explanation_lines(explanation):
            click.echo(line)
    return NO_HITS if explanation.weak else 0


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
    hour = f" {published:%H:%M} {zone}" if published.hour or published.minute else ""
    return day(published) + hour


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


def known(index: Index, article_id: str) -> Article:
    """The article with this id. Raises NotFound."""
    article = index.get(article_id)
    if article is None:
        raise NotFound(Message("there is no article with the id {id!r} in this index", id=article_id))
    return article
