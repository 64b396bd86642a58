"""Which mechanisms and practices are reported by whom, since when, at which level and in which province."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from graph.naming import Place, abbreviate, find_concept, places
from graph.store import Queryable
from graph.tables import counted
from ontology.namespace import PREFIXES

_WHERE = "SELECT ?report ?place ?year WHERE { ?report zl:jurisdiction ?place ; a zl:Report OPTIONAL { ?report zl:year ?year } }"

_ADOPTIONS = """
SELECT ?thing ?status ?report ?confidence WHERE {
    ?adoption a zl:Adoption ; zl:adopts ?thing ; zl:status ?status ; zl:statedIn ?report .
    OPTIONAL { ?adoption zl:confidence ?confidence }
}
ORDER BY ?report"""

_QUOTES = """
SELECT ?thing ?report ?quote WHERE {
    ?adoption zl:adopts ?thing ; zl:statedIn ?report ; prov:wasDerivedFrom ?evidence .
    ?evidence nif:anchorOf ?quote ; nif:beginIndex ?begin .
}
ORDER BY DESC(?begin)"""

_NAMES = """
SELECT ?thing ?name ?area WHERE {
    { ?thing skos:inScheme mechanism: } UNION { ?thing a zl:Practice }
    ?thing skos:prefLabel ?name .
    OPTIONAL { ?thing skos:broader ?area }
    FILTER (lang(?name) = "zh")
}
ORDER BY ?name ?area"""

_REPORTS = "SELECT (COUNT(DISTINCT ?report) AS ?number) (MIN(?y) AS ?first) (MAX(?y) AS ?last) WHERE { ?report a zl:Report OPTIONAL { ?report zl:year ?y } }"

# Practised goes before planned, planned before lacking, where a place's reports differ.
STATUSES = ("practised", "planned", "lacking")


@dataclass(frozen=True, slots=True)
class Adopter:
    """A place that reports a mechanism or practice: its firmest status, the first year of that, and that report.

    `quote` is the report's first sentence on it where one thing was asked for, and else empty.
    """

    place: Place
    status: str
    since: str
    report: str
    quote: str


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one mechanism or practice reaches; `broader` is its area or mechanism, the earliest adopter first."""

    thing: str
    name: str
    broader: str
    adopters: tuple[Adopter, ...]

    def count(self, status: str) -> int:
        """How many places report it so."""
        return sum(adopter.status == status for adopter in self.adopters)

    @property
    def since(self) -> str:
        """The earliest year in which a report in the graph tells of doing it, or "" where none does."""
        return min(
            (adopter.since for adopter in self.adopters if adopter.status == "practised" and adopter.since), default=""
        )

    @property
    def levels(self) -> Counter[str]:
        """How many places of each level practise it."""
        return Counter(adopter.place.level for adopter in self.adopters if adopter.status == "practised")

    @property
    def provinces(self) -> Counter[str]:
        """How many places in each province practise it."""
        return Counter(adopter.place.path[0] for adopter in self.adopters if adopter.status == "practised")


@dataclass(frozen=True, slots=True)
class Spread:
    """What the graph knows of the spread of things, and, in a sentence, how little that is."""

    reports: int
    places: int
    caution: str
    reaches: tuple[Reach, ...]


def spread(store: Queryable, words: str | None = None, confidence: float = 0.0) -> Spread:
    """The reach of every mechanism and practice, the widest first, or of the one that is called `words`.

    Findings of less confidence than `confidence` (0 to 1) do not count.
    """
    wanted = find_concept(store, words) if words else None
    known = places(store)
    names: dict[str, tuple[str, str]] = {}
    for row in store.select(_NAMES):
        names.setdefault(row["thing"], (row["name"], row["area"]))
    adopters = _adopters(store, known, wanted, confidence)
    reaches = [
        Reach(thing, *names.get(thing, (abbreviate(thing), "")), adopters=tuple(found))
        for thing, found in adopters.items()
    ]
    reaches.sort(key=lambda reach: (-reach.count("practised"), -len(reach.adopters), reach.thing))
    number, first, last = next(iter(store.select(_REPORTS))).values()
    return Spread(int(number), len(known), _caution(int(number), len(known), first, last), tuple(reaches))


def _adopters(
    store: Queryable, known: Mapping[str, Place], wanted: str | None, confidence: float
) -> dict[str, list[Adopter]]:
    bound = {"thing": wanted} if wanted else {}
    quotes = {row["report"]: row["quote"] for row in store.select(_QUOTES, **bound)} if wanted else {}
    reports = {row["report"]: row for row in store.select(_WHERE)}
    firmest: defaultdict[str, dict[str, Adopter]] = defaultdict(dict)
    for row in store.select(_ADOPTIONS, **bound):
        if (about := reports.get(row["report"])) and float(row["confidence"] or 1) >= confidence:
            status, report = row["status"].removeprefix(PREFIXES["zl"]), row["report"]
            adopter = Adopter(known[about["place"]], status, about["year"], report, quotes.get(report, ""))
            before = firmest[row["thing"]].setdefault(about["place"], adopter)
            firmest[row["thing"]][about["place"]] = min(before, adopter, key=_order)
    return {thing: sorted(found.values(), key=_order) for thing, found in firmest.items()}


def _order(adopter: Adopter) -> tuple[int, str, str]:
    return STATUSES.index(adopter.status), adopter.since or "9999", adopter.place.code


def _caution(reports: int, jurisdictions: int, first: str, last: str) -> str:
    years = f"the year {first}" if first == last else f"the years {first} to {last}"
    few = "With so few, no pattern in time or place can be told from chance. " if reports < 100 else ""
    return (
        f"{counted(reports, 'report')} of {counted(jurisdictions, 'jurisdiction')} on {years}. {few}"
        "Who does not mention a mechanism may still have it: silence is not absence, "
        "and a first mention here is no first use."
    )
