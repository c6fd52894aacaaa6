"""`carinews search`: ask, and hand the answer to what prints it."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from carinews.cli import NO_HITS
from carinews.cli.clean import clean
from carinews.cli.complete import sources, words
from carinews.cli.index import open_index
from carinews.cli.messages import counted, note, said, tell, text
from carinews.cli.output import Answer, show
from carinews.cli.settings import (
    corpus_folder,
    corpus_option,
    index_folder,
    index_option,
    quiet_option,
    variants_option,
)
from carinews.cli.times import first_moment, moment_after, recent_option
from carinews.model import Filters
from carinews.wording import Message

if TYPE_CHECKING:
    from carinews.facade import Index
    from carinews.model import SearchResult


@click.command()
@click.argument("query", nargs=-1, required=True, shell_complete=words)
@click.option(
    "-n", "--limit", default=10, show_default=True, metavar="N", type=click.IntRange(min=1), help="Hits a page."
)
@click.option("--offset", metavar="N", type=click.IntRange(min=0), help="Leave out so many hits first.")
@click.option("--page", metavar="N", type=click.IntRange(min=1), help="The page, counted from 1.")
@click.option("--all", "everything", is_flag=True, help="Every hit, however many.")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest"]),
    default="relevance",
    show_default=True,
    help="Undated articles come last by date.",
)
@click.option("--since", metavar="DATE", help="From then on: 2017, 2017-04, 2017-04-18, kemarin, 7-hari.")
@click.option("--until", metavar="DATE", help="To the end of that year, month or day.")
@click.option(
    "--source", metavar="NAME", multiple=True, shell_complete=sources, help="Only from this source, or any of several."
)
@click.option("--section", metavar="NAME", multiple=True, help="Only from this section.")
@click.option("--city", metavar="NAME", multiple=True, help="Only from this city.")
@click.option("--author", metavar="NAME", multiple=True, help="Only by this author.")
@click.option("--kind", type=click.Choice(["article", "related"]), help="Whole articles, or stories known by link.")
@recent_option
@click.option(
    "--passages",
    default=1,
    show_default=True,
    metavar="N",
    type=click.IntRange(min=0),
    help="Snippets a hit, at most.",
)
@click.option("--facets", is_flag=True, help="Count the hits by year, month, source, section, city and kind.")
@click.option("--histogram", is_flag=True, help="Draw the hits over time.")
@click.option("--explain", is_flag=True, help="Say why each hit has its score.")
@variants_option
@click.option(
    "--copies",
    type=click.Choice(["best", "earliest", "all"]),
    default="best",
    show_default=True,
    help="Of a story that several printed: the first hit, the first published, or each.",
)
@click.option("--json", "form", flag_value="json", help="One JSON document.")
@click.option("--jsonl", "form", flag_value="jsonl", help="One JSON object a hit.")
@click.option("--csv", "form", flag_value="csv", help="A table with a header.")
@click.option("--ids", "form", flag_value="ids", help="The ids, one a line.")
@click.option(
    "--engine", type=click.Choice(["local", "whoosh"]), default="local", show_default=True, help="Who answers."
)
@index_option
@corpus_option
@quiet_option
@click.option("-v", "--verbose", is_flag=True, help="Say what was opened, and how long it took.")
def search(
    query: tuple[str, ...],
    limit: int,
    offset: int | None,
    page: int | None,
    everything: bool,
    sort: Any,
    recent: str | None,
    passages: int,
    facets: bool,
    histogram: bool,
    explain: bool,
    variants: bool,
    copies: Any,
    form: str | None,
    engine: str,
    index_flag: str | None,
    corpus_flag: str | None,
    quiet: bool,
    verbose: bool,
    **narrowed: Any,
) -> int:
    """Search the news. `carinews help query` tells what a QUERY may be.

    \b
    carinews search "ISIS Irak"                     articles with both come first
    carinews search '"gempa bumi" OR tsunami'       a phrase, or a word
    carinews search 'judul:korupsi -KPK' -n 20      in the title, without a word
    carinews search "harga BBM" --since 2022 --json for a program
    carinews search -- -gempa                       a query beginning with a sign
    """
    asked = " ".join(query)
    if page is not None and offset is not None:
        raise click.UsageError(Message("--page and --offset say the same thing: give one of them"))
    if not asked.strip():
        raise click.UsageError(Message("the query is empty: name a word to search for"))
    first = offset if offset is not None else ((page or 1) - 1) * limit
    options = {"sort": sort, "filters": _filters(**narrowed), "recent": recent, "variants": variants, "copies": copies}
    started = time.perf_counter()
    with open_index(index_folder(index_flag), corpus_folder(corpus_flag), engine=engine, quiet=quiet) as index:
        opened = time.perf_counter()
        result = index.search(
            asked,
            limit=0 if everything else limit,
            offset=first,
            passages=passages,
            facets=facets or histogram,
            **options,
        )
        hits = index.scan(asked, offset=first, passages=passages, **options) if everything else iter(result.hits)
        how = {"filters": options["filters"], "recent": recent, "variants": variants}
        why = partial(index.explain, asked, **how) if explain else None
        for warning in result.warnings if not quiet else ():
            note("{warning}", warning=warning)
        if verbose:
            _tell(index, index_folder(index_flag), opened - started)
        show(Answer(result, hits, everything, why, facets, histogram), form)
        if not quiet:
            _sum_up(result, everything, form)
            if form is None and copies != "all" and any(hit.copies for hit in result.hits):
                said = text(
                    "A story that several printed is shown once, and counted each time (--copies all shows each)"
                )
                click.echo(said, err=True)
    return 0 if result.total else NO_HITS


def _filters(since: str | None, until: str | None, **categories: Any) -> Filters:
    asked = {name: value or None for name, value in categories.items()}
    return Filters(first_moment(since), moment_after(until), **asked)


def _sum_up(result: SearchResult, everything: bool, form: str | None) -> None:
    """What is known of the whole answer, on stderr: a suggestion always, the rest for people only."""
    if result.did_you_mean:
        tell(text("Did you mean: {query}?", query=result.did_you_mean))
    if form is not None:
        return
    tell(summary(result, everything))
    if result.undated:
        undated = counted(result.undated, "hit")
        tell(text("{hits} without a date stand last", hits=undated))
    if result.variants:
        also = "; ".join(f"{typed} → {', '.join(brought)}" for typed, brought in result.variants)
        tell(text("Also looked for: {also} (not with --no-variants)", also=also))


def summary(result: SearchResult, everything: bool = False) -> str:
    """How many hits there are, and in what time; or that there are none."""
    weaker = counted(result.weaker, "weaker match")
    if not result.total:
        query = clean(result.query)
        if result.weaker:
            return text(
                "No hits for {query!r}, but {weaker} (OR between the words finds all)", query=query, weaker=weaker
            )
        return text("No hits for {query!r}.", query=query)
    hits = counted(result.total, "hit")
    if everything or len(result) == result.total:
        found = Message("{hits} in {time:.0f} ms", hits=hits, time=result.took_ms)
    else:
        found = Message("{shown:,} of {hits} in {time:.0f} ms", shown=len(result), hits=hits, time=result.took_ms)
    if not result.weaker:
        return said(found)
    return text("{found}, and {weaker} (OR between the words finds all)", found=found, weaker=weaker)


def _tell(index: Index, folder: object, seconds: float) -> None:
    note(
        "{folder}: {documents}, opened in {time:.0f} ms",
        folder=folder,
        documents=counted(len(index), "document"),
        time=seconds * 1000,
    )
