"""How far each area of mechanisms reaches in each province.

Made of plain sets, from whichever store they come.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Set
from dataclasses import dataclass
from typing import TypeVar

SHADES = 4

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Cell:
    """One province and area: `stating` of all `many` state any of the area's mechanisms, and each on average `depth`."""

    province: str
    area: str
    stating: int
    many: int
    depth: float

    @property
    def share(self) -> float:
        """The share that states any."""
        return self.stating / self.many


def coverage(holders: Mapping[str, Set[T]], areas: Mapping[str, str], provinces: Mapping[T, str]) -> list[Cell]:
    """A cell for every province and area, in the order in which the two are first named.

    `holders` has the places, or the reports, that state each mechanism, `areas` the area of each mechanism, and
    `provinces` the province of each place or report, whether or not it states anything: these are the denominators.
    """
    inside: defaultdict[str, set[T]] = defaultdict(set)
    for one, province in provinces.items():
        inside[province].add(one)
    members: defaultdict[str, list[Set[T]]] = defaultdict(list)
    for mechanism, area in areas.items():
        members[area].append(holders.get(mechanism, frozenset()))
    found = []
    for province, own in inside.items():
        for area, held in members.items():
            here = [own & each for each in held]
            depth = sum(map(len, here)) / len(own)
            found.append(Cell(province, area, len(set[T]().union(*here)), len(own), depth))
    return found


def shade(share: float) -> int:
    """How dark a share is shown: 0 for none, then 1 to 4 by quarters."""
    return -int(-share * SHADES // 1)
