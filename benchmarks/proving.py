"""What the analyses find of what was planted: python -m benchmarks.proving

Worlds with a known truth (benchmarks/simulator.py) are analysed as tables, many of them, and as reports
(benchmarks/planting.py) that go through extraction, the graph and the analysis like any others. Precision is the share
of what is found that was planted, recall the share of what was planted that is found. In worlds where nothing was
planted the share of tests that fire at 5 % is measured. Each bound is below what was measured when it was set, by a
margin for another seed.

Copies (benchmarks/copying.py) and groups that admit alike (benchmarks/likeness.py) are planted and found again likewise.

An analysis adds its proof to `ON_TABLES`, or to `ON_REPORTS`: a function that is given the graph of the planted reports
and their truth (`benchmarks.planting.truth`) and yields figures.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean
from typing import Any, TypeAlias

from benchmarks.copying import copies_again, words_by_chance
from benchmarks.extraction import ZHILI
from benchmarks.likeness import groups_again, likeness_by_chance
from benchmarks.measuring import Figure, line, run
from benchmarks.planting import REPORTS, truth, write_planted
from benchmarks.recording import record
from benchmarks.simulator import ISSUED, Size, World, asked, table, without_spread, world
from graph.analysis.adoption import read_adoptions
from graph.analysis.cascades import cascades
from graph.analysis.chance import FALSE
from graph.analysis.diffusion import NULLS, against_chance, candidates, diffusion, figures_of
from graph.analysis.mandates import Asked, read_asked
from graph.analysis.spreading import Spreading, spreading
from graph.naming import mechanism_labels
from graph.store import GraphStore, open_graph
from ontology.namespace import mechanism

_WORLDS = 3
_EMPTY = 20
_TABLES = 39
_STRONGEST = 40
_SMALL = Size(provinces=4, prefectures=2, counties=3, mechanisms=60, groups=2, copies=0)
_ABOUT = """# Proof

Worlds are planted in which it is known who passed what to whom, which mechanisms a document asked for, which passages
were taken over and which places admit the same weaknesses: ten provinces, three levels, eight years, 160 places.
Precision is the share of what is found that was planted, recall the share of what was planted that is found. "On
tables" is read as if without a mistake; "on reports" is written as reports, extracted, built into a graph and analysed.
Copies are planted in the texts of these worlds and changed in six ways; groups are planted among places that admit by
chance. "By chance" is where nothing was planted: of tests at 5 % at most 5 % may fire. How much a real world gives away
depends on how much of its spread is by passing on, and is not known: recall there may be lower or higher.

{machine}
"""


Truth: TypeAlias = dict[str, Any]  # as `benchmarks.planting.truth` makes it


@dataclass(frozen=True, slots=True)
class Proof:
    """The graph of planted reports, and what is planted in them."""

    graph: GraphStore
    truth: Truth


def on_tables() -> Iterator[Figure]:
    """Lines and mandates in worlds with spread; tests that fire in worlds without any."""
    worlds = {
        "": Size(),
        ", more is passed on": Size(passing=0.9),
        ", provinces have fashions": Size(fashion=True),
    }
    for what, size in worlds.items():
        found = [(truth(made), _spreading(made)) for made in (world(seed, size) for seed in range(_WORLDS))]
        yield from _lines(what, found, 0.85, 0.2)
        if not what:
            yield from _mandated(found)
    yield from _firing("", _SMALL, NULLS)
    # What a province has in common is no chance; only tables that keep it are a null of such a world.
    yield from _firing(", provinces have fashions", replace(_SMALL, fashion=True), ("province",))


def on_reports(proof: Proof) -> Iterator[Figure]:
    """Lines and mandates from the reports."""
    graph = proof.graph
    found = [(proof.truth, spreading(read_adoptions(graph), mechanism_labels(graph), read_asked(graph)))]
    yield from _lines("", found, 0.75, 0.15)
    yield from _mandated(found)


ON_TABLES: dict[str, Callable[[], Iterator[Figure]]] = {
    "spread, on tables": on_tables,
    "copies": copies_again,
    "words by chance": words_by_chance,
    "groups": groups_again,
    "likeness by chance": likeness_by_chance,
}
ON_REPORTS: dict[str, Callable[[Proof], Iterator[Figure]]] = {"spread, on reports": on_reports}


def precision_and_recall(
    what: str, found: Collection[Hashable], planted: Collection[Hashable], least: tuple[float, float], how: str = ""
) -> Iterator[Figure]:
    """Two figures, each with its lower bound; precision is 1 where nothing is found."""
    right = len(set(found) & set(planted))
    counts = f"{right} right of {len(found)} found, of {len(planted)} planted{how}"
    yield Figure(f"{what}: precision", right / len(found) if found else 1.0, "", least[0], True, counts)
    yield Figure(f"{what}: recall", right / max(1, len(planted)), "", least[1], True, counts)


def _spreading(planted: World) -> Spreading:
    """What the command says of a world's table, if the scheme says that the document asks for what it does ask for."""
    wanted = [Asked(mechanism(name), name, "", "", ISSUED) for name in sorted(asked())]
    return spreading(table(planted), {mechanism(name): name for name in planted.mechanisms}, wanted)


def _lines(what: str, found: Sequence[tuple[Truth, Spreading]], precision: float, recall: float) -> Iterator[Figure]:
    lines = [
        (at, line.source.code, line.target.code) for at, (_, each) in enumerate(found) for line in each.network.lines
    ]
    edges = [(at, *edge) for at, (planted, _) in enumerate(found) for edge in planted["edges"]]
    yield from precision_and_recall(f"lines of spread{what}", lines, edges, (precision, recall), _worlds(len(found)))


def _mandated(found: Sequence[tuple[Truth, Spreading]]) -> Iterator[Figure]:
    above = [(at, thing) for at, (_, each) in enumerate(found) for thing in each.excluded]
    planted = [(at, mechanism(name)) for at, (each, _) in enumerate(found) for name in each["mandated"]["mechanisms"]]
    yield from precision_and_recall("what came from above", above, planted, (0.9, 0.9), _worlds(len(found)))


def _firing(what: str, size: Size, nulls: Collection[str]) -> Iterator[Figure]:
    """Pairs and figures with p at most 5 % where nothing was planted, and the worlds in which a line is drawn."""
    pairs: list[float] = []
    figures: list[bool] = []
    drawn = 0
    for number in range(_EMPTY):
        found = cascades(table(world(number, without_spread(size))))
        near, _ = candidates(found.places)
        tests = against_chance(found, near, _TABLES, number)
        pairs += [float((tests[null].p <= FALSE).mean()) for null in nulls]
        figures += [
            figure.trials[null].p <= FALSE
            for figure in figures_of(found.places, near, tests, _STRONGEST)
            for null in nulls
        ]
        drawn += bool(diffusion(found, _TABLES, number).lines)
    how = f"{_EMPTY} worlds without spread; {_TABLES} chance tables, traded by {', '.join(nulls)}"
    yield Figure(f"pairs that fire at 5 %{what}", fmean(pairs), "", FALSE, how=how)
    yield Figure(f"figures that fire at 5 %{what}", fmean(figures), "", FALSE, how=f"{len(figures)} tests, {how}")
    yield Figure(f"worlds with any line{what}", drawn / _EMPTY, "", how=how)


def _worlds(number: int) -> str:
    return f" in {number} worlds" if number > 1 else ""


def planted_proof(folder: Path, planted: World) -> Proof:
    """The reports of a world, written, built with the real command and opened."""
    write_planted(planted, folder)
    run([ZHILI, "build", str(folder / REPORTS), "-o", str(folder / "graph")])
    return Proof(open_graph(folder / "graph"), truth(planted))


def main() -> int:
    """Prints every figure as it is found, and writes the page if one is asked for; 1 where a bound is missed."""
    names = [*ON_TABLES, *ON_REPORTS]
    parser = argparse.ArgumentParser(prog="python -m benchmarks.proving", description="Measure what is found again.")
    parser.add_argument("--only", nargs="+", choices=names, metavar="PROOF", help=f"of: {'; '.join(names)}")
    parser.add_argument(
        "--page",
        type=Path,
        metavar="FILE",
        help="write the figures to a Markdown page, too; what was not measured stays",
    )
    asked_for = parser.parse_args()
    wanted = asked_for.only or names
    found: list[tuple[str, list[Figure]]] = []
    with tempfile.TemporaryDirectory(prefix="zhili-proof-") as folder:
        proof = planted_proof(Path(folder), world()) if set(wanted) & ON_REPORTS.keys() else None
        for name in wanted:
            print(f"\n{name}", flush=True)
            found.append((name, []))
            for figure in ON_TABLES[name]() if name in ON_TABLES else ON_REPORTS[name](proof) if proof else ():
                print(line(figure), flush=True)
                found[-1][1].append(figure)
    if asked_for.page:
        record(asked_for.page, "python -m benchmarks.proving", found, _ABOUT, names)
    return 0 if all(figure.holds for _, figures in found for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
