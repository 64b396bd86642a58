"""How long numbers and co-adoption take at the country's size: 40,000 places, with made-up tables.

Run by itself: `python -m benchmarks.numbers`.
"""

import argparse
import resource
import time

import numpy as np

from graph.analysis.adoption import Adoptions, State
from graph.analysis.coadoption import Latest, coadoption, holders
from graph.analysis.numbers import Item, Tally, Terms
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


def tallied(places: int, each: int, chance: np.random.Generator) -> Tally:
    """So many numbers of so many places, under names as uneven as reports give them."""
    terms = [
        Terms("level", unit, level, "", scope, "", period, "")
        for unit in ("件", "人", "%")
        for level in ("county", "township")
        for scope in ("unsaid", "whole", "own")
        for period in ("year", "point")
    ]
    tally = Tally()
    names = np.minimum(chance.zipf(1.3, places * each), 500_000)
    kinds, years = chance.integers(0, len(terms), places * each), chance.integers(2018, 2026, places * each)
    for number, (name, kind, year) in enumerate(zip(names.tolist(), kinds.tolist(), years.tolist(), strict=True)):
        tally.add_item(f"indicator/other/{name}", Item(number // each, year, float(number % 97), terms[kind]))
    return tally


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
    start = time.perf_counter()
    tally = tallied(args.places, args.numbers, chance)
    print(f"gathering {args.places * args.numbers:,} numbers: {time.perf_counter() - start:.1f} s")
    start = time.perf_counter()
    print(f"counting them: {len(tally.count()):,} indicators, {time.perf_counter() - start:.1f} s")
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GB")


if __name__ == "__main__":
    main()
