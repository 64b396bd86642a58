"""How everything is measured: figures with their bounds, times taken in turns, processes watched from outside.

Times of work in this process are CPU time, which neighbours on the same machine disturb least, unless the work uses
several threads. A ratio's two sides take turns (A, B, A, B, …) and the best of each counts, so that a slow minute
slows both.
"""

import gc
import re
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import fmean
from typing import NamedTuple

import psutil

MB = 2**20
_PATIENCE = 10.0  # seconds after which nothing is repeated
_PACE = 1.0  # seconds between two small pieces of work beside a command
_GLANCE = 0.1  # seconds between two looks at a process's memory

_HIGH_WATER = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)  # as Linux has it in /proc/PID/status

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, its value in a unit, the bound that it has to keep, and how it came about.

    `at_least` tells a bound from below from one from above; a figure without a bound is there to be known.
    """

    what: str
    value: float
    unit: str
    bound: float | None = None
    at_least: bool = False
    how: str = ""

    @property
    def holds(self) -> bool:
        """Whether the bound is kept."""
        if self.bound is None:
            return True
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    @property
    def wanted(self) -> str:
        """The bound in words: ≤ 1.5 s."""
        return "" if self.bound is None else f"{'≥' if self.at_least else '≤'} {told(self.bound, self.unit)}"


def told(value: float, unit: str) -> str:
    """A value with its unit, in three digits."""
    number = f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{number} {unit}".strip()


def line(figure: Figure) -> str:
    """A figure as a line of a terminal."""
    sign = " " if figure.bound is None else "✓" if figure.holds else "✗"
    how = f"   ({figure.how})" if figure.how else ""
    return f"{sign} {figure.what:44} {told(figure.value, figure.unit):>10}  {figure.wanted:12}{how}"


def seconds(work: Callable[[], object], clock: Clock = time.process_time) -> float:
    """How long some work takes by a clock."""
    start = clock()
    work()
    return clock() - start


class Turns(NamedTuple):
    """The best times of two pieces of work that took turns, in seconds."""

    ours: float
    theirs: float

    @property
    def how(self) -> str:
        """Both times in words."""
        return f"{1000 * self.ours:.1f} ms : {1000 * self.theirs:.1f} ms"


def in_turns(
    ours: Callable[[], object], theirs: Callable[[], object], runs: int = 5, clock: Clock = time.process_time
) -> Turns:
    """The best times of two pieces of work, each run so often in turns with the other, without pauses for garbage.

    What takes long is repeated less often.
    """
    pairs: list[tuple[float, float]] = []
    gc.collect()
    gc.disable()
    try:
        while len(pairs) < runs and sum(map(sum, pairs)) < _PATIENCE:
            pairs.append((seconds(ours, clock), seconds(theirs, clock)))
    finally:
        gc.enable()
    return Turns(min(pair[0] for pair in pairs), min(pair[1] for pair in pairs))


class Run(NamedTuple):
    """What a command took: seconds on the clock, seconds of CPU with its workers, and its largest process in bytes.

    `pace` is what a small piece of work beside it took, the same each time: neighbours that fight for the caches make
    a second of CPU time worth less, and two runs can only be compared in paces.
    """

    wall: float
    cpu: float
    peak: int
    pace: float


def run(command: Sequence[str]) -> Run:
    """Runs a command to its end; RuntimeError with what it complained of where it fails."""
    before, start, peak = _children(), time.perf_counter(), 0
    paces = [seconds(_small_work)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        watched = psutil.Process(process.pid)
        while process.poll() is None:
            peak = max(peak, _largest(watched))
            if time.perf_counter() - start > len(paces) * _PACE:
                paces.append(seconds(_small_work))
            try:
                process.wait(_GLANCE)
            except subprocess.TimeoutExpired:
                continue
        complaint = process.stderr.read() if process.stderr else ""
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: {complaint.strip()}")
    return Run(time.perf_counter() - start, _children() - before, peak, fmean(paces))


def reached_by(values: Iterable[float], part: float) -> float:
    """The value that so large a part of the values does not exceed: with 0.95 the 95th of a hundred in order."""
    ordered = sorted(values)
    return ordered[max(0, ceil(part * len(ordered)) - 1)]


def used(process: psutil.Process) -> float:
    """Seconds of CPU that a process and those it has started have used so far."""
    return float(sum(sum(each.cpu_times()[:2]) for each in [process, *process.children(recursive=True)]))


def _small_work() -> object:
    """Some milliseconds of looking up, as much of what is measured is."""
    return {f"{number:x}": number for number in range(20_000)}


def _largest(process: psutil.Process) -> int:
    """The most memory that one of a process and its workers has held so far (its resident set)."""
    try:
        family = [process, *process.children(recursive=True)]
    except psutil.Error:
        return 0
    return max(map(_most_resident, family))


def _most_resident(process: psutil.Process) -> int:
    """The most memory that a process has held so far; where the kernel does not tell, what it holds at this moment.

    What is only looked at now and then is missed by short runs more than by long ones.
    """
    try:
        told = _HIGH_WATER.search(Path(f"/proc/{process.pid}/status").read_text())
    except OSError:
        told = None
    return int(told[1]) * 1024 if told else resident(process)


def resident(process: psutil.Process) -> int:
    """The memory that a process holds (its resident set), 0 where it has ended."""
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def _children() -> float:
    """Seconds of CPU of all commands that have ended, with their workers."""
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
