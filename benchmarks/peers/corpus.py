"""The articles of the comparison, and the terms that all engines are given, made in a process of their own:

    python -m benchmarks.peers.corpus NEWS SIZE FOLDER

Into FOLDER go `articles.jsonl`, SIZE articles as they were written, and `rows.jsonl`, the same
articles read and analysed by carinews. Memory is that of the real news and the vocabulary.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks.measure import read_news

if TYPE_CHECKING:
    from collections.abc import Iterator

    from carinews import Article

SEED = 20171117
ARTICLES, ROWS = "articles.jsonl", "rows.jsonl"
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_NAME = re.compile(r"\b[A-Z][a-z]{4,}\b")
_TIMED_STEMS = 3_000
_CACHED_WORDS = 1_000_000


class Row(NamedTuple):
    """An article and its terms, parted by spaces. `published` in seconds, `year` in Western Indonesian time."""

    number: int
    id: str
    title: str
    body: str
    source: str
    section: str
    published: int | None
    year: int | None
    title_forms: str
    body_forms: str
    title_stems: str
    body_stems: str


class Rows:
    """The rows of a folder, and the processor's seconds that reading them took so far (`spent`)."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / ROWS
        self.spent = 0.0

    def __iter__(self) -> Iterator[Row]:
        with self._file.open(encoding="utf-8") as lines:
            started = time.thread_time()
            for line in lines:
                row = Row(*json.loads(line))
                self.spent += time.thread_time() - started
                yield row
                started = time.thread_time()


# -- articles -------------------------------------------------------------------------------------


def articles(news: Path, size: int) -> Iterator[dict[str, Any]]:
    """So many records: real ones chosen by a seeded dice while they last, else all resampled."""
    dice = random.Random(SEED)
    total = sum(1 for _ in read_news(news))
    if size > total:
        yield from resampled(list(read_news(news)), size, dice)
        return
    chosen = set(dice.sample(range(total), size))
    yield from (record for number, record in enumerate(read_news(news)) if number in chosen)


def resampled(real: list[dict[str, Any]], size: int, dice: random.Random) -> Iterator[dict[str, Any]]:
    """Records like the real ones in length, words and dates, as many as asked for.

    Each is a real article of which about half the sentences, and one word of the title, are exchanged for those
    of another. One name of its body gives way to an invented one, or the vocabulary would stand still where that of
    real news grows.
    """
    for number in range(size):
        record, other = dice.choice(real), dice.choice(real)
        others = _SENTENCE_END.split(other["body"])
        sentences = [
            sentence if dice.random() < 0.5 else dice.choice(others) for sentence in _SENTENCE_END.split(record["body"])
        ]
        title = record["title"].split()
        title[dice.randrange(len(title))] = dice.choice(other["title"].split())
        body = _renamed(" ".join(sentences), dice.choice(real)["body"], dice)
        yield {**record, "id": f"mixed-{number}", "url": None, "title": " ".join(title), "body": body}


def _renamed(body: str, other: str, dice: random.Random) -> str:
    """A body with one of its names exchanged for halves of two names of another."""
    names, others = _NAME.findall(body), _NAME.findall(other)
    if not names or not others:
        return body
    first, second = dice.choice(others), dice.choice(others)
    return body.replace(dice.choice(names), first[: len(first) // 2] + second[len(second) // 2 :])


# -- terms ----------------------------------------------------------------------------------------


class Terms(dict[str, tuple[str, str]]):
    """The forms and the stems of each written word, each made once, as a careful user of any engine would.

    A name that is also a word (Serang) is given as the word.
    """

    def __init__(self) -> None:
        from carinews.analysis.analyzer import Analyzer
        from carinews.analysis.tokenize import WORD

        self._analyzer, self._words = Analyzer(), WORD
        self.stemming = 0.0
        """Seconds of the processor that went into stems so far."""

    def of(self, text: str) -> tuple[str, str]:
        """The forms and the stems of a text."""
        found = [self[word] for word in self._words.findall(text)]
        return " ".join([forms for forms, _ in found if forms]), " ".join([stems for _, stems in found if stems])

    def __missing__(self, word: str) -> tuple[str, str]:
        from carinews.analysis.normalize import uncased

        if len(self) >= _CACHED_WORDS:
            self.clear()
        forms = [piece.form for piece in self._analyzer.pieces(word)]
        started = time.process_time()
        stems = " ".join(map(self._analyzer.stem, forms))
        self.stemming += time.process_time() - started
        self[word] = made = " ".join(map(uncased, forms)), stems
        return made


def row(number: int, article: Article, terms: Terms) -> Row:
    from carinews.model import WIB

    published = article.published
    (title_forms, title_stems), (body_forms, body_stems) = terms.of(article.title), terms.of(article.body)
    return Row(
        number,
        article.id,
        article.title,
        article.body,
        article.source or "",
        article.section or "",
        int(published.timestamp()) if published else None,
        published.astimezone(WIB).year if published else None,
        title_forms,
        body_forms,
        title_stems,
        body_stems,
    )


def analyse(folder: Path) -> dict[str, Any]:
    """Write the rows. `analysis_cpu_s`: what reading, cutting and stemming took, without the writing.

    `sastrawi_analysis_cpu_s` is the same with PySastrawi in the place of our stemmer.
    """
    from carinews.corpus.reader import read_file
    from carinews.model import Article

    spent, text_bytes, forms, documents = 0.0, 0, set(), 0
    with (folder / ROWS).open("w", encoding="utf-8") as file:
        started, terms = time.process_time(), Terms()
        found = (article for article in read_file(folder / ARTICLES) if isinstance(article, Article))
        for article in found:
            made = row(documents, article, terms)
            spent += time.process_time() - started
            file.write(json.dumps(made, ensure_ascii=False) + "\n")
            documents += 1
            text_bytes += len(f"{article.title}{article.body}".encode())
            forms.update(made.title_forms.split(), made.body_forms.split())
            started = time.process_time()
    return {
        "documents": documents,
        "distinct_forms": len(forms),
        "text_MB": text_bytes / 1e6,
        "analysis_cpu_s": spent,
        "sastrawi_analysis_cpu_s": spent - terms.stemming + sastrawi_seconds(forms),
    }


def sastrawi_seconds(forms: set[str]) -> float:
    """What PySastrawi would need to stem every distinct form once, judged by a seeded sample."""
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    words = sorted(form for form in forms if form.isascii() and form.isalpha() and len(form) > 3)
    sample = random.Random(SEED).sample(words, min(_TIMED_STEMS, len(words)))
    stemmer = StemmerFactory().create_stemmer()
    started = time.process_time()
    for word in sample:
        stemmer.stem(word)
    return (time.process_time() - started) * len(words) / len(sample)


def main(news: Path, size: int, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ARTICLES).open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in articles(news, size))
    print(json.dumps(analyse(folder)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
