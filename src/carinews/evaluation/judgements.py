"""Queries and judgements, as they come from TREC and from BEIR.

| file | read as |
|---|---|
| queries `.jsonl` | an object a line with `_id` and `text` (BEIR; `metadata` and other keys are passed over) |
| queries, other text | TREC topics (`<top> <num> <title>`), or an id and the text behind it, parted by a tab |
| judgements with a header | columns parted by tabs: `query-id`, `corpus-id`, `score` (BEIR), others are passed over |
| judgements without | `query iteration document grade` (TREC), or three columns without the iteration |

A collection is a folder: `queries.jsonl` (or `.tsv`, `topics.txt`), `qrels.tsv` (or `qrels/test.tsv`, `qrels.txt`),
and, as in BEIR, perhaps the documents: `corpus.jsonl`, also packed, with `_id`, `title` and `text`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from carinews.corpus.packings import PACKINGS
from carinews.corpus.records import not_json
from carinews.errors import JudgementError
from carinews.evaluation.lines import lines
from carinews.model import Article
from carinews.wording import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Judgements = dict[str, dict[str, int]]
"""The grade of each judged document, by query and document; 0 and below: looked at, and not relevant."""

QUERY_FILES = ("queries.jsonl", "queries.tsv", "topics.txt")
JUDGEMENT_FILES = ("qrels.tsv", "qrels/test.tsv", "qrels.txt")
CORPUS_FILES = tuple(f"corpus.jsonl{packing}" for packing in PACKINGS)

NO_TITLE = "-"
"""What a document without a title gets: an article must have one, and this holds no word."""

_HEADER = ("query-id", "corpus-id", "score")
_TOPIC = re.compile(r"<top>(.*?)</top>", re.DOTALL | re.IGNORECASE)
_NUMBER = re.compile(r"<num>\s*(?:Number:)?\s*([^\s<]+)", re.IGNORECASE)
_TITLE = re.compile(r"<title>\s*(?:Topic:)?\s*([^<]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Collection:
    """What is asked, which documents are good answers, and the documents where the collection brings them."""

    queries: dict[str, str]
    judgements: Judgements
    files: tuple[Path, ...]
    """Where queries and judgements stand."""
    corpus: Path | None = None

    def articles(self) -> Iterator[Article]:
        """The documents that the collection brings. Raises JudgementError."""
        for number, record in _records(self.corpus) if self.corpus else ():
            title, text = (str(record.get(key) or "").strip() for key in ("title", "text"))
            yield Article(_id(record, self.corpus, number), title or NO_TITLE, text)


def read_collection(place: Path, queries: Path | None = None) -> Collection:
    """Read a folder, or a file of judgements whose queries lie beside it or are named.

    Raises JudgementError, also where a judged query is none of those that are asked.
    """
    folder = place if place.is_dir() else place.parent
    judged = _one_of(folder, JUDGEMENT_FILES, Message("judgements")) if place.is_dir() else place
    asked = queries or _one_of(folder, QUERY_FILES, Message("queries"))
    collection = Collection(read_queries(asked), read_judgements(judged), (asked, judged), _first(folder, CORPUS_FILES))
    if unknown := next((query for query in collection.judgements if query not in collection.queries), None):
        raise JudgementError(
            str(judged),
            None,
            Message("the query {query!r} is judged, but does not stand in {file}", query=unknown, file=asked),
        )
    return collection


def read_queries(path: Path) -> dict[str, str]:
    """The text of each query by its id, in the order of the file. Raises JudgementError."""
    is_jsonl = path.name.lower().endswith(tuple(f".jsonl{packing}" for packing in PACKINGS))
    found: dict[str, str] = {}
    for number, query, text in _query_records(path) if is_jsonl else _lines_or_topics(path):
        if query in found:
            raise JudgementError(
                str(path), number, Message("the query {query!r} stands here a second time", query=query)
            )
        found[query] = text
    if not found:
        raise JudgementError(str(path), None, Message("there is no query in it"))
    return found


def read_judgements(path: Path) -> Judgements:
    """The grades by query and document. Raises JudgementError, also where one document has two grades."""
    found: Judgements = {}
    places: Sequence[int] = ()
    for number, line in lines(path):
        columns = line.split("\t") if places else line.split()
        if number == 1 and set(_HEADER) <= {*(names := line.split("\t"))}:
            places = [names.index(name) for name in _HEADER]
            continue
        query, document, grade = _judgement(columns, places, path, number)
        if found.setdefault(query, {}).setdefault(document, grade) != grade:
            reason = Message(
                "{document!r} was given another grade for {query!r} before", document=document, query=query
            )
            raise JudgementError(str(path), number, reason)
    if not found:
        raise JudgementError(str(path), None, Message("there is no judgement in it"))
    return found


def _judgement(columns: list[str], places: Sequence[int], path: Path, number: int) -> tuple[str, str, int]:
    try:
        if not places:
            places = {3: (0, 1, 2), 4: (0, 2, 3)}[len(columns)]
        query, document, grade = (columns[place].strip() for place in places)
        return query, document, int(grade)
    except (KeyError, IndexError, ValueError):
        reason = Message("no judgement: write 'query 0 document grade', the grade being a whole number")
        raise JudgementError(str(path), number, reason) from None


def _query_records(path: Path) -> Iterator[tuple[int, str, str]]:
    for number, record in _records(path):
        yield number, _id(record, path, number), _text(record, path, number)


def _lines_or_topics(path: Path) -> Iterator[tuple[int | None, str, str]]:
    numbered = list(lines(path))
    text = "\n".join(line for _, line in numbered)
    if "<top>" in text.lower():
        for topic in _TOPIC.findall(text):
            query, title = _NUMBER.search(topic), _TITLE.search(topic)
            if not (query and title and title[1].strip()):
                reason = Message("a topic without number or title: {topic!r}", topic=topic.strip()[:60])
                raise JudgementError(str(path), None, reason)
            yield None, query[1], " ".join(title[1].split())
        return
    for number, line in numbered:
        query_id, tab, asked = line.partition("\t")
        if not (query_id.strip() and tab and asked.strip()):
            raise JudgementError(str(path), number, Message("no query: write its id, a tab, and its text"))
        yield number, query_id.strip(), asked.strip()


def _records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in lines(path):
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise JudgementError(str(path), number, not_json(error)) from None
        if not isinstance(record, dict):
            raise JudgementError(str(path), number, Message("not a JSON object"))
        yield number, record


def _id(record: dict[str, Any], path: Path | None, number: int) -> str:
    if not (found := str(record.get("_id") or record.get("id") or "").strip()):
        raise JudgementError(str(path), number, Message("the record has no '_id'"))
    return found


def _text(record: dict[str, Any], path: Path, number: int) -> str:
    if not (found := str(record.get("text") or record.get("query") or "").strip()):
        raise JudgementError(str(path), number, Message("the query has no 'text'"))
    return found


def _one_of(folder: Path, names: Sequence[str], what: Message) -> Path:
    if (found := _first(folder, names)) is None:
        reason = Message("no {what} here; they are looked for in {names}", what=what, names=", ".join(names))
        raise JudgementError(str(folder), None, reason)
    return found


def _first(folder: Path, names: Sequence[str]) -> Path | None:
    return next((folder / name for name in names if (folder / name).is_file()), None)
