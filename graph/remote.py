"""A graph behind a SPARQL endpoint: the endpoint, how it is asked, and a store to be asked as `graph.store`'s.

    RemoteStore   what `GraphStore` is for a folder: queries in, rows or pyoxigraph's answers out
    Engine        one endpoint: a query in, its HTTP answer out

Nothing is sent anywhere but to the endpoint's own URL: no proxy, no redirect, no SERVICE.
"""

import json
import re
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeVar

import httpx
import pyoxigraph as ox

from graph.errors import BadQuery, GraphError
from graph.phrasing import bind, form_of, page, with_prefixes
from graph.store import Answer
from ontology.namespace import VOCABULARY_GRAPH

T = TypeVar("T")

RESULTS, TRIPLES = "application/sparql-results+json", "application/n-triples"

# What an engine may take beyond its own limit to say that it has stopped.
_GRACE = 1.0
# Oxigraph has begun to answer with status 200 when it stops a query, and puts this where the rest should stand.
_STOPPED = b"operation has been cancelled"
# How Virtuoso says that it has more rows than it gives at once, and so does `zhili serve`.
_CUT = ("x-sparql-maxrows", "x-zhili-truncated")
# How Virtuoso names a blank node, which is no name of one in SPARQL's JSON.
_NODE = re.compile(rb'("type"\s*:\s*"bnode"\s*,\s*"value"\s*:\s*")nodeID://')
# How Virtuoso says that it has given up, with status 200 and what it had until then.
_GIVEN_UP = "x-sql-message"

_REPORTS = "SELECT DISTINCT ?graph { GRAPH ?graph { ?graph a zl:Report } }"


class TookTooLong(GraphError):
    """A query that was stopped at the time limit."""


class BrokenOff(GraphError):
    """An answer that ended before it was whole."""


class Body(NamedTuple):
    """An answer as it came, and the number of rows after which the endpoint has cut it, 0 where it is whole."""

    content: bytes
    cut: int


@dataclass(frozen=True, slots=True)
class Engine:
    """A SPARQL 1.1 endpoint, asked by HTTP.

    `timeout` is its own limit in seconds. `assets` is the URL under which a local server has YASGUI's files.
    `recover` sees to it that a server which was started before a moment (of `time.monotonic`) and has died, or hangs
    where that is said, is replaced, and tells whether there is one that was started since; None where the server is
    none of ours.
    """

    url: str
    timeout: float
    assets: str | None = None
    recover: Callable[[float, bool], bool] | None = None

    def ask(
        self,
        query: str,
        accept: str,
        take: Callable[[httpx.Response], T],
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> T:
        """What `take` makes of the answer to a query; what it reads from it has the same errors.

        A query whose server was replaced because of another one that hung, or that took it down, is asked once more.

        BadQuery where the endpoint does not understand the query, TookTooLong where it has stopped it or says nothing,
        GraphError for everything else.
        """
        form: dict[str, str | list[str]] = {"query": query}
        form |= {"default-graph-uri": [*default_graphs], "named-graph-uri": [*named_graphs]}
        since = time.monotonic()
        try:
            with self._asked(form, accept) as response:
                return take(response)
        except BrokenOff:
            if not self.recover or not self.recover(since, False):
                raise
        with self._asked(form, accept) as response:
            return take(response)

    @contextmanager
    def _asked(self, form: dict[str, str | list[str]], accept: str) -> Iterator[httpx.Response]:
        """The answer as it comes in; what is read from it in the `with` block has the same errors."""
        since = time.monotonic()
        try:
            response = self._send(form, accept)
            try:
                if response.status_code != httpx.codes.OK:
                    raise self._refusal(response)
                yield response
            finally:
                response.close()
        except (httpx.ReadTimeout, httpx.WriteTimeout) as error:
            if self.recover:
                self.recover(since, True)
            raise self.too_long() from error
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
            raise GraphError(
                f"{self.url}: no SPARQL endpoint answers there ({error}); check the URL, or start it"
            ) from error
        except httpx.HTTPError as error:
            if time.monotonic() - since >= self.timeout:  # its server was replaced for another one that hung
                raise self.too_long() from error
            raise self.broken_off(str(error)) from error

    def read(self, response: httpx.Response, most: int | None = None) -> Body:
        """An answer to its end; GraphError where it is more than so many bytes, or the endpoint has given up on it."""
        content = bytearray()
        for chunk in response.iter_bytes():
            content += chunk
            if most is not None and len(content) > most:
                raise GraphError(f"{self.url}: the answer is larger than {most} bytes; ask for less, or add a LIMIT")
        if _GIVEN_UP in response.headers:
            raise self.too_long()
        cut = next((response.headers[name] for name in _CUT if name in response.headers), "0")
        return Body(_NODE.sub(rb"\1", content), int(cut) if cut.isdecimal() else 0)

    def too_long(self, seconds: float | None = None) -> TookTooLong:
        """The complaint about a query that was stopped; after the engine's own limit where no other is named."""
        limit = f"{seconds or self.timeout:g} s"
        return TookTooLong(
            f"{self.url}: the query took longer than {limit} and was stopped; ask for less, or add a LIMIT to a subquery"
        )

    def broken_off(self, said: str | bytes) -> GraphError:
        """The complaint about an answer that is not whole; `said` is the reason, or what stands at its end."""
        if isinstance(said, bytes):
            if _STOPPED in said[-200:]:
                return self.too_long()
            said = said[-100:].decode(errors="replace")
        return BrokenOff(f"{self.url}: the answer broke off ({_first_line(said)}); ask again, or for less")

    def _send(self, form: dict[str, str | list[str]], accept: str) -> httpx.Response:
        client, since = _client(self.timeout), time.monotonic()
        request = client.build_request("POST", self.url, data=form, headers={"Accept": accept})
        try:
            return client.send(request, stream=True)
        except httpx.ConnectError:
            if self.recover is None:
                raise
        self.recover(since, True)
        return client.send(request, stream=True)

    def _refusal(self, response: httpx.Response) -> GraphError:
        said = response.read()
        first = _first_line(said.decode(errors="replace"))
        first = response.reason_phrase if not first or first.startswith("<") else first  # which is a page's beginning
        if response.status_code == httpx.codes.BAD_REQUEST:
            return BadQuery(f"{self.url}: the query is not understood there: {first}")
        if _STOPPED in said or response.status_code == httpx.codes.GATEWAY_TIMEOUT:
            return self.too_long()
        status = f"status {response.status_code}: {first}"
        return GraphError(f"{self.url}: answers with {status}; check that this is the URL of a SPARQL endpoint")


class RemoteStore:
    """A graph that can be asked where it is served; asked as `graph.store.GraphStore` is.

    Of an answer that the endpoint cuts at a number of rows the rest is asked for page by page.
    """

    def __init__(self, engine: Engine | str, timeout: float = 60.0) -> None:
        self._engine = Engine(engine, timeout) if isinstance(engine, str) else engine

    def answer(self, query: str, **iris: str) -> Answer:
        """The answer to a SPARQL query; each variable named in `iris`, one of the query's pattern, is that IRI."""
        if form_of(query) in ("CONSTRUCT", "DESCRIBE"):
            return self._triples(self._fetch(bind(query, iris), TRIPLES))
        bodies = list(self._bodies(query, iris))
        body = bodies[0] if len(bodies) == 1 else _joined(bodies)
        parsed = self._results(body)
        if isinstance(parsed, ox.QuerySolutions):
            with self._understood(body):
                deque(parsed, maxlen=0)  # what is wrong with an answer is told here, not to who reads it
            parsed = self._results(body)
        return parsed

    def select(self, query: str, **iris: str) -> Iterator[dict[str, str]]:
        """The rows of a SELECT query as strings by variable; a variable that is not bound gives an empty one."""
        if form_of(query) != "SELECT":
            raise BadQuery("the query is no SELECT query")
        for body in self._bodies(query, iris):
            yield from self._rows(body)

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs that are Zhili's, sorted: a server may hold others beside them."""
        known = self.answer(f"ASK {{ GRAPH <{VOCABULARY_GRAPH}> {{ ?s ?p ?o }} }}")
        return sorted([*(row["graph"] for row in self.select(_REPORTS)), *([VOCABULARY_GRAPH] if known else [])])

    def quads(self, graph: str) -> list[str]:
        """The quads of one named graph as sorted lines of N-Quads."""
        # Rows, not triples: of these an endpoint gives the rest, too.
        found = self.answer(f"SELECT ?s ?p ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
        assert isinstance(found, ox.QuerySolutions)
        name = ox.NamedNode(graph)
        quads = (ox.Quad(row["s"], row["p"], row["o"], name) for row in found)
        return sorted(
            map(bytes.decode, (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True))
        )

    def _bodies(self, query: str, iris: Mapping[str, str]) -> Iterator[bytes]:
        """The answer to a SELECT or ASK query; in several where the endpoint gives only so many rows at once."""
        first = self._ask(bind(query, iris), RESULTS)
        if not first.cut:
            yield first.content
            return
        columns = [variable.value for variable in self._solutions(first.content).variables]
        offset = 0
        while True:
            if (text := page(query, columns, iris, first.cut, offset)) is None:
                raise self._cut(first.cut)
            body = self._ask(text, RESULTS)
            yield body.content
            rows = sum(1 for _ in self._rows(body.content))
            offset += rows
            if not rows or rows < first.cut and not body.cut:
                return

    def _rows(self, body: bytes) -> Iterator[dict[str, str]]:
        solutions = self._solutions(body)
        try:
            names = [variable.value for variable in solutions.variables]
            with self._understood(body):
                for solution in solutions:
                    yield {name: value.value if (value := solution[name]) is not None else "" for name in names}
        finally:
            del solutions  # must go in this thread; an error would keep it, for any thread to collect

    def _fetch(self, query: str, accept: str) -> bytes:
        """The whole answer to a query; GraphError where the endpoint gives a part of it alone."""
        body = self._ask(query, accept)
        if body.cut:
            raise self._cut(body.cut)
        return body.content

    def _ask(self, query: str, accept: str) -> Body:
        # Read at once: the engine's clock does not wait for who works on the rows.
        return self._engine.ask(with_prefixes(query), accept, self._engine.read)

    def _cut(self, rows: int) -> GraphError:
        return GraphError(
            f"{self._engine.url}: gives no more than {rows} rows of an answer; ask for less, or let the server give more"
        )

    def _solutions(self, body: bytes) -> ox.QuerySolutions:
        solutions = self._results(body)
        if not isinstance(solutions, ox.QuerySolutions):
            raise self._not_sparql(body, "true or false where rows were asked for")
        return solutions

    def _results(self, body: bytes) -> ox.QuerySolutions | ox.QueryBoolean:
        with self._understood(body):
            return ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)

    def _triples(self, body: bytes) -> Answer:
        store = ox.Store()
        with self._understood(body):
            store.load(body, format=ox.RdfFormat.N_TRIPLES)
        return store.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")

    @contextmanager
    def _understood(self, body: bytes) -> Iterator[None]:
        try:
            yield
        except (SyntaxError, ValueError) as error:
            raise self._not_sparql(body, str(error)) from error

    def _not_sparql(self, body: bytes, reason: str) -> GraphError:
        if _STOPPED in body[-200:]:
            return self._engine.too_long()
        url = self._engine.url
        return GraphError(
            f"{url}: the answer is none of SPARQL's ({_first_line(reason)}); check that this is a SPARQL endpoint"
        )


def _joined(bodies: Sequence[bytes]) -> bytes:
    """Several pages of SPARQL's JSON as one."""
    pages = [json.loads(body) for body in bodies]
    rows = [row for each in pages for row in each["results"]["bindings"]]
    return json.dumps({"head": pages[0]["head"], "results": {"bindings": rows}}).encode()


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")[:200]


@lru_cache(maxsize=8)
def _client(timeout: float) -> httpx.Client:
    # No connection is kept: a server that was replaced would be met through a dead one.
    return httpx.Client(
        timeout=httpx.Timeout(timeout + _GRACE, connect=10.0),
        limits=httpx.Limits(max_keepalive_connections=0),
        trust_env=False,
        follow_redirects=False,
    )
