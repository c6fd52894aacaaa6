"""The stories that a page in HTML links to beside its text: lists under "Baca juga", "Berita terkait" and the like.

A list is known by its label or by its name. Both are needed: some sites print no label, others
name the box `box_artikel2`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from carinews.corpus.dates import find_date, is_age, is_date_line
from carinews.corpus.furniture import is_furniture
from carinews.corpus.ids import site_of
from carinews.corpus.lines import LONGEST_HEADLINE, letters
from carinews.corpus.markup import Element, absolute, names, paragraphs, text_of
from carinews.model import EdgeKind, RelatedStory

_LABELS: dict[EdgeKind, str] = {
    "baca_juga": r"(?:yuk,?\s+)?(?:baca|lihat|simak)\s+juga|jangan lewatkan",
    "pilihan_editor": r"pilihan\s+(?:editor|redaksi)|rekomendasi redaksi",
    "berita_terkait": (
        r"(?:(?:berita|artikel)\s+)?terkait|related (?:stories|articles|news)|berita rekomendasi|rekomendasi untuk anda"
    ),
}
_LABELLED = {kind: re.compile(rf"(?:.{{1,60}}:\s*)?(?:{label})\s*:?", re.IGNORECASE) for kind, label in _LABELS.items()}
_NAMES: tuple[tuple[EdgeKind, re.Pattern[str]], ...] = (
    ("baca_juga", re.compile(r"^(?:baca[-_]?juga|linksisip|lihatjg)")),
    ("pilihan_editor", re.compile(r"^pilihan[-_]?(?:editor|redaksi)")),
    ("berita_terkait", re.compile(r"terkait|^related[-_]")),
)
_NOT_STORIES = re.compile(r"tag|topik|topic|profil|artis|tokoh|video|foto|img|image|popul|comment|komentar")
_NO_STORY_URL = re.compile(r"/(?:tag|topik|topic|hot_topic|kanal|indeks|index)[^/]*/[^/]*/?$|/(?:readfoto|readvideo)/")
_OTHER_HOSTS = ("foto.", "video.", "tv.", "photo.", "forum.", "blog.")
_LONGEST_LABEL = 90
_HIGHEST = 3  # levels above a label where its list may stand
_MOST_LINKS = 120  # in one list, pictures and titles; more of them are a menu


@dataclass(slots=True)
class Neighbours:
    """The stories beside the text, and the elements that hold them and are no text."""

    stories: list[RelatedStory] = field(default_factory=list)
    elements: set[Element] = field(default_factory=set)


def find_neighbours(root: Element, base: str | None) -> Neighbours:
    """Every story that stands in a list of the page's own recommendations, each once, the editor's choices first."""
    found = Neighbours()
    stories: dict[str, RelatedStory] = {}
    for kind, label, lists in _lists(root):
        if sum(len(_links(element)) for element in lists) > _MOST_LINKS:
            continue
        listed = [story for element in lists for story in _stories(kind, element, base)]
        if label is None and base:  # a name promises less than a label: it may be used for other lists, too
            listed = [story for story in listed if story.url is None or site_of(story.url) == site_of(base)]
        if listed:
            found.elements.update(lists)
            if label is not None:
                found.elements.add(label)
            for story in listed:
                stories.setdefault(letters(story.title), story)
    rank = {"baca_juga": 0, "pilihan_editor": 1, "berita_terkait": 2}
    found.stories = sorted(stories.values(), key=lambda story: rank[story.kind])
    return found


def _lists(root: Element) -> Iterator[tuple[EdgeKind, Element | None, list[Element]]]:
    """The kind, the label and the elements of every list. Editors' lists come first: a story keeps its first kind."""
    labelled, named = [], []
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "a", "html", "body", "head"):
            continue
        if kind := _label_of(element):
            labelled.append((kind, element))
        elif (kind := _name_of(element)) and not _is_prose(element):
            named.append((kind, element))
    labels = {element for _, element in labelled}
    for kind, element in labelled:
        if not any(child in labels for child in element.iterdescendants()):  # the innermost carries the words
            lists = _lists_below(element, labels)
            if lists:
                yield kind, element, lists
    for kind, element in named:
        yield kind, None, [element]


def _label_of(element: Element) -> EdgeKind | None:
    if len(element) > 3:
        return None
    kind = _label(" ".join("".join(element.itertext()).split()))
    return kind if kind and not _is_no_story_list(element) else None


def _label(text: str) -> EdgeKind | None:
    if not text or len(text) > _LONGEST_LABEL:
        return None
    return next((kind for kind, label in _LABELLED.items() if label.fullmatch(text)), None)


def _name_of(element: Element) -> EdgeKind | None:
    called = names(element)
    kind = next((kind for kind, pattern in _NAMES if any(map(pattern.search, called))), None) if called else None
    return kind if kind and not _is_no_story_list(element) else None


def _is_no_story_list(element: Element) -> bool:
    """Whether an element or one around it lists topics, people or pictures."""
    near = [element, *list(element.iterancestors())[:2]]
    return any(_NOT_STORIES.search(name) for above in near for name in names(above))


def _lists_below(label: Element, labels: set[Element]) -> list[Element]:
    """The elements of links that follow a label, there or on one of the levels above it."""
    place = label
    for _ in range(_HIGHEST):
        lists: list[Element] = []
        for sibling in place.itersiblings():
            if not isinstance(sibling.tag, str) or not text_of(sibling):
                continue
            if sibling in labels or any(inner in labels for inner in sibling.iterdescendants()) or _is_prose(sibling):
                break
            if lists and not _links(sibling):
                break
            lists.append(sibling)
        if any(element.tag == "a" or element.find(".//a") is not None for element in lists):
            return lists
        if lists or (place.tail or "").strip(" \t\r\n:"):
            return []
        place = place.getparent()
        if place is None or place.tag in ("body", "html"):
            return []
    return []


def _is_prose(element: Element) -> bool:
    """Whether an element has more text outside of its links than summaries would make."""
    whole, linked = len(text_of(element)), sum(len(text_of(link)) for link in _links(element))
    return whole - linked > 120 and linked * 4 < whole


def _links(element: Element) -> list[Element]:
    return [element] if element.tag == "a" else list(element.iter("a"))


def _stories(kind: EdgeKind, element: Element, base: str | None) -> Iterator[RelatedStory]:
    """The stories that a list links to, with what it tells of their age and their content."""
    for link in _links(element):
        title, url = text_of(link), absolute(link.get("href"), base)
        if url is None and base is None:
            url = None if (link.get("href") or "#").startswith(("#", "javascript")) else ""
        if url is None or not _is_story(title, url):
            continue
        when, summary = _details(link, element, title)
        published = find_date(when) if when else None
        if published:
            yield RelatedStory(kind, title, url or None, summary, None, published, "exact")
        else:
            yield RelatedStory(kind, title, url or None, summary, when)


def _is_story(title: str, url: str) -> bool:
    if len(title) > LONGEST_HEADLINE or len(title.split()) < 3 or is_furniture(title) or _label(title):
        return False
    return not (_NO_STORY_URL.search(url) or (urlsplit(url).hostname or "").startswith(_OTHER_HOSTS))


def _details(link: Element, within: Element, title: str) -> tuple[str | None, str]:
    """The age (or date) and the summary that stand with a link in its entry of a list."""
    entry = link
    while entry is not within and entry.getparent() is not None:
        above = entry.getparent()
        if len({other.get("href") for other in above.iter("a")}) > 1:
            break
        entry = above
    rest = [text for paragraph in paragraphs(entry) if (text := paragraph.text) != title]
    rest = [text.removesuffix(title).removeprefix(title).strip() for text in rest]
    age = next((text for text in rest if is_age(text) or is_date_line(text)), None)
    summary = next((text for text in rest if len(text) > 30 and text != age and not is_furniture(text)), "")
    return age, summary
