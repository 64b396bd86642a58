"""A graph folder or an endpoint → the explorer at an address, until it is stopped.

A graph does not change under the explorer. After a graph of a folder has been written, the folder is opened anew as
another edition; requests that are being answered go on with the one that they began with.
"""

import gc
import os
import signal
import socket
import sys
import tempfile
import threading
from asyncio import CancelledError
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph.errors import AtWork, GraphError
from graph.explorer.apart import Apart
from graph.explorer.app import create_app
from graph.explorer.endpoint import Limits
from graph.explorer.engine import local_engine, remote_engine, yasgui_assets
from graph.explorer.graphstore import May, Writer
from graph.explorer.guard import Access, Token
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
from graph.index.search import Index, is_whole, write_index
from graph.manifest import INDEX, Manifest, read_manifest
from graph.opening import is_url, open_any
from graph.store import Queryable, open_current
from graph.workers import stop_workers
from graph.writing import checked, state_of, write

# Seconds after a write until pages are read ahead again: of many writes in a row, after the last.
_QUIET = 5.0
# Seconds between two looks at what has been found beside the server.
_PAUSE = 1.0
# How often what lives long is looked through for garbage, a hundred times less than usual: while some ten thousand
# things that pages have kept are looked through, nobody is answered for 50 ms.
_SELDOM = 1000
# Seconds that requests have to end once the server is to end, and exit code where it does not wait any longer.
_PATIENCE, _STOPPED = 3, 130
# What takes longest comes last.
_VIEWS = (neighbourhood, aggregates, reach, spreading, responding, grouping, following, passages, numbers)


@contextmanager
def explorer(
    graph: str,
    limits: Limits,
    access: Access | None = None,
    warmed: Callable[[bool], None] = lambda anew: None,
    token: Token | None = None,
) -> Iterator[ASGIApp]:
    """The explorer over a graph folder or the URL of a SPARQL 1.1 endpoint; GraphError where either does not answer.

    A folder's own index is searched. One for an endpoint, or for a folder that an earlier version built, is made in a
    temporary folder for as long as this lasts; a server of Oxigraph's in this machine answers a folder's queries.
    `warmed` is called once what pages will ask for has been read ahead, with True where that is of another graph than
    before, and with False when more of it was found beside the server. Who has the `token` can write to a folder.
    """
    if token and is_url(graph):
        raise GraphError(f"{graph}: a server is not written to; leave the token away, or give a graph folder")
    editions = _Editions(graph, limits, access, warmed, token)
    try:
        yield editions
    finally:
        editions.close()


@dataclass(eq=False)
class _Edition:
    """The explorer over a graph as it was when it was opened; `kept` closes what it needs."""

    known: Knowledge
    store: str
    kept: ExitStack
    app: ASGIApp
    readers: int = 0
    ending: bool = False
    over: threading.Event = field(default_factory=threading.Event)
    warming: threading.Thread | None = None

    def warm(self, warmed: Callable[[bool], None], after: float = 0) -> None:
        """Reads ahead in a thread what pages will ask for, after some seconds, if it is still the latest then."""
        self.warming = threading.Thread(target=_warm, args=(self.known, warmed, self.over, after), daemon=True)
        self.warming.start()

    def end(self) -> None:
        """Closes it, once it has stopped reading ahead."""
        self.over.set()
        if self.warming:
            self.warming.join()
        self.kept.close()


class _Editions:
    """The application: each request is answered by the edition that is the latest when it comes."""

    def __init__(
        self, graph: str, limits: Limits, access: Access | None, warmed: Callable[[bool], None], token: Token | None
    ) -> None:
        self._graph, self._limits, self._access = graph, limits, access
        self._warmed, self._token = warmed, token
        self._turn = threading.Lock()
        self._latest = self._open()
        self._all = {self._latest}
        self._latest.warm(warmed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        edition = self._latest
        edition.readers += 1
        try:
            await edition.app(scope, receive, send)
        finally:
            edition.readers -= 1
            for each in [*self._all]:
                if each is not self._latest and not each.readers and not each.ending:
                    each.ending = True
                    threading.Thread(target=self._end, args=(each,), daemon=True).start()

    def close(self) -> None:
        """Closes all that is open; what is still being found is of no use to anybody."""
        for edition in self._all:
            edition.over.set()
        stop_workers()
        for edition in [*self._all]:
            edition.kept.close()

    def _end(self, edition: _Edition) -> None:
        edition.end()
        self._all.discard(edition)

    def _open(self) -> _Edition:
        graph, limits = self._graph, self._limits
        with ExitStack() as kept:
            scratch = Path(kept.enter_context(tempfile.TemporaryDirectory(prefix="zhili-")))
            manifest = Manifest()
            if is_url(graph):
                store: Queryable = open_any(graph, limits.seconds)
                engine = remote_engine(graph, limits.seconds)
                index_folder, contents = scratch / INDEX, {name: name for name in store.graphs()}
                editor = yasgui_assets(
                    kept.enter_context(local_engine(_empty_store(scratch / "store"), limits.seconds))
                )
            else:
                folder = Path(graph)
                manifest, store = open_current(folder)
                engine = kept.enter_context(local_engine(folder / manifest.store, limits.seconds))
                index_folder, contents, editor = folder / INDEX, manifest.contents, yasgui_assets(engine)
                if not is_whole(index_folder, contents):
                    index_folder = scratch / INDEX
            write_index(store, index_folder, contents)
            index = Index(store, index_folder, contents)
            kept.callback(index.close)
            known = Knowledge(store, index, Apart(graph, scratch))
            writer = Writer(self._token, partial(state_of, manifest), self._write) if self._token else None
            app = create_app(known, index, engine, limits, editor, self._access, writer)
            return _Edition(known, manifest.store, kept.pop_all(), app)

    def _write(self, graph: str, body: bytes | None, media_type: str, may: May) -> tuple[str, str]:
        """Writes to the folder, and opens it anew where it is not what is served. Blocks."""
        if not self._turn.acquire(blocking=False):
            raise AtWork("another graph is being written; send this one again in a while")
        try:
            folder = Path(self._graph)
            quads = None if body is None else checked(folder, graph, body, media_type)
            states = write(folder, graph, quads, may)
            if read_manifest(folder).store != self._latest.store:
                self._follow(self._open())
            return states
        finally:
            self._turn.release()

    def _follow(self, edition: _Edition) -> None:
        """Lets an edition be the latest."""
        self._latest.over.set()
        self._latest = edition
        self._all.add(edition)  # not before it is the latest, or it would be ended
        edition.warm(self._warmed, _QUIET)


def serve(
    graph: str,
    host: str,
    port: int,
    limits: Limits,
    tell: Callable[[str], None],
    access: Access | None = None,
    token: Token | None = None,
) -> None:
    """Serves until it is interrupted or ended; `tell` is told the address once it can be asked there."""
    served = False
    try:
        with _listening(host, port) as listener, explorer(graph, limits, access, _keep, token) as app:
            server = uvicorn.Server(config(_ended(app), log_level="warning", timeout_graceful_shutdown=_PATIENCE))
            # uvicorn ends well and then passes the signal on; unhandled, it would leave the engine behind.
            for ending in (signal.SIGTERM, signal.SIGHUP):
                signal.signal(ending, _end)
            tell(f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}/")
            served = True
            server.run(sockets=[listener])
    finally:
        if served:
            # A page that is still being made keeps its thread, for which the interpreter would wait.
            forced = threading.Timer(_PATIENCE, os._exit, (_STOPPED,))
            forced.daemon = True
            forced.start()


def _ended(app: ASGIApp) -> ASGIApp:
    """The application that tells whoever would be answered too late that the server ends; else uvicorn logs where it was."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await app(scope, receive, watched)
        except CancelledError:
            if not begun:
                await PlainTextResponse("the server is being ended; ask again once it runs\n", 503)(
                    scope, receive, send
                )

    return answer


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


def _warm(known: Knowledge, warmed: Callable[[bool], None], over: threading.Event, after: float) -> None:
    """Reads ahead what pages will ask for, so that no reader waits for it, until another edition has come.

    What takes minutes is found beside the server, and stays here to tell when some of it has come.
    """
    if over.wait(after):
        return
    try:
        known.warm()
        for view in _VIEWS:
            if over.is_set():
                return
            view.warm(known)
    except Exception:
        if not over.is_set():  # what it reads has been closed
            raise
        return
    come = known.come
    warmed(True)
    while not over.wait(_PAUSE):
        if come != (come := known.come):
            warmed(False)


def _keep(anew: bool) -> None:
    """Sets aside what has been read, which stays: looking through it for garbage holds up a page now and then."""
    if anew:
        gc.unfreeze()  # an edition that was kept before has gone
        gc.collect()
    gc.freeze()
    gc.set_threshold(*gc.get_threshold()[:2], _SELDOM)


def _empty_store(path: Path) -> Path:
    """A store with nothing in it: the editor's files come from a server over it."""
    import pyoxigraph as ox

    ox.Store(str(path))
    return path
