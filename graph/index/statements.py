"""All segments of a graph → what all its reports say, as columns."""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from graph.index.segments import SAID
from graph.index.told import Report


class Statements(NamedTuple):
    """What the reports of a graph say of which things.

    `said` is an array of the type `SAID`: places in `reports` and `things` (IRIs), a place in ROLES, and how sure the
    surest statement is that says so (0 to 1). No three of report, thing and role occur twice.
    """

    reports: list[Report]
    things: list[str]
    said: npt.NDArray[np.void]


def read_statements(segments: Iterable[sqlite3.Connection]) -> Statements:
    """The statements of all segments, in their order."""
    reports: list[Report] = []
    things: dict[str, int] = {}
    parts = [np.empty(0, SAID)]
    for segment in segments:
        ((data,),) = segment.execute("SELECT data FROM said")
        said = np.frombuffer(data, SAID).copy()
        said["report"] += len(reports)
        own = [things.setdefault(iri, len(things)) for (iri,) in segment.execute("SELECT iri FROM thing ORDER BY id")]
        said["thing"] = np.array(own, np.uint32)[said["thing"]]
        parts.append(said)
        reports += read_reports(segment)
    return Statements(reports, list(things), np.concatenate(parts))


def read_reports(segment: sqlite3.Connection) -> list[Report]:
    """The reports of a segment, in its order."""
    rows = segment.execute("SELECT iri, title, year, place, department, office, length FROM report ORDER BY id")
    return [*map(Report._make, rows)]
