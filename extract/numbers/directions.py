"""Which numbers are changes and not levels, and which stand there only to compare with."""

import re

from extract.guarded import begun
from extract.numbers.amounts import Quantity
from extract.numbers.units import is_percentage

# An earlier time that a number may be compared with: 去年, 上年同期, 2022年.
EARLIER = r"(?:(?:19|20)\d\d年|去年|上年度?|上一年度?|前年|往年|年初|(?<!不)同期)(?:同期|全年|度|底|末)?"
# A、B分别提高1.2、3.4个百分点, 依次为…, 各升…: what hands several numbers out to several things.
HANDED_OUT = re.compile(r"分别|依次|各自?(?=[提上下增升降减])")
_RISEN = "增长|上升|提高|提升|增加|上涨|攀升|跃升|抬升|抬高|回升|飙升|上扬|走高|拉高|调高|上调|调增|增多|激增|猛增|净增|提速|扩大|递增"
_FALLEN = (
    "下降|减少|降低|下滑|下跌|回落|骤降|锐减|走低|缩短|压缩|压减|缩减|削减|裁减|核减|调低|下调|调减|收窄|精简|递减"
)
_UP = rf"{_RISEN}|增幅|涨幅|升幅|多了|(?<![新晋加催激倍])增|(?<![晋提])升"
_DOWN = rf"{_FALLEN}|降幅|减幅|减轻|少了|(?<![下])降|(?<![压缩削加精])减"
# Whatever else leads from one level to another: 归并为, 扩充到.
TURNS = rf"{_RISEN}|{_FALLEN}|归并|整合|调整|扩充|扩展|优化|合并|转变|变更|拓展|升级|发展|充实"
_TAIL = r"(?:(?:的?(?:幅度|比例)|(?<=幅)|率)为?)?(?:了|达到|达|约|近|将近|超过|超|逾|各|分别|依次|均|高达)* ?$"
_CHANGE = begun(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN})){_TAIL}")
_MORE_OR_LESS = re.compile(r"(?:比|较)[^,。;]{1,12}(?:(?P<up>多)|(?P<down>少))了? ?$")
# 比上年高出1.1个百分点, 比去年多进驻9项, 高于去年3个百分点: with an earlier time, not with other places (高于全市平均水平).
_HIGHER_THAN_BEFORE = re.compile(
    rf"(?:(?:{EARLIER}(?:相比)?|同比)(?:(?P<up>高出?|多[^,。;、\d]{{0,2}})|(?P<down>低|少(?!年|数)[^,。;、\d]{{0,2}}))了?) ?$"
)
_HIGHER_BEFORE = re.compile(rf"(?:(?P<up>[高多好优]于|[高超多]出|[高超]过)|(?P<down>[低少]于)){EARLIER} ?$")
# 压缩审批时限60%, 减少跑动次数40%: the object between; with 至, 到 or 为 it would be a level.
_CHANGE_OF = re.compile(r"(?:压缩|压减|缩短|减少|降低|精简)了?[^,、到至达为在]{2,14}$")
_CHANGE_OF_POINTS = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))[^,到至]{{2,14}}$")
_COMPARED = re.compile(r"同比|环比|[较比](?!如|例)|相比|去年|上年")
_EARLIER = re.compile(
    r"(?:(?:较|比|同比|相比|对比|与|同|和)[^,。;]{0,4}(?:(?:19|20)\d\d年|年初|往年)(?:同期|全年|度|底)?"
    r"|(?:去年|上年度?|上一年度?|前年)(?:同期|全年|底)?|\((?:19|20)\d\d年(?:同期)?|同期)(?:数)?(?:的|为|是|仅有?|有|只有)? ?$"
)
_TURNED = rf"(?:{TURNS}|[降增升减变改压缩并扩涨调])"
_PAIR = re.compile(
    rf"(?:的?(?:左右|水平|以上|以下)?)?,? ?[^,。;、]{{0,6}}?{_TURNED}(?:到(?![位场会岗期])了?|至|为|成)(?:(?:19|20)\d\d年的?)?[^,。;、]{{0,5}}$"
)
_PLAIN_PAIR = re.compile(r" ?(?:到|至|变为|变成)(?:了|现在的|目前的|今年的)? ?$")
# 从88.7%提至97.3%, 由15名增补至21名: with the same unit and a from, whatever verb leads to the later level.
_ANY_VERB_PAIR = re.compile(r"[^,。;、]{0,4}(?:到|至|为|成)(?:了|近)? ?$")
_CLAUSE_BEHIND = re.compile(r"^.*[,。;\n]", re.DOTALL)
_OBJECT = re.compile(r" ?[\u4e00-\u9fff“]")
_JOINTS = ("、", ",", "和", "与", "及", "以及")
_REACH = 60
_FROM = re.compile(r"(?:由|从|原(?!则|因|告)|自)[^,。;]{0,14}$")


def directed(quantity: Quantity, before: str, after: str) -> Quantity:
    """The quantity as a change where the words before it say so: 同比下降18%, 较上年增加5件."""
    share = is_percentage(quantity.unit)
    said = _CHANGE.search(before) or _compared(before, quantity.unit) or None
    if said is None and share:
        if "百分点" in quantity.unit:
            said = _CHANGE_OF_POINTS.search(before)
        elif _CHANGE_OF.search(before):
            return quantity._replace(change="decrease")
    if said is None or not (share or _COMPARED.search(before) or _has_subject(before, said, after)):
        return quantity
    return quantity._replace(change="increase" if said["up"] else "decrease")


def _compared(before: str, unit: str) -> re.Match[str] | None:
    """What says that a number is by how much something is more or less than it was; 高于去年98% may give the level."""
    if "百分点" in unit and (beyond := _HIGHER_BEFORE.search(before)):
        return beyond
    return (_MORE_OR_LESS.search(before) or _HIGHER_THAN_BEFORE.search(before)) if _COMPARED.search(before) else None


def _has_subject(before: str, said: re.Match[str], after: str) -> bool:
    """减少5个 is a change where something that changed stands before it and no object behind: 环节减少5个."""
    return len(before[: said.start()].strip(" 、")) >= 2 and not _OBJECT.match(after)


def mark_pairs(view: str, found: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """The quantities, those marked that only serve to compare with: 由A降至B, 同比2024年A下降."""
    marked, reached = list(found), False
    for index, quantity in enumerate(found):
        before = _CLAUSE_BEHIND.sub("", view[max(0, quantity.start - _REACH) : quantity.start])
        later = found[index + 1] if index + 1 < len(found) else None
        between = view[quantity.end : later.start] if later else ""
        paired = (
            not reached
            and later is not None
            and len(between) < _REACH // 2
            and _is_pair(before, between, quantity.unit == later.unit)
        )
        reached = paired  # 从38%升到52%,线下占比降至48%: what a pair leads to begins no other
        if paired or (quantity.change is None and _EARLIER.search(before)):
            marked[index] = marked[index]._replace(former=True)
        if later is None:
            continue
        if paired:
            marked[index + 1] = later._replace(change=None)
        elif later.change is None and _shares_direction(view, marked[index], later, between):
            marked[index + 1] = later._replace(change=marked[index].change)
        if quantity.unit == "个" and later.unit.endswith("百分点") and between.strip() in _JOINTS:
            marked[index] = marked[index]._replace(unit=later.unit)  # 提高3个、1.2个百分点
    return tuple(marked)


def _shares_direction(view: str, quantity: Quantity, later: Quantity, between: str) -> bool:
    """分别下降12%、8.5%和21%, 减少14批32人次: the direction is said once."""
    joint = between.strip()
    if quantity.change is None or (joint and joint not in _JOINTS):
        return False
    handed_out = HANDED_OUT.search(view, max(0, quantity.start - 40), quantity.start)
    return is_percentage(later.unit) if handed_out and joint == "," else joint != ","


def _is_pair(before: str, between: str, same_unit: bool) -> bool:
    if _PAIR.match(between):
        return not between.startswith((",", " ,")) or bool(_FROM.search(before))
    plain = _PLAIN_PAIR.match(between) or (same_unit and _ANY_VERB_PAIR.match(between))
    return bool(plain and _FROM.search(before))
