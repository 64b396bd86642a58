"""Causes behind every marker that offices use."""

import pytest

from extract.causes import find_reasons

FAULT = "执法能力有待提高"
CAUSES = [
    pytest.param("，主要原因是培训力度不够，人员流动频繁。", ["培训力度不够", "人员流动频繁"], id="主要原因是 A，B"),
    pytest.param("。主要原因在执法人员少,经验不足", ["执法人员少", "经验不足"], id="主要原因在"),
    pytest.param("。主要原因：一是培训少，不解渴；二是编制紧。", ["培训少，不解渴", "编制紧"], id="numbered, whole"),
    pytest.param("。究其原因，一是培训少，二是编制紧。", ["培训少", "编制紧"], id="究其原因"),
    pytest.param("。究其根源，在于责任没有压实到末端。", ["责任没有压实到末端"], id="究其根源，在于"),
    pytest.param("，根子在于学法流于形式。", ["学法流于形式"], id="根子在于"),
    pytest.param("，症结在于部门之间数据壁垒没有打通。", ["部门之间数据壁垒没有打通"], id="症结在于"),
    pytest.param("，主要是因为镇里留不住年轻人。", ["镇里留不住年轻人"], id="主要是因为"),
    pytest.param("，主要是镇里留不住年轻人，培训又以听课为主。", ["镇里留不住年轻人", "培训又以听课为主"], id="主要是"),
    pytest.param("，说到底还是编制太少。", ["编制太少"], id="说到底"),
    pytest.param("，归根结底是重视程度不够。", ["重视程度不够"], id="归根结底"),
    pytest.param("。之所以出现这种情况，是因为通报机制没有建立。", ["通报机制没有建立"], id="之所以，是因为"),
    pytest.param(
        "。出现这种状况的原因：\n（1）人员年龄偏大；\n（2）培训偏重条文。",
        ["人员年龄偏大", "培训偏重条文"],
        id="a list below",
    ),
    pytest.param("。造成这一状况的原因，既有基准太粗，也有监督不力。", ["基准太粗", "监督不力"], id="既有，也有"),
    pytest.param("。这与平时学法走过场有很大关系。", ["平时学法走过场"], id="与…有关系"),
    pytest.param("，这同“三定”规定细化不及时有关。", ["“三定”规定细化不及时"], id="同…有关"),
    pytest.param("，与人员来源多头以及培训偏理论密不可分。", ["人员来源多头", "培训偏理论"], id="与…以及…密不可分"),
    pytest.param("，是历史欠账较多造成的。", ["历史欠账较多"], id="是…造成的"),
    pytest.param("，系人手不足所致。", ["人手不足"], id="…所致"),
    pytest.param("。之所以如此，一是因为人手不足；二是因为培训走样。", ["人手不足", "培训走样"], id="之所以，一是因为"),
    pytest.param("。问题出在司法所只有一个人，还要兼着矫正。", ["司法所只有一个人", "还要兼着矫正"], id="问题出在"),
    pytest.param(
        "。这与商户流动性大，新来的不了解规定有直接关系。", ["商户流动性大，新来的不了解规定"], id="这与A，B有关系"
    ),
    pytest.param("。补贴标准低、交通不便是律师不愿下去的主要原因。", ["补贴标准低", "交通不便"], id="…是主要原因"),
    pytest.param("。上述争议因档案缺失、权属不清，化解难度加大。", ["档案缺失", "权属不清"], id="a subject before 因"),
    pytest.param("。受编制总量限制，执法人员长期超负荷。", ["编制总量"], id="受…限制"),
    pytest.param("。受点多线长、信息渠道不畅的影响，调处被动。", ["点多线长", "信息渠道不畅"], id="受…、…的影响"),
    pytest.param("。受人员、经费不足的影响，调处被动。", ["人员、经费不足"], id="a member without a fault joins"),
    pytest.param("，由于编制紧缺、待遇偏低等缘故，人员流失严重。", ["编制紧缺", "待遇偏低"], id="由于…等缘故"),
    pytest.param("，由于年轻人大多外出，参与率不高。", ["年轻人大多外出"], id="由于"),
    pytest.param(
        "，原因在于培训不够，只组织了2次，难以满足需要，经费也不足。",
        ["培训不够，只组织了2次，难以满足需要", "经费也不足"],
        id="carried on",
    ),
    pytest.param("。究其缘故，司法所编制多年未增。", ["司法所编制多年未增"], id="究其缘故"),
    pytest.param("，根由在于经费没有列入预算。", ["经费没有列入预算"], id="根由在于"),
    pytest.param("，根子上是怕担责任。", ["怕担责任"], id="根子上是"),
    pytest.param("，源头在于两地标准不一。", ["两地标准不一"], id="源头在于"),
    pytest.param("。上述短板之所以长期存在，从主观上看，是因为重视不够。", ["重视不够"], id="之所以，从…看"),
    pytest.param("。主要受制于财力偏紧。", ["财力偏紧"], id="主要受制于"),
    pytest.param("，偏远乡镇囿于财力薄弱，步子滞后。", ["财力薄弱"], id="a subject before 囿于"),
    pytest.param(
        "。受编制总量偏少和法律人才难引的双重制约，缺口难补。", ["编制总量偏少", "法律人才难引"], id="受…双重制约"
    ),
    pytest.param("。演练只走队形，没有下过海，这是反应慢的主要原因。", ["演练只走队形，没有下过海"], id="这是…的原因"),
    pytest.param("。以往培训轻实战，是造成这一状况的直接原因。", ["以往培训轻实战"], id="是造成…的原因"),
    pytest.param("。这里头既有山高路远的缘故，也有经费不够的缘故。", ["山高路远", "经费不够"], id="既有…的缘故"),
    pytest.param("。追溯缘由，一为居住分散；二为待遇偏低。", ["居住分散", "待遇偏低"], id="一为，二为"),
    pytest.param(
        "，主要是承办人对条例学得粗、吃得不透。", ["承办人对条例学得粗、吃得不透"], id="one subject, two faults"
    ),
    pytest.param(
        "。考核分值拉不开差距、奖惩兑现不严是重要诱因。", ["考核分值拉不开差距", "奖惩兑现不严"], id="是重要诱因"
    ),
    pytest.param(
        "。工学矛盾突出是客观因素，学法与评先脱钩是主观因素。", ["工学矛盾突出", "学法与评先脱钩"], id="是客观因素"
    ),
    pytest.param(
        "。既有青壮年外出的客观原因，也有内容一锅煮的主观原因。", ["青壮年外出", "内容一锅煮"], id="既有…的客观原因"
    ),
    pytest.param("。此类问题多源于窗口新手业务生疏。", ["窗口新手业务生疏"], id="此类问题多源于"),
    pytest.param(
        "。这类现象主要受站所人员老化、专项资金到位晚和网格员兼职多等因素影响。",
        ["站所人员老化", "专项资金到位晚", "网格员兼职多"],
        id="受A、B和C等因素影响",
    ),
    pytest.param("，一定程度上受企业债务集中到期影响。", ["企业债务集中到期"], id="一定程度上受…影响"),
    pytest.param("。偏远片区受交通不便制约，宣讲不接地气。", ["交通不便"], id="a subject before 受"),
    pytest.param(
        "。因人手吃紧、经费短缺等多重因素叠加影响，巡查不够。", ["人手吃紧", "经费短缺"], id="因…等多重因素叠加影响"
    ),
    pytest.param("。以上短板，皆因队伍断档、装备陈旧。", ["队伍断档", "装备陈旧"], id="皆因A、B"),
    pytest.param("。之所以如此，皆因队伍断档、装备陈旧。", ["队伍断档", "装备陈旧"], id="之所以，皆因"),
    pytest.param("。上述情形，均由于装备陈旧。", ["装备陈旧"], id="均由于"),
    pytest.param("，很大程度上是因为站所人手少。", ["站所人手少"], id="很大程度上是因为"),
    pytest.param("，归根到底都是因为责任没有压实。", ["责任没有压实"], id="归根到底都是因为"),
    pytest.param("。这背后，是基层减负不到位。", ["基层减负不到位"], id="这背后，是"),
    pytest.param("。追根究底，还是人手吃紧、经费短缺。", ["人手吃紧", "经费短缺"], id="追根究底，还是"),
    pytest.param("。这种状况主要归因于人手吃紧和经费短缺。", ["人手吃紧", "经费短缺"], id="主要归因于A和B"),
    pytest.param("。原因不外乎人手吃紧、经费短缺。", ["人手吃紧", "经费短缺"], id="原因不外乎"),
    pytest.param("。原因是多方面的，既有路途遥远，也有经费短缺。", ["路途遥远", "经费短缺"], id="原因是多方面的"),
    pytest.param("，原因主要是人员流动快和专项经费偏少。", ["人员流动快", "专项经费偏少"], id="原因主要是A和B"),
    pytest.param("。究其根本，队伍断档、装备陈旧是主因。", ["队伍断档", "装备陈旧"], id="究其根本，A、B是主因"),
    pytest.param("，队伍断档、装备陈旧是根源所在。", ["队伍断档", "装备陈旧"], id="A、B是根源所在"),
    pytest.param(
        "。这一现象，究其原因，同牵头单位督促不力、成员单位心存观望密不可分。",
        ["牵头单位督促不力", "成员单位心存观望"],
        id="究其原因，同A、B密不可分",
    ),
    pytest.param(
        "。上述问题的产生，与队伍断档、装备陈旧息息相关。", ["队伍断档", "装备陈旧"], id="…的产生，与A、B相关"
    ),
    pytest.param("。此类问题既受编制偏紧制约，也与培训跟不上有关。", ["编制偏紧", "培训跟不上"], id="既受A，也与B有关"),
    pytest.param("，既有山区路远等客观因素，也有干劲不足等主观因素。", ["山区路远", "干劲不足"], id="既有…等客观因素"),
    pytest.param("。造成这种局面，有路远的原因，也有干劲不足的原因。", ["路远", "干劲不足"], id="有…，也有… alone"),
    pytest.param("。客观上山高路远，主观上钻研不够。", ["山高路远", "钻研不够"], id="客观上，主观上"),
    pytest.param("，一来队伍断档，二来装备陈旧。", ["队伍断档", "装备陈旧"], id="一来，二来"),
    pytest.param(
        "。究其缘由，一来镇上留不住人，二来财力薄，一年只有八万元，三来没有硬考核。",
        ["镇上留不住人", "财力薄，一年只有八万元", "没有硬考核"],
        id="一来，二来，三来",
    ),
    pytest.param("。一来是因为编制紧；二来是因为经费少。", ["编制紧", "经费少"], id="一来是因为；二来是因为"),
    pytest.param("。主要受师资匮乏、经费紧巴影响。", ["师资匮乏", "经费紧巴"], id="in plain words"),
    pytest.param("。此困局缘于编制配备不足。", ["编制配备不足"], id="此困局缘于"),
    pytest.param("，三来一补企业监管不严。", [], id="三来一补 is no list"),
    pytest.param("，多是惯性思维作祟。", ["惯性思维"], id="…作祟"),
    pytest.param("。个别队员碍于熟人情面，处罚下不了手。", ["熟人情面"], id="碍于"),
    pytest.param(
        "。由于站里只有两名队员，还要承担防火任务，忙不过来，巡查不够。",
        ["站里只有两名队员，还要承担防火任务"],
        id="a duty more carries it on",
    ),
    pytest.param("。由于编制空缺多，加之待遇偏低，人员流失严重。", ["编制空缺多", "待遇偏低"], id="由于A，加之B"),
    pytest.param("。由于编制紧张，还存在巡查不够的现象，群众有意见。", ["编制紧张"], id="还存在 is what follows"),
    pytest.param(
        "，人员年龄偏大、文化偏低以及执法、普法两头跑造成的。",
        ["人员年龄偏大", "文化偏低", "执法、普法两头跑"],
        id="A、B以及C",
    ),
    pytest.param("。与群众生活密切相关的餐饮领域，巡查不够。", [], id="密切相关的 is no marker"),
    pytest.param("，影响办结时限，受众面偏窄，影响宣讲效果。", [], id="受众 is no marker"),
    pytest.param("。没有认识到法治是发展的根本，学得不深。", [], id="是…的根本 is no marker"),
    pytest.param("。群众反映的背后原因没有深挖，大都因循守旧。", [], id="原因没有深挖, 因循 are no markers"),
    pytest.param("，受聘律师多限于合同校核。", [], id="多限于 is no marker"),
    pytest.param("，执法力量不足、装备老化。", [], id="none named"),
    pytest.param("，因地制宜推进不够，因此成效不明显。", [], id="因地制宜 and 因此 are no markers"),
]


@pytest.mark.parametrize(("tail", "expected"), CAUSES)
def test_causes_are_found_one_by_one(tail: str, expected: list[str]) -> None:
    """Each reason is one cause: numbered ones whole, an unnumbered list split at its members."""
    text = FAULT + tail
    reasons = find_reasons(text, 0, len(text))
    assert expected == [cause.of(text) for cause in (reasons.causes if reasons else ())]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("由于队员多从别处抽调，取证不够熟练", ["队员多从别处抽调"]),
        ("因工作经费有限，服务室作用发挥不充分", ["工作经费有限"]),
        ("受青壮年外出务工影响，普法存在空白点", ["青壮年外出务工"]),
        ("鉴于编制紧张，人员不足", ["编制紧张"]),
    ],
)
def test_a_cause_may_open_an_item(item: str, expected: list[str]) -> None:
    """`一是由于…，…`: the marker stands where the item's words begin."""
    text = f"一是{item}"
    reasons = find_reasons(text, 2, len(text))
    assert expected == [cause.of(text) for cause in (reasons.causes if reasons else ())]


@pytest.mark.parametrize(
    ("tail", "for_all"),
    [
        ("。产生上述问题的原因，主要是重视不够。", True),
        ("。存在这些不足的主要原因是重视不够。", True),
        ("。产生上述问题，归结起来有以下几方面原因：一是重视不够；二是经费有限。", True),
        ("。以上不足主要受编制偏紧制约。", True),
        ("。这些短板，与责任没有压实密切相关。", True),
        ("。上述情况皆因责任没有压实。", True),
        ("。这些问题，一来是重视不够，二来是经费有限。", True),
        ("。主要原因是重视不够。", False),
        ("。这一问题与责任没有压实密切相关。", False),
    ],
)
def test_causes_of_the_whole_list_say_so(tail: str, for_all: bool) -> None:
    """上述问题 and 这些不足 make the causes those of every shortcoming."""
    text = FAULT + tail
    reasons = find_reasons(text, 0, len(text))
    assert reasons is not None
    assert reasons.for_all is for_all
