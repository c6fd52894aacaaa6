"""CURRENT: whole or refused, of this version or refused, and never a silent wrong answer."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from carinews import Article, Index, IndexCorrupt, IndexMissing, IndexVersionError
from carinews.index import manifest
from carinews.index.manifest import CURRENT, Manifest
from carinews.index.storage import Folder

QUERIES = ("gempa palu", '"rumah sakit"', "judul:moskow OR isis", "-gempa", "anak-anak beras", "kremlin")


@pytest.fixture
def eventful(index_path: Path, articles: tuple[Article, ...]) -> Path:
    """An index of several files: two generations of segments, deletions, and notes on sources."""
    with Index.writer(index_path) as writer:
        writer.delete("panen")
        writer.add(Article(id="baru", title="Kabar Baru", body="Gempa susulan di Palu."))
        writer.sources["corpus/a.txt"] = [1, 2]
    assert {file.name.partition("-")[0] for file in own_files(index_path)} == {"segment", "deleted", "sources", CURRENT}
    return index_path


def own_files(path: Path) -> list[Path]:
    """The files that the current generation is made of."""
    records = manifest.read(Folder(path)).files()
    return [path / CURRENT, *(path / record.name for record in records)]


def everything(path: Path) -> list[object]:
    """All that one may ask of an index: searches with snippets and facets, and every article."""
    with Index.open(path) as index:
        results = [index.search(query, facets=True, limit=50) for query in QUERIES]
        answers: list[object] = [(found.hits, found.total, found.facets) for found in results]
        answers += [index.get(name) for name in ("gempa-palu", "bantuan-palu", "moskow", "isis", "beras", "baru")]
        return [*answers, len(index), index.related("gempa-palu"), str(index.explain("gempa palu", "gempa-palu"))]


def replaced(file: Path, content: bytes) -> None:
    """Put other bytes in the place of a file; whoever has the old one mapped keeps it."""
    file.unlink()
    file.write_bytes(content)


def check_damage(path: Path, file: Path, damaged: bytes, right: list[object]) -> None:
    """A damaged file gives the right answer or IndexCorrupt, and `verify` finds it in any case."""
    whole = file.read_bytes()
    replaced(file, damaged)
    try:
        with pytest.raises(IndexCorrupt, match=re.escape(str(path))):
            Index.verify(path)
        with suppress(IndexCorrupt):
            assert everything(path) == right
    finally:
        replaced(file, whole)


def test_a_changed_byte_is_never_a_wrong_answer(eventful: Path) -> None:
    """Some 600 random bytes, one at a time, over all files of an index."""
    right, chance = everything(eventful), random.Random(20121)
    for file in own_files(eventful) * 120:
        content = bytearray(file.read_bytes())
        content[chance.randrange(len(content))] ^= chance.randrange(1, 256)
        check_damage(eventful, file, bytes(content), right)


def test_a_file_cut_short_is_never_a_wrong_answer(eventful: Path) -> None:
    """Every file cut at random places, at its beginning too, or with bytes behind its end."""
    right, chance = everything(eventful), random.Random(20122)
    for file in own_files(eventful):
        content = file.read_bytes()
        for length in {0, len(content) - 1, *(chance.randrange(len(content)) for _ in range(15))}:
            check_damage(eventful, file, content[:length], right)
        check_damage(eventful, file, content + b"\0", right)
        check_damage(eventful, file, content + content, right)


def test_verify_finds_a_change_of_any_byte(eventful: Path) -> None:
    """No byte of CURRENT, its white space included, and no byte of a file (every 13th is tried) can change unseen."""
    assert Index.verify(eventful) == len(own_files(eventful))
    for file in own_files(eventful):
        content = file.read_bytes()
        for place in range(0, len(content), 1 if file.name == CURRENT else 13):
            other = b"\t" if content[place : place + 1] == b" " else bytes([content[place] ^ 1])
            file.write_bytes(content[:place] + other + content[place + 1 :])
            with pytest.raises(IndexCorrupt):
                Index.verify(eventful)
        file.write_bytes(content)
    Index.verify(eventful)


@pytest.mark.parametrize("open_it", [Index.open, Index.writer, Index.verify])
def test_a_missing_file_is_named(eventful: Path, open_it: Callable[[Path], object]) -> None:
    """Without one of its files an index is corrupt: the message names the file and the remedy."""
    (file,) = eventful.glob("deleted-*.bin")
    file.unlink()
    with pytest.raises(IndexCorrupt, match=file.name):
        open_it(eventful)


def test_another_format_is_a_version_error(eventful: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index of another layout is refused, and the message says how to make it again."""
    today = manifest.FORMAT
    monkeypatch.setattr(manifest, "FORMAT", 99)
    with pytest.raises(IndexVersionError, match=rf"format {today}.*reads format 99.*carinews rebuild"):
        Index.open(eventful)


def test_another_analysis_is_a_version_error(eventful: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index of terms that this analyser does not make is refused by readers and by writers, and can be rebuilt."""
    monkeypatch.setattr(manifest, "fingerprint", lambda: "lain")
    for open_it in (Index.open, Index.writer, Index.verify):
        with pytest.raises(IndexVersionError, match=r"analysis '\d+-\w{16}'.*analyses as 'lain'.*carinews rebuild"):
            open_it(eventful)
    monkeypatch.undo()
    with Index.build([], eventful) as rebuilt:
        assert len(rebuilt) == 0


def test_a_missing_index_is_missing(tmp_path: Path) -> None:
    """No folder, an empty folder, and a file where a folder should be: there is no index, and how to build one."""
    (tmp_path / "file").write_text("")
    for path in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(IndexMissing, match=r"no index here; build one with 'carinews index'"):
            Index.open(path)
    with pytest.raises(IndexMissing, match="not the folder of an index"):
        Index.open(tmp_path / "file")


def test_a_damaged_index_is_not_a_missing_one(eventful: Path) -> None:
    """Whoever looks for an index is told of the damage, so that nobody builds over it unasked."""
    (eventful / CURRENT).write_bytes(b"{}")
    with pytest.raises(IndexCorrupt):
        Index.open(eventful)


def test_a_manifest_survives_the_disk(tmp_path: Path) -> None:
    """What is written is what is read."""
    written = Manifest(generation=7)
    manifest.write(Folder(tmp_path), written)
    assert manifest.read(Folder(tmp_path)) == written


def test_a_manifest_names_files_of_its_own_only(eventful: Path) -> None:
    """A CURRENT that leads out of the folder is refused, even with a digest that fits."""
    text = (eventful / CURRENT).read_text().splitlines()[1]
    assert "segment-000001-001.bin" in text
    text = text.replace("segment-000001-001.bin", "../../../etc/passwd")
    (eventful / CURRENT).write_text(f"{manifest._head(manifest.FORMAT, text)}\n{text}\n")
    with pytest.raises(IndexCorrupt):
        Index.open(eventful)
