"""A number of a report with its unit, bounds and words."""

import pytest

from graph.analysis.figures import read_indicator, read_sources
from graph.naming import places
from graph.opening import open_any
from tests.factories import graph_from
from tests.numbering import figures, figures_in, numbered
from tests.servers import cutting


@pytest.mark.parametrize(
    ("text", "value", "unit", "low", "high"),
    [
        ("受理案件32件。", 32, "件", 32, 32),
        ("办理事项1.5万件。", 15000, "件", 14000, 16000),
        ("发放资料3.25万份。", 32500, "份", 32400, 32600),
        ("收集意见建议4600余条。", 4600, "条", 4600, 4700),
        ("参与学习达2000人次以上。", 2000, "人次", 2000, None),
        ("全年办结率98%以上。", 98, "%", 98, None),
        ("服务居民近6万人。", 60000, "人", 50000, 60000),
        ("涉及条款约140条。", 140, "条", 130, 150),
        ("办结率98.5%。", 98.5, "%", 98.4, 98.6),
        ("办结率百分之九十八。", 98, "%", 97, 99),
        ("采纳率为九成。", 90, "%", 80, 100),
        ("审结案件一百二十件。", 120, "件", 120, 120),
        ("化解矛盾纠纷583起。", 583, "件", 583, 583),
        ("聘请法律顾问9名。", 9, "人", 9, 9),
        ("挽回经济损失2449万元。", 24_490_000, "元", 24_480_000, 24_500_000),
    ],
)
def test_value_and_bounds(text: str, value: float, unit: str, low: float, high: float | None) -> None:
    """A number is in the unit that it can be turned to, and as exact as its digits and its qualifier say."""
    (found,) = figures(text)
    assert (found.value, found.unit) == (value, unit)
    assert found.low == pytest.approx(low)
    assert found.high is None if high is None else found.high == pytest.approx(high)


def test_of_two_alike_the_one_behind_the_name() -> None:
    """In 撤销5件、驳回5件 each number has the words before it."""
    found = figures("全年撤销案件5件、驳回案件5件。")
    assert [each.clause[: each.position] for each in found] == ["全年撤销案件", "全年撤销案件5件、驳回案件"]


def test_words_of_the_sentence_alone() -> None:
    """What another sentence says of scope and period does not count."""
    first, second, third = figures("上半年,全县开展检查3次,检查企业300户。办理案件32件。")
    assert [each.scope.kind for each in (first, second, third)] == ["whole", "whole", "unsaid"]
    assert [each.period.kind for each in (first, second, third)] == ["part", "part", "year"]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("败诉率6.2%。", "level"),
        ("败诉率下降3.1个百分点。", "change"),
        ("受理案件32件,比上年增加12件。", "change"),
        ("执法证件比去年多12个。", "change"),
        ("满意率较去年高出3个百分点。", "change"),
        ("受理案件32件。", "level"),
    ],
)
def test_levels_and_changes(text: str, measure: str) -> None:
    """A difference is no level, whether or not its direction was understood."""
    assert figures(text)[-1].measure == measure


def test_both_ways_of_reading_give_the_same() -> None:
    """One indicator over many reports, by what stands around it, or all numbers of one report, out of its text."""
    reports = [
        numbered("全县受理行政复议申请32件。", "330324"),
        numbered("上半年,本区受理行政复议申请2千余件,同比增长8%。", "430406"),
    ]
    store = graph_from(*reports)
    whole = [each for report in figures_in(store) for each in report]
    sources = read_sources(store, places(store))
    indicator = whole[0].indicator
    assert read_indicator(store, indicator, sources) == [each for each in whole if each.indicator == indicator]
    with cutting(store, 1000) as url:
        remote = open_any(url)
        assert read_indicator(remote, indicator, sources) == read_indicator(store, indicator, sources)
        assert figures_in(remote) == figures_in(store)


def test_findings_that_are_unsure_can_be_left_out() -> None:
    """A number that the rules are less sure of does not count where sure ones are asked for."""
    store = graph_from(numbered("受理案件32件。共有43处。"))
    sources = read_sources(store, places(store))
    every = figures_in(store)[0]
    unsure = [each for each in every if each.confidence < 1]
    assert unsure
    assert read_indicator(store, unsure[0].indicator, sources, confidence=1.0) == []
