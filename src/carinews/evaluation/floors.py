"""Floors: figures that may not fall, pinned in a file.

A floor holds for one corpus, one set of queries and one of judgements; the file has the SHA-256 of all three. Where
one of them changed, nothing can be said before the floors are pinned anew. Pinning raises floors; to lower one takes
a reason, which stays in the file.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Any

from carinews.corpus.files import shown
from carinews.errors import CarinewsError, JudgementError
from carinews.wording import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

SCHEMA = "carinews.floors/1"
DIGITS = 4
"""A figure is pinned with so many digits, rounded down: the last bits of a sum differ between machines."""


@dataclass(frozen=True, slots=True)
class Floors:
    """The least that each measure may be, what it was measured on, and why any floor was ever lowered."""

    fingerprint: str
    least: Mapping[str, float]
    lowered: tuple[Mapping[str, Any], ...] = field(default=())

    @classmethod
    def read(cls, path: Path) -> Floors:
        """The floors of a file. Raises JudgementError where it is none."""
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            if record["schema"] != SCHEMA:
                raise ValueError(record["schema"])
            least = {str(name): float(value) for name, value in record["least"].items()}
            return cls(str(record["fingerprint"]), least, tuple(record["lowered"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            reason = Message("no floors in it ({error}); make them with --pin", error=repr(error))
            raise JudgementError(str(path), None, reason) from error

    def write(self, path: Path) -> None:
        """Write the floors as JSON for people to read and to compare."""
        record = {
            "schema": SCHEMA,
            "fingerprint": self.fingerprint,
            "least": dict(self.least),
            "lowered": list(self.lowered),
        }
        path.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

    def fallen(self, figures: Mapping[str, float]) -> dict[str, tuple[float, float]]:
        """The figures below their floor: each with its floor and what it is now. A missing figure fell to 0."""
        now = {name: figures.get(name, 0.0) for name in self.least}
        return {name: (least, now[name]) for name, least in self.least.items() if _down(now[name]) < least}

    def pinned(self, figures: Mapping[str, float], fingerprint: str, reason: str = "") -> Floors:
        """New floors at these figures. Raises CarinewsError where one would be lower and no reason is given."""
        fallen = self.fallen(figures)
        if fallen and not reason.strip():
            falls = (
                Message("{name} from {least} to {now}", name=name, least=least, now=_down(now))
                for name, (least, now) in fallen.items()
            )
            which = reduce(lambda first, rest: Message("{first}, {rest}", first=first, rest=rest), falls)
            raise CarinewsError(Message("this would lower {which}: say why with --lower REASON", which=which))
        changes = {name: [least, _down(now)] for name, (least, now) in fallen.items()}
        lowered = (*self.lowered, {"reason": reason.strip(), "changes": changes}) if fallen else self.lowered
        return Floors(fingerprint, {name: _down(figure) for name, figure in figures.items()}, lowered)


NO_FLOORS = Floors("", {})


def fingerprint(*places: Path) -> str:
    """The SHA-256 of some files and of all files below some folders, hidden ones aside: of their names and bytes.

    Names below a folder count, the place of the folder itself does not. Raises JudgementError where nothing is there.
    """
    digest = hashlib.sha256()
    for place in places:
        for name, file in _files(place):
            data = file.read_bytes()
            digest.update(f"{name}\0{len(data)}\0".encode())
            digest.update(data)
    return digest.hexdigest()


def _files(place: Path) -> Iterable[tuple[str, Path]]:
    if place.is_file():
        return [(place.name, place)]
    files = (file for file in place.rglob("*") if file.is_file() and not file.name.startswith("."))
    found = sorted((shown(file.relative_to(place)), file) for file in files)
    if not found:
        raise JudgementError(str(place), None, Message("there is nothing here to measure with"))
    return found


def _down(figure: float) -> float:
    """Rounded down, and not by a last bit: .7999999999 that should be .8 is .8."""
    step: int = 10**DIGITS
    return int(figure * step + 1e-6) / step
