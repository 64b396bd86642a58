"""How large the share of places is that state a thing, of how many, and what that share is at one length of report.

The denominator of every rate is the places that have a report of the year; how many have none is told beside it. A
short report mentions less, so rates are given by length, and as they would be if every group's reports had the lengths
of the whole collection.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from graph.analysis.adoption import Adoptions, State, read_adoptions
from graph.naming import LEVELS, Place, abbreviate, find_concept, find_place, find_province, thing_names
from graph.store import Queryable

PARTS = 4  # into which reports are divided by length: quartiles
_Z = float(ndtri(0.975))

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """A share with its interval at 95 %."""

    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Rate:
    """Of some places, how many practise, plan or lack a thing, have a report that is silent on it, or have no report.

    `share` is that of those who practise it among the `reports`, `standard` the same at the lengths of the whole
    collection; None where no report tells, see `wilson` and `standardised`.
    """

    practised: int
    planned: int
    lacking: int
    silent: int
    no_report: int
    reports: int
    share: Interval | None
    standard: Interval | None


@dataclass(frozen=True, slots=True)
class Group:
    """A year, a level, a province, or reports of some length (`kind`), and their rate."""

    kind: str
    name: str
    rate: Rate


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of a thing in a year: of all places that were chosen, and of groups of them; and of all in each year."""

    thing: str
    name: str
    whole: Rate
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Adopted:
    """Who states what: the rates of things, those that most practise first, in one year.

    `year` is None where no report has one, `level` and `province` are "" for all. Of the `places` that were chosen, all
    of which have a report in some year, `reporting` have one in this; `years` are those in which any of them has one.
    """

    year: int | None
    level: str
    province: str
    places: int
    reporting: int
    years: tuple[int, ...]
    things: tuple[Rates, ...]


@dataclass(frozen=True, slots=True)
class Stance:
    """What a place states of a thing: the name of a `State` for each year."""

    thing: str
    name: str
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stances:
    """What a place states, of all that any place of the graph states; `lengths` are its reports' characters, 0 for none."""

    place: Place
    years: tuple[int, ...]
    lengths: tuple[int, ...]
    things: tuple[Stance, ...]


class Strata:
    """What the rates of all things of a table share: to which level, province, year and length each report belongs.

    Lengths are divided at the quartiles of all the table's reports, `bounds`; `weights` are the parts' shares of them.
    """

    def __init__(self, table: Adoptions) -> None:
        self.table = table
        lengths = table.lengths[table.reported]
        self.bounds = np.quantile(lengths, np.arange(1, PARTS) / PARTS) if len(lengths) else np.zeros(PARTS - 1)
        parts = np.searchsorted(self.bounds, table.lengths)
        counts = np.bincount(parts[table.reported], minlength=PARTS)
        self.weights: Floats = counts / max(1, counts.sum())
        self.provinces = list(dict.fromkeys(place.path[0] for place in table.places))
        self._shape = (len(self.provinces), len(LEVELS), len(table.years), PARTS, len(State))
        number = {name: place for place, name in enumerate(self.provinces)}
        province = np.array([number[place.path[0]] for place in table.places], np.int64)[:, None]
        level = np.array([LEVELS.index(place.level) for place in table.places], np.int64)[:, None]
        cell = (province * len(LEVELS) + level) * len(table.years) + np.arange(len(table.years))
        self._cells = (cell * PARTS + parts) * len(State)

    def counts(self, thing: int) -> Integers:
        """Province × level × year × length × `State`: how many places; without a report, in the first length."""
        cells = (self._cells + self.table.states(thing)).ravel()
        return np.bincount(cells, minlength=int(np.prod(self._shape))).reshape(self._shape)

    @cached_property
    def fullest(self) -> int | None:
        """The year of the most reports, the latest of several; None where there is no report."""
        many = dict(zip(self.table.years, self.table.reported.sum(axis=0).tolist(), strict=True))
        return max(many, key=lambda year: (many[year], year), default=None)

    def named_parts(self) -> list[str]:
        """The lengths in characters: 1–900, 901–1500."""
        ends = [int(bound) for bound in self.bounds]
        return [f"{low + 1}–{high}" for low, high in zip([0, *ends], ends, strict=False)] + [f"{ends[-1] + 1}–"]


def wilson(successes: int, trials: int, z: float = _Z) -> Interval:
    """A share and its score interval (Wilson 1927, Journal of the American Statistical Association 22, 209-212)."""
    middle, wide = successes + z * z / 2, z * sqrt(successes * (trials - successes) / trials + z * z / 4)
    low, high = (middle - wide) / (trials + z * z), (middle + wide) / (trials + z * z)
    return Interval(successes / trials, max(0.0, low), min(1.0, high))


def standardised(practised: Integers, reports: Integers, weights: Floats) -> Interval | None:
    """The share that a group would have if its reports had the lengths of the collection.

    Direct standardisation (Fleiss, Levin & Paik 2003, Statistical Methods for Rates and Proportions, 3rd edition,
    chapter 19) with the stratified Wilson interval of Yan & Su 2010 (Statistics in Biopharmaceutical Research 2,
    329-335). By length: how many practise, how many report, and the length's weight. None where the group has no
    report of a length that has weight: what it would say there is not known.
    """
    held = weights > 0
    if not held.any() or (reports[held] == 0).any():
        return None
    many, weight = reports[held], weights[held]
    shares = practised[held] / many
    variances = shares * (1 - shares) / many
    if not variances.any():
        variances = 1 / many  # nowhere do two reports differ; their numbers alone say how sure that is
    z = _Z * sqrt(float(weight**2 @ variances)) / float(weight @ np.sqrt(variances))
    each = [wilson(*pair, z) for pair in zip(practised[held].tolist(), many.tolist(), strict=True)]
    low, high = (float(weight @ [getattr(one, end) for one in each]) for end in ("low", "high"))
    return Interval(float(weight @ shares), low, high)


def rates(
    strata: Strata, thing: int, name: str, year: int | None, level: str = "", province: str = "", whole: bool = True
) -> Rates:
    """The rates of a thing, by its number, in a year: of all places, or those of a level or province, or both.

    Where not `whole`, without those of groups.
    """
    levels, provinces = (level,) if level else LEVELS, [province] if province else strata.provinces
    counts = strata.counts(thing)[:, [LEVELS.index(each) for each in levels]]
    counts = counts[[place for place, each in enumerate(strata.provinces) if each in provinces]]
    iri, years = strata.table.things[thing], strata.table.years
    if year is None or year not in years:
        return Rates(iri, name, _rate(np.zeros((PARTS, len(State)), np.int64), strata.weights), ())
    now = counts[:, :, year - years.start]
    every = now.sum(axis=(0, 1))
    groups = [
        *(("year", str(each), counts[:, :, place].sum(axis=(0, 1))) for place, each in enumerate(years)),
        *(("level", each, now[:, place].sum(axis=0)) for place, each in enumerate(levels)),
        *(("province", each, inside) for each, inside in zip(provinces, now.sum(axis=1), strict=False)),
        *(("length", each, _alone(every, part)) for part, each in enumerate(strata.named_parts())),
    ]
    found = (
        Group(kind, each, _rate(inside, strata.weights)) for kind, each, inside in groups if whole and inside.any()
    )
    return Rates(iri, name, _rate(every, strata.weights), tuple(found))


def adopted(
    store: Queryable,
    words: str | None = None,
    level: str = "",
    province: str = "",
    year: int | None = None,
    confidence: float = 0.0,
) -> Adopted:
    """The rates of all mechanisms and practices, or of the one that is called `words` with those of groups.

    In a year, or in that of the most reports; of all places, or of those of a level or a province (its name or code), or
    both. Findings of less confidence than `confidence` (0 to 1) do not count. UnknownThing where nothing is called so.
    """
    wanted = find_concept(store, words) if words else None
    table = read_adoptions(store, confidence)
    strata, names = Strata(table), thing_names(store)
    province = find_province(table.places, province) if province else ""
    year = strata.fullest if year is None else year
    found = [
        rates(strata, thing, names.get(iri, (abbreviate(iri), ""))[0], year, level, province, iri == wanted)
        for thing, iri in enumerate(table.things)
        if wanted in (None, iri)
    ]
    found.sort(key=lambda each: (-each.whole.practised, each.thing))
    chosen = np.flatnonzero([each.is_among(level, province) for each in table.places])
    on = {each: int(many) for each, many in zip(table.years, table.reported[chosen].sum(axis=0), strict=True)}
    years = tuple(each for each, many in on.items() if many)
    return Adopted(year, level, province, len(chosen), on.get(year or 0, 0), years, tuple(found))


def stances(store: Queryable, place: str, words: str | None = None, confidence: float = 0.0) -> Stances:
    """What the place of this name or code states of all things, or of the one that is called `words`, year by year.

    UnknownThing or AmbiguousThing where nothing or several things are called so.
    """
    wanted = find_concept(store, words) if words else None
    table = read_adoptions(store, confidence)
    about = find_place(table.places, place)
    row = table.places.index(about)
    names = thing_names(store)
    things = tuple(
        Stance(
            iri,
            names.get(iri, (abbreviate(iri), ""))[0],
            tuple(State(state).name.casefold() for state in table.states(thing)[row]),
        )
        for thing, iri in enumerate(table.things)
        if wanted in (None, iri)
    )
    return Stances(about, tuple(table.years), tuple(table.lengths[row].tolist()), things)


def cells(strata: Strata, thing: int) -> Iterator[tuple[int, str, str, tuple[int, ...]]]:
    """Year, level, province, and how many places are in each `State`, wherever there is a place."""
    counts = strata.counts(thing).sum(axis=3).transpose(2, 1, 0, 3)
    for year, level, province in np.argwhere(counts.any(axis=3)).tolist():
        states = tuple(counts[year, level, province].tolist())
        yield strata.table.years[year], LEVELS[level], strata.provinces[province], states


def _alone(counts: Integers, part: int) -> Integers:
    """The reports of one length."""
    found = np.zeros_like(counts)
    found[part] = counts[part]
    found[:, State.NO_REPORT] = 0
    return found


def _rate(counts: Integers, weights: Floats) -> Rate:
    """The rate in a group, from how many places there are by length and `State`."""
    none, silent, lacking, planned, practised = counts.sum(axis=0).tolist()
    reports = silent + lacking + planned + practised
    share = wilson(practised, reports) if reports else None
    standard = standardised(counts[:, State.PRACTISED], counts[:, State.SILENT :].sum(axis=1), weights)
    return Rate(practised, planned, lacking, silent, none, reports, share, standard)
