"""Groups of places that admit alike: communities in a network of likenesses that chance does not explain.

The network is no hairball: a place is joined to its `NEAREST` likest only where so many others are so like it as chance
does not explain. Chance deals out anew what the others name (`graph.analysis.surprise`), all of them, several times,
and it is counted how many of these are as like the place as its likest, its second likest and so on: as a dense spot is
told from clutter by the distance to the kth neighbour (Byers & Raftery 1998, Journal of the American Statistical
Association 93, 577-584), here for each place as it is, since a place that names what many name has more that are like
it. If chance made all, each that is as like would be one of the real places with a chance of one in as many as there
are collections, with the real one; so p is a binomial tail (Przyborowski & Wilenski 1940, Biometrika 31, 313-323), which
is tiny where many are as like and none by chance, however few the collections are. Over all the false discovery rate is
held (Benjamini & Hochberg 1995), and of the likest themselves at most that share may be such as chance would give (the
plug-in rate of Storey & Tibshirani 2003, PNAS 100, 9440-9445).

Communities are those of Blondel, Guillaume, Lambiotte & Lefebvre 2008 (Journal of Statistical Mechanics P10008), the
Louvain method, which ends elsewhere with another seed. So it is run with many, and a group counts only where the others
find it too: its mean Jaccard likeness with the likest group of each other run is `STABLE` or more (Hennig 2007,
Computational Statistics & Data Analysis 52, 258-271). How much the runs agree as a whole is their mean adjusted Rand
index (Hubert & Arabie 1985, Journal of Classification 2, 193-218). Groups are made of what places admit, so how far
they differ in that is a description and needs, and allows, no test.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log2

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy.special import betainc

from graph.analysis.chance import FALSE, FEWEST, adjusted
from graph.analysis.communities import overlaps, rand_index
from graph.analysis.profiles import Profiles, read_profiles
from graph.analysis.surprise import Chance
from graph.naming import Place, concept_labels, places
from graph.store import Queryable
from graph.tables import counted

NEAREST, RUNS, STABLE, SMALLEST = 10, 20, 0.75, 5
_TELLING = 6  # concepts that describe a group
_COLLECTIONS = range(2, 41)  # dealt out by chance: as many as have so many places together
_DRAWN = 30_000


Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Telling:
    """A concept that tells a group apart: how many of its places name it, and how many of all others that admit anything."""

    concept: str
    label: str
    inside: int
    outside: int


@dataclass(frozen=True, slots=True)
class Member:
    """A place of a group; `share` is how often, over the runs, the average other member is in one group with it."""

    place: Place
    share: float


@dataclass(frozen=True, slots=True)
class Group:
    """Places that admit alike, the surest members first; `stability` as Hennig 2007 has it, 0 to 1."""

    members: tuple[Member, ...]
    stability: float
    telling: tuple[Telling, ...]

    @property
    def levels(self) -> Counter[str]:
        """How many members are of each level."""
        return Counter(member.place.level for member in self.members)

    @property
    def provinces(self) -> Counter[str]:
        """How many members lie in each province."""
        return Counter(member.place.path[0] for member in self.members)


@dataclass(frozen=True, slots=True)
class Groups:
    """The stable groups, the largest first.

    `places` admit anything, `joined` of them are in the network of `pairs`, `passing` groups were found of `SMALLEST`
    places or more that are not stable. `agreement` is the mean adjusted Rand index of the runs, `modularity` that of
    the run that agrees most with the others; both are 0 where there is no network.
    """

    places: int
    joined: int
    pairs: int
    passing: int
    agreement: float
    modularity: float
    caution: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Partition:
    """What many runs find in a network: the run that agrees most with the others, and how much all agree.

    `groups` are sets of nodes, the largest first, each with its stability and the share of each node.
    """

    agreement: float
    modularity: float
    groups: tuple[tuple[tuple[str, ...], float, Mapping[str, float]], ...]


def groups(store: Queryable, confidence: float = 0.0) -> Groups:
    """The groups of the jurisdictions of a store, without findings of less confidence than `confidence` (0 to 1)."""
    labels = concept_labels(store)
    return groups_of(read_profiles(store, confidence), places(store), labels)


def groups_of(profiles: Profiles, known: Mapping[str, Place], labels: Mapping[str, str]) -> Groups:
    """The same for profiles, their places and the concepts' labels, for who has them."""
    admitting = len(profiles.of_place)
    pairs = validated(profiles)
    if not pairs:
        return Groups(admitting, 0, 0, 0, 0.0, 0.0, _caution(admitting, False), ())
    found = communities(pairs)
    named: list[Group] = []
    passing = 0
    naming = Counter(concept for profile in profiles.of_place.values() for concept in profile)
    for members, stability, shares in found.groups:
        if len(members) < SMALLEST:
            continue
        if stability < STABLE:
            passing += 1
            continue
        own = sorted((Member(known[iri], round(shares[iri], 3)) for iri in members), key=_in_order)
        named.append(Group(tuple(own), round(stability, 3), _telling(profiles, members, naming, labels)))
    named.sort(key=lambda group: (-len(group.members), group.members[0].place.code))
    joined = len({place for one, other in pairs for place in (one, other)})
    agreement, modularity = round(found.agreement, 3), round(found.modularity, 3)
    caution = _caution(admitting, True)
    return Groups(admitting, joined, len(pairs), passing, agreement, modularity, caution, tuple(named))


def _in_order(member: Member) -> tuple[float, str]:
    return -member.share, member.place.code


def validated(profiles: Profiles) -> dict[tuple[str, str], float]:
    """The pairs of a place and one of its likest that are beyond chance, with their likeness; none with too few places."""
    many = len(profiles.of_place)
    if many < FEWEST:
        return {}
    likest = list(profiles.all_likest(NEAREST))
    p, share = by_chance(profiles, [[score for _, score in own] for _, own in likest])
    there = ~np.isnan(p)
    found = np.full(p.shape, False)
    found[there] = (adjusted(p[there]) <= FALSE) & (share[there] <= FALSE)
    # Who is less like the place than those beyond chance are is left out, who is more like it is not.
    depths = np.where(found, np.arange(1, NEAREST + 1), 0).max(axis=1)
    return {
        (min(place, other), max(place, other)): score
        for (place, own), depth in zip(likest, depths.tolist(), strict=True)
        for other, score in own[:depth]
    }


def by_chance(profiles: Profiles, likest: Sequence[Sequence[float]]) -> tuple[Floats, Floats]:
    """How like each place its likest are → places × `NEAREST`: how likely so many are so like by chance, which share of
    them chance would give; NaN where there are not so many."""
    many = len(profiles.of_place)
    number = min(max(-(-_DRAWN // many), _COLLECTIONS.start), _COLLECTIONS.stop - 1)
    there = np.arange(NEAREST) < np.array([len(scores) for scores in likest])[:, None]
    # What is not there is as little like as the last that is, and in no one's way.
    scores = np.array([[*own, *[(own or [1.0])[-1]] * (NEAREST - len(own))] for own in likest])
    drawn = np.zeros(scores.shape)
    for collection in Chance(profiles).replicates(number):
        drawn += profiles.rivals(collection, scores)
    ranks = np.arange(1, NEAREST + 1)
    p = betainc(ranks, drawn + 1, 1 / (number + 1))
    return np.where(there, p, np.nan), np.where(there, drawn / number / ranks, np.nan)


def communities(pairs: Mapping[tuple[str, str], float]) -> Partition:
    """What `RUNS` runs of the Louvain method find, each with a seed of its own; the same pairs give the same."""
    network: nx.Graph[str] = nx.Graph()
    network.add_nodes_from(sorted({place for pair in pairs for place in pair}))
    network.add_weighted_edges_from((one, other, weight) for (one, other), weight in sorted(pairs.items()))
    nodes = {node: number for number, node in enumerate(network)}
    found = []
    for seed in range(RUNS):
        labels = np.empty(len(nodes), np.int64)
        for number, some in enumerate(nx.community.louvain_communities(network, seed=seed)):
            labels[[nodes[node] for node in some]] = number
        found.append(labels)
    agreed = np.ones((RUNS, RUNS))
    for one, other in combinations(range(RUNS), 2):
        agreed[one, other] = agreed[other, one] = rand_index(found[one], found[other])
    best = int(agreed.sum(axis=1).argmax())
    agreement = float(agreed[np.triu_indices(RUNS, 1)].mean())
    stability, shares = _stability(found[best], [labels for run, labels in enumerate(found) if run != best])
    members: defaultdict[int, list[str]] = defaultdict(list)
    for node, label in zip(nodes, found[best].tolist(), strict=True):
        members[label].append(node)
    modularity = nx.community.modularity(network, [set(each) for each in members.values()])
    ordered = sorted(members, key=lambda label: (-len(members[label]), members[label]))
    return Partition(
        agreement,
        float(modularity),
        tuple(
            (
                tuple(members[label]),
                float(stability[label]),
                {node: float(shares[nodes[node]]) for node in members[label]},
            )
            for label in ordered
        ),
    )


def _stability(labels: Integers, others: Sequence[Integers]) -> tuple[Floats, Floats]:
    """For each group its mean likeness with the likest of each other run; for each thing the mean share of its group
    that it is together with in the other runs."""
    sizes = np.bincount(labels)
    stability, shares = np.zeros(len(sizes)), np.zeros(len(labels))
    for other in others:
        mine, theirs, counts = overlaps(labels, other)
        alike = counts / (sizes[mine] + np.bincount(other)[theirs] - counts)
        best = np.zeros(len(sizes))
        np.maximum.at(best, mine, alike)
        stability += best / len(others)
        width = int(other.max(initial=0)) + 1
        where = np.searchsorted(mine * width + theirs, labels * width + other)
        shares += (counts[where] - 1) / np.maximum(1, sizes[labels] - 1) / len(others)
    return stability, shares


def _telling(
    profiles: Profiles, members: Iterable[str], naming: Mapping[str, int], labels: Mapping[str, str]
) -> tuple[Telling, ...]:
    """The concepts that most tell a group from all others: share inside times how many bits above the share outside."""
    own = list(members)
    inside = Counter(concept for place in own for concept in profiles.of_place[place])
    rest = len(profiles.of_place) - len(own)

    def bits(concept: str) -> float:
        share, other = inside[concept] / len(own), (naming[concept] - inside[concept] + 1) / (rest + 2)
        return share * log2(share / other)

    best = sorted(inside, key=lambda concept: (-bits(concept), concept))[:_TELLING]
    return tuple(
        Telling(concept, labels.get(concept, concept), inside[concept], naming[concept] - inside[concept])
        for concept in best
        if bits(concept) > 0
    )


def _caution(admitting: int, joined: bool) -> str:
    many = counted(admitting, "jurisdiction")
    if admitting < FEWEST:
        return f"Only {many} in this graph {'admits' if admitting == 1 else 'admit'} any weakness: with fewer than {FEWEST} no groups can be told from chance."
    if not joined:
        return f"Among the {many} that admit any weakness no likeness is beyond chance, so there are no groups."
    return (
        f"Among the {many} that admit any weakness; a place in no group is like no other beyond chance, or like several groups. "
        "Groups are alike in what their reports admit, which need not be what is so."
    )
