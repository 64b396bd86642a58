"""What a graph's numbers say: of one indicator, of one place, of all, and where they cannot all be true.

They are asked of the graph's index where that is at hand, which takes seconds for the whole country, and of the store
where it is not: a server's graph, or one that was built by an earlier version.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from urllib.parse import unquote

import numpy as np

from graph.analysis.columns import Figures
from graph.analysis.figures import read_indicator, read_reports, read_sources
from graph.analysis.numbers import Comparison, Counted, Tally, compare, count
from graph.errors import AmbiguousThing, UnknownThing
from graph.figures.contradictions import Contradiction, contradictions, in_order, is_year_before
from graph.figures.figure import Figure, Source, Worded
from graph.index.opening import indexed
from graph.index.search import Index
from graph.naming import Place, abbreviate, find_concept, find_place, near, places
from graph.store import Queryable
from ontology.namespace import PREFIXES

_INDICATORS = "SELECT DISTINCT ?indicator WHERE { ?statement sosa:observedProperty ?indicator }"


@dataclass(frozen=True, slots=True)
class Indicators:
    """The indicators of so many reports, those that most places give first."""

    reports: int
    indicators: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class PlaceNumbers:
    """The numbers of one place alone, by indicator; ranks and quartiles are those among all places."""

    place: Place
    comparisons: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class Contradictions:
    """What contradicts itself in so many reports, in their order."""

    reports: int
    found: tuple[Contradiction, ...]


class Observations(ABC):
    """The numbers of a store's reports whose place and year are known, of at least a confidence (0 to 1)."""

    def __init__(self, store: Queryable, confidence: float) -> None:
        self.store, self.confidence = store, confidence
        self.places = places(store)
        self.sources = read_sources(store, self.places)

    def indicators(self, mechanism: str = "") -> Indicators:
        """The indicators, all or those of one mechanism (its IRI)."""
        under = PREFIXES["indicator"] + (f"{mechanism.rpartition('/')[2]}/" if mechanism else "")
        return Indicators(len(self.sources), tuple(self._counted(under)))

    def indicator(self, iri: str) -> Comparison:
        """The numbers of one indicator."""
        return compare(iri, self._figures(iri))

    def place(self, words: str, indicator: str = "") -> PlaceNumbers:
        """How the numbers of the place of this name stand among others', of all its indicators or of one (its IRI)."""
        place = find_place(self.places.values(), words)
        asked = [each for each in dict.fromkeys(self._given(place)) if indicator in ("", each)]
        found = sorted((self.indicator(each) for each in asked), key=lambda each: (-each.places, each.name))
        return PlaceNumbers(place, tuple(_of_place(each, place.iri) for each in found))

    def contradictions(self, words: str = "") -> Contradictions:
        """The numbers of one report that cannot all be true, in all reports or in those of the place of this name."""
        place = find_place(self.places.values(), words) if words else None
        sources = [each for each in self.sources.values() if place in (None, each.place)]
        return Contradictions(len(sources), tuple(self._contradicting(sources)))

    @abstractmethod
    def _counted(self, under: str) -> list[Counted]:
        """The indicators whose IRIs begin so, those of most places first."""

    @abstractmethod
    def _figures(self, indicator: str) -> list[Figure]:
        """The numbers of an indicator, in the order of the sources and then of the text."""

    @abstractmethod
    def _given(self, place: Place) -> Iterable[str]:
        """The indicators of a place's numbers."""

    @abstractmethod
    def _contradicting(self, sources: Sequence[Source]) -> Iterator[Contradiction]:
        """What contradicts itself in reports, by these and then as the text goes."""


class Stored(Observations):
    """As any store has them; `seen` is called after each report that is read."""

    def __init__(self, store: Queryable, confidence: float = 0.0, seen: Callable[[], None] = lambda: None) -> None:
        super().__init__(store, confidence)
        self._seen = seen

    def _counted(self, under: str) -> list[Counted]:
        tally = Tally()
        for figures in self._read(self.sources.values()):
            for each in figures:
                if each.indicator.startswith(under):
                    tally.add(each)
        return tally.count()

    def _figures(self, indicator: str) -> list[Figure]:
        return [each.bare for each in read_indicator(self.store, indicator, self.sources, self.confidence)]

    def _given(self, place: Place) -> Iterable[str]:
        own = [source for source in self.sources.values() if source.place == place]
        return (figure.indicator for figures in self._read(own) for figure in figures)

    def _contradicting(self, sources: Sequence[Source]) -> Iterator[Contradiction]:
        before: Sequence[Worded] = ()
        for source, figures in zip(sources, self._read(sources), strict=True):
            last = before[0].source if before else None
            for each in contradictions(figures, before if last and is_year_before(last, source) else ()):
                yield replace(each, figure=_bare(each.figure), others=tuple(map(_bare, each.others)))
            before = figures

    def _read(self, sources: Iterable[Source]) -> Iterator[list[Worded]]:
        for figures in read_reports(self.store, sources, self.confidence):
            yield figures
            self._seen()


class Indexed(Observations):
    """As the index of a store's graph has them."""

    def __init__(self, store: Queryable, index: Index, confidence: float = 0.0) -> None:
        super().__init__(store, confidence)
        self._columns = Figures(index, [*self.sources.values()])

    def _counted(self, under: str) -> list[Counted]:
        rows = self._columns.under(under, self.confidence)
        return count(*self._columns.indicators(rows), self._columns.columns(rows))

    def _figures(self, indicator: str) -> list[Figure]:
        found = self._columns.figures(self._columns.of(indicator).tolist())
        return [each for each in found if each.confidence >= self.confidence]

    def _given(self, place: Place) -> Iterable[str]:
        rows = self._columns.under("", self.confidence)
        own = [source.place == place for source in self.sources.values()]
        return self._columns.indicators(rows[np.array(own, np.bool_)[self._columns.reports[rows]]])[0]

    def _contradicting(self, sources: Sequence[Source]) -> Iterator[Contradiction]:
        numbers = {report: number for number, report in enumerate(self.sources)}
        for source in sources:
            found = map(self._columns.contradiction, self._columns.of_report(numbers[source.report]))
            yield from sorted(found, key=in_order)


@contextmanager
def observations(
    graph: str, confidence: float = 0.0, seen: Callable[[], None] = lambda: None
) -> Iterator[Observations]:
    """The numbers of the graph of a folder or endpoint; see `graph.index.opening`, and `Stored` for `seen`."""
    with indexed(graph) as (store, index):
        yield Indexed(store, index, confidence) if index else Stored(store, confidence, seen)


def find_indicator(store: Queryable, words: str) -> str:
    """The IRI of the one indicator of that name, id (hotline-12345/办结率) or IRI, or of a mechanism that is called so.

    UnknownThing or AmbiguousThing where there is none or are several.
    """
    names: defaultdict[str, list[str]] = defaultdict(list)
    for row in store.select(_INDICATORS):
        iri = row["indicator"]
        short = unquote(iri.removeprefix(PREFIXES["indicator"]))
        for name in dict.fromkeys((short.rpartition("/")[2], short, abbreviate(iri), iri)):
            names[name].append(iri)
    fitting = names.get(words.strip(), [])
    if len(fitting) > 1:
        listed = ", ".join(sorted(unquote(iri.removeprefix(PREFIXES["indicator"])) for iri in fitting))
        raise AmbiguousThing(f"{words}: several indicators are called so; give one of {listed}")
    if fitting:
        return fitting[0]
    try:
        return find_concept(store, words)
    except UnknownThing as error:
        hint = near(words.strip(), names) or "`zhili numbers` lists the indicators"
        raise UnknownThing(f"{words}: no indicator or mechanism of this name in the graph; {hint}") from error


def _of_place(comparison: Comparison, place: str) -> Comparison:
    """Of a comparison the numbers of one place (its IRI) alone; ranks and quartiles stay those among all."""
    groups = (
        replace(group, standings=tuple(each for each in group.standings if each.figure.source.place.iri == place))
        for group in comparison.groups
    )
    apart = tuple(each for each in comparison.apart if each.figure.source.place.iri == place)
    return replace(comparison, groups=tuple(group for group in groups if group.standings), apart=apart)


def _bare(figure: Figure) -> Figure:
    return figure.bare if isinstance(figure, Worded) else figure
