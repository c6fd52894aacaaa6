"""A real terminal for the tests: a pseudo-terminal of a given width."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

_SPAWN = """
import fcntl, os, pty, struct, sys, termios
pid, terminal = pty.fork()
if pid == 0:
    size = struct.pack("HHHH", 50, int(sys.argv[1]), 0, 0)
    fcntl.ioctl(1, termios.TIOCSWINSZ, size)
    os.execv(sys.executable, [sys.executable, *sys.argv[2:]])
try:
    while data := os.read(terminal, 65536):
        os.write(1, data)
except OSError:
    pass
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
"""


class Screen(NamedTuple):
    """What a terminal received, and how the program left."""

    code: int
    raw: str

    @property
    def text(self) -> str:
        """The lines as a person reads them: without colours and without blanks at their ends."""
        plain = re.sub(r"\x1b\[[0-9;]*m", "", self.raw.replace("\r\n", "\n"))
        return "\n".join(line.rstrip() for line in plain.split("\n"))


def on_terminal(*arguments: str, folder: Path, columns: int = 96, **environment: str) -> Screen:
    """Run `carinews` in a terminal of so many columns."""
    done = subprocess.run(
        [sys.executable, "-c", _SPAWN, str(columns), "-m", "carinews", *arguments],
        capture_output=True,
        cwd=folder,
        env={**os.environ, "TERM": "xterm-256color", **environment},
        check=False,
    )
    return Screen(done.returncode, done.stdout.decode())
