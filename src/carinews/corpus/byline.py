"""Who wrote an article, as pages print it: `Oleh: NAME`, `NAME - outlet`, `Penulis : Kontributor CITY, NAME`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from carinews.corpus.lines import letters, reads_as_name
from carinews.corpus.page import LABEL

_SEPARATOR = re.compile(r"\s+(?:\||-|–|—|::|»)\s+")
_BYLINE = re.compile(
    r"(?:oleh|by|penulis|reporter|pewarta|jurnalis|wartawan|laporan|rep)\b\s*:?\s*(?P<name>.+)", re.IGNORECASE
)
_ROLE_BEFORE = re.compile(r"(?:kontributor|wartawan|reporter|koresponden)\b(?:[^,]{0,40},)?\s*", re.IGNORECASE)
_AFTER_NAME = re.compile(r"\s(?:on|pada)\s|\s?\d|\s?/\s?red\b", re.IGNORECASE)
_ROLE = re.compile(r"[\s,|-]*\b(?:jurnalis|wartawan|reporter|kontributor|editor)\b.*$", re.IGNORECASE)


def author(told: str | None, named: Sequence[str], lines: Sequence[str], sites: Sequence[str]) -> str | None:
    """The author: `told` by the metadata, else in a line with a label, else in an element that is `named` so.

    `sites` are the letters of what the site calls itself: many sites pass themselves for the author.
    """
    if told and _is_person(told, sites):
        return told
    for line in (*reversed(named), *lines):
        if (match := _BYLINE.match(line)) and (name := _name(match["name"], sites)):
            return name
    return next((name for text in named if (name := _name(text, sites))), None)


def _name(text: str, sites: Sequence[str]) -> str | None:
    """The name in a byline, without the outlet and the role behind it."""
    name = _SEPARATOR.split(_ROLE.sub("", _ROLE_BEFORE.sub("", text.strip(" :,"), count=1)))[0]
    name = _AFTER_NAME.split(name)[0].strip(" :,|-")
    return name if name and _is_person(name, sites) and not LABEL.fullmatch(name) else None


def _is_person(name: str, sites: Sequence[str]) -> bool:
    plain = letters(name)
    if any(site in plain or plain in site for site in sites) or "://" in name:
        return False
    return reads_as_name(name) and not name.upper().startswith(("PT ", "PT.")) and "redaksi" not in plain
