"""Groups in a weighted network, how stable they are, and what joins them.

Louvain's groups (Blondel et al. 2008, Journal of Statistical Mechanics P10008) depend on the order in which nodes are
looked at, so they are found from many seeds. What the runs agree on is the consensus of Lancichinetti & Fortunato
2012 (Scientific Reports 2, 336): the network of how often two nodes fall into one group is grouped again, until all runs
say the same. How far single runs agree is the mean of the adjusted Rand index (Hubert & Arabie 1985, Journal of
Classification 2, 193-218) over pairs of them: 1 for the same groups in each, 0 for what chance gives.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import networkx as nx
import numpy as np
from numpy.typing import NDArray

RUNS = 24
_AGREE = 0.5  # of the runs that must have two nodes in one group for these to count as together
_ROUNDS = 20
_BRIDGES = 10

Labels = NDArray[np.int64]
Edge = tuple[str, str, float]


@dataclass(frozen=True, slots=True)
class Bridge:
    """A node that lies between groups: the share of shortest ways between nodes of different groups that go through it.

    `groups` are how many groups other than its own it has a line to.
    """

    node: str
    group: int
    between: float
    groups: int


@dataclass(frozen=True, slots=True)
class Link:
    """A line between two groups, and the share of shortest ways between nodes of different groups that go over it."""

    one: str
    other: str
    between: float


@dataclass(frozen=True, slots=True)
class Communities:
    """The groups of a network, the largest first, its bridges and the lines that bridge, the strongest first.

    `stability` is the mean adjusted Rand index of so many `runs`; `modularity` that of the consensus (Newman & Girvan 2004).
    """

    groups: tuple[tuple[str, ...], ...]
    runs: int
    stability: float
    modularity: float
    bridges: tuple[Bridge, ...]
    links: tuple[Link, ...]


def communities(edges: Sequence[Edge]) -> Communities:
    """The groups of the network of some lines, each with a weight above 0; none for no lines."""
    if not edges:
        return Communities((), RUNS, 1.0, 0.0, (), ())
    network = nx.Graph()
    network.add_nodes_from(sorted({node for one, other, _ in edges for node in (one, other)}))
    network.add_weighted_edges_from(sorted(edges))
    nodes = list(network)
    first = _louvain(network, nodes)
    pairs = [rand_index(one, other) for one, other in combinations(first, 2)]
    labels = _consensus(nodes, first)
    sizes = np.bincount(labels)
    order = sorted(range(len(sizes)), key=lambda label: (-sizes[label], nodes[labels.tolist().index(label)]))
    groups = tuple(
        tuple(node for node, label in zip(nodes, labels, strict=True) if label == wanted) for wanted in order
    )
    of = {node: number for number, group in enumerate(groups) for node in group}
    bridges, links = _between(network, of)
    modularity = nx.community.modularity(network, groups, weight="weight")
    return Communities(groups, RUNS, float(np.mean(pairs)), float(modularity), bridges, links)


def rand_index(one: Labels, other: Labels) -> float:
    """How far two partitions of the same things agree, 1 for the same and about 0 by chance (Hubert & Arabie 1985)."""
    _, _, counts = overlaps(one, other)
    rows, columns = np.bincount(one), np.bincount(other)
    both, in_one, in_other = (float((n * (n - 1) / 2).sum()) for n in (counts, rows, columns))
    chance = in_one * in_other / max(1.0, len(one) * (len(one) - 1) / 2)
    most = (in_one + in_other) / 2
    return (both - chance) / (most - chance) if most != chance else 1.0


def overlaps(one: Labels, other: Labels) -> tuple[Labels, Labels, Labels]:
    """The pairs of groups, one of each partition, that share things, and how many they share."""
    width = int(other.max(initial=0)) + 1
    keys, counts = np.unique(one * width + other, return_counts=True)
    return keys // width, keys % width, counts


def _louvain(network: nx.Graph, nodes: list[str]) -> list[Labels]:
    found = []
    for seed in range(RUNS):
        groups = nx.community.louvain_communities(network, weight="weight", seed=seed)
        of = {node: number for number, group in enumerate(groups) for node in group}
        found.append(np.array([of[node] for node in nodes], np.int64))
    return found


def _consensus(nodes: list[str], runs: list[Labels]) -> Labels:
    """The groups on which all runs agree once what they had in common was grouped again and again."""
    for _ in range(_ROUNDS):
        shared = np.mean([labels[:, None] == labels[None, :] for labels in runs], axis=0)
        shared[shared < _AGREE] = 0
        np.fill_diagonal(shared, 0)
        if ((shared == 0) | (shared == 1)).all():
            break
        again = nx.from_numpy_array(shared)
        runs = _louvain(again, list(again))
    return runs[0]


def _between(network: nx.Graph, of: dict[str, int]) -> tuple[tuple[Bridge, ...], tuple[Link, ...]]:
    """Bridges and bridging lines: Brandes' betweenness (2008, Social Networks 30, 136-145) over pairs of two groups.

    A strong line is a short one. For each group the ways that begin in it and end in another are counted.
    """
    distances = {(one, other): 1 / weight for one, other, weight in network.edges(data="weight")}
    nx.set_edge_attributes(network, distances, "distance")
    nodes, edges = dict.fromkeys(network, 0.0), dict.fromkeys(network.edges, 0.0)
    for group in sorted(set(of.values())):
        inside = [node for node in network if of[node] == group]
        outside = [node for node in network if of[node] > group]
        ways = {"normalized": False, "weight": "distance"}
        for node, value in nx.betweenness_centrality_subset(network, inside, outside, **ways).items():
            nodes[node] += value
        for edge, value in nx.edge_betweenness_centrality_subset(network, inside, outside, **ways).items():
            edges[edge] += value
    # networkx halves what it counts in a network without directions; each pair is counted one way here.
    pairs = sum(of[one] != of[other] for one, other in combinations(of, 2)) / 2 or 1
    bridges = [
        Bridge(node, of[node], value / pairs, len({of[other] for other in network[node]} - {of[node]}))
        for node, value in nodes.items()
        if value
    ]
    bridges = [each for each in bridges if each.groups]
    bridges.sort(key=lambda each: (-each.between, each.node))
    links = [Link(one, other, value / pairs) for (one, other), value in edges.items() if of[one] != of[other]]
    links.sort(key=lambda each: (-each.between, each.one, each.other))
    return tuple(bridges[:_BRIDGES]), tuple(links[:_BRIDGES])
