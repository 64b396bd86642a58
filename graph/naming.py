"""What people call things → the IRIs in the graph: 永嘉县三江街道, 雁峰区 or 430406; 合法性审查 or legality-review.

With several things left that fit, none is taken and the error lists them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from graph.errors import AmbiguousThing, UnknownThing
from graph.store import GraphStore
from ontology.namespace import PREFIXES

_PLACES = """
SELECT DISTINCT ?place ?code ?name ?level ?above WHERE {
    ?place a zl:Jurisdiction ; skos:notation ?code ; skos:prefLabel ?name ; zl:level ?level .
    OPTIONAL { ?place skos:broader ?above }
}"""

_REPORTING = "SELECT DISTINCT ?place WHERE { ?report a zl:Report ; zl:jurisdiction ?place }"

_CONCEPTS = """
SELECT ?concept ?label WHERE {
    { VALUES ?scheme { mechanism: weakness: } ?concept skos:inScheme ?scheme } UNION { ?concept a zl:Practice }
    ?concept skos:prefLabel|skos:altLabel ?label
}"""


@dataclass(frozen=True, slots=True)
class Place:
    """A jurisdiction; `path` holds the names from the province down to its own."""

    iri: str
    code: str
    level: str
    path: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its own name."""
        return self.path[-1]

    @property
    def full_name(self) -> str:
        """The names from the province down, as an address is written."""
        return "".join(self.path)

    def is_called(self, words: str) -> bool:
        """Whether the words are its code, IRI, or its name behind any of those above it (永嘉县三江街道)."""
        if words in (self.code, self.iri):
            return True
        for above in self.path[:-1]:
            words = words.removeprefix(above)
        return words == self.name


def places(store: GraphStore) -> dict[str, Place]:
    """The jurisdictions that have a report in the graph, by IRI, sorted by code."""
    rows = {row["place"]: row for row in store.select(_PLACES)}
    reporting = {row["place"] for row in store.select(_REPORTING)}
    found = (Place(iri, row["code"], row["level"], _path(rows, iri)) for iri, row in rows.items() if iri in reporting)
    return {place.iri: place for place in sorted(found, key=lambda place: place.code)}


def _path(rows: Mapping[str, Mapping[str, str]], iri: str) -> tuple[str, ...]:
    names: list[str] = []
    while iri in rows and len(names) < 4:
        names.insert(0, rows[iri]["name"])
        iri = rows[iri]["above"]
    return tuple(names)


def find_place(known: Iterable[Place], words: str) -> Place:
    """The one place of that name or code; UnknownThing or AmbiguousThing where there is none or are several."""
    everywhere = list(known)
    fitting = [place for place in everywhere if place.is_called(words.strip())]
    if len(fitting) > 1:
        listed = ", ".join(f"{place.full_name} ({place.code})" for place in fitting)
        raise AmbiguousThing(f"{words}: several jurisdictions are called so; give the code of one: {listed}")
    if not fitting:
        names = [name for place in everywhere for name in (place.name, place.full_name)]
        hint = _near(words, names) or "`zhili query reports` lists those that have"
        raise UnknownThing(f"{words}: no jurisdiction of this name or code has a report in the graph; {hint}")
    return fitting[0]


def find_concept(store: GraphStore, words: str) -> str:
    """The IRI of the one mechanism, weakness or practice of that id, label or IRI, else an error as for places."""
    names: dict[str, set[str]] = {}
    for row in store.select(_CONCEPTS):
        iri = row["concept"]
        for name in (iri, iri.rpartition("/")[2], abbreviate(iri), row["label"], row["label"].casefold()):
            names.setdefault(name, set()).add(iri)
    fitting = names.get(words.strip()) or names.get(words.strip().casefold()) or set()
    if len(fitting) > 1:
        listed = ", ".join(sorted(map(abbreviate, fitting)))
        raise AmbiguousThing(f"{words}: several things are called so; give one of {listed}")
    if not fitting:
        hint = _near(words, list(names)) or "`zhili spread` lists what the reports speak of"
        raise UnknownThing(f"{words}: no mechanism, weakness or practice of this name in the graph; {hint}")
    return next(iter(fitting))


def abbreviate(iri: str) -> str:
    """An IRI with its prefix, mechanism:legality-review; as it is where none of the project's prefixes fits."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _near(words: str, names: list[str]) -> str:
    near = list(dict.fromkeys(get_close_matches(words, names, n=3, cutoff=0.5)))
    near += [name for name in names if words in name and name not in near][: 3 - len(near)]
    return f"did you mean {' or '.join(near)}?" if near else ""
