"""Numbers that several named things share, and several numbers that are handed out to named things.

参学、参考、通过率均达100%; 响应率、转办率、处理率3个100%; 满意率分别为98.8%和99%.
"""

import re

from extract.numbers.context import Memory, Place
from extract.numbers.directions import HANDED_OUT
from extract.numbers.phrases import clean, thing_before, without_adverbs, without_lead
from extract.numbers.units import is_percentage
from extract.numbers.verbs import head

_JOINED = re.compile(r"、|以及|和|及(?![时格])|与(?!会)")
_EACH = re.compile(r"各(?:自|有|配备?|设立?|建成?|派|选|聘)?了? ?$")
_RATE_JOINED = re.compile(r"、|(?<=[率度比])(?:以及|和|及|与)")
_SHORT_JOINED = re.compile(r"、|(?:以及|和|及(?![时格])|与)(?=[\u4e00-\u9fff]{2,3}率$)")
_INDICATORS = re.compile(r"等?(?:各项|多项|主要|关键|[\d两三四五六]项)?指标.*$")
_RATE_SUFFIX = re.compile(r"(?:[\u4e00-\u9fff]{2}率|数量|[\u4e00-\u9fff]{2}数)$")
_BETWEEN = re.compile(
    r" *(?:、|,|和|及|以及|与)? *(?:同比|分别)?(?:增长|下降|上升|提高|降低|减少|增加|达到|达|为)?(?:约|近|超|逾)? *$"
)
# In front of 完成率均为100%, the rates themselves: 在赋码率、签章率以及出件率等各项指标上.
_LONGEST_COLLECTIVE_RATE = 6


def rates(place: Place, thing: str) -> list[str]:
    """The names that a share is given for: those listed in its own clause, or in the one before for 均 and 都."""
    split = split_rates(thing)
    if len(split) == 1 and re.search("[均都皆]|双双", place.before) and len(thing) <= _LONGEST_COLLECTIVE_RATE:
        listed = split_rates(re.sub(r"^(?:在|于|其中|从)", "", clean(place.earlier)))
        if len(listed) > 1:
            return listed
    return split


def split_rates(name: str) -> list[str]:
    """参学、参考、通过率 → 参学率, 参考率, 通过率; a list ended by 等 or of other things stays one name."""
    listed = _INDICATORS.sub("", name)
    if "等" in listed:
        return [name]
    parts = [part for part in _RATE_JOINED.split(listed) if part]
    if len(parts) > 1 and all(part[-1] in "率度比" and len(part) > 1 for part in parts):
        return parts
    parts = [part for part in _SHORT_JOINED.split(listed) if part]
    short = len(parts) > 1 and all(len(part) <= 3 for part in parts[1:-1]) and (len(parts) > 2 or len(parts[0]) <= 3)
    if short and parts[-1].endswith("率") and len(parts[-1]) <= 4:
        return [part if part.endswith("率") else f"{part}率" for part in parts]
    return [name]


def each(place: Place, thing: str) -> list[str]:
    """The things that a count is given for one by one: 诫勉、警告各1人; none where it is given for one."""
    parts = [clean(part) for part in _JOINED.split(_EACH.sub("", thing))] if _EACH.search(place.before) else []
    return parts if len(parts) > 1 and all(len(part) > 1 for part in parts) and "等" not in thing else []


def shared(place: Place) -> list[str]:
    """The names that 3个100% or 双百覆盖 goes over, from its own clause or the one before."""
    over = place.quantity.over
    for text in (place.before, place.earlier):
        listed = re.sub(r"(?:实现|达到|达|均|都)+$", "", thing_before(text))
        parts = [clean(part) for part in _JOINED.split(listed) if part][-over:]
        if len(parts) == over:
            return [part + place.quantity.noun for part in parts]
    return [clean(thing_before(place.before))]


def handed_out(places: list[Place], index: int) -> list[Place]:
    """The quantities that 分别 hands out in one go, from the one at `index` on; only itself without 分别."""
    group = [places[index]]
    if not HANDED_OUT.search(places[index].before[-8:]):
        return group
    for place in places[index + 1 :]:
        if place.sentence != group[0].sentence or place.quantity.former or not _BETWEEN.match(place.before):
            break
        group.append(place)
    return group


def receivers(group: list[Place], memory: Memory) -> list[str]:
    """Who gets which of the numbers that 分别 hands out: the things listed before it, or those counted before."""
    count = len(group)
    subject = clean(without_adverbs(without_lead(_before_handing(group[0].before))))
    if listed := _listed(subject, count):
        return listed
    running = [(name, is_percentage(q.unit)) for at, name, q in memory.items if at == group[0].sentence]
    for share in (False,) if subject else (True, False):
        counted = [name for name, is_share in running if is_share == share][-count:]
        if len(counted) == count:
            return [head(name) + subject if subject else name for name in counted]
    return (not subject and _listed(clean(thing_before(group[0].earlier)), count)) or [subject] * count


def _before_handing(before: str) -> str:
    """What stands before the last word that hands numbers out, nothing where there is none."""
    handing = [match.start() for match in HANDED_OUT.finditer(before)]
    return before[: handing[-1]] if handing else ""


def _listed(subject: str, count: int) -> list[str]:
    """The members of a list of this length, each with what the last says for all: 受理、办结率 → 受理率, 办结率."""
    for joint in (_RATE_JOINED, _JOINED):
        parts = [part for part in joint.split(subject) if part]
        if len(parts) == count:
            suffix = _RATE_SUFFIX.search(parts[-1])
            named = [part if part[-1] in "率数度量" or not suffix else part + suffix[0] for part in parts]
            return [clean(thing_before(name)) or name for name in named]
    return []
