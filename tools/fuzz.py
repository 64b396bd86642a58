"""Reads spoiled files by the thousand and says whether every law held: `python -m tools.fuzz -n 100000 --seed 0`.

Input number k of a seed is always the same file; `--only k` reads that one here, to see where an error comes from. Each
core has worker processes with a document's limits of time and memory, in which nothing may ask a network.
"""

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from graph.workers import Limits, Overrun, call, stop_workers
from tools.laws import verdicts
from tools.mutants import mutant

_BATCH = 100
# Every fourth is read twice, to see that it gives the same bytes.
_TWICE = 4
_LIMITS = Limits()
_NETWORK = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request", "subprocess.Popen", "os.system")  # fmt: skip


@dataclass(slots=True)
class Tally:
    """How many inputs were read, what their documents were, the slowest of them, and what broke a law."""

    inputs: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, int] = (0.0, 0)
    broken: dict[int, str] = field(default_factory=dict)

    def add(self, other: "Tally") -> None:
        """Count another tally's inputs, too."""
        self.inputs += other.inputs
        self.verdicts += other.verdicts
        self.slowest = max(self.slowest, other.slowest)
        self.broken |= other.broken


def read_inputs(seed: int, first: int, last: int) -> Tally:
    """Reads the inputs of a seed from `first` up to, not including, `last`."""
    _forbid_network()
    tally = Tally()
    for number in range(first, last):
        began = time.process_time()
        try:
            tally.verdicts.update(_read_apart(seed, number))
        except MemoryError:
            raise
        except Exception as error:
            tally.broken[number] = f"{type(error).__name__}: {error}"
        tally.inputs += 1
        tally.slowest = max(tally.slowest, (time.process_time() - began, number))
    return tally


def _read(seed: int, number: int, folder: Path) -> list[str]:
    name, data = mutant(Random(f"{seed}/{number}"))
    file = folder / name
    file.write_bytes(data)
    found = list(verdicts(file, twice=number % _TWICE == 0))
    if list(folder.iterdir()) != [file] or file.read_bytes() != data:
        raise AssertionError("a file was written or changed")
    if not found:
        raise AssertionError("a file without a verdict")
    file.unlink()
    return found


def _read_apart(seed: int, number: int) -> list[str]:
    with TemporaryDirectory(prefix="zhili-fuzz-") as folder:
        return _read(seed, number, Path(folder))


def _within(seed: int, first: int, last: int) -> Tally:
    """The same in a worker process; a batch that costs its worker is read one by one."""
    try:
        return call(_LIMITS, read_inputs, seed, first, last)
    except Overrun as error:
        if last - first == 1:
            return Tally(1, Counter({type(error).__name__: 1}))
        tally = Tally()
        for number in range(first, last):
            tally.add(_within(seed, number, number + 1))
        return tally


def fuzz(seed: int, number: int, jobs: int) -> Iterator[Tally]:
    """Reads so many inputs of a seed; gives the tally so far, time and again."""
    tally = Tally()
    try:
        with ThreadPoolExecutor(jobs) as threads:
            starts = range(0, number, _BATCH)
            for done in threads.map(lambda first: _within(seed, first, min(first + _BATCH, number)), starts):
                tally.add(done)
                yield tally
    finally:
        stop_workers()


_forbidden = False


def _forbid_network() -> None:
    """From here on this process can ask no network and start no program; it is said to whoever tries."""
    global _forbidden
    if not _forbidden:
        sys.addaudithook(_refuse)
        _forbidden = True


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event in _NETWORK:
        raise AssertionError(f"{event} {arguments}")


def main() -> None:
    """Reads, and prints a table of verdicts; exit code 1 where a law was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", "--number", type=int, default=100_000, help="how many inputs")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count() or 1, help="how many at a time")
    parser.add_argument("--only", type=int, help="read this input alone, here, and show its error")
    options = parser.parse_args()
    if options.only is not None:
        name, data = mutant(Random(f"{options.seed}/{options.only}"))
        sys.stderr.write(f"{name}, {len(data)} bytes\n")
        print(*_read_apart(options.seed, options.only))
        return
    tally = Tally()
    for tally in fuzz(options.seed, options.number, options.jobs):
        sys.stderr.write(f"\r{tally.inputs} inputs, {len(tally.broken)} break a law")
    print(f"\n{tally.inputs:,} inputs, {tally.verdicts.total():,} verdicts; the slowest, number {tally.slowest[1]}, took {tally.slowest[0]:.1f} s")  # fmt: skip
    print("\n| verdict | documents |\n| --- | ---: |")
    print("\n".join(f"| {kind} | {count:,} |" for kind, count in tally.verdicts.most_common()))
    for number, said in sorted(tally.broken.items()):
        print(f"input {number}: {said}")
    sys.exit(1 if tally.broken else 0)


if __name__ == "__main__":
    import_module("tools.fuzz").main()  # worker processes know it by this name
