"""Numbers of one indicator over places and years: grouped where they can be compared, or told why not."""

from dataclasses import replace

import numpy as np
import pytest

from graph.analysis.numbers import (
    FEWEST,
    Columns,
    Comparison,
    Terms,
    can_be_compared,
    compare,
    count,
    rank,
    together,
)
from graph.analysis.observations import Stored, find_indicator
from graph.errors import AmbiguousThing, UnknownThing
from tests.factories import graph_from
from tests.numbering import figures, numbered

TERMS = Terms("level", "件", "county", "", "whole", "", "year", "")


def compared(*reports: tuple[str, str, int]) -> Comparison:
    """The first numbers of some reports (text, code, year), whatever they are called."""
    found = [figures(text, code, year)[0] for text, code, year in reports]
    return compare(found[0].indicator, found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("受理纠纷320件。", "受理纠纷410起。"),
        ("罚款5万元。", "罚款48000元。"),
        ("聘请法律顾问3名。", "聘请法律顾问4人。"),
        ("开展宣传12场。", "开展宣传14场次。"),
        ("办结率98%。", "办结率九成八。"),
        ("全县受理案件1.2万件。", "全区受理案件12300件。"),
    ],
)
def test_what_can_be_compared(one: str, other: str) -> None:
    """Units that can be turned into each other, and the wholes of two counties, are one group."""
    found = compared((one, "330324", 2024), (other, "430406", 2024))
    assert [group.places for group in found.groups] == [2]
    assert not found.apart


@pytest.mark.parametrize(
    ("other", "code", "what"),
    [
        ("受理案件320人次。", "430406", ["unit"]),
        ("受理案件320件次。", "430406", ["unit"]),
        ("受理案件320件。", "3303", ["level"]),
        ("全区受理案件320件。", "430406", ["scope"]),
        ("区本级受理案件320件。", "430406", ["scope"]),
        ("五年来,受理案件320件。", "430406", ["period", "span"]),
        ("上半年受理案件320件。", "430406", ["period", "span"]),
        ("累计受理案件320件。", "430406", ["period"]),
        ("案件增加320件。", "430406", ["measure"]),
        ("全市受理案件320件。", "330324006", ["level", "scope"]),
    ],
)
def test_what_cannot_be_compared_says_why(other: str, code: str, what: list[str]) -> None:
    """Each difference is named, with what either side has."""
    found = compared(("受理案件32件。", "330324", 2024), ("受理案件40件。", "500101", 2024), (other, code, 2024))
    assert [group.places for group in found.groups] == [2]
    (apart,) = found.apart
    assert [reason.what for reason in apart.reasons] == what
    assert all(reason.mine != reason.theirs for reason in apart.reasons)


def test_a_department_is_not_its_government() -> None:
    """What the bureau reports is compared with other bureaus' alone."""
    own = [figures("受理案件32件。", code)[0] for code in ("330324", "430406")]
    bureau = [figures("受理案件3件。", code, department="司法局")[0] for code in ("330324", "430406", "500101")]
    found = compare(own[0].indicator, [*own, *bureau])
    assert [(group.terms.office, group.places) for group in found.groups] == [("司法局", 3), ("", 2)]


def test_a_stock_needs_no_words() -> None:
    """公职律师25名 is a stock where others say 现有公职律师 and nobody says 全年; else it is the year's."""
    told = ("现有公职律师30名。", "430406", 2024)
    found = compared(told, ("公职律师25名。", "330324", 2024))
    assert [(group.places, group.terms.period) for group in found.groups] == [(2, "point")]
    found = compared(told, ("公职律师25名。", "330324", 2024), ("全年公职律师12名。", "500101", 2024))
    assert [(group.places, group.terms.period) for group in found.groups] == [(2, "year")]


def test_which_of_several_cannot_be_told() -> None:
    """A place that gives two numbers for a year has none to compare; one said twice is said once."""
    same = [figures("受理案件32件。", code)[0] for code in ("330324", "430406")]
    other = figures("受理案件33件。", "330324")[0]
    found = compare(same[0].indicator, [*same, other, *[figures("受理案件30件。", "500101")[0]] * 2])
    assert [group.places for group in found.groups] == [2]
    assert {(each.figure.value, each.reasons[0].what) for each in found.apart} == {(32, "several"), (33, "several")}


def test_what_has_no_like_at_all() -> None:
    """What was added up since nobody knows when is compared with nothing, however many say so."""
    found = compared(("累计受理案件32件。", "330324", 2024), ("累计受理案件320件。", "430406", 2024))
    assert found.groups == ()
    assert len(found.apart) == 2
    assert not can_be_compared(Terms("level", "件", "county", "", "whole", "", "since", "以来"))
    assert can_be_compared(Terms("level", "件", "county", "", "whole", "", "since", "5"))


def test_the_year_that_a_sentence_names_counts() -> None:
    """去年共受理 is of the year before."""
    found = compared(("受理案件32件。", "330324", 2024), ("去年受理案件28件。", "430406", 2024))
    assert [(year.year, year.places) for year in found.groups[0].years] == [(2023, 1), (2024, 1)]


def test_ranks_are_as_sure_as_the_numbers() -> None:
    """Where bounds overlap a rank lies between two; with too few there is none."""
    low, high = np.arange(10.0, 10 + FEWEST), np.arange(10.0, 10 + FEWEST)
    best, worst = rank(low, high)
    assert best.tolist() == worst.tolist() == [FEWEST - place for place in range(FEWEST)]
    high[0] = 12
    best, worst = rank(low, high)
    assert list(zip(best.tolist(), worst.tolist(), strict=True))[:4] == [(6, 8), (7, 8), (6, 7), (5, 5)]
    assert not np.any(rank(low[1:], high[1:]))


def test_quartiles_and_ranks_of_a_year() -> None:
    """Of enough places; of fewer neither is given."""
    codes = ["330324", "430406", "500101", "330302", "330303", "330304", "330326", "330327", "330328"]
    some = [(f"受理案件{10 * number}件。", code, 2024) for number, code in enumerate(codes, 1)]
    (group,) = compared(*some).groups
    assert [(year.lower, year.median, year.upper) for year in group.years] == [(30, 50, 70)]
    assert [(each.best, each.quarter, each.places) for each in group.standings[:3]] == [(1, 1, 9), (2, 1, 9), (3, 1, 9)]
    assert group.standings[-1].quarter == 4
    (group,) = compared(*some[: FEWEST - 1]).groups
    assert [(year.lower, year.places) for year in group.years] == [(None, FEWEST - 1)]
    assert {(each.best, each.quarter) for each in group.standings} == {(0, 0)}


def test_the_count_says_what_the_comparison_does() -> None:
    """By indicator: how many places, and of how many the numbers can be compared."""
    store = graph_from(
        numbered("受理案件32件。办结率98%。"),
        numbered("受理案件30起。累计办结率98%。", "430406"),
        numbered("受理案件30件。受理案件40件。", "500101"),
    )
    counted = Stored(store).indicators()
    assert counted.reports == 3
    assert [(each.name, each.numbers, each.places, each.comparable) for each in counted.indicators] == [
        ("受理案件", 4, 3, 2),
        ("办结率", 2, 2, 0),
    ]
    for each in counted.indicators:
        found = Stored(store).indicator(each.indicator)
        assert max((group.places for group in found.groups), default=0) == each.comparable
    assert Stored(store).indicators("mechanism/legality-review").indicators == ()


def test_places_and_indicators_by_name() -> None:
    """An indicator is found by its name or its id; what is unknown or not one is told."""
    store = graph_from(numbered("受理案件32件。办结率98%。"), numbered("受理案件30起。", "430406"))
    iri = find_indicator(store, "受理案件")
    assert find_indicator(store, "other/受理案件") == find_indicator(store, iri) == iri
    with pytest.raises(UnknownThing, match="受理案件"):
        find_indicator(store, "受理案")
    own = Stored(store).place("雁峰区")
    assert [each.indicator for each in own.comparisons] == [iri]
    (only,) = own.comparisons[0].groups[0].standings
    assert (only.figure.value, only.places) == (30, 2)
    assert Stored(store).place("永嘉县", iri).comparisons[0].groups[0].standings[0].figure.value == 32
    assert Stored(store).place("雁峰区", find_indicator(store, "办结率")).comparisons == ()


def test_names_of_several_indicators_are_told() -> None:
    """满意率 of the hotline and of the bills are two: which one is meant must be said."""
    report = numbered("群众满意率98%。")
    under = [replace(each, mechanism=name) for each in report.observations for name in ("hotline-12345", "one-window")]
    store = graph_from(replace(report, observations=tuple(under)))
    with pytest.raises(AmbiguousThing, match=r"hotline-12345/群众满意率.*one-window/群众满意率"):
        find_indicator(store, "群众满意率")


def made_up(*rows: tuple[int, int, float, Terms, bool]) -> Columns:
    """Numbers of places on years: the value, the terms, and whether the period is put in words."""
    places, years, values, terms, said = zip(*rows, strict=True)
    kinds = [*dict.fromkeys(zip(terms, said, strict=True))]
    value = np.array(values, np.float64)
    numbers = np.array([kinds.index(each) for each in zip(terms, said, strict=True)], np.int64)
    return Columns(np.array(places), np.array(years), value, value, value, numbers, kinds)


@pytest.mark.parametrize("turn", [1, -1])
def test_the_group_of_most_places_is_first(turn: int) -> None:
    """Whatever the order of the numbers."""
    rows = [(1, 2024, 5, TERMS, True), (2, 2024, 5, TERMS, True), (3, 2024, 5, replace(TERMS, scope="own"), True)]
    found = together(made_up(*rows[::turn]))
    assert [(each.terms.scope, each.places, len(each.members)) for each in found] == [("whole", 2, 2), ("own", 1, 1)]


def test_a_decrease_ranks_below_an_increase() -> None:
    """下降60% is less than 增长10%."""
    falls = [(f"全县受理案件{number}件,同比下降{60 + number}%。", f"33030{number}", 2024) for number in range(2, 6)]
    grows = [(f"全县受理案件{number}件,同比增长{10 + number}%。", f"33032{number}", 2024) for number in (4, 6, 7, 8, 9)]
    changes = [figures(*each)[1] for each in (*falls, *grows)]
    (group,) = compare(changes[0].indicator, changes).groups
    assert [each.figure.change for each in group.standings] == ["increase"] * 5 + ["decrease"] * 4
    assert group.standings[-1].best == 9


def test_a_count_of_many_indicators_is_that_of_each() -> None:
    """What one indicator's numbers say of time, 现有, does not settle another's."""
    point, year = replace(TERMS, period="point"), TERMS
    rows = [(place, 2024, float(place), *((point, True) if place < 2 else (year, False))) for place in range(5)]
    numbers = made_up(*rows, *[(place, 2024, 1.0, year, place == 0) for place in range(4)], (9, 2023, 2.0, year, True))
    found = count(["indicator/other/a", "indicator/other/b"], np.array([0] * 5 + [1] * 5), numbers)
    assert [(each.name, each.numbers, each.places, each.comparable) for each in found] == [
        ("a", 5, 5, 5),
        ("b", 5, 5, 5),
    ]
    none, unknown = np.array([], np.int64), np.array([], np.float64)
    assert count([], none, Columns(none, none, unknown, unknown, unknown, none, [])) == []
