"""Every promise of docs/reliability.md with the proof of it: `python tests/reliability/proofs.py` runs the full counts.

    python tests/reliability/proofs.py             all of them, a line a promise
    python tests/reliability/proofs.py 1 6         these
    python tests/reliability/proofs.py --scale .1  a tenth of the cases

A proof gives, case by case, what was wrong, or nothing. The exit code is 1 where anything was. The quick
share is `test_promises.py`.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

if __name__ == "__main__":
    os.environ.setdefault(
        "OPENBLAS_NUM_THREADS", "1"
    )  # a process with idle threads may not be forked without a warning
    sys.path[:0] = [str(Path(__file__).parents[1])]

from reliability import commits, corpora, damage, golden, histories, output, queries, readers

Run = Callable[[int], Iterator[str]]


class Proof(NamedTuple):
    """A promise: its number, what is promised, the proof, and how many cases it has: in all, and in the quick share.

    A proof that goes through every step of something counts such things, and has many cases in each.
    """

    number: int
    promise: str
    run: Run
    full: int
    quick: int
    asked: str
    quickly: Run | None = None


PROOFS = (
    Proof(1, "a commit that returned survives kill -9", commits.survives_kill, 1_000, 40, "1,000 kills"),
    Proof(2, "… and a power cut", commits.survives_power_cut, 200, 4, "every step of 200 histories"),
    Proof(3, "a rebuild is atomic", commits.rebuild_is_atomic, 20, 1, "a kill at every step"),
    Proof(4, "readers never wait and are never wrong", readers.never_torn, 10_000, 400, "10,000 searches"),
    Proof(5, "one writer", commits.one_writer, 200, 12, "200 races"),
    Proof(6, "damage is found, never answered", damage.damage_is_found, 10_000, 200, "10,000 mutations"),
    Proof(7, "opening an index runs no code", damage.hostile_files_are_refused, 700, 70, "all refused"),
    Proof(8, "a query has a bounded cost", queries.cost_is_bounded, 10_000, 200, "10,000 queries on 50,000 documents",
          partial(queries.cost_is_bounded, timed=False)),
    Proof(9, "the parser is total", queries.parser_is_total, 1_000_000, 2_000, "1,000,000 inputs"),
    Proof(10, "output is safe in a terminal", output.terminal_is_safe, 100_000, 1_000, "100,000 strings"),
    Proof(11, "… and in JSON", output.programs_get_the_text, 100_000, 2_000, "100,000 strings"),
    Proof(12, "a bad document costs only itself", corpora.bad_input_costs_itself, 10_000, 600, "10,000 documents"),
    Proof(13, "reading is bounded", corpora.reading_is_bounded, 26, 13, "each in 1 s and 50 MB",
          partial(corpora.reading_is_bounded, timed=False)),
    Proof(14, "a disk that fails leaves the old state", commits.survives_a_failing_disk, 20, 1, "every step",
          partial(commits.survives_a_failing_disk, faults=2)),
    Proof(15, "an incremental history equals a rebuild", histories.history_leaves_no_trace, 2_000, 15,
          "2,000 histories of 50 steps", partial(histories.history_leaves_no_trace, steps=20)),
    Proof(16, "one Index may be shared by threads", readers.shared_by_threads, 100_000, 1_000, "100,000 searches"),
    Proof(17, "the same text in another encoding", corpora.encoding_leaves_no_trace, 10_000, 500, "10,000 pairs"),
    Proof(18, "old indexes are understood or refused", golden.old_indexes_are_told_apart, 1, 1, "a clear error"),
)  # fmt: skip


class Outcome(NamedTuple):
    """What a proof found: how many cases, and what was wrong."""

    cases: int
    problems: list[str]


def prove(run: Run, cases: int) -> Outcome:
    """Go through the cases of a proof."""
    found = list(run(cases))
    return Outcome(len(found), [problem for problem in found if problem])


def main() -> int:
    """Run the full counts of all proofs, or of some."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("numbers", nargs="*", type=int, help="promises to prove (default: all)")
    parser.add_argument("--scale", type=float, default=1.0, help="so many times the cases")
    asked = parser.parse_args()
    failures = 0
    print(f"{'':>2}  {'promise':<42} {'cases':>9} {'failures':>8} {'seconds':>8} {'of CPU':>7}  asked")
    for proof in PROOFS:
        if asked.numbers and proof.number not in asked.numbers:
            continue
        wall, cpu = time.perf_counter(), _cpu()
        cases, problems = prove(proof.run, max(1, round(proof.full * asked.scale)))
        failures += len(problems)
        took = f"{time.perf_counter() - wall:8.0f} {_cpu() - cpu:7.0f}"
        print(
            f"{proof.number:>2}  {proof.promise:<42} {cases:>9,} {len(problems):>8} {took}  {proof.asked}", flush=True
        )
        for problem in problems[:5]:
            print(f"      {problem[:500]}", flush=True)
    return 1 if failures else 0


def _cpu() -> float:
    """Seconds of processor time of this process and of those that it has seen end."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    sys.exit(main())
