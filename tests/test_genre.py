"""Annual rule-of-law reports, told from their neighbours and from other texts."""

import pytest

from extract.genre import other_genre
from extract.outline import read_outline

BODY = (
    "一年来，全镇深入学习贯彻习近平法治思想，扎实推进法治政府建设，规范行政执法，落实合法性审查，办理行政复议案件2件，"
    "开展普法宣传12场，调处矛盾纠纷45件，聘请法律顾问1名，主动公开政府信息120条，各项工作取得新的成效。"
)
REPORT = f"一、主要成效\n{BODY}{BODY}\n二、下一步打算\n{BODY}"

REPORTS = [
    "某镇2023年法治政府建设年度报告",
    "关于2022年度法治政府建设情况的报告",
    "某局2021年依法行政工作总结",
    "某区人民政府2016年推进依法行政工作情况报告",
    "2024年法治建设工作汇报",
]
OTHERS = [
    ("某县2023年政府信息公开工作年度报告", "disclosure report"),
    ("2024年某市政府工作报告", "government work report"),
    ("某市法治政府建设实施方案解读", "a plan or an opinion|interpretation"),
    ("某区2023年部门预算", "budget"),
    ("某县贯彻落实意见的实施方案", "a plan or an opinion"),
]


@pytest.mark.parametrize("title", REPORTS)
def test_reports_are_taken(title: str) -> None:
    """The genre has many titles."""
    assert other_genre(read_outline(f"{title}\n{REPORT}")) is None


def test_a_report_needs_no_title() -> None:
    """Half the pages carry none."""
    assert other_genre(read_outline(REPORT)) is None


@pytest.mark.parametrize(("title", "genre"), [(t, g) for t, g in OTHERS if "法治" not in t])
def test_neighbouring_genres_are_named(title: str, genre: str) -> None:
    """A document of a neighbouring genre is refused, and called what it is."""
    found = other_genre(read_outline(f"{title}\n{REPORT}"))
    assert found is not None
    assert genre in found


@pytest.mark.parametrize(
    ("text", "genre"),
    [
        ("本公司主营办公用品，欢迎选购，价格优惠，品质可靠，服务周到。" * 20, "another subject"),
        ("法治政府建设。", "too short"),
        ("今天天气晴朗，全镇组织春耕生产，农民抢抓农时播种。" * 20, "another subject"),
    ],
)
def test_other_texts_are_refused(text: str, genre: str) -> None:
    """What does not speak of rule-of-law government is no report."""
    assert genre in (other_genre(read_outline(text)) or "")
