"""`carinews eval`, as a person and as a program meets it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Outcome

Carinews = Callable[..., Outcome]
QUERIES = '{"_id": "q1", "text": "harga rambutan"}\n{"_id": "q2", "text": "durian"}\n'
QRELS = "query-id\tcorpus-id\tscore\nq1\tr1\t2\nq1\tr2\t1\nq2\tr2\t2\n"


@pytest.fixture
def judged(place: Path) -> Path:
    """A folder with two queries over the corpus, and their judgements."""
    folder = place / "nilai"
    folder.mkdir()
    (folder / "queries.jsonl").write_text(QUERIES, encoding="utf-8")
    (folder / "qrels.tsv").write_text(QRELS, encoding="utf-8")
    return folder


def test_the_index_is_measured(carinews: Carinews, judged: Path) -> None:
    """The four means, and each query where asked; the index is built where there is none."""
    outcome = carinews("eval", "nilai", "--per-query")
    assert outcome.code == 0
    assert "building it from corpus" in outcome.err
    head, *lines = outcome.out.splitlines()
    assert head == "2 queries"
    assert [line.split() for line in lines[:4]] == [
        ["mrr@10", "1.0000"],
        ["ndcg@10", "0.9751"],
        ["recall@100", "1.0000"],
        ["success@1", "1.0000"],
    ]
    assert lines[-1].split("\t") == ["q2", "1.0000", "1.0000", "1.0000", "1.0000", "durian"]
    assert "mrr@10       1.0000" in carinews("eval", "nilai/qrels.tsv", "--engine", "whoosh", "-q").out


def test_a_run_is_saved_measured_and_compared(carinews: Carinews, judged: Path, place: Path) -> None:
    """What was saved gives the same figures; a worse run is behind by so much, with an interval."""
    assert carinews("eval", "nilai", "--save", "a.run", "-q").code == 0
    assert (place / "a.run").read_text(encoding="utf-8").startswith("q1 Q0 r1 1 ")
    (place / "b.run").write_text("q1 Q0 r1 1 2.0 b\nq2 Q0 r1 1 2.0 b\nq2 Q0 r2 2 1.0 b\n", encoding="utf-8")
    outcome = carinews("eval", "nilai/qrels.tsv", "--run", "a.run", "--against", "b.run", "--json")
    document = json.loads(outcome.out)
    assert document["schema"] == "carinews.eval/1"
    assert document["means"]["mrr@10"] == 1.0
    assert document["against"]["mrr@10"] == 0.75
    assert document["differences"]["mrr@10"] == {"mean": 0.25, "low": 0.0, "high": 0.5}
    shown = carinews("eval", "nilai", "--run", "a.run", "--against", "b.run").out
    assert "mrr@10       1.0000   against 0.7500: +0.2500 [+0.0000, +0.5000]" in shown


def test_a_collection_that_brings_its_documents(carinews: Carinews, judged: Path, place: Path) -> None:
    """An index of them is made for now; the usual one is neither asked nor made."""
    (judged / "corpus.jsonl").write_text('{"_id": "r2", "title": "", "text": "Durian dan harga."}\n', encoding="utf-8")
    outcome = carinews("eval", "nilai")
    assert "an index of nilai/corpus.jsonl is made, for now" in outcome.err
    assert "recall@100   0.7500" in outcome.out
    assert not (place / "index").exists()
    assert carinews("eval", "nilai", "--engine", "whoosh", "-q").out == outcome.out


def test_a_refused_query_is_named(carinews: Carinews, judged: Path) -> None:
    """It counts as nothing found, and the exit code says that some input was refused; --plain reads its words."""
    (judged / "queries.jsonl").write_text(QUERIES.replace("durian", "buah:durian"), encoding="utf-8")
    outcome = carinews("eval", "nilai", "-q")
    assert outcome.code == 6
    assert "query q2: there is no field 'buah'" in outcome.err
    assert "mrr@10       0.5000" in outcome.out
    assert carinews("eval", "nilai", "-q", "--plain").code == 0


def test_floors_hold_or_tell(carinews: Carinews, judged: Path, place: Path) -> None:
    """Pinned, held, told when a figure falls or the corpus changes; lowered with a reason only."""
    floors = ("eval", "nilai", "-q", "--floors", "lantai.json")
    missing = carinews(*floors)
    assert (missing.code, "make them with --pin" in missing.err) == (2, True)
    assert carinews(*floors, "--pin").code == 0
    assert carinews(*floors).code == 0
    pinned = json.loads((place / "lantai.json").read_text(encoding="utf-8"))
    assert pinned["least"]["mrr@10"] == 1.0

    (place / "corpus" / "baru.txt").write_text("Berita baru\n\nTidak ada rambutan.\n", encoding="utf-8")
    changed = carinews(*floors)
    assert (changed.code, "pinned for another corpus or other judgements" in changed.err) == (1, True)
    (place / "corpus" / "baru.txt").unlink()

    pinned["least"]["recall@100"] = 1.5
    (place / "lantai.json").write_text(json.dumps(pinned), encoding="utf-8")
    fallen = carinews(*floors)
    assert (fallen.code, "recall@100 is 1.0000, below its floor 1.5" in fallen.err) == (1, True)
    refused = carinews(*floors, "--pin")
    assert (refused.code, "say why with --lower REASON" in refused.err) == (2, True)
    assert carinews(*floors, "--lower", "nothing can recall more than all").code == 0
    assert json.loads((place / "lantai.json").read_text(encoding="utf-8"))["lowered"][0]["reason"].startswith("nothing")
    assert carinews(*floors).code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--pin"], "name it with --floors"),
        (["--run", "a.run", "--save", "b.run"], "goes with neither --save nor --floors"),
        (["--floors", "f.json", "--index", "index"], "name it with --corpus in place of --index"),
        (["--run", "nowhere.run"], "nowhere.run: cannot be read: No such file"),
    ],
)
def test_wrong_usage_names_the_remedy(carinews: Carinews, judged: Path, arguments: list[str], message: str) -> None:
    """Exit code 2, and what to write instead."""
    outcome = carinews("eval", "nilai", *arguments)
    assert outcome.code == 2
    assert message in outcome.err
