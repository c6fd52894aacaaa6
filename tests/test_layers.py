"""Imports point down the floors of ARCHITECTURE, and every foreign library has its room."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "carinews"
FLOORS = {
    "model": 0,
    "errors": 0,
    "wording": 0,
    "corpus": 1,
    "analysis": 1,
    "index": 2,
    "query": 2.5,  # above the index: it never imports a query
    "engines": 3,
    "indexing": 4,
    "facade": 4,
    "hits": 4,
    "serialise": 4,
    "evaluation": 4,
    "": 4,  # carinews itself
    "cli": 5,
    "web": 5,
    "mcp": 5,
    "__main__": 5,
}
ROOMS = {
    "Sastrawi": ("analysis/stem.py",),
    "whoosh": ("query/whoosh_tree.py", "analysis/whoosh_analyzer.py", "engines/whoosh.py"),
    "click": ("cli/",),
    "rich": ("cli/",),
    "numpy": ("index/", "query/", "engines/", "evaluation/"),
    "zstandard": ("index/", "corpus/"),
    "filelock": ("index/lock.py",),
    "lxml": ("corpus/",),
    "trafilatura": ("corpus/locate.py",),
    "feedparser": ("corpus/feeds.py",),
    "warcio": ("corpus/archives.py",),
    "watchfiles": ("cli/index.py",),
    "waitress": ("cli/serve.py",),
    "charset_normalizer": ("corpus/encodings.py",),
}
FILES = sorted(SOURCE.rglob("*.py"))


def name_of(file: Path) -> str:
    """The dotted name of a module inside carinews: `query.tree`, or "" for the package itself."""
    parts = file.relative_to(SOURCE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


MODULES = {name_of(file): file for file in FILES}


def imports(file: Path, *, whole: bool = True) -> Iterator[str]:
    """The modules that a file imports, anywhere in it; not `whole`: only when it is itself imported."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree) if whole else tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: a relative import"
            for alias in node.names:  # `from carinews import serialise` means the module where there is one
                inner = f"{node.module}.{alias.name}"
                yield inner if inner.removeprefix("carinews.") in MODULES else str(node.module)


@cache
def libraries(file: Path) -> frozenset[str]:
    """The top-level names that a file imports."""
    return frozenset(name.split(".")[0] for name in imports(file))


def inside(file: Path, *, whole: bool = True) -> set[str]:
    """The modules of carinews that a file imports."""
    found = {name for name in imports(file, whole=whole) if name.split(".")[0] == "carinews"}
    return {name.partition(".")[2] for name in found}


def floor(module: str) -> float:
    return FLOORS[module.split(".")[0]]


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_down(module: str) -> None:
    """A module imports from its own floor or from below, type hints and late imports included."""
    for other in inside(MODULES[module]):
        assert other in MODULES, f"{module} imports {other}, which is no module"
        assert floor(other) <= floor(module), f"{module} imports {other}, which lives above it"


def test_the_ground_floor_stands_alone() -> None:
    """Model, errors and wording import nothing but the standard library, and not each other."""
    for module in ("model", "errors", "wording"):
        assert not inside(MODULES[module])
        assert {name.split(".")[0] for name in imports(MODULES[module])} <= sys.stdlib_module_names


def test_the_two_rooms_of_the_first_floor_do_not_lean_on_each_other() -> None:
    """Reading a corpus and analysing a text are two things."""
    for module in MODULES:
        for room, other in (("corpus", "analysis"), ("analysis", "corpus")):
            if module.split(".")[0] == room:
                assert not any(name.split(".")[0] == other for name in inside(MODULES[module]))


def test_no_module_waits_for_itself() -> None:
    """What modules import when they are imported makes no circle, but for a package and its own modules."""
    graph = {
        module: {other for other in inside(file, whole=False) if other != module.rpartition(".")[0]}
        for module, file in MODULES.items()
    }
    TopologicalSorter(graph).prepare()


@pytest.mark.parametrize("library", ROOMS)
def test_a_library_has_its_room(library: str) -> None:
    """Whoever wants to replace a library knows where to look: it is imported there and nowhere else."""
    users = {file.relative_to(SOURCE).as_posix() for file in FILES if library in libraries(file)}
    assert all(user.startswith(ROOMS[library]) for user in users)


def test_only_the_stemmer_knows_sastrawi() -> None:
    """It reads the dictionary without importing the package, so its name stands in no import at all."""
    users = {file.relative_to(SOURCE).as_posix() for file in FILES if '"Sastrawi"' in file.read_text(encoding="utf-8")}
    assert users == {"analysis/stem.py"}


def test_every_module_has_a_floor_and_a_docstring() -> None:
    """A new room must be put on a floor, and every module says what it is for."""
    for module, file in MODULES.items():
        assert module.split(".")[0] in FLOORS, f"{module} has no floor"
        assert ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))), f"{module} has no docstring"
