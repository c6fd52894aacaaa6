"""Where the corpus and the index are: by flag, then environment, then `carinews.toml`, then here."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from carinews.errors import CarinewsError

if TYPE_CHECKING:
    from carinews.analysis.lexicon import Lexicon

SETTINGS_FILE = "carinews.toml"
F = TypeVar("F", bound=Callable[..., Any])


def index_option(command: F) -> F:
    """The option `--index`, for every command that reads or writes one."""
    return click.option("--index", "index_flag", metavar="FOLDER", help="The index (default: index/).")(command)


def corpus_option(command: F) -> F:
    """The option `--corpus`, for every command that may have to build."""
    return click.option("--corpus", "corpus_flag", metavar="FOLDER", help="The articles (default: corpus/).")(command)


def lexicon_option(command: F) -> F:
    """The option `--lexicon`, for the commands that make an index."""
    return click.option(
        "--lexicon", "lexicon_flag", metavar="PATH", help="Your own word lists; the index keeps a copy."
    )(command)


def workers_option(command: F) -> F:
    """The option `--workers`, for the commands that make an index."""
    return click.option(
        "--workers", type=click.IntRange(min=1), help="Processes that build a large corpus (default: all processors)."
    )(command)


def variants_option(command: F) -> F:
    """The option `--no-variants`, for the commands that take a query."""
    return click.option(
        "--no-variants", "variants", flag_value=False, default=True, help="Only the words typed: Suriah, not Syria."
    )(command)


def quiet_option(command: F) -> F:
    """The option `--quiet`: nothing on stderr but errors."""
    return click.option("-q", "--quiet", is_flag=True, help="No progress and no notes.")(command)


def index_folder(flag: str | None) -> Path:
    """The folder of the index."""
    return _place("index", flag)


def corpus_folder(flag: str | None) -> Path:
    """The folder (or file) of the corpus."""
    return _place("corpus", flag)


def lexicon(flag: str | None) -> Lexicon | None:
    """The lexicon with the user's own lists; None where no setting names any. Raises CarinewsError."""
    chosen = _chosen("lexicon", flag)
    if chosen is None:
        return None
    from carinews.analysis.lexicon import Lexicon

    return Lexicon.load(chosen)


def _place(name: str, flag: str | None) -> Path:
    return Path(_chosen(name, flag) or name)


def _chosen(name: str, flag: str | None) -> str | None:
    return flag or os.environ.get(f"CARINEWS_{name.upper()}") or _from_file(name)


def _from_file(name: str) -> str | None:
    """A setting of `carinews.toml` in the working directory. Raises CarinewsError where it cannot be read."""
    try:
        with open(SETTINGS_FILE, "rb") as file:
            import tomllib

            settings = tomllib.load(file)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise CarinewsError(f"{SETTINGS_FILE}: cannot be read: {error}") from error
    value = settings.get(name)
    if value is not None and not isinstance(value, str):
        raise CarinewsError(f'{SETTINGS_FILE}: {name} is a path, so write it in quotes: {name} = "{name}"')
    return value
