"""What the documentation shows is what happens: every example of a docstring and of `docs/` is run."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import carinews

ROOT = Path(__file__).parent.parent
MODULES = sorted(found.name for found in walk_packages(carinews.__path__, "carinews.") if "__main__" not in found.name)
PAGES = sorted(path.name for path in (ROOT / "docs").glob("*.md"))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name: str) -> None:
    """Each example of a docstring prints what stands below it."""
    assert doctest.testmod(import_module(name)).failed == 0


@pytest.mark.parametrize("name", PAGES)
def test_the_examples_of_a_page_run(name: str) -> None:
    """Each example of a page of documentation prints what stands below it; no page is forgotten."""
    results = doctest.testfile(str(ROOT / "docs" / name), module_relative=False, encoding="utf-8")
    assert results.failed == 0


def test_there_are_examples() -> None:
    """The two tests above are not empty."""
    counts = [doctest.testmod(import_module(name)).attempted for name in MODULES]
    assert sum(counts) >= 5
    assert PAGES
