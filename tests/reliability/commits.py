"""Promises 1, 2, 3, 5 and 14: what a commit leaves when the process, the power or the disk fails."""

from __future__ import annotations

import errno
import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

from carinews import CarinewsError, Index, IndexLocked
from carinews.index.reader import IndexReader
from carinews.index.writer import IndexWriter
from reliability.disks import DeadlyDisk, FailingDisk, ForgetfulDisk, State, installed
from reliability.worlds import Child, Contents, article, changed, contents, left_over, scratch, seeds, write_batch

Tell = Callable[[object], None]


def survives_kill(cases: int) -> Iterator[str]:
    """A writer is killed, at a random step of the disk or at a random time; one index lives through all of it."""
    with scratch() as folder:
        path, state = folder, Contents()
        for seed in seeds(cases):
            chance = random.Random(seed)
            states = _future(state, seed, 6)
            at = chance.randrange(1, 120) if seed % 2 else 0
            child = Child(lambda tell, at=at, states=states: _commit_all(tell, path, states, at))
            if not at:
                time.sleep(chance.random() * 0.08)
                child.kill()
            told = child.told()
            problem = _problem(path, states[len(told) : len(told) + 2]) if _are_numbers(told) else str(told)
            yield problem
            state = Contents() if problem else _settled(path)


def _commit_all(tell: Tell, path: Path, states: list[Contents], at: int) -> None:
    """Bring an index from each state to the next, telling of every commit that returned."""
    with installed(DeadlyDisk(at)):
        writer = IndexWriter(path, workers=1)
        for number, (before, after) in enumerate(pairwise(states), 1):
            write_batch(writer, before, after)
            writer.commit()
            tell(number)
            if number % 2:
                writer.close()
                writer = IndexWriter(path, workers=1)
        writer.close()


def _are_numbers(told: list[object]) -> bool:
    return told == list(range(1, len(told) + 1))


def _future(state: Contents, seed: int, batches: int) -> list[Contents]:
    states = [state]
    for number in range(batches):
        states.append(changed(states[-1], seed * 100 + number))
    return states


def _settled(path: Path) -> Contents:
    return contents(path) if (path / "CURRENT").exists() else Contents()


def _problem(path: Path, allowed: list[Contents]) -> str:
    """What is wrong with an index: not one of the allowed states, unreadable, locked, or files left over."""
    try:
        found = _settled(path)
        if found not in allowed:
            return f"{sorted(found)} is none of {[sorted(state) for state in allowed]}"
        with IndexWriter(path, workers=1) as writer:
            writer.add(article("sesudah", "gempa"))
        if contents(path) != {**found, "sesudah": "gempa"}:
            return "the next commit went wrong"
        if left := left_over(path):
            return f"left over: {sorted(left)}"
    except (CarinewsError, OSError, AssertionError) as error:
        return f"{type(error).__name__}: {error}"
    return ""


# -- power -----------------------------------------------------------------------------------------------


def survives_power_cut(cases: int) -> Iterator[str]:
    """Random histories, with a power cut after every step of the disk: the certain state, and a random one."""
    for seed in seeds(cases):
        with scratch() as folder:
            yield from _cut_everywhere(folder, seed)


def _cut_everywhere(folder: Path, seed: int) -> Iterator[str]:
    path, states, chance = folder / "index", _future({}, seed, 3), random.Random(seed)
    path.mkdir()
    disk, seen, problems = ForgetfulDisk(), set[int](), list[str]()
    done = 0

    def cut() -> None:
        for state in (disk.worst(), disk.some(chance)):
            print_of = hash(frozenset(state.items()))
            if (print_of, done) not in seen:
                seen.add((print_of, done))
                problems.append(_after_power_cut(folder / "left", state, states[done : done + 2], chance))

    with installed(disk), IndexWriter(path, workers=1) as writer:
        disk.after = cut
        for before, after in pairwise(states):
            write_batch(writer, before, after)
            writer.commit()
            done += 1
            cut()
        disk.after = lambda: None
    yield from problems


def _after_power_cut(path: Path, state: State, allowed: list[Contents], chance: random.Random) -> str:
    path.mkdir(exist_ok=True)
    for file in path.iterdir():
        file.unlink()
    for name, content in state.items():
        (path / name).write_bytes(content)
    from carinews.index import storage

    with installed(storage.Disk()):
        if chance.randrange(8):
            try:
                found = _settled(path)
            except (CarinewsError, AssertionError) as error:
                return f"{type(error).__name__}: {error}"
            return "" if found in allowed else f"{sorted(found)} is none of {[sorted(one) for one in allowed]}"
        return _problem(path, allowed)


# -- a rebuild -------------------------------------------------------------------------------------------


def rebuild_is_atomic(cases: int) -> Iterator[str]:
    """A rebuild is killed at each of its steps in turn: an index open all the while, and one opened then."""
    for seed in seeds(cases):
        with scratch() as folder:
            path, (_, old, new) = folder, _future({}, seed, 2)
            at, ended = 0, False
            while not ended:
                _rebuild(path, old)
                reader, at = IndexReader(path), at + 1
                child = Child(lambda tell, path=path, new=new, at=at: _rebuild_and_tell(tell, path, new, at))
                ended = bool(child.told())
                still = {segment.stored(doc)["id"] for segment in reader.segments for doc in segment.live_docs()}
                problem = "" if old.keys() <= still else "the open reader lost what it had"
                yield problem or _problem(path, [new] if ended else [old, new])


def _rebuild(path: Path, state: Contents) -> None:
    with IndexWriter(path, rebuild=True, workers=1) as writer:
        write_batch(writer, {}, state)


def _rebuild_and_tell(tell: Tell, path: Path, state: Contents, at: int) -> None:
    with installed(DeadlyDisk(at)):
        _rebuild(path, state)
    tell("done")


# -- one writer ------------------------------------------------------------------------------------------


def one_writer(cases: int) -> Iterator[str]:
    """Two processes begin to write at the same moment; in every second race the winner is then killed."""
    with scratch() as folder:
        path = folder
        Index.build([article("a", "gempa")], path).close()
        for number in range(cases):
            start, over = time.time() + 0.02, path / f"race-{number}"
            racers = [Child(lambda tell, start=start, over=over: _race(tell, path, start, over)) for _ in range(2)]
            told = {racer.pid: racer.next() for racer in racers}
            winners = [pid for pid, what in told.items() if what == "won"]
            problem = "" if len(winners) == 1 else f"{len(winners)} won: {told}"
            if winners:
                named = f"being written by process {winners[0]} since"
                problem = problem or ("" if any(named in str(what) for what in told.values()) else f"not named: {told}")
            if not number % 2:
                for racer in racers:
                    racer.kill()
            over.touch()
            for racer in racers:
                racer.told()
            over.unlink()
            try:
                Index.writer(path).close()
            except IndexLocked as error:
                problem = problem or f"a stale lock: {error}"
            yield problem


def _race(tell: Tell, path: Path, start: float, over: Path) -> None:
    Index.writer  # noqa: B018  # imported before the start
    while time.time() < start:
        pass
    try:
        writer = Index.writer(path)
    except IndexLocked as error:
        tell(str(error))
        return
    tell("won")
    while not over.exists():  # not before the other has tried
        time.sleep(0.001)
    writer.close()


# -- a failing disk --------------------------------------------------------------------------------------


FAULTS = ((errno.ENOSPC, True), (errno.EIO, False), (errno.ENOSPC, False), (errno.EIO, True))
"""What a step fails with, and whether all do from then on."""


def survives_a_failing_disk(cases: int, *, faults: int = len(FAULTS)) -> Iterator[str]:
    """Every step of a commit fails in turn: once or from then on, for want of room or with an error."""
    for case, seed in enumerate(seeds(cases)):
        for number, lasting in FAULTS[:faults]:
            at, failed = 0, True
            while failed:
                at += 1
                disk = FailingDisk(at, number, lasting=lasting)
                with scratch() as folder:
                    try:
                        problem = _fails(folder, _future({}, seed, 3), disk, rebuild=case % 5 == 4)
                    except (CarinewsError, AssertionError) as error:
                        problem = f"{type(error).__name__}: {error}"
                failed = disk.failures > 0
                yield problem and f"{errno.errorcode[number]} at step {at} (lasting: {lasting}): {problem}"


def _fails(path: Path, states: list[Contents], disk: FailingDisk, rebuild: bool) -> str:
    """What is wrong when a step of a commit fails: neither the old state nor the new, or a writer that is of no use."""
    _, old, new, newest = states
    _rebuild(path, old)
    try:
        with installed(disk):
            writer = IndexWriter(path, rebuild=rebuild, workers=1)
    except OSError as error:
        return _other(error, disk) or _problem(path, [old])
    failed = None
    try:
        with installed(disk):
            write_batch(writer, {} if rebuild else old, new)
            writer.commit()
    except OSError as error:
        failed = error
    found = contents(path)
    if found not in ([old, new] if failed else [new]) or (failed and _other(failed, disk)):
        return f"{sorted(found)}, after {failed!r}"
    if failed and disk.at % 2:  # once the disk is well the same writer goes on
        write_batch(writer, new, newest)
        writer.commit()
        found = newest
    with installed(disk), suppress(OSError):
        writer.close()
    return _problem(path, [found])


def _other(error: OSError, disk: FailingDisk) -> str:
    return "" if error.errno == disk.number else f"another error: {error!r}"


def can_fork() -> bool:
    """Whether processes can be had as these proofs need them."""
    return hasattr(os, "fork")
