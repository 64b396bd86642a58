"""What reports state, finding by finding, as the pages of places, things and indicators need it."""

import sqlite3
from typing import NamedTuple

from graph.index.told import KINDS

_COLUMNS = """finding.report, finding.name, finding.kind, thing.iri, status, gist, effect, value, unit, qualifier, change,
    confidence, finding.start, finding.stop"""
_FROM = "FROM finding LEFT JOIN thing ON thing.id = finding.thing"
_QUOTED = f"SELECT {_COLUMNS}, quote.text {_FROM} LEFT JOIN quote ON quote.id = finding.quote WHERE finding.report IN"
_BARE = f"SELECT {_COLUMNS}, '' {_FROM} WHERE finding.report IN"
_ORDER = "ORDER BY finding.report, finding.number"


class Finding(NamedTuple):
    """A statement of a report, with one of its things and one of the slices of the text that say so.

    `report` is the report's IRI, `name` the fragment that makes it the statement's, `kind` one of `told.KINDS`. `thing`
    is the IRI of what is adopted, observed or admitted, `status` how a thing is adopted, `gist` the words of a
    shortcoming, cause or plan, `effect` the name of the shortcoming that a cause is one of; `value`, `unit`, `qualifier`
    and `change` are of observations. Texts are "" where there is none; so is `quote` where it was not asked for.
    """

    report: str
    name: str
    kind: str
    thing: str
    status: str
    gist: str
    effect: str
    value: str
    unit: str
    qualifier: str
    change: str
    confidence: float
    start: int
    end: int
    quote: str


def read_findings(
    segment: sqlite3.Connection, reports: dict[int, str], thing: str = "", quoted: bool = True
) -> list[Finding]:
    """What some of a segment's reports state, of everything or of one thing, in the order of reports and statements.

    `reports` are their IRIs by their numbers in the segment.
    """
    query = f"{_QUOTED if quoted else _BARE} ({', '.join(map(str, reports))})"
    if thing:
        query += " AND finding.thing = (SELECT id FROM thing WHERE iri = ?)"
    rows = segment.execute(f"{query} {_ORDER}", (thing,) if thing else ())
    return [
        Finding._make((reports[report], name, KINDS[kind], iri or "", *rest, quote or ""))
        for report, name, kind, iri, *rest, quote in rows
    ]


def read_finding(segment: sqlite3.Connection, report: str, number: int, place: int, quoted: bool = True) -> Finding:
    """What one report, by its IRI and its number in the segment, states at one place among its findings."""
    query = f"{_QUOTED if quoted else _BARE} (?) AND finding.number = ?"
    ((_, name, kind, iri, *rest, quote),) = segment.execute(query, (number, place))
    return Finding._make((report, name, KINDS[kind], iri or "", *rest, quote or ""))
