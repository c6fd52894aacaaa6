"""Promises 8 and 9: whatever is typed is read or refused, and answered within bounds."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from carinews import Article, Index, QuerySyntaxError
from carinews.analysis.analyzer import Analyzer
from carinews.indexing import update
from carinews.model import WIB
from carinews.query.language import MAX_CHARACTERS, parse
from reliability.worlds import WORDS, seeds

NEWS = Path(__file__).parents[3] / "shared" / "data" / "news" / "news.jsonl.xz"
LIMIT = 0.5
"""Seconds of this thread that a query may take on 50,000 documents; other processes do not count."""

_COMMON = (
    "di yang dan dengan untuk dari pada ini itu dalam akan tidak juga ke karena oleh ada telah tersebut kata saat"
).split()
_PARTS = (
    *"AND OR NOT DAN ATAU BUKAN NEAR DEKAT DEKAT/5 DEKAT/99 ( ) (( )) + - = * ? ~ ~1 ~2 ~9 ^ ^2 ^999 : /".split(),
    *'" \' “ ” "a "~99 judul: isi: sumber: rubrik: kota: penulis: jenis: tanggal: date: title: x:'.split(),
    *"2017-04 2016..2018 >=2019 kemarin 7-hari a* me* pe* di* ke* ber* ka* s* men*an m?n* ??? *an* te?bak".split(),
    *"gemba~ menembka~2 serang~2 a~2 17.000 3,5 Rp1,5 Jum’at anak-anak B.J. İ ß ﬀ ﷺ 漢 सत्य é e\u0301 ＩＳＩＳ".split(),
    *("\u202e", "\u200b", "\x00", "\x1b[31m", "\ud800", "٣", "𝔊", "\U000e0041"),
)


def cost_is_bounded(cases: int, *, timed: bool = True) -> Iterator[str]:
    """Random queries, many of the commonest words and widest patterns, on 50,000 articles where they are at hand."""
    with _index(50_000 if timed else 300) as index:
        words = [*_COMMON, *WORDS]
        for seed in seeds(cases):
            text = typed(random.Random(seed), words)
            start = time.thread_time()
            try:
                index.search(text, limit=10, facets=seed % 7 == 0)
            except QuerySyntaxError:
                pass
            except Exception as error:  # whatever else it is, it is the failure that is looked for
                yield f"{text!r}: {type(error).__name__}: {error}"
                continue
            seconds = time.thread_time() - start
            yield f"{text!r}: {seconds:.2f} s" if timed and seconds > LIMIT else ""


@contextmanager
def _index(documents: int) -> Iterator[Index]:
    with TemporaryDirectory() as folder:
        if documents >= 50_000 and NEWS.exists():
            update([NEWS], folder, workers=1)
        else:
            Index.build(_articles(documents), folder, workers=1).close()
        with Index.open(folder) as index:
            yield index


def _articles(count: int) -> Iterator[Article]:
    """Invented articles of common and rare words."""
    for seed in seeds(count):
        chance = random.Random(seed)
        rare = [f"{chance.choice(['me', 'di', 'pe', 'ka'])}{chance.randrange(30_000):x}" for _ in range(30)]
        text = " ".join(chance.choices([*_COMMON, *WORDS, *rare], k=150))
        date = datetime(2014, 1, 1, tzinfo=WIB) + timedelta(hours=chance.randrange(80_000))
        yield Article(f"a{seed}", " ".join(chance.choices(WORDS, k=6)), text, source="warta.example", published=date)


def typed(chance: random.Random, words: list[str]) -> str:
    """Something that a person, a cat, or an enemy may type."""
    match chance.randrange(6):
        case 0:
            return " ".join(chance.choices(_COMMON, k=chance.randrange(1, 70)))
        case 1:
            joint = chance.choice([" DEKAT/99 ", " AND ", " OR ", " ", " -", '" "'])
            return f'"{joint.join(chance.choices(words, k=chance.randrange(2, 30)))}"~99'
        case 2:
            wild = [word[: chance.randrange(2, 4)] + chance.choice(["*", "*", "?*", "*n", "~2"]) for word in words]
            return " ".join(chance.choices(wild, k=chance.randrange(1, 40)))
        case 3:
            return mutated(chance, "(" * chance.randrange(30) + " ".join(chance.choices(words, k=20)) + ")" * 15)
    parts = chance.choices([*words, *_PARTS], k=chance.randrange(1, 40))
    return chance.choice([" ", " ", ""]).join(parts)[: MAX_CHARACTERS + chance.choice([0, 0, 0, 50])]


def mutated(chance: random.Random, text: str) -> str:
    """A text with some of its parts cut out, doubled, exchanged, or replaced by signs that mean something."""
    signs = list(text)
    for _ in range(chance.randrange(1, 8)):
        place = chance.randrange(len(signs) + 1)
        match chance.randrange(4):
            case 0:
                signs[place:place] = chance.choice(_PARTS)
            case 1:
                del signs[place : place + chance.randrange(1, 6)]
            case 2:
                signs[place:place] = signs[place : place + chance.randrange(1, 12)]
            case 3:
                signs[place : place + 1] = chr(chance.choice([chance.randrange(128), chance.randrange(0x11_0000)]))
    return "".join(signs)


def parser_is_total(cases: int) -> Iterator[str]:
    """Mutations of mutations: what gave a new kind of tree or message is kept and mutated again."""
    analyzer = Analyzer()
    pool, shapes = list(_SEEDS), set[str]()
    for seed in seeds(cases):
        chance = random.Random(seed)
        text = mutated(chance, chance.choice(pool))
        try:
            shape = _shape(parse(text, analyzer, variants=seed % 4 == 0).tree)
        except QuerySyntaxError as error:
            shape = f"{type(error).__name__} {str(error)[:12]}"
        except Exception as error:  # whatever else it is, it is the failure that is looked for
            yield f"{text!r}: {type(error).__name__}: {error}"
            continue
        if shape not in shapes and len(text) < 100:
            shapes.add(shape)
            pool.append(text)
        yield ""


def _shape(node: object) -> str:
    """The kinds of nodes of a tree, four floors deep: the coverage by which inputs are kept."""
    from carinews.query.tree import children

    def told(node: object, depth: int) -> str:
        below = sorted({told(child, depth - 1) for child in children(node)}) if depth else []  # type: ignore[arg-type]
        return f"{type(node).__name__}({','.join(below)})"

    return told(node, 3)


_SEEDS = (
    'gempa AND (palu OR donggala) -lombok +"gempa bumi"~5 judul:korupsi^2',
    "sumber:tempo.co tanggal:2016..2018 tenbak~2 te?bak gemp* =menembak DEKAT/5 palu",
    'penulis:"Tio Laras" NOT (isi:anak-anak ATAU BUKAN Serang) tanggal:tidak-ada',
    "((((((((((a))))))))))",
    "kata " * 60,
)
