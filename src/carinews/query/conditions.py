"""The parts of a query that say which documents may be found, not what they are about.

    sumber:tempo   rubrik:=Dunia   kota:palu   penulis:"Tio Laras"   jenis:terkait   tanggal:2017-04

Each becomes a node without a score. A name of a field is known in Indonesian and in English.
"""

from __future__ import annotations

from carinews.errors import QuerySyntaxError
from carinews.query.categories import WHOLE
from carinews.query.dates import seconds
from carinews.query.tree import And, Category, Dated, Node, Not, Nothing, Or, Scope, Without, children
from carinews.wording import Message

FIELDS: dict[str, Scope] = {"judul": "title", "title": "title", "isi": "body", "body": "body"}
"""Where a word is looked for; the fields that hold text."""

CATEGORIES = {
    **dict.fromkeys(("sumber", "source"), "source"),
    **dict.fromkeys(("rubrik", "section"), "section"),
    **dict.fromkeys(("kota", "city"), "city"),
    **dict.fromkeys(("penulis", "author"), "author"),
    **dict.fromkeys(("jenis", "kind"), "kind"),
}
DATES = ("tanggal", "date")
KINDS = {"artikel": "article", "terkait": "related"}
UNDATED = ("tidak-ada", "none")


def category(name: str, value: str, text: str, position: int) -> Node:
    """The documents whose category holds a value; Nothing for an empty one. Raises QuerySyntaxError for no kind."""
    whole = WHOLE if value.startswith(WHOLE) else ""
    value = value.removeprefix(WHOLE).strip().lower()
    if name == "kind":
        value = KINDS.get(value, value)
        if value and value not in KINDS.values():
            message = Message(
                "there is no kind {value!r} (at {place}); the kinds are {known}",
                value=value,
                place=position,
                known=", ".join(KINDS),
            )
            raise QuerySyntaxError(message, text, position)
    return Category(name, whole + value) if value else Nothing()


def dated(value: str, text: str, position: int) -> Node:
    """The documents of a time, or without any. Raises QuerySyntaxError where the value is none."""
    if value.lower() in UNDATED:
        return Not(Dated())
    try:
        return Dated(*seconds(value))
    except ValueError:
        raise QuerySyntaxError(
            Message(
                "{value!r} (at {place}) is no date: write 2017-04, april-2017, 2016..2018, >=2019, kemarin or 7-hari",
                value=value,
                place=position,
            ),
            text,
            position,
        ) from None


def unknown_field(name: str, text: str, position: int) -> QuerySyntaxError:
    """The error for a field that there is not: it names those that there are, and the way out."""
    return QuerySyntaxError(
        Message(
            "there is no field {name!r} (at {place}); the fields are {known}. "
            "To search for the words, put a space behind the colon",
            name=name,
            place=position,
            known=", ".join([*FIELDS, *CATEGORIES, *DATES]),
        ),
        text,
        position,
    )


def is_condition(node: Node) -> bool:
    """Whether a node only says which documents may be found: dates and categories."""
    match node:
        case Dated() | Category():
            return True
        case Not() | Without() | And() | Or():
            return all(map(is_condition, children(node)))
        case _:
            return False
