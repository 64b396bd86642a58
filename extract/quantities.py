"""Numbers that say how much or how many: where they stand, their value, unit, qualifier and direction.

What they measure is for `extract.naming` to say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from extract.han_counts import is_han_count
from extract.numerals import HAN_DIGITS, NUMERAL, Numeral, read_numeral
from extract.records import Change, Qualifier
from extract.uncounted import counts_nothing, hide_names
from extract.units import IS_BARE_NOUN, UNIT, is_percentage


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, from its leading qualifier (近) to its trailing one (以上).

    `former` marks the earlier value of a pair (由5个…, 同比2024年122件), which is no indicator but bounds its
    neighbours' names; `over` is how many named things share the number (3个100%), `noun` what it names itself (零败诉).
    """

    start: int
    end: int
    value: Decimal
    unit: str
    qualifier: Qualifier = "exact"
    change: Change | None = None
    han: bool = False
    former: bool = False
    over: int = 1
    noun: str = ""
    confidence: float = 1.0


_CANDIDATE = re.compile(rf"{NUMERAL}\ ?(?P<unit>{UNIT})?", re.VERBOSE)
_CLAUSE = re.compile(r"[。;!?\n]|,(?!\ ?\d{3}(?!\d))|(?<!\d),|:(?!\d\d)")
_SENTENCE = re.compile(r"[。!?\n]")

_LEADING_WORDS: tuple[tuple[str, Qualifier, float], ...] = (
    (r"(?<![预节违签公契解合制履特条续相邀失隐守简集])(?:大)?约(?:为|有)?|大概", "about", 1.0),
    (r"将近|接近|(?<![附临最邻靠就贴亲相])近", "nearly", 1.0),
    (r"不足|不到|未满", "nearly", 0.7),
    (r"超过|超出|突破|(?<!赶)超|逾|不少于|不低于|不下(?:于)?|至少", "at-least", 1.0),
    (r"(?:最多|不超过|不高于|不多于)", "exact", 0.7),
)
_LEADING = tuple(
    (re.compile(rf"(?:{words}) ?$"), qualifier, confidence) for words, qualifier, confidence in _LEADING_WORDS
)
_BARE_LEADING = re.compile(r"(?:上|过|破|超|逾|近|约|接近|超过|突破|将近) ?$")
_TRAILING = re.compile(r" ?(?:(?P<least>(?:及|含)?以上|之多)|(?P<about>左右|上下)|(?P<most>以[下内]|之内))")
_MORE_TRAILING = re.compile(r"(?:余|多)(?![个件次项名])")

_UP = "增长|上升|提高|提升|增加|上涨|攀升|增幅|涨幅|升幅|多了|提速|扩大|递增|(?<![新晋加催激倍])增|(?<![晋提])升"
_DOWN = "下降|减少|降低|下滑|回落|缩短|压缩|压减|缩减|精简|降幅|减幅|减轻|少了|(?<![下])降|(?<![压缩削加精])减"
_TAIL = r"(?:(?:的?(?:幅度|比例)|(?<=幅)|率)为?)?(?:了|达到|达|约|近|将近|超过|超|逾|各|分别|均|高达)* ?$"
_CHANGE = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN})){_TAIL}")
_MORE_OR_LESS = re.compile(r"(?:比|较)[^,。;]{1,12}(?:(?P<up>多)|(?P<down>少))了? ?$")
# 压缩审批时限60%, 减少跑动次数40%: the object between; with 至, 到 or 为 it would be a level.
_CHANGE_OF = re.compile(r"(?:压缩|压减|缩短|减少|降低|精简)了?[^,、到至达为在]{2,14}$")
_CHANGE_OF_POINTS = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))[^,到至]{{2,14}}$")
_COMPARED = re.compile(r"同比|环比|[较比](?!如|例)|相比|去年|上年")
_EARLIER = re.compile(
    r"(?:(?:较|比|同比|相比|对比|与|同|和)[^,。;]{0,4}(?:(?:19|20)\d\d年|年初|往年)(?:同期|全年|度|底)?"
    r"|(?:去年|上年度?|上一年度?|前年)(?:同期|全年|底)?|\((?:19|20)\d\d年(?:同期)?|同期)(?:数)?(?:的|为|是|仅有?|有|只有)? ?$"
)
_TURNED = r"(?:下降|上升|提升|提高|增加|增长|减少|降低|缩短|压缩|压减|缩减|精简|归并|整合|调整|扩大|扩充|扩展|优化|合并|转变|变更|核减|拓展|升级|[降增升减变改压缩并扩涨调])"
_PAIR = re.compile(
    rf"(?:的?(?:左右|水平|以上|以下)?)?,? ?[^,。;、]{{0,6}}?{_TURNED}(?:到了?|至|为|成)[^,。;、]{{0,5}}$"
)
_PLAIN_PAIR = re.compile(r" ?(?:到|至|变为|变成)(?:了|现在的|目前的|今年的)? ?$")
_FROM = re.compile(r"(?:由|从|原(?!则|因|告)|自)[^,。;]{0,14}$")

# 3个100%, 双百覆盖: one number for several things named before it.
_SHARED = re.compile(
    r"[“\"]?(?P<over>[双两二三四五六]|[2-6])个?(?P<whole>100%|百分之?百|百(?=覆盖|达标))[”\"]?(?P<cover>覆盖)?"
)
_NOUNS_OF_NONE = (
    "败诉|败议|纠错|撤销|事故|投诉|上访|伤亡|死亡|发案|差错|举报|诉讼|复议|案件|非访|命案|违法|违规|越级访|进京访|信访"
)
_NONE = re.compile(
    rf"[“\"]?(?:零|(?<![\d.])0)[”\"]?(?P<noun>(?:行政)?(?:{_NOUNS_OF_NONE}))|率(?:始终|持续|继续|均)?(?:保持)?为?[“\"]?(?P<rate>零)[”\"]?(?=[,。;、\n]|$)"
)
_DOUBLED = re.compile(r"翻了?(?P<times>[一两二三])番|翻倍")
_WHOLLY = re.compile(r"百分百")
_NOT_DONE = re.compile(r"力争|争取|确保|努力|追求|目标|未达|没有达|不到|要求|明年|下一步")


def find_quantities(view: str, start: int, end: int) -> tuple[Quantity, ...]:
    """The quantities of `view[start:end]` (folded text) in order, former values of pairs among them."""
    found = [*_find_special(view, start, end)]
    taken = [(special.start, special.end) for special in found]
    hidden = hide_names(view[start:end])
    for match in _CANDIDATE.finditer(hidden):
        begin, stop = start + match.start(), start + match.end()
        if (match["unit"] or match["share"]) and not any(a < stop and begin < b for a, b in taken):
            found += _read(view, start, end, match)
    return _mark_pairs(view, tuple(sorted(found, key=lambda quantity: quantity.start)))


def clause_bounds(view: str, start: int, end: int, position: int) -> tuple[int, int]:
    """Where the clause around a position begins and ends: between commas, colons and stops."""
    begin = max((match.end() for match in _CLAUSE.finditer(view, max(start, position - 160), position)), default=start)
    stop = _CLAUSE.search(view, position, end)
    return begin, stop.start() if stop else end


def _read(view: str, start: int, end: int, match: re.Match[str]) -> Iterator[Quantity]:
    numeral = read_numeral(match)
    begin, stop = (
        start + match.start(),
        start + (match.start("unit") if match["share"] and match["unit"] else match.end()),
    )
    unit = "%" if match["share"] else re.sub(r"\s", "", match["unit"])
    if numeral is None or (numeral.han and (IS_BARE_NOUN.fullmatch(unit) or unit in _ARABIC_UNITS)):
        return
    clause_start, _ = clause_bounds(view, start, end, begin)
    clause_end = clause_bounds(view, start, end, stop)[1]
    before, after = view[clause_start:begin], view[stop:clause_end]
    sentence_start = max((m.end() for m in _SENTENCE.finditer(view, max(start, begin - 200), begin)), default=start)
    if not (match["share"] or _is_written_out(numeral, before)) or counts_nothing(
        before, after, view[sentence_start:begin], numeral, unit
    ):
        return
    if numeral.han and not numeral.bare and not match["share"] and not is_han_count(numeral, before, after, unit):
        return
    quantity = Quantity(begin, stop, numeral.value, unit, numeral.qualifier, han=numeral.han)
    yield _directed(_qualified(_scaled(quantity, match), before, after), before, after)


_ARABIC_UNITS = frozenset("字票头站门面道口段根盒袋箱瓶顶")


def _is_written_out(numeral: Numeral, before: str) -> bool:
    """百 alone is no number; 近百, 上百 and 百余 are."""
    return not numeral.bare or numeral.qualifier != "exact" or bool(_BARE_LEADING.search(before)) or numeral.value == 10


def _scaled(quantity: Quantity, match: re.Match[str]) -> Quantity:
    if match["share"]:
        return replace(quantity, unit="%" if match["share"][0] == "百" else "‰")
    if quantity.unit == "块钱":
        return replace(quantity, unit="元")
    if quantity.unit == "成":
        return replace(quantity, unit="%", value=quantity.value * 10)
    return quantity


def _qualified(quantity: Quantity, before: str, after: str) -> Quantity:
    """The quantity with the words around it that say how exact it is: 近, 约, 逾, 以上, 左右."""
    for pattern, qualifier, confidence in _LEADING:
        if lead := pattern.search(before):
            start = quantity.start - len(before) + lead.start()
            kept = quantity.qualifier if quantity.qualifier != "exact" and qualifier == "nearly" else qualifier
            quantity = replace(quantity, start=start, qualifier=kept, confidence=confidence)
            break
    else:
        if quantity.value in (100, 1000, 10000) and (lead := re.search(r"[上过破] ?$", before)) and quantity.han:
            quantity = replace(quantity, start=quantity.start - 1, qualifier="at-least")
    if trail := _TRAILING.match(after):
        said: Qualifier = "at-least" if trail["least"] else "about" if trail["about"] else quantity.qualifier
        sure = 0.7 if trail["most"] else quantity.confidence
        return replace(quantity, end=quantity.end + trail.end(), qualifier=said, confidence=sure)
    if trail := _MORE_TRAILING.match(after):
        return replace(quantity, end=quantity.end + trail.end(), qualifier="at-least")
    return quantity


def _directed(quantity: Quantity, before: str, after: str) -> Quantity:
    """The quantity as a change where the words before it say so: 同比下降18%, 较上年增加5件."""
    said = _CHANGE.search(before) or (_COMPARED.search(before) and _MORE_OR_LESS.search(before)) or None
    share = is_percentage(quantity.unit)
    if said is None and share:
        if "百分点" in quantity.unit:
            said = _CHANGE_OF_POINTS.search(before)
        elif _CHANGE_OF.search(before):
            return replace(quantity, change="decrease")
    if said is None or not (share or _COMPARED.search(before) or _has_subject(before, said, after)):
        return quantity
    return replace(quantity, change="increase" if said["up"] else "decrease")


def _has_subject(before: str, said: re.Match[str], after: str) -> bool:
    """减少5个 is a change where something that changed stands before it and no object behind: 环节减少5个."""
    return len(before[: said.start()].strip(" 、")) >= 2 and not re.match(r" ?[\u4e00-\u9fff“]", after)


def _find_special(view: str, start: int, end: int) -> Iterator[Quantity]:
    """3个100%, 零败诉, 翻一番, 百分百: numbers without numeral and unit side by side."""
    hundred = Decimal(100)
    for match in _SHARED.finditer(view, start, end):
        over = 2 if match["over"] == "双" else HAN_DIGITS.get(match["over"]) or int(match["over"])
        yield Quantity(*match.span(), hundred, "%", over=over, noun="覆盖率" if match["cover"] else "", confidence=0.9)
    for match in _NONE.finditer(view, start, end):
        clause_start, _ = clause_bounds(view, start, end, match.start())
        if _NOT_DONE.search(view, clause_start, match.start()):
            continue
        if match["rate"]:
            yield Quantity(match.start("rate"), match.end("rate"), Decimal(0), "%")
        else:
            yield Quantity(*match.span(), Decimal(0), _unit_of(view, start, match), noun=match["noun"], confidence=0.9)
    for match in _DOUBLED.finditer(view, start, end):
        times = HAN_DIGITS[match["times"]] if match["times"] else 1
        yield Quantity(*match.span(), Decimal(100 * (2**times - 1)), "%", change="increase", confidence=0.7)
    for match in _WHOLLY.finditer(view, start, end):
        clause_start, _ = clause_bounds(view, start, end, match.start())
        shared = match.start() > start and view[match.start() - 1] in "个双"
        if not shared and not _NOT_DONE.search(view, clause_start, match.start()):
            yield Quantity(*match.span(), hundred, "%")


def _unit_of(view: str, start: int, match: re.Match[str]) -> str:
    """零败诉 counts what the sentence counted before it (12宗案件), else cases, incidents or people."""
    earlier = re.findall(r"\d ?(件|宗|起|例|次)", view[max(start, match.start() - 80) : match.start()])
    if earlier:
        return str(earlier[-1])
    if match["noun"] in ("伤亡", "死亡"):
        return "人"
    return "起" if match["noun"] in ("事故", "上访", "发案", "命案", "非访", "越级访", "进京访") else "件"


def _mark_pairs(view: str, found: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """The quantities, those marked that only serve to compare with: 由A降至B, 同比2024年A下降."""
    marked = list(found)
    for index, quantity in enumerate(found):
        clause_start = max(
            (m.end() for m in re.finditer(r"[,。;\n]", view[max(0, quantity.start - 60) : quantity.start])), default=0
        )
        before = view[max(0, quantity.start - 60) : quantity.start][clause_start:]
        later = found[index + 1] if index + 1 < len(found) else None
        between = view[quantity.end : later.start] if later else ""
        paired = later is not None and len(between) < 24 and _is_pair(before, between)
        if paired or _EARLIER.search(before):
            marked[index] = replace(quantity, former=True)
        elif later is not None and _shares_direction(view, marked[index], later, between):
            marked[index + 1] = found[index + 1] if later.change else replace(later, change=marked[index].change)
        if later is not None and quantity.unit == "个" and quantity.value % 1 and later.unit.endswith("百分点"):
            marked[index] = replace(quantity, unit=later.unit)  # 提高0.3个、1.2个百分点
        if paired and later:
            marked[index + 1] = replace(later, change=None)
    return tuple(marked)


def _shares_direction(view: str, quantity: Quantity, later: Quantity, between: str) -> bool:
    """分别下降12%、8.5%和21%: the direction is said once."""
    said = "分别" in view[max(0, quantity.start - 40) : quantity.start]
    return (
        said
        and quantity.change is not None
        and is_percentage(later.unit)
        and between.strip() in ("、", ",", "和", "与", "及", "以及")
    )


def _is_pair(before: str, between: str) -> bool:
    if _PAIR.match(between):
        return not between.startswith((",", " ,")) or bool(_FROM.search(before))
    return bool(_PLAIN_PAIR.match(between) and _FROM.search(before))
