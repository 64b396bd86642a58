"""Which units can be turned into which, and by what factor; data is in `data/units.toml`."""

import tomllib
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

_SCALES = {"万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: the unit to which it can be turned, and how many of those it is."""

    base: str
    factor: Fraction


@cache
def unit(name: str) -> Unit:
    """What a unit is by the table: 起 is one 件, 亩 two thousand thirds of a 平方米; an unknown one is its own base."""
    known = _table()
    if name in known:
        return known[name]
    if name[:1] in _SCALES and len(name) > 1:
        scaled = unit(name[1:])
        return Unit(scaled.base, scaled.factor * _SCALES[name[0]])
    return Unit(name, Fraction(1))


def why_apart(one: str, other: str, language: str) -> str:
    """Why two base units cannot be turned into each other, in `zh` or `en`; "" where nothing is known but that."""
    return _apart().get((frozenset((one, other)), language), "")


@cache
def _table() -> dict[str, Unit]:
    return {
        name: Unit(next(iter(units)), Fraction(factor))
        for units in _data()["measures"].values()
        for name, factor in units.items()
    }


@cache
def _apart() -> dict[tuple[frozenset[str], str], str]:
    return {
        (frozenset(pair["units"]), language): pair[language] for pair in _data()["apart"] for language in ("zh", "en")
    }


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("ontology").joinpath("data", "units.toml").read_text(encoding="utf-8"))
