"""Some reports of neighbours in one year → a file: what they say, name and quote.

A segment holds nothing that depends on other reports: with one report changed, one segment is written anew. It is made
of the reports' shards where these are at hand, and otherwise of what any store answers, which takes ten times as long.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np

from graph.index.files import FORMAT, writing
from graph.index.words import GRAM, tokens
from graph.manifest import key_of, shard_path
from graph.shards import read_shard, triples_in
from graph.sparql import Query, in_graphs
from graph.store import Queryable
from ontology.namespace import PREFIXES, VOCABULARY_GRAPH, ZL, expand

# How a report speaks of a thing: the statuses of adoptions; what else it says of weaknesses, mechanisms and indicators.
ADMITTED, CAUSED, CONCERNED, OBSERVED = "admitted", "caused", "concerned", "observed"
ROLES = ("practised", "planned", "lacking", ADMITTED, CAUSED, CONCERNED, OBSERVED)
# What `said` holds as one array, since a million rows take seconds to read: report and thing by their ids in the
# file, the role by its place in ROLES, and the confidence of the surest statement that says so.
SAID = np.dtype([("report", "<u4"), ("thing", "<u4"), ("role", "u1"), ("confidence", "<f8")])

_SCHEMA = f"""
CREATE TABLE report (
    id INTEGER PRIMARY KEY, iri TEXT, title TEXT, year TEXT, place TEXT, department TEXT, office TEXT, length INTEGER
);
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT);
CREATE TABLE said (data BLOB);
CREATE TABLE name (kind TEXT, iri TEXT, labels TEXT, others TEXT, notes TEXT, concepts TEXT);
CREATE TABLE quote (id INTEGER PRIMARY KEY, report INTEGER, text TEXT, start INTEGER, stop INTEGER);
{GRAM}"""

BETWEEN = "\x1f"  # ASCII's unit separator, which is in no text
# Reports in one query, so that their thousand rows each stay below what endpoints give (Virtuoso: 10,000 rows).
_AT_ONCE = 5
# So many reports make a segment, on average.
_REPORTS = 100

_TYPE, _TITLE, _CREATOR, _ANCHOR = map(expand, ("rdf:type", "dcterms:title", "dcterms:creator", "nif:anchorOf"))
_TEXT = expand("nif:isString")
_LABEL, _OTHER_LABEL, _BROADER = map(expand, ("skos:prefLabel", "skos:altLabel", "skos:broader"))
_OBSERVES = expand("sosa:observedProperty")
_OWN = (_TITLE, _CREATOR, ZL.year, ZL.jurisdiction, ZL.department)
_STATED = (ZL.adopts, ZL.status, ZL.confidence, ZL.fallsUnder, ZL.concerns, ZL.cause, _OBSERVES, ZL.measures)
_WANTED = frozenset((_TYPE, _TEXT, *_OWN, *_STATED, _ANCHOR, _LABEL, _OTHER_LABEL, ZL.fullName, _BROADER))
_CLASSES = {expand(f"zl:{kind}"): kind for kind in ("Deficiency", "Cause", "Jurisdiction", "Practice", "Indicator")}
_NAMED = {"Jurisdiction": "place", "Practice": "practice", "Indicator": "indicator"}
_TRIPLES = Query(
    "?s ?p ?o",
    f"""{{ VALUES ?p {{ {" ".join(f"<{iri}>" for iri in sorted(_WANTED - {_TYPE, _TEXT}))} }} ?s ?p ?o }}
    UNION {{ VALUES ?o {{ {" ".join(f"<{iri}>" for iri in _CLASSES)} }} ?s a ?o BIND (rdf:type AS ?p) }}
    UNION {{ ?s nif:isString ?text BIND (STRLEN(?text) AS ?o) BIND (nif:isString AS ?p) }}""",
)


class Segment(NamedTuple):
    """A file of an index, and for each report in it (by the IRI of its graph), in order, what names its content."""

    path: Path
    reports: dict[str, str]


# What a graph says, by predicate: pairs of subject and object; of a text how many characters it has.
Told = Mapping[str, list[tuple[str, str]]]
# Reports, as a segment has them → what each says, by its IRI.
Tell = Callable[[Mapping[str, str]], Mapping[str, Told]]


def segments(folder: Path, contents: Mapping[str, str]) -> list[Segment]:
    """The segments of a graph, in the order in which their quotes are answered: by year, the newest first, and place.

    `contents` tells for each graph what names its content.
    """
    groups = _divided([iri for iri in contents if iri != VOCABULARY_GRAPH])
    return [
        Segment(
            folder / f"reports-{FORMAT}-{key_of(*(contents[iri].encode() for iri in group))}.sqlite",
            {iri: contents[iri] for iri in group},
        )
        for group in groups
    ]


def told_by(store: Queryable) -> Tell:
    """What reports say according to a store."""

    def tell(reports: Mapping[str, str]) -> Mapping[str, Told]:
        rows = (row for query in in_graphs(_TRIPLES, reports, at_once=_AT_ONCE) for row in store.select(query))
        return _gathered((row["report"], (row["s"], row["p"], row["o"])) for row in rows)

    return tell


def told_in_shards(folder: Path, reports: Mapping[str, str]) -> Mapping[str, Told]:
    """What reports say according to their shards in a graph folder."""
    shards = ((iri, read_shard(shard_path(folder, key))) for iri, key in reports.items())
    return _gathered(
        (iri, (subject, predicate, str(len(thing)) if predicate == _TEXT else thing))
        for iri, shard in shards
        for subject, predicate, thing in triples_in(shard, _WANTED)
    )


def _gathered(triples: Iterable[tuple[str, tuple[str, str, str]]]) -> Mapping[str, Told]:
    told: defaultdict[str, defaultdict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for report, (subject, predicate, thing) in triples:
        if predicate != _TYPE or thing in _CLASSES:
            told[report][predicate].append((subject, thing))
    return told


def write_segment(tell: Tell, segment: Segment) -> None:
    """Writes the file of a segment; the same reports give the same bytes. GraphError where it cannot be written."""
    told = tell(segment.reports)
    things: dict[str, int] = {}
    said: list[tuple[int, int, int, float]] = []
    names: set[Name] = set()
    with writing(segment.path, _SCHEMA) as connection:
        for number, iri in enumerate(segment.reports):
            about = told[iri]
            connection.execute("INSERT INTO report VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (number, *_report(iri, about)))
            said += (
                (number, things.setdefault(thing, len(things)), ROLES.index(role), confidence)
                for (role, thing), confidence in sorted(_said(about).items())
            )
            names.update(_names(about))
            _write_quotes(connection, number, _quotes(about))
        connection.execute("INSERT INTO said VALUES (?)", (np.array(said, SAID).tobytes(),))
        connection.executemany("INSERT INTO thing VALUES (?, ?)", ((number, iri) for iri, number in things.items()))
        connection.executemany("INSERT INTO name VALUES (?, ?, ?, ?, ?, ?)", sorted(names))


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


def _report(iri: str, told: Told) -> Report:
    own = {predicate: min((value for one, value in told[predicate] if one == iri), default="") for predicate in _OWN}
    office = min((label for one, label in told[_LABEL] if one == own[_CREATOR]), default="")
    length = max((int(length) for _, length in told[_TEXT]), default=0)
    return Report(iri, own[_TITLE], own[ZL.year], own[ZL.jurisdiction], own[ZL.department], office, length)


def _said(told: Told) -> dict[tuple[str, str], float]:
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


def _names(told: Told) -> Iterator[Name]:
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


def _quotes(told: Told) -> list[tuple[int, int, str]]:
    """The quotes in a graph with their places in the text; what is quoted several times, at its first place."""
    # The IRI of a slice says where it lies (RFC 5147).
    slices = ((iri.rpartition("#char=")[2].split(","), text) for iri, text in told[_ANCHOR])
    first: dict[str, tuple[int, int, str]] = {}
    for quote in sorted((int(start), int(stop), text) for (start, stop), text in slices):
        first.setdefault(quote[2], quote)
    return sorted(first.values())


def _write_quotes(connection: sqlite3.Connection, report: int, quotes: list[tuple[int, int, str]]) -> None:
    """Adds the quotes of a report; they are numbered in the order in which they are answered."""
    ((before,),) = connection.execute("SELECT coalesce(max(id) + 1, 0) FROM quote")
    rows = [(number, report, text, start, stop) for number, (start, stop, text) in enumerate(quotes, before)]
    connection.executemany("INSERT INTO quote VALUES (?, ?, ?, ?, ?)", rows)
    grams = ((number, tokens([text])) for number, _, text, *_ in rows)
    connection.executemany("INSERT INTO gram (rowid, text) VALUES (?, ?)", grams)


def _divided(reports: Iterable[str]) -> list[list[str]]:
    """Reports in order, cut behind those whose names have a certain hash.

    So where a cut is depends on one report alone, and another report changes the one group that it comes into
    (content-defined chunking: Muthitacharoen et al. 2001, "A low-bandwidth network file system").
    """
    groups: list[list[str]] = [[]]
    for iri in sorted(reports, key=_in_order):
        groups[-1].append(iri)
        if int(key_of(iri.encode()), 16) % _REPORTS == 0:
            groups.append([])
    return [group for group in groups if group]


def _in_order(report: str) -> tuple[int, str, str]:
    """By the year and the division's code in a report's IRI: the newest first, those without year or place last."""
    code, year, *_ = (*report.removeprefix(PREFIXES["report"]).split("/"), "", "")
    return -int(year) if year.isdecimal() else 0, code if code.isdecimal() else "~", report
