"""Which reports a reader's choice leaves, and how many each further choice would leave.

A choice is facet → value. `confidence` = "sure" leaves out what the rules are unsure of; `status` says how the chosen
mechanism or practice is stated, and means nothing without one.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from graph.explorer.catalogue import LEVELS, Catalogue, Numbers
from graph.spread import STATUSES

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
    def numbers(self) -> Numbers:
        """The reports that are left."""
        return self._left()

    def options(self, facet: str) -> list[Option]:
        """The values of a facet that leave any report; places and years in their order, things by how many they leave."""
        left, chosen = self._left(facet), self.choice.get(facet)
        counts = ((value, len(left & numbers)) for value, numbers in self._values(facet).items())
        found = [Option(value, count, value == chosen) for value, count in counts if count or value == chosen]
        if facet in ("mechanism", "practice", "weakness"):
            found.sort(key=lambda option: (-option.count, option.value))
        return found

    def stating(self, thing: str) -> Numbers:
        """The reports left that state a thing, with the status that is chosen, if one is."""
        status = self.choice.get("status", "")
        return self.numbers & self.catalogue.stating(thing, status, sure=self.sure)

    @property
    def sure(self) -> bool:
        """Whether only what the rules are sure of counts."""
        return self.choice.get("confidence") == SURE

    def _left(self, without: str = "") -> Numbers:
        left = self.catalogue.everything()
        for facet, value in self.choice.items():
            if facet != without and facet != "confidence":
                left &= self._values(facet).get(value, frozenset())
        return left

    def _values(self, facet: str) -> Mapping[str, Numbers]:
        """Each value of a facet with its reports."""
        catalogue, sure = self.catalogue, self.sure
        if facet in ("mechanism", "practice", "weakness"):
            status = self.choice.get("status", "") if facet != "weakness" else ""
            return {thing.iri: catalogue.stating(thing.iri, status, sure) for thing in catalogue.of_kind(facet)}
        if facet == "status":
            thing = self.choice.get("practice") or self.choice.get("mechanism") or ""
            return {status: catalogue.stating(thing, status, sure) for status in STATUSES} if thing else {}
        if facet == "confidence":
            return {SURE: catalogue.everything()}
        return _grouped(catalogue, _KEYS[facet])


_KEYS: dict[str, Callable[..., str]] = {
    "province": lambda report: report.place.path[0] if report.place else "",
    "level": lambda report: report.place.level if report.place else "",
    "year": lambda report: report.year,
}


def _grouped(catalogue: Catalogue, key: Callable[..., str]) -> dict[str, Numbers]:
    """The reports by what a key gives for them, "" for unknown last; levels from the province down, years latest first."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for number, report in enumerate(catalogue.reports):
        found[key(report)].add(number)
    order = LEVELS if key is _KEYS["level"] else ()
    names = sorted(found, reverse=key is _KEYS["year"])
    if order:
        names.sort(key=lambda name: order.index(name) if name in order else len(order))
    elif key is _KEYS["province"]:
        names = list(dict.fromkeys(_KEYS["province"](report) for report in catalogue.reports))  # by code
    names.sort(key=lambda name: name == "")
    return {name: frozenset(found[name]) for name in names}
