"""What a report says, from its shard or from any store → the rows that an index has of it.

Shards take a tenth of the time that a store's answers do.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from graph.manifest import shard_path
from graph.naming import Place
from graph.shards import read_shard, triples_in
from graph.sparql import Query, in_graphs
from graph.store import Queryable
from ontology.namespace import PREFIXES, ZL, expand

# How a report speaks of a thing: the statuses of adoptions; what else it says of weaknesses, mechanisms and indicators.
ADMITTED, CAUSED, CONCERNED, OBSERVED = "admitted", "caused", "concerned", "observed"
ROLES = ("practised", "planned", "lacking", ADMITTED, CAUSED, CONCERNED, OBSERVED)
# What a report states; `finding` has the places of these in the tuple.
KINDS = ("adoption", "observation", "deficiency", "cause", "plan")
BETWEEN = "\x1f"  # ASCII's unit separator, which is in no text
# Reports in one query, so that their two thousand rows each stay below what endpoints give (Virtuoso: 10,000 rows).
_AT_ONCE = 3

_TYPE, _TITLE, _CREATOR, _ANCHOR = map(expand, ("rdf:type", "dcterms:title", "dcterms:creator", "nif:anchorOf"))
_LABEL, _OTHER_LABEL, _BROADER = map(expand, ("skos:prefLabel", "skos:altLabel", "skos:broader"))
_OBSERVES, _RESULT = expand("sosa:observedProperty"), expand("sosa:hasSimpleResult")
_DESCRIPTION, _DERIVED, _TEXT = map(expand, ("dcterms:description", "prov:wasDerivedFrom", "nif:isString"))
_OWN = (_TITLE, _CREATOR, ZL.year, ZL.jurisdiction, ZL.department)
_STATED = (ZL.adopts, ZL.status, ZL.confidence, ZL.fallsUnder, ZL.concerns, ZL.cause, _OBSERVES, ZL.measures)
_TEXTS = (_DESCRIPTION, _RESULT, ZL.unit, ZL.qualifier, ZL.change)
_NAMES = (_LABEL, _OTHER_LABEL, ZL.fullName, _BROADER)
_CODE = expand("skos:notation")
_WANTED = frozenset((_TYPE, _TEXT, *_OWN, *_STATED, *_TEXTS, _DERIVED, _ANCHOR, *_NAMES, _CODE, ZL.level))
_CLASSES = {
    expand(f"zl:{kind}"): kind
    for kind in (*(kind.capitalize() for kind in KINDS), "Jurisdiction", "Practice", "Indicator")
}
_NAMED = {"Jurisdiction": "place", "Practice": "practice", "Indicator": "indicator"}
_TRIPLES = Query(
    "?s ?p ?o",
    f"""{{ VALUES ?p {{ {" ".join(f"<{iri}>" for iri in sorted(_WANTED - {_TYPE}))} }} ?s ?p ?o }}
    UNION {{ VALUES ?o {{ {" ".join(f"<{iri}>" for iri in _CLASSES)} }} ?s a ?o BIND (rdf:type AS ?p) }}""",
)

# What a graph says, by predicate: pairs of subject and object.
Told = Mapping[str, list[tuple[str, str]]]
# Reports, as a segment has them → what each says, by its IRI.
Tell = Callable[[Mapping[str, str]], Mapping[str, Told]]


def told_by(store: Queryable) -> Tell:
    """What reports say according to a store."""

    def tell(reports: Mapping[str, str]) -> Mapping[str, Told]:
        rows = (row for query in in_graphs(_TRIPLES, reports, at_once=_AT_ONCE) for row in store.select(query))
        return _gathered((row["report"], (row["s"], row["p"], row["o"])) for row in rows)

    return tell


def told_in_shards(folder: Path, reports: Mapping[str, str]) -> Mapping[str, Told]:
    """What reports say according to their shards in a graph folder."""
    shards = ((iri, read_shard(shard_path(folder, key))) for iri, key in reports.items())
    return _gathered((iri, triple) for iri, shard in shards for triple in triples_in(shard, _WANTED))


def _gathered(triples: Iterable[tuple[str, tuple[str, str, str]]]) -> Mapping[str, Told]:
    told: defaultdict[str, defaultdict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for report, (subject, predicate, thing) in triples:
        if predicate != _TYPE or thing in _CLASSES:
            told[report][predicate].append((subject, thing))
    return told


class Report(NamedTuple):
    """A row of `report`: its place's IRI or "", the year or "", the office as printed or "", characters of its text."""

    iri: str
    title: str
    year: str
    place: str
    department: str
    office: str
    length: int


class Name(NamedTuple):
    """A row of `name`: a place, practice or indicator, and what it is called; texts of one kind are joined by BETWEEN.

    `others` are names beside its `labels`, `notes` full names of places, `concepts` the IRIs of the mechanism that a
    practice is an example of, or that an indicator measures.
    """

    kind: str
    iri: str
    labels: str
    others: str
    notes: str
    concepts: str


class Finding(NamedTuple):
    """A row of `finding`: a statement of a report, with one of its things and one of the slices of the text that say so.

    `report` is the report's IRI, `name` the fragment that makes it the statement's, `kind` one of KINDS. `thing` is the
    IRI of what is adopted, observed or admitted, `status` how a thing is adopted, or CONCERNED where it is the mechanism
    that a shortcoming or a plan concerns; `gist` the words of a shortcoming, cause or plan, `effect` the name of the
    shortcoming that a cause is one of; `value`, `unit`, `qualifier` and `change` are of observations. Texts are "" where
    there is none; so is `quote` where it was not asked for.
    """

    report: str
    name: str
    kind: str
    thing: str
    status: str
    gist: str
    effect: str
    value: str
    unit: str
    qualifier: str
    change: str
    confidence: float
    start: int
    end: int
    quote: str


def report_in(iri: str, told: Told) -> Report:
    """What there is to say of the report itself."""
    own = {predicate: min((value for one, value in told[predicate] if one == iri), default="") for predicate in _OWN}
    office = min((label for one, label in told[_LABEL] if one == own[_CREATOR]), default="")
    length = len(text_in(told))
    return Report(iri, own[_TITLE], own[ZL.year], own[ZL.jurisdiction], own[ZL.department], office, length)


def text_in(told: Told) -> str:
    """The report's text; "" where there is none."""
    return max((text for _, text in told[_TEXT]), key=len, default="")


def place_in(iri: str, told: Told) -> Place | None:
    """What a report says of a place, by its IRI, with no name but its own; None where it lacks one, a code or a level."""
    code, level, name = (dict(told[predicate]).get(iri, "") for predicate in (_CODE, ZL.level, _LABEL))
    return Place(iri, code, level, (name,)) if code and level and name else None


def said_in(told: Told) -> dict[tuple[str, str], float]:
    """How a report speaks of a thing → the confidence of the surest statement that says so."""
    found: defaultdict[tuple[str, str], float] = defaultdict(float)
    doubts, statuses, classes = dict(told[ZL.confidence]), dict(told[ZL.status]), _classes(told)
    effects = {cause: deficiency for deficiency, cause in told[ZL.cause]}

    def add(role: str, thing: str, statement: str) -> None:
        # A cause is as sure as the shortcoming that it is one of.
        confidence = float(doubts.get(effects.get(statement, statement), 1))
        found[role, thing] = max(found[role, thing], confidence)

    for statement, thing in told[ZL.adopts]:
        add(statuses[statement].removeprefix(PREFIXES["zl"]), thing, statement)
    for statement, thing in told[ZL.fallsUnder]:
        add(CAUSED if classes.get(statement) == "Cause" else ADMITTED, thing, statement)
    for statement, thing in told[ZL.concerns]:
        if classes.get(statement) == "Deficiency":  # and no plan
            add(CONCERNED, thing, statement)
    for statement, thing in told[_OBSERVES]:
        add(OBSERVED, thing, statement)
    return found


def names_in(told: Told) -> Iterator[Name]:
    """What the places, practices and indicators in a graph are called."""
    observed = dict(told[_OBSERVES])
    measures = ((observed[statement], concept) for statement, concept in told[ZL.measures] if statement in observed)
    labels, others, notes = _by_thing(told[_LABEL]), _by_thing(told[_OTHER_LABEL]), _by_thing(told[ZL.fullName])
    concepts = _by_thing([*told[_BROADER], *measures])
    for thing, kind in _classes(told).items():
        if kind in _NAMED:
            own = concepts if kind != "Jurisdiction" else {}  # a jurisdiction's broader is no concept
            yield Name(
                _NAMED[kind], thing, *(BETWEEN.join(sorted(of.get(thing, ()))) for of in (labels, others, notes, own))
            )


def _by_thing(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for thing, text in pairs:
        found.setdefault(thing, set()).add(text)
    return found


def _classes(told: Told) -> dict[str, str]:
    return {thing: _CLASSES[kind] for thing, kind in told[_TYPE]}


def quotes_in(told: Told) -> list[tuple[int, int, str]]:
    """The quotes in a graph with their places in the text; what is quoted several times, at its first place."""
    first: dict[str, tuple[int, int, str]] = {}
    for quote in sorted((*_range(iri), text) for iri, text in told[_ANCHOR]):
        first.setdefault(quote[2], quote)
    return sorted(first.values())


def findings_in(iri: str, told: Told) -> list[Finding]:
    """The statements of a report by their names, each once for each of its things and slices."""
    kinds = {name: kind.lower() for name, kind in _classes(told).items() if kind.lower() in KINDS}
    things = _by_thing([*told[ZL.adopts], *told[_OBSERVES], *told[ZL.fallsUnder]])
    concerned = _by_thing(told[ZL.concerns])
    slices = _by_thing(told[_DERIVED])
    effects = {cause: _fragment(deficiency) for deficiency, cause in told[ZL.cause]}
    statuses = {name: status.removeprefix(PREFIXES["zl"]) for name, status in told[ZL.status]}
    gists, values, units, qualifiers, changes = (dict(told[predicate]) for predicate in _TEXTS)
    doubts, quotes = dict(told[ZL.confidence]), dict(told[_ANCHOR])
    return [
        Finding(
            iri,
            _fragment(name),
            kind,
            thing,
            status,
            gists.get(name, ""),
            effects.get(name, ""),
            values.get(name, ""),
            units.get(name, ""),
            qualifiers.get(name, ""),
            changes.get(name, ""),
            float(doubts.get(name, 1)),
            *_range(slice_),
            quotes.get(slice_, ""),
        )
        for name, kind in sorted(kinds.items())
        for thing, status in (
            *((thing, statuses.get(name, "")) for thing in sorted(things.get(name, ("",)))),
            *((thing, CONCERNED) for thing in sorted(concerned.get(name, ()))),
        )
        for slice_ in sorted(slices.get(name, ()), key=_range)
    ]


def _fragment(iri: str) -> str:
    return iri.partition("#")[2]


def _range(slice_: str) -> tuple[int, int]:
    """Where a slice lies, which its IRI says (RFC 5147)."""
    start, stop = slice_.rpartition("#char=")[2].split(",")
    return int(start), int(stop)
