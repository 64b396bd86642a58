"""Whether a share that grows over the years does so along an S-curve: slow, then fast, then slow again.

The logistic curve of Griliches 1957 (Econometrica 25, 501-522): the share tends to a ceiling, its rate of growth falls
with the distance left. It is taken only where it is better than two plainer accounts by the corrected Akaike
information criterion (Hurvich & Tsai 1989, Biometrika 76, 297-307): a straight line, and the curve that nears its
ceiling ever more slowly from the first year on, which is what comes of places that all have a thing and mention it
now and then.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt
from scipy.optimize import curve_fit
from scipy.special import expit, logit
from scipy.stats import t as student

FEWEST_YEARS = 6  # with fewer, the criterion has nothing to choose with
_LEAST_GROWTH = 0.05  # of the share from the first to the last year

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A parameter with its interval at 95 %."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Curve:
    """An S-curve, or why there is none.

    `ceiling` is the share that it tends to, `pace` the logistic rate a year, `middle` the year in which half of the
    ceiling is reached; from a tenth to nine tenths of the ceiling takes log(81) / pace years. `gain` is by how much the
    criterion is better than the better of the other two.
    """

    why_not: str
    ceiling: Estimate | None = None
    pace: Estimate | None = None
    middle: Estimate | None = None
    gain: float | None = None


def s_curve(years: npt.NDArray[np.int64], shares: Floats, noise: Floats, groups: int) -> Curve:
    """The S-curve of the shares in some years, all of which have one.

    `noise` is the covariance of the shares that comes of which places are there, from so many independent groups of
    places; it makes the intervals (the sandwich of Liang & Zeger 1986, Biometrika 73, 13-22).
    """
    if len(years) < FEWEST_YEARS:
        return Curve("years")
    if shares[-1] - shares[0] < _LEAST_GROWTH:
        return Curve("growth")
    time = (years - years[0]).astype(np.float64)
    found = _fit(_logistic, time, shares, (_start(time, shares)), ([0.01, 0.01, -50.0], [1.0, 10.0, 50.0]))
    if found is None:
        return Curve("fit")
    slowing = _fit(_slowing, time, shares, (shares[-1], 0.3), ([0.0, 1e-6], [10.0, 10.0]))
    line = np.polyval(np.polyfit(time, shares, 1), time)
    rivals = [_criterion(shares - line, 2)]
    if slowing is not None:
        rivals.append(_criterion(shares - _slowing(time, *slowing), 2))
    gain = min(rivals) - _criterion(shares - _logistic(time, *found), 3)
    if gain <= 0:
        return Curve("plainer")
    if not 0 < found[2] < time[-1]:
        return Curve("outside")
    ceiling, pace, middle = _estimates(time, found, noise, groups)
    start = float(years[0])
    return Curve("", ceiling, pace, Estimate(start + middle.value, start + middle.low, start + middle.high), gain)


def _logistic(time: Floats, ceiling: float, pace: float, middle: float) -> Floats:
    found: Floats = ceiling * expit(pace * (time - middle))
    return found


def _slowing(time: Floats, ceiling: float, pace: float) -> Floats:
    return ceiling * -np.expm1(-pace * (time + 1))


def _start(time: Floats, shares: Floats) -> tuple[float, float, float]:
    """Where the search begins: the line through the log odds of the shares of a ceiling a little above the last."""
    ceiling = min(1.0, float(shares.max()) * 1.05)
    slope, height = np.polyfit(time, logit(np.clip(shares / ceiling, 0.01, 0.99)), 1)
    pace = min(max(float(slope), 0.05), 5.0)
    return ceiling, pace, min(max(float(-height / pace), -40.0), 40.0)


def _fit(
    curve: Callable[..., Floats],
    time: Floats,
    shares: Floats,
    start: tuple[float, ...],
    bounds: tuple[list[float], list[float]],
) -> Floats | None:
    """The parameters of least squares; None where the search does not end."""
    try:
        found: Floats = curve_fit(curve, time, shares, start, bounds=bounds)[0]
    except RuntimeError:
        return None
    return found


def _criterion(residuals: Floats, parameters: int) -> float:
    """AICc of a fit by least squares; the size of the residuals is one more parameter."""
    many, free = len(residuals), parameters + 1
    size = max(float(residuals @ residuals) / many, 1e-12)
    return many * log(size) + 2 * free + 2 * free * (free + 1) / (many - free - 1)


def _estimates(time: Floats, found: Floats, noise: Floats, groups: int) -> list[Estimate]:
    step = 1e-6
    slopes = np.column_stack(
        [
            (_logistic(time, *(found + move)) - _logistic(time, *(found - move))) / (2 * step)
            for move in np.eye(3) * step
        ]
    )
    back = np.linalg.pinv(slopes)
    wide = np.sqrt(np.diag(back @ noise @ back.T)) * student.ppf(0.975, max(1, groups - 1))
    return [
        Estimate(float(value), float(value - each), float(value + each))
        for value, each in zip(found, wide, strict=True)
    ]
