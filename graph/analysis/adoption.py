"""Who states what of each mechanism, year by year: practised, planned, lacking, not a word, or no report at all.

Silence is not absence: a place that has no report in a year is told from one whose report does not mention a thing, and
who admits that something is lacking from who says nothing of it. What counts is a government's own report; one of a
department speaks for the department alone, and would make its government look silent on all the rest.
"""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from graph.naming import Place, places
from graph.store import Queryable
from ontology.namespace import PREFIXES

Integers = npt.NDArray[np.int64]
States = npt.NDArray[np.int8]

_REPORTS = """
SELECT ?report ?place ?year (STRLEN(?text) AS ?length) WHERE {
    ?report a zl:Report ; zl:jurisdiction ?place ; zl:year ?year ; nif:isString ?text .
    FILTER NOT EXISTS { ?report zl:department ?department }
}"""

# Of whom and when is known by the report: to look that up for each of millions of statements would take most of the time.
_ADOPTIONS = """
SELECT ?thing ?report ?status WHERE {
    ?adoption zl:adopts ?thing ; zl:status ?status ; zl:statedIn ?report .
    OPTIONAL { ?adoption zl:confidence ?doubt }
    FILTER (COALESCE(?doubt, 1.0) >= ?least)
}"""


class State(IntEnum):
    """What a place states of a thing in a year; of several statements the firmest counts, that of the highest number."""

    NO_REPORT = 0
    SILENT = 1
    LACKING = 2
    PLANNED = 3
    PRACTISED = 4


class Told(NamedTuple):
    """A government's own report: the IRI of its place, the year that it is on, its length in characters."""

    place: str
    year: int
    length: int


class Saying(NamedTuple):
    """That a government's own report on a year says something of a thing (an IRI)."""

    thing: str
    place: str
    year: int
    state: State


@dataclass(frozen=True, eq=False)
class Adoptions:
    """What the governments' own reports say of mechanisms and practices.

    `places` go by code, `things` are IRIs in order, `years` run from the first that has a report to the last. `lengths`
    (places × years) are characters of the longest report of a place on a year, 0 where there is none. `said` has what is
    said, a row each: numbers of thing, place and year, and a `State` from LACKING on; by thing, then place, then year,
    each three once.
    """

    places: tuple[Place, ...]
    things: tuple[str, ...]
    years: range
    lengths: Integers
    said: Integers

    def states(self, thing: int) -> States:
        """Places × years: the `State` of one thing, by its number."""
        found = self.reported.astype(np.int8)
        _, places, years, states = self._rows(thing).T
        found[places, years] = states
        return found

    def onsets(self, things: Sequence[int], least: State = State.PRACTISED) -> Integers:
        """Places × the given things: the first year (as a number in `years`) of a state no less firm, or -1 for never.

        A first mention in the reports that there are is no first use: what came before the first report is not known,
        see `entries`.
        """
        column = np.full(len(self.things), -1)
        column[list(things)] = np.arange(len(things))
        rows = self.said[(self.said[:, 3] >= least) & (column[self.said[:, 0]] >= 0)]
        found = np.full((len(self.places), len(things)), len(self.years))
        np.minimum.at(found, (rows[:, 1], column[rows[:, 0]]), rows[:, 2])
        return np.where(found == len(self.years), -1, found)

    def begun(self, thing: int) -> tuple[Integers, Integers]:
        """The places that practise one thing in any year, and for each the first (as a number in `years`)."""
        rows = self._rows(thing)
        rows = rows[rows[:, 3] == State.PRACTISED]
        places, starts = np.unique(rows[:, 1], return_index=True)
        return places, rows[starts, 2]

    def onset(self, thing: int) -> Integers:
        """For each place the first year (as a number in `years`) in which it practises one thing; -1 for never."""
        found = np.full(len(self.places), -1)
        places, first = self.begun(thing)
        found[places] = first
        return found

    def firmest(self, thing: int) -> States:
        """For each place the firmest `State` that it ever says of one thing."""
        found = np.where(self.entries < 0, State.NO_REPORT, State.SILENT).astype(np.int8)
        _, places, _, states = self._rows(thing).T
        np.maximum.at(found, places, states.astype(np.int8))
        return found

    @cached_property
    def reported(self) -> npt.NDArray[np.bool_]:
        """Places × years: whether there is a report."""
        return self.lengths > 0

    @cached_property
    def entries(self) -> Integers:
        """For each place the first year (as a number in `years`) that has a report of its own; -1 where none has."""
        if not len(self.years):
            return np.full(len(self.places), -1)
        return np.where(self.reported.any(axis=1), self.reported.argmax(axis=1), -1)

    @cached_property
    def superiors(self) -> Integers:
        """For each place the number of the nearest superior that is among the places; -1 where there is none."""
        return superiors_of(self.places)

    def _rows(self, thing: int) -> Integers:
        first, last = self._starts[thing : thing + 2]
        return self.said[first:last]

    @cached_property
    def _starts(self) -> Integers:
        return np.searchsorted(self.said[:, 0], np.arange(len(self.things) + 1))


def superiors_of(places: Sequence[Place]) -> Integers:
    """For each of some places the number of the nearest superior that is among them; -1 where there is none."""
    numbers = {place.code: number for number, place in enumerate(places)}
    above = ([place.code[:length] for length in (6, 4, 2) if length < len(place.code)] for place in places)
    return np.array([next((numbers[code] for code in codes if code in numbers), -1) for codes in above], np.int64)


def adoptions(places: Iterable[Place], told: Iterable[Told], sayings: Iterable[Saying]) -> Adoptions:
    """The table of reports and what they say, in any order; of a place and year said twice the firmest counts.

    Places without a report stand in the table and are silent of nothing. KeyError where a row names another place, or
    says something of a year of which the place has no report.
    """
    everywhere = tuple(places)
    place_of = {place.iri: number for number, place in enumerate(everywhere)}
    reports = [(place_of[report.place], report.year, report.length) for report in told]
    thing_of: dict[str, int] = {}
    said = [
        (thing_of.setdefault(each.thing, len(thing_of)), place_of[each.place], each.year, each.state)
        for each in sayings
    ]
    return tabulated(everywhere, list(thing_of), _columns(reports, 3), _columns(said, 4))


def tabulated(places: Sequence[Place], things: Sequence[str], told: Integers, said: Integers) -> Adoptions:
    """The same from columns: `told` has the number of a place, a year and characters, `said` the numbers of a thing and
    of a place, a year and a `State`. Things of which nothing is said are left out; KeyError as for `adoptions`.
    """
    by_code = sorted(range(len(places)), key=lambda number: places[number].code)
    by_iri = sorted(range(len(things)), key=things.__getitem__)
    first, last = (int(told[:, 1].min()), int(told[:, 1].max())) if len(told) else (0, -1)
    years = range(first, last + 1)
    lengths = np.zeros((len(places), len(years)), np.int64)
    np.maximum.at(lengths, (_turned(by_code)[told[:, 0]], told[:, 1] - first), np.maximum(told[:, 2], 1))
    thing, place, year = _turned(by_iri)[said[:, 0]], _turned(by_code)[said[:, 1]], said[:, 2] - first
    homeless = (year < 0) | (year >= len(years))
    homeless[~homeless] = lengths[place[~homeless], year[~homeless]] == 0
    if homeless.any():
        _, where, when, _ = said[homeless.argmax()].tolist()
        raise KeyError(f"{places[where].iri} has no report on {when}")
    # One number for each thing, place, year and state: the firmest of what is said of a thing comes last.
    keys = np.unique(((thing * len(places) + place) * len(years) + year) * len(State) + said[:, 3])
    keys = keys[np.append(np.diff(keys // len(State)) > 0, True)] if len(keys) else keys
    keys, state = np.divmod(keys, len(State))
    keys, year = np.divmod(keys, max(1, len(years)))
    thing, place = np.divmod(keys, max(1, len(places)))
    known, thing = np.unique(thing, return_inverse=True)
    return Adoptions(
        tuple(places[number] for number in by_code),
        tuple(things[by_iri[number]] for number in known.tolist()),
        years,
        lengths,
        np.column_stack((thing, place, year, state)),
    )


def read_adoptions(store: Queryable, confidence: float = 0.0) -> Adoptions:
    """The table of a graph, without findings of less confidence than `confidence` (0 to 1).

    Reports of which the place or the year is not known cannot be placed in it, and are left out.
    """
    known = tuple(places(store).values())
    place_of = {place.iri: number for number, place in enumerate(known)}
    told = array("q")
    report_of: dict[str, tuple[int, int]] = {}
    for row in store.select(_REPORTS):
        where = place_of[row["place"]], int(row["year"])
        report_of[row["report"]] = where
        told.extend((*where, int(row["length"])))
    thing_of: dict[str, int] = {}
    said = array("q")
    for row in store.select(_ADOPTIONS.replace("?least", str(confidence))):
        if about := report_of.get(row["report"]):
            said.extend((thing_of.setdefault(row["thing"], len(thing_of)), *about, _STATES[row["status"]]))
    return tabulated(known, list(thing_of), _columns(told, 3), _columns(said, 4))


def _columns(rows: object, number: int) -> Integers:
    return np.array(rows, np.int64).reshape(-1, number)


def _turned(order: Sequence[int]) -> Integers:
    """For each number its place in an order."""
    return np.argsort(np.array(order, np.int64), kind="stable")


_STATES = {
    f"{PREFIXES['zl']}{state.name.casefold()}": state for state in (State.LACKING, State.PLANNED, State.PRACTISED)
}
