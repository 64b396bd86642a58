"""Numbers of a report that cannot all be true; and those that only look so."""

import pytest

from graph.analysis.observations import Stored
from graph.figures.contradictions import Contradiction, contradictions
from tests.factories import graph_from
from tests.numbering import figures, numbered


def found(text: str, earlier: str = "") -> list[Contradiction]:
    """The contradictions of a report on 2024, given the one on 2023."""
    return contradictions(figures(text), figures(earlier, year=2023) if earlier else ())


CASES = [
    # A change against last year's own figure.
    ("change", "全县受理行政复议申请32件,同比增长60%。", "全县受理行政复议申请28件。"),
    ("change", "全年受理行政复议申请32件,同比下降60%。", "全年受理行政复议申请28件。"),
    ("change", "受理行政复议申请32件,较上年增加12件。", "受理行政复议申请28件。"),
    ("change", "败诉率6.2%,较上年下降3.1个百分点。", "败诉率7.9%。"),
    ("change", "全县行政处罚案件由5214件增至6038件,增幅25.8%。", ""),
    ("change", "受理行政复议申请由上年的28件增至32件,同比增长60%。", ""),
    # Parts against their total.
    ("parts", "办理行政处罚案件25件,其中简易程序12件、普通程序18件。", ""),
    ("parts", "审结行政复议案件53件,其中维持33件、撤销15件、驳回8件。", ""),
    ("parts", "全年合法性审查97件,其中合同73件、重大事项9件、其他文件18件。", ""),
    ("parts", "全年合法性审查97件,其中合同53件、重大事项9件、其他文件18件。", ""),
    ("parts", "审查合同32份,其中政府合同59份。", ""),
    ("parts", "一审行政诉讼案件20件(其中败诉28件)。", ""),
    # A rate against its numerator and denominator.
    ("rate", "受理行政复议申请32件,办结30件,办结率98%。", ""),
    ("rate", "受理矛盾纠纷400件,调解成功300件,调解成功率98.5%。", ""),
    ("rate", "一审开庭行政应诉案件61件,负责人出庭30件,出庭率95.1%。", ""),
    ("rate", "排查矛盾纠纷300件,化解200件,化解率99%。", ""),
    ("rate", "发现问题100个,整改50个,整改率91.9%。", ""),
    ("rate", "评查案卷200卷,合格150卷,合格率99%。", ""),
    # One thing told twice.
    ("twice", "受理行政复议申请32件。今年,受理行政复议申请35件。", ""),
    ("twice", "全年受理行政复议申请32件。受理行政复议申请35件。", ""),
    ("twice", "全县排查矛盾纠纷3200起。全县共排查矛盾纠纷3500起。", ""),
    ("twice", "办理法律援助案件320件。全年办理法律援助案件350件。", ""),
    ("twice", "行政机关负责人出庭应诉率为98%。行政机关负责人出庭应诉率为95%。", ""),
    ("twice", "主动公开政府信息1900条。2024年主动公开政府信息2900条。", ""),
]


@pytest.mark.parametrize(("kind", "text", "earlier"), CASES)
def test_what_cannot_all_be_true(kind: str, text: str, earlier: str) -> None:
    """Each is found once, and as what it is."""
    assert [each.kind for each in found(text, earlier)] == [kind]


CONSISTENT = [
    # Within what cutting and rounding give.
    ("全县受理行政复议申请32件,同比增长14.3%。", "全县受理行政复议申请28件。"),
    ("全县受理行政复议申请32件,同比增长14.2%。", "全县受理行政复议申请28件。"),
    ("全县受理行政复议申请1.2万件,同比增长22%。", "全县受理行政复议申请1万件。"),
    ("败诉率6.2%,较上年下降3.1个百分点。", "败诉率9.3%。"),
    ("败诉率6.2%,同比下降33.3%。", "败诉率9.3%。"),
    ("全县行政处罚案件由5214件增至6038件,增幅15.8%。", ""),
    # Not the same thing, or not against last year.
    ("全县受理行政复议申请32件,同比增长60%。", "县本级受理行政复议申请28件。"),
    ("全县受理行政复议申请32件,比2019年增长60%。", "全县受理行政复议申请28件。"),
    ("全县受理行政复议申请32件,同比增长60%。", "五年来,全县受理行政复议申请128件。"),
    ("全县受理行政复议申请32件,同比增长100%。", "全县受理行政复议申请0件。"),
    ("全县受理行政复议申请32件以上,同比增长60%。", "全县受理行政复议申请28件以上。"),
    ("全县受理行政复议申请32余件,同比增长60%。", "全县受理行政复议申请20余件。"),
    # Parts that may overlap, or are no parts of this.
    ("审结行政复议案件53件,其中维持33件、撤销15件、驳回5件。", ""),
    ("办理案件25件,其中受理23件、审结20件。", ""),
    ("全年合法性审查97件,其中合同73件、重大事项9件、其他文件15件。", ""),
    ("检查企业25家,其中发现问题80个。", ""),
    ("办理行政处罚案件25件,罚款30万元,其中简易程序40件。", ""),
    ("办理行政处罚案件8906件,其中环境保护类127件、安全生产类212件。", ""),
    # Rates of something else.
    ("受理行政复议申请32件,办结30件,办结率93.8%。", ""),
    ("受理行政复议申请32件,办结30件,办结率93.75%。", ""),
    ("受理行政复议申请32件,办结30件,按时办结率100%。", ""),
    ("受理行政复议申请32件(含上年结转2件),办结30件,办结率98%。", ""),
    ("收到诉求32件,办结30件,满意率98%。", ""),
    ("受理纠纷300余件,调解成功295件,成功率98%。", ""),
    # Not the same twice.
    ("全县受理行政复议申请32件。县本级受理行政复议申请25件。", ""),
    ("上半年受理行政复议申请12件。全年受理行政复议申请32件。", ""),
    ("去年受理行政复议申请28件。今年受理行政复议申请32件。", ""),
    ("先锋街道受理行政复议申请2件。雁峰街道受理行政复议申请3件。", ""),
    ("围绕校园,聘任法治副校长13名。围绕企业,聘任法治副校长28名。", ""),
    ("主动公开政府信息1900余条。主动公开政府信息1930条。", ""),
]


@pytest.mark.parametrize(("text", "earlier"), CONSISTENT)
def test_what_may_all_be_true(text: str, earlier: str) -> None:
    """Where a careful reader would not object, nothing is said."""
    assert found(text, earlier) == []


def test_a_contradiction_says_what_the_others_make_of_it() -> None:
    """32 after 28 is a rise by 14.3 %; both sentences are there."""
    (only,) = found("全县受理行政复议申请32件,同比增长60%。", "全县受理行政复议申请28件。")
    assert only.least == only.most == pytest.approx(100 * 4 / 28)
    assert [each.told for each in (only.figure, *only.others)] == ["60%", "32件", "28件"]
    assert [each.source.year for each in only.others] == [2024, 2023]


def test_of_a_graph_years_of_one_office_are_held_against_each_other() -> None:
    """Only the year right before counts, and only of the same office."""
    now, then = "全县受理行政复议申请32件,同比增长60%。", "全县受理行政复议申请28件。"
    next_to = graph_from(numbered(now), numbered(then, year=2023), numbered(then, "430406", 2024))
    assert [each.kind for each in Stored(next_to).contradictions().found] == ["change"]
    assert [each.kind for each in Stored(next_to).contradictions("永嘉县").found] == ["change"]
    assert not Stored(next_to).contradictions("雁峰区").found
    gap = graph_from(numbered(now), numbered(then, year=2022), numbered(then, "430406", 2023))
    assert not Stored(gap).contradictions().found
    office = graph_from(numbered(now), numbered(then, year=2023, department="司法局"))
    assert not Stored(office).contradictions().found
