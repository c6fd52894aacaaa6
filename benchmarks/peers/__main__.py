"""How does carinews compare with other engines: the same articles, terms and questions, in one run?

    python -m benchmarks.peers NEWS [--sizes 2000,20000,50000] [--json out.json] [--plot out.svg]

Each size by itself: all indexes are built, each in a fresh process, and a first answer is got from each in another.
Then a further process asks the engines in turn, each question once. README.md says what a class of question is and
what the figures mean. An engine that is not installed is named and left out.

What is known of a size is written to the JSON file at once. A file that is there is added to, so that sizes can be
run one at a time; a size that it has is replaced.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.measure import machine, run, write_json
from benchmarks.peers.building import prepare, say
from benchmarks.peers.engines import ENGINES
from benchmarks.peers.engines.lucene import JARS
from benchmarks.peers.goals import show_goals
from benchmarks.peers.tables import show_agreement, show_builds, show_growth, show_questions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.peers.engines import Engine


def chosen(names: str | None) -> list[type[Engine]]:
    """The engines to compare; says which are not there."""
    wanted = [name.strip() for name in names.split(",")] if names else list(ENGINES)
    if unknown := set(wanted) - ENGINES.keys():
        raise SystemExit(f"no such engine: {', '.join(sorted(unknown))}; the engines are {', '.join(ENGINES)}")
    engines = [engine for name, engine in ENGINES.items() if name in wanted]
    for engine in engines:
        if missing := engine.missing():
            print(f"{engine.name}: missing ({', '.join(missing)} not installed)")
    print(flush=True)
    return [engine for engine in engines if not engine.missing()]


def this_machine(engines: Iterable[type[Engine]]) -> dict[str, Any]:
    """The machine, and the versions of the peers."""
    packages = {package for engine in engines for package in engine.needs}
    about = machine(*sorted(packages))
    about["packages"] |= {engine.name: version for engine in engines if (version := engine.version())}
    return about


def question(corpus: Path, options: argparse.Namespace, documents: int, engines: Sequence[type[Engine]]) -> Any:
    """Ask everything of one size, in a process of its own: this one must stay small (see `prepare`)."""
    say(f"{documents:,} documents: asking")
    counts = documents, options.queries, options.headlines, options.budget
    names = ",".join(engine.name for engine in engines)
    call = [sys.executable, "-m", "benchmarks.peers.asking", str(corpus), *map(str, counts), names]
    return json.loads(subprocess.run(call, stdout=subprocess.PIPE, text=True, check=True).stdout)


def compare(options: argparse.Namespace, size: int, engines: Sequence[type[Engine]], result: dict[str, Any]) -> None:
    """Build and ask one size; what is known is shown, and kept, as soon as it is."""
    able = [engine for engine in engines if size <= engine.most]
    with tempfile.TemporaryDirectory() as corpus:
        found = {"machine": this_machine(able)} | prepare(options.news, size, Path(corpus), able)
        result["sizes"][str(size)] = found
        write_json(options.json, result)
        show_builds(size, found)
        asked = [engine for engine in able if engine.asked and engine.name not in found["failed"]]
        found |= question(Path(corpus), options, found["corpus"]["documents"], asked)
    write_json(options.json, result)
    show_questions(size, found)
    if "headlines" in found:
        show_questions(size, found["headlines"])
    if "lucene_pipe_ms" in found:
        print(f"of each time of Lucene, the way through the pipe and back takes {found['lucene_pipe_ms']:.3f} ms\n")
    show_agreement(size, found["agreement"])
    show_goals(size, found)
    print(json.dumps(found["machine"]), "\n", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.peers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("news", type=Path, help="JSON lines with title and body, .jsonl or .jsonl.xz")
    parser.add_argument("--sizes", type=lambda text: [int(size) for size in text.split(",")], metavar="N,N,…")
    parser.add_argument("--queries", type=int, default=400, metavar="N", help="different questions of each class (400)")
    parser.add_argument("--headlines", type=int, default=4_000, metavar="N", help="of the class of many (4000)")
    parser.add_argument(
        "--budget", type=float, default=60.0, metavar="S", help="CPU seconds for a class and engine (60)"
    )
    parser.add_argument("--engines", metavar="NAME,…", help=f"of: {', '.join(ENGINES)}; all without it")
    parser.add_argument("--lucene", type=Path, metavar="FOLDER", help=f"Lucene's jars (also: {JARS})")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too, or add them")
    parser.add_argument("--plot", type=Path, metavar="FILE", help="draw p50 by size (.svg, .png; needs matplotlib)")
    parser.set_defaults(sizes=[2_000, 20_000, 50_000])
    options = parser.parse_args()
    if not options.news.is_file():
        parser.error(f"there is no file {options.news}")
    if options.plot and not options.json:
        parser.error("--plot draws what --json keeps: name both")
    if options.plot and find_spec("matplotlib") is None:
        parser.error("--plot needs matplotlib: pip install matplotlib")
    if options.lucene:
        os.environ[JARS] = str(options.lucene.resolve())
    engines = chosen(options.engines)
    result: dict[str, Any] = {"sizes": {}}
    if options.json and options.json.exists():
        result = json.loads(options.json.read_text(encoding="utf-8"))
    for size in options.sizes:
        try:
            compare(options, size, engines, result)
        except subprocess.CalledProcessError as failed:
            raise SystemExit(f"{failed.stderr or ''}\nfailed at {size:,} documents; what was known is kept") from None
        except KeyboardInterrupt:
            raise SystemExit(f"\ninterrupted at {size:,} documents; what was known is kept") from None
        show_growth(result["sizes"])
        if options.plot:
            run("-m", "benchmarks.peers.plot", str(options.json), str(options.plot))


if __name__ == "__main__":
    main()
