"""Quantities → what each counts or measures, by the words of its clause and, where they are silent, of its sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extract.phrases import common_noun, noun_behind, object_of_ba, performed, thing_before, without_adverbs, without_lead
from extract.quantities import Quantity, clause_bounds
from extract.units import IS_BARE_NOUN, IS_MONEY, is_percentage
from extract.verbs import head, is_light, is_only_verb


@dataclass(frozen=True, slots=True)
class Named:
    """A quantity with the name of what it measures, and the clause that says so."""

    quantity: Quantity
    name: str
    start: int
    end: int
    confidence: float


@dataclass(slots=True)
class _Memory:
    """What the running sentence and the one before it have counted."""

    sentence: int = -1
    items: list[tuple[int, str, Quantity]] = field(default_factory=list)

    def last(self, sentence: int, unit: str | None = None) -> str:
        """The name last given in this sentence, in this unit if one is asked for."""
        return next((name for at, name, q in reversed(self.items) if at == sentence and unit in (None, q.unit)), "")

    def counted(self, sentence: int, unit: str, any_unit: bool) -> str:
        """The name of the count right before, past rates and sums, if it is in this unit or `any_unit` will do."""
        for at, name, quantity in reversed(self.items):
            if at != sentence:
                break
            if not is_percentage(quantity.unit) and not IS_MONEY.fullmatch(quantity.unit):
                return name if any_unit or quantity.unit == unit else ""
        return ""

    def last_level(self, sentence: int) -> str:
        """The name of the last level, which a change without a name of its own belongs to."""
        return next((name for at, name, q in reversed(self.items[-4:]) if q.change is None and at >= sentence - 1), "")


@dataclass(frozen=True, slots=True)
class _Place:
    """A quantity among its neighbours: the words before and behind it that no other quantity claims."""

    quantity: Quantity
    before: str
    after: str
    clause_start: int
    clause_end: int
    sentence: int
    next_follows: bool


_SENTENCE_END = re.compile(r"[。!?\n]")
_GENERIC_RATE = re.compile(r"^(?:各项)?(?:指标)?(?:完成率|达标率|比率|比例)?$")
_RATES_LISTED = re.compile(r"[^、,。;]{2,20}?(?:率|度)(?=、|和|及|以及|与|等|,)")
_JOINED = re.compile(r"、|以及|和|及(?!时)|与(?!会)")
_RATE_JOINED = re.compile(r"、|(?<=[率度比])(?:以及|和|及|与)")
_SHORT_JOINED = re.compile(r"、|(?:以及|和|及|与)(?=[\u4e00-\u9fff]{2,3}率$)")
_BETWEEN_SHARES = re.compile(r" *(?:、|,|和|及|以及|与)? *(?:同比|分别)?(?:增长|下降|上升|提高|降低|减少|增加|达到|达|为)?(?:约|近|超|逾)? *$")
# 3个村获评省级民主法治示范村: what was reached is the title.
_AWARD = re.compile(r"(?:获评为?|被评为|被命名为|被授予|荣获|入选|创成|获批|被认定为|被确定为)(?:了)?([^,、。;()]{4,24})")
_TOPIC = re.compile(r"^(?:方面|[\u4e00-\u9fff“”、]{2,12})$")
_ABOUT = re.compile(r"(?<![^,。;\n:])([^,。;\n:]{2,12}?)(?:工作)?方面,$")
_TOPIC_OF = re.compile(r"(?:对|针对|围绕)(?:[^,。;]*的)?([\u4e00-\u9fff“”]{2,12}?)(?=逐|进行|开展|予以|全面|作|集中|实行|一律|实施|加强|给予)")


def name_all(view: str, quantities: tuple[Quantity, ...], start: int, end: int) -> Iterator[Named]:
    """Every quantity of a folded text's stretch with its name, those that share a number once for each named thing."""
    memory = _Memory()
    places = _places(view, quantities, start, end)
    done: set[int] = set()
    for index, place in enumerate(places):
        if index in done or place.quantity.former:
            continue
        group = _distributed(places, index)
        if len(group) > 1:
            names = _distribute(view, group, memory, start, end)
            done.update(range(index, index + len(group)))
        else:
            names = [[name] for name in _names(view, place, memory, start, end)]
            group, names = [place], [[name for [name] in names]]
        for member, given in zip(group, names, strict=True):
            for name in given:
                memory.items.append((member.sentence, name, member.quantity))
                sure = min(member.quantity.confidence, 1.0 if name else 0.5)
                yield Named(member.quantity, name or member.quantity.unit, member.clause_start, member.clause_end, sure)


def _places(view: str, quantities: tuple[Quantity, ...], start: int, end: int) -> list[_Place]:
    stops = [match.start() for match in _SENTENCE_END.finditer(view, start, end)]
    places: list[_Place] = []
    claimed = start
    carried = ""
    sentence = 0
    for index, quantity in enumerate(quantities):
        while sentence < len(stops) and stops[sentence] < quantity.start:
            sentence += 1
        clause_start, _ = clause_bounds(view, start, end, quantity.start)
        clause_end = clause_bounds(view, start, end, quantity.end)[1]
        left = max(claimed, clause_start, _bracket(view, max(claimed, clause_start), quantity.start))
        following = quantities[index + 1].start if index + 1 < len(quantities) else end
        right = min(clause_end, following)
        before, after = carried + view[left : quantity.start], view[quantity.end : right]
        carried = before if quantity.former else ""
        noun = "" if quantity.former else noun_behind(after, quantity.unit)
        shared = right == following and is_percentage(quantities[index + 1].unit) if index + 1 < len(quantities) else False
        claimed = quantity.end + (after.find(noun) + len(noun) if noun and not is_percentage(quantity.unit) and not shared else 0)
        places.append(_Place(quantity, before, after, clause_start, clause_end, sentence, right == following))
    return places


def _bracket(view: str, start: int, end: int) -> int:
    """Where the bracket around `end` opens, if it opened behind `start`: (其中1起…)."""
    opened = view.rfind("(", start, end)
    return opened + 1 if opened >= 0 and ")" not in view[opened:end] else start


def _names(view: str, place: _Place, memory: _Memory, start: int, end: int) -> list[str]:
    quantity = place.quantity
    if quantity.over > 1:
        return _sharing(view, place, start, end)
    thing = _clean(thing_before(place.before))
    if is_percentage(quantity.unit):
        return _rates(view, place, thing, memory, start, end)
    if quantity.noun:
        return [quantity.noun if not thing or is_only_verb(thing) else f"{thing}{quantity.noun}"]
    noun = _clean(noun_behind(place.after, quantity.unit))
    if noun and place.next_follows and (common := common_noun(noun)) and not noun.startswith(f"{common}的"):
        noun = common if len(noun) - len(common) <= 4 else noun
    noun = re.sub(r"[\u4e00-\u9fff]{2}率.*$", "", noun) if place.next_follows else noun
    if noun and (award := _AWARD.search(place.after)) and len(noun) <= 4:
        return [award[1]]
    if IS_BARE_NOUN.fullmatch(quantity.unit):
        return [quantity.unit]
    if noun:
        return [_with_verb(thing, noun) if IS_MONEY.fullmatch(quantity.unit) else noun]
    if not thing:
        return [_supplied(view, place, memory, start, end)]
    if about := _ABOUT.search(view, max(start, place.clause_start - 24), place.clause_start):
        thing = thing if thing in about[1] or is_only_verb(thing) and thing in about[1] else about[1] + thing
        return [about[1] if thing in about[1] else thing]
    if is_only_verb(thing):
        noun = head(memory.counted(place.sentence, quantity.unit, is_light(thing))) or _topic(view, place, start, end)
        return [noun if noun and thing == "开展" else thing + noun]
    return [thing]


def _with_verb(thing: str, noun: str) -> str:
    """减免500万元税费 → 减免税费; with a noun of its own before the sum, that noun is the name."""
    return thing + noun if not thing or is_only_verb(thing) or len(thing) <= 2 else thing


def _supplied(view: str, place: _Place, memory: _Memory, start: int, end: int) -> str:
    """A name for a number whose clause gives none: 较上年增长12.5%, 其中12人取得执法证."""
    if place.quantity.change and (level := memory.last_level(place.sentence)):
        return level
    phrase = _clean(re.split(r"[,、。;()]", place.after)[0])
    earlier = memory.last(place.sentence, place.quantity.unit)
    if earlier and phrase:
        return f"{head(earlier)}{phrase}"
    return earlier or phrase or _topic(view, place, start, end) or memory.last(place.sentence)


def _topic(view: str, place: _Place, start: int, end: int) -> str:
    """What the clause before says the sentence is about: 行政复议方面, 对…文件逐件过筛."""
    stop = place.clause_start - 1
    if "(" in view[max(start, stop) : place.quantity.start]:
        opened = view.rfind("(", place.clause_start, place.quantity.start)
        return _clean(thing_before(view[place.clause_start : opened])) if opened > 0 else ""
    if stop <= start or view[stop] in "。!?\n":
        return ""
    begin, _ = clause_bounds(view, start, end, stop)
    clause = _clean(view[begin:stop])
    if match := _TOPIC_OF.search(clause):
        return match[1]
    if named := object_of_ba(clause):
        return named
    if done := performed(clause):
        return done
    topic = re.sub(r"(?:工作)?(?:方面|上|中)$", "", without_adverbs(clause))
    if view[stop] == ":":
        return thing_before(clause)
    return topic if _TOPIC.match(topic) and (len(topic) <= 8 or topic != clause) else ""


def _rates(view: str, place: _Place, thing: str, memory: _Memory, start: int, end: int) -> list[str]:
    if not thing:
        noun = "" if place.quantity.change else _clean(noun_behind(place.after, "%"))
        return [noun or _supplied(view, place, memory, start, end)]
    split = split_rates(thing)
    if len(split) == 1 and re.search(r"[均都]", place.before) and len(thing) <= 6:
        stop = place.clause_start - 1
        begin = clause_bounds(view, start, end, stop)[0] if stop > start and view[stop] == "," else stop
        listed = [_clean(rate) for rate in _RATES_LISTED.findall(view[begin : stop + 1])]
        listed = [re.sub(r"^(?:、|以及|和|及(?!时)|与|在|是)+", "", rate) for rate in listed]
        if len(listed) > 1 and not re.search(r"\d", view[begin:stop]):
            return listed
    return split


def split_rates(name: str) -> list[str]:
    """参学、参考、通过率 → 参学率, 参考率, 通过率; a list ended by 等 or of other things stays one name."""
    listed = re.sub(r"等(?:各项|多项|主要|关键)?指标.*$", "", name)
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


def _sharing(view: str, place: _Place, start: int, end: int) -> list[str]:
    """The names that 3个100% or 双百覆盖 goes over, from its own clause or the one before."""
    stop = place.clause_start - 1
    texts = [place.before]
    if stop > start and view[stop] in ",:":
        texts.append(view[clause_bounds(view, start, end, stop)[0] : stop])
    for text in texts:
        parts = [_clean(part) for part in _JOINED.split(re.sub(r"(?:实现|达到|达|均|都)+$", "", thing_before(text))) if part]
        parts = parts[-place.quantity.over :]
        if len(parts) == place.quantity.over:
            return [f"{part}{place.quantity.noun}" for part in parts]
    return [_clean(thing_before(place.before))]


def _distributed(places: list[_Place], index: int) -> list[_Place]:
    """The quantities that 分别 hands out in one go: 分别为98.8%和99%."""
    group = [places[index]]
    if "分别" not in places[index].before[-8:]:
        return group
    for place in places[index + 1 :]:
        if place.sentence != group[0].sentence or place.quantity.former or not _BETWEEN_SHARES.match(place.before):
            break
        group.append(place)
    return group


def _distribute(view: str, group: list[_Place], memory: _Memory, start: int, end: int) -> list[list[str]]:
    count = len(group)
    subject = _clean(without_adverbs(without_lead(group[0].before.rpartition("分别")[0])))
    for joint in (_RATE_JOINED, _JOINED):
        parts = [part for part in joint.split(subject) if part]
        if len(parts) == count:
            suffix = re.search(r"(?:[\u4e00-\u9fff]{2}率|数量|[\u4e00-\u9fff]{2}数)$", parts[-1])
            rates = [part if part[-1] in "率数度量" or not suffix else part + suffix[0] for part in parts]
            return [[_clean(thing_before(rate)) or rate] for rate in rates]
    earlier = [(name, q) for at, name, q in memory.items if at == group[0].sentence and not is_percentage(q.unit)][-count:]
    if len(earlier) == count:
        return [[f"{head(name)}{subject}"] for name, _ in earlier]
    stop = group[0].clause_start - 1
    if not subject and stop > start and view[stop] == ",":
        previous = _clean(thing_before(view[clause_bounds(view, start, end, stop)[0] : stop]))
        parts = [part for part in _JOINED.split(previous) if part]
        if len(parts) == count:
            return [[part] for part in parts]
    return [[subject]] * count


def _clean(text: str) -> str:
    """A name as it is shown: without blanks and stray marks; of quotation marks only whole pairs stay."""
    text = re.sub(r"\s", "", text).strip("、,。;:-—·")
    if text.count("“") != text.count("”"):
        text = text.replace("“", "").replace("”", "")
    if text.count("(") != text.count(")"):
        text = text.replace("(", "").replace(")", "")
    return text
