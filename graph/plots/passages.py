"""Whose words reports have, as bars in which each source has its share; the reports that have some words, by year."""

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any

from graph.analysis.borrowed import Borrowings
from graph.analysis.travel import Travel
from graph.plotting import picture

_SOURCES = {
    "superior": ("superior 上级", "#b5541c"),
    "earlier": ("own earlier 自身往年", "#8a7a1f"),
    "peers": ("peers 同级同属", "#5b5b9a"),
    "elsewhere": ("elsewhere 外地", "#a9a9d6"),
    "stock": ("stock 套语", "#d0d0d0"),
    "own": ("own 自有", "#0b6e6e"),
}
_LEVELS = {
    "province": "province 省级",
    "prefecture": "prefecture 地级",
    "county": "county 县级",
    "township": "township 乡级",
}


def plot_reports(result: Borrowings) -> bytes:
    """A bar for each level, of all its reports."""
    told = [each for each in result.reports if each.shares]
    rows = []
    for level, name in _LEVELS.items():
        if here := [each.shares for each in told if each.level == level]:
            rows.append((f"{name} ({len(here)})", {key: fmean(each[key] for each in here) for key in _SOURCES}))
    return _bars("Whose words 文字来源", rows)


def plot_place(result: Borrowings) -> bytes:
    """A bar for each report."""
    return _bars(
        "Whose words 文字来源", [(f"{each.by} {each.year}", each.shares) for each in result.reports if each.shares]
    )


def plot_travel(result: Travel) -> bytes:
    """How many reports have the words, by year."""
    counts = Counter(step.year for step in result.steps)

    def draw(figure: Any) -> None:
        axes = figure.subplots()
        years = range(min(counts), max(counts) + 1)
        axes.bar(years, [counts[year] for year in years])
        axes.set_xticks(years)
        axes.set_ylabel("reports 报告")
        axes.set_title(result.words)

    return picture(draw, height=3)


def _bars(title: str, rows: Sequence[tuple[str, Mapping[str, float]]]) -> bytes:
    def draw(figure: Any) -> None:
        axes = figure.subplots()
        for place, (_, shares) in enumerate(rows):
            left = 0.0
            for key, (_, colour) in _SOURCES.items():
                axes.barh(place, shares[key], left=left, color=colour)
                left += shares[key]
        axes.set_yticks(range(len(rows)), [name for name, _ in rows])
        axes.invert_yaxis()
        axes.set_xlim(0, 1)
        axes.set_xlabel("share of the words 文字占比" if rows else "too few reports 报告太少")
        axes.set_title(title)
        handles = [axes.barh(0, 0, color=colour) for _, colour in _SOURCES.values()]
        figure.legend(handles, [name for name, _ in _SOURCES.values()], loc="outside lower center", ncols=3)

    return picture(draw, height=1.8 + 0.35 * max(1, len(rows)))
