"""What became of shortcomings and plans, as bars in which each verdict has its share."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from graph.analysis.promises import PLAN, VERDICTS, WEAKNESS, Overview, Promises
from graph.plotting import picture

_COLOURS = {
    "done": "#0b6e6e",
    "addressed": "#0b6e6e",
    "ongoing": "#7fb5b5",
    "repeated": "#b5541c",
    "reworded": "#dc9b6e",
    "dropped": "#5b5b9a",
    "silent": "#d0d0d0",
}


def plot_promises(result: Promises) -> bytes:
    """A bar for each report and kind."""
    rows = [
        (f"{step.year}–{step.next_year} {step.department}{_NAMES[kind]}", step.count(kind), VERDICTS[kind])
        for step in result.steps
        for kind in VERDICTS
    ]
    return _bars(result.place.full_name, rows)


def plot_overview(result: Overview) -> bytes:
    """Two bars over all offices: shortcomings and plans."""
    rows = [(_NAMES[kind], result.total(kind), VERDICTS[kind]) for kind in (WEAKNESS, PLAN)]
    return _bars(f"{len(result.tallies)} offices", rows)


_NAMES = {WEAKNESS: "shortcomings 不足", PLAN: "plans 计划"}


def _bars(title: str, rows: Sequence[tuple[str, Mapping[str, int], Sequence[str]]]) -> bytes:
    def draw(figure: Any) -> None:
        axes = figure.subplots()
        named: Counter[str] = Counter()
        for place, (_, counts, verdicts) in enumerate(rows):
            left, many = 0.0, sum(counts.values())
            for verdict in verdicts:
                share = counts.get(verdict, 0) / many if many else 0.0
                label = "" if named[verdict] or not share else verdict
                named[verdict] += bool(share)
                axes.barh(place, share, left=left, color=_COLOURS[verdict], label=label)
                if share >= 0.04:
                    axes.text(left + share / 2, place, counts[verdict], ha="center", va="center", color="black")
                left += share
        axes.set_yticks(range(len(rows)), [f"{name} ({sum(counts.values())})" for name, counts, _ in rows])
        axes.invert_yaxis()
        axes.set_xlim(0, 1)
        axes.set_xlabel("share")
        axes.set_title(title)
        if any(named.values()):
            figure.legend(loc="outside lower center", ncols=len(_COLOURS))

    return picture(draw, height=1.6 + 0.35 * max(1, len(rows)))
