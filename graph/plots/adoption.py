"""Who states a thing, as charts."""

from typing import Any

from graph.analysis.rates import Adopted, Rate, Stances
from graph.plotting import picture

_MOST = 24  # things on one chart
_STATES = {
    "practised": "#0b6e6e",
    "planned": "#7db8b8",
    "lacking": "#b5541c",
    "silent": "#d8d8d8",
    "no_report": "#f2f2f2",
}


def draw_adopted(result: Adopted) -> bytes:
    """The five states as bars: of one thing that was asked for year by year, else of the most practised things."""
    if len(result.things) == 1 and result.things[0].groups:
        rows = [(group.name, group.rate) for group in result.things[0].groups if group.kind == "year"]
        title = result.things[0].name
    else:
        rows = [(each.name, each.whole) for each in result.things[:_MOST]]
        title = "" if result.year is None else str(result.year)
    return picture(lambda figure: _bars(figure, rows, title), height=1.2 + 0.25 * max(4, len(rows)))


def draw_stances(result: Stances) -> bytes:
    """How many things a place states in which way, year by year."""
    rows = []
    for column, year in enumerate(result.years):
        states = [each.states[column] for each in result.things]
        rows.append((str(year), {name: states.count(name) for name in _STATES}))
    return picture(
        lambda figure: _stacked(figure, rows, result.place.full_name, "things"), height=1.2 + 0.25 * max(4, len(rows))
    )


def _bars(figure: Any, rows: list[tuple[str, Rate]], title: str) -> None:
    _stacked(
        figure, [(name, {state: getattr(rate, state) for state in _STATES}) for name, rate in rows], title, "places"
    )


def _stacked(figure: Any, rows: list[tuple[str, dict[str, int]]], title: str, unit: str) -> None:
    axes = figure.subplots()
    names, before = [name for name, _ in reversed(rows)], [0] * len(rows)
    for state, color in _STATES.items():
        counts = [held[state] for _, held in reversed(rows)]
        axes.barh(range(len(rows)), counts, left=before, color=color, label=state.replace("_", " "))
        before = [one + other for one, other in zip(before, counts, strict=True)]
    axes.set_yticks(range(len(rows)), names)
    axes.set_title(title)
    axes.set_xlabel(unit)
    figure.legend(loc="outside lower center", ncols=len(_STATES))
