"""Queries, judgements and runs are read as TREC and BEIR write them, and refused by name and line."""

from __future__ import annotations

import lzma
from io import StringIO
from pathlib import Path

import pytest

from carinews import Index
from carinews.errors import CarinewsError, JudgementError
from carinews.evaluation import answers, read_collection, read_judgements, read_queries, read_run, write_run

TOPICS = """<top>
<num> Number: 301
<title> gempa palu
<desc> Description:
Apa yang terjadi di Palu?
</top>
<top>
<num>302</num><title>panen
 raya</title>
</top>
"""


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_queries_of_beir_of_trec_and_of_a_plain_list(tmp_path: Path) -> None:
    """JSON lines, topics, and an id with its text; the order of the file is kept."""
    beir = '{"_id": "q2", "text": "gempa palu", "metadata": {}}\n\n{"_id": 1, "text": "panen"}\n'
    assert read_queries(put(tmp_path / "queries.jsonl", beir)) == {"q2": "gempa palu", "1": "panen"}
    assert read_queries(put(tmp_path / "topics.txt", TOPICS)) == {"301": "gempa palu", "302": "panen raya"}
    assert read_queries(put(tmp_path / "queries.tsv", "q1\tgempa\tpalu\r\n")) == {"q1": "gempa\tpalu"}


def test_judgements_of_beir_and_of_trec(tmp_path: Path) -> None:
    """With a header in any order of columns and others beside them, or four or three columns without."""
    wanted = {"q1": {"d1": 2, "d 2": 0}}
    beir = "corpus-id\tquery-id\tscore\tbecause\nd1\tq1\t2\tit is this\nd 2\tq1\t0\tanother year\n"
    assert read_judgements(put(tmp_path / "qrels.tsv", beir)) == wanted
    trec = "q1 0 d1 2\nq1 0 d2 -1\nq2 0 d1 1\n"
    assert read_judgements(put(tmp_path / "qrels.txt", trec)) == {"q1": {"d1": 2, "d2": -1}, "q2": {"d1": 1}}
    assert read_judgements(put(tmp_path / "short", "q1\td1\t1\n")) == {"q1": {"d1": 1}}


def test_a_folder_of_beir_is_a_collection(tmp_path: Path) -> None:
    """Queries, judgements below `qrels/`, and the documents, packed; one without a title gets a sign for it."""
    put(tmp_path / "queries.jsonl", '{"_id": "q", "text": "gempa"}')
    put(tmp_path / "qrels" / "test.tsv", "query-id\tcorpus-id\tscore\nq\tb\t1\n")
    documents = '{"_id": "a", "title": "Padi", "text": "Panen."}\n{"_id": "b", "title": "", "text": "Gempa."}\n'
    (tmp_path / "corpus.jsonl.xz").write_bytes(lzma.compress(documents.encode()))
    collection = read_collection(tmp_path)
    assert [(article.id, article.title, article.body) for article in collection.articles()] == [
        ("a", "Padi", "Panen."),
        ("b", "-", "Gempa."),
    ]
    assert collection.judgements == {"q": {"b": 1}}
    assert read_collection(tmp_path / "qrels" / "test.tsv", tmp_path / "queries.jsonl").queries == collection.queries


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("queries.jsonl", "{", r"queries.jsonl:1: not JSON"),
        ("queries.jsonl", "[1]", "queries.jsonl:1: not a JSON object"),
        ("queries.jsonl", '\n{"text": "a"}', "queries.jsonl:2: the record has no '_id'"),
        ("queries.jsonl", '{"_id": "a"}', "queries.jsonl:1: the query has no 'text'"),
        ("queries.tsv", "a\tb\na\tc", "queries.tsv:2: the query 'a' stands here a second time"),
        ("queries.tsv", "a b", "queries.tsv:1: no query: write its id, a tab, and its text"),
        ("queries.tsv", "", "queries.tsv: "),
        ("topics.txt", "<top><num>1</top>", "topics.txt: a topic without number or title"),
        ("qrels.tsv", "q 0 d high", "qrels.tsv:1: no judgement: write 'query 0 document grade'"),
        ("qrels.tsv", "query-id\tcorpus-id\tscore\nq\td", "qrels.tsv:2: no judgement"),
        ("qrels.tsv", "q 0 d 1\nq 0 d 2", "qrels.tsv:2: 'd' was given another grade for 'q' before"),
        ("qrels.tsv", "query-id\tcorpus-id\tscore\n", "qrels.tsv: there is no judgement in it"),
        ("a.run", "q Q0 d one 1.0 x", "a.run:1: no line of a run"),
        ("a.run", "q Q0 d 1 1.0 x\nq Q0 d 2 .5 x", "a.run:2: 'd' was found for 'q' before"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, text: str, message: str) -> None:
    """The file, the line, and what should stand there."""
    path = put(tmp_path / name, text)
    read = read_run if name.endswith("run") else read_judgements if name.startswith("qrels") else read_queries
    with pytest.raises(JudgementError, match=message):
        read(path)


def test_missing_parts_of_a_collection_are_named(tmp_path: Path) -> None:
    """No judgements, no queries, no such file, and a judged query that nobody asks."""
    with pytest.raises(JudgementError, match="no judgements here; they are looked for in"):
        read_collection(tmp_path)
    put(tmp_path / "qrels.tsv", "q7 0 d 1")
    with pytest.raises(JudgementError, match="no queries here"):
        read_collection(tmp_path)
    put(tmp_path / "queries.tsv", "q\tgempa")
    with pytest.raises(JudgementError, match="the query 'q7' is judged, but does not stand in"):
        read_collection(tmp_path)
    with pytest.raises(JudgementError, match="No such file"):
        read_run(tmp_path / "nowhere.run")


def test_a_run_is_what_the_search_finds(index: Index) -> None:
    """The ids and scores of the search, in its order; a query that is refused is told and found nothing."""
    found = answers(index, {"q1": "gempa palu", "q2": "penulisnya:Tio", "q3": "qzx"})
    hits = index.search("gempa palu", limit=100)
    assert found.run["q1"] == [(hit.id, hit.score) for hit in hits.hits]
    assert (found.run["q2"], found.run["q3"]) == ([], [])
    assert list(found.refused) == ["q2"]
    assert "there is no field 'penulisnya'" in found.refused["q2"]
    assert answers(index, {"q2": "penulisnya: (gempa"}, plain=True).run["q2"]
    assert len(answers(index, {"q1": "gempa palu"}, depth=1).run["q1"]) == 1


def test_a_run_comes_back_as_it_was_written(tmp_path: Path) -> None:
    """Queries and documents in their order, ties and all; scores but for the last digits."""
    run = {"q1": [("a", 12.5), ("z", 3.0), ("b", 3.0), ("c", 3.0)], "q2": [("a", 0.0), ("b", 0.0)]}
    with open(tmp_path / "a.run", "w", encoding="utf-8") as file:
        write_run(run, file, "test")
    again = read_run(tmp_path / "a.run")
    assert {query: [document for document, _ in hits] for query, hits in again.items()} == {
        "q1": ["a", "z", "b", "c"],
        "q2": ["a", "b"],
    }
    assert again["q1"] == [(document, pytest.approx(score, abs=1e-4)) for document, score in run["q1"]]
    assert (tmp_path / "a.run").read_text().splitlines()[0] == "q1 Q0 a 1 12.5 test"


def test_an_id_that_a_run_cannot_hold_is_refused() -> None:
    """A blank would end the column."""
    with pytest.raises(CarinewsError, match="'a b' cannot stand in a TREC run"):
        write_run({"q": [("a b", 1.0)]}, StringIO())
