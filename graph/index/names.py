"""All segments of a graph → one file: everything that has a name, in the order in which it is answered.

Names are searched before quotes and among all places and years at once, so they are in one file. It is put together
from what the segments hold, and written anew whenever one of them is another.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from graph.index.files import reading, writing
from graph.index.segments import Segment
from graph.index.words import GRAM, fold, tokens
from graph.manifest import key_of
from graph.store import Queryable
from ontology.namespace import VOCABULARY_GRAPH

KINDS = ("place", "mechanism", "weakness", "practice", "indicator", "report")
KIND = 7  # the last three bits of a number in the file: FTS5 gives rows by number for nothing

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


def names_path(folder: Path, segments: Iterable[Segment], contents: Mapping[str, str]) -> Path:
    """Where the names of a graph lie."""
    parts = (*(segment.path.name for segment in segments), contents.get(VOCABULARY_GRAPH, ""))
    return folder / f"names-{key_of(*(part.encode() for part in parts))}.sqlite"


def write_names(store: Queryable, path: Path, segments: Iterable[Segment]) -> None:
    """Writes the names of a graph, shorter ones first; the same graph gives the same bytes."""
    found = sorted(_everything(store, segments), key=lambda name: (len(fold(name.label)), KINDS.index(name.kind), name))
    with writing(path, _SCHEMA) as connection:
        for place, name in enumerate(found):
            number = place * (KIND + 1) + KINDS.index(name.kind)
            connection.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?)", (number, *name[1:-1]))
            connection.execute("INSERT INTO gram (rowid, text) VALUES (?, ?)", (number, tokens(name.texts)))


def _everything(store: Queryable, segments: Iterable[Segment]) -> Iterator[Named]:
    """Concepts, what the segments name, and the titles of reports."""
    said: defaultdict[tuple[str, str], defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in store.select(_CONCEPTS):
        kind = row["scheme"].rstrip("/").rpartition("/")[2]
        for role in ("label", "name", "note"):
            said[kind, row["iri"]][role].update(filter(None, [row[role]]))
    reports: list[tuple[str, str, str, str]] = []
    for segment in segments:
        with closing(reading(segment.path)) as connection:
            for kind, iri, role, text in connection.execute("SELECT kind, iri, role, text FROM name"):
                said[kind, iri][role].add(text)
            reports += connection.execute("SELECT iri, title, place, year FROM report WHERE title <> ''")
    labels = {iri: min(roles["label"]) for (_, iri), roles in said.items() if roles["label"]}
    full_names = {iri: min(roles["note"], default="") for (kind, iri), roles in said.items() if kind == "place"}
    for (kind, iri), roles in said.items():
        if iri in labels:
            notes = roles["note"] | {labels[concept] for concept in roles["concept"] if concept in labels}
            texts = roles["label"] | roles["name"] | (roles["note"] if kind == "place" else set())
            concept = min(roles["concept"], default="")
            yield Named(kind, iri, labels[iri], "、".join(sorted(notes)), concept, tuple(sorted(texts)))
    for iri, title, place, year in reports:
        yield Named("report", iri, title, f"{full_names.get(place, '')} {year}".strip(), "", (title,))
