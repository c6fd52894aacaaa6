"""The quick share of every proof; `python tests/reliability/proofs.py` runs the full counts."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

import carinews
from carinews import Article
from carinews.index import lock, segment, storage, writer
from carinews.model import SearchResult
from reliability import commits, corpora, damage, output, readers
from reliability.disks import ForgetfulDisk
from reliability.proofs import PROOFS, Proof, Run, prove

pytestmark = pytest.mark.skipif(not commits.can_fork(), reason="these proofs fork processes")


@pytest.mark.parametrize("proof", PROOFS, ids=lambda proof: str(proof.number))
def test_a_promise_holds(proof: Proof) -> None:
    """None of the cases of the quick share goes wrong, and there are as many as were asked for."""
    cases, problems = prove(proof.quickly or proof.run, proof.quick)
    assert problems == []
    assert cases >= proof.quick


def nothing(*_: object, **__: object) -> None:
    """What takes the place of a mechanism."""


SABOTAGE: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], Run, int]] = {
    "1: what a kill leaves is not swept": (
        lambda patch: patch.setattr(writer.IndexWriter, "_sweep", nothing),
        commits.survives_kill,
        15,
    ),
    "2: files are not synced": (
        lambda patch: patch.setattr(ForgetfulDisk, "sync", nothing),
        commits.survives_power_cut,
        1,
    ),
    "2: the folder is not synced": (
        lambda patch: patch.setattr(storage.Folder, "sync", nothing),
        commits.survives_power_cut,
        1,
    ),
    "5: there is no lock": (
        lambda patch: patch.setattr(lock.WriterLock, "acquire", nothing),
        commits.one_writer,
        2,
    ),
    "6: pages are not checked": (
        lambda patch: patch.setattr(segment.SegmentFile, "check", nothing),
        damage.damage_is_found,
        100,
    ),
    "7: tables of contents are trusted": (
        lambda patch: patch.setattr(segment.SegmentFile, "_place", lambda self, *place: place),
        damage.hostile_files_are_refused,
        70,
    ),
    "10: texts are not cleaned": (
        lambda patch: patch.setattr("carinews.cli.output.clean", str),
        output.terminal_is_safe,
        200,
    ),
    "14: a file that failed is left": (
        lambda patch: patch.setattr(writer.IndexWriter, "_with_deletions", lambda self, one: one.record),
        commits.survives_a_failing_disk,
        1,
    ),
    "17: invisible signs count": (
        lambda patch: patch.setattr("carinews.analysis.normalize._DROPPED", __import__("re").compile("(?!)")),
        corpora.encoding_leaves_no_trace,
        100,
    ),
}


@pytest.mark.parametrize("what", SABOTAGE)
def test_a_proof_fails_where_its_mechanism_is_missing(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """Each proof sees the loss of what it proves: without it some case goes wrong."""
    sabotage, run, cases = SABOTAGE[what]
    sabotage(monkeypatch)
    assert any(run(cases))


def test_nothing_of_an_index_is_unpickled_or_run() -> None:
    """Only the pipes to our own worker processes carry pickles; no module runs text, or loads arrays from a file."""
    source = Path(carinews.__file__).parent
    modules = {file.relative_to(source).as_posix(): ast.parse(file.read_text("utf-8")) for file in source.rglob("*.py")}
    for name, tree in modules.items():
        for node in ast.walk(tree):
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                imported = {alias.name for alias in node.names} | {getattr(node, "module", None)}
                assert name == "index/workers.py" or not imported & {"pickle", "marshal", "shelve", "dill"}, name
            elif isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in {"eval", "exec", "np.load", "np.fromfile", "__import__"}, f"{name}: {called}"


def test_a_torn_result_is_seen() -> None:
    """The proof of whole batches notices documents of two, and a document that is missing."""

    def result(*batches: int) -> SearchResult:
        from carinews.model import Hit, RelatedHit

        linked = (RelatedHit("kisah", "baca_juga", "Kisah"),)
        hits = [
            Hit(1, 1.0, Article(f"d{n}", f"Angkatan {batch}", f"semua angkatan{batch} gempa"), related=linked)
            for n, batch in enumerate(batches)
        ]
        return SearchResult("semua", tuple(hits), len(hits), 0.1)

    assert readers._batch_of(result(3, 3, 3, 3, 3, 3)) == (3, "")
    assert readers._batch_of(result(3, 3, 3, 3, 3))[1]
    assert readers._batch_of(result(3, 3, 3, 4, 3, 3))[1]
