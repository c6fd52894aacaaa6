"""`carinews words`, `stats` and `verify`: what is in the index, and whether it is whole."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from carinews.cli import NO_HITS
from carinews.cli.clean import clean
from carinews.cli.index import open_index
from carinews.cli.messages import counted
from carinews.cli.output import print_json
from carinews.cli.settings import corpus_folder, corpus_option, index_folder, index_option

_SOURCES_SHOWN = 10


@click.command()
@click.argument("word")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@index_option
@corpus_option
def words(word: str, as_json: bool, index_flag: str | None, corpus_flag: str | None) -> int:
    """Show the root of WORD and all its forms in this index, with how often and in how many documents.

    \b
    carinews words menyelidiki
    carinews words Jakarta --json
    carinews words tembak --index arsip/index
    """
    with open_index(index_folder(index_flag), corpus_folder(corpus_flag)) as index:
        family = index.words(word)
    if as_json:
        print_json({"schema": "carinews.words/1", **asdict(family)})
    else:
        click.echo(f"{clean(word)} ← {clean(family.stem)}")
        for form in family.forms:
            documents = counted(form.documents, "document")
            click.echo(f"{form.occurrences:>9,}× in {documents:<18} {clean(form.form)}")
    return 0 if family.forms else NO_HITS


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@index_option
@corpus_option
def stats(as_json: bool, index_flag: str | None, corpus_flag: str | None) -> int:
    """Count what is in the index.

    \b
    carinews stats
    carinews stats --json
    carinews stats --index arsip/index
    """
    with open_index(index_folder(index_flag), corpus_folder(corpus_flag)) as index:
        counted = asdict(index.stats())
    if as_json:
        print_json({"schema": "carinews.stats/1", **counted})
    else:
        for name, value in _lines(counted):
            click.echo(f"{name:<12} {clean(value)}")
    return 0


@click.command()
@index_option
def verify(index_flag: str | None) -> int:
    """Check every byte of the index against what was written. Exit code 5 names the first bad file.

    \b
    carinews verify
    carinews verify --index arsip/index
    carinews verify || carinews rebuild
    """
    from carinews.facade import Index

    files = Index.verify(index_folder(index_flag))
    click.echo(f"whole: {files} files are what was written")
    return 0


def _lines(counted: dict[str, Any]) -> list[tuple[str, str]]:
    sources = counted["sources"]
    shown = ", ".join(f"{name} {count:,}" for name, count in sources[:_SOURCES_SHOWN])
    more = f" and {len(sources) - _SOURCES_SHOWN} more" if len(sources) > _SOURCES_SHOWN else ""
    period = f"{counted['oldest']:%Y-%m-%d} to {counted['newest']:%Y-%m-%d}" if counted["oldest"] else "none"
    return [
        ("documents", f"{counted['documents']:,}"),
        ("articles", f"{counted['articles']:,}"),
        ("related", f"{counted['related']:,} (stories known only from links)"),
        ("dates", f"{period}; {counted['undated']:,} undated"),
        ("sources", shown + more),
        ("words", f"{counted['forms']:,} different"),
        ("size", f"{counted['bytes'] / 1e6:,.1f} MB in {counted['segments']} segments"),
        ("generation", str(counted["generation"])),
    ]
