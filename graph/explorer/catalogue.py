"""A graph's reports, places and things as tables in memory: what lists, facets and counts are made of.

Read once from any store; a graph does not change under a server. Reports are numbered, and each
value of a facet, and each thing, is the set of the numbers of the reports that have it, so that any choice of facets
is an intersection of sets: the inverted index of faceted search (Yee et al. 2003).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from graph.naming import Place, places
from graph.store import Queryable
from ontology.namespace import PREFIXES, VOCABULARY_GRAPH, mechanism, weakness
from ontology.vocabulary import load_vocabulary

KINDS = ("mechanism", "practice", "weakness")
LEVELS = ("province", "prefecture", "county", "township")


@dataclass(frozen=True, slots=True)
class Thing:
    """A mechanism, practice or weakness; `broader` is the IRI of the concept right above, `area` of the topmost."""

    iri: str
    kind: str
    zh: str
    en: str
    broader: str = ""
    area: str = ""
    definition_zh: str = ""
    definition_en: str = ""

    def name(self, language: str) -> str:
        """Its label in a language."""
        return self.en if language == "en" else self.zh

    def definition(self, language: str) -> str:
        """What it means, in a language; "" for a practice."""
        return self.definition_en if language == "en" else self.definition_zh


@dataclass(frozen=True, slots=True)
class Report:
    """A report; `place` is None where its jurisdiction could not be told, `year` "" where it says none."""

    iri: str
    title: str
    place: Place | None
    department: str
    office: str
    year: str

    @property
    def by(self) -> str:
        """Who reports: the place with the department, else the office as printed, else the title."""
        if self.place:
            return self.place.full_name + self.department
        return self.office or self.title or self.iri.rpartition("/")[2]


Numbers = frozenset[int]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that lists are made of; sets hold numbers of `reports`.

    `sure` and `all` map a thing and a status to the reports that state it, `sure` those of which the rules are sure; a
    weakness is "admitted", or "caused" where a report gives it as the cause of a shortcoming; "" is any status but that.
    """

    reports: tuple[Report, ...]
    places: Mapping[str, Place]
    things: Mapping[str, Thing]
    all: Mapping[tuple[str, str], Numbers]
    sure: Mapping[tuple[str, str], Numbers]
    numbers: Mapping[str, int] = field(default_factory=dict)
    place_of: tuple[str, ...] = ()

    def everything(self) -> Numbers:
        """The numbers of all reports."""
        return frozenset(range(len(self.reports)))

    def stating(self, thing: str, status: str = "", sure: bool = False) -> Numbers:
        """The reports that state a thing, with one status or with any."""
        return (self.sure if sure else self.all).get((thing, status), frozenset())

    def of_kind(self, kind: str) -> Iterator[Thing]:
        """The things of a kind that some report states, in the order of their names' first use in the vocabulary."""
        stated = {thing for thing, _ in self.all}
        return (thing for iri, thing in self.things.items() if thing.kind == kind and iri in stated)

    def of_place(self, place: str) -> list[int]:
        """The numbers of a place's reports, the oldest first."""
        found = [number for number, report in enumerate(self.reports) if report.place and report.place.iri == place]
        return sorted(found, key=lambda number: (self.reports[number].year, self.reports[number].iri))

    def places_of(self, numbers: Iterable[int]) -> set[str]:
        """The IRIs of the places whose reports these are."""
        return {self.place_of[number] for number in numbers} - {""}


_REPORTS = """SELECT ?report ?title ?year ?place ?department ?office WHERE {
    ?report a zl:Report
    OPTIONAL { ?report dcterms:title ?title } OPTIONAL { ?report zl:year ?year }
    OPTIONAL { ?report zl:jurisdiction ?place } OPTIONAL { ?report zl:department ?department }
    OPTIONAL { ?report dcterms:creator/skos:prefLabel ?office } }"""

_CONCEPTS = f"""SELECT ?iri ?zh ?en ?up ?means ?meaning WHERE {{ GRAPH <{VOCABULARY_GRAPH}> {{
    ?iri skos:inScheme ?scheme ; skos:prefLabel ?zh , ?en ; skos:definition ?means , ?meaning
    FILTER (lang(?zh) = "zh" && lang(?en) = "en" && lang(?means) = "zh" && lang(?meaning) = "en")
    OPTIONAL {{ ?iri skos:broader ?up }} }} }}"""

_PRACTICES = "SELECT ?iri ?zh ?up WHERE { ?iri a zl:Practice ; skos:prefLabel ?zh OPTIONAL { ?iri skos:broader ?up } }"

_ADOPTIONS = """SELECT ?statement ?thing ?status ?doubt WHERE {
    ?statement zl:adopts ?thing ; zl:status ?status OPTIONAL { ?statement zl:confidence ?doubt } }"""

_ADMISSIONS = """SELECT ?statement ?thing ?doubt WHERE {
    ?statement a zl:Deficiency ; zl:fallsUnder ?thing OPTIONAL { ?statement zl:confidence ?doubt } }"""

_CAUSES = """SELECT ?statement ?thing ?doubt WHERE {
    ?statement a zl:Cause ; zl:fallsUnder ?thing OPTIONAL { ?statement zl:confidence ?doubt } }"""


def read_catalogue(store: Queryable) -> Catalogue:
    """The catalogue of a store; the same store gives the same numbers and orders."""
    known = places(store)
    rows = {row["report"]: row for row in sorted(store.select(_REPORTS), key=lambda row: sorted(row.items()))}
    reports = tuple(
        sorted(
            (_report(row, known) for row in rows.values()),
            key=lambda report: (report.place.code if report.place else "~", report.department, report.year, report.iri),
        )
    )
    numbers = {report.iri: number for number, report in enumerate(reports)}
    every: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    sure: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for query, plain in ((_ADOPTIONS, ""), (_ADMISSIONS, "admitted"), (_CAUSES, "caused")):
        for row in store.select(query):
            key = row["thing"], plain or row["status"].removeprefix(PREFIXES["zl"])
            # A statement's IRI is that of its report with a name behind it; asking for the report costs much more.
            number = numbers[row["statement"].partition("#")[0]]
            for each in (key,) if plain == "caused" else (key, (row["thing"], "")):
                every[each].add(number)
                if not row["doubt"]:
                    sure[each].add(number)
    place_of = tuple(report.place.iri if report.place else "" for report in reports)
    return Catalogue(reports, known, _read_things(store), _frozen(every), _frozen(sure), numbers, place_of)


def _frozen(table: Mapping[tuple[str, str], set[int]]) -> dict[tuple[str, str], Numbers]:
    return {key: frozenset(numbers) for key, numbers in table.items()}


def _report(row: Mapping[str, str], known: Mapping[str, Place]) -> Report:
    place = known.get(row["place"])
    return Report(row["report"], row["title"], place, row["department"], row["office"], row["year"])


def _read_things(store: Queryable) -> dict[str, Thing]:
    """Concepts in the order of the schemes, practices behind them by name."""
    order = _order()
    rows = {
        row["iri"]: row
        for row in sorted(store.select(_CONCEPTS), key=lambda row: (order.get(row["iri"], len(order)), row["iri"]))
    }
    found = {}
    for iri, row in rows.items():
        kind = "weakness" if iri.startswith(PREFIXES["weakness"]) else "mechanism"
        area = _topmost(iri, rows)
        texts = (row["zh"], row["en"], row["up"], area, row["means"], row["meaning"])
        found[iri] = Thing(iri, kind, *texts)
    for row in sorted(store.select(_PRACTICES), key=lambda row: (row["zh"], row["iri"], row["up"])):
        area = _topmost(row["up"], rows) if row["up"] else ""
        found.setdefault(row["iri"], Thing(row["iri"], "practice", row["zh"], row["zh"], row["up"], area))
    return found


def _order() -> dict[str, int]:
    """The places of the concepts in the project's own schemes, which a graph has in no order."""
    vocabulary = load_vocabulary()
    iris = [mechanism(name) for name in (*vocabulary.mechanisms, *vocabulary.narrower)]
    return {iri: place for place, iri in enumerate((*iris, *map(weakness, vocabulary.weaknesses)))}


def _topmost(iri: str, rows: Mapping[str, Mapping[str, str]]) -> str:
    seen = [iri]
    while (up := rows.get(seen[-1], {}).get("up", "")) in rows and up not in seen:
        seen.append(up)
    return seen[-1]
