"""Where the text of a page of unknown layout stands: trafilatura finds the sentences, and they lead to their element.

Trafilatura knows text from furniture on any page, but drops the first paragraph where it stands
loose in a `div`, and may take lists of headlines for text. So its sentences are only witnesses:
the smallest element that holds nearly all of them is read in our own way.
"""

from __future__ import annotations

from carinews.corpus.lines import closes_sentence, letters
from carinews.corpus.markup import Element, paragraphs

_SHORTEST_SENTENCE = 60  # characters; headlines and captions are shorter, or end without a mark
_ENOUGH = 0.8  # of the witnesses: what trafilatura takes by mistake stands elsewhere


def locate_text(root: Element, taken: set[Element]) -> Element | None:
    """The smallest element with nearly all sentences that trafilatura finds; None where it finds none.

    Elements in `taken` are passed over.
    """
    import trafilatura
    from lxml import etree

    page = etree.tostring(root, encoding="unicode", method="html")
    found = trafilatura.extract(page, fast=True, include_comments=False, include_tables=False) or ""
    witnesses = {letters(line) for line in found.splitlines() if len(line) >= _SHORTEST_SENTENCE}
    weights: dict[Element, int] = {}
    total = 0
    for paragraph in paragraphs(root, taken.__contains__):
        said = letters(paragraph.text)
        if len(paragraph.text) < _SHORTEST_SENTENCE or not closes_sentence(paragraph.text) or said not in witnesses:
            continue
        total += len(said)
        holder = paragraph.element
        while holder is not None:
            weights[holder] = weights.get(holder, 0) + len(said)
            holder = holder.getparent()
    if not total:
        return None
    place, inner = root, root
    while inner is not None:
        place = inner
        inner = next((child for child in place if weights.get(child, 0) >= _ENOUGH * total), None)
    return place
