"""Numbers that count nothing: dates, names, codes, headings, thresholds, intentions, idioms.

`hide_names` takes out of a folded text what holds numbers without saying how many; `counts_nothing` judges a
quantity by the words around it.
"""

import re
from functools import lru_cache

from extract.numbers.numerals import Numeral
from extract.numbers.units import IS_TIME

_HIDDEN = "\x00"
_NUMBER_SIGN = re.compile("[0-9零〇一二两三四五六七八九十百千万亿]")
_HAN = "[零〇一二三四五六七八九十]"
_NAME = rf"""
    “(?!(?:双|两个|[三四五3-9]个)?(?:100%|百分(?:之)?百)”)[^“”。;\n]{{1,24}}”   # “139”审查模式
  | ‘[^‘’。;\n]{{1,24}}’ | "[^"。;\n]{{1,24}}"
  | 《[^《》\n]{{1,80}}》                                     # titles that hold counts: 《助企23条》
  | [〔\[【][^〔〕\[\]【】\n]{{1,12}}[〕\]】]\ ?\d*             # 〔2023〕4号
  | (?:19|20)\d\d\ ?(?:年|[-.~/—至到]{{1,2}}(?:19|20)?\d\d(?:年|[-./]\d+|(?=\D|$)))
  | [〇零一二三四五六七八九]{{4}}年
  | (?:\d{{1,2}}|{_HAN}{{1,3}})\ ?月(?:份|\ ?(?:\d{{1,2}}|{_HAN}{{1,3}})\ ?[日号])? | (?<![至到为过于])\d{{1,2}}日(?=[,、前起至上下以]|$)
  | \d{{1,2}}:\d\d | (?<!\d)\d{{2,8}}-\d{{1,8}}(?:-\d{{1,8}}){{1,4}}
  | (?<![\dA-Za-z])(?:\d{{1,8}}|[A-Za-z]{{1,12}}|[\u4e00-\u9fff])(?:\+(?:\d{{1,8}}|[A-Za-z]{{1,12}}|[一二三四五六七八九十]))+   # 1+3+N
  | (?<!\d)\d{{1,8}}(?:-\d{{1,8}}){{2,8}}                     # 2-1-1-5-2
  | (?<![A-Za-z])[A-Za-z]{{1,12}}-?\d{{1,12}}(?:[-.]\d{{1,8}}){{0,6}} | (?<!\d)\d{{1,12}}[A-Za-z×*]{{1,12}}\d{{0,12}}   # ZH10-03-19, 126X
  | 第\ ?(?:\d+|{_HAN}{{1,4}})
  | ^\ *[(]?\d{{1,2}}[.、)](?!\d+(?:\.\d+)?(?:万|亿|%|个百分点))   # 2.重点领域
  | (?<=[。;:])\ *[(]?\d{{1,2}}[.、)](?!\d) | \(\d{{1,2}}\)
  | \d{{1,20}}\ ?号
"""
# How each of them begins: nothing else is looked at any further.
_NAME_BEGINS = r"(?=[“‘\"《〔\[【\dA-Za-z零〇一二三四五六七八九十第\ (]|[\u4e00-\u9fff]\+)"
_NAMES = re.compile(rf"{_NAME_BEGINS}(?:{_NAME})", re.VERBOSE | re.MULTILINE)

# What stands right before a number that gives a place in an order, a rate of exchange or one of a kind.
_ORDER_BEFORE = re.compile(
    r"(?:第|每(?:隔|逢|满|万|千|百|位)?|排(?:名|在|列)|位[列居]|名列|(?:位|名|排|跻身|进入|挤进|列|居)[\u4e00-\u9fff]{0,5}前|"
    r"(?:全[国省市县区]|全自治区)前|编号|代码|电话|邮编|分辨率|[A-Za-z\d+#/_]|[^-—]-) ?$"
)
_FULL_MARKS = re.compile(r"满分(?:为|是)? ?$")  # 满分100分; 满分9人 counts them
# 闯进全市前十名, 位列后十名.
_FOREMOST = re.compile(r"(?:(?<![此之目当以年会课赛提日先事午])前|[列居排]后) ?$")
_RANKED = frozenset(("名", "位"))
_HAN_BEFORE = re.compile(
    r"(?:[第每这那某另几数何初任]|(?<![啃拿攻打签接留评用装])[上下](?!百|千|万)|(?<!合)同[一两]?|统|唯|专|之|逐|单|周|星期|划|归|万|始终如|步调|合而为|表里) ?$"
)
# 10万元以上合同, 3人以下企业, 5个工作日内: thresholds and limits.
_THRESHOLDS = re.compile(r"以[上下]、[^,。;]*以[上下]的")
_THRESHOLD = re.compile(
    r"(?:及?以[上下内外]|之[内外上下])的?(?=[\u4e00-\u9fff《“])(?!的?(?:参[加与]|通过|实现|完成|达到|得到|已|均|全部|都|在))|内(?![容部设控外资审涝河陆科])|范围"
)
_AT_LEAST = re.compile(r"(?:及|含)?以上")
_LIMIT = re.compile(r"(?:以[内下外]|之内)")
_LEVEL_VERB = re.compile(
    r"(?:压(?![实紧力])|缩|控制|降|减|保持|稳定|增|升|提[速高]|优化|精简|调整|变)[^,]{0,6}(?:至|到|在|为|成)[^,]{0,3}$"
)
# 每村拥有2名以上法律明白人: what is there; 应当配备2名以上: what ought to be.
_HELD = re.compile(r"(?:(?<![对凡])拥有|配[备有]|[建设][有成立]|聘请|培[养育]|至少有|[均都各共已]有)了? ?$")
_OBLIGED = re.compile(r"应当?|必?须|要求|规定|原则|凡|对")
# 未达到100%, 尚未达到.
_NEGATED = re.compile(r"(?:未|没有|没|尚未|未能|不能|难以)(?:能)?(?:达到|达|实现|完成)[^,]{0,2}$")
# 未发生一起案件, 没有出现1例, 无一件被纠错: none at all.
_NONE = re.compile(r"(?:[未没无]|没有)再?(?:发生|出现|发现|接到|收到|产生|引发|形成|因此|有)?过? ?$")
# 每月开展2次: how often something is to be done, unless it is an average, a bound that is kept (每学期不少于2次) or
# an end of what was changed (由每年4次降为2次).
_FREQUENCY = re.compile(r"每(?:年|半年|个?季度?|[两三]?个?月|周|天|日|旬|学期|两周)(?!度)[^,。;]{0,16}$")
_KEPT = re.compile(r"[平人户日月周均]均|(?:不[少低]于|不下于?|至少)[^,。;]{0,4}$")
# 省里要求的90%, 低于全省1.8人的平均水平: others' numbers, to compare with.
_YARDSTICK_BEFORE = re.compile(r"(?:要求|规定|目标|标准|指标|红线|上限|下限)(?:达到)?的? ?$")
_YARDSTICK = re.compile(
    r"(?:高于|低于|距离?|不及|优于|好于)(?:全国|全[省市县区州]|[省市县区州]里|[省市县区州]级|国家|同类|上级)[^,。;]{0,6}$"
)
_YARDSTICK_BEHIND = re.compile(r"的?(?:平均|要求|目标|标准|红线)")
_REQUIRED = re.compile(
    r"(?:要求|规定|应当?|须|必须|原则上|标准|不得)[^,。;]{0,24}(?:不少于|至少|不低于|不超过|不得少于)[^,。;]{0,4}$"
)
_PLANNED = re.compile(
    r"力争|争取(?!到)|预计|拟(?:于|在|对[^,。;]{0,20}开展|新增|开展|建|打造)|计划(?:于|在|用|到|新增|开展|完成|建(?!议)|投入|组织|实施|培训|招录)"
    r"|下一?步|下一?年度?|下一?阶段|明年|来年|今后|接下来|将(?:于|在(?=\d|明|下|今后|未来)|继续|进一步|持续|力争|新增|开展|组织|举办|完成|建成|实现|达到|推进|打造|启动|加大|不断|陆续|逐步|推出)"
    r"|到20\d\d年[底末]?,|目标(?:是|为|达)|确保(?=[^,。;]{0,24}(?:不少于|不低于|达到?[^,。;]{1,8}以上))"
)
# 四个方面, 以下五项工作, 3个聚焦: counts of the report's own points, slogans.
_OWN_POINTS_BEFORE = re.compile(r"(?:以下|下列|如下|下述)[^,。;]{0,6}$")
_ASPECT = re.compile(r"方面|层面|维度|角度|环节|阶段|步骤|关键词|要点|时[节段]|季节")
# 说到底是三个“难”, 补齐两个“短板”: a word in quotation marks, but for what was set up (设立两个“驿站”).
_QUOTED_POINT = re.compile(r" ?“[\u4e00-\u9fff]{1,2}”")
_SET_UP = re.compile(r"(?:[建设]|打造|新增|开办|评|创|获)[^,。;]{0,6}$")

_EXTENT = re.compile(r"(?:涉及|涵盖|覆盖|包括|包含|囊括|等)[^,。;]{0,30}$|等$")
_SLOGAN = re.compile(
    r" ?(?:一|不(?!动产)|必须|到位|坚持|聚焦|确保|强化|亲自|结合|提升|维护|确立|自信|意识|自觉|注重|转变|突出|严禁|统筹|带头|优先|能不能|融合|统一|关系|全覆盖|清零|为零|百分|100%)"
)
_FOUNDED = re.compile(r"(?:制定|出台|建立|完善|修订|健全|新建|推出|印发)[^,。;]{0,16}$")
_SLOGAN_UNITS = frozenset("个项条")
_TIME_IS_MEASURED = re.compile(
    r"[最仅只][快短长慢需用要]|缩短|压缩|压减|缩减|减少|提速|平均|用时|耗时|时长|时限|时间|周期|天数|控制在|提前|累计|总计|共计|总时"
)
_TURNED = re.compile(r"[^,。;]{0,8}?(?:[缩降减压增升调变]|提[速高]|优化|延长)[^,。;]{0,2}(?:至|到|为|成)")
# 驻点服务100个工作日: time that somebody was there.
_ATTENDED = re.compile(
    r"(?:驻[点场村所]|坐[班诊满]|值[班守]|蹲点|轮值|打卡|播[放出]?了?)(?:服务|指导|办公|学习)?[^,。;\d]{0,3}$"
)
_TIME_ENDS = re.compile(
    r" ?(?:$|[,、。;:)(\n+和与及]|以上|左右|以[内下]|之?内|(?:办|审|了)结|结案|办完|完成|办理|送达|到账|答复|反馈|拿证|领证|出证|即可|缩短|压缩|压减|降|减|提|增|变|优化|的审批)"
)
# 平均年龄46岁; else a threshold (45岁以上).
_AGED = re.compile(r"(?:平均年龄|年龄中位数|人均年龄)[^,。;]{0,6}$")
_SCORES = re.compile(r"得分|评分|平均|成绩|测评|考[核评]|打分|分值|总分|综合|指数|评价|满意度|加分|扣分|考试|均分")


_BEFORE = (_ORDER_BEFORE, _NEGATED, _REQUIRED, _OWN_POINTS_BEFORE, _YARDSTICK_BEFORE)
# Few numbers have any of these words beside them: one look for all tells.
_ANY_BEFORE = re.compile("|".join(words.pattern for words in (*_BEFORE, _FREQUENCY, _YARDSTICK)))
_ANY_BEHIND = re.compile(rf"\s*(?:{'|'.join(words.pattern for words in (_THRESHOLDS, _THRESHOLD, _LIMIT))})")


@lru_cache(maxsize=8)  # the parts of a report are read for their numbers, and again for those that nothing has read
def hide_names(view: str) -> str:
    """A folded text with the numbers of names, dates, codes and headings hidden; of the same length."""
    return _NAMES.sub(lambda match: _NUMBER_SIGN.sub(_HIDDEN, match[0]), view)


def counts_nothing(before: str, after: str, sentence: str, numeral: Numeral, unit: str) -> bool:
    """Whether a number with a measure word still says nothing of what was done, held or reached.

    `before` and `after` are the clause around it, `sentence` the sentence up to it.
    """
    if _PLANNED.search(sentence) or (numeral.value == 1 and _NONE.search(before)):
        return True
    if _ANY_BEFORE.search(before) and _is_told_by_words_before(before, after):
        return True
    if _ANY_BEHIND.match(after) and _is_bound(before, after.lstrip(), unit):
        return True
    if IS_TIME.fullmatch(unit):
        measured = _TIME_IS_MEASURED.search(before) or _LEVEL_VERB.search(before) or _ATTENDED.search(before)
        return not (_TURNED.match(after) or (measured and _TIME_ENDS.match(after) and not _in_dates(unit, before)))
    if unit == "岁":
        return not _AGED.search(before)
    if unit == "分":
        return bool(_FULL_MARKS.search(before)) or not _SCORES.search(sentence[-40:])
    if unit in _RANKED and _FOREMOST.search(before):
        return True
    return _is_own_point(before, after, numeral, unit) or (
        numeral.han and not numeral.bare and bool(_HAN_BEFORE.search(before))
    )


def _is_told_by_words_before(before: str, after: str) -> bool:
    """Whether the words before a number make it an order, a frequency, an intention, a yardstick or the like."""
    if any(words.search(before) for words in _BEFORE):
        return True
    if _FREQUENCY.search(before) and not (_KEPT.search(before) or _LEVEL_VERB.search(before) or _TURNED.match(after)):
        return True
    return bool(_YARDSTICK.search(before) and _YARDSTICK_BEHIND.match(after))


def _is_bound(before: str, after: str, unit: str) -> bool:
    """Whether the words behind a number make it a threshold or a limit, and none before it a level that was reached."""
    if _THRESHOLDS.match(after):
        return True
    bounds = _LIMIT.match(after) or (_THRESHOLD.match(after) and unit not in ("%", "‰", "成"))
    if not bounds or _LEVEL_VERB.search(before):
        return False
    return not (_AT_LEAST.match(after) and _HELD.search(before) and not _OBLIGED.search(before))


def _is_own_point(before: str, after: str, numeral: Numeral, unit: str) -> bool:
    if unit == "处" and numeral.han and _QUOTED_POINT.match(after):
        return not _SET_UP.search(before)
    if unit not in _SLOGAN_UNITS:
        return False
    if _ASPECT.match(after.lstrip()):
        return not _EXTENT.search(before)
    if unit == "项" and after.startswith("制度"):
        return numeral.value == 3 or not _FOUNDED.search(before)
    return unit == "个" and bool(_SLOGAN.match(after) or (_QUOTED_POINT.match(after) and not _SET_UP.search(before)))


def _in_dates(unit: str, before: str) -> bool:
    """年 and 月 measure time only where it is made shorter: 由3年缩短至1年."""
    return unit in ("年", "月", "个月") and not re.search(r"缩短|压缩|压减|缩减", before)
