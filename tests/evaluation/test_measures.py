"""The measures say what they are said to say: by hand, by a slow second way, and by trec_eval itself."""

from __future__ import annotations

from math import isclose, log
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carinews.evaluation import MEASURES, Judgements, Run, measure, read_run, write_run

DOCUMENTS = [f"d{number}" for number in range(30)]

grades = st.integers(-1, 3)
judged = st.dictionaries(
    st.sampled_from(["q1", "q2", "q3"]), st.dictionaries(st.sampled_from(DOCUMENTS), grades, min_size=1), min_size=1
)
hits = st.lists(st.sampled_from([*DOCUMENTS, "unjudged"]), unique=True, max_size=31)
runs = st.dictionaries(st.sampled_from(["q1", "q2", "q3", "q4"]), hits)


def scored(order: list[str]) -> list[tuple[str, float]]:
    return [(document, float(len(order) - place)) for place, document in enumerate(order)]


def one(order: str, grades: dict[str, int]) -> dict[str, float]:
    """All measures of one query whose documents have names of one letter."""
    return dict(measure({"q": scored(list(order))}, {"q": grades}).of_query["q"])


def test_the_first_relevant_document_decides_the_reciprocal_rank() -> None:
    """First 1, third a third, eleventh nothing; only a grade above 0 is relevant."""
    assert one("abc", {"a": 1})["mrr@10"] == 1.0
    assert one("xyc", {"c": 2, "x": 0})["mrr@10"] == pytest.approx(1 / 3)
    assert one("0123456789c", {"c": 1})["mrr@10"] == 0.0


def test_a_higher_grade_belongs_before_a_lower_one() -> None:
    """nDCG is 1 in the best order only: 1 + 3/log2(3) of 3 + 1/log2(3) is what the wrong order gets."""
    assert one("ab", {"a": 3, "b": 1})["ndcg@10"] == 1.0
    wrong = (1 + 3 * log(2) / log(3)) / (3 + 1 * log(2) / log(3))
    assert one("ba", {"a": 3, "b": 1})["ndcg@10"] == pytest.approx(wrong)


def test_recall_counts_what_is_missing() -> None:
    """Two of three relevant documents found."""
    assert one("axb", {"a": 1, "b": 3, "c": 1, "x": 0})["recall@100"] == pytest.approx(2 / 3)


def test_success_looks_at_the_first_document_only() -> None:
    """A relevant document behind it does not help."""
    assert [one(order, {"a": 1})["success@1"] for order in ("ab", "ba", "")] == [1.0, 0.0, 0.0]


def test_a_query_that_finds_nothing_counts() -> None:
    """It is 0 in the mean; a query of which nothing relevant is known is left out."""
    scores = measure({"q1": [("a", 1.0)]}, {"q1": {"a": 1}, "q2": {"b": 1}, "q3": {"c": 0}})
    assert (len(scores), scores.mean("mrr@10")) == (2, 0.5)
    assert measure({}, {"q3": {"c": 0}}).means() == dict.fromkeys(MEASURES, 0.0)


def naive(order: list[str], grades: dict[str, int]) -> dict[str, float]:
    """The same measures in the most literal way."""
    relevant = [document for document in grades if grades[document] >= 1]
    first = [place + 1 for place in range(len(order)) if order[place] in relevant]
    gain = 0.0
    for place in range(min(10, len(order))):
        gain += max(0, grades.get(order[place], 0)) * log(2) / log(place + 2)
    best = 0.0
    for place, grade in enumerate(sorted((grades[document] for document in relevant), reverse=True)):
        best += grade * log(2) / log(place + 2) if place < 10 else 0
    return {
        "mrr@10": 1 / first[0] if first and first[0] <= 10 else 0.0,
        "ndcg@10": gain / best,
        "recall@100": sum(document in relevant for document in order[:100]) / len(relevant),
        "success@1": float(bool(first) and first[0] == 1),
    }


@given(runs, judged)
def test_a_slow_way_gives_the_same(orders: dict[str, list[str]], judgements: Judgements) -> None:
    """Every measure of every query, on random runs and judgements."""
    found = measure({query: scored(order) for query, order in orders.items()}, judgements)
    for query, grades in judgements.items():
        if any(grade > 0 for grade in grades.values()):
            wanted = naive(orders.get(query, []), grades)
            assert all(isclose(found.of_query[query][name], wanted[name], abs_tol=1e-12) for name in MEASURES)
        else:
            assert query not in found.of_query


@given(runs, judged)
def test_trec_eval_gives_the_same(orders: dict[str, list[str]], judgements: Judgements) -> None:
    """The C code of trec_eval, by way of pytrec_eval, on random runs and judgements."""
    pytrec_eval = pytest.importorskip("pytrec_eval", reason="pytrec_eval-terrier is not installed")
    run: Run = {query: scored(order) for query, order in orders.items()}
    ours = measure(run, judgements)
    names = {"ndcg@10": "ndcg_cut_10", "recall@100": "recall_100", "success@1": "success_1"}
    theirs = pytrec_eval.RelevanceEvaluator(judgements, {"ndcg_cut", "recall", "success"}).evaluate(as_theirs(run))
    cut = {query: hits[:10] for query, hits in run.items()}  # trec_eval has no reciprocal rank with a cut
    ranks = pytrec_eval.RelevanceEvaluator(judgements, {"recip_rank"}).evaluate(as_theirs(cut))
    for query, scores in ours.of_query.items():
        wanted = {name: theirs.get(query, {}).get(their, 0.0) for name, their in names.items()}
        wanted["mrr@10"] = ranks.get(query, {}).get("recip_rank", 0.0)
        assert scores == pytest.approx(wanted)


def as_theirs(run: Run) -> dict[str, dict[str, float]]:
    return {query: dict(hits) for query, hits in run.items() if hits}


@given(st.lists(st.sampled_from([0.0, 1.0, 7.25, 7.25000001, 1e-9, 12345.678]), min_size=1, max_size=30))
def test_trec_eval_reads_our_runs_in_our_order(tmp_path_factory: pytest.TempPathFactory, scores: list[float]) -> None:
    """Ties are broken in the file, so that a tool with 32 bits for a score, which would break them by name, agrees."""
    pytrec_eval = pytest.importorskip("pytrec_eval", reason="pytrec_eval-terrier is not installed")
    path: Path = tmp_path_factory.mktemp("run") / "a.run"
    hits = [(f"d{number:02}", score) for number, score in enumerate(sorted(scores, reverse=True))]
    with open(path, "w", encoding="utf-8") as file:
        write_run({"q": hits}, file)
    with open(path, encoding="utf-8") as file:
        theirs = pytrec_eval.parse_run(file)
    assert [document for document, _ in read_run(path)["q"]] == [document for document, _ in hits]
    for place, (document, _) in enumerate(hits, 1):
        found = pytrec_eval.RelevanceEvaluator({"q": {document: 1}}, {"recip_rank"}).evaluate(theirs)
        assert found["q"]["recip_rank"] == pytest.approx(1 / place)
