"""How unusual a likeness is: against profiles drawn by chance that keep each place's number of concepts, and each concept's.

The null model: each place names as many weaknesses and as many mechanisms as it does, as strongly, and each concept is
named by as many places as it is, on average; which place names which is chance. Within a place that is conditional
Bernoulli sampling, drawn exactly and without rejections (Chen, Dempster & Liu 1994, Biometrika 81, 457-469); the odds
of the concepts are fitted so that their expected numbers of places come out as found. It is the stochastic degree
sequence model (Neal 2014, Social Networks 39, 84-97) with the numbers of the places held exactly, as curveball does.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from graph.analysis.chance import FEWEST
from graph.analysis.profiles import Feature, Profile, Profiles
from ontology.namespace import PREFIXES

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

DRAWS = 200_000  # of profiles by chance that stand for all other places
_FEWEST_DRAWS = 199  # for places of one size
_ROUNDS = 200
_CLOSE = 1e-6
_CHUNK = 20_000

_Size = tuple[int, int]  # how many weaknesses and how many mechanisms a profile names


@dataclass(frozen=True, slots=True)
class Surprise:
    """How unusual a likeness is.

    `p`: how likely another place of the same size is as like by chance; `expected`: how many of all that were compared
    would be as like or more; `fdr`: of the places down to this one in the list, the share that chance alone would give.
    """

    p: float
    expected: float
    fdr: float


class Chance:
    """Profiles drawn by chance for the places of some profiles; the same profiles give the same draws."""

    def __init__(self, profiles: Profiles, seed: int = 0, draws: int = DRAWS) -> None:
        self._profiles, self._seed, self._many = profiles, seed, draws
        self._concepts: tuple[list[str], list[str]] = ([], [])
        for concept in sorted(profiles.weights):
            self._concepts[_kind(concept)].append(concept)
        self._at = {concept: at for at, concept in enumerate(self._concepts[0] + self._concepts[1])}
        self._weights = np.array([profiles.weights[concept] for concept in self._at])
        self._strengths: dict[str, tuple[Floats, Floats]] = {}
        self._members: defaultdict[_Size, list[str]] = defaultdict(list)
        for place, profile in profiles.of_place.items():
            own = [[strength for concept, strength in profile.items() if _kind(concept) == kind] for kind in (0, 1)]
            self._strengths[place] = np.array(own[0]), np.array(own[1])
            self._members[len(own[0]), len(own[1])].append(place)

    @property
    def too_few(self) -> bool:
        """Whether there are too few places to tell anything from chance."""
        return len(self._strengths) < FEWEST

    def surprises(
        self, place: str, likest: Sequence[tuple[str, float]], among: Collection[str] | None = None
    ) -> list[Surprise]:
        """How unusual the likenesses of a place are, which stand in the order of their scores; empty with too few places.

        `among` are all places that were compared, or all. The rates of false findings are those of all of them, of which
        the list shows the best: the number that chance would give down to a score, by the number that is there (the
        plug-in rate of Storey & Tibshirani 2003, PNAS 100, 9440-9445).
        """
        if self.too_few or not likest:
            return []
        mine = np.zeros(len(self._at))
        for concept, strength in self._profiles.of_place[place].items():
            mine[self._at[concept]] = strength
        concepts, strengths, starts, sizes, order = self.draws
        bits = self._weights[concepts]
        common = np.add.reduceat(bits * np.minimum(mine[concepts], strengths), starts)
        totals = np.add.reduceat(bits * strengths, starts)
        scores = common / (totals + float(mine @ self._weights) - common)
        many = self._counts(order, among, place)
        drawn = np.bincount(sizes, minlength=len(order)).astype(np.float64)
        share = np.divide(many, drawn)
        found = []
        for rank, (other, score) in enumerate(likest, 1):
            hits = np.bincount(sizes[scores >= score - _CLOSE], minlength=len(order))
            at = order[self._size(other)]
            expected = float(share @ hits + share.max())
            found.append(Surprise(float((hits[at] + 1) / (drawn[at] + 1)), expected, min(1.0, expected / rank)))
        lowest = np.minimum.accumulate([each.fdr for each in found][::-1])[::-1].tolist()
        return [Surprise(each.p, each.expected, fdr) for each, fdr in zip(found, lowest, strict=True)]

    def replicates(self, number: int) -> Iterator[Profiles]:
        """So many collections of the same places with profiles by chance."""
        for each in range(number):
            random = np.random.default_rng((self._seed, 1, each))
            yield Profiles(
                Feature(place, "weakness", concept, strength)
                for place, profile in self._replicate(random)
                for concept, strength in profile.items()
            )

    def _replicate(self, random: np.random.Generator) -> Iterator[tuple[str, Profile]]:
        names = list(self._at)
        for size, members in self._members.items():
            for place, own in zip(members, self._draw(size, len(members), random), strict=True):
                strengths = np.concatenate([random.permutation(each) for each in self._strengths[place]])
                yield place, {names[at]: float(each) for at, each in zip(own, strengths, strict=True)}

    def _size(self, place: str) -> _Size:
        weaknesses, mechanisms = self._strengths[place]
        return len(weaknesses), len(mechanisms)

    def _counts(self, order: Mapping[_Size, int], among: Collection[str] | None, place: str) -> Floats:
        """How many of the other places that were compared have each size."""
        counts = np.zeros(len(order))
        for size, members in self._members.items():
            some = len(members) if among is None else sum(each in among for each in members)
            counts[order[size]] = some - (place in members and (among is None or place in among))
        return counts

    @cached_property
    def draws(self) -> tuple[Integers, Floats, Integers, Integers, dict[_Size, int]]:
        """Concepts and strengths of all draws, where each draw starts, the number of its size, and the sizes' numbers."""
        random = np.random.default_rng((self._seed, 0))
        order = {size: number for number, size in enumerate(sorted(self._members))}
        concepts, strengths, lengths, sizes = [], [], [], []
        for size, number in order.items():
            members = self._members[size]
            many = max(_FEWEST_DRAWS, -(-self._many * len(members) // len(self._strengths)))
            of = [self._strengths[members[at]] for at in random.integers(len(members), size=many)]
            concepts.append(self._draw(size, many, random).ravel())
            both = [np.array([each[kind] for each in of]).reshape(many, size[kind]) for kind in (0, 1)]
            strengths.append(np.concatenate([random.permuted(each, axis=1) for each in both], axis=1).ravel())
            lengths.append(np.full(many, sum(size)))
            sizes.append(np.full(many, number))
        starts = np.concatenate([[0], np.cumsum(np.concatenate(lengths))[:-1]])
        return np.concatenate(concepts), np.concatenate(strengths), starts, np.concatenate(sizes), order

    def _draw(self, size: _Size, many: int, random: np.random.Generator) -> Integers:
        """The concepts of so many profiles of a size, a row each, weaknesses first."""
        parts = [
            _conditional(self._chances[kind], size[kind], many, random) + kind * len(self._concepts[0])
            for kind in (0, 1)
        ]
        return np.concatenate(parts, axis=1)

    @cached_property
    def _chances(self) -> tuple[Floats, Floats]:
        """For each kind: how likely each concept in turn is named, by how many are left to name (items × left)."""
        found = []
        for kind in (0, 1):
            numbers = np.zeros(len(self._concepts[kind]))
            first = kind * len(self._concepts[0])
            for profile in self._profiles.of_place.values():
                for concept in profile:
                    if _kind(concept) == kind:
                        numbers[self._at[concept] - first] += 1
            sizes = np.array([len(each[kind]) for each in self._strengths.values()])
            found.append(_fitted(numbers, sizes))
        return found[0], found[1]


def _kind(concept: str) -> int:
    return 0 if concept.startswith(PREFIXES["weakness"]) else 1


def _conditional(chances: Floats, size: int, many: int, random: np.random.Generator) -> Integers:
    """So many draws of `size` items each, in order: each item in turn is drawn or not, by how many are left to draw."""
    found = np.empty((many, size), np.int64)
    for first in range(0, many, _CHUNK):
        rows = np.arange(first, min(many, first + _CHUNK))
        left = np.full(len(rows), size)
        for item, chance in enumerate(chances):
            took = random.random(len(rows)) < chance[left]
            found[rows[took], size - left[took]] = item
            left[took] -= 1
    return found


def _fitted(numbers: Floats, sizes: Integers) -> Floats:
    """The chances of items in turn such that each is drawn as often as `numbers` say, over draws of these `sizes`."""
    most = int(sizes.max(initial=0))
    many = np.bincount(sizes, minlength=most + 1).astype(np.float64)
    odds = numbers / numbers.mean() if len(numbers) else numbers
    chances = _chances(odds, most)
    for _ in range(_ROUNDS):
        expected = _expected(chances, many)
        if np.allclose(expected, numbers, rtol=_CLOSE):
            break
        odds = odds * numbers / expected
        odds /= np.exp(np.log(odds).mean())
        chances = _chances(odds, most)
    return chances


def _chances(odds: Floats, most: int) -> Floats:
    """For each item and each number left to draw of it and those behind it: how likely it is drawn.

    By the elementary symmetric functions of the odds of the items behind (Chen, Dempster & Liu 1994, section 2).
    """
    behind = np.zeros(most + 1)
    behind[0] = 1.0
    found = np.zeros((len(odds), most + 1))
    for item in range(len(odds) - 1, -1, -1):
        with_it = np.concatenate([[0.0], odds[item] * behind[:-1]])
        whole = behind + with_it
        np.divide(with_it, whole, out=found[item], where=whole > 0)
        behind = whole
    return found


def _expected(chances: Floats, many: Floats) -> Floats:
    """How often each item is drawn in all, `many` draws of each number of items."""
    left = many.copy()  # draws by how many they have left to draw
    found = np.empty(len(chances))
    for item, chance in enumerate(chances):
        took = left * chance
        found[item] = took.sum()
        left = left - took + np.append(took[1:], 0.0)
    return found
