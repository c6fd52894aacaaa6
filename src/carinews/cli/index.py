"""`carinews index` and `carinews rebuild`, and the index that `search` builds when there is none."""

from __future__ import annotations

import sys
import time
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from carinews.cli import REFUSED
from carinews.cli.failures import fail, message_of
from carinews.cli.messages import counted, said, tell, text
from carinews.cli.settings import (
    as_of_option,
    corpus_folder,
    corpus_option,
    field_option,
    index_folder,
    index_option,
    lexicon,
    lexicon_option,
    quiet_option,
    reading,
    workers_option,
)
from carinews.errors import CarinewsError, CorpusError, CorpusMissing, IndexLocked, IndexMissing
from carinews.wording import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from carinews.facade import Index
    from carinews.indexing import Report


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@index_option
@corpus_option
@lexicon_option
@as_of_option
@field_option
@workers_option
@click.option("--watch", is_flag=True, help="Stay, and take in whatever changes, until Ctrl-C.")
@quiet_option
def index(
    paths: tuple[Path, ...],
    index_flag: str | None,
    corpus_flag: str | None,
    lexicon_flag: str | None,
    as_of_flag: str | None,
    field_flags: tuple[str, ...],
    workers: int | None,
    watch: bool,
    quiet: bool,
) -> int:
    """Bring the index up to date with the corpus, or with the files and folders named by PATHS.

    New and changed files are read, unchanged ones skipped, and articles of removed files taken out.

    \b
    carinews index                      what is new in corpus/
    carinews index arsip/ berita.jsonl  these, whatever else the index holds
    carinews index --lexicon kamus/     with word lists of your own
    carinews index --as-of 2024-05-06   "11 hari lalu" counts from that day
    """
    places = paths or (corpus_folder(corpus_flag),)
    made_with = {"lexicon": lexicon(lexicon_flag), "workers": workers}
    read_as = (as_of_flag, field_flags)

    def bring_in() -> int:
        return _bring_in(places, index_folder(index_flag), rebuild=False, quiet=quiet, read_as=read_as, **made_with)

    if watch and all(place.exists() for place in places):
        return _follow(places, index_folder(index_flag), bring_in, quiet)
    return bring_in()


@click.command()
@index_option
@corpus_option
@lexicon_option
@as_of_option
@field_option
@workers_option
@quiet_option
def rebuild(
    index_flag: str | None,
    corpus_flag: str | None,
    lexicon_flag: str | None,
    as_of_flag: str | None,
    field_flags: tuple[str, ...],
    workers: int | None,
    quiet: bool,
) -> int:
    """Build a new index from the whole corpus beside the old one, then switch to it at once.

    Searches go on meanwhile, and find the old index until the new one is whole. Without --lexicon
    and --as-of the new index keeps the word lists of the old one, and the days of the copy of its files.

    \b
    carinews rebuild
    carinews rebuild --corpus arsip/ --workers 2
    carinews rebuild --lexicon kamus/
    """
    places = (corpus_folder(corpus_flag),)
    made_with = {"lexicon": lexicon(lexicon_flag), "workers": workers}
    read_as = (as_of_flag, field_flags)
    return _bring_in(places, index_folder(index_flag), rebuild=True, quiet=quiet, read_as=read_as, **made_with)


def _follow(places: tuple[Path, ...], folder: Path, bring_in: Callable[[], int], quiet: bool) -> int:
    """Bring the corpus in, and again whenever something in it changes; Ctrl-C ends it.

    What goes wrong once (a lock, a file half written) is told, and the next change tries again.
    """
    try:
        from watchfiles import watch
    except ImportError as error:
        raise CarinewsError(Message("to follow a folder, install the extra: pip install 'carinews[watch]'")) from error
    own = folder.resolve()

    def concerns_us(_: object, path: str) -> bool:
        return not Path(path).resolve().is_relative_to(own)

    first = True  # nothing may change unseen between the first reading and the first look: so look first
    for changes in watch(*places, watch_filter=concerns_us, step=200, rust_timeout=500, yield_on_timeout=True):
        if not (changes or first):
            continue
        try:
            bring_in()
        except (CorpusError, IndexLocked) as error:
            fail(error, as_json=False)
        if first:
            _say(Message("following {places}; Ctrl-C ends it", places=", ".join(map(str, places))), quiet)
        first = False
    return 0


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


def _bring_in(
    paths: tuple[Path, ...],
    folder: Path,
    *,
    rebuild: bool,
    quiet: bool,
    read_as: tuple[str | None, tuple[str, ...]] = (None, ()),
    **made_with: Any,
) -> int:
    from carinews.indexing import update

    missing = [path for path in paths if not path.exists()]
    if missing:
        raise CorpusMissing(str(missing[0]), None, Message("there is no such file or folder to index"))
    started = time.perf_counter()
    how = reading(paths, *read_as, quiet=quiet)
    with _progress(quiet) as show:
        report = update(list(paths), folder, rebuild=rebuild, reading=how, progress=show, **made_with)
    for error in (*report.notes, *report.refused):
        tell(f"carinews: {said(message_of(error))}")
    if report.left_out:
        elsewhere = Message(
            "left out {files} of the old index outside of the corpus: 'carinews index {first}'",
            files=counted(len(report.left_out), "file"),
            first=report.left_out[0],
        )
        _say(elsewhere, quiet)
    if report.undated_ages:
        ages = counted(report.undated_ages, "date")
        told = Message('{ages} known as an age only ("11 hari lalu"): --as-of names the day of the copy', ages=ages)
        _say(told, quiet)
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
        tell(f"carinews: {said(message)}")
