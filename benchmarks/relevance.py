"""Does the default search find what is sought, and is it better than plainer ways?

    python benchmarks/relevance.py ../shared/data [--json out.json]

MRR@10 and success@1 on three collections:

facqa_train      questions of people, for the news passages that answer them
indosum_summary  three random words of a summary, for its article (whole summaries find it always)
headlines        three random words of a headline, for its article without the headline

of three systems over the same index: the search as it is by default (written forms and families,
coverage); written forms only, with coverage; plain BM25 over written forms, scores merely added.
Queries are plain words: signs of the query language are taken out. A lone difference below .005
means nothing.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from measure import machine, print_table, read_news, write_json

from carinews import Article, Index
from carinews.analysis.analyzer import Analyzer
from carinews.analysis.normalize import uncased
from carinews.engines.protocol import Question
from carinews.query.language import OPERATORS
from carinews.query.tree import Form, Or, Ranked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SEED = 20171117
DEPTH = 10
WORDS = 3
HEADLINES = 1_500
NO_TITLE = "-"  # an article must have a title; this one holds no word

_SIGNS = re.compile(r'["()+:*~-]')
_WORD = re.compile(r"\w{3,}")
_ANALYZER = Analyzer()


class Topic(NamedTuple):
    """What is typed, and the ids of the documents that are sought."""

    query: str
    wanted: frozenset[str]


class Collection(NamedTuple):
    """Documents, and what is sought among them."""

    articles: Iterable[Article]
    topics: list[Topic]


# -- collections ----------------------------------------------------------------------------------


def judged(folder: Path) -> Collection:
    """A collection with judgements: `corpus.jsonl.xz`, `queries.jsonl` and `qrels.tsv`."""
    articles = [
        Article(record["_id"], record["title"] or NO_TITLE, record["text"])
        for record in read_news(folder / "corpus.jsonl.xz")
    ]
    wanted: dict[str, set[str]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        query, document, relevance = line.split("\t")
        if int(relevance) > 0:
            wanted.setdefault(query, set()).add(document)
    queries = {record["_id"]: record["text"] for record in read_news(folder / "queries.jsonl")}
    return Collection(articles, [Topic(queries[query], frozenset(found)) for query, found in wanted.items()])


def with_few_words(collection: Collection) -> Collection:
    """The same collection with three words of every query in place of the whole query."""
    dice = random.Random(SEED)
    topics = (topic._replace(query=few_words(topic.query, dice)) for topic in collection.topics)
    return collection._replace(topics=[topic for topic in topics if topic.query])


def headlines(news: Path) -> Collection:
    """All articles without their headlines, and three words of the headlines of some of them."""
    dice = random.Random(SEED)
    records = list(read_news(news))
    topics = (
        Topic(few_words(record["title"], dice), frozenset([record["id"]]))
        for record in dice.sample(records, len(records))
    )
    articles = (Article(record["id"], NO_TITLE, record["body"]) for record in records)
    return Collection(articles, [topic for topic in topics if topic.query][:HEADLINES])


def few_words(text: str, dice: random.Random) -> str:
    """Three random distinct words of a text; nothing where it has fewer."""
    words = list(dict.fromkeys(_WORD.findall(text)))
    return " ".join(dice.sample(words, WORDS)) if len(words) >= WORDS else ""


def plain_words(query: str) -> str:
    """A query without the signs and operators of the query language."""
    words = _SIGNS.sub(" ", query).split()
    return " ".join(word.lower() if word in OPERATORS else word for word in words)


# -- systems --------------------------------------------------------------------------------------


def by_default(index: Index, query: str) -> list[str]:
    """The ids that the search finds as it is."""
    return [hit.id for hit in index.search(query, limit=DEPTH, passages=0)]


def written_forms(index: Index, query: str) -> list[str]:
    """The ids found by the words as written, with coverage."""
    return _asked(index, Ranked(_forms(query)))


def plain_bm25(index: Index, query: str) -> list[str]:
    """The ids found by the words as written, their scores merely added."""
    return _asked(index, Or(_forms(query)))


def _forms(query: str) -> tuple[Form, ...]:
    return tuple(Form("text", form) for form in dict.fromkeys(uncased(token.form) for token in _ANALYZER(query)))


def _asked(index: Index, tree: Ranked | Or) -> list[str]:
    return [found.article.id for found in index.engine.answer(Question(tree, DEPTH)).found]


SYSTEMS: dict[str, Callable[[Index, str], list[str]]] = {
    "default": by_default,
    "written forms": written_forms,
    "plain BM25": plain_bm25,
}


# -- measures -------------------------------------------------------------------------------------


def reciprocal_rank(found: list[str], wanted: frozenset[str]) -> float:
    """One over the rank of the first document sought; 0 where none is among the ten."""
    return next((1 / rank for rank, document in enumerate(found, 1) if document in wanted), 0.0)


def measure(collection: Collection) -> dict[str, Any]:
    """MRR@10 and success@1 of every system on a collection, and its size."""
    with tempfile.TemporaryDirectory() as folder, Index.build(collection.articles, folder) as index:
        topics = [(plain_words(topic.query), topic.wanted) for topic in collection.topics]
        systems = {}
        for name, find in SYSTEMS.items():
            ranks = [reciprocal_rank(find(index, query), wanted) for query, wanted in topics]
            systems[name] = {"mrr@10": sum(ranks) / len(ranks), "success@1": ranks.count(1.0) / len(ranks)}
        return {"documents": len(index), "queries": len(topics), "systems": systems}


def collections(data: Path) -> Iterator[tuple[str, Collection]]:
    """One after the other, so that only one is in memory."""
    yield "facqa_train", judged(data / "relevance" / "facqa_train")
    yield "indosum_summary, 3 words", with_few_words(judged(data / "relevance" / "indosum_summary"))
    yield "headlines, 3 words", headlines(data / "news" / "news.jsonl.xz")


def show(measured: dict[str, dict[str, Any]]) -> None:
    rows = [
        (
            name,
            f"{size['documents']:,}",
            f"{size['queries']:,}",
            system,
            f"{found['mrr@10']:.3f}",
            f"{found['success@1']:.3f}",
        )
        for name, size in measured.items()
        for system, found in size["systems"].items()
    ]
    print_table(("collection", "documents", "queries", "system", "MRR@10", "success@1"), rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder that holds relevance/ and news/")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options = parser.parse_args()
    measured = {name: measure(collection) for name, collection in collections(options.data)}
    show(measured)
    print(json.dumps(machine()))
    write_json(options.json, {"machine": machine(), "seed": SEED, "collections": measured})


if __name__ == "__main__":
    main()
