"""Some reports of neighbours in one year → a file: what they say, name and quote.

A segment holds nothing that depends on other reports: with one report changed, one segment is written anew. It is made
of the reports' shards where these are at hand, and otherwise of what any store answers, which takes ten times as long.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from graph.index.figures import SCHEMA, Writer
from graph.index.files import FORMAT, writing
from graph.index.told import KINDS, ROLES, Finding, Name, Tell, findings_in, names_in, quotes_in, report_in, said_in
from graph.index.words import GRAM, tokens
from graph.manifest import key_of
from ontology.namespace import PREFIXES, VOCABULARY_GRAPH

# What `said` holds as one array, since a million rows take seconds to read: report and thing by their ids in the
# file, the role by its place in ROLES, and the confidence of the surest statement that says so.
SAID = np.dtype([("report", "<u4"), ("thing", "<u4"), ("role", "u1"), ("confidence", "<f8")])

_SCHEMA = f"""
CREATE TABLE report (
    id INTEGER PRIMARY KEY, iri TEXT, title TEXT, year TEXT, place TEXT, department TEXT, office TEXT, length INTEGER
);
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT UNIQUE);
CREATE TABLE said (data BLOB);
CREATE TABLE name (kind TEXT, iri TEXT, labels TEXT, others TEXT, notes TEXT, concepts TEXT);
CREATE TABLE quote (id INTEGER PRIMARY KEY, report INTEGER, text TEXT, start INTEGER, stop INTEGER);
CREATE TABLE finding (
    report INTEGER, number INTEGER, name TEXT, kind INTEGER, thing INTEGER, status TEXT, gist TEXT, effect TEXT,
    value TEXT, unit TEXT, qualifier TEXT, change TEXT, confidence REAL, start INTEGER, stop INTEGER, quote INTEGER,
    PRIMARY KEY (report, number)
) WITHOUT ROWID;
CREATE INDEX finding_thing ON finding (thing);
{SCHEMA}{GRAM}"""

# So many reports make a segment, on average, and so many at most.
_REPORTS = 100
_MOST = 200


class Segment(NamedTuple):
    """A file of an index, and for each report in it (by the IRI of its graph), in order, what names its content."""

    path: Path
    reports: dict[str, str]


def segments(folder: Path, contents: Mapping[str, str]) -> list[Segment]:
    """The segments of a graph, in the order in which their quotes are answered: by year, the newest first, and place.

    `contents` tells for each graph what names its content.
    """
    groups = _divided([iri for iri in contents if iri != VOCABULARY_GRAPH])
    return [
        Segment(
            folder / f"reports-{FORMAT}-{key_of(*(contents[iri].encode() for iri in group))}.sqlite",
            {iri: contents[iri] for iri in group},
        )
        for group in groups
    ]


def write_segment(tell: Tell, segment: Segment) -> None:
    """Writes the file of a segment; the same reports give the same bytes. GraphError where it cannot be written."""
    told = tell(segment.reports)
    things: dict[str, int] = {}
    said: list[tuple[int, int, int, float]] = []
    names: set[Name] = set()
    figures = Writer()
    with writing(segment.path, _SCHEMA) as connection:
        for number, iri in enumerate(segment.reports):
            about = told[iri]
            report, findings = report_in(iri, about), findings_in(iri, about)
            connection.execute("INSERT INTO report VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (number, *report))
            said += (
                (number, things.setdefault(thing, len(things)), ROLES.index(role), confidence)
                for (role, thing), confidence in sorted(said_in(about).items())
            )
            names.update(names_in(about))
            quotes = _write_quotes(connection, number, quotes_in(about))
            _write_findings(connection, number, findings, things, quotes)
            figures.add(number, report, about, findings, things)
        figures.write(connection)
        connection.execute("INSERT INTO said VALUES (?)", (np.array(said, SAID).tobytes(),))
        connection.executemany("INSERT INTO thing VALUES (?, ?)", ((number, iri) for iri, number in things.items()))
        connection.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?)", sorted(names))


def _write_quotes(connection: sqlite3.Connection, report: int, quotes: list[tuple[int, int, str]]) -> dict[str, int]:
    """Adds the quotes of a report, numbered in the order in which they are answered; gives the number of each."""
    ((before,),) = connection.execute("SELECT coalesce(max(id) + 1, 0) FROM quote")
    rows = [(number, report, text, start, stop) for number, (start, stop, text) in enumerate(quotes, before)]
    connection.executemany("INSERT INTO quote VALUES (?, ?, ?, ?, ?)", rows)
    grams = ((number, tokens([text])) for number, _, text, *_ in rows)
    connection.executemany("INSERT INTO gram (rowid, text) VALUES (?, ?)", grams)
    return {text: number for number, _, text, *_ in rows}


def _write_findings(
    connection: sqlite3.Connection,
    report: int,
    findings: Sequence[Finding],
    things: dict[str, int],
    quotes: Mapping[str, int],
) -> None:
    """Adds what a report states; things, of which there may be new ones, and quotes by their numbers or NULL."""
    for each in findings:
        if each.thing:
            things.setdefault(each.thing, len(things))
    rows = (
        (report, number, name, KINDS.index(kind), things.get(thing), *rest, quotes.get(quote))
        for number, (_, name, kind, thing, *rest, quote) in enumerate(findings)
    )
    connection.executemany(f"INSERT INTO finding VALUES (?, {', '.join('?' * len(Finding._fields))})", rows)


def _divided(reports: Iterable[str]) -> list[list[str]]:
    """Reports in order, cut behind those whose names have a certain hash, and where a group would get too large.

    So where most cuts are depends on one report alone, and another report changes the one group that it comes into, or
    some up to the next such cut (content-defined chunking: Muthitacharoen et al. 2001, "A low-bandwidth network file
    system").
    """
    groups: list[list[str]] = [[]]
    for iri in sorted(reports, key=_in_order):
        groups[-1].append(iri)
        if len(groups[-1]) == _MOST or int(key_of(iri.encode()), 16) % _REPORTS == 0:
            groups.append([])
    return [group for group in groups if group]


def _in_order(report: str) -> tuple[int, str, str]:
    """By the year and the division's code in a report's IRI: the newest first, those without year or place last."""
    code, year, *_ = (*report.removeprefix(PREFIXES["report"]).split("/"), "", "")
    return -int(year) if year.isdecimal() else 0, code if code.isdecimal() else "~", report
