"""Conversions that go wrong in the ways of real documents and libraries; importable by worker processes."""

import os
import re
import signal
import sys
import time
from pathlib import Path

from graph.converting import Refusal, Source
from graph.progress import Progress


def misbehave(source: Source) -> bytes | Refusal:
    """Does what the document says; one that says nothing of the kind is its quads."""
    word, _, rest = source.data.partition(b" ")
    if word == b"refuse":
        return Refusal(f"{source.name}: refused")
    if word == b"sleep":
        time.sleep(600)
    elif word == b"loop":  # in C, without ever giving other threads a turn
        re.match("(a+)+$", "a" * 60 + "b")
    elif word == b"fill":
        bytearray(1 << 32)
    elif word == b"crash":
        os.abort()
    elif word == b"exit":
        os._exit(0)
    elif word == b"parent":
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(600)
    elif word == b"raise":
        raise ZeroDivisionError("oops")
    elif word == b"until":
        file, _, quads = rest.partition(b" ")
        return misbehave(Source(source.name, quads if Path(os.fsdecode(file)).exists() else b"loop"))
    elif word == b"once":
        file, _, quads = rest.partition(b" ")
        if not Path(os.fsdecode(file)).exists():
            Path(os.fsdecode(file)).touch()
            os.abort()
        return quads
    elif word == b"slow":
        time.sleep(0.3)
        return rest
    return source.data


def children(process: int) -> list[str]:
    """The ids of a process's children, by what Linux says of it."""
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [child for task in tasks for child in task.read_text().split()]


class Awkward(Exception):
    """An error that cannot be unpickled, as those whose arguments are not its message."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} and {other}")


def unpicklable() -> None:
    """Raises it."""
    raise Awkward("one", "two")


def chatter() -> str:
    """Prints to all that there is, and gives what there is to read."""
    print("said", flush=True)
    os.write(1, b"said")
    os.write(2, b"x" * 10**6)
    return sys.stdin.read()


def steps(number: int, progress: Progress) -> int:
    """Tells of so many steps, and of what is to be waited for."""
    progress.stage("steps", number)
    for each in progress.over(range(number)):
        assert each < number
    progress.wait("the end")
    return number


def linger(progress: Progress) -> None:
    """Tells nothing, and never ends."""
    while progress:
        pass
