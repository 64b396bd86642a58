"""Reports whose numbers a test states as sentences, read as the extractor reads them."""

from dataclasses import replace

from extract.numbers.indicators import find_observations
from extract.outline import Outline, Zone
from extract.records import Evidence, Jurisdiction, Report
from graph.analysis.figures import read_reports, read_sources
from graph.figures.figure import Worded
from graph.naming import places
from graph.store import Queryable
from ontology.divisions import divisions
from tests.factories import graph_from, report


def numbered(text: str, code: str = "330324", year: int = 2024, department: str | None = None) -> Report:
    """A report of a division that says this alone, with the numbers that the extractor finds in it; no mechanism known."""
    outline = Outline(text, None, Evidence(0, len(text)), (), (Zone("achievements", 0, len(text), 0),))
    seat = divisions()[code]
    return replace(
        report(),
        source=f"{code}-{year}.txt",
        text=text,
        jurisdiction=Jurisdiction(code, seat.path, seat.level),
        department=department,
        year=year,
        sections=(),
        adoptions=(),
        practices=(),
        deficiencies=(),
        plans=(),
        observations=tuple(find_observations(outline, lambda start, end: None)),
    )


def figures_in(store: Queryable) -> list[list[Worded]]:
    """The figures of each report of a graph."""
    return list(read_reports(store, read_sources(store, places(store)).values()))


def figures(text: str, code: str = "330324", year: int = 2024, department: str | None = None) -> list[Worded]:
    """The figures of one report that says this alone."""
    return figures_in(graph_from(numbered(text, code, year, department)))[0]
