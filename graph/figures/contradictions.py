"""Numbers of a report that cannot all be true: each pair with both sentences, and what the one makes of the other.

Only what a careful reader would agree with: where a sentence leaves open what is meant, nothing is said. Numbers are as
exact as their digits and their qualifiers say, cut or rounded, and what lies within these bounds is no contradiction.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from math import inf
from typing import Literal, NamedTuple

from graph.figures.figure import POINTS, SHARE, Figure, Source, Worded

Kind = Literal["change", "parts", "rate", "twice"]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A number and the ones that it contradicts.

    `kind`: a change against last year's own figure, parts against their total, a rate against what it is a rate of, or one
    thing told twice. `least` and `most` are between what the number would lie by the others (None for no bound).
    """

    kind: Kind
    figure: Figure
    others: tuple[Figure, ...]
    least: float | None
    most: float | None


class Claim(NamedTuple):
    """A change against the year before, and the number that has changed so; last year's report says whether that is true."""

    change: Figure
    now: Figure


def contradictions(report: Sequence[Worded], earlier: Sequence[Figure] = ()) -> list[Contradiction]:
    """What contradicts itself in a report's figures, given those of the same office's report on the year before."""
    found, claims = examine(report)
    found += (each for claim in claims if (each := refuted(claim, earlier)))
    return sorted(found, key=in_order)


def in_order(found: Contradiction) -> tuple[int, str, int]:
    """The place of a contradiction among those of its report: as the text goes."""
    return found.figure.start, found.kind, found.figure.ordinal


def examine(report: Sequence[Worded]) -> tuple[list[Contradiction], list[Claim]]:
    """What contradicts itself in a report alone, and what it claims that the report on the year before would tell of."""
    levels = [each for each in report if each.measure == "level" and each.confidence == 1]
    found, claims = [*_parts(levels), *_rates(levels), *_twice(levels)], []
    for change, now in _changes(report, levels):
        if not ((own := _told_before(now)) and _next_clause(now, change)):
            claims.append(Claim(change, now))
        elif wrong := _wrong(change, now, own):
            found.append(Contradiction("change", change, (now,), *wrong))
    return found, claims


def refuted(claim: Claim, earlier: Iterable[Figure]) -> Contradiction | None:
    """A claimed change that the figures of the year before contradict: 受理32件,同比增长60%, where those say 28."""
    change, now = claim
    then = [each for each in earlier if each.measure == "level" and each.confidence == 1 and _alike(each, now)]
    if len({each.value for each in then}) != 1 or not (wrong := _wrong(change, now, _bounds(then[0]))):
        return None
    return Contradiction("change", change, (now, then[0]), *wrong)


def is_year_before(one: Source, other: Source) -> bool:
    """Whether a report is the same office's on the year before another."""
    return (one.place, one.department, one.year + 1) == (other.place, other.department, other.year)


# A change against the year before, and against nothing else: 较2019年 and 较法定时限 are others.
_AGAINST_LAST = re.compile(r"同比|[较比](?:去年|上一?年)(?:度|同期)?|比上一?年|^[增降]幅")
# 由上年的28件增至32件: the number itself says what it was before.
_BEFORE = re.compile(r"[由从](?:上一?年|去年)?的?(\d[\d,]*(?:\.\d+)?)\D{1,3}[增升提上减降下回压缩]\D{0,5}$")


def _changes(report: Sequence[Worded], levels: Sequence[Worded]) -> Iterator[tuple[Worded, Worded]]:
    """Changes against the year before, each with the one number in its sentence that it is of."""
    for change in report:
        if change.change and _AGAINST_LAST.search(change.clause) and change.confidence == 1:
            now = [each for each in levels if _is_of(change, each) and _same_sentence(change, each)]
            if len(now) == 1:
                yield change, now[0]


def _wrong(change: Figure, now: Figure, then: tuple[float, float]) -> tuple[float, float] | None:
    """Between what a change lies by the numbers of both years, where it does not."""
    would = _changed(now, then, change)
    return None if _meet(_rounded(change), would) else would


def _is_of(change: Figure, level: Figure) -> bool:
    """Whether a change is one of this number: of a rate in points, of a count in per cent or in its own unit."""
    fits = level.unit == SHARE if change.unit == POINTS else change.unit in (SHARE, level.unit)
    return level.indicator == change.indicator and fits and level.period.kind == "year"


def _alike(then: Figure, now: Figure) -> bool:
    """Whether a number of the year before is of the same thing, on the same scope, each of its report's own year."""
    same = (then.indicator, then.unit, then.scope.kind) == (now.indicator, now.unit, now.scope.kind)
    return (
        same
        and then.period.kind == now.period.kind
        and then.period.year == then.source.year
        and now.period.year == now.source.year
    )


def _told_before(now: Worded) -> tuple[float, float] | None:
    """What a number's own clause says that it was before."""
    found = _BEFORE.search(now.clause[: now.position])
    if not found or now.low != now.high and now.unit != SHARE:
        return None
    value = float(found[1].replace(",", ""))
    step = 10.0 ** -len(found[1].partition(".")[2]) if now.unit == SHARE else 0.0
    return value - step, value + step


def _changed(now: Figure, then: tuple[float, float], change: Figure) -> tuple[float, float]:
    """Between what a change lies by both years' numbers; a fall is told as a number above 0."""
    sign = -1 if change.change == "decrease" else 1
    ends = [*product(_bounds(now), then)]
    of_share = change.unit == SHARE
    if inf in (*_bounds(now), *then) or (of_share and min(then) <= 0):
        return -inf, inf  # of no number, and after none, no change follows
    found: list[float] = []
    if of_share:
        found += [sign * (new / old - 1) * 100 for new, old in ends]
    if not of_share or now.unit == SHARE:  # 败诉率同比下降18%: of the rate, or by points, which some write so
        found += [sign * (new - old) for new, old in ends]
    return min(found), max(found)


_AMONG = re.compile(r"其中[::]?")
# Of which a thing has one alone, so that parts of these kinds do not overlap.
_EXCLUSIVE = (
    re.compile("维持|驳回|撤销|变更|确认违法|责令|终止|不予受理|和解|调解"),
    re.compile("一审|二审|再审"),
    re.compile("国家级|省级|市级|县级|区级"),
    re.compile("简易程序|普通程序|一般程序"),
    re.compile("专职|兼职"),
    re.compile("线上|线下"),
    re.compile("现场|书面"),
    re.compile("胜诉|败诉"),
    re.compile("男|女"),
    re.compile("[\u4e00-\u9fff]{2,6}类"),
)
_ALL_TOLD = re.compile("其他|其余")
_OTHERWISE = re.compile("另|含|结转|至少|以上|次均")


def _parts(levels: Sequence[Worded]) -> Iterator[Contradiction]:
    """共25件,其中A12件、B18件; a part alone may be more than its total as well."""
    for total, first in pairwise(levels):
        between = _AMONG.search(first.clause[: first.position])
        if not between or not _total_of(total, first, between.start()):
            continue
        same = [each for each in levels if (each.start, each.end) == (first.start, first.end)]
        parts = [each for each in same if each.ordinal >= first.ordinal]
        if any(each.unit != total.unit for each in parts) or _OTHERWISE.search(total.clause + first.clause):
            continue
        if len(parts) == 1:
            if total.unit != SHARE and first.low > _bounds(total)[1]:
                yield Contradiction("parts", total, (first,), first.low, None)
        elif total.unit != SHARE and _apart(parts):
            least, most = sum(each.low for each in parts), sum(_bounds(each)[1] for each in parts)
            exhaustive = bool(_ALL_TOLD.search(first.clause))
            if least > _bounds(total)[1] or (exhaustive and most < total.low):
                yield Contradiction("parts", total, tuple(parts), least, most if exhaustive else None)


def _total_of(total: Worded, first: Worded, among: int) -> bool:
    """Whether a number stands right before 其中, and another right behind: 共25件,其中A12件, or 25件(其中A12件)."""
    if (total.start, total.end) == (first.start, first.end):
        return total.position < among and total.ordinal + 1 == first.ordinal
    return not first.clause[:among].strip("( ") and _next_clause(total, first)


def _apart(parts: Sequence[Worded]) -> bool:
    """Whether the parts are of one kind that a thing has one of, each another."""
    for kind in _EXCLUSIVE:
        found = [kind.search(_own_words(each)) for each in parts]
        words = [each[0] for each in found if each]
        if len(words) + bool(_ALL_TOLD.search(parts[-1].clause)) >= len(parts) and len(set(words)) == len(words) > 0:
            return True
    return bool(_ALL_TOLD.search(parts[-1].clause))


def _own_words(figure: Worded) -> str:
    """What stands in a clause before a number and behind the number before it: 撤销 of 维持5件、撤销1件."""
    return re.split(r"[、,]", figure.clause[: figure.position])[-1]


class _Rate(NamedTuple):
    """A rate by its name, and how the clauses of what it is a share of, and of the whole, speak."""

    name: re.Pattern[str]
    share: re.Pattern[str]
    whole: re.Pattern[str]


_RATES = tuple(
    _Rate(re.compile(f"(?:{name})$"), re.compile(share), re.compile(whole))
    for name, share, whole in (
        ("办结率", "办结|审结|结案", "受理|收到|接收|承办|交办|转办|新收|接到"),
        ("审结率|结案率", "审结|结案", "受理|收到|新收"),
        ("化解率", "化解", "排查|受理"),
        ("调解成功率|调成率|成功率", "调解成功|成功调解|调成|成功化解", "调解|调处|受理"),
        ("采纳率", "采纳", "提出|出具"),
        ("整改率", "整改", "发现|排查|反馈|查出|交办"),
        ("出庭应诉率|出庭率", "出庭", "开庭"),
        ("败诉率", "败诉", "审结|判决|裁判"),
        ("合格率", "合格", "评查|抽查"),
        ("通过率", "通过", "参加|参考"),
    )
)
# 按期办结率 is a share of what was due, 含上年结转 of more than was received.
_OTHER_WHOLE = re.compile("按[期时]|到期|结转|未到|尚在|正在|其中|上年|应[办结]|[一首]次性|当[场日]|即时")


def _rates(levels: Sequence[Worded]) -> Iterator[Contradiction]:
    """受理32件,办结30件,办结率98%."""
    for whole, share, rate in zip(levels, levels[1:], levels[2:], strict=False):
        if rate.unit != SHARE or whole.unit != share.unit or share.unit == SHARE:
            continue
        if not (_next_clause(whole, share) and _next_clause(share, rate)):
            continue
        words = [each.clause for each in (whole, share, rate)]
        fits = any(
            kind.name.search(rate.clause[: rate.position].rstrip("达到为是至约 ")) and kind.share.search(words[1])
            and kind.whole.search(words[0]) and not kind.share.search(words[0])
            for kind in _RATES
        )  # fmt: skip
        if not fits or any(map(_OTHER_WHOLE.search, [*words, rate.after[:20]])) or whole.low <= 0:
            continue
        least, most = share.low / _bounds(whole)[1] * 100, _bounds(share)[1] / whole.low * 100
        if most <= 100 and not _meet(_rounded(rate), (least, most)):
            yield Contradiction("rate", rate, (whole, share), least, most)


_NUMERAL = re.compile(r"[\d ,.]*\d[百千万亿]*")
# Adverbs, and words that tell of the period alone, which is the same on both sides.
_ADVERBS = re.compile('全年|年内|今年|本年度?|20\\d\\d年度?|共计?|总计|累计|已|依法|先后|新|[,、:;"“” ]')
_SPECIFIC = 8


def _twice(levels: Sequence[Worded]) -> Iterator[Contradiction]:
    """行政复议申请 are 32 here and 35 there, in the same words, on the same scope and period."""
    by_words: defaultdict[tuple[object, ...], list[Worded]] = defaultdict(list)
    for each in levels:
        words = _NUMERAL.sub("#", _ADVERBS.sub("", each.clause))
        # A clause with one number, whose own words tell what it is about.
        if words.count("#") == 1 and len(words) >= _SPECIFIC and each.qualifier == "exact":
            key = each.indicator, each.unit, each.scope, each.period.kind, each.period.span, each.period.year, words
            by_words[key].append(each)
    for same in by_words.values():
        for one, other in pairwise(same):
            if not _meet(_bounds(one), _bounds(other)) and _subject(one) == _subject(other):
                yield Contradiction("twice", other, (one,), *_bounds(one))


def _subject(figure: Worded) -> str:
    """The words of a sentence before a clause, without its numbers: who, or what, the clause is about."""
    return _NUMERAL.sub("#", _ADVERBS.sub("", figure.before))


def _same_sentence(one: Worded, other: Worded) -> bool:
    """Whether two clauses stand in one sentence: the words before the later one hold the earlier, or they are one."""
    first, second = sorted((one, other), key=lambda each: each.start)
    return first.start == second.start or first.clause in second.before


def _next_clause(one: Worded, other: Worded) -> bool:
    """Whether a number stands right behind another one, in its clause or the next of the sentence."""
    if (one.start, one.end) == (other.start, other.end):
        return other.ordinal == one.ordinal + 1
    behind = other.before.rstrip(" ,;:、(")
    return other.ordinal == one.ordinal + 1 and behind.endswith(one.clause.rstrip(" ,;:、"))


def _bounds(figure: Figure) -> tuple[float, float]:
    return figure.low, inf if figure.high is None else figure.high


def _rounded(figure: Figure) -> tuple[float, float]:
    """Between what a derived number lies: within one of its last digit, as it may be cut or rounded."""
    low, high = _bounds(figure)
    step = 1.0 if figure.value == int(figure.value) else 10.0 ** -len(f"{figure.value}".partition(".")[2])
    return min(low, figure.value - step), max(high, figure.value + step) if figure.qualifier == "exact" else high


def _meet(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] <= other[1] + 1e-9 and other[0] <= one[1] + 1e-9
