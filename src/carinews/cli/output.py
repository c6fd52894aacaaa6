"""The answer of a search in the form that was asked for, on stdout.

A terminal gets `render.py`; a pipe a line a hit, its fields parted by tabs; programs JSON, JSON lines,
CSV or ids. Each hit is printed as it comes, so that `--all` needs no more memory than a page.
"""

from __future__ import annotations

import csv
import io
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from carinews import serialise
from carinews.cli.clean import clean, json_text
from carinews.cli.histogram import histogram
from carinews.cli.width import fitted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from carinews.model import Hit, SearchResult
    from carinews.query.explain import Explanation

CSV_COLUMNS = ("rank", "score", "id", "kind", "title", "published", "source", "section", "url", "path", "snippet")


class Answer(NamedTuple):
    """A result, its hits (with `everything` more than it holds), and what else was asked for."""

    result: SearchResult
    hits: Iterator[Hit]
    everything: bool = False
    explain: Callable[[str], Explanation | None] | None = None
    facets: bool = False
    histogram: bool = False


def show(answer: Answer, form: str | None) -> None:
    """Print an answer as `json`, `jsonl`, `csv`, `ids`, or, for None, as it suits a terminal or a pipe."""
    if form == "json":
        _json(answer)
    elif form == "jsonl":
        for hit in answer.hits:
            print_json(_as_json(hit, answer), indent=None)
    elif form == "csv":
        _csv(answer)
    elif form == "ids":
        for hit in answer.hits:
            click.echo(clean(hit.id))
    elif sys.stdout.isatty():
        from carinews.cli import render

        render.answer(answer)
    else:
        _plain(answer)


def print_json(document: object, indent: int | None = 2) -> None:
    """A JSON document on stdout; what no UTF-8 can hold becomes a question mark."""
    click.echo(json_text(document, indent=indent).encode("utf-8", "replace"))


def _json(answer: Answer) -> None:
    """One document, whose hits are written one by one."""
    frame = json_text(serialise.search_result(answer.result) | {"hits": []}, indent=2)
    head, _, tail = frame.partition('\n  "hits": [')  # no string of JSON holds a line break
    _write(f'{head}\n  "hits": [')
    between = "\n"
    for hit in answer.hits:
        shown = json_text(_as_json(hit, answer), indent=2)
        _write(between + "    " + shown.replace("\n", "\n    "))
        between = ",\n"
    _write(("\n  " if between != "\n" else "") + f"{tail}\n")


def _write(text: str) -> None:
    click.echo(text.encode("utf-8", "replace"), nl=False)


def _as_json(hit: Hit, answer: Answer) -> dict[str, Any]:
    document = serialise.hit(hit)
    if answer.explain and (explanation := answer.explain(hit.id)):
        document["explanation"] = serialise.explanation(explanation)
    return document


def _csv(answer: Answer) -> None:
    click.echo(_csv_line(CSV_COLUMNS), nl=False)
    for hit in answer.hits:
        fields = serialise.hit(hit) | {"snippet": _snippets(hit)}
        click.echo(_csv_line(fields[name] for name in CSV_COLUMNS), nl=False)


def _csv_line(fields: Any) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(["" if field is None else clean(str(field)) for field in fields])
    return line.getvalue()


def _plain(answer: Answer) -> None:
    """A line a hit, its fields parted by tabs: rank, score, date, id, title, snippet."""
    for hit in answer.hits:
        published = hit.published.isoformat() if hit.published else ""
        fields = (str(hit.rank), f"{hit.score:.2f}", published, hit.id, hit.title, _snippets(hit))
        click.echo("\t".join(clean(field).strip() for field in fields))
        if answer.explain and (explanation := answer.explain(hit.id)):
            for line in explanation_lines(explanation):
                click.echo(f"\t{line}")
    if answer.facets:
        for name, counts in answer.result.facets:
            for value, count in counts:
                click.echo(f"{name}\t{clean(value)}\t{count}")
    if answer.histogram:
        for period, count in histogram(answer.result):
            click.echo(f"{period}\t{count}")


def explanation_lines(explanation: Explanation, *, indent: str = "") -> Iterator[str]:
    """The lines of an explanation, in the language of whoever reads, without what a terminal would obey.

    On a terminal what explains a value stays beside it.
    """
    from carinews.cli.messages import said

    for line in explanation.lines(said):
        value, blanks, what = line.lstrip().partition("  ")
        depth = " " * (len(line) - len(line.lstrip()))
        yield fitted(clean(what), sys.stdout, beside=indent + depth + clean(value) + blanks)


def _snippets(hit: Hit) -> str:
    return " … ".join(snippet.text for snippet in hit.snippets)
