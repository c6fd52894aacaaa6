"""The stemmer: small examples first, then word for word against PySastrawi itself."""

from __future__ import annotations

import importlib.util
import json
import lzma
import os
import random
import re
import subprocess
import sys
from itertools import islice
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
from Sastrawi.Stemmer.Stemmer import Stemmer as SastrawiStemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from carinews.analysis.stem import Stemmer, default_stemmer, pysastrawi_dictionary
from carinews.errors import CarinewsError

SEED = 20121
WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
REPOSITORY = Path(__file__).parents[2]
NEWS = Path(os.environ.get("CARINEWS_SHARED", REPOSITORY.parent / "shared"), "data", "news", "news.jsonl.xz")

stem = default_stemmer().stem
sastrawi_stem = StemmerFactory().create_stemmer().stem


def differences(words: list[str]) -> list[tuple[str, str, str]]:
    """The words on which the two disagree: word, our stem, PySastrawi's."""
    rows = ((word, stem(word), sastrawi_stem(word)) for word in words)
    return [row for row in rows if row[1] != row[2]]


# --- What it does -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("menembak", "tembak"),
        ("penembakan", "tembak"),  # the k is the root's, not that of -kan
        ("tertembak", "tembak"),
        ("memperbaiki", "baik"),
        ("kebersamaan", "sama"),
        ("pembelajaran", "ajar"),
        ("bukunyalah", "buku"),
        ("buku-nya", "buku"),
        ("kuambil", "ambil"),
        ("kinerja", "kerja"),  # an infix: k-in-erja
    ],
)
def test_finds_the_root(word: str, root: str) -> None:
    """Prefixes, infixes and suffixes come off, several of them if need be."""
    assert stem(word) == root


@pytest.mark.parametrize(
    ("rule", "word", "root"),
    [
        ("1", "beradu", "adu"),
        ("1", "berambut", "rambut"),
        ("2", "berjalan", "jalan"),
        ("3", "berdaerah", "daerah"),
        ("4", "belajar", "ajar"),
        ("5", "bekerja", "kerja"),
        ("6", "terasing", "asing"),
        ("6", "teraup", "raup"),
        ("7", "tergerak", "gerak"),
        ("8", "terpukul", "pukul"),
        ("9", "teterjang", "terjang"),
        ("10", "mewakili", "wakil"),
        ("11", "membaca", "baca"),
        ("12", "mempengaruhi", "pengaruh"),
        ("13", "memaki", "maki"),
        ("13", "memukul", "pukul"),
        ("14", "mensyukuri", "syukur"),
        ("15", "menanti", "nanti"),
        ("15", "menulis", "tulis"),
        ("16", "mengkritik", "kritik"),
        ("17", "mengambil", "ambil"),
        ("17", "mengecat", "cat"),
        ("17", "menganga", "nganga"),
        ("18", "menyala", "nyala"),
        ("18", "menyapu", "sapu"),
        ("19", "memproteksi", "proteksi"),
        ("20", "pewereng", "wereng"),
        ("21", "perubahan", "ubah"),
        ("21", "perajut", "rajut"),
        ("23", "perjalanan", "jalan"),
        ("24", "perdaerah", "daerah"),
        ("25", "pembaca", "baca"),
        ("26", "pemakai", "pakai"),
        ("27", "pencuri", "curi"),
        ("28", "penari", "tari"),
        ("29", "penggali", "gali"),
        ("30", "pengarang", "arang"),
        ("30", "pengebom", "bom"),
        ("31", "penyanyi", "nyanyi"),
        ("31", "penyapu", "sapu"),
        ("32", "pelajar", "ajar"),
        ("32", "pelerai", "lerai"),
        ("34", "petugas", "tugas"),
        ("35", "terpercik", "percik"),
        ("36", "pekerja", "kerja"),
        ("41", "kulihat", "lihat"),
        ("42", "kaulihat", "lihat"),
    ],
)
def test_each_prefix_rule_has_its_word(rule: str, word: str, root: str) -> None:
    """Every numbered rule of the table does what it is there for."""
    assert stem(word) == root, f"rule {rule}"


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("anak-anak", "anak"),
        ("buku-bukunya", "buku"),
        ("berbalas-balasan", "balas"),
        ("tolong-menolong", "tolong"),
        ("malaikat-malaikat-nya", "malaikat"),
        ("meniru-nirukan", "tiru"),  # nirukan is no word; menirukan is
        ("sayur-mayur", "sayur-mayur"),
        ("ormas-ormas", "ormas-ormas"),  # a word it does not know is not halved
        ("covid-19", "covid-19"),
        ("kpk-nya", "kpk-nya"),
    ],
)
def test_joins_the_halves_of_a_doubled_word(word: str, root: str) -> None:
    """Two halves of one known root become that root; any other hyphenated word stays."""
    assert stem(word) == root


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("perusakan", "rusa"),  # destruction: a deer
        ("berikan", "ikan"),  # give: fish
        ("bersinarlah", "sar"),  # shine: s-in-ar, and -lah after the prefix
    ],
)
def test_keeps_the_oddities(word: str, root: str) -> None:
    """Where PySastrawi errs, so does this: corrections belong in a table in front of it."""
    assert stem(word) == sastrawi_stem(word) == root


@pytest.mark.parametrize("word", ["ban", "kei", "dii", "2019", "jokowi", "prabowo", "x"])
def test_leaves_short_and_unknown_words(word: str) -> None:
    """Words of three letters, and words in which no root is found, stay as they are."""
    assert stem(word) == word


@pytest.mark.parametrize("text", ["", " ", "-", "--", "!?", "موصل", "dua kata", "17.000", "tempo.co", "são"])
def test_leaves_what_is_not_one_word(text: str) -> None:
    """No word, or several, come back unchanged: no stem is ever new and empty, or holds a new space."""
    assert stem(text) == text


def test_takes_a_dictionary_of_its_own() -> None:
    """The roots it is given are the only ones it knows."""
    toy = Stemmer(frozenset({"caleg"}))
    assert [toy.stem(word) for word in ("calegnya", "caleg-caleg", "menembak")] == [
        "caleg",
        "caleg",
        "menembak",
    ]


# --- How it is loaded -------------------------------------------------------------------------


def test_default_stemmer_is_shared() -> None:
    """The dictionary is read once."""
    assert default_stemmer() is default_stemmer()


def test_importing_reads_nothing() -> None:
    """Neither an import nor a stem imports Sastrawi's modules; the dictionary waits for the first use."""
    program = (
        "import sys; from carinews.analysis import stem; "
        "assert not stem.default_stemmer.cache_info().currsize; "
        "assert stem.default_stemmer().stem('menembak') == 'tembak'; "
        "assert 'Sastrawi' not in sys.modules"
    )
    subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )


def test_a_missing_dictionary_is_a_clear_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without PySastrawi, or with half of it, the error says what to install."""
    pysastrawi_dictionary.cache_clear()
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(CarinewsError, match=r"is missing: pip install .PySastrawi"):
        Stemmer()
    hollow = SimpleNamespace(submodule_search_locations=[str(tmp_path)])
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: hollow)
    with pytest.raises(CarinewsError, match=r"kata-dasar\.txt: cannot read .* pip install .PySastrawi"):
        Stemmer()


# --- The same as PySastrawi, word for word ----------------------------------------------------

PREFIXES = (
    "ber be ter te me mem men meng menge meny memper diper di ke se pe per pem pen peng penge peny "
    "pel bel ku kau keber keter seper terper berke mempel"
).split()
SUFFIXES = (
    "i an kan is isme isasi nya ku mu lah kah tah pun annya kannya ilah kanlah nyalah nyapun -nya -ku -lah"
).split()
LOST = {"p": "m", "t": "n", "k": "ng", "s": "ny"}
"""The first letter that a prefix may swallow, and what is heard instead."""


def derived_word(chance: random.Random, roots: list[str]) -> str:
    """A root with affixes that may or may not belong to it, doubled at times."""
    root = chance.choice(roots)
    prefix = chance.choice(["", "", *PREFIXES])
    if chance.random() < 0.3 and root[0] in LOST:
        prefix, root = chance.choice(["me", "pe"]), LOST[root[0]] + root[1:]
    if chance.random() < 0.05:
        root = root[0] + chance.choice(["er", "el", "em", "in"]) + root[1:]
    suffix = chance.choice(["", "", *SUFFIXES])
    return f"{prefix}{root}-{root}{suffix}" if chance.random() < 0.1 else prefix + root + suffix


def test_same_on_derived_words() -> None:
    """6,000 words built from dictionary roots and affixes, right and wrong, have PySastrawi's stems."""
    chance = random.Random(SEED)
    roots = [root for root in StemmerFactory().get_words() if WORD.fullmatch(root)]
    assert differences([derived_word(chance, roots) for _ in range(6_000)]) == []


MORPHEMES = st.sampled_from(
    [
        *PREFIXES,
        *SUFFIXES,
        "er",
        "el",
        "em",
        "in",
        "ajar",
        "tembak",
        "baca",
        "sesak",
        *"abcdeghijklmnoprstuvwyz",
        "-",
        "7",
    ]
)
LIKE_WORDS = st.lists(MORPHEMES, min_size=1, max_size=7).map("".join)


@settings(max_examples=400, deadline=None)
@given(LIKE_WORDS | st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=12))
def test_same_on_random_words(word: str) -> None:
    """Strings of morphemes and of mere letters have PySastrawi's stems."""
    assert stem(word) == sastrawi_stem(word)


@settings(max_examples=400, deadline=None)
@given(st.lists(LIKE_WORDS, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_same_with_any_dictionary(words: list[str], chance: random.Random) -> None:
    """Pieces of the words taken as roots, so that every rule meets a hit, give PySastrawi's stems."""
    roots = set()
    for word in words * 4:
        start = chance.randrange(len(word))
        piece = word[start : chance.randint(start + 1, len(word))]
        roots.add(chance.choice(["", "", "p", "t", "k", "s", "r", "m", "n", "ng", "ny"]) + piece)
    roots = {root for root in roots if len(root) > 1}
    ours, theirs = Stemmer(frozenset(roots)), SastrawiStemmer(ArrayDictionary(sorted(roots)))
    assert [ours.stem(word) for word in words] == [theirs.stem(word) for word in words]


@settings(max_examples=400, deadline=None)
@given(st.text(st.characters()) | LIKE_WORDS.map(str.title) | st.text("kKſsSıİiI'. -anmen"))
@example("İstanbul")
@example("\ud800")
def test_same_on_any_text(text: str) -> None:
    """Whatever the string holds: PySastrawi's stem where that is one word, else the string itself."""
    stems = sastrawi_stem(text).split()
    assert stem(text) == (stems[0] if len(stems) == 1 else text)


@pytest.mark.skipif(not NEWS.is_file(), reason=f"no news to read: {NEWS} (CARINEWS_SHARED names its folder)")
def test_same_on_real_news() -> None:
    """5,000 words of 3,000 real articles have PySastrawi's stems (all of them: benchmarks/stemmer.py)."""
    words: set[str] = set()
    with lzma.open(NEWS, "rt", encoding="utf-8") as lines:
        for line in islice(lines, 3_000):
            article = json.loads(line)
            words.update(WORD.findall(f"{article['title']}\n{article['body']}".lower()))
    assert differences(random.Random(SEED).sample(sorted(words), 5_000)) == []
