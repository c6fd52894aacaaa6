"""How a command fails: a line on stderr for people, a JSON object there for programs, and its exit code."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from carinews.cli.clean import json_text
from carinews.cli.messages import said, tell
from carinews.cli.usage import command_of, help_on, problem
from carinews.errors import (
    CarinewsError,
    CorpusError,
    CorpusMissing,
    IndexCorrupt,
    IndexLocked,
    IndexMissing,
    JudgementError,
    QuerySyntaxError,
)
from carinews.wording import Message, cause

if TYPE_CHECKING:
    from collections.abc import Iterable

NO_HITS, WRONG_USAGE, MISSING, LOCKED, CORRUPT, REFUSED, DISK, INTERRUPTED = 1, 2, 3, 4, 5, 6, 74, 130

ERROR_SCHEMA = "carinews.error/1"

FAILURES = (click.ClickException, CarinewsError, OSError)
"""What may end a command, or a request, and is told."""


class NotFound(CarinewsError):
    """What was asked for by name is not in the index, or does not match: that is no error, but no hit."""


class _Failure(NamedTuple):
    """What is told: its kind, by whom, what, what helps, the exit code, and the facts that a program may want."""

    kind: str
    command: str
    message: str
    hint: str | None
    code: int
    facts: dict[str, Any]


def fail(error: Exception, *, as_json: bool) -> int:
    """Tell on stderr why a command ended; its exit code. As JSON it is one object, on one line, in English."""
    failure = _understood(error)
    if as_json:
        click.echo(json_text(document(error)), err=True)
    else:
        tell(f"{failure.command}: {said(failure.message)}")
        for other in getattr(error, "others", ()):
            tell(f"{failure.command}: {said(message_of(other))}")
        if failure.hint:
            tell(said(failure.hint))
    return failure.code


def document(error: Exception) -> dict[str, Any]:
    """An error as a `carinews.error/1` document, in English."""
    failure = _understood(error)
    told = {"schema": ERROR_SCHEMA, "code": failure.code, "error": failure.kind}
    return told | {"message": failure.message, "hint": failure.hint} | failure.facts


def message(error: Exception) -> str:
    """What went wrong, to be `said` in the language of whoever reads."""
    return _understood(error).message


def message_of(error: CarinewsError) -> str:
    """What an error says, to be `said` in the language of whoever reads."""
    if isinstance(error, (CorpusError, JudgementError)):
        place = error.path if error.line is None else f"{error.path}:{error.line}"
        return Message("{place}: {reason}", place=place, reason=error.reason)
    message = error.args[0] if error.args else error
    return message if isinstance(message, str) else str(message)


def wants_json(arguments: Iterable[str]) -> bool:
    """Whether a program reads the answer, by what was typed: that it cannot be understood may be the error."""
    return any(one in ("--json", "--jsonl") for one in takewhile(lambda one: one != "--", arguments))


def _understood(error: Exception) -> _Failure:
    if isinstance(error, click.ClickException):
        return _Failure("UsageError", command_of(error), problem(error), help_on(error), WRONG_USAGE, {})
    if isinstance(error, CarinewsError):
        return _Failure(type(error).__name__, "carinews", message_of(error), None, _code(error), _facts(error))
    place = getattr(error, "filename", None)
    return _Failure(
        "OSError",
        "carinews",
        Message("{place}: {reason}", place=place or Message("the index"), reason=cause(error)),
        None,
        DISK,
        {"path": None if place is None else str(place)},
    )


def _code(error: CarinewsError) -> int:
    codes: tuple[tuple[type[CarinewsError], int], ...] = (
        (NotFound, NO_HITS),
        (QuerySyntaxError, WRONG_USAGE),
        (IndexMissing, MISSING),
        (CorpusMissing, MISSING),
        (IndexLocked, LOCKED),
        (IndexCorrupt, CORRUPT),
        (CorpusError, REFUSED),
    )
    return next((code for kind, code in codes if isinstance(error, kind)), WRONG_USAGE)


def _facts(error: CarinewsError) -> dict[str, Any]:
    """Where an error is, as far as it knows."""
    if isinstance(error, QuerySyntaxError):
        return {"text": error.text, "position": error.position}
    if isinstance(error, (CorpusError, JudgementError)):
        return {"path": error.path, "line": error.line}
    return {}
