"""Text in any encoding that news is found in comes out as it was written, or is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carinews.corpus.encodings import encoding_of, is_mostly_utf8, unmarked_utf16
from carinews.corpus.files import decode, read_lines, read_text
from carinews.errors import CorpusError

NEWS = "“Kapal kami singgah sepekan,” kata nakhoda – dan café di dermaga buka… hingga malam. " * 3
RUSSIAN = "Корабль пришёл в порт рано утром, и дети уже ждали его на причале с книгами в руках. " * 8
CHINESE = "一艘载有两千本书的木船于星期一早晨抵达海湾，孩子们已经在码头等候多时了。" * 8


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_indonesian_news_comes_out_as_it_was_written(encoding: str) -> None:
    """Curly quotes, dashes and accents included."""
    assert decode(NEWS.encode(encoding), "k.txt") == NEWS


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark_is_known_by_its_zeros(encoding: str) -> None:
    """Every second byte of Latin text is one."""
    plain = NEWS.encode("ascii", "ignore").decode()
    assert decode(plain.encode(encoding), "k.txt") == plain
    assert unmarked_utf16(plain.encode()) is None
    assert unmarked_utf16(b"\0") is None


@pytest.mark.parametrize(("text", "encoding"), [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (CHINESE, "gb18030")])
def test_other_scripts_are_detected(text: str, encoding: str) -> None:
    """By charset-normalizer, as most of their bytes are not ASCII."""
    assert decode(text.encode(encoding), "k.txt") == text


def test_a_page_may_name_its_encoding() -> None:
    """It is believed where the bytes are not UTF-8; what is called latin-1 is Windows-1252 in practice."""
    page = f'<html><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">{NEWS}'
    assert decode(page.encode("cp1252"), "k.html") == page
    assert decode(page.encode(), "k.html") == page
    page = f'<meta charset="koi8-r"><p>{RUSSIAN[:20]}</p>'
    assert decode(page.encode("koi8-r"), "k.html") == page
    assert decode(RUSSIAN[:20].encode("cp1251"), "k.html", declared="windows-1251") == RUSSIAN[:20]
    for nonsense in ("tidak-ada", "utf-16", "\0", "idna"):
        assert decode(NEWS.encode("cp1252"), "k.html", declared=nonsense) == NEWS


def test_damage_is_no_encoding() -> None:
    """A few odd bytes in a text are refused with their place; on a page they become signs of what is lost."""
    damaged = NEWS.encode() + b"\xff" + NEWS.encode()
    assert is_mostly_utf8(damaged)
    with pytest.raises(CorpusError, match=rf"k\.txt: not UTF-8: byte {len(NEWS.encode()) + 1} is 0xff"):
        decode(damaged, "k.txt", guess=False)
    assert decode(damaged, "k.html", guess=False, damaged=True) == f"{NEWS}\ufffd{NEWS}"


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe", b"Judul \x81\x8d", b"a\nb\xffc\n"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    """Pictures, and bytes that no text holds."""
    with pytest.raises(CorpusError, match="not UTF-8"):
        decode(data, "k.txt")


def test_a_table_in_windows_1252_is_read_line_by_line(tmp_path: Path) -> None:
    """As spreadsheets save it; and a single bad line in UTF-8 still costs only itself."""
    path = tmp_path / "k.csv"
    path.write_bytes("judul,isi\n“Kapal”,café\n".encode("cp1252") * 3)
    assert [line.text for line in read_lines(path, guess=True)] == ["judul,isi\n", "“Kapal”,café\n"] * 3
    path.write_bytes("“Kapal” datang – lagi\n".encode() + b"b\xe9c\n" + b"d\n")
    assert [line.text for line in read_lines(path, guess=True)] == ["“Kapal” datang – lagi\n", None, "d\n"]


def test_a_wide_table_is_read_line_by_line(tmp_path: Path) -> None:
    """UTF-16 without its mark, as some exports are."""
    path = tmp_path / "k.csv"
    path.write_bytes("judul,isi\nKapal,dua\n".encode("utf-16-le"))
    assert [line.text for line in read_lines(path, guess=True)] == ["judul,isi\n", "Kapal,dua\n"]


@given(st.binary(max_size=300) | st.text(max_size=99).map(lambda text: text.encode("utf-16-le", "ignore")))
def test_any_bytes_have_an_encoding_or_none(data: bytes) -> None:
    """What is named can decode them; nothing else happens."""
    try:
        name = encoding_of(data)
    except UnicodeDecodeError:
        return
    data.decode(name, "strict" if name != "utf-16" else "replace")


def test_without_guessing_only_utf_is_text(tmp_path: Path) -> None:
    """Whoever wants to be strict is."""
    path = tmp_path / "k.txt"
    path.write_bytes(NEWS.encode("cp1252"))
    assert read_text(path, guess=True) == NEWS
    with pytest.raises(CorpusError, match="save it as UTF-8"):
        read_text(path)
