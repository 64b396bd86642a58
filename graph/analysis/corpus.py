"""Reports with their texts folded to signs, and who is whose superior, peer or neighbour among those who report."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from graph.analysis.chance import FEWEST
from graph.analysis.folding import fold
from graph.analysis.shingles import Numbers, Texts
from graph.naming import Place, places
from graph.sparql import Query, in_graphs
from graph.store import Queryable

_REPORTS = """
SELECT ?report ?place ?year ?department WHERE {
    ?report a zl:Report ; zl:jurisdiction ?place ; zl:year ?year
    OPTIONAL { ?report zl:department ?department }
}"""
_TEXT = Query("?text", "?itself a zl:Report ; nif:isString ?text")

AREAS = 8  # unrelated areas without which stock cannot be told from copies
_PREFIXES = (2, 4, 6, 9)  # of division codes: provinces, prefectures, counties, townships


class Written(NamedTuple):
    """A report: its IRI, who reports, and the year that it is on; `department` is "" for a government's own."""

    iri: str
    place: Place
    department: str
    year: int

    @property
    def by(self) -> str:
        """Who reports."""
        return self.place.full_name + self.department


@dataclass(frozen=True, eq=False)
class Corpus:
    """Reports in the order of their places' codes, departments, years and IRIs, with the signs of their texts."""

    reports: tuple[Written, ...]
    texts: Texts

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each report, by IRI."""
        return {report.iri: number for number, report in enumerate(self.reports)}

    @cached_property
    def offices(self) -> Numbers:
        """For each report the number of the office that reports, a government or one of its departments."""
        named = [(report.place.iri, report.department) for report in self.reports]
        numbers = {office: number for number, office in enumerate(dict.fromkeys(named))}
        return np.array([numbers[office] for office in named], np.int64)

    @cached_property
    def years(self) -> Numbers:
        """The year of each report."""
        return np.array([report.year for report in self.reports], np.int64)

    @cached_property
    def first(self) -> Numbers:
        """The number of each office's first report."""
        return np.flatnonzero(np.diff(self.offices, prepend=-1))

    @cached_property
    def superiors(self) -> Numbers:
        """Offices × 4: the governments above, from the province down, and a department's own; -1 for none."""
        found = np.full((len(self.first), 4), -1)
        governments = {
            self.reports[report].place.path: office
            for office, report in enumerate(self.first)
            if not self.reports[report].department
        }
        for office, report in enumerate(self.first):
            about = self.reports[report]
            for depth in range(1, len(about.place.path) + bool(about.department)):
                found[office, depth - 1] = governments.get(about.place.path[:depth], -1)
        return found

    @cached_property
    def parents(self) -> Numbers:
        """For each office a number that it shares with its peers: who has the same government right above."""
        about = [self.reports[report] for report in self.first]
        above = [
            (each.place.path if each.department else each.place.path[:-1], bool(each.department)) for each in about
        ]
        numbers = {each: number for number, each in enumerate(dict.fromkeys(above))}
        return np.array([numbers[each] for each in above], np.int64)

    @cached_property
    def areas(self) -> Numbers:
        """For each office the number of its area: provinces where there are enough of them, else smaller divisions.

        Offices of one area may well know each other's words. Empty where there are too few of any.
        """
        codes = [self.reports[report].place.code for report in self.first]
        for length in _PREFIXES:
            numbers = {area: number for number, area in enumerate(dict.fromkeys(code[:length] for code in codes))}
            if len(numbers) >= AREAS and len(codes) >= FEWEST:
                return np.array([numbers[code[:length]] for code in codes], np.int64)
        return np.zeros(0, np.int64)


def read_corpus(store: Queryable) -> Corpus:
    """The reports of a graph; those of which place or year is not known cannot be placed, and are left out."""
    known = places(store)
    found = {
        row["report"]: Written(row["report"], known[row["place"]], row["department"], int(row["year"]))
        for row in store.select(_REPORTS)
    }
    return corpus(found.values(), texts_of(store, found))


def texts_of(store: Queryable, reports: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The texts of some reports, each with the report's IRI."""
    for query in in_graphs(_TEXT, reports):
        for row in store.select(query):
            yield row["report"], row["text"]


def corpus(reports: Iterable[Written], texts: Iterable[tuple[str, str]]) -> Corpus:
    """Reports, in any order, with their texts by IRI, in any order; texts of other reports are passed over."""
    ordered = sorted(set(reports), key=lambda each: (each.place.code, each.department, each.year, each.iri))
    numbers = {each.iri: number for number, each in enumerate(ordered)}
    signs = [np.zeros(0, np.uint16)] * len(ordered)
    for iri, text in texts:
        if (number := numbers.get(iri)) is not None:
            signs[number] = fold(text, ordered[number].place.path).codes
    starts = np.cumsum([0, *map(len, signs)])
    return Corpus(tuple(ordered), Texts(np.concatenate([np.zeros(0, np.uint16), *signs]), starts))
