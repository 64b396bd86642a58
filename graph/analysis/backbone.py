"""Which mechanisms go together beyond chance: a network of pairs that is not a hairball.

Made of plain sets, from whichever store they come.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.analysis.chance import FALSE, FEWEST, Floats, adjusted, tail

_CLOSE = 1e-8  # how near to the numbers that were found the expected ones come
_ROUNDS = 10_000


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mechanisms that go together: in how many places, in how many they would by chance, and how sure that is.

    `score` is by how many standard deviations there are more than by chance; `p` is adjusted for all pairs tested.
    """

    one: str
    other: str
    together: int
    expected: float
    score: float
    p: float


@dataclass(frozen=True, slots=True)
class Backbone:
    """The pairs that go together beyond chance, the most telling first, of so many that were `tested`.

    With fewer than `FEWEST` places nothing is tested, since nothing could be told.
    """

    places: int
    mechanisms: int
    tested: int
    pairs: tuple[Pair, ...]

    @property
    def too_few(self) -> bool:
        """Whether there are too few places to tell anything."""
        return self.places < FEWEST


def backbone(holders: Mapping[str, Collection[str]]) -> Backbone:
    """The mechanisms that more of the same places state than would by chance; `holders` has the places of each.

    Long reports mention everything and some mechanisms are mentioned everywhere, so that nearly all pairs share many
    places: a plain count, and also a test that takes all places for alike, gives a hairball. The null model here is
    the stochastic degree sequence model (Neal 2014, Social Networks 39, 84-97) with the probabilities of the
    bipartite configuration model, as Neal, Domagalski & Sagan 2021 (Scientific Reports 11, 23929) advise: each place
    states as many mechanisms as it does, each mechanism is stated by as many places as it is, on average, and
    nothing else is known. Over all pairs the false discovery rate is held at `FALSE` (Benjamini & Hochberg 1995), as in
    statistically validated networks (Tumminello et al. 2011, PLoS ONE 6, e17994).
    """
    names = sorted(holders)
    numbers: dict[str, int] = {}
    rows = [[numbers.setdefault(place, len(numbers)) for place in holders[name]] for name in names]
    if len(numbers) < FEWEST:
        return Backbone(len(numbers), len(names), 0, ())
    stated = np.zeros((len(numbers), len(names)), dtype=np.float32)
    for column, row in enumerate(rows):
        stated[row, column] = 1
    kept, mute = _open_to_chance(stated)
    columns = np.flatnonzero(kept)
    some = stated[np.ix_(~mute, columns)]
    one, other = np.triu_indices(len(columns), 1)
    if not len(one):
        return Backbone(len(numbers), len(names), 0, ())
    seen = (some.T @ some)[one, other].astype(np.float64)
    chance, many = _by_chance(some)
    both = chance.T[one] * chance.T[other]
    mean, variance = both @ many, (both * (1 - both)) @ many
    more = seen >= mean + 1
    p = np.ones(len(seen))
    p[more] = tail(both[more], many, seen[more])
    doubt = adjusted(p)
    everywhere = int(stated[np.ix_(mute, columns)].all(axis=1).sum())
    score = (seen - mean) / np.sqrt(variance)
    pairs = [
        Pair(
            names[columns[one[each]]],
            names[columns[other[each]]],
            int(seen[each]) + everywhere,
            float(mean[each]) + everywhere,
            float(score[each]),
            float(doubt[each]),
        )
        for each in np.flatnonzero(doubt <= FALSE)
    ]
    pairs.sort(key=lambda pair: (-pair.score, pair.one, pair.other))
    return Backbone(len(numbers), len(names), len(seen), tuple(pairs))


def _open_to_chance(stated: NDArray[np.float32]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which columns are left, and which rows say nothing of them, once what is all or none of the rest is put aside.

    A place that states everything, or a mechanism that every place states, tells nothing of any pair, and no
    probability short of 1 would give it its number.
    """
    rows, columns = np.ones(len(stated), dtype=bool), np.ones(stated.shape[1], dtype=bool)
    while True:
        part = stated[np.ix_(rows, columns)]
        across, down = part.sum(axis=1), part.sum(axis=0)
        full_rows = (across == 0) | (across == part.shape[1])
        full_columns = (down == 0) | (down == len(part))
        if not (full_rows.any() or full_columns.any()):
            return columns, ~rows
        rows[np.flatnonzero(rows)[full_rows]] = False
        columns[np.flatnonzero(columns)[full_columns]] = False


def _by_chance(stated: NDArray[np.float32]) -> tuple[Floats, Floats]:
    """How likely each kind of place states each mechanism by the null model, and how many places are of each kind.

    Places that state equally many mechanisms are alike by it, so that there are never more kinds of places than
    mechanisms, however many places there are.
    """
    whole = stated.astype(np.float64)
    degrees, counts = np.unique(whole.sum(axis=1), return_counts=True)
    many = counts.astype(np.float64)
    return _probabilities(degrees, many, whole.sum(axis=0)), many


def _probabilities(degrees: Floats, many: Floats, holders: Floats) -> Floats:
    """Kinds of places × mechanisms: how likely each states each, x·y / (1 + x·y), so that all sums come out as found.

    The fixed point of Vallarano et al. 2021 (Scientific Reports 11, 15227), for `many` places of each of the `degrees`.
    """
    whole = np.sqrt(float(holders.sum()))
    x, y = degrees / whole, holders / whole
    for _ in range(_ROUNDS):
        x = degrees / (y / (1 + np.outer(x, y))).sum(axis=1)
        y = holders / ((many * x)[:, None] / (1 + np.outer(x, y))).sum(axis=0)
        odds = np.outer(x, y)
        chance: Floats = odds / (1 + odds)
        if np.allclose(many @ chance, holders, rtol=_CLOSE) and np.allclose(chance.sum(axis=1), degrees, rtol=_CLOSE):
            break
    return chance


def shown(pairs: Collection[Pair], most: int) -> list[Pair]:
    """Of many pairs those that a picture has room for: each mechanism's best, then the most telling of the others."""
    ranked = sorted(pairs, key=lambda pair: (-pair.score, pair.one, pair.other))
    met: set[str] = set()
    first = []
    for pair in ranked:
        if not met >= {pair.one, pair.other}:
            first.append(pair)
            met |= {pair.one, pair.other}
    best = set(first)
    kept = {*[*first, *(pair for pair in ranked if pair not in best)][:most]}
    return [pair for pair in ranked if pair in kept]
