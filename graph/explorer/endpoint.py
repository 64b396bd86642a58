"""The SPARQL endpoint: the query operation of the SPARQL 1.1 Protocol, and a description of the service.

    request → query, checked → engine (TSV or N-Triples, a line a row) → first rows → format that is asked for

`sparql` is a Starlette endpoint for GET, HEAD, POST and OPTIONS; it reads `app.state.engine` (an `Engine`),
`app.state.limits` (`Limits`) and `app.state.shared`: whether pages of other sites may read the answers (CORS). Only the first rows of an answer are given; that it was cut is told by the header
`X-Zhili-Truncated` (how many rows were kept), and in JSON by a member `zhili` beside `head` and `results`.
"""

import json
import os
import re
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import parse_qsl

import anyio
import httpx
import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from graph.answers import turtle
from graph.errors import BadQuery, GraphError
from graph.explorer.engine import Engine
from graph.phrasing import check, with_prefixes
from graph.remote import RESULTS, TRIPLES, TookTooLong
from ontology.namespace import PREFIXES

TRUNCATED = "X-Zhili-Truncated"

_TSV = "text/tab-separated-values"
_ROWS = {
    RESULTS: ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    _TSV: ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    TRIPLES: ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
_SHORT = {
    "json": RESULTS,
    "xml": "application/sparql-results+xml",
    "csv": "text/csv",
    "tsv": _TSV,
    "ttl": "text/turtle",
    "nt": TRIPLES,
    "jsonld": "application/ld+json",
}
_ALIASES = {"application/json": RESULTS}
_PROBLEMS = ("application/problem+json", "application/json")

_SD = "http://www.w3.org/ns/sparql-service-description#"
_METHODS = "GET, HEAD, POST, OPTIONS"
_OPEN = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": f"{TRUNCATED}, Retry-After"}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": _METHODS,
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}
RETRY = {"Retry-After": "5"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may cost.

    `rows` of an answer, `seconds` to wait for a turn and again for the answer, `bytes` of a request, queries `at_once`,
    and `answer` bytes as they come from the engine, whatever the number of rows. A query keeps a processor busy, so that
    more than three for each at once would only hold each other up until their time is over; those wait for a turn.
    """

    rows: int = 10_000
    seconds: float = 20.0
    bytes: int = 1 << 20
    at_once: int = 3 * (os.cpu_count() or 1)
    answer: int = 64 << 20


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request: the query, "" where there is none, its dataset, and the short name of a format, "" for none."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    format: str
    wants_description: bool


class Refused(Exception):
    """A request that is answered with a status and a line."""

    def __init__(self, status: int, text: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(text)
        self.status = status
        self.headers = headers or {}


async def sparql(request: Request) -> Response:
    """Answers a query, describes the service, or says in a line what is wrong with the request."""
    shared: bool = request.app.state.shared
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": _METHODS, **({**_OPEN, **_PREFLIGHT} if shared else {})})
    try:
        response = await _respond(request)
    except Refused as refused:
        response = complaint(request, refused.status, str(refused), refused.headers)
    except BadQuery as error:
        response = complaint(request, 400, str(error))
    except TookTooLong as error:
        response = complaint(request, 504, str(error))
    except GraphError as error:
        response = complaint(request, 502, str(error))
    response.headers.update({"Vary": "Accept", **(_OPEN if shared else {})})
    return response


async def _respond(request: Request) -> Response:
    limits: Limits = request.app.state.limits
    asked = await _read_request(request, limits)
    accept = request.headers.get("accept") or "*/*"
    if not asked.query:
        # `*/*` alone wants no description: it comes from who has forgotten the query.
        if not asked.wants_description and negotiate(accept.replace("*/*", ""), GRAPHS) is None:
            raise Refused(400, "no query; give one as ?query=… or by POST, or ask for text/turtle for a description")
        media_type = answer_type(asked.format, accept, GRAPHS)
        return typed(describe(iri(str(request.url.replace(query="", fragment=""))), media_type), media_type)
    async with _turn(request, limits):
        form = await run_in_threadpool(check, asked.query)
        media_type = answer_type(asked.format, accept, _ROWS if form in ("SELECT", "ASK") else GRAPHS)
        return await run_in_threadpool(_answer, request.app.state.engine, asked, form, media_type, limits)


async def _read_request(request: Request, limits: Limits) -> _Asked:
    """What is asked, by any of the protocol's three ways."""
    pairs = _pairs(request.url.query)
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == "application/sparql-update":
            raise _read_only()
        if kind not in ("application/x-www-form-urlencoded", "application/sparql-query"):
            ways = "application/x-www-form-urlencoded or application/sparql-query"
            raise Refused(415, f"{kind or 'no content type'}: not understood; send {ways}")
        body = await _text(request, limits)
        pairs += _pairs(body) if kind.endswith("urlencoded") else [("query", body)]
    elif request.method not in ("GET", "HEAD"):
        raise Refused(405, f"{request.method}: not answered; ask by GET or POST", {"Allow": _METHODS})
    if any(name == "update" for name, _ in pairs):
        raise _read_only()
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) > 1 or queries == [""]:
        raise Refused(400, f"{len(queries)} queries, or an empty one; give exactly one")
    if request.method == "POST" and not queries:
        raise Refused(400, "no query; give one as query=…")
    if queries and len(queries[0].encode()) > limits.bytes:
        raise _too_large(limits)
    graphs = {
        name: tuple(iri(value) for key, value in pairs if key == name)
        for name in ("default-graph-uri", "named-graph-uri")
    }
    return _Asked(
        "".join(queries),
        graphs["default-graph-uri"],
        graphs["named-graph-uri"],
        next((value for name, value in pairs if name == "format"), ""),
        any(name == "service-description" for name, _ in pairs),
    )


def _pairs(encoded: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded, keep_blank_values=True, errors="strict")
    except ValueError as error:
        raise Refused(400, f"the parameters are not UTF-8 or too many ({error})") from error


async def body_of(request: Request, largest: int) -> bytes | None:
    """What a request brings; None where that is more than so many bytes. Refused where it breaks off."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > largest:
                return None
    except ClientDisconnect as error:
        raise Refused(400, "the request broke off") from error
    return bytes(body)


async def _text(request: Request, limits: Limits) -> str:
    body = await body_of(request, limits.bytes)
    if body is None:
        raise _too_large(limits)
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise Refused(400, f"the request is not UTF-8 ({error.reason} at byte {error.start})") from error


def iri(value: str) -> str:
    """An IRI as it is; Refused where it is none."""
    try:
        return ox.NamedNode(value).value
    except ValueError as error:
        raise Refused(400, f"{value}: is no IRI of a graph ({error})") from error


def _read_only() -> Refused:
    return Refused(403, "read-only: updates are not answered; ask SELECT, ASK, CONSTRUCT or DESCRIBE")


def _too_large(limits: Limits) -> Refused:
    return Refused(413, f"the query is larger than {limits.bytes} bytes; ask a shorter one")


def answer_type(short: str, accept: str, offers: Mapping[str, object]) -> str:
    """The media type to answer in: of `?format=`, which is for those who cannot set Accept, or else of Accept."""
    if short and short not in _SHORT:
        raise Refused(400, f"format={short}: no such format; there are {', '.join(_SHORT)}")
    chosen = _SHORT[short] if short else negotiate(accept, offers)
    if chosen is None or chosen not in offers:
        raise Refused(406, f"{short or accept}: not for this query; there are {', '.join(offers)}")
    return chosen


def negotiate(accept: str, offers: Mapping[str, object]) -> str | None:
    """The offered media type that an Accept header likes best, of several the first offered; None where none fits."""
    ranges = [_range(part) for part in accept.split(",") if part.strip()]
    best, liked = None, 0.0
    for offer in offers:
        fitting = [(len(wanted.replace("*", "")), q) for wanted, q in ranges if _fits(offer, wanted)]
        if fitting and max(fitting)[1] > liked:
            best, liked = offer, max(fitting)[1]
    return best


def _range(part: str) -> tuple[str, float]:
    """A media range of an Accept header without its parameters, and its quality."""
    wanted, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = next((value[2:] for value in parameters if value.startswith("q=")), "1")
    return _ALIASES.get(wanted, wanted), float(quality) if re.fullmatch(r"[01](\.\d{0,3})?", quality) else 0.0


def _fits(offer: str, wanted: str) -> bool:
    return wanted in (offer, "*/*") or wanted == offer.partition("/")[0] + "/*"


@asynccontextmanager
async def _turn(request: Request, limits: Limits) -> AsyncIterator[None]:
    """One of the turns that there are at a time; 503 where none comes up."""
    state = request.app.state
    if not hasattr(state, "sparql_turns"):
        state.sparql_turns = anyio.Semaphore(limits.at_once)
    turns: anyio.Semaphore = state.sparql_turns
    with anyio.move_on_after(limits.seconds) as waiting:
        await turns.acquire()
    if waiting.cancelled_caught:
        raise Refused(503, f"{limits.at_once} queries are being answered already; ask again in a while", RETRY)
    try:
        yield
    finally:
        turns.release()


def _answer(engine: Engine, asked: _Asked, form: str, media_type: str, limits: Limits) -> Response:
    """The engine's answer, cut and in the format that is asked for. Blocks."""
    # Row by row from our own server alone: Virtuoso's TSV is not SPARQL's.
    rows = _TSV if engine.recover else RESULTS
    fetched_as = {"SELECT": rows, "ASK": RESULTS}.get(form, TRIPLES)
    graphs = {"default_graphs": asked.default_graphs, "named_graphs": asked.named_graphs}

    def take(response: httpx.Response) -> tuple[bytes, int, bool]:
        if fetched_as == RESULTS:
            return _first_rows(engine, response, limits)
        heading = int(form == "SELECT")  # TSV has a line with the names
        lines, cut = _first_lines(engine, response, limits.rows + heading, limits)
        return b"".join(lines), len(lines) - heading, cut

    body, kept, cut = engine.ask(with_prefixes(asked.query), fetched_as, take, **graphs)
    convert = _in_triples if fetched_as == TRIPLES else _in_rows
    content = convert(engine, body, fetched_as, media_type)
    if cut and media_type == RESULTS:
        told = json.dumps({"zhili": {"truncated": True, "rows": kept}})
        content = told.encode()[:-1] + b"," + content.removeprefix(b"{")
    found = typed(content, media_type)
    if cut:
        found.headers[TRUNCATED] = str(kept)
    return found


def _first_rows(engine: Engine, response: httpx.Response, limits: Limits) -> tuple[bytes, int, bool]:
    """SPARQL's JSON with as many rows as the limits allow, their number, and whether there were more."""
    body = engine.read(response, limits.answer)
    try:
        found = json.loads(body.content)
        rows = found.get("results", {}).get("bindings", [])
    except (ValueError, AttributeError) as error:
        raise _nonsense(engine, error) from error
    if len(rows) <= limits.rows:
        return body.content, len(rows), bool(body.cut)
    del rows[limits.rows :]
    return json.dumps(found).encode(), limits.rows, True


def _first_lines(engine: Engine, response: httpx.Response, wanted: int, limits: Limits) -> tuple[list[bytes], bool]:
    """Up to so many whole lines with their ends, and whether there were more; an answer that breaks off is an error."""
    end = time.monotonic() + max(limits.seconds, engine.timeout)
    data, ends = bytearray(), 0
    for chunk in response.iter_bytes():
        data += chunk
        ends += chunk.count(b"\n")
        if ends > wanted or len(data) > limits.answer:
            return _lines(data)[:wanted], True
        if time.monotonic() > end:
            raise engine.too_long(max(limits.seconds, engine.timeout))
    if data and not data.endswith(b"\n"):
        raise engine.broken_off(bytes(data))
    return _lines(data), False


def _lines(data: bytearray) -> list[bytes]:
    """The whole lines: a literal may hold other characters that end lines elsewhere."""
    return [bytes(line) + b"\n" for line in data.split(b"\n")[:-1]]


def _in_rows(engine: Engine, body: bytes, fetched_as: str, media_type: str) -> bytes:
    """A SELECT's or ASK's answer in another format."""
    try:
        parsed = ox.parse_query_results(body, format=_ROWS[fetched_as])
        return parsed.serialize(format=_ROWS[media_type]) or b""
    except (SyntaxError, ValueError, OSError) as error:
        raise _nonsense(engine, error) from error


def _in_triples(engine: Engine, body: bytes, fetched_as: str, media_type: str) -> bytes:
    """A CONSTRUCT's or DESCRIBE's answer in another format, each triple once."""
    try:
        triples = [*dict.fromkeys(quad.triple for quad in ox.parse(body, format=GRAPHS[fetched_as]))]
    except (SyntaxError, ValueError, OSError) as error:
        raise _nonsense(engine, error) from error
    return serialized(triples, media_type)


def _nonsense(engine: Engine, error: Exception) -> GraphError:
    reason = str(error).partition("\n")[0]
    return GraphError(f"{engine.url}: the answer is none of SPARQL's ({reason}); check that this is a SPARQL endpoint")


def serialized(triples: list[ox.Triple], media_type: str) -> bytes:
    """Triples in a format of GRAPHS."""
    if media_type == "text/turtle":
        return turtle(triples).encode()
    return ox.serialize(triples, format=GRAPHS[media_type], prefixes=PREFIXES) or b""


def describe(endpoint: str, media_type: str) -> bytes:
    """The service's description in the terms of SPARQL 1.1 Service Description, in an RDF format.

    The default graph is the union of all named graphs, which are as many as there are reports and not listed.
    """
    service, dataset, graph = ox.NamedNode(endpoint), ox.BlankNode("dataset"), ox.BlankNode("graph")
    kind = ox.NamedNode(PREFIXES["rdf"] + "type")
    formats = map(ox.NamedNode, [*(each.iri for each in _ROWS.values()), *(each.iri for each in GRAPHS.values())])
    return serialized(
        [
            ox.Triple(service, kind, _sd("Service")),
            ox.Triple(service, _sd("endpoint"), service),
            ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
            ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph")),
            *(ox.Triple(service, _sd("resultFormat"), each) for each in formats),
            ox.Triple(service, _sd("defaultDataset"), dataset),
            ox.Triple(dataset, kind, _sd("Dataset")),
            ox.Triple(dataset, _sd("defaultGraph"), graph),
            ox.Triple(graph, kind, _sd("Graph")),
        ],
        media_type,
    )


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)


def typed(content: bytes, media_type: str) -> Response:
    """An answer with its media type."""
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    return Response(content, headers={"Content-Type": media_type + charset})


def complaint(request: Request, status: int, text: str, headers: Mapping[str, str] | None = None) -> Response:
    """What is wrong as plain text, or as RFC 9457 has it for who asks for JSON."""
    wanted = {part.partition(";")[0].strip().lower() for part in request.headers.get("accept", "").split(",")}
    if wanted.intersection(_PROBLEMS):
        problem = {"status": status, "detail": text}
        return JSONResponse(problem, status, headers=headers, media_type=_PROBLEMS[0])
    return PlainTextResponse(text + "\n", status, headers=headers)
