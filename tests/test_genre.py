"""Annual rule-of-law reports, told from their neighbours and from other texts."""

from pathlib import Path

import pytest

from extract.genre import NAMES, judge
from extract.mending import mend
from extract.outline import read_outline
from extract.reading import Document, decode
from tools.score import REPORTS

BODY = (
    "一年来，全镇深入学习贯彻习近平法治思想，扎实推进法治政府建设，规范行政执法，落实合法性审查，办理行政复议案件2件，"
    "开展普法宣传12场，调处矛盾纠纷45件，聘请法律顾问1名，主动公开政府信息120条，各项工作取得新的成效。"
)
REPORT = f"一、主要成效\n{BODY}{BODY}\n二、下一步打算\n{BODY}"
ALL = [path for folder in REPORTS for path in sorted(folder.iterdir()) if path.suffix in {".txt", ".html"}]

TITLES_OF_REPORTS = [
    "石桥镇2023年法治政府建设年度报告",
    "关于2022年度法治政府建设情况的报告",
    "临江区水利局2021年依法行政工作总结",
    "临江区人民政府2016年推进依法行政工作情况报告",
    "2024年法治建设工作汇报",
    "石桥镇2024年法治政府建设工作总结及2025年工作计划",
    "石桥镇2023年法治政府建设情况和下一步工作安排",
    "临江区人民政府办公室关于印发临江区2023年法治政府建设情况报告的通知",
    "关于报送2022年度法治政府建设工作情况的函",
    "关于贯彻落实《法治政府建设实施纲要（2021—2025年）》实施方案情况的报告",
    "关于落实区人大常委会对法治政府建设情况报告审议意见的情况报告",
    "关于2023年度法治政府建设工作情况的公示",
    "标题：石桥镇2023年度法治政府建设情况报告（公开版）",
    "石桥镇2023年法治政府建设年度报告_临江区人民政府网",
    "区政府党组关于2020年法治政府建设情况的述职报告",
    "石桥镇2023年度开展法治政府建设工作情况报告",
    "临江区政府落实审议意见推进法治政府建设情况的报告",
    "石桥镇落实全面依法治区部署工作报告",
    "中共临江区委全面依法治区委员会办公室2019年法治政府建设回顾",
]
TITLES_OF_OTHERS = [
    ("2023年石桥镇政府信息公开工作年度报告", "disclosure-report"),
    ("临江区2024年政府信息公开年报", "disclosure-report"),
    ("2024年临江市政府工作报告", "government-work-report"),
    ("政府工作报告——2024年1月9日在临江市第十届人民代表大会第三次会议上", "government-work-report"),
    ("《临江市法治政府建设实施方案》解读", "interpretation"),
    ("一图读懂临江市2023年法治政府建设报告", "interpretation"),
    ("【图文解读】临江市关于加强法治政府建设的意见", "interpretation"),
    ("临江区2023年部门预算公开说明", "budget"),
    ("临江县贯彻落实法治政府建设意见的实施方案", "directive"),
    ("2024年临江县法治政府建设工作要点", "directive"),
    ("临江县人民政府关于印发2024年法治政府建设工作计划的通知", "directive"),
    ("关于做好2023年度法治政府建设情况报告的通知", "directive"),
    ("临江县召开2023年度法治政府建设推进会", "news"),
    ("临江县人大常委会听取法治政府建设情况报告", "news"),
    ("法治政府建设工作汇报材料范文", "template"),
    ("2024年法治政府建设工作总结（精选五篇）", "template"),
    ("某县2023年法治政府建设情况报告", "template"),
    ("XX镇2023年法治政府建设工作总结", "template"),
    ("××市2022年度法治政府建设情况报告", "template"),
]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem[:3])
@pytest.mark.parametrize("titled", [True, False])
def test_no_known_report_is_refused(path: Path, titled: bool) -> None:
    """Every report that is known passes, with all of its page and without anything above its first paragraph."""
    outline = read_outline(mend(decode(Document(path.name, path.read_bytes()))))
    text = outline.text if titled else outline.text[outline.body.start :]
    assert judge(read_outline(text)).kind == "report"


@pytest.mark.parametrize("title", TITLES_OF_REPORTS)
def test_reports_are_taken(title: str) -> None:
    """The genre has many titles, some with the words of its neighbours in them."""
    assert judge(read_outline(f"{title}\n{REPORT}")).kind == "report"


@pytest.mark.parametrize("menu", ["政策解读\n政府信息公开年报\n规划计划", "通知公告\n实施方案\n政府工作报告"])
def test_a_report_needs_no_title(menu: str) -> None:
    """Half the pages carry none; the words of a menu are no title."""
    assert judge(read_outline(REPORT)).kind == "report"
    assert judge(read_outline(f"{menu}\n{REPORT}")).kind == "report"


def test_a_heading_is_no_title() -> None:
    """Parts without numbers begin with lines that may end like a plan's title."""
    text = f"科学制定法治政府建设工作计划\n{BODY}\n狠抓法治政府建设实施方案\n{BODY}\n存在的问题\n{BODY}"
    assert judge(read_outline(text)).kind == "report"


@pytest.mark.parametrize(("title", "kind"), TITLES_OF_OTHERS)
def test_neighbouring_genres_are_named_by_their_titles(title: str, kind: str) -> None:
    """A document of a neighbouring genre is refused whatever its text holds, and called what it is."""
    verdict = judge(read_outline(f"{title}\n{REPORT}"))
    assert verdict.kind == kind
    assert "“" in verdict.reason


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(
            f"各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n{REPORT}",
            "government-work-report",
            id="to a congress",
        ),
        pytest.param(
            f"一、总体情况\n{BODY}\n（一）主动公开政府信息情况\n{BODY}\n（二）收到和处理政府信息公开申请情况\n{BODY}",
            "disclosure-report",
            id="the parts that a disclosure report must have",
        ),
        pytest.param(f"为深入推进法治政府建设，结合我区实际，制定本方案。\n{REPORT}", "directive", id="制定本方案"),
        pytest.param(
            f"现将《临江区法治建设工作要点》印发给你们，请认真贯彻执行。\n{REPORT}", "directive", id="印发给你们"
        ),
        pytest.param(
            f"一、起草背景\n{BODY}\n二、主要内容\n{BODY}\n三、解读机关\n{BODY}", "interpretation", id="起草背景"
        ),
        pytest.param(
            f"3月5日上午，区委依法治区办召开法治政府建设推进会。\n{BODY}\n会议指出，{BODY}\n会议强调，{BODY}",
            "news",
            id="a meeting",
        ),
        pytest.param(f"2023年，××县以法治政府建设为抓手，真抓实干。\n{REPORT}", "template", id="××县"),
        pytest.param(
            "本公司主营办公用品，欢迎选购，价格优惠，品质可靠，服务周到。" * 20, "none", id="an advertisement"
        ),
        pytest.param("今天天气晴朗，全镇组织春耕生产，农民抢抓农时播种。" * 20, "none", id="spring ploughing"),
        pytest.param("法治政府建设。", "none", id="too short"),
        pytest.param("全镇推进法治政府建设，修桥铺路，植树造林。" * 20, "none", id="the subject without its matters"),
    ],
)
def test_other_texts_are_told_by_their_phrases(text: str, kind: str) -> None:
    """Without a title the fixed phrases of a genre tell it; what is not of the subject is none."""
    verdict = judge(read_outline(text))
    assert verdict.kind == kind
    assert str(verdict).startswith(NAMES[verdict.kind])


@pytest.mark.parametrize(
    "sentence",
    [
        "主任、各位副主任、委员：\n受区人民政府委托，现将2023年法治政府建设情况报告如下，请予审议。",
        "现将2023年法治政府建设工作情况报告如下。全年制定实施方案3件，召开会议5次，会议强调要依法行政，会议要求抓好落实。",
        "2023年，我镇公布某公司诉某街道办事处、李某诉某镇政府等典型案例3个，以案释法。",
        "2023年12月28日，区政府常务会议审议通过本报告。",
        "2023年，全市打造“1+X县域”治理模式，推进某区域社会治理、某市场主体培育。",
    ],
)
def test_a_report_may_speak_like_its_neighbours(sentence: str) -> None:
    """Words of a neighbouring genre inside a report do not refuse it."""
    assert judge(read_outline(f"{sentence}\n{REPORT}")).kind == "report"
