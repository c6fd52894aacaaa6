"""The dateline: the outlet and the city that open the first paragraph of a news text.

Forms that were met, each for any outlet: `TEMPO.CO, Baghdad - `, `TEMPO . CO , Kota - `,
`Jakarta, CNN Indonesia -- `, `JAKARTA, KOMPAS.com - `, `Jakarta (ANTARA) - `, `Merdeka.com - `,
`TEMPO Interaktif, Jakarta - ` and the city alone in capitals, `JAKARTA- `.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_DASH = r"(?:\s+[-–—]+\s*|[-–—]+(?:\s+|$))"
_DOMAIN = r"[^\W_][\w-]{0,40}(?:(?:\.|\s\.\s)[^\W\d_]{2,12}){1,3}"
_NAME = r"[A-Z]{3,}[A-Z0-9]*(?:\s\w{2,20}){0,3}"
_OUTLETS = r"(?:ANTARA|KOMPAS|REPUBLIKA|TEMPO|VIVA)"
_CITY = r"[^\W\d_](?:[^\W_]|[ .,'’()/-]){1,60}?"
_CAPITAL_CITY = r"[^\W\d_](?:[^\W\d_]|[ '’]|(?<!\w\w\w)\.){2,30}"

_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?P<source>{_DOMAIN})(?:\s*,\s*|\.\s+)(?P<city>{_CITY}){_DASH}",
        rf"(?P<city>{_CITY})\s*,\s*(?P<source>{_DOMAIN}|{_NAME}(?=\s*[-–—]{{2}}|\s*—)|{_OUTLETS}){_DASH}",
        rf"(?P<source>{_NAME})\s*,\s*(?P<city>{_CITY}){_DASH}",
        rf"(?P<city>{_CITY})\s*\((?P<source>{_NAME}|{_DOMAIN})\)\s*{_DASH}",
    )
)
_CITY_ALONE = re.compile(rf"(?P<city>{_CAPITAL_CITY}?){_DASH}")
_SOURCE_ALONE = re.compile(rf"(?P<source>{_DOMAIN}){_DASH}")
_AGENCIES = frozenset(("AFP", "ANTARA", "REUTERS", "TEMPO", "VIVA"))
_SMALL_WORDS = frozenset(["au", "al", "el", "de", "del", "di", "la", "le", "the", "of", "dan", "upon", "sur"])


class Dateline(NamedTuple):
    """Where a text says it comes from, and the text after that. `source` is in lower case."""

    source: str | None
    city: str | None
    rest: str


def split_dateline(paragraph: str) -> Dateline | None:
    """Part a paragraph from its dateline; None where it has none that names an outlet and a city."""
    for form in _FORMS:
        match = form.match(paragraph)
        if match and is_place(match["city"]):
            return Dateline(_source(match["source"]), _city(match["city"]), _rest(paragraph, match))
    return None


def split_bare_dateline(paragraph: str) -> Dateline | None:
    """As `split_dateline`, and also the city or the outlet alone.

    Weaker evidence, as a title may look so ("PERSIB - AREMA"): ask it only of a first paragraph.
    """
    full = split_dateline(paragraph)
    if full:
        return full
    match = _SOURCE_ALONE.match(paragraph)
    if match:
        return Dateline(_source(match["source"]), None, _rest(paragraph, match))
    match = _CITY_ALONE.match(paragraph)
    if match and match["city"] in _AGENCIES:
        return Dateline(_source(match["city"]), None, _rest(paragraph, match))
    if match and match["city"].isupper() and is_place(match["city"]):
        return Dateline(None, _city(match["city"]), _rest(paragraph, match))
    return None


def is_place(city: str) -> bool:
    """Whether a name may be that of a place: few words, each with a capital."""
    words = city.replace("/", " ").split()
    return len(words) <= 5 and all(word.lstrip("(")[:1].isupper() or word.strip(",") in _SMALL_WORDS for word in words)


def _source(name: str) -> str:
    """One spelling for an outlet: `tempo.co` for `TEMPO . CO`."""
    return " ".join(re.sub(r"\s*\.\s*", ".", name).lower().split())


def _city(name: str) -> str:
    """One spelling for a city: `JAKARTA` is Jakarta, but an acronym of three letters stays."""
    name = name.strip(" ,.-") if not re.search(r"\.\w\.$", name) else name.strip(" ,-")
    return name.title() if name.isupper() and len(name) > 3 else name


def _rest(paragraph: str, match: re.Match[str]) -> str:
    """The text after the dateline; a lost link sometimes leaves its comma in front."""
    return paragraph[match.end() :].lstrip(" ,-–—")
