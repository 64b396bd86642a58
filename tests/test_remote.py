"""A store behind an endpoint: the same answers as of the folder, and what is said where there are none."""

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pyoxigraph as ox
import pytest

from extract.triples import to_quads
from graph.analysis.similarity import similar
from graph.errors import BadQuery, GraphError
from graph.explorer.engine import local_engine
from graph.network import read_network
from graph.phrasing import with_prefixes
from graph.questions import questions
from graph.remote import BrokenOff, RemoteStore, TookTooLong
from graph.store import GraphStore, graph_of, write_store
from ontology.namespace import PREFIXES
from tests.factories import adoption, cause, deficiency, report, vocabulary
from tests.servers import cutting, saying, serving

ASKED = questions()
WEAK = deficiency("enforcement-capacity", "legal-talent", causes=(cause("team-quality"),))
QUADS = (
    to_quads(report("330324006")),
    to_quads(report("330324", adoptions=(adoption("legal-adviser", status="planned"),), practices=())),
    to_quads(report("430406", deficiencies=(WEAK,), year=2023)),
    to_quads(report("", department="司法局")),
    vocabulary(),
)
HERE = "https://w3id.org/zhili/division/33"


@pytest.fixture(scope="module")
def local() -> GraphStore:
    """The graph in memory."""
    return graph_of(*QUADS)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The endpoint of the same graph."""
    home = tmp_path_factory.mktemp("remote")
    for number, quads in enumerate(QUADS):
        (home / str(number)).write_bytes(gzip.compress(quads))
    write_store(home / "store", [home / str(number) for number in range(len(QUADS))])
    with local_engine(home / "store", 5) as engine:
        yield engine.url


@pytest.fixture(scope="module")
def remote(url: str) -> RemoteStore:
    """The endpoint as a store."""
    return RemoteStore(url, 5)


@pytest.mark.parametrize("name", ASKED)
def test_every_shipped_question(name: str, local: GraphStore, remote: RemoteStore) -> None:
    """The same rows."""
    query = ASKED[name].query
    here, there = list(local.select(query)), list(remote.select(query))
    assert sorted(map(str, there)) == sorted(map(str, here))


def test_analyses(local: GraphStore, remote: RemoteStore) -> None:
    """What reads a graph through `select` alone sees no difference."""
    here, there = read_network(local), read_network(remote)
    assert list(there.nodes(data=True)) == list(here.nodes(data=True))
    assert list(there.edges(keys=True, data=True)) == list(here.edges(keys=True, data=True))
    assert len(there) > 5
    found = similar(remote, "雁峰区")
    assert found == similar(local, "雁峰区") and found.likenesses


def test_answers_are_pyoxigraphs(local: GraphStore, remote: RemoteStore) -> None:
    """Rows, yes and no, and triples come as from a store."""
    select = remote.answer("SELECT ?x { ?x a zl:Report }")
    assert isinstance(select, ox.QuerySolutions) and len(list(select)) == 4
    ask = remote.answer("ASK { ?x a zl:Report }")
    assert isinstance(ask, ox.QueryBoolean) and ask
    for query in ("CONSTRUCT { ?x skos:prefLabel ?y } { ?x skos:prefLabel ?y }", "DESCRIBE mechanism:legal-adviser"):
        here, there = local.answer(query), remote.answer(query)
        assert isinstance(there, ox.QueryTriples) and isinstance(here, ox.QueryTriples)
        assert set(there) == set(here)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?place ?code ?none { ?place skos:notation ?code OPTIONAL { ?place zl:year ?none } }",
        "SELECT ?place ?code { ?place skos:notation ?code } # VALUES ?place { }",
        "SELECT ?place (COUNT(*) AS ?n) { ?place skos:notation ?code } GROUP BY ?place ORDER BY ?n LIMIT 1",
        "SELECT ?place ?code { ?place skos:notation ?code } VALUES ?code { '33' '43' } # }",
        "SELECT ?place ?code { ?place skos:notation ?code } ORDER BY ?code LIMIT 1 VALUES (?code ?l) { ('33' UNDEF) }",
        "SELECT ?place ?code { ?place skos:notation ?code } VALUES ?place { division:33 division:43 }",
        "SELECT ?place ?code { SELECT * { ?place skos:notation ?code } VALUES ?code { '33' } } VALUES ?code { '33' '4' }",
        "SELECT ?place { ?place skos:notation ?c } HAVING (EXISTS { ?place a zl:Jurisdiction }) VALUES ?c { '33' }",
        "SELECT ?place { ?place skos:notation '33' FILTER (?place != <x:#>) FILTER ('}' != '\\'{') } VALUES ?c { '}' }",
        "PREFIX zl: <https://w3id.org/zhili/division/> SELECT ?place { VALUES ?place { zl:33 zl:43 } }",
    ],
)
def test_variables_are_bound(query: str, local: GraphStore, remote: RemoteStore) -> None:
    """As in a store, whatever the query ends with."""
    here = list(local.select(query, place=HERE))
    assert list(remote.select(query, place=HERE)) == here
    assert len(here) == 1


@pytest.mark.parametrize("iri", ["x:a> } #", "a b", "", "x:\n", 'x:"'])
def test_what_could_break_out_is_no_iri(iri: str, remote: RemoteStore) -> None:
    """An IRI with a bracket, blank or quotation mark is refused."""
    with pytest.raises(BadQuery, match="no IRI"):
        list(remote.select("SELECT ?x { ?x ?p ?o }", x=iri))


def test_a_querys_own_prefixes_count() -> None:
    """What the query declares is not declared before it; a name in its pattern declares nothing."""
    query = "BASE <x:> prefix zl: <x:zl#> SELECT * { ?x zl:prefix skos:y # PREFIX sh: <x:>\n}"
    sent = with_prefixes(query)
    assert sent.endswith(query) and "\n" not in sent.removesuffix(query)
    assert sent.count("zl: <") == 1
    assert all(f"PREFIX {name}: <{iri}>" in sent for name, iri in PREFIXES.items() if name != "zl")


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT ?x { ?x foo:bar ?y }", "unknown prefix"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("INSERT DATA { <x:a> <x:b> <x:c> }", "no SPARQL"),
        ("ASK {}", "no SELECT query"),
    ],
)
def test_bad_queries(query: str, says: str, remote: RemoteStore) -> None:
    """They are told as by a store, before anything is sent."""
    with pytest.raises(BadQuery, match=says):
        list(remote.select(query))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s ?p ?o { ?s ?p ?o } VALUES ?p { skos:notation zl:level }",
        "SELECT DISTINCT ?s { ?s a ?type } ORDER BY DESC(?s)",
        "SELECT ?s (COUNT(*) AS ?n) { ?s zl:statedIn ?r } GROUP BY ?s ORDER BY ?n ?s LIMIT 7 # LIMIT 3",
        "SELECT * { ?s zl:level 'none' }",
        questions()["mechanisms-nobody-mentions"].query,
    ],
)
def test_the_rest_of_a_cut_answer(query: str, local: GraphStore) -> None:
    """It is asked for page by page: no row is missing, and none comes twice."""
    here = list(local.select(query))
    with cutting(local, 5) as url:
        there = list(RemoteStore(url).select(query))
        answer = RemoteStore(url).answer(query)
        assert isinstance(answer, ox.QuerySolutions) and len(list(answer)) == len(here)
    assert sorted(map(str, there)) == sorted(map(str, here))
    if "ORDER BY DESC" in query:
        assert there == here


@pytest.mark.parametrize("query", ["DESCRIBE mechanism:legal-adviser", "SELECT ?s FROM <x:> { ?s ?p ?o }"])
def test_answers_that_stay_cut(query: str, local: GraphStore) -> None:
    """Of triples, and of what names its own graphs, the rest cannot be asked for; a part is never given as the whole."""
    if "FROM" in query:
        query = query.replace("x:", local.graphs()[0])
    with cutting(local, 5) as url, pytest.raises(GraphError, match="gives no more than 5 rows"):
        RemoteStore(url).answer(query)


def test_a_server_that_has_given_up() -> None:
    """Virtuoso says so in a header, with status 200 and what it had found until then."""
    body = b'{"head":{"vars":["x"]},"results":{"bindings":[]}}'
    with (
        saying(
            200, body, {"X-SQL-Message": "RC...: Returning incomplete results, query interrupted by result timeout"}
        ) as url,
        pytest.raises(TookTooLong, match="longer than 3 s"),
    ):
        list(RemoteStore(url, 3).select("SELECT ?x { ?x ?p ?o }"))


def test_virtuosos_blank_nodes() -> None:
    """They are read, though their names are none that SPARQL's JSON allows."""
    node = b'{ "type": "bnode", "value": "nodeID://b10021" }'
    body = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":%b}]}}' % node
    with saying(200, body) as url:
        assert list(RemoteStore(url).select("SELECT ?x { ?x ?p ?o }")) == [{"x": "b10021"}]


@pytest.mark.parametrize(
    ("status", "body", "error", "says"),
    [
        (404, "not here" + " " * 40, GraphError, "status 404: not here"),
        (302, "moved" + " " * 40, GraphError, "status 302"),
        (500, "an error\nin many lines" + " " * 40, GraphError, "status 500: an error;"),
        (500, "The SPARQL operation has been cancelled" + " " * 40, TookTooLong, "longer than 3 s"),
        (400, "error at 1:5\nexpected much" + " " * 40, BadQuery, "error at 1:5$"),
        (200, "<html>a page of some other server</html>" + " " * 40, GraphError, "none of SPARQL's"),
        (200, '{"head":{"vars":["x"]},"results":{"bindings":[{"x":', GraphError, "none of SPARQL's"),
        (
            200,
            '{"head":{"vars":["x"]},"results":{"bindings":[The SPARQL operation has been cancelled',
            TookTooLong,
            "3 s",
        ),
        (200, '{"head":{},"boolean":true}' + " " * 40, GraphError, "true or false"),
        (200, '{"head":', BrokenOff, "broke off"),
    ],
    ids=["404", "redirect", "500", "stopped", "400", "html", "half", "stopped in the middle", "boolean", "cut"],
)
def test_endpoints_that_fail(status: int, body: str, error: type[GraphError], says: str) -> None:
    """One line with the URL, and never a part as the whole."""
    with saying(status, body.encode()) as url, pytest.raises(GraphError, match=says) as caught:
        list(RemoteStore(url, 3).select("SELECT ?x { ?x ?p ?o }"))
    assert type(caught.value) is error
    assert url in str(caught.value) and "\n" not in str(caught.value)
    if status == 200 and "boolean" not in body:
        with saying(status, body.encode()) as url, pytest.raises(GraphError, match=says):
            RemoteStore(url, 3).answer("SELECT ?x { ?x ?p ?o }")
        with saying(status, body.encode()) as url, pytest.raises(GraphError):
            RemoteStore(url, 3).answer("DESCRIBE <x:a>")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/sparql", "no-url", "ftp://127.0.0.1/", "http://[", "", "http://"])
def test_where_nothing_answers(url: str) -> None:
    """A closed port, and what is no URL of a server."""
    with pytest.raises(GraphError, match="no SPARQL endpoint answers"):
        RemoteStore(url, 1).answer("ASK {}")


def test_a_silent_server(tmp_path: Path) -> None:
    """A server that takes the query and says nothing is left after the time limit."""
    done = threading.Event()

    class Silent(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            done.wait(10)

    with serving(Silent) as url:
        try:
            with pytest.raises(TookTooLong, match=r"longer than 0\.1 s"):
                RemoteStore(url, 0.1).answer("ASK {}")
        finally:
            done.set()
