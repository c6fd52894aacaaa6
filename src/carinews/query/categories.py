"""What a condition on a source, a section, a city, an author asks for.

People name a part of a value: `sumber:tempo` for `tempo.co`, `penulis:laras` for `Tio Laras`. So a
value is accepted that holds what was asked for as whole words of it; written `=tempo.co`, the
whole value only. Capitals and diacritics do not count.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from carinews.analysis.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WHOLE = "="
"""Before what is asked for: the whole value and nothing else."""


def accepts(value: str, asked: str) -> bool:
    """Whether a value of a category is meant by what was asked for.

    >>> accepts("tempo.co", "Tempo"), accepts("Kota Palu", "palu"), accepts("Temporer", "tempo")
    (True, True, False)
    >>> accepts("nasional.tempo.co", "tempo.co"), accepts("nasional.tempo.co", "=tempo.co")
    (True, False)
    """
    value, asked = _folded(value), _folded(asked)
    if asked.startswith(WHOLE):
        return value == asked.removeprefix(WHOLE)
    place = value.find(asked)
    while asked and place >= 0:
        if _is_edge(value, place) and _is_edge(value, place + len(asked)):
            return True
        place = value.find(asked, place + 1)
    return False


def accepted(values: Sequence[str], asked: Iterable[str]) -> list[int]:
    """The numbers of the values that are meant by any of what was asked for; an empty value is none."""
    wanted = tuple(asked)
    return [number for number, value in enumerate(values) if value and any(accepts(value, one) for one in wanted)]


def runs(value: str) -> list[str]:
    """Everything that may be asked for to mean a value."""
    value = _folded(value)
    edges = [place for place in range(len(value) + 1) if _is_edge(value, place)]
    parts = {value[start:end].strip() for start in edges for end in edges if start < end}
    return sorted({*parts, WHOLE + value} - {""})


@lru_cache(maxsize=1 << 16)
def _folded(text: str) -> str:
    return fold(text).strip()


def _is_edge(value: str, place: int) -> bool:
    """Whether no word goes on over a place of a value."""
    return place in (0, len(value)) or not (_inside(value[place - 1]) and _inside(value[place]))


def _inside(sign: str) -> bool:
    return sign.isalnum() or sign == "_"
