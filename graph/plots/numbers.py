"""Numbers compared as charts: a strip of values for each group, how many places give an indicator, kinds of contradiction."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np

from graph.analysis.numbers import Comparison, Terms
from graph.analysis.observations import Contradictions, Indicators, PlaceNumbers
from graph.plotting import picture

_GROUPS = 6
_BARS = 25
_SKEWED = 30  # the largest value over the median, from which on an axis is logarithmic


def strips(result: Comparison, tell: Callable[[Terms], str]) -> bytes:
    """The values of each group in the unit of the first, a strip each, with the median; an axis of logarithms where they are skewed.

    `tell` says on what terms a group is.
    """
    unit = result.groups[0].terms.unit if result.groups else ""
    groups = [each for each in result.groups if each.terms.unit == unit][:_GROUPS]

    def draw(figure: Any) -> None:
        axes = figure.subplots()
        every: list[float] = []
        for row, group in enumerate(groups):
            values = [float(one.figure.signed) for one in group.standings]
            every += values
            years = [one.figure.period.year for one in group.standings]
            # The golden ratio spreads points evenly and is no chance.
            heights = row + 0.5 * ((np.arange(len(values)) * 0.618) % 1 - 0.5)
            points = axes.scatter(values, heights, c=years, cmap="viridis_r", s=14, alpha=0.8, linewidths=0)
            axes.plot([np.median(values)] * 2, [row - 0.35, row + 0.35], color="#333333")
            if row == 0 and len(set(years)) > 1:
                figure.colorbar(points, ax=axes, label="year", ticks=sorted(set(years)))
        if every and min(every) > 0 and max(every) > _SKEWED * np.median(every):
            axes.set_xscale("log")
        labels = [f"{tell(group.terms)}\n{group.places} places" for group in groups]
        axes.set_yticks(range(len(groups)), [_wrapped(label) for label in labels])
        axes.invert_yaxis()
        axes.set_xlabel(unit)
        axes.set_title(f"{result.name}: {sum(group.places for group in groups)} of {result.places} places")

    return picture(draw, 8, 1.4 + 0.9 * max(1, len(groups)))


def bars(result: Indicators) -> bytes:
    """The indicators that most places give, and of how many the numbers can be compared."""
    shown = result.indicators[:_BARS]

    def draw(figure: Any) -> None:
        axes = figure.subplots()
        rows = range(len(shown))
        axes.barh(rows, [each.places for each in shown], color="#cfdede", label="places that give it")
        axes.barh(rows, [each.comparable for each in shown], color="#0b6e6e", label="comparable in one group")
        axes.set_yticks(rows, [each.name for each in shown])
        axes.invert_yaxis()
        axes.set_xlabel("places")
        axes.legend(loc="lower right")
        axes.set_title(f"{len(shown)} of {len(result.indicators)} indicators")

    return picture(draw, 8, 1.2 + 0.24 * max(4, len(shown)))


def positions(result: PlaceNumbers) -> bytes:
    """Where one place's numbers lie among those of all places: 100 for the highest rank, 0 for the lowest."""
    ranked = [
        (each.name, one)
        for each in result.comparisons
        for group in each.groups
        for one in group.standings
        if one.best and one.places > 1
    ][:_BARS]

    def draw(figure: Any) -> None:
        axes = figure.subplots()
        for row, (_, one) in enumerate(ranked):
            ends = [100 * (one.places - rank) / (one.places - 1) for rank in (one.worst, one.best)]
            axes.plot(ends, [row, row], color="#0b6e6e", linewidth=3, marker="o", markersize=5)
        axes.set_xlim(-3, 103)
        names = [f"{name} {one.figure.period.year} ({one.figure.shown}, {one.places} places)" for name, one in ranked]
        axes.set_yticks(range(len(ranked)), names)
        axes.invert_yaxis()
        axes.set_xlabel("share of the other places with a lower number, %")
        axes.set_title(result.place.full_name if ranked else f"{result.place.full_name}: too few places for ranks")

    return picture(draw, 8, 1.2 + 0.26 * max(4, len(ranked)))


def kinds(result: Contradictions) -> bytes:
    """How many contradictions there are of each kind."""
    counts = Counter(each.kind for each in result.found)

    def draw(figure: Any) -> None:
        axes = figure.subplots()
        axes.barh(list(counts), list(counts.values()))
        axes.set_xlabel("contradictions")
        axes.set_title(f"{len(result.found)} in {result.reports} reports")

    return picture(draw, 7, 2.4)


def _wrapped(label: str) -> str:
    return label.replace(", ", ",\n", 1)
