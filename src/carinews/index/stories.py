"""Which related stories need a document of their own.

An article points at stories by their titles. Where an article with such a title is in the
index, the link leads there. Where none is, the story is known only from the pages that link to
it, and a *derived* document of kind `related` is made from the best mention. So the derived
documents are always a function of the articles that are there now: when the full article
arrives, its stand-in goes, and when the article is deleted, the stand-in returns.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

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

Mention = tuple[int, dict[str, Any]]
"""The key of a title that is pointed at, and the stored record of the article that points."""


def title_key(title: str) -> int:
    """The key of a title, the same for titles that differ in case, spacing or punctuation only."""
    folded = "".join(filter(str.isalnum, fold(title)))
    return key(folded or title)


def live_keys(segments: Iterable[Segment], name: str, *, derived: bool | None = None) -> Keys:
    """The keys ("title", "edge") of all live documents, each once: of all, or only of those that are (not) derived."""
    found = [_keys_of(segment, name, derived) for segment in segments]
    return np.unique(np.concatenate([*found, np.empty(0, np.uint64)]))


def untold(segments: Sequence[Segment]) -> Keys:
    """The titles that live documents point at, and that no live article tells."""
    wanted = live_keys(segments, "edge")
    for segment in segments if len(wanted) else ():
        wanted = wanted[~np.isin(wanted, _keys_of(segment, "title", derived=False))]
    return wanted


def _keys_of(segment: Segment, name: str, derived: bool | None) -> Keys:
    keys, docs = segment.keys(name)
    wanted = np.ones(len(docs), bool) if segment.live is None else segment.live[docs]
    if derived is not None:
        wanted = wanted & (segment.derived[docs] == derived)
    return keys[wanted]


def mentions(segment: Segment, wanted: Keys) -> Iterator[Mention]:
    """Where a segment's live articles point at one of the wanted titles, one article after the other."""
    keys, docs = segment.keys("edge")
    chosen = np.isin(keys, wanted)
    if segment.live is not None:
        chosen &= segment.live[docs]
    by_document = sorted(zip(docs[chosen].tolist(), keys[chosen].tolist(), strict=True))
    for doc, found in groupby(by_document, itemgetter(0)):
        record = segment.stored(doc)
        for _, title in found:
            yield title, record
    segment.give_back()


def stand_ins(found: Iterable[Mention], wanted: set[int]) -> list[Article]:
    """A document for each wanted title, made from its best mention: the longest summary, then the first id."""
    best: dict[int, tuple[tuple[int, str], Article]] = {}
    for title, record in found:
        if title in wanted:
            for story in record["related"]:
                if title_key(story[1]) == title:
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
