"""Which related stories need a document of their own.

An article points at stories by their titles, and by their addresses where its page has them. Where an article
with such an address or such a title is in the index, the link leads there: an outlet may change a headline, but seldom
an address. Where none is, the story is known only from the pages that link to it, and for each title a *derived*
document of kind `related` is made from the best mention. So the derived documents are always a function of the
articles that are there now: when the full article arrives, its stand-in goes, and when the article is deleted, the
stand-in returns.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import numpy as np

from carinews.analysis.normalize import fold
from carinews.corpus.ids import article_id
from carinews.index.records import to_story
from carinews.index.segment import key
from carinews.model import Article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from carinews.index.segment import Segment

    Keys = NDArray[np.uint64]

Mention = tuple[int, int, dict[str, Any]]
"""The keys of a title and an address that are pointed at, and the stored record of the article that points."""

NO_ADDRESS = 0


def title_key(title: str) -> int:
    """The key of a title, the same for titles that differ in case, spacing or punctuation only."""
    folded = "".join(filter(str.isalnum, fold(title)))
    return key(folded or title)


def address_key(url: str | None) -> int:
    """The key of an address; `NO_ADDRESS` for none.

    What leads to the same page is one: with `http` or `https`, `www.`, a slash behind, a fragment, a note of the
    campaign that brought the reader.
    """
    if not url:
        return NO_ADDRESS
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:  # what is no address is a name like any other
        return key(url)
    query = [part for part in parts.query.split("&") if part and not part.startswith("utm_")]
    return key("//".join((host, parts.path.rstrip("/"), *query)))


class Told(NamedTuple):
    """The keys of the titles and addresses of all live articles, stand-ins left out."""

    titles: Keys
    addresses: Keys

    def tells(self, titles: Keys, addresses: Keys) -> NDArray[np.bool_]:
        """Which of some stories these articles tell, each with its title and its address."""
        by_address = (addresses != NO_ADDRESS) & np.isin(addresses, self.addresses)
        told: NDArray[np.bool_] = by_address | np.isin(titles, self.titles)
        return told


def told(segments: Sequence[Segment]) -> Told:
    """What the live articles of some segments tell."""
    return Told(*(live_keys(segments, name, derived=False) for name in ("title", "address")))


def live_keys(segments: Iterable[Segment], name: str, *, derived: bool | None = None) -> Keys:
    """The keys ("title", "edge") of all live documents, each once: of all, or only of those that are (not) derived."""
    found = [_keys_of(segment, name, derived) for segment in segments]
    return np.unique(np.concatenate([*found, np.empty(0, np.uint64)]))


def untold(segments: Sequence[Segment], known: Told) -> Keys:
    """The titles that live documents point at, of stories that no live article tells."""
    found = [titles for _, titles, _ in (_untold_edges(segment, known) for segment in segments)]
    return np.unique(np.concatenate([*found, np.empty(0, np.uint64)]))


def _untold_edges(segment: Segment, known: Told) -> tuple[NDArray[Any], Keys, Keys]:
    """Of the edges of a segment's live documents to stories that nobody tells: document, title and address."""
    titles, docs = segment.keys("edge")
    addresses = segment.array("edge_addresses").astype(np.uint64)
    wanted = ~known.tells(titles, addresses)
    if segment.live is not None:
        wanted &= segment.live[docs]
    return docs[wanted], titles[wanted], addresses[wanted]


def titles_at(segments: Sequence[Segment], addresses: Keys) -> Keys:
    """The titles of all edges that point at some addresses."""
    found = [segment.keys("edge")[0][np.isin(segment.array("edge_addresses"), addresses)] for segment in segments]
    return np.concatenate([*found, np.empty(0, np.uint64)])


def _keys_of(segment: Segment, name: str, derived: bool | None) -> Keys:
    keys, docs = segment.keys(name)
    wanted = np.ones(len(docs), bool) if segment.live is None else segment.live[docs]
    if derived is not None:
        wanted = wanted & (segment.derived[docs] == derived)
    return keys[wanted]


def mentions(segment: Segment, wanted: Keys, known: Told) -> Iterator[Mention]:
    """Where a segment's live articles point at an untold story of a wanted title, one article after the other."""
    docs, titles, addresses = _untold_edges(segment, known)
    chosen = np.isin(titles, wanted)
    edges = zip(*(column[chosen].tolist() for column in (docs, titles, addresses)), strict=True)
    for doc, found in groupby(sorted(edges), itemgetter(0)):
        record = segment.stored(doc)
        for _, title, address in found:
            yield title, address, record
    segment.give_back()


def stand_ins(found: Iterable[Mention]) -> list[Article]:
    """A document for each title that is mentioned, of the best mention: the longest summary, then the first id."""
    best: dict[int, tuple[tuple[int, str], Article]] = {}
    for title, address, record in found:
        for story in record["related"]:
            if title_key(story[1]) == title and address_key(story[2]) == address:
                rank = (-len(story[3]), record["id"])
                if title not in best or rank < best[title][0]:
                    best[title] = rank, _stand_in(story, record)
    return [article for _, (_, article) in sorted(best.items())]


def _stand_in(story: list[Any], record: dict[str, Any]) -> Article:
    told, source = to_story(story), record.get("source")
    return Article(
        id=article_id(source, None, told.title),
        title=told.title,
        body=told.summary,
        url=told.url,
        source=source,
        published=told.published,
        date_certainty=told.date_certainty,
        kind="related",
        path=record.get("path"),
        age=told.age,
    )
