"""What a stemmer cannot know: its exceptions, the names, and the words its dictionary lacks.

PySastrawi finds most roots, but takes `kerusakan` (damage) for `rusa` (deer), `Bali` for `bal`,
and knows neither `instagram` nor `caleg`. The lists of `word_lists` put that right.

A stem from the dictionary is looked up among the overrides, too: the row `gera → gerak` mends
`pergerakan` and all of its kin. An ending such as *-nya* comes off any word that is listed, so that
no file need hold `Jakartanya`; a preposition wrongly joined to a place does, too: `diJakarta`.
"""

from __future__ import annotations

import hashlib
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from carinews.analysis.stem import Stemmer, pysastrawi_dictionary, pysastrawi_roots
from carinews.analysis.variants import Variants
from carinews.analysis.word_lists import ASKED, CASED, INDEXED, LOANWORDS, NAMES, OVERRIDES, own_lists, rows, shipped

if TYPE_CHECKING:
    from collections.abc import Mapping

_ITS = "nya"
_CLITICS = (_ITS, "lah", "kah", "pun", "ku", "mu")
_PREPOSITIONS = ("di", "ke")
_PREFIXES = ("ber", "ter", "di", "me", "pe", "se")  # as they stand before a root that loses no sound to them
_LIKE_SUFFIXES = ("i", "is")
_SHORTEST_BASE = 4  # a word of three letters is never changed, nor does an ending come off to leave one


class Lexicon:
    """Gives the stem of a word: pure, so that any number of threads may share one.

    `own` are a user's lists, as `own_lists` reads them; their rows come on top of those that ship.
    No list is parsed, and PySastrawi's dictionary not read, before a word needs it. The stem of a
    stem is that stem again: the tests hold the shipped lists to it.
    """

    def __init__(self, own: Mapping[str, str] | None = None) -> None:
        self.own = dict(own or {})

    @classmethod
    def load(cls, own: Path | str | None = None) -> Lexicon:
        """The lexicon that carinews ships, with a user's file or folder on top.

        Raises CarinewsError where that cannot be read or a line of it is no row of its list.
        """
        return cls(own_lists(Path(own)) if own is not None else None)

    @cached_property
    def overrides(self) -> Mapping[str, str]:
        """Stems by form. A name of the user's own is one, so that it stands above what ships."""
        own_names = {name: name for name, *_ in rows(self.own.get(NAMES, ""))}
        return {**dict(rows(shipped(OVERRIDES))), **own_names, **dict(rows(self.own.get(OVERRIDES, "")))}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The kind (place, person, organisation, acronym) of each name that ships."""
        return dict(rows(shipped(NAMES)))

    @cached_property
    def loanwords(self) -> frozenset[str]:
        """Roots that the dictionary lacks."""
        return frozenset(root for root, *_ in self._rows(LOANWORDS))

    @cached_property
    def cased(self) -> Mapping[str, tuple[str, ...]]:
        """Names that are also words, as they are written, by their folded form: `Serang` by `serang`."""
        found: dict[str, tuple[str, ...]] = {}
        for name, *_ in self._rows(CASED):
            found[name.lower()] = tuple(dict.fromkeys((*found.get(name.lower(), ()), name)))
        return found

    @cached_property
    def variants(self) -> Variants:
        """The forms that mean the same."""
        return Variants(text for name in ASKED for text in (shipped(name), self.own.get(name, "")))

    def _rows(self, name: str) -> list[list[str]]:
        return [*rows(shipped(name)), *rows(self.own.get(name, ""))]

    def decides_as(self, other: Lexicon) -> bool:
        """Whether both make the same terms of a text, whatever variants a query may get."""
        return all(self.own.get(name, "") == other.own.get(name, "") for name in INDEXED)

    def shapes(self, form: str) -> tuple[str, ...]:
        """The terms under which an index holds a folded word: itself, and the names that it also is."""
        return (form, *self.cased.get(form, ()))

    def stem(self, form: str) -> str:
        """The stem of a folded word: from the lists, or from the dictionary, or else the word itself."""
        found = self._listed(form) or self._without_clitic(form)
        if found is not None:
            return found
        if "-" in form:
            return self._stem_doubled(form)
        root = self._from_dictionary(form)
        return self._joined_place(form) if root == form and form.startswith(_PREPOSITIONS) else root

    def _listed(self, form: str) -> str | None:
        return self.overrides.get(form) or (form if form in self.names else None)

    def _without_clitic(self, form: str) -> str | None:
        """The stem of a listed word with an ending: penyelidikanlah, instagramku, Jakartanya.

        -nya comes off words of the dictionary, too, before any other ending does: PySastrawi takes
        `memulainya` for `mula`, `membelinya` for `bel`. Nothing else comes off a name: Saifullah.
        """
        if not form.endswith(_CLITICS):
            return None
        for clitic in _CLITICS:
            base = form.removesuffix(clitic)
            if base == form or len(base) < _SHORTEST_BASE or form in self._roots:
                continue
            if base in self.overrides:
                return self.overrides[base]
            if base in self.loanwords:
                return self._from_dictionary(base)
            if clitic is _ITS and "-" not in base:
                if base in self.names:
                    return base
                if (root := self._stemmer.stem(base)) in self._roots:
                    return self._renamed(root)
        return None

    def _joined_place(self, form: str) -> str:
        """A word that the dictionary cannot part, less the preposition that should stand apart: dijakarta, kepapua."""
        for preposition in _PREPOSITIONS:
            place = form.removeprefix(preposition)
            if place != form and self.names.get(place) == "place" and form not in self._roots:
                return self.stem(place)
        return form

    def _stem_doubled(self, form: str) -> str:
        """The stem of a word said twice: `gerakan-gerakan`, `ormas-ormas`, which no dictionary joins."""
        first = form.partition("-")[0]
        root = self._stemmer.stem(form)
        if first and ("-" in root or self._listed(first)):
            return self.stem(first)
        return self._renamed(root)

    def _from_dictionary(self, form: str) -> str:
        """The dictionary's stem. A root keeps an ending that only looks like a suffix: ber-diskus-i, pe-luk-is."""
        root = self._stemmer.stem(form)
        if form.endswith(_LIKE_SUFFIXES) and not form.startswith(root):
            behind = (form.removeprefix(prefix) for prefix in _PREFIXES if form.startswith(prefix))
            root = next((rest for rest in behind if rest in self._roots), root)
        return self._renamed(root)

    def _renamed(self, root: str) -> str:
        return self.overrides.get(root, root)

    @cached_property
    def _roots(self) -> frozenset[str]:
        return pysastrawi_roots().union(self.loanwords)

    @cached_property
    def _stemmer(self) -> Stemmer:
        return Stemmer(self._roots)


@cache
def default_lexicon() -> Lexicon:
    """The lexicon that carinews ships, shared by all who have no lists of their own."""
    return Lexicon()


@cache
def fingerprint() -> str:
    """Names the shipped lists that decide the terms of a text, and the dictionary: 16 hexadecimal digits."""
    texts = "\0".join([*map(shipped, INDEXED), pysastrawi_dictionary()])
    return hashlib.sha256(texts.encode()).hexdigest()[:16]
