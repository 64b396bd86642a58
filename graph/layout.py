"""Network → positions: where each thing of the picture stands. Pure, and the same network stands the same way.

Mechanisms stand on an ellipse, area beside area, weaknesses together at its foot; each has a slot of its own with
room for a line of text that runs outwards, so labels cannot pile up however many there are: the ellipse grows.
Practices stand inside the ellipse, as near their mechanism as their neighbours let them. Jurisdictions stand in the
middle in the order of their codes, so that those of one province are neighbours. y grows downwards, as on a canvas.
"""

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, groupby, pairwise

from graph.network import Network, partners

PITCH = 14.0  # along the ellipse, from one label to the next
FARTHEST = 46.0  # and at most, where there are few
GAP = 1.5  # slots left free between areas
WIDE_GAP = 3.5  # and on both sides of the weaknesses
ASPECT = 1.35  # the ellipse's width to its height
BAND = 22.0  # how far inside the slots an area's name runs
INSIDE = 62.0  # how far inside the slots practices stand
SPACING = 19.0  # from one practice to the next
LABEL = 40.0  # room for the names of practices, which run inwards
LETTER = 10.5  # the size of their letters
LONGEST = 8  # letters shown
CELL = (168.0, 64.0)  # room for a jurisdiction and its name
FLAT = 1.66  # the width of their crowd to its height
SMALLEST = 300.0  # half the width of the ellipse where there is little to show

# The order in which reports, and the outline of 2021-2025, speak of the areas; new ones follow by name.
_AREAS = ("leadership", "functions", "rulemaking", "decision", "enforcement", "emergency", "disputes", "oversight",
          "digital", "literacy")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """A place, and the direction in which the label runs from it: a unit vector."""

    x: float
    y: float
    towards: tuple[float, float] = (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Sector:
    """The stretch of the ellipse that an area takes, as points along which its name can run, and the room for it."""

    kind: str
    area: str
    zh: str
    en: str
    path: tuple[tuple[float, float], ...]
    middle: Spot
    room: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Spots by node, the sectors, half the width and height of the ellipse, and whose label has no room."""

    spots: dict[str, Spot]
    sectors: tuple[Sector, ...]
    size: tuple[float, float]
    quiet: frozenset[str]


class Ellipse:
    """An ellipse measured along its rim, clockwise from its lowest point."""

    _STEPS = 1440

    def __init__(self, half_width: float, half_height: float) -> None:
        self.half = (half_width, half_height)

    @cached_property
    def _lengths(self) -> list[float]:
        points = [self._point(step) for step in range(self._STEPS + 1)]
        return list(accumulate((math.dist(a, b) for a, b in pairwise(points)), initial=0.0))

    def _point(self, step: float) -> tuple[float, float]:
        turn = math.tau * (0.25 + step / self._STEPS)
        return self.half[0] * math.cos(turn), self.half[1] * math.sin(turn)

    @property
    def length(self) -> float:
        """Once around."""
        return self._lengths[-1]

    def spot(self, at: float, inside: float = 0.0) -> Spot:
        """The place at a length along the rim, moved inwards; it looks outwards."""
        at %= self.length
        step = max(1, bisect_left(self._lengths, at))
        before, after = self._lengths[step - 1], self._lengths[step]
        x, y = self._point(step - 1 + (at - before) / (after - before))
        outwards = (x / self.half[0] ** 2, y / self.half[1] ** 2)
        long = math.hypot(*outwards)
        nx, ny = outwards[0] / long, outwards[1] / long
        return Spot(x - nx * inside, y - ny * inside, (nx, ny))


def arrange(network: Network) -> Layout:
    """Where everything in the network stands."""
    groups = _groups(network)
    starts, slots = _slots([len(members) for _, members in groups], [kind for (kind, *_), _ in groups])
    of_kind = _by_kind(network)
    middle = _middle(len(of_kind["jurisdiction"]))
    ellipse = _ellipse(slots, middle)
    pitch = min(ellipse.length / slots, FARTHEST) if slots else PITCH
    free = (ellipse.length - slots * pitch) / 2  # on both sides of the foot
    if not of_kind["weakness"]:
        free += GAP * pitch / 2
    along: dict[str, float] = {}
    sectors = []
    for ((kind, area, zh, en), members), start in zip(groups, starts, strict=True):
        first = start * pitch + (0.0 if kind == "weakness" else free)
        along |= {node: first + (place + 0.5) * pitch for place, node in enumerate(members)}
        ends = first, first + len(members) * pitch
        room = (len(members) + GAP) * pitch * 0.9  # a name may reach into the gaps; inside, the rim is shorter
        sectors.append(Sector(kind, area, zh, en, _path(ellipse, *ends), ellipse.spot(sum(ends) / 2), room))
    spots = {node: ellipse.spot(at) for node, at in along.items()}
    beside = _beside(network, of_kind["practice"], along, ellipse)
    spots |= beside | dict(zip(of_kind["jurisdiction"], middle, strict=True))
    quiet = crowded([(node, spot, network.nodes[node]["zh"]) for node, spot in beside.items()])
    return Layout(spots, tuple(sectors), ellipse.half, quiet)


def _by_kind(network: Network) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"jurisdiction": [], "mechanism": [], "weakness": [], "practice": []}
    for node, attributes in network.nodes(data=True):
        found[attributes["kind"]].append(node)
    return {kind: sorted(nodes) for kind, nodes in found.items()}


def _groups(network: Network) -> list[tuple[tuple[str, str, str, str], list[str]]]:
    """Areas in their order with their mechanisms, the most widespread first; then all weaknesses as one."""
    count = partners(network)

    def place(node: str) -> tuple[object, ...]:
        about = network.nodes[node]
        order = _AREAS.index(about["area"]) if about["area"] in _AREAS else len(_AREAS)
        return (about["kind"] == "weakness", order, about["area"], -count[node], node)

    def heading(node: str) -> tuple[str, str, str, str]:
        about = network.nodes[node]
        whole = about["kind"] == "weakness"
        return (about["kind"], *("" if whole else about[name] for name in ("area", "area_zh", "area_en")))

    of_kind = _by_kind(network)
    ring = sorted([*of_kind["mechanism"], *of_kind["weakness"]], key=place)
    return [(key, list(members)) for key, members in groupby(ring, heading)]


def _slots(sizes: Sequence[int], kinds: Sequence[str]) -> tuple[list[float], float]:
    """Where each group starts, in slots, so that the weaknesses, the last, stand astride of the foot; and the sum."""
    wide = [kind == "weakness" for kind in kinds]
    gaps = [WIDE_GAP if a or b else GAP for a, b in zip(wide, wide[1:] + wide[:1], strict=True)]
    starts = list(accumulate((size + gap for size, gap in zip(sizes, gaps, strict=True)), initial=0.0))
    total = starts.pop()
    foot = starts[-1] + sizes[-1] / 2 if wide and wide[-1] else 0.0
    return [start - foot for start in starts], total


def _ellipse(slots: float, middle: Sequence[Spot]) -> Ellipse:
    """The smallest one with room for the slots on its rim and for the jurisdictions and practices inside."""
    around_middle = INSIDE + LABEL
    wide = max((abs(spot.x) for spot in middle), default=0.0) + CELL[0] / 2 + around_middle
    high = max((abs(spot.y) for spot in middle), default=0.0) + CELL[1] / 2 + around_middle
    rim = Ellipse(ASPECT, 1.0).length
    half_height = max(slots * PITCH / rim, SMALLEST / ASPECT, high, wide / ASPECT)
    return Ellipse(half_height * ASPECT, half_height)


def _path(ellipse: Ellipse, start: float, end: float) -> tuple[tuple[float, float], ...]:
    steps = max(2, round((end - start) / 10))
    spots = (ellipse.spot(start + (end - start) * step / steps, BAND) for step in range(steps + 1))
    return tuple((spot.x, spot.y) for spot in spots)


def _beside(network: Network, practices: Sequence[str], along: dict[str, float], ellipse: Ellipse) -> dict[str, Spot]:
    """Practices at the height of their mechanism; those of none come last. The foot is left to the weaknesses."""
    rim = [at for node, at in along.items() if network.nodes[node]["kind"] == "mechanism"]
    first, last = (min(rim), max(rim)) if len(rim) > 1 else (0.0, ellipse.length)
    wanted: dict[str, float] = {}
    for practice in practices:
        above = [along[node] - first for node in network.succ[practice] if node in along]
        wanted[practice] = min(above, default=last - first)
    order = sorted(practices, key=lambda practice: (wanted[practice], practice))
    # The inner rim is shorter than the outer one on which lengths are measured.
    stretch = ellipse.length / (ellipse.length - math.tau * INSIDE)
    spacing = min(SPACING * stretch, (last - first) / (len(order) + 1))
    found = {}
    for practice, at in zip(order, spread([wanted[node] for node in order], spacing, last - first), strict=True):
        spot = ellipse.spot(first + at, INSIDE)
        found[practice] = Spot(spot.x, spot.y, (-spot.towards[0], -spot.towards[1]))
    return found


def spread(wanted: Sequence[float], spacing: float, end: float) -> list[float]:
    """Places at least `spacing` apart between 0 and `end`, in the order given and as near as can be to those wanted.

    Those that want the same place gather around it: neighbours that are too near form a block, blocks that touch
    form a larger one, and each block stands where its members want it on average.
    """
    blocks: list[tuple[float, int]] = []  # the sum of where the members want the block's start, and their number
    room = end - spacing * len(wanted)

    def start(block: tuple[float, int]) -> float:
        return min(max(block[0] / block[1], spacing / 2), room + spacing / 2)

    for place in (want - spacing * number for number, want in enumerate(wanted)):
        blocks.append((place, 1))
        while len(blocks) > 1 and start(blocks[-2]) >= start(blocks[-1]):
            total, number = blocks.pop()
            blocks[-1] = (blocks[-1][0] + total, blocks[-1][1] + number)
    starts = [start(block) for block in blocks for _ in range(block[1])]
    return [at + spacing * number for number, at in enumerate(starts)]


def crowded(labels: Sequence[tuple[str, Spot, str]]) -> frozenset[str]:
    """The nodes whose label would run into an earlier one; towards the middle lines of text come closer."""
    taken: list[tuple[float, float]] = []
    quiet = set()
    for node, spot, text in labels:
        characters = [
            (spot.x + spot.towards[0] * away, spot.y + spot.towards[1] * away)
            for away in (10 + LETTER * (number + 0.5) for number in range(min(len(text), LONGEST)))
        ]
        if any(math.dist(a, b) < LETTER for a in characters for b in taken):
            quiet.add(node)
        else:
            taken += characters
    return frozenset(quiet)


def _middle(number: int) -> list[Spot]:
    """Rows of cells that fill a flat oval around the middle, from top to bottom; as many as asked."""
    rows = max(1, round(math.sqrt(number * CELL[0] / CELL[1] / FLAT)))
    heights = [row - (rows - 1) / 2 for row in range(rows)]
    chords = [math.sqrt(1 - (2 * height / rows) ** 2) for height in heights]
    shares = [number * chord / sum(chords) for chord in chords]
    sizes = [int(share) for share in shares]
    # What rounding has left over goes where most is missing, and rather to the middle than to the rim.
    missing = sorted(range(rows), key=lambda row: (sizes[row] - shares[row], abs(heights[row])))
    for row in missing[: number - sum(sizes)]:
        sizes[row] += 1
    return [
        Spot(CELL[0] * (column - (size - 1) / 2), CELL[1] * height)
        for size, height in zip(sizes, heights, strict=True)
        for column in range(size)
    ]
