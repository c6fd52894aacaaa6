"""What a search does not need is not loaded: a process that only asks starts in a moment."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

LOADED = "\nimport json, sys; print(json.dumps(sorted({name.split('.')[0] for name in sys.modules})))"
ASK = """
import sys
from carinews import Index
with Index.open(sys.argv[1]) as index:
    (hit,) = index.search('+judul:gempa "kota palu" (tsunami OR warga) -isis', facets=True, sort="newest")
    assert hit.snippets and index.explain("gempa", hit.id) and index.get(hit.id) and index.related(hit.id)
"""
WHOOSH_TREE = """
import sys
from carinews import Index
from whoosh.query import Term
with Index.open(sys.argv[1]) as index:
    assert index.search(Term("text", "gempa")).total
"""


def loaded(program: str, *arguments: object) -> set[str]:
    """The top-level modules that a fresh process has loaded when the program is done."""
    command = [sys.executable, "-c", program + LOADED, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def test_a_plain_query_loads_no_library_that_it_does_not_need(index_path: Path) -> None:
    """Neither Whoosh nor Sastrawi, nor what writing or a terminal needs; NumPy and Zstandard it needs."""
    found = loaded(ASK, index_path)
    assert {"carinews", "numpy", "zstandard"} <= found
    assert not found & {"whoosh", "Sastrawi", "rich", "click", "filelock"}


def test_a_query_of_known_words_reads_no_stemmer(index_path: Path) -> None:
    """The index gives the stems of its own words; only a word that it lacks needs the lists and the dictionary."""
    program = """
import sys
from carinews import Index
with Index.open(sys.argv[1]) as index:
    lexicon = index.engine.analyzer.lexicon
    assert index.search("menembak membagikannya").total and index.search('"gempa bumi"').total
    assert not {"names", "overrides", "_roots", "_stemmer"} & set(vars(lexicon))
    index.search("mempertanyakan")
    assert {"overrides", "_roots", "_stemmer"} <= set(vars(lexicon))
"""
    assert "carinews" in loaded(program, index_path)


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["search", "--help"], ["help", "query"]])
def test_help_and_version_load_click_alone(arguments: list[str]) -> None:
    """What answers without an index starts without all that reads one."""
    found = loaded(
        f"from carinews.cli import run\nimport io, sys\nreal, sys.stdout = sys.stdout, io.StringIO()\n"
        f"assert run({arguments!r}) == 0\nsys.stdout = real"
    )
    assert "click" in found
    assert not found & {"numpy", "whoosh", "Sastrawi", "rich", "filelock", "zstandard", "tomllib"}


def test_the_bare_import_costs_nothing() -> None:
    """`import carinews` alone loads no other library."""
    found = loaded("import carinews")
    assert "carinews" in found
    assert not found & {"numpy", "click", "whoosh", "Sastrawi", "rich", "filelock", "zstandard"}


def test_a_whoosh_tree_loads_whoosh(index_path: Path) -> None:
    """The list above is not empty for want of looking."""
    assert "whoosh" in loaded(WHOOSH_TREE, index_path)


def test_a_corpus_of_texts_and_records_needs_no_extra() -> None:
    """What reads pages, feeds and archives is loaded when one is met, and not before."""
    found = loaded("import carinews.corpus.reader, carinews.indexing")
    assert not found & {"lxml", "trafilatura", "feedparser", "warcio", "charset_normalizer"}


@pytest.mark.parametrize("name", ["carinews.model", "carinews.errors", "carinews.query.tree", "carinews.analysis.stem"])
def test_a_module_can_be_imported_first(name: str) -> None:
    """No module leans on another having been imported before it."""
    assert "carinews" in loaded(f"import {name}")
