"""`carinews index` and `carinews rebuild`, and the index that `search` builds when there is none."""

from __future__ import annotations

import sys
import time
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from carinews.cli import MISSING, REFUSED
from carinews.cli.clean import clean
from carinews.cli.settings import (
    corpus_folder,
    corpus_option,
    index_folder,
    index_option,
    lexicon,
    lexicon_option,
    quiet_option,
    workers_option,
)
from carinews.errors import IndexMissing

if TYPE_CHECKING:
    from carinews.facade import Index
    from carinews.indexing import Report


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@index_option
@corpus_option
@lexicon_option
@workers_option
@quiet_option
def index(
    paths: tuple[Path, ...],
    index_flag: str | None,
    corpus_flag: str | None,
    lexicon_flag: str | None,
    workers: int | None,
    quiet: bool,
) -> int:
    """Bring the index up to date with the corpus, or with the files and folders named by PATHS.

    New and changed files are read, unchanged ones skipped, and articles of removed files taken out.

    \b
    carinews index                      what is new in corpus/
    carinews index arsip/ berita.jsonl  these, whatever else the index holds
    carinews index --lexicon kamus/     with word lists of your own
    """
    places = paths or (corpus_folder(corpus_flag),)
    made_with = {"lexicon": lexicon(lexicon_flag), "workers": workers}
    return _bring_in(places, index_folder(index_flag), rebuild=False, quiet=quiet, **made_with)


@click.command()
@index_option
@corpus_option
@lexicon_option
@workers_option
@quiet_option
def rebuild(
    index_flag: str | None, corpus_flag: str | None, lexicon_flag: str | None, workers: int | None, quiet: bool
) -> int:
    """Build a new index from the whole corpus beside the old one, then switch to it at once.

    Searches go on meanwhile, and find the old index until the new one is whole. Without --lexicon
    the new index keeps the word lists of the old one.
    """
    places = (corpus_folder(corpus_flag),)
    made_with = {"lexicon": lexicon(lexicon_flag), "workers": workers}
    return _bring_in(places, index_folder(index_flag), rebuild=True, quiet=quiet, **made_with)


def open_index(folder: Path, corpus: Path, *, engine: str = "local", quiet: bool = False) -> Index:
    """Open the index; where there is none but a corpus, build it first, saying so on stderr.

    Raises IndexMissing where there is neither.
    """
    from carinews.facade import Index

    if engine == "whoosh":
        return _open_whoosh(folder / "whoosh", corpus, quiet)
    try:
        return Index.open(folder)
    except IndexMissing:
        if not corpus.exists():
            raise IndexMissing(
                f"there is no index at {folder} and no corpus at {corpus}: "
                "put articles there, or name their folder with --corpus"
            ) from None
    _say(f"no index at {folder} yet: building it from {corpus}", quiet)
    _bring_in((corpus,), folder, rebuild=False, quiet=quiet, lexicon=lexicon(None))
    return Index.open(folder)


def _open_whoosh(folder: Path, corpus: Path, quiet: bool) -> Index:
    """The reference engine's index, kept beside the array index; built from the corpus where it is missing."""
    from carinews.corpus.reader import read_corpus
    from carinews.engines.whoosh import WhooshEngine
    from carinews.facade import Index
    from carinews.model import Article

    try:
        return Index.open(folder, engine="whoosh")
    except IndexMissing:
        _say(f"no Whoosh index at {folder} yet: building it from {corpus} (slow)", quiet)
    articles = (item for item in read_corpus(corpus) if isinstance(item, Article))
    return Index(WhooshEngine.build(articles, folder))


def _bring_in(paths: tuple[Path, ...], folder: Path, *, rebuild: bool, quiet: bool, **made_with: Any) -> int:
    from carinews.indexing import update

    missing = [path for path in paths if not path.exists()]
    if missing:
        click.echo(f"carinews: {clean(str(missing[0]))}: there is no such file or folder to index", err=True)
        return MISSING
    started = time.perf_counter()
    with _progress(quiet) as show:
        report = update(list(paths), folder, rebuild=rebuild, progress=show, **made_with)
    for error in (*report.notes, *report.refused):
        click.echo(f"carinews: {clean(str(error))}", err=True)
    if report.left_out:
        elsewhere = counted(len(report.left_out), "file")
        _say(
            f"left out {elsewhere} of the old index outside of the corpus: 'carinews index {report.left_out[0]}'", quiet
        )
    _say(_summary(report, folder, time.perf_counter() - started), quiet)
    return REFUSED if report.refused else 0


def _progress(quiet: bool):  # type: ignore[no-untyped-def]  # a context manager of one of two kinds
    if quiet or not sys.stderr.isatty():
        return nullcontext()
    from carinews.cli import render

    return render.progress()


def _summary(report: Report, folder: Path, seconds: float) -> str:
    parts = [f"{counted(report.documents, 'article')} from {counted(report.files_read, 'file')}"]
    if report.files_unchanged:
        parts.append(f"{counted(report.files_unchanged, 'file')} unchanged")
    if report.files_removed:
        parts.append(f"{counted(report.files_removed, 'file')} gone")
    if report.kept:
        parts.append(f"{counted(report.kept, 'article')} as before")
    if report.doubles:
        parts.append(f"{counted(report.doubles, 'article')} in two files (the later path counts)")
    if report.refused:
        parts.append(f"{counted(len(report.refused), 'input')} refused")
    total = counted(report.total, "document")
    return f"{', '.join(parts)}; {total} in {folder}, {seconds:.1f} s"


def counted(number: int, thing: str) -> str:
    """A number of things, as people write it.

    >>> counted(1, "hit"), counted(1200, "hit")
    ('1 hit', '1,200 hits')
    """
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _say(message: str, quiet: bool) -> None:
    if not quiet:
        click.echo(f"carinews: {clean(message)}", err=True)
