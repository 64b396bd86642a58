"""What people call things → the IRIs in the graph: 永嘉县三江街道, 雁峰区 or 430406; 合法性审查 or legality-review.

With several things left that fit, none is taken and the error lists them.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeAlias

from graph.errors import AmbiguousThing, UnknownThing
from graph.store import Queryable
from ontology import divisions
from ontology.namespace import PREFIXES, VOCABULARY_GRAPH, mechanism
from ontology.vocabulary import load_vocabulary

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

_WEAKNESSES = "SELECT ?concept ?label WHERE { ?concept skos:inScheme weakness: ; skos:prefLabel|skos:altLabel ?label }"

_LABELS = "SELECT ?concept ?zh WHERE { ?concept skos:inScheme ?scheme ; skos:prefLabel ?zh FILTER (lang(?zh) = 'zh') }"

_MECHANISMS = f"""SELECT ?iri ?zh ?en ?up WHERE {{ GRAPH <{VOCABULARY_GRAPH}> {{
    ?iri skos:inScheme mechanism: ; skos:prefLabel ?zh , ?en FILTER (lang(?zh) = "zh" && lang(?en) = "en")
    OPTIONAL {{ ?iri skos:broader ?up }} }} }}"""

_NAMES = """
SELECT ?thing ?name ?broader WHERE {
    { ?thing skos:inScheme mechanism: } UNION { ?thing a zl:Practice }
    ?thing skos:prefLabel ?name .
    OPTIONAL { ?thing skos:broader ?broader }
    FILTER (lang(?name) = "zh")
}
ORDER BY ?name ?broader"""

# Where all names stand, for one who has found none.
_LISTS = "`zhili spread` and `zhili query reports` list what there is"

LEVELS = tuple(divisions.LEVELS.values())  # from the top

Nodes: TypeAlias = Mapping[str, Mapping[str, Any]]  # what a network knows of each of its nodes


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

    def is_among(self, level: str = "", province: str = "") -> bool:
        """Whether it is of a level and in a province, by the province's name or its code of two digits; "" is any."""
        return level in ("", self.level) and province in ("", self.path[0], self.code[:2])

    def is_called(self, words: str) -> bool:
        """Whether the words are its code, IRI (with a prefix, too), or its name behind any of those above it (永嘉县三江街道)."""
        if words == self.iri or divisions.bare_code(words.removeprefix("division:")) == self.code:
            return True
        for above in self.path[:-1]:
            words = words.removeprefix(above)
        return words == self.name


def places(store: Queryable) -> dict[str, Place]:
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


def concept_labels(store: Queryable) -> dict[str, str]:
    """What mechanisms and weaknesses are called in Chinese, by IRI."""
    return {row["concept"]: row["zh"] for row in store.select(_LABELS)}


def thing_names(store: Queryable) -> dict[str, tuple[str, str]]:
    """What mechanisms and practices are called in Chinese, and the IRI of the area or mechanism right above, or ""."""
    found: dict[str, tuple[str, str]] = {}
    for row in store.select(_NAMES):
        found.setdefault(row["thing"], (row["name"], row["broader"]))
    return found


def read_mechanisms(store: Queryable) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """The area of each mechanism right under one, in the order of the scheme, and all names in Chinese and English."""
    concepts = {row["iri"]: row for row in store.select(_MECHANISMS)}
    tops = {iri for iri, row in concepts.items() if not row["up"]}
    vocabulary = load_vocabulary()
    known = [mechanism(name) for name in (*vocabulary.mechanisms, *vocabulary.narrower)]
    order = {iri: place for place, iri in enumerate(known)}
    below = [iri for iri, row in concepts.items() if row["up"] in tops]
    below.sort(key=lambda iri: (order.get(iri, len(order)), iri))
    names = {iri: (row["zh"], row["en"]) for iri, row in concepts.items()}
    return {iri: concepts[iri]["up"] for iri in below}, names


def mechanism_labels(store: Queryable) -> dict[str, str]:
    """What mechanisms right under an area are called in Chinese; who has a narrower one has the broader one, too."""
    areas, names = read_mechanisms(store)
    return {iri: names[iri][0] for iri in areas}


def find_province(known: Iterable[Place], words: str) -> str:
    """The name of the province that is called so or has this code of two digits; UnknownThing where no place lies in it."""
    provinces = {place.path[0]: place.code[:2] for place in known}
    for name, code in provinces.items():
        if words == name or divisions.bare_code(words) == code:
            return name
    told = f"{words}: no place in a province of this name or code has a report in the graph"
    called = {name: {name} for name in provinces}
    raise _unknown("province", words, called, told, f"there are {', '.join(provinces)}")


def find_place(known: Iterable[Place], words: str) -> Place:
    """The one place of that name or code; UnknownThing or AmbiguousThing where there is none or are several."""
    everywhere = list(known)
    fitting = [place for place in everywhere if place.is_called(words.strip())]
    if len(fitting) > 1:
        meant = {place.code: f"{place.full_name} ({place.code})" for place in fitting}
        told = f"{words}: several jurisdictions are called so; give the code of one: {', '.join(meant.values())}"
        raise AmbiguousThing(told, "place", words, meant)
    if not fitting:
        called = {name: {place.iri} for place in everywhere for name in (place.name, place.full_name)}
        told = f"{words}: no jurisdiction of this name or code has a report in the graph"
        raise _unknown("place", words, called, told, "`zhili query reports` lists those that have")
    return fitting[0]


def find_concept(store: Queryable, words: str) -> str:
    """The IRI of the one mechanism or practice of that id, label or IRI, else an error as for places."""
    names = _called(store, _CONCEPTS)
    fitting = _fitting(names, words)
    # A mechanism and a weakness may share a label; who asks here asks for the mechanism.
    if fitting and not (fitting := {iri for iri in fitting if not iri.startswith(PREFIXES["weakness"])}):
        raise UnknownThing(
            f"{words}: a weakness; `zhili spread` is about mechanisms and practices. Which places admit weaknesses: "
            "`zhili query weaknesses-by-frequency`, `zhili similar PLACE`, `zhili draw --around WEAKNESS -o FILE`"
        )
    if len(fitting) > 1:
        listed = ", ".join(sorted(map(abbreviate, fitting)))
        raise AmbiguousThing(f"{words}: several things are called so; give one of {listed}")
    if not fitting:
        hint = near(words, names) or "`zhili spread` lists what the reports speak of"
        raise UnknownThing(f"{words}: no mechanism or practice of this name in the graph; {hint}")
    return next(iter(fitting))


def find_weakness(store: Queryable, words: str) -> str:
    """The IRI of the one weakness of that id, label or IRI, else an error as for places."""
    names = _called(store, _WEAKNESSES)
    fitting = _fitting(names, words)
    if len(fitting) > 1:
        ids = sorted(map(abbreviate, fitting))
        told = f"{words}: several weaknesses are called so; give one of {', '.join(ids)}"
        raise AmbiguousThing(told, "weakness", words, dict(zip(ids, ids, strict=True)))
    if not fitting:
        told = f"{words}: no weakness of this name"
        raise _unknown("weakness", words, names, told, "`zhili query weaknesses-by-frequency` lists them")
    return next(iter(fitting))


def _unknown(what: str, words: str, names: Mapping[str, Collection[str]], told: str, otherwise: str) -> UnknownThing:
    """The error that nothing has a name, with the names that are most like it, or else with other advice."""
    alike = like(words, names)
    hint = _did_you_mean(alike) or otherwise
    return UnknownThing(f"{told}; {hint}", what, words, {name: name for name in alike})


def _called(store: Queryable, query: str) -> dict[str, set[str]]:
    """The concepts of each name: a label, an id, or an IRI with a prefix or whole."""
    names: dict[str, set[str]] = {}
    for row in store.select(query):
        iri = row["concept"]
        for name in (row["label"], iri.rpartition("/")[2], abbreviate(iri), iri, row["label"].casefold()):
            names.setdefault(name, set()).add(iri)
    return names


def _fitting(names: Mapping[str, set[str]], words: str) -> set[str]:
    return names.get(words.strip()) or names.get(words.strip().casefold()) or set()


def find_nodes(nodes: Nodes, words: str) -> list[str]:
    """The nodes of a network that are meant by a name, an id with or without its prefix, a code or a part of a name.

    Whole names count before parts of names, so 三江街道 finds itself and not 新三江街道; 永嘉县三江街道 finds it too. It
    is one node, or, where the words name an area, all of its mechanisms. UnknownThing where nothing has the name,
    AmbiguousThing where several things have it, or a name with this part.
    """
    wanted = words.strip().casefold()
    named = [node for node in nodes if _is_called(node, nodes[node], wanted)]
    area = [node for node in nodes if wanted and wanted in _texts(nodes[node], "area", "area_zh", "area_en")]
    if area and len(named) != 1:
        return area
    found = named or [node for node in nodes if wanted and any(wanted in name for name in _texts(nodes[node]))]
    if len(found) > 1:
        listed = ", ".join(f"{nodes[node]['path'] or nodes[node]['zh']} ({abbreviate(node)})" for node in found[:10])
        what = "several things are called so" if named else "several names have this part"
        more = f" and {len(found) - 10} more" if len(found) > 10 else ""
        raise AmbiguousThing(f"{words}: {what}; give the whole name or what is in brackets: {listed}{more}")
    if not found:
        called: dict[str, set[str]] = {}
        for node, about in nodes.items():
            for name in filter(None, (about["zh"], about["path"], about["en"], node.rpartition("/")[2])):
                called.setdefault(name, set()).add(node)
        hint = near(words.strip(), called) if wanted else ""
        raise UnknownThing(f"{words}: nothing that the reports speak of has this name; {hint or _LISTS}")
    return found


def _is_called(node: str, about: Mapping[str, Any], wanted: str) -> bool:
    own_id = node.rpartition("/")[2]
    if wanted in _texts(about) or wanted in {name.casefold() for name in (node, abbreviate(node), own_id)}:
        return True
    if divisions.bare_code(wanted) == own_id:
        return True
    # An address may leave out what it likes of what stands above: 浙江省永嘉县三江街道.
    own, above = about["zh"], iter(about["path"].removesuffix(about["zh"]))
    return bool(about["path"]) and wanted.endswith(own) and all(char in above for char in wanted.removesuffix(own))


def _texts(about: Mapping[str, Any], *keys: str) -> set[str]:
    return {str(about[key]).casefold() for key in keys or ("zh", "en")}


def abbreviate(iri: str) -> str:
    """An IRI with its prefix, mechanism:legality-review; as it is where none of the project's prefixes fits."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def like(words: str, names: Mapping[str, Collection[str]]) -> list[str]:
    """Up to three of the names that are most like the words, none for a thing that has one; `names` are of which things."""
    # A thing has a handful of names, by its labels, id and IRI.
    close = get_close_matches(words, names, n=30, cutoff=0.5)
    found: list[str] = []
    meant: set[str] = set()
    for name in (*close, *(name for name in names if words in name)):
        if len(found) < 3 and meant.isdisjoint(names[name]):
            found.append(name)
            meant.update(names[name])
    return found


def near(words: str, names: Mapping[str, Collection[str]]) -> str:
    """`did you mean …?` with the names that are most like the words; empty where none is like them."""
    return _did_you_mean(like(words, names))


def _did_you_mean(alike: list[str]) -> str:
    return f"did you mean {' or '.join(alike)}?" if alike else ""
