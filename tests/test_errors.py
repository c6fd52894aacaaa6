"""One tree of errors, and messages that name the thing, its place, and what helps."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from carinews import Article, Index, errors
from carinews.errors import CarinewsError, CorpusError, QuerySyntaxError

CLASSES = {name: value for name, value in vars(errors).items() if inspect.isclass(value)}


def drawn() -> dict[str, str]:
    """The tree in the docstring of `carinews.errors`: the parent of each class."""
    found, path = {}, ["CarinewsError"]
    for line in inspect.getdoc(errors).splitlines():
        if match := re.match(r"(    )([│ ]*)[├└]── (\w+)", line):
            depth = 1 + len(match[2]) // 4
            found[match[3]] = path[depth - 1]
            path[depth:] = [match[3]]
    return found


def test_the_tree_is_the_one_that_is_drawn() -> None:
    """Every class stands in the drawing below its parent, and nothing else does."""
    parents = {name: kind.__base__.__name__ for name, kind in CLASSES.items() if kind is not CarinewsError}
    assert drawn() == parents
    assert CarinewsError.__base__ is Exception


@pytest.mark.parametrize("kind", CLASSES.values())
def test_every_error_says_what_it_is_for(kind: type[CarinewsError]) -> None:
    """Each has a docstring of its own and is a CarinewsError."""
    assert issubclass(kind, CarinewsError)
    assert "__doc__" in vars(kind)
    assert kind.__doc__


def test_the_promised_tree() -> None:
    """What INTERFACE promises, with the attributes that it promises."""
    promised = "CorpusError IndexMissing IndexLocked IndexCorrupt IndexVersionError QuerySyntaxError QueryTooComplex"
    assert {*promised.split(), "EngineUnavailable", "CarinewsError"} <= CLASSES.keys()
    error = CorpusError("corpus/a.jsonl", 7, "is no JSON")
    assert (str(error), error.path, error.line) == ("corpus/a.jsonl:7: is no JSON", "corpus/a.jsonl", 7)
    assert str(CorpusError("corpus/a.jsonl", None, "is empty")) == "corpus/a.jsonl: is empty"
    query = QuerySyntaxError("there is no field", "x:y", 2)
    assert (query.text, query.position) == ("x:y", 2)


def test_messages_name_the_place_and_the_remedy(index_path: Path, tmp_path: Path) -> None:
    """Missing, locked, damaged: the path and the command that helps stand in the message."""

    def message(call: object) -> str:
        with pytest.raises(CarinewsError) as error:
            call()  # type: ignore[operator]
        return str(error.value)

    nowhere = tmp_path / "nowhere"
    assert message(lambda: Index.open(nowhere)) == f"{nowhere}: no index here; build one with 'carinews index'"
    with Index.writer(index_path):
        locked = message(lambda: Index.writer(index_path))
    assert locked.startswith(f"{index_path}: being written by process ")
    assert "try again" in locked
    (segment, *_) = index_path.glob("segment-*")
    segment.write_bytes(segment.read_bytes()[:100])
    damaged = message(lambda: Index.open(index_path))
    assert damaged.startswith(f"{segment}: holds 100 bytes, not ")
    assert "'carinews rebuild'" in damaged
    segment.unlink()
    assert message(lambda: Index.open(index_path)).startswith(f"{segment}: cannot be read")
    (index_path / "CURRENT").write_text("?")
    assert message(lambda: Index.verify(index_path)).startswith(f"{index_path / 'CURRENT'}: damaged; ")
    assert "'local' and 'whoosh'" in message(lambda: Index.open(index_path, engine="x"))


def test_an_article_without_an_id_says_so() -> None:
    """The message names the field."""
    with pytest.raises(ValueError, match="an article needs 'id', and it is empty"):
        Article(id="", title="t")
