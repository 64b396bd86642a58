"""What a server knows of its graph: the store, and what is read from it once and kept."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, TypeVar

from starlette.exceptions import HTTPException

from graph.analysis.columns import Figures
from graph.analysis.corpus import read_corpus
from graph.analysis.passages import Wording, wording
from graph.analysis.profiles import Feature, Profiles
from graph.analysis.quotes import Quote
from graph.analysis.similarity import Said, by_concept
from graph.analysis.surprise import Chance
from graph.explorer.apart import Apart, Later, later
from graph.explorer.catalogue import Catalogue, Report, Thing, read_catalogue
from graph.explorer.page import Cell, Link
from graph.explorer.words import Words
from graph.figures.figure import Source
from graph.index.search import Index
from graph.index.told import KINDS, ROLES, Finding
from graph.sparql import Query, in_graphs
from graph.store import Queryable
from graph.wording import words
from ontology.namespace import PREFIXES

T = TypeVar("T")
_COUNTS = """SELECT ?kind (COUNT(?statement) AS ?n) WHERE {
    ?statement a ?kind FILTER (?kind IN (zl:Adoption, zl:Observation, zl:Deficiency, zl:Cause, zl:Plan)) } GROUP BY ?kind"""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a report, where it stands, and how sure the rules are of what was found in it."""

    report: Report
    quote: str
    start: int
    end: int
    confidence: float = 1.0

    @property
    def to(self) -> str:
        """Where the sentence is shown in place: the report's page, at the slice."""
        return f"{self.report.iri}#char={self.start},{self.end}"

    def twin(self) -> dict[str, Any]:
        """As data."""
        return {
            "report": self.report.iri,
            "by": self.report.by,
            "year": self.report.year,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "confidence": self.confidence,
        }


class Knowledge:
    """A store with its catalogue, and, once they are asked for, its network and the profiles of its places."""

    def __init__(self, store: Queryable, index: Index, apart: Apart | None = None) -> None:
        self.store, self.apart = store, apart
        self._index = index
        self._laters: list[Later[Any]] = []
        self.catalogue: Catalogue = read_catalogue(store, index)

    def warm(self) -> None:
        """Reads ahead what pages will ask for, so that no reader waits for it."""
        for each in (self.counts, self.profiles, self.holders, self.size):
            del each
        for place in islice(self.profiles.of_place, 1):  # the first comparison with chance draws it
            self.chance.surprises(place, self.profiles.likest(place, 1))
        for status in ("", *ROLES):
            self.catalogue.stated(status)
        words("法治")  # jieba reads its dictionary

    @cached_property
    def profiles(self) -> Profiles:
        """How strongly each place's reports speak of each concept as a shortcoming."""
        return Profiles(Feature(*row) for row in self.catalogue.features())

    @cached_property
    def figures(self) -> Figures:
        """The numbers of all reports, in the order of the catalogue."""
        return Figures(
            self._index,
            [
                Source(each.iri, each.place, int(each.year), each.department) if each.place and each.year else None
                for each in self.catalogue.reports
            ],
        )

    @cached_property
    def wording(self) -> Later[Wording]:
        """Whose words each report has."""
        return self.later(_wording, "wording")

    def later(self, find: Callable[[Queryable], T], name: str) -> Later[T]:
        """What takes long to find in the graph, see `graph.explorer.apart`; `name` is this thing's alone."""
        found = later(self.store, self.apart, len(self.catalogue.reports), find, name)
        self._laters.append(found)
        return found

    @property
    def come(self) -> int:
        """How much of what takes long has been found."""
        return sum(each.come for each in self._laters)

    @cached_property
    def chance(self) -> Chance:
        """What likeness chance alone would give."""
        return Chance(self.profiles)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many statements there are of each class."""
        return {row["kind"].removeprefix(PREFIXES["zl"]): int(row["n"]) for row in self.rows(_COUNTS)}

    @cached_property
    def size(self) -> int:
        """How many triples there are."""
        return int(next(iter(self.rows("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")))["n"])

    @property
    def years(self) -> list[str]:
        """The years of the reports, the latest first."""
        return [year for year in self.catalogue.column("year").values if year]

    @cached_property
    def holders(self) -> dict[str, set[str]]:
        """Each mechanism with the places that practise it; narrower ones are counted with the broader alone."""
        catalogue = self.catalogue
        return {
            thing.iri: catalogue.places_of(catalogue.stating(thing.iri, "practised"))
            for thing in catalogue.of_kind("mechanism")
            if thing.broader == thing.area
        }

    def report(self, iri: str) -> Report:
        """The report with an IRI; KeyError where there is none."""
        return self.catalogue.reports[self.catalogue.numbers[iri]]

    def thing(self, iri: str) -> Thing:
        """The mechanism, practice or weakness with an IRI; KeyError where there is none."""
        return self.catalogue.things[iri]

    def findings(
        self, reports: Iterable[str], thing: str = "", quoted: bool = True, kinds: Collection[str] = KINDS
    ) -> list[Finding]:
        """What some reports state, of everything or of one thing and of some kinds, with the sentences or without."""
        return self._index.findings(reports, (thing,) if thing else (), quoted, kinds)

    def said(self, place: str) -> Said:
        """What a place's reports say of shortcomings and their causes, see `graph.analysis.similarity`."""
        reports = (self.catalogue.reports[number] for number in self.catalogue.of_place(place))
        years = {report.iri: report.year for report in reports}
        return by_concept(
            (each.thing, Quote(each.report, years[each.report], each.quote, each.start, each.end))
            for each in self.findings(years, kinds=("deficiency", "cause"))
            if each.thing
        )

    def evidence(self, found: Finding) -> Evidence:
        """The sentence that a finding comes with."""
        return Evidence(self.report(found.report), found.quote, found.start, found.end, found.confidence)

    def in_reports(self, query: Query, reports: Iterable[str], **iris: str) -> list[dict[str, str]]:
        """The rows that a query finds in the graphs of some reports, with the report in each, in a fixed order."""
        found = (row for text in in_graphs(query, reports, iris) for row in self.store.select(text))
        return sorted(found, key=lambda row: sorted(row.items()))

    def rows(self, query: str, **iris: str) -> list[dict[str, str]]:
        """The rows of a query in a fixed order, whatever order the store finds them in."""
        return sorted(self.store.select(query, **iris), key=lambda row: sorted(row.items()))

    def kind(self, iri: str) -> str:
        """What a thing or place is: place, mechanism, practice or weakness."""
        thing = self.catalogue.things.get(iri)
        return thing.kind if thing else "place"

    def label(self, iri: str, language: str) -> str:
        """What a thing, indicator or place is called; its id where nothing is known of it."""
        if place := self.catalogue.places.get(iri):
            return place.full_name
        thing = self.catalogue.things.get(iri)
        return thing.name(language) if thing else self.catalogue.indicators.get(iri, iri.rpartition("/")[2])

    def links(self, iris: Iterable[str], language: str) -> list[Link]:
        """Links to things."""
        return [Link(self.label(iri, language), iri) for iri in iris]


def _wording(store: Queryable) -> Wording:
    return wording(read_corpus(store))


def by_place(report: Report) -> Cell:
    """A cell that leads to the page of who reports; to the report where the place could not be told."""
    return Link(report.by, report.place.iri if report.place else report.iri)


def waited(found: Later[T], words: Words, line: str = "network.waiting") -> T:
    """What takes long to find; 503 with a line for the reader as long as it is not there."""
    if (there := found.get()) is None:
        raise HTTPException(503, words(line), {"Retry-After": "60"})
    return there
