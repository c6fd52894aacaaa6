"""What the documentation shows is what happens: every example of a docstring and of `docs/` is run."""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import carinews
from carinews import Index

ROOT = Path(__file__).parent.parent
HELP = ROOT / "src" / "carinews" / "cli" / "pages"
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


QUERIES = re.compile(r"```query\n(.*?)```", re.DOTALL)
NOT_IN_THE_SAMPLE = ("kemarin", "7-hari", "rubrik:")
"""What counts from today finds nothing in articles of years ago; the sample has no sections."""


def queries(page: Path) -> list[str]:
    """The queries of a page: what stands before two spaces, a line each."""
    blocks = QUERIES.findall(page.read_text(encoding="utf-8"))
    return [line.split("  ")[0] for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_query_of_the_page_on_queries_is_answered(language: str, sample: Index) -> None:
    """Each example finds something in the sample articles, and nothing is odd about it, in both languages."""
    page = HELP / f"query.{language}.md"
    found = queries(page)
    assert len(found) == len(queries(HELP / "query.en.md")) >= 30
    for query in found:
        result = sample.search(query)
        assert result.warnings == (), query
        assert result.total or any(word in query for word in NOT_IN_THE_SAMPLE), query


@pytest.mark.parametrize(("name", "shown"), [("query.en", "query"), ("query.id", "query.id")])
def test_the_page_in_the_docs_is_the_page_of_the_help(name: str, shown: str) -> None:
    """`carinews help query` and `docs/` say the same. To mend: `python tests/test_docs.py`."""
    in_docs, in_help = ROOT / "docs" / f"{shown}.md", HELP / f"{name}.md"
    assert in_docs.read_text(encoding="utf-8") == in_help.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An index of the articles that ship with carinews."""
    with Index.build(ROOT / "corpus", tmp_path_factory.mktemp("sample"), workers=1) as index:
        yield index


def test_there_are_examples() -> None:
    """The two tests above are not empty."""
    counts = [doctest.testmod(import_module(name)).attempted for name in MODULES]
    assert sum(counts) >= 5
    assert PAGES


if __name__ == "__main__":
    for name, shown in (("query.en", "query"), ("query.id", "query.id")):
        (ROOT / "docs" / f"{shown}.md").write_bytes((HELP / f"{name}.md").read_bytes())
