"""What reports state, finding by finding, as the pages of places, things and indicators need it."""

import sqlite3
from collections.abc import Collection

from graph.index.told import KINDS, Finding

_COLUMNS = """finding.report, finding.name, finding.kind, thing.iri, status, gist, effect, value, unit, qualifier, change,
    confidence, finding.start, finding.stop"""
_FROM = "FROM finding LEFT JOIN thing ON thing.id = finding.thing"
_QUOTED = f"SELECT {_COLUMNS}, quote.text {_FROM} LEFT JOIN quote ON quote.id = finding.quote WHERE finding.report IN"
_BARE = f"SELECT {_COLUMNS}, '' {_FROM} WHERE finding.report IN"
_ORDER = "ORDER BY finding.report, finding.number"


def read_findings(
    segment: sqlite3.Connection,
    reports: dict[int, str],
    things: Collection[str] = (),
    quoted: bool = True,
    kinds: Collection[str] = KINDS,
) -> list[Finding]:
    """What some of a segment's reports state, of everything or of some things, in the order of reports and statements.

    `reports` are their IRIs by their numbers in the segment; `kinds` are those of KINDS that are wanted.
    """
    query = f"{_QUOTED if quoted else _BARE} ({', '.join(map(str, reports))})"
    if things:
        query += f" AND finding.thing IN (SELECT id FROM thing WHERE iri IN ({', '.join('?' * len(things))}))"
    if len(kinds) < len(KINDS):
        query += f" AND finding.kind IN ({', '.join(str(KINDS.index(kind)) for kind in kinds)})"
    rows = segment.execute(f"{query} {_ORDER}", tuple(things))
    return [
        Finding._make((reports[report], name, KINDS[kind], iri or "", *rest, quote or ""))
        for report, name, kind, iri, *rest, quote in rows
    ]


def read_finding(segment: sqlite3.Connection, report: str, number: int, place: int, quoted: bool = True) -> Finding:
    """What one report, by its IRI and its number in the segment, states at one place among its findings."""
    query = f"{_QUOTED if quoted else _BARE} (?) AND finding.number = ?"
    ((_, name, kind, iri, *rest, quote),) = segment.execute(query, (number, place))
    return Finding._make((report, name, KINDS[kind], iri or "", *rest, quote or ""))
