"""Servers to ask: Oxigraph's, as a user would start one, and such as say or do something out of the way."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import create_server
from types import MappingProxyType
from urllib.parse import parse_qs

import pyoxigraph as ox

from graph.store import GraphStore

OXIGRAPH = Path(sys.executable).parent / "oxigraph"


@contextmanager
def oxigraph(folder: Path, *options: str) -> Iterator[str]:
    """The address of one that can be written to, for as long as the `with` block lasts; empty to begin with."""
    with create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    log = folder / "log"
    with log.open("wb") as told:
        command = [str(OXIGRAPH), "serve", "--location", str(folder / "store"), "--bind", address, *options]
        process = subprocess.Popen(command, stdout=told, stderr=told)
    try:
        while "Listening" not in log.read_text():
            assert process.poll() is None, log.read_text()
            time.sleep(0.02)
        yield f"http://{address}"
    finally:
        process.terminate()
        process.wait()


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """A server with this handler."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def cutting(store: GraphStore, rows: int) -> Iterator[str]:
    """An endpoint over a graph that gives no more than so many rows of an answer, and says so, as Virtuoso does."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())["query"][0]
            answer = store.answer(asked)
            triples = isinstance(answer, ox.QueryTriples)
            body = answer.serialize(format=ox.RdfFormat.N_TRIPLES if triples else ox.QueryResultsFormat.JSON)  # type: ignore[arg-type]
            content = json.loads(body or b"") if not triples else {}
            whole = not triples and len(content.get("results", {"bindings": ()})["bindings"]) < rows
            if not whole and not triples:
                del content["results"]["bindings"][rows:]
            self.send_response(200)
            if not whole:
                self.send_header("X-SPARQL-MaxRows", str(rows))
            self.end_headers()
            self.wfile.write((body or b"") if triples else json.dumps(content).encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    with serving(Handler) as url:
        yield url


@contextmanager
def saying(status: int, body: bytes, headers: Mapping[str, str] = MappingProxyType({})) -> Iterator[str]:
    """A server that answers everything so."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(max(len(body), 40)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with serving(Handler) as url:
        yield url
