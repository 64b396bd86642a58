"""Which reports state which things, as arrays: all things of a list are counted at once.

A choice of reports is a mask, an array of one truth value for each report. Reports are numbered by place, so that a
thing's reports of one place stand side by side, and distinct places are counted without sorting.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from graph.analysis.arrays import Integers, distinct

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Stated:
    """Pairs of thing and report, both by number, sorted and without doubles; `number` is how many things there are.

    `seats` are the places of all reports, by number, or -1; `years` their years, or 0.
    """

    things: Integers
    reports: Integers
    number: int
    seats: Integers
    years: Integers

    def of(self, thing: int) -> Integers:
        """The reports that state a thing."""
        first, last = np.searchsorted(self.things, (thing, thing + 1))
        return self.reports[first:last]

    def left(self, mask: Mask) -> "Stated":
        """The pairs whose report is in a choice."""
        if mask.all():
            return self
        kept = mask[self.reports]
        return replace(self, things=self.things[kept], reports=self.reports[kept])

    @cached_property
    def counts(self) -> Integers:
        """For each thing, how many reports state it."""
        return np.bincount(self.things, minlength=self.number)

    @cached_property
    def places(self) -> Integers:
        """For each thing, in how many places some report states it."""
        places = self.seats[self.reports]
        another = np.ones(len(places), np.bool_)
        another[1:] = (places[1:] != places[:-1]) | (self.things[1:] != self.things[:-1])
        return np.bincount(self.things[another & (places >= 0)], minlength=self.number)

    @cached_property
    def earliest(self) -> Integers:
        """For each thing, the earliest year of a report that states it; 0 where none has a year."""
        dated = self.years[self.reports] > 0
        found = np.full(self.number, np.iinfo(np.int64).max)
        np.minimum.at(found, self.things[dated], self.years[self.reports[dated]])
        return np.where(found == np.iinfo(np.int64).max, 0, found)

    def beginnings(self, thing: int) -> tuple[Integers, Integers]:
        """The places where a thing is stated, and for each the earliest year of a report there that states it."""
        reports = self.of(thing)
        places = self.seats[reports]
        starts = np.flatnonzero(np.diff(places, prepend=-2))
        return places[starts], np.minimum.reduceat(self.years[reports], starts) if len(starts) else places


def paired(things: Integers, reports: Integers, number: int, seats: Integers, years: Integers) -> Stated:
    """Pairs as `Stated` has them, from pairs in any order and with doubles; things below `number`."""
    return Stated(*distinct(things, reports), number, seats, years)
