"""What is near some things, of all that a reader's choice leaves: a choice, the links that it leaves, the nodes in order.

A choice decides which nodes and lines there are at all: what it leaves out is not walked through either. The things
in the middle stay, whatever their kind and area. A line joins a place with what its reports state, and a practice
with the mechanism above it, as in `graph.network`. Everything is read from the catalogue: no sentence is asked for.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import Any, NamedTuple

import numpy as np

from graph.explorer.catalogue import Catalogue, Thing
from graph.network import RELATION, Network
from ontology.namespace import BASE

NODES = ("place", "mechanism", "weakness", "practice")
LINES = ("practised", "planned", "lacking", "admitted")
STEPS = (1, 2, 3)
_HANDFUL = 30


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader wants to see: how many steps from the middle, which kinds of nodes and lines, which year and area.

    `year` and `area` (the IRI of a topmost concept) are "" for any. Places belong to no area and are always left.
    """

    steps: int = 1
    year: str = ""
    area: str = ""
    nodes: tuple[str, ...] = NODES
    lines: tuple[str, ...] = LINES

    def query(self) -> dict[str, Any]:
        """The choice as an address has it: what differs from the widest, by the names of `chosen`."""
        return {
            "steps": self.steps if self.steps != 1 else "",
            "kind": self.nodes if self.nodes != NODES else (),
            "status": self.lines if self.lines != LINES else (),
            "year": self.year,
            "area": short(self.area),
        }


def short(iri: str) -> str:
    """An IRI of the project as an address has it: /mechanism/legal-adviser."""
    return iri.removeprefix(BASE.rstrip("/"))


def chosen(asked: Mapping[str, str], nodes: Iterable[str], lines: Iterable[str], area: str) -> Choice:
    """The choice that an address makes; of kinds and statuses none means all, and words that nothing has are dropped."""
    steps = asked.get("steps", "")
    return Choice(
        int(steps) if steps in map(str, STEPS) else 1,
        asked.get("year", ""),
        area,
        tuple(each for each in NODES if each in nodes) or NODES,
        tuple(each for each in LINES if each in lines) or LINES,
    )


Held = Mapping[str, Set[str]]  # things, each with the places that state it


def held(catalogue: Catalogue, lines: Sequence[str], year: str) -> Held:
    """What the reports of a year, or of all where it is "", state in one of these ways, and where."""
    seated = catalogue.seats >= 0
    of_year = seated & catalogue.column("year").having(year) if year else seated
    found: defaultdict[int, set[int]] = defaultdict(set)
    # Any status but "caused" goes under "", which is at hand for all at once.
    for way in ("",) if set(lines) == set(LINES) else lines:
        stated = catalogue.stated(way).left(of_year)
        for thing, seat in zip(stated.things.tolist(), catalogue.seats[stated.reports].tolist(), strict=True):
            found[thing].add(seat)
    places = tuple(catalogue.places)
    return {catalogue.thing(thing).iri: {places[seat] for seat in seats} for thing, seats in sorted(found.items())}


@dataclass(frozen=True, slots=True)
class Links:
    """Each thing with the places that state it, and practices with the mechanism right above."""

    places: Held
    above: Mapping[str, str]


def links(things: Mapping[str, Thing], known: Held, middle: Set[str], choice: Choice) -> Links:
    """Of what is `known` to be held where, what a choice leaves around the things and places in the middle."""
    places: dict[str, Set[str]] = {}
    above: dict[str, str] = {}
    for iri, found in known.items():
        thing = things[iri]
        if iri not in middle and (thing.kind not in choice.nodes or choice.area not in ("", thing.area)):
            continue
        places[iri] = found if "place" in choice.nodes else found & middle
        higher = things.get(thing.broader)
        if thing.kind == "practice" and higher and (higher.iri in middle or "mechanism" in choice.nodes):
            above[iri] = higher.iri
    return Links(places, above)


class Near(NamedTuple):
    """A node, with how many of the others it is linked to, and how many steps it is from the middle."""

    node: str
    links: int
    step: int


def nearest(near: Links, middle: Set[str], steps: int) -> list[Near]:
    """What is within some steps of the middle, the middle itself first; [] where nothing is.

    Step by step the best connected are first: of a kind each in turn, as `graph.network.rank` has it, since a
    thousand places would else leave no room for a mechanism.
    """
    below: defaultdict[str, set[str]] = defaultdict(set)
    for practice, mechanism in near.above.items():
        below[mechanism].add(practice)
    ring, seen, rings = set(middle), set(middle), [set(middle)]
    for _ in range(steps):
        ring = _beside(near, below, ring) - seen
        seen |= ring
        rings.append(ring)
    count = _connections(near, seen)
    found: list[Near] = []
    for step, each in enumerate(rings if len(seen) > len(middle) else ()):
        rows: defaultdict[str, list[Near]] = defaultdict(list)
        for node in sorted(each, key=lambda node: (-count[node], node)):
            rows[node.removeprefix(BASE).partition("/")[0]].append(Near(node, count[node], step))
        found += [one for turn in zip_longest(*rows.values()) for one in turn if one is not None]
    return found


def drawn(near: Links, found: Sequence[Near], most: int, lines: int) -> list[str]:
    """The nodes that a picture with room for so many nodes and lines shows.

    Of each step as many, its first, since a wide step would hide the next ones. Lines that make a blot of the picture
    cost it nodes, down to a handful.
    """
    nodes = _of_each_step(found, most)
    near = _among(near, set(nodes))
    while len(nodes) > _HANDFUL and _connections(near, set(nodes)).total() > 2 * lines:
        nodes = _of_each_step(found, len(nodes) * 4 // 5)
    return nodes


def _of_each_step(found: Sequence[Near], most: int) -> list[str]:
    """At most so many of the nodes, the first of each step; room that a step does not need goes to the others."""
    steps = [[each.node for each in some] for _, some in groupby(found, lambda each: each.step)]
    room = dict.fromkeys(range(len(steps)), 0)
    for left, step in enumerate(sorted(room, key=lambda step: len(steps[step]))):
        room[step] = min(len(steps[step]), (most - sum(room.values())) // (len(steps) - left))
    return [node for step, nodes in enumerate(steps) for node in nodes[: room[step]]]


def _beside(near: Links, below: Mapping[str, Set[str]], ring: Set[str]) -> set[str]:
    """What is one step from any of these, by whole sets: a mechanism has thousands of places."""
    found = set[str]().union(*(near.places.get(node, ()) for node in ring), *(below.get(node, ()) for node in ring))
    found |= {near.above[node] for node in ring if node in near.above}
    where = ring - near.places.keys()
    return found | {thing for thing, places in near.places.items() if not where.isdisjoint(places)}


def _among(near: Links, nodes: Set[str]) -> Links:
    """Of the links those between some nodes."""
    places = {thing: near.places[thing] & nodes for thing in nodes & near.places.keys()}
    return Links(places, {practice: near.above[practice] for practice in nodes & near.above.keys()})


def _connections(near: Links, nodes: Set[str]) -> Counter[str]:
    """How many of these nodes each is linked to."""
    count: Counter[str] = Counter()
    for thing, places in near.places.items():
        if thing in nodes:
            inside = places & nodes
            count[thing] += len(inside)
            count.update(inside)
    for practice, mechanism in near.above.items():
        if practice in nodes and mechanism in nodes:
            count.update((practice, mechanism))
    return count


def network(catalogue: Catalogue, nodes: Sequence[str], choice: Choice) -> Network:
    """These nodes and what a choice leaves of the lines between them, as `graph.network` has them.

    For sentences there is None, and each node says where its page is (`to`).
    """
    found = Network()
    for iri in nodes:
        about = _place(catalogue, iri) if iri in catalogue.places else _thing(catalogue, iri)
        found.add_node(iri, **about, to=short(iri))
    # The reports that may have drawn a line, found in one go through all reports; without a place none has.
    own = np.array([*(place in found for place in catalogue.places), False])[catalogue.seats]
    if choice.year:
        own &= catalogue.column("year").having(choice.year)
    for iri in nodes:
        for status in choice.lines:
            for number in catalogue.stating_of(own, iri, status):
                report, relation = catalogue.reports[number], RELATION.get(status, "admits")
                year = int(report.year) if report.year else None
                about = {"relation": relation, "status": status, "year": year, "report": report.iri}
                found.add_edge(catalogue.place_of[number], iri, key=f"{relation} {report.iri}", **about, evidence=None)
        if iri in catalogue.things and catalogue.things[iri].kind == "practice":
            plain = {"relation": "broader", "status": "", "year": None, "report": "", "evidence": ()}
            if (above := catalogue.things[iri].broader) in found:
                found.add_edge(iri, above, key="broader", **plain)
    return found


def _place(catalogue: Catalogue, iri: str) -> dict[str, Any]:
    place = catalogue.places[iri]
    names = {"zh": place.name, "en": place.name, "path": place.full_name, "province": place.path[0]}
    return {"kind": "jurisdiction", **names, "level": place.level, "resolved": True, **_area(None)}


def _thing(catalogue: Catalogue, iri: str) -> dict[str, Any]:
    thing = catalogue.things[iri]
    area = catalogue.things.get(thing.area) if thing.area != iri else None
    names = {"zh": thing.zh, "en": thing.en, "path": "", "province": "", "level": "", "resolved": True}
    return {"kind": thing.kind, **names, **_area(area)}


def _area(area: Thing | None) -> dict[str, str]:
    if area is None:
        return dict.fromkeys(("area", "area_zh", "area_en"), "")
    return {"area": area.iri.rpartition("/")[2], "area_zh": area.zh, "area_en": area.en}
