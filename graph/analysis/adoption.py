"""Who states what of each mechanism, year by year: practised, planned, lacking, not a word, or no report at all.

Silence is not absence: a place that has no report in a year is told from one whose report does not mention a thing, and
who admits that something is lacking from who says nothing of it. What counts is a government's own report; one of a
department speaks for the department alone, and would make its government look silent on all the rest.
"""

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
SELECT ?place ?year (MAX(?characters) AS ?length) WHERE {
    ?report a zl:Report ; zl:jurisdiction ?place ; zl:year ?year ; nif:isString ?text .
    FILTER NOT EXISTS { ?report zl:department ?department }
    BIND (STRLEN(?text) AS ?characters)
}
GROUP BY ?place ?year"""

_ADOPTIONS = """
SELECT DISTINCT ?thing ?place ?year ?status WHERE {
    ?adoption a zl:Adoption ; zl:adopts ?thing ; zl:status ?status ; zl:statedIn ?report .
    ?report zl:jurisdiction ?place ; zl:year ?year .
    FILTER NOT EXISTS { ?report zl:department ?department }
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
        first, last = self._starts[thing : thing + 2]
        _, places, years, states = self.said[first:last].T
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

    @cached_property
    def reported(self) -> npt.NDArray[np.bool_]:
        """Places × years: whether there is a report."""
        return self.lengths > 0

    @cached_property
    def entries(self) -> Integers:
        """For each place the first year (as a number in `years`) that has a report of its own; -1 where none has."""
        return np.where(self.reported.any(axis=1), self.reported.argmax(axis=1), -1)

    @cached_property
    def superiors(self) -> Integers:
        """For each place the number of the nearest superior that is among the places; -1 where there is none."""
        numbers = {place.code: number for number, place in enumerate(self.places)}
        above = ([place.code[:length] for length in (6, 4, 2) if length < len(place.code)] for place in self.places)
        return np.array([next((numbers[code] for code in codes if code in numbers), -1) for codes in above], np.int64)

    @cached_property
    def _starts(self) -> Integers:
        return np.searchsorted(self.said[:, 0], np.arange(len(self.things) + 1))


def adoptions(places: Iterable[Place], told: Iterable[Told], sayings: Iterable[Saying]) -> Adoptions:
    """The table of reports and what they say, in any order; of a place and year said twice the firmest counts.

    Places without a report stand in the table and are silent of nothing. KeyError where a row names another place, or
    says something of a year of which the place has no report.
    """
    everywhere = tuple(sorted(places, key=lambda place: place.code))
    place_of = {place.iri: number for number, place in enumerate(everywhere)}
    reports = list(told)
    years = range(min((report.year for report in reports), default=0), max((r.year for r in reports), default=-1) + 1)
    lengths = np.zeros((len(everywhere), len(years)), np.int64)
    for report in reports:
        where = place_of[report.place], report.year - years.start
        lengths[where] = max(lengths[where], report.length, 1)
    firmest: dict[tuple[str, int, int], int] = {}
    for saying in sayings:
        key = saying.thing, place_of[saying.place], saying.year - years.start
        if saying.year not in years or not lengths[key[1:]]:
            raise KeyError(f"{saying.place} has no report on {saying.year}")
        firmest[key] = max(firmest.get(key, 0), saying.state)
    things = tuple(sorted({thing for thing, _, _ in firmest}))
    thing_of = {thing: number for number, thing in enumerate(things)}
    rows = sorted((thing_of[thing], place, year, state) for (thing, place, year), state in firmest.items())
    return Adoptions(everywhere, things, years, lengths, np.array(rows, np.int64).reshape(-1, 4))


def read_adoptions(store: Queryable, confidence: float = 0.0) -> Adoptions:
    """The table of a graph, without findings of less confidence than `confidence` (0 to 1).

    Reports of which the place or the year is not known cannot be placed in it, and are left out.
    """
    known = places(store)
    told = (Told(row["place"], int(row["year"]), int(row["length"])) for row in store.select(_REPORTS))
    asked = _ADOPTIONS.replace("?least", str(confidence))
    sayings = (
        Saying(row["thing"], row["place"], int(row["year"]), _STATES[row["status"]]) for row in store.select(asked)
    )
    return adoptions(known.values(), told, sayings)


_STATES = {
    f"{PREFIXES['zl']}{state.name.casefold()}": state for state in (State.LACKING, State.PLANNED, State.PRACTISED)
}
