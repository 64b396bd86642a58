"""A graph behind a SPARQL endpoint: the endpoint, how it is asked, and a store to be asked as `graph.store`'s.

    RemoteStore   what `GraphStore` is for a folder: queries in, rows or pyoxigraph's answers out
    Engine        one endpoint: a query in, its HTTP answer out
    check         a query in, its form out, or why it is not sent; nothing is evaluated
    with_prefixes a query in, the same with the project's prefixes declared out

Nothing is sent anywhere but to the endpoint's own URL: no proxy, no redirect, no SERVICE.
"""

import re
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache

import httpx
import pyoxigraph as ox

from graph.errors import BadQuery, GraphError
from graph.sparql import QUIET, mask, refuse_service
from graph.store import Answer, GraphStore
from ontology.namespace import PREFIXES

RESULTS, TRIPLES = "application/sparql-results+json", "application/n-triples"

# What an engine may take beyond its own limit to say that it has stopped.
_GRACE = 1.0
# Oxigraph has begun to answer with status 200 when it stops a query, and puts this where the rest should stand.
_STOPPED = b"operation has been cancelled"

# Of a masked query, in which strings and IRIs are backticks.
_PROLOGUE = re.compile(
    r"(?:\s|BASE\s*+`+|VERSION\s*+`+|PREFIX\s*+[^\s`]*+\s*+`+)*+(?P<form>SELECT|ASK|CONSTRUCT|DESCRIBE)\b",
    re.IGNORECASE,
)
_DECLARED = re.compile(r"\bPREFIX\s*+([^\s:`]*+)\s*+:", re.IGNORECASE)
_LAST_VALUES = re.compile(r"\bVALUES\s*(?:[?$]\w+|\([^(){}]*\))\s*\{[^{}]*\}\s*$", re.IGNORECASE)
_EXISTS = re.compile(r"\bEXISTS\s*$", re.IGNORECASE)
# Parsers recurse along brackets and along chains of these; Oxigraph's ends its process where the stack is full.
_STEP = re.compile(
    r"[*+/|!{]|&&|-(?=[\s\d.?$(+])|(?<=\))-|\b(?:AS|BIND|FILTER|GRAPH|MINUS|OPTIONAL|UNION)\b", re.IGNORECASE
)
_MOST_STEPS, _DEEPEST = 300, 60
# Oxigraph's optimizer takes time by the fourth power of the patterns: half a second for a hundred. These are terms, by
# threes a pattern, and what adds a pattern with one term more; long lists of data are left aside.
_LIST = re.compile(r"\bVALUES\s*+(?:[?$]\w++|\([^(){}]*+\))\s*+\{[^{}]*+\}|\bIN\s*+\([^()]*+\)", re.IGNORECASE)
_TERM = re.compile(r"[?$]\w+|`|[\w.-]*:[\w.%:-]*|\b\d[\w.]*|\b(?:true|false)\b|[;(\[]|(?P<more>,)", re.IGNORECASE)
_MOST_TERMS = 300
_IRI = re.compile(r'[^<>"{}|^`\\\x00-\x20]+')


class TookTooLong(GraphError):
    """A query that was stopped at the time limit."""


@dataclass(frozen=True, slots=True)
class Engine:
    """A SPARQL 1.1 endpoint, asked by HTTP.

    `timeout` is its own limit in seconds. `assets` is the URL under which a local server has YASGUI's files.
    `recover` sees to it that a server which was started before a moment (of `time.monotonic`), and has died or hangs,
    is replaced; None where the server is none of ours.
    """

    url: str
    timeout: float
    assets: str | None = None
    recover: Callable[[float], None] | None = None

    @contextmanager
    def ask(
        self, query: str, accept: str, *, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
    ) -> Iterator[httpx.Response]:
        """The answer to a query as it comes in; what is read from it in the `with` block has the same errors.

        BadQuery where the endpoint does not understand the query, TookTooLong where it has stopped it or says nothing,
        GraphError for everything else.
        """
        form: dict[str, str | list[str]] = {"query": query}
        form |= {"default-graph-uri": [*default_graphs], "named-graph-uri": [*named_graphs]}
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
                self.recover(since)
            raise self.too_long() from error
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
            raise GraphError(
                f"{self.url}: no SPARQL endpoint answers there ({error}); check the URL, or start it"
            ) from error
        except httpx.HTTPError as error:
            if time.monotonic() - since >= self.timeout:  # its server was replaced for another one that hung
                raise self.too_long() from error
            raise self.broken_off(str(error)) from error

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
        return GraphError(f"{self.url}: the answer broke off ({_first_line(said)}); ask again, or for less")

    def _send(self, form: dict[str, str | list[str]], accept: str) -> httpx.Response:
        client, since = _client(self.timeout), time.monotonic()
        request = client.build_request("POST", self.url, data=form, headers={"Accept": accept})
        try:
            return client.send(request, stream=True)
        except httpx.ConnectError:
            if self.recover is None:
                raise
        self.recover(since)
        return client.send(request, stream=True)

    def _refusal(self, response: httpx.Response) -> GraphError:
        said = response.read()
        first = _first_line(said.decode(errors="replace")) or response.reason_phrase
        if response.status_code == httpx.codes.BAD_REQUEST:
            return BadQuery(f"{self.url}: the query is not understood there: {first}")
        if _STOPPED in said or response.status_code == httpx.codes.GATEWAY_TIMEOUT:
            return self.too_long()
        status = f"status {response.status_code}: {first}"
        return GraphError(f"{self.url}: answers with {status}; check that this is the URL of a SPARQL endpoint")


class RemoteStore:
    """A graph that can be asked where it is served; asked as `graph.store.GraphStore` is."""

    def __init__(self, engine: Engine | str, timeout: float = 60.0) -> None:
        self._engine = Engine(engine, timeout) if isinstance(engine, str) else engine

    def answer(self, query: str, **iris: str) -> Answer:
        """The answer to a SPARQL query; each variable named in `iris`, one of the query's pattern, is that IRI."""
        if check(query) in ("CONSTRUCT", "DESCRIBE"):
            return self._triples(self._fetch(query, iris, TRIPLES))
        body = self._fetch(query, iris, RESULTS)
        parsed = self._results(body)
        if isinstance(parsed, ox.QuerySolutions):
            with self._understood(body):
                deque(parsed, maxlen=0)  # what is wrong with an answer is told here, not to who reads it
            parsed = self._results(body)
        return parsed

    def select(self, query: str, **iris: str) -> Iterator[dict[str, str]]:
        """The rows of a SELECT query as strings by variable; a variable that is not bound gives an empty one."""
        if check(query) != "SELECT":
            raise BadQuery("the query is no SELECT query")
        body = self._fetch(query, iris, RESULTS)
        solutions = self._results(body)
        try:
            if not isinstance(solutions, ox.QuerySolutions):
                raise self._not_sparql(body, "true or false where rows were asked for")
            names = [variable.value for variable in solutions.variables]
            with self._understood(body):
                for solution in solutions:
                    yield {name: value.value if (value := solution[name]) is not None else "" for name in names}
        finally:
            del solutions  # must go in this thread; an error would keep it, for any thread to collect

    def _fetch(self, query: str, iris: Mapping[str, str], accept: str) -> bytes:
        # Read at once: the engine's clock does not wait for who works on the rows.
        with self._engine.ask(with_prefixes(_bind(query, iris)), accept) as response:
            return response.read()

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


def check(query: str) -> str:
    """The form of a query: SELECT, ASK, CONSTRUCT or DESCRIBE; BadQuery where it is no SPARQL or may not be sent.

    Not sent is what asks another server, or is so long or nested that reading it would hold or end a process.

    The query is parsed and not evaluated, however little an empty store would seem to give it to do.
    """
    refuse_service(query)
    masked = mask(query)
    _refuse_entangled(masked)
    _refuse_long(query)
    # Oxigraph refuses to give a value to a variable that is not selected after it has parsed, before it evaluates.
    nobody = "nobody"
    while nobody in query:
        nobody += "_"
    with suppress(RuntimeError):
        GraphStore(ox.Store()).answer(query, **{nobody: PREFIXES["zl"]})
    if not (found := _PROLOGUE.match(masked)):
        raise BadQuery("the query is no SELECT, ASK, CONSTRUCT or DESCRIBE")
    return found["form"].upper()


def _refuse_entangled(masked: str) -> None:
    steps = sum(1 for _ in _STEP.finditer(masked))
    if steps > _MOST_STEPS:
        raise BadQuery(f"the query has {steps} operators and groups, more than {_MOST_STEPS}; ask it in parts")
    depth = 0
    for bracket in re.finditer(r"[\[({]|[\])}]", masked):
        depth += 1 if bracket[0] in "[({" else -1
        if depth > _DEEPEST:
            raise BadQuery(f"the query's brackets are nested more than {_DEEPEST} deep; ask it in parts")


def _refuse_long(query: str) -> None:
    # Here each string and IRI is one backtick, so that two without a blank between are not taken for one.
    marked = QUIET.sub(lambda found: " " if found["comment"] else "` ", query)
    terms = sum(3 if found["more"] else 1 for found in _TERM.finditer(_LIST.sub(" ", marked)))
    if terms > _MOST_TERMS:
        raise BadQuery(
            f"the query has {terms} terms beside its lists of values, more than {_MOST_TERMS}; ask it in parts"
        )


def with_prefixes(query: str) -> str:
    """The query with those of the project's prefixes declared that it does not declare itself, in its first line."""
    masked = mask(query)
    found = _PROLOGUE.match(masked)
    own = set(_DECLARED.findall(masked[: found.start("form")] if found else ""))
    return "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items() if name not in own) + query


def _bind(query: str, iris: Mapping[str, str]) -> str:
    """The query with each variable bound to an IRI by a VALUES clause at its end."""
    for iri in iris.values():
        if not _IRI.fullmatch(iri):
            raise BadQuery(f"{iri}: is no IRI; blanks, quotation marks, brackets, ^, |, ` and \\ must be encoded")
    if not iris:
        return query
    names, values = " ".join(f"?{name}" for name in iris), " ".join(f"<{iri}>" for iri in iris.values())
    return f"{_free_end(query)}\nVALUES ({names}) {{ ({values}) }}"


def _free_end(query: str) -> str:
    """The query without a VALUES clause at its end: such a one is moved into the pattern, where it means the same."""
    masked = mask(query)
    if not (last := _LAST_VALUES.search(masked)):
        return query
    start, end = _pattern(masked[: last.start()])
    values, rest = query[last.start() :], query[end : last.start()]
    return f"{query[:start]}{{ {query[start:end]} {values}\n}} {rest}"


def _pattern(masked: str) -> tuple[int, int]:
    """Where the query's pattern stands, brackets included: the last outermost group that is not of an EXISTS."""
    found, depth, start = (0, 0), 0, 0
    for bracket in re.finditer(r"[{}]", masked):
        if bracket[0] == "{":
            start = start if depth else bracket.start()
            depth += 1
            continue
        depth -= 1
        if not depth and not _EXISTS.search(masked[:start]):
            found = (start, bracket.end())
    return found


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
