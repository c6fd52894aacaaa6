"""Promises 12, 13 and 17: what a foreign file may cost, and what it may not change."""

from __future__ import annotations

import gzip
import json
import lzma
import os
import random
import resource
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import zstandard

from carinews import Article, CorpusError, Index
from carinews.analysis.analyzer import Analyzer
from carinews.corpus.reader import read_corpus, read_file
from carinews.indexing import update
from reliability.output import printed
from reliability.worlds import WORDS, Child, scratch, seeds

SECONDS, MEGABYTES = 1.0, 50

_BAD_FILES: tuple[tuple[str, bytes], ...] = (
    (".txt", b""),
    (".txt", b" \n\t\r\n"),
    (".txt", b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe"),
    (".txt", b"\xff\x00\x81\x8d"),
    (".txt", b"Iklan\n"),
    (".json", b'{"title": "terpotong'),
    (".json", b"[" * 100_000),
    (".json", b"{}"),
    (".csv", b"id,body\n1,x\n"),
    (".jsonl.gz", b"\x1f\x8b\x08\x00rusak"),
    (".jsonl.xz", b"\xfd7zXZ\x00rusak"),
    (".jsonl.zst", b"\x28\xb5\x2f\xfdrusak"),
)
_BAD_LINES = (
    b'{"title": "terpotong',
    b'{"body": "tanpa judul"}',
    b"\x80\xff\x00",  # not \xff\xfe: with these a file says that it is UTF-16
    b'{"title": 7}',
    b"[1, 2]",
    b'{"title": "x", "related": {}}',
    b"{" * 50_000,
    b'{"title": ""}',
    b'{"title": "x", "body": ["a"]}',
    b"null",
)


def bad_input_costs_itself(cases: int) -> Iterator[str]:
    """Hostile files and lines among good ones: every good one is found, every bad one is named, the exit code is 6."""
    with scratch() as folder:
        root = folder / "corpus"
        good, bad = _mixed(root, cases)
        report = update([root], folder / "index", workers=1)
        refused = {str(error).removeprefix(root.as_posix() + "/").split(": ")[0] for error in report.refused}
        with Index.open(folder / "index") as index:
            for name in good:
                yield "" if index.get(name) else f"{name} is lost"
        for place in bad:
            yield "" if place in refused else f"{place} is not named"
        yield "" if len(report.refused) == len(bad) else f"{len(report.refused)} refused, {len(bad)} bad"
        message = printed(["rebuild", "--corpus", str(root), "--index", str(folder / "again"), "--workers", "1"])
        yield "" if f"{len(bad):,} inputs refused" in message else message[-200:]


def _mixed(root: Path, cases: int) -> tuple[list[str], list[str]]:
    """Files of many kinds with some cases in all: the ids of the good ones, the places of the bad ones."""
    good, bad = list[str](), list[str]()
    for seed in seeds(-(-cases // 10)):
        chance = random.Random(seed)
        folder = root / f"{seed % 50}"
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{seed % 50}/{seed}"
        if chance.random() < 0.5:
            for number in range(5):
                kind, content = chance.choice(_BAD_FILES)
                (root / f"{name}-{number}{kind}").write_bytes(content)
                bad.append(f"{name}-{number}{kind}" + _line_of(kind, content))
                (root / f"{name}-{number}-baik.txt").write_text(f"Judul {seed} nomor {number}\n\nGempa di Palu.")
                good.append(f"judul-{seed}-nomor-{number}")
            continue
        lines = []
        for number in range(1, 11):
            if chance.random() < 0.5:
                lines.append(chance.choice(_BAD_LINES))
                bad.append(f"{name}.jsonl:{number}")
            else:
                lines.append(json.dumps({"id": f"{seed}-{number}", "title": f"Berita {number}"}).encode())
                good.append(f"{seed}-{number}")
        (root / f"{name}.jsonl").write_bytes(b"\n".join(lines))
    return good, bad


def _line_of(kind: str, content: bytes) -> str:
    return ":1" if kind in (".json", ".csv") and content else ""


# -- bounds ----------------------------------------------------------------------------------------------


def reading_is_bounded(cases: int, *, timed: bool = True) -> Iterator[str]:
    """Files too large, too deep, packed too tight, or no files at all, each read in a process of its own."""
    with scratch() as folder:
        traps = list(_traps(folder))
        for number in range(cases):
            name, path, refused = traps[number % len(traps)]
            child = Child(lambda tell, path=path: tell(_reading(path)))
            told = child.next(120)
            child.told()
            assert isinstance(told, list), told
            count, seconds, megabytes = told
            problem = "" if (count > 0) == refused else f"{count} refused"
            if timed and (seconds > SECONDS or megabytes > MEGABYTES):
                problem += f" {seconds:.1f} s, {megabytes:.0f} MB"
            yield problem and f"{name}: {problem}"


def _reading(path: Path) -> tuple[int, float, float]:
    """How many errors there are, seconds of processor time, and megabytes that the reading took."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    refused = 0
    try:
        for item in read_corpus(path) if path.is_dir() else read_file(path):
            refused += isinstance(item, CorpusError)
    except CorpusError:
        refused += 1
    after = resource.getrusage(resource.RUSAGE_SELF)
    return refused, after.ru_utime - before.ru_utime, (after.ru_maxrss - before.ru_maxrss) / 1024


def _traps(folder: Path) -> Iterator[tuple[str, Path, bool]]:
    """Each trap with its path, and whether it is to be refused; else there is nothing to be seen."""

    def file(name: str, write: Callable[[Path], object]) -> Path:
        write(folder / name)
        return folder / name

    def sparse(size: int) -> Callable[[Path], object]:
        return lambda path: os.truncate(_touched(path), size)

    bomb = b"\n" * 2**26
    yield "a text of 1 GiB", file("a.txt", sparse(2**30)), True
    yield "a JSON file of 1 GiB", file("a.json", sparse(2**30)), True
    yield "a line of 1 GiB", file("a.jsonl", sparse(2**30)), True
    yield "a gzip bomb", file("b.jsonl.gz", lambda path: path.write_bytes(gzip.compress(bomb, 9))), True
    yield "an xz bomb", file("b.jsonl.xz", lambda path: path.write_bytes(lzma.compress(bomb))), True
    yield "a zstd bomb", file("b.jsonl.zst", lambda path: path.write_bytes(_zst(bomb))), True
    yield "a gzip bomb of text", file("b.txt.gz", lambda path: path.write_bytes(gzip.compress(bomb, 9))), True
    yield "JSON nested a million deep", file("d.json", lambda path: path.write_bytes(b"[" * 10**6)), True
    yield "a number of a million digits", file("n.json", lambda path: path.write_bytes(b"9" * 10**6)), True
    yield "a FIFO", file("f.txt", os.mkfifo), True
    yield "a device", Path("/dev/zero"), True
    yield "a folder by the name of a text", file("o.txt", Path.mkdir), False
    linked = folder / "linked"
    linked.mkdir()
    (linked / "out.txt").symlink_to(folder / "a.txt")
    (linked / "zero.txt").symlink_to("/dev/zero")
    (linked / "up").symlink_to(folder)
    (linked / "circle.txt").symlink_to(linked / "circle.txt")
    yield "links that lead out", linked, False


def _touched(path: Path) -> Path:
    path.touch()
    return path


def _zst(data: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=19).compress(data)


# -- encodings -------------------------------------------------------------------------------------------

_CURLY = str.maketrans({"'": "’", '"': "”", "-": "‐"})
_LETTERS = "abdegiklmnprstuéèçğöüñıİşÅﬁ"


def encoding_leaves_no_trace(cases: int) -> Iterator[str]:
    """A text and the same text encoded otherwise: the same terms, found by the same queries, read from any file."""
    analyzer = Analyzer()
    with scratch() as folder:
        for seed in seeds(cases):
            chance = random.Random(seed)
            text = _sentence(chance)
            other = _otherwise(text, chance)
            same = [token[:3] for token in analyzer(text)] == [token[:3] for token in analyzer(other)]
            problem = "" if same else f"{text!r} and {other!r} have other terms"
            if seed % 50 == 0:
                problem = problem or _from_files(folder, text, other, chance)
            yield problem


def _sentence(chance: random.Random) -> str:
    words = [*WORDS, "Jum'at", "Al-Qaeda", "anak-anak", "Erdoğan", "José", "Serang", "17.000", "3,5", "B.J.", "KPK-nya"]
    made = ["".join(chance.choices(_LETTERS, k=chance.randrange(3, 9))) for _ in range(3)]
    return " ".join(chance.choices([*words, *made], k=chance.randrange(1, 9)))


def _otherwise(text: str, chance: random.Random) -> str:
    """The same text in another form of Unicode, with invisible signs inside of words, or with curly signs."""
    text = unicodedata.normalize(chance.choice(["NFC", "NFD"]), text)
    if chance.random() < 0.5:
        text = text.translate(_CURLY)
    if chance.random() < 0.5:
        signs = list(text)
        for place in range(len(signs) - 1, 0, -1):
            inside = signs[place - 1].isalpha() and (signs[place].isalpha() or unicodedata.combining(signs[place]))
            if inside and chance.random() < 0.2:
                signs.insert(place, chance.choice("\u00ad\u200b\u200c\u200d\u2060\ufeff"))
        text = "".join(signs)
    return text


def _from_files(folder: Path, text: str, other: str, chance: random.Random) -> str:
    """What is wrong with the same article read from files in two encodings."""
    answers = []
    encodings = ["utf-8", "utf-8-sig", "utf-16"]
    for number, body in enumerate((text, other)):
        path = folder / f"{number}.txt"
        path.write_text(
            f"Judul Berita\n\nGempa {body} selesai.\n", encoding=encodings[(chance.randrange(3) + number) % 3]
        )
        (article,) = (item for item in read_file(path) if isinstance(item, Article))
        with Index.build([article], folder / "index", workers=1) as index:
            words = [token.form for token in Analyzer()(text)]
            counted = [[index.search(query).total for query in (word, f'"{word}"', body)] for word in words]
            answers.append((article.id, article.title, counted))
    return "" if answers[0] == answers[1] else f"{text!r} and {other!r}: {answers}"
