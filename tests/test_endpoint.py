"""The SPARQL endpoint over a real server: every way to ask, every format, every refusal, and what a query may cost."""

import gzip
import json
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from extract.triples import to_quads
from graph.errors import BadQuery, GraphError
from graph.explorer import engine as engine_module
from graph.explorer.endpoint import Limits, negotiate, sparql
from graph.explorer.engine import Engine, local_engine, remote_engine, yasgui_assets
from graph.phrasing import check, with_prefixes
from graph.remote import RESULTS, RemoteStore
from graph.store import GraphStore, write_store
from tests.factories import report, vocabulary
from tests.servers import cutting, saying

SELECT = "SELECT ?place ?name ?year WHERE { ?r zl:jurisdiction ?place ; zl:year ?year . ?place skos:prefLabel ?name }"
CONSTRUCT = "CONSTRUCT { ?place skos:prefLabel ?name } WHERE { ?place a zl:Jurisdiction ; skos:prefLabel ?name }"
RUNAWAY = 'SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (CONCAT(STR(?a), STR(?d), STR(?g)) = "nix") }'
SORTING = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f } ORDER BY ?d LIMIT 5"
COUNTING = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"
ROW_FORMATS = {
    "json": ("application/sparql-results+json", ox.QueryResultsFormat.JSON),
    "xml": ("application/sparql-results+xml", ox.QueryResultsFormat.XML),
    "tsv": ("text/tab-separated-values", ox.QueryResultsFormat.TSV),
}
GRAPH_FORMATS = {
    "ttl": ("text/turtle", ox.RdfFormat.TURTLE),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    "jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two reports and the vocabulary."""
    home = tmp_path_factory.mktemp("endpoint")
    shards = []
    for number, quads in enumerate([to_quads(report("330324006")), to_quads(report("430406")), vocabulary()]):
        shards.append(home / f"{number}.nq.gz")
        shards[-1].write_bytes(gzip.compress(quads))
    write_store(home / "store", shards)
    return home / "store"


@pytest.fixture(scope="module")
def store(folder: Path) -> GraphStore:
    """The same store without a server."""
    return GraphStore(ox.Store.read_only(str(folder)))


@pytest.fixture(scope="module")
def engine(folder: Path) -> Iterator[Engine]:
    """A server over the store that gives a query one second."""
    with local_engine(folder, 1) as found:
        yield found


@pytest.fixture(scope="module")
def url(engine: Engine) -> Iterator[str]:
    """The endpoint with its usual limits but a shorter time."""
    with serving(engine, Limits(seconds=5, at_once=8)) as found:
        yield found


@contextmanager
def serving(engine: Engine, limits: Limits) -> Iterator[str]:
    """The endpoint in a thread at a free port."""
    methods = ["GET", "POST", "OPTIONS", "PUT", "DELETE"]
    app = Starlette(routes=[Route("/sparql", sparql, methods=methods)])
    app.state.engine, app.state.limits, app.state.shared = engine, limits, True
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off", ws="none"))
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/sparql"
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


def ask(url: str, query: str | None = None, accept: str = "*/*", method: str = "GET", **params: str) -> httpx.Response:
    """One request with the query in the URL."""
    asked = params if query is None else {"query": query, **params}
    return httpx.request(
        method, url, params=asked, headers={"Accept": accept}, timeout=20, trust_env=False, verify=False
    )


def rows(data: bytes | ox.QuerySolutions, format_: ox.QueryResultsFormat = ox.QueryResultsFormat.JSON) -> list[str]:
    """The rows of an answer, sorted."""
    found = ox.parse_query_results(data, format=format_) if isinstance(data, bytes) else data
    assert isinstance(found, ox.QuerySolutions)
    return sorted(str([solution[variable] for variable in found.variables]) for solution in found)


def test_every_way_of_asking_gives_the_same(url: str, store: GraphStore) -> None:
    """GET, a form by POST, and the query itself by POST."""
    direct = {"Content-Type": "application/sparql-query; charset=utf-8"}
    answers = [
        ask(url, SELECT),
        httpx.post(url, data={"query": SELECT}, trust_env=False, verify=False),
        httpx.post(url, content=SELECT.encode(), headers=direct, trust_env=False, verify=False),
    ]
    expected = store.answer(SELECT)
    assert isinstance(expected, ox.QuerySolutions)
    wanted = rows(expected)
    assert len(wanted) == 2
    for answer in answers:
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "application/sparql-results+json"
        assert (answer.headers["access-control-allow-origin"], answer.headers["vary"]) == ("*", "Accept")
        assert "x-zhili-truncated" not in answer.headers and "zhili" not in answer.json()
        assert rows(answer.content) == wanted


@pytest.mark.parametrize("short", ROW_FORMATS)
@pytest.mark.parametrize(
    "query", [SELECT, "SELECT * { ?s ?p ?o }", "SELECT ?x { VALUES ?x { UNDEF 'a\\n\\t\"b\\r' } }"]
)
def test_rows_in_every_format(url: str, store: GraphStore, short: str, query: str) -> None:
    """By Accept or by ?format=, an answer read back is the store's own."""
    media_type, format_ = ROW_FORMATS[short]
    expected = store.answer(query)
    assert isinstance(expected, ox.QuerySolutions)
    wanted = rows(expected)
    for answer in (ask(url, query, media_type), ask(url, query, "text/html", format=short)):
        assert answer.headers["content-type"].startswith(media_type)
        assert rows(answer.content, format_) == wanted


def test_rows_as_csv(url: str, store: GraphStore) -> None:
    """CSV, which says less and cannot be read back, is what the store would write."""
    query = SELECT + " ORDER BY ?place"
    expected = store.answer(query)
    assert isinstance(expected, ox.QuerySolutions)
    assert ask(url, query, "text/csv").content == expected.serialize(format=ox.QueryResultsFormat.CSV)


@pytest.mark.parametrize("short", ROW_FORMATS)
@pytest.mark.parametrize("whether", [True, False])
def test_yes_and_no_in_every_format(url: str, short: str, whether: bool) -> None:
    """ASK is answered in the formats of rows."""
    media_type, format_ = ROW_FORMATS[short]
    answer = ask(url, "ASK { ?r a zl:Report }" if whether else "ASK { ?r a zl:Nothing }", media_type)
    assert bool(ox.parse_query_results(answer.content, format=format_)) is whether


@pytest.mark.parametrize("short", GRAPH_FORMATS)
@pytest.mark.parametrize("query", [CONSTRUCT, "DESCRIBE mechanism:contract-review"], ids=["construct", "describe"])
def test_triples_in_every_format(url: str, store: GraphStore, short: str, query: str) -> None:
    """The triples read back are the store's own; Turtle has the project's prefixes."""
    media_type, format_ = GRAPH_FORMATS[short]
    expected = store.answer(query)
    assert isinstance(expected, ox.QueryTriples)
    wanted = set(expected)
    assert wanted
    for answer in (ask(url, query, media_type), ask(url, query, format=short)):
        assert answer.headers["content-type"].startswith(media_type)
        assert {quad.triple for quad in ox.parse(answer.content, format=format_)} == wanted
    assert "@prefix skos:" in ask(url, query).text


def test_the_dataset_can_be_named(url: str, store: GraphStore) -> None:
    """default-graph-uri and named-graph-uri, in the URL or the form, choose what is asked."""
    one, other = (graph for graph in store.graphs() if "/report/" in graph)
    count = "SELECT (COUNT(*) AS ?n) { ?r a zl:Report }"
    named = "SELECT DISTINCT ?g { GRAPH ?g { ?r a zl:Report } }"
    assert ask(url, count).json()["results"]["bindings"][0]["n"]["value"] == "2"
    assert (
        ask(url, count, "*/*", "GET", **{"default-graph-uri": one}).json()["results"]["bindings"][0]["n"]["value"]
        == "1"
    )
    form = {"query": named, "named-graph-uri": [one, other]}
    assert len(httpx.post(url, data=form, trust_env=False, verify=False).json()["results"]["bindings"]) == 2
    form["named-graph-uri"] = [other]
    found = httpx.post(url, data=form, trust_env=False, verify=False).json()["results"]["bindings"]
    assert [row["g"]["value"] for row in found] == [other]


@pytest.mark.parametrize("short", GRAPH_FORMATS)
def test_the_service_is_described(url: str, short: str) -> None:
    """Without a query, who asks for RDF gets the service description."""
    media_type, format_ = GRAPH_FORMATS[short]
    answer = ask(url, accept=media_type)
    sd = "http://www.w3.org/ns/sparql-service-description#"
    said = {(quad.predicate.value, str(quad.object)) for quad in ox.parse(answer.content, format=format_)}
    assert answer.status_code == 200
    assert (sd + "endpoint", f"<{url}>") in said
    assert (sd + "feature", f"<{sd}UnionDefaultGraph>") in said
    assert (sd + "supportedLanguage", f"<{sd}SPARQL11Query>") in said
    assert httpx.get(f"{url}?service-description", trust_env=False, verify=False).status_code == 200


@pytest.mark.parametrize(
    ("params", "status", "says"),
    [
        ({}, 400, "no query"),
        ({"query": ""}, 400, "exactly one"),
        ({"query": "SELECT ?x {\n ?x foo:bar ?y }"}, 400, "line 2"),
        ({"query": "SELECT ?x { ?x a"}, 400, "^"),
        ({"query": SELECT, "format": "yaml"}, 400, "jsonld"),
        ({"query": SELECT, "format": "ttl"}, 406, "text/csv"),
        ({"query": SELECT, "default-graph-uri": "a b"}, 400, "no IRI"),
        ({"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}, 400, "SERVICE"),
        ({"query": "INSERT DATA { <x:a> <x:b> <x:c> }"}, 400, "line 1"),
        ({"update": "DROP ALL"}, 403, "read-only"),
    ],
    ids=["none", "empty", "prefix", "cut off", "format", "format of graphs", "graph", "service", "insert", "update"],
)
def test_what_cannot_be_answered_is_told(url: str, params: dict[str, str], status: int, says: str) -> None:
    """A fitting status, and why in plain text, or in JSON for who asks for it; anybody may read it."""
    answer = httpx.get(url, params=params, trust_env=False, verify=False)
    assert (answer.status_code, says in answer.text) == (status, True), answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["access-control-allow-origin"] == "*"
    asks_json = {"Accept": "application/problem+json, application/json;q=0.5"}
    problem = httpx.get(url, params=params, headers=asks_json, trust_env=False, verify=False)
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["status"] == status and says in problem.json()["detail"]


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        ("", "application/x-www-form-urlencoded", 400),
        ("query=ASK{}&query=ASK{}", "application/x-www-form-urlencoded", 400),
        ("update=DROP+ALL", "application/x-www-form-urlencoded", 403),
        ("DROP ALL", "application/sparql-update", 403),
        ("ASK{}", "text/plain", 415),
        ("ASK{}", "", 415),
        (b"ASK{ ?x ?y '\xff' }", "application/sparql-query", 400),
        (b"query=%ff", "application/x-www-form-urlencoded", 400),
        ("ASK{}#" + "x" * (1 << 20), "application/sparql-query", 413),
    ],
)
def test_posts_that_are_refused(url: str, content: str | bytes, kind: str, status: int) -> None:
    """Updates, other content types, several queries, too many bytes, bytes that are no text."""
    headers = {"Content-Type": kind} if kind else {}
    assert httpx.post(url, content=content, headers=headers, trust_env=False, verify=False).status_code == status


def test_other_methods(url: str) -> None:
    """What is allowed is told, also to a browser that asks first."""
    assert (refused := ask(url, SELECT, method="PUT")).status_code == 405 and "POST" in refused.headers["allow"]
    preflight = ask(url, method="OPTIONS")
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert ask(url, SELECT, method="HEAD").status_code == 200
    assert ask(url, SELECT, "text/html").status_code == 406


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("*/*", "a/x"),
        ("b/y", "b/y"),
        ("b/*, */*;q=0.1", "b/y"),
        ("a/x;q=0.2, b/y;q=0.3;charset=utf-8", "b/y"),
        ("*/*, a/x;q=0", "b/y"),
        ("B/Y", "b/y"),
        ("c/z", None),
        ("a/x;q=much", None),
        ("", None),
    ],
)
def test_negotiation(accept: str, chosen: str | None) -> None:
    """The best liked of what is offered; a narrower range counts before a wider one."""
    assert negotiate(accept, {"a/x": 0, "b/y": 0}) == chosen


def test_long_answers_are_cut_and_it_is_told(engine: Engine) -> None:
    """The header says how many rows there are, and so does JSON; an answer of exactly as many is whole."""
    with serving(engine, Limits(rows=5)) as url:
        for short, (_, format_) in ROW_FORMATS.items():
            answer = ask(url, "SELECT * { ?s ?p ?o }", format=short)
            assert (len(rows(answer.content, format_)), answer.headers["x-zhili-truncated"]) == (5, "5")
        told = json.loads(ask(url, "SELECT * { ?s ?p ?o }").content)
        assert told["zhili"] == {"truncated": True, "rows": 5}
        assert len(told["results"]["bindings"]) == 5
        for short, (_, graph_format) in GRAPH_FORMATS.items():
            answer = ask(url, "CONSTRUCT WHERE { ?s ?p ?o }", format=short)
            assert answer.headers["x-zhili-truncated"] == "5"
            assert len(list(ox.parse(answer.content, format=graph_format))) == 5
        whole = ask(url, "SELECT * { ?s ?p ?o } LIMIT 5")
        assert len(rows(whole.content)) == 5 and "x-zhili-truncated" not in whole.headers


def test_answers_of_many_bytes_are_cut(engine: Engine) -> None:
    """Few rows with long texts are cut at a row, too."""
    with serving(engine, Limits(answer=3000)) as url:
        answer = ask(url, "SELECT * { ?s ?p ?o }")
        assert 0 < len(rows(answer.content)) == int(answer.headers["x-zhili-truncated"]) < 100


def process_of(engine: Engine) -> int:
    """The process that listens at a local engine's address."""
    address = str(engine.assets).split("/")[2]
    found = subprocess.run(["pgrep", "-f", "--", f"--bind {address}"], capture_output=True, check=True, text=True)
    return int(found.stdout)


def test_runaway_queries_are_stopped(url: str) -> None:
    """It is told within the limit and little more, and quick queries beside them and after them are answered."""
    queries = (RUNAWAY, SORTING, COUNTING, "ASK " + RUNAWAY[8:])
    began = time.monotonic()
    with ThreadPoolExecutor() as pool:
        slow = [pool.submit(ask, url, query) for query in queries]
        time.sleep(0.2)
        quick = ask(url, SELECT)
        assert quick.status_code == 200 and not any(each.done() for each in slow)
        for answer in (each.result() for each in slow):
            assert answer.status_code == 504 and "took longer than 1 s" in answer.text
    assert time.monotonic() - began < 5
    assert ask(url, SELECT).status_code == 200


def test_queries_beside_one_that_hangs_are_answered(url: str) -> None:
    """Those that were under way when the server was replaced are asked again."""
    with ThreadPoolExecutor() as pool:
        hanging = pool.submit(ask, url, COUNTING)
        found = []
        while not hanging.done():
            found += [each.result() for each in [pool.submit(ask, url, SELECT) for _ in range(4)]]
        assert hanging.result().status_code == 504
    assert {answer.status_code for answer in found} == {200}
    assert len({answer.content for answer in found}) == 1


def test_an_answer_that_breaks_off_while_the_server_is_well_is_told(folder: Path) -> None:
    """Nothing is asked again, and the server stays."""
    with local_engine(folder, 5) as engine:
        before = process_of(engine)
        asked: list[int] = []

        def take(response: httpx.Response) -> None:
            asked.append(response.status_code)
            raise engine.broken_off("nothing")

        with pytest.raises(GraphError, match="broke off .nothing."):
            engine.ask(with_prefixes(SELECT), RESULTS, take)
        assert asked == [200] and process_of(engine) == before


def test_a_query_that_takes_the_server_down_is_asked_once_more(folder: Path) -> None:
    """And no third time."""
    with local_engine(folder, 5) as engine:
        asked: list[int] = []

        def take(response: httpx.Response) -> None:
            asked.append(process_of(engine))
            os.kill(asked[-1], signal.SIGKILL)
            os.waitid(os.P_PID, asked[-1], os.WEXITED | os.WNOWAIT)
            raise engine.broken_off("killed")

        with pytest.raises(GraphError, match="broke off .killed."):
            engine.ask(with_prefixes(SELECT), RESULTS, take)
        assert len(set(asked)) == 2
        assert len(list(RemoteStore(engine).select(SELECT))) == 2


def test_a_connection_that_ends_before_its_server_does_is_asked_once_more(folder: Path) -> None:
    """A process that is killed closes its connections a moment before it is seen to have ended."""
    with local_engine(folder, 5) as engine:
        asked: list[int] = []

        def take(response: httpx.Response) -> int:
            asked.append(process_of(engine))
            if len(asked) == 1:
                threading.Timer(0.2, os.kill, (asked[0], signal.SIGKILL)).start()
                raise engine.broken_off("reset by peer")
            return response.status_code

        assert engine.ask(with_prefixes(SELECT), RESULTS, take) == 200
        assert len(set(asked)) == 2


def test_who_finds_no_turn_is_told(engine: Engine) -> None:
    """With one query at a time and no patience, the second is asked to come again."""
    with serving(engine, Limits(at_once=1, seconds=0.2)) as url:
        with ThreadPoolExecutor() as pool:
            slow = pool.submit(ask, url, COUNTING)
            time.sleep(0.2)
            answer = ask(url, SELECT)
            assert slow.result().status_code == 504
        assert answer.status_code == 503 and int(answer.headers["retry-after"]) > 0
        assert ask(url, SELECT).status_code == 200


def test_a_server_that_dies_is_replaced(folder: Path) -> None:
    """After the process has gone the next query is answered; after the block nothing listens any more."""
    with local_engine(folder, 5) as engine:
        os.kill(process_of(engine), signal.SIGKILL)
        store = RemoteStore(engine)
        assert len(list(store.select(SELECT))) == 2
    with pytest.raises(GraphError, match="no SPARQL endpoint answers"):
        list(store.select(SELECT))


def test_a_folder_that_is_no_store_is_told(tmp_path: Path) -> None:
    """What does not come up says which store and why, in one line."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(GraphError, match="does not come up .Error: ") as caught, local_engine(tmp_path / "file", 1):
        pass
    assert str(tmp_path) in str(caught.value) and "\n" not in str(caught.value)


def test_a_port_that_is_taken_is_left(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another process has taken the port meanwhile the server comes up at the next one."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        addresses = iter([f"127.0.0.1:{taken.getsockname()[1]}", engine_module._free_address()])
        monkeypatch.setattr(engine_module, "_free_address", lambda: next(addresses))
        with local_engine(folder, 5) as engine:
            assert len(list(RemoteStore(engine).select(SELECT))) == 2


def test_an_endpoint_that_is_gone_is_told() -> None:
    """502, with the URL."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        gone = f"http://127.0.0.1:{free.getsockname()[1]}/sparql"
    with serving(remote_engine(gone, 1), Limits()) as url:
        answer = ask(url, SELECT)
        assert answer.status_code == 502 and gone in answer.text


@pytest.mark.parametrize("short", ROW_FORMATS)
def test_an_endpoint_elsewhere(engine: Engine, store: GraphStore, short: str) -> None:
    """Its answers come in every format, though its own TSV is not looked at; of too many rows the first, and that is said."""
    expected = store.answer(SELECT)
    assert isinstance(expected, ox.QuerySolutions)
    media_type, format_ = ROW_FORMATS[short]
    with serving(remote_engine(engine.url, 5), Limits(rows=3)) as url:
        assert rows(ask(url, SELECT, media_type).content, format_) == rows(expected)
        cut = ask(url, "SELECT * { ?s ?p ?o }", media_type)
        assert len(rows(cut.content, format_)) == 3 and cut.headers["x-zhili-truncated"] == "3"
        assert ask(url, CONSTRUCT, "text/turtle").headers["x-zhili-truncated"] == "3"
        assert ask(url, "ASK { ?s a zl:Report }").json()["boolean"] is True


def test_what_an_endpoint_elsewhere_cuts_is_said(store: GraphStore) -> None:
    """The number of rows that are left, too; an answer too large to hold is refused."""
    with cutting(store, 4) as elsewhere:
        with serving(remote_engine(elsewhere, 5), Limits()) as url:
            cut = ask(url, "SELECT * { ?s ?p ?o }", "text/csv")
            assert cut.headers["x-zhili-truncated"] == "4" and len(cut.text.splitlines()) == 5
        with serving(remote_engine(elsewhere, 5), Limits(answer=50)) as url:
            large = ask(url, "SELECT * { ?s ?p ?o }", "text/csv")
            assert large.status_code == 502 and "larger than 50 bytes; ask for less" in large.text


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"head":{"vars":["x"]}}'])
def test_nonsense_from_elsewhere(body: bytes) -> None:
    """502, with the URL."""
    with saying(200, body + b" " * 40) as elsewhere, serving(remote_engine(elsewhere, 5), Limits()) as url:
        answer = ask(url, SELECT)
        assert answer.status_code == 502 and elsewhere in answer.text


def test_the_local_server_has_yasgui(engine: Engine) -> None:
    """Its script and style are there with their types; an endpoint elsewhere gives none."""
    assets = yasgui_assets(engine)
    assert assets["yasgui.min.js"].media_type.startswith("application/javascript")
    assert b"Yasgui" in assets["yasgui.min.js"].content
    assert assets["yasgui.min.css"].media_type.startswith("text/css")
    assert yasgui_assets(remote_engine("http://127.0.0.1:9/", 1)) == {}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <x:a> { ?s ?p ?o } }",
        """SELECT * { FILTER ("a\\"" = "b") SERVICE <x:a> { ?s ?p ?o } FILTER ("" = "") }""",
        """SELECT * { FILTER ('a\\'' = 'b') SERVICE <x:a> { ?s ?p ?o } FILTER ('' = '') }""",
        'SELECT * { FILTER (""" " """ = "b") SERVICE <x:a> { ?s ?p ?o } FILTER ("" = "") }',
        "SELECT * { ?a ?b ?c FILTER(?a<?b)SERVICE?v{?s?p?o}FILTER(?c>?a) }",
        "PREFIX e: <x:> SELECT * { ?a e:b\\#c ?d . SERVICE <x:a> { ?s ?p ?o } }",
        "SELECT * { # a\r SERVICE <x:a> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <x:a> { ?s ?p ?o } }",
        "SELECT * { serVice Silent ?x {} }",
    ],
)
def test_no_disguise_makes_a_request(url: str, query: str) -> None:
    """However strings, escapes, comments and signs of comparison stand about it, SERVICE is found before it is run."""
    with pytest.raises(BadQuery, match="SERVICE"):
        check(query)
    assert ask(url, query).status_code == 400


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ('SELECT ?x { VALUES ?x { "SERVICE" } } # SERVICE', "SELECT"),
        ("PREFIX ask: <x:#SERVICE>\nBASE <x:y> # SELECT\n construct { ?x a ask:me } { ?x a zl:Report }", "CONSTRUCT"),
        ("ask{}", "ASK"),
        ("DESCRIBE<x:a>", "DESCRIBE"),
        ("SELECT ?nobody { ?nobody ?p ?o }", "SELECT"),
    ],
)
def test_a_query_is_known_by_its_form(query: str, form: str) -> None:
    """Behind prologue and comments; the word SERVICE in a string, IRI or comment is no request."""
    assert check(query) == form


def test_checking_evaluates_nothing() -> None:
    """A query that makes its own rows costs nothing before its turn comes."""
    numbers = " ".join(map(str, range(100)))
    data = " ".join(f"VALUES ?v{place} {{ {numbers} }}" for place in range(6))
    began = time.monotonic()
    assert check(f"ASK {{ {data} FILTER (?v0 + ?v1 + ?v2 + ?v3 + ?v4 + ?v5 < 0) }}") == "ASK"
    assert time.monotonic() - began < 0.5


@pytest.mark.parametrize(
    "query",
    [
        "ASK " + "{" * 100_000,
        "ASK { FILTER (" + "(" * 100_000 + "1" + ")" * 100_000 + ") }",
        "ASK { ?s ?p " + "[?p " * 5_000 + "1" + "]" * 5_000 + " }",
        "ASK { FILTER (" + "!" * 100_000 + "1) }",
        "ASK { FILTER (?x" + "||?x" * 50_000 + ") }",
        "ASK { FILTER (?x" + "-?x" * 50_000 + ") }",
        "ASK { FILTER (1" + "-1" * 50_000 + ") }",
        "ASK { FILTER (1" + "-xsd:integer(1)" * 20_000 + ") }",
        "ASK { {} " + "UNION {} " * 50_000 + "}",
        "ASK { ?a zl:x" + "/zl:x" * 50_000 + " ?b }",
        "SELECT " + "(1 AS ?x) " * 50_000 + "{}",
        "ASK {" + "?a zl:x ?b . " * 1000 + "}",
        "ASK { ?a zl:x " + "1," * 1000 + "1 }",
        "ASK { ?a zl:x (" + "''" * 1000 + ") }",
    ],
    ids=[
        "groups",
        "parentheses",
        "nodes",
        "not",
        "or",
        "minus",
        "less",
        "call",
        "union",
        "path",
        "columns",
        "triples",
        "objects",
        "strings",
    ],
)
def test_entangled_queries_are_refused(query: str, url: str) -> None:
    """What would overrun the parser's stack, and end the process, or hold it for hours, is told before it is parsed."""
    answer = httpx.post(url, data={"query": query}, trust_env=False, verify=False)
    assert answer.status_code == 400 and "ask it in parts" in answer.text


def test_long_lists_are_no_entanglement(url: str) -> None:
    """A thousand terms with their datatypes and hyphens, and rows of two, are data."""
    rows_of_two = "(weakness:legal-talent '2024-01-01'^^xsd:date) " * 1000
    query = {"query": f"SELECT (COUNT(*) AS ?n) {{ VALUES (?x ?y) {{ {rows_of_two} }} }}"}
    answer = httpx.post(url, data=query, trust_env=False, verify=False)
    assert answer.json()["results"]["bindings"][0]["n"]["value"] == "1000"
