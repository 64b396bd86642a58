"""Small pictures as plain numbers that a template draws: a tile map of the provinces, bars by year, lines of values.

Each has a table beside it, so none is the only way to what it shows.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from statistics import median

# One tile a province, about where it lies: code → column and row, from the north-west.
_TILES = {
    "23": (8, 0), "65": (0, 1), "15": (5, 1), "11": (6, 1), "21": (7, 1), "22": (8, 1),
    "63": (1, 2), "62": (2, 2), "64": (3, 2), "61": (4, 2), "14": (5, 2), "13": (6, 2), "12": (7, 2),
    "54": (0, 3), "51": (2, 3), "50": (3, 3), "42": (4, 3), "41": (5, 3), "37": (6, 3),
    "53": (2, 4), "52": (3, 4), "43": (4, 4), "34": (5, 4), "32": (6, 4), "31": (7, 4),
    "45": (3, 5), "44": (4, 5), "36": (5, 5), "33": (6, 5),
    "46": (3, 6), "82": (4, 6), "81": (5, 6), "35": (6, 6), "71": (7, 6),
}  # fmt: skip
_NAMES = dict(
    zip(
        _TILES,
        "黑新蒙京辽吉青甘宁陕晋冀津藏川渝鄂豫鲁滇黔湘皖苏沪桂粤赣浙琼澳港闽台",
        strict=True,
    )
)
SHADES = 4
_WIDTH, _HEIGHT = 96, 24  # of a line's picture


@dataclass(frozen=True, slots=True)
class Tile:
    """A province's tile: where it stands, the sign of the province, its number, a shade from 0 to `SHADES`, a path."""

    column: int
    row: int
    sign: str
    name: str
    count: int
    shade: int
    to: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A year's bar: `share` of the highest one, 0 to 1."""

    label: str
    count: int
    share: float


def tile_map(counts: Counter[tuple[str, str]], to: Callable[[str], str]) -> list[Tile]:
    """The tiles of all provinces for counts by (code, name); `to` gives the path behind a province's name."""
    most = max(counts.values(), default=0)
    named = {code: (name, count) for (code, name), count in counts.items()}
    tiles = []
    for code, (column, row) in _TILES.items():
        name, count = named.get(code, ("", 0))
        shade = -(-count * SHADES // most) if count else 0
        tiles.append(Tile(column, row, _NAMES[code], name, count, shade, to(name) if count else ""))
    return tiles


def bars(years: Iterable[str]) -> list[Bar]:
    """A bar for each year from the first to the last; gaps are years without any."""
    counts = Counter(int(year) for year in years if year)
    if not counts:
        return []
    most = max(counts.values())
    return [Bar(str(year), counts[year], counts[year] / most) for year in range(min(counts), max(counts) + 1)]


@dataclass(frozen=True, slots=True)
class Curve:
    """A line of shares over years: the points of an SVG polyline, and the number of its colour."""

    label: str
    points: str
    colour: int


@dataclass(frozen=True)
class Curves:
    """Lines in one picture of `wide` by `high`, between `left` and `right`, and where its years and shares stand."""

    lines: list[Curve]
    years: list[tuple[str, float]]
    shares: list[tuple[str, float]]
    wide: int = 420
    high: int = 200
    left: int = 40
    right: int = 404


_TOP, _FOOT = 10, 176


def curves(series: Mapping[str, Sequence[tuple[int, float]]]) -> Curves | None:
    """The lines of shares (0 to 1) by year; None where there are no two years."""
    years = sorted({year for points in series.values() for year, _ in points})
    if len(years) < 2:
        return None
    step = (Curves.right - Curves.left) / (years[-1] - years[0])
    across = {year: round(Curves.left + (year - years[0]) * step, 1) for year in years}
    lines = [
        Curve(label, " ".join(f"{across[year]},{_height(share)}" for year, share in sorted(points)), colour)
        for colour, (label, points) in enumerate(series.items())
        if points
    ]
    marks = [(f"{percent}%", _height(percent / 100)) for percent in (0, 25, 50, 75, 100)]
    return Curves(lines, [(str(year), place) for year, place in across.items()], marks)


def _height(share: float) -> float:
    return round(_FOOT - share * (_FOOT - _TOP), 1)


@dataclass(frozen=True, slots=True)
class Line:
    """The points of an SVG polyline, and what stands at its two ends."""

    points: str
    first: str
    last: str


def line(points: Sequence[tuple[int, float]], told: Callable[[float], str]) -> Line | None:
    """The line of (year, value) pairs, its ends as `told`; None for fewer than two years."""
    if len({year for year, _ in points}) < 2:
        return None
    years, values = [year for year, _ in points], [value for _, value in points]
    wide, high = max(years) - min(years), (max(values) - min(values)) or 1
    drawn = " ".join(
        f"{2 + (year - min(years)) / wide * (_WIDTH - 4):.1f},{_HEIGHT - 2 - (value - min(values)) / high * (_HEIGHT - 4):.1f}"
        for year, value in sorted(points)
    )
    first, last = (f"{year}: {told(value)}" for year, value in (min(points), max(points)))
    return Line(drawn, first, last)


SKEWED = 30  # how much more the largest value is than the middle one where a strip is one of logarithms
_POINTS = 400


def strip(values: Sequence[float]) -> tuple[list[tuple[float, float]], float, bool]:
    """Values as points (x from 0 to 640, y from 0 to 32), where their median stands, and whether x is a logarithm.

    Of very many every so many'th by size is left out, and how high a point stands means nothing.
    """
    ordered = sorted(values)
    middle = median(ordered)
    skewed = ordered[0] > 0 and ordered[-1] > SKEWED * middle
    *scaled, half = [log(value) if skewed else value for value in (*ordered, middle)]
    low, wide = scaled[0], (scaled[-1] - scaled[0]) or 1
    *x, tick = [round(640 * (value - low) / wide, 1) for value in (*scaled, half)]
    kept = x[:: -(-len(x) // _POINTS)]
    return [(each, round(6 + 20 * (at * 0.618 % 1), 1)) for at, each in enumerate(kept)], tick, skewed
