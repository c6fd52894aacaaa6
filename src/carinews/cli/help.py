"""`carinews help`: a command's help, or a page on the query language; and `carinews completion`."""

from __future__ import annotations

import re
import sys
from importlib.resources import files

import click

from carinews.cli import ALIASES, COMMANDS, WRONG_USAGE
from carinews.cli.messages import language, note
from carinews.cli.usage import Context
from carinews.cli.width import fitted

_PAGES = {"query": "query", "kueri": "query"}
_SHELLS = ("bash", "zsh", "fish")
_EXAMPLE = re.compile(r"(?P<example>(?:.*?\S\s{2,})?)(?P<meaning>.*)")


@click.command()
@click.argument("topic", required=False, shell_complete=lambda *asked: _topics(asked[-1]))
@click.pass_context
def help(ctx: click.Context, topic: str | None) -> int:  # noqa: A001  # the command is called so
    """Tell about TOPIC: a command, or `query` for what a query may be.

    \b
    carinews help query     the query language, with examples
    carinews help search    the options of a command
    carinews help           all commands
    """
    group = ctx.parent
    assert group is not None
    assert isinstance(group.command, click.Group)
    if topic is None:
        click.echo(group.get_help())
    elif topic.lower() in _PAGES:
        _print(page(_PAGES[topic.lower()]))
    elif (command := group.command.get_command(group, topic)) is not None:
        with Context(command, info_name=ALIASES.get(topic, topic), parent=group) as asked:
            click.echo(command.get_help(asked))
    else:
        known = ", ".join(["query", *COMMANDS])
        note("there is no help on {topic!r}; there is on {known}", topic=topic, known=known)
        return WRONG_USAGE
    return 0


@click.command()
@click.argument("shell", type=click.Choice(_SHELLS))
def completion(shell: str) -> int:
    """Print what makes a shell complete commands, options, words and sources.

    \b
    carinews completion bash > ~/.local/share/bash-completion/completions/carinews
    carinews completion zsh > ~/.zfunc/_carinews
    carinews completion fish > ~/.config/fish/completions/carinews.fish
    """
    from click.shell_completion import get_completion_class

    from carinews.cli import cli

    made = get_completion_class(shell)
    assert made is not None
    click.echo(made(cli, {}, "carinews", "_CARINEWS_COMPLETE").source())
    return 0


def _topics(begun: str) -> list[str]:
    return [name for name in ("query", *COMMANDS) if name.startswith(begun)]


def page(name: str) -> str:
    """A page of help in the language of whoever reads."""
    return (files("carinews.cli") / "pages" / f"{name}.{language()}.md").read_text(encoding="utf-8")


def _print(shown: str) -> None:
    """A page, in a pager on a terminal."""
    if sys.stdout.isatty():
        click.echo_via_pager("\n\n".join(_for_terminal(block) for block in shown.split("\n\n")))
    else:
        click.echo(shown, nl=False)


def _for_terminal(block: str) -> str:
    """A paragraph filled anew; of examples each on its line, what it means beside it."""
    lines = block.strip("\n").split("\n")
    if not lines[0].startswith("```"):
        return fitted(" ".join(lines), sys.stdout)
    parts = (_EXAMPLE.fullmatch(line) for line in lines if not line.startswith("```"))
    return "\n".join(fitted(part["meaning"], sys.stdout, beside=part["example"]) for part in parts if part)
