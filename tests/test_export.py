"""Exports are read by the tools they are for, and are the same bytes for the same graph."""

import csv
import io
import re
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

from extract.triples import to_quads
from graph.errors import GraphError
from graph.export import FORMATS, export, tables
from graph.store import GraphStore, graph_of
from tests.factories import adoption, cause, deficiency, practice, report, vocabulary


@pytest.fixture(scope="module")
def store() -> GraphStore:
    """Two reports and the vocabulary."""
    return graph_of(to_quads(report("330324006")), to_quads(report("430406", title='“两”\n"句", 话')), vocabulary())


_ADOPTED = {("行政合同审查", "行政合同审查", "0.5"), ("解纷小院", "矛盾纠纷多元化解", "1"), ("无上位", "", "1")}


def rows_of(store: GraphStore) -> dict[str, list[dict[str, str]]]:
    """The tables as a reader of CSV sees them."""
    return {name: list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")))) for name, data in tables(store).items()}


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
    found = rows_of(store)
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


def test_every_row_says_whose_it_is(store: GraphStore) -> None:
    """Each row of each table names its report, its place by code, name and full name, and its year."""
    places = {("330324006", "三江街道", "浙江省温州市永嘉县三江街道"), ("430406", "雁峰区", "湖南省衡阳市雁峰区")}
    for name, table in rows_of(store).items():
        assert {(row["code"], row["place"], row["path"]) for row in table} == places, name
        assert all(row["report"].startswith(f"report:{row['code']}/2024/") and row["year"] == "2024" for row in table)


@pytest.mark.parametrize(
    ("table", "columns", "cells"),
    [
        ("adoptions.csv", ("name", "mechanism_name", "confidence"), _ADOPTED),
        ("deficiencies.csv", ("weakness_name", "confidence"), {("执法能力和水平不足", "0.6")}),
        ("causes.csv", ("weakness_name",), {("人员不足或任务繁重",)}),
        ("observations.csv", ("name", "mechanism_name", "confidence"), {("合同", "行政合同审查", "1")}),
        ("plans.csv", ("mechanism_name",), {("行政执法人员培训",)}),
    ],
)
def test_tables_name_concepts_and_doubts(table: str, columns: tuple[str, ...], cells: set[tuple[str, ...]]) -> None:
    """What stands as an identifier stands beside it as a Chinese label, and a doubt as a number."""
    doubtful = report(
        adoptions=(adoption("contract-review", confidence=0.5),),
        practices=(practice(), practice("无上位", broader=None)),
        deficiencies=(deficiency("enforcement-capacity", causes=(cause("staffing-shortage"),), confidence=0.6),),
    )
    rows = rows_of(graph_of(to_quads(doubtful), vocabulary()))[table]
    assert {tuple(row[column] for column in columns) for row in rows} == cells


def test_the_dictionary_is_complete(store: GraphStore) -> None:
    """docs/tables.md explains each column of each table, in its order, and no other."""
    text = (Path(__file__).parent.parent / "docs" / "tables.md").read_text(encoding="utf-8")
    told = {
        part.split("\n")[0]: re.findall(r"^\| `(\w+)` \| .+ \|.*\|$", part, re.M) for part in text.split("\n## ")[1:]
    }
    assert told == {name: list(table[0]) for name, table in rows_of(store).items()}


@pytest.mark.parametrize("format_", ["ttl", "csv"])
def test_wrong_kind_of_path(format_: str, store: GraphStore, tmp_path: Path) -> None:
    """A folder where a file is needed, or the reverse, gives a line that says so."""
    (tmp_path / "file").touch()
    with pytest.raises(GraphError, match="give a f"):
        export(store, format_, tmp_path if format_ == "ttl" else tmp_path / "file")
