"""Random news for the property tests: words, articles, corpora, query trees, query texts.

The vocabulary is small on purpose, so that random queries meet random articles.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import strategies as st

from carinews.analysis.analyzer import Analyzer
from carinews.model import WIB, Article, RelatedStory
from carinews.query.tree import (
    And,
    Apart,
    Around,
    Before,
    Best,
    Between,
    Category,
    Constant,
    Dated,
    Everything,
    Family,
    Filtered,
    Form,
    Fuzzy,
    Given,
    Joined,
    Near,
    Node,
    Not,
    Nothing,
    Opening,
    Or,
    Otherwise,
    Pattern,
    Phrase,
    Prefer,
    Ranked,
    Recent,
    Synonyms,
    Without,
    Word,
    boosted,
)

WORDS = (
    "gempa gempanya bumi palu donggala tembak menembak penembakan tertembak anak anak-anak anaknya buku buku-bukunya "
    "membuku baca membaca dibacakan pembacaan di yang dan ISIS Irak Al-Qaeda Jum’at Erdoğan 17.000 17000 3,5 ke-2 "
    "rumah_sakit pro-profesi ormas-ormas pertanggungjawaban Serang serang menyerang PAN B.J. KPK-nya"
).split()
IDS = [f"a{number}" for number in range(12)]  # few, so that articles replace one another
TITLES = ["Gempa Palu", "gempa, palu!", "Menembak di Moskow", "Anak-anak Membaca", "ISIS", "Jum’at", "17.000", "…"]
SOURCES = [None, "warta.example", "kabar.example"]
SECTIONS = [None, "Nasional", "Dunia", "Bisnis"]
CITIES = [None, "Palu", "Moskow"]
FIRST_SECOND, LAST_SECOND = 1_380_000_000, 1_720_000_000  # 2013 and 2024: a little more than the dates below
FIRST_DAY = datetime(2014, 1, 1, tzinfo=WIB)
ANALYZER = Analyzer()
FORMS = sorted({piece.form for word in WORDS for piece in ANALYZER.pieces(word)} | {"takada"})

words = st.sampled_from(WORDS)
forms = st.sampled_from(FORMS)
scopes = st.sampled_from(["text", "text", "title", "body"])


_AFFIXED = [
    f"{prefix}{root}{suffix}" for prefix in ("", "di", "ke") for root in ("tanam", "bina") for suffix in ("", "an")
]
_SIGNS = [" ", " ", " ", " ", ", ", ". ", "\n", " – ", "\t"]
_WORDS_AND_SIGNS = st.sampled_from([word + sign for sign in _SIGNS for word in (*WORDS, *_AFFIXED)])


def prose(most: int = 30) -> st.SearchStrategy[str]:
    """Some words with white space and signs between them."""
    return st.lists(_WORDS_AND_SIGNS, max_size=most).map(lambda found: "".join(found).strip())


addresses = st.sampled_from([None, None, "https://warta.example/satu", "https://warta.example/dua"])
summaries = st.one_of(st.just(""), prose(6))
stories = st.builds(
    RelatedStory,
    st.sampled_from(["baca_juga", "berita_terkait", "pilihan_editor"]),
    st.sampled_from(TITLES),
    addresses,
    summaries,
)
dates = st.integers(0, 10 * 365 * 24).map(lambda hours: FIRST_DAY + timedelta(hours=hours))


articles = st.builds(
    Article,
    id=st.sampled_from(IDS),
    title=st.one_of(st.sampled_from(TITLES), st.lists(words, min_size=1, max_size=5).map(" ".join)),
    body=prose(),
    url=addresses,
    source=st.sampled_from(SOURCES),
    section=st.sampled_from(SECTIONS),
    city=st.sampled_from(CITIES),
    published=st.one_of(st.none(), dates),
    related=st.lists(stories, max_size=2).map(tuple),
    path=st.sampled_from([None, "corpus/a.jsonl", "corpus/b.jsonl"]),
)


def corpora(most: int = 10) -> st.SearchStrategy[list[Article]]:
    """Lists of articles; the last of two equal ids counts."""
    return st.lists(articles, max_size=most)


def _word(scope: str, form: str) -> Word:
    return Word(Form(scope, form), Family(scope, ANALYZER.stem(form)))  # type: ignore[arg-type]


def _phrases(scopes: st.SearchStrategy[str]) -> st.SearchStrategy[Phrase]:
    words = st.lists(forms, min_size=2, max_size=3).map(tuple)
    return st.builds(Phrase, scopes, words, st.sampled_from([1, 1, 2, 5, 99]), boosts)


def _synonyms(scope: str) -> st.SearchStrategy[Synonyms]:
    """What a widened word has: a family or a name first, then other families, names and phrases."""
    here = st.just(scope)
    family = st.builds(Family, here, forms.map(ANALYZER.stem), boosts)
    parts = st.lists(st.one_of(family, family, st.builds(Form, here, forms, boosts), _phrases(here)), max_size=3)
    return st.builds(lambda first, rest: Synonyms((first, *rest)), family, parts)


boosts = st.sampled_from([1.0, 1.0, 0.5, 2.0])
plain_words = st.builds(_word, scopes, forms)
widened_words = scopes.flatmap(lambda scope: st.builds(Word, st.builds(Form, st.just(scope), forms), _synonyms(scope)))
light_words = st.builds(boosted, plain_words, st.sampled_from([0.1, 0.3]))
phrases = _phrases(scopes)
patterns = st.builds(
    Pattern, scopes, st.sampled_from(["gem*", "te*", "me*ak", "an*", "te?bak", "pem*an", "se?a*g", "gempa"]), boosts
)
fuzzy_words = st.builds(
    Fuzzy,
    scopes,
    st.sampled_from(["gempa", "gemba", "gepma", "tembak", "menembak", "serang", "anak", "isis"]),
    st.integers(0, 2),
    st.integers(0, 3),
    boosts,
)
ranges = st.builds(Between, scopes, st.none() | forms, st.none() | forms, st.booleans(), st.booleans(), boosts)
conditions = st.one_of(
    st.builds(Dated, *(st.none() | st.integers(FIRST_SECOND, LAST_SECOND) for _ in range(2))),
    st.builds(
        Category,
        st.just("source"),
        st.sampled_from("warta.example warta =warta =kabar.example example kab takada".split()),
    ),
    st.builds(Category, st.just("section"), st.sampled_from(["nasional", "dunia"])),
)
leaves: st.SearchStrategy[Node] = st.one_of(
    plain_words,
    plain_words,
    light_words,
    widened_words,
    scopes.flatmap(_synonyms),
    st.builds(Form, scopes, forms, boosts),
    st.builds(Family, scopes, forms.map(ANALYZER.stem), boosts),
    phrases,
    patterns,
    fuzzy_words,
    ranges,
)


def _positional(below: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(below, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Near, several, st.sampled_from([1, 2, 5, 30]), st.booleans(), st.sampled_from([0, 1, 1, 2])),
        st.builds(Joined, several),
        st.builds(Apart, below, below),
        st.builds(Around, below, below),
        st.builds(Before, below, below),
        st.builds(Given, below, below),
        st.builds(Opening, below, st.integers(0, 8)),
    )


positionals = st.recursive(leaves, _positional, max_leaves=4)
"""Parts of a query that stand somewhere, alone or in a relation to one another."""


def _branches(below: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    parts = st.lists(below, min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Ranked, parts, st.sampled_from([False, False, True])),
        st.builds(And, parts),
        st.builds(Or, parts),
        st.builds(Without, below, below),
        st.builds(Prefer, below, below),
        st.builds(Not, below),
        st.builds(Filtered, below, st.one_of(conditions, below)),
        st.builds(Otherwise, below, below),
        st.builds(Best, parts),
        st.builds(Constant, below, boosts),
    )


_ends = st.sampled_from([Everything(), Nothing()])
plain_trees: st.SearchStrategy[Node] = st.recursive(
    st.one_of(leaves, leaves, leaves, conditions, _ends), _branches, max_leaves=8
)
"""Any tree without positional nodes, which Whoosh cannot put below others; also ones that no text is read as."""

trees: st.SearchStrategy[Node] = st.recursive(
    st.one_of(leaves, leaves, positionals, conditions, _ends), _branches, max_leaves=8
)
"""Any tree that Whoosh has, too."""

all_trees: st.SearchStrategy[Node] = st.one_of(
    trees, st.builds(Recent, trees, st.integers(3_600, 10**9), st.integers(FIRST_SECOND, LAST_SECOND))
)
"""Any tree at all."""

_LEXEMES = [
    *'()"+-~=',
    *(
        "~3",
        "^2",
        "^0.5",
        "^0.1",
        " gemp* ",
        "te?bak",
        " tenbak~2",
        "DEKAT",
        "NEAR/2",
        " tanggal:2015 ",
        " -sumber:warta.example ",
    ),
    *("AND", "OR", "NOT", "DAN", "ATAU", "BUKAN", " judul:", " -isi:", " +title:", "(body:"),
]
query_texts = st.lists(
    st.tuples(st.one_of(words, words, st.sampled_from(_LEXEMES)), st.sampled_from(["", " ", " "])), max_size=12
).map(lambda pairs: "".join(lexeme + space for lexeme, space in pairs))
"""What a person may type, sensible or not; never an unknown field, for a known one follows no word."""
