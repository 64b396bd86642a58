"""A graph's reports, places and things as tables in memory: what lists, facets and counts are made of.

Read once, from a graph's index and of the store what that has not; a graph does not change under a server. Reports are
numbered, and each value of a facet, and each thing, stands for the numbers of the reports that have it, so that any
choice of facets is an intersection: the inverted index of faceted search (Yee et al. 2003).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from graph import naming
from graph.analysis.adoption import Adoptions, State, tabulated
from graph.analysis.arrays import Integers
from graph.analysis.spread import STATUSES
from graph.explorer.kept import kept
from graph.explorer.stated import Mask, Stated, paired
from graph.index import told as indexed
from graph.index.search import Index
from graph.index.statements import Statements
from graph.index.told import ADMITTED, CAUSED, CONCERNED, ROLES
from graph.naming import Place, places
from graph.store import Queryable
from ontology.namespace import PREFIXES, VOCABULARY_GRAPH, mechanism, weakness
from ontology.vocabulary import load_vocabulary

LEVELS = naming.LEVELS


@dataclass(frozen=True, slots=True)
class Thing:
    """A mechanism, practice or weakness; `broader` is the IRI of the concept right above, `area` of the topmost."""

    iri: str
    kind: str
    zh: str
    en: str
    broader: str = ""
    area: str = ""
    definition_zh: str = ""
    definition_en: str = ""

    def name(self, language: str) -> str:
        """Its label in a language."""
        return self.en if language == "en" else self.zh

    def definition(self, language: str) -> str:
        """What it means, in a language; "" for a practice."""
        return self.definition_en if language == "en" else self.definition_zh


@dataclass(frozen=True, slots=True)
class Report:
    """A report; `place` is None where its jurisdiction could not be told, `year` "" where it says none.

    `length` is how many characters its text has.
    """

    iri: str
    title: str
    place: Place | None
    department: str
    office: str
    year: str
    length: int

    @property
    def by(self) -> str:
        """Who reports: the place with the department, else the office as printed, else the title."""
        if self.place:
            return self.place.full_name + self.department
        return self.office or self.title or self.iri.rpartition("/")[2]


Numbers = frozenset[int]

# How a report's words of a thing count in a profile, see `graph.analysis.profiles`.
_SHORTCOMINGS = {ADMITTED: "weakness", CAUSED: "cause", CONCERNED: "mechanism"}

# What a report has one of, "" where it is not known.
COLUMNS: dict[str, Callable[[Report], str]] = {
    "province": lambda report: report.place.path[0] if report.place else "",
    "level": lambda report: report.place.level if report.place else "",
    "year": lambda report: report.year,
}


class Column(NamedTuple):
    """The values of a column in their order, "" last, and for each report the place of its own among them."""

    values: list[str]
    codes: Integers

    def having(self, value: str) -> Mask:
        """The reports that have a value, as a truth value for each."""
        return np.equal(self.codes, self.values.index(value) if value in self.values else -1)


class Catalogue:
    """Everything that lists are made of; `numbers` are places in `reports`, which are in the order of their places.

    A thing is stated with a status: an adoption's, "admitted" for a weakness, "caused" where a report gives a weakness
    as the cause of a shortcoming, "observed" for an indicator; "" is any of the first four.
    """

    def __init__(
        self, said: Statements, places: Mapping[str, Place], things: Mapping[str, Thing], indicators: Mapping[str, str]
    ) -> None:
        order = sorted(range(len(said.reports)), key=lambda number: _in_order(said.reports[number], places))
        self.places, self.things, self.indicators = places, things, indicators
        self.reports = tuple(_report(said.reports[number], places) for number in order)
        self.numbers = {report.iri: number for number, report in enumerate(self.reports)}
        self.place_of = tuple(report.place.iri if report.place else "" for report in self.reports)
        self._numbered = tuple(things.values())
        self._ids = {iri: number for number, iri in enumerate((*things, *indicators))}
        known = np.array([self._ids.get(iri, -1) for iri in said.things], np.int64)
        self._things = known[said.said["thing"]]
        self._reports = np.argsort(np.array(order, np.int64), kind="stable")[said.said["report"]]
        self._roles, self._confidence = said.said["role"], said.said["confidence"]

    def everything(self) -> Numbers:
        """The numbers of all reports."""
        return frozenset(range(len(self.reports)))

    @cached_property
    def seats(self) -> Integers:
        """Each report's place as a number, -1 where it is not known."""
        numbers = {iri: number for number, iri in enumerate(self.places)}
        return np.array([numbers.get(place, -1) for place in self.place_of], np.int64)

    @cached_property
    def levels(self) -> Integers:
        """Each place's level as its place in LEVELS."""
        return np.array([LEVELS.index(place.level) for place in self.places.values()], np.int64)

    @cached_property
    def provinces(self) -> Integers:
        """Each place's province, by the first two digits of its code."""
        return np.array([int(place.code[:2]) for place in self.places.values()], np.int64)

    @cached_property
    def years(self) -> Integers:
        """Each report's year, 0 where it says none."""
        return np.array([int(report.year or 0) for report in self.reports], np.int64)

    @kept()
    def column(self, name: str) -> Column:
        """What each report has of one of COLUMNS: provinces by code, levels from the province down, years latest first."""
        found = [COLUMNS[name](report) for report in self.reports]
        values = list(dict.fromkeys(found))  # provinces by code, since reports are in that order
        if name == "year":
            values.sort(reverse=True)
        elif name == "level":
            values.sort(key=lambda level: LEVELS.index(level) if level in LEVELS else len(LEVELS))
        values.sort(key=lambda value: value == "")
        numbers = {value: number for number, value in enumerate(values)}
        return Column(values, np.array([numbers[value] for value in found], np.int64))

    def stated(self, status: str = "", sure: bool = False) -> Stated:
        """Which reports state which things with a status; where `sure`, by a statement that the rules are sure of.

        Things are numbered in the order of `things` and then `indicators`.
        """
        # Any other is a reader's word, and none of these is kept.
        return self._stated(status if status in ("", *ROLES) else "-", sure)

    @kept()
    def _stated(self, status: str, sure: bool) -> Stated:
        roles = [role for role in ROLES if role == status or not status and role in (*STATUSES, ADMITTED)]
        wanted = np.isin(self._roles, [ROLES.index(role) for role in roles]) & (self._things >= 0)
        wanted &= self._confidence == 1 if sure else True
        return paired(self._things[wanted], self._reports[wanted], len(self._ids), self.seats, self.years)

    def stating(self, thing: str, status: str = "", sure: bool = False) -> Numbers:
        """The reports that state a thing, with one status or with any."""
        number = self._ids.get(thing)
        return frozenset(self.stated(status, sure).of(number).tolist()) if number is not None else frozenset()

    def stating_of(self, left: Mask, thing: str, status: str) -> list[int]:
        """Of the reports of a choice those that state a thing with one status, in order."""
        if (number := self._ids.get(thing)) is None:
            return []
        stating = self.stated(status).of(number)
        found: list[int] = stating[left[stating]].tolist()
        return found

    @kept()
    def adoptions(self, sure: bool = False) -> Adoptions:
        """What governments' own reports say of mechanisms and practices; where `sure`, without what the rules doubt."""
        lengths = np.array([report.length for report in self.reports], np.int64)
        own = np.array([not report.department for report in self.reports], np.bool_)
        own &= (self.seats >= 0) & (self.years > 0)
        wanted = np.isin(self._roles, [ROLES.index(status) for status in STATUSES]) & (self._things >= 0)
        wanted &= own[self._reports] & (self._confidence == 1 if sure else True)
        states = np.array([State[role.upper()] if role in STATUSES else State.SILENT for role in ROLES], np.int64)
        reports = self._reports[wanted]
        told = np.column_stack((self.seats, self.years, lengths))[own]
        said = (self._things[wanted], self.seats[reports], self.years[reports], states[self._roles[wanted]])
        return tabulated([*self.places.values()], [*self.things], told, np.column_stack(said))

    def features(self) -> Iterator[tuple[str, str, str, float]]:
        """For each thing that a place's reports speak of as a shortcoming: the place, the role, the thing, how sure."""
        roles = {ROLES.index(role): name for role, name in _SHORTCOMINGS.items()}
        wanted = np.isin(self._roles, list(roles)) & (self._things >= 0)
        columns = (self._reports, self._roles, self._things, self._confidence)
        for report, role, thing, confidence in zip(*(column[wanted].tolist() for column in columns), strict=True):
            if self.place_of[report]:
                yield self.place_of[report], roles[role], self._numbered[thing].iri, confidence

    def ids(self, kind: str) -> Mapping[str, int]:
        """The things of a kind, or all indicators, with their numbers, in their order."""
        return self._of_kind.get(kind, {})

    def thing(self, number: int) -> Thing:
        """The thing with a number."""
        return self._numbered[number]

    def of_kind(self, kind: str) -> Iterator[Thing]:
        """The things of a kind that some report states, in the order of their names' first use in the vocabulary."""
        counts = self._stated_at_all
        return (self.things[iri] for iri, number in self.ids(kind).items() if counts[number])

    def of_place(self, place: str) -> list[int]:
        """The numbers of a place's reports, the oldest first."""
        return self._by_place.get(place, [])

    def places_of(self, numbers: Iterable[int]) -> set[str]:
        """The IRIs of the places whose reports these are."""
        return {self.place_of[number] for number in numbers} - {""}

    @cached_property
    def _of_kind(self) -> dict[str, dict[str, int]]:
        found: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for iri, number in self._ids.items():
            found[self.things[iri].kind if iri in self.things else "indicator"][iri] = number
        return dict(found)

    @cached_property
    def _stated_at_all(self) -> list[int]:
        return list(self.stated().counts + self.stated(CAUSED).counts)

    @cached_property
    def _by_place(self) -> dict[str, list[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number in sorted(range(len(self.reports)), key=lambda each: (self.reports[each].year, each)):
            found[self.place_of[number]].append(number)
        return dict(found)


_CONCEPTS = f"""SELECT ?iri ?zh ?en ?up ?means ?meaning WHERE {{ GRAPH <{VOCABULARY_GRAPH}> {{
    ?iri skos:inScheme ?scheme ; skos:prefLabel ?zh , ?en ; skos:definition ?means , ?meaning
    FILTER (lang(?zh) = "zh" && lang(?en) = "en" && lang(?means) = "zh" && lang(?meaning) = "en")
    OPTIONAL {{ ?iri skos:broader ?up }} }} }}"""


def read_catalogue(store: Queryable, index: Index) -> Catalogue:
    """The catalogue of a graph; the same graph gives the same numbers and orders."""
    indicators = {iri: label for iri, label, _ in index.named("indicator")}
    return Catalogue(index.statements(), places(store), _read_things(store, index), indicators)


def _in_order(report: indexed.Report, known: Mapping[str, Place]) -> tuple[str, str, str, str]:
    place = known.get(report.place)
    return place.code if place else "~", report.department, report.year, report.iri


def _report(report: indexed.Report, known: Mapping[str, Place]) -> Report:
    return Report(
        report.iri, report.title, known.get(report.place), report.department, report.office, report.year, report.length
    )


def _read_things(store: Queryable, index: Index) -> dict[str, Thing]:
    """Concepts in the order of the schemes, practices behind them by name."""
    order = _order()
    rows = {
        row["iri"]: row
        for row in sorted(store.select(_CONCEPTS), key=lambda row: (order.get(row["iri"], len(order)), row["iri"]))
    }
    found = {}
    for iri, row in rows.items():
        kind = "weakness" if iri.startswith(PREFIXES["weakness"]) else "mechanism"
        area = _topmost(iri, rows)
        texts = (row["zh"], row["en"], row["up"], area, row["means"], row["meaning"])
        found[iri] = Thing(iri, kind, *texts)
    for iri, label, broader in sorted(index.named("practice"), key=lambda row: (row[1], row[0])):
        found[iri] = Thing(iri, "practice", label, label, broader, _topmost(broader, rows) if broader else "")
    return found


def _order() -> dict[str, int]:
    """The places of the concepts in the project's own schemes, which a graph has in no order."""
    vocabulary = load_vocabulary()
    iris = [mechanism(name) for name in (*vocabulary.mechanisms, *vocabulary.narrower)]
    return {iri: place for place, iri in enumerate((*iris, *map(weakness, vocabulary.weaknesses)))}


def _topmost(iri: str, rows: Mapping[str, Mapping[str, str]]) -> str:
    seen = [iri]
    while (up := rows.get(seen[-1], {}).get("up", "")) in rows and up not in seen:
        seen.append(up)
    return seen[-1]
