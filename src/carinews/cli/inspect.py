"""`carinews words`, `stats` and `verify`: what is in the index, and whether it is whole."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from carinews.cli import NO_HITS
from carinews.cli.clean import clean
from carinews.cli.index import open_index
from carinews.cli.messages import counted, day, text
from carinews.cli.output import print_json
from carinews.cli.settings import (
    corpus_folder,
    corpus_option,
    index_folder,
    index_option,
    json_option,
    quiet_option,
)
from carinews.cli.width import fitted
from carinews.model import WIB

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from carinews.index.stats import Stats

_SOURCES_SHOWN = 10
_NO_SOURCE = "(none)"  # as `Stats` calls it


@click.command()
@click.argument("word")
@json_option
@index_option
@corpus_option
@quiet_option
def words(word: str, as_json: bool, index_flag: str | None, corpus_flag: str | None, quiet: bool) -> int:
    """Show the root of WORD and all its forms in this index, with how often and in how many documents.

    \b
    carinews words menyelidiki
    carinews words Jakarta --json
    carinews words tembak --index arsip/index
    """
    with open_index(index_folder(index_flag), corpus_folder(corpus_flag), quiet=quiet) as index:
        family = index.words(word)
    if as_json:
        print_json({"schema": "carinews.words/1", **asdict(family)})
    else:
        click.echo(f"{clean(word)} ← {clean(family.stem)}")
        for form in family.forms:
            times = text("{number:,}×", number=form.occurrences)
            where = text("in {documents}", documents=counted(form.documents, "document"))
            click.echo(f"{times:>10} {where:<21} {clean(form.form)}")
    return 0 if family.forms else NO_HITS


@click.command()
@json_option
@index_option
@corpus_option
@quiet_option
def stats(as_json: bool, index_flag: str | None, corpus_flag: str | None, quiet: bool) -> int:
    """Count what is in the index.

    \b
    carinews stats
    carinews stats --json
    carinews stats --index arsip/index
    """
    with open_index(index_folder(index_flag), corpus_folder(corpus_flag), quiet=quiet) as index:
        found = index.stats()
    if as_json:
        dates = {"oldest": _in_wib(found.oldest), "newest": _in_wib(found.newest)}
        print_json({"schema": "carinews.stats/1", **asdict(found), **dates})
    else:
        for name, value in _lines(found):
            click.echo(fitted(clean(value), sys.stdout, beside=f"{name:<12} "))
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

    files = counted(Index.verify(index_folder(index_flag)), "file")
    click.echo(text("whole: {files} as written", files=files))
    return 0


def _lines(found: Stats) -> Iterator[tuple[str, str]]:
    """What is counted, each with its name."""
    yield text("documents"), text("{number:,}", number=found.documents)
    yield text("articles"), text("{number:,}", number=found.articles)
    yield text("related"), text("{number:,} (stories known only from links)", number=found.related)
    yield text("dates"), _dates(found)
    yield text("sources"), _sources(found.sources)
    yield text("words"), text("{number:,} different", number=found.forms)
    segments = counted(found.segments, "segment")
    yield text("size"), text("{size:,.1f} MB in {segments}", size=found.bytes / 1e6, segments=segments)
    yield text("generation"), str(found.generation)


def _dates(found: Stats) -> str:
    """From the first day to the last, in Western Indonesian time."""
    if found.oldest is None or found.newest is None:
        return text("none; {undated:,} undated", undated=found.undated)
    first, last = day(found.oldest.astimezone(WIB)), day(found.newest.astimezone(WIB))
    return text("{first} to {last} (WIB); {undated:,} undated", first=first, last=last, undated=found.undated)


def _sources(sources: tuple[tuple[str, int], ...]) -> str:
    """The largest sources, and how many more there are."""
    shown = [
        text("{name} {number:,}", name=text("(none)") if name == _NO_SOURCE else name, number=number)
        for name, number in sources[:_SOURCES_SHOWN]
    ]
    if len(sources) > _SOURCES_SHOWN:
        shown.append(text("and {number:,} more", number=len(sources) - _SOURCES_SHOWN))
    return ", ".join(shown)


def _in_wib(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(WIB).isoformat()
