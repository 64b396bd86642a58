"""The spread of things as charts."""

from typing import Any

from graph.analysis.reach import Step
from graph.analysis.spread import Reach, Spread
from graph.plotting import picture

_MOST = 24  # things on one chart


def draw_spread(result: Spread) -> bytes:
    """Of one thing that was asked for, the share of places over the years by level; else the shares of the widest things."""
    if len(result.reaches) == 1 and any(step.kind for step in result.reaches[0].steps):
        return picture(lambda figure: _over_years(figure, result.reaches[0]))
    shown = result.reaches[:_MOST]
    return picture(lambda figure: _shares(figure, shown), height=1 + 0.25 * max(4, len(shown)))


def _over_years(figure: Any, reach: Reach) -> None:
    axes = figure.subplots()
    names = dict.fromkeys(step.name for step in reach.steps if step.kind in ("", "level"))
    for name in names:
        _line(
            axes,
            [step for step in reach.steps if step.name == name and step.kind in ("", "level") and step.share],
            name,
        )
    axes.set_title(f"{reach.name}: share of places with a report by then that have reported it")
    axes.set_ylabel("%")
    axes.set_ylim(0, 100)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.legend(loc="upper left")


def _line(axes: Any, steps: list[Step], name: str) -> None:
    ends = [
        (step.year, *(100 * each for each in (step.share.share, step.share.low, step.share.high)))
        for step in steps
        if step.share
    ]
    if not ends:
        return
    years, shares, lows, highs = zip(*ends, strict=True)
    (drawn,) = axes.plot(
        years, shares, marker="o", linewidth=1 if name else 2, label=f"{name or 'all'} ({steps[-1].places})"
    )
    axes.fill_between(years, lows, highs, color=drawn.get_color(), alpha=0.12, linewidth=0)


def _shares(figure: Any, reaches: tuple[Reach, ...]) -> None:
    axes = figure.subplots()
    for row, reach in enumerate(reversed(reaches)):
        share = next((step.share for step in reversed(reach.steps) if step.share), None)
        if share:
            axes.plot([100 * share.low, 100 * share.high], [row, row], color="#888888", linewidth=1)
            axes.plot([100 * share.share], [row], "o", color="#0b6e6e")
    axes.set_yticks(range(len(reaches)), [reach.name for reach in reversed(reaches)])
    axes.set_xlim(0, 100)
    axes.set_xlabel("% of places with a report that have reported it (95 % interval)")
