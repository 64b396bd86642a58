"""How long numbers and co-adoption take at the country's size: 40,000 places, with made-up tables.

Run by itself: `python -m benchmarks.numbers`.
"""

import argparse
import resource
import time

import numpy as np

from graph.analysis.adoption import Adoptions, Integers, State
from graph.analysis.coadoption import Latest, coadoption, holders
from graph.analysis.numbers import Columns, Terms, count
from graph.naming import Place

YEARS = range(2018, 2026)
_LEVELS = ("county", "township", "township", "township")


def made_up(places: int, mechanisms: int, chance: np.random.Generator) -> Adoptions:
    """Reports of so many places, a third of them in several years: longer ones say more, some mechanisms are common."""
    seats = tuple(
        Place(f"division/{number}", f"{11 + number % 31}{number:07}", _LEVELS[number % 4], ("省", str(number)))
        for number in range(places)
    )
    reported = np.zeros((places, len(YEARS)), bool)
    reported[np.arange(places), chance.integers(0, len(YEARS), places)] = True
    reported[: places // 3] |= chance.random((places // 3, len(YEARS))) < 0.4
    lengths = np.where(reported, chance.integers(2000, 12000, (places, 1)), 0)
    odds = chance.normal(0, 1, places)[:, None] + np.linspace(-2.5, 1.5, mechanisms)
    seat, year = np.nonzero(reported)
    said = chance.random((len(seat), mechanisms)) < 1 / (1 + np.exp(-odds[seat]))
    report, thing = np.nonzero(said)
    states = chance.choice([State.PRACTISED, State.PLANNED, State.LACKING], len(thing), p=[0.9, 0.07, 0.03])
    rows = np.stack([thing, seat[report], year[report], states], axis=1).astype(np.int64)
    order = np.lexsort((rows[:, 2], rows[:, 1], rows[:, 0]))
    things = tuple(f"mechanism/{number:03}" for number in range(mechanisms))
    return Adoptions(seats, things, YEARS, lengths.astype(np.int64), rows[order])


def tallied(places: int, each: int, chance: np.random.Generator) -> tuple[list[str], Integers, Columns]:
    """So many numbers of so many places, under names as uneven as reports give them, each with that of its indicator."""
    terms = [
        Terms("level", unit, level, "", scope, "", period, "")
        for unit in ("件", "人", "%")
        for level in ("county", "township")
        for scope in ("unsaid", "whole", "own")
        for period in ("year", "point")
    ]
    names = np.minimum(chance.zipf(1.3, places * each), 500_000)
    kinds, years = chance.integers(0, len(terms), places * each), chance.integers(2018, 2026, places * each)
    known, indicator = np.unique(names, return_inverse=True)
    value = (np.arange(places * each) % 97).astype(np.float64)
    numbers = np.arange(places * each) // each
    found = Columns(numbers, years, value, value, value, kinds, [(each, True) for each in terms])
    return [f"indicator/other/{name}" for name in known.tolist()], indicator, found


def main() -> None:
    """Measures and prints."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--places", type=int, default=40_000)
    asked.add_argument("--mechanisms", type=int, default=115)
    asked.add_argument("--numbers", type=int, default=75, help="of each place")
    args = asked.parse_args()
    chance = np.random.default_rng(1)
    table = made_up(args.places, args.mechanisms, chance)
    print(f"{args.places:,} places, {int(table.reported.sum()):,} reports, {len(table.said):,} statements")
    start = time.perf_counter()
    found = coadoption(holders(table, table.things))
    print(f"co-adoption: {time.perf_counter() - start:.1f} s, {len(found.backbone.pairs)} pairs")
    start = time.perf_counter()
    latest = Latest(table, table.things)
    for number in range(0, args.places, args.places // 100):
        latest.lacks(number)
    print(f"what 100 places lack: {time.perf_counter() - start:.1f} s")
    tally = tallied(args.places, args.numbers, chance)
    start = time.perf_counter()
    counted = count(*tally)
    print(
        f"counting {args.places * args.numbers:,} numbers: {len(counted):,} indicators, {time.perf_counter() - start:.1f} s"
    )
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GB")


if __name__ == "__main__":
    main()
