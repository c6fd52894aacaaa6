"""A feed is read entry by entry, RSS and Atom alike."""

from __future__ import annotations

import itertools
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("feedparser", reason="needs the extra: pip install 'carinews[feeds]'")

from carinews.corpus.feeds import read_feed
from carinews.corpus.reader import read_file
from carinews.errors import CorpusError, CorpusNote
from carinews.model import Article

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Kabar Laut</title><link>https://kabar.id</link>
<item>
  <title>Perpustakaan &lt;b&gt;Terapung&lt;/b&gt; Singgah</title>
  <link>https://laut.kabar.id/read/99/perpustakaan</link>
  <pubDate>Tue, 18 Apr 2017 16:19:00 +0700</pubDate>
  <dc:creator>Tio Laras</dc:creator><category>Laut</category>
  <description>Ringkasan yang pendek.</description>
  <content:encoded><![CDATA[<p>KABAR.ID, Muara Seni - Kapal itu membawa dua ribu buku.</p>
  <p>Baca juga: <a href="/1">Sekolah Apung Menerima Murid</a></p><p>Anak-anak sudah menunggu.</p>]]></content:encoded>
</item>
<item><title>Hanya Ringkasan</title>
  <description>&lt;img src="a.jpg"/&gt;Kapal datang.&lt;br/&gt;Ia pergi.</description></item>
<item><title>Tanggal Aneh</title><pubDate>zaman dulu</pubDate><description>Isi.</description></item>
<item><description>Tanpa judul.</description></item>
</channel></rss>
"""
ATOM = """<?xml version="1.0" encoding="iso-8859-1"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Kabar</title>
<entry><title>Kapal café</title><link rel="alternate" href="https://kabar.co.id/2"/><updated>2017-04-18T09:19:00Z</updated>
<author><name>Sari Melati</name></author><summary type="html">&lt;p&gt;Kapal datang.&lt;/p&gt;</summary></entry></feed>
"""


def read(data: str | bytes) -> list[Article | CorpusError]:
    return list(read_feed(data.encode() if isinstance(data, str) else data, "kabar.xml"))


def test_an_entry_is_an_article() -> None:
    """Its text is read as that of a page is: dateline, editors' links, paragraphs."""
    article = read(RSS)[0]
    assert isinstance(article, Article)
    assert article.title == "Perpustakaan Terapung Singgah"
    assert article.published == datetime.fromisoformat("2017-04-18T16:19:00+07:00")
    assert (article.author, article.section, article.city) == ("Tio Laras", "Laut", "Muara Seni")
    assert (article.url, article.source) == ("https://laut.kabar.id/read/99/perpustakaan", "kabar.id")
    assert article.body == "Kapal itu membawa dua ribu buku.\n\nAnak-anak sudah menunggu."
    assert [story.title for story in article.related] == ["Sekolah Apung Menerima Murid"]


def test_entries_may_know_little() -> None:
    """A summary is better than nothing; a strange date costs itself, a missing title the entry, and both are named."""
    _, summary, strange, note, untitled = read(RSS)
    assert isinstance(summary, Article)
    assert (summary.body, summary.source, summary.published) == ("Kapal datang.\n\nIa pergi.", "Kabar Laut", None)
    assert isinstance(strange, Article)
    assert isinstance(note, CorpusNote)
    assert str(note).startswith("kabar.xml:3: the date 'zaman dulu' was not understood")
    assert str(untitled) == "kabar.xml:4: the entry has no title"


def test_atom_in_another_encoding() -> None:
    """The prolog names it."""
    (article,) = read(ATOM.encode("iso-8859-1"))
    assert isinstance(article, Article)
    assert (article.title, article.author, article.body) == ("Kapal café", "Sari Melati", "Kapal datang.")
    assert article.published == datetime.fromisoformat("2017-04-18T09:19:00+00:00")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("<a><b/></a>", "neither RSS nor Atom"),
        ("bukan xml", "neither RSS nor Atom"),
        ("/etc/passwd", "neither RSS nor Atom"),
        ("<rss version='2.0'><channel><title>Kosong</title></channel></rss>", "the feed has no entries"),
    ],
)
def test_what_is_no_feed_is_refused(data: str, reason: str) -> None:
    """Nothing is fetched and no other file is read, whatever stands in this one."""
    with pytest.raises(CorpusError, match=reason):
        read(data)


def test_a_feed_cut_short_keeps_its_whole_entries() -> None:
    """And a note says that there may be more."""
    found = read(RSS[: RSS.index("<item><title>Tanggal")])
    assert [item.title for item in found if isinstance(item, Article)] == [
        "Perpustakaan Terapung Singgah",
        "Hanya Ringkasan",
    ]
    assert "damaged" in str(found[-1])


def test_a_bomb_of_entities_stays_small() -> None:
    """Entities that stand for entities are not expanded."""
    names = "abcdefghij"
    bomb = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in itertools.pairwise(names))
    data = f'<!DOCTYPE x [<!ENTITY a "kapal">{bomb}]>{RSS.partition("?>")[2].replace("Hanya Ringkasan", "&j;")}'
    assert all(len(item.title) < 1000 for item in read(data) if isinstance(item, Article))


@pytest.mark.parametrize("name", ["k.xml", "k.rss", "k.atom"])
def test_a_feed_is_a_file_of_a_corpus(tmp_path: Path, name: str) -> None:
    """By each of its endings."""
    (tmp_path / name).write_text(RSS, encoding="utf-8")
    assert sum(isinstance(item, Article) for item in read_file(tmp_path / name)) == 3


@given(st.lists(st.sampled_from(RSS.split("<")) | st.text(max_size=9), max_size=40).map("<".join))
def test_any_text_is_a_feed_or_refused(data: str) -> None:
    """No file makes the reader fail."""
    try:
        found = read(data or " ")
    except CorpusError:
        return
    assert found
