"""Ten thousand queries that nobody meant: each gets an answer or a typed error, nothing else.

The quick share runs in the suite; `CARINEWS_PROOFS=1` runs all.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from carinews import Index, QuerySyntaxError

COUNT = 10_000 if os.environ.get("CARINEWS_PROOFS") else 300
CORPUS = Path(__file__).parents[2] / "corpus"
PAGE = Path(__file__).parents[2] / "docs" / "query.md"
SIGNS = [*"\"'()+-=~^*?:/.,<>[]{}\\|&!#%@;…“”«»‘’（）：－\u200b\u00ad\u202e\x00\x1b\ud800\n\t 0179é\U0001f600"]
PARTS = (
    "gempa palu ISIS Irak Al-Qaeda anak-anak 17.000 KPK Suriah AND OR NOT DAN ATAU BUKAN DEKAT NEAR/3 judul: isi: "
    "sumber: tanggal: tanggal:2017.. tanggal:>= jenis: warna: -sumber:= gem* te?bak tenbak~ ~2 ^2 ^0.5 "
    '"gempa_bumi"~5 ((( ))) "" -"a_b" +(a_OR_b)'
).split(" ")
PARTS = [part.replace("_", " ") for part in PARTS]


def examples() -> list[str]:
    """The queries of the page on the language."""
    blocks = PAGE.read_text(encoding="utf-8").split("```query\n")[1:]
    return [line.split("  ")[0] for block in blocks for line in block.split("```")[0].splitlines()]


def queries(dice: random.Random) -> Iterator[str]:
    """Random ones, of parts that mean something and signs that do not; and examples with slips in them."""
    known = examples()
    while True:
        yield "".join(dice.choice(SIGNS) for _ in range(dice.randrange(30)))
        yield dice.choice(["", " "]).join(dice.choice(PARTS) for _ in range(dice.randrange(12)))
        letters = list(dice.choice(known) + dice.choice(["", " ", *known]))
        for _ in range(dice.randrange(1, 5)):
            place = dice.randrange(len(letters) + 1)
            match dice.randrange(4):
                case 0:
                    letters.insert(place, dice.choice(SIGNS))
                case 1:
                    del letters[place : place + dice.randrange(1, 3)]
                case 2:
                    letters[place:place] = dice.choice(PARTS)
                case 3:
                    letters[place:place] = letters[: dice.randrange(20)]
        yield "".join(letters)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An index of the sample articles."""
    with Index.build(CORPUS, tmp_path_factory.mktemp("index"), workers=1) as opened:
        yield opened


def test_no_query_is_a_crash(index: Index) -> None:
    """Search, suggest and explain: an answer, or an error of ours that says where."""
    dice = random.Random(6)
    answered = refused = 0
    for number, text in zip(range(COUNT), queries(dice), strict=False):
        try:
            result = index.search(text, facets=number % 7 == 0, sort=dice.choice(["relevance", "newest"]))
            assert len(result) == min(10, result.total)
            index.suggest(text)
            if result:
                assert index.explain(text, result[0].id) is not None
            answered += 1
        except QuerySyntaxError as error:
            if not (str(error) and 0 <= error.position <= len(text)):
                raise
            refused += 1
    assert answered > COUNT // 2
    assert refused > COUNT // 50
