"""How strongly each place's reports speak of each concept as a shortcoming, and which places are alike in that.

A profile says how strongly a place's reports speak of each concept: 1 for a weakness that it admits, less for one
that it gives as a cause, less again for a mechanism that a shortcoming concerns, each times the confidence of the
finding; weakness:other says nothing and does not count. A concept weighs its information content in bits: with `n` of
`N` places naming it, -log2((n+1)/(N+2)), so what everybody admits weighs little, and in a small collection nothing
weighs much. Likeness is the weighted share that two profiles have in common (Ružička 1958): 1 for the same profile, 0
for nothing shared.

What two places have in common in a concept is the smaller of two strengths, and there are few strengths: as steps,
each with what it adds to the one below, the smaller of two is the sum of the steps that both have reached. So all that
one place has in common with all others is one product of a matrix of steps, which is how all pairs are found.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, islice
from math import log2
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from graph.store import Queryable
from ontology.namespace import expand

# How much a cause and a concerned mechanism count beside an admitted weakness.
STRENGTH = {"weakness": 1.0, "cause": 0.5, "mechanism": 0.25}
# What fits no category: two places that have it may have nothing in common.
OTHER = expand("weakness:other")

_FEATURES = """
SELECT ?place ?role ?concept (MAX(?sure) AS ?confidence) WHERE {
    ?deficiency a zl:Deficiency ; zl:statedIn/zl:jurisdiction ?place .
    OPTIONAL { ?deficiency zl:confidence ?doubt }
    BIND (COALESCE(?doubt, 1.0) AS ?sure)
    { ?deficiency zl:fallsUnder ?concept . BIND ("weakness" AS ?role) }
    UNION { ?deficiency zl:cause/zl:fallsUnder ?concept . BIND ("cause" AS ?role) }
    UNION { ?deficiency zl:concerns ?concept . BIND ("mechanism" AS ?role) }
}
GROUP BY ?place ?role ?concept"""

# Places at a time of which all pairs are looked at, so that those of 41,352 take some tens of megabytes.
_ROWS = 256
_RUN = 32
_ERROR = 1e-5  # of a sum of hundreds of steps in 32 bits
_NEAR = 1e-3  # bits: what is so close is looked at once more
# Scores that differ by less are one score, whatever the order in which they were summed.
_DIGITS = 12

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Profile = Mapping[str, float]


class Feature(NamedTuple):
    """That a place's reports speak of a concept, in which role (a key of STRENGTH), and how sure that is (0 to 1)."""

    place: str
    role: str
    concept: str
    confidence: float


class Profiles:
    """The profile of each place that admits anything, and what they weigh.

    `of_place` gives each place's profile, `roles` for (place, concept) the role in which the concept is strongest,
    `weights` the bits of each concept among these places.
    """

    def __init__(self, features: Iterable[Feature], confidence: float = 0.0) -> None:
        profiles: defaultdict[str, dict[str, float]] = defaultdict(dict)
        self.roles: dict[tuple[str, str], str] = {}
        for place, role, concept, sure in features:
            strength = STRENGTH[role] * sure
            if concept != OTHER and sure >= confidence and strength > profiles[place].get(concept, 0.0):
                profiles[place][concept], self.roles[place, concept] = strength, role
        self.of_place: dict[str, Profile] = {place: profiles[place] for place in sorted(profiles) if profiles[place]}
        self.weights = information(self.of_place)
        self._places = tuple(self.of_place)
        self._numbers = {place: number for number, place in enumerate(self._places)}
        self._steps = _steps(self.of_place, self.weights)

    def likest(self, place: str, limit: int, among: Collection[str] | None = None) -> list[tuple[str, float]]:
        """The places most like one, with how alike they are; of those `among` which it is to be found, or of all.

        At most `limit` that have anything in common with it, those of one likeness by IRI.
        """
        if place not in self._numbers:
            return []
        mine, steps = self._numbers[place], self._steps
        reached = np.zeros(len(steps.gains))
        own = steps.columns[steps.starts[mine] : steps.starts[mine + 1]]
        reached[own] = steps.gains[own]
        common = np.add.reduceat(reached[steps.columns], steps.starts[:-1])
        left = [number for each, number in self._numbers.items() if among is None or each in among]
        return self._best(mine, np.array(left, np.int64), common[left], limit)

    def all_likest(self, limit: int) -> Iterator[tuple[str, list[tuple[str, float]]]]:
        """For each place those most like it of all, as `likest` gives them."""
        places, steps = self._places, self._steps
        reached = self._reached()
        gains, totals = steps.gains.astype(np.float32), steps.totals.astype(np.float32)
        for first in range(0, len(places), _ROWS):
            rows = np.arange(first, min(first + _ROWS, len(places)))
            scores = (reached[rows] * gains) @ reached.T
            scores /= totals[rows, None] + totals - scores
            for mine, roughly in zip(rows.tolist(), scores, strict=True):
                near = _highest(roughly, limit + 1)  # of which it is one itself
                yield places[mine], self._best(mine, near, reached[near] @ (reached[mine] * steps.gains), limit)

    def rivals(self, drawn: "Profiles", scores: Floats) -> Integers:
        """How many of other profiles, weighed as these are, are so like each place: the places in order × its `scores`.

        Each place's scores fall; what is less than its last need not be looked at.
        """
        steps, found = self._steps, np.zeros(scores.shape, np.int64)
        theirs, totals = self._weighed(drawn)
        reached = self._reached()
        for first in range(0, len(reached), _ROWS):
            rows = slice(first, first + _ROWS)
            # As like as a score s is who has in common s / (1 + s) of what both weigh together.
            part = scores[rows, -1] / (1 + scores[rows, -1])
            own = part * steps.totals[rows]
            more = np.hstack([reached[rows] * steps.gains, -part[:, None]]).astype(np.float32) @ theirs.T
            row, other = np.nonzero(more >= (own - _NEAR)[:, None])
            common = more[row, other] + part[row] * totals[other]
            likeness = common / (steps.totals[rows][row] + totals[other] - common)
            for rank, least in enumerate(scores[rows].T):
                found[rows, rank] = np.bincount(row[likeness >= least[row] - _ERROR], minlength=len(own))
        return found

    def _reached(self) -> npt.NDArray[np.float32]:
        steps = self._steps
        found = np.zeros((len(self._places), len(steps.gains)), np.float32)
        found[np.repeat(np.arange(len(found)), np.diff(steps.starts)), steps.columns] = 1
        return found

    def _weighed(self, drawn: "Profiles") -> tuple[npt.NDArray[np.float32], Floats]:
        """How much of each of these places' steps other profiles have reached, then what they weigh, once more by itself."""
        own: defaultdict[str, list[tuple[int, float, float]]] = defaultdict(list)
        for concept, step, below, strength in self._steps.bounds:
            own[concept].append((step, below, strength))
        rows, columns, shares = [], [], []
        for row, profile in enumerate(drawn.of_place.values()):
            for concept, strength in profile.items():
                for step, below, top in own[concept]:
                    if strength > below:
                        rows.append(row)
                        columns.append(step)
                        shares.append(min(1.0, (strength - below) / (top - below)))
        totals = np.array(
            [sum(self.weights[each] * strength for each, strength in one.items()) for one in drawn.of_place.values()]
        )
        found = np.zeros((len(totals), len(self._steps.gains) + 1), np.float32)
        found[rows, columns] = shares
        found[:, -1] = totals
        return found, totals

    def _best(self, mine: int, others: Integers, common: Floats, limit: int) -> list[tuple[str, float]]:
        """Of some others those most like one, by what they have in common with it."""
        totals = self._steps.totals
        scores = np.round(common / (totals[mine] + totals[others] - common), _DIGITS)
        best = np.lexsort((others, -scores))
        found = ((int(others[each]), float(scores[each])) for each in best[: limit + 1] if others[each] != mine)
        return [(self._places[other], score) for other, score in islice(found, limit) if score]


def _highest(scores: npt.NDArray[np.float32], number: int) -> Integers:
    """Where the highest scores are, as many as asked for and all that are as high within the error of their type."""
    # No less than the best of so many runs can be among the highest, nor need all be sorted to know these.
    runs = np.maximum.reduceat(scores, np.arange(0, len(scores), _RUN))
    least = np.partition(runs, -number)[-number] if number < len(runs) else 0.0
    return np.flatnonzero(scores >= least - _ERROR)


class _Steps(NamedTuple):
    """The steps that each place has reached: `columns` from one of `starts` to the next; what each step adds in bits,
    and what each place's whole profile weighs; of each step the concept, its number, and between which strengths it is."""

    starts: Integers
    columns: Integers
    gains: Floats
    totals: Floats
    bounds: list[tuple[str, int, float, float]]


def _steps(profiles: Mapping[str, Profile], weights: Mapping[str, float]) -> _Steps:
    levels: defaultdict[str, set[float]] = defaultdict(set)
    for profile in profiles.values():
        for concept, strength in profile.items():
            levels[concept].add(strength)
    reached: dict[tuple[str, float], list[int]] = {}
    gains: list[float] = []
    bounds = []
    for concept, strengths in sorted(levels.items()):
        first, below = len(gains), 0.0
        for strength in sorted(strengths):
            bounds.append((concept, len(gains), below, strength))
            gains.append((strength - below) * weights[concept])
            reached[concept, strength] = list(range(first, len(gains)))
            below = strength
    rows = [[step for feature in profile.items() for step in reached[feature]] for profile in profiles.values()]
    starts = np.cumsum([0, *map(len, rows)])
    columns = np.fromiter(chain.from_iterable(rows), np.int64, int(starts[-1]))
    totals = np.add.reduceat(np.array([*gains, 0.0])[columns], starts[:-1]) if rows else np.empty(0)
    return _Steps(starts, columns, np.array(gains), totals, bounds)


def read_profiles(store: Queryable, confidence: float = 0.0) -> Profiles:
    """The profiles of a store's places, without findings of less confidence than `confidence` (0 to 1)."""
    rows = store.select(_FEATURES)
    features = (Feature(row["place"], row["role"], row["concept"], float(row["confidence"])) for row in rows)
    return Profiles(features, confidence)


def information(profiles: Mapping[str, Profile]) -> dict[str, float]:
    """The information content of each concept in bits, over the places that admit anything."""
    places = Counter(concept for profile in profiles.values() for concept in profile)
    return {concept: -log2((number + 1) / (len(profiles) + 2)) for concept, number in places.items()}
