"""The stories a page points at: taken out of its text, so that the text is the article's alone.

Three kinds of edge: a line or a bracket "Baca juga: TITLE" (`baca_juga`), "Pilihan Editor: TITLE"
(`pilihan_editor`), and the block "Berita terkait" below the article (`berita_terkait`), whose
entries read: title, age, the title again, a summary, "Baca Selengkapnya".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from carinews.corpus.dates import is_age, is_date_line
from carinews.corpus.furniture import is_furniture, is_read_more
from carinews.corpus.glued import pull_glued
from carinews.corpus.lines import Line, closes_sentence, reads_as_headline, trim
from carinews.model import EdgeKind, RelatedStory

LONGEST_EDGE = 250
"""Characters of a title after "Baca juga:". More than that is a paragraph that begins so."""

LONGEST_AGE = 20
"""Characters of an age as pages print it: "11 bulan yang lalu" has 18."""

_ALSO = r"baca(?:\s?juga|\s+pula|\s+selengkapnya)?|(?:lihat|simak|tonton)\s+juga(?:\s+video)?"
_EDGE = re.compile(
    rf"[\[(]?\s*(?:(?P<also>{_ALSO})|pilihan\s+editor)(?:\s*[:;]|(?<=juga)\s+[-–—]\s)\s*(?P<title>.*)",
    re.IGNORECASE | re.DOTALL,
)
_LABEL = re.compile(r"(?:(?P<also>baca\s+juga)|pilihan\s+editor)\s*[:;]?", re.IGNORECASE)
_BRACKET = re.compile(
    rf"\s{{0,3}}\(\s{{0,3}}(?:{_ALSO})\s{{0,3}}[:;]\s{{0,3}}(?P<title>[^()]{{1,250}}(?:\([^()]{{0,80}}\)[^()]{{0,150}}){{0,3}})\)",
    re.IGNORECASE,
)
_PICKED = re.compile(r"(?<=[.!?”\"’\s])\s{0,3}pilihan editor\s{0,3}:\s{0,3}(?P<title>[^:]{8,200})$", re.IGNORECASE)
_URL = re.compile(r"\s{0,3}[(<\[]?(?P<url>https?://\S+?)[)>\]]?$")
_CUT_AGE = re.compile(r"\d{1,3}(?:\s\w{0,6}(?:\s\w{0,4})?)?")
_READ_MORE = "baca selengkapnya"
_SECOND = re.compile(r"\bbaca\s*:|(?:baca|lihat|simak|tonton)\s+juga\b|pilihan\s+editor", re.IGNORECASE)
_POINTERS = ("baca", "pilihan", "lihat juga", "simak juga", "tonton juga")
_LOST_TITLE = re.compile(r"^\s{0,9}(?:baca\s{1,3}juga\s{0,3}:?\s{0,3},\s{0,3}){1,9}", re.IGNORECASE)
_GLUED = re.compile(r"(?:pewarta|editor|penerjemah|penulis)\s?:|copyright", re.IGNORECASE)
_HEADING = re.compile(r"(?:berita|artikel)\s+terkait\s*:?", re.IGNORECASE)


def edge_of(line: str) -> RelatedStory | None:
    """The story that a whole line points at, if that is what the line is for."""
    match = _EDGE.fullmatch(line)
    if match is None or len(match["title"]) > LONGEST_EDGE:
        return None
    return _story("baca_juga" if match["also"] else "pilihan_editor", match["title"])


def is_edge_line(line: str) -> bool:
    """Whether a line only points elsewhere, even where the title it should name is missing."""
    return edge_of(line) is not None or edge_label(line) is not None


def edge_label(line: str) -> EdgeKind | None:
    """The kind of edge a line announces when the title stands on the next line."""
    match = _LABEL.fullmatch(line)
    if match is None:
        return None
    return "baca_juga" if match["also"] else "pilihan_editor"


def story_below(kind: EdgeKind, line: str) -> RelatedStory | None:
    """The story named by the line below a label; None where that line reads as a paragraph."""
    return _story(kind, line) if reads_as_headline(line) and not line.endswith(".") else None


def pull_edges(paragraph: str) -> tuple[str, list[RelatedStory]]:
    """A paragraph without the edges inside its sentences, and those edges in their order."""
    found: list[RelatedStory] = []

    def take(match: re.Match[str]) -> str:
        story = _story("baca_juga", match["title"])
        found.extend([story] if story else [])
        return ""

    text = _BRACKET.sub(take, paragraph)
    picked = _PICKED.search(text)
    story = _story("pilihan_editor", picked["title"]) if picked else None
    if picked and story:
        text = text[: picked.start()]
        found.append(story)
    return text.strip(), found


def lift_edges(body: str) -> tuple[str, list[RelatedStory]]:
    """A body without the edges that stand on lines of their own or in brackets, and those edges.

    Everything else stays to the letter. An edge in the middle of a line without brackets stays, too, where nobody can
    tell where its title ends (`glued.py`). A label whose title was lost on the way goes.
    """
    if not _may_point(body):
        return body, []
    kept: list[str] = []
    found: list[RelatedStory] = []
    for line in body.split("\n"):
        if not _may_point(line):
            kept.append(line)
            continue
        text = trim(line)
        story = edge_of(text)
        if story and _is_sure(story.title):
            found.append(story)
        elif edge_label(text) is None:
            rest, inside = pull_edges(line) if _BRACKET.search(line) else (line, [])
            rest, glued = pull_glued(_LOST_TITLE.sub("", rest))
            found += inside + glued
            kept.append(rest)
    return "\n".join(kept), found


def _may_point(text: str) -> bool:
    """Whether it is worth a closer look; most lines are not, and this is ten times as quick as a pattern."""
    lowered = text.lower()
    return any(pointer in lowered for pointer in _POINTERS)


def _is_sure(title: str) -> bool:
    """Whether what stands behind a label is a title and nothing more."""
    if not reads_as_headline(title) or title.endswith(".") or title[0] in ",;" or _SECOND.search(title):
        return False
    return not _GLUED.search(title)


def take_blocks(lines: Sequence[Line]) -> tuple[list[Line], list[RelatedStory]]:
    """Part the lines of a page from its blocks of related stories.

    A block begins at "Berita terkait", or, where that heading is lost, at a title with an age
    below it and itself again. It runs to the next block or the end of the page, but a plain list
    of titles inside the article ends where paragraphs go on.
    """
    starts = [at for at in range(1, len(lines)) if _HEADING.fullmatch(lines[at].text)]
    if not starts:
        starts = [at for at in range(2, len(lines)) if _opens_entry(lines, at)][:1]
    if not starts:
        return list(lines), []
    kept, stories = list(lines[: starts[0]]), []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        found, rest = _read_block(lines[start:end])
        stories += found
        kept += rest
    return kept, stories


def _opens_entry(lines: Sequence[Line], at: int) -> bool:
    """Whether title, age, and the same title stand here."""
    return at + 2 < len(lines) and is_age(lines[at + 1].text) and lines[at + 2].text == lines[at].text


def _read_block(block: Sequence[Line]) -> tuple[list[RelatedStory], list[Line]]:
    """The entries of one block, and the lines after it that belong to the article again."""
    lines = [line for line in block if not _HEADING.fullmatch(line.text)]
    if any(is_read_more(line.text) or _is_when(line.text) for line in lines):
        return _read_entries([line.text for line in lines]), []
    return _read_titles(lines)


def _read_entries(lines: Sequence[str]) -> list[RelatedStory]:
    """Entries with ages or buttons; any part of an entry but its title may be missing."""
    kept = [line for line in lines if is_read_more(line) or not is_furniture(line)]
    entries: list[_Entry] = []
    open_entry = False
    for line, below in zip(kept, [*kept[1:], ""], strict=True):
        entry = entries[-1] if open_entry else None
        if is_read_more(line):
            open_entry = False
        elif _is_when(line):
            if entry and not entry.age:
                entry.age = line
        elif entry is None or (line != entry.title and (_is_when(below) or line == below)):
            entries.append(_Entry(line))
            open_entry = True
        elif below or not entry.is_cut(line):
            entry.add(line)
    return [entry.story() for entry in entries]


def _read_titles(lines: Sequence[Line]) -> tuple[list[RelatedStory], list[Line]]:
    """A bare list of titles; what follows its first paragraph-like line is the article again."""
    stories: dict[RelatedStory, None] = {}  # in order, each once
    for place, line in enumerate(lines):
        if is_furniture(line.text) or (line is lines[-1] and _CUT_AGE.fullmatch(line.text)):
            continue
        story = story_below("berita_terkait", line.text)
        if story is None:
            return list(stories), list(lines[place:])
        stories[story] = None
    return list(stories), []


class _Entry:
    """An entry of a block while it is being read."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.age: str | None = None
        self.summary: list[str] = []

    def add(self, line: str) -> None:
        """Add a line below the title: the title again, which is dropped, or the summary."""
        if line != self.title:
            self.summary.append(line)

    def is_cut(self, line: str) -> bool:
        """Whether the last line of a page is what a cut left of the age, the title or the button."""
        if _READ_MORE.startswith(line.lower()):
            return True
        if self.summary or closes_sentence(line):
            return False
        return self.title.startswith(line) or (self.age is None and len(line) < LONGEST_AGE)

    def story(self) -> RelatedStory:
        return RelatedStory("berita_terkait", self.title, None, " ".join(self.summary), self.age)


def _is_when(line: str) -> bool:
    return is_age(line) or is_date_line(line)


def _story(kind: EdgeKind, title: str) -> RelatedStory | None:
    """An edge, or None where the "title" has no letter. A URL behind the title becomes its `url`."""
    url = None
    match = _URL.search(title)
    if match:
        url, title = match["url"], title[: match.start()]
    title = title.strip(" \t-–—•*")
    if title.endswith("]") and "[" not in title:
        title = title[:-1].rstrip()
    if title.endswith(")") and title.count("(") < title.count(")"):
        title = title[:-1].rstrip()
    return RelatedStory(kind, title, url) if any(map(str.isalnum, title)) else None
