"""Which weaknesses a shortcoming falls under, whatever its wording."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.weaknesses import OTHER, classify
from ontology.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
LABELS = [
    (concept.id, label)
    for concept in VOCABULARY.weaknesses.values()
    for label in concept.labels[1:]
    if concept.id != OTHER
]

# Ways in which offices put it, set apart by ；.
WORDINGS = {
    "study-shallow": "对法律法规的学习不够系统，存在临时抱佛脚现象，学法浮于表面；部分干部学法缺乏系统性，学用结合不够紧密；学习习近平法治思想不够深入；日常学法以集中学习为主，主动研学少，理论学习浅尝辄止",
    "awareness-weak": "少数干部依法行政意识不强；个别干部法治思维还没有完全形成，运用法治方式解决问题的能力有待提升；部分群众法律意识淡薄，信访不信法现象仍然存在；企业守法经营意识有待提高，守法意识不强；依法行政能力和水平有待进一步提高",
    "attention-insufficient": "个别部门对法治建设重视程度不够；推进法治建设的主动性和积极性不足；责任落实层层递减，压力传导不到位",
    "enforcement-capacity": "执法人员业务能力和执法水平有待提升；基层执法队伍专业能力不强，办案经验欠缺；行政执法水平与新形势要求不相适应",
    "enforcement-irregular": "执法文书制作不规范，案卷质量不高；行政执法程序不够规范，存在执法随意现象；执法规范化水平还需进一步提升；严格规范公正文明执法还需进一步加强",
    "enforcement-staff": "执法人员数量不足，人少事多矛盾突出；基层执法力量薄弱；综合行政执法队伍编制紧缺",
    "enforcement-coordination": "部门之间执法协作机制不健全；综合执法体制尚未完全理顺，职责边界不清，执法职责交叉",
    "three-systems-gap": "行政执法三项制度落实不到位；执法全过程记录不够规范",
    "enforcement-supervision-weak": "行政执法监督力度不够；执法监督机制不健全",
    "delegated-powers-gap": "乡镇对下放的行政执法权承接能力不足；赋权事项接不住、管不好",
    "publicity-monotone": "法治宣传方式较为单一，创新性不够；普法手段传统，缺乏新意；普法宣传仍以发放传单、悬挂横幅为主，形式不够丰富",
    "publicity-coverage": "普法宣传针对性不强，覆盖面不广；对农村留守老人的法治宣传存在盲区；法治宣传教育精准度有待提高",
    "publicity-effect": "普法宣传实效性不强；法治宣传效果不够明显；普法宣传吸引力、感染力不足",
    "review-depth": "合法性审查质量有待提高；重大决策合法性审查存在漏审现象；合法性审查不够全面深入，流于形式",
    "review-staff": "合法性审查人员专业力量不足；法制审核人员紧缺，多为兼职",
    "decision-procedure": "重大行政决策程序执行不够严格；决策公众参与度不高，专家论证不充分",
    "rules-quality": "规范性文件制定质量不高；制度建设还不够完善",
    "adviser-underused": "法律顾问作用发挥不充分；法律顾问参与决策不够深入",
    "legal-talent": "法治专业人才匮乏；缺少既懂法律又懂业务的复合型人才；法律专业人员紧缺，人才引进难、留人难",
    "team-quality": "法治工作队伍专业化水平不高；干部队伍业务素质参差不齐；工作人员法律知识储备不足",
    "training-insufficient": "对执法人员的培训不够系统；业务培训缺乏针对性",
    "staffing-shortage": "司法所人员不足，一人多岗现象普遍；基层工作人员身兼数职，疲于应付；编制少、任务重，人员流动性大",
    "funding-insufficient": "普法经费保障不足；受财力所限，经费投入不足",
    "technology-insufficient": "执法信息化建设滞后；数据共享存在壁垒；数字化应用水平不高",
    "dispute-capacity": "矛盾纠纷多元化解机制不够健全；调解员调解能力有限，矛盾化解能力不足；矛盾纠纷化解难度较大",
    "litigation-risk": "行政诉讼败诉率偏高；行政复议案件数量持续上升；行政应诉能力有待提高",
    "legal-service-gap": "公共法律服务供给不足；公共法律服务水平有待提升",
    "business-environment-gap": "法治化营商环境仍需优化；政务服务便利化水平有待提高",
    "coordination-gap": "部门间协调配合不够，工作合力不强；各单位之间沟通协作不足",
    "openness-gap": "政务公开内容不够全面，更新不及时",
    "mechanism-incomplete": "长效机制尚未建立；工作机制还不够健全",
    "appraisal-weak": "考核机制不完善，激励作用不明显；考核结果运用不充分",
    "planning-lacking": "工作缺乏系统谋划；前期调研不充分",
    "grassroots-weak": "基层法治建设基础薄弱；乡镇法治力量相对薄弱",
    "progress-uneven": "法治政府建设工作发展不平衡；各部门之间工作推进不均衡",
    "emergency-gap": "突发事件应急处置能力有待提升；应急预案体系不完善",
}


@pytest.mark.parametrize(
    ("weakness", "wording"), [(weakness, one) for weakness, all_ in WORDINGS.items() for one in all_.split("；")]
)
def test_classifies_the_ways_of_saying_it(weakness: str, wording: str) -> None:
    """Topic and fault count, not the exact words."""
    assert weakness in classify(wording, wording, VOCABULARY)


def test_every_weakness_has_wordings() -> None:
    """No weakness is left without a sentence that must fall under it."""
    assert WORDINGS.keys() | {OTHER} == VOCABULARY.weaknesses.keys()


NOT_SO = [
    pytest.param("学习考核激励机制不够健全", "study-shallow", id="it is the appraisal that fails"),
    pytest.param("普法工作调研不够深入", "publicity-coverage", id="it is the research that is shallow"),
    pytest.param("行政执法监督不够有力", "enforcement-capacity", id="it is the supervision that is weak"),
    pytest.param("合法性审查人员不足", "staffing-shortage", id="reviewers have a weakness of their own"),
    pytest.param("执法人员不足", "staffing-shortage", id="enforcement officers, too"),
    pytest.param("从事复议应诉的专职人员不足", "litigation-risk", id="people, not suits"),
    pytest.param("普法效果缺乏评估", "publicity-effect", id="the effect is not measured"),
    pytest.param("加强执法队伍建设，开展普法宣传", "publicity-effect", id="no fault is told"),
]


@pytest.mark.parametrize(("wording", "weakness"), NOT_SO)
def test_near_misses(wording: str, weakness: str) -> None:
    """A topic that only stands near the fault is not what is wanting."""
    assert weakness not in classify(wording, wording, VOCABULARY)


def test_nothing_that_fits_is_other() -> None:
    """A shortcoming that no category fits is `other`, and `other` stands alone."""
    assert classify("道路不平", "道路不平", VOCABULARY) == (OTHER,)


def test_statement_stands_first() -> None:
    """What the heading names is more telling than what its text goes on to name."""
    found = classify("普法形式单一", "经费不足，人手不足，普法形式单一。", VOCABULARY)
    assert found[0] == "publicity-monotone"
    assert set(found) == {"publicity-monotone", "funding-insufficient", "staffing-shortage"}


def test_long_passages_are_held_to_two_more() -> None:
    """A long passage does not fall under everything that it touches."""
    passage = "经费不足。人手不足。普法形式单一。法治人才缺乏。执法不规范。败诉率较高。政务公开不及时。考核机制不健全。"
    found = classify("发展不平衡", passage, VOCABULARY)
    assert found[0] == "progress-uneven"
    assert len(found) == 3


ILLUSTRATED = [
    ("法律顾问很少被请来议事", "法律顾问很少被请来议事。疑难案件办案时也拿不准要不要问。", "enforcement-capacity"),
    ("普法内容单一", "普法内容单一。线上课堂建设滞后。", "technology-insufficient"),
    ("执法监督偏软", "执法监督偏软。对以罚代管等苗头碰硬不够。", "enforcement-irregular"),
]


@pytest.mark.parametrize(("statement", "passage", "weakness"), ILLUSTRATED)
def test_an_example_makes_no_category(statement: str, passage: str, weakness: str) -> None:
    """What a passage mentions once, in another field than its statement, only illustrates it."""
    assert weakness not in classify(statement, passage, VOCABULARY)


NAMED_BESIDE = [
    ("普法覆盖面不够", "普法覆盖面不够，宣传难以入脑入心。", "publicity-effect"),
    ("依法行政意识不强", "依法行政意识不强。经费保障不足。", "funding-insufficient"),
]


@pytest.mark.parametrize(("statement", "passage", "weakness"), NAMED_BESIDE)
def test_several_shortcomings_in_one_passage(statement: str, passage: str, weakness: str) -> None:
    """Another side of the same field counts, and so does what is named outright."""
    assert weakness in classify(statement, passage, VOCABULARY)


@pytest.mark.parametrize(
    ("cause", "weakness"),
    [
        ("普法经费投入不足，难以支撑创新性活动", "funding-insufficient"),
        ("普法工作缺乏规划，对群众需求调研不够", "planning-lacking"),
    ],
)
def test_the_nearer_fault_counts(cause: str, weakness: str) -> None:
    """普法 … 创新 reaches over the money that is wanting; it is no fault of its own."""
    assert classify(cause, cause, VOCABULARY) == (weakness,)


CARRIED_ON = [
    ("执法队伍撑不起任务", "执法队伍撑不起任务。能独立主办大要案的不足6人", "enforcement-capacity"),
    ("普法还有堵点", "普法还有堵点。群众“看过就忘”，形式上照搬旧例", "publicity-effect"),
    ("乡镇接住权力的底气不足", "乡镇接住权力的底气不足。多数事项全年零办件", "delegated-powers-gap"),
]


@pytest.mark.parametrize(("statement", "passage", "weakness"), CARRIED_ON)
def test_heading_carries_on(statement: str, passage: str, weakness: str) -> None:
    """What a heading is about holds for the sentences behind it."""
    assert weakness in classify(statement, passage, VOCABULARY)


@pytest.mark.parametrize(
    ("wording", "weakness"),
    [
        ("推进机制还不牢固", "mechanism-incomplete"),
        ("信访工作仍是难点", "dispute-capacity"),
        ("普法像隔靴搔痒", "publicity-coverage"),
    ],
)
def test_topic_decides_where_no_fault_is_known(wording: str, weakness: str) -> None:
    """A shortcoming is a fault whatever its metaphor; the words that it shares with a weakness say of what."""
    assert classify(wording, wording, VOCABULARY) == (weakness,)


@pytest.mark.parametrize("cause", ["油区作业点多线长", "受疫情影响", "高海拔地区条件艰苦"])
def test_circumstances_are_other(cause: str) -> None:
    """Ground, weather and the times are nobody's weakness."""
    assert classify(cause, cause, VOCABULARY) == (OTHER,)


@given(st.sampled_from(LABELS), st.sampled_from(["", "一是", "甲乙。"]))
def test_every_label_is_found(pair: tuple[str, str], before: str) -> None:
    """A label of a weakness puts a text under it."""
    weakness, label = pair
    assert weakness in classify(f"{before}{label}", f"{before}{label}", VOCABULARY)
