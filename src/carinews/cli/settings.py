"""What is set, and where: by flag, then environment, then `carinews.toml`, then here.

index = "arsip/index"        # also corpus, lexicon: CARINEWS_INDEX, CARINEWS_CORPUS, CARINEWS_LEXICON
language = "id"              # messages in Indonesian: CARINEWS_LANG

[search]                     # defaults of a command's options, but not of `index`: CARINEWS_SEARCH_LIMIT and so on
limit = 20
source = ["tempo", "kompas"]
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from carinews.errors import CarinewsError
from carinews.wording import Message, cause

if TYPE_CHECKING:
    from carinews.analysis.lexicon import Lexicon
    from carinews.corpus.ages import Calibration
    from carinews.corpus.reader import Reading

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
        "--workers",
        metavar="N",
        type=click.IntRange(min=1),
        help="Processes that build a large corpus (default: all processors).",
    )(command)


def as_of_option(command: F) -> F:
    """The option `--as-of`, for the commands that read a corpus."""
    return click.option(
        "--as-of",
        "as_of_flag",
        metavar="DAY|auto",
        help='The day the pages were copied: "11 hari lalu" counts from it. auto: as dated articles tell.',
    )(command)


def field_option(command: F) -> F:
    """The option `--field`, for the commands that read a corpus."""
    return click.option(
        "--field", "field_flags", metavar="OURS=THEIRS", multiple=True, help="What records call a part: title=judul."
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
            _check(name, name, [*PLACES, *_OTHERS, *(f"[{command}]" for command in commands)])
    return tables


def language_setting() -> str | None:
    """The language that `carinews.toml` names, if any; a file that cannot be read names none."""
    try:
        value = _settings().get("language")
    except CarinewsError:
        return None  # whoever needs a setting of it will hear
    return value if isinstance(value, str) else None


_OTHERS = ("language", "as_of", "fields")
_NO_DEFAULTS = ("query", "form", "as_json", "article_id", "paths", "word", *(f"{place}_flag" for place in PLACES))


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


def reading(paths: Iterable[Path], as_of: str | None, fields: Iterable[str], *, quiet: bool = True) -> Reading:
    """How a corpus is to be read, by the flags, the environment and `carinews.toml`. Raises CarinewsError.

    With `auto`, everything is read once to find the day of the copy, which is then told on stderr.
    """
    from carinews.cli.messages import note  # it asks this module for the language
    from carinews.corpus.fields import Fields
    from carinews.corpus.reader import Reading

    names = Fields.parse(fields) or Fields.parse(f"{ours}={theirs}" for ours, theirs in _table("fields").items())
    chosen = _chosen("as_of", as_of)
    if chosen is None:
        return Reading(fields=names)
    if chosen != "auto":
        return Reading(_day(chosen), fields=names)
    found = _calibrated(paths, Reading(fields=names))
    if not quiet and found:
        note(
            "the day on which the pages were copied: {day} (from {stories} stories)",
            day=found.day,
            stories=found.witnesses,
        )
    elif not quiet:
        note("the day on which the pages were copied cannot be told; ages stay ages")
    return Reading(found.day if found else None, "inferred", names)


def _calibrated(paths: Iterable[Path], how: Reading) -> Calibration | None:
    from carinews.corpus.ages import calibrate
    from carinews.corpus.reader import read_corpus
    from carinews.model import Article

    return calibrate(item for path in paths for item in read_corpus(path, how) if isinstance(item, Article))


def _day(text: str) -> date:
    from carinews.corpus.dates import find_date

    try:
        return date.fromisoformat(text)
    except ValueError:
        found = find_date(text)
    if found is None:
        raise CarinewsError(Message("--as-of {day!r} is no day: write 2024-05-06, or auto", day=text))
    return found.date()


def _place(name: str, flag: str | None) -> Path:
    return Path(_chosen(name, flag) or name)


def _chosen(name: str, flag: str | None) -> str | None:
    return flag or os.environ.get(f"CARINEWS_{name.upper()}") or _from_file(name)


def _from_file(name: str) -> str | None:
    """A text that `carinews.toml` gives. Raises CarinewsError where it is none."""
    value = _settings().get(name)
    if value is not None and not isinstance(value, str):
        raise CarinewsError(
            Message(
                '{file}: {name} is a text, so write it in quotes: {name} = "{value}"',
                file=SETTINGS_FILE,
                name=name,
                value=value,
            )
        )
    return value


def _table(name: str) -> dict[str, str]:
    """A table of `carinews.toml`: texts by their names."""
    table = _settings().get(name, {})
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise CarinewsError(Message("{file}: [{name}] is a table of texts", file=SETTINGS_FILE, name=name))
    return table


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
    return CarinewsError(Message("{file}: cannot be read: {error}", file=SETTINGS_FILE, error=cause(error)))
