"""The command line. One file a family of commands, each imported only when it is asked for.

Results go to stdout; progress, notes and errors to stderr. Exit codes: 0 hits · 1 none · 2 wrong
usage or query · 3 no index and no corpus · 4 index locked · 5 index corrupt or of another version ·
6 done, but some input was refused · 74 the disk failed · 130 interrupted. A closed pipe ends quietly.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from importlib import import_module
from typing import Any, NoReturn

import click

import carinews
from carinews.cli.clean import clean
from carinews.cli.messages import said, text
from carinews.cli.settings import option_defaults
from carinews.cli.usage import in_own_language, no_such_command, told
from carinews.errors import (
    CarinewsError,
    CorpusError,
    CorpusMissing,
    IndexCorrupt,
    IndexLocked,
    IndexMissing,
    QuerySyntaxError,
)
from carinews.wording import Message

NO_HITS, WRONG_USAGE, MISSING, LOCKED, CORRUPT, REFUSED, DISK, INTERRUPTED = 1, 2, 3, 4, 5, 6, 74, 130

COMMANDS = {
    "search": ("search", "Ranked hits with highlighted snippets (also: cari)."),
    "index": ("index", "Bring the index up to date with the corpus."),
    "rebuild": ("index", "Build a new index and switch to it at once."),
    "parse": ("parse", "What is understood of a file, part by part."),
    "show": ("articles", "One article, whole."),
    "related": ("articles", "The stories an article points at."),
    "explain": ("articles", "Why a hit has its score."),
    "words": ("inspect", "A word's root and all its forms in the index."),
    "stats": ("inspect", "What is in the index."),
    "verify": ("inspect", "Check every byte of the index."),
    "eval": ("eval", "Measure the index against relevance judgements."),
    "help": ("help", "What a query may be, or a command's help."),
    "completion": ("help", "What makes a shell complete."),
}
ALIASES = {"cari": "search"}


class _PipeClosed(Exception):
    """Whoever read our output has seen enough."""


class _LazyGroup(click.Group):
    """Lists all commands without importing any of them: `--help` and `--version` stay quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        name = ALIASES.get(cmd_name, cmd_name)
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"carinews.cli.{COMMANDS[name][0]}"), name)
        return in_own_language(command, name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if self.get_command(ctx, args[0]) is None:
            raise no_such_command(args, [*COMMANDS, *ALIASES])
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (_PipeClosed, BrokenPipeError):
            raise _PipeClosed from None  # click would leave with 1, which here means "no hits"

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, said(Message(about))) for name, (_, about) in COMMANDS.items()])


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "CARINEWS"})
@click.version_option(carinews.__version__, prog_name="carinews")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Search Indonesian news: articles and their related stories.

    \b
    carinews search "ISIS Irak"          searches; builds the index first where there is none
    carinews search '"gempa bumi" -Aceh' a phrase, and without a word
    carinews index                       takes in what is new in corpus/
    carinews help query                  what a query may be
    """
    group = ctx.command
    assert isinstance(group, _LazyGroup)
    known = {name: partial(group.get_command, ctx, name) for name in COMMANDS}
    ctx.default_map = option_defaults(known)  # type: ignore[arg-type]


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line; the exit code."""
    try:
        code = cli.main(arguments, prog_name="carinews", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        click.echo(told(error), err=True)
        return WRONG_USAGE
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except (_PipeClosed, BrokenPipeError):
        # Python would complain once more when it flushes stdout on leaving.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except CarinewsError as error:
        return _fail(said(error.args[0] if error.args else error), _code(error))
    except OSError as error:
        return _fail(f"{error.filename or text('the index')}: {error.strerror or error}", DISK)


def _code(error: CarinewsError) -> int:
    codes: tuple[tuple[type[CarinewsError], int], ...] = (
        (QuerySyntaxError, WRONG_USAGE),
        (IndexMissing, MISSING),
        (CorpusMissing, MISSING),
        (IndexLocked, LOCKED),
        (IndexCorrupt, CORRUPT),
        (CorpusError, REFUSED),
    )
    return next((code for kind, code in codes if isinstance(error, kind)), WRONG_USAGE)


def _fail(message: str, code: int) -> int:
    click.echo(f"carinews: {clean(message)}", err=True)
    return code
