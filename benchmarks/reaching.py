"""Who states what since when, of many places with eight years of reports each: read, counted, and tested for patterns."""

import gzip
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

import numpy as np

from benchmarks.growing import Scale
from benchmarks.measuring import Figure
from graph.analysis.adoption import Adoptions, read_adoptions
from graph.analysis.rates import Strata, rates
from graph.analysis.spread import Spreading
from graph.store import open_store, write_store
from ontology.divisions import Division, divisions
from ontology.namespace import PREFIXES, division, expand

PLACES = 40_000
THINGS = 115
YEARS = range(2017, 2025)
_PER_REPORT = 2  # places for each report of the scale: 40,000 for 20,000
_REPORTING = 0.8
_LONGEST = 5000
_IN_SHARD = 1000
_BOUND = 300.0  # seconds


def reaching(scale: Scale) -> Iterator[Figure]:
    """The table of a store, the rates of all mechanisms, and their spread with everything that chance is asked for."""
    store = scale.folder / "stating"
    write_store(store, _shards(scale.folder, min(PLACES, scale.reports * _PER_REPORT)))
    began = time.thread_time()
    table = read_adoptions(open_store(store))
    how = f"{len(table.places):,} places, {int(table.reported.sum()):,} reports, {len(table.said):,} statements"
    yield Figure(
        "who states what when, read from a store", time.thread_time() - began, "s", how=f"CPU of the thread, {how}"
    )
    yield Figure("rates of all mechanisms", _seconds(_all_rates, table), "s", how="CPU, with groups and intervals")
    yield Figure("spread of all mechanisms", _seconds(_all_spread, table), "s", how="CPU, 499 deals of chance")
    yield Figure("all three", time.thread_time() - began, "s", _BOUND, how="CPU")
    yield Figure(
        "memory", getrusage(RUSAGE_SELF).ru_maxrss / 1024, "MB", how="the most at any time, with what was before"
    )


def _all_rates(table: Adoptions) -> None:
    strata = Strata(table)
    for thing in range(len(table.things)):
        rates(strata, thing, "", strata.fullest)


def _all_spread(table: Adoptions) -> None:
    found = Spreading(table)
    for thing in found.ranked():
        found.reach(thing, "", "")


def _seconds(work: Callable[[Adoptions], None], table: Adoptions) -> float:
    began = time.thread_time()
    work(table)
    return time.thread_time() - began


def _shards(folder: Path, places: int) -> Iterator[Path]:
    """Files of quads, each with some places' reports; mechanisms begin at one time or another, or never."""
    random = np.random.default_rng(1)
    everywhere = islice(divisions(), places)
    for number, some in enumerate(iter(lambda: list(islice(everywhere, _IN_SHARD)), [])):
        shard = folder / f"stating-{number}.gz"
        shard.write_bytes(gzip.compress("".join(line for place in some for line in _quads(place, random)).encode(), 1))
        yield shard
        shard.unlink()


def _quads(place: Division, random: np.random.Generator) -> Iterator[str]:
    zl, kind = PREFIXES["zl"], expand("rdf:type")
    begun = random.integers(0, 3 * len(YEARS), THINGS)
    for number, year in enumerate(YEARS):
        if random.random() > _REPORTING:
            continue
        report = f"{PREFIXES['report']}{place.code}/{year}"
        where = division(place.code)
        length = int(random.integers(_LONGEST // 10, _LONGEST))
        triples = [
            (where, kind, f"<{zl}Jurisdiction>"),
            (where, expand("skos:notation"), f'"{place.code}"'),
            (where, expand("skos:prefLabel"), f'"{place.path[-1]}"@zh'),
            (where, f"{zl}level", f'"{place.level}"'),
            (report, kind, f"<{zl}Report>"),
            (report, f"{zl}jurisdiction", f"<{where}>"),
            (report, f"{zl}year", f'"{year}"^^<{expand("xsd:gYear")}>'),
            (report, expand("nif:isString"), f'"{"报" * length}"'),
        ]
        for thing in np.flatnonzero((begun <= number) & (random.random(THINGS) < 0.5)).tolist():
            adoption = f"{report}#adoption-{thing}"
            triples += [
                (adoption, kind, f"<{zl}Adoption>"),
                (adoption, f"{zl}adopts", f"<{PREFIXES['mechanism']}m{thing}>"),
                (adoption, f"{zl}status", f"<{zl}practised>"),
                (adoption, f"{zl}statedIn", f"<{report}>"),
            ]
        yield "".join(f"<{one}> <{what}> {other} <{report}> .\n" for one, what, other in triples)
