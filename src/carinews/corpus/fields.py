"""The keys of a record, and what other archives call them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from carinews.errors import CarinewsError
from carinews.wording import Message

KEYS = (
    "id",
    "url",
    "title",
    "published",
    "section",
    "source",
    "body",
    "related",
    "author",
    "city",
    "caption",
    "kind",
    "copied",
)
"""What a record may tell of an article, in our words."""


class Fields:
    """Which keys of foreign records stand for ours: `Fields.parse(["title=judul", "source=media.nama"])`."""

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        self._names = dict(names or {})

    @classmethod
    def parse(cls, options: Iterable[str]) -> Fields:
        """Read `OURS=THEIRS` options. Raises CarinewsError for another form or an unknown key of ours."""
        names = {}
        for option in options:
            ours, equals, theirs = (part.strip() for part in option.partition("="))
            if not equals or not theirs or ours not in KEYS:
                raise CarinewsError(
                    Message(
                        "the field {option!r} is not understood: write OURS=THEIRS, such as title=judul,"
                        " where OURS is one of {known}",
                        option=option,
                        known=", ".join(KEYS),
                    )
                )
            names[ours] = theirs
        return cls(names)

    def __bool__(self) -> bool:
        return bool(self._names)

    def lowered(self) -> Fields:
        """The same for records whose keys are in lower case, as those of a table are."""
        return Fields({ours: theirs.lower() for ours, theirs in self._names.items()})

    def theirs(self, ours: str) -> str:
        """What the records call one of our keys."""
        return self._names.get(ours, ours)

    def read(self, record: Mapping[str, Any]) -> Mapping[str, Any]:
        """A record under our keys. A dot leads into an object: `media.nama`."""
        if not self._names:
            return record
        return {**record, **{ours: _value(record, theirs) for ours, theirs in self._names.items()}}


UNCHANGED = Fields()
"""For records that use our keys."""


def _value(record: Mapping[str, Any], key: str) -> Any:
    """The value of a key; of a path with dots, where the whole is no key."""
    if key in record or "." not in key:
        return record.get(key)
    first, _, rest = key.partition(".")
    inner = record.get(first)
    return _value(inner, rest) if isinstance(inner, Mapping) else None
