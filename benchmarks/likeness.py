"""Likeness by chance, with and without planted groups, and how well the groups are found again.

`python -m benchmarks.likeness` measures it, and how long it takes at as many places as the country has townships.
"""

import sys
import time
from collections.abc import Mapping
from itertools import islice
from resource import RUSAGE_SELF, getrusage

import numpy as np

from graph.analysis.groups import groups_of, rand_index
from graph.analysis.profiles import Feature, Profiles
from graph.analysis.surprise import Chance
from graph.naming import Place
from ontology.divisions import divisions
from ontology.namespace import division, mechanism, weakness
from ontology.vocabulary import load_vocabulary

PLACES = 41_352
_SHARED = 4  # weaknesses that a planted group shares
_KEPT = 0.85  # of which each member admits so many

Planted = tuple[Profiles, dict[str, Place], dict[str, int]]


def alone(many: int, seed: int) -> Profiles:
    """So many places that admit by chance: one to six weaknesses or causes, common ones more often, up to five mechanisms."""
    random = np.random.default_rng((seed, many))
    vocabulary = load_vocabulary()
    kinds = [
        [weakness(name) for name in vocabulary.weaknesses if name != "other"],
        list(map(mechanism, vocabulary.mechanisms)),
    ]
    chances = [np.linspace(3, 0.1, len(some)) ** 1.5 for some in kinds]
    found = []
    for place in islice(divisions(), many):
        for kind, (some, chance) in enumerate(zip(kinds, chances, strict=True)):
            number = int(random.integers(1 - kind, 7 - kind))
            for at in random.choice(len(some), number, replace=False, p=chance / chance.sum()):
                role = "mechanism" if kind else "weakness" if random.random() < 0.6 else "cause"
                found.append(Feature(division(place.code), role, some[at], float(random.choice([0.7, 1, 1, 1]))))
    return Profiles(found)


def planted(many: int, number: int, size: int, seed: int) -> Planted:
    """The same with so many groups of a size whose places share four weaknesses, their places, and each one's group."""
    random = np.random.default_rng((seed, many, number))
    weaknesses = [weakness(name) for name in load_vocabulary().weaknesses if name != "other"]
    shared = [random.choice(len(weaknesses), _SHARED, replace=False) for _ in range(number)]
    base = alone(many, seed)
    members = random.permutation(sorted(base.of_place))[: number * size].tolist()
    truth = {place: at // size for at, place in enumerate(members)}
    found = []
    for place, profile in base.of_place.items():
        if place in truth:
            own = [at for at in shared[truth[place]] if random.random() < _KEPT] + [
                int(random.integers(len(weaknesses)))
            ]
            found += [Feature(place, "weakness", weaknesses[at], 1.0) for at in own]
        else:
            found += [Feature(place, "weakness", concept, strength) for concept, strength in profile.items()]
    places = {
        division(each.code): Place(division(each.code), each.code, each.level, each.path)
        for each in islice(divisions(), many)
    }
    return Profiles(found), places, truth


def scored(world: Planted) -> tuple[float, float, float]:
    """Of the groups found: the share of their places that are in a planted one, the share of planted places that are in
    a group, and the adjusted Rand index over those in both."""
    profiles, places, truth = world
    result = groups_of(profiles, places, {})
    found = {member.place.iri: number for number, group in enumerate(result.groups) for member in group.members}
    return score(found, truth)


def score(found: Mapping[str, int], truth: Mapping[str, int]) -> tuple[float, float, float]:
    """Precision, recall and adjusted Rand index of places' groups."""
    both = sorted(found.keys() & truth.keys())
    if not both:
        return 0.0, 0.0, 0.0
    rand = rand_index(np.array([found[place] for place in both]), np.array([truth[place] for place in both]))
    return len(both) / len(found), len(both) / len(truth), rand


def main() -> int:
    """Measures recovery at several sizes, calibration, and the time at full size."""
    for many, number, size in ((160, 6, 8), (160, 6, 12), (1000, 10, 12), (1000, 10, 30)):
        scores = np.mean([scored(planted(many, number, size, seed)) for seed in range(5)], axis=0)
        print(
            f"{many} places, {number} groups of {size}: precision {scores[0]:.2f}, recall {scores[1]:.2f}, Rand {scores[2]:.2f}"
        )
    p = []
    for seed in range(20):
        profiles = alone(200, seed)
        chance = Chance(profiles, draws=50_000)
        for place in list(profiles.of_place)[::10]:
            every = dict(profiles.likest(place, len(profiles.of_place)))
            others = [other for other in list(profiles.of_place)[::7] if other != place]
            p += [chance.surprises(place, [(other, every.get(other, 0.0))])[0].p for other in others]
    print(f"by chance alone {np.mean(np.array(p) <= 0.05):.3f} of {len(p)} p-values are at 0.05 or below")
    profiles, places, truth = planted(PLACES, 200, 50, 1)
    start = time.perf_counter()
    result = groups_of(profiles, places, {})
    seconds, memory = time.perf_counter() - start, getrusage(RUSAGE_SELF).ru_maxrss / 1e6
    found = {member.place.iri: number for number, group in enumerate(result.groups) for member in group.members}
    print(f"{PLACES} places, 200 groups of 50: {seconds:.0f} s, {memory:.1f} GB, scores {score(found, truth)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
