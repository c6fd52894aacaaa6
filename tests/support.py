"""What several test files need: an index of some articles, and the obvious model of an index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings

from carinews.analysis.normalize import fold
from carinews.corpus.ids import article_id
from carinews.engines.local import LocalEngine
from carinews.index.segment import TITLE_GAP, TITLE_WEIGHT
from carinews.index.writer import IndexWriter
from carinews.model import Article, RelatedStory
from strategies import ANALYZER

many_examples = settings(max_examples=5 * settings().max_examples)
"""For properties of a text alone: they cost little, so they are tried five times as often."""


@contextmanager
def index_of(articles: Iterable[Article], *, commit_every: int = 0) -> Iterator[Path]:
    """A folder with an index of the articles, gone afterwards; `commit_every` makes several segments."""
    with TemporaryDirectory() as folder:
        with IndexWriter(folder, workers=1) as writer:
            for number, article in enumerate(articles, 1):
                writer.add(article)
                if commit_every and number % commit_every == 0:
                    writer.commit()
        yield Path(folder)


@contextmanager
def engine_of(articles: Iterable[Article], *, commit_every: int = 0) -> Iterator[LocalEngine]:
    """A local engine over the articles."""
    with index_of(articles, commit_every=commit_every) as path:
        yield LocalEngine(path)


def last_of_each_id(articles: Iterable[Article]) -> dict[str, Article]:
    """What an index holds of articles added one after the other."""
    return {article.id: article for article in articles}


@dataclass(frozen=True)
class Document:
    """A document as the obvious model sees it: its tokens as (position, form, stem), and which are the title's."""

    article: Article
    derived: bool
    tokens: tuple[tuple[int, str, str], ...]
    title_length: int

    @property
    def length(self) -> int:
        return len(self.tokens) + (TITLE_WEIGHT - 1) * self.title_length


def document(article: Article, *, derived: bool = False) -> Document:
    """The tokens of an article: those of the title, a gap, those of the body."""
    title, body = ANALYZER(article.title), ANALYZER(article.body)
    tokens = [(token.position, token.form, token.stem) for token in title]
    tokens += [(len(title) + TITLE_GAP + token.position, token.form, token.stem) for token in body]
    return Document(article, derived, tuple(tokens), len(title))


def letters(title: str) -> str:
    """What two spellings of one title have in common."""
    return "".join(sign for sign in fold(title) if sign.isalnum()) or title


def stand_in_of(story: RelatedStory, pointing: Article) -> Article:
    """The document made of a story that is known from a link only."""
    return Article(
        id=article_id(pointing.source, None, story.title),
        title=story.title,
        body=story.summary,
        url=story.url,
        source=pointing.source,
        kind="related",
        path=pointing.path,
        age=story.age,
    )


def stand_ins(articles: Iterable[Article]) -> list[Article]:
    """A document for each story that is pointed at and not here: of the longest summary, then of the first id."""
    here = last_of_each_id(articles)
    titles = {letters(article.title) for article in here.values()}
    addresses = {article.url for article in here.values() if article.url}
    best: dict[str, tuple[RelatedStory, Article]] = {}
    for article in sorted(here.values(), key=lambda article: article.id):
        for story in article.related:
            name = letters(story.title)
            if story.url in addresses:
                continue
            if name not in titles and (name not in best or len(story.summary) > len(best[name][0].summary)):
                best[name] = story, article
    made = [stand_in_of(story, pointing) for story, pointing in best.values()]
    return [article for article in made if article.id not in here]


def documents(articles: Iterable[Article]) -> dict[str, Document]:
    """All documents that an index of the articles has, by id."""
    here = list(last_of_each_id(articles).values())
    whole = {article.id: document(article) for article in here}
    return whole | {article.id: document(article, derived=True) for article in stand_ins(here)}
