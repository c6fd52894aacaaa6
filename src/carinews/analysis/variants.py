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
    """The groups of some lists. Reading them costs a millisecond; only a group that is asked for is taken apart."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._lines = [line for text in texts for line in text.split("\n") if line and not line.startswith("#")]
        self._places: dict[str, list[int]] = {}
        for place, line in enumerate(_key("\n".join(self._lines)).split("\n") if self._lines else ()):
            for form in line.rpartition("\t")[2].split(","):
                self._places.setdefault(form.strip(), []).append(place)
        self.longest = max((form.count(" ") + 1 for form in self._places), default=0)
        """The most words that a form has."""

    def __len__(self) -> int:
        return len(self._lines)

    def of(self, terms: Iterable[str], written: str = "") -> tuple[Variant, ...]:
        """The other forms for a run of terms; `written` is what was typed, with its capitals.

        >>> Variants(["spelling\\tboth\\tizin, ijin"]).of(["ijin"])
        (Variant(text='izin', weight=0.9),)
        """
        key = _key(" ".join(terms))
        found: dict[str, Variant] = {}
        for place in self._places.get(key, ()):
            kind, direction, forms = self._lines[place].split("\t")
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
    return fold(text).replace("-", " ").replace(".", "")
