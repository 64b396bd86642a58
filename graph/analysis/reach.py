"""How far a thing has come, and when: first reports, the share of places by year, and who was first, above or below.

A first report is no first use. Where a place's first report already has a thing, nothing is known of when it began
(its first use is left-censored); else it lies between two reports, or was mentioned late.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from math import sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from graph.analysis.adoption import Adoptions, State
from graph.analysis.chance import FEWEST
from graph.analysis.curves import Curve, s_curve
from graph.analysis.rates import Interval, wilson
from graph.naming import Place

FAMILIES = 10  # superiors without which an order cannot be told from chance

Integers = npt.NDArray[np.int64]
Onsets = npt.NDArray[np.signedinteger]  # for each place a number of a year, -1 for never
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Step:
    """How far a thing has come by a year, everywhere, or at a level or in a province (`kind`, `name`).

    `reached` places have reported it by then, of `places` that have a report by then; `new` of them in this year,
    `unknown` of these in their first report. `share` has Wilson's interval; None where no place has a report.
    """

    kind: str
    name: str
    year: int
    new: int
    unknown: int
    reached: int
    places: int
    share: Interval | None


@dataclass(frozen=True, slots=True)
class Order:
    """Who reports a thing first, of a place and its nearest superior, in the years on which both have a report.

    Pairs in which both report it then are counted. In `same` both begin in one year, or had it when their common
    reports began. `p` (None with too little) is that of a sign test (two-sided) against either being as likely first;
    the pairs of a superior are one family (Larocque, Nevalainen & Oja 2007, Biometrika 94, 267-283). Since only common
    years count, no one is first for having reports of earlier years.
    """

    superior_first: int
    same: int
    inferior_first: int
    families: int
    p: float | None

    @property
    def share(self) -> float:
        """The share of pairs with a known order in which the superior is first."""
        return self.superior_first / max(1, self.superior_first + self.inferior_first)


@dataclass(frozen=True, slots=True)
class Before:
    """Who had reported a thing before the places whose first report of it is known: a vertical or a horizontal way.

    Peers are places of the same level under the same superior. Counted where the superior has a report.
    """

    superior: int
    peers: int
    both: int
    neither: int


class Tree:
    """What the analyses of all things of a table share: who is above whom, and who stands side by side.

    `families` numbers for each place the places of its level under its superior; `levels`, `provinces` and
    `prefectures` those that it shares these with: a place is not in a group of its own. They go by the names above a place,
    since codes part what stands under one superior: 5001 are Chongqing's districts, 5002 its counties.
    """

    def __init__(self, table: Adoptions) -> None:
        self.table = table
        above = [place.path[:-1] for place in table.places]
        levels = [place.level for place in table.places]
        self.levels = _numbered(levels)
        self.provinces = _numbered([(level, path[:1]) for level, path in zip(levels, above, strict=True)])
        prefectures = [_prefecture(place) for place in table.places]
        self.prefectures = _numbered([*zip(levels, map(partial(min, key=len), prefectures, above), strict=True)])
        self.families = _numbered([*zip(levels, above, strict=True)])
        self.clusters = _numbered(prefectures)
        inferior = np.flatnonzero(table.superiors >= 0)
        superior = table.superiors[inferior]
        together = table.reported[inferior] & table.reported[superior]
        some = together.any(axis=1)
        self.pairs = inferior[some], superior[some], together[some]


def _prefecture(place: Place) -> tuple[str, ...]:
    """The names down to the prefecture that a place is or lies in; the province's where there is none: 东城区, 济源市."""
    # 441900003 lies in 东莞, which has no counties; of any other short path the prefecture is missing.
    none = len(place.path) < {"county": 3, "township": 4}.get(place.level, 0) and place.code[4:6] != "00"
    return place.path[:1] if none else place.path[:2]


def _numbered(names: Sequence[Hashable]) -> Integers:
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], np.int64)


def steps(table: Adoptions, onset: Onsets, mask: Mask | None = None, kind: str = "", name: str = "") -> list[Step]:
    """The steps of a thing over all years, from its onset in each place, of all places or those of a group."""
    entries = table.entries if mask is None else np.where(mask, table.entries, -1)
    many = len(table.years)
    had = (onset >= 0) & (entries >= 0)
    new = np.bincount(onset[had], minlength=many)
    unknown = np.bincount(onset[had & (onset == entries)], minlength=many)
    places, reached = np.bincount(entries[entries >= 0], minlength=many).cumsum(), new.cumsum()
    rows = zip(table.years, new.tolist(), unknown.tolist(), reached.tolist(), places.tolist(), strict=True)
    return [Step(kind, name, *row, share=wilson(row[3], row[4]) if row[4] else None) for row in rows]


def speed(tree: Tree, onset: Onsets) -> Curve:
    """The S-curve of the share of places that a thing has reached, where there is one.

    From the first year by which enough places have a report. How sure the shares are follows from the prefectures that
    the places lie in, of which each counts as one drawn by itself.
    """
    table = tree.table
    if (onset >= 0).sum() < FEWEST:
        return Curve("places")
    years = np.arange(len(table.years))
    entered = (table.entries[:, None] <= years) & (table.entries[:, None] >= 0)
    has = (onset[:, None] <= years) & (onset[:, None] >= 0)
    places = entered.sum(axis=0)
    used = places >= FEWEST
    entered, has, places = entered[:, used], has[:, used], places[used]
    shares: Floats = has.sum(axis=0) / places
    misses: Floats = (has - shares * entered) / places
    grouped: Floats = np.array([np.bincount(tree.clusters, each) for each in misses.T])
    groups = len(np.unique(tree.clusters[table.entries >= 0]))
    # Where no place began in a year the shares of two years would be one: half a place's worth keeps them apart.
    scatter = misses.T @ misses + np.diag(0.5 / places**2)
    reports = table.reported.cumsum(axis=1)[:, used]
    occasions = np.array([np.bincount(each, minlength=len(years) + 1)[1:] for each in reports.T]) / places[:, None]
    occasions = np.insert(occasions, 0, 0.0, axis=1)  # who has no report yet is no part of the share
    return s_curve(years[used] + table.years.start, shares, occasions, scatter, grouped @ grouped.T, groups)


def order(tree: Tree, thing: int) -> Order:
    """Whether superiors or inferiors report a thing first."""
    inferior, superior, together = tree.pairs
    practised = tree.table.states(thing) == State.PRACTISED
    below, over = (practised[side] & together for side in (inferior, superior))
    both = below.any(axis=1) & over.any(axis=1)
    lead = np.sign(below[both].argmax(axis=1) - over[both].argmax(axis=1))
    first, later = int((lead > 0).sum()), int((lead < 0).sum())
    sums = np.bincount(superior[both], weights=lead)
    sums = sums[np.bincount(superior[both], weights=lead != 0) > 0]
    p = None
    if first + later >= FEWEST and len(sums) >= FAMILIES:
        size = sqrt(float(sums @ sums))
        p = float(2 * ndtr(-abs(first - later) / size)) if size else 1.0
    return Order(first, int((lead == 0).sum()), later, len(sums), p)


def before(tree: Tree, onset: Onsets) -> Before:
    """Who had reported a thing before those whose first report of it is known."""
    table = tree.table
    never = len(table.years)
    when = np.where(onset < 0, never, onset)
    earliest = np.full(int(tree.families.max(initial=-1)) + 1, never)
    np.minimum.at(earliest, tree.families, when)
    known = (onset > table.entries) & (table.superiors >= 0)
    peers = earliest[tree.families[known]] < when[known]
    above = when[table.superiors[known]] < when[known]
    counts = np.bincount(2 * above + peers, minlength=4).tolist()
    return Before(superior=counts[2], peers=counts[1], both=counts[3], neither=counts[0])
