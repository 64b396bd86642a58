"""Who answers queries: a server of Oxigraph's over a store, started and ended here, or an endpoint elsewhere.

Both are an `Engine` and asked by HTTP. The local server listens on the loopback alone, on Linux at an address of it
that no page of the web can guess, and can connect to nothing (`graph.explorer.confined`): it has no login, and would
do what SERVICE tells it. It stops most queries at its time limit, but looks at the clock only where it hands on a row, so that some sort or join for minutes; such a server
is ended and a new one started in its place. Its memory is capped where the operating system can do so.
"""

import math
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import httpx

from graph.errors import GraphError
from graph.explorer import confined
from graph.remote import Engine

__all__ = ["Asset", "Engine", "local_engine", "remote_engine", "yasgui_assets"]

_PATIENCE = 10.0  # seconds for a server to come up
_TRIES = 5  # at a free address that another process may take first
_DYING = 1.0  # seconds: a process that was killed closes its connections a moment before it is seen to have ended
_LEAST_MEMORY = 1 << 30  # bytes
_CONFINED = (sys.executable, "-I", "-S", confined.__file__) if sys.platform == "linux" else ()
_ASSET = re.compile(r'(?:src|href)="\.?/([\w.-]+)"')


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of YASGUI's as it is served."""

    content: bytes
    media_type: str


@contextmanager
def local_engine(store: Path, timeout: float) -> Iterator[Engine]:
    """A server over a store for as long as the `with` block lasts; queries get `timeout` seconds, at least one.

    GraphError where it does not come up.
    """
    server = _Server(store, max(1, math.ceil(timeout)))
    server.start()
    try:
        base = f"http://{server.address}"
        yield Engine(f"{base}/query", float(server.timeout), f"{base}/", server.recover)
    finally:
        server.end()


def remote_engine(url: str, timeout: float) -> Engine:
    """A SPARQL 1.1 endpoint at a URL, which is taken as it is."""
    return Engine(url, timeout)


def yasgui_assets(engine: Engine) -> dict[str, Asset]:
    """The scripts, styles and pictures of the local server's page by their names; none of an endpoint elsewhere."""
    if engine.assets is None:
        return {}
    try:
        with httpx.Client(base_url=engine.assets, timeout=_PATIENCE, trust_env=False) as client:
            names = dict.fromkeys(_ASSET.findall(client.get("").raise_for_status().text))
            found = {name: client.get(name).raise_for_status() for name in names}
    except httpx.HTTPError as error:
        raise GraphError(f"{engine.assets}: YASGUI's files cannot be had ({error}); install oxigraph anew") from error
    return {name: Asset(response.content, response.headers["content-type"]) for name, response in found.items()}


class _Server:
    """The child process; one address and one store for all processes that follow each other."""

    def __init__(self, store: Path, timeout: int) -> None:
        self.timeout = timeout
        self.address = ""
        self._store = store
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._ended = False
        self._lock = threading.Lock()

    def start(self) -> None:
        """Starts the server at a free address; at another one where that is taken meanwhile."""
        for _ in range(_TRIES):
            self.address = _free_address()
            if not (said := self._launch()):
                return
            if "in use" not in said:
                break
        raise GraphError(f"{self._store}: Oxigraph's server does not come up ({said}); build the graph again")

    def recover(self, since: float, hangs: bool) -> bool:
        """Puts a new server in the place of one that was started before `since` and has died, or hangs.

        Whether there is one now that was started since, be it by another thread.
        """
        with self._lock:
            if self._ended or self._started >= since:
                return not self._ended
            if not hangs and self._process and not _ends(self._process):
                return False
            self._stop()
            if said := self._launch():
                raise GraphError(f"{self._store}: Oxigraph's server does not come up again ({said}); start anew")
            return True

    def end(self) -> None:
        """Ends the server for good."""
        with self._lock:
            self._ended = True
            self._stop()

    def _launch(self) -> str:
        """Starts a process and waits until it listens; else ends it and gives its last complaint."""
        command = [_binary(), "serve-read-only", "--location", str(self._store), "--bind", self.address]
        with tempfile.TemporaryFile() as log:
            self._process = subprocess.Popen(
                [*_CONFINED, *command, "--timeout-s", str(self.timeout)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
            _cap_memory(self._process.pid)
            try:
                said = self._await_listening(self._process, log)
            except BaseException:
                self._stop()
                raise
        if said:
            self._stop()
        self._started = time.monotonic()
        return said

    def _await_listening(self, process: subprocess.Popen[bytes], log: IO[bytes]) -> str:
        """Empty when the server listens; it says so itself, as something else might answer at its port."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            alive = process.poll() is None
            lines = os.pread(log.fileno(), 1 << 16, 0).decode(errors="replace").splitlines()
            if alive and any("Listening" in line for line in lines):
                return ""
            if not alive:
                errors = [line for line in lines if line.startswith("Error")]  # a backtrace comes behind it
                return (errors or lines or [f"it ended with status {process.returncode}"])[-1]
            time.sleep(0.02)
        return f"it does not listen after {_PATIENCE:g} s"

    def _stop(self) -> None:
        if (process := self._process) is None:
            return
        process.terminate()
        try:
            process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._process = None


def _ends(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(_DYING)
    except subprocess.TimeoutExpired:
        return False
    return True


def _binary() -> str:
    beside = Path(sys.executable).parent / "oxigraph"
    found = str(beside) if beside.is_file() else shutil.which("oxigraph")
    if not found:
        raise GraphError(f"{beside}: Oxigraph's server is missing; `pip install oxigraph` brings it")
    return found


def _free_address() -> str:
    """A host of the loopback and a port that nothing listens at; on Linux one of sixteen million hosts, by chance."""
    choice = random.SystemRandom()
    host = "127." + ".".join(str(choice.randint(1, 254)) for _ in range(3)) if sys.platform == "linux" else "127.0.0.1"
    with socket.socket() as taken:
        taken.bind((host, 0))
        return f"{host}:{taken.getsockname()[1]}"


def _cap_memory(pid: int) -> None:
    """Lets the server have half of the machine's memory: at more, one query would take down more than the server."""
    if sys.platform != "linux":
        return
    import resource

    half = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
    limit = max(_LEAST_MEMORY, half)
    try:
        resource.prlimit(pid, resource.RLIMIT_DATA, (limit, limit))
    except OSError:  # has ended already, or may not be limited; the first is told by who waits for it
        return
