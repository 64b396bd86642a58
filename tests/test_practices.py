"""Names of local practices, told from everything else that offices put in quotation marks."""

import lzma
from functools import partial
from pathlib import Path

import pytest

from extract.outline import read_outline
from extract.practices import find_practices
from extract.records import Practice
from extract.unquoted import COMMON_PAIRS, common_pairs
from ontology.vocabulary import load_vocabulary
from tools.make_pairs import main

PROSE = "全镇认真学习贯彻习近平法治思想，扎实推进法治政府建设各项工作，取得了新的成效。"


def _read(sentence: str, part: str = "主要成效") -> list[Practice]:
    text = f"一、{part}\n{PROSE}{sentence}\n二、其他工作\n{PROSE}"
    return list(find_practices(read_outline(text), load_vocabulary(), lambda start, end: None))


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
    ("选配“茶企帮办员”，全程跟办。", ["茶企帮办员"]),
    ("园区里挑来干部当“项目陪跑员”，一路陪到投产。", ["项目陪跑员"]),
    ("“石匠宣讲员”12名，走村说法。", ["石匠宣讲员"]),
    ("乡里请老支书当“田埂和事佬”，劝和纠纷83起。", ["田埂和事佬"]),
    ("几名律师结成“护江律师团”，审核合同117份。", ["护江律师团"]),
    ("三个部门拧成“碧湖骑兵连”，夜里也巡湖。", ["碧湖骑兵连"]),
    ("司法所开起“月光夜校”，讲课31堂。", ["月光夜校"]),
    ("茶馆里摆上“盖碗评理桌”，一碗茶喝完一桩事了。", ["盖碗评理桌"]),
    ("在夜市口支起“烟火普法摊”，摆摊46次。", ["烟火普法摊"]),
    ("“竹楼仲裁庭”一壶茶解千愁，就地审结案件264件。", ["竹楼仲裁庭"]),
    ("“圩日流动法庭”开进集市。", ["圩日流动法庭"]),
    ("镇里琢磨出“三色审查单”：绿单直接签。", ["三色审查单"]),
    ("先开一张“信用体检单”，写明病灶、药方。", ["信用体检单"]),
    ("“文明养犬红黑榜”全年发布12期。", ["文明养犬红黑榜"]),
    ("把法条刻进木版，印出“禁毒年画”八款一万二千张。", ["禁毒年画"]),
    ("“法律早茶”已端上41回。", ["法律早茶"]),
    ("“早市议事”每周一次。", ["早市议事"]),
    ("“田坎说事”办了96场。", ["田坎说事"]),
    ("开展“村合同体检月”，复核合同1,342份。", ["村合同体检月"]),
    ("“饭点普法”覆盖食堂48家。", ["饭点普法"]),
    ("一是“鼓楼调解”唱主角。", ["鼓楼调解"]),
    ("“扁担普法”挑进山里，巡讲52场。", ["扁担普法"]),
    ("投入500万元建设“稻城法治大脑”，汇聚数据。", ["稻城法治大脑"]),
    ("依托“浙里办”“赣服通”网上办理。", ["浙里办", "赣服通"]),
    ("依托“e泉州”全程网办。", ["e泉州"]),
    ("办了“法在海河边”灯谜会。", ["法在海河边"]),
    ("推广围炉调解法，围着火塘把话说开。", ["围炉调解法"]),
    ("利用晚上时间办起城管夜校，开课24堂。", ["城管夜校"]),
    ("三省毗邻市县结成界河护薪联盟，协查案件41件。", ["界河护薪联盟"]),
    ("滩头有自己的土办法，叫作年画调解法：借画说事。", ["年画调解法"]),
    ("编唱《法治山歌十二唱》，演出9场。", ["法治山歌十二唱"]),
    ("在公众号推出《水政说法》情景短剧12集。", ["水政说法"]),
    ("推行“先教后改再罚”三步工作法。", ["先教后改再罚"]),
    ("落实“走访巡查调处报宣”网格工作八法。", ["网格工作八法"]),
    ("在港口、渔港实行“海陆同巡”。", ["海陆同巡"]),
    ("每月末举行“矿企会诊日”，由分管领导坐诊。", ["矿企会诊日"]),
    ("逢集日开行“赶场办证车”，跑了72场。", ["赶场办证车"]),
    ("“歌声里的民法典”街头音乐会唱了24场。", ["歌声里的民法典"]),
    ("实行科室负责人“月讲一法”，每季度研讨。", ["月讲一法"]),
    ("形成“红杉管家”、“法润厂坊”等一批特色做法。", ["红杉管家", "法润厂坊"]),
    ("设立马大姐调解室，依托胡大妈工作室化解纠纷。", ["马大姐调解室", "胡大妈工作室"]),
    ("建成王金龙调解室、老李说事工作室。", ["王金龙调解室", "老李说事工作室"]),
    ("由返乡青年组成山乡跑腿队，替老人代办。", ["山乡跑腿队"]),
    ("组建嘉陵江法治船队，沿江讲法42场。", ["嘉陵江法治船队"]),
    ("各村拉起苜蓿调解队12支，就地劝和。", ["苜蓿调解队"]),
    ("绣娘普法队把条文绣进帕子里。", ["绣娘普法队"]),
    ("把86名毡房管家编进网格。", ["毡房管家"]),
    ("葡萄架法律门诊开到园子里，接诊210人次。", ["葡萄架法律门诊"]),
    ("在码头设立舢板评理桌，请老船工坐堂。", ["舢板评理桌"]),
    ("请退休教师结成唢呐宣讲团，吹着曲子讲法。", ["唢呐宣讲团"]),
    ("依托智慧沱江平台归集数据。", ["智慧沱江"]),
    ("审核文件用上了黔陶快审系统，全程留痕。", ["黔陶快审"]),
    ("合同管理实行两审一签，先审后签。", ["两审一签"]),
    ("入户推行三看两问，看证照、问需求。", ["三看两问"]),
    ("推行签前四查，查主体、查权限、查条款、查程序。", ["签前四查"]),
    ("工程结算试行工程款五方确认，拖欠少了四成。", ["工程款五方确认"]),
    ("对新开业商户实行先教后查，一年内以指导为主。", ["先教后查"]),
    ("探索先劝后罚再访的办法。", ["先劝后罚再访"]),
    ("组建12支苜蓿调解队，走村入户。", ["苜蓿调解队"]),
    ("在牧点办起驼铃法庭，就地开庭。", ["驼铃法庭"]),
    ("设立骆驼客普法驿站并配强力量。", ["骆驼客普法驿站"]),
    ("推行两签一备\n做到先审后签。", ["两签一备"]),
    ("推行房屋交付三审三查机制。", ["房屋交付三审三查"]),
    ("推广应用枇杷调解法，劝和一批。", ["枇杷调解法"]),
    ("这一做法在局里叫做案前一刻钟，站住了脚。", ["案前一刻钟"]),
    ("办起渔商会客厅，每月一个话题。", ["渔商会客厅"]),
    ("在山寨推行侗歌调解，请寨老用侗话劝。", ["侗歌调解"]),
    ("在枇杷产区设立枇杷解纷室14个。", ["枇杷解纷室"]),
    ("在码头摆开鲜贝茶座，与船主聊合同。", ["鲜贝茶座"]),
    ("会同协会开通家居快线，当天上门看货。", ["家居快线"]),
    ("在登记处设立鸳鸯和美岗20个。", ["鸳鸯和美岗"]),
    ("“鼓楼执法擂台”一季一办。", ["鼓楼执法擂台"]),
    ("推出《阿妹说房》普法短视频40期。", ["阿妹说房"]),
    ("“字里有法”系列短视频推出52集。", ["字里有法"]),
    ("推行“红橙黄”三色预警，及时督办。", ["红橙黄三色预警"]),
    ("研究项目的会议都给法律顾问留出“法治席位”。", ["法治席位"]),
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
    ("当好服务企业的“店小二”，争当群众的“贴心人”。", "a head of names alone"),
    ("聘请“行风监督员”12名，加强“人民调解员”队伍建设。", "titles that others have, too"),
    ("“安全生产月”办了3场，结合“民法典宣传月”开展宣传。", "months of the whole country"),
    ("绘制“路线图”，明确“任务书”，建立“问题清单”。", "papers in figures of speech"),
    ("获评“全国文明村”2个，“省级示范所”1个。", "awards"),
    ("取缔“黑作坊”16个，查处23家“黑中介”。", "counted, but regulated"),
    ("纳入“廉政风险点”监督台账。", "points of risk"),
    ("“一窗受理、集成服务”覆盖16个部门。", "two slogans that cover much"),
    ("秉持“节水优先、系统治理”治水思路，紧扣“精细管理”的思路。", "what guides"),
    ("启动“九五”普法，发动“村村响”广播。", "a plan's number, a national network"),
    ("推广人民调解法宣传经验，成立行业联盟。", "a law, an association of others"),
    ("编排《彩礼风波》等皮影小戏4出。", "one play of several"),
    ("对照短板，一项一项制定措施。", "制 in 制定"),
    ("实行“一站式接待、一揽子调处、一条龙服务”。", "the steps of a national way of working"),
    ("推行“说理式”执法、“伴随式”指导。", "manners"),
    ("推进新生儿“出生一件事”一次办结。", "a national name"),
    ("打造金牌调解室、行业调解室，建立党代表工作室。", "rooms that are called after nobody"),
    ("成立黄埔区调解室和李村人民调解室。", "rooms of a place"),
    ("组建普法宣讲团，成立法律服务队3支。", "groups that every office has"),
    ("矛盾纠纷调解队深入村组，法律服务队走进企业。", "the same, at work"),
    ("11个派驻执法中队全部挂牌，带队走访企业。", "ranks of an authority"),
    ("修订考核办法，建立采购招标审查办法。", "法 in 办法"),
    ("形成一级抓一级、层层抓落实的格局。", "a saying in numerals"),
    ("委托机构开展第三方测评，吸收采纳二百一十六条。", "numerals that count"),
    ("举一反三改制度，接待学习团队340批次。", "a saying, a team"),
    ("利用六五环境日、国家宪法日摆台。", "a day"),
    ("推行诉前调解，开展行政复议前端调解。", "ways of settling that have a name everywhere"),
    ("审议通过三方面举措，形成三方合力，实行一对一帮扶。", "numerals that count sides"),
    ("分三步推进，通过三步走实现目标，推行先建后验、实行先占后补。", "steps of building"),
    ("依托北斗卫星系统、税收征管系统，利用腾讯会议系统开会。", "platforms of the whole country"),
    ("建设发热门诊、爱心超市、农家书屋，设立护学岗、党员示范岗。", "places of the whole country"),
    ("组建防汛抢险突击队，特警队开进集镇。", "teams of the whole country"),
    ("成立医疗联盟、产业技术创新联盟，打造特色夜市。", "associations, markets"),
    ("完善基础设施农贸市场，陈设农贸超市货架。", "设 within a word"),
    ("邀请非遗传承人宣讲团走进校园，组建反诈宣传小分队深入村组。", "who was asked to come"),
    ("一起名为民间借贷，实为非法集资，申请人名叫欧阳建国。", "what is called so by others"),
    ("李某调解室内矛盾化解，由老书记工作室牵头。", "nobody in particular"),
    ("印发《关于推行红黄蓝三色预警机制的通知》，出台《推广炕头调解法实施方案》。", "within documents' titles"),
    ("收看电视栏目《今日说法》，合唱歌曲《我和我的祖国》。", "works that all know"),
    ("微信公众号“某省民政”发布作品，治理“跑冒滴漏”。", "a channel, a saying"),
    ("通过信访平台、政务公开平台收集意见。", "platforms that every office has"),
    ("会议固定设法律顾问席，重要会议必请列席。", "a seat, to be present"),
    ("送法既当“安全阀”又当“清醒剂”，开出“处方”12张。", "metaphors"),
    ("解决历史遗留“办证难”小区12个，入企一律“亮码”。", "a trouble, a duty"),
]


@pytest.mark.parametrize(("sentence", "why"), NOT_NAMES, ids=[why for _, why in NOT_NAMES])
def test_what_else_is_quoted_is_no_practice(sentence: str, why: str) -> None:
    """Slogans, metaphors, national terms, objects of regulation and document titles are no practices."""
    assert [practice.name for practice in _read(sentence)] == [], why


def test_common_pairs_are_those_of_the_reports(tmp_path: Path) -> None:
    """The data file is what `tools/make_pairs.py` writes of them."""
    main(tmp_path / "pairs.xz")
    written, shipped = (lzma.decompress(path.read_bytes()) for path in (tmp_path / "pairs.xz", COMMON_PAIRS))
    assert written == shipped
    assert "调解" in common_pairs() and "椒农" not in common_pairs()


def test_a_metaphor_that_ends_a_heading_is_no_practice() -> None:
    """举好法治建设“指挥棒” is a figure of speech."""
    text = f"一、主要成效\n(一)精心谋划,举好法治建设“指挥棒”\n{PROSE}\n二、其他工作\n{PROSE}"
    assert not list(find_practices(read_outline(text), load_vocabulary(), lambda start, end: None))


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


@pytest.mark.parametrize(
    ("sentence", "mechanism"),
    [
        ("推行“圩日跑腿”，老人的事有人管。", "one-window"),
        ("设“码头代收点”六处，渔民少跑了路。", "one-window"),
        ("摆上“檐下评理桌”，一壶茶说开。", "peoples-mediation"),
        ("办起“月下夜话”，有话当面讲。", "peoples-mediation"),
        ("打造“桥头说事点”，有事当面说。", "diversified-resolution"),
        ("摆开“渔村普法摊”，乡亲爱听。", "legal-publicity"),
        ("推广“年画调解法”，画里画外都是理。", "peoples-mediation"),
        ("编排“渔鼓快板”，唱给乡亲听。", "rule-of-law-culture"),
        ("推行“章前三审”，谁签字谁负责。", "legality-review"),
        ("推行“首次先教”办法，让人心服。", "soft-enforcement"),
        ("推行农贸市场“红绿灯”管理，好坏一眼看清。", "tiered-inspection"),
        ("聘请“河道啄木鸟”三十名，沿河走看。", "public-supervision"),
        ("打造“晚霞小院”品牌，老人常来。", None),
    ],
)
def test_words_hint_at_what_a_name_serves(sentence: str, mechanism: str | None) -> None:
    """Where nothing names a mechanism: by a word of the name or of its clause, if there is one."""
    assert [practice.broader for practice in _read(sentence)] == [mechanism]


def test_what_a_name_serves_is_told_around_it() -> None:
    """The mechanism is named in a name's clause, behind it, before it, in its sentence, or in the heading above."""
    told = {
        "在圩市设“榕荫小院”，请老人调解邻里纠纷。": "调解",
        "为把纠纷就地调解，在圩市设“榕荫小院”，来的人不少。": "调解",
        "在圩市设“榕荫小院”，来的人不少。": "普法",
    }

    def measure(text: str, start: int, end: int) -> str | None:
        return next((word for word in ("调解", "普法") if word in text[start:end]), None)

    for sentence, mechanism in told.items():
        outline = read_outline(f"一、主要成效\n{PROSE}\n（一）做实普法。{sentence}\n二、其他工作\n{PROSE}")
        found = find_practices(outline, load_vocabulary(), partial(measure, outline.text))
        assert [practice.broader for practice in found] == [mechanism]
