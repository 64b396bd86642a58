"""The numbers of reports as columns: what each is worth, on what terms it is, and which contradict each other.

All that the words around a number tell is told when a segment is written, so that nobody reads texts to compare numbers.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from math import inf
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from graph.figures.circumstances import PeriodKind, ScopeKind
from graph.figures.contradictions import Kind, examine
from graph.figures.figure import Observed, Source, Worded, in_text
from graph.index.told import Finding, Report, Told, place_in, text_in

# What `figure` holds as one array: report, thing and circumstances by their ids in the file, the place of the finding
# among those of its report, the year, the value and its bounds (infinite for none) in the unit of the circumstances,
# and how sure the rules are of it.
FIGURE = np.dtype(
    [
        ("report", "<u4"),
        ("thing", "<u4"),
        ("about", "<u4"),
        ("finding", "<u4"),
        ("year", "<i4"),
        ("value", "<f8"),
        ("low", "<f8"),
        ("high", "<f8"),
        ("confidence", "<f8"),
    ]
)
SCHEMA = """
CREATE TABLE figure (data BLOB);
CREATE TABLE circumstances (
    id INTEGER PRIMARY KEY, measure TEXT, unit TEXT, change TEXT, scope TEXT, part TEXT, period TEXT, span TEXT, said TEXT
);
CREATE TABLE contradiction (kind TEXT, figure INTEGER, others TEXT, least REAL, most REAL);
CREATE TABLE claim (change INTEGER, now INTEGER);
"""


class Circumstances(NamedTuple):
    """What many numbers have in common: see `graph.figures.figure.Figure`; `part` are the words of the scope, `said` of the period."""

    measure: str
    unit: str
    change: str
    scope: ScopeKind
    part: str
    period: PeriodKind
    span: str
    said: str


class Contradicted(NamedTuple):
    """A contradiction inside one report; numbers by their places among all, see `graph.figures.contradictions`."""

    kind: Kind
    figure: int
    others: tuple[int, ...]
    least: float | None
    most: float | None


class Figures(NamedTuple):
    """The numbers of all reports.

    `rows` is an array of the type FIGURE: places in `reports` and `things` (IRIs) and `about`. `claims` are pairs of
    numbers: changes against the year before, and what has changed so.
    """

    reports: list[str]
    things: list[str]
    about: list[Circumstances]
    rows: npt.NDArray[np.void]
    contradictions: list[Contradicted]
    claims: npt.NDArray[np.int64]


class Writer:
    """The numbers of the reports of one segment, report by report, and then all of them into its file."""

    def __init__(self) -> None:
        self._about: dict[Circumstances, int] = {}
        self._rows: list[tuple[float, ...]] = []
        self._contradictions: list[tuple[str, int, str, float | None, float | None]] = []
        self._claims: list[tuple[int, int]] = []

    def add(self, number: int, report: Report, told: Told, findings: Sequence[Finding], things: dict[str, int]) -> None:
        """What a report counts, the report by its number in the file; nothing where its place or year is not known."""
        place = place_in(report.place, told)
        if place is None or not report.year:
            return
        source, text = Source(report.iri, place, int(report.year), report.department), text_in(told)
        figures = {
            at: in_text(source, _observed(each), text)
            for at, each in enumerate(findings)
            if each.kind == "observation" and each.thing
        }
        order = sorted(figures, key=lambda at: figures[at].ordinal)
        rows = {id(figures[at]): row for row, at in enumerate(order, len(self._rows))}
        for at in order:
            about = self._about.setdefault(_circumstances(figures[at]), len(self._about))
            self._rows.append((number, things[figures[at].indicator], about, at, *_worth(figures[at])))
        found, claims = examine([figures[at] for at in order])
        for each in found:
            others = " ".join(str(rows[id(other)]) for other in each.others)
            self._contradictions.append((each.kind, rows[id(each.figure)], others, each.least, each.most))
        self._claims += ((rows[id(change)], rows[id(now)]) for change, now in claims)

    def write(self, segment: sqlite3.Connection) -> None:
        """All that was added, into the file."""
        segment.execute("INSERT INTO figure VALUES (?)", (np.array(self._rows, FIGURE).tobytes(),))
        about = ((number, *each) for each, number in self._about.items())
        segment.executemany("INSERT INTO circumstances VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", about)
        segment.executemany("INSERT INTO contradiction VALUES (?, ?, ?, ?, ?)", self._contradictions)
        segment.executemany("INSERT INTO claim VALUES (?, ?)", self._claims)


def _observed(found: Finding) -> Observed:
    return Observed(
        f"{found.report}#{found.name}",
        found.thing,
        found.value,
        found.unit,
        found.qualifier,
        found.change,
        found.confidence,
        found.start,
        found.end,
    )


def _circumstances(figure: Worded) -> Circumstances:
    scope, period = figure.scope, figure.period
    return Circumstances(
        figure.measure, figure.unit, figure.change, scope.kind, scope.words, period.kind, period.span, period.words
    )


def _worth(figure: Worded) -> tuple[float, ...]:
    high = inf if figure.high is None else figure.high
    return figure.period.year, figure.value, figure.low, high, figure.confidence


def read_figures(segments: Iterable[sqlite3.Connection]) -> Figures:
    """The numbers of all segments, in their order."""
    reports: list[str] = []
    things: dict[str, int] = {}
    known: dict[Circumstances, int] = {}
    parts, claims, contradictions, before = [np.empty(0, FIGURE)], [np.empty((0, 2), np.int64)], [], 0
    for segment in segments:
        ((data,),) = segment.execute("SELECT data FROM figure")
        rows = np.frombuffer(data, FIGURE).copy()
        if len(rows):
            rows["report"] += len(reports)
            own = [
                things.setdefault(iri, len(things)) for (iri,) in segment.execute("SELECT iri FROM thing ORDER BY id")
            ]
            rows["thing"] = np.array(own, np.uint32)[rows["thing"]]
            about = (Circumstances._make(row) for _, *row in segment.execute("SELECT * FROM circumstances ORDER BY id"))
            rows["about"] = np.array([known.setdefault(each, len(known)) for each in about], np.uint32)[rows["about"]]
        for kind, figure, others, *would in segment.execute("SELECT * FROM contradiction"):
            against = tuple(int(each) + before for each in others.split())
            contradictions.append(Contradicted(kind, figure + before, against, *would))
        pairs = segment.execute("SELECT change, now FROM claim").fetchall()
        claims.append(np.array(pairs, np.int64).reshape(-1, 2) + before)
        reports += (iri for (iri,) in segment.execute("SELECT iri FROM report ORDER BY id"))
        parts.append(rows)
        before += len(rows)
    return Figures(reports, list(things), list(known), np.concatenate(parts), contradictions, np.concatenate(claims))
