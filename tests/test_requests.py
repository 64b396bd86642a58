"""Bad requests: what is malformed, too large, too slow, too many or not meant for this server ends with a clear status,
and the server goes on; no request of a query's leaves the machine, by whatever way it comes."""

import platform
import re
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from click.testing import CliRunner

from graph.cli import main
from graph.errors import BadQuery, GraphError
from graph.explorer import confined, listening
from graph.explorer.engine import local_engine, remote_engine
from graph.explorer.guard import access_at
from graph.explorer.serving import _listening
from graph.manifest import read_manifest
from graph.phrasing import check
from tests.factories import report
from tests.serving import write_graph

PLACE = "330324006"
CONFINED = bool(confined.filter_for(platform.machine())) and sys.platform == "linux"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of one report."""
    path: Path = tmp_path_factory.mktemp("graph")
    write_graph(path, [report(PLACE)])
    return path


class Canary:
    """A server on the loopback that answers nobody and notes who has called."""

    def __init__(self) -> None:
        self.calls = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/sparql"
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        while True:
            try:
                caller, _ = self._listener.accept()
            except OSError:
                return
            self.calls += 1
            caller.close()

    def close(self) -> None:
        """Ends it."""
        self._listener.close()


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    """One that is called once by the test itself, so that a silent one is known to be listening."""
    with closing(Canary()) as found:
        with pytest.raises(httpx.HTTPError):
            httpx.get(found.url, trust_env=False)
        assert found.calls == 1
        yield found


# What would ask another server if it were run; {url} is the canary's.
ASKING = [
    "SELECT * { SERVICE <{url}> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <{url}> { ?s ?p ?o } }",
    "select * { sErViCe<{url}>{ ?s ?p ?o } }",
    "SELECT * { VALUES ?where { <{url}> } SERVICE ?where { ?s ?p ?o } }",
    "SELECT * { BIND (IRI('{url}') AS ?where) SERVICE SILENT ?where { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <{url}> { ?s ?p ?o } }",
    "SELECT * { \\U00000053\\u0045RVICE <{url}> { ?s ?p ?o } }",
    "SELECT * { SERVICE # a remark\n <{url}> { ?s ?p ?o } }",
    "SELECT * { #\rSERVICE <{url}> { ?s ?p ?o } }",
    "SELECT * { '#' ?p ?o SERVICE <{url}> { ?s ?p ?o } }",
    "SELECT * { { SELECT * { { SERVICE <{url}> { ?s ?p ?o } } UNION {} } } }",
    "SELECT * { ?s ?p ?o FILTER NOT EXISTS { SERVICE <{url}> { ?s ?p ?o } } }",
    "SELECT * { OPTIONAL { SERVICE SILENT <{url}> {} } }",
    "PREFIX e: <{url}> SELECT * { SERVICE e: { ?s ?p ?o } }",
    "BASE <{url}> SELECT * { SERVICE <> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } { SERVICE <{url}> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <{url}> { ?s ?p ?o } }",
    "ASK { GRAPH ?g { SERVICE <{url}> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o } ORDER BY (EXISTS { SERVICE <{url}> { ?a ?b ?c } })",
    "LOAD <{url}>",
    "LOAD SILENT <{url}> INTO GRAPH <{url}>",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <{url}> { ?s ?p ?o } }",
    "SELECT * FROM <{url}> { ?s ?p ?o }",
    "SELECT * FROM NAMED <{url}> { GRAPH <{url}> { ?s ?p ?o } }",
    "DESCRIBE <{url}>",
]


@pytest.mark.parametrize("query", ASKING)
def test_no_query_makes_the_endpoint_ask_anybody(client: httpx.Client, canary: Canary, query: str) -> None:
    """By each of the protocol's ways; what names a graph at an address is asked here and finds nothing."""
    text = query.replace("{url}", canary.url)
    before = canary.calls
    answers = [
        client.get("/sparql", params={"query": text}),
        client.post("/sparql", data={"query": text}),
        client.post("/sparql", content=text, headers={"content-type": "application/sparql-query"}),
    ]
    expected = 200 if "FROM" in text or text.startswith("DESCRIBE <") else 400
    assert {answer.status_code for answer in answers} == {expected}
    assert canary.calls == before


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri", "using-graph-uri"])
def test_no_dataset_is_fetched(client: httpx.Client, canary: Canary, name: str) -> None:
    """The protocol's names of graphs are no addresses."""
    before = canary.calls
    query = {"query": "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } LIMIT 1", name: canary.url}
    assert client.get("/sparql", params=query).status_code == 200
    assert canary.calls == before


@pytest.mark.skipif(not CONFINED, reason="needs Linux on a machine that has a filter")
@pytest.mark.parametrize("query", [query for query in ASKING if "{url}" in query])
def test_the_engine_itself_can_ask_nobody(folder: Path, canary: Canary, engine_url: str, query: str) -> None:
    """Whoever finds the engine's own port cannot make it ask others either."""
    text, before = query.replace("{url}", canary.url), canary.calls
    httpx.post(engine_url, data={"query": text}, trust_env=False, verify=False, timeout=20)
    httpx.post(
        engine_url.replace("/query", "/update"), data={"update": text}, trust_env=False, verify=False, timeout=20
    )
    assert canary.calls == before


@pytest.fixture(scope="module")
def engine_url(folder: Path) -> Iterator[str]:
    """The address of an engine over the module's graph."""
    with local_engine(folder / read_manifest(folder).store, 5) as engine:
        yield engine.url


@pytest.mark.skipif(not CONFINED, reason="needs Linux on a machine that has a filter")
def test_the_engine_cannot_be_guessed(folder: Path, engine_url: str) -> None:
    """It listens at a host of the loopback that a page of the web would have to try sixteen million of, and reads only."""
    address = urlsplit(engine_url)
    assert address.hostname and address.hostname.startswith("127.") and address.hostname != "127.0.0.1"
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", address.port or 0), timeout=2)
    drop = httpx.post(engine_url.replace("/query", "/update"), data={"update": "DROP ALL"}, trust_env=False)
    assert drop.status_code >= 400
    with local_engine(folder / read_manifest(folder).store, 5) as other:
        assert urlsplit(other.url).hostname != address.hostname


# Who may ask.


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil", "10.0.0.1"]
)
@pytest.mark.parametrize("path", ["/zh/", "/sparql?query=ASK{}", "/static/explorer.css", "/nothing"])
def test_a_name_of_somebody_else_is_refused(client: httpx.Client, host: str, path: str) -> None:
    """A page that lets its own name mean this machine (DNS rebinding) reads nothing here."""
    answer = client.get(path, headers={"host": host})
    assert answer.status_code == 421 and host.partition(":")[0] in answer.text and "治理" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:1", "[::1]:8000", "localhost."])
def test_the_servers_own_names_are_answered(client: httpx.Client, host: str) -> None:
    """Whatever the port, which a tunnel may change."""
    assert client.get("/zh/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["", "a b", 'x"><script>', "a/b", "user@localhost", "localhost:x", "[::1", "治理"],
)
def test_what_is_no_name_is_refused(client: httpx.Client, host: str) -> None:
    """Nothing but a host and a port can stand for one."""
    assert client.get("/zh/", headers={b"host": host.encode()}).status_code == 400


@pytest.mark.parametrize(
    ("host", "names", "hosts"),
    [
        ("127.0.0.1", (), {"localhost", "127.0.0.1", "[::1]"}),
        ("::1", (), {"localhost", "127.0.0.1", "[::1]"}),
        ("localhost", ("Zhili.example",), {"localhost", "127.0.0.1", "[::1]", "zhili.example"}),
        ("127.8.8.8", (), {"localhost", "127.0.0.1", "[::1]", "127.8.8.8"}),
        ("0.0.0.0", (), None),
        ("::", (), None),
        ("zhili.example", (), None),
        ("0.0.0.0", ("zhili.example",), {"localhost", "127.0.0.1", "[::1]", "0.0.0.0", "zhili.example"}),
    ],
)
def test_who_listens_here_alone_knows_its_names(host: str, names: tuple[str, ...], hosts: set[str] | None) -> None:
    """Where others are let in, only who is told its names can tell them from others."""
    assert access_at(host, names).hosts == hosts


CROSS = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("GET", CROSS, 403),
        ("POST", CROSS, 403),
        ("GET", {"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"}, 403),
        ("POST", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, 403),
        ("POST", {"origin": "http://evil.example"}, 403),
        ("POST", {"origin": "null"}, 403),
        ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, 200),
        ("GET", {"sec-fetch-site": "none", "sec-fetch-mode": "navigate"}, 200),
        ("POST", {"sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"}, 200),
    ],
)
def test_pages_of_other_sites_may_lead_here_but_not_ask(
    client: httpx.Client, method: str, headers: dict[str, str], status: int
) -> None:
    """As browsers tell it: a link may be followed, a script's or a form's request is refused, and none may read."""
    answer = client.request(method, "/sparql", params={"query": "ASK {}"}, headers=headers)
    if method == "POST" and status == 200:
        answer = client.post("/sparql", data={"query": "ASK {}"}, headers=headers)
    assert answer.status_code == status
    assert "access-control-allow-origin" not in answer.headers


def test_nobody_but_this_machine_is_let_in_unasked() -> None:
    """The command listens at 127.0.0.1 unless it is told otherwise."""
    from graph.commands.graphs import serve

    (host,) = [option for option in serve.params if option.name == "host"]
    assert host.default == "127.0.0.1"
    with closing(_listening(host.default, 0)) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"


# What is malformed or too large: the request as bytes, and the status.

HEAD = b"GET /zh/ HTTP/1.1\r\nHost: localhost\r\n"
RAW = {
    "no http": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 TLS\r\n\r\n", 400),
    "no version": (b"GET /zh/\r\n\r\n", 400),
    "http 9": (b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n", 303),
    "no host": (b"GET /zh/ HTTP/1.1\r\n\r\n", 400),
    "two hosts": (b"GET /zh/ HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", 400),
    "old": (b"GET /zh/ HTTP/1.0\r\nHost: localhost\r\n\r\n", 200),
    "header without colon": (HEAD + b"nonsense\r\n\r\n", 400),
    "header with nul": (HEAD + b"X: \x00\r\n\r\n", 400),
    "folded header": (HEAD + b"X: a\r\n\tb\r\n\r\n", 200),
    "space before colon": (HEAD + b"X : a\r\n\r\n", 400),
    "two lengths": (HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400),
    "length and chunks": (HEAD + b"Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 200),
    "negative length": (HEAD + b"Content-Length: -1\r\n\r\n", 400),
    "other encoding": (HEAD + b"Transfer-Encoding: gzip\r\n\r\n", 400),
    "address with blanks": (b"GET /zh/ a b HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
    "address with bytes": (b"GET /zh/\xe6\xb2\xbb HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
    "absolute address": (b"GET http://evil.example/zh/ HTTP/1.1\r\nHost: localhost\r\n\r\n", 404),
    "proxy": (b"CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n", 404),
    "star": (b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", 404),
    "unknown method": (b"BREW /zh/ HTTP/1.1\r\nHost: localhost\r\n\r\n", 405),
    "trace": (b"TRACE /zh/ HTTP/1.1\r\nHost: localhost\r\n\r\n", 405),
    "large address": (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
    "large header": (HEAD + b"X: " + b"a" * 70_000 + b"\r\n\r\n", 431),
    "many headers": (HEAD + b"X: a\r\n" * 20_000 + b"\r\n", 431),
    "upgrade": (HEAD + b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n", 200),
    "http 2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    "invalid chunk": (
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
        b"Transfer-Encoding: chunked\r\n\r\nzz\r\nASK{}\r\n0\r\n\r\n",
        400,
    ),
    "large chunks": (
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n" + (b"10000\r\n" + b"#" * 0x10000 + b"\r\n") * 20 + b"0\r\n\r\n",
        413,
    ),
    "body to a page": (HEAD + b"Content-Length: 5\r\n\r\nabcde", 200),
}


def address(site: str) -> tuple[str, int]:
    """Where a site's socket is."""
    found = urlsplit(site)
    return found.hostname or "", found.port or 0


def statuses(answered: bytes) -> list[int]:
    """The status of each answer in what a connection gave."""
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) ", answered)]


def say(site: str, request: bytes) -> bytes:
    """What the server answers to some bytes, until it closes or has said nothing more for a while."""
    answered = b""
    with socket.create_connection(address(site), timeout=15) as connection, suppress(OSError):
        connection.sendall(request)
        while data := connection.recv(1 << 16):
            answered += data
            connection.settimeout(0.2)
    return answered


@pytest.mark.parametrize("name", RAW)
def test_malformed_and_oversized_requests(site: str, client: httpx.Client, name: str) -> None:
    """Each has its status, and the next reader is answered."""
    request, status = RAW[name]
    assert statuses(say(site, request))[:1] == [status]
    assert client.get("/zh/").status_code == 200


def test_pipelined_requests_are_answered_in_order(site: str) -> None:
    """Of several in one piece each has its answer; a malformed one among them ends the connection."""
    pages = b"".join(b"GET /%b/ HTTP/1.1\r\nHost: localhost\r\n\r\n" % path for path in (b"zh", b"nothing", b"en"))
    assert statuses(say(site, pages)) == [200, 404, 200]
    assert statuses(say(site, HEAD + b"\r\n" + b"nonsense\r\n\r\n" + HEAD + b"\r\n"))[-1] == 400


@pytest.mark.parametrize("path", ["/zh/", "/zh/places", "/picture", "/static/explorer.css", "/.well-known/void"])
def test_pages_are_for_reading(client: httpx.Client, path: str) -> None:
    """HEAD has the headers of GET and no body; another method is told which there are."""
    assert (head := client.head(path)).status_code == 200 and head.content == b""
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
        refused = client.request(method, path)
        assert refused.status_code == 405 and "GET" in refused.headers["allow"]


# What is slow.


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little patience, so that the tests need not have more."""
    for name in ("HEAD_SECONDS", "BODY_SECONDS", "STALLED_SECONDS"):
        monkeypatch.setattr(listening, name, 0.4)


POST = (
    b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: 99\r\n\r\n"
)


@pytest.mark.parametrize(
    ("first", "drop", "status"),
    [
        (b"", b"", [408]),
        (b"GET /zh/ HT", b"T", [408]),
        (HEAD, b"X: a\r\n", [408]),
        (POST, b"#", [408]),
        (HEAD + b"\r\n" + HEAD, b"X: a\r\n", [200, 408]),
        (HEAD + b"Content-Length: 99\r\n\r\n", b"#", [200]),
    ],
    ids=["nothing", "line", "headers", "body", "second request", "body that nobody reads"],
)
def test_who_is_slow_is_let_go(
    site: str, client: httpx.Client, hasty: None, first: bytes, drop: bytes, status: list[int]
) -> None:
    """However little comes however steadily, the connection ends; others are answered meanwhile."""
    with socket.create_connection(address(site), timeout=15) as connection:
        connection.sendall(first)
        ended = threading.Event()

        def drip() -> None:
            while not ended.wait(0.05):
                try:
                    connection.sendall(drop)
                except OSError:
                    return

        dripping = threading.Thread(target=drip)
        dripping.start()
        try:
            answered = b""
            assert client.get("/zh/").status_code == 200
            try:
                while data := connection.recv(1 << 16):
                    answered += data
            except ConnectionError:
                pass
        finally:
            ended.set()
            dripping.join()
    assert statuses(answered) == status


def test_who_does_not_read_is_let_go(site: str, client: httpx.Client, hasty: None) -> None:
    """A reader who asks for much and takes nothing of it does not hold it for ever."""
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.connect(address(site))
        connection.settimeout(15)
        connection.sendall(b"GET /yasgui/yasgui.min.js HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20)
        time.sleep(2)
        taken = 0
        with suppress(ConnectionError):
            while data := connection.recv(1 << 16):
                taken += len(data)
    assert taken < 20 * len(client.get("/yasgui/yasgui.min.js").content)
    assert client.get("/zh/").status_code == 200


def test_too_many_connections(site: str, client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a number requests are answered with 503, beyond another none is taken; when they have gone all is well."""
    with ExitStack() as crowd:
        for _ in range(listening.ANSWERED):
            crowd.enter_context(socket.create_connection(address(site), timeout=15))
        assert statuses(say(site, HEAD + b"\r\n")) == [503]
        for _ in range(listening.CONNECTED - listening.ANSWERED):
            crowd.enter_context(socket.create_connection(address(site), timeout=15))
        assert statuses(say(site, HEAD + b"\r\n")) == []
    for _ in range(100):
        if statuses(say(site, HEAD + b"\r\n")) == [200]:
            return
        time.sleep(0.05)
    pytest.fail("the server does not answer again")


# What costs much.

MANY = 1 << 19


@pytest.mark.parametrize(
    "text",
    [
        "ASK {" + "a" * MANY + "}",
        "ASK {" + "a." * (MANY // 2) + "}",
        "ASK {" + "-" * MANY + "}",
        "ASK { # nobody" + "_" * MANY,
        "ASK {" + '"' * MANY,
        "ASK { '''" + '"' * MANY,
        "ASK { <" + "a" * MANY,
        "\n" * MANY,
        "VALUES ?x " * (MANY // 10),
        "PREFIX " + "a" * MANY,
        "ASK {" + "治" * MANY + "}",
    ],
    ids=["word", "dots", "hyphens", "nobody", "quotes", "long quotes", "iri", "lines", "values", "prefix", "han"],
)
def test_long_texts_are_looked_at_once(text: str) -> None:
    """What is no query is refused in time that grows with its length alone, however it is made; half a megabyte of it
    would else take an hour. The complaint is short."""
    began = time.monotonic()
    with pytest.raises(BadQuery) as caught:
        check(text)
    assert time.monotonic() - began < 30
    assert len(str(caught.value)) < 2000


@pytest.mark.parametrize("query", ["ASK {\n", "\n", "ASK {\r\n\r\n", "ASK\n{ ?x\n\n\n"])
def test_a_query_that_ends_too_early_is_explained(client: httpx.Client, query: str) -> None:
    """Also where the place is behind the last line."""
    answer = client.get("/sparql", params={"query": query})
    assert answer.status_code == 400 and "line" in answer.text


@pytest.mark.parametrize(
    ("query", "allowed"),
    [
        ("ASK { ?s ?p ?o FILTER REGEX(STR(?o), '(a+)+$') }", {200}),
        ("ASK { ?s ?p ?o FILTER REGEX(STR(?o), '((a{1,1000}){1,1000}){1,1000}') }", {200, 504}),
        ("SELECT * { ?s ?p ?o } LIMIT 99999999999999999999", {200, 400}),
        ("SELECT * { ?s ?p ?o } OFFSET 9223372036854775807 LIMIT 9223372036854775807", {200}),
        ("SELECT * { VALUES ?x { " + "1 " * 200_000 + "} }", {200}),
        ("SELECT ?x { BIND (" + "CONCAT(" * 40 + "'aaaaaaaaaa'" + ", 'b')" * 40 + " AS ?x) }", {200}),
    ],
    ids=["regex", "repetitions", "limit", "offset", "values", "calls"],
)
def test_costly_queries_end(client: httpx.Client, query: str, allowed: set[int]) -> None:
    """Within the limits, with a status that says how; the next one is answered."""
    assert client.post("/sparql", data={"query": query}).status_code in allowed
    assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True


# What is told.


def test_no_password_is_told(canary: Canary) -> None:
    """A login in a URL stands in no complaint, neither of a command nor of the server's to a reader."""
    url = canary.url.replace("http://", "http://reader:s3cret@")
    for command in (
        ["query", "-g", url, "ASK {}"],
        ["check", "-g", url],
        ["similar", "-g", url, "三江街道"],
        ["load", url],
    ):
        assert CliRunner().invoke(main, command).exit_code == 2
        told = CliRunner().invoke(main, command).output
        assert "s3cret" not in told and "reader" not in told
    with pytest.raises(GraphError) as caught:
        remote_engine(url, 1).ask("ASK {}", "*/*", httpx.Response.read)
    assert canary.url in str(caught.value) and "s3cret" not in str(caught.value)


def test_nothing_of_a_request_is_logged(site: str, client: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    """Neither an address nor a header, of a request that is answered, refused, or none."""
    with caplog.at_level("DEBUG", logger="uvicorn"):
        client.get("/zh/search?q=s3cret", headers={"authorization": "Bearer s3cret"})
        client.get("/sparql?query=s3cret", headers={"host": "s3cret.example"})
        say(site, b"s3cret nonsense\r\n\r\n")
    assert "s3cret" not in caplog.text
