"""Forms that mean the same: `izin, ijin`; `Suriah, Syria`; `KPK, Komisi Pemberantasan Korupsi`.

Only queries ask, so that no text is changed. A group says in which direction it is safe:

both       any form brings all others
first      a later form brings the first, the first brings nothing: `gak` asks for `tidak`, too
capitals   the first brings the others only where it is typed in just these capitals: `PAN` is a
           party, `pan` a vessel; the others always bring the first

What is brought weighs less than what was typed, by its kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from carinews.analysis.normalize import fold

WEIGHTS = {"spelling": 0.9, "exonym": 0.8, "acronym": 0.8, "synonym": 0.5, "colloquial": 0.5}
"""What an occurrence of a variant counts, where one of the word typed counts 1."""


class Variant(NamedTuple):
    """Another form for what was typed, as its list writes it, and what an occurrence of it counts."""

    text: str
    weight: float


class Variants:
    """The groups of some lists. Reading them costs some 5 ms; only a group that is asked for is taken apart."""

    def __init__(self, texts: Iterable[str]) -> None:
        lines = (line for text in texts for line in text.split("\n") if line and not line.startswith("#"))
        self._groups = [line.split("\t") for line in lines]
        self._places: dict[str, tuple[int, ...]] = {}
        keys = _key("\n".join(group[2] for group in self._groups)).replace(", ", ",")
        for place, forms in enumerate(keys.split("\n") if keys else ()):
            for form in forms.split(","):
                self._places[form] = (*self._places.get(form, ()), place)
        self.longest = max((form.count(" ") + 1 for form in self._places), default=0)
        """The most words that a form has."""

    def __len__(self) -> int:
        return len(self._groups)

    def of(self, terms: Iterable[str], written: str = "") -> tuple[Variant, ...]:
        """The other forms for a run of folded terms; `written` is what was typed, with its capitals.

        >>> Variants(["spelling\\tboth\\tizin, ijin"]).of(["ijin"])
        (Variant(text='izin', weight=0.9),)
        """
        key = _bare(" ".join(terms))
        places = self._places.get(key)
        if places is None:
            return ()
        found: dict[str, Variant] = {}
        for place in places:
            kind, direction, forms = self._groups[place]
            first, *others = [form.strip() for form in forms.split(",")]
            if key != _key(first):
                brought = [first, *(form for form in others if direction == "both" and _key(form) != key)]
            elif direction == "both" or (direction == "capitals" and written == first):
                brought = others
            else:
                brought = []
            for form in brought:
                found.setdefault(_key(form), Variant(form, WEIGHTS[kind]))
        return tuple(found.values())


def _key(text: str) -> str:
    """What all spellings of a form have in common that the analyser makes one."""
    return _bare(fold(text))


def _bare(folded: str) -> str:
    return folded.replace("-", " ").replace(".", "")
