"""Exports are read by the tools they are for, and are the same bytes for the same graph."""

import csv
import io
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

from extract.triples import to_quads
from graph.errors import GraphError
from graph.export import FORMATS, export, tables
from graph.store import GraphStore, graph_of
from tests.factories import report, vocabulary


@pytest.fixture(scope="module")
def store() -> GraphStore:
    """Two reports and the vocabulary."""
    return graph_of(to_quads(report("330324006")), to_quads(report("430406", title='“两”\n"句", 话')), vocabulary())


def union(store: GraphStore) -> set[str]:
    """The triples of all graphs."""
    return {line.rsplit(" ", 2)[0] for line in store.quads()}


@pytest.mark.parametrize("format_", [*FORMATS, "csv"])
def test_same_graph_same_bytes(format_: str, store: GraphStore, tmp_path: Path) -> None:
    """Written twice, a format gives the same files with the same bytes."""
    once, again = (export(store, format_, tmp_path / name) for name in ("one", "two"))
    assert [path.read_bytes() for path in once] == [path.read_bytes() for path in again]


@pytest.mark.parametrize(
    ("format_", "rdf"), [("nq", ox.RdfFormat.N_QUADS), ("jsonld", ox.RdfFormat.JSON_LD)], ids=["nq", "jsonld"]
)
def test_datasets_round_trip(format_: str, rdf: ox.RdfFormat, store: GraphStore) -> None:
    """N-Quads and JSON-LD give back every quad."""
    assert {str(quad) + " .\n" for quad in ox.parse(FORMATS[format_](store), format=rdf)} == set(store.quads())


def test_turtle_round_trips(store: GraphStore) -> None:
    """Turtle gives back every triple and uses the project's prefixes."""
    data = FORMATS["ttl"](store)
    assert {str(quad.triple) for quad in ox.parse(data, format=ox.RdfFormat.TURTLE)} == union(store)
    assert b"zl:adopts mechanism:contract-review" in data


@pytest.mark.parametrize(
    ("format_", "read"), [("graphml", nx.parse_graphml), ("gexf", lambda text: nx.read_gexf(io.BytesIO(text.encode())))]
)
def test_networks_round_trip(format_: str, read: object, store: GraphStore) -> None:
    """GraphML and GEXF are read back as the network, labels and sentences included, without a date."""
    text = FORMATS[format_](store).decode()
    network = read(text)  # type: ignore[operator]
    assert network.nodes["division:430406"]["label"] == "雁峰区"
    edges = [about for _, target, about in network.edges(data=True) if target == "weakness:enforcement-capacity"]
    assert {(about["relation"], about["quote"]) for about in edges} == {("admits", "执法力量仍显不足")}
    assert "lastmodified" not in text


def test_tables_hold_what_reports_state(store: GraphStore) -> None:
    """Each table is read back as CSV, one row a statement, its quote whole, line ends and quotation marks included."""
    found = {name: list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")))) for name, data in tables(store).items()}
    rows = {name: len(table) for name, table in found.items()}
    assert rows == {
        "reports.csv": 2,
        "adoptions.csv": 4,
        "observations.csv": 2,
        "deficiencies.csv": 2,
        "causes.csv": 2,
        "plans.csv": 2,
    }
    assert {row["title"] for row in found["reports.csv"]} == {"2024年法治政府建设年度报告", '“两”\n"句", 话'}
    assert {row["value"] for row in found["observations.csv"]} == {"32"}


@pytest.mark.parametrize("format_", ["ttl", "csv"])
def test_wrong_kind_of_path(format_: str, store: GraphStore, tmp_path: Path) -> None:
    """A folder where a file is needed, or the reverse, gives a line that says so."""
    (tmp_path / "file").touch()
    with pytest.raises(GraphError, match="give a f"):
        export(store, format_, tmp_path if format_ == "ttl" else tmp_path / "file")
