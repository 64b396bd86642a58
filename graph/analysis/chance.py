"""What chance alone gives: of two groups' shares, of a sum of unlike chances, and p-values that answer for many tests."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, ndtr

FEWEST = 30  # places without which nothing can be told from chance
FALSE = 0.05  # the share of false findings among those found that is put up with
_CLOSE = 1e-8
_AT_ONCE = 64  # tables, so that those of all that margins of thousands allow take little memory
_STEPS = 100
_STEEPEST = 100.0

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def adjusted(p: Floats) -> Floats:
    """The p-values after Benjamini & Hochberg 1995: each the lowest false discovery rate at which it counts as found."""
    order = np.argsort(p)[::-1]
    ranked = p[order] * len(p) / np.arange(len(p), 0, -1)
    found = np.empty_like(p)
    found[order] = np.minimum(np.minimum.accumulate(ranked), 1)
    return found


def fisher(tables: Integers) -> Floats:
    """How likely chance would part two groups so unevenly, or more, for many tables (n × 2 × 2) at once: two-sided p.

    Fisher's exact test (1935, Journal of the Royal Statistical Society 98, 39-82): the chances of all tables of the same
    margins that are no likelier than the one that is there. scipy has it for one table at a time, which takes longer.
    """
    found = [_fisher(tables[start : start + _AT_ONCE]) for start in range(0, len(tables), _AT_ONCE)]
    return np.concatenate(found) if found else np.empty(0)


def _fisher(tables: Integers) -> Floats:
    ones, others = tables.sum(axis=2).T
    hits = tables[:, :, 0].sum(axis=1)
    least = np.maximum(0, hits - others)
    sizes = np.minimum(ones, hits) - least + 1
    starts = np.cumsum(sizes) - sizes
    one, other, hit, first = (np.repeat(each, sizes) for each in (ones, others, hits, least - starts))
    cell = first + np.arange(len(first))  # what stands in the upper left of each possible table
    logs = gammaln(np.arange(int((ones + others).max(initial=0)) + 1) + 1.0)
    ways = logs[one] - logs[cell] - logs[one - cell] + logs[other] - logs[hit - cell] - logs[other - hit + cell]
    there = ways[starts + tables[:, 0, 0] - least]
    most = np.maximum.reduceat(ways, starts)
    chances = np.exp(ways - np.repeat(most, sizes))
    unlikely = np.where(ways <= np.repeat(there, sizes) + _CLOSE, chances, 0.0)
    found: Floats = np.minimum(np.add.reduceat(unlikely, starts) / np.add.reduceat(chances, starts), 1.0)
    return found


def tail(chances: Floats, many: Floats, least: Floats) -> Floats:
    """How likely at least so many successes are, row by row: `many` trials of each of a row's chances, all independent.

    The sum is Poisson-binomial; its tail is taken by the saddlepoint (Daniels 1987, International Statistical Review
    55, 37-48, for whole numbers, in the form of Barndorff-Nielsen 1990, Journal of the Royal Statistical Society B
    52, 485-496), which is within a few per cent also where the tail is tiny and the normal one is far off. `least`
    is above the mean and not above all trials.
    """
    target = least - 0.5
    trials = float(many.sum())
    mean = chances @ many
    low, high = np.zeros(len(target)), np.full(len(target), _STEEPEST)
    tilt = np.log(target / (trials - target)) - np.log(mean / (trials - mean))  # right where all chances are the same
    for _ in range(_STEPS):  # Newton's method, and halving where it would leave what is left
        tilted = chances * np.exp(tilt)[:, None]
        tilted /= 1 - chances + tilted
        missing = target - tilted @ many
        low, high = np.where(missing > 0, tilt, low), np.where(missing > 0, high, tilt)
        if (np.abs(missing) < _CLOSE * target).all():
            break
        tilt = tilt + missing / np.maximum((tilted * (1 - tilted)) @ many, _CLOSE)
        tilt = np.where((low < tilt) & (tilt < high), tilt, (low + high) / 2)
    cumulant = np.log1p(chances * np.expm1(tilt)[:, None]) @ many
    far = np.sqrt(2 * np.maximum(tilt * target - cumulant, 0))
    spread = 2 * np.sinh(tilt / 2) * np.sqrt((tilted * (1 - tilted)) @ many)
    found: Floats = ndtr(-far - np.log(spread / far) / far)
    return found
