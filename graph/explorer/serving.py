"""A graph folder or an endpoint → the explorer at an address, until it is stopped."""

import gc
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from graph.errors import GraphError
from graph.explorer.apart import Apart
from graph.explorer.app import create_app
from graph.explorer.endpoint import Limits
from graph.explorer.engine import local_engine, remote_engine, yasgui_assets
from graph.explorer.guard import Access
from graph.explorer.knowledge import Knowledge
from graph.explorer.listening import config
from graph.explorer.views import (
    aggregates,
    following,
    grouping,
    neighbourhood,
    numbers,
    passages,
    reach,
    responding,
    spreading,
)
from graph.index.search import Index, index_files, write_index
from graph.manifest import INDEX
from graph.opening import is_url, open_any
from graph.store import Queryable, open_current
from graph.workers import stop_workers


@contextmanager
def explorer(
    graph: str, limits: Limits, access: Access | None = None, warmed: Callable[[], None] = lambda: None
) -> Iterator[ASGIApp]:
    """The explorer over a graph folder or the URL of a SPARQL 1.1 endpoint; GraphError where either does not answer.

    A folder's own index is searched. One for an endpoint, or for a folder that an earlier version built, is made in a
    temporary folder for as long as this lasts; a server of Oxigraph's in this machine answers a folder's queries.
    `warmed` is called once what pages will ask for has been read ahead.
    """
    with ExitStack() as kept:
        scratch = Path(kept.enter_context(tempfile.TemporaryDirectory(prefix="zhili-")))
        if is_url(graph):
            store: Queryable = open_any(graph, limits.seconds)
            engine = remote_engine(graph, limits.seconds)
            index_folder, contents = scratch / INDEX, {name: name for name in store.graphs()}
            editor = yasgui_assets(kept.enter_context(local_engine(_empty_store(scratch / "store"), limits.seconds)))
        else:
            folder = Path(graph)
            manifest, store = open_current(folder)
            engine = kept.enter_context(local_engine(folder / manifest.store, limits.seconds))
            index_folder, contents, editor = folder / INDEX, manifest.contents(), yasgui_assets(engine)
            if not index_files(index_folder, contents) <= set(index_folder.glob("*")):
                index_folder = scratch / INDEX
        write_index(store, index_folder, contents)
        index = Index(store, index_folder, contents)
        kept.callback(index.close)
        known = Knowledge(store, index, Apart(graph, scratch))
        kept.callback(stop_workers)  # what is still being found is of no use to anybody
        threading.Thread(target=_warm, args=(known, warmed), daemon=True).start()
        yield create_app(known, index, engine, limits, editor, access)


def serve(
    graph: str, host: str, port: int, limits: Limits, tell: Callable[[str], None], access: Access | None = None
) -> None:
    """Serves until it is interrupted or ended; `tell` is told the address once it can be asked there."""
    with _listening(host, port) as listener, explorer(graph, limits, access, _keep) as app:
        server = uvicorn.Server(config(app, log_level="warning"))
        # uvicorn ends well and then passes the signal on; unhandled, it would leave the engine behind.
        for ending in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(ending, _end)
        tell(f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}/")
        server.run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens; taken before anything is read, so that a port in use is told at once."""
    try:
        listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise GraphError(f"{host}:{port}: cannot be listened at ({error.strerror}); choose another --port") from error
    # Connections inherit it; asyncio sets it only where a socket names its protocol. Without it each page waits 40 ms
    # between its head and its body for a browser's acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _end(number: int, _frame: object) -> None:
    sys.exit(128 + number)


def _warm(known: Knowledge, warmed: Callable[[], None]) -> None:
    """Reads ahead what pages will ask for, so that no reader waits for it."""
    known.warm()
    # What takes longest comes last.
    for view in (neighbourhood, aggregates, reach, spreading, responding, grouping, following, passages, numbers):
        view.warm(known)
    warmed()


def _keep() -> None:
    """Sets aside what has been read, which stays: looking through it for garbage holds up a page now and then."""
    gc.collect()
    gc.freeze()


def _empty_store(path: Path) -> Path:
    """A store with nothing in it: the editor's files come from a server over it."""
    import pyoxigraph as ox

    ox.Store(str(path))
    return path
