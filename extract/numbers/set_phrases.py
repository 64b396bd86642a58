"""Numbers in set phrases, without a numeral and a unit side by side: 3个100%, 双百覆盖, 零败诉, 翻一番, 百分百."""

import re
from collections.abc import Iterator
from decimal import Decimal

from extract.guarded import Guarded, begun
from extract.numbers.amounts import Quantity, clause_start
from extract.numbers.numerals import HAN_DIGITS

# 3个100%, 双百覆盖: one number for several things named before it.
_SHARED = Guarded(
    re.compile(
        r"[“\"]?(?P<over>[双两二三四五六]|[2-6])个?(?P<whole>100%|百分之?百|百(?=覆盖|达标)|(?:(?<=率双)|(?<=实现双)|(?<=达到双))百(?=[,。;\n]|$))[”\"]?(?P<cover>覆盖)?"
    )
)
_NOUNS_OF_NONE = (
    "败诉|败议|纠错|撤销|事故|投诉|上访|伤亡|死亡|发案|差错|举报|诉讼|复议|案件|非访|命案|违法|违规|越级访|进京访|信访"
)
_NONE = begun(
    rf"[“\"]?(?:零|(?<![\d.])0)[”\"]?(?P<noun>(?:行政)?(?:{_NOUNS_OF_NONE}))|率(?:始终|持续|继续|均)?(?:保持)?为?[“\"]?(?P<rate>零)[”\"]?(?=[,。;、\n]|$)"
)
_DOUBLED = Guarded(re.compile(r"翻了?(?P<times>[一两二三])番|翻倍"))
_WHOLLY = re.compile(r"百分百")
_NOT_DONE = re.compile(r"力争|争取|确保|努力|追求|目标|未达|没有达|不到|要求|明年|下一步")


def find_set_phrases(view: str, start: int, end: int) -> Iterator[Quantity]:
    """The numbers in set phrases of `view[start:end]` (folded text), in no order."""
    hundred = Decimal(100)
    for match in _SHARED.finditer(view, start, end):
        over = 2 if match["over"] == "双" else HAN_DIGITS.get(match["over"]) or int(match["over"])
        yield Quantity(*match.span(), hundred, "%", over=over, noun="覆盖率" if match["cover"] else "", confidence=0.9)
    for match in _NONE.finditer(view, start, end):
        clause = clause_start(view, start, match.start())
        if _NOT_DONE.search(view, clause, match.start()):
            continue
        if match["rate"]:
            yield Quantity(match.start("rate"), match.end("rate"), Decimal(0), "%")
        else:
            yield Quantity(*match.span(), Decimal(0), _unit_of(view, start, match), noun=match["noun"], confidence=0.9)
    for match in _DOUBLED.finditer(view, start, end):
        times = HAN_DIGITS[match["times"]] if match["times"] else 1
        yield Quantity(*match.span(), Decimal(100 * (2**times - 1)), "%", change="increase", confidence=0.7)
    for match in _WHOLLY.finditer(view, start, end):
        clause = clause_start(view, start, match.start())
        shared = match.start() > start and view[match.start() - 1] in "个双"
        if not shared and not _NOT_DONE.search(view, clause, match.start()):
            yield Quantity(*match.span(), hundred, "%")


def _unit_of(view: str, start: int, match: re.Match[str]) -> str:
    """零败诉 counts what the sentence counted before it (12宗案件), else cases, incidents or people."""
    earlier = re.findall(r"\d ?(件|宗|起|例|次)", view[max(start, match.start() - 80) : match.start()])
    if earlier:
        return str(earlier[-1])
    if match["noun"] in ("伤亡", "死亡"):
        return "人"
    return "起" if match["noun"] in ("事故", "上访", "发案", "命案", "非访", "越级访", "进京访") else "件"
