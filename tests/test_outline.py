"""Title, body, parts and zones of reports in every layout."""

import pytest

from extract.outline import Outline, read_outline
from extract.roles import role_of_heading

PROSE = "全镇认真学习贯彻习近平法治思想，扎实推进法治政府建设各项工作，取得了新的成效。"
PAGE = f"""某县人民政府网
首页 > 政务公开 > 法治政府建设
索引号：001/2024-1 发布日期：2024-03-01
某镇2023年法治政府建设年度报告
来源：某镇 浏览次数：12次

县委、县政府：
{PROSE}
一、主要成效
（一）依法决策。{PROSE}
二、存在的不足
{PROSE.replace("取得", "未取得")}
三、下一步打算
{PROSE}

某镇人民政府
2024年2月1日
上一篇：某镇2022年法治政府建设年度报告
扫一扫在手机打开当前页面
"""


def _quotes(outline: Outline) -> list[tuple[str, str]]:
    return [(s.role, s.heading) for s in outline.sections]


def test_body_and_furniture_are_told_apart() -> None:
    """The body runs from the addressee to the sign-off; paths, labels and links around it are not part of it."""
    outline = read_outline(PAGE)
    body = outline.body.of(PAGE)
    assert outline.title is not None
    assert outline.title.of(PAGE) == "某镇2023年法治政府建设年度报告"
    assert body.startswith("县委、县政府：")
    assert body.endswith("2024年2月1日")


def test_a_page_without_furniture_is_all_body() -> None:
    """A report that begins at its first sentence, without a title, loses nothing."""
    text = f"2023年，{PROSE}\n一、主要成效\n{PROSE}\n二、工作计划\n{PROSE}"
    outline = read_outline(text)
    assert outline.title is None
    assert outline.body.of(text) == text


def test_a_title_of_two_lines_is_one() -> None:
    """An issuer above `关于…的报告` belongs to the title."""
    text = f"某县人民政府\n关于2023年度法治政府建设情况的报告\n{PROSE}\n一、成效\n{PROSE}\n二、打算\n{PROSE}"
    title = read_outline(text).title
    assert title is not None
    assert title.of(text).split() == ["某县人民政府", "关于2023年度法治政府建设情况的报告"]


LAYOUTS = [
    pytest.param(
        f"一、工作开展情况\n{PROSE}\n二、存在问题\n{PROSE}", ["一、工作开展情况", "二、存在问题"], id="numbered lines"
    ),
    pytest.param(f"壹 · 主要做法\n{PROSE}\n贰 · 下步打算\n{PROSE}", ["壹 · 主要做法", "贰 · 下步打算"], id="formal"),
    pytest.param(
        f"第一部分　主要做法\n一、抓责任。{PROSE}\n二、抓普法。{PROSE}\n第二部分　短板\n{PROSE}",
        ["第一部分　主要做法", "第二部分　短板"],
        id="parts above numbered headings",
    ),
    pytest.param(
        f"第1部分：主要做法\n{PROSE}\n第2部分：打算\n{PROSE}",
        ["第1部分：主要做法", "第2部分：打算"],
        id="part and figure",
    ),
    pytest.param(f"Ⅰ、主要做法\n{PROSE}\nⅡ、打算\n{PROSE}", ["Ⅰ、主要做法", "Ⅱ、打算"], id="Roman"),
    pytest.param(
        f"抓班子，依法办事更自觉\n{PROSE}\n新的一年怎么干\n{PROSE}",
        ["抓班子，依法办事更自觉", "新的一年怎么干"],
        id="without numbers",
    ),
    pytest.param(
        f"（一）加强领导\n{PROSE}\n（二）存在的不足\n{PROSE}",
        ["（一）加强领导", "（二）存在的不足"],
        id="（一） on top",
    ),
    pytest.param(
        f"{PROSE}一、主要工作。{PROSE}二、工作打算。{PROSE}", ["一、主要工作", "二、工作打算"], id="in one paragraph"
    ),
    pytest.param(
        f"一、主要工作 {PROSE}\n二、工作打算 {PROSE}", ["一、主要工作", "二、工作打算"], id="text behind a blank"
    ),
    pytest.param(
        f"一、主要工作：{PROSE}\n二、工作打算：{PROSE}", ["一、主要工作", "二、工作打算"], id="behind a colon"
    ),
]


@pytest.mark.parametrize(("text", "headings"), LAYOUTS)
def test_parts_are_found_in_every_layout(text: str, headings: list[str]) -> None:
    """Top-level headings stand as printed, numeral included."""
    assert headings == [section.heading for section in read_outline(text).sections]


HEADINGS = [
    ("一、2023年推进法治政府建设的主要举措和成效", "achievements"),
    ("一、上年度工作计划完成情况", "achievements"),
    ("四、坚持问题导向，规范公正文明执法", "achievements"),
    ("五、有效化解社会矛盾，着力解决突出问题", "achievements"),
    ("三、督察反馈问题整改情况", "achievements"),
    ("二、存在的不足和原因", "deficiencies"),
    ("三、短板弱项", "deficiencies"),
    ("四、存在的主要困难和问题", "deficiencies"),
    ("三、存在问题及下一步打算", "deficiencies"),
    ("二、当前工作差距", "deficiencies"),
    ("三、党政主要负责人履行推进法治建设第一责任人职责情况", "responsibility"),
    ("二、主要领导履职情况", "responsibility"),
    ("二、书记、镇长抓法治的情况", "responsibility"),
    ("二、局长带头推进法治建设情况", "responsibility"),
    ("四、2024年工作安排", "plans"),
    ("五、下一步工作思路", "plans"),
    ("四、明年工作打算", "plans"),
    ("四、2024年怎么干", "plans"),
    ("三、今后努力方向", "plans"),
    ("五、其他需要报告的事项", "other"),
    ("五、需要上级支持的事项", "other"),
    ("六、恳请省厅协调解决的问题", "other"),
    ("六、需上级部门帮助解决的困难", "other"),
    ("七、希望上级给予支持的方面", "other"),
    ("五、对上级的意见和建议", "other"),
    ("六、几点建议", "other"),
    ("四、办理代表建议", "achievements"),
    ("三、着力解决群众急需解决的问题", "achievements"),
    ("二、争取上级支持", "achievements"),
    ("回头看，还有几处短腿", "deficiencies"),
    ("七、静下心来，还有几道坎没迈过去", "deficiencies"),
    ("四、让群众不满意的地方", "deficiencies"),
    ("哪些事还没办好", "deficiencies"),
    ("三、欠火候的地方", "deficiencies"),
    ("四、自己挑自己的刺", "deficiencies"),
    ("五、还欠着群众的账", "deficiencies"),
    ("五、还有几项特色工作", "achievements"),
    ("三、啃下硬骨头，化解积案", "achievements"),
    ("二、补齐短板，夯实基础", "achievements"),
    ("四、回应群众最不放心的事", "achievements"),
    ("（六）聚焦企业急难愁盼问题，规范涉企行政执法", "achievements"),
    ("（三）紧盯薄弱环节，加强行政复议应诉", "achievements"),
    ("一、聚焦重点难点，法治政府建设取得新成效", "achievements"),
    ("二、破难点、疏堵点，矛盾化解更加有力", "achievements"),
    ("三、锻长板、补短板，队伍素质持续提升", "achievements"),
    ("四、克服困难，稳步推进综合执法改革", "achievements"),
    ("（二）开展执法监督检查6次，发现问题43个", "achievements"),
    ("（五）走访企业，解答430个问题", "achievements"),
    ("（四）收集困难问题143条，逐一交办", "achievements"),
    ("四、正视不足，查找短板", "deficiencies"),
    ("三、存在的3个方面问题", "deficiencies"),
    ("三、基层治理方面的短板", "deficiencies"),
    ("（六）护航企业发展，守护未来", "achievements"),
    ("二、建设未来社区，提升治理效能", "achievements"),
    ("一、强化工作安排，压实法治责任", "achievements"),
    ("一、2023年法治建设重点工作", "achievements"),
    ("一、2023年工作举措", "achievements"),
    ("一、2023年全县依法行政工作重点", "achievements"),
    ("一、对照2023年目标任务，逐项抓落实", "achievements"),
    ("一、2023年部署要求", "achievements"),
    ("三、2024年法治建设重点工作", "plans"),
    ("展望2024年", "plans"),
    ("四、2024年，我们这样干", "plans"),
    ("一、深入贯彻《法治政府建设实施纲要（2021—2025年）》，推动职能转变", "achievements"),
    ("二、落实法治社会建设实施纲要（2020-2025年），推进全民守法", "achievements"),
    ("二、迎接2025年全国运动会，提升执法水平", "achievements"),
    ("一、锚定2035年远景目标，推进依法行政", "achievements"),
    ("三、2023年工作回顾和2024年重点", "plans"),
    ("四、面向未来，持续发力", "plans"),
    ("四、未来工作思路", "plans"),
]


@pytest.mark.parametrize(("heading", "role"), HEADINGS, ids=[heading for heading, _ in HEADINGS])
def test_headings_tell_what_a_part_is_for(heading: str, role: str) -> None:
    """A heading's words decide, not a single one: 解决突出问题 is work, 存在问题 is not."""
    assert role == role_of_heading(heading, year=2023)


def test_a_heading_below_is_read_with_the_reports_year() -> None:
    """（一）2024年法治建设重点工作 under work done is work done in a report on 2024, plans in one on 2023."""
    for year, roles in ((2024, ["achievements"]), (2023, ["achievements", "plans"])):
        text = f"某县{year}年度法治政府建设年度报告\n一、主要工作\n（一）加强领导\n{PROSE}\n（二）2024年法治建设重点工作\n{PROSE}\n二、存在的不足\n{PROSE}"
        zones = [zone.role for zone in read_outline(text).zones if zone.role != "deficiencies"]
        assert zones == roles


def test_plans_for_a_year_where_the_reports_own_is_not_known() -> None:
    """What is said of the year decides then: 重点工作 are to come, 工作成效 are not."""
    assert role_of_heading("一、2024年法治建设重点工作") == "plans"
    assert role_of_heading("一、2024年法治建设工作成效") == "achievements"


def test_faults_an_office_set_itself_against_are_its_own_where_the_text_admits_them() -> None:
    """聚焦突出短板 heads work, unless what stands below turns to shortcomings."""
    heading = "三、聚焦突出短板，认清所处方位"
    assert role_of_heading(heading, "今年以来，全县开展专项整治三次。") == "achievements"
    assert role_of_heading(heading, "工作虽有进步，但仍存在一些不足。") == "deficiencies"


def test_leadership_is_responsibility_where_the_text_says_so() -> None:
    """加强组织领导 heads a part on the leaders' duties only where its text speaks of them."""
    assert role_of_heading("八、加强组织领导", "市长切实履行第一责任人职责") == "responsibility"
    assert role_of_heading("一、加强组织领导", "召开会议三次") == "achievements"
    among = "\n调整领导小组，议法两次。镇主要负责人切实履行第一责任人职责。中心组学法8次，干部考试全员过关。"
    assert role_of_heading("【组织保障】", among) == "achievements"
    first = "\n县主要负责人切实履行第一责任人职责，召开会议四次。中心组学法8次，领导小组调整到位。"
    assert role_of_heading("一、领导责任扛在肩上", first) == "responsibility"


PASSAGES = [
    "但仍存在一些薄弱环节，主要表现在：一是执法力量不足；二是普法形式单一。",
    "同时也清醒地看到，执法力量还不足，普法形式较单一。",
    "对照上级要求，我镇工作还有不小差距：执法力量不足，普法形式单一。",
    "存在的主要问题是：一是执法力量不足；二是普法形式单一。",
    "当然，短板也不少。首先，执法力量不足；其次，普法形式单一。",
    "不足之处主要有：执法力量不足；普法形式单一。",
    "但工作中还存在执法力量不足、普法形式单一等问题。",
    "成绩面前不敢自满，回头看，差距同样明摆着。执法力量不足，普法形式单一。",
    "一年走下来，短板也摆在眼前。执法力量不足，普法形式单一。",
    "同先进县区比，差距仍不容乐观。执法力量不足，普法形式单一。",
    "这也暴露出不少短板。执法力量不足，普法形式单一。",
    "这反映出的短板都是多年积累，执法力量不足，普法形式单一。",
    "复议纠错暴露出的不足已引起重视，但执法力量不足，普法形式单一。",
    "工作也暴露出不少短板，需要在新的一年着力解决。执法力量不足，普法形式单一。",
    "抽查暴露出监管漏洞问题，形成较大影响。执法力量不足，普法形式单一。",
]


@pytest.mark.parametrize("passage", PASSAGES)
def test_a_passage_on_shortcomings_is_a_zone(passage: str) -> None:
    """In the middle of a part, the sentence that turns to shortcomings begins a zone that lasts to its paragraph's end."""
    text = f"一、主要成效\n{PROSE}\n{PROSE}{passage}\n{PROSE}\n二、下一步打算\n{PROSE}"
    zones = read_outline(text).of_role("deficiencies")
    assert [text[zone.start : zone.end] for zone in zones] == [passage]


NO_PASSAGES = [
    "针对督察发现的问题，逐项整改到位。",
    "深刻认识到法治建设的重要意义，统一思想。",
    "着力解决执法中存在的问题整改不到位现象，取得实效。",
    "排查出安全问题12个，全部整改完毕。",
    "未发现违法违规问题。",
    "汛后组织复盘，把通信中断等暴露出来的问题写进下一版预案。",
    "评查中反映出的问题全部整改到位。",
    "对演练暴露出的短板逐一补上。",
    "案件折射出的问题已形成清单交办。",
    "督察反映出的问题，各单位立即整改。",
    "巡察暴露出的不足已列入台账。",
]


@pytest.mark.parametrize("sentence", NO_PASSAGES)
def test_work_on_problems_is_no_passage(sentence: str) -> None:
    """Problems found elsewhere, solved or absent are no shortcomings of one's own."""
    text = f"一、主要成效\n{PROSE}{sentence}\n二、下一步打算\n{PROSE}"
    assert not list(read_outline(text).of_role("deficiencies"))


def test_zones_cover_the_words_of_the_body() -> None:
    """Zones follow each other and leave out nothing but white space and the sign-off."""
    zones = read_outline(PAGE).zones
    assert all(one.end <= other.start for one, other in zip(zones, zones[1:], strict=False))
    assert not any(PAGE[one.end : other.start].strip() for one, other in zip(zones, zones[1:], strict=False))


def test_plans_that_answer_shortcomings_are_told_apart() -> None:
    """Under 存在问题及下一步打算 each 打算：… is a plan, the rest shortcomings; the part takes its larger role."""
    text = (
        f"一、成效\n{PROSE}\n二、存在问题及下一步打算\n（一）执法力量不足。队员只有3人，常常顾此失彼，夜间巡查难以开展。\n"
        "打算：招录队员2名。\n（二）普法形式单一。仍以发传单为主，群众不爱看。\n打算：拍摄短视频。"
    )
    outline = read_outline(text)
    assert _quotes(outline)[1] == ("deficiencies", "二、存在问题及下一步打算")
    assert [text[zone.start : zone.end] for zone in outline.of_role("plans")] == [
        "打算：招录队员2名。",
        "打算：拍摄短视频。",
    ]


@pytest.mark.parametrize(
    "label",
    ["疏通之策", "破解之道", "应对办法", "开出的药方", "怎么改", "明年怎么办", "对症下药", "我们的打算", "努力方向"],
)
def test_a_part_of_shortcomings_and_answers_takes_the_larger_role(label: str) -> None:
    """差距与改进 is a part on plans where the answers behind the shortcomings say more than these."""
    text = f"一、成效\n{PROSE}\n二、差距与改进\n还有两处差距。\n" + "".join(
        f"（{n}）{what}。常常误事。\n{label}：{answer}，送去市局跟班学习一个月，年底前人人都能独立办案。\n"
        for n, what, answer in (("一", "执法力量不足", "招录队员2名"), ("二", "审查不严", "聘请律师3名"))
    )
    outline = read_outline(text)
    assert _quotes(outline)[1] == ("plans", "二、差距与改进")
    assert [text[zone.start : zone.end].split("，")[0] for zone in outline.of_role("plans")] == [
        f"{label}：招录队员2名",
        f"{label}：聘请律师3名",
    ]


def test_a_label_among_achievements_is_no_plan() -> None:
    """工作举措：… tells what was done, and so does 解决办法：… outside the shortcomings."""
    outline = read_outline(f"一、成效\n{PROSE}\n工作举措：办班三期。\n解决办法：上门服务。\n二、打算\n{PROSE}")
    assert [zone.role for zone in outline.zones] == ["achievements", "plans"]


def test_an_answer_within_an_item_does_not_reach_the_next() -> None:
    """`下一步，…` at the end of one item answers that item; the next item is a shortcoming again."""
    items = "".join(
        f"（{n}）针对{what}问题。情况不容乐观。下一步，健全机制，加强督办。\n"
        for n, what in zip("一二三", ("执法力量不足", "普法形式单一", "审查不严"), strict=True)
    )
    outline = read_outline(f"一、成效\n{PROSE}\n二、存在问题与改进措施\n{items}")
    assert [zone.role for zone in outline.zones] == ["achievements", *["deficiencies", "plans"] * 3]


def test_an_index_card_is_no_opening() -> None:
    """A card's labels, spaced out or not, stand above the body: the title below them is the title."""
    card = "索 引 号：011337125/2024-04417　　　文　　号：\n发布机构：某市人民政府办公室　　　发布日期：2024年03月22日"
    outline = read_outline(f"{card}\n某市2023年法治政府建设情况报告\n{PROSE}\n一、成效\n{PROSE}\n二、打算\n{PROSE}")
    assert outline.title is not None
    assert outline.body.start > outline.title.end


@pytest.mark.parametrize("line", ["承办人大代表建议132件，办结率100%。", "返回信访人补充材料12件，逐件说明理由。"])
def test_a_sentence_is_no_footer(line: str) -> None:
    """承办单位：… ends a page; a sentence that begins with 承办 does not."""
    outline = read_outline(f"一、成效\n{PROSE}\n{line}\n二、打算\n{PROSE}")
    assert [section.heading for section in outline.sections] == ["一、成效", "二、打算"]


def test_a_closing_paragraph_behind_the_plans_is_on_shortcomings() -> None:
    """`总的看，…差距依然不小。…` stays so, though its last sentence looks ahead."""
    closing = "总的看，可与群众盼望相比，差距依然不小。个别班子成员学法不深。对这些问题，我们将一项一项改。"
    text = f"一、成效\n{PROSE}\n二、打算\n1.加强学习。{PROSE}\n2.规范执法。{PROSE}\n{closing}"
    (zone,) = read_outline(text).of_role("deficiencies")
    assert text[zone.start : zone.end].startswith("总的看，")
