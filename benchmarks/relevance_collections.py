"""The collections of `relevance.py`: judged ones, and known items that a seeded dice draws from the news.

| name | what is asked | for |
|---|---|---|
| sample | the 117 judged queries of the project | the sample corpus |
| facqa | questions of people | the passage that answers |
| indosum | 3 words of a summary | its article, without a title |
| head3, head | 3 words of a headline, the whole headline | its article, headline removed |
| sum3, sentence | 3 words of a summary, its first sentence | its article among the news |
| title3 | 3 words of a headline | its article among the news, headline kept |

A known item is one article that somebody half remembers: its query is a few words of something that was
taken out of it, or written about it. Each collection is drawn the same way every time.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from measure import read_news

from carinews import Article
from carinews.corpus.reader import read_corpus
from carinews.evaluation import Judgements, plain_words, read_collection
from carinews.evaluation.judgements import NO_TITLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Topics = Sequence[tuple[str, str]]  # what is typed, and the id of the article that is sought

SEED = 20171117
WORDS = 3
KNOWN_ITEMS = 1_500

_ROOT = Path(__file__).parent.parent
_WORD = re.compile(r"\w{3,}")
_SENTENCE_END = re.compile(r'(?<=[.!?])\s+(?=[A-Z"“])')
_LETTERS = re.compile(r"\W+")


class Topic(NamedTuple):
    """A set of queries over the documents of a `Documents`, with its judgements."""

    name: str
    queries: dict[str, str]
    judgements: Judgements


class Documents(NamedTuple):
    """Documents, read anew each time, and what is asked of them."""

    name: str
    articles: Callable[[], Iterable[Article]]
    topics: list[Topic]


def collections(data: Path) -> Iterator[Documents]:
    """All collections, one after the other, so that only one is in memory."""
    yield _sample()
    yield _judged(data / "relevance" / "facqa_train", "facqa")
    yield _few_words(data / "relevance" / "indosum_summary")
    news = data / "news" / "news.jsonl.xz"
    yield Documents(
        "news without headlines",
        lambda: (Article(record["id"], NO_TITLE, record["body"]) for record in read_news(news)),
        [
            _known_items("head3", _headlines(news, few_words)),
            _known_items("head", _headlines(news, lambda title, dice: title)),
        ],
    )
    summaries = list(_summaries(data / "relevance" / "indosum_summary", news))
    dice = random.Random(SEED)
    yield Documents(
        "news",
        lambda: (Article(record["id"], record["title"] or NO_TITLE, record["body"]) for record in read_news(news)),
        [
            _known_items("sum3", [(few_words(text, dice), article) for text, article in summaries]),
            _known_items("sentence", [(first_sentence(text), article) for text, article in summaries]),
            _known_items("title3", _headlines(news, few_words, seed=SEED + 1)),
        ],
    )


def few_words(text: str, dice: random.Random) -> str:
    """Three random distinct words of a text; nothing where it has fewer."""
    words = list(dict.fromkeys(_WORD.findall(text)))
    return " ".join(dice.sample(words, WORDS)) if len(words) >= WORDS else ""


def first_sentence(text: str) -> str:
    """What stands before the first end of a sentence."""
    return _SENTENCE_END.split(text.strip())[0]


def _sample() -> Documents:
    """The project's own queries. Stories known only from links stand in the index of carinews alone: left out here."""
    collection = read_collection(_ROOT / "tests" / "judgements")
    items = read_corpus(_ROOT / "corpus")
    articles = [replace(item, related=()) for item in items if isinstance(item, Article)]
    ids = {article.id for article in articles}
    judgements = {
        query: {document: grade for document, grade in grades.items() if document in ids}
        for query, grades in collection.judgements.items()
    }
    return Documents("sample", lambda: articles, [Topic("sample", collection.queries, judgements)])


def _judged(folder: Path, name: str) -> Documents:
    collection = read_collection(folder)
    queries = {query: plain_words(text) for query, text in collection.queries.items()}
    return Documents(folder.name, lambda: list(collection.articles()), [Topic(name, queries, collection.judgements)])


def _few_words(folder: Path) -> Documents:
    """Three words of every summary: whole summaries find their article always."""
    collection = read_collection(folder)
    dice = random.Random(SEED)
    few = {query: plain_words(few_words(text, dice)) for query, text in collection.queries.items()}
    queries = {query: text for query, text in few.items() if text}
    judgements = {query: grades for query, grades in collection.judgements.items() if query in queries}
    topic = Topic("indosum", queries, judgements)
    return Documents(folder.name, lambda: list(collection.articles()), [topic])


def _headlines(news: Path, make: Callable[[str, random.Random], str], seed: int = SEED) -> Topics:
    dice = random.Random(seed)
    titles = [(record["title"], record["id"]) for record in read_news(news)]
    topics = ((make(title, dice), article) for title, article in dice.sample(titles, len(titles)))
    return [topic for topic in topics if plain_words(topic[0])][:KNOWN_ITEMS]


def _summaries(folder: Path, news: Path) -> Iterator[tuple[str, str]]:
    """Some summaries with the id that their article has among the news."""
    ids = {_letters(record["body"]): record["id"] for record in read_news(news)}
    collection = read_collection(folder)
    texts = {article.id: _letters(article.body) for article in collection.articles()}
    found = [
        (text, ids.get(texts[document]))
        for query, text in collection.queries.items()
        for document in collection.judgements[query]
    ]
    for text, article in random.Random(SEED).sample(found, KNOWN_ITEMS):
        if article is not None:
            yield text, article


def _letters(text: str) -> str:
    return _LETTERS.sub("", text)[:200].lower()


def _known_items(name: str, topics: Topics) -> Topic:
    topics = [(text, article) for text, article in topics if text]
    queries = {f"q{number}": plain_words(text) for number, (text, _) in enumerate(topics)}
    return Topic(name, queries, {f"q{number}": {article: 1} for number, (_, article) in enumerate(topics)})
