"""What would Lucene find? Its own IndonesianAnalyzer over raw text, ranked by its BM25, as a TREC run.

    python -m benchmarks.lucene_run CORPUS QUERIES --out RUN [--top 100] [--lucene FOLDER]

CORPUS and QUERIES are JSON lines (.jsonl or .jsonl.xz): `_id`, `title`, `text` and `_id`, `text`, or the project's own
`id`, `title`, `body` and `id`, `text`. Title and text are one field, k1 and b are Lucene's own (1.2, 0.75), and a
query finds documents with any of its words. A line of RUN is `query Q0 document rank score lucene`.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.measure import read_news
from benchmarks.peers.engines.lucene import JARS, Java, Lucene

if TYPE_CHECKING:
    from collections.abc import Iterator


def records(file: Path, *keys: tuple[str, ...]) -> Iterator[list[str]]:
    """The fields of each line, the id first, each by the first of its names that is there."""
    number = 0  # of the last line that was read
    try:
        for record in read_news(file):
            number += 1
            found = [_field(record, names) for names in keys]
            if len(found[0].split()) != 1:
                raise ValueError(f"the id {found[0]!r} has a blank or nothing in it, which no run can hold")
            yield found
    except json.JSONDecodeError as error:
        raise SystemExit(f"{file}, line {number + 1} is no JSON: {error}") from None
    except ValueError as error:
        raise SystemExit(f"{file}, line {number}: {error}") from None


def _field(record: dict[str, Any], names: tuple[str, ...]) -> str:
    for name in names:
        if name in record:
            return str(record[name] or "")
    raise ValueError(f"there is no {' or '.join(names)}")


def rank(corpus: Path, queries: Path, out: Path, top: int) -> None:
    """Write the run. It is Java that writes it, while it is still being asked."""
    ids = ("_id", "id")
    with (
        tempfile.TemporaryDirectory() as folder,
        out.open("w", encoding="utf-8") as file,
        Java("run", Path(folder), str(top), output=file) as java,
    ):
        for document in records(corpus, ids, ("title",), ("text", "body")):
            java.tell(*document)
        java.tell()
        for query in records(queries, ids, ("text",)):
            java.tell(*query)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.lucene_run",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--out", type=Path, required=True, metavar="RUN")
    parser.add_argument("--top", type=int, default=100, metavar="N", help="documents of each query (100)")
    parser.add_argument("--lucene", type=Path, metavar="FOLDER", help=f"Lucene's jars (also: {JARS})")
    options = parser.parse_args()
    if options.lucene:
        os.environ[JARS] = str(options.lucene)
    if missing := Lucene.missing():
        parser.error(f"Lucene needs {', '.join(missing)}")
    rank(options.corpus, options.queries, options.out, options.top)


if __name__ == "__main__":
    main()
