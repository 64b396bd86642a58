"""The made-up country that the analyses are measured on: of any size, and such that the analyses have work to do."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.analysing import on_the_line
from benchmarks.country import THINGS, YEARS, adoptions, graph_of, numbers, reports, stating
from graph.analysis.adoption import State, read_adoptions
from graph.analysis.numbers import count
from graph.analysis.promises import overview_in
from graph.store import open_graph


def test_what_more_would_take_is_on_the_line_through_two_sizes() -> None:
    """What it takes to begin counts once, whatever the order of the sizes."""
    assert on_the_line({200: 3.0, 100: 2.0}, 40_000) == pytest.approx(401.0)


def test_a_table_is_in_the_order_that_analyses_take() -> None:
    """By thing, place and year, each three once; what is said is said in a report, and some places have none."""
    table = adoptions(60)
    rows = table.said[:, :3].tolist()
    assert rows == sorted(rows) and len(set(map(tuple, rows))) == len(rows)
    assert table.reported[table.said[:, 1], table.said[:, 2]].all() and not table.reported.all()
    assert table.reported.shape == (60, len(YEARS)) and set(table.said[:, 0]) == set(range(THINGS))


def test_a_store_says_what_a_table_is_read_from(tmp_path: Path) -> None:
    """So many places with reports on most years, in which something is practised, and never undone."""
    table = read_adoptions(open_graph(stating(tmp_path / "stating", 12)))
    assert len(table.places) == 12 and table.years == YEARS
    assert set(table.said[:, 3].tolist()) == {State.PRACTISED} and len(table.things) > THINGS / 2


def test_places_have_reports_to_follow(tmp_path: Path) -> None:
    """Each place has as many years as asked for, with shortcomings and plans to follow."""
    found = overview_in(str(graph_of(tmp_path / "filed", reports(6), 3)))
    assert [(each.first, each.last, each.pairs) for each in found.tallies] == [(2017, 2019, 2)] * 2
    assert found.total("weakness").total() and found.total("plan").total()


def test_indicators_are_as_uneven_as_names_are() -> None:
    """The commonest name has many numbers, most have one."""
    names, indicator, columns = numbers(40, 50)
    assert len(count(names, indicator, columns)) == len(names) < len(columns.value) == 2000
    often = Counter(indicator.tolist()).values()
    assert max(often) > 100 and sorted(often)[len(often) // 2] <= 2
