"""Names of local practices, told from everything else that offices put in quotation marks."""

import pytest

from extract.outline import read_outline
from extract.practices import find_practices
from extract.records import Practice
from ontology.vocabulary import load_vocabulary

PROSE = "全镇认真学习贯彻习近平法治思想，扎实推进法治政府建设各项工作，取得了新的成效。"


def _read(sentence: str, part: str = "主要成效") -> list[Practice]:
    text = f"一、{part}\n{PROSE}{sentence}\n二、其他工作\n{PROSE}"
    return list(find_practices(read_outline(text), load_vocabulary(), lambda clause: None))


NAMES = [
    ("持续深化“139”审查工作模式，理顺流程。", ["139审查工作模式"]),
    ("纵向做实矛盾纠纷化解“631”体系。", ["631体系"]),
    ("打造“解纷小院”联动平台，就地化解纠纷。", ["解纷小院"]),
    ("发挥“党旗红”“网格蓝”“银发白”力量，全力调处。", ["党旗红", "网格蓝", "银发白"]),
    ("建立“一案一策一专班”机制，压实责任。", ["一案一策一专班"]),
    ("完善“网格+调解+普法”工作模式。", ["网格+调解+普法"]),
    ("推行“板凳议事会”，村民的事村民议。", ["板凳议事会"]),
    ("组建“花儿调解队”，用民歌劝和说法。", ["花儿调解队"]),
    ("“政企早餐会”举办52期，解决难题187个。", ["政企早餐会"]),
    ("在街边设“葵乡议事亭”37处。", ["葵乡议事亭"]),
    ("推广“听、问、劝、约、访”五步调解法。", ["五步调解法"]),
    ("坚持发挥人民调解和三官一师等力量。", ["三官一师"]),
    ("深化“三所联动”“三官一律”参与的化解机制。", ["三所联动", "三官一律"]),
    ("社区里叫“大娘唠嗑屋”，先沏茶后说事。", ["大娘唠嗑屋"]),
    ("举办“交通法治讲坛”6讲，受众940人次。", ["交通法治讲坛"]),
    ("首席法律咨询专家制度成效显著，获得推介。", ["首席法律咨询专家制度"]),
    ("开展行政复议“以案促改、以案促治”专项行动。", ["以案促改、以案促治"]),
    ("实现督察与巡察“双察融合”，建立联席会议。", ["双察融合"]),
    ("用“草场巡回庭”把案子审到牧点，开庭4次。", ["草场巡回庭"]),
    ("依托“船嫂劝和队”，把法律送到船头。", ["船嫂劝和队"]),
    ("发展“两江枫桥”，化解纠纷320件。", ["两江枫桥"]),
    ("培养学生“普法小先生” 80 名。", ["普法小先生"]),
    ("建起“牧民说事帐篷”23顶。", ["牧民说事帐篷"]),
    ("设立“护苗茶话桌” 12 张。", ["护苗茶话桌"]),
    ("“治污前哨”监测站启用3处。", ["治污前哨"]),
    ("联合海警开展“蓝湾利剑”专项整治两轮。", ["蓝湾利剑"]),
    ("“冰河巡回庭”开庭42次。", ["冰河巡回庭"]),
    ("组织“护林金盾”联合执法检查3次。", ["护林金盾"]),
]


@pytest.mark.parametrize(("sentence", "names"), NAMES, ids=[names[0] for _, names in NAMES])
def test_names_of_practices_are_found(sentence: str, names: list[str]) -> None:
    """A brand or a coined method is found by the company its name keeps, quoted or not."""
    assert names == [practice.name for practice in _read(sentence)]


NOT_NAMES = [
    ("切实做到应审尽审，实现“应审尽审”。", "a slogan"),
    ("做到“小事不出村、大事不出镇”。", "a saying"),
    ("落实“谁执法谁普法”责任制。", "a national term"),
    ("严格执行“三重一大”决策制度。", "a national term with a kind behind it"),
    ("紧抓“关键少数”，发挥带头作用。", "a metaphor"),
    ("推动服务从“政府配餐”向“企业点单”转变。", "a turn from one to the other"),
    ("围绕“12·4”国家宪法日开展宣传。", "a date"),
    ("排查“九小场所”安全隐患12处。", "what is regulated"),
    ("破解征拆类“老大难”问题。", "a kind of problem"),
    ("全面推行“双随机、一公开”监管。", "a mechanism's own name"),
    ("通过“雁峰政务”抖音号发布信息。", "a channel"),
    ("依托“乡镇合法性审查”平台开展工作。", "a platform called after what it is for"),
    ("制定《“解纷小院”工作细则》。", "a name within a document's title only"),
    ("结合“八五”普法规划开展工作。", "a plan's number"),
    ("联合市监开展“双减”执法行动9次。", "a national policy"),
    ("开展“昆仑2024”专项行动，办理案件3起。", "a central campaign with its year"),
    ("开展“净网”集中整治，关停网站5家。", "a central campaign"),
    ("开展“医美乱象”集中治理两轮。", "what is put right"),
    ("开展“蓝天保卫战”行动，依托“智慧法庭”开庭。", "national terms"),
    ("开展“问题窨井”专项整治两轮。", "what a campaign is against"),
    ("用“小切口”破解“大难题”。", "a way of working"),
    ("在15所小学开“节水法治课”，师生四千人参加。", "a lesson called after its subject"),
    ("发展“绿色经济”，用“12345”收集线索。", "a kind of economy, a hotline"),
    ("建立疑难案件一案一研判制度。", "a description that is cut in no word"),
    ("利用“天网系统”和建成的监控巡查。", "a national system"),
]


@pytest.mark.parametrize(("sentence", "why"), NOT_NAMES, ids=[why for _, why in NOT_NAMES])
def test_what_else_is_quoted_is_no_practice(sentence: str, why: str) -> None:
    """Slogans, metaphors, national terms, objects of regulation and document titles are no practices."""
    assert [practice.name for practice in _read(sentence)] == [], why


def test_a_metaphor_that_ends_a_heading_is_no_practice() -> None:
    """举好法治建设“指挥棒” is a figure of speech."""
    text = f"一、主要成效\n(一)精心谋划,举好法治建设“指挥棒”\n{PROSE}\n二、其他工作\n{PROSE}"
    assert not list(find_practices(read_outline(text), load_vocabulary(), lambda clause: None))


def test_one_name_in_several_spellings_is_one_practice() -> None:
    """Signs within a name do not make it another one; all its sentences are evidence."""
    (practice,) = _read("打造“学党规・守党纪”品牌活动。深化“学党规、守党纪”品牌活动。")
    assert len(practice.evidence) == 2


def test_a_name_found_only_in_plans_is_planned() -> None:
    """A practice that only the plans name is planned; one reported as done is practised."""
    assert [each.status for each in _read("打造“解纷小院”平台。", part="2024年工作计划")] == ["planned"]
    assert [each.status for each in _read("打造“解纷小院”平台。")] == ["practised"]


def test_shortcomings_name_no_practices() -> None:
    """What is quoted in a shortcoming describes it."""
    assert not _read("普法“大水漫灌”多，还存在“重审轻督”模式等不足。", part="存在的不足")
