"""Made-up tables and stores of as many places as the country has townships and more, for what analyses take there.

Nothing in them is like the world but their size, and how uneven it is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np

from benchmarks.generator import generate
from extract.reading import Document
from extract.records import Jurisdiction, Report
from extract.report import read_report
from extract.triples import to_quads
from graph.analysis.adoption import Adoptions, Integers, State
from graph.analysis.numbers import Columns, Terms
from graph.building import VOCABULARY, publish, vocabulary_quads
from graph.converting import write_shard
from graph.manifest import Entry, Manifest, key_of
from graph.naming import Place
from graph.progress import Progress
from graph.shards import graph_in
from ontology.divisions import Division, divisions
from ontology.namespace import PREFIXES, division, expand

PLACES, THINGS, YEARS = 40_000, 115, range(2017, 2025)
_REPORTING = 0.95  # of the places, in any year
_LONGEST = 5000


def adoptions(places: int = PLACES) -> Adoptions:
    """Each mechanism taken up at random by two in five, in years around its own; each place with a rate of its own."""
    random = np.random.default_rng(0)
    keen = random.beta(4, 6, places)
    has = random.random((THINGS, places)) < keen
    onset = np.clip(np.rint(random.normal(random.uniform(0, 7, (THINGS, 1)), 2, has.shape)), 0, len(YEARS) - 1)
    reported = random.random((places, len(YEARS))) < _REPORTING
    lengths = reported * random.integers(_LONGEST // 10, _LONGEST, (places, 1))
    thing, place, year = np.nonzero((has[:, :, None] & (onset[:, :, None] <= np.arange(len(YEARS)))) & reported)
    said = np.stack([thing, place, year, np.full(len(thing), State.PRACTISED)], axis=1)
    things = tuple(f"m{at:03}" for at in range(THINGS))
    return Adoptions(tuple(map(place_of, islice(divisions(), places))), things, YEARS, lengths, said)


def numbers(places: int = PLACES, each: int = 75) -> tuple[list[str], Integers, Columns]:
    """So many numbers of each place, under names as uneven as reports give them: the names, and each number's with it."""
    random = np.random.default_rng(1)
    terms = [
        Terms("level", unit, level, "", scope, "", period, "")
        for unit in ("件", "人", "%")
        for level in ("county", "township")
        for scope in ("unsaid", "whole", "own")
        for period in ("year", "point")
    ]
    names = np.minimum(random.zipf(1.3, places * each), 500_000)
    kinds, years = random.integers(0, len(terms), places * each), random.integers(2018, 2026, places * each)
    known, indicator = np.unique(names, return_inverse=True)
    value = (np.arange(places * each) % 97).astype(np.float64)
    place = np.arange(places * each) // each
    found = Columns(place, years, value, value, value, kinds, [(each, True) for each in terms])
    return [f"indicator/other/{name}" for name in known.tolist()], indicator, found


def reports(number: int) -> list[Report]:
    """So many generated reports of full length, read; no two the same, so that nothing is kept from one for another."""
    return [read_report(Document(each.name, each.data)) for each in generate(number)]


def graph_of(folder: Path, some: Sequence[Report], years: int) -> Path:
    """A graph folder of these reports as if they were those of the first places, of so many years each."""
    places = islice(divisions(), len(some) // years)
    return _graph(
        folder,
        (
            to_quads(
                replace(
                    some[number * years + year],
                    jurisdiction=Jurisdiction(place.code, place.path, place.level),
                    department=None,
                    year=YEARS[year],
                )
            )
            for number, place in enumerate(places)
            for year in range(years)
        ),
    )


def stating(folder: Path, places: int) -> Path:
    """A graph folder of so many places' reports of eight years that only say what is practised, each mechanism from a year on."""
    random = np.random.default_rng(1)
    return _graph(folder, (quads for place in islice(divisions(), places) for quads in _stated(place, random)))


def place_of(found: Division) -> Place:
    """A division as the graph names it."""
    return Place(division(found.code), found.code, found.level, found.path)


def _graph(folder: Path, documents: Iterable[bytes]) -> Path:
    """A graph folder of these documents' quads, as a build leaves it."""
    vocabulary = vocabulary_quads(VOCABULARY)
    write_shard(folder, key_of(vocabulary), vocabulary)
    entries = {}
    for quads in documents:
        key = key_of(quads)
        write_shard(folder, key, quads)
        entries[key] = Entry(key, graph_in(quads))
    publish(folder, Manifest(), Manifest(vocabulary=key_of(vocabulary), documents=entries), Progress(), 1)
    return folder


def _stated(place: Division, random: np.random.Generator) -> Iterator[bytes]:
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
        yield "".join(f"<{one}> <{what}> {other} <{report}> .\n" for one, what, other in triples).encode()
