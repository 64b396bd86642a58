"""Store → networkx: which jurisdiction practises, plans, lacks or admits what; and plain measures of that network.

A node is a jurisdiction, mechanism, weakness or practice that some report speaks of (a superior jurisdiction that
has no report of its own is none, nor is a mechanism that nobody mentions). An edge is what one report states, with
the sentences that say so; parallel edges are other reports or other words of the same one.

    node  kind, zh, en, area, area_zh, area_en, level, province, path, resolved
    edge  relation, status, year, report, evidence (a tuple of `Passage`)

Texts are never None: what is unknown is "". An area is the top concept above a mechanism or weakness, a practice
has the area of its mechanism. `year` is None where a report does not say which year it is about.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import chain, zip_longest
from types import MappingProxyType
from typing import TypeAlias

import networkx as nx

from graph.store import Queryable
from ontology.namespace import PREFIXES, VOCABULARY_GRAPH

KINDS = ("jurisdiction", "mechanism", "weakness", "practice")
RELATION = {"practised": "practises", "planned": "plans", "lacking": "lacks"}

Network: TypeAlias = nx.MultiDiGraph


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """A sentence that says something, and where it stands: `start` and `end` count in the report's text."""

    report: str
    title: str
    department: str
    year: int | None
    start: int
    end: int
    quote: str
    gist: str = ""  # the report's own headline of a shortcoming, where the quote is longer


@dataclass(frozen=True, slots=True)
class _Report:
    actor: str
    title: str
    department: str
    year: int | None


_REPORTS = """SELECT ?report ?title ?year ?place ?department ?office WHERE { GRAPH ?report {
    ?report a zl:Report
    OPTIONAL { ?report dcterms:title ?title } OPTIONAL { ?report zl:year ?year }
    OPTIONAL { ?report zl:jurisdiction ?place } OPTIONAL { ?report zl:department ?department }
    OPTIONAL { ?report dcterms:creator/skos:prefLabel ?office } } }"""

_PLACES = """SELECT DISTINCT ?iri ?zh ?level ?up WHERE { GRAPH ?report {
    ?iri a zl:Jurisdiction ; skos:prefLabel ?zh ; zl:level ?level OPTIONAL { ?iri skos:broader ?up } } }"""

_PRACTICES = """SELECT DISTINCT ?iri ?zh ?up WHERE { GRAPH ?report {
    ?iri a zl:Practice ; skos:prefLabel ?zh OPTIONAL { ?iri skos:broader ?up } } }"""

_CONCEPTS = f"""SELECT ?iri ?zh ?en ?up WHERE {{ GRAPH <{VOCABULARY_GRAPH}> {{
    ?iri skos:inScheme ?scheme
    OPTIONAL {{ ?iri skos:prefLabel ?zh FILTER(LANG(?zh) = "zh") }}
    OPTIONAL {{ ?iri skos:prefLabel ?en FILTER(LANG(?en) = "en") }}
    OPTIONAL {{ ?iri skos:broader ?up }} }} }}"""

_SLICE = "prov:wasDerivedFrom ?slice . ?slice nif:anchorOf ?quote ; nif:beginIndex ?start ; nif:endIndex ?end"

_DOUBT = "OPTIONAL { ?statement zl:confidence ?doubt }"

_ADOPTIONS = f"""SELECT ?report ?thing ?status ?quote ?start ?end ?doubt WHERE {{ GRAPH ?report {{
    ?statement a zl:Adoption ; zl:adopts ?thing ; zl:status ?status ; {_SLICE} {_DOUBT} }} }}"""

_ADMISSIONS = f"""SELECT ?report ?thing ?gist ?quote ?start ?end ?doubt WHERE {{ GRAPH ?report {{
    ?statement a zl:Deficiency ; zl:fallsUnder ?thing ; dcterms:description ?gist ; {_SLICE} {_DOUBT} }} }}"""


def read_network(store: Queryable, confidence: float = 0.0) -> Network:
    """Everything that the store's reports state, as a network; the same store gives the same order of nodes.

    Findings of less confidence than `confidence` (0 to 1) are left out.
    """
    return _Reading(store, confidence).network()


class _Reading:
    """The tables that a store holds, and the network that they make."""

    def __init__(self, store: Queryable, confidence: float) -> None:
        ask = partial(_rows, store)
        self.places = {row["iri"]: row for row in ask(_PLACES)}
        self.concepts = {row["iri"]: row for row in ask(_CONCEPTS)}
        self.practices = {row["iri"]: row for row in ask(_PRACTICES)}
        self.offices: dict[str, str] = {}
        self.reports = {row["report"]: self._report(row) for row in ask(_REPORTS)}
        self.statements: defaultdict[tuple[str, str, str], set[Passage]] = defaultdict(set)
        for row in chain.from_iterable(map(ask, (_ADOPTIONS, _ADMISSIONS))):
            if float(row["doubt"] or 1) >= confidence:
                self._state(row, row.get("status", "").removeprefix(PREFIXES["zl"]))

    def network(self) -> Network:
        """Nodes first, sorted by kind and IRI, then edges in the order of report and thing."""
        mentioned = {thing for _, thing, _ in self.statements}
        above = {(iri, self.practices[iri]["up"]) for iri in mentioned if iri in self.practices}
        mentioned |= {mechanism for _, mechanism in above if mechanism}
        actors = {self.reports[report].actor for report, _, _ in self.statements}
        found = Network()
        nodes = [*map(self._actor, sorted(actors)), *map(self._thing, sorted(mentioned))]
        for iri, attributes in sorted(nodes, key=lambda node: (KINDS.index(node[1]["kind"]), node[0])):
            found.add_node(iri, **attributes)
        for (report, thing, status), passages in sorted(self.statements.items()):
            self._connect(found, report, thing, status, passages)
        for practice, mechanism in sorted(above):
            if mechanism:
                plain = {"relation": "broader", "status": "", "year": None, "report": "", "evidence": ()}
                found.add_edge(practice, mechanism, key="broader", **plain)
        return found

    def _connect(self, found: Network, report: str, thing: str, status: str, passages: set[Passage]) -> None:
        about, relation = self.reports[report], RELATION.get(status, "admits")
        attributes = {"relation": relation, "status": status, "year": about.year, "report": report}
        evidence = tuple(sorted(passages, key=lambda passage: (passage.start, passage.end)))
        found.add_edge(about.actor, thing, key=f"{relation} {report}", **attributes, evidence=evidence)

    def _report(self, row: Mapping[str, str]) -> _Report:
        """Without a resolved jurisdiction the report's office stands for itself, under the report's IRI."""
        self.offices[row["report"]] = row["office"] or row["title"] or _name(row["report"])
        year = int(row["year"]) if row["year"] else None
        return _Report(row["place"] or row["report"], row["title"], row["department"], year)

    def _state(self, row: Mapping[str, str], status: str) -> None:
        report, about = row["report"], self.reports[row["report"]]
        where = (int(row["start"]), int(row["end"]))
        gist = row.get("gist", "")  # adoptions have none
        passage = Passage(report, about.title, about.department, about.year, *where, row["quote"], gist)
        self.statements[report, row["thing"], status].add(passage)

    def _actor(self, iri: str) -> tuple[str, dict[str, object]]:
        place = self.places.get(iri)
        if place is None:
            return iri, _node("jurisdiction", self.offices[iri], resolved=False)
        names = [self.places[each]["zh"] for each in reversed(_upwards(iri, self.places))]
        more = {"level": place["level"], "province": names[0], "path": "".join(names)}
        return iri, _node("jurisdiction", place["zh"], more=more)

    def _thing(self, iri: str) -> tuple[str, dict[str, object]]:
        practice = self.practices.get(iri)
        if practice:
            return iri, _node("practice", practice["zh"], more=self._area(practice["up"]))
        kind = "weakness" if iri.startswith(PREFIXES["weakness"]) else "mechanism"
        names = self._names(iri)
        return iri, _node(kind, *names, more=self._area(iri))

    def _names(self, iri: str) -> tuple[str, str]:
        """In Chinese and English; the id where the vocabulary is not loaded or lacks a language."""
        row = self.concepts.get(iri, {"zh": "", "en": ""})
        return row["zh"] or row["en"] or _name(iri), row["en"] or row["zh"] or _name(iri)

    def _area(self, iri: str) -> dict[str, str]:
        """The top concept above, and its names; a concept that stands alone has no area."""
        *below, area = _upwards(iri, self.concepts)
        if not below:
            return {}
        chinese, english = self._names(area)
        return {"area": _name(area), "area_zh": chinese, "area_en": english}


def _rows(store: Queryable, query: str) -> list[dict[str, str]]:
    """The rows in a fixed order, whatever order the store finds them in."""
    return sorted(store.select(query), key=lambda row: sorted(row.items()))


def _node(
    kind: str, zh: str, en: str = "", more: Mapping[str, str] = MappingProxyType({}), resolved: bool = True
) -> dict[str, object]:
    empty = dict.fromkeys(("area", "area_zh", "area_en", "level", "province", "path"), "")
    return {"kind": kind, "zh": zh, "en": en or zh, **empty, **more, "resolved": resolved}


def _upwards(iri: str, table: Mapping[str, Mapping[str, str]]) -> list[str]:
    """The chain of broader things that the table knows, from the thing itself; one that bites its tail is cut."""
    found = [iri]
    while (up := table.get(found[-1], {}).get("up", "")) in table and up not in found:
        found.append(up)
    return found


def _name(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]


def partners(network: Network) -> dict[str, int]:
    """How many other things each node is connected with, whatever the way or number of the connections."""
    return {node: len(set(network.pred[node]) | set(network.succ[node])) for node in network}


def around(network: Network, things: Iterable[str], steps: int = 1) -> Network:
    """The part of the network within some steps of the given nodes, in either direction of the edges."""
    reached = {node for thing in things for node in nx.ego_graph(network, thing, radius=steps, undirected=True)}
    return select(network, reached)


def select(network: Network, nodes: Collection[str]) -> Network:
    """The network of these nodes alone, in the order of the whole one."""
    found = Network()
    found.add_nodes_from((node, values) for node, values in network.nodes(data=True) if node in nodes)
    edges = network.edges(keys=True, data=True)
    found.add_edges_from(edge for edge in edges if edge[0] in nodes and edge[1] in nodes)
    return found


def rank(network: Network, first: Collection[str] = ()) -> list[str]:
    """All nodes, those that must not be missed first; then the best connected of each kind in turn.

    In turn, because a thousand jurisdictions with sixty connections each would otherwise leave no room for a single
    mechanism. Of two that are as well connected the one in better company comes first.
    """
    count = partners(network)
    rows: defaultdict[str, list[str]] = defaultdict(list)
    company = {node: max((count[other] for other in nx.all_neighbors(network, node)), default=0) for node in network}
    for node in sorted(network, key=lambda node: (-count[node], -company[node], node)):
        if node not in first:
            rows[network.nodes[node]["kind"]].append(node)
    turns = chain.from_iterable(zip_longest(*(rows[kind] for kind in KINDS)))
    return [*(node for node in network if node in first), *(node for node in turns if node is not None)]


def kinds(network: Network) -> Counter[str]:
    """How many nodes of each kind there are."""
    return Counter(attributes["kind"] for _, attributes in network.nodes(data=True))
