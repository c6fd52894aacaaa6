"""A web archive gives the articles among its pages, dated by the day of the copy."""

from __future__ import annotations

import gzip
from datetime import datetime
from pathlib import Path
from random import Random

import pytest

pytest.importorskip("warcio", reason="needs the extra: pip install 'carinews[warc]'")

from carinews.corpus import files
from carinews.corpus.reader import read_file
from carinews.errors import CorpusError, CorpusNote
from carinews.model import Article

from .webpages import PARAGRAPHS, TITLE, Saved, p, page

ARTICLE = Saved("liputan6-2016").html.encode()
FRONT_PAGE = page(
    "<title>Kabar</title>", "<ul>" + "<li><a href='/1'>Kapal datang lagi</a></li>" * 30 + "</ul>"
).encode()


def record(kind: str, block: bytes, url: str = "") -> bytes:
    """One record of WARC 1.1 (ISO 28500)."""
    target = f"WARC-Target-URI: {url}\r\n" if url else ""
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\n{target}WARC-Date: 2024-05-06T03:30:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:12345678-feed-dead-beef-1234567890ab>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def archive(*answers: tuple[str, str, bytes], packed: bool = True, status: str = "200 OK") -> bytes:
    """The bytes of an archive of these answers: address, kind, content."""
    records = [record("warcinfo", b"software: uji\r\n")]
    for url, kind, content in answers:
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n"
        records.append(record("response", head.encode() + content, url))
    return b"".join(gzip.compress(part) if packed else part for part in records)


def read(folder: Path, data: bytes, name: str = "k.warc.gz") -> list[Article | CorpusError]:
    (folder / name).write_bytes(data)
    return list(read_file(folder / name))


def test_pages_are_articles_of_a_known_address_and_day(tmp_path: Path) -> None:
    """The ages on them count from the moment of the copy."""
    html = ARTICLE.replace(b'rel="canonical"', b'rel="other"')
    (article,) = read(tmp_path, archive(("https://www.kabar.id/99", "text/html; charset=utf-8", html)))
    assert isinstance(article, Article)
    assert (article.title, article.url, article.source) == (TITLE, "https://www.kabar.id/99", "kabar.id")
    assert article.published == datetime.fromisoformat("2017-04-18T16:19:00+07:00")
    aged = article.related[-1]
    assert (aged.age, aged.date_certainty) == ("11 hari lalu", "relative")
    assert aged.published == datetime.fromisoformat("2024-04-25T00:00:00+00:00")


@pytest.mark.parametrize("name", ["k.warc", "k.warc.gz", "k.warc.xz", "k.warc.bz2"])
def test_archives_may_be_packed(tmp_path: Path, name: str) -> None:
    """Record by record, as the format has it, or as a whole."""
    import bz2
    import lzma

    data = archive(("https://kabar.id/99", "text/html", ARTICLE), packed=name.endswith(".gz"))
    pack = {"xz": lzma.compress, "bz2": bz2.compress}.get(name.rsplit(".")[-1], bytes)
    assert [item.title for item in read(tmp_path, pack(data), name) if isinstance(item, Article)] == [TITLE]


def test_what_is_no_article_is_passed_over(tmp_path: Path) -> None:
    """Pictures and errors without a word, front pages with a note that counts them."""
    data = archive(
        ("https://kabar.id/", "text/html", FRONT_PAGE),
        ("https://kabar.id/a.png", "image/png", b"\x89PNG"),
        ("https://kabar.id/99", "text/html", ARTICLE),
        ("https://kabar.id/terbaru", "text/html", FRONT_PAGE),
    )
    article, note = read(tmp_path, data)
    assert isinstance(article, Article)
    assert isinstance(note, CorpusNote)
    assert note.reason == "2 pages of the archive are no articles and were passed over"
    assert read(tmp_path, archive(("https://kabar.id/99", "text/html", ARTICLE), status="404 Not Found")) == []


def test_an_encoding_may_be_named_in_the_answer(tmp_path: Path) -> None:
    """The header of the answer is believed where the bytes are not UTF-8."""
    body = p(PARAGRAPHS[0] + " Привет.", *PARAGRAPHS[1:])
    html = f'<meta property="og:type" content="article"><h1>{TITLE}</h1>{body}'.encode("cp1251")
    (article,) = read(tmp_path, archive(("https://kabar.id/99", "text/html; charset=windows-1251", html)))
    assert isinstance(article, Article)
    assert "Привет" in article.body


def test_a_bad_page_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named with its place in the archive and its address; the pages around it are read."""
    monkeypatch.setattr("carinews.corpus.archives.MAX_PAGE_BYTES", 2**20)
    data = archive(
        ("https://kabar.id/besar", "text/html", b"<p>" + Random(1).randbytes(2**20).hex().encode()),  # no bomb
        ("https://kabar.id/kosong", "text/html", b""),
        ("https://kabar.id/99", "text/html", ARTICLE),
    )
    large, empty, article = read(tmp_path, data)
    assert str(large).endswith("k.warc.gz:2: https://kabar.id/besar: the page is larger than 1 MiB")
    assert "k.warc.gz:3: https://kabar.id/kosong: there is no page in it" in str(empty)
    assert isinstance(article, Article)


@pytest.mark.parametrize("data", [b"", b"bukan arsip\n" * 9, gzip.compress(b"bukan arsip\n" * 9)])
def test_what_is_no_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    """An error, and nothing else."""
    (error,) = read(tmp_path, data, "k.warc" if not data.startswith(b"\x1f") else "k.warc.gz")
    assert isinstance(error, CorpusError)


def test_a_cut_archive_keeps_what_stands_before_the_cut(tmp_path: Path) -> None:
    """Articles until it breaks, then the reason."""
    data = archive(*((f"https://kabar.id/{n}", "text/html", ARTICLE) for n in range(5)))
    *articles, last = read(tmp_path, data[:-200])
    assert len(articles) >= 3
    assert isinstance(last, CorpusError)


def test_a_bomb_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive that unpacks to hundreds of times its size is not read to its end."""
    monkeypatch.setattr(files, "_FREE_BYTES", 2**20)
    data = archive(("https://kabar.id/bom", "text/html", b"<p>" + b" " * 2**24))
    assert "times its size" in str(read(tmp_path, data)[-1])
