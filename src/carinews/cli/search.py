"""`carinews search`: ask, and show the answer to a person or to a program."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from carinews import serialise
from carinews.cli import NO_HITS
from carinews.cli.clean import clean, json_bytes
from carinews.cli.index import counted, open_index
from carinews.cli.settings import (
    corpus_folder,
    corpus_option,
    index_folder,
    index_option,
    quiet_option,
    variants_option,
)
from carinews.model import WIB

if TYPE_CHECKING:
    from carinews.cli.render import Explainer
    from carinews.facade import Index
    from carinews.model import Hit, SearchResult

_BATCH = 500  # hits fetched at a time for --all
_CSV_COLUMNS = ("rank", "score", "id", "kind", "title", "published", "source", "section", "url", "path", "snippet")


@click.command()
@click.argument("query")
@click.option("-n", "--limit", default=10, show_default=True, type=click.IntRange(min=1), help="Hits a page.")
@click.option("--offset", type=click.IntRange(min=0), help="Leave out so many hits first.")
@click.option("--page", type=click.IntRange(min=1), help="The page, counted from 1.")
@click.option("--all", "everything", is_flag=True, help="Every hit, however many.")
@click.option("--sort", type=click.Choice(["relevance", "newest", "oldest"]), default="relevance", show_default=True)
@click.option("--since", metavar="DATE", help="From this year, month or day on: 2017, 2017-04, 2017-04-18.")
@click.option("--until", metavar="DATE", help="To the end of this year, month or day.")
@click.option("--source", help="Only from this source.")
@click.option("--section", help="Only from this section.")
@click.option("--kind", type=click.Choice(["article", "related"]), help="Whole articles, or stories known by link.")
@click.option("--passages", default=1, show_default=True, type=click.IntRange(min=0), help="Snippets a hit, at most.")
@click.option("--facets", is_flag=True, help="Count the hits by year, source, section, city and kind.")
@click.option("--explain", is_flag=True, help="Say why each hit has its score.")
@variants_option
@click.option("--json", "form", flag_value="json", help="One JSON document.")
@click.option("--jsonl", "form", flag_value="jsonl", help="One JSON object a hit.")
@click.option("--csv", "form", flag_value="csv", help="A table with a header.")
@click.option("--ids", "form", flag_value="ids", help="The ids, one a line.")
@click.option("--engine", type=click.Choice(["local", "whoosh"]), default="local", show_default=True)
@index_option
@corpus_option
@quiet_option
def search(
    query: str,
    limit: int,
    offset: int | None,
    page: int | None,
    everything: bool,
    explain: bool,
    form: str | None,
    engine: str,
    index_flag: str | None,
    corpus_flag: str | None,
    quiet: bool,
    since: str | None,
    until: str | None,
    **asked: Any,
) -> int:
    """Search the news.

    \b
    carinews search "ISIS Irak"                     articles that hold both come first
    carinews search '"gempa bumi" OR tsunami'       a phrase, or a word
    carinews search 'judul:korupsi -KPK' -n 20      in the title, without a word
    carinews search "harga BBM" --since 2022 --json for a program
    """
    if page is not None and offset is not None:
        raise click.UsageError("--page and --offset say the same thing: give one of them")
    if not query.strip():
        raise click.UsageError("the query is empty: name a word to search for")
    asked |= {"since": first_moment(since), "until": moment_after(until)}
    first = offset if offset is not None else ((page or 1) - 1) * limit
    with open_index(index_folder(index_flag), corpus_folder(corpus_flag), engine=engine, quiet=quiet) as index:
        if everything:
            results = _all_results(index, query, first, asked)
        else:
            results = iter([index.search(query, limit=limit, offset=first, **asked)])
        explainer = partial(index.explain, query, variants=asked["variants"]) if explain else None
        found = _show(results, explainer, form, quiet)
    return 0 if found else NO_HITS


def _all_results(index: Index, query: str, first: int, asked: dict[str, Any]) -> Iterator[SearchResult]:
    """The answer in batches, so that memory does not grow with the number of hits."""
    while True:
        result = index.search(query, limit=_BATCH, offset=first, **asked)
        yield result
        first += _BATCH
        if first >= result.total:
            return


def _show(results: Iterator[SearchResult], explainer: Explainer | None, form: str | None, quiet: bool) -> bool:
    """Print the answer in the form that was asked for; whether there was any hit."""
    first = next(results)
    for warning in first.warnings if not quiet else ():
        click.echo(f"carinews: {clean(warning)}", err=True)
    rest = (hit for result in results for hit in result.hits)
    hits = (hit for part in (first.hits, rest) for hit in part)
    if form == "json":
        _print_json(first, list(hits))
    elif form is not None:
        _print_lines(hits, form)
    elif sys.stdout.isatty():
        from carinews.cli import render

        render.hits(first, hits, explainer)
    else:
        _print_plain(first, hits, explainer)
    if not quiet and form is None:
        click.echo(_summary(first), err=True)
        if first.variants:
            click.echo(f"Also looked for: {clean(_also(first))} (not with --no-variants)", err=True)
    return first.total > 0


def _print_json(first: SearchResult, hits: list[Hit]) -> None:
    document = serialise.search_result(first) | {"hits": [serialise.hit(hit) for hit in hits]}
    click.echo(json_bytes(document, indent=2))


def _print_lines(hits: Iterator[Hit], form: str) -> None:
    if form == "csv":
        click.echo(_csv_line(_CSV_COLUMNS), nl=False)
    for hit in hits:
        if form == "jsonl":
            click.echo(json_bytes(serialise.hit(hit)))
        elif form == "csv":
            fields = serialise.hit(hit) | {"snippet": _snippets(hit)}
            click.echo(_csv_line(fields[name] for name in _CSV_COLUMNS), nl=False)
        else:
            click.echo(clean(hit.id))


def _csv_line(fields: Any) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(["" if field is None else clean(str(field)) for field in fields])
    return line.getvalue()


def _print_plain(first: SearchResult, hits: Iterator[Hit], explainer: Explainer | None) -> None:
    """A line a hit, its fields parted by tabs: rank, score, date, id, title, snippet."""
    for hit in hits:
        published = hit.published.isoformat() if hit.published else ""
        fields = (str(hit.rank), f"{hit.score:.2f}", published, hit.id, hit.title, _snippets(hit))
        click.echo("\t".join(clean(field).strip() for field in fields))
        if explainer and (explanation := explainer(hit.id)):
            for line in explanation.lines():
                click.echo(f"\t{clean(line)}")
    for name, counts in first.facets:
        for value, count in counts:
            click.echo(f"{name}\t{clean(value)}\t{count}")


def _snippets(hit: Hit) -> str:
    return " … ".join(snippet.text for snippet in hit.snippets)


def _summary(result: SearchResult) -> str:
    if not result.total:
        return f"No hits for {clean(result.query)!r}."
    of = f"{len(result)} of " if len(result) < result.total else ""
    return f"{of}{counted(result.total, 'hit')} in {result.took_ms:.0f} ms"


def _also(result: SearchResult) -> str:
    return "; ".join(f"{typed} → {', '.join(brought)}" for typed, brought in result.variants)


def first_moment(text: str | None) -> datetime | None:
    """The moment at which a year, month or day begins, in Western Indonesian time. Raises click.UsageError."""
    return None if text is None else _midnight(_period(text)[0])


def moment_after(text: str | None) -> datetime | None:
    """The first moment after a year, month or day. Raises click.UsageError."""
    return None if text is None else _midnight(_period(text)[1])


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=WIB)


def _period(text: str) -> tuple[date, date]:
    """The first day of a period, and the first day after it."""
    from carinews.query.dates import calendar

    try:
        return calendar(text)
    except ValueError:
        raise click.UsageError(f"{clean(text)!r} is no date: write 2017, 2017-04 or 2017-04-18") from None
