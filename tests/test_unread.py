"""What no rule understood is counted, and what was understood or counts nothing is not."""

import pytest

from extract.documents import Document
from extract.outline import read_outline
from extract.records import Deficiency, Evidence, Unread
from extract.report import read_report
from extract.unread import find_unread

PROSE = (
    "全镇认真学习贯彻习近平法治思想，扎实推进法治政府建设和行政执法、普法、人民调解、政务公开各项工作，取得了新的成效。"
)


def _unread(sentence: str, part: str = "主要成效") -> list[tuple[str, str]]:
    text = f"某乡2023年法治政府建设年度报告\n一、{part}\n{PROSE}{sentence}\n二、其他工作\n{PROSE}{PROSE}{PROSE}"
    report = read_report(Document("a.txt", text.encode()), force=True)
    return [(each.why, each.evidence.of(report.text)) for each in report.unread]


@pytest.mark.parametrize(
    "sentence",
    [
        "全年办理案件12件，办结率98%。",
        "推行“139”工作法，开展“12·4”宪法宣传。",
        "2023年3月5日召开会议，印发〔2023〕4号文件。",
        "持续加强队伍建设。",
    ],
)
def test_what_was_read_or_counts_nothing_is_not_listed(sentence: str) -> None:
    """Numbers that became observations, names, dates and document numbers are not unread."""
    assert _unread(sentence) == []


def test_a_number_that_no_rule_reads_is_listed() -> None:
    """A clause with a number outside every observation is listed whole."""
    assert ("number", "对10万元以上合同一律送审") in _unread("对10万元以上合同一律送审。")


def test_a_fault_outside_every_shortcoming_is_listed() -> None:
    """In a part on shortcomings, a sentence that names a fault is listed unless a record covers it."""
    text = f"一、成效\n{PROSE}\n二、存在的不足\n窗口作风问题尚待改进。已有所好转。\n三、打算\n{PROSE}"
    outline = read_outline(text)
    fault = Unread("shortcoming", Evidence(text.index("窗口"), text.index("已有所")))
    assert list(find_unread(outline, (), ())) == [fault]
    assert list(find_unread(outline, (), [Deficiency("", (), (), (), fault.evidence)])) == []
