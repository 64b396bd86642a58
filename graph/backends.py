"""Where documents are read: here, or in worker processes of this machine; on a cluster, see `graph.cluster`."""

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Protocol, Self, TypeVar

from graph.workers import Limits, stop_workers

T = TypeVar("T")


class Backend(Protocol):
    """Takes calls while it is open (`with`); `limits` hold for a document, and where there are none it is read in place.

    `batch` is how many documents make a call, and `ahead` how many calls may be under way. A call whose future
    raises one of `lost` has cost the back end what it ran on, perhaps through one of its documents.
    """

    @property
    def limits(self) -> Limits | None: ...
    @property
    def batch(self) -> int: ...
    @property
    def ahead(self) -> int: ...
    @property
    def lost(self) -> tuple[type[Exception], ...]: ...

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def submit(self, function: Callable[..., T], *arguments: object) -> Future[T]:
        """Has a function called, perhaps elsewhere; it and its arguments must be picklable there."""

    def check(self) -> None:
        """GraphError where the calls under way will never be done."""


class Here:
    """Reads in this process, one document after the other, without limits: for debugging and for tests."""

    limits, batch, ahead = None, 1, 1
    lost: tuple[type[Exception], ...] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def submit(self, function: Callable[..., T], *arguments: object) -> Future[T]:
        """Calls the function; what it raises is raised at once."""
        done: Future[T] = Future()
        done.set_result(function(*arguments))
        return done

    def check(self) -> None:
        """All calls are done."""


class Processes:
    """Reads in worker processes, as many as cores where no number is given; each is asked by a thread of its own."""

    batch, lost = 1, ()

    def __init__(self, number: int | None = None, limits: Limits = Limits()) -> None:  # noqa: B008
        number = number or os.cpu_count() or 1
        self.limits, self.ahead = limits, 3 * number
        self._threads = ThreadPoolExecutor(number)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        if kind is not None:
            self._threads.shutdown(wait=False, cancel_futures=True)
            stop_workers()
        self._threads.shutdown()
        stop_workers()

    def submit(self, function: Callable[..., T], *arguments: object) -> Future[T]:
        """Has the function called in a thread, which is free while a worker process works for it."""
        return self._threads.submit(function, *arguments)

    def check(self) -> None:
        """Each call ends within its limits."""
