"""The lexicon: its files row by row, the 45 failures it was made for, and what any string gets."""

from __future__ import annotations

import json
import lzma
import os
import subprocess
import sys
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from carinews.analysis.analyzer import Analyzer
from carinews.analysis.lexicon import Lexicon, default_lexicon, fingerprint
from carinews.analysis.normalize import fold
from carinews.analysis.stem import default_stemmer
from carinews.analysis.tokenize import WORD
from carinews.analysis.word_lists import CASED, LOANWORDS, NAMES, OVERRIDES, shipped

REPOSITORY = Path(__file__).parents[2]
NEWS = Path(os.environ.get("CARINEWS_SHARED", REPOSITORY.parent / "shared"), "data", "news", "news.jsonl.xz")
ARTICLES = 2_000

STEM_LISTS = (OVERRIDES, NAMES, LOANWORDS)

stem = Analyzer().stem


def rows(name: str) -> list[tuple[str, str]]:
    """The rows of a shipped file, as they stand there."""
    lines = shipped(name).splitlines()
    return [(form, value) for form, _, value in (line.partition("\t") for line in lines if not line.startswith("#"))]


# --- The files --------------------------------------------------------------------------------


def test_every_override_gives_its_stem() -> None:
    """Each row of overrides.tsv does through the analyser what it says."""
    assert {form: stem(form) for form, _ in rows(OVERRIDES)} == dict(rows(OVERRIDES))


def test_every_override_leads_to_a_stem_that_stays() -> None:
    """No row leads to a word that itself has another stem."""
    assert [(form, value, stem(value)) for form, value in rows(OVERRIDES) if stem(value) != value] == []


def test_every_override_is_needed() -> None:
    """Without its row a form has another stem, or one that another row mends: no row only adds weight."""
    lexicon = default_lexicon()
    needless = []
    for form, value in rows(OVERRIDES):
        others = {other: given for other, given in lexicon.overrides.items() if other != form}
        rest = Lexicon()
        kept = ("names", "loanwords", "_roots", "_stemmer")
        rest.__dict__.update({name: getattr(lexicon, name) for name in kept}, overrides=others)
        if rest.stem(form) == value and all(rest.stem(other) == given for other, given in others.items()):
            needless.append(form)
    assert needless == []


def test_every_name_is_its_own_stem() -> None:
    """No name of names.tsv is changed, in whatever case it is written."""
    assert [name for name, _ in rows(NAMES) if stem(fold(name.title())) != name] == []


def test_every_loan_word_is_known() -> None:
    """A word of loanwords.tsv is its own stem, or goes on to its standard spelling: karir to karier."""
    overrides = dict(rows(OVERRIDES))
    assert [word for word, _ in rows(LOANWORDS) if stem(word) != overrides.get(word, word)] == []


def test_no_loan_word_is_in_the_dictionary() -> None:
    """loanwords.tsv holds only what PySastrawi's dictionary lacks."""
    assert [word for word, _ in rows(LOANWORDS) if word in default_stemmer()._roots] == []


def test_no_form_is_listed_twice() -> None:
    """No name is also an override or a loan word, so that the order of the lists never decides."""
    overrides, names, loanwords = ({form for form, _ in rows(name)} for name in STEM_LISTS)
    assert names & overrides == set()
    assert names & loanwords == set()


@pytest.mark.parametrize("name", STEM_LISTS)
def test_files_are_sorted(name: str) -> None:
    """overrides.tsv is sorted by stem, so that families stand together, the others by word; no form comes twice."""
    found = rows(name)
    assert found == sorted(found, key=lambda row: (row[1], row[0]) if name == OVERRIDES else row)
    assert len(dict(found)) == len(found)


def test_kinds_are_few() -> None:
    """Kinds are words to read and to count by, so they are not spelt in several ways."""
    assert {kind for _, kind in rows(NAMES)} == {"place", "person", "organisation", "acronym"}
    assert {kind for _, kind in rows(LOANWORDS)} == {"word", "compound", "brand", "short"}


def test_there_are_names_enough() -> None:
    """Provinces, regencies, countries, capitals, parties, ministries, clubs and people: over 2,500 names."""
    names = dict(rows(NAMES))
    assert len(names) >= 2_500
    some = "aceh bekasi sidoarjo indonesia azerbaijan canberra gerindra kemendikbud persebaya prabowo susi merapi"
    assert [name for name in some.split() if name not in names] == []


# --- The 45 failures --------------------------------------------------------------------------

# Failures 1 to 23 of the list in the design notes: each line is one family.
FAMILIES = {
    1: ["penyidik penyidikan menyidik disidik penyidikannya"],
    2: ["penyelidik penyelidikan menyelidiki diselidiki penyelidikannya"],
    3: ["perampok perampokan merampok dirampok"],
    4: ["penculik penculikan menculik diculik"],
    5: ["nikah pernikahan menikah menikahi menikahkan dinikahi"],
    6: ["gerak bergerak gerakan pergerakan menggerakkan penggerak gerakan-gerakan"],
    7: ["perang peperangan memerangi diperangi berperang"],
    8: ["kunjungan mengunjungi pengunjung berkunjung dikunjungi"],
    9: ["sepakat disepakati menyepakati kesepakatan bersepakat"],
    10: ["masuk memasuki pemasukan memasukkan dimasuki"],
    11: ["basis berbasis berbasiskan"],
    12: ["berontak pemberontakan pemberontak memberontak"],
    13: ["kuasa dikuasai menguasai kekuasaan penguasa"],
    14: ["rawat perawat perawatan merawat dirawat terawat"],
    15: ["pesan memesan dipesan pemesanan pesanan pemesan"],
    16: ["padam pemadam memadamkan pemadaman dipadamkan"],
    17: ["kenal mengenali dikenali dikenal perkenalan berkenalan"],
    18: ["lulus kelulusan lulusan meluluskan"],
    19: ["pekan sepekan"],
    20: [
        "tandatangan menandatangani penandatanganan ditandatangani",
        "tanggungjawab bertanggungjawab pertanggungjawaban dipertanggungjawabkan",
        "disalahgunakan penyalahgunaan menyalahgunakan",
    ],
    21: ["ormas ormas-ormas ormasnya", "caleg caleg-caleg calegnya"],
    22: ["instagram instagramnya", "rinci rincian rinciannya merinci perincian"],
    23: ["korup korupsi koruptor", "teror teroris terorisme", "politik politisi politikus", "pemilu pilkada pemilihan"],
}

# Failures 24 to 45: the words of a line belong together, and not to the family of the word behind the bar.
APART = {
    24: ["kerusakan perusakan rusak merusak | rusa"],
    25: ["perbankan bank | perban"],
    26: ["senilai bernilai nilai penilaian | nila"],
    27: ["berikan memberikan beri | ikan"],
    28: ["menangis tangis tangisan | menang"],
    29: ["membantah dibantah bantahan | ban"],
    30: ["diminati minat berminat | mati"],
    31: ["ditemani menemani teman | tani"],
    32: ["penegakan menegakkan tegak | tega"],
    33: ["penarikan menarik tarik | tari"],
    34: ["desakan mendesak desak | desa"],
    35: ["kontrakan kontrak mengontrak | kontra"],
    36: ["mengawal pengawalan kawal | awal"],
    37: ["dikurangi kurang mengurangi | rang", "memerangi diperangi perang | rang"],
    38: ["relawan relawannya | rawan"],
    39: ["pengangguran menganggur penganggur | anggur"],
    40: ["setuju persetujuan disetujui menyetujui | tujuan"],
    41: ["diketuai ketua | tuai", "memenangi menang | tang", "pengesahan sah disahkan mengesahkan | kesah"],
    45: [
        "melakukan dilakukan lakukan | laku",
        "pelaku pelakunya | laku",
        "berlaku diberlakukan | laku",
        "perlakuan memperlakukan | laku",
        "pengadilan peradilan | adil",
        "keadilan adil | pengadilan",
        "pelajar pelajar-pelajar | belajar",
        "belajar ajaran mengajar | pelajar",
        "keterangan menerangkan | terang",
        "mengaku mengakui pengakuan | aku",
    ],
}

KEPT = {
    42: "bali bekasi maluku kediri merapi oman berlin milan persia mekkah deliserdang labuan",
    43: "dani dimas masiku helmi susi susan toni hadi deni julian diana permadi ginanjar",
    44: "kejagung kementan mentan kejati kejari kadis persebaya persela persita taliban",
}
SAFE = "kalimantan medan jakarta prabowo lampung persib iran irak allawi mosul jokowi pakistan megawati sukabumi"


@pytest.mark.parametrize(("number", "family"), [(n, family) for n, lines in FAMILIES.items() for family in lines])
def test_failure_families_split(number: int, family: str) -> None:
    """The forms of one family have one stem."""
    assert len({stem(form) for form in family.split()}) == 1, {form: stem(form) for form in family.split()}


@pytest.mark.parametrize(("number", "line"), [(n, line) for n, lines in APART.items() for line in lines])
def test_failure_unrelated_words_merged(number: int, line: str) -> None:
    """The forms have one stem, and it is not that of the word they were taken for."""
    forms, _, other = line.partition(" | ")
    stems = {stem(form) for form in forms.split()}
    assert len(stems) == 1, {form: stem(form) for form in forms.split()}
    assert stem(other) not in stems


@pytest.mark.parametrize(("number", "names"), [*KEPT.items(), ("safe", SAFE)])
def test_failure_names_cut(number: int | str, names: str) -> None:
    """Places, people and institutions are themselves."""
    assert {name: stem(name) for name in names.split()} == {name: name for name in names.split()}


def test_failure_44_peterpan() -> None:
    """The band is not a frying pan."""
    assert stem("peterpan") == "peterpan"


def test_failure_22_hyphens() -> None:
    """KPK-nya and sdm-nya are the words they are about."""
    assert [token.stem for token in Analyzer()("KPK-nya, sdm-nya")] == ["kpk", "sdm"]


# --- The rules --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("jakartanya", "jakarta"),
        ("undang-undangnya", "undang-undang"),
        ("penyelidikanlah", "selidik"),
        ("viralkah", "viral"),
        ("setujukah", "setuju"),
        ("memulainya", "mulai"),  # not mula: -nya comes off before -i
        ("petaninya", "tani"),
        ("dijakarta", "jakarta"),  # a preposition wrongly joined
        ("kepapua", "papua"),
        ("dimana", "mana"),
        ("disini", "sini"),
        ("kesana", "sana"),
        ("diatas", "atas"),
        ("dirumah", "rumah"),
        ("kesekolah", "sekolah"),
        ("diana", "diana"),
        ("saifullah", "saifullah"),  # only -nya comes off a name
        ("bertanya", "tanya"),
        ("masalah", "masalah"),  # a root, though masa is another
        ("ubur-uburnya", "ubur"),
    ],
)
def test_endings_come_off(form: str, expected: str) -> None:
    """-nya comes off names and known words; -lah, -kah, -pun, -ku, -mu off overrides and loan words."""
    assert stem(form) == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [("berlapis", "lapis"), ("bertopi", "topi"), ("berkemudi", "kemudi"), ("kenali", "kenal"), ("sesali", "sesal")],
)
def test_a_root_keeps_its_ending(form: str, expected: str) -> None:
    """-i and -is stay where they belong to the root behind a prefix, and go where they are a suffix."""
    assert stem(form) == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("gerakan-gerakan", "gerak"),
        ("perusahaan-perusahaan", "perusahaan"),
        ("mata-mata", "mata-mata"),
        ("orang-orangan", "orang-orangan"),
        ("orang-orang", "orang"),
        ("buku-bukunya", "buku"),
        ("caleg-calegnya", "caleg"),
    ],
)
def test_doubled_words(form: str, expected: str) -> None:
    """A doubled word is its half, unless it is a word of its own."""
    assert stem(form) == expected


# --- Any string -------------------------------------------------------------------------------


@cache
def vocabulary() -> list[str]:
    """The distinct forms of some real articles, or of the invented corpus where those are not there."""
    if NEWS.exists():
        with lzma.open(NEWS, "rt", encoding="utf-8") as lines:
            texts = [json.loads(line)["body"] for line in islice(lines, ARTICLES)]
    else:
        texts = [path.read_text(encoding="utf-8") for path in (REPOSITORY / "corpus").rglob("*.txt")]
    analyzer = Analyzer()
    words = {word for text in texts for word in WORD.findall(text)}
    return sorted({piece.form for word in words for piece in analyzer.pieces(word)})


def test_the_stem_of_a_stem_is_itself() -> None:
    """No word of the vocabulary has a stem that has another stem: families do not overlap."""
    assert [(form, stem(form), stem(stem(form))) for form in vocabulary() if stem(stem(form)) != stem(form)] == []


def test_stems_are_single_words() -> None:
    """No stem is empty or holds a space."""
    assert [form for form in vocabulary() if not stem(form) or stem(form).split() != [stem(form)]] == []


@given(st.text(alphabet=st.sampled_from("abeginkmnprsuy-"), min_size=1, max_size=16))
@example("-nya")
@example("----")
@example("-abcd")
@example("nya-nya")
def test_any_letters_have_a_stem(form: str) -> None:
    """Any letters and hyphens, in any order, have a stem that is not empty and holds no space."""
    found = stem(form)
    assert found
    assert not found.isspace()
    assert " " not in found


# --- Names that are words ---------------------------------------------------------------------


def test_names_that_are_words_are_told_apart_by_their_capitals() -> None:
    """Each row of cased.tsv is a term of its own as it is written, and of the word's family in any letters."""
    analyzer = Analyzer()
    for name, *_ in (line.split("\t") for line in shipped(CASED).splitlines() if not line.startswith("#")):
        assert [token.form for token in analyzer(f"{name} {name.lower()}")] == [name, name.lower()]
        assert analyzer.stem(name) == analyzer.stem(name.lower())


def test_no_name_is_told_apart_twice() -> None:
    """No name stands in two rows, and the rows are sorted by kind and name."""
    rows = [tuple(line.split("\t")) for line in shipped(CASED).splitlines() if not line.startswith("#")]
    assert len({name for name, *_ in rows}) == len(rows) >= 100
    assert [(kind, name) for name, kind, _ in rows] == sorted((kind, name) for name, kind, _ in rows)


# --- The whole --------------------------------------------------------------------------------


def test_the_fingerprint_names_what_ships() -> None:
    """It is the same whenever it is asked for: sixteen hexadecimal digits of the lists and the dictionary."""
    assert fingerprint() == fingerprint()
    assert len(bytes.fromhex(fingerprint())) == 8


def test_a_listed_word_needs_no_dictionary() -> None:
    """PySastrawi's dictionary is not read for words that the lexicon lists."""
    program = (
        "from carinews.analysis.analyzer import Analyzer; from carinews.analysis import lexicon; "
        "assert Analyzer().stem('kerusakan') == 'rusak' and Analyzer().stem('bali') == 'bali'; "
        "assert '_roots' not in vars(lexicon.default_lexicon())"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
