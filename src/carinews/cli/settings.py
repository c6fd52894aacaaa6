"""What is set, and where: by flag, then environment, then `carinews.toml`, then here.

index = "arsip/index"        # also corpus, lexicon: CARINEWS_INDEX, CARINEWS_CORPUS, CARINEWS_LEXICON
language = "id"              # messages in Indonesian: CARINEWS_LANG

[search]                     # defaults of a command's options, but not of `index`: CARINEWS_SEARCH_LIMIT and so on
limit = 20
source = ["tempo", "kompas"]
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from carinews.errors import CarinewsError
from carinews.wording import Message

if TYPE_CHECKING:
    from carinews.analysis.lexicon import Lexicon

SETTINGS_FILE = "carinews.toml"
PLACES = ("index", "corpus", "lexicon")
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


def json_option(command: F) -> F:
    """The option `--json`, for the commands whose answer is one thing."""
    return click.option("--json", "as_json", is_flag=True, help="As JSON.")(command)


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


def option_defaults(commands: dict[str, Callable[[], click.Command]]) -> dict[str, Any]:
    """The tables of `carinews.toml`: defaults of options, by command. Raises CarinewsError for what there is not.

    `commands` give each command when called: only one that has a table is loaded.
    """
    tables: dict[str, Any] = {}
    commands = {name: command for name, command in commands.items() if name not in PLACES}
    for name, value in _settings().items():
        if name in commands and isinstance(value, dict):
            known = sorted(str(one.name) for one in commands[name]().params if one.name not in _NO_DEFAULTS)
            for option in value:
                _check(f"{name}.{option}", option, known)
            tables[name] = value
        else:
            _check(name, name, [*PLACES, "language", *(f"[{command}]" for command in commands)])
    return tables


def language_setting() -> str | None:
    """The language that `carinews.toml` names, if any; a file that cannot be read names none."""
    try:
        value = _settings().get("language")
    except CarinewsError:
        return None  # whoever needs a setting of it will hear
    return value if isinstance(value, str) else None


_NO_DEFAULTS = ("query", "form", "article_id", "paths", "word", *(f"{place}_flag" for place in PLACES))


def _check(shown: str, name: str, known: list[str]) -> None:
    if name not in known:
        raise CarinewsError(
            Message(
                "{file}: there is no setting {name!r}; there are {known}",
                file=SETTINGS_FILE,
                name=shown,
                known=", ".join(known),
            )
        )


def _place(name: str, flag: str | None) -> Path:
    return Path(_chosen(name, flag) or name)


def _chosen(name: str, flag: str | None) -> str | None:
    return flag or os.environ.get(f"CARINEWS_{name.upper()}") or _from_file(name)


def _from_file(name: str) -> str | None:
    """A path that `carinews.toml` names. Raises CarinewsError where it is none."""
    value = _settings().get(name)
    if value is not None and not isinstance(value, str):
        raise CarinewsError(
            Message('{file}: {name} is a path, so write it in quotes: {name} = "{name}"', file=SETTINGS_FILE, name=name)
        )
    return value


def _settings() -> dict[str, Any]:
    """What `carinews.toml` in the working directory says. Raises CarinewsError where it cannot be read."""
    try:
        changed = os.stat(SETTINGS_FILE).st_mtime_ns
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise _unreadable(error) from error
    return _read(os.getcwd(), changed)


@cache
def _read(folder: str, changed: int) -> dict[str, Any]:
    """The settings file of a folder, as it was when last changed."""
    import tomllib

    try:
        return tomllib.loads(Path(folder, SETTINGS_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _unreadable(error) from error


def _unreadable(error: Exception) -> CarinewsError:
    return CarinewsError(Message("{file}: cannot be read: {error}", file=SETTINGS_FILE, error=error))
