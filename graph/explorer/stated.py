"""Which reports state which things, as arrays: all things of a list are counted at once.

A choice of reports is a mask, an array of one truth value for each report. Reports are numbered by place, so that a
thing's reports of one place stand side by side, and distinct places are counted without sorting.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Stated:
    """Pairs of thing and report, both by number, sorted and without doubles."""

    things: Integers
    reports: Integers
    number: int  # of things there are

    def of(self, thing: int) -> Integers:
        """The reports that state a thing."""
        first, last = np.searchsorted(self.things, (thing, thing + 1))
        return self.reports[first:last]

    def left(self, mask: Mask) -> "Stated":
        """The pairs whose report is in a choice."""
        kept = mask[self.reports]
        return Stated(self.things[kept], self.reports[kept], self.number)

    def counts(self) -> Integers:
        """For each thing, how many reports state it."""
        return np.bincount(self.things, minlength=self.number)

    def places(self, place_of: Integers) -> Integers:
        """For each thing, in how many places some report states it; `place_of` is each report's place, or -1."""
        places = place_of[self.reports]
        another = np.ones(len(places), np.bool_)
        another[1:] = (places[1:] != places[:-1]) | (self.things[1:] != self.things[:-1])
        return np.bincount(self.things[another & (places >= 0)], minlength=self.number)

    def earliest(self, years: Integers) -> Integers:
        """For each thing, the earliest year of a report that states it; 0 where none has a year (which is 0)."""
        dated = years[self.reports] > 0
        found = np.full(self.number, np.iinfo(np.int64).max)
        np.minimum.at(found, self.things[dated], years[self.reports[dated]])
        return np.where(found == np.iinfo(np.int64).max, 0, found)


def paired(things: Integers, reports: Integers, number: int) -> Stated:
    """Pairs as `Stated` has them, from pairs in any order and with doubles; things below `number`."""
    size = int(reports.max(initial=0)) + 1
    keys = np.unique(things * size + reports)
    return Stated(keys // size, keys % size, number)
