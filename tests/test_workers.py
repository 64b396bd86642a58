"""Worker processes: what is called in them comes back whatever it does to its process."""

import operator
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from graph.errors import GraphError
from graph.progress import Progress
from graph.workers import Limits, WorkerEnded, WorkersStopped, call, stop_workers
from tests.misbehaving import chatter, steps, unpicklable

ROOT = Path(__file__).parent.parent
LIMITS = Limits(10, 512)
ASKING = """
from graph.progress import Progress
from graph.workers import Limits, call
from tests.misbehaving import linger
call(Limits(60), linger, progress=Progress())
"""


@pytest.fixture(autouse=True)
def no_workers() -> Iterator[None]:
    """None is left to the next test."""
    yield
    stop_workers()


def test_a_worker_is_used_again() -> None:
    """A process answers one call after the other; a fresh one is another, and ends with its call."""
    first = call(LIMITS, os.getpid)
    assert first != os.getpid()
    assert call(LIMITS, os.getpid) == first
    alone = call(LIMITS, os.getpid, fresh=True)
    assert alone != first and not psutil.pid_exists(alone) and psutil.pid_exists(first)
    with pytest.raises(ValueError, match="invalid literal"):
        call(LIMITS, int, "x", fresh=True)
    assert call(LIMITS, os.getpid) == first


def test_what_is_printed_is_no_answer() -> None:
    """A library may print and look for input; neither gets in the way of calls, however large."""
    assert call(LIMITS, chatter) == ""
    assert call(LIMITS, operator.mul, b"x", 10**7) == b"x" * 10**7


def test_what_cannot_be_sent_back_is_told() -> None:
    """An error that cannot be carried over comes as its message; the worker goes on."""
    first = call(LIMITS, os.getpid)
    with pytest.raises(RuntimeError, match="Awkward: one and two"):
        call(LIMITS, unpicklable)
    assert call(LIMITS, os.getpid) == first


def test_a_worker_that_ended_while_it_waited_costs_a_call() -> None:
    """One that the system has ended meanwhile is told of, and the next call has another."""
    os.kill(call(LIMITS, os.getpid), 9)
    with pytest.raises(WorkerEnded, match="SIGKILL"):
        call(LIMITS, os.getpid)
    assert call(LIMITS, operator.add, 1, 2) == 3


def test_a_worker_that_cannot_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """It gives one line, with the last that it said."""
    monkeypatch.setattr("graph.workers._PROGRAM", "{}; raise SystemExit('first\\nno such library')")
    with pytest.raises(GraphError, match="^a worker process cannot start: no such library$"):
        call(LIMITS, os.getpid)


def test_workers_can_be_stopped_at_any_moment() -> None:
    """However calls and stops meet, each call gives its result or says that it was stopped, and none is left."""

    def add(number: int) -> int | None:
        try:
            found: int = call(LIMITS, operator.add, number, 1)
            return found
        except WorkersStopped:
            return None

    with ThreadPoolExecutor(4) as threads:
        for _ in range(5):
            given = [threads.submit(add, number) for number in range(200)]
            given[20].result()
            stop_workers()
            assert all(each.result() in (number + 1, None) for number, each in enumerate(given))
    stop_workers()
    assert call(LIMITS, operator.add, 1, 2) == 3


class Heard(Progress):
    """Keeps what it is told; may be interrupted by a step."""

    def __init__(self, interrupted: bool = False) -> None:
        self.told: list[tuple[object, ...]] = []
        self._interrupted = interrupted

    def stage(self, name: str, total: int | None = None) -> None:
        """Another stage has begun."""
        self.told.append((name, total))

    def advance(self, steps: int = 1) -> None:
        """Another step is done."""
        if self._interrupted:
            raise KeyboardInterrupt
        self.told.append((steps,))

    def wait(self, what: str) -> None:
        """Something has begun."""
        self.told.append((what,))


def test_a_call_tells_how_far_it_is() -> None:
    """While it is under way; what does not ask for it is not told."""
    assert call(LIMITS, steps, 2, progress=(heard := Heard())) == 2
    assert heard.told == [("steps", 2), (1,), (1,), ("the end",)]
    assert call(LIMITS, operator.add, 1, 2) == 3


@pytest.mark.parametrize("fresh", [False, True])
def test_an_interrupted_call_costs_its_worker(fresh: bool) -> None:
    """Its answer is none to the next call."""
    others = psutil.Process().children()
    with pytest.raises(KeyboardInterrupt):
        call(LIMITS, steps, 10**6, fresh=fresh, progress=Heard(interrupted=True))
    assert psutil.Process().children() == others
    assert call(LIMITS, operator.add, 1, 2) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="there a worker ends when its call does")
def test_a_worker_ends_with_the_process_that_asks() -> None:
    """At a call that may take hours, it may be writing what another process is about to write."""
    with subprocess.Popen([sys.executable, "-c", ASKING], cwd=ROOT) as process:
        try:
            while not (workers := psutil.Process(process.pid).children()) or workers[0].cpu_times().user < 0.3:
                time.sleep(0.02)
        finally:
            process.kill()
    assert psutil.wait_procs(workers, timeout=5)[0] == workers
