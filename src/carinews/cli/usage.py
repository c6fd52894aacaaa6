"""Wrong usage, told so that the next try succeeds; and a command's help in the language of whoever reads.

click says all that it says in English. Its help passes through `_Formatter`, which has the words of the
table; its complaints are known by their patterns. What is not known stays English.
"""

from __future__ import annotations

import copy
import re
import string
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from carinews.cli.messages import language, said, text
from carinews.cli.settings import SETTINGS_FILE
from carinews.wording import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

COMPLAINTS = (
    "Invalid value for {name}: {reason}",
    "{value} is not in the range {range}.",
    "{value} is not a valid integer range.",
    "{value} is not one of {choices}.",
    "Path {value} does not exist.",
    "File {value} is a directory.",
    "Option {name} requires an argument.",
    "Option {name} does not take a value.",
    "Got unexpected extra argument ({values})",
    "Got unexpected extra arguments ({values})",
)
"""What click complains of, as it comes out: the patterns that have an Indonesian form."""

WORDS_OF_HELP = (
    *("Options", "Commands", "Show this message and exit.", "Show the version and exit."),
    *("[OPTIONS]", "COMMAND", "[ARGS]...", "DATE", "TIME", "NAME", "REASON", "DAY|auto", "OURS=THEIRS"),
)
"""What stands in help besides our own sentences."""


def command_of(error: click.ClickException) -> str:
    """The command that was used wrongly, as it was typed."""
    context = getattr(error, "ctx", None)
    return context.command_path if context else "carinews"


def help_on(error: click.ClickException) -> Message:
    """Where to read how the command is used."""
    return Message("See '{command} --help'.", command=command_of(error))


def problem(error: click.ClickException) -> str:
    """What is wrong about the usage, with what was probably meant."""
    if isinstance(error, click.NoSuchOption):
        return _no_such_option(error)
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return Message("{name} is missing", name=error.param.human_readable_name)
    message = error.message if isinstance(error.message, Message) else error.format_message()
    told = message if isinstance(message, Message) else complaint(message)
    place = _place_of_value(error)
    return Message("{place}: {reason}", place=place, reason=told) if place else told


def _place_of_value(error: click.ClickException) -> str | None:
    """Where a value stands that was not typed with the command: carinews.toml or a variable of the environment."""
    context, param = getattr(error, "ctx", None), getattr(error, "param", None)
    if context is None or param is None or param.name is None:
        return None
    match context.get_parameter_source(param.name):
        case ParameterSource.DEFAULT_MAP:
            return SETTINGS_FILE
        case ParameterSource.ENVIRONMENT:
            return f"{context.auto_envvar_prefix}_{param.name.upper()}"
    return None


def complaint(said_by_click: str) -> str:
    """A complaint of click's, its pattern and values known again; one that is not known stays as it is.

    >>> complaint("Path 'x' does not exist.").values
    {'value': "'x'"}
    """
    for pattern in COMPLAINTS:
        if found := re.fullmatch(_expression(pattern), said_by_click, re.DOTALL):
            values = found.groupdict()
            if "reason" in values:
                values["reason"] = complaint(values["reason"])
            return Message(pattern, **values)
    return said_by_click


def _expression(pattern: str) -> str:
    """A regular expression for what may come out of a pattern."""
    parts = string.Formatter().parse(pattern)
    return "".join(re.escape(before) + (f"(?P<{name}>.+?)" if name else "") for before, name, *_ in parts)


def no_such_command(arguments: Sequence[str], known: Sequence[str]) -> click.UsageError:
    """The error for a command that there is not: one that looks like it, or a search."""
    from difflib import get_close_matches

    name, near = arguments[0], get_close_matches(arguments[0], known, 1)
    if near:
        meant = Message("there is no command {name!r}; did you mean {near!r}?", name=name, near=near[0])
        return click.UsageError(meant)
    search = Message(
        "there is no command {name!r}; to search: carinews search {query!r}", name=name, query=" ".join(arguments)
    )
    return click.UsageError(search)


def in_own_language(command: click.Command, name: str) -> click.Command:
    """The command, its help in Indonesian where that is read."""
    own = copy.copy(command)
    own.context_class = Context
    if language() == "id":
        from carinews.cli.indonesian import HELP

        own.help = HELP.get(name, own.help)
    return own


class _Formatter(click.HelpFormatter):
    """Help in the language of whoever reads: its headings, its placeholders, what each option does."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        words = " ".join(said(Message(word)) for word in args.split(" "))
        super().write_usage(prog, words, text("Usage: ") if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        super().write_heading(said(Message(heading)))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(_option(first), _about(second)) for first, second in rows], col_max, col_spacing)


class Context(click.Context):
    """A context whose help is written by `_Formatter`."""

    formatter_class = _Formatter


def _option(shown: str) -> str:
    """`--since DATE`, its placeholder translated."""
    names, blank, placeholder = shown.rpartition(" ")
    return names + blank + said(Message(placeholder)) if names else shown


def _about(shown: str) -> str:
    """What an option does, and its default behind it."""
    about, space, rest = shown.partition("  [")
    return said(Message(about)) + space + rest.replace("default: ", text("default: "))


def _no_such_option(error: click.NoSuchOption) -> Message:
    option = error.option_name
    if error.possibilities:
        near = ", ".join(sorted(error.possibilities))
        return Message("there is no option {option}; did you mean {near}?", option=option, near=near)
    if error.ctx and error.ctx.command.name == "search":
        return Message(
            "there is no option {option}; a query that begins with - goes behind --: carinews search -- '-word'",
            option=option,
        )
    return Message("there is no option {option}", option=option)
