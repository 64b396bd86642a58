"""When each mechanism reached each place: the cascades from which a network of spread is inferred."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from graph.analysis.adoption import Adoptions
from graph.analysis.curveball import Slots
from graph.naming import Place

Bits = npt.NDArray[np.bool_]
Years = npt.NDArray[np.int8]

NONE = -1


@dataclass(frozen=True, eq=False)
class Cascades:
    """The first year (a number in `years`) in which each place (by code) reports to practise each thing, or `NONE`.

    A year is `dated` where an earlier report of the place does not speak of the thing. Where the place's first report
    has it already, the true year is not known (it is left-censored): such a place can have been followed, since it
    had the thing by then, but whom it followed cannot be told. A year without a report can hide a first mention until
    the next report; so dated years are late by as many reports as are missing, and never early.
    """

    places: tuple[Place, ...]
    things: tuple[str, ...]
    years: range
    onsets: Years
    dated: Bits

    @cached_property
    def slots(self) -> Slots:
        """What a chance table has to keep: 0 where a thing has not come, and else its year and whether that is dated."""
        return np.where(self.onsets == NONE, 0, 1 + 2 * self.onsets + self.dated).astype(np.int8)


def cascades(table: Adoptions, things: Collection[str] | None = None, level: str = "", province: str = "") -> Cascades:
    """The cascades of the given things (of all, if none are given) among the places of a level and a province.

    Left out are places with reports on fewer than two years, of which nothing is dated, and things that fewer than
    two of the others report. The province is one by name or by its code of two digits.
    """
    usual = [number for number, thing in enumerate(table.things) if things is None or thing in things]
    onsets = table.onsets(usual)
    kept = table.reported.sum(axis=1) >= 2
    kept &= [place.is_among(level, province) for place in table.places]
    several = (onsets[kept] != NONE).sum(axis=0) >= 2
    found = onsets[kept][:, several]
    return Cascades(
        tuple(place for place, is_kept in zip(table.places, kept, strict=True) if is_kept),
        tuple(table.things[number] for number, is_kept in zip(usual, several, strict=True) if is_kept),
        table.years,
        found.astype(np.int8),
        found > table.entries[kept, None],
    )


def between(slots: Slots) -> tuple[Years, Bits]:
    """The first years of a chance table, and which of them are dated."""
    return np.where(slots == 0, NONE, (slots - 1) // 2).astype(np.int8), (slots > 0) & (slots % 2 == 0)
