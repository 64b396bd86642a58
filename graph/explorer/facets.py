"""Which reports a reader's choice leaves, and how many each further choice would leave.

A choice is facet → value. `confidence` = "sure" leaves out what the rules are unsure of; `status` says how the chosen
mechanism or practice is stated, and means nothing without one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graph.analysis.spread import STATUSES
from graph.explorer.catalogue import COLUMNS, Catalogue, Numbers
from graph.explorer.stated import Mask, Stated

# In the order in which they are offered.
FACETS = ("province", "level", "year", "mechanism", "practice", "status", "weakness", "confidence")
SURE = "sure"


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a facet, and how many reports choosing it would leave; the chosen one leaves what there is now."""

    value: str
    count: int
    chosen: bool


class Facets:
    """The facets of a catalogue's reports under a choice; values that the graph does not know leave nothing."""

    def __init__(self, catalogue: Catalogue, choice: Mapping[str, str]) -> None:
        self.catalogue = catalogue
        self.choice = {facet: value for facet, value in choice.items() if facet in FACETS and value}

    @cached_property
    def left(self) -> Mask:
        """The reports that are left, as a truth value for each."""
        return self._left()

    @cached_property
    def numbers(self) -> Numbers:
        """The numbers of the reports that are left."""
        return frozenset(np.flatnonzero(self.left).tolist())

    def options(self, facet: str) -> list[Option]:
        """The values of a facet that leave any report; places and years in their order, things by how many they leave."""
        left, chosen = self._left(facet), self.choice.get(facet)
        if facet in _THINGS:
            counts = self._stated(facet).left(left).counts
            found = [
                Option(iri, int(counts[number]), iri == chosen) for iri, number in self.catalogue.ids(facet).items()
            ]
            found.sort(key=lambda option: (-option.count, option.value))
        elif facet == "confidence":
            found = [Option(SURE, int(left.sum()), chosen == SURE)]
        elif facet == "status":
            found = [
                Option(value, int((left & self._having(facet, value)).sum()), value == chosen) for value in STATUSES
            ]
        else:
            column = self.catalogue.column(facet)
            counts = np.bincount(column.codes[left], minlength=len(column.values))
            found = [
                Option(value, int(count), value == chosen) for value, count in zip(column.values, counts, strict=True)
            ]
        return [option for option in found if option.count or option.chosen]

    def stated(self, status: str = "") -> Stated:
        """Which of the reports left state which things: with this status, or that which is chosen, or any."""
        return self.catalogue.stated(status or self.choice.get("status", ""), self.sure).left(self.left)

    def stating(self, thing: str) -> Numbers:
        """The reports left that state a thing, with the status that is chosen, if one is."""
        status = self.choice.get("status", "")
        return self.numbers & self.catalogue.stating(thing, status, sure=self.sure)

    @property
    def sure(self) -> bool:
        """Whether only what the rules are sure of counts."""
        return self.choice.get("confidence") == SURE

    def _left(self, without: str = "") -> Mask:
        left = np.ones(len(self.catalogue.reports), np.bool_)
        for facet, value in self.choice.items():
            if facet not in (without, "confidence"):
                left &= self._having(facet, value)
        return left

    def _having(self, facet: str, value: str) -> Mask:
        """The reports that have a value of a facet."""
        if facet in COLUMNS:
            return self.catalogue.column(facet).having(value)
        found = np.zeros(len(self.catalogue.reports), np.bool_)
        if facet == "status":
            thing = self.choice.get("practice") or self.choice.get("mechanism") or ""
            found[list(self.catalogue.stating(thing, value, self.sure))] = bool(thing)
        else:
            number = self.catalogue.ids(facet).get(value, -1)
            found[self._stated(facet).of(number)] = True
        return found

    def _stated(self, facet: str) -> Stated:
        status = self.choice.get("status", "") if facet != "weakness" else ""
        return self.catalogue.stated(status, self.sure)


_THINGS = ("mechanism", "practice", "weakness")
