"""What goes together as a network in the colours of its groups; what places like one have as bars."""

from collections.abc import Mapping
from typing import Any

import networkx as nx

from graph.analysis.backbone import shown
from graph.analysis.coadoption import CoAdoption, Lacks
from graph.plotting import picture

_LINES = 100
_BARS = 25
# Okabe & Ito's, which those who see colours otherwise can tell apart.
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#666666", "#b8a000")


def groups(result: CoAdoption, names: Mapping[str, str]) -> bytes:
    """The strongest pairs as lines between mechanisms, each in the colour and with the number of its group."""
    of = {node: number for number, group in enumerate(result.communities.groups) for node in group}
    network = nx.Graph()
    for pair in shown(result.backbone.pairs, _LINES):
        network.add_edge(pair.one, pair.other, weight=pair.score)

    def draw(figure: Any) -> None:
        axes = figure.subplots()
        axes.set_axis_off()
        axes.set_title(f"{len(result.backbone.pairs)} pairs beyond chance, {len(result.communities.groups)} groups")
        places = nx.kamada_kawai_layout(network, weight=None) if network else {}
        for one, other in network.edges:
            (x, y), (far, up) = places[one], places[other]
            across = of[one] != of[other]
            axes.plot([x, far], [y, up], color="#bbbbbb", linewidth=0.8, linestyle=":" if across else "-", zorder=1)
        for node, (x, y) in places.items():
            axes.scatter([x], [y], s=70, color=_COLOURS[of[node] % len(_COLOURS)], zorder=2)
            axes.annotate(f"{of[node] + 1}", (x, y), color="white", size=6, ha="center", va="center", zorder=3)
            axes.annotate(names[node], (x, y), xytext=(5, 4), textcoords="offset points", size=7, zorder=3)

    return picture(draw, 9, 7)


def shares(result: Lacks, names: Mapping[str, str]) -> bytes:
    """What share of the places like one, and of all of its level, practise what it does not."""
    found = result.missing[:_BARS]

    def draw(figure: Any) -> None:
        axes = figure.subplots()
        rows = range(len(found))
        axes.barh([row - 0.2 for row in rows], [each.practising / each.peers for each in found], 0.38, label="like it")
        axes.barh(
            [row + 0.2 for row in rows],
            [each.others / each.base for each in found],
            0.38,
            color="#bbbbbb",
            label="all of its level",
        )
        axes.set_yticks(rows, [names[each.thing] for each in found])
        axes.invert_yaxis()
        axes.set_xlim(0, 1)
        axes.set_xlabel("share that practises it")
        if found:
            axes.legend(loc="lower right")
        axes.set_title(
            f"{result.place.full_name}: {len(result.peers)} places like it, {result.same_level} of its level"
        )

    return picture(draw, 8, 1.4 + 0.32 * max(3, len(found)))
