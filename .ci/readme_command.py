"""Print a command of README.md, so that the README and the checks cannot drift apart.

    python .ci/readme_command.py tests

The command NAME is what stands in the fenced block of shell right behind the line
`<!-- command: NAME -->`. Exit status 2 where there is none, or more than one.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
BLOCK = r"^<!-- command: {name} -->\n+```sh\n(.+?)^```$"


def command(readme: str, name: str) -> str:
    """The lines of the block. Raises LookupError where the name does not stand for exactly one."""
    found = re.findall(BLOCK.format(name=re.escape(name)), readme, re.MULTILINE | re.DOTALL)
    if len(found) != 1:
        raise LookupError(f"{README.name}: {len(found)} blocks of shell follow '<!-- command: {name} -->', not one")
    return str(found[0])


def main() -> int:
    if len(sys.argv) != 2:
        sys.stderr.write(__doc__ or "")
        return 2
    try:
        sys.stdout.write(command(README.read_text(encoding="utf-8"), sys.argv[1]))
    except LookupError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
