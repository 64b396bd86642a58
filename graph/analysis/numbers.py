"""The numbers of one indicator over places and years: which can be compared, which cannot, and for which reason.

Two numbers can be compared where they are of the same kind (a level or a change), in units that can be turned into each
other, by offices of the same kind at the same level, on the same scope and the same sort of period. All that differs is
named, against the largest group of numbers that can be compared. Ranks and quartiles are of one year and of one
number a place, and only where there are enough places.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from itertools import groupby
from math import inf
from typing import NamedTuple
from urllib.parse import unquote

import numpy as np

from graph.analysis.circumstances import PeriodKind, ScopeKind
from graph.analysis.figures import Figure, read_indicator, read_reports, read_sources
from graph.errors import AmbiguousThing, UnknownThing
from graph.naming import Place, abbreviate, find_concept, find_place, near, places
from graph.store import Queryable
from ontology.namespace import PREFIXES

FEWEST = 8  # places without which a rank or a quartile says little

_INDICATORS = "SELECT DISTINCT ?indicator WHERE { ?statement sosa:observedProperty ?indicator }"


@dataclass(frozen=True, slots=True)
class Terms:
    """What numbers must have in common to be compared.

    `office` is the department, "" for the government itself; `part` the one that alone is meant where the scope is a
    part; `span` how long a period is, where its kind does not say it.
    """

    measure: str
    unit: str
    level: str
    office: str
    scope: ScopeKind
    part: str
    period: PeriodKind
    span: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a number cannot be compared with the others: in what it differs, what it has there, and what they have.

    `what` is a field of `Terms`; `several` where its place gives several numbers for one year, `alone` where no two
    numbers of the indicator can be compared.
    """

    what: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A number among those that it can be compared with.

    `best` and `worst` are between which ranks it lies, the highest first, among the `places` of its year: bounds overlap
    where numbers are rounded. `quarter` is 1 for the highest quarter of them, 4 for the lowest. All are 0 with fewer than
    FEWEST places.
    """

    figure: Figure
    best: int = 0
    worst: int = 0
    quarter: int = 0
    places: int = 0


@dataclass(frozen=True, slots=True)
class Year:
    """How the numbers of one year are spread; the quartiles are None with fewer than FEWEST places."""

    year: int
    places: int
    lower: float | None
    median: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class Group:
    """Numbers that can be compared, by year and then the highest first."""

    terms: Terms
    places: int
    years: tuple[Year, ...]
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Apart:
    """A number that cannot be compared with those of the largest group, and why not."""

    figure: Figure
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The numbers of one indicator: in groups that can be compared, the one of most places first, and all others."""

    indicator: str
    name: str
    numbers: int
    places: int
    groups: tuple[Group, ...]
    apart: tuple[Apart, ...]


class Item(NamedTuple):
    """What of a number tells with which others it can be compared; `said` is whether its period is put in words."""

    place: int
    year: int
    value: float
    terms: Terms
    said: bool = True


class Together(NamedTuple):
    """Numbers (by their places in a list) with the same terms, one a place and year; `several` have others beside them."""

    terms: Terms
    members: list[int]
    several: list[int]


def together(items: Sequence[Item]) -> list[Together]:
    """Numbers of one indicator by their terms, the group of most places first.

    An indicator that is told as a stock (现有公职律师25名) by some and as a year's by none is one for those, too, that say
    nothing of time. Where a place gives several numbers for a year on the same terms, which one to take cannot be told.
    """
    told = {item.terms.period for item in items if item.said}
    stock = "point" in told and "year" not in told
    by_terms: defaultdict[Terms, list[int]] = defaultdict(list)
    for number, item in enumerate(items):
        settled = stock and not item.said and item.terms.period == "year"
        by_terms[replace(item.terms, period="point") if settled else item.terms].append(number)
    found = [_one_each(terms, members, items) for terms, members in by_terms.items()]
    found.sort(key=lambda each: (-len({items[number].place for number in each.members}), -len(each.members)))
    return found


def _one_each(terms: Terms, members: list[int], items: Sequence[Item]) -> Together:
    of_year: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for number in members:
        of_year[items[number].place, items[number].year].append(number)
    alone, several = [], []
    for same in of_year.values():
        if len({items[number].value for number in same}) == 1:
            alone.append(same[0])  # said twice is said once
        else:
            several += same
    return Together(terms, alone, several)


_RANK = re.compile("^(?:[省市州盟县区旗镇乡]|街道)(?=..)")


def terms_of(figure: Figure) -> Terms:
    """On what terms a number is."""
    scope, period, source = figure.scope, figure.period, figure.source
    part = _RANK.sub("", scope.words) if scope.kind == "part" else ""
    return Terms(
        figure.measure, figure.unit, source.place.level, source.department, scope.kind, part, period.kind, period.span
    )


# What is added up since nobody knows when, what is yet to be, and what reaches beyond the place has no like.
_ALONE = {"period": ("to-date", "target"), "scope": ("beyond",)}


def can_be_compared(terms: Terms) -> bool:
    """Whether numbers on these terms can be compared at all."""
    event = terms.period == "since" and not terms.span.isdecimal()  # 改革以来 is another time everywhere
    return not event and all(getattr(terms, field) not in kinds for field, kinds in _ALONE.items())


def compare(indicator: str, figures: Sequence[Figure]) -> Comparison:
    """The figures of one indicator, in groups that can be compared, and those that cannot, each with the reasons."""
    numbers = {iri: number for number, iri in enumerate(dict.fromkeys(_office(figure) for figure in figures))}
    items = [_item(figure, numbers[_office(figure)]) for figure in figures]
    found = together(items)
    fit = [each for each in found if can_be_compared(each.terms) and len(each.members) > 1]
    groups = tuple(_group(each, [figures[number] for number in each.members]) for each in fit)
    apart = []
    for each in found:
        reasons = _reasons(each.terms, groups[0].terms) if groups else (Reason("alone", "", ""),)
        if each not in fit:
            apart += [Apart(figures[number], reasons) for number in each.members]
        apart += [Apart(figures[number], (Reason("several", "", ""), *reasons)) for number in each.several]
    apart.sort(key=lambda each: (each.figure.source, each.figure.start))
    name = figures[0].name if figures else unquote(indicator.rpartition("/")[2])
    seats = len({figure.source.place.iri for figure in figures})
    return Comparison(indicator, name, len(figures), seats, groups, tuple(apart))


def _office(figure: Figure) -> tuple[str, str]:
    return figure.source.place.iri, figure.source.department


def _item(figure: Figure, place: int) -> Item:
    value = -figure.value if figure.change == "decrease" else figure.value
    return Item(place, figure.period.year, value, terms_of(figure), bool(figure.period.words))


def _reasons(mine: Terms, theirs: Terms) -> tuple[Reason, ...]:
    pairs = ((field.name, getattr(mine, field.name), getattr(theirs, field.name)) for field in fields(Terms))
    return tuple(Reason(*pair) for pair in pairs if pair[1] != pair[2])


def _group(found: Together, figures: list[Figure]) -> Group:
    figures.sort(key=lambda each: (each.period.year, -each.value, each.source))
    years, standings = [], []
    for year, some in groupby(figures, key=lambda each: each.period.year):
        same = list(some)
        ranked = rank([(each.low, inf if each.high is None else each.high) for each in same])
        quarters = _quarters([each.value for each in same])
        years.append(Year(year, len(same), *quarters))
        standings += [
            Standing(each, *place, _quarter(each.value, quarters), len(same))
            for each, place in zip(same, ranked, strict=True)
        ]
    return Group(found.terms, len(set(map(_office, figures))), tuple(years), tuple(standings))


def rank(bounds: Sequence[tuple[float, float]]) -> list[tuple[int, int]]:
    """Between which ranks each number lies, the highest first, given between what the numbers lie; 0 for too few."""
    if len(bounds) < FEWEST:
        return [(0, 0)] * len(bounds)
    low, high = np.array(bounds).T
    best = len(bounds) - np.searchsorted(np.sort(low), high, "right") + 1
    worst = len(bounds) - np.searchsorted(np.sort(high), low, "left")
    return list(zip(best.tolist(), worst.tolist(), strict=True))


def _quarters(values: list[float]) -> tuple[float | None, float | None, float | None]:
    if len(values) < FEWEST:
        return None, None, None
    lower, median, upper = (round(float(each), 6) for each in np.quantile(values, (0.25, 0.5, 0.75)))
    return lower, median, upper


def _quarter(value: float, quarters: tuple[float | None, float | None, float | None]) -> int:
    lower, median, upper = quarters
    if lower is None or median is None or upper is None:
        return 0
    return 1 if value >= upper else 2 if value >= median else 3 if value >= lower else 4


@dataclass(frozen=True, slots=True)
class Counted:
    """An indicator: how many numbers and places give it, and how many places' numbers can be compared in one group."""

    indicator: str
    name: str
    numbers: int
    places: int
    comparable: int


@dataclass(frozen=True, slots=True)
class Indicators:
    """The indicators of so many reports, those that most places give first."""

    reports: int
    indicators: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class PlaceNumbers:
    """The numbers of one place alone, by indicator; ranks and quartiles are those among all places."""

    place: Place
    comparisons: tuple[Comparison, ...]


class Tally:
    """Numbers of many indicators as columns, so that millions of them take little memory."""

    def __init__(self) -> None:
        self._indicators: dict[str, int] = {}
        self._offices: dict[tuple[str, str], int] = {}
        self._terms: dict[tuple[Terms, bool], int] = {}
        self._rows: tuple[list[int], ...] = ([], [], [], [])
        self._values: list[float] = []

    def add(self, figure: Figure) -> None:
        """One more number."""
        item = _item(figure, self._offices.setdefault(_office(figure), len(self._offices)))
        self.add_item(figure.indicator, item)

    def add_item(self, indicator: str, item: Item) -> None:
        """One more number, of the indicator with this IRI."""
        columns = (
            self._indicators.setdefault(indicator, len(self._indicators)),
            item.place,
            item.year,
            self._terms.setdefault((item.terms, item.said), len(self._terms)),
        )
        for rows, value in zip(self._rows, columns, strict=True):
            rows.append(value)
        self._values.append(item.value)

    def count(self) -> list[Counted]:
        """The indicators, those that most places give first."""
        table, values = np.array(self._rows, np.int64), np.array(self._values)
        order = np.argsort(table[0], kind="stable")
        starts = np.searchsorted(table[0][order], np.arange(len(self._indicators)))
        terms = list(self._terms)
        found = []
        for iri, rows in zip(self._indicators, np.split(order, starts)[1:], strict=True):
            _, seats, years, numbers = table[:, rows].tolist()
            items = [
                Item(seat, year, value, *terms[number])
                for seat, year, value, number in zip(seats, years, values[rows].tolist(), numbers, strict=True)
            ]
            largest = max((_reach(each, items) for each in together(items)), default=0) if len(items) > 1 else 0
            found.append(Counted(iri, _name(iri), len(items), len(set(seats)), largest))
        return sorted(found, key=lambda each: (-each.places, -each.comparable, each.name, each.indicator))


def _reach(group: Together, items: Sequence[Item]) -> int:
    seats = {items[number].place for number in group.members}
    return len(seats) if can_be_compared(group.terms) and len(group.members) > 1 else 0


def _name(indicator: str) -> str:
    return unquote(indicator.rpartition("/")[2])


def count_indicators(
    store: Queryable, confidence: float = 0.0, mechanism: str = "", seen: Callable[[], None] = lambda: None
) -> Indicators:
    """The indicators of a graph, or of one mechanism (its IRI); `seen` is called after each report."""
    under = indicators_under(mechanism)
    sources = read_sources(store, places(store))
    tally = Tally()
    for figures in read_reports(store, sources.values(), confidence):
        for each in figures:
            if each.indicator.startswith(under):
                tally.add(each)
        seen()
    return Indicators(len(sources), tuple(tally.count()))


def indicators_under(mechanism: str) -> str:
    """How the IRIs of a mechanism's indicators begin; of all indicators for ""."""
    return PREFIXES["indicator"] + (f"{mechanism.rpartition('/')[2]}/" if mechanism else "")


def find_indicator(store: Queryable, words: str) -> str:
    """The IRI of the one indicator of that name, id (hotline-12345/办结率) or IRI, or of a mechanism that is called so.

    UnknownThing or AmbiguousThing where there is none or are several.
    """
    names: defaultdict[str, list[str]] = defaultdict(list)
    for row in store.select(_INDICATORS):
        iri = row["indicator"]
        short = unquote(iri.removeprefix(PREFIXES["indicator"]))
        for name in {iri, abbreviate(iri), short, short.rpartition("/")[2]}:
            names[name].append(iri)
    fitting = names.get(words.strip(), [])
    if len(fitting) > 1:
        listed = ", ".join(sorted(unquote(iri.removeprefix(PREFIXES["indicator"])) for iri in fitting))
        raise AmbiguousThing(f"{words}: several indicators are called so; give one of {listed}")
    if fitting:
        return fitting[0]
    try:
        return find_concept(store, words)
    except UnknownThing as error:
        hint = near(words.strip(), list(names)) or "`zhili numbers` lists the indicators"
        raise UnknownThing(f"{words}: no indicator or mechanism of this name in the graph; {hint}") from error


def compare_indicator(store: Queryable, indicator: str, confidence: float = 0.0) -> Comparison:
    """The numbers of one indicator (its IRI) in a graph."""
    sources = read_sources(store, places(store))
    return compare(indicator, read_indicator(store, indicator, sources, confidence))


def compare_place(store: Queryable, words: str, indicator: str = "", confidence: float = 0.0) -> PlaceNumbers:
    """How the numbers of the place of this name stand among others', of all its indicators or of one (its IRI)."""
    known = places(store)
    sources = read_sources(store, known)
    place = find_place(known.values(), words)
    mine = [source for source in sources.values() if source.place.iri == place.iri]
    given = dict.fromkeys(figure.indicator for figures in read_reports(store, mine, confidence) for figure in figures)
    asked = [each for each in given if indicator in ("", each)]
    found = [compare(each, read_indicator(store, each, sources, confidence)) for each in asked]
    found.sort(key=lambda each: (-each.places, each.name))
    return PlaceNumbers(place, tuple(of_place(each, place.iri) for each in found))


def of_place(comparison: Comparison, place: str) -> Comparison:
    """Of a comparison the numbers of one place (its IRI) alone; ranks and quartiles stay those among all."""
    groups = (
        replace(group, standings=tuple(each for each in group.standings if each.figure.source.place.iri == place))
        for group in comparison.groups
    )
    apart = tuple(each for each in comparison.apart if each.figure.source.place.iri == place)
    return replace(comparison, groups=tuple(group for group in groups if group.standings), apart=apart)
