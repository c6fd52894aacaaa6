"""The README shows what really happens. `python tests/test_readme.py` writes its outputs anew."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from terminal import on_terminal

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
OUTPUT = re.compile(r"(<!-- output: carinews (?P<command>.*?) -->\n```text\n)(?P<shown>.*?)(```)", re.DOTALL)


def real_output(command: str, index: Path) -> str:
    """What a terminal shows for a command on the corpus that ships, but for the last line, which tells the time."""
    places = ["--index", str(index), "--corpus", str(ROOT / "corpus")]
    on_terminal("index", *places, folder=ROOT)
    return on_terminal(*shlex.split(command), *places, folder=ROOT).text.rpartition("\n\n")[0] + "\n"


@pytest.mark.parametrize("command", [match["command"] for match in OUTPUT.finditer(README.read_text(encoding="utf-8"))])
def test_the_outputs_are_real(command: str, tmp_path: Path) -> None:
    """Every output in the README is what its command prints on a terminal of 96 columns."""
    shown = {match["command"]: match["shown"] for match in OUTPUT.finditer(README.read_text(encoding="utf-8"))}
    assert shown[command] == real_output(command, tmp_path / "index")


def test_the_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The Python of the README runs as it stands and prints what its comments say."""
    (block,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    exec(compile(block, "README.md", "exec"), {})
    assert "Polisi menyelidiki [penembakan] itu." in capsys.readouterr().out


def test_the_links_lead_somewhere() -> None:
    """Every file that the README names in a link exists."""
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README.read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target


def write_outputs() -> None:
    """Put the real outputs into the README."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        text = OUTPUT.sub(
            lambda match: match[1] + real_output(match["command"], Path(folder) / "index") + match[4],
            README.read_text(encoding="utf-8"),
        )
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_outputs()
