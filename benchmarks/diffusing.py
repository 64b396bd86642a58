"""The network of spread at the size of the country: every place with eight years of reports, all mechanisms."""

import time
from collections.abc import Iterator

import numpy as np

from benchmarks.growing import Scale
from benchmarks.measuring import Figure
from benchmarks.simulator import YEARS
from graph.analysis.adoption import Adoptions, State
from graph.analysis.cascades import cascades
from graph.analysis.curveball import chance_tables
from graph.analysis.diffusion import diffusion
from graph.naming import Place
from ontology.divisions import divisions
from ontology.namespace import division

PLACES, THINGS = 41_352, 115


def diffusing(scale: Scale) -> Iterator[Figure]:
    """One chance table, and the whole network with its tests, of a table made by chance."""
    found = cascades(_table())
    start = time.perf_counter()
    tables = list(chance_tables(found.slots, np.zeros(len(found.places), np.int64), 3))
    size = f"{len(found.places):,} places, {len(found.things)} mechanisms"
    yield Figure("a chance table", (time.perf_counter() - start) / len(tables), "s", how=f"wall, {size}")
    start, used = time.perf_counter(), time.process_time()
    network = diffusion(found)
    how = f"wall; {time.process_time() - used:.0f} s CPU; {size}, {sum(network.tested.values()):,} pairs, 3 × {network.samples} chance tables"
    yield Figure("network of spread", time.perf_counter() - start, "s", 300, how=how)


def _table() -> Adoptions:
    """Each mechanism taken up at random by two in five, in years around its own; each place with a rate of its own."""
    random = np.random.default_rng(0)
    places = [
        Place(division(each.code), each.code, each.level, each.path)
        for each, _ in zip(divisions(), range(PLACES), strict=False)
    ]
    keen = random.beta(4, 6, PLACES)
    has = random.random((THINGS, PLACES)) < keen
    onset = np.clip(np.rint(random.normal(random.uniform(0, 7, (THINGS, 1)), 2, has.shape)), 0, len(YEARS) - 1)
    reported = random.random((PLACES, len(YEARS))) < 0.95
    thing, place, year = np.nonzero((has[:, :, None] & (onset[:, :, None] <= np.arange(len(YEARS)))) & reported)
    said = np.stack([thing, place, year, np.full(len(thing), State.PRACTISED)], axis=1)
    return Adoptions(tuple(places), tuple(f"m{at:03}" for at in range(THINGS)), YEARS, reported * 3000, said)
