"""Reading on many machines: batches of documents as tasks of a Dask cluster.

A task reads its documents as this machine would, in worker processes within the same limits (`graph.workers`), so
what comes out is the same. All that a task needs and gives goes with it: the machines need not share a disk.
"""

import json
import logging
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar

from graph.errors import GraphError
from graph.workers import Limits, stop_workers

T = TypeVar("T")


class Cluster:
    """Reads on the workers of a Dask scheduler.

    `scheduler` is its address (`tcp://scheduler:8786`) or the file that it writes (`dask scheduler
    --scheduler-file`). Workers may come and go: what one was at is given to another. Without any, a build waits for
    so many seconds of `patience`.
    """

    batch = 50

    def __init__(self, scheduler: str, limits: Limits, patience: float = 600) -> None:
        self.limits = limits
        self._scheduler, self._patience = scheduler, patience

    @property
    def ahead(self) -> int:
        """Two calls for each thread of the cluster, and some to show a cluster that grows with its work that there is any."""
        threads: dict[str, int] = self._client.nthreads()
        return max(2 * sum(threads.values()), 8)

    @property
    def lost(self) -> tuple[type[Exception], ...]:
        """What says that several workers in a row have ended at a call."""
        from distributed import KilledWorker

        return (KilledWorker,)

    def __enter__(self) -> Self:
        self._client = _connect(self._scheduler)
        self._executor = self._client.get_executor(pure=False)
        self._seen = time.monotonic()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        from distributed.comm.core import CommClosedError

        gone = self._client.status != "running" or isinstance(error, CancelledError | CommClosedError)
        self._executor.shutdown(wait=False)
        if error is None and not gone:
            # Those that are not idle work for another build.
            self._client.run(partial(stop_workers, idle=True), on_error="ignore")
        self._client.close()
        if gone and isinstance(error, Exception) and not isinstance(error, GraphError):
            raise GraphError(f"{self._scheduler}: the scheduler has gone; run the build again to go on") from error
        if isinstance(error, ImportError) or "deserialization" in str(error):
            advice = "install the same version with its dependencies on scheduler and workers"
            raise GraphError(f"{self._scheduler}: Zhili cannot be run there ({error}); {advice}") from error

    def submit(self, function: Callable[..., T], *arguments: object) -> Future[T]:
        """Has the function called on the cluster."""
        future: Future[T] = self._executor.submit(function, *arguments)
        return future

    def check(self) -> None:
        """GraphError where the cluster has been without a worker for too long."""
        if self._client.nthreads():
            self._seen = time.monotonic()
        elif time.monotonic() - self._seen > self._patience:
            advice = "start workers and run the build again to go on"
            raise GraphError(f"{self._scheduler}: no worker has come for {self._patience:g} s; {advice}")


def _connect(scheduler: str) -> Any:
    """A client of the scheduler; what it does is largely without types."""
    try:
        import dask
        import distributed
    except ModuleNotFoundError as error:
        raise GraphError("a build on a Dask cluster takes the package distributed: pip install distributed") from error
    # Batches are limited, but a document may be larger than what Dask thinks worth a warning.
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GiB"})
    # What goes wrong is told in one line, by what is raised.
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    connect: Callable[..., Any] = distributed.Client
    try:
        address = scheduler if "://" in scheduler else json.loads(Path(scheduler).read_text())["address"]
        return connect(address, timeout=30, set_as_default=False)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GraphError(f"{scheduler}: no Dask scheduler can be reached there ({error}); start one") from error
