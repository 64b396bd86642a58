"""Whether those who practise a thing stand together in the tree of divisions, more than chance would have it.

Two figures. Of pairs of places of one level under one superior, in how many do both practise it (a join count: Moran
1948, Journal of the Royal Statistical Society B 10, 243-251), against how many would if the same number were drawn by
chance. And how much of the uncertainty of who practises it is known with the province, and how much more with the
prefecture and with the county (the decomposition of entropy: Theil 1972, Statistical Decomposition Analysis), beside
how much would seem to be by chance.

Chance deals those who practise it out anew, among the places of one level that have as many reports, twofold: who has
more reports has more occasion to mention a thing. The same deals are used for all things.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.special import xlogy
from scipy.stats import pearson3

from graph.analysis.chance import FEWEST
from graph.analysis.reach import Onsets, Tree

DEALS = 499
LEAST = 10  # places that practise a thing, and that do not, without which nothing is told
_COUNTED = 10  # deals that go as far, from which on a p-value is their share
_AT_ONCE = 256

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Concentration:
    """How much those who practise a thing stand together.

    `joins` pairs of peers both practise it, `expected` by chance, with the one-sided `p`: the share of deals that reach
    it and, where few do, the tail of the gamma distribution (Pearson's type III) with their mean, variance and
    skewness (Winkler et al. 2016, NeuroImage 141, 502-516). `told` are the shares of the uncertainty that go with the
    province, beyond it with the prefecture, and beyond that with the county; `by_chance` what the three would be.
    """

    joins: int
    expected: float
    p: float
    told: tuple[float, ...]
    by_chance: tuple[float, ...]


def concentrations(tree: Tree, onsets: Onsets, seed: int = 0) -> list[Concentration | None]:
    """For each thing, by its onset in each place (places × things); None where there are too few to tell.

    The same seed gives the same deals.
    """
    some = np.flatnonzero(tree.table.entries >= 0)
    holds = onsets[some] >= 0
    enough = (holds.sum(axis=0) >= LEAST) & ((~holds).sum(axis=0) >= LEAST) & (len(some) >= FEWEST)
    found: list[Concentration | None] = [None] * onsets.shape[1]
    groups = [_renumbered(each[some]) for each in (tree.levels, tree.provinces, tree.prefectures, tree.families)]
    occasions = np.log2(tree.table.reported[some].sum(axis=1)).astype(np.int64)
    if not len(some) or (np.bincount(groups[-1]) > 1).sum() < 2:
        return found
    tested = np.flatnonzero(enough)
    for start in range(0, len(tested), _AT_ONCE):
        part = tested[start : start + _AT_ONCE]
        pots = groups[0] * 64 + occasions
        for number, one in zip(part.tolist(), _tested(holds[:, part], groups, pots, seed), strict=True):
            found[number] = one
    return found


def _tested(holds: npt.NDArray[np.bool_], groups: Sequence[Integers], pots: Integers, seed: int) -> list[Concentration]:
    chance = np.random.default_rng(seed)
    by_pot = np.argsort(pots, kind="stable")
    edges = np.flatnonzero(np.diff(pots[by_pot])) + 1
    count = _Counting(groups)
    held = holds.astype(np.float32)
    joins, parts = count(held, np.arange(len(pots)))
    drawn = np.empty((DEALS, len(joins)))
    told = np.zeros_like(parts)
    for deal in range(DEALS):
        dealt = np.empty_like(by_pot)
        dealt[by_pot] = np.concatenate([chance.permutation(pot) for pot in np.split(by_pot, edges)])
        drawn[deal], more = count(held, dealt)
        told += more / DEALS
    return [
        Concentration(
            int(joins[thing]),
            float(drawn[:, thing].mean()),
            _p(float(joins[thing]), drawn[:, thing]),
            tuple(parts[:, thing].tolist()),
            tuple(told[:, thing].tolist()),
        )
        for thing in range(len(joins))
    ]


class _Counting:
    """What is counted of those who practise things, when each place's neighbours are those of another."""

    def __init__(self, groups: Sequence[Integers]) -> None:
        level, province, prefecture, family = groups
        self._family = family
        self._sizes = np.bincount(family).astype(np.float64)
        first = np.unique(family, return_index=True)[1]
        # The families in each of the coarser groups: their counts are sums.
        self._coarser = [_members(each[first]) for each in (level, province, prefecture)]

    def __call__(self, held: npt.NDArray[np.float32], dealt: Integers) -> tuple[Floats, Floats]:
        """Joins, and the three shares of the uncertainty, things in columns."""
        many = (_members(self._family, dealt) @ held).astype(np.float64)
        joins = (many * (many - 1) / 2).sum(axis=0)
        left = [_uncertainty(each @ many, each @ self._sizes) for each in self._coarser] + [
            _uncertainty(many, self._sizes)
        ]
        return joins, np.array([one - other for one, other in zip(left, left[1:], strict=False)]) / np.maximum(
            left[0], 1e-12
        )


def _members(groups: Integers, dealt: Integers | None = None) -> csr_array:
    """Groups × members, 1 where one is in the other; `dealt` says who stands in whose place."""
    order = np.argsort(groups, kind="stable")
    starts = np.append(0, np.bincount(groups).cumsum())
    columns = order if dealt is None else dealt[order]
    return csr_array((np.ones(len(groups), np.float32), columns, starts), shape=(len(starts) - 1, len(groups)))


def _uncertainty(many: Floats, sizes: Floats) -> Floats:
    """The entropy of who practises a thing, by what group a place is in, times the number of places."""
    size = sizes[:, None]
    found: Floats = (xlogy(size, size) - xlogy(many, many) - xlogy(size - many, size - many)).sum(axis=0)
    return found


def _p(seen: float, drawn: Floats) -> float:
    reached = int((drawn >= seen).sum())
    spread = float(drawn.std())
    if reached >= _COUNTED or not spread:
        return (reached + 1) / (len(drawn) + 1)
    skew = float(((drawn - drawn.mean()) ** 3).mean()) / spread**3
    return float(pearson3.sf((seen - drawn.mean()) / spread, skew))


def _renumbered(groups: Integers) -> Integers:
    found: Integers = np.unique(groups, return_inverse=True)[1]
    return found
