"""Lucene, in a Java process behind a pipe: `Lucene.java` beside this file is the other end.

It needs a JDK of version 17 or newer (`java` and `javac`) and, in the folder that the environment variable
CARINEWS_LUCENE names, Lucene's jars. README.md says how to get them.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from statistics import median
from typing import IO, TYPE_CHECKING, Any, Self

from benchmarks.peers.engines.engine import TEN, Engine, Unsupported
from benchmarks.peers.queries import REACH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.peers.corpus import Rows
    from benchmarks.peers.queries import Query

JARS = "CARINEWS_LUCENE"
_SOURCE = Path(__file__).with_name("Lucene.java")
_NEEDED = ("core", "analysis-common", "queries", "highlighter", "memory", "facet")
_ESCAPED = re.compile(r"\\(.)")
_PLAIN = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
_PINGS = 1_000


def jars() -> dict[str, Path]:
    """The jars that were found, by the name of the module."""
    folder = os.environ.get(JARS)
    found = {name: sorted(Path(folder).glob(f"lucene-{name}-[0-9]*.jar")) for name in _NEEDED} if folder else {}
    return {name: paths[-1] for name, paths in found.items() if paths}


@cache
def class_path() -> str:
    """Where Java finds Lucene and the program, which is compiled once for each of its versions."""
    found = list(map(str, jars().values()))
    mark = hashlib.sha256(_SOURCE.read_bytes() + "".join(found).encode()).hexdigest()[:16]
    classes = Path(tempfile.gettempdir()) / f"carinews-lucene-{mark}"
    if not classes.exists():
        with tempfile.TemporaryDirectory(dir=classes.parent) as made:
            target = Path(made, "classes")
            subprocess.run(["javac", "-cp", os.pathsep.join(found), "-d", str(target), str(_SOURCE)], check=True)
            target.rename(classes)
    return os.pathsep.join([str(classes), *found])


class Java:
    """A process of `Lucene.java`, ended by leaving the context. Raises RuntimeError where it failed."""

    def __init__(self, command: str, folder: Path, *arguments: str, output: int | IO[str] = subprocess.PIPE) -> None:
        call = ["java", "-Xmx2g", "-cp", class_path(), "Lucene", command, str(folder), *arguments]
        self.process = subprocess.Popen(call, stdin=subprocess.PIPE, stdout=output, encoding="utf-8")

    def tell(self, *fields: str) -> None:
        """Send one line."""
        self.process.stdin.write("\t".join(map(escaped, fields)) + "\n")

    def ask(self, *fields: str) -> list[str]:
        """Send one line and read one."""
        self.tell(*fields)
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"Lucene ended at the question {fields}: what it said stands above")
        return answer[:-1].split("\t") if len(answer) > 1 else []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        if self.process.wait():
            raise RuntimeError("Lucene failed: what it said stands above")


def escaped(field: str) -> str:
    """A field without tabs and line ends; backslashes stand before what was one, and before a backslash."""
    return field.replace("\\", r"\\").replace("\t", r"\t").replace("\n", r"\n").replace("\r", r"\r")


def plain(field: str) -> str:
    """A field as it was before it was escaped."""
    return _ESCAPED.sub(lambda found: _PLAIN[found[1]], field)


class Lucene(Engine):
    """Forms and stems as two fields over title and body; titles also as two fields of their own.

    Its query cache, merges and collectors are Lucene's own defaults; the snippet is UnifiedHighlighter's, which cuts
    the stored body again and marks written forms. A question is timed as Python asks it, pipe included.
    """

    name = "lucene"
    warm_ups = 10  # Java compiles what it has run thousands of times
    first_answer = """
import sys
from pathlib import Path
from benchmarks.peers.engines.lucene import Java
with Java("answer", Path(sys.argv[1])) as java:
    assert java.ask("hits", "10", "any", "", "", "", *sys.argv[2:4])[1]
"""

    def __init__(self, folder: Path) -> None:
        self._java = Java("answer", folder)

    @classmethod
    def missing(cls) -> list[str]:
        tools = [f"{name} of a JDK" for name in ("java", "javac") if shutil.which(name) is None]
        if JARS not in os.environ:
            return [*tools, "its jars (--lucene FOLDER)"]
        found = jars()
        return [*tools, *(f"lucene-{name} in {os.environ[JARS]}" for name in _NEEDED if name not in found)]

    @classmethod
    def version(cls) -> str:
        class_path()  # compiled here, before anything is timed
        return jars()["core"].stem.removeprefix("lucene-core-")

    @staticmethod
    def build(corpus: Path, rows: Rows, folder: Path) -> None:
        with Java("build", folder) as java:
            for row in rows:
                dates = ("", "") if row.published is None else (str(row.published), str(row.year))
                java.tell(str(row.number), row.title, row.body, row.source, row.section, *dates, *row[8:])

    def ask(self, query: Query) -> Any:
        answer = self._answer(query.wants, query)
        match query.wants:
            case "hits":
                return list(zip(map(plain, answer[::2]), map(plain, answer[1::2]), strict=True))
            case "total":
                return int(answer[0])
            case "facets":
                return answer
            case _:
                return list(map(int, answer))

    def count(self, query: Query) -> int:
        return int(self._answer("total", query)[0])

    def numbers(self, query: Query, most: int) -> set[int]:
        return set(map(int, self._answer("ids", query, most)))

    def cpu_seconds(self) -> float:
        clock = ~self._java.process.pid << 3 | 2  # Linux's clock of another process, all its threads together
        return time.process_time() + time.clock_gettime(clock)

    def pipe_ms(self) -> float:
        """The median way of an empty question there and back, milliseconds."""

        def ping() -> float:
            started = time.perf_counter()
            self._java.ask()
            return 1000 * (time.perf_counter() - started)

        return median(ping() for _ in range(_PINGS))

    def _answer(self, wants: str, query: Query, top: int = TEN) -> Sequence[str]:
        shape = f"near{REACH - 1}" if query.shape == "near" else query.shape
        dates = map(str, query.dates) if query.dates else ("", "")
        words = [part for word in query.words for part in word]
        answer = self._java.ask(wants, str(top), shape, "title_" if query.title else "", *dates, *words)
        if answer and answer[0].startswith("!"):
            raise Unsupported(answer[0][1:])
        return answer
