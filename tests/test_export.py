"""Exports are read by the tools they are for, and are the same bytes for the same graph."""

import csv
import io
import json
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import networkx as nx
import pyoxigraph as ox
import pytest

from extract.reading import Document
from extract.report import read_report
from extract.triples import to_quads
from graph.errors import GraphError
from graph.export import FOLDERS, FORMATS, export
from graph.naming import abbreviate
from graph.phrasing import check
from graph.sheets import METADATA, sheets
from graph.store import GraphStore, graph_of
from tests.factories import adoption, cause, deficiency, practice, report, vocabulary

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def store() -> GraphStore:
    """Two reports and the vocabulary."""
    return graph_of(to_quads(report("330324006")), to_quads(report("430406", title='“两”\n"句", 话')), vocabulary())


_ADOPTED = {("行政合同审查", "行政合同审查", "0.5"), ("解纷小院", "矛盾纠纷多元化解", "1"), ("无上位", "", "1")}


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> GraphStore:
    """The graph of the five seeds."""
    found = (read_report(Document(file.name, file.read_bytes())) for file in sorted((ROOT / "seeds").glob("*.txt")))
    return graph_of(*map(to_quads, found), vocabulary())


def rows_of(store: GraphStore) -> dict[str, list[dict[str, str]]]:
    """The tables as a reader of CSV sees them, by name."""
    with TemporaryDirectory() as folder:
        return {file.stem: read_csv(file) for file in export(store, "csv", Path(folder)) if file.suffix == ".csv"}


def read_csv(file: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def union(store: GraphStore) -> set[str]:
    """The triples of all graphs."""
    return {line.rsplit(" ", 2)[0] for line in store.quads()}


@pytest.mark.parametrize("format_", [*FORMATS, *FOLDERS])
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
        "reports": 2,
        "adoptions": 4,
        "observations": 2,
        "deficiencies": 2,
        "causes": 2,
        "plans": 2,
        "evidence": 12,
    }
    assert {row["title"] for row in found["reports"]} == {"2024年法治政府建设年度报告", '“两”\n"句", 话'}
    assert {row["value"] for row in found["observations"]} == {"32"}


def test_every_row_says_whose_it_is(store: GraphStore) -> None:
    """Each row of each table names its report, its place by code, name and full name, and its year."""
    places = {("330324006", "三江街道", "浙江省温州市永嘉县三江街道"), ("430406", "雁峰区", "湖南省衡阳市雁峰区")}
    for name, table in rows_of(store).items():
        assert {(row["code"], row["place"], row["path"]) for row in table} == places, name
        assert all(row["report"].startswith(f"report:{row['code']}/2024/") and row["year"] == "2024" for row in table)


@pytest.mark.parametrize(
    ("table", "columns", "cells"),
    [
        ("adoptions", ("name", "mechanism_name", "confidence"), _ADOPTED),
        ("deficiencies", ("weakness_name", "confidence"), {("执法能力和水平不足", "0.6")}),
        ("causes", ("weakness_name",), {("人员不足或任务繁重",)}),
        ("observations", ("name", "mechanism_name", "confidence"), {("合同", "行政合同审查", "1")}),
        ("plans", ("mechanism_name",), {("行政执法人员培训",)}),
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


def test_several_reports_at_a_time(seeds: GraphStore) -> None:
    """What is read some reports at a time is what the whole graph holds, each statement with its own report."""
    asked = "SELECT ?statement ?report { ?statement a ?kind ; zl:statedIn ?report ; prov:wasDerivedFrom ?e } VALUES ?kind { zl:%s }"
    found = rows_of(seeds)
    for kind, name in {"Adoption": "adoptions", "Observation": "observations", "Cause": "causes"}.items():
        there = {(abbreviate(row["statement"]), abbreviate(row["report"])) for row in seeds.select(asked % kind)}
        assert {(row["statement"], row["report"]) for row in found[name]} == there != set()
        evidence = {row["statement"] for row in found["evidence"] if row["kind"] == kind.lower()}
        assert evidence == {statement for statement, _ in there}


def test_endpoints_of_explorers_are_enough(seeds: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No query is longer than what `zhili serve` lets through."""
    asked: list[str] = []
    whole = GraphStore.select

    def noted(store: GraphStore, query: str, **iris: str) -> Iterator[dict[str, str]]:
        asked.append(query)
        return whole(store, query, **iris)

    monkeypatch.setattr(GraphStore, "select", noted)
    export(seeds, "csv", tmp_path)
    assert {check(query) for query in asked} == {"SELECT"}


def test_what_is_written_is_what_is_described(seeds: GraphStore, tmp_path: Path) -> None:
    """Columns, types, allowed values, keys and references are those of the metadata beside the tables."""
    export(seeds, "csv", tmp_path)
    tables = json.loads((tmp_path / "csv-metadata.json").read_text(encoding="utf-8"))["tables"]
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted([*(each["url"] for each in tables), METADATA])
    reports = {row["report"] for row in read_csv(tmp_path / "reports.csv")}
    for table in tables:
        rows, schema = read_csv(tmp_path / table["url"]), table["tableSchema"]
        assert list(rows[0]) == [column["name"] for column in schema["columns"]]
        for column in schema["columns"]:
            values = {row[column["name"]] for row in rows}
            assert "" not in values or not column.get("required"), (table["url"], column["name"])
            assert all(_fits(value, column["datatype"]) for value in [*values - {""}, column["skos:example"]])
        key = [schema["primaryKey"]] if isinstance(schema["primaryKey"], str) else schema["primaryKey"]
        assert len({tuple(row[name] for name in key) for row in rows}) == len(rows)
        assert {row["report"] for row in rows} <= reports


def _fits(value: str, datatype: str | dict[str, str]) -> bool:
    if isinstance(datatype, dict):
        return re.fullmatch(datatype["format"], value) is not None
    written = {"string": ".*", "integer": r"\d+", "decimal": r"-?\d+(\.\d+)?", "date": r"\d{4}-\d\d-\d\d"}
    return re.fullmatch(written[datatype], value, re.DOTALL) is not None


def test_the_dictionary_is_complete() -> None:
    """docs/tables.md tells of each table and column what its metadata says, in its order, and no other."""
    text = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    told = {part.split("\n")[0]: part.split("\n")[2:] for part in text.split("\n## ")[1:]}
    tables = json.loads((ROOT / "graph" / "exports" / "tables.json").read_text(encoding="utf-8"))["tables"]
    assert list(told) == [table["url"].removesuffix(".csv") for table in tables]
    for table in tables:
        first, *lines = told[table["url"].removesuffix(".csv")]
        key = table["tableSchema"]["primaryKey"]
        keys = ", ".join(f"`{name}`" for name in ([key] if isinstance(key, str) else key))
        assert first == f"{table['dc:description'][0]['@value']} Key: {keys}."
        assert [line for line in lines if line][2:] == [_line(column) for column in table["tableSchema"]["columns"]]


def _line(column: dict[str, Any]) -> str:
    name = f"**`{column['name']}`**" if column.get("required") else f"`{column['name']}`"
    type_ = column["datatype"] if isinstance(column["datatype"], str) else column["datatype"]["base"]
    allowed = "" if isinstance(column["datatype"], str) else column["datatype"]["format"].split("|")
    values = ", ".join(f"`{value}`" for value in allowed)
    return f"| {name} | {type_} | {column['dc:description']} | {values} | {column['skos:example']} |"


def test_parquet_holds_what_csv_holds(seeds: GraphStore, tmp_path: Path) -> None:
    """The same cells, typed, and nulls where a cell is empty."""
    types = {"string": str, "integer": int, "decimal": float, "date": date}
    written = {file.stem: file for file in export(seeds, "parquet", tmp_path / "it's")}
    assert sorted((tmp_path / "it's").iterdir()) == sorted(written.values())
    for sheet in sheets():
        here, there = rows_of(seeds)[sheet.name], duckdb.read_parquet(str(written[sheet.name]))
        assert there.columns == list(sheet.columns)
        for row, cells in zip(here, there.fetchall(), strict=True):
            for value, cell, kind in zip(row.values(), cells, sheet.columns.values(), strict=True):
                assert cell is None if value == "" else type(cell) is types[kind]
                assert value == ("" if cell is None else str(cell)) or float(value) == cell


def test_a_question_across_tables(seeds: GraphStore, tmp_path: Path) -> None:
    """The query in docs/tables.md, asked of Parquet by DuckDB, gives what SPARQL gives."""
    export(seeds, "parquet", tmp_path / "tables")
    text = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    query = text.partition("```sql\n")[2].partition("```")[0].replace("'tables/", f"'{tmp_path}/tables/")
    asked = """
    SELECT ?weakness (COUNT(DISTINCT ?report) AS ?reports) (COUNT(DISTINCT ?planning) AS ?training) {
        ?deficiency a zl:Deficiency ; zl:fallsUnder ?weakness ; zl:statedIn ?report
        OPTIONAL { ?plan a zl:Plan ; zl:concerns mechanism:enforcement-training ; zl:statedIn ?report BIND (?report AS ?planning) }
    }
    GROUP BY ?weakness ORDER BY DESC(?reports) ?weakness"""
    there = [(abbreviate(row["weakness"]), int(row["reports"]), int(row["training"])) for row in seeds.select(asked)]
    assert duckdb.connect().execute(query).fetchall() == there
    assert any(training for _, _, training in there)


def test_without_duckdb(store: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line says which package is missing, before anything is written."""
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(GraphError, match=r"takes the package duckdb; install it \(pip install duckdb\), or export csv"):
        export(store, "parquet", tmp_path / "tables")
    assert not (tmp_path / "tables").exists()


@pytest.mark.parametrize("format_", FOLDERS)
def test_tables_come_in_one_step(
    format_: str, store: GraphStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where reading breaks off, the tables of before stay, and nothing beside them."""
    export(store, format_, tmp_path)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    whole = GraphStore.select

    def broken(store: GraphStore, query: str, **iris: str) -> Iterator[dict[str, str]]:
        if "zl:Plan" in query:
            raise GraphError("the answer broke off")
        return whole(store, query, **iris)

    monkeypatch.setattr(GraphStore, "select", broken)
    with pytest.raises(GraphError, match="broke off"):
        export(store, format_, tmp_path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


@pytest.mark.parametrize("format_", ["ttl", "csv", "parquet"])
def test_wrong_kind_of_path(format_: str, store: GraphStore, tmp_path: Path) -> None:
    """A folder where a file is needed, or the reverse, gives a line that says so."""
    (tmp_path / "file").touch()
    with pytest.raises(GraphError, match="give a f"):
        export(store, format_, tmp_path if format_ == "ttl" else tmp_path / "file")
