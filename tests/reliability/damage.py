"""Promises 6, 7 and 18: no damaged, hostile or old file of an index is ever answered from."""

from __future__ import annotations

import hashlib
import json
import pickle
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from carinews import Index, IndexCorrupt
from carinews.index import manifest
from carinews.index.manifest import CURRENT
from carinews.index.storage import Folder
from reliability.worlds import article, body, scratch, seeds

QUERIES = ("gempa palu", 'judul:berita "harga beras"', "-gempa", "ta*")


def damage_is_found(cases: int) -> Iterator[str]:
    """Bytes of a random file are flipped, cut off, zeroed, or exchanged: the right answer, or IndexCorrupt."""
    with scratch() as folder:
        plain, with_lists = folder / "plain", folder / "lists"
        right = {plain: _eventful(plain, lists=False), with_lists: _eventful(with_lists)}
        for seed in seeds(cases):
            chance = random.Random(seed)
            path = plain if seed % 20 else with_lists  # to read word lists takes as long as ten searches
            file = chance.choice(_files(path))
            whole = file.read_bytes()
            _replace(file, _damaged(whole, chance))
            yield _problem(path, right[path], file.read_bytes() != whole)
            _replace(file, whole)


def _eventful(path: Path, *, lists: bool = True) -> list[object]:
    """An index of every kind of file: two segments, deletions, notes, word lists; and its answers."""
    own = path.with_name(path.name + "-overrides.tsv")
    own.write_text("ngopi\tkopi\n")
    chance = random.Random(7)
    with Index.writer(path, lexicon=own if lists else None) as writer:
        for number in range(40):
            writer.add(article(f"a{number}", body(chance)))
        writer.sources["corpus/a.txt"] = [1, 2, "ab"]
    with Index.writer(path) as writer:
        writer.delete("a3")
        writer.add(article("baru", body(chance)))
    own.unlink()
    return _answers(path)


def _answers(path: Path) -> list[object]:
    with Index.open(path) as index:
        found = [index.search(query, facets=True, limit=60) for query in QUERIES]
        return [[(one.hits, one.total, one.facets) for one in found], len(index), index.related("a1")]


def _files(path: Path) -> list[Path]:
    return [path / CURRENT, *(path / record.name for record in manifest.read(Folder(path)).files())]


def _replace(file: Path, content: bytes) -> None:
    """Put other bytes in the place of a file; whoever has the old one mapped keeps it."""
    file.unlink()
    file.write_bytes(content)


def _damaged(content: bytes, chance: random.Random) -> bytes:
    data = bytearray(content)
    start = chance.randrange(len(data))
    length = chance.choice([1, 1, 16, 512, 4096])
    match chance.randrange(5):
        case 0:
            data[start] ^= 1 << chance.randrange(8)
        case 1:
            del data[start:]
        case 2:
            data[start : start + length] = bytes(len(data[start : start + length]))
        case 3:
            other = chance.randrange(len(data))
            first, second = sorted((start, other))
            length = min(length, second - first, len(data) - second)
            data[first : first + length], data[second : second + length] = (
                data[second : second + length],
                data[first : first + length],
            )
        case 4:
            data[start : start + length] = chance.randbytes(len(data[start : start + length]))
    return bytes(data)


def _problem(path: Path, right: list[object], changed: bool) -> str:
    try:
        if _answers(path) != right:
            return "a wrong answer"
    except IndexCorrupt:
        pass
    except Exception as error:  # whatever else it is, it is the failure that is looked for
        return f"{type(error).__name__}: {error}"
    try:
        Index.verify(path)
    except IndexCorrupt as error:
        return "" if str(path) in str(error) else f"the message names no file: {error}"
    return "verify saw nothing" if changed else ""


# -- hostile files ---------------------------------------------------------------------------------------


class _Bomb:
    """What unpickles into a call."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return Path.touch, (self.path,)


def hostile_files_are_refused(cases: int) -> Iterator[str]:
    """Pickles in place of files; manifests and tables of contents that lie, with digests that fit."""
    with scratch() as folder:
        path, whole, trap = (folder / name for name in ("index", "whole", "ran"))
        right = _eventful(whole)
        for number in range(cases):
            shutil.copytree(whole, path)
            plant = _TRAPS[number % len(_TRAPS)]
            plant(path, trap, random.Random(number))
            problem = _refusal(path, right) or ("it ran" if trap.exists() else "")
            yield problem and f"{plant.__name__}: {problem}"
            shutil.rmtree(path)


def _refusal(path: Path, right: list[object]) -> str:
    """What is wrong unless reading or writing is refused; notes on the sources are read by a writer only."""
    refused = 0
    for use in (lambda: _answers(path) == right, lambda: Index.writer(path).close() is None):
        try:
            if not use():
                return "a wrong answer"
        except IndexCorrupt:
            refused += 1
        except Exception as error:
            return f"{type(error).__name__}: {error}"
    return "" if refused else "taken for whole"


def _plant_pickle(path: Path, trap: Path, chance: random.Random) -> None:
    _replace(chance.choice(_files(path)), pickle.dumps(_Bomb(trap)))


def _plant_vouched_pickle(path: Path, trap: Path, chance: random.Random) -> None:
    """A pickle in place of a small file, with the digest that a manifest wants."""
    _forge(path, chance.choice(["sources", "lexicon", "segment"]), lambda content: pickle.dumps(_Bomb(trap)))


def _plant_path(path: Path, trap: Path, chance: random.Random) -> None:
    """A manifest that names a file elsewhere."""
    names = ["/etc/passwd", "../secret.bin", "segment-000001-001.bin/../../x", "CURRENT", "", 7, None, ["a"]]
    _rewrite(path, lambda fields: fields["segments"][0]["file"].__setitem__(0, chance.choice(names)))


def _plant_numbers(path: Path, trap: Path, chance: random.Random) -> None:
    """A manifest with counts that cannot be."""
    wrong = chance.choice([-1, 10**30, 1e308, "7", None, True, [], 65_537])
    _rewrite(path, lambda fields: fields["segments"][0].__setitem__("documents", wrong))


def _plant_shape(path: Path, trap: Path, chance: random.Random) -> None:
    """JSON of another shape, or nested until a parser gives up."""
    shapes = ["[]", "7", "null", '"x"', "{}", "[" * 100_000, '{"a":' * 50_000, '{"segments": 3}', "NaN", "1e999"]
    _current(path, chance.choice(shapes))


def _plant_arrays(path: Path, trap: Path, chance: random.Random) -> None:
    """A table of contents, vouched for, with arrays of objects, outside of the file, or of no sense."""
    place = chance.choice([["|O", 0, 5], ["<i4", -64, 5], ["<i4", 0, 1 << 40], ["<i4", 1 << 62, 1], ["<f8", 0, 1],
                           ["i4,O", 0, 1], [["a", "O"], 0, 1], ["<i4", 0.5, 1], "x", None, []])  # fmt: skip

    def lie(content: bytes) -> bytes:
        line, _, rest = content.partition(b"\n")
        head = json.loads(line)
        name = chance.choice(["lengths", "dates", "terms", "docs", "stored", "positions"])
        if place:
            head["arrays"][name] = place
        else:
            del head["arrays"][name]
        told = json.dumps(head).encode()
        return told + b" " * (-(len(told) - len(line)) % 64) + b"\n" + rest  # so that the arrays still lie well

    _forge(path, "segment", lie)


def _plant_small_file(path: Path, trap: Path, chance: random.Random) -> None:
    """Notes, lists or deletions of another kind than an index keeps, with a digest that fits."""
    role = chance.choice(["sources", "lexicon", "deleted"])
    content = (
        b"" if role == "deleted" else chance.choice([b"[]", b"7", b"\xff", b"[" * 100_000, b'{"overrides.tsv": 7}'])
    )
    if role == "sources" and content.startswith(b"{"):
        content = b"null"
    _forge(path, role, lambda _: content)


_TRAPS = (
    _plant_pickle,
    _plant_vouched_pickle,
    _plant_path,
    _plant_numbers,
    _plant_shape,
    _plant_arrays,
    _plant_small_file,
)


def _current(path: Path, text: str) -> None:
    """Write a manifest with a digest that fits."""
    _replace(path / CURRENT, f"{manifest._head(manifest.FORMAT, text)}\n{text}\n".encode())


def _rewrite(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    fields = json.loads((path / CURRENT).read_text().split("\n")[1])
    change(fields)
    _current(path, json.dumps(fields))


def _forge(path: Path, role: str, change: Callable[[bytes], bytes]) -> None:
    """Change a file, and all digests that vouch for it."""
    fields = json.loads((path / CURRENT).read_text().split("\n")[1])
    segment = next((one for one in fields["segments"] if one["deleted"]), fields["segments"][0])
    record = {"segment": segment["file"], "deleted": segment["deleted"]}.get(role) or fields[role]
    content = change((path / record[0]).read_bytes())
    _replace(path / record[0], content)
    record[1:] = [len(content), hashlib.sha256(content).hexdigest()]
    if role == "segment":
        line, _, _ = content.partition(b"\n")
        try:
            pages = json.loads(line)["pages"]
        except (ValueError, TypeError):
            pages = 0
        segment["head"] = hashlib.sha256(content[: len(line) + 1 + 4 * pages]).hexdigest()
    _current(path, json.dumps(fields))
