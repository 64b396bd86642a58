"""The query part of the W3C's tests of the SPARQL 1.1 Protocol, by their names; the updates are refused, as told.

The tests are those of the manifest `protocol` of the SPARQL 1.1 test suite (rdf-tests); the graphs that they name are
here two of a store's own, since none is fetched.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from tests.factories import report
from tests.serving import write_graph

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
ROWS = ("application/sparql-results+json", "application/sparql-results+xml")
TRIPLES = ("text/turtle", "application/n-triples", "application/ld+json")
DEFAULT, NAMED = "default-graph-uri", "named-graph-uri"
IN_DEFAULT = "ASK { ?report a zl:Report }"
BOTH = "SELECT (COUNT(DISTINCT ?a) AS ?d) (COUNT(DISTINCT ?g) AS ?n) { { ?a a zl:Report } UNION { GRAPH ?g { ?b a zl:Report } } }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two reports, each in its graph."""
    path: Path = tmp_path_factory.mktemp("graph")
    write_graph(path, [report("330324006"), report("430406")])
    return path


@pytest.fixture(scope="module")
def graphs(client: httpx.Client) -> list[str]:
    """The names of the reports' graphs."""
    answer = client.get("/sparql", params={"query": "SELECT ?g { GRAPH ?g { ?r a zl:Report } } ORDER BY ?g"})
    return [row["g"]["value"] for row in answer.json()["results"]["bindings"]]


def get(query: str, **headers: str) -> dict[str, Any]:
    """A query in the address."""
    return {"method": "GET", "params": {"query": query}, "headers": headers}


def post(content: str | bytes, kind: str, *params: tuple[str, str]) -> dict[str, Any]:
    """A body with its content type."""
    headers = {"content-type": kind} if kind else {}
    return {"method": "POST", "content": content, "headers": headers, "params": list(params)}


# Name → request, status, and content types that it may be answered in.
PASSING: dict[str, tuple[dict[str, Any], int, tuple[str, ...]]] = {
    "query_get": (get("ASK {}"), 200, ROWS),
    "query_post_form": (post(urlencode({"query": "ASK {}"}), FORM), 200, ROWS),
    "query_post_direct": (post("ASK {}", QUERY), 200, ROWS),
    "query_content_type_select": (get("SELECT (1 AS ?value) {}", accept=", ".join(ROWS)), 200, ROWS),
    "query_content_type_ask": (get("ASK {}", accept=", ".join(ROWS)), 200, ROWS),
    "query_content_type_describe": (get("DESCRIBE <http://example.org/>", accept=", ".join(TRIPLES)), 200, TRIPLES),
    "query_content_type_construct": (get("CONSTRUCT { <x:s> <x:p> 1 } {}", accept=", ".join(TRIPLES)), 200, TRIPLES),
    "bad_query_method": ({"method": "PUT", "params": {"query": "ASK {}"}}, 405, ()),
    "bad_multiple_queries": ({"method": "GET", "params": [("query", "ASK {}"), ("query", "SELECT * {}")]}, 400, ()),
    "bad_query_wrong_media_type": (post("ASK {}", "text/plain"), 415, ()),
    "bad_query_missing_form_type": (post(urlencode({"query": "ASK {}"}), ""), 415, ()),
    "bad_query_missing_direct_type": (post("ASK {}", ""), 415, ()),
    "bad_query_non_utf8": (post("ASK {}".encode("utf-16"), f"{QUERY}; charset=UTF-16"), 400, ()),
    "bad_query_syntax": (get("ASK {"), 400, ()),
}
UPDATES: dict[str, dict[str, Any]] = {
    "update_post_form": post(urlencode({"update": "CLEAR ALL"}), FORM),
    "update_post_direct": post("CLEAR ALL", UPDATE),
    "update_dataset_default_graph": post(urlencode({"update": "CLEAR ALL", "using-graph-uri": "x:a"}), FORM),
    "update_dataset_default_graphs": post("CLEAR ALL", UPDATE, ("using-graph-uri", "x:a"), ("using-graph-uri", "x:b")),
    "update_dataset_named_graphs": post("CLEAR ALL", UPDATE, ("using-named-graph-uri", "x:a")),
    "update_dataset_full": post("CLEAR ALL", UPDATE, ("using-graph-uri", "x:a"), ("using-named-graph-uri", "x:b")),
    "update_base_uri": post("BASE <x:> CLEAR GRAPH <a>", UPDATE),
    "bad_update_get": {"method": "GET", "params": {"update": "CLEAR ALL"}},
    "bad_multiple_updates": post("update=CLEAR+NAMED&update=CLEAR+DEFAULT", FORM),
    "bad_update_wrong_media_type": post("CLEAR NAMED", "text/plain"),
    "bad_update_missing_form_type": post(urlencode({"update": "CLEAR NAMED"}), ""),
    "bad_update_non_utf8": post("CLEAR NAMED".encode("utf-16"), f"{UPDATE}; charset=UTF-16"),
    "bad_update_syntax": post("CLEAR XYZ", UPDATE),
    "bad_update_dataset_conflict": post("INSERT {} WHERE {}", UPDATE, ("using-named-graph-uri", "x:a")),
}


@pytest.mark.parametrize("name", PASSING)
def test_a_query_test(client: httpx.Client, name: str) -> None:
    """The status and the content type that the test asks for."""
    request, status, kinds = PASSING[name]
    answer = client.request(url="/sparql", **request)
    assert answer.status_code == status, answer.text
    assert not kinds or answer.headers["content-type"].partition(";")[0] in kinds


# Name → method, whether the query stands in the body, which graphs are the default's and which are named, and what is
# then counted in the default graph and of named ones.
DATASETS = {
    "query_dataset_default_graph": ("GET", (0,), (), (1, 0)),
    "query_dataset_default_graphs_get": ("GET", (0, 1), (), (2, 0)),
    "query_dataset_default_graphs_post": ("POST", (0, 1), (), (2, 0)),
    "query_dataset_named_graphs_get": ("GET", (), (0, 1), (0, 2)),
    "query_dataset_named_graphs_post": ("POST", (), (0, 1), (0, 2)),
    "query_dataset_full": ("POST", (0,), (1,), (1, 1)),
}


@pytest.mark.parametrize("name", DATASETS)
def test_a_dataset_test(client: httpx.Client, graphs: list[str], name: str) -> None:
    """The graphs that the request names are the dataset, and no others."""
    method, default, named, expected = DATASETS[name]
    pairs = [*((DEFAULT, graphs[number]) for number in default), *((NAMED, graphs[number]) for number in named)]
    if method == "GET":
        answer = client.get("/sparql", params=[("query", BOTH), *pairs])
    else:
        answer = client.request(url="/sparql", **post(BOTH, QUERY, *pairs))
    (row,) = answer.json()["results"]["bindings"]
    assert (int(row["d"]["value"]), int(row["n"]["value"])) == expected


def test_query_multiple_dataset(client: httpx.Client, graphs: list[str]) -> None:
    """What the request names counts before what the query does (`query_multiple_dataset`)."""
    query = f"ASK FROM <{graphs[1]}> {{ <{graphs[0]}> a zl:Report }}"
    answer = client.get("/sparql", params={"query": query, DEFAULT: graphs[0]})
    assert answer.json()["boolean"] is True


@pytest.mark.parametrize("name", UPDATES)
def test_an_update_is_refused(client: httpx.Client, name: str) -> None:
    """Whatever the test asks for, a server for reading changes nothing and says so."""
    answer = client.request(url="/sparql", **UPDATES[name])
    assert answer.status_code in (400, 403, 415), answer.text
    assert client.get("/sparql", params={"query": IN_DEFAULT}).json()["boolean"] is True


def test_the_number_that_passed_is_recorded() -> None:
    """docs/robustness.md says how many tests of the query part there are and pass."""
    page = (Path(__file__).parent.parent / "docs" / "robustness.md").read_text(encoding="utf-8")
    assert f"{len(PASSING) + len(DATASETS) + 1} of {len(PASSING) + len(DATASETS) + 1}" in page
