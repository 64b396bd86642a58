"""Likeness by chance, with and without planted groups, and how well the groups are found again."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import numpy as np

from benchmarks.country import place_of
from benchmarks.measuring import Figure
from graph.analysis.chance import FALSE
from graph.analysis.communities import rand_index
from graph.analysis.groups import NEAREST, by_chance, groups_of, validated
from graph.analysis.profiles import Feature, Profiles
from graph.analysis.surprise import Chance
from graph.naming import Place
from ontology.divisions import divisions
from ontology.namespace import division, mechanism, weakness
from ontology.vocabulary import load_vocabulary

SIZES = (
    (160, 6, 8),
    (160, 6, 12),
    (1000, 10, 12),
    (1000, 10, 30),
    (10_000, 50, 50),
)  # places, groups, and places in each
_SMALL = 1000
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
    places = {division(each.code): place_of(each) for each in islice(divisions(), many)}
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


def groups_again(sizes: Sequence[tuple[int, int, int]] = SIZES, worlds: int = 3) -> Iterator[Figure]:
    """Planted groups found again, by the number of places, of groups, and of places in each."""
    for many, number, size in sizes:
        some = worlds if many <= _SMALL else 1
        scores = np.mean([scored(planted(many, number, size, seed)) for seed in range(some)], axis=0)
        how = f"in {some} worlds" if some > 1 else "in one world"
        what = f"{number} groups of {size} among {many:,} places"
        # Among many places more are alike by chance, and a group of common weaknesses is lost among them.
        least = (0.9, 0.7, 0.8) if many <= _SMALL else (0.85, 0.5, 0.6)
        for name, score, bound in zip(("precision", "recall", "Rand index"), scores.tolist(), least, strict=True):
            yield Figure(f"{what}: {name}", score, "", bound, True, how)


def likeness_by_chance(worlds: int = 20) -> Iterator[Figure]:
    """Tests that fire at 5 % where places admit by chance: of pairs of places, and of a place's likest."""
    pairs: list[float] = []
    likest: list[float] = []
    with_any = 0
    for seed in range(worlds):
        profiles = alone(200, seed)
        places = list(profiles.of_place)
        chance = Chance(profiles, draws=50_000)
        for place in places[::10]:
            every = dict(profiles.likest(place, len(places)))
            others = [other for other in places[::7] if other != place]
            pairs += [chance.surprises(place, [(other, every.get(other, 0.0))])[0].p for other in others]
        p, _ = by_chance(profiles, [[score for _, score in own] for _, own in profiles.all_likest(NEAREST)])
        likest += p[~np.isnan(p)].tolist()
        with_any += bool(validated(profiles))
    for what, p_values in (("pairs of places", pairs), ("a place's likest", likest)):
        how = f"{len(p_values)} tests in {worlds} worlds without groups"
        yield Figure(f"{what} that fire at 5 %", float(np.mean(np.array(p_values) <= FALSE)), "", FALSE, how=how)
    yield Figure("worlds with any pair in the network of groups", with_any / worlds, "", FALSE, how=f"{worlds} worlds")
