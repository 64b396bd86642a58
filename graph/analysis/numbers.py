"""The numbers of one indicator over places and years: which can be compared, which cannot, and for which reason.

Two numbers can be compared where they are of the same kind (a level or a change), in units that can be turned into each
other, by offices of the same kind at the same level, on the same scope and the same sort of period. All that differs is
named, against the largest group of numbers that can be compared. Ranks and quartiles are of one year and of one
number a place, and only where there are enough places.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from math import inf
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from graph.analysis.arrays import Integers, distinct
from graph.figures.circumstances import Period, PeriodKind, Scope, ScopeKind
from graph.figures.figure import Figure, name_of

Floats = npt.NDArray[np.float64]

FEWEST = 8  # places without which a rank or a quartile says little


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


Kind = tuple[Terms, bool]  # on what terms a number is, and whether its period is put in words


class Columns(NamedTuple):
    """Numbers as columns, in the order of their reports: the number of who gives it, its year, what it is and its bounds.

    `value`, `low` and `high` are below 0 for a decrease, and `high` is infinite where there is no bound; `kind` is a
    place in `kinds`.
    """

    place: Integers
    year: Integers
    value: Floats
    low: Floats
    high: Floats
    kind: Integers
    kinds: Sequence[Kind]


class Together(NamedTuple):
    """Numbers (by their places in a list) with the same terms, one a place and year; `several` have others beside them."""

    terms: Terms
    places: int
    members: Integers
    several: Integers


def together(numbers: Columns) -> list[Together]:
    """Numbers of one indicator by their terms, the group of most places first.

    An indicator that is told as a stock (现有公职律师25名) by some and as a year's by none is one for those, too, that say
    nothing of time. Where a place gives several numbers for a year on the same terms, which one to take cannot be told.
    """
    cells = _cells(numbers, np.zeros(len(numbers.place), np.int64))
    found = []
    for first, last in _runs(cells.terms[cells.order]):
        rows = cells.order[first:last]
        members, several = (np.sort(rows[which[first:last]]) for which in (cells.alone, cells.several))
        places = len(np.unique(numbers.place[members]))
        found.append((int(rows.min()), Together(cells.known[cells.terms[rows[0]]], places, members, several)))
    found.sort(key=lambda each: (-each[1].places, -len(each[1].members), each[0]))
    return [each for _, each in found]


class _Cells(NamedTuple):
    """Numbers by indicator, terms, place and year, in which `order`; each with the number of its terms in `known`.

    In that order, `alone` are those that stand for their place and year (said twice is said once), and `several` those
    beside which the place gives others.
    """

    known: list[Terms]
    terms: Integers
    order: Integers
    alone: npt.NDArray[np.bool_]
    several: npt.NDArray[np.bool_]


def _cells(numbers: Columns, indicator: Integers) -> _Cells:
    known: dict[Terms, int] = {}
    own, settled = [], []
    for terms, said in numbers.kinds:
        own.append(known.setdefault(terms, len(known)))
        open_ = not said and terms.period == "year"
        settled.append(known.setdefault(replace(terms, period="point"), len(known)) if open_ else own[-1])
    told = {
        period: np.array([said and terms.period == period for terms, said in numbers.kinds], np.bool_)
        for period in ("point", "year")
    }
    size = int(indicator.max(initial=-1)) + 1
    by_period = {
        period: np.bincount(indicator[each[numbers.kind]], minlength=size) > 0 for period, each in told.items()
    }
    stock = (by_period["point"] & ~by_period["year"])[indicator]
    on = np.where(stock, np.array(settled, np.int64)[numbers.kind], np.array(own, np.int64)[numbers.kind])
    order = np.lexsort((numbers.value, numbers.year, numbers.place, on, indicator))
    another = np.ones(len(order), np.bool_)
    another[1:] = np.any([np.diff(each[order]) != 0 for each in (indicator, on, numbers.place, numbers.year)], axis=0)
    starts = np.flatnonzero(another)
    ends = np.append(starts, len(order))[1:] - 1
    value = numbers.value[order]
    agreed = (value[starts] == value[ends])[np.cumsum(another) - 1]  # the least and the most of a place and year
    return _Cells([*known], on, order, another & agreed, ~agreed)


def _runs(values: Integers) -> Iterable[tuple[int, int]]:
    """Where runs of equal values begin and end."""
    starts = np.flatnonzero(np.diff(values, prepend=-1)).tolist()
    return zip(starts, [*starts, len(values)][1:], strict=True)


_RANK = re.compile("^(?:[省市州盟县区旗镇乡]|街道)(?=..)")


def terms(measure: str, unit: str, level: str, office: str, scope: Scope, period: Period) -> Terms:
    """On what terms a number of this kind is, that an office at this level gives for this scope and period."""
    part = _RANK.sub("", scope.words) if scope.kind == "part" else ""
    return Terms(measure, unit, level, office, scope.kind, part, period.kind, period.span)


def terms_of(figure: Figure) -> Terms:
    """On what terms a number is."""
    source = figure.source
    return terms(figure.measure, figure.unit, source.place.level, source.department, figure.scope, figure.period)


# What is added up since nobody knows when, what is yet to be, and what reaches beyond the place has no like.
_ALONE = {"period": ("to-date", "target"), "scope": ("beyond",)}


def can_be_compared(terms: Terms) -> bool:
    """Whether numbers on these terms can be compared at all."""
    event = terms.period == "since" and not terms.span.isdecimal()  # 改革以来 is another time everywhere
    return not event and all(getattr(terms, field) not in kinds for field, kinds in _ALONE.items())


class Ranked(NamedTuple):
    """Numbers that can be compared, by their places in a list, by year and then the highest first.

    `ranks` has for each what `Standing` has: best, worst, quarter, places.
    """

    terms: Terms
    places: int
    years: tuple[Year, ...]
    rows: Integers
    ranks: Integers


class Arranged(NamedTuple):
    """Numbers of one indicator, by their places in a list: in groups that can be compared, and the others.

    `apart` has the places of those, in order, and `reasons` for each which of `why` it has.
    """

    groups: tuple[Ranked, ...]
    apart: Integers
    reasons: Integers
    why: tuple[tuple[Reason, ...], ...]


def arrange(numbers: Columns) -> Arranged:
    """The numbers of one indicator, in groups that can be compared, and those that cannot, with the reasons."""
    found = together(numbers)
    fit = [can_be_compared(each.terms) and len(each.members) > 1 for each in found]
    groups = tuple(_ranked(each, numbers) for each, fits in zip(found, fit, strict=True) if fits)
    apart, reasons = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    why: list[tuple[Reason, ...]] = []
    for each, fits in zip(found, fit, strict=True):
        differs = _reasons(each.terms, groups[0].terms) if groups else (Reason("alone", "", ""),)
        for rows, reason in ((each.members[: 0 if fits else None], differs), (each.several, (_SEVERAL, *differs))):
            if len(rows):
                apart.append(rows)
                reasons.append(np.full(len(rows), len(why)))
                why.append(reason)
    rows = np.concatenate(apart)
    order = np.argsort(rows)
    return Arranged(groups, rows[order], np.concatenate(reasons)[order], tuple(why))


_SEVERAL = Reason("several", "", "")


def compare(indicator: str, figures: Sequence[Figure]) -> Comparison:
    """The figures of one indicator, in groups that can be compared, and those that cannot, each with the reasons."""
    numbers = _Gathered()
    for figure in figures:
        numbers.add(figure)
    found = arrange(numbers.columns())
    groups = (
        Group(
            each.terms,
            each.places,
            each.years,
            tuple(
                Standing(figures[row], *ranks)
                for row, ranks in zip(each.rows.tolist(), each.ranks.tolist(), strict=True)
            ),
        )
        for each in found.groups
    )
    apart = (
        Apart(figures[row], found.why[reason])
        for row, reason in zip(found.apart.tolist(), found.reasons.tolist(), strict=True)
    )
    name = figures[0].name if figures else name_of(indicator)
    seats = len({figure.source.place.iri for figure in figures})
    return Comparison(indicator, name, len(figures), seats, tuple(groups), tuple(apart))


def _reasons(mine: Terms, theirs: Terms) -> tuple[Reason, ...]:
    pairs = ((field.name, getattr(mine, field.name), getattr(theirs, field.name)) for field in fields(Terms))
    return tuple(Reason(*pair) for pair in pairs if pair[1] != pair[2])


def _ranked(found: Together, numbers: Columns) -> Ranked:
    rows = found.members
    rows = rows[np.lexsort((rows, -numbers.value[rows], numbers.year[rows]))]
    years, ranks = [], []
    for first, last in _runs(numbers.year[rows]):
        same = rows[first:last]
        value, many = numbers.value[same], last - first
        quarters = _quarters(value)
        years.append(Year(int(numbers.year[same[0]]), many, *quarters))
        best, worst = rank(numbers.low[same], numbers.high[same])
        ranks.append(np.column_stack((best, worst, _quarter(value, quarters), np.full(many, many))))
    return Ranked(found.terms, found.places, tuple(years), rows, np.concatenate(ranks))


def rank(low: Floats, high: Floats) -> tuple[Integers, Integers]:
    """Between which ranks each number lies, the highest first, given between what the numbers lie; 0 for too few."""
    if len(low) < FEWEST:
        return np.zeros(len(low), np.int64), np.zeros(len(low), np.int64)
    best = len(low) - np.searchsorted(np.sort(low), high, "right") + 1
    worst = len(low) - np.searchsorted(np.sort(high), low, "left")
    return best, worst


def _quarters(values: Floats) -> tuple[float | None, float | None, float | None]:
    if len(values) < FEWEST:
        return None, None, None
    lower, median, upper = (round(float(each), 6) for each in np.quantile(values, (0.25, 0.5, 0.75)))
    return lower, median, upper


def _quarter(values: Floats, quarters: tuple[float | None, ...]) -> Integers:
    """1 for the highest quarter, 4 for the lowest."""
    bounds = [each for each in quarters if each is not None]
    return 4 - np.searchsorted(bounds, values, "right") if bounds else np.zeros(len(values), np.int64)


@dataclass(frozen=True, slots=True)
class Counted:
    """An indicator: how many numbers and places give it, and how many places' numbers can be compared in one group."""

    indicator: str
    name: str
    numbers: int
    places: int
    comparable: int


class Tally:
    """Numbers of many indicators as columns, so that millions of them take little memory."""

    def __init__(self) -> None:
        self._indicators: dict[str, int] = {}
        self._of: list[int] = []
        self._numbers = _Gathered()

    def add(self, figure: Figure) -> None:
        """One more number."""
        self._of.append(self._indicators.setdefault(figure.indicator, len(self._indicators)))
        self._numbers.add(figure)

    def count(self) -> list[Counted]:
        """The indicators, those that most places give first."""
        return count([*self._indicators], np.array(self._of, np.int64), self._numbers.columns())


class _Gathered:
    """Figures as they come → columns."""

    def __init__(self) -> None:
        self._offices: dict[tuple[str, str], int] = {}
        self._kinds: dict[Kind, int] = {}
        self._whole: tuple[list[int], ...] = ([], [], [])
        self._values: tuple[list[float], ...] = ([], [], [])

    def add(self, figure: Figure) -> None:
        """One more figure."""
        office = figure.source.place.iri, figure.source.department
        kind = terms_of(figure), bool(figure.period.words)
        whole = (
            self._offices.setdefault(office, len(self._offices)),
            figure.period.year,
            self._kinds.setdefault(kind, len(self._kinds)),
        )
        high = inf if figure.high is None else figure.high
        low = figure.low
        if figure.change == "decrease":
            low, high = -high, -low
        for column, number in zip(self._whole, whole, strict=True):
            column.append(number)
        for values, each in zip(self._values, (figure.signed, low, high), strict=True):
            values.append(each)

    def columns(self) -> Columns:
        """All that came."""
        place, year, kind = (np.array(each, np.int64) for each in self._whole)
        value, low, high = (np.array(each, np.float64) for each in self._values)
        return Columns(place, year, value, low, high, kind, [*self._kinds])


def count(indicators: Sequence[str], indicator: Integers, numbers: Columns) -> list[Counted]:
    """How many places give which indicators (their IRIs), those of most places first.

    `indicator` is for each of the numbers its place in `indicators`.
    """
    many = np.bincount(indicator, minlength=len(indicators))
    places = np.bincount(distinct(indicator, numbers.place)[0], minlength=len(indicators))
    cells = _cells(numbers, indicator)
    kept = cells.order[cells.alone & np.array([*map(can_be_compared, cells.known)], np.bool_)[cells.terms[cells.order]]]
    # A group is an indicator on one of the terms; it reaches as far as it has places, where it has two numbers at all.
    group = indicator[kept] * len(cells.known) + cells.terms[kept]
    groups, sizes = np.unique(group, return_counts=True)
    reach = np.bincount(distinct(np.searchsorted(groups, group), numbers.place[kept])[0], minlength=len(groups))
    largest = np.zeros(len(indicators), np.int64)
    np.maximum.at(largest, groups // max(1, len(cells.known)), np.where(sizes > 1, reach, 0))
    rows = zip(indicators, many.tolist(), places.tolist(), largest.tolist(), strict=True)
    found = [Counted(iri, name_of(iri), *counts) for iri, *counts in rows]
    return sorted(found, key=lambda each: (-each.places, -each.comparable, each.name, each.indicator))
