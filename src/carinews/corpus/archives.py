"""Web archives (WARC), read as articles. warcio reads the records; every page in them is read as a saved one.

An archive knows where a page came from and when it was copied, so the ages on it become dates.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import RawIOBase
from typing import Any

from carinews.corpus.files import MAX_PAGE_BYTES, decode
from carinews.corpus.webpage import parse_archived
from carinews.errors import CorpusError, CorpusNote
from carinews.model import Article, aware
from carinews.wording import Message, cause

_PAGES = ("text/html", "application/xhtml+xml")


def read_archive(stream: RawIOBase, path: str) -> Iterator[Article | CorpusError]:
    """Every article among the answers in an archive. The "line" of what is wrong is the record's place.

    Answers that are no pages, that failed, or that are pages without an article (a front page, a list)
    are passed over; a note says how many of the last. Raises CorpusError where the archive is damaged,
    or the extra `warc` is not installed.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        reason = Message("to read web archives, install the extra: pip install 'carinews[warc]'")
        raise CorpusError(path, None, reason) from error
    passed_over, number = 0, 0
    try:
        for number, record in enumerate(ArchiveIterator(stream), 1):
            if _is_page(record):
                found = list(_read_record(record, path, number))
                passed_over += not found
                yield from found
    except ArchiveLoadFailed as error:
        raise CorpusError(path, number + 1, Message("the archive is damaged: {error}", error=cause(error))) from error
    if not number:
        raise CorpusError(path, None, Message("there is no record in the archive"))
    if passed_over:
        yield CorpusNote(
            path,
            None,
            Message("{pages:,} pages of the archive are no articles and were passed over", pages=passed_over),
        )


def _is_page(record: Any) -> bool:
    if record.rec_type not in ("response", "resource"):
        return False
    headers = record.http_headers
    kind = (headers.get_header("Content-Type") if headers else record.rec_headers.get_header("Content-Type")) or ""
    return kind.split(";")[0].strip().lower() in _PAGES and (headers is None or headers.get_statuscode() == "200")


def _read_record(record: Any, path: str, number: int) -> Iterator[Article | CorpusError]:
    """The article of one answer; nothing where it is a page without one."""
    url = record.rec_headers.get_header("WARC-Target-URI")
    notes: list[CorpusNote] = []
    try:
        data = record.content_stream().read(MAX_PAGE_BYTES + 1)
        if len(data) > MAX_PAGE_BYTES:
            raise CorpusError(path, number, Message("the page is larger than {most} MiB", most=MAX_PAGE_BYTES // 2**20))
        text = decode(data, path, declared=_charset(record), damaged=True)
        article = parse_archived(text, path, notes, url=url, copied=_copied(record))
    except CorpusError as refused:
        yield CorpusError(path, number, Message("{place}: {reason}", place=url, reason=refused.reason))
        return
    if article is not None:
        yield article
        yield from (
            CorpusNote(path, number, Message("{place}: {reason}", place=url, reason=note.reason)) for note in notes
        )


def _charset(record: Any) -> str | None:
    kind = record.http_headers.get_header("Content-Type") if record.http_headers else ""
    _, _, charset = (kind or "").lower().partition("charset=")
    return charset.split(";")[0].strip(" \"'") or None


def _copied(record: Any) -> datetime | None:
    try:
        return aware(record.rec_headers.get_header("WARC-Date"))
    except ValueError:
        return None
