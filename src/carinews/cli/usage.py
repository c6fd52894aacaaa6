"""Wrong usage, told so that the next try succeeds; and a command's help in the language of whoever reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from carinews.cli.clean import clean
from carinews.cli.messages import language, text

if TYPE_CHECKING:
    from collections.abc import Sequence


def told(error: click.ClickException) -> str:
    """A message of click's, with our command before it and the help behind it."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "carinews"
    if isinstance(error, click.NoSuchOption):
        message = _no_such_option(error)
    elif isinstance(error, click.MissingParameter) and error.param is not None:
        message = text("{name} is missing", name=error.param.human_readable_name)
    else:
        message = error.format_message()
    return f"{path}: {clean(message)}\n" + text("See '{command} --help'.", command=path)


def no_such_command(arguments: Sequence[str], known: Sequence[str]) -> click.UsageError:
    """The error for a command that there is not: one that looks like it, or a search."""
    from difflib import get_close_matches

    name, near = clean(arguments[0]), get_close_matches(arguments[0], known, 1)
    if near:
        return click.UsageError(text("there is no command {name!r}; did you mean {near!r}?", name=name, near=near[0]))
    query = clean(" ".join(arguments))
    return click.UsageError(
        text("there is no command {name!r}; to search: carinews search {query!r}", name=name, query=query)
    )


def in_own_language(command: click.Command, name: str) -> click.Command:
    """The command, its help in Indonesian where that is read."""
    if language() == "id":
        from carinews.cli.indonesian import HELP, SENTENCES

        command.help = HELP.get(name, command.help)
        for param in command.params:
            if isinstance(param, click.Option) and param.help:
                param.help = SENTENCES.get(param.help, param.help)
    return command


def _no_such_option(error: click.NoSuchOption) -> str:
    message = text("there is no option {option}", option=error.option_name)
    if error.possibilities:
        message += "; " + text("did you mean {near}?", near=", ".join(sorted(error.possibilities)))
    elif error.ctx and error.ctx.command.name == "search":
        message += "; " + text("a query that begins with - goes behind --: carinews search -- '-word'")
    return message
