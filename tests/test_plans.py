"""Measures for the coming year, numbered or not."""

import pytest

from extract.outline import read_outline
from extract.plans import find_plans

PROSE = "扎实推进法治政府建设各项工作，不断提高依法行政能力和水平。"
PART = f"一、主要成效\n全镇认真学习贯彻习近平法治思想，{PROSE}\n二、2024年工作安排\n{{}}\n某镇人民政府"

FORMS = [
    pytest.param(f"（一）加强学习。{PROSE}\n（二）规范执法。{PROSE}", ["加强学习", "规范执法"], id="headings"),
    pytest.param(f"（一）加强学习\n{PROSE}\n（二）规范执法\n{PROSE}", ["加强学习", "规范执法"], id="headings alone"),
    pytest.param(f"一是加强学习。{PROSE}二是规范执法。{PROSE}", ["加强学习", "规范执法"], id="一是 in a paragraph"),
    pytest.param(
        f"（一）工作思路\n{PROSE}\n（二）总体目标\n{PROSE}\n（三）主要举措\n1.加强学习。{PROSE}\n2.规范执法。{PROSE}",
        ["加强学习", "规范执法"],
        id="aims are no measures, the lowest headings are",
    ),
    pytest.param(
        f"（一）加强学习。{PROSE}\n规范执法。{PROSE}{PROSE}\n（三）强化监督。{PROSE}",
        ["加强学习", "规范执法", "强化监督"],
        id="a number that the page lost",
    ),
    pytest.param(
        "以习近平法治思想为指导，重点做好以下工作：加强学习，提升能力；规范执法，强化监督。",
        ["加强学习，提升能力", "规范执法，强化监督"],
        id="statements without numbers",
    ),
    pytest.param(
        "把台账搬上平台，年底全镇都用上。\n请律师到码头坐班，平时开通视频咨询。\n丢掉手抄本，数据一次录入。",
        ["把台账搬上平台，年底全镇都用上", "请律师到码头坐班，平时开通视频咨询", "丢掉手抄本，数据一次录入"],
        id="a paragraph each in plain words",
    ),
    pytest.param(
        f"明年办好两件事。其一，加强学习。{PROSE}其二，规范执法。{PROSE}\n这些事都写进了督办单，谁牵头、谁配合，贴上墙，年底向全镇父老交账，请大家来监督。",
        ["加强学习", "规范执法"],
        id="what closes the report behind a list in one paragraph",
    ),
    pytest.param(f"首先，加强学习。{PROSE}其次，规范执法。{PROSE}", ["加强学习", "规范执法"], id="首先"),
]


@pytest.mark.parametrize(("part", "statements"), FORMS)
def test_measures_of_every_form_are_found(part: str, statements: list[str]) -> None:
    """Each measure is one plan, named by its heading or its first clause."""
    found = [plan.statement for plan in find_plans(read_outline(PART.format(part)), lambda evidence: ())]
    assert statements == found


def test_the_quote_is_the_heading_and_all_its_text() -> None:
    """A plan's evidence runs from behind its number to its end."""
    text = PART.format(f"（一）加强学习。{PROSE}\n（二）规范执法。{PROSE}")
    first = next(find_plans(read_outline(text), lambda evidence: ()))
    assert first.evidence.of(text) == f"加强学习。{PROSE}"


@pytest.mark.parametrize(
    "ahead",
    [
        "下一步，",
        "明年，我镇将",
        "2024年，我镇将",
        "今后，我们要",
        "对此，我镇将",
        "打算：",
        "整改措施：",
        "疏通之策：",
        "破解办法：",
        "怎么改：",
    ],
)
def test_answers_to_shortcomings_are_measures(ahead: str) -> None:
    """Where each shortcoming is answered behind it, the answers are the plans, without the words that announce them."""
    items = "".join(
        f"（{n}）{what}。情况不容乐观。{ahead}{answer}。\n"
        for n, what, answer in (("一", "执法力量不足", "充实队伍"), ("二", "审查不严", "健全机制"))
    )
    text = f"一、主要成效\n全镇认真学习，{PROSE}\n二、存在问题与改进措施\n{items}某镇人民政府"
    assert [plan.statement for plan in find_plans(read_outline(text), lambda evidence: ())] == ["充实队伍", "健全机制"]
