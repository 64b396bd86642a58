"""Practices with a name of their own: local brands and coined methods, `“解纷小院”`, `“139”审查工作模式`, `三官一律`.

Offices put such names in quotation marks, and much else besides: slogans, metaphors, national terms, quoted
objects of regulation. What tells them apart is the company a name keeps: the verb before it (`打造`, `推行`), the
noun behind it (`模式`, `机制`), the shape of the name itself. Each sign adds to or takes from a score; where more
speaks for a name than against it, it is one. Names that are anybody's (`commonplaces`, the mechanisms' own labels)
are no practices.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import chain
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from extract.guarded import begun
from extract.outline import Outline, Zone
from extract.records import Evidence, Practice
from extract.sentences import clause_around, lines
from extract.surroundings import Surroundings
from extract.unquoted import NUMERALS, unquoted
from ontology.vocabulary import Vocabulary

_QUOTED = re.compile(r"[“\"「『](?P<name>[^“”\"「」『』。；;：:《》\n]{2,20})[”\"」』]")

# “甲”“乙”和“丙”机制: of names that are listed each has what stands before and behind them all.
_LISTED_BEFORE = re.compile(r"[“\"「『][^“”\"]{2,20}[”\"」』][、和与及,， ]{0,2}$")
_LISTED_BEHIND = re.compile(r"^(?:[、和与及,， ]{0,2}[“\"「『][^“”\"]{2,20}[”\"」』])+")
_HAN_NUMBER = "[一二三四五六七八九十百两]+"
_NUMBER = re.compile(r"[\d+＋A-ZN]+")
_COLOURS = re.compile(r"[红橙黄蓝绿黑白灰]{2,5}")
_COLOURED = re.compile(r"[\u4e00-\u9fff]{0,4}(?:码|机制|督办|监管|管理|预警|榜|单|牌|卡)")
_SIGN = re.compile(r"[^\w+]")

# The noun that says what the name is the name of: “六环递进”工作法, “商铺工作日”服务机制, “五色花”等本土经验品牌.
_KIND = (
    r"(?:模式|机制|工作法|调解法|审批法|法|体系|平台|品牌|行动|活动|工程|制度|改革|创新|服务队|服务|小?分队|调解队|普法队|宣讲团|队伍|队|团"
    r"|服务站|工作站|站点|站|工作室|调解室|室|驿站|小院|庭院|矩阵|场景|做法|经验|举措|办法|标准|格局|架构|路径|方式|方法|力量"
    r"|套餐|专窗|专线|专列|窗口|专区|专栏|栏目|节目|课堂|讲堂|直播间|直播|小戏|小程序|系统|应用|热线|码|卡|清单|指引|提醒单|议事会|议事厅|议事亭"
    r"|基地|阵地|中心|联盟|联动|试点|项目|计划|管理|监管|执法|审查|调解|普法|治理|解纷|网格|志愿|专题讲座|专场|微课|展播|巡[讲演展]|灯谜会|主题公园|展[室厅馆]|音乐会|文艺汇演|展演|短视频|微视频|微电影|快闪|随手拍|联调|招牌|牌子)"
)
_NOUN_BEHIND = re.compile(r"[\u4e00-\u9fff]{0,8}?(?:模式|机制|体系|平台|工程|制度|队伍|矩阵|格局|架构|工作法)")
_KIND_BEHIND = re.compile(rf"(?:等)?(?:的)?[\u4e00-\u9fff+]{{0,8}}?{_KIND}")
# Heads of names, by what they are the name of: people, groups, places, times and occasions, papers, platforms, ways.
_KIND_WITHIN = begun(
    r"(?:帮办|[代陪领]办员|[陪领代]跑[员官团]?|店小二|和事佬|翻译官|快递员|娘舅|管家|先锋|法官|警官|律师|医生|乡贤|街坊|骑手|楼长|观察员|阿姨|[大小]?[姐妈嫂哥叔婶]"
    r"|服务队|调解队|普法队|劝导队|[法理说和]队|骑兵[队连]?|轻骑|宣讲团|帮帮团|(?:智囊|律师)团|小分队|联盟"
    r"|驿站|驿家|小院|书屋|工作室|调解室|茶馆|茶室|茶座|客厅|课堂|讲堂|讲坛|学堂|讲习所|夜校|擂台|书场|议事[会亭厅点]|评理[堂桌台]|说理[堂桌台]|(?<!争议)(?:仲裁|巡回)庭|[议说理事话].?[亭台屋点角吧廊]"
    r"|直播间|门诊|诊所|港湾|加油站|e站|流动[\u4e00-\u9fff]{0,3}站|会客厅|超市|工坊|大篷车|直通车?"
    r"|夜话|夜谈|夜谈会|早茶|早餐会|院坝会|开放日|夜市|夜集|大集|集市|(?:体检|普法)[月周日季]|(?:会诊|坐诊|问诊|接待|服务|调解|议事|评理|解纷|学法|议企|问企)[日周]|普法课"
    r"|(?:审查|诊疗|体检|处方)单|明白[卡纸]|口袋书|(?:红黑|积分|光荣)榜|年画|码|套餐|盲盒"
    r"|[服政事]通|[易好快里]办|法治大脑"
    r"|工作法|调解法|模式|机制|说法|品牌|行动|联调|联审|联防|体检|打烊)$"
)
# “渔嫂巡湾队”, “三江枫桥”, “药企陪跑员”, “油茶调解桌”: heads that many names have and that much else has, too; they
# count less.
_SOFT_KIND_WITHIN = begun(
    r"(?:[队屋室船桌庭哨岗坊棚角盾剑团摊群圈旬榜图册包]|喇叭|(?<!险)点|(?<!清)(?<!名)单|(?<![知诺议见任皮])书|(?<![动派])车|(?<!法治)课|先生|大使|使者|卫士|哨兵|小老师|帐篷"
    r"|(?<![党人动职成议委队官公务督查格派察])员|大脑|法庭|(?<!问)窗口|(?<!冬)(?<!夏)(?<!四)季|(?<![五案准例])普法|调解|说理|说事|议事|议企|赶[街集]|(?<!新时代)(?<!^)枫桥)$"
)
# 打造, 推行, 依托 …: verbs by which an office makes a thing its own.
_MAKING = re.compile(
    r"(?:打造|创新|首创|独创|创设|创立|率先|推行|推广|推出|探索|试行|实行|实施|建立|搭建|组建|设立|开设|开办|开通|开出|成立|创建|形成|构建|编排|排出|升级|擦亮|唱响|叫响"
    r"|打响|做[实强优大]|加挂|挂牌|上线|启用|开播|创办|选派|组成|运行|举办|培育|孵化|总结|提炼|深化|巩固|践行|运用|用[好活]|依托|利用|借助|发挥|健全|完善|优化|开展|落实|采[取用]|通过"
    r"|结成|编成|拉起|搭起|支起|[摆开办][出起好]|琢磨出|摸索出|延伸|选配|配[备强齐]|张贴|编印|印出|印制|制作|绘制|编唱|建设|名叫|叫作|取名|推进|推动|强化|送出|发放|培养|发展|聘请|选聘|坚持|加强|按照|试点|成为|叫|称[为之作]?|名为|持续|(?<![\u4e00-\u9fff])用)(?:了|以|了以|出|起|“[^”]*”[、和与]?)*[^，,。；;：:“”]{0,14}$"
)
_STRONG_MAKING = re.compile(
    r"(?:打造|创新|首创|独创|率先|推行|推广|推出|探索|组建|搭建|创设|设立|开设|开办|开播|创办|选派|试行|成立|组成|试点|加挂|叫响|打响|擦亮|总结|提炼|品牌)[^，,。；;：:]{0,16}$"
)
# 设“政务超市”, 叫“褡裢代办”, 26名“牧场帮办员”, 这就是“古埠夜话”: right before the name.
_CALLED = re.compile(
    r"(?:叫[做作它]?|留[出好]|设[为立]?|建[成了]?|办[了过]?|评[选出]?|请[了来]?|攒了?个?|凑成|开发|有了?|名为|称为?|推出|创|挂|当|编|印|画|摆|搭|组|聘|配上?)(?:了|起|出|上|个|一[个批支家张本])*\s*$"
    rf"|(?:\d[\d,]*|{_HAN_NUMBER})(?:余|多)?[名支张处家所本辆座期场位间条]$|这(?:就是|便是|[套支项本招])$"
)
# “行风直通”48期, “交通法治讲坛”6讲, “田坎说事”办了96场, “法律早茶”已端上41回: counted like a thing of one's own.
_COUNTED = (
    rf"(?:[\d,，]+|{_HAN_NUMBER})(?:余|多)?[ 　]?"
    r"(?:次|期|讲|场|回|个|处|名|支|家|节|集|件|声|堂|张|顶|辆|座|位|本|款|幅|部|首|册|档|桌|轮|间|条)"
)
_COUNTED_BEHIND = re.compile(rf"[ 　]?{_COUNTED}")
_HELD_BEHIND = re.compile(
    r"(?:已|共|全年|一年|年内|今年|累计|每[年月周]|常态化){0,2}"
    rf"(?:端上|举办|举行|开办|开讲|开设|播出|更新|推出|发布|[巡上开]演|巡讲|办|开|演|响|唱)(?:了|出|过)?{_COUNTED}"
)
# “饭点普法”覆盖食堂48家, “鼓楼调解”唱主角, “流动仲裁庭”开进厂区: it acts.
_ACTS_BEHIND = re.compile(
    r"(?:已|全年|也|都){0,2}(?:每[年月周天季]度?一[次期场讲]|惠及|覆盖|扩面|扩至|接入|唱主角|接待|走村|[\u4e00-\u9fff][进到](?=[\u4e00-\u9fff])|坐诊|调处|调解|化解|巡)"
)
# “治超前哨”检测点投入使用: what is opened is one's own, too.
_OPENED_BEHIND = re.compile(
    r"(?![和与及等])[\u4e00-\u9fff]{0,8}?(?:投入使用|投用|启用|建成|上线|挂牌|开张|开播|开讲|开庭|落成)"
)
# “一窗受理、集成服务”, “说理式”执法, “出生一件事”: what many do, told in steps, by its manner or by its national name; “绿色经济”,
# “较轻违法限期改正”: a kind of thing.
_MANNER = re.compile(r"、|式$|一件事$|经济$|违法")
# “行风监督员”12名, “全国文明村”2个: titles that others have, too.
_TITLE = re.compile(r"^(?:全[国省市县区]|国家级|[省市县区]级)|(?:监督|督察|特派|网格|审查|调解)员$")
# “护草蓝盾”专项整治, “净海利剑”执法检查: campaigns have names of arms and guards; “僵尸企业”专项整治 says against what.
_CAMPAIGN_NAME = re.compile(
    r"^(?:护|净|守|猎|蓝|碧|铁|雷|利|春|秋|绿|飓|霹|亮剑)[\u4e00-\u9fff]{2,5}$|^[\u4e00-\u9fff]{2,4}(?:利?剑|[红蓝绿金铁]盾|铁拳|猎鹰|雷霆|清风|净网|护航|安澜|卫士|风暴|守护)$"
)
_CAMPAIGN_BEHIND = re.compile(r"(?:系列|联合|集中|专项|执法|综合){0,3}(?:行动|整治|治理|检查|执法|打击|巡查|排查|巡护)")
_SHORT_NUMBERED = re.compile(r"^[三四五六七八九][\u4e00-\u9fff]{2,4}$")
_ITEM_HEADING = re.compile(r"^[ 　]*(?:[（(]?[一二三四五六七八九十\d]+(?:[)）、.．]|是)|——)[^，,]{0,24}$")
# 三官一律, 四同四好, 一案一策一专班, 1+3+N, 网格+调解+普法: coined shapes.
_COINED = re.compile(
    rf"[{NUMERALS}\d][\u4e00-\u9fff]{{1,2}}[{NUMERALS}\d][\u4e00-\u9fff]|[\dA-ZＮ\u4e00-\u9fff]+[+＋][\dA-ZＮ\u4e00-\u9fff]|^\d{{2,}}[A-ZN]?$|^[{NUMERALS}]书同|日.周.月|[\u4e00-\u9fff][+＋][A-Z]|^[eE][\u4e00-\u9fff]{{2,3}}$|^一[支张把站门窗网站][\u4e00-\u9fff]{{3,}}|^[{NUMERALS}][\u4e00-\u9fff](?:融合|联动|联调|联防|递进|共治|衔接|协同|同步|互通)"
)
# “听、问、劝、约、访”五步调解法, “走访巡查调处报宣”网格工作八法: the name stands behind the quotation; “先教后改再罚”三步
# 工作法 is called after its steps.
_METHOD_BEHIND = re.compile(
    rf"(?!等)[\u4e00-\u9fff]{{0,4}}(?!一批)[{NUMERALS}]+[步字环]?[\u4e00-\u9fff]{{0,4}}(?:法|诀)(?![治律制规院官学])"
)
# Slogans and sayings: 应审尽审, 小事不出村, 谁执法谁普法, 无事不扰.
_SLOGAN = re.compile(
    r"应.尽.|不出|尽.{1,2}$|谁.{1,3}谁|^[零不未必进]|不[^断]|[吗吧呢啊了]$|^(?:从|由|让|把|向|以[^，]{1,4}[为代换])|[，,！!？?]|(?:\d|[一二三四五六七八九十])进$|多.{1,4}少|重.{1,4}轻|^\d{1,2}[·・.]\d{1,2}"
)
# What is regulated or described, not done: “三小”场所, “僵尸”企业, “两证”遗留问题, “老大难”问题.
_OBJECT_BEHIND = re.compile(
    r"(?:等)?(?:的)?[\u4e00-\u9fff]{0,2}?(?:场所|群体|人员|问题|行为|现象|乱象|企业(?![诉服家])|产品|案件|证明|领域|对象|老人|儿童|学生|少数|作用|关|意识|会议|精神|要求|目标|期间|节点|任务|风险|隐患|地位|状况|局面|痛点)"
)
# “餐桌污染”专项治理, “医美乱象”整治, “黑诊所”11家: against what.
_AGAINST = re.compile(
    r"^问题|^黑(?!土)[\u4e00-\u9fff]{1,3}$|(?:污染|乱象|隐患|水体|顽疾|陋习|问题|难题|痛点|堵点|[^万]难)$"
)
_TURN = begun(r"(?:从|(?<![交经])由|变|转向|转为|迈向|走向|实现了?从)$")
_TURNED_BEHIND = re.compile(r"的?(?:转变|转型)")
_TURN_BEHIND = re.compile(r"(?:向|到|转变|转向|变|为|走向|迈向|的转变|并重|相结合|与“)")
_FIGURE = re.compile(
    r"(?:抓[住好牢紧]|围绕|紧盯|聚焦|扭住|牵住|突出|把好|筑牢|守住|织密|当好|争当|[既又]当|做好|念好|下好|打好|答好|握[稳紧]|举好|按下|跑出|绷紧|拧紧|系好|扣好|充分发挥|压实)[^，,。；;：:“”]{0,12}$"
)
# 用“小切口”破解“大难题”: what it does is a figure of speech, too.
_FIGURE_BEHIND = re.compile(r"(?:破解|撬动|带动|托[起举]|书写|赋能|激活|护航)")
# Campaigns that come down from above, and channels that every office has.
_CAMPAIGN = re.compile(
    r"百日|专项整治|扫黑|夏季|冬季|12345|12315|12348"
    r"|^(?:20\d\d年?)?(?:清朗|净网|护苗|雷霆|利剑(?:护蕾)?|昆仑|断卡)[·・.—-]?(?:20\d\d|\d\d)?年?(?:系列|专项|集中)*(?:行动)?$"
)
_CHANNEL_BEHIND = re.compile(r"(?:微信|微博|抖音|头条|公众)|(?:政务)?(?:公众号|视频号|抖音号|客户端|APP|网站)")
_CHANNEL_BEFORE = re.compile(r"(?:公众号|视频号|抖音号?|微博|客户端|APP|网站)$")
_PLATFORM_BEHIND = re.compile(r"(?:线上|网上)?(?:平台|系统|热线|网站)")
_LEAST = 1
_FAR = 200  # how far before a name is looked
_SURE = 3
_CLAUSES_BEHIND = 4  # what a name is for is told behind it


class _Name(NamedTuple):
    name: str
    start: int
    end: int
    score: int


def find_practices(
    outline: Outline, vocabulary: Vocabulary, measure: Callable[[int, int], str | None]
) -> Iterator[Practice]:
    """The report's named practices in order, one record a name.

    `measure(start, end)` gives the mechanism that a slice of the text names, or None; it is asked for a name's clause
    first, then for what stands around it. Where the clause names none, words in the name or in it may hint at one.
    """
    text, around = outline.text, cache(partial(Surroundings, outline.text))
    found: dict[str, list[tuple[_Name, Zone]]] = {}
    for zone in outline.zones:
        if zone.role == "deficiencies":
            continue  # “大水漫灌”多: what is quoted there is no practice
        for line in lines(text, zone.start, zone.end):
            for name in _names(text, line):
                behind = text[name.end : name.end + 8].lstrip("”")
                if not _is_commonplace(name.name, behind, vocabulary):
                    found.setdefault(_key(name.name), []).append((name, zone))
    for mentions in found.values():
        score = max(name.score for name, _ in mentions)
        if score < _LEAST:
            continue
        clauses = {_clause(text, name): zone for name, zone in mentions}
        spans = [span for clause, zone in clauses.items() for span in around(zone).of(*clause, behind=_CLAUSES_BEHIND)]
        name, hinted = mentions[0][0], partial(_hinted, text, vocabulary)
        told = chain(
            (measure(*clause) for clause in clauses),
            (hinted(*span) for span in ((name.start, name.end), *clauses)),
            (find(*span) for find in (measure, hinted) for span in spans),
        )
        yield Practice(
            name=name.name,
            broader=next(filter(None, told), None),
            status="planned" if all(zone.role == "plans" for _, zone in mentions) else "practised",
            evidence=tuple(clauses),
            confidence=1.0 if score >= _SURE else 0.7,
        )


def _names(text: str, line: Evidence) -> Iterator[_Name]:
    """Names within a line, quoted or not, each with its score."""
    quoted: list[tuple[int, int]] = []
    for match in _QUOTED.finditer(text, line.start, line.end):
        quoted.append(match.span())
        if _in_title(text, line.start, match.start()):
            continue
        behind = text[match.end() : min(line.end, match.end() + 24)]
        method = _METHOD_BEHIND.match(behind)
        if method and ("、" in match["name"] or method[0][0] not in NUMERALS):
            yield _Name(method[0], match.end(), match.end() + method.end(), _SURE)
            continue
        score = _score(match["name"], text[max(line.start, match.start() - _FAR) : match.start()], line, behind)
        yield _Name(_full_name(match["name"], behind), match.start("name"), match.end("name"), score)
    reached = line.start
    for found in sorted(unquoted(text, line.start, line.end), key=lambda each: (each.start, -each.end)):
        before = bisect_left(quoted, (found.end,))
        if found.start < reached or (before and quoted[before - 1][1] > found.start):
            continue
        if text[found.start - 1] == "《" or not _in_title(text, line.start, found.start):
            reached = found.end
            yield _Name(found.of(text), found.start, found.end, _LEAST)


def _in_title(text: str, start: int, position: int) -> bool:
    """Whether a position stands within a document's title: 《“解纷小院”工作细则》."""
    return text.rfind("《", start, position) > text.rfind("》", start, position)


def _score(name: str, before: str, line: Evidence, behind: str) -> int:
    """How much speaks for a quoted name being a practice's; see the module's docstring."""
    lead = before[-40:]
    while shorter := _LISTED_BEFORE.sub("", lead):
        if shorter == lead:
            break
        lead = shorter
    last = _LISTED_BEHIND.sub("", behind)
    score = 2 * bool(_COINED.search(name)) + 2 * _has_head(name) + bool(_MAKING.search(lead))
    score += bool(_STRONG_MAKING.search(lead)) + 2 * bool(_KIND_BEHIND.match(last))
    score += len(name) > 3 and bool(_SOFT_KIND_WITHIN.search(name)) and not _has_head(name)
    score += bool(_OPENED_BEHIND.match(last)) + bool(_CAMPAIGN_NAME.search(name) and _CAMPAIGN_BEHIND.match(last))
    score += bool(_CALLED.search(lead)) + bool(_COUNTED_BEHIND.match(last)) + bool(_SHORT_NUMBERED.search(name))
    score += 2 * bool(_HELD_BEHIND.match(last)) + ("、" not in name and bool(_ACTS_BEHIND.match(last)))
    score -= 3 * (behind.startswith("。") and bool(_ITEM_HEADING.match(re.split("[。；;]", before)[-1])))
    score -= (
        3 * ("+" not in name and bool(_SLOGAN.search(name)))
        + 3 * bool(_OBJECT_BEHIND.match(last) or _AGAINST.search(name))
        + 2 * bool(_FIGURE.search(lead) or _FIGURE_BEHIND.match(behind))
    )
    # “挂甲说法”公众号 is made for publicity; “某区政务” is every office's.
    if _CHANNEL_BEHIND.match(behind) or _CHANNEL_BEFORE.search(lead):
        score += 2 if "法" in name else -3
    score -= len(name) < 3  # “对榫”, “村超”: more often a local word than a name of one's own
    score -= 2 * (bool(_MANNER.search(name)) and not (_COINED.search(name) or _has_head(name)))
    score -= 4 * bool(_CAMPAIGN.search(name)) + 3 * bool(_TITLE.search(name))
    score -= len(name) > 7 and "、" not in name and not (_COINED.search(name) or _has_head(name))
    score -= 3 * bool(
        _TURN.search(lead) or _TURNED_BEHIND.match(behind) or (_TURN_BEHIND.match(behind) and "“" in behind[:12])
    )
    if line.end - line.start <= 45 and re.fullmatch(r"[。”\"」』]*", behind.rstrip()):
        score -= 4  # a heading that ends in its metaphor: 举好法治建设“指挥棒”
    return score


def _has_head(name: str) -> bool:
    """Whether a name ends in a head of names, and is not just that: “红黑榜” and “店小二” are anybody's."""
    head = _KIND_WITHIN.search(name)
    return head is not None and head.start() > 0


def _full_name(name: str, behind: str) -> str:
    """A name that is only a number, or colours, takes its noun along: “139”审查工作模式, “点援”制, “红黄绿”三色督办."""
    if _COLOURS.fullmatch(name) and (kind := _COLOURED.match(behind)):
        return name + kind[0]
    bare = _NUMBER.fullmatch(name) or (len(name) == 2 and behind.startswith("制"))
    if bare and (kind := _NOUN_BEHIND.match(behind) or _KIND_BEHIND.match(behind) or re.match("制", behind)):
        return name + kind[0]
    return name


def _hinted(text: str, vocabulary: Vocabulary, start: int, end: int) -> str | None:
    """The mechanism that the longest of a slice's hints tells; of those that are as long the last, as heads stand last:
    年画调解法 is for 调解."""
    found = _any_hint(vocabulary).findall(text, start, end)
    return _hints(vocabulary).get(max(reversed(found), key=len, default=""))


@cache
def _hints(vocabulary: Vocabulary) -> dict[str, str]:
    """The mechanism of each hint."""
    return {hint: name for name, concept in vocabulary.mechanisms.items() for hint in concept.hints}


@cache
def _any_hint(vocabulary: Vocabulary) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _hints(vocabulary)), key=len, reverse=True)))


def _is_commonplace(name: str, behind: str, vocabulary: Vocabulary) -> bool:
    """Whether the name is anybody's, or that of a platform called after what it is for: “合法性审查”平台."""
    plain = _key(name)
    return plain in _labels(vocabulary) or bool(
        _PLATFORM_BEHIND.match(behind) and _long_labels(vocabulary).find_matches_as_indexes(plain)
    )


@cache
def _labels(vocabulary: Vocabulary) -> frozenset[str]:
    """The commonplaces and the mechanisms' own labels, without signs."""
    own = (concept.zh for concept in vocabulary.mechanisms.values())
    return frozenset(map(_key, (*vocabulary.commonplaces, *own)))


@cache
def _long_labels(vocabulary: Vocabulary) -> AhoCorasick:
    """Those of them that a name may hold by no accident."""
    return AhoCorasick([label for label in _labels(vocabulary) if len(label) > 3])


def _key(name: str) -> str:
    """The name without signs: “学党规・守党纪” and “学党规、守党纪” are one."""
    return _SIGN.sub("", name.replace("＋", "+")).lower()


def _clause(text: str, mention: _Name) -> Evidence:
    """The clause around a mention; signs within the name do not end it."""
    line_start = text.rfind("\n", 0, mention.start) + 1
    line_end = text.find("\n", mention.end)
    line_end = len(text) if line_end < 0 else line_end
    first = clause_around(text, line_start, mention.start, line_end)
    last = clause_around(text, line_start, mention.end, line_end)
    start = first.start if first and first.start <= mention.start < first.end else mention.start
    end = last.end if last and last.start <= mention.end <= last.end else mention.end
    return Evidence(start, end)
