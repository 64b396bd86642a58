"""All segments of a graph → everything that has a name, in the order in which it is answered.

Names are searched before quotes and among all places and years at once, so they are in one table. It is put together
in memory when an index is opened, in a second or two for twenty thousand reports: in a file it would have to be written
anew whenever one report changes.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import NamedTuple

from graph.index.files import reading
from graph.index.segments import Segment
from graph.index.told import BETWEEN, Name
from graph.index.words import GRAM, fold, tokens
from graph.store import Queryable

KINDS = ("place", "mechanism", "weakness", "practice", "indicator", "report")
KIND = 7  # the last three bits of a number in the table: FTS5 gives rows by number for nothing

_SCHEMA = f"""
CREATE TABLE entry (id INTEGER PRIMARY KEY, iri TEXT, label TEXT, note TEXT, concept TEXT);
{GRAM}"""

_CONCEPTS = """
SELECT DISTINCT ?iri ?scheme ?label ?name ?note WHERE {
    VALUES ?scheme { mechanism: weakness: } ?iri skos:inScheme ?scheme .
    { ?iri skos:prefLabel ?label FILTER (lang(?label) = "zh") }
    UNION { ?iri skos:altLabel ?name FILTER (lang(?name) = "zh") }
    UNION { ?iri skos:prefLabel ?name FILTER (lang(?name) = "en") }
    UNION { ?iri skos:broader/skos:prefLabel ?note FILTER (lang(?note) = "zh") }
}"""


class Named(NamedTuple):
    """Something that is named: what it is called, what tells it from others of the name, and all that finds it.

    `concept` is the IRI of the mechanism that a practice is an example of, or that an indicator measures, or "".
    """

    kind: str
    iri: str
    label: str
    note: str
    concept: str
    texts: tuple[str, ...]


def gather_names(store: Queryable, segments: Iterable[Segment]) -> sqlite3.Connection:
    """A database of the names of a graph, shorter ones first; `store` has the vocabulary."""
    found = sorted(_everything(store, segments), key=lambda name: (len(fold(name.label)), KINDS.index(name.kind), name))
    numbers = [place * (KIND + 1) + KINDS.index(name.kind) for place, name in enumerate(found)]
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.executescript(_SCHEMA)
    entries = ((number, *name[1:-1]) for number, name in zip(numbers, found, strict=True))
    connection.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?)", entries)
    grams = ((number, tokens(name.texts)) for number, name in zip(numbers, found, strict=True))
    connection.executemany("INSERT INTO gram (rowid, text) VALUES (?, ?)", grams)
    connection.commit()
    return connection


def _everything(store: Queryable, segments: Iterable[Segment]) -> Iterator[Named]:
    """Concepts, what the segments name, and the titles of reports."""
    names: set[tuple[str, ...]] = set()
    reports: list[tuple[str, str, str, str]] = []
    for segment in segments:
        with closing(reading(segment.path)) as connection:
            names.update(connection.execute("SELECT kind, iri, labels, others, notes, concepts FROM name"))
            reports += connection.execute("SELECT iri, title, place, year FROM report WHERE title <> ''")
    concepts = {name.iri: name for name in _concepts(store)}
    yield from concepts.values()
    addresses: dict[str, str] = {}
    for name in _joined(names):
        if name.labels:
            labels, others, notes, above = (text.split(BETWEEN) if text else [] for text in name[2:])
            told = notes + [concepts[concept].label for concept in above if concept in concepts]
            if name.kind == "place":
                addresses[name.iri], others = min(notes, default=""), others + notes
            texts = tuple(sorted({*labels, *others}))
            yield Named(name.kind, name.iri, labels[0], "、".join(sorted({*told})), min(above, default=""), texts)
    for iri, title, place, year in reports:
        yield Named("report", iri, title, f"{addresses.get(place, '')} {year}".strip(), "", (title,))


def _joined(names: Iterable[tuple[str, ...]]) -> Iterator[Name]:
    """One row for each thing, with all that any segment has of it."""
    found: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for name in names:
        found.setdefault(name[:2], []).append(name)  # type: ignore[arg-type]
    for same in found.values():
        if len(same) > 1:
            texts = (sorted(set(BETWEEN.join(filter(None, each)).split(BETWEEN))) for each in zip(*same, strict=True))
            yield Name(*(BETWEEN.join(each) for each in texts))
        else:
            yield Name(*same[0])


def _concepts(store: Queryable) -> Iterator[Named]:
    """The mechanisms and weaknesses of the vocabulary."""
    said: defaultdict[tuple[str, str], defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in store.select(_CONCEPTS):
        kind = row["scheme"].rstrip("/").rpartition("/")[2]
        for role in ("label", "name", "note"):
            said[kind, row["iri"]][role].update(filter(None, [row[role]]))
    for (kind, iri), roles in sorted(said.items()):
        if roles["label"]:
            texts = tuple(sorted(roles["label"] | roles["name"]))
            yield Named(kind, iri, min(roles["label"]), "、".join(sorted(roles["note"])), "", texts)
