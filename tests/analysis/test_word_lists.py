"""Lists of one's own: they come on top of those that ship, and a bad line is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from carinews.analysis.analyzer import Analyzer
from carinews.analysis.lexicon import Lexicon, default_lexicon
from carinews.analysis.word_lists import CASED, NAMES, OVERRIDES, VARIANTS, own_lists
from carinews.errors import CarinewsError


def test_a_users_rows_come_on_top(tmp_path: Path) -> None:
    """A file of one's own adds overrides and names, and has the last word over the shipped ones."""
    mine = tmp_path / "mine.tsv"
    mine.write_text("# mine\n\nbersekutu-sekutu\tsekutu\npilkada\tpilkada\nMenasuki\tmenasuki\n", encoding="utf-8")
    lexicon = Lexicon.load(mine)
    assert [lexicon.stem(form) for form in ("pilkada", "menasuki", "menasukinya")] == [
        "pilkada",
        "menasuki",
        "menasuki",
    ]
    assert default_lexicon().stem("pilkada") == "pemilu"


def test_a_folder_holds_lists_of_every_kind(tmp_path: Path) -> None:
    """Each file is read like the shipped one of its name; one file alone, too."""
    (tmp_path / "names.tsv").write_text("Pilkada\nKompasianaku\torganisation\n", encoding="utf-8")
    (tmp_path / "loanwords.tsv").write_text("spill\tword\n", encoding="utf-8")
    (tmp_path / "cased.tsv").write_text("Kompas\tmedia\tcompass\n", encoding="utf-8")
    (tmp_path / "variants.tsv").write_text("spelling\tboth\tkulkas, lemari es\n", encoding="utf-8")
    lexicon = Lexicon.load(tmp_path)
    analyzer = Analyzer(lexicon)
    assert [lexicon.stem(form) for form in ("pilkada", "kompasianaku", "menspill")] == [
        "pilkada",
        "kompasianaku",
        "spill",
    ]
    assert [token.form for token in analyzer("Kompas dan kompas")] == ["Kompas", "dan", "kompas"]
    assert [variant.text for variant in lexicon.variants.of(["kulkas"])] == ["lemari es"]
    assert lexicon.decides_as(lexicon)
    assert not lexicon.decides_as(default_lexicon())
    assert Lexicon.load(tmp_path / "variants.tsv").decides_as(default_lexicon())


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("mine.tsv", b"kerusakan rusak\n", r"mine\.tsv:1: want a word, a tab and its stem.*'kerusakan rusak'"),
        ("mine.tsv", b"# mine\nbali\tbali\nmekah\t\n", r"mine\.tsv:3: "),
        ("mine.tsv", b"tanggung jawab\ttanggung\n", r"mine\.tsv:1: "),
        ("mine.tsv", b"bali\tbal\xff\n", r"mine\.tsv: not UTF-8"),
        (NAMES, b"Tri Rismaharini\tperson\n", r"names\.tsv:1: want a name of one word"),
        (CASED, b"serang\tplace\n", r"cased\.tsv:1: want a name of one word with its capitals"),
        (VARIANTS, b"spelling\tboth\tizin\n", r"variants\.tsv:1: want a kind .*forms parted by commas"),
        (VARIANTS, b"spelling\tboht\tizin, ijin\n", r"variants\.tsv:1: .*both, first, capitals"),
        (VARIANTS, b"spelling\tboth\tizin, !\n", r"variants\.tsv:1: "),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    """The message names the file, the line that is no row, and what a row is."""
    mine = tmp_path / name
    mine.write_bytes(content)
    for place in (mine, tmp_path) if name != "mine.tsv" else (mine,):
        with pytest.raises(CarinewsError, match=message):
            own_lists(place)


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    """A file that is not there, a folder without a list, and one with a list of an unknown name are errors."""
    with pytest.raises(CarinewsError, match=r"mine\.tsv: cannot read the lexicon"):
        own_lists(tmp_path / "mine.tsv")
    with pytest.raises(CarinewsError, match=r"no list of a lexicon; the lists are overrides\.tsv, names\.tsv"):
        own_lists(tmp_path)
    (tmp_path / "nama.tsv").write_text("Bali\n")
    with pytest.raises(CarinewsError, match=r"nama\.tsv: no list of a lexicon"):
        own_lists(tmp_path)


def test_lists_may_come_from_other_systems(tmp_path: Path) -> None:
    """A byte order mark, Windows line ends, blanks around a column and empty lines are no trouble."""
    mine = tmp_path / OVERRIDES
    mine.write_bytes(b"\xef\xbb\xbfbali \tbali\r\n\r\nMekah\tmekkah\r\n")
    assert own_lists(mine) == {OVERRIDES: "bali\tbali\nmekah\tmekkah"}
