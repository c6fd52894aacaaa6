"""Sentences that can be said again in another language.

A `Message` is the English sentence, an ordinary string to whoever prints or compares it; it also
remembers its pattern and what was put in. The command line has a table from patterns to Indonesian.
"""

from __future__ import annotations

from typing import Any


class Message(str):
    """An English sentence, made from a pattern and the values put into it.

    >>> message = Message("{number:,} hits", number=1200)
    >>> message, message.pattern
    ('1,200 hits', '{number:,} hits')
    """

    pattern: str
    values: dict[str, Any]

    def __new__(cls, pattern: str, /, **values: Any) -> Message:
        message = super().__new__(cls, pattern.format(**values) if values else pattern)
        message.pattern, message.values = pattern, values
        return message

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.pattern,), self.values


def cause(error: BaseException) -> Message:
    """What an error of the system or of a library says of itself.

    >>> cause(FileNotFoundError(2, "No such file or directory", "berita.txt"))
    'No such file or directory'
    """
    said = getattr(error, "strerror", None) or (error.args[0] if error.args else "")
    return said if isinstance(said, Message) else Message(str(said or error) or type(error).__name__)
