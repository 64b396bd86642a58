"""The explorer as a web application: addresses, languages, twins as JSON and CSV, errors written for people.

An address is a language and then what it is about: `/zh/places?province=浙江省`, `/en/mechanism/legal-adviser`. Every
page has a twin as data (`format=json`) and each of its tables one as CSV (`format=csv&table=…`). The IRI of a thing,
read as an address of this server, leads to its page, or to its triples for who asks for RDF.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from urllib.parse import unquote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from graph.drawing import frame
from graph.errors import AmbiguousThing, GraphError, Misnamed, UnknownThing
from graph.explorer.endpoint import Limits, sparql
from graph.explorer.engine import Asset, Engine
from graph.explorer.facets import FACETS
from graph.explorer.graphstore import Writer, store
from graph.explorer.guard import POLICY, Access, Guard
from graph.explorer.knowledge import Knowledge
from graph.explorer.nearby import Choice, chosen, short
from graph.explorer.openapi import document
from graph.explorer.page import LANGUAGES, Link, Page, asked_page, part, path_of, with_query
from graph.explorer.views import (
    aggregates,
    asking,
    comparing,
    following,
    grouping,
    neighbourhood,
    numbers,
    overview,
    passages,
    places,
    reach,
    reports,
    responding,
    spreading,
    things,
)
from graph.explorer.words import Words, words_of
from graph.index.search import Index
from graph.naming import find_place
from ontology.namespace import BASE, PREFIXES, VOCABULARY_GRAPH, indicator, key, practice

_STATIC = {"explorer.css": "text/css", "explorer.js": "text/javascript", "query.js": "text/javascript"}
_PICTURE = f"/picture?version={sha256(frame().encode()).hexdigest()[:12]}"
# YASGUI's table writes one style of its own into the page, which is known by its digest; its styles bring fonts.
_EDITOR = POLICY.replace(
    "style-src 'self'",
    "style-src 'self' 'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='; font-src 'self' data:",
)
_LONGEST = 2000  # characters of a name in an address, nine for a Chinese one
# The lists, and the kind of thing that each is of.
_LISTS = {"mechanisms": "mechanism", "practices": "practice", "weaknesses": "weakness"}
# In which entry of the menu the page of a thing is; any other is in that of the first part of its address.
_MENU = {kind: name for name, kind in _LISTS.items()} | {
    "division": "places", "report": "places", "indicator": "indicators", "contradictions": "indicators",
    "groups": "similar", "promises": "similar", "responses": "similar",
}  # fmt: skip

View = Callable[[Knowledge, Words, Mapping[str, str]], Page]


@dataclass(frozen=True, slots=True)
class _Served:
    """What the addresses share."""

    known: Knowledge
    index: Index
    editor: Mapping[str, Asset]
    templates: Environment


def create_app(
    known: Knowledge,
    index: Index,
    engine: Engine,
    limits: Limits,
    editor: Mapping[str, Asset] | None = None,
    access: Access | None = None,
    writer: Writer | None = None,
) -> ASGIApp:
    """The application over a graph: what is known of it, its search index, and who answers queries within what limits.

    `access` says who may ask: this machine alone, where it is not given. `editor` are YASGUI's files (`graph.explorer.engine.yasgui_assets`).
    With a `writer` graphs can be put and deleted.
    """
    told = {GraphError: _failed, Exception: _failed, HTTPException: _refused}
    app = Starlette(routes=[*(_writing() if writer else ()), *_routes()], exception_handlers=told)
    app.state.served = _Served(known, index, editor or {}, _templates())
    access = access or Access()
    app.state.engine, app.state.limits, app.state.shared = engine, limits, access.shared
    app.state.writer = writer
    return Guard(app, access)


def _routes() -> list[BaseRoute]:
    pages: dict[str, View] = {
        "": lambda known, words, choice: overview.start(known, words),
        "places": places.places,
        "indicators": things.indicators,
        "spread": reach.spread,
        "contradictions": numbers.contradicting,
        "spread/network": spreading.network,
        "about": lambda known, words, choice: overview.about(known, words),
        "similar": comparing.alike,
        "promises": following.promises,
        "responses": responding.responses,
        "groups": lambda known, words, choice: grouping.groups(known, words),
        **{name: _list(kind) for name, kind in _LISTS.items()},
    }
    found: list[BaseRoute] = [
        Route("/", _choose_language),
        Route("/static/{name}", _static),
        Route("/yasgui/{name}", _yasgui),
        Route("/sparql", sparql, methods=["GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"]),
        Route("/picture", _picture),
        Route("/sentences", _sentences),
    ]
    found += [Route(f"/{{language}}/{name}", _shown(view)) for name, view in pages.items()]
    found += [
        Route("/{language}/search", _search),
        Route("/{language}/place", _named_place),
        Route("/{language}/compare", _compare),
        Route("/{language}/passages", _passages),
        Route("/{language}/graph", _graph),
        Route("/{language}/query", _query),
        Route("/{language}/ontology", _shown(pages["about"])),
        Route("/ontology", _ontology),
        Route("/.well-known/void", _dataset),
        Route("/openapi.json", _openapi),
        # Before pages: the IRI of a report or an indicator has as many parts as the address of one.
        *(Route(f"/{kind}/{{rest:path}}", _leads_to) for kind in PREFIXES),
        Route("/{language}/{kind}/{rest:path}", _entity),
        Route("/{kind}/{rest:path}", _leads_to),
    ]
    return found


def _writing() -> list[BaseRoute]:
    async def direct(request: Request) -> Response:
        return await store(request, iri_of("report", _rest(request)))

    return [
        Route("/store", store, methods=["GET", "HEAD", "PUT", "DELETE"]),
        Route("/report/{rest:path}", direct, methods=["PUT", "DELETE"]),
    ]


def _list(kind: str) -> View:
    return lambda known, words, choice: things.things(known, words, kind, choice)


def _shown(view: View) -> Callable[[Request], Response]:
    def show(request: Request) -> Response:
        return _answer(request, view(_served(request).known, _words(request), request.query_params))

    return show


def _search(request: Request) -> Response:
    served = _served(request)
    return _answer(request, overview.search(served.known, _words(request), served.index, request.query_params))


def _compare(request: Request) -> Response:
    return _answer(
        request, comparing.compare(_served(request).known, _words(request), request.query_params.getlist("place"))
    )


def _passages(request: Request) -> Response:
    known, words, asked = _served(request).known, _words(request), request.query_params
    iri = _iri_of_path(asked.get("report", ""))
    if asked.get("report") and iri not in known.catalogue.numbers:
        raise UnknownThing(asked["report"])
    report = known.report(iri) if iri else None
    if asked.get("words", "").strip():
        return _answer(request, passages.travelled(known, words, asked["words"].strip(), report, asked))
    if report:
        return _answer(request, passages.borrowed(known, words, report))
    return _answer(request, passages.passages(known, words, asked))


def _named_place(request: Request) -> Response:
    """The page of the place that is called so, or what near names there are."""
    place = find_place(_served(request).known.catalogue.places.values(), request.query_params.get("name", ""))
    return RedirectResponse(f"/{_words(request).language}{path_of(place.iri)}", 303)


def _graph(request: Request) -> Response:
    known, words, asked = _served(request).known, _words(request), request.query_params
    if not asked.get("around"):
        return _answer(request, aggregates.overview(known, words, asked))
    around = (_iri_of_path(each) for each in asked.getlist("around"))
    middle = [iri for iri in around if iri in known.catalogue.places or iri in known.catalogue.things]
    middle = [*dict.fromkeys(middle)][: neighbourhood.CENTRES]
    if not middle:
        raise UnknownThing(asked["around"])
    return _answer(request, neighbourhood.neighbours(known, words, middle, _choice(request), asked))


def _query(request: Request) -> Response:
    page = asking.query(_words(request), request.app.state.limits, request.query_params.get("query", ""))
    response = _answer(request, page)
    response.headers["content-security-policy"] = _EDITOR
    return response


def _yasgui(request: Request) -> Response:
    asset = _served(request).editor.get(request.path_params["name"])
    if asset is None:
        raise HTTPException(404)
    return Response(asset.content, media_type=asset.media_type, headers={"cache-control": "max-age=86400"})


def _picture(request: Request) -> Response:
    """The frame of all pictures, which shows the data of the page that it stands in.

    It brings a policy of its own, which allows its own scripts and questions to this server. Its address names its
    version, so that a browser that has it need not ask again.
    """
    headers = {"content-security-policy": "frame-ancestors 'self'", "cache-control": "max-age=31536000, immutable"}
    return Response(frame(), media_type="text/html", headers=headers)


def _sentences(request: Request) -> Response:
    """What a place's reports say of a thing, for the picture."""
    place, thing = (_iri_of_path(request.query_params.get(name, "")) for name in ("place", "thing"))
    found = neighbourhood.sentences(_served(request).known, place, thing, _choice(request))
    if found is None:
        raise HTTPException(404, thing)
    return JSONResponse(found)


def _choice(request: Request) -> Choice:
    asked = request.query_params
    return chosen(asked, asked.getlist("kind"), asked.getlist("status"), _iri_of_path(asked.get("area", "")))


def _entity(request: Request) -> Response:
    known, words = _served(request).known, _words(request)
    kind, rest = request.path_params["kind"], _rest(request)
    iri = iri_of(kind, rest)
    if kind == "division" and iri in known.catalogue.places:
        return _answer(request, places.place(known, words, known.catalogue.places[iri]))
    if kind == "report" and iri in known.catalogue.numbers:
        return _answer(request, reports.report(known, words, known.report(iri), request.query_params))
    if kind == "indicator" and (page := numbers.indicator(known, words, iri, request.query_params)):
        return _answer(request, page)
    if kind in ("mechanism", "weakness", "practice") and iri in known.catalogue.things:
        return _answer(request, things.thing(known, words, known.thing(iri), request.query_params))
    raise HTTPException(404, rest)


def _leads_to(request: Request) -> Response:
    """A thing's own address leads to its page in the reader's language, or to its triples."""
    kind, rest = request.url.path.split("/")[1], _rest(request)
    if kind not in PREFIXES or not (iri := iri_of(kind, rest)):
        raise HTTPException(404, rest)
    if _wants_triples(request):
        return RedirectResponse(with_query("/sparql", query=f"DESCRIBE <{iri}>"), 303)
    return RedirectResponse(f"/{_preferred(request)}{path_of(iri)}", 303)


def _ontology(request: Request) -> Response:
    """The ontology's own address: the page that explains its terms, or its triples."""
    if _wants_triples(request):
        whole = "CONSTRUCT { ?s ?p ?o } { GRAPH <%s> { ?s ?p ?o FILTER (STRSTARTS(STR(?s), '%s')) } }"
        return RedirectResponse(with_query("/sparql", query=whole % (VOCABULARY_GRAPH, BASE + "ontology")), 303)
    return RedirectResponse(f"/{_preferred(request)}/ontology", 303)


def _dataset(request: Request) -> Response:
    """What the graph says of itself, in VoID and DCAT."""
    base = str(request.base_url).rstrip("/")
    return Response(overview.dataset(_served(request).known, base), media_type="text/turtle; charset=utf-8")


def _openapi(request: Request) -> Response:
    """What the pages are as data."""
    return JSONResponse(document(route.path for route in request.app.routes))


def _wants_triples(request: Request) -> bool:
    accepted = request.headers.get("accept", "")
    return any(name in accepted for name in ("turtle", "ld+json", "n-triples"))


def iri_of(kind: str, rest: str) -> str:
    """The IRI of a thing from its kind and the rest of its address as it is written; the inverse of `path_of`.

    "" where it is longer than any name, since the names of IRIs are kept.
    """
    if len(rest) > _LONGEST:
        return ""
    if kind == "practice":
        return practice(unquote(rest))
    if kind == "indicator":
        measured, _, name = rest.partition("/")
        return indicator(unquote(name), unquote(measured))
    # Part by part: the name of a department may hold a slash.
    return PREFIXES.get(kind, BASE) + "/".join(key(unquote(part)) for part in rest.split("/"))


def _rest(request: Request) -> str:
    """What of an address stands behind its kind, as it is written."""
    before = 3 if "language" in request.path_params else 2
    parts = request.scope["raw_path"].decode("ascii").split("/", before)
    return parts[before] if len(parts) > before else ""


def _iri_of_path(path: str) -> str:
    """The IRI of a thing from the explorer's path of it (/mechanism/legal-adviser) or from the IRI itself."""
    if path.startswith(BASE):
        return path
    kind, _, rest = path.strip("/").partition("/")
    return iri_of(kind, rest) if kind in PREFIXES and rest else ""


def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _STATIC:
        raise HTTPException(404, name)
    data = files("graph").joinpath("explorer", "static", name).read_bytes()
    return Response(data, media_type=_STATIC[name], headers={"cache-control": "max-age=3600"})


def _answer(request: Request, page: Page, status: int = 200) -> Response:
    """The page in the form that is asked for."""
    words, form = _words(request), request.query_params.get("format", "html")
    if form == "json":
        return JSONResponse(_plain(page.twin()), status)
    if form == "csv":
        name = request.query_params.get("table") or next(iter(page.tables), "")
        if name not in page.tables:
            raise HTTPException(404, name)
        table = page.tables[name]
        heads = [_head(words, column) for column in table.columns]
        named = {"content-disposition": f"attachment; filename={name}.csv"}
        return Response(table.csv(heads), status, named, "text/csv; charset=utf-8")
    template = _served(request).templates.get_template(page.template)
    here = request.url.path.partition("/")[2].partition("/")[2]
    first = here.partition("/")[0]
    shown = template.render(
        page=page, words=words, request=request, url=lambda to: f"/{words.language}{path_of(to)}", head=lambda column: _head(words, column),
        other=_other_language(request), here=here, section=_MENU.get(first, first), turned=lambda **values: _turned(request, **values),
        known=_served(request).known, on_page=lambda name: asked_page(request.query_params, name, next(iter(page.tables))), picture=_PICTURE, short=short, portion=part, **page.data,
    )  # fmt: skip
    return Response(shown, status, media_type="text/html")


def _plain(value: object) -> object:
    """Data as JSON knows it."""
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items() if not str(name).startswith("_")}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Link):
        return {"text": value.text, "iri": value.to}
    if hasattr(value, "options"):
        return {facet: [[each.value, each.count] for each in value.options(facet)] for facet in FACETS}
    return value


def _head(words: Words, column: str) -> str:
    """A column's heading: a phrase, or for `year:2024` and `place:永嘉县` what stands behind the colon."""
    kind, colon, name = column.partition(":")
    return name if colon else words(f"column.{kind}")


def _turned(request: Request, **values: str | int | None) -> str:
    """This address with some of its query's values set, or taken away where None."""
    names = dict.fromkeys(name for name in request.query_params if name not in ("page", "of", "format", "table"))
    kept = {name: request.query_params.getlist(name) for name in names}
    return with_query(request.url.path, **{**kept, **values})


def _other_language(request: Request) -> str:
    """This page in the other language."""
    language, _, rest = request.url.path.removeprefix("/").partition("/")
    other = "en" if language == "zh" else "zh"
    query = f"?{request.url.query}" if request.url.query else ""
    return f"/{other}/{rest}{query}"


def _choose_language(request: Request) -> Response:
    return RedirectResponse(f"/{_preferred(request)}/", 303)


def _preferred(request: Request) -> str:
    """Chinese, unless the reader's browser would rather have English."""
    for wanted in request.headers.get("accept-language", "").lower().split(","):
        for language in LANGUAGES:
            if wanted.strip().startswith(language):
                return language
    return "zh"


def _words(request: Request) -> Words:
    language = request.path_params.get("language") or request.url.path.removeprefix("/").partition("/")[0]
    if language not in LANGUAGES:
        if "language" in request.path_params:
            raise HTTPException(404, language)
        language = _preferred(request)
    return words_of(language)


def _served(request: Request) -> _Served:
    served: _Served = request.app.state.served
    return served


def _refused(request: Request, error: Exception) -> Response:
    """An address that leads nowhere, or a request that cannot be answered."""
    assert isinstance(error, HTTPException)
    words = _error_words(request)
    told = words("error.404") if error.status_code == 404 else error.detail
    response = _told(request, words, told, "", error.status_code)
    response.headers.update(error.headers or {})
    return response


def _failed(request: Request, error: Exception) -> Response:
    """A name that nothing has is told with what is near; a fault of ours without its inside."""
    words = _error_words(request)
    if isinstance(error, Misnamed):
        told = words("error.several" if isinstance(error, AmbiguousThing) else "error.unknown")
        return _told(request, words, told, words.misnamed(error), 404, _asked_again(request, words, error))
    if isinstance(error, GraphError):
        return _told(request, words, words("error.store"), str(error), 502)
    return _told(request, words, words("error.500"), "", 500)


def _error_words(request: Request) -> Words:
    language = request.url.path.removeprefix("/").partition("/")[0]
    return words_of(language if language in LANGUAGES else _preferred(request))


def _asked_again(request: Request, words: Words, error: Misnamed) -> dict[str, object]:
    """What the reader needs to mend a name where it was written: its field, the others, and what may be meant."""
    asked = [(name, value) for name, value in request.query_params.multi_items() if name != "format"]
    field = next((name for name, value in asked if error.what and value.strip() == error.asked.strip()), "")
    here = {each: _turned(request, **{field: each}).removeprefix(f"/{words.language}") for each in error.meant}
    meant = [Link(shown, here[each]) for each, shown in error.meant.items()]
    others = [(name, value) for name, value in asked if name != field]
    return {"what": error.what, "asked": error.asked, "_field": field, "_others": others, "_meant": meant}


def _told(
    request: Request, words: Words, told: str, detail: str, status: int, again: Mapping[str, object] | None = None
) -> Response:
    page = Page("error.html", told, {"detail": detail, "status": status, "_field": "", **(again or {})})
    if request.query_params.get("format") == "json":
        return JSONResponse({"error": told, "detail": detail}, status)
    template = _served(request).templates.get_template(page.template)
    other = f"/{'en' if words.language == 'zh' else 'zh'}/"
    shown = template.render(
        page=page,
        words=words,
        request=request,
        other=other,
        here="",
        section="",
        known=_served(request).known,
        url=lambda to: f"/{words.language}{path_of(to)}",
        **page.data,
    )
    return Response(shown, status, media_type="text/html")


@cache
def _templates() -> Environment:
    """The templates of all pages, compiled, which else the first reader of each would wait for."""
    loader = PackageLoader("graph.explorer", "templates")
    found = Environment(
        loader=loader,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
    for name in found.list_templates():
        found.get_template(name)
    return found
