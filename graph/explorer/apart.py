"""What takes minutes to find, found beside the server: in a process of its own, which no page has to wait for.

What it finds is mostly arrays. They come back in a file that is mapped into memory, so that they are neither sent
through a pipe nor held twice.
"""

import mmap
import os
import pickle
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from typing import Generic, TypeVar

from graph.opening import open_any
from graph.store import Queryable
from graph.workers import Limits, call

T = TypeVar("T")

FEW = 500  # reports, of which a reader may wait for what is found, here
_LIMITS = Limits(seconds=4 * 3600, memory=1 << 16)
_PATIENCE = 10.0  # seconds
_ALIGNED = 64  # bytes


class Apart:
    """Where a graph is (a folder or URL), and a folder for what is found in it; both outlive what is asked for here."""

    def __init__(self, graph: str, folder: Path) -> None:
        self._graph, self._folder = graph, folder

    def find(self, find: Callable[[Queryable], T], name: str) -> T:
        """What a function finds in the graph, which is called in another process; it must be picklable, and so what it gives.

        Raises what `graph.workers.call` raises. `name` is that of a file which no other call uses.
        """
        path = self._folder / name
        data, sizes = call(_LIMITS, _find, find, self._graph, path, fresh=True)
        whole = memoryview(b"")
        if any(sizes):
            with path.open("rb") as file:
                whole = memoryview(_mapped(file.fileno()))
        starts = accumulate((_padded(size) for size in sizes), initial=0)
        found: T = pickle.loads(
            data, buffers=[whole[start : start + size] for start, size in zip(starts, sizes, strict=False)]
        )
        return found


def _find(find: Callable[[Queryable], object], graph: str, path: Path) -> tuple[bytes, list[int]]:
    """Writes the arrays of what is found to a file; gives all else, pickled, and how long each array is."""
    with suppress(AttributeError, OSError):
        os.nice(10)  # pages come first; not on Windows
    buffers: list[pickle.PickleBuffer] = []
    data = pickle.dumps(find(open_any(graph)), protocol=5, buffer_callback=buffers.append)
    with path.open("wb") as file:
        for buffer in buffers:
            raw = buffer.raw()
            file.write(raw)
            file.write(bytes(_padded(len(raw)) - len(raw)))
    return data, [len(buffer.raw()) for buffer in buffers]


def _mapped(file: int) -> mmap.mmap:
    """A file in memory, all of it at once where the operating system can: no page waits for it piece by piece."""
    if sys.platform == "linux":
        return mmap.mmap(file, 0, mmap.MAP_SHARED | mmap.MAP_POPULATE, mmap.PROT_READ)
    return mmap.mmap(file, 0, access=mmap.ACCESS_READ)


def _padded(size: int) -> int:
    """So many bytes, and those up to where the next array may begin."""
    return -(-size // _ALIGNED) * _ALIGNED


class Later(Generic[T]):
    """Something that is being found: begun when it is first asked for, or begun ahead; what failed is tried anew."""

    def __init__(self, find: Callable[[], T], patience: float) -> None:
        self._find, self._patience = find, patience
        self._found: Future[T] | None = None
        self._lock = threading.Lock()

    def begin(self) -> "Future[T]":
        """Begins to find it, once; a thread that ends with the server waits for it."""
        with self._lock:
            if self._found is None or self._found.done() and self._found.exception():
                self._found = Future()
                threading.Thread(target=self._run, args=(self._found,), daemon=True).start()
            return self._found

    @property
    def come(self) -> bool:
        """Whether it has been found."""
        return self._found is not None and self._found.done() and not self._found.exception()

    def get(self) -> T | None:
        """It, or None where it is not found yet; raises what finding it raised."""
        try:
            return self.begin().result(self._patience)
        except TimeoutError:
            return None

    def _run(self, found: "Future[T]") -> None:
        try:
            found.set_result(self._find())
        except Exception as error:  # whoever asks for it is told
            found.set_exception(error)


def later(store: Queryable, apart: Apart | None, reports: int, find: Callable[[Queryable], T], name: str) -> Later[T]:
    """What a function finds in a graph of so many reports: of many in a process of its own, where there can be one."""
    if apart is None or reports <= FEW:
        return Later(lambda: find(store), _PATIENCE)
    return Later(lambda: apart.find(find, name), 0.0)
