"""Edges: what points at another story, and what only begins like it."""

from __future__ import annotations

import pytest

from carinews.corpus.stories import edge_of, pull_edges
from carinews.model import RelatedStory


@pytest.mark.parametrize(
    ("line", "kind", "title"),
    [
        ("Baca juga: Satu Perahu", "baca_juga", "Satu Perahu"),
        ("Baca Juga : Satu Perahu", "baca_juga", "Satu Perahu"),
        ("BACA JUGA: Satu Perahu", "baca_juga", "Satu Perahu"),
        ("Bacajuga: Satu Perahu", "baca_juga", "Satu Perahu"),
        ("Baca: Satu Perahu", "baca_juga", "Satu Perahu"),
        ("Baca juga; Satu: Perahu", "baca_juga", "Satu: Perahu"),
        ("(Baca: Satu Perahu)", "baca_juga", "Satu Perahu"),
        ("(Baca: Satu (Perahu))", "baca_juga", "Satu (Perahu)"),
        ("[Baca juga: Satu Perahu]", "baca_juga", "Satu Perahu"),
        ("Simak juga Video: Satu Perahu", "baca_juga", "Satu Perahu"),
        ("Lihat juga: - Satu Perahu", "baca_juga", "Satu Perahu"),
        ("SIMAK JUGA - Satu Perahu", "baca_juga", "Satu Perahu"),
        ("Pilihan Editor: Satu Perahu", "pilihan_editor", "Satu Perahu"),
        ("Pilihan editor : Satu Perahu", "pilihan_editor", "Satu Perahu"),
    ],
)
def test_a_line_that_points_elsewhere(line: str, kind: str, title: str) -> None:
    """Every spelling of the label gives the same edge."""
    assert edge_of(line) == RelatedStory(kind, title)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "line",
    [
        "Baca buku setiap hari membuat cerdas.",
        "Pembaca: Saya setuju",
        "Baca juga:",
        "Baca: ...",
        "Lihat: Satu Perahu",
        "Baca juga: " + "kata " * 60,
    ],
)
def test_a_line_that_does_not(line: str) -> None:
    """A sentence, an empty label and a whole paragraph are no edges."""
    assert edge_of(line) is None


@pytest.mark.parametrize(
    ("paragraph", "text", "titles"),
    [
        ("Air surut (Baca: Tanggul Retak).", "Air surut.", ["Tanggul Retak"]),
        ("Air surut. (Baca juga: Tanggul Retak)", "Air surut.", ["Tanggul Retak"]),
        (
            "(Baca: A) Air (baca juga: B) surut (BACA: C (D)), kata dia.",
            "Air surut, kata dia.",
            ["A", "B", "C (D)"],
        ),
        ("Air surut. Pilihan Editor: Tanggul Retak", "Air surut.", ["Tanggul Retak"]),
        ("Ia (pembaca: setia) membaca.", "Ia (pembaca: setia) membaca.", []),
        ("Air (Baca: tanpa penutup", "Air (Baca: tanpa penutup", []),
    ],
)
def test_edges_leave_their_sentence(paragraph: str, text: str, titles: list[str]) -> None:
    """The sentence closes over the gap, and the titles come out in order."""
    rest, found = pull_edges(paragraph)
    assert rest == text
    assert [story.title for story in found] == titles
