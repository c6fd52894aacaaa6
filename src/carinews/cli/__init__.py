"""The command line. One file a family of commands, each imported only when it is asked for.

Results go to stdout; progress, notes and errors to stderr, where an error is a JSON object with --json.
Exit codes: 0 hits · 1 none · 2 wrong usage or query · 3 no index and no corpus · 4 index locked · 5 index
corrupt or of another version · 6 done, but some input was refused · 74 the disk failed · 130 interrupted.
A closed pipe ends quietly.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from importlib import import_module
from typing import Any, NoReturn

import click

import carinews
from carinews.cli.failures import FAILURES, INTERRUPTED, MISSING, NO_HITS, REFUSED, WRONG_USAGE, fail, wants_json
from carinews.cli.settings import option_defaults
from carinews.cli.usage import Context, in_own_language, no_such_command

__all__ = ["ALIASES", "COMMANDS", "MISSING", "NO_HITS", "REFUSED", "WRONG_USAGE", "cli", "main", "run"]

COMMANDS = {
    "search": ("search", "Ranked hits with highlighted snippets (also: cari)."),
    "index": ("index", "Bring the index up to date with the corpus."),
    "rebuild": ("index", "Build a new index and switch to it at once."),
    "parse": ("parse", "What is understood of a file, part by part."),
    "show": ("articles", "One article, whole."),
    "related": ("articles", "The stories an article points at, and similar ones."),
    "explain": ("articles", "Why a hit has its score."),
    "words": ("inspect", "A word's root and all its forms in the index."),
    "stats": ("inspect", "What is in the index."),
    "verify": ("inspect", "Check every byte of the index."),
    "eval": ("eval", "Measure the index against relevance judgements."),
    "serve": ("serve", "HTTP API and search page."),
    "help": ("help", "What a query may be, or a command's help."),
    "completion": ("help", "What makes a shell complete."),
}
ALIASES = {"cari": "search"}


class _PipeClosed(Exception):
    """Whoever read our output has seen enough."""


class _LazyGroup(click.Group):
    """Lists all commands without importing any of them: `--help` and `--version` stay quick."""

    context_class = Context

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
        except click.UsageError as error:
            if error.ctx is None and ctx.invoked_subcommand:  # so it is where an option lacks its value
                command = self.get_command(ctx, ctx.invoked_subcommand) or self
                error.ctx = Context(command, parent=ctx, info_name=ctx.invoked_subcommand)
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])


@click.group(
    cls=_LazyGroup,
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "CARINEWS"},
)
@click.version_option(carinews.__version__, prog_name="carinews")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Search Indonesian news: articles and their related stories.

    \b
    carinews search "ISIS Irak"          searches; builds the index first
    carinews search '"gempa bumi" -Aceh' a phrase, and without a word
    carinews index                       takes in what is new in corpus/
    carinews help query                  what a query may be
    """
    group = ctx.command
    assert isinstance(group, _LazyGroup)
    known = {name: partial(group.get_command, ctx, name) for name in COMMANDS}
    ctx.default_map = option_defaults(known)  # type: ignore[arg-type]
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code."""
    # NumPy's algebra would start a thread for each processor, a tenth of the time of a search; nothing here uses it.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line; the exit code."""
    try:
        code = in_own_language(cli, "carinews").main(arguments, prog_name="carinews", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except (_PipeClosed, BrokenPipeError):
        # Python would complain once more when it flushes stdout on leaving.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except FAILURES as error:
        return fail(error, as_json=wants_json(sys.argv[1:] if arguments is None else arguments))
