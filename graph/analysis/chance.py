"""What chance alone gives: the tail of a sum of unlike chances, and p-values that answer for many tests at once."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

FEWEST = 30  # places without which nothing can be told from chance
FALSE = 0.05  # the share of false findings among those found that is put up with
_CLOSE = 1e-8
_STEPS = 100
_STEEPEST = 100.0

Floats = NDArray[np.float64]


def adjusted(p: Floats) -> Floats:
    """The p-values after Benjamini & Hochberg 1995: each the lowest false discovery rate at which it counts as found."""
    order = np.argsort(p)[::-1]
    ranked = p[order] * len(p) / np.arange(len(p), 0, -1)
    found = np.empty_like(p)
    found[order] = np.minimum(np.minimum.accumulate(ranked), 1)
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
