"""Public ids: readable, and the same on every reading of the same article.

`tempo-20170418-judul-berita` tells a person what it is, fits in a URL and survives a rebuild. Paths
are left out on purpose: a file may move, the article stays itself.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit

from carinews.model import aware

SLUG_LENGTH = 60
"""The most characters of an id that come from the title."""

_NOT_A_NAME = frozenset(
    (
        "ac app asia au biz blog cc co com edu go gov id in info int io me media mil my net news online or"
        " org sch sg site tv uk us web www xyz"
    ).split()
)
"""Labels of a host that tell the kind or the country of a site, not its name."""


_SECOND_LEVEL = frozenset("ac biz co com desa edu go gov mil my net or org ponpes sch web".split())
"""What stands before a country's own ending, as in `republika.co.id`."""


def article_id(source: str | None, published: datetime | None, title: str) -> str:
    """The id of an article that brought none: source, day and title, joined by hyphens.

    What is not known is left out. Where the title had to be cut, or has letters that ASCII lacks,
    six hexadecimal digits of a SHA-256 over all three keep two such articles apart. Never empty.

    >>> article_id("warta.example", None, "Panen Raya!")
    'warta-example-panen-raya'
    """
    slug, whole = _cut(slugify(title)), _is_whole(title)
    parts = [source_name(source), published.strftime("%Y%m%d") if published else "", slug]
    if not whole:
        moment = aware(published)
        parts.append(_digest(source or "", moment.isoformat() if moment else "", title)[:6])
    return "-".join(part for part in parts if part)


def url_id(url: str) -> str:
    """The id of an article known by its URL: the name of the site and 48 bits of a SHA-256."""
    return "-".join(part for part in (source_name(_host(url)), _digest(url)[:12]) if part)


def source_name(source: str | None) -> str:
    """What people call a site: `tempo` for `www.tempo.co`, `cnn-indonesia` for `CNN Indonesia`."""
    labels = [label for part in slugify(source or "", keep=".").split(".") if (label := part.strip("-"))]
    while len(labels) > 1 and labels[-1] in _NOT_A_NAME:
        labels.pop()
    while len(labels) > 1 and labels[0] == "www":
        labels.pop(0)
    return "-".join(labels)


def site_of(url: str) -> str | None:
    """The outlet that an address belongs to, without its channels: `tempo.co` for `https://gaya.tempo.co/read`."""
    labels = [label for label in (_host(url) or "").split(".") if label]
    if len(labels) < 2:
        return None
    two_parts = len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3 if two_parts else -2 :])


def slugify(text: str, keep: str = "") -> str:
    """Lower-case ASCII letters and digits (and `keep`), every run of anything else one hyphen."""
    folded = text if text.isascii() else unicodedata.normalize("NFKD", text)
    plain = "".join(letter for letter in folded.lower() if not unicodedata.combining(letter))
    plain = re.sub("['’‘`ʼ]", "", plain)  # Jum'at is one word
    return re.sub(rf"[^a-z0-9{re.escape(keep)}]+", "-", plain).strip("-")


def _is_whole(title: str) -> bool:
    """Whether the slug of this title tells all of it: nothing cut off, no letter lost."""
    slug = slugify(title)
    letters = sum(letter.isalnum() for letter in unicodedata.normalize("NFKD", title))
    return bool(slug) and len(slug) <= SLUG_LENGTH and len(slug.replace("-", "")) >= letters


def _cut(slug: str) -> str:
    """The words of a slug that fit; a single word too long is cut where it must be."""
    if len(slug) <= SLUG_LENGTH:
        return slug
    words, _, _ = slug[: SLUG_LENGTH + 1].rpartition("-")
    return words or slug[:SLUG_LENGTH]


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _digest(*parts: str) -> str:
    return sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()
