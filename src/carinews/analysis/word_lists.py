"""The word lists: tab-separated text, one word or one group a line, `#` before a comment.

overrides.tsv   form, stem               the stem of a word that PySastrawi takes for another; also of a word whose root
                                         is right but makes a poor family: `pengadilan` (court) is not `adil` (just)
names.tsv       name, kind               its own stem, whatever it looks like
loanwords.tsv   root, kind               joins the dictionary, and so do its derivations: `memviralkan` is `viral`
cased.tsv       name, kind, the word     a name that is also a word, told apart by its capitals: `Serang`, `PAN`
variants.tsv    kind, direction, forms   forms of one meaning, parted by commas: `izin, ijin`; for queries only
acronyms.tsv    kind, direction, forms   an acronym and its long forms, in the same columns

Those that ship lie beside this module, and a person has read each row. A user's own come on top: a
file is read like the shipped one of its name, and like overrides.tsv if it has another; of a folder,
all such files are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from carinews.analysis.normalize import fold
from carinews.errors import CarinewsError
from carinews.wording import Message, cause

if TYPE_CHECKING:
    from collections.abc import Iterator

OVERRIDES, NAMES, LOANWORDS, CASED = INDEXED = ("overrides.tsv", "names.tsv", "loanwords.tsv", "cased.tsv")
"""The lists that decide the terms of a text: another one makes another index."""

VARIANTS, ACRONYMS = ASKED = ("variants.tsv", "acronyms.tsv")
"""The lists that only a query asks."""

KINDS = ("spelling", "exonym", "acronym", "synonym", "colloquial")
DIRECTIONS = ("both", "first", "capitals")

_WORD = r"[a-z]+(?:-[a-z]+)*"
_CHECKS: dict[str, tuple[re.Pattern[str], Callable[[str], str], Message]] = {
    OVERRIDES: (re.compile(rf"{_WORD}\t{_WORD}"), fold, Message("a word, a tab and its stem")),
    NAMES: (re.compile(rf"{_WORD}(?:\t.*)?"), fold, Message("a name of one word")),
    LOANWORDS: (re.compile(rf"{_WORD}(?:\t.*)?"), fold, Message("a root of one word")),
    CASED: (re.compile(r"[A-Z][A-Za-z]*(?:\t.*)?"), str, Message("a name of one word with its capitals")),
    **dict.fromkeys(
        ASKED,
        (
            re.compile(rf"(?:{'|'.join(KINDS)})\t(?:{'|'.join(DIRECTIONS)})\t[^\t,]*\w[^\t,]*(?:, ?[^\t,]*\w[^\t,]*)+"),
            str,
            Message(
                "a kind ({kinds}), a direction ({directions}) and forms parted by commas",
                kinds=", ".join(KINDS),
                directions=", ".join(DIRECTIONS),
            ),
        ),
    ),
}


@cache
def shipped(name: str) -> str:
    """The text of a list that carinews ships."""
    return Path(__file__).with_name("data").joinpath(name).read_text("utf-8")


def rows(text: str) -> Iterator[list[str]]:
    """The rows of a list, as columns; it is one that ships, or one that `own_lists` has looked at."""
    return (line.split("\t") for line in text.split("\n") if line and not line.startswith("#"))


def own_lists(path: Path) -> dict[str, str]:
    """A user's lists, by the name of the list they add to, in the form of those that ship.

    Raises CarinewsError where `path` cannot be read, where a folder holds no list or a `.tsv` file
    that is none, and where a line is no row of its list.
    """
    if not path.is_dir():
        return {path.name if path.name in _CHECKS else OVERRIDES: _own_list(path)}
    files = sorted(path.glob("*.tsv"))
    strange = next((file for file in files if file.name not in _CHECKS), None)
    if strange or not files:
        raise CarinewsError(
            Message(
                "{place}: no list of a lexicon; the lists are {known}", place=strange or path, known=", ".join(_CHECKS)
            )
        )
    return {file.name: _own_list(file) for file in files}


def _own_list(path: Path) -> str:
    try:
        lines = path.read_bytes().decode("utf-8-sig").splitlines()
    except OSError as error:
        message = Message("{path}: cannot read the lexicon ({why})", path=path, why=cause(error))
        raise CarinewsError(message) from error
    except UnicodeDecodeError as error:
        message = Message("{path}: not UTF-8 at byte {place}; save it as UTF-8", path=path, place=error.start + 1)
        raise CarinewsError(message) from error
    pattern, normal, wanted = _CHECKS.get(path.name, _CHECKS[OVERRIDES])
    kept = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = [normal(column.strip()) for column in line.rstrip().split("\t")]
        if not pattern.fullmatch("\t".join(columns)):
            raise CarinewsError(
                Message(
                    "{path}:{line}: want {wanted}, found {found!r}",
                    path=path,
                    line=number,
                    wanted=wanted,
                    found=line,
                )
            )
        kept.append("\t".join(columns))
    return "\n".join(kept)
