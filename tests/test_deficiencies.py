"""Shortcomings in every form, with what belongs to them and without what does not."""

import pytest

from extract.deficiencies import find_deficiencies
from extract.outline import read_outline
from extract.records import Deficiency

PROSE = "全镇认真学习贯彻习近平法治思想，扎实推进法治政府建设各项工作，取得了新的成效。"
PART = f"一、主要成效\n{PROSE}\n二、存在的不足\n{{}}\n三、下一步打算\n（一）加强培训。{PROSE}\n（二）强化监督。{PROSE}"


def _read(text: str) -> list[Deficiency]:
    return list(find_deficiencies(read_outline(text), lambda statement, passage: (), lambda evidence: ()))


FORMS = [
    pytest.param(
        "当前还存在以下不足：一是执法力量薄弱；二是普法形式单一；三是审查质效不高。",
        ["执法力量薄弱", "普法形式单一", "审查质效不高"],
        id="一是 in one paragraph",
    ),
    pytest.param(
        "（一）执法力量薄弱\n全镇执法人员只有3人，夜间巡查时断时续。\n（二）普法形式单一\n仍以发传单为主，群众不爱看。",
        ["执法力量薄弱", "普法形式单一"],
        id="headings with text below",
    ),
    pytest.param(
        "1.执法力量薄弱。人少事多矛盾突出。\n2.普法形式单一。缺少新媒体手段。",
        ["执法力量薄弱", "普法形式单一"],
        id="headings with text behind",
    ),
    pytest.param(
        "与上级要求相比还有差距：\n——执法力量薄弱。\n——普法形式单一。", ["执法力量薄弱", "普法形式单一"], id="dashes"
    ),
    pytest.param(
        "一是执法力量薄弱。二是普法形式单一。此外，执法数据至今没有打通，靠人工拷贝。",
        ["执法力量薄弱", "普法形式单一", "执法数据至今没有打通"],
        id="one more behind a list",
    ),
    pytest.param(
        "一是执法力量薄弱；二是普法形式单一。究其原因，一是编制偏紧；二是压力传导不够；此外，财力紧张。",
        ["执法力量薄弱", "普法形式单一"],
        id="one more cause is no shortcoming",
    ),
    pytest.param(
        "主要表现在：有的镇对依法行政还停留在嘴上；执法队伍“老、散、弱”的状况没有根本改观。",
        ["有的镇对依法行政还停留在嘴上", "执法队伍“老、散、弱”"],
        id="on their lips",
    ),
    pytest.param(
        "（一）行政行为被纠错的情形仍未消除。\n（二）应急力量薄弱的问题还比较突出。",
        ["行政行为被纠错的情形仍未消除", "应急力量薄弱"],
        id="shortened where a fault is left",
    ),
    pytest.param(
        "首先，执法力量薄弱，人手不足。其次，普法形式单一。最后，审查质效不高。",
        ["执法力量薄弱", "普法形式单一", "审查质效不高"],
        id="首先",
    ),
    pytest.param(
        "我镇法治建设还有短板：部分干部法治意识不强；执法程序不够规范；普法针对性不足。",
        ["部分干部法治意识不强", "执法程序不够规范", "普法针对性不足"],
        id="semicolons only",
    ),
    pytest.param(
        "执法力量较为薄弱，一线人员不足。\n普法形式比较单一，群众参与度不高。",
        ["执法力量较为薄弱", "普法形式比较单一"],
        id="a paragraph each",
    ),
    pytest.param(
        "工作中还存在执法力量不足、普法形式单一、审查不够深入等问题。",
        ["执法力量不足", "普法形式单一", "审查不够深入"],
        id="objects of one sentence",
    ),
    pytest.param(
        "一是在普法方面，形式还比较单一；二是执法过程中，程序意识不强。",
        ["在普法方面，形式还比较单一", "执法过程中，程序意识不强"],
        id="a setting is no statement",
    ),
    pytest.param(
        "一是执法文书不规范的现象时有发生；二是普法形式单一的问题仍然存在。",
        ["执法文书不规范", "普法形式单一"],
        id="that it is so is not what it is",
    ),
    pytest.param(
        "一是执法力量薄弱；二是上年度指出的装备不足问题已全部整改到位；三是普法形式单一。",
        ["执法力量薄弱", "普法形式单一"],
        id="a solved problem is none",
    ),
    pytest.param("一是未发现违法决策情形；二是普法形式单一。", ["普法形式单一"], id="a negation is none"),
    pytest.param(
        "（一）问题：执法力量薄弱。队员只有3人。\n打算：招录队员2名。\n（二）问题：普法形式单一。群众不爱看。\n打算：拍摄短视频。",
        ["执法力量薄弱", "普法形式单一"],
        id="a label before each",
    ),
    pytest.param(
        "问题一：执法力量薄弱。队员只有3人。成因：编制紧张。\n问题二：普法形式单一。群众不爱看。成因：缺少策划。",
        ["执法力量薄弱", "普法形式单一"],
        id="numbered labels",
    ),
    pytest.param("目前主要短板是：政务公开不及时，群众知晓率低。", ["政务公开不及时"], id="a label that says 是"),
    pytest.param(
        "■执法力量薄弱　■普法形式单一　■审查不够深入",
        ["执法力量薄弱", "普法形式单一", "审查不够深入"],
        id="squares in a line",
    ),
    pytest.param("经自查，未发现违法决策行为，但个别制度未及时修订。", ["个别制度未及时修订"], id="none, but one"),
    pytest.param(
        "主要表现为“三个不够”：学法用法不够、执法规范不够、普法创新不够。",
        ["学法用法不够", "执法规范不够", "普法创新不够"],
        id="a bare list",
    ),
    pytest.param(
        "（一）存在问题\n1.执法力量薄弱。队员少。\n2.普法形式单一。群众不爱看。\n（二）原因分析\n一是编制紧张；二是经费不足。",
        ["执法力量薄弱", "普法形式单一"],
        id="a heading for all shortcomings",
    ),
    pytest.param(
        "（一）存在的不足。回头看，还有差距：一是执法力量薄弱；二是普法形式单一。\n（二）下一步打算。\n1.招录队员。\n2.拍短视频。",
        ["执法力量薄弱", "普法形式单一"],
        id="a heading for plans beside it",
    ),
    pytest.param(
        "对照要求，差距依然存在。比较突出的是，执法力量薄弱；普法形式单一。",
        ["执法力量薄弱", "普法形式单一"],
        id="比较突出的是 leads to it",
    ),
    pytest.param(
        "需要引起重视的是，执法力量薄弱；尤为突出的是普法形式单一；不容忽视的是，审查不够深入。",
        ["执法力量薄弱", "普法形式单一", "审查不够深入"],
        id="需要引起重视的是 and the like",
    ),
    pytest.param(
        "一是从案卷评查情况看，文书不规范；二是客观地讲，普法形式单一。",
        ["文书不规范", "普法形式单一"],
        id="从…看 and 客观地讲 lead to it",
    ),
    pytest.param(
        "一是重视的是形式，内容抓得不实；二是从干部到群众都看重人情，守法意识不强；三是最突出的是取证。证据固定不及时。",
        ["重视的是形式，内容抓得不实", "从干部到群众都看重人情", "最突出的是取证"],
        id="what is no lead",
    ),
    pytest.param(
        "坦诚地讲，工作离群众要求还有差距。一是执法力量薄弱。", ["执法力量薄弱"], id="a list of one behind a lead-in"
    ),
    pytest.param(
        "静下心来看，不少事没有做到群众心坎上。归纳起来是三个“慢”。\n反应不快。派单不及时。\n审核不快。没有法律顾问。\n答复不快。常常超期。",
        ["反应不快", "审核不快", "答复不快"],
        id="a sentence that counts the points",
    ),
    pytest.param(
        "巡查力量不足，全乡队员只有三个。\n审核走过场，合同不细看。",
        ["巡查力量不足", "审核走过场"],
        id="只有三个 counts none",
    ),
    pytest.param(
        "我们逐条对照、一短一策：\n（一）执法力量薄弱\n问题表现：队员只有3人。\n改进打算：招录队员2名。\n"
        "（二）普法形式单一\n问题表现：群众不爱看。\n改进打算：拍摄短视频。",
        ["执法力量薄弱", "普法形式单一"],
        id="answered one by one behind a lead-in",
    ),
    pytest.param(
        "掏心窝子讲，也有让人脸红的地方：执法力量薄弱，队员只有3人；普法形式单一，发完就丢。",
        ["执法力量薄弱", "普法形式单一"],
        id="让人脸红的地方 leads to them",
    ),
    pytest.param(
        "一是普法“一锅烩”现象依然存在；二是执法“一刀切”问题仍然存在；三是执法文书不规范的现象时有发生。",
        ["普法“一锅烩”现象依然存在", "执法“一刀切”问题仍然存在", "执法文书不规范"],
        id="a figure of speech alone says too little",
    ),
    pytest.param(
        "一是有的村干部碰上难缠事，还是先托人情；二是轮到自己办案，却不会写文书；三是遇到硬茬不敢管，绕着走。",
        ["有的村干部碰上难缠事，还是先托人情", "轮到自己办案，却不会写文书", "遇到硬茬不敢管"],
        id="an occasion is no shortcoming",
    ),
    pytest.param(
        "（一）针对执法力量薄弱问题。队员只有3人，夜里派不出人。\n（二）针对普法形式单一问题。群众不爱看，看过就忘。",
        ["执法力量薄弱", "普法形式单一"],
        id="针对…问题 as a heading",
    ),
]


@pytest.mark.parametrize(("part", "statements"), FORMS)
def test_shortcomings_of_every_form_are_found(part: str, statements: list[str]) -> None:
    """Each shortcoming is one record whose statement is the shortest wording that names it."""
    assert statements == [each.statement for each in _read(PART.format(part))]


CAUSES = [
    pytest.param(
        "一是执法力量薄弱；二是普法形式单一。究其原因，一方面，重视程度不够；另一方面，经费保障不足。",
        [["重视程度不够", "经费保障不足"], ["重视程度不够", "经费保障不足"]],
        id="for all at the end",
    ),
    pytest.param(
        "（一）执法力量薄弱。人手不足。\n（二）普法形式单一。缺乏新意。\n产生上述问题的主要原因是重视程度不够，经费保障不足。",
        [["重视程度不够", "经费保障不足"], ["重视程度不够", "经费保障不足"]],
        id="for all in a paragraph of its own",
    ),
    pytest.param(
        "1.执法力量薄弱。因编制偏紧，巡查不够。\n2.普法形式单一。缺乏新意。\n究其原因：（1）重视程度不够；（2）经费保障不足。",
        [["编制偏紧", "重视程度不够", "经费保障不足"], ["重视程度不够", "经费保障不足"]],
        id="for all, beside one's own",
    ),
    pytest.param(
        "执法力量薄弱；普法形式单一。这些问题主要受队伍断档和装备陈旧制约。",
        [["队伍断档", "装备陈旧"], ["队伍断档", "装备陈旧"]],
        id="for all, in a sentence of its own",
    ),
    pytest.param(
        "执法人员专业能力不足，普法形式单一。究其原因，一是重视程度不够，二是经费保障不足。",
        [["重视程度不够", "经费保障不足"]],
        id="the only list is of causes",
    ),
    pytest.param(
        "一是执法力量薄弱，主要原因是编制紧张；二是普法形式单一，主要原因是经费不足。",
        [["编制紧张"], ["经费不足"]],
        id="each its own",
    ),
    pytest.param(
        "（一）执法力量薄弱。由于编制紧张，巡查时断时续。\n（二）普法形式单一。", [["编制紧张"], []], id="in a clause"
    ),
]


FOR_ALL = [
    "究其缘由，一来编制紧张，二来经费不足。",
    "究其原因，编制紧张、经费不足。",
    "追根溯源，既有编制紧张的原因，也有经费不足的原因。",
    "根子在于编制紧张、经费不足。",
    "这些问题，一来是因为编制紧张；二来是因为经费不足。",
    "此类窘境缘于编制紧张和经费不足。",
]


@pytest.mark.parametrize("causes", FOR_ALL)
def test_causes_behind_semicolons_stand_under_each(causes: str) -> None:
    """What follows a list without numbers in a sentence of its own is the cause of all of it, in whatever words."""
    part = f"还有几处短腿：执法力量薄弱，队员只有3人；普法形式单一，发完就丢；审查不够深入。{causes}"
    found = _read(PART.format(part))
    assert [each.statement for each in found] == ["执法力量薄弱", "普法形式单一", "审查不够深入"]
    assert [[cause.statement for cause in each.causes] for each in found] == [["编制紧张", "经费不足"]] * 3


@pytest.mark.parametrize("lead", ["究其原因，", "究其根源，在于", "究其缘由，是", "究其根本，还是"])
def test_causes_of_a_list_of_sentences_stand_under_each(lead: str) -> None:
    """究其原因 behind the last of several sentences asks for the cause of all; 根子在于 for that of the last."""
    part = "存在一些不足：一是执法力量薄弱。队员只有3人。二是普法形式单一。发完就丢。{}编制紧张、经费不足。"
    found = _read(PART.format(part.format(lead)))
    assert [[cause.statement for cause in each.causes] for each in found] == [["编制紧张", "经费不足"]] * 2
    found = _read(PART.format(part.format("根子在于")))
    assert [[cause.statement for cause in each.causes] for each in found] == [[], ["编制紧张", "经费不足"]]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("其中一起诉讼输在送达上，说明镇里办案的程序关还没有守牢。", ["镇里办案的程序关还没有守牢"]),
        ("抽查案卷3件不合格，表明文书制作仍不够细。", ["文书制作仍不够细"]),
        ("一起复议被撤销，反映出执法程序依然不严。", ["执法程序依然不严"]),
        ("处罚决定两次被改，可见承办人对法条还不熟。", ["承办人对法条还不熟"]),
        ("两起案件超期，折射出内部流转尚未理顺。", ["内部流转尚未理顺"]),
        ("村务每月公开。不过村级财务公开不够及时，有的拖到下个季度。", ["村级财务公开不够及时"]),
        ("窗口增至6个。遗憾的是，夜间服务尚未跟上，群众有意见。", ["夜间服务尚未跟上"]),
        ("窗口增至6个。不过群众满意度很高，来信表扬12件。", []),
        ("一件合同被退回，暴露了审查环节还有待加强。", ["审查环节还有待加强"]),
        ("向当事人说明理由，公开结果。", []),
        ("检查发现隐患12处，反映出企业主体责任仍未落实。", []),
        ("数据表明，群众满意度稳步提升。", []),
    ],
)
def test_what_was_done_can_admit_a_shortcoming(sentence: str, expected: list[str]) -> None:
    """`…，说明…还没有守牢` among the achievements states a shortcoming of the office, not of those it deals with."""
    text = f"一、主要成效\n{PROSE}{sentence}\n二、下一步打算\n{PROSE}"
    assert expected == [each.statement for each in _read(text)]


@pytest.mark.parametrize(("part", "causes"), CAUSES)
def test_causes_stand_under_the_right_shortcoming(part: str, causes: list[list[str]]) -> None:
    """Causes of one shortcoming stand under it, causes named for all under each."""
    assert causes == [[cause.statement for cause in each.causes] for each in _read(PART.format(part))]


def test_the_passage_leaves_out_causes_of_its_own_sentence() -> None:
    """The quote is the whole passage on the shortcoming, without a sentence on its causes."""
    text = PART.format("（一）执法力量薄弱。队员只有3人，夜间巡查时断时续。主要原因是编制紧张。\n（二）普法形式单一。")
    assert _read(text)[0].evidence.of(text) == "执法力量薄弱。队员只有3人，夜间巡查时断时续"


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ("针对征拆类诉讼败诉率高等“老大难”问题，建立专班。", ["征拆类诉讼败诉率高"]),
        ("针对基层执法文书不规范的问题，开展集中培训。", ["基层执法文书不规范"]),
        ("针对群众反映的突出问题，及时回应。", []),
        ("针对重点领域和关键问题，加强监管。", []),
    ],
)
def test_a_plan_can_admit_a_shortcoming(plan: str, expected: list[str]) -> None:
    """`针对…问题` in a plan states a shortcoming where it says what is wrong, and only there."""
    text = f"一、主要成效\n{PROSE}\n二、下一步打算\n（一）{plan}{PROSE}\n（二）强化监督。{PROSE}"
    assert expected == [each.statement for each in _read(text)]


@pytest.mark.parametrize("heading", ["原因分析", "主要原因", "产生问题的原因", "问题成因", "深层次原因剖析"])
def test_a_heading_for_causes_gives_them_to_all(heading: str) -> None:
    """What stands under 原因分析 is the cause of each shortcoming under 存在问题."""
    part = f"（一）存在问题\n1.执法力量薄弱。队员少。\n2.普法形式单一。群众不爱看。\n（二）{heading}\n一是编制紧张；二是经费不足。"
    text = PART.format(part)
    found = [[cause.statement for cause in each.causes] for each in _read(text)]
    assert found == [["编制紧张", "经费不足"]] * 2
