"""How unusual a likeness is: against profiles drawn by chance that keep each place's number of concepts, and each concept's.

The null model: each place names as many weaknesses and as many mechanisms as it does, as strongly, and each concept is
named by as many places as it is, on average; which place names which is chance. Within a place that is conditional
Bernoulli sampling, drawn exactly and without rejections (Chen, Dempster & Liu 1994, Biometrika 81, 457-469); the odds
of the concepts are fitted so that their expected numbers of places come out as found. It is the stochastic degree
sequence model (Neal 2014, Social Networks 39, 84-97) with the numbers of the places held exactly, as curveball does.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from graph.analysis.chance import FEWEST
from graph.analysis.profiles import Feature, Profiles
from ontology.namespace import PREFIXES

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

DRAWS = 200_000  # of profiles by chance that stand for all other places
_FEWEST_DRAWS = 199  # for places of one size
_ROUNDS = 200
_CLOSE = 1e-6
_CHUNK = 20_000  # draws, whose arrays are small enough for memory that is at hand


@dataclass(frozen=True, slots=True)
class Surprise:
    """How unusual a likeness is.

    `p`: how likely another place of the same size is as like by chance; `expected`: how many of all that were compared
    would be as like or more; `fdr`: of the places down to this one in the list, the share that chance alone would give.
    """

    p: float
    expected: float
    fdr: float


class _Drawn(NamedTuple):
    """Some draws: their concepts and strengths one after the other; where each starts, the number of its size, its weight."""

    concepts: Integers
    strengths: Floats
    starts: Integers
    sizes: Integers
    totals: Floats


class Chance:
    """Profiles drawn by chance for the places of some profiles; the same profiles give the same draws."""

    def __init__(self, profiles: Profiles, seed: int = 0, draws: int = DRAWS) -> None:
        self._profiles, self._seed, self._many = profiles, seed, draws
        # Weaknesses first, so that each place's stand first among what it names.
        self._at = {
            concept: at for at, concept in enumerate(sorted(profiles.weights, key=lambda each: (_kind(each), each)))
        }
        self._weights = np.array([profiles.weights[concept] for concept in self._at])
        self._places = list(profiles.of_place)
        self._numbers = {place: number for number, place in enumerate(self._places)}
        own = [
            sorted((_kind(concept), strength) for concept, strength in profile.items())
            for profile in profiles.of_place.values()
        ]
        self._strengths = np.array([strength for each in own for _, strength in each])
        self._counts = np.array([[sum(kind == of for kind, _ in each) for of in (0, 1)] for each in own]).reshape(-1, 2)
        self._starts = np.cumsum([0, *map(len, own)])[:-1]
        self._sizes, self._size_of = np.unique(self._counts, axis=0, return_inverse=True)
        self._size_of = self._size_of.ravel()

    @property
    def too_few(self) -> bool:
        """Whether there are too few places to tell anything from chance."""
        return len(self._places) < FEWEST

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
        sizes = np.concatenate([each.sizes for each in self.draws])
        scores = np.concatenate([self._scores(mine, each) for each in self.draws])
        compared = self._places if among is None else [other for other in among if other in self._numbers]
        others = [self._numbers[other] for other in compared if other != place]
        many = np.bincount(self._size_of[others], minlength=len(self._sizes))
        drawn = np.bincount(sizes, minlength=len(self._sizes))
        share = many / drawn
        found = []
        for rank, (other, score) in enumerate(likest, 1):
            hits = np.bincount(sizes[scores >= score - _CLOSE], minlength=len(self._sizes))
            at = self._size_of[self._numbers[other]]
            expected = float(share @ hits + share.max())
            found.append(Surprise(float((hits[at] + 1) / (drawn[at] + 1)), expected, min(1.0, expected / rank)))
        lowest = np.minimum.accumulate([each.fdr for each in found][::-1])[::-1].tolist()
        return [Surprise(each.p, each.expected, fdr) for each, fdr in zip(found, lowest, strict=True)]

    def replicates(self, number: int) -> Iterator[Profiles]:
        """So many collections of the same places with profiles by chance."""
        names = list(self._at)
        for each in range(number):
            concepts, strengths, starts = self._draw(
                np.arange(len(self._places)), np.random.default_rng((self._seed, 1, each))
            )
            rows = np.repeat(np.arange(len(starts)), self._counts.sum(axis=1))
            said = zip(rows.tolist(), concepts.tolist(), strengths.tolist(), strict=True)
            yield Profiles(Feature(self._places[row], "weakness", names[at], strength) for row, at, strength in said)

    def _scores(self, mine: Floats, drawn: _Drawn) -> Floats:
        """How like each draw is to a profile, its strengths by concept."""
        least = np.minimum(mine[drawn.concepts], drawn.strengths)
        common = np.add.reduceat(self._weights[drawn.concepts] * least, drawn.starts)
        found: Floats = common / (drawn.totals + float(mine @ self._weights) - common)
        return found

    @cached_property
    def draws(self) -> list[_Drawn]:
        """Profiles by chance in pieces, those of one size one after the other."""
        random = np.random.default_rng((self._seed, 0))
        who = []
        for size in range(len(self._sizes)):
            members = np.flatnonzero(self._size_of == size)
            many = max(_FEWEST_DRAWS, -(-self._many * len(members) // len(self._places)))
            who.append(random.choice(members, many))
        found = np.concatenate(who)
        parts = []
        for first in range(0, len(found), _CHUNK):
            part = found[first : first + _CHUNK]
            concepts, strengths, starts = self._draw(part, random)
            totals = np.add.reduceat(self._weights[concepts] * strengths, starts)
            parts.append(_Drawn(concepts, strengths, starts, self._size_of[part], totals))
        return parts

    def _draw(self, who: Integers, random: np.random.Generator) -> tuple[Integers, Floats, Integers]:
        """For places like those of these numbers: their concepts, weaknesses first, how strongly, and where each starts."""
        counts = self._counts[who]
        named = np.concatenate([_conditional(self._chances[kind], counts[:, kind], random) for kind in (0, 1)], axis=1)
        concepts = np.nonzero(named)[1]
        lengths = counts.sum(axis=1)
        starts = np.cumsum([0, *lengths[:-1]])
        strengths = self._strengths[np.repeat(self._starts[who] - starts, lengths) + np.arange(len(concepts))]
        # Which of a place's weaknesses, or mechanisms, is how strong is chance, too.
        parts = np.repeat(np.arange(2 * len(who)), counts.ravel())
        return concepts, strengths[np.lexsort((random.random(len(parts)), parts))], starts

    @cached_property
    def _chances(self) -> tuple[Floats, Floats]:
        """For each kind: how likely each concept in turn is named, by how many are left to name (items × left)."""
        numbers = np.zeros(len(self._at))
        for profile in self._profiles.of_place.values():
            for concept in profile:
                numbers[self._at[concept]] += 1
        weaknesses = sum(_kind(concept) == 0 for concept in self._at)
        return (
            _fitted(numbers[:weaknesses], self._counts[:, 0]),
            _fitted(numbers[weaknesses:], self._counts[:, 1]),
        )


def _kind(concept: str) -> int:
    return 0 if concept.startswith(PREFIXES["weakness"]) else 1


def _conditional(chances: Floats, sizes: Integers, random: np.random.Generator) -> npt.NDArray[np.bool_]:
    """For each size a draw of so many items (draws × items): each in turn is drawn or not, by how many are left to draw."""
    found = np.zeros((len(sizes), len(chances)), np.bool_)
    left = sizes.copy()
    for item, chance in enumerate(chances):
        found[:, item] = random.random(len(sizes)) < chance[left]
        left -= found[:, item]
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
