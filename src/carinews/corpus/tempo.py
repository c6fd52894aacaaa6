"""A page copied as plain text, read as an article: Tempo's layouts, others like them, plain texts.

A copied page is a head (title, labels, date, photo captions), a body that a dateline opens, credits,
and a block of related stories. Copies of different years order the head differently and wrap it in
furniture, so the head is read by what a line looks like, not by where it stands. A plain text is a
page whose head is only a title. The layouts were met in Tempo pages from 2014 to 2025; nothing here
depends on the outlet being Tempo.
"""

from __future__ import annotations

from collections.abc import Sequence

from carinews.corpus.dateline import split_bare_dateline, split_dateline
from carinews.corpus.dates import find_date, is_age, is_date_line, unknown_date
from carinews.corpus.furniture import is_furniture, is_photo_credit, without_bullet
from carinews.corpus.lines import Line, closes_sentence, content_lines, reads_as_headline, reads_as_name
from carinews.corpus.page import LABEL, Page, read_body, take_edge, take_label, take_name
from carinews.corpus.stories import is_edge_line, take_blocks
from carinews.errors import CorpusError, CorpusNote
from carinews.model import Article
from carinews.wording import Message

HEAD_LINES = 14
"""How many lines below the title a dateline is looked for: a longer head was never met."""

HEAD_ASIDES = 5
"""How many of those may be prose (captions, each printed twice, and a lead)."""

BARE_HEAD_ASIDES = 2
"""The same where the dateline is only a city or an outlet, which is weaker evidence."""

LONGEST_ASIDE = 600
"""Characters of a caption or a lead above a dateline. Longer prose is a paragraph of the body."""

LONGEST_CAPTION = 300
"""Characters of a caption where no dateline, or only a bare one, shows the end of the head."""

_SECTIONS = frozenset(
    (
        "arsip bisnis bola budaya cantik daerah difabel dunia ekonomi foto gaya hiburan hukum internasional"
        " investigasi kesehatan kolom koran kriminal lingkungan majalah metro nasional newsletter nusantara"
        " olahraga opini otomotif pemilu pendidikan politik ramadan regional sains seleb tekno travel video"
        " wawancara"
    ).split()
) | {"cek fakta", "gaya hidup", "sepak bola"}


def parse_dump(text: str, path: str, notes: list[CorpusNote] | None = None) -> Article:
    """Read one copied page. `path` names it in errors and becomes `Article.path`.

    The body starts behind the dateline; editors' links, related stories, captions, credits and
    page furniture are taken out of it and kept in their own fields or dropped. A date that cannot
    be read leaves `published` unknown; `notes` is given what was not understood. A date printed
    above the title is as a rule the day the page was copied, so it counts as `inferred` only, and not
    surely enough for ages to count from it.

    Raises CorpusError where there is no text, or no title before the first paragraph.
    """
    lines, listed = take_blocks(content_lines(text))
    lines = [line for line in lines if not is_furniture(line.text) or LABEL.fullmatch(line.text)]
    page = Page(path)
    start = _read_title(lines, page)
    start = _read_head(lines, start, page)
    read_body(_join_wrapped(lines[start:]), page)
    page.related += listed
    if not page.published:
        page.published, page.certainty = page.date_above, "inferred"
    if notes is not None and page.strange_date and not page.published:
        notes.append(unknown_date(path, *page.strange_date))
    return page.article()


# The head: from the top of the page to the dateline.


def _read_title(lines: Sequence[Line], page: Page) -> int:
    """Find the title and return the place after it. Raises CorpusError where there is none."""
    if not lines:
        raise CorpusError(page.path, None, Message("there is no text in it; an article needs a title and a body"))
    place = 0
    while place < len(lines):
        line = without_bullet(lines[place].text)
        if is_date_line(line):
            page.date_above = page.date_above or find_date(line)
        elif _is_section(lines, place):
            page.section = line
        elif not take_label(line, page):
            break
        place += 1
    else:
        raise CorpusError(page.path, lines[0].number, Message("there is no title in it, only dates and labels"))
    if split_dateline(line) or not reads_as_headline(line):
        raise CorpusError(
            page.path, lines[place].number, Message("the text starts without a title; put one on a line before it")
        )
    page.title = line
    return place + 1


def _read_head(lines: Sequence[Line], start: int, page: Page) -> int:
    """Read labels, date and captions below the title; return the place where the body begins."""
    dateline = _find_dateline(lines, start)
    place, end = start, min(len(lines), start + HEAD_LINES) if dateline is None else dateline
    while place < end:
        used = _read_fact(lines, place, page)
        if not used:
            if dateline is None and not _is_aside(lines, place, page):
                break
            _read_aside(lines, place, end, page)
            used = 1
        place += used
    return place


def _find_dateline(lines: Sequence[Line], start: int) -> int | None:
    """Where the paragraph with the dateline stands, if it is near enough to the title."""
    asides, longest = 0, 0
    for place, line in enumerate(lines[start : start + HEAD_LINES], start):
        if is_edge_line(line.text):
            continue
        if split_dateline(line.text):
            return place
        if asides <= BARE_HEAD_ASIDES and longest <= LONGEST_CAPTION and split_bare_dateline(line.text):
            return place
        if len(line.text) > LONGEST_ASIDE:
            return None
        if not (LABEL.fullmatch(line.text) or is_date_line(line.text) or reads_as_name(line.text)):
            asides, longest = asides + 1, max(longest, len(line.text))
        if asides > HEAD_ASIDES:
            return None
    return None


def _read_fact(lines: Sequence[Line], place: int, page: Page) -> int:
    """Take a line of the head that states a fact; return how many lines that took, 0 for prose."""
    line = without_bullet(lines[place].text)
    below = lines[place + 1].text if place + 1 < len(lines) else ""
    if is_date_line(line):
        page.published = page.published or find_date(line)
        page.strange_date = page.strange_date or (lines[place].number, line)
    elif is_age(line):
        page.age = page.age or line
    elif line == page.title:
        pass
    elif take_label(line, page):
        return 1 + take_name(line, below, page)
    elif _is_section(lines, place):
        page.section = page.section or line
    else:
        return take_edge(line, below, page)
    return 1


def _read_aside(lines: Sequence[Line], place: int, end: int, page: Page) -> None:
    """Take prose of the head: a caption, or a lead, which stands between the title and the date."""
    line = without_bullet(lines[place].text)
    before_date = any(is_date_line(later.text) for later in lines[place + 1 : min(end, place + 4)])
    if before_date and not page.published and not _is_caption(lines, place):
        page.leads.append(line)
    elif line not in page.captions:
        page.captions.append(line)


def _is_aside(lines: Sequence[Line], place: int, page: Page) -> bool:
    """Whether prose without a dateline to come is still part of the head."""
    before_date = any(is_date_line(later.text) for later in lines[place + 1 : place + 4])
    if before_date and not page.published:
        return True
    return _is_caption(lines, place) or without_bullet(lines[place].text) in page.captions


def _is_caption(lines: Sequence[Line], place: int) -> bool:
    """Whether a line is printed twice or ends in the credit of a photo; the last line is neither."""
    line = without_bullet(lines[place].text)
    below = without_bullet(lines[place + 1].text) if place + 1 < len(lines) else ""
    if not below or len(line) > LONGEST_CAPTION:
        return False
    return line == below or is_photo_credit(line)


def _is_section(lines: Sequence[Line], place: int) -> bool:
    """Whether a line names a channel of the site. Where no title can follow, it is the title itself."""
    if lines[place].text.lower() not in _SECTIONS or place + 1 == len(lines):
        return False
    below = lines[place + 1].text
    return reads_as_headline(below) and not split_dateline(below)


# The body: from the dateline on.


def _join_wrapped(lines: Sequence[Line]) -> list[str]:
    """Paragraphs of lines: one each, but a text that was wrapped at a fixed width is made whole."""
    paragraphs: list[list[str]] = []
    for line in lines:
        if paragraphs and not line.gap and _runs_on(paragraphs[-1][-1], line.text):
            paragraphs[-1].append(line.text)
        else:
            paragraphs.append([line.text])
    return [" ".join(parts) for parts in paragraphs]


def _runs_on(line: str, below: str) -> bool:
    """Whether a sentence goes on from one line to the line directly below it."""
    if closes_sentence(line) or any(map(_stands_alone, (line, below))):
        return False
    return below[0].islower() or (50 <= len(line) <= 120 and below[0].isalpha())


def _stands_alone(line: str) -> bool:
    return is_edge_line(line) or is_date_line(line) or LABEL.fullmatch(line) is not None or "|" in line
