"""A figure cannot fall unseen, and nobody lowers a floor without saying why."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carinews.errors import CarinewsError, JudgementError
from carinews.evaluation import Floors, fingerprint
from carinews.evaluation.floors import NO_FLOORS

FLOORS = Floors("f", {"mrr@10": 0.8, "ndcg@10": 0.7})


def test_what_fell_is_told() -> None:
    """With its floor and with what it is now; a figure that is missing fell."""
    assert FLOORS.fallen({"mrr@10": 0.8, "ndcg@10": 0.9}) == {}
    assert FLOORS.fallen({"mrr@10": 0.7999, "ndcg@10": 0.9}) == {"mrr@10": (0.8, 0.7999)}
    assert FLOORS.fallen({"mrr@10": 0.9}) == {"ndcg@10": (0.7, 0.0)}


def test_pinning_raises_and_never_lowers() -> None:
    """Lowering takes a reason, which is kept with what it changed."""
    raised = FLOORS.pinned({"mrr@10": 0.85678, "ndcg@10": 0.7}, "g")
    assert raised == Floors("g", {"mrr@10": 0.8567, "ndcg@10": 0.7})
    for reason in ("", "  "):
        with pytest.raises(CarinewsError, match=r"would lower mrr@10 from 0.8 to 0.5: say why"):
            FLOORS.pinned({"mrr@10": 0.5, "ndcg@10": 0.9}, "f", reason)
    lowered = FLOORS.pinned({"mrr@10": 0.5, "ndcg@10": 0.9}, "f", "a harder collection")
    assert lowered.least == {"mrr@10": 0.5, "ndcg@10": 0.9}
    assert lowered.lowered == ({"reason": "a harder collection", "changes": {"mrr@10": [0.8, 0.5]}},)
    assert lowered.pinned({"mrr@10": 0.6, "ndcg@10": 0.9}, "f").lowered == lowered.lowered


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_floor_holds_for_the_figure_that_made_it(mrr: float, ndcg: float) -> None:
    """Rounding never makes a floor that its own figure is below."""
    figures = {"mrr@10": mrr, "ndcg@10": ndcg}
    assert not NO_FLOORS.pinned(figures, "f").fallen(figures)


def test_a_file_keeps_them(tmp_path: Path) -> None:
    """Written and read again; what is no such file is named."""
    path = tmp_path / "floors.json"
    kept = FLOORS.pinned({"mrr@10": 0.5, "ndcg@10": 0.9}, "f", "a reason")
    kept.write(path)
    assert Floors.read(path) == kept
    path.write_text("[]")
    with pytest.raises(JudgementError, match=r"floors.json: no floors in it .* make them with --pin"):
        Floors.read(path)
    with pytest.raises(JudgementError, match="nowhere"):
        Floors.read(tmp_path / "nowhere")


def test_the_fingerprint_sees_every_byte_and_every_name(tmp_path: Path) -> None:
    """Another byte, another name, one file more: another fingerprint. Where the folder stands does not matter."""
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        (folder / "2019").mkdir(parents=True)
        (folder / "2019" / "a.txt").write_text("gempa")
        (folder / "b.txt").write_text("palu")
    first = fingerprint(one)
    (other / ".hidden").write_text("of an editor")
    assert fingerprint(other) == first
    (other / "b.txt").write_text("pala")
    assert fingerprint(other) != first
    (other / "b.txt").write_text("palu")
    (other / "b.txt").rename(other / "c.txt")
    assert fingerprint(other) != first
    (one / "c.txt").write_text("")
    assert fingerprint(one) != first
    assert fingerprint(one / "b.txt", one / "c.txt") != fingerprint(one / "c.txt", one / "b.txt")
    with pytest.raises(JudgementError, match="nothing here"):
        fingerprint(tmp_path / "empty")
