"""Pictures of a whole graph that need no thing in the middle: provinces by areas, and what goes together with what.

store → Stated → a table of shares (`draw_provinces`), or the backbone's network as an interactive page (`draw_backbone`)
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment

from graph.analysis.adoption import read_adoptions
from graph.analysis.backbone import Pair, shown
from graph.analysis.chance import FALSE, FEWEST
from graph.analysis.coadoption import coadoption, holders
from graph.analysis.coverage import coverage, shade
from graph.drawing import content, page
from graph.naming import places, read_mechanisms
from graph.network import Network
from graph.store import Queryable
from ontology.namespace import BASE, PREFIXES

OVERVIEWS = ("provinces", "backbone")
LINES = 100  # that the backbone's picture has room for

_PRACTISED = "SELECT ?place ?thing WHERE { ?place zl:practises ?thing }"


@dataclass(frozen=True, slots=True)
class Stated:
    """Who practises what: the places that do by mechanism, each mechanism's area, in the order of the scheme.

    Narrower mechanisms count with the broader one alone, as a place that has them has it. `names` are of mechanisms
    and areas, in Chinese and English; `provinces` those of all places that have a report.
    """

    holders: Mapping[str, set[str]]
    areas: Mapping[str, str]
    names: Mapping[str, tuple[str, str]]
    provinces: Mapping[str, str]


def read_stated(store: Queryable, own: bool = False) -> Stated:
    """What a store's reports practise, as far as the rules are sure of it, by all reports or by governments' `own`.

    What goes together needs the latter: a department speaks for itself alone (see `graph.analysis.adoption`).
    """
    areas, names = read_mechanisms(store)
    practising = holders(read_adoptions(store, confidence=1.0), [*areas]) if own else _practising(store)
    return Stated(
        {iri: practising[iri] for iri in areas if iri in practising},
        areas,
        names,
        {place.iri: place.path[0] for place in places(store).values()},
    )


def _practising(store: Queryable) -> dict[str, set[str]]:
    """The places that practise each thing: the short cuts say no more than what the rules are sure of."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in store.select(_PRACTISED):
        found[row["thing"]].add(row["place"])
    return found


def draw_provinces(stated: Stated) -> str:
    """A page with a table of provinces by areas; it opens from disk and needs neither network nor script."""
    cells = coverage(stated.holders, stated.areas, stated.provinces)
    rows: defaultdict[str, list[dict[str, object]]] = defaultdict(list)
    for cell in cells:
        rows[cell.province].append({"cell": cell, "shade": shade(cell.share)})
    folder = files("graph") / "page"
    templates = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return templates.from_string((folder / "provinces.html").read_text(encoding="utf-8")).render(
        areas=[stated.names[area] for area in dict.fromkeys(stated.areas.values())],
        rows=rows,
        places=len(stated.provinces),
    )


def draw_backbone(stated: Stated) -> str:
    """An interactive page of the mechanisms that go together beyond chance; it says by which method, and how sure."""
    both = coadoption(stated.holders)
    found = both.backbone
    pairs = shown(found.pairs, LINES)
    about = {
        "places": found.places,
        "tested": found.tested,
        "found": len(found.pairs),
        "shown": len(pairs),
        "fewest": FEWEST,
        "false": f"{FALSE:.0%}",
    }
    return page(
        "治理 Zhili · 机制的同现骨架 What goes together",
        content(pair_network(pairs, stated.areas, stated.names, both.communities.groups), backbone=about),
    )


def pair_network(
    pairs: Iterable[Pair],
    areas: Mapping[str, str],
    names: Mapping[str, tuple[str, str]],
    groups: Iterable[Iterable[str]],
) -> Network:
    """The mechanisms of some pairs, each with the number of its group, and a line for each pair, for `graph.drawing`."""
    of = {node: number for number, group in enumerate(groups) for node in group}
    found = Network()
    kept = [*pairs]
    for iri in sorted({name for pair in kept for name in (pair.one, pair.other)}):
        (zh, en), (area_zh, area_en) = names[iri], names[areas[iri]]
        area = {"area": areas[iri].removeprefix(PREFIXES["mechanism"]), "area_zh": area_zh, "area_en": area_en}
        nowhere = dict.fromkeys(("level", "province", "path"), "")
        to = iri.removeprefix(BASE.rstrip("/"))
        found.add_node(iri, kind="mechanism", zh=zh, en=en, **area, **nowhere, resolved=True, to=to, group=of[iri])
    for pair in kept:
        said = {"together": pair.together, "expected": round(pair.expected, 1), "p": f"{pair.p:.1g}"}
        plain = {"status": "", "year": None, "report": "", "evidence": ()}
        found.add_edge(pair.one, pair.other, key="together", relation="together", **plain, said=said)
    return found
