"""The tables for analysts: what is in them, and their rows, some reports at a time.

`exports/tables.json` says of each table and column what it means, in the terms of the W3C's CSV on the Web. Each report
is read from its own graph, so that no more than a few are in memory, and a row comes once from whatever server.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from operator import itemgetter
from pathlib import Path

from graph.disk import in_one_step
from graph.naming import abbreviate
from graph.sparql import Query, in_graphs
from graph.store import Queryable
from ontology.namespace import VOCABULARY_GRAPH

METADATA = "csv-metadata.json"  # where readers of CSV on the Web look for it

# Reports in one query: some endpoints, `zhili serve` among them, refuse long ones.
_AT_ONCE = 4

_REPORT = Query(
    "?code ?place ?path ?year ?level ?department ?issuer ?title ?issued ?characters",
    """?self a zl:Report ; nif:isString ?text . BIND (STRLEN(?text) AS ?characters)
    OPTIONAL { ?self zl:jurisdiction ?seat . ?seat skos:notation ?code ; skos:prefLabel ?place ; zl:fullName ?path ; zl:level ?level }
    OPTIONAL { ?self zl:year ?year } OPTIONAL { ?self zl:department ?department } OPTIONAL { ?self dcterms:title ?title }
    OPTIONAL { ?self dcterms:creator/skos:prefLabel ?issuer } OPTIONAL { ?self dcterms:issued ?issued }""",
)
_FILES = Query("?file", "?self a zl:Report ; dcterms:source ?file")

_QUOTED = "?statement prov:wasDerivedFrom ?evidence . ?evidence nif:anchorOf ?quote ; nif:beginIndex ?begin ; nif:endIndex ?end"
_SURE = "OPTIONAL { ?statement zl:confidence ?confidence }"

_STATEMENTS = {
    "adoptions": Query(
        "?statement ?thing ?name ?mechanism ?status ?confidence ?kind ?evidence ?begin ?end ?quote",
        f"""?statement a zl:Adoption ; zl:adopts ?thing ; zl:status ?state . {_QUOTED} . {_SURE}
        OPTIONAL {{ ?thing a zl:Practice ; skos:prefLabel ?name OPTIONAL {{ ?thing skos:broader ?above }} }}
        BIND (STRAFTER(STR(?state), "#") AS ?status) BIND (IF(BOUND(?name), ?above, ?thing) AS ?mechanism) BIND ("adoption" AS ?kind)""",
    ),
    "observations": Query(
        "?statement ?name ?value ?unit ?qualifier ?change ?mechanism ?confidence ?kind ?evidence ?begin ?end ?quote",
        f"""?statement a zl:Observation ; sosa:observedProperty/skos:prefLabel ?name ; sosa:hasSimpleResult ?value ;
        zl:unit ?unit ; zl:qualifier ?qualifier . {_QUOTED} . {_SURE}
        OPTIONAL {{ ?statement zl:change ?change }} OPTIONAL {{ ?statement zl:measures ?mechanism }} BIND ("observation" AS ?kind)""",
    ),
    "deficiencies": Query(
        "?statement ?words ?weakness ?confidence ?kind ?evidence ?begin ?end ?quote",
        f"""?statement a zl:Deficiency ; dcterms:description ?words . {_QUOTED} . {_SURE}
        OPTIONAL {{ ?statement zl:fallsUnder ?weakness }} BIND ("deficiency" AS ?kind)""",
    ),
    "causes": Query(
        "?deficiency ?statement ?words ?weakness ?kind ?evidence ?begin ?end ?quote",
        f"""?deficiency zl:cause ?statement . ?statement dcterms:description ?words . {_QUOTED}
        OPTIONAL {{ ?statement zl:fallsUnder ?weakness }} BIND ("cause" AS ?kind)""",
    ),
    "plans": Query(
        "?statement ?words ?mechanism ?kind ?evidence ?begin ?end ?quote",
        f"""?statement a zl:Plan ; dcterms:description ?words . {_QUOTED}
        OPTIONAL {{ ?statement zl:concerns ?mechanism }} BIND ("plan" AS ?kind)""",
    ),
}

_LABELS = f"""SELECT ?concept ?label WHERE {{ GRAPH <{VOCABULARY_GRAPH}> {{
    ?concept skos:inScheme ?scheme ; skos:prefLabel ?label FILTER (lang(?label) = "zh") }} }}"""
# Columns that hold the label of what another column names.
_LABELLED = {"name": "thing", "mechanism_name": "mechanism", "weakness_name": "weakness"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its columns in their order, each with its type: string, integer, decimal or date."""

    name: str
    columns: Mapping[str, str]


@cache
def sheets() -> tuple[Sheet, ...]:
    """The tables in their order, that of the reports first."""
    return tuple(
        Sheet(
            table["url"].removesuffix(".csv"),
            {column["name"]: _type(column["datatype"]) for column in table["tableSchema"]["columns"]},
        )
        for table in json.loads(_metadata())["tables"]
    )


def write_csv(store: Queryable, folder: Path) -> list[Path]:
    """Writes the tables as CSV, in UTF-8 with a mark, so that Excel reads the Chinese, and what describes them."""
    paths = [*(folder / f"{sheet.name}.csv" for sheet in sheets()), folder / METADATA]
    with in_one_step(paths) as parts:
        with ExitStack() as opened:
            writers = {}
            for sheet, part in zip(sheets(), parts[:-1], strict=True):
                file = opened.enter_context(part.open("w", encoding="utf-8-sig", newline=""))
                writers[sheet.name] = csv.writer(file, lineterminator="\n")
                writers[sheet.name].writerow(sheet.columns)
            for name, row in _rows(store):
                writers[name].writerow(row)
        parts[-1].write_text(_metadata(), encoding="utf-8", newline="\n")
    return paths


def _rows(store: Queryable) -> Iterator[tuple[str, list[str]]]:
    """The rows of all tables, each with its table's name; those of a table by report, and then as its text goes."""
    labels = {row["concept"]: row["label"] for row in store.select(_LABELS)}
    graphs = [graph for graph in store.graphs() if graph != VOCABULARY_GRAPH]
    for start in range(0, len(graphs), _AT_ONCE):
        some = graphs[start : start + _AT_ONCE]
        reports = _reports(store, some)
        tables = {name: sorted(_ask(store, query, some), key=_in_order) for name, query in _STATEMENTS.items()}
        slices = {(row["statement"], row["evidence"]): row for row in chain(*tables.values())}
        tables["evidence"] = sorted(slices.values(), key=_in_order)
        for sheet in sheets():
            for row in tables.get(sheet.name, reports.values()):
                cells = reports[row["report"]] | row
                yield sheet.name, [_cell(column, cells, labels) for column in sheet.columns]


def _reports(store: Queryable, graphs: list[str]) -> dict[str, dict[str, str]]:
    """What there is to say of some reports, by report."""
    sources: defaultdict[str, set[str]] = defaultdict(set)
    for row in _ask(store, _FILES, graphs):
        sources[row["report"]].add(row["file"])
    rows = sorted(_ask(store, _REPORT, graphs), key=itemgetter("report"))
    files = {report: {"file": min(names), "files": str(len(names))} for report, names in sources.items()}
    return {row["report"]: row | files.get(row["report"], {}) for row in rows}


def _ask(store: Queryable, query: Query, graphs: list[str]) -> Iterator[dict[str, str]]:
    return chain.from_iterable(map(store.select, in_graphs(query, graphs)))


def _in_order(row: Mapping[str, str]) -> tuple[str, int, int, str, list[str]]:
    return row["report"], int(row["begin"]), int(row["end"]), row["statement"], [*row.values()]


def _cell(column: str, cells: Mapping[str, str], labels: Mapping[str, str]) -> str:
    value = cells.get(column, "")
    if not value and column == "confidence":
        return "1"
    if not value and column in _LABELLED:
        return labels.get(cells.get(_LABELLED[column], ""), "")
    return abbreviate(value)


def _metadata() -> str:
    return files("graph").joinpath("exports", "tables.json").read_text(encoding="utf-8")


def _type(datatype: str | Mapping[str, str]) -> str:
    return datatype if isinstance(datatype, str) else datatype["base"]
