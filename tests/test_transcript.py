"""The session shown in the documentation is a real one."""

from __future__ import annotations

import shutil
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_the_transcript_is_what_happens() -> None:
    """Run again, every command shows what the page shows. To write it anew: `python docs/transcript.py`."""
    spec = spec_from_file_location("transcript", DOCS / "transcript.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.transcript() == (DOCS / "transcript.md").read_text(encoding="utf-8")
