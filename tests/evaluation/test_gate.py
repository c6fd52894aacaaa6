"""The gate: no figure of the judged queries falls below its floor. How to pin: `tests/judgements/README.md`."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from carinews import Index
from carinews.evaluation import Collection, Floors, Scores, answers, fingerprint, measure, read_collection

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
JUDGED = ROOT / "tests" / "judgements"
FACQA = ROOT.parent / "shared" / "data" / "relevance" / "facqa_train"


def held(scores: Scores, floors: Floors, here: str) -> None:
    assert floors.fingerprint == here, "the corpus or the judgements changed: look at the figures, then pin them anew"
    assert floors.fallen(scores.means()) == {}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Index, Collection]:
    """The corpus that ships, indexed, and the queries over it."""
    return Index.build(CORPUS, tmp_path_factory.mktemp("sample") / "index"), read_collection(JUDGED)


def test_the_sample_corpus_is_searched_as_well_as_before(sample: tuple[Index, Collection]) -> None:
    """All measures over all queries that are judged, typed as they stand."""
    index, collection = sample
    found = answers(index, collection.queries)
    assert not found.refused
    scores = measure(found.run, collection.judgements)
    assert len(scores) >= 60
    held(scores, Floors.read(JUDGED / "floors.json"), fingerprint(CORPUS, *collection.files))


def test_the_judgements_are_whole(sample: tuple[Index, Collection]) -> None:
    """Every judged document is in the index, every query has one that is sought, and every grade has its reason."""
    index, collection = sample
    with open(JUDGED / "qrels.tsv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert all(row["because"].strip() and row["score"] in {"0", "1", "2", "3"} for row in rows)
    assert len({(row["query-id"], row["corpus-id"]) for row in rows}) == len(rows)
    assert [row["corpus-id"] for row in rows if index.get(row["corpus-id"]) is None] == []
    assert set(collection.queries) == {row["query-id"] for row in rows if row["score"] == "3"}


def test_the_queries_are_of_every_kind() -> None:
    """At least five of each of the kinds that people type."""
    lines = (JUDGED / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    kinds = Counter(json.loads(line)["metadata"]["kind"] for line in lines)
    wanted = "name event question headline word inflected misspelt acronym date place"
    assert {kind for kind, count in kinds.items() if count >= 5} == set(wanted.split())


def test_a_worse_ranking_does_not_pass(sample: tuple[Index, Collection]) -> None:
    """The gate can fail: the same hits in the opposite order are below every floor but that of recall."""
    index, collection = sample
    run = {query: hits[::-1] for query, hits in answers(index, collection.queries).run.items()}
    fallen = Floors.read(JUDGED / "floors.json").fallen(measure(run, collection.judgements).means())
    assert set(fallen) == {"mrr@10", "ndcg@10", "success@1"}


@pytest.mark.skipif(not FACQA.exists(), reason="the judged collections are not part of the project: ../shared/data")
def test_questions_are_answered_as_well_as_before(tmp_path: Path) -> None:
    """2,412 questions of people for the news passages that answer them."""
    collection = read_collection(FACQA)
    with Index.build(collection.articles(), tmp_path / "index") as index:
        scores = measure(answers(index, collection.queries, plain=True).run, collection.judgements)
    assert collection.corpus
    floors = Floors.read(JUDGED / "facqa_train.floors.json")
    held(scores, floors, fingerprint(collection.corpus, *collection.files))
