"""Writing, for who has the token: a report's graph is put or deleted by the SPARQL 1.1 Graph Store HTTP Protocol.

    /store?graph=IRI    GET, HEAD, PUT, DELETE
    /report/…           PUT, DELETE of the report whose IRI this is, read as an address of this server

`store` is a Starlette endpoint; it reads `app.state.writer` (a `Writer`) and `app.state.served`. There are routes to it
only where a server has a token.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from graph.errors import AtWork, BadGraph, GraphError, Outdated
from graph.explorer.endpoint import GRAPHS, RETRY, Refused, answer_type, body_of, complaint, iri, serialized, typed
from graph.explorer.guard import Token
from graph.store import Queryable
from graph.writing import FORMATS, LARGEST
from ontology.namespace import PREFIXES

# What a reader has been told by ETag: the state of a graph, and in which format it was given.
_TAG = re.compile(r'(?<!W/)"([0-9a-f]{32})(?:-\w+)?"|(\*)')
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="zhili"'}

May = Callable[[str], bool]


class Write(Protocol):
    """Puts a body of a media type in the place of a graph, or deletes it with None; its states before and after."""

    def __call__(self, graph: str, body: bytes | None, media_type: str, may: May) -> tuple[str, str]: ...


@dataclass(frozen=True, slots=True)
class Writer:
    """Who may write, by which `token`; what names the `state` of a graph that is served, "" for none; how to `write`."""

    token: Token
    state: Callable[[str], str]
    write: Write


async def store(request: Request, graph: str = "") -> Response:
    """Answers for a graph, the one that the address names where none is given, or says in a line what is wrong."""
    try:
        if request.method in ("GET", "HEAD"):
            return await run_in_threadpool(_get, request, _named(request))
        return await _write(request, graph)
    except Refused as refused:
        return complaint(request, refused.status, str(refused), refused.headers)
    except BadGraph as error:
        return complaint(request, 422, str(error))
    except Outdated as error:
        return complaint(request, 412, str(error))
    except AtWork as error:
        return complaint(request, 503, str(error), RETRY)
    except GraphError as error:
        return complaint(request, 500, str(error))


def _named(request: Request) -> str:
    graphs = request.query_params.getlist("graph")
    if len(graphs) != 1 or len(request.query_params) > 1 + ("format" in request.query_params):
        raise Refused(400, "name one graph by ?graph=IRI, and nothing else but a format")
    return iri(graphs[0])


def _get(request: Request, graph: str) -> Response:
    """The graph. Blocks."""
    writer: Writer = request.app.state.writer
    known: Queryable = request.app.state.served.known.store
    media_type = answer_type(request.query_params.get("format", ""), request.headers.get("accept") or "*/*", GRAPHS)
    state = writer.state(graph)
    if not state:
        raise Refused(404, f"{graph}: no such graph")
    tag = f'"{state}-{GRAPHS[media_type].file_extension}"'
    headers = {"ETag": tag, "Vary": "Accept"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    quads = ox.parse("".join(known.quads(graph)), format=ox.RdfFormat.N_QUADS)
    response = typed(serialized([quad.triple for quad in quads], media_type), media_type)
    response.headers.update(headers)
    return response


async def _write(request: Request, graph: str) -> Response:
    writer: Writer = request.app.state.writer
    # Before all else, so that who has no token learns nothing.
    if not writer.token.is_in(request.headers):
        raise Refused(401, "writing needs the token of this server: Authorization: Bearer …", _CHALLENGE)
    graph = graph or _named(request)
    if not graph.startswith(PREFIXES["report"]):
        raise Refused(403, f"{graph}: is no report's graph, and only those can be put or deleted")
    may = _may(request.headers)
    if request.method == "DELETE":
        before, _ = await run_in_threadpool(writer.write, graph, None, "", may)
        if not before:
            raise Refused(404, f"{graph}: no such graph")
        return Response(status_code=204)
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in FORMATS or "content-encoding" in request.headers or "content-range" in request.headers:
        raise Refused(415, f"send the whole graph as {', '.join(FORMATS)}, as it is")
    body = await body_of(request, LARGEST)
    if body is None:
        raise Refused(413, f"the graph is larger than {LARGEST} bytes")
    before, _ = await run_in_threadpool(writer.write, graph, body, media_type, may)
    return Response(status_code=204 if before else 201)


def _may(headers: Headers) -> May:
    """Whether a state is one that a request would replace (If-Match, If-None-Match)."""
    wanted, unwanted = _tags(headers, "if-match"), _tags(headers, "if-none-match")

    def may(state: str) -> bool:
        fits = wanted is None or (bool(state) and not wanted.isdisjoint(("*", state)))
        return fits and not (unwanted and state and not unwanted.isdisjoint(("*", state)))

    return may


def _tags(headers: Headers, name: str) -> set[str] | None:
    """The states that a header names; None where there is none."""
    if name not in headers:
        return None
    return {state or every for state, every in _TAG.findall(",".join(headers.getlist(name)))}
