"""Chinese numerals in front of measure words: which of them count (有两份案卷) and which are words (一把手, 三期工程)."""

import re

from extract.numbers.numerals import Numeral

# 召开专题会议一次 counts, 最多跑一次 does not.
_DONE = re.compile(
    r"召开|开展|组织|举办|举行|进行|主持|参加|安排|开会|发生|查处|办理|受理|审结|新增|新建|建[成起设]|[改扩修]建|改造|打造|编[写印]|制作|拍摄|创作|党课|设[立置]|开[办设]|述[法职]|[学议讲]法|[讲授]课|[宣巡]讲|督[察导查]|检查|评[议查]|巡查|清理|演练|调研|汇报|座谈|通报|轮训|测试|考试|走访|旁听|化解|移送|配备|获评|创成|修订|制定|印发|通过|集中|聘请|培训|应诉"
)
_ONLY = re.compile(r"最多|只|再|至少|跑|查|同|过|办|问|看|走|迈|上|先|进|当|另|任何|每|有$")
# 一个村获评…: of ones, only those count that were found, founded or awarded.
_FOUND_ONE = re.compile(
    r"(?:建成|新建|新增|查处|发生|受理|审结|移送|聘请|配备|获评|创成|创建|打造出|培育出|仅有?|其中|(?:至少|最少|起码)(?:[配建设拥]?有|配备|聘请)?)(?:了)?$"
    # 聘请邻区一家律师事务所: the place between.
    r"|(?:聘请|选聘|委托|邀请)[^,。;、]{0,6}[省市州盟县区旗镇乡]$"
)
# 上了一堂法治课: lessons and gatherings are told one by one; 上了一个台阶 is a figure of speech.
_HELD_ONE = re.compile(r"(?:[上讲授开办]|举[办行]|召开|组织|开展)(?:了|过)?$")
_GATHERINGS = frozenset("堂场节课")
_AWARDED = re.compile(
    r"[\u4e00-\u9fff、]{0,12}?(?:获评|被评|被命名|被授予|荣获|入选|创成|通过|成功创建|获得|获批|获省|获市|跻身|被列为|被确定|被指|被撤|被判|被纠)"
)
_SINGULAR = frozenset("个件名起家处座所宗例位户次场份")
# 三项制度, 十项措施: what a programme consists of, unless it was just made.
_PROGRAMME = re.compile(
    r"制度|工作|任务|重点|机制|措施|举措|要求|行动|工程|原则|改革|内容|职责|清单|指标|承诺|权利|程序|规定|规划|纲要|战略|理念|责任|"
    r"关键|优势|平台|体系|要素|功能|流程|效果|作用|优先|意见|标准|纪律|注意|禁令|铁律|经验|办法|主线|底线|红线|转变|整治|治理|服务|监督|建设|服务圈|实事"
)
_MADE = re.compile(
    r"(?:制定|出台|建立|修订|编制|推出|形成|梳理|印发|完成|整改|新增|办结|共|公布|发布|查摆|排查|提出|落实到|实施)(?:了|出)?[^,。;、]{0,8}$"
)
# 三期安置房, 六所学校: behind a noun the first is part of a name, behind a verb the second a count.
_NAME_UNITS = frozenset("回款期部条支组类张所节堂台次位批项级集册处卷版套座站本队块辆起")
_OPENS = re.compile(
    r"(?:^|[、(:到了对有向为给进出把将于以及和与在从由共达中内经])$|(?:[\u4e00-\u9fff](?:办|展|织|开|行|立|评|查|结|案|理|布|发|送|供|增|成|建|请|备|训|作|收|改|签|订|进|赴|邀|聘|荐|选|挂|推|树|联|购|租|添|配|补|调|用|破|纠|罚|缴|追|退|移|到|抓|化|印|编|制|造|养|派|设|置|入|得|取|获|定|录|播|放|解|讲|辟|加|除))$"
    r"|(?:全[国省市县区镇乡街州局]|我[省市县区镇乡街州局]|累计|先后|分别|合计|总计|全年|今年|年内|集中|其中|同时|近|约|逾|超|不少于|至少|以来|目前|现有|下辖|辖|下设|涉及|惠及|覆盖|选派|抽调|配齐|其他|剩余|这|上述|余下)$"
)
# 宪法、森林法等七部法律: a list and how many it names.
_LISTED_UNITS = frozenset("部本册所辆台支堂节")
_LISTED = re.compile(r"等$|(?:学习|研读|通读|领学|解读|宣讲)了?$")
_VERB_AFTER = re.compile(
    r" ?(?:联动|融合|统一|同步|并举|并重|衔接|对接|合一|结合|互动|贯通|共治|协同|一体|到位|全覆盖|公开|齐抓|包联|同防|兜底|共建|发力)"
)
_LARGER = re.compile(r" ?[一二两三四五六七八九]?[十百千万]")  # 年画八款一万二千张
_COUNTED = re.compile(r" ?[\u4e00-\u9fff“《]")
_ONE_BEFORE = re.compile(r"一[市县区旗]、?$")
# 化解一批、巩固一批, 清理一处规范一处: one by one, with nothing between verb and count.
_ONE_BY_ONE = "批处件起个户家例宗项"
_DONE_AT_ONCE = re.compile(rf"(?:{_DONE.pattern})(?:一[{_ONE_BY_ONE}][、和]?[\u4e00-\u9fff]{{2,3}})?$")
_REDUPLICATED = re.compile(r"[一两三]$")


def is_han_count(numeral: Numeral, before: str, after: str, unit: str, divisions: bool) -> bool:
    """Whether a Chinese numeral and its measure word count something, judged by the clause before and behind them.

    `divisions` says that they stand beside other ones: 两旗一县 counts, 一县一区一特色 does not.

    Above ten they do. Up to ten they are also the stuff of names and idioms, so that they need a counted thing:
    one behind a verb (走进六所学校), or themselves behind what is counted (集中学法九次).
    """
    if numeral.value == 0:
        return False
    if divisions:
        return numeral.value > 1 or not (_ONE_BEFORE.search(before) or after.startswith(("一", "、一")))
    if unit in ("人次", "元", "成", "倍", "百分点", "个百分点"):
        return True
    if numeral.value > 10 or numeral.qualifier != "exact":
        return not (
            numeral.value <= 20
            and unit in ("项", "条", "个")
            and _PROGRAMME.search(after[:8])
            and not _MADE.search(before)
        )
    postposed = not _COUNTED.match(after) or bool(_LARGER.match(after))
    if numeral.value == 1:
        return _is_one_counted(before, after, unit, postposed)
    if postposed:
        return len(before.strip()) >= 2 and not re.search(r"(?:接|再|说|推)$", before)
    if _VERB_AFTER.match(after) or re.match("[一二两三四五六七八九十]", after):
        return False  # 三所联动, 四所一庭
    if unit in ("个", "项", "条", "大") and _PROGRAMME.search(after[:10]) and not _MADE.search(before):
        return False
    if unit == "次" and _DONE.match(after.lstrip()):
        return True  # 两次召开听证会
    if unit not in _NAME_UNITS or _OPENS.search(before.rstrip()):
        return True
    return unit in _LISTED_UNITS and bool(_LISTED.search(before.rstrip()))


def _is_one_counted(before: str, after: str, unit: str, postposed: bool) -> bool:
    if unit in _ONE_BY_ONE and f"一{unit}" in f"{before}|{after}" and _DONE_AT_ONCE.search(before):
        return False
    if unit in _GATHERINGS and not postposed and _HELD_ONE.search(before.rstrip()):
        return True
    if unit not in _SINGULAR and not (postposed and len(unit) == 1):
        return False
    if postposed:
        return (
            unit != "遍" and len(before.strip()) >= 3 and bool(_DONE.search(before)) and not _ONLY.search(before[-3:])
        )
    if _REDUPLICATED.search(before) or after.startswith(unit):
        return False
    return bool(_FOUND_ONE.search(before.rstrip()) or _AWARDED.match(after))
