"""Names of practices that stand without quotation marks: 推广炕头调解法, 马大姐调解室, 实行两签一备, 《老表说法》短视频.

What marks a name where no mark does: a head that little else has, who it is called after, a coined shape, or words that
are nobody else's. For the last the pairs of characters that reports everywhere have are kept (`common_pairs`): 赤水 and
椒农 are not among them, so 赤水河护薪联盟 and 椒农法律门诊 are names, and 矛盾纠纷调解队 is none.
"""

import lzma
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from extract.guarded import Guarded, begun
from extract.records import Evidence

NUMERALS = "一二三四五六七八九十两双零百"
COMMON_PAIRS = files("ontology") / "data" / "common_pairs.txt.xz"

_HAN = "[\u4e00-\u9fff]"
# A name has no words of grammar: 和 only in 和顺, 和美 and the like.
_INNER = r"(?:[^\W\d_的和与及等是将把对由在了为以于并或其]|和(?=[顺谐美事合睦善乐]))"
# 推行…, 结成…, 拉起一支…: what an office makes its own.
_MADE = begun(
    r"(?:推[广行出开选]|实[施行]|形成|创[新立设办]|首创|独创|率先|试行|探索|采[取用]|办[起好]|开[起办设通]|结成|组[成建]|建[起立成]|搭[起建]|(?<![建开基陈摆])设(?!施|备|计|想|定)[起立置]?|拉起|摆[起开出]|支起|打造|总结|提炼|培育|成立"
    r"|运用|用[好活上]|依托|启用|留出|走完|选[聘派配]|聘请|开发的?)(?:了|出|起|应用|一[个支套所批项]|\d{1,4}(?:余|多)?[支个名处座间张所家辆])*"
)
# 推广炕头调解法, 办起城管夜校: with a head that little else has.
_HEADED = re.compile(
    rf"(?P<name>(?!人民|全|一|各|该|本){_INNER}{{2,7}}?"
    r"(?:(?<!人民)(?<!仲裁)(?:调解|说理|工作|审批)法|夜校|早茶|夜[话谈集]|骑兵队|评理[堂团]|议事亭|(?:跑腿|说和|劝和|拉呱|帮帮)[队团]))(?![院官定治律规])"
)
# 两签一备, 审前三问, 房屋交付五方见证, 先诊后查: nothing stands behind it that it would describe.
_STEPS = re.compile(
    rf"(?P<name>(?!一[级代环步对])[{NUMERALS}]{_HAN}{{1,2}}[{NUMERALS}]{_HAN}{{1,2}}(?<![条款百千万天年月日次])"
    rf"|(?!第){_INNER}{{0,5}}(?<!第)[三四五六七八九][问审查看诊步方色环联](?!面|走|路|合力|共赢|协议|举措|制度?(?=$|[，,。；;]))(?!标识){_INNER}{{0,3}}(?<!测评)(?<!评估)(?<!协议)(?<![日周月年])|先(?![建占]){_INNER}后{_INNER}(?:再{_INNER})?)"
    r"(?=[，,。；;、：:]|$|的?(?:工作)?(?:模式|机制|办法|做法|流程|制度))"
)
# 赤水河护薪联盟, 463名寨管家, 椒农法律门诊: people and places that do something, by heads of names and by heads of much
# else; 津法快审系统.
_OWN_HEAD = (
    r"(?:骑兵|管家|驿家|小院|茶馆|茶室|茶座|会客厅|书场|工坊|大篷车|坝会|屋场会|夜话|茶话会|早餐会|大集|擂台|快线"
    r"|解纷[室站屋]|(?:评理|说事|议事|说理)[会亭厅堂桌台席屋角廊岗点])"
)
_ANY_HEAD = r"(?:[帮代陪领]办员|门诊|诊所|驿站|书屋|学堂|超市|港湾|加油站|联盟|律师团|夜市|(?<![中大支总带部排领团警])(?<!突击)(?<!巡逻)(?<!消防)(?<!救援)队|宣讲团(?!队)|(?<!示范)(?<!先锋)(?<!公益)[席哨岗](?!位)|(?<!人民)调解[室站]|(?<!人民)(?<!巡回)(?<!派出)(?<!模拟)法庭|(?<!微)课堂|[审签查商]法|(?<=..)(?<![前中后端])调解(?=[，,。；;]))"
_MANYS = re.compile(rf"{_ANY_HEAD}$")
_LOCAL = re.compile(
    rf"(?P<name>(?![全一各该本省市县区镇乡村]){_INNER}{{1,7}}?(?:{_OWN_HEAD}|{_ANY_HEAD}))(?=[^\u4e00-\u9fff]|$|作用|并)"
)
# 津法快审系统, 智慧玉城平台
_PLATFORM = re.compile(rf"(?P<name>{_INNER}{{3,4}})(?=平台|系统|小程序)")
# Not made but at work, at the beginning of a clause or counted: 寨管家编进网格, 椒农法律门诊开到田间.
_ACTS = begun(rf"(?:{_OWN_HEAD}|{_ANY_HEAD})(?=[把将开进到骑编走入巡深]|一年|全年|每[年月周])")
_ACTOR = re.compile(
    rf"(?:^|[，,。；;：:\n　 ]|\d(?:余|多)?[名支个家处位])(?P<name>(?![全一各该本省市县区镇乡村由让请把]|组[建织成]|邀请|安排|[选派推]|成立|[建设]立|聘请|打造|引导|发动|依托|举[办行]|开[展设办]){_INNER}{{2,10}})$"
)
# 叫作年画调解法, 这一做法叫作案前一刻钟; not 名为合作，实为借贷, nor a person's name.
_CALLED_SO = re.compile(
    r"(?:叫[作做]|唤作|取名|名为|名叫)(?P<name>[\u4e00-\u9fff]{3,8}[法队团室站屋堂点会桌亭院课岗坊棚车员单卡码榜话])(?=[，,：:。；;])(?!.{0,9}实为)"
    r"|(?:做法|办法|法子|规矩)[^，,。；;]{0,8}(?:叫[作做]|唤作|取名|名为|名叫)(?P<name2>[\u4e00-\u9fff]{4,9})(?=[，,：:。；;])"
)
# 马大姐调解室, 王金龙工作室: called after whoever sits there; 金牌调解室 is not.
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱何郭罗梁宋郑谢韩唐冯董曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴钟汪姜范姚谭廖邹熊陆郝孔崔毛邱秦顾侯邵孟钱汤尹黎乔贺赖龚"
_CALLED_AFTER = re.compile(
    rf"(?<=[，,。；;、\n和与及以立设托造由在成建了办出持])(?P<name>(?![立成由村])(?![^，,。；;]{{0,3}}某)(?!老(?:书记|支书|党员|法官|警官|老师))(?:[\u4e00-\u9fff]{{1,2}}(?:大姐|大妈|大娘|大哥|大叔|大爷|阿姨|阿婆|阿公|嫂子|老师|书记|警官|法官|律师)|(?:老|小)[{_SURNAMES}]|[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?<![区县镇乡村街市]))"
    r"(?:个人)?(?:调解|解纷|普法|说事|评理|说和|法律)?(?:工作室|调解室|工作站|解纷室|评理室))"
)
# 方言广播节目《老表说法》, 《方向盘上的法治课》微视频: works made for publicity.
_WORK = r"(?:短视频|微视频|视频|栏目|节目|小戏|情景剧|微电影|快板|歌曲|歌谣|[山民]歌|专栏|[\u4e00-\u9fff]戏|皮影|相声|小品|[情广方短微][\u4e00-\u9fff]{0,2}剧|评[书弹]|说唱|三句半|漫画|绘本|动漫|动画)"
_WORK_NAME = r"[^《》\n]{2,10}(?<![^说普]法)(?<![例定])(?<!办法|意见|通知|方案|规划|纲要)"
_WORKS = re.compile(
    rf"(?:{_WORK}|编[唱排演创]|创作)《(?P<name>{_WORK_NAME})》(?!等)"
    rf"|《(?P<name2>{_WORK_NAME})》(?=(?:普法|法治|宣传|系列|方言){{0,2}}{_WORK})"
)
# …制度获省级推广 (praised by others, so no mere description), 依托皖事通办平台, 一周一会商机制.
_PRAISED = re.compile(
    r"(?<=[，,。；;\n])(?P<name3>[\u4e00-\u9fff]{4,14}?(?:制度|机制|模式|工作法|做法|经验))(?:成效(?:显著|明显)|(?:被|获|入选|在|得到)[^，,。；;]{0,20}(?:推广|推介|推荐|典型|肯定|批示|刊发|转发|采用))|"
    r"(?:依托|利用|通过|运用|推广)(?P<name4>[\u4e00-\u9fff]{1,3}(?:事通办?|易办|政通|服通|里办|好办|通办))(?=平台|系统|[，,、]|办理|掌上|移动)"
    rf"|(?<=[，,。；;推行实施行立建了])(?P<name2>[{NUMERALS}][\u4e00-\u9fff]{{1,2}}[{NUMERALS}][\u4e00-\u9fff]{{1,4}}(?:制度|机制|工作法|模式|制(?![定作造止约])))"
)
_COINED = re.compile(
    rf"(?<!举)(?P<name>[{NUMERALS}][\u4e00-\u9fff][{NUMERALS}][\u4e00-\u9fff])(?=[”]?(?:等)?(?:[\u4e00-\u9fff]{{2,4}})?(?:力量|模式|机制|工作法|经验|品牌|体系|联动|参与|做法|队伍|制度|清单))"
)
_ANYWHERE = (Guarded(_WORKS), Guarded(_CALLED_SO), Guarded(_CALLED_AFTER), _PRAISED, _COINED)
_LONGEST = 12  # a name with what must stand before it


def unquoted(text: str, start: int, end: int) -> Iterator[Evidence]:
    """The places of names in text[start:end], a line, in no order; one place may come twice."""
    for pattern in _ANYWHERE:
        for match in pattern.finditer(text, start, end):
            yield Evidence(*match.span(match.lastindex or 0))  # of its ways of naming the one that has matched
    for made in _MADE.finditer(text, start, end):
        for pattern, is_own in ((_HEADED, bool), (_STEPS, bool), (_LOCAL, _is_local), (_PLATFORM, _is_local_platform)):
            found = pattern.match(text, made.end(), end)
            if found and is_own(found["name"]):
                yield Evidence(*found.span("name"))
    for head in _ACTS.finditer(text, start, end):
        actor = _ACTOR.search(text[max(start, head.end() - _LONGEST) : head.end()])
        if actor and _is_local(actor["name"]):
            yield Evidence(head.end() - len(actor["name"]), head.end())


def _is_local(name: str) -> bool:
    """Whether a name has a pair of characters that is nobody else's; where many have its head, one before that."""
    own = _MANYS.sub("", name)
    return any(first + second not in common_pairs() for first, second in zip(own, own[1:], strict=False))


def _is_local_platform(name: str) -> bool:
    """Whether the word that a platform's name begins or ends with is nobody else's: 智慧玉城, not 税收征管."""
    return not {name[:2], name[-2:]} <= common_pairs()


@cache
def common_pairs() -> frozenset[str]:
    """The pairs of Chinese characters that reports have in common (`tools/make_pairs.py`)."""
    stored = lzma.decompress(COMMON_PAIRS.read_bytes()).decode("utf-8")
    return frozenset(stored[at : at + 2] for at in range(0, len(stored), 2))
