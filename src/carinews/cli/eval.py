"""`carinews eval`: measure an index, or a saved run, against relevance judgements."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from carinews.cli import NO_HITS, REFUSED
from carinews.cli.clean import clean
from carinews.cli.index import open_index
from carinews.cli.messages import counted, note, said, text
from carinews.cli.output import print_json
from carinews.cli.settings import (
    corpus_folder,
    corpus_option,
    index_folder,
    index_option,
    json_option,
    quiet_option,
    variants_option,
)
from carinews.wording import Message

if TYPE_CHECKING:
    from carinews.evaluation import Answers, Collection, Difference, Floors, Scores
    from carinews.facade import Index

BELOW_FLOOR = NO_HITS
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("qrels", type=click.Path(path_type=Path, exists=True))
@click.option("--queries", "queries_file", type=_FILE, help="The queries, where they do not lie beside QRELS.")
@click.option("--run", "run_file", type=_FILE, help="Measure this saved run, and ask no index.")
@click.option("--against", type=_FILE, help="A saved run to compare with, query by query.")
@click.option("--save", type=_FILE, help="Write what was found as a TREC run.")
@click.option("--per-query", is_flag=True, help="Also each query, one a line.")
@click.option("--plain", is_flag=True, help="Take the signs of the query language out of the queries first.")
@click.option("--floors", "floors_file", type=_FILE, help="Compare with the floors pinned in this file.")
@click.option("--pin", is_flag=True, help="Pin the figures as floors; none may be lower than before.")
@click.option("--lower", metavar="REASON", help="Pin them though one is lower, and keep the reason.")
@variants_option
@json_option
@click.option(
    "--engine", type=click.Choice(["local", "whoosh"]), default="local", show_default=True, help="Who answers."
)
@index_option
@corpus_option
@quiet_option
def eval(  # noqa: A001  # the command's name
    qrels: Path,
    queries_file: Path | None,
    run_file: Path | None,
    against: Path | None,
    save: Path | None,
    per_query: bool,
    floors_file: Path | None,
    pin: bool,
    lower: str | None,
    as_json: bool,
    quiet: bool,
    **asked: Any,
) -> int:
    """Measure the index against the judgements in QRELS: a file, or the folder of a collection.

    Files are those of TREC or BEIR. A folder that brings its documents (corpus.jsonl) is measured on an
    index of them, unless --index names another.

    \b
    carinews eval qrels.tsv                          with queries.jsonl beside it
    carinews eval scifact/ --save scifact.run        a collection with documents
    carinews eval qrels.tsv --against yesterday.run  better than yesterday?
    carinews eval qrels.tsv --floors floors.json     exit 1 where a figure fell
    """
    from carinews.evaluation import compare, measure, read_collection, read_run, write_run

    if (pin or lower is not None) and floors_file is None:
        raise click.UsageError(Message("--pin and --lower need a file: name it with --floors"))
    if run_file and (save or floors_file):
        raise click.UsageError(
            Message("--run measures what was found before: it goes with neither --save nor --floors")
        )
    if asked["index_flag"] and floors_file:
        raise click.UsageError(Message("floors hold for a corpus: name it with --corpus in place of --index"))
    collection = read_collection(qrels, queries_file)
    found = _ask(collection, fresh=floors_file is not None, quiet=quiet, **asked) if run_file is None else None
    run = found.run if found else read_run(run_file)  # type: ignore[arg-type]
    scores = measure(run, collection.judgements)
    other = measure(read_run(against), collection.judgements) if against else None
    differences = {name: compare(scores, other, name) for name in scores.means()} if other else {}
    if save:
        with open(save, "w", encoding="utf-8", newline="\n") as file:
            write_run(run, file)
    if as_json:
        print_json(_record(scores, other, differences, per_query) | ({"refused": found.refused} if found else {}))
    else:
        _print(scores, other, differences, collection.queries if per_query else {})
    below = floors_file is not None and _hold(scores, collection, floors_file, pin, lower, asked["corpus_flag"], quiet)
    for query, why in found.refused.items() if found else ():
        note("query {query}: {why}; it counts as nothing found (see --plain)", query=query, why=why)
    return BELOW_FLOOR if below else REFUSED if found and found.refused else 0


def _ask(
    collection: Collection,
    *,
    fresh: bool,
    quiet: bool,
    plain: bool,
    variants: bool,
    engine: str,
    index_flag: str | None,
    corpus_flag: str | None,
) -> Answers:
    """Ask the index that is meant: the one named, one of the collection's own documents, or the usual one."""
    from carinews.evaluation import answers

    with ExitStack() as stack:
        index: Index
        if index_flag or not (collection.corpus or fresh):
            index = open_index(index_folder(index_flag), corpus_folder(corpus_flag), engine=engine, quiet=quiet)
        else:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="carinews-eval-")))
            documents = None if corpus_flag else collection.corpus
            if not quiet:
                note("an index of {corpus} is made, for now", corpus=documents or corpus_folder(corpus_flag))
            index = _built(collection if documents else corpus_folder(corpus_flag), folder, engine)
        stack.enter_context(index)
        return answers(index, collection.queries, plain=plain, variants=variants)


def _built(documents: Collection | Path, folder: Path, engine: str) -> Index:
    from carinews.facade import Index

    if engine == "whoosh":
        from carinews.corpus.reader import read_corpus
        from carinews.engines.whoosh import WhooshEngine
        from carinews.model import Article

        items = read_corpus(documents) if isinstance(documents, Path) else documents.articles()
        return Index(WhooshEngine.build((item for item in items if isinstance(item, Article)), folder))
    return Index.build(documents if isinstance(documents, Path) else documents.articles(), folder)


def _hold(
    scores: Scores,
    collection: Collection,
    path: Path,
    pin: bool,
    lower: str | None,
    corpus_flag: str | None,
    quiet: bool,
) -> bool:
    """Compare with the floors, or pin them; whether a figure is below its floor, or nothing can be said."""
    from carinews.evaluation.floors import NO_FLOORS, Floors, fingerprint

    corpus = corpus_folder(corpus_flag) if corpus_flag or collection.corpus is None else collection.corpus
    here = fingerprint(corpus, *collection.files)
    before = Floors.read(path) if path.exists() or not (pin or lower) else NO_FLOORS
    if pin or lower is not None:
        before.pinned(scores.means(), here, lower or "").write(path)
        if not quiet:
            note("pinned in {path}", path=path)
        return False
    if before.fingerprint != here:
        note("{path}: pinned for another corpus or other judgements; look at the figures, then --pin", path=path)
        return True
    return _told(before, scores)


def _told(floors: Floors, scores: Scores) -> bool:
    fallen = floors.fallen(scores.means())
    for name, (least, now) in fallen.items():
        note("{name} is {now:.4f}, below its floor {least:.4f}", name=name, now=now, least=least)
    return bool(fallen)


def _print(scores: Scores, other: Scores | None, differences: dict[str, Difference], queries: dict[str, str]) -> None:
    click.echo(said(counted(len(scores), "query")))
    for name, mean in scores.means().items():
        line = f"{name:<12} {mean:.4f}"
        if other:
            apart = differences[name]
            line += (
                f"   {text('against')} {other.mean(name):.4f}: {apart.mean:+.4f} [{apart.low:+.4f}, {apart.high:+.4f}]"
            )
        click.echo(line)
    if not queries:
        return
    click.echo("\t".join(("query", *scores.means(), "text")))
    for query, each in scores.of_query.items():
        click.echo("\t".join((clean(query), *(f"{value:.4f}" for value in each.values()), clean(queries[query]))))


def _record(
    scores: Scores, other: Scores | None, differences: dict[str, Difference], per_query: bool
) -> dict[str, Any]:
    record: dict[str, Any] = {"schema": "carinews.eval/1", "queries": len(scores), "means": scores.means()}
    if other:
        record["against"] = other.means()
        record["differences"] = {name: apart._asdict() for name, apart in differences.items()}
    if per_query:
        record["of_query"] = scores.of_query
    return record
