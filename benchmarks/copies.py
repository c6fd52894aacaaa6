"""Are the copies of wire stories found, and nothing else?

    python benchmarks/copies.py ../shared/data/news/news.jsonl.xz [--pairs 300] [--seed 7] [--look 50] [--json out.json]

Copies are made of real articles as outlets make them: each gets another headline, dateline, byline and hour, and

as it is         nothing else
edited           3 % of the words exchanged, left out or doubled
end cut          a fifth to a half of the text, from the end
start cut        a tenth to a quarter of the text, from the start
end added        three lines of boilerplate and two paragraphs of another article
start added      a paragraph before it
much             edited, the end cut by a fifth, boilerplate added
days later       as it is, two to five days later

What is no copy is partly real and partly made:

told otherwise   (real) the same event by another outlet: two headlines of a day that share half of their words,
                 bodies that share less than a quarter of their runs of five words; of these, those that share most
follow-up        (made) news of another article, then a third of an older one, or more, up to all of it
formulaic        (real) the weather, gold, air, horoscopes, opening hours of one day and of the next that there is
numbers changed  (made) a short article with many numbers, the next day, all its numbers and days other ones

Each pair is made of articles of its own, and all are put in one index. A pair counts as found where the one is among
`Index.copies` of the other. With `--look`, so many random pairs that are found among the real articles are
printed, side by side, for a person to judge.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from itertools import combinations, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from measure import machine, print_table, read_news, write_json

from carinews import Article, Index
from carinews.index import copies
from carinews.index.reader import IndexReader
from carinews.model import aware

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Pair = tuple[Article, Article]

SWAPPED = {
    "mengatakan": "menuturkan",
    "ujar": "kata",
    "katanya": "ujarnya",
    "tersebut": "itu",
    "menjelaskan": "menerangkan",
    "saat": "ketika",
    "karena": "sebab",
    "agar": "supaya",
    "hanya": "cuma",
    "sangat": "amat",
}
BOILERPLATE = (
    "Ikuti berita terbaru dari kami di aplikasi dan di kanal percakapan setiap hari.",
    "Artikel ini telah tayang sebelumnya; hak cipta ada pada penulisnya.",
    "Simak juga video pilihan berikut ini, dan jangan lupa memberi komentar.",
)
DAYS = "senin selasa rabu kamis jumat sabtu minggu".split()
FORMULAIC = (
    r"sim keliling",
    r"harga emas antam",
    r"(?:prakiraan )?cuaca (?:jakarta|hari ini)",
    r"(?:kualitas|polusi) udara",
    r"ramalan zodiak",
    r"rupiah (?:melemah|menguat|hari ini|dibuka)",
    r"ihsg",
    r"live streaming",
)
_DATELINE = re.compile(r"^[^.\n]{0,60}?\s[-–—]+\s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("news", type=Path)
    parser.add_argument("--pairs", type=int, default=300, help="of each kind, at most")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--look", type=int, default=0)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    articles = list(read(asked.news))
    result = {"machine": machine(), "articles": len(articles), "seed": asked.seed}
    made, others = made_copies(articles, asked.pairs, asked.seed), no_copies(articles, asked.pairs, asked.seed)
    kinds = {kind: len(pairs) for kind, pairs in (made | others).items()}
    found = found_of(made | others)
    right = sum(found[kind] for kind in made)
    wrong = sum(found[kind] for kind in others)
    print_table(["pairs", "made", "found"], [[kind, str(kinds[kind]), str(found[kind])] for kind in kinds])
    recall, precision = right / sum(kinds[kind] for kind in made), right / (right + wrong)
    print(f"recall {recall:.3f}, precision {precision:.3f}\n")
    result |= {"kinds": kinds, "found": found, "recall": recall, "precision": precision}
    if asked.look:
        result |= looked_at(articles, asked.look, asked.seed)
    write_json(asked.json, result)


def read(path: Path) -> Iterator[Article]:
    """The articles of the news file, less those without a text."""
    for record in read_news(path):
        if record["body"]:
            source = record["source"] and record["source"].lower()
            published = aware(record["published"]) if record["published"] else None
            yield Article(record["id"], record["title"], record["body"], source=source, published=published)


# -- copies ------------------------------------------------------------------------------------------


def made_copies(articles: Sequence[Article], most: int, seed: int) -> dict[str, list[Pair]]:
    """Pairs of an article and its copy, by kind; no article is in two."""
    chance = random.Random(seed)
    usable = [article for article in articles if 100 <= len(article.body.split()) <= 1_200 and article.published]
    chosen = iter(chance.sample(usable, min(len(usable), 2 * most * len(COPIES))))
    return {
        kind: [(one, printed_again(chance, one, change(chance, paragraphs(one.body), paragraphs(other.body)), hours))
               for one, other in ((next(chosen), next(chosen)) for _ in range(most))]
        for kind, (change, hours) in COPIES.items()
    }  # fmt: skip


def printed_again(chance: random.Random, article: Article, body: list[str], hours: tuple[int, int]) -> Article:
    """An article as another outlet prints it: its own headline, dateline and byline, some hours later."""
    words = article.title.split()
    title = " ".join([*words[len(words) // 2 :], *words[: len(words) // 2]])
    text = "\n".join(body)
    text = f"{chance.choice(['JAKARTA', 'Bandung', 'Warta, Medan'])} — {_DATELINE.sub('', text)}"
    later = timedelta(hours=chance.randint(*hours), minutes=chance.randrange(60))
    assert article.published
    return Article(
        f"copy-{article.id}",
        title,
        f"{text}\n({chance.choice(['ant', 'rdk/ant', 'sumber: kantor berita'])})",
        source="warta.example",
        published=article.published + later,
    )


def paragraphs(body: str) -> list[str]:
    """The paragraphs of a text, or its sentences where it has few paragraphs."""
    parts = [part for part in body.split("\n") if part.strip()]
    return parts if len(parts) >= 5 else [part for part in re.split(r"(?<=[.!?][\s\"”])", body) if part.strip()]


def edited(chance: random.Random, body: list[str], _: object = None) -> list[str]:
    """Some words exchanged, left out, or doubled: three in a hundred, and those with a synonym half of the time."""

    def told(word: str) -> str:
        if word in SWAPPED and chance.random() < 0.5:
            return SWAPPED[word]
        if chance.random() < 0.03:
            return chance.choice(["", f"{word} {word}", "kemudian", f"{word} pun"])
        return word

    return [" ".join(filter(None, map(told, part.split()))) for part in body]


def cut(body: list[str], share: float, *, at_start: bool = False) -> list[str]:
    """A text less whole paragraphs that have about this share of its words, one paragraph at least left."""
    sizes, left = [len(part.split()) for part in body], list(body)
    gone = share * sum(sizes)
    while len(left) > 1 and gone >= len(left[0 if at_start else -1].split()) / 2:
        gone -= len(left.pop(0 if at_start else -1).split())
    return left


COPIES: dict[str, tuple[Callable[[random.Random, list[str], list[str]], list[str]], tuple[int, int]]] = {
    "as it is": (lambda chance, body, other: body, (0, 20)),
    "edited": (edited, (0, 20)),
    "end cut": (lambda chance, body, other: cut(body, chance.uniform(0.2, 0.5)), (0, 20)),
    "start cut": (lambda chance, body, other: cut(body, chance.uniform(0.1, 0.25), at_start=True), (0, 20)),
    "end added": (lambda chance, body, other: [*body, *BOILERPLATE, *other[-2:]], (0, 20)),
    "start added": (lambda chance, body, other: [other[0], *body], (0, 20)),
    "much": (lambda chance, body, other: [*edited(chance, cut(body, 0.2)), *BOILERPLATE], (0, 20)),
    "days later": (lambda chance, body, other: body, (48, 120)),
}


# -- what is no copy -----------------------------------------------------------------------------------


def no_copies(articles: Sequence[Article], most: int, seed: int) -> dict[str, list[Pair]]:
    """Pairs that are no copies though they have much in common, by kind."""
    chance = random.Random(seed + 1)
    return {
        "told otherwise": told_otherwise(articles)[:most],
        "follow-up": follow_ups(chance, articles, most),
        "formulaic": formulaic(chance, articles, most),
        "numbers changed": numbers_changed(chance, articles, most),
    }


def told_otherwise(articles: Sequence[Article]) -> list[Pair]:
    """Two outlets on one event, each in its own words; those that share most first."""
    by_word: dict[tuple[object, str], list[Article]] = defaultdict(list)
    for article in articles:
        if article.published and article.source:
            for word in words_of(article.title):
                if len(word) > 4:
                    by_word[article.published.date(), word].append(article)
    found: dict[tuple[str, str], tuple[float, Pair]] = {}
    for same in by_word.values():
        for one, other in combinations(same, 2) if len(same) < 30 else ():
            name = one.id, other.id
            if one.source != other.source and name not in found:
                a, b = words_of(one.title), words_of(other.title)
                alike = overlap(runs(one.body), runs(other.body)) if len(a & b) >= len(a | b) / 2 else 1
                found[name] = alike, (one, other)
    return [pair for alike, pair in sorted(found.values(), key=lambda item: -item[0]) if alike < 0.25]


def follow_ups(chance: random.Random, articles: Sequence[Article], most: int) -> list[Pair]:
    """An article, and another that tells its own news and then repeats a part of the first, up to all of it."""
    usable = [article for article in articles if 150 <= len(article.body.split()) <= 600 and article.published]
    chosen = chance.sample(usable, 2 * most)
    pairs = []
    for old, fresh in zip(chosen[::2], chosen[1::2], strict=True):
        background = cut(paragraphs(old.body), 1 - chance.uniform(0.33, 1))
        body = [*cut(paragraphs(fresh.body), 0.5), "Sebelumnya diberitakan,", *background]
        assert old.published
        later = old.published + timedelta(hours=chance.randint(2, 20))
        follow_up = Article(f"follow-{old.id}", fresh.title, "\n".join(body), source=old.source, published=later)
        pairs.append((old, follow_up))
    return pairs


def formulaic(chance: random.Random, articles: Sequence[Article], most: int) -> list[Pair]:
    """Articles with the same kind of headline, of one day and of the next that has one."""
    pairs = []
    for pattern in FORMULAIC:
        kind = [one for one in articles if one.published and re.search(pattern, one.title, re.IGNORECASE)]
        by_day = sorted({one.published.date(): one for one in kind if one.published}.items())
        both = [(one, other) for (_, one), (_, other) in pairwise(by_day)]
        pairs += chance.sample(both, min(len(both), most // 4))
    return chance.sample(pairs, min(len(pairs), most))


def numbers_changed(chance: random.Random, articles: Sequence[Article], most: int) -> list[Pair]:
    """A short article full of numbers, and what it will be like tomorrow."""

    def other(match: re.Match[str]) -> str:
        if match[0].isdigit():
            return "".join(chance.choice("123456789") for _ in match[0])
        return chance.choice(DAYS).title()

    usable = [
        article
        for article in articles
        if 60 <= len(article.body.split()) <= 250 and len(re.findall(r"\d+", article.body)) >= 15 and article.published
    ]
    pattern = re.compile(rf"\d+|\b(?:{'|'.join(DAYS)})\b", re.IGNORECASE)
    pairs = []
    for one in chance.sample(usable, min(most, len(usable))):
        assert one.published
        body, later = pattern.sub(other, one.body), one.published + timedelta(hours=chance.choice([6, 24, 48]))
        pairs.append((one, replace(one, id=f"tomorrow-{one.id}", body=body, published=later)))
    return pairs


def words_of(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def runs(body: str, size: int = 5) -> set[tuple[str, ...]]:
    """All runs of so many words."""
    words = re.findall(r"\w+", body.lower())
    return {tuple(words[at : at + size]) for at in range(len(words) - size + 1)}


def overlap(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    return len(one & other) / max(1, len(one | other))


# -- what is found -------------------------------------------------------------------------------------


def found_of(kinds: dict[str, list[Pair]]) -> dict[str, int]:
    """How many pairs of each kind an index takes for copies, each kind in an index of its own."""
    found = {}
    for kind, pairs in kinds.items():
        with TemporaryDirectory() as folder:
            everything = {article.id: article for pair in pairs for article in pair}
            with Index.build(everything.values(), folder) as index:
                found[kind] = sum(other.id in {copy.id for copy in index.copies(one.id)} for one, other in pairs)
    return found


def looked_at(articles: Sequence[Article], most: int, seed: int) -> dict[str, object]:
    """Print random pairs of copies among the real articles, and say how many there are and how long that took."""
    by_id = {article.id: article for article in articles}
    with TemporaryDirectory() as folder, Index.build(by_id.values(), folder) as index:
        segments = IndexReader(folder).segments
        started = time.process_time()
        groups = copies.groups(segments)
        seconds = time.process_time() - started
        members = [name for name in by_id if index.copies(name)]
        pairs = sorted({tuple(sorted((name, copy.id))) for name in members for copy in index.copies(name)})
    for one, other in random.Random(seed).sample(pairs, min(most, len(pairs))):
        for article in (by_id[one], by_id[other]):
            print(f"{article.id}  {article.published}  {article.source}  {article.title}\n    {article.body[:300]!r}")
        print()
    count = len(set(groups[0].tolist()))
    print(f"{len(members)} articles in {count} groups, found in {seconds:.2f} s of the processor")
    return {"in groups": len(members), "groups": count, "seconds": seconds}


if __name__ == "__main__":
    sys.exit(main())
