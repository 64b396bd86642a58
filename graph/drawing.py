"""Network → one HTML page that needs nothing else: no host, no file beside it, no physics.

    draw     a network in, the whole page out
    content  a network in, out what its page shows, as data
    frame    the page without data, for an explorer: it shows the data of the page that it stands in

pyvis holds the nodes, edges and options and carries vis-network, which draws them; the page around it is our own
(`page/`). What reports say goes into the page as data, never as markup, and a content security policy forbids the
page to load anything or to run any script but its own two.
"""

import json
from base64 import b64encode
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from importlib.resources import files
from math import sqrt
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from pyvis.network import Network as Picture

from graph.layout import Layout, arrange
from graph.naming import find_nodes
from graph.network import KINDS, Network, Passage, kinds, partners, rank, select
from graph.network import around as neighbourhood
from ontology.namespace import BASE

SHAPES = {"jurisdiction": "square", "mechanism": "dot", "weakness": "triangle", "practice": "diamond"}
DASHES = {"plans": [5, 4], "lacks": [1.5, 3.5]}
_SCRIPTS = ("state.js", "ask.js", "canvas.js", "labels.js", "panel.js", "page.js")
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    # The page does its own pointing, since a finger needs more room than vis-network gives it.
    "interaction": {"selectable": False, "dragNodes": False, "hover": False, "tooltipDelay": 86400000},
    "nodes": {"font": {"size": 0}, "borderWidth": 1, "chosen": False},
    "edges": {"smooth": False, "width": 1, "chosen": False},
}


def draw(
    network: Network, *, title: str, around: str | None = None, steps: int = 1, limit: int = 300, language: str = ""
) -> str:
    """The page as text: the whole network, or what is within some steps of a thing; at most `limit` nodes.

    `around` is what `graph.naming.find_nodes` takes; UnknownThing or AmbiguousThing where it finds none or several. Of more
    nodes than the limit the best connected are drawn and the page says how many of which kind it leaves out. It
    speaks `language`, zh or en, until the reader chooses; without one, that of the reader's browser.
    """
    centre: list[str] = []
    if around is not None:
        centre = find_nodes(network.nodes, around)
        network = neighbourhood(network, centre, steps)
    drawn = select(network, set(rank(network, set(centre))[:limit]))
    notes = {
        "around": [_names(drawn, node) for node in centre if node in drawn][:5],
        "steps": steps,
        "leftOut": dict(kinds(network) - kinds(drawn)),
    }
    return page(title, content(drawn, language=language, **notes))


def content(network: Network, **notes: Any) -> dict[str, Any]:
    """All that the page shows of a network, as plain data under short ids, with notes on what it is a part of.

    Where an edge's evidence is None, its sentences are asked for when a reader wants them (`page/ask.js`); the numbers
    in an edge's `said` are told instead of sentences.
    """
    layout = arrange(network)
    ids = {node: f"n{number}" for number, node in enumerate(network)}
    picture = Picture(directed=True)  # undirected, pyvis compares each new edge with all others
    picture.set_options(json.dumps(_OPTIONS))
    _add_nodes(picture, network, layout, ids)
    stated, reports = _add_edges(picture, network, ids)
    nodes, edges, _, _, _, options = picture.get_network_data()
    return {
        "nodes": nodes,
        "edges": edges,
        "options": json.loads(options),
        "about": {ids[node]: _about(network, layout, node) for node in network},
        "stated": stated,
        "reports": reports,
        "sectors": [asdict(sector) for sector in layout.sectors],
        "size": layout.size,
        "around": [],
        "steps": 1,
        "leftOut": {},
        "language": "",
        "words": json.loads(_read(files("graph") / "page", "words.json")),
        **notes,
    }


def _add_nodes(picture: Picture, network: Network, layout: Layout, ids: dict[str, str]) -> None:
    count = partners(network)
    for node, about in network.nodes(data=True):
        kind, spot = about["kind"], layout.spots[node]
        size = {"jurisdiction": 8.0, "practice": 4.0}.get(kind, 2.4 + 0.9 * sqrt(count[node]))
        place = {"x": round(spot.x, 1), "y": round(spot.y, 1), "size": round(size, 1)}
        picture.add_node(ids[node], label=about["zh"], shape=SHAPES[kind], group=kind, **place)


def _add_edges(
    picture: Picture, network: Network, ids: dict[str, str]
) -> tuple[dict[str, list[Any]], list[dict[str, Any]]]:
    """One line between two nodes whatever the number of statements; what the latest says gives it its look."""
    lines: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for source, target, statement in network.edges(data=True):
        lines[source, target].append(statement)
    reports: dict[str, int] = {}
    table: list[dict[str, Any]] = []
    stated: dict[str, list[Any]] = {}
    for number, ((source, target), statements) in enumerate(lines.items()):
        # Oldest first; within a year what is done weighs more than what is only planned.
        statements.sort(key=lambda each: (each["year"] or 0, each["relation"] == "practises", each["report"]))
        for passage in (passage for statement in statements for passage in statement["evidence"] or ()):
            if passage.report not in reports:
                reports[passage.report] = len(table)
                path = "/" + passage.report.removeprefix(BASE)
                table.append(
                    {"title": passage.title, "department": passage.department, "year": passage.year, "path": path}
                )
        name, relation = f"e{number}", statements[-1]["relation"]
        stated[name] = [
            [each["relation"], _sentences(each["evidence"], reports), each["year"], each.get("said")]
            for each in reversed(statements)
        ]
        look = {"dashes": DASHES[relation]} if relation in DASHES else {}
        picture.add_edge(ids[source], ids[target], id=name, relation=relation, arrows="", **look)
    return stated, table


def _sentences(evidence: Sequence[Passage] | None, reports: dict[str, int]) -> list[list[object]] | None:
    if evidence is None:
        return None
    return [[reports[each.report], each.start, each.end, each.quote, each.gist] for each in evidence]


def _about(network: Network, layout: Layout, node: str) -> dict[str, Any]:
    about, spot = network.nodes[node], layout.spots[node]
    towards = [round(part, 4) for part in spot.towards]
    return {**about, "code": node.rsplit("/", 1)[-1], "towards": towards, "quiet": node in layout.quiet}


def _names(network: Network, node: str) -> dict[str, str]:
    return {language: network.nodes[node][language] for language in ("zh", "en")}


def page(title: str, content: dict[str, Any]) -> str:
    """The page of what `content` gives."""
    return _render(title, Markup(embed(content)))


@cache
def frame() -> str:
    """The page for an element inside of one that holds the content as JSON in an element with the id `picture-data`."""
    return _render("治理 Zhili", "")


def _render(title: str, data: str) -> str:
    """The template filled in; autoescape on, since a title may hold anything."""
    folder = files("graph") / "page"
    templates = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    vis = _read(files("pyvis"), "templates/lib/vis-9.1.2/vis-network.min.js")
    own = "\n".join(_read(folder, name) for name in _SCRIPTS)
    style = _read(folder, "page.css")
    return templates.from_string(_read(folder, "page.html")).render(
        title=title,
        kinds=KINDS,
        words=json.loads(_read(folder, "words.json"))["zh"],
        data=data,
        style=Markup(style),
        style_hash=_fingerprint(style),
        scripts=[Markup(script) for script in (vis, own)],
        hashes=[_fingerprint(script) for script in (vis, own)],
    )


def embed(content: dict[str, Any]) -> str:
    """JSON that cannot end the script element that it stands in."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _fingerprint(script: str) -> str:
    """What a content security policy knows a script or a style by; browsers see every line end as one line feed."""
    plain = script.replace("\r\n", "\n").replace("\r", "\n")
    return f"sha256-{b64encode(sha256(plain.encode()).digest()).decode()}"


def _read(folder: Any, name: str) -> str:
    return str(folder.joinpath(*name.split("/")).read_text(encoding="utf-8"))
