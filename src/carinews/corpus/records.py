"""Records: articles that come as data, in JSON lines, JSON or CSV.

A record names its parts: `id, url, title, published, section` (or `category`), `source, body, related,
author, city, caption, kind`, and `copied`, the day on which its page was copied, from which ages count.
Other names can be mapped to these (`Fields`). Only the title is needed; other keys are ignored; null and
the empty string mean that nothing is known. Lines of a body that only point at another story become
edges. A record that cannot be used becomes a CorpusError with its line, and reading goes on with the next.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from typing import cast, get_args

from carinews.corpus.ages import dated
from carinews.corpus.dates import find_date, is_age, unknown_date
from carinews.corpus.fields import UNCHANGED, Fields
from carinews.corpus.files import EMPTY, MAX_LINE_BYTES, RawLine
from carinews.corpus.ids import article_id, url_id
from carinews.corpus.lines import clean
from carinews.corpus.stories import lift_edges
from carinews.errors import CorpusError
from carinews.model import Article, EdgeKind, Kind, RelatedStory
from carinews.wording import Message, cause

Items = tuple[Article | CorpusError, ...]
"""What comes of one record: an article, and perhaps a note on it; or an error."""

_BLANK = re.compile(r"[ \t\r\n,]*")
_KEYS_SHOWN = 12
_DECODER = json.JSONDecoder()
_TYPES = {
    dict: Message("an object"),
    list: Message("a list"),
    str: Message("text"),
    bool: Message("a truth value"),
    type(None): Message("null"),
}


def read_json_lines(lines: Iterator[RawLine], path: str, fields: Fields = UNCHANGED) -> Iterator[Article | CorpusError]:
    """One record a line; blank lines are passed over. Raises CorpusError where all are blank."""
    empty = True
    for line in lines:
        if line.text is None:
            empty = False
            yield CorpusError(path, line.number, line.refused)
        elif line.text.strip():
            empty = False
            yield from _line_article(line.text, path, line.number, fields)
    if empty:
        raise CorpusError(path, None, EMPTY)


def read_json(text: str, path: str, fields: Fields = UNCHANGED) -> Iterator[Article | CorpusError]:
    """A JSON document: an array of records, one record, or an object with the array `articles`.

    Records are decoded one after the other, so those before a broken one are kept. Several values
    in one file, as in JSON lines under the wrong name, are read as well.
    """
    line, counted = 1, 0
    for record, at in _records(text, path):
        line, counted = line + text.count("\n", counted, at), at
        yield from _record_article(record, path, line, fields)


def read_csv(lines: Iterator[RawLine], path: str, fields: Fields = UNCHANGED) -> Iterator[Article | CorpusError]:
    """A table with a header. Cells are parted by commas, semicolons or tabs, as the header shows.

    `related` may hold a JSON list, or titles parted by line feeds. Raises CorpusError where the
    header is missing, cannot be read, or names no title.
    """
    import csv

    csv.field_size_limit(max(csv.field_size_limit(), MAX_LINE_BYTES))  # its default, 128 KiB, is a long article
    feed = _Feed(lines, path)
    header = next(filter(str.strip, feed), None)
    if header is None:
        raise CorpusError(path, None, EMPTY)
    delimiter = max(",;\t", key=header.count)
    keys = [key.strip().lower() for key in next(csv.reader([header], delimiter=delimiter), [])]
    if fields.theirs("title").lower() not in keys:
        reason = Message(
            "no column is named {title!r}; the first line must name the columns", title=fields.theirs("title")
        )
        raise CorpusError(path, feed.number, _hinted(reason, keys) if len(keys) > 1 else reason)
    rows = csv.reader(feed, delimiter=delimiter, strict=True)
    while True:
        first = feed.number + 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except CorpusError as refused:
            yield refused
        except csv.Error as error:
            yield CorpusError(path, first, Message("not CSV: {error}", error=cause(error)))
        else:
            if any(cells):
                yield from _row_article(keys, cells, path, first, fields)


class _Feed:
    """The lines of a CSV file for its reader; a refused line raises, and the next call goes on."""

    def __init__(self, lines: Iterator[RawLine], path: str) -> None:
        self._lines = lines
        self._path = path
        self.number = 0

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number = line.number
        if line.text is None:
            raise CorpusError(self._path, line.number, line.refused)
        return line.text.replace("\0", "")


def _row_article(keys: Sequence[str], cells: Sequence[str], path: str, line: int, fields: Fields) -> Items:
    if len(cells) != len(keys):
        return (
            CorpusError(
                path, line, Message("the row has {cells} cells and the header {keys}", cells=len(cells), keys=len(keys))
            ),
        )
    record: dict[str, object] = dict(fields.lowered().read(dict(zip(keys, cells, strict=True))))
    related = str(record.get("related") or "").strip()
    record["related"] = [title for title in related.splitlines() if title.strip()]
    if related.startswith("["):
        try:
            record["related"] = json.loads(related)
        except (ValueError, RecursionError) as error:
            return (CorpusError(path, line, Message("'related' is no JSON list ({reason})", reason=not_json(error))),)
    return _record_article(record, path, line, UNCHANGED)


# JSON


def _line_article(text: str, path: str, line: int, fields: Fields) -> Items:
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        return (CorpusError(path, line, not_json(error)),)
    return _record_article(record, path, line, fields)


def not_json(error: Exception) -> Message:
    """What is wrong with a text that should be JSON."""
    if isinstance(error, json.JSONDecodeError):
        return Message("not JSON: {error} at column {column}", error=Message(error.msg), column=error.colno)
    return Message("not JSON that can be read: {error}", error=cause(error))  # nested too deep, or a number too long


def _records(text: str, path: str) -> Iterator[tuple[object, int]]:
    """Every record of a JSON document, and the place where it starts."""
    at = _blank_end(text, 0)
    while at < len(text):
        if text[at] == "[":
            end = yield from _elements(text, at, path)
        elif (array := _articles_start(text, at, path)) is not None:
            yield from _elements(text, array, path)
            _, end = _decode(text, at, path)
        else:
            record, end = _decode(text, at, path)
            yield record, at
        at = _blank_end(text, end)


def _elements(text: str, start: int, path: str) -> Generator[tuple[object, int], None, int]:
    """Every element of the array that starts here, and its place; returns the place behind the array."""
    at = _blank_end(text, start + 1)
    while text[at : at + 1] != "]":
        element, end = _decode(text, at, path)
        yield element, at
        at = _blank_end(text, end)
    return at + 1


def _articles_start(text: str, start: int, path: str) -> int | None:
    """Where the array `articles` of the object that starts here begins, if there is both."""
    if text[start] != "{":
        return None
    at = _blank_end(text, start + 1)
    while text[at : at + 1] == '"':
        key, at = _decode(text, at, path)
        at = _blank_end(text, at)
        if text[at : at + 1] != ":":
            break
        at = _blank_end(text, at + 1)
        if key == "articles" and text[at : at + 1] == "[":
            return at
        _, at = _decode(text, at, path)
        at = _blank_end(text, at)
    return None


def _decode(text: str, at: int, path: str) -> tuple[object, int]:
    """The JSON value at this place, and the place behind it. Raises CorpusError where there is none."""
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        reason = Message("{reason}; what follows is lost", reason=not_json(error))
        raise CorpusError(path, error.lineno, reason) from error
    except (ValueError, RecursionError) as error:
        raise CorpusError(path, _line_at(text, at), not_json(error)) from error


def _blank_end(text: str, at: int) -> int:
    """The first place that is neither blank nor a comma."""
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _line_at(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


# A record


def _record_article(record: object, path: str, line: int, fields: Fields) -> Items:
    """The article that a record tells of, with a note if its date is strange; or why it cannot be used."""
    try:
        if not isinstance(record, dict):
            raise ValueError(Message("a record must be an object, and this is {type}", type=_type_name(record)))
        record = fields.read(record)
        article = _article(record, path)
    except ValueError as error:
        return (CorpusError(path, line, cause(error)),)
    given = _text(record, "published")
    known = article.published or article.age or not given
    return (article,) if known else (article, unknown_date(path, line, str(given)))


def _article(record: Mapping[str, object], path: str) -> Article:
    """Raises ValueError where a part has a wrong type or there is no title."""
    title = " ".join((_text(record, "title") or "").split())
    if not title:
        other_words = record and "title" not in record
        reason = Message("the record has no title")
        raise ValueError(_hinted(reason, record) if other_words else reason)
    published = _text(record, "published")
    moment = find_date(published) if published else None
    source, url = _text(record, "source"), _text(record, "url")
    copied = _text(record, "copied")
    body, edges = lift_edges(_body(record))
    article = Article(
        id=_id(record) or (url_id(url) if url else article_id(source, moment, title)),
        title=title,
        body=body,
        url=url,
        source=source,
        section=_text(record, "section") or _text(record, "category"),
        city=_text(record, "city"),
        author=_text(record, "author"),
        published=moment,
        caption=_text(record, "caption") or "",
        related=(*_related(record.get("related")), *edges),
        kind=cast(Kind, _choice(record, "kind", get_args(Kind)) or "article"),
        path=path,
        age=published if published and is_age(published) else None,
    )
    return dated(article, find_date(copied) if copied else None)


def _hinted(reason: Message, keys: Iterable[str]) -> Message:
    """A reason, and what to do where a record names its parts in other words."""
    names = ", ".join(sorted(map(str, keys))[:_KEYS_SHOWN])
    return Message(
        "{reason}; its parts are called {names}: name the title's with --field title=NAME", reason=reason, names=names
    )


def _id(record: Mapping[str, object]) -> str | None:
    """The id as text; a whole number is one, too."""
    given = record.get("id")
    return str(given) if isinstance(given, int) and not isinstance(given, bool) else _text(record, "id")


def _body(record: Mapping[str, object]) -> str:
    """The body as it came, line feeds and blanks included."""
    body = record.get("body")
    if body is None:
        return ""
    if not isinstance(body, str):
        raise _no_text("body", body)
    return clean(body)


def _text(record: Mapping[str, object], key: str) -> str | None:
    """One part of a record as trimmed text; None where it is missing, null or blank."""
    value = record.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _no_text(key, value)
    return clean(value).strip() or None


def _choice(record: Mapping[str, object], key: str, choices: Sequence[str]) -> str | None:
    value = _text(record, key)
    if value is not None and value not in choices:
        message = Message(
            "{key!r} must be one of {choices}, and it is {value!r}", key=key, choices=", ".join(choices), value=value
        )
        raise ValueError(message)
    return value


def _related(value: object) -> tuple[RelatedStory, ...]:
    """The edges of a record: a list of titles, or of objects with `title` and what else is known."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise ValueError(Message("'related' must be a list, and it is {type}", type=_type_name(value)))
    return tuple(_story(entry) for entry in value)


def _story(entry: object) -> RelatedStory:
    """One edge. A bare title is a `berita_terkait`, the kind that promises least."""
    story = {"title": entry} if isinstance(entry, str) else entry
    if not isinstance(story, dict):
        raise ValueError(Message("'related' must hold titles or objects, and it holds {type}", type=_type_name(entry)))
    title = _text(story, "title")
    if not title:
        raise ValueError(Message("a story in 'related' has no title"))
    kind = _choice(story, "kind", get_args(EdgeKind)) or "berita_terkait"
    return RelatedStory(
        cast(EdgeKind, kind), title, _text(story, "url"), _text(story, "summary") or "", _text(story, "age")
    )


def _no_text(key: str, value: object) -> ValueError:
    return ValueError(Message("{key!r} must be text, and it is {type}", key=key, type=_type_name(value)))


def _type_name(value: object) -> Message:
    """The type of a JSON value in the words of JSON."""
    return _TYPES.get(type(value), Message("a number"))
