"""The numbers of a graph's reports that cannot all be true, from any store."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from graph.analysis.figures import read_reports, read_sources
from graph.figures.contradictions import Contradiction, contradictions, is_year_before
from graph.figures.figure import Figure
from graph.naming import Place, find_place, places
from graph.store import Queryable


@dataclass(frozen=True, slots=True)
class Contradictions:
    """What was found in so many reports, in their order."""

    reports: int
    found: tuple[Contradiction, ...]


def read_contradictions(
    store: Queryable, words: str = "", confidence: float = 0.0, seen: Callable[[], None] = lambda: None
) -> Contradictions:
    """The contradictions of a graph, or of the place that is called `words`; `seen` is called after each report."""
    known = places(store)
    wanted: Iterable[Place] = [find_place(known.values(), words)] if words else known.values()
    chosen = {place.iri for place in wanted}
    sources = [each for each in read_sources(store, known).values() if each.place.iri in chosen]
    found: list[Contradiction] = []
    before: Sequence[Figure] = ()
    for source, figures in zip(sources, read_reports(store, sources, confidence), strict=True):
        last = before[0].source if before else None
        found += contradictions(figures, before if last and is_year_before(last, source) else ())
        before = figures
        seen()
    return Contradictions(len(sources), tuple(found))
