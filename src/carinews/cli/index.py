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
from carinews.cli.messages import counted, note, said, text
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
from carinews.wording import Message

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

    \b
    carinews rebuild
    carinews rebuild --corpus arsip/ --workers 2
    carinews rebuild --lexicon kamus/
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
                Message(
                    "there is no index at {folder} and no corpus at {corpus}: "
                    "put articles there, or name their folder with --corpus",
                    folder=folder,
                    corpus=corpus,
                )
            ) from None
    _say(Message("no index at {folder} yet: building it from {corpus}", folder=folder, corpus=corpus), quiet)
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
        building = Message(
            "no Whoosh index at {folder} yet: building it from {corpus} (slow)", folder=folder, corpus=corpus
        )
        _say(building, quiet)
    articles = (item for item in read_corpus(corpus) if isinstance(item, Article))
    return Index(WhooshEngine.build(articles, folder))


def _bring_in(paths: tuple[Path, ...], folder: Path, *, rebuild: bool, quiet: bool, **made_with: Any) -> int:
    from carinews.indexing import update

    missing = [path for path in paths if not path.exists()]
    if missing:
        note("{path}: there is no such file or folder to index", path=missing[0])
        return MISSING
    started = time.perf_counter()
    with _progress(quiet) as show:
        report = update(list(paths), folder, rebuild=rebuild, progress=show, **made_with)
    for error in (*report.notes, *report.refused):
        click.echo(f"carinews: {clean(str(error))}", err=True)
    if report.left_out:
        elsewhere = Message(
            "left out {files} of the old index outside of the corpus: 'carinews index {first}'",
            files=counted(len(report.left_out), "file"),
            first=report.left_out[0],
        )
        _say(elsewhere, quiet)
    _say(_summary(report, folder, time.perf_counter() - started), quiet)
    return REFUSED if report.refused else 0


def _progress(quiet: bool):  # type: ignore[no-untyped-def]  # a context manager of one of two kinds
    if quiet or not sys.stderr.isatty():
        return nullcontext()
    from carinews.cli import render

    return render.progress()


def _summary(report: Report, folder: Path, seconds: float) -> str:
    parts = [
        text(
            "{articles} from {files}",
            articles=counted(report.documents, "article"),
            files=counted(report.files_read, "file"),
        )
    ]
    if report.files_unchanged:
        parts.append(text("{files} unchanged", files=counted(report.files_unchanged, "file")))
    if report.files_removed:
        parts.append(text("{files} gone", files=counted(report.files_removed, "file")))
    if report.kept:
        parts.append(text("{articles} as before", articles=counted(report.kept, "article")))
    if report.doubles:
        doubles = counted(report.doubles, "article")
        parts.append(text("{articles} in two files (the later path counts)", articles=doubles))
    if report.refused:
        parts.append(text("{inputs} refused", inputs=counted(len(report.refused), "input")))
    total = counted(report.total, "document")
    return text(
        "{parts}; {documents} in {folder}, {seconds:.1f} s",
        parts=", ".join(parts),
        documents=total,
        folder=folder,
        seconds=seconds,
    )


def _say(message: str, quiet: bool) -> None:
    if not quiet:
        click.echo(f"carinews: {clean(said(message))}", err=True)
