"""An answer to a SPARQL query → text: a table for the eye, CSV, SPARQL's own JSON, or Turtle."""

import csv
import io

import pyoxigraph as ox

from graph.errors import BadQuery
from graph.naming import abbreviate
from graph.store import Answer
from graph.tables import table
from ontology.namespace import PREFIXES

FORMATS = ("table", "csv", "json", "ttl")


def render(answer: Answer, format_: str) -> str:
    """The answer in one of `FORMATS`, ended by a line end."""
    if isinstance(answer, ox.QueryBoolean):
        return (
            _text(answer.serialize(format=ox.QueryResultsFormat.JSON))
            if format_ == "json"
            else f"{bool(answer)}\n".lower()
        )
    if isinstance(answer, ox.QueryTriples):
        return _triples(answer, format_)
    if format_ == "ttl":
        raise BadQuery("ttl is for CONSTRUCT and DESCRIBE; this query selects rows: use table, csv or json")
    if format_ != "table":
        return _text(answer.serialize(format=getattr(ox.QueryResultsFormat, format_.upper())))
    columns = [variable.value for variable in answer.variables]
    rows = [[_cell(solution[name]) for name in columns] for solution in answer]
    return table(columns, rows) + "\n" if rows else "no rows\n"


def _triples(answer: ox.QueryTriples, format_: str) -> str:
    if format_ == "json":
        raise BadQuery("json is for SELECT and ASK; this query makes triples: use ttl, csv or table")
    triples = sorted(answer, key=str)
    if format_ == "ttl":
        return turtle(triples)
    columns = ["subject", "predicate", "object"]
    rows = [[_cell(triple.subject), _cell(triple.predicate), _cell(triple.object)] for triple in triples]
    if format_ == "table":
        return table(columns, rows) + "\n"
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([columns, *rows])
    return out.getvalue()


def turtle(triples: list[ox.Triple]) -> str:
    """Triples as Turtle with the prefixes in order, which Oxigraph writes in any."""
    text = _text(ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES))
    lines = text.splitlines(keepends=True)
    return "".join(sorted(lines[: len(PREFIXES)]) + lines[len(PREFIXES) :])


def _cell(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        return abbreviate(term.value)
    return term.value if isinstance(term, ox.Literal | ox.BlankNode) else "" if term is None else str(term)


def _text(data: bytes | None) -> str:
    return (data or b"").decode().rstrip("\n") + "\n"
