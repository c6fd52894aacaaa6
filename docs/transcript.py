"""Writes `docs/transcript.md`: what a terminal shows when somebody uses carinews for the first time.

Every command is run in a real terminal of 80 columns over the articles that ship; only the times
are made the same each time, and the progress bar is left out.

`python docs/transcript.py` writes the page, `tests/test_transcript.py` checks it.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
COMMANDS = """
carinews search "ISIS Irak" -n 2
carinews search '+menembak judul:moskow' -n 1
carinews search moskwo; echo "exit code $?"
carinews search 'gempa -lombok tanggal:2018' -n 1 --explain
carinews search gempa --histogram --passages 0 -n 1
carinews search 'judul:korupsi OR judul:banjir' --all --ids | head -n 3
carinews search 'warna:merah'; echo "exit code $?"
carinews search 'warna:merah' --json 2>&1 | head -c 110
carinews search 'gempa "palu' --csv -n 1
carinews related wartakala-20180813-gempa-lombok-korban-tewas-lebih-dari-400-orang-ratusan-ribu-6eb0f9 -n 1
carinews words menyelidiki
CARINEWS_LANG=id carinews search 'gempa palu' -n 1 --sort newest
carinews serch gempa
"""
_BAR = re.compile(r"\x1b\[\?25[lh]|\x1b\[1A|[^\n]*\x1b\[2K|indexing ━[^\n]*\n?")
_TIME = re.compile(r"[\d.,]+ (ms|md|s)\b")


def transcript() -> str:
    """The page."""
    sys.path.insert(0, str(ROOT / "tests"))
    from terminal import in_a_shell

    parts = ["# A first session", str(__doc__).split("\n\n")[1].replace("\n", " ")]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "corpus").symlink_to(ROOT / "corpus")
        for command in COMMANDS.strip().splitlines():
            shown = _TIME.sub(r"1 \1", _BAR.sub("", in_a_shell(command, Path(folder))))
            if "Traceback" in shown:
                raise RuntimeError(f"{command}\n{shown}")
            parts.append(f"```console\n$ {command}\n{shown.rstrip()}\n```")
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    (ROOT / "docs" / "transcript.md").write_text(transcript(), encoding="utf-8")
