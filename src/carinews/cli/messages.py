"""What the command line says, in English or Indonesian.

The English sentence stands where it is said; `indonesian/` has the other. Indonesian is spoken
where `CARINEWS_LANG=id`, `carinews.toml` or the locale (`LC_ALL`, `LC_MESSAGES`, `LANG`) asks for it.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import click

from carinews.cli.clean import clean
from carinews.cli.settings import language_setting
from carinews.cli.width import fitted
from carinews.wording import Message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "id": ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
}
_ASKED_FOR: ContextVar[str | None] = ContextVar("language", default=None)
_SWAPPED = str.maketrans(",.", ".,")


def language() -> str:
    """`id` or `en`."""
    if asked_for := _ASKED_FOR.get():
        return asked_for
    chosen = os.environ.get("CARINEWS_LANG") or language_setting()
    if not chosen:
        chosen = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "id" if chosen.lower().partition("_")[0].partition(".")[0] in ("id", "in", "indonesian") else "en"


@contextmanager
def speaking(asked_for: str) -> Iterator[None]:
    """Say all inside in this language, `id` or `en`: one server has readers of both."""
    before = _ASKED_FOR.set(asked_for)
    try:
        yield
    finally:
        _ASKED_FOR.reset(before)


def text(pattern: str, /, **values: Any) -> str:
    """A sentence in the language of whoever reads it."""
    return said(Message(pattern, **values))


def said(message: object) -> str:
    """The same for a sentence that was made elsewhere; one without a translation stays English."""
    if not isinstance(message, Message) or language() == "en":
        return str(message)
    from carinews.cli.indonesian import SENTENCES

    pattern: str = SENTENCES.get(message.pattern, message.pattern)
    values = {name: _indonesian(value) for name, value in message.values.items()}
    return pattern.format(**values) if values else pattern


def note(pattern: str, /, **values: Any) -> None:
    """Tell something on stderr, with our name before it."""
    tell(f"carinews: {text(pattern, **values)}")


def tell(line: str) -> None:
    """A line on stderr, without what a terminal would obey."""
    click.echo(fitted(clean(line), sys.stderr), err=True)


def day(moment: date) -> str:
    """A day as it stands in an article: 5 Mar 2019."""
    return f"{moment.day} {month(moment.month)} {moment.year:04}"


def month(number: int) -> str:
    """The short name of a month, from 1."""
    return MONTHS[language()][number - 1]


class _Number(float):
    """A number that is written as Indonesians write it: 1.200,5."""

    def __format__(self, form: str) -> str:
        plain = int(self) if self.is_integer() and not form.endswith("f") else float(self)
        return format(plain, form).translate(_SWAPPED)


def _indonesian(value: Any) -> Any:
    if isinstance(value, Message):
        return said(value)
    return _Number(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def plural(thing: str) -> str:
    """Several of a thing, in English.

    >>> plural("hit"), plural("query"), plural("match")
    ('hits', 'queries', 'matches')
    """
    if thing.endswith("y"):
        return f"{thing[:-1]}ies"
    return f"{thing}es" if thing.endswith("ch") else f"{thing}s"


def counted(number: int, thing: str) -> Message:
    """A number of things, as people write it.

    >>> counted(1, "hit"), counted(1200, "hit")
    ('1 hit', '1,200 hits')
    """
    return Message("{number:,} {thing}", number=number, thing=Message(thing if number == 1 else plural(thing)))
