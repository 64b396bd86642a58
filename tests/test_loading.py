"""A folder's graphs are put on a server: all of them, again only what has changed, and what goes wrong is one line."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from extract.triples import to_quads
from graph.building import VOCABULARY
from graph.building import build as build_graph
from graph.cli import main
from graph.converting import Source
from graph.errors import GraphError
from graph.loading import Loaded, load
from graph.progress import Progress
from graph.remote import RemoteStore
from graph.store import open_graph
from tests.factories import PLACES, report
from tests.servers import oxigraph, serving

MIRROR = report("330324006", source="mirror.txt")


def convert(source: Source) -> bytes:
    """A report whose place is the document's text; a second file of that text is its mirror."""
    code = source.data.decode()
    return to_quads(report(code, source=source.name) if code in PLACES else MIRROR)


def build(folder: Path, *documents: str) -> Path:
    """The graph of documents that each hold a place's code."""
    sources = [Source(f"{number} {text}", text.encode()) for number, text in enumerate(documents)]
    build_graph(sources, folder, convert, "rules", VOCABULARY, processes=1)
    return folder


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that looks for triples in all of its graphs."""
    with oxigraph(tmp_path_factory.mktemp("server"), "--union-default-graph") as url:
        yield url


def same(folder: Path, url: str) -> bool:
    """Whether the server has the folder's graphs, each the same to the letter, and no others."""
    here, there = open_graph(folder), RemoteStore(f"{url}/query")
    assert there.graphs() == here.graphs()
    return all(there.quads(graph) == here.quads(graph) for graph in here.graphs())


def test_what_is_loaded_is_what_is_there(server: str, tmp_path: Path) -> None:
    """Every graph is put on the server, with a mirror's name; again nothing; then what is new, and what is gone goes."""
    store = f"{server}/store"
    folder = build(tmp_path / "graph", "330324006", "mirror", "430406")
    assert load(folder, store) == Loaded(sent=3, kept=0, removed=0)
    assert same(folder, server)
    sources = "SELECT ?file { ?report dcterms:source ?file ; zl:jurisdiction division:330324006 }"
    assert len(list(RemoteStore(f"{server}/query").select(sources))) == 2
    assert load(folder, store) == Loaded(sent=0, kept=3, removed=0)
    build(folder, "330324006", "500101")
    assert load(folder, store) == Loaded(sent=2, kept=1, removed=1)  # one is new, one has lost its mirror
    assert same(folder, server)
    build(folder, "330324006")
    assert load(folder, store, again=True) == Loaded(sent=2, kept=0, removed=1)
    assert same(folder, server)


def test_a_load_is_resumed(server: str, tmp_path: Path) -> None:
    """What was sent before a load broke off is not sent again; what was not noted to its end is."""
    folder = build(tmp_path / "graph", "330324006", "430406", "500101")

    class Stopped(Progress):
        def __init__(self) -> None:
            self.done = 0

        def advance(self, steps: int = 1) -> None:
            self.done += steps
            if self.done == 2:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(folder, f"{server}/store", again=True, progress=Stopped())
    (notes,) = folder.glob("loaded-*")
    notes.write_bytes(notes.read_bytes()[:-5])
    assert load(folder, f"{server}/store") == Loaded(sent=3, kept=1, removed=0)
    assert load(folder, f"{server}/store") == Loaded(sent=0, kept=4, removed=0)


def test_a_server_that_was_emptied(server: str, tmp_path: Path) -> None:
    """It is sent everything anew, whatever is noted of it."""
    folder = build(tmp_path / "graph", "330324006")
    assert load(folder, f"{server}/store", again=True).sent == 2
    httpx.post(f"{server}/update", data={"update": "CLEAR ALL"}).raise_for_status()
    assert load(folder, f"{server}/store") == Loaded(sent=2, kept=0, removed=0)
    assert same(folder, server)


@contextmanager
def refusing(status: int, body: bytes = b"", **headers: str) -> Iterator[tuple[str, list[str]]]:
    """A server that refuses everything so, and the logins that it was given."""
    logins: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            logins.append(self.headers.get("Authorization", ""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_PUT = do_DELETE = do_GET

        def log_message(self, format: str, *args: object) -> None:
            pass

    with serving(Handler) as url:
        yield url, logins


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (401, "status 401: Unauthorized; give --user"),
        (403, "status 403: Forbidden; give --user"),
        (302, "status 302: Found; check that this is the URL"),
        (405, "status 405: Method Not Allowed; check that this is the URL"),
        (503, "status 503: Service Unavailable; see the server's log; run the same command again"),
    ],
)
def test_servers_that_refuse(status: int, says: str, tmp_path: Path) -> None:
    """One line with the URL, what it answers and what to do; of a page its markup is not told."""
    folder = build(tmp_path, "330324006")
    with refusing(status, b"<html>no</html>", Location="/elsewhere") as (url, _):
        told = CliRunner().invoke(main, ["load", "-g", str(folder), url])
    assert (told.exit_code, told.stderr.count("\n")) == (2, 1)
    assert told.stderr.startswith(f"zhili: {url}: answers with {says}")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/store", "no-url", "http://["])
def test_where_no_server_answers(url: str, tmp_path: Path) -> None:
    """A closed port, and what is no URL of a server."""
    with pytest.raises(GraphError, match="no server answers there"):
        load(build(tmp_path, "330324006"), url)


@pytest.mark.parametrize(("asked", "given"), [("Basic realm=x", "Basic "), ('Digest realm="x", nonce="y"', "Digest ")])
def test_a_login_is_given_as_it_is_asked_for(
    asked: str, given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not before it is asked for, then in the server's way; that it is wrong is told."""
    monkeypatch.setenv("ZHILI_PASSWORD", "secret")
    folder = build(tmp_path, "330324006")
    with refusing(401, WWW_Authenticate=asked) as (url, logins):
        told = CliRunner().invoke(main, ["load", "--user", "me", "-g", str(folder), url])
    assert "status 401" in told.stderr
    assert logins[0] == "" and logins[-1].startswith(given)


def test_without_a_terminal_no_password_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line names the variable that takes it; Ctrl-C at the question stops the command."""
    monkeypatch.delenv("ZHILI_PASSWORD", raising=False)
    command = ["load", "--user", "me", "-g", str(tmp_path), "http://127.0.0.1:1/store"]
    run = [sys.executable, "-c", "from graph.cli import main; main()", *command]
    told = subprocess.run(run, stdin=subprocess.DEVNULL, capture_output=True, text=True, start_new_session=True)
    asked = "zhili: no terminal to ask for the password; give it by the variable ZHILI_PASSWORD\n"
    assert (told.returncode, told.stderr) == (2, asked)

    def stop(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("getpass.getpass", stop)
    assert CliRunner().invoke(main, command).exit_code == 130


def test_the_command_tells_what_it_did(server: str, tmp_path: Path) -> None:
    """How many graphs it sent; a folder that holds no graph is named."""
    folder = build(tmp_path / "graph", "330324006")
    told = CliRunner().invoke(main, ["load", "--again", "-g", str(folder), f"{server}/store"])
    assert (told.exit_code, told.stderr) == (0, f"{server}/store: 2 graphs sent, 0 there already, 0 removed\n")
    told = CliRunner().invoke(main, ["load", "-g", str(tmp_path), f"{server}/store"])
    assert told.exit_code == 2 and "holds no graph" in told.stderr
