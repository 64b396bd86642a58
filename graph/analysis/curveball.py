"""Chance tables for who took up what when: they keep each place's pace and each mechanism's years, and nothing else.

Places trade (the curveball of Strona et al. 2014, Nature Communications 5, 4114, here all pairs of a round at once,
as Carstens, Berger & Strona 2016, arXiv:1609.05137, let them). Of what only one of two places has, what
both have taken up in the same year is shuffled between them. So in every table

- each place takes up as many mechanisms in each year as it really did, and
- each mechanism is taken up by as many places in each year as it really was;

which of them, is chance. A place that is early in everything, or begins to report early, and a mechanism that all take
up in one year therefore make nobody look like anybody's follower. A null that kept only the totals of places and
mechanisms, with the years moving along, would. First mentions in a place's first report, of which the true year is
not known, are traded only among each other.

With strata, places trade only within their own (their province, their level or both): what a province has in common
beyond its neighbours, or a level, is then kept as well, and only the order inside it is chance.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Slots = npt.NDArray[np.int8]

_ROUNDS = 3  # in each of which every place trades with another, between two tables


def chance_tables(slots: Slots, strata: Integers, samples: int, seed: int = 0) -> Iterator[Slots]:
    """So many tables (places × mechanisms) drawn by chance, always the same for a seed.

    `slots` are 0 where a place has not taken up a mechanism, and else what must be kept: a number for each year. Only
    places of equal `strata` trade. The real table stands at a random place of one chain of trades, from which the
    tables are walked to on either side (Besag & Clifford 1989, Biometrika 76, 633-642, the serial method): since a
    trade is as likely as its reverse, the real table is then exchangeable with the others if chance is all there is,
    and the share of tables that go as far is a p-value even where the chain has not mixed.
    """
    random = np.random.default_rng(seed)
    behind = int(random.integers(samples + 1))
    for steps in (behind, samples - behind):
        table = slots.copy()
        for _ in range(steps):
            for _ in range(_ROUNDS):
                _trade(table, strata, random)
            yield table.copy()


def _trade(table: Slots, strata: Integers, random: np.random.Generator) -> None:
    """Every place (of an odd number, all but one of its stratum) trades with another of its stratum."""
    one, other = _pairs(strata, random)
    mine, theirs = table[one], table[other]
    alone = np.flatnonzero((mine == 0) != (theirs == 0))
    if not len(alone):
        return
    kinds = int(table.max()) + 1
    slot = mine.ravel()[alone] + theirs.ravel()[alone]
    group = alone // table.shape[1] * kinds + slot
    order = np.argsort((group.astype(np.uint64) << np.uint64(32)) | random.integers(0, 1 << 32, len(group), np.uint64))
    # The groups stand in a row now, each shuffled: the first of each, as many as were mine, are mine again.
    sizes = np.bincount(group)
    had = np.bincount(group[mine.ravel()[alone] != 0], minlength=len(sizes))
    sorted_ = group[order]
    rank = np.arange(len(group)) - (np.cumsum(sizes) - sizes)[sorted_]
    is_mine = np.empty(len(group), bool)
    is_mine[order] = rank < had[sorted_]
    for rows, values in ((one, np.where(is_mine, slot, 0)), (other, np.where(is_mine, 0, slot))):
        now = table[rows]
        now.ravel()[alone] = values
        table[rows] = now


def _pairs(strata: Integers, random: np.random.Generator) -> tuple[Integers, Integers]:
    """Places drawn in pairs, both of one stratum, none in two pairs."""
    order = np.lexsort((random.random(len(strata)), strata))
    sizes = np.unique(strata, return_counts=True)[1]
    within = np.arange(len(strata)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    first = np.flatnonzero((within % 2 == 0) & (within + 1 < np.repeat(sizes, sizes)))
    return order[first], order[first + 1]
