"""Bytes come out as text, unpacked and decoded, and never more of them than the bounds allow."""

from __future__ import annotations

import bz2
import contextlib
import gzip
import itertools
import lzma
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from carinews.corpus import files
from carinews.corpus.files import read_lines, read_text
from carinews.errors import CorpusError

TEXT = "Perahu\n\nSatu dua “tiga”.\n" * 500
PACK: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".xz": lzma.compress,
    ".bz2": bz2.compress,
    ".zst": zstandard.ZstdCompressor(write_checksum=True).compress,
}


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("packing", PACK)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_packings_and_encodings(tmp_path: Path, packing: str, encoding: str) -> None:
    """UTF-8 with or without a mark and UTF-16 with one are the same text, plain or packed."""
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    path = write(tmp_path, "k.txt" + packing, PACK[packing](mark + TEXT.encode(encoding)))
    assert read_text(path) == TEXT
    assert "".join(line.text or "" for line in read_lines(path)) == TEXT


@pytest.mark.parametrize("packing", [".gz", ".xz", ".bz2", ".zst"])
def test_several_packed_streams_in_one_file(tmp_path: Path, packing: str) -> None:
    """Packed files may be concatenated, as the formats promise."""
    path = write(tmp_path, "k.txt" + packing, PACK[packing](b"satu ") + PACK[packing](b"dua"))
    assert read_text(path) == "satu dua"


def test_frames_of_zstandard_of_every_kind(tmp_path: Path) -> None:
    """Streamed frames without a size, skippable frames and repeated bytes are whole files."""
    streamed = zstandard.ZstdCompressor().compressobj()
    data = streamed.compress(b"a" * 500_000 + os.urandom(1000).hex().encode()) + streamed.flush()
    skippable = b"\x50\x2a\x4d\x18\x03\x00\x00\x00xyz"
    assert len(read_text(write(tmp_path, "k.txt.zst", skippable + data))) == 502_000


@pytest.mark.parametrize("packing", [".gz", ".xz", ".bz2", ".zst"])
def test_a_cut_file_is_refused_wherever_it_is_cut(tmp_path: Path, packing: str) -> None:
    """No cut file passes for a shorter one."""
    whole = PACK[packing](os.urandom(300).hex().encode())
    for end in range(1, len(whole)):
        with pytest.raises(CorpusError, match="cannot be read"):
            read_text(write(tmp_path, "k.txt" + packing, whole[:end]))


@pytest.mark.parametrize("packing", [".gz", ".xz", ".bz2", ".zst"])
def test_damaged_bytes_are_refused_or_harmless(tmp_path: Path, packing: str) -> None:
    """A flipped byte gives a CorpusError or the same text, never another one and never another error."""
    whole = PACK[packing](TEXT.encode())
    for place in range(0, len(whole), 3):
        damaged = whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :]
        with contextlib.suppress(CorpusError):
            assert read_text(write(tmp_path, "k.txt" + packing, damaged)) == TEXT


def test_old_eight_bit_text_is_read_where_that_is_allowed(tmp_path: Path) -> None:
    """cp1252 is the last resort, and not for data with NULs or bytes it lacks."""
    path = write(tmp_path, "k.txt", "Judul “lama”".encode("cp1252"))
    assert read_text(path, guess=True) == "Judul “lama”"
    with pytest.raises(CorpusError, match=r"not UTF-8: byte 7 is 0x93; save it as UTF-8"):
        read_text(path)
    for data in (b"\xff\x00\x01", b"Judul \x81\x8d"):
        with pytest.raises(CorpusError, match="not UTF-8"):
            read_text(write(tmp_path, "b.txt", data), guess=True)


def test_half_a_character_of_utf16_is_refused(tmp_path: Path) -> None:
    """By the text and by the line."""
    path = write(tmp_path, "k.txt", "Judul".encode("utf-16")[:-1])
    with pytest.raises(CorpusError, match="not UTF-16"):
        read_text(path)
    with pytest.raises(CorpusError, match="not the UTF-16 it says it is"):
        list(read_lines(path))


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n\n\t", b"\xff\xfe"])
def test_an_empty_file_is_refused(tmp_path: Path, data: bytes) -> None:
    """Blanks and marks are nothing."""
    with pytest.raises(CorpusError, match=r"k\.txt: the file is empty"):
        read_text(write(tmp_path, "k.txt", data))


@pytest.mark.parametrize("packing", PACK)
def test_a_file_beyond_the_bound_is_refused(tmp_path: Path, packing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound counts unpacked bytes; one byte less is read."""
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 2**20)
    assert len(read_text(write(tmp_path, "k.txt" + packing, PACK[packing](b"x" * 2**20)))) == 2**20
    with pytest.raises(CorpusError, match="larger than 1 MiB; split it"):
        read_text(write(tmp_path, "k.txt" + packing, PACK[packing](b"x" * (2**20 + 1))))


@pytest.mark.parametrize("packing", [".gz", ".xz", ".bz2", ".zst"])
def test_a_bomb_is_given_up(tmp_path: Path, packing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A packed file that gives hundreds of times its size is not read to its end."""
    monkeypatch.setattr(files, "_FREE_BYTES", 2**20)
    path = write(tmp_path, "k.jsonl" + packing, PACK[packing](b"\n" * 2**23))
    lines = itertools.islice(read_lines(path), 2**22)
    with pytest.raises(CorpusError, match="more than 200 times its size"):
        list(lines)


def test_a_long_line_is_skipped_and_reading_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound is per line; lines around it are read, with the right numbers."""
    monkeypatch.setattr(files, "MAX_LINE_BYTES", 2**20)
    path = write(tmp_path, "k.jsonl", b"a\n" + b"x" * 2**20 + b"\nb\n" + b"y" * (2**20 - 1) + b"\nc")
    found = [(line.number, line.text and len(line.text), line.refused) for line in read_lines(path)]
    assert found == [
        (1, 2, ""),
        (2, None, "the line is longer than 1 MiB"),
        (3, 2, ""),
        (4, 2**20, ""),
        (5, 1, ""),
    ]


def test_an_endless_line_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without line feeds is not searched for one forever."""
    monkeypatch.setattr(files, "MAX_LINE_BYTES", 2**18)
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 2**20)
    with pytest.raises(CorpusError, match="given up"):
        list(read_lines(write(tmp_path, "k.jsonl", b"x" * 2**21)))


def test_a_line_that_is_not_utf8_costs_only_itself(tmp_path: Path) -> None:
    """Its byte is named."""
    lines = list(read_lines(write(tmp_path, "k.jsonl", b"a\nb\xffc\nd\n")))
    assert [line.text for line in lines] == ["a\n", None, "d\n"]
    assert lines[1].refused == "not UTF-8: byte 2 of the line is 0xff"


def test_other_line_breaks_do_not_count(tmp_path: Path) -> None:
    """Lines end at line feeds only, so numbers agree with every editor."""
    path = write(tmp_path, "k.jsonl", "a\u2028b\x0bc\x85d\r\ne".encode())
    assert [line.text for line in read_lines(path)] == ["a\u2028b\x0bc\x85d\r\n", "e"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_what_is_no_file_is_never_opened(tmp_path: Path) -> None:
    """A FIFO without a writer would hold the reader forever; so would a terminal."""
    fifo = tmp_path / "k.txt"
    os.mkfifo(fifo)
    reason: list[str] = []

    def read() -> None:
        try:
            read_text(fifo)
        except CorpusError as refused:
            reason.append(refused.reason)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    reader.join(5)
    assert reason == ["not a regular file; it is not opened"]
    with pytest.raises(CorpusError, match="not a regular file"):
        read_text(tmp_path)


@pytest.mark.parametrize("name", ["missing.txt", "nul\0.txt"])
def test_an_unreadable_file_is_refused(tmp_path: Path, name: str) -> None:
    """The system's reason is in the message."""
    with pytest.raises(CorpusError, match="cannot be read: "):
        read_text(tmp_path / name)


def test_every_path_can_be_written_as_utf8() -> None:
    """A file name in another encoding is shown with its bytes escaped."""
    assert files.shown(Path(os.fsdecode(b"a/\xff.txt"))) == "a/\\udcff.txt"
