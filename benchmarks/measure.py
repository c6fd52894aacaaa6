"""What the benchmarks share: the machine, fresh processes, percentiles, the news file, tables, JSON."""

from __future__ import annotations

import json
import lzma
import os
import platform
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PACKAGES = ("carinews", "numpy", "zstandard", "whoosh", "PySastrawi", "click")
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes there, kibibytes elsewhere


def machine(*packages: str) -> dict[str, Any]:
    """What the figures were measured on, and when (UTC), with the versions of these packages, too.

    `load`: processes that wanted a core, last minute.
    """
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "cpu": _cpu_model(),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
        "system": platform.platform(),
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in (*PACKAGES, *packages)},
    }


def _cpu_model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.machine())


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


@dataclass(frozen=True, slots=True)
class Run:
    """One process from its start to its end: seconds, bytes, and what it printed."""

    wall: float
    cpu: float
    peak_memory: int
    output: str


def run(*arguments: str) -> Run:
    """Run Python with these arguments in a process of its own, and measure it (not on Windows).

    The peak of a process is at least its parent's when it was started: measure memory before the
    parent has grown. Raises CalledProcessError where the process fails.
    """
    command = [sys.executable, *arguments]
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        output, errors = process.stdout.read(), process.stderr.read()  # both are short: neither fills a pipe
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output, errors)
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _MAXRSS_UNIT, output)


def median_wall_ms(runs: int, *arguments: str) -> float:
    """The median wall time of `runs` such processes, after one that is not counted; milliseconds."""
    run(*arguments)
    return median(run(*arguments).wall for _ in range(runs)) * 1000


def percentile(values: Sequence[float], percent: float) -> float:
    """The value that `percent` of the values do not pass (nearest rank)."""
    ranked = sorted(values)
    return ranked[max(0, -int(-len(ranked) * percent // 100) - 1)]


def read_news(path: Path, most: int | None = None) -> Iterator[dict[str, Any]]:
    """The first `most` records of a file of JSON lines (plain or .xz); all of them without `most`."""
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, islice(lines, most))


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A plain table: the first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        first, *rest = (
            cell.ljust(w) if not place else cell.rjust(w)
            for place, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        print("  ".join([first, *rest]))
    print()


def write_json(path: Path | None, result: dict[str, Any]) -> None:
    """Write the result, if a file for it was named."""
    if path is not None:
        path.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
