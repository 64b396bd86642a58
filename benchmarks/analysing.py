"""Every analysis at the size of the country: 40,000 places, 115 mechanisms, eight years, each within five minutes.

The tables are made up (`benchmarks.country`). What goes through a store place by place takes its time for each of them:
that is measured of two numbers of places, and the time for 40,000 is on the straight line through both. All is CPU time
of all threads, so that neighbours on the machine count little, and two cores need no longer by the clock; but what is
shared out among processes is timed by the clock.
"""

import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import TypeVar

import numpy as np

from benchmarks.copying import written
from benchmarks.country import PLACES, THINGS, YEARS, adoptions, graph_of, numbers, reports, stating
from benchmarks.growing import Scale
from benchmarks.likeness import planted
from benchmarks.measuring import MB, Clock, Figure, seconds
from graph.analysis.adoption import Adoptions, read_adoptions
from graph.analysis.cascades import cascades
from graph.analysis.coadoption import Latest, coadoption, holders
from graph.analysis.curveball import chance_tables
from graph.analysis.diffusion import diffusion
from graph.analysis.groups import groups_of
from graph.analysis.numbers import count as count_numbers
from graph.analysis.passages import wording
from graph.analysis.promises import overview_in
from graph.analysis.rates import Strata, rates
from graph.analysis.responses import responses
from graph.analysis.spread import Spreading
from graph.store import open_graph

_BOUND = 300.0  # seconds
_MEMORY = 2048  # MB
_READ = 2400  # reports, shared out among places
_STATING = 500  # places
_ASKED = 100  # places
_GROUPS = (200, 50)  # planted, and places in each
_TIMES = 3

T = TypeVar("T")


def analysing(scale: Scale) -> Iterator[Figure]:
    """All analyses, whatever the scale is."""
    yield from _of_a_table(adoptions())
    yield from _of_weaknesses()
    many = written(PLACES)
    yield _taking(
        "whose words a report has", partial(wording, many), f"{PLACES:,} reports, {len(many.texts.codes):,} signs"
    )
    yield _taking(
        "numbers compared",
        partial(count_numbers, *(found := numbers())),
        f"{len(found[1]):,} numbers of {PLACES:,} places",
    )
    del many, found
    yield from _of_stores(scale.folder)
    most = getrusage(RUSAGE_SELF).ru_maxrss * 1024 / MB
    yield Figure(
        "memory", most, "MB", _MEMORY, how="the most at any time; of what goes place by place, at the sizes measured"
    )


def _of_a_table(table: Adoptions) -> Iterator[Figure]:
    """What is asked of who states what when, once that is read."""
    size = f"{len(table.places):,} places, {len(table.things)} mechanisms, {len(table.years)} years"
    yield _taking("adoption: rates of all mechanisms", partial(_all_rates, table), f"{size}, with groups and intervals")
    yield _taking("reach and spread of all mechanisms", partial(_all_spread, table), f"{size}, 499 deals of chance")
    yield _taking(
        "co-adoption", lambda: coadoption(holders(table, table.things)), f"{size}, {len(table.said):,} statements"
    )
    yield _taking(
        "what places like one have that it lacks", partial(_all_lacks, table), f"{size}, {_ASKED} places asked"
    )
    found = cascades(table)
    tables = chance_tables(found.slots, np.zeros(len(found.places), np.int64), 3)
    yield Figure("a chance table", seconds(lambda: list(tables)) / 3, "s", how=f"CPU, {size}")
    yield _taking("diffusion: the network of spread", partial(diffusion, found), f"{size}, all tests against chance")


def _all_rates(table: Adoptions) -> None:
    strata = Strata(table)
    for thing in range(len(table.things)):
        rates(strata, thing, "", strata.fullest)


def _all_spread(table: Adoptions) -> None:
    found = Spreading(table)
    for thing in found.ranked():
        found.reach(thing, "", "")


def _all_lacks(table: Adoptions) -> None:
    latest = Latest(table, table.things)
    for number in range(0, len(table.places), len(table.places) // _ASKED):
        latest.lacks(number)


def _of_weaknesses() -> Iterator[Figure]:
    """Likeness and groups, of places of which some were planted to be alike."""
    profiles, places, _ = planted(PLACES, *_GROUPS, 0)
    size = f"{len(profiles.of_place):,} places"
    yield _taking("ten places most like each", lambda: list(profiles.all_likest(10)), size)
    yield _taking(
        "groups that admit alike", partial(groups_of, profiles, places, {}), f"{size}, with chance and stability"
    )


def _of_stores(folder: Path) -> Iterator[Figure]:
    """What goes through a store place by place."""
    yield _on_a_line(
        "who states what when, read from a store",
        {places: stating(folder / f"stating-{places}", places) for places in (_STATING, 2 * _STATING)},
        _state,
        f"{len(YEARS)} reports of each, of {THINGS} mechanisms",
    )
    some = reports(_READ)
    for years in (2, len(YEARS)):
        sizes = (_READ // years // 2, _READ // years)
        graphs = {
            places: graph_of(folder / f"filed-{places}-{years}", some[: places * years], years) for places in sizes
        }
        how = f"{years} reports of full length of each"
        yield _on_a_line(
            "promises: shortcomings and plans followed", graphs, _follow, f"{how}, in two processes", time.monotonic
        )
        yield _on_a_line("responses: what others did", graphs, _respond, how)


def _state(graph: Path) -> None:
    read_adoptions(open_graph(graph))


def _follow(graph: Path) -> None:
    overview_in(str(graph), processes=2)


def _respond(graph: Path) -> None:
    responses(open_graph(graph), "publicity-coverage")


def _taking(what: str, work: Callable[[], object], how: str) -> Figure:
    return Figure(what, seconds(work), "s", _BOUND, how=f"CPU, {how}")


def _on_a_line(
    what: str, sizes: dict[int, T], work: Callable[[T], object], how: str, clock: Clock = time.process_time
) -> Figure:
    """What some work would take for all places, from what it takes for the things of two numbers of them; the best of three."""
    taken = {places: min(seconds(partial(work, each), clock) for _ in range(_TIMES)) for places, each in sizes.items()}
    measured = " and ".join(f"{took:.2f} s of {places:,}" for places, took in taken.items())
    by = "CPU" if clock is time.process_time else "by the clock"
    told = f"{by}, {PLACES:,} places on the line through {measured}; {how}"
    return Figure(what, on_the_line(taken, PLACES), "s", _BOUND, how=told)


def on_the_line(measured: dict[int, float], size: int) -> float:
    """What a size would take, on the straight line through what two smaller ones took."""
    (small, less), (large, more) = sorted(measured.items())
    return more + (more - less) / (large - small) * (size - large)
