"""Where Indonesian news sites keep the parts of an article: the names of their elements, as tables.

A name is an id, a class or a schema.org property. The tables hold what was met in saved pages of Tempo,
Kompas, Detik, Liputan6, Antara, Okezone, Republika, Viva and Kapanlagi (2015 to 2025), and what the
common publishing systems call the same parts. A site that is not here is read all the same: by what its
page tells machines, and by trafilatura.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from carinews.corpus.markup import Element, is_heading, names

BODIES = (
    "articlebody",  # schema.org
    *("read__content", "kcm-read-text"),  # Kompas
    *("detail__body-text", "itp_bodycontent", "detikdetailtext", "text_detail", "detail_text"),  # Detik, CNN Indonesia
    *("article-content-body__item-content", "read-page__content-body", "text-detail"),  # Liputan6 and its family
    *("content_news", "wrap__article-detail-content"),  # Antara
    *("contentx", "detail-text"),  # Okezone
    *("content-detail", "article-content", "main-content-detail"),  # Republika, Viva
    *("entertainment-detail-news", "body-paragraph"),  # Kapanlagi
    *("txt-article", "detail-desc", "detail--content"),  # Tribunnews, Sindonews, Suara
    *("isi", "detail-konten", "detail-in", "detail-content", "content-wrapper", "artikel"),  # Tempo
    *("entry-content", "post-content", "post-body", "article-body", "article__body", "story-body", "isi-berita"),
)
"""The element that holds the text, the most telling name first."""

CAPTIONS = frozenset(
    (
        "figcaption caption caption-img-ab caption_news photodesc pic_artikel block-display wp-cap cap-foto photo"
        " photo__caption detail__media-caption read-page--photo-gallery--item__caption"
        " entertainment-newsdetail-headlineimg entertainment-newsdetail-image-caption wp-caption-text"
    ).split()
)
LEADS = frozenset("summary lead sinopsis read__subtitle detail__subtitle standfirst".split())
BYLINES = frozenset(
    (
        "author byline penulis reporter nmreporter detail__author read__credit__item read-page--header__author"
        " read-page--header--author__name credit-title-name"
    ).split()
)
BREADCRUMBS = frozenset("breadcrumb breadcome breadcrumbs read__breadcrumb kcm-breadcrumb block-kanal-map".split())
CATEGORIES = frozenset(
    "newsdetail-categorylink upperdeck-kanal category-name read-page--breadcrumb--item bractive".split()
)

_FURNITURE = frozenset(
    (
        "ad ads adv advertisement banner bannerinside berikutnya berlangganan breadcome breadcrumb breadcrumbs comment"
        " comments copyright disclaimer fb gpt iklan instagram kanalmap komentar login newsletter paywall populer"
        " populars quiz share sharearea sharebox sharing sidebar skycrapper sideskycrapper social sosmed subscribe"
        " subscription tag tagging tags terkini terpopuler trending tweet video"
    ).split()
)
"""Words in the names of what surrounds or interrupts a text: `div.detail-social-share`, `#div-gpt-ad-1`."""

_WORDS = re.compile(r"[a-z]+")
_LONGEST_ASIDE = 500  # characters of a caption or a lead
_SHORTEST_BODY = 200  # characters; a shorter element of such a name is an empty frame
_HIGHEST = 2  # levels above the first page of an article where all of them may stand
_MOST_OF_IT = 0.6  # of the text of what holds the pages; of a list of articles less is the text of each


def is_called(element: Element, wanted: frozenset[str]) -> bool:
    """Whether an element has one of these names."""
    return any(name in wanted for name in names(element))


def is_furniture_element(element: Element) -> bool:
    """Whether the name of an element says that it is no part of the text."""
    if element.tag in ("nav", "aside", "footer"):
        return True
    return any(not _FURNITURE.isdisjoint(_WORDS.findall(name)) for name in names(element))


def size(element: Element) -> int:
    """Characters of text in an element, blanks at their ends not counted."""
    return sum(len(piece.strip()) for piece in element.itertext())


def find_body(root: Element, taken: set[Element]) -> Element | None:
    """The element that holds the article's text, if the layout is a known one.

    Elements in `taken`, and the stories that some sites append below the first, are not it.
    """
    by_name: dict[str, list[Element]] = {}
    known = frozenset(BODIES)
    for element in root.iter():
        for name in names(element):
            if name in known and element.tag not in ("meta", "link", "script"):
                by_name.setdefault(name, []).append(element)
    for name in BODIES:
        found = [one for one in by_name.get(name, ()) if not _is_inside(one, taken) and not _is_next_story(one)]
        for element in found:
            if size(element) >= _SHORTEST_BODY:
                return _with_all_pages(element, found)
    return None


def _with_all_pages(first: Element, found: list[Element]) -> Element:
    """The element of all pages of an article that stand one below the other, each in an element of the same name."""
    whole = first
    for _ in range(_HIGHEST):
        whole = whole.getparent() if whole.getparent() is not None else whole
        inside = [
            one for one in found if one is not first and _is_inside(one, {whole}) and not _is_inside(one, {first})
        ]
        if inside:
            is_one_text = sum(map(size, (first, *inside))) > _MOST_OF_IT * size(whole)
            return whole if is_one_text and next(whole.iter("h1", "article"), None) is None else first
    return first


def asides(zone: Element, wanted: frozenset[str], body: Element | None) -> Iterator[Element]:
    """The short elements of these names (or tags) in a zone that do not hold the body."""
    for element in zone.iter():
        if (element.tag in wanted or is_called(element, wanted)) and size(element) <= _LONGEST_ASIDE:
            if is_heading(element) or (body is not None and body in element.iter()):
                continue
            yield element


def _is_inside(element: Element, taken: set[Element]) -> bool:
    return element in taken or any(above in taken for above in element.iterancestors())


def _is_next_story(element: Element) -> bool:
    return any("berikutnya" in names(above) for above in (element, *element.iterancestors()))
