"""Whether a share that grows over the years does so along an S-curve: slow, then fast, then slow again.

The logistic curve of Griliches 1957 (Econometrica 25, 501-522): the share tends to a ceiling, its rate of growth falls
with the distance left. It is taken only where it is better than two plainer accounts by the corrected Akaike
information criterion (Hurvich & Tsai 1989, Biometrika 76, 297-307): a straight line, and what comes of places that have had a thing
all along and mention it in this report or that, which nears its ceiling ever more slowly from the first year on.
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


def s_curve(
    years: npt.NDArray[np.int64], shares: Floats, occasions: Floats, scatter: Floats, noise: Floats, groups: int
) -> Curve:
    """The S-curve of the shares in some years, all of which have one.

    `occasions` are years × numbers of reports: which share of the places has so many by a year.
    Shares of the same places year after year go together: `scatter` is their covariance, places each by itself, by
    which the curves are fitted (generalised least squares). `noise` is that with so many independent groups of places;
    it makes the intervals (the sandwich of Liang & Zeger 1986, Biometrika 73, 13-22).
    """
    if len(years) < FEWEST_YEARS:
        return Curve("years")
    if shares[-1] - shares[0] < _LEAST_GROWTH:
        return Curve("growth")
    data = _Data((years - years[0]).astype(np.float64), shares, scatter)
    found = data.fit(_logistic, _start(data.time, shares), ([0.01, 0.01, -50.0], [1.0, 10.0, 50.0]))
    if found is None:
        return Curve("fit")

    def mentions(time: Floats, having: float, chance: float) -> Floats:
        silent: Floats = occasions @ (1 - chance) ** np.arange(occasions.shape[1])
        return having * (1 - silent)

    rivals = (
        (_line, data.fit(_line, (float(shares[0]), 0.05), ([-10.0, -1.0], [10.0, 1.0]))),
        (mentions, data.fit(mentions, (min(1.0, float(shares[-1]) * 1.1), 0.5), ([0.0, 0.0], [1.0, 1.0]))),
    )
    plainer = [data.criterion(curve, each) for curve, each in rivals if each is not None]
    gain = min(plainer) - data.criterion(_logistic, found)
    if gain <= 0:
        return Curve("plainer")
    if not 0 < found[2] < data.time[-1]:
        return Curve("outside")
    ceiling, pace, middle = data.estimates(found, noise, groups)
    ceiling = Estimate(ceiling.value, max(0.0, ceiling.low), min(1.0, ceiling.high))
    start = float(years[0])
    return Curve("", ceiling, pace, Estimate(start + middle.value, start + middle.low, start + middle.high), gain)


class _Data:
    """Shares over time, and how they go together."""

    def __init__(self, time: Floats, shares: Floats, scatter: Floats) -> None:
        self.time, self._shares, self._scatter = time, shares, scatter
        self._whitened = np.linalg.inv(np.linalg.cholesky(scatter))

    def fit(
        self, curve: Callable[..., Floats], start: tuple[float, ...], bounds: tuple[list[float], list[float]]
    ) -> Floats | None:
        """The parameters of least squares; None where the search does not end."""
        try:
            found: Floats = curve_fit(curve, self.time, self._shares, start, self._scatter, bounds=bounds)[0]
        except RuntimeError:
            return None
        return found

    def criterion(self, curve: Callable[..., Floats], found: Floats) -> float:
        """AICc of a fit; the size of the residuals is one more parameter."""
        residuals = self._whitened @ (self._shares - curve(self.time, *found))
        many, free = len(residuals), len(found) + 1
        size = max(float(residuals @ residuals) / many, 1e-12)
        return many * log(size) + 2 * free + 2 * free * (free + 1) / (many - free - 1)

    def estimates(self, found: Floats, noise: Floats, groups: int) -> list[Estimate]:
        """The logistic curve's parameters with their intervals."""
        step = 1e-6
        moves = np.eye(len(found)) * step
        slopes = np.column_stack(
            [
                (_logistic(self.time, *(found + move)) - _logistic(self.time, *(found - move))) / (2 * step)
                for move in moves
            ]
        )
        back = np.linalg.pinv(self._whitened @ slopes) @ self._whitened
        wide = np.sqrt(np.diag(back @ noise @ back.T)) * student.ppf(0.975, max(1, groups - 1))
        return [
            Estimate(*map(float, (value, value - each, value + each))) for value, each in zip(found, wide, strict=True)
        ]


def _line(time: Floats, height: float, slope: float) -> Floats:
    return height + slope * time


def _logistic(time: Floats, ceiling: float, pace: float, middle: float) -> Floats:
    found: Floats = ceiling * expit(pace * (time - middle))
    return found


def _start(time: Floats, shares: Floats) -> tuple[float, float, float]:
    """Where the search begins: the line through the log odds of the shares of a ceiling a little above the last."""
    ceiling = min(1.0, float(shares.max()) * 1.05)
    slope, height = np.polyfit(time, logit(np.clip(shares / ceiling, 0.01, 0.99)), 1)
    pace = min(max(float(slope), 0.05), 5.0)
    return ceiling, pace, min(max(float(-height / pace), -40.0), 40.0)
