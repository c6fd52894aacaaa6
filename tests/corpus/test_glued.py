"""Edges in the middle of a line are taken out where their end can be told, and nowhere else."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carinews.corpus.glued import pull_glued
from carinews.corpus.stories import lift_edges

GONE = [
    # a title in capitals, glued to the sentence that goes on
    (
        "Air sudah surut.Baca juga: Tanggul Retak di Muara SeniWarga kini kembali ke rumah masing-masing.",
        "Air sudah surut. Warga kini kembali ke rumah masing-masing.",
        ["Tanggul Retak di Muara Seni"],
    ),
    # titles up to the next label, and to the end of the line
    (
        "Harga garam naik lagi. Baca juga: Petani garam minta gudang baru Baca juga: Teluk Rindang panen garam",
        "Harga garam naik lagi.",
        ["Petani garam minta gudang baru", "Teluk Rindang panen garam"],
    ),
    # up to the byline, which stays
    (
        "Baca juga: Nelayan Seni melaut lebih jauhPewarta: Tio LarasEditor: Sari Kelana",
        "Pewarta: Tio LarasEditor: Sari Kelana",
        ["Nelayan Seni melaut lebih jauh"],
    ),
    # up to a video
    (
        'Regu itu menang. Baca juga: Final Dayung di Teluk Simak Video "Dayung"',
        'Regu itu menang. Simak Video "Dayung"',
        ["Final Dayung di Teluk"],
    ),
    # a label that lost its title
    ("Kapal tiba.Baca JugaNakhoda mengatakan ombak tenang.", "Kapal tiba. Nakhoda mengatakan ombak tenang.", []),
]

STAYS = [
    "Air surut. Baca juga: Tanggul Retak di Muara Seni Warga kini kembali ke rumah.",  # where does the title end?
    'Air surut. Baca juga: Tanggul Retak di Muara Seni "Kami lega," kata dia.',
    "Ia menang. Baca juga: Mengapa Conor McGregor Kalah dari Nurmagomedov di Kota Itu Dahulu kala.",  # no seam: a name
    "Murid diminta membaca. Baca juga buku cerita yang ada di kapal, kata guru itu.",  # a sentence
    "Untuk itu baca juga: ya.",
]


@pytest.mark.parametrize(("line", "text", "titles"), GONE)
def test_a_title_whose_end_can_be_told_becomes_an_edge(line: str, text: str, titles: list[str]) -> None:
    """The text goes on as if nothing had stood there."""
    found, stories = pull_glued(line)
    assert (found.strip(), [story.title for story in stories]) == (text, titles)
    assert {story.kind for story in stories} <= {"baca_juga"}
    assert lift_edges(f"Satu.\n{line}\nDua.")[0].split("\n")[1].strip() == text


@pytest.mark.parametrize("line", STAYS)
def test_all_else_stays_to_the_letter(line: str) -> None:
    """Rather a title in the text than a sentence lost."""
    assert pull_glued(line) == (line, [])


PIECES = [
    "Baca juga: ",
    "Baca Juga",
    "baca juga:",
    "Tanggul Retak di Muara Seni",
    "Warga kini kembali ke rumah mereka",
    "McGregor",
    "Pewarta: ",
    "Simak Video",
    ". ",
    " ",
    "? ",
    '"',
    "kata dia",
    "2019",
    "(abc/def)",
    "…",
    "  ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_no_letter_is_lost(line: str) -> None:
    """What goes is titles and labels, whole; blanks aside, all else is there in its order."""
    text, stories = pull_glued(line)
    written, left = iter(solid(line)), solid(text)
    assert all(letter in written for letter in left)  # in its order: each is looked for behind the one before
    gone = Counter(solid(line)) - Counter(left) - Counter("".join(solid(story.title) for story in stories))
    labels = gone["j"]
    assert gone - Counter({":": labels}) == Counter("bacajuga" * labels)


def solid(text: str) -> str:
    return re.sub(r"\s", "", text.lower())
