"""Builds and exports in processes of their own that are killed, or find the disk full, at a chosen moment.

A moment is a step that changes the disk (Python tells of each in an audit event), a time, or a size that no file may
go beyond. Processes are forked from a server that has imported all, so that a hundred of them take seconds.
"""

import errno
import os
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

from graph.console import write_output
from graph.errors import GraphError, NotAGraph
from graph.export import export
from graph.index.search import Index
from graph.manifest import INDEX
from graph.store import open_current, open_graph
from tests.test_building import A2, REPOST, A, B, C, run

_context = get_context("forkserver")
_context.set_forkserver_preload(["tests.killing"])
_MAKING = ("os.mkdir", "os.rename", "sqlite3.connect")
_STEPS = (*_MAKING, "os.remove", "os.rmdir")

OLD, NEW = (A, B, C), (A2, B, REPOST)


class Ended(NamedTuple):
    """How a process ended: with which code, after how many steps and seconds, and with which complaint if any."""

    code: int
    steps: int = 0
    seconds: float = 0.0
    complaint: str = ""


def build_old(folder: Path) -> None:
    """A first build."""
    run(folder / "graph", *OLD)


def build_new(folder: Path) -> None:
    """A build with one document changed, one added and one removed."""
    run(folder / "graph", *NEW)


def export_as(format_: str, folder: Path) -> None:
    """An export of the graph beside it."""
    export(open_graph(folder / "graph"), format_, folder / "out" / "graph", write_output)


def state(folder: Path) -> dict[str, Any] | None:
    """All that can be asked of a graph: manifest, quads, union, what the index answers; None where there is no graph."""
    try:
        manifest, store = open_current(folder)
    except NotAGraph:
        return None
    index = Index(store, folder / INDEX, manifest.contents)
    try:
        found, stated = [index.find(words, limit=1000) for words in ("审查", "万州", "执法力量")], index.statements()
    finally:
        index.close()
    union = sorted(str(row) for row in store.select("SELECT ?s ?p ?o { ?s ?p ?o }"))
    said = (stated.reports, stated.things, stated.said.tobytes())
    return {"manifest": manifest, "quads": store.quads(), "union": union, "found": found, "said": said}


def ended(
    job: Callable[[Path], None],
    folder: Path,
    *,
    kill_at: int = 0,
    full_from: int = 0,
    largest: int = 0,
    kill_after: float | None = None,
) -> Ended:
    """Does a job in a process that is killed at a step (the first is 1) or after so many seconds, whose disk is full from
    a step on, or that may write no file larger than so many bytes."""
    mine, its = _context.Pipe()
    process = _context.Process(target=_work, args=(job, folder, kill_at, full_from, largest, its))
    process.start()
    its.close()
    mine.recv()  # it is about to begin
    if kill_after is not None:
        time.sleep(kill_after)
        process.kill()
    process.join()
    try:
        return Ended(process.exitcode or 0, *mine.recv())
    except EOFError:
        return Ended(process.exitcode or 0)


def _work(
    job: Callable[[Path], None], folder: Path, kill_at: int, full_from: int, largest: int, told: Connection
) -> None:
    steps = 0

    def step(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal steps
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if not (writes or event in _STEPS):
            return
        steps += 1
        if steps == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        if 0 < full_from <= steps and (writes or event in _MAKING):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if largest:
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    complaint = ""
    told.send("begins")
    began = time.monotonic()
    sys.addaudithook(step)
    try:
        job(folder)
    except GraphError as error:
        complaint = str(error)
    seconds, full_from = time.monotonic() - began, 0
    told.send((steps, seconds, complaint))
