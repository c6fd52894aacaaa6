"""A real terminal for the tests: a pseudo-terminal of a given width."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import NamedTuple

_SPAWN = """
import fcntl, os, pty, struct, sys, termios
pid, terminal = pty.fork()
if pid == 0:
    size = struct.pack("HHHH", 50, int(sys.argv[1]), 0, 0)
    fcntl.ioctl(1, termios.TIOCSWINSZ, size)
    os.execvp(sys.argv[2], sys.argv[2:])
try:
    while data := os.read(terminal, 65536):
        os.write(1, data)
except OSError:
    pass
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
"""


heed_interrupts = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
"""For `preexec_fn`: whoever runs the tests in the background ignores Ctrl-C, and what it starts would, too."""


class Screen(NamedTuple):
    """What a terminal received, and how the program left."""

    code: int
    raw: str

    @property
    def text(self) -> str:
        """The lines as a person reads them: without colours and without blanks at their ends."""
        plain = re.sub(r"\x1b\[[0-9;]*m", "", self.raw.replace("\r\n", "\n"))
        return "\n".join(line.rstrip() for line in plain.split("\n"))


def in_a_shell(command: str, folder: Path, columns: int = 80) -> str:
    """What a terminal shows for a line typed into bash, in which `carinews` is this one, without colours."""
    function = f'carinews() {{ "{sys.executable}" -m carinews "$@"; }}; {command}'
    return _run(["bash", "-c", function], folder, columns, {"CARINEWS_LANG": "en", "NO_COLOR": "1"}).text


def on_terminal(*arguments: str, folder: Path, columns: int = 96, **environment: str) -> Screen:
    """Run `carinews` in a terminal of so many columns."""
    return _run([sys.executable, "-m", "carinews", *arguments], folder, columns, environment)


def _run(command: list[str], folder: Path, columns: int, environment: dict[str, str]) -> Screen:
    done = subprocess.run(
        [sys.executable, "-c", _SPAWN, str(columns), *command],
        capture_output=True,
        cwd=folder,
        env={**os.environ, "TERM": "xterm-256color", "CARINEWS_LANG": "en", **environment},
        check=False,
    )
    return Screen(done.returncode, done.stdout.decode())
