"""Records become articles one by one, and a bad one costs only itself."""

from __future__ import annotations

import contextlib
import csv
import io
import json
from collections.abc import Iterable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carinews.corpus.files import RawLine
from carinews.corpus.records import read_csv, read_json, read_json_lines
from carinews.errors import CorpusError, CorpusNote
from carinews.model import Article, RelatedStory

FULL = {
    "id": "kabar-1",
    "url": "https://kabar.id/1",
    "title": " Perahu Baru ",
    "published": "Selasa, 18 April 2017 16:19 WIB",
    "category": "Laut",
    "source": "kabar.id",
    "body": "Satu.\nDua.\n\n  Tiga  empat. ",
    "related": [
        "Dermaga",
        {"kind": "baca_juga", "title": "Layar", "url": "u", "summary": "s", "age": "kemarin"},
    ],
    "author": "Tio Laras",
    "city": "Rindang",
    "caption": "Perahu",
    "kind": "article",
    "dataset": "ignored",
}


def raw(lines: Iterable[str]) -> Iterator[RawLine]:
    return iter([RawLine(number, line) for number, line in enumerate(lines, 1)])


def jsonl(*records: object) -> list[Article | CorpusError]:
    lines = [record if isinstance(record, str) else json.dumps(record) for record in records]
    return list(read_json_lines(raw(lines), "k.jsonl"))


def table(text: str) -> list[Article | CorpusError]:
    return list(read_csv(raw(io.StringIO(text, newline="\n")), "k.csv"))


def article(found: list[Article | CorpusError]) -> Article:
    (only,) = found
    assert isinstance(only, Article), only
    return only


def test_every_key_is_read() -> None:
    """All known keys land in their fields, unknown ones are ignored, and the body is left as it is."""
    read = article(jsonl(FULL))
    assert (read.id, read.url, read.title, read.section) == (
        "kabar-1",
        "https://kabar.id/1",
        "Perahu Baru",
        "Laut",
    )
    assert (read.source, read.author, read.city, read.caption) == (
        "kabar.id",
        "Tio Laras",
        "Rindang",
        "Perahu",
    )
    assert read.body == "Satu.\nDua.\n\n  Tiga  empat. "
    assert read.published is not None
    assert read.published.isoformat() == "2017-04-18T16:19:00+07:00"
    assert read.related == (
        RelatedStory("berita_terkait", "Dermaga"),
        RelatedStory("baca_juga", "Layar", "u", "s", "kemarin"),
    )
    assert read.path == "k.jsonl"


def test_only_a_title_is_needed() -> None:
    """Nulls and missing keys are unknown."""
    read = article(jsonl({"title": "Perahu", "body": None, "url": None, "related": None}))
    assert (read.id, read.body, read.url, read.published, read.kind) == ("perahu", "", None, None, "article")


def test_a_missing_id_comes_from_the_url() -> None:
    """The URL names an article better than its title, which editors change."""
    one = article(jsonl({"title": "Perahu", "url": "https://www.kabar.id/1"}))
    two = article(jsonl({"title": "Perahu Baru", "url": "https://www.kabar.id/1"}))
    assert one.id == two.id
    assert one.id.startswith("kabar-")
    assert article(jsonl({"title": "Perahu", "id": 7})).id == "7"


def test_section_comes_before_category() -> None:
    """Either name will do, and the first wins."""
    assert article(jsonl({"title": "A", "section": "Darat", "category": "Laut"})).section == "Darat"


def test_an_unknown_date_costs_only_itself() -> None:
    """The article is kept without a date, and a note says which line and which date."""
    read, note = jsonl({"title": "A", "published": "zaman dulu", "body": "B"})
    assert isinstance(read, Article)
    assert read.published is None
    assert isinstance(note, CorpusNote)
    assert str(note).endswith(":1: the date 'zaman dulu' was not understood; the article is kept without one")


def test_an_age_in_place_of_a_date_stays_an_age() -> None:
    """It counts from a day that nobody knows, so it is kept as it is printed."""
    read = article(jsonl({"title": "A", "published": "2 jam yang lalu"}))
    assert (read.published, read.age) == (None, "2 jam yang lalu")


def test_ages_count_from_the_day_that_a_record_was_copied() -> None:
    """`copied` dates the record's own age and those of its stories; nothing else does."""
    stories = [{"title": "Layar", "age": "11 hari lalu"}]
    aged = {"title": "A", "published": "kemarin", "related": stories}
    assert article(jsonl(aged)).related[0].published is None
    read = article(jsonl({**aged, "copied": "2024-05-06"}))
    assert (str(read.published), read.date_certainty) == ("2024-05-05 00:00:00+07:00", "relative")
    assert str(read.related[0].published) == "2024-04-25 00:00:00+07:00"
    assert read.related[0].date_certainty == "relative"


class TestEdges:
    """Lines of a body that only point at another story are edges."""

    @pytest.mark.parametrize(
        ("body", "left", "titles"),
        [
            ("Satu.\nBaca juga: Perahu Baru\nDua.", "Satu.\nDua.", ["Perahu Baru"]),
            ("Satu.\n\nBACA JUGA : Perahu Baru?\n\nDua.", "Satu.\n\n\nDua.", ["Perahu Baru?"]),
            ("Satu. (Baca juga: Perahu (Baru)) Dua.", "Satu. Dua.", ["Perahu (Baru)"]),
            ("Satu.\nPilihan Editor: Perahu Baru", "Satu.", ["Perahu Baru"]),
            # a title that was lost on the way leaves only its label
            ("Baca juga:, Kapal datang pagi, kata dia.", "Kapal datang pagi, kata dia.", []),
            ("Baca Juga :, Baca Juga :, Kapal datang.", "Kapal datang.", []),
            ("Satu.\nBaca Juga\nDua.", "Satu.\nDua.", []),
            # where the title ends, nobody can tell
            ("Satu. Baca juga: Perahu Baru Kapal datang.", "Satu. Baca juga: Perahu Baru Kapal datang.", []),
            ("Baca juga: Perahu BaruPewarta: Tio Laras", "Baca juga: Perahu BaruPewarta: Tio Laras", []),
            ("Baca juga: Satu Baca juga: Dua", "Baca juga: Satu Baca juga: Dua", []),
            ("Baca juga: Kapal datang. Ia pergi.", "Baca juga: Kapal datang. Ia pergi.", []),
            # words that only look so
            ("Ia suka baca: buku laut.", "Ia suka baca: buku laut.", []),
            (" Satu  baca \r\n", " Satu  baca \r\n", []),
        ],
    )
    def test_what_points_elsewhere_leaves_the_body(self, body: str, left: str, titles: list[str]) -> None:
        """Everything else stays to the letter."""
        read = article(jsonl({"title": "A", "body": body, "related": ["Dermaga"]}))
        assert read.body == left
        assert [story.title for story in read.related] == ["Dermaga", *titles]


def test_nothing_that_utf8_cannot_hold_comes_in() -> None:
    """NUL and lone surrogates are dropped; a pair that makes a character stays."""
    read = article(jsonl('{"title": "A\\u0000B\\ud800", "id": "\\udc00x", "body": "\\ud83d\\ude00 \\ude00C\\u0000"}'))
    assert (read.id, read.title, read.body) == ("x", "AB", "\U0001f600 C")


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ("{", "not JSON"),
        ('{"title": "A"} x', "not JSON: Extra data at column 16"),
        ("[" * 100_000, "not JSON that can be read"),
        ("9" * 5000, "not JSON that can be read"),
        ("[]", "a record must be an object, and this is a list"),
        ("null", "a record must be an object, and this is null"),
        ("7", "a record must be an object, and this is a number"),
        ('"A"', "a record must be an object, and this is text"),
        ({}, "the record has no title"),
        ({"title": " \n", "body": "B"}, "the record has no title"),
        ({"title": 7}, "'title' must be text, and it is a number"),
        ({"title": "A", "body": ["B"]}, "'body' must be text, and it is a list"),
        ({"title": "A", "published": 20170418}, "'published' must be text, and it is a number"),
        ({"title": "A", "id": True}, "'id' must be text, and it is a truth value"),
        ({"title": "A", "id": 1.5}, "'id' must be text, and it is a number"),
        ({"title": "A", "url": {}}, "'url' must be text, and it is an object"),
        ({"title": "A", "related": "B"}, "'related' must be a list, and it is text"),
        ({"title": "A", "related": [7]}, "'related' must hold titles or objects, and it holds a number"),
        ({"title": "A", "related": [{}]}, "a story in 'related' has no title"),
        ({"title": "A", "related": [{"title": "B", "kind": "C"}]}, "'kind' must be one of baca_juga"),
        ({"title": "A", "kind": "B"}, "'kind' must be one of article, related, and it is 'B'"),
    ],
)
def test_a_bad_record_is_refused_and_reading_goes_on(record: object, reason: str) -> None:
    """The message has the path, the 1-based line and the reason; the records around it are read."""
    before, bad, after = jsonl({"title": "Satu"}, record, {"title": "Dua"})
    assert isinstance(before, Article)
    assert isinstance(after, Article)
    assert isinstance(bad, CorpusError)
    assert (bad.path, bad.line) == ("k.jsonl", 2)
    assert bad.reason.startswith(reason)


def test_blank_lines_count_and_are_passed_over() -> None:
    """Line numbers are those of the file."""
    _, bad = jsonl("", json.dumps({"title": "A"}), " \n", "{")
    assert isinstance(bad, CorpusError)
    assert bad.line == 4


def test_a_file_of_blank_lines_is_empty() -> None:
    """There is no record in it."""
    with pytest.raises(CorpusError, match=r"k\.jsonl: the file is empty"):
        jsonl("", " ")


class TestJson:
    """JSON documents, in three shapes."""

    @pytest.mark.parametrize(
        "text",
        [
            '[{"title": "A"},\n {"title": "B"}]',
            '{"articles": [{"title": "A"},\n {"title": "B"}], "total": 2}',
            '{"meta": {"articles": "x"}, "articles": [{"title": "A"},\n {"title": "B"}]}',
            '{"title": "A"}\n{"title": "B"}\n',
        ],
    )
    def test_shapes(self, text: str) -> None:
        """An array, an object that holds one, or objects one after the other."""
        assert [getattr(found, "title", found) for found in read_json(text, "k.json")] == ["A", "B"]

    def test_one_object_is_one_record(self) -> None:
        """An object without `articles` is the record."""
        assert article(list(read_json(json.dumps(FULL, indent=1), "k.json"))).id == "kabar-1"

    def test_an_empty_array_holds_nothing(self) -> None:
        """It is well formed, and no error."""
        assert list(read_json("[]", "k.json")) == []

    def test_a_bad_element_has_its_line(self) -> None:
        """And the elements around it are read."""
        before, bad, after = read_json('[\n{"title": "A"},\n{"title": 7},\n{"title": "B"}\n]', "k.json")
        assert isinstance(before, Article)
        assert isinstance(after, Article)
        assert isinstance(bad, CorpusError)
        assert bad.line == 3

    @pytest.mark.parametrize("end", ["", ",", ', {"title": ', ', {"title": "B"}', ", oops]"])
    def test_a_broken_array_keeps_what_came_before(self, end: str) -> None:
        """A cut or broken document costs only what follows the break."""
        found = read_json('[{"title": "A"}\n' + end, "k.json")
        assert isinstance(next(found), Article)
        with pytest.raises(CorpusError, match=r"k\.json:2: not JSON"):
            list(found)

    @pytest.mark.parametrize("text", ["", "  "])
    def test_blank(self, text: str) -> None:
        """Nothing is nothing; the reader refuses such a file before."""
        assert list(read_json(text, "k.json")) == []

    @given(st.text() | st.text('[]{}:,"articles 1\n'))
    def test_any_text_is_read_or_refused(self, text: str) -> None:
        """No text makes the reader fail otherwise."""
        with contextlib.suppress(CorpusError):
            assert all(isinstance(found, Article | CorpusError) for found in read_json(text, "k.json"))


class TestCsv:
    """Tables with a header."""

    def test_columns_by_name(self) -> None:
        """Order and case of the columns do not matter; quoted cells hold commas and line feeds."""
        read = article(table('Body,published,TITLE\n"Satu,\nDua ""tiga""",18/04/2017,Perahu\n'))
        assert (read.title, read.body) == ("Perahu", 'Satu,\nDua "tiga"')
        assert read.published is not None
        assert read.published.day == 18

    @pytest.mark.parametrize("mark", [",", ";", "\t"])
    def test_delimiters(self, mark: str) -> None:
        """The header shows how cells are parted."""
        assert article(table(f"id{mark}title\n7{mark}Perahu\n")).id == "7"

    def test_related_titles(self) -> None:
        """A JSON list, or titles on lines of their own."""
        listed = article(table('title,related\nA,"[""B"", {""title"": ""C""}]"\n')).related
        lined = article(table('title,related\nA,"B\nC"\n')).related
        assert [story.title for story in listed] == [story.title for story in lined] == ["B", "C"]

    def test_bad_rows_cost_only_themselves(self) -> None:
        """Each refused row has the line it starts on."""
        text = 'title,body\nA,"1\n2"\n,x\nB,y,z\nC\n"D" x,y\nE,y\n\nF,"open\n'
        found = table(text)
        assert [item.title for item in found if isinstance(item, Article)] == ["A", "E"]
        refused = [(item.line, item.reason.split(":")[0]) for item in found if isinstance(item, CorpusError)]
        assert refused == [
            (4, "the record has no title"),
            (5, "the row has 3 cells and the header 2"),
            (6, "the row has 1 cells and the header 2"),
            (7, "not CSV"),
            (10, "not CSV"),
        ]

    def test_a_broken_list_of_stories(self) -> None:
        """`related` that opens a list must be one."""
        (bad,) = table("title,related\nA,[x\n")
        assert "'related' is no JSON list" in str(bad)

    def test_a_long_cell(self) -> None:
        """Bodies longer than the default bound of the csv module are read."""
        assert len(article(table(f"title,body\nA,{'x' * 300_000}\n")).body) == 300_000

    @pytest.mark.parametrize("text", ["judul,isi\nA,B\n", '"'])
    def test_a_header_without_title(self, text: str) -> None:
        """The message says what the first line must be."""
        with pytest.raises(CorpusError, match=r"k\.csv:1: no column is named 'title'"):
            table(text)

    def test_a_header_alone_holds_nothing_and_a_blank_file_is_empty(self) -> None:
        """The first is well formed, the second is not."""
        assert table("id,title\n") == []
        with pytest.raises(CorpusError, match="empty"):
            table("\n\n")

    def test_a_refused_line_is_named(self) -> None:
        """What the file layer refuses comes out with its line, and reading goes on."""
        lines = [RawLine(1, "title\n"), RawLine(2, None, "too long"), RawLine(3, "A\n")]
        bad, good = read_csv(iter(lines), "k.csv")
        assert (str(bad), getattr(good, "title", "")) == ("k.csv:2: too long", "A")

    @given(st.lists(st.lists(st.text(), min_size=2, max_size=2)))
    def test_any_table_round_trips(self, rows: list[list[str]]) -> None:
        """Every row with a title comes back with its body as it was; the others are refused."""
        out = io.StringIO(newline="\n")
        rows = [[cell.replace("\0", "") for cell in row] for row in rows]
        csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["title", "body"], *rows])
        found = table(out.getvalue())
        assert [item.body for item in found if isinstance(item, Article)] == [
            body for title, body in rows if title.strip()
        ]
        assert all("no title" in item.reason for item in found if isinstance(item, CorpusError))


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=5))
def test_any_value_in_any_part_is_read_or_refused(value: object) -> None:
    """Whatever stands in a part of a record gives an article that can be encoded, or a CorpusError."""
    for key in FULL:
        found, *notes = jsonl({**FULL, key: value})
        assert isinstance(found, Article | CorpusError)
        assert all(isinstance(note, CorpusNote) for note in notes)
        repr(found).encode()
