"""The network of spread as a chart."""

from math import cos, pi, sin
from typing import Any

from graph.analysis.diffusion import Line
from graph.analysis.spreading import Spreading
from graph.plotting import picture

LINES = 150  # on one picture
_COLORS = {"superior": "#b5541c", "inferior": "#8a7a1f", "sibling": "#0b6e6e", "peer": "#5b5b9a", "other": "#888888"}


def draw_spreading(result: Spreading) -> bytes:
    """The surest lines: places on a circle in the order of their codes, so that a province's stand side by side."""
    return picture(lambda figure: _draw(figure, result), 9, 9)


def _draw(figure: Any, result: Spreading) -> None:
    axes = figure.subplots()
    axes.set_axis_off()
    axes.set_aspect("equal")
    lines = result.network.lines[:LINES]
    if not lines:
        axes.text(0.5, 0.5, result.network.too_little or "no pair beyond chance", ha="center", wrap=True)
        return
    whole = len(result.network.lines)
    axes.set_title(f"{len(lines)} of {whole} lines, the surest" if whole > len(lines) else f"{whole} lines")
    places = sorted({place.code: place for line in lines for place in (line.source, line.target)}.items())
    angle = {code: 2 * pi * at / len(places) for at, (code, _) in enumerate(places)}
    for line in lines:
        _arrow(axes, line, angle)
    for code, place in places:
        turn = angle[code]
        flip = cos(turn) < 0
        axes.text(
            1.03 * cos(turn),
            1.03 * sin(turn),
            f"{place.path[0]} {place.name}" if len(place.path) > 1 else place.name,
            rotation=turn * 180 / pi + (180 if flip else 0),
            rotation_mode="anchor",
            ha="right" if flip else "left",
            va="center",
            fontsize=max(4, min(8, 400 / len(places))),
        )
    axes.set(xlim=(-1.7, 1.7), ylim=(-1.7, 1.7))
    for name, color in _COLORS.items():
        if any(line.relation == name for line in lines):
            axes.plot([], [], color=color, label=f"from {name}")
    figure.legend(loc="outside lower center", ncols=len(_COLORS))


def _arrow(axes: Any, line: Line, angle: dict[str, float]) -> None:
    """An arrow from source to target, bent towards the middle."""
    one, other = angle[line.source.code], angle[line.target.code]
    gap = (other - one + pi) % (2 * pi) - pi
    style = {
        "arrowstyle": "-|>",
        "color": _COLORS[line.relation],
        "connectionstyle": f"arc3,rad={0.35 * (-1 if gap > 0 else 1) * (1 - abs(gap) / pi)}",
        "lw": 0.8,
    }
    axes.annotate("", (cos(other), sin(other)), (cos(one), sin(one)), arrowprops=style)
