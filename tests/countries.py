"""Tables of who states what with a known spread: along an S-curve, from above or below, in clusters, or by chance alone."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from graph.analysis.adoption import Adoptions, State, tabulated
from graph.naming import Place

YEARS = range(2016, 2024)
Integers = npt.NDArray[np.int64]


def country(provinces: int = 10, prefectures: int = 4, counties: int = 6) -> list[Place]:
    """Provinces, prefectures and counties, as many under each."""
    found = []
    for province in range(11, 11 + provinces):
        found.append(_place(f"{province}"))
        for prefecture in range(1, 1 + prefectures):
            found.append(_place(f"{province}{prefecture:02}"))
            found += [_place(f"{province}{prefecture:02}{county:02}") for county in range(1, 1 + counties)]
    return found


def _place(code: str) -> Place:
    path = tuple(code[:length] for length in (2, 4, 6) if length <= len(code))
    return Place(f"division:{code}", code, {2: "province", 4: "prefecture", 6: "county"}[len(code)], path)


def planted(
    places: list[Place],
    begun: Callable[[np.random.Generator], Integers],
    seed: int,
    things: int = 1,
    reporting: float | npt.NDArray[np.float64] = 0.85,
    mentioned: float = 0.8,
) -> Adoptions:
    """A table in which each place practises each thing from the year (a number, or beyond the last) that `begun` gives.

    It has a report on a year with the chance `reporting` (of all, or places × years), and a report mentions what is
    practised with `mentioned`.
    """
    chance = np.random.default_rng(seed)
    where, when = np.nonzero(chance.random((len(places), len(YEARS))) < reporting)
    told = np.column_stack((where, when + YEARS.start, chance.integers(500, 5000, len(where))))
    said = []
    for thing in range(things):
        practised = (when >= begun(chance)[where]) & (chance.random(len(where)) < mentioned)
        column = np.full(practised.sum(), thing)
        said.append(
            np.column_stack((column, where[practised], when[practised] + YEARS.start, column * 0 + State.PRACTISED))
        )
    return tabulated(places, [f"thing:{thing:03}" for thing in range(things)], told, np.concatenate(said))
