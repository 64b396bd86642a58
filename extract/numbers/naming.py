"""Quantities → what each counts, by the words of its clause and, where they are silent, of its sentence."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from extract.numbers.amounts import Quantity
from extract.numbers.context import Memory, Place, read_places
from extract.numbers.deeds import deed, done_behind
from extract.numbers.phrases import (
    clean,
    common_noun,
    noun_behind,
    object_of_ba,
    performed,
    thing_before,
    without_adverbs,
)
from extract.numbers.sharing import each, handed_out, rates, receivers, shared
from extract.numbers.units import IS_BARE_NOUN, IS_MONEY, is_percentage
from extract.numbers.verbs import head, is_light, is_only_verb


class Named(NamedTuple):
    """A quantity with the name of what it measures; the clause that says so, and its own words in that clause."""

    quantity: Quantity
    name: str
    start: int
    end: int
    own_start: int
    own_end: int
    confidence: float


# 3个村获评省级民主法治示范村: what was reached is the title.
_AWARD = re.compile(
    r"(?:获评为?|被评为|被命名为|被授予|荣获|入选|创成|获批|被认定为|被确定为)(?:了)?([^,、。;()]{4,24})"
)
_SHORT_NOUN = 4
# 35家单位主要负责人述法: the unit counts the bodies, not their heads.
_OF_BODIES = frozenset("个家")
_LEADERS = re.compile(r"(?<=[\u4e00-\u9fff)])的?(?:党政)?(?:主要|分管)?(?:负责人|负责同志|领导|一把手|“一把手”|主官)$")
# 建起“夜话”,开了154场: verbs that say no more than that what was named before was held or handed out.
_HELD = re.compile(
    r"(?:一年|全年|每年|先后|累计|已|共)*(?:举办|开办|开展|召开|开讲|开课|开集|开设|开|办|讲|演|评|送|发|印|播|出|上|排|发放|发送|发出|送出|送达|开出|印发|印制|印出|播出|播放|推出|刊发|编发|演出|组织|办理|录制|收录|更新|推送)了?"
)
_BRANDED = re.compile(
    r"“[^“”]{2,16}”(?:栏目|专栏|节目|活动|[\u4e00-\u9fff]{0,3}?[会课校])?"
    r"|(?<=[开举承]办|办起|开设|开起|建起|设立|推出)[^,。;、“”]{2,12}(?=[,。;])"
)
# 省级示范村5个、市级22个.
_LEVEL_ONLY = re.compile(r"(?:国家|省|自治区|市|州|县|区|镇|乡|街道|村)(?:本)?级|村居|社区")
_LEVEL_PREFIX = re.compile(r"^.*?(?:[家省市州县区镇乡]级|全国)")
# 印发年度工作要点,分解任务59项; 编制重大行政决策事项目录,确定事项4项.
_DRAWN_UP = re.compile(
    r"(?:印发|下发|制发|制定|出台|发布|公布|编制|审定|修订|拟定)+了?([^,。;]{2,30}?(?:要点|计划|方案|规划|目录|清单|台账))$"
)
_PARTS = re.compile(
    r"(?:分解|明确|列出|确定|细化|部署|安排|提出|形成|涉及|列入|纳入|含|重点|工作|具体)+(任务|事项|措施|举措)"
)
# 局法制科复查96宗: who did it says nothing of what it was done to.
_BY_BODY = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[局科股所队办室处司厅委院]|中心|部门)(?=[\u4e00-\u9fff]{2,4}$)")
_BARE = re.compile(r"(?:问题|事项|案件|文件|任务|项目|合同|线索|隐患|纠纷|诉求|意见|建议)$")
_COMPARED = re.compile("[高低优好]于|高出|[较比](?![例重率对拟])")
# 食品类案件213件,占45.6%; 持有执法证的只占七成: what is before it has that share of something.
_SHARE_OF = re.compile(
    r"(?:(?<!船)只|(?<!人)才|仅|仍|还|就|约)*占(?:(?!比|到|了|有)[^,。;占]{1,10}的)?(?:比|到|了|有|据|至|达|为|约|近)* ?$"
)
_WHOLE_OF = re.compile(r"占([^,。;占]{1,10})的 ?$")
_SHARE_SAID = re.compile(r"(?:占比|比例|比重|权重|分值)$")
_ABOUT = re.compile(r"([^,。;:]{2,12}?)(?:工作)?方面$")
_TOPIC = re.compile(r"(?![由请让把被从以在])[\u4e00-\u9fff“”、]{2,8}")
# 公布重大行政决策事项目录,入列5项: what is on a list that was drawn up.
_LISTED = re.compile(r"(?:公布|发布|公开|制定|编制|印发|出台|修订)了?([^,。;]{2,20}?)(?:目录|清单|名录|名单)$")
# 清理文件67件, 67件里面继续有效41件: said again, to tell its parts.
_OF_THEM = re.compile(r"(?:当|之)?中|里[面头]?")
_TOPIC_OF = re.compile(
    r"(?:对|针对|围绕)(?:[^,。;]*的)?([\u4e00-\u9fff“”]{2,12}?)(?=逐|进行|开展|予以|全面|作|集中|实行|一律|实施|加强|给予)"
)


def name_all(view: str, quantities: tuple[Quantity, ...], start: int, end: int) -> Iterator[Named]:
    """Every quantity of a folded text's stretch with its name; one that several things share, once for each."""
    memory = Memory()
    places = read_places(view, quantities, start, end)
    index = 0
    while index < len(places):
        group = handed_out(places, index)
        index += len(group)
        if group[0].quantity.former:
            continue
        if len(group) > 1:
            named = list(zip(group, receivers(group, memory), strict=True))
        else:
            named = [(group[0], name) for name in _names(group[0], memory)]
        for place, name in named:
            memory.remember(place, name)
            confidence = min(place.quantity.confidence, 1.0 if name else 0.5)
            yield Named(place.quantity, name or place.quantity.unit, place.start, place.end, *place.own, confidence)


def _names(place: Place, memory: Memory) -> list[str]:
    quantity = place.quantity
    if quantity.over > 1:
        return shared(place)
    if is_percentage(quantity.unit):
        return _shares(place, _thing(place), memory)
    if quantity.noun:
        thing = _thing(place)
        return [quantity.noun if is_only_verb(thing) else thing + quantity.noun]
    if IS_BARE_NOUN.fullmatch(quantity.unit):
        return [quantity.unit]
    if noun := _noun(place):
        if (done := deed(place, noun)) and done not in noun:
            noun = done + noun.rpartition("的")[2]
        return [_with_verb(_thing(place), noun) if IS_MONEY.fullmatch(quantity.unit) else noun]
    thing = _thing(place)
    if done := done_behind(place, thing):
        return [done]
    if parts := each(place, thing):
        return parts
    return [_completed(place, thing, memory) if thing else _supplied(place, memory)]


def _thing(place: Place) -> str:
    """What the words before the number say that it counts; most numbers do not need it. Its unit alone (由3分调高到5分)
    or a word of comparing (比改革前少了203项) says nothing."""
    thing = clean(thing_before(place.before))
    return "" if thing in (place.quantity.unit, "比", "较") else thing


def _shares(place: Place, thing: str, memory: Memory) -> list[str]:
    """Names for a percentage: rates, what a bare 占 is a share of, what a change is a change of."""
    if (share := _SHARE_OF.search(place.before)) and not place.quantity.change:
        part = clean(thing_before(place.before[: share.start()])) or memory.last_count(place.sentence)
        if whole := _WHOLE_OF.search(place.before):
            return [f"{part}占{whole[1]}比例"]
        return [part if _SHARE_SAID.search(part) and "占比" not in share[0] else part + "占比"]
    if not thing:
        noun = "" if place.quantity.change else clean(noun_behind(place.after, "%"))
        return [noun or _supplied(place, memory)]
    if not place.quantity.change and _COMPARED.match(thing):
        return [memory.last_level(place.sentence) + thing]
    return rates(place, thing)


def _noun(place: Place) -> str:
    """The counted noun behind the number."""
    noun = clean(noun_behind(place.after, place.quantity.unit))
    if place.quantity.unit in _OF_BODIES:
        noun = _LEADERS.sub("", noun) or noun
    if place.next_follows:
        common = common_noun(noun)
        if common and not noun.startswith(f"{common}的") and len(noun) - len(common) <= 4:
            noun = common
        noun = re.sub(r"[\u4e00-\u9fff]{2}率.*$", "", noun)
    if 0 < len(noun) <= _SHORT_NOUN and (award := _AWARD.search(place.after)):
        return award[1]
    return noun


def _with_verb(thing: str, noun: str) -> str:
    """减免500万元税费 → 减免税费; with a noun of its own before the sum, that noun is the name."""
    return thing + noun if not thing or is_only_verb(thing) or len(thing) <= 2 else thing


def _completed(place: Place, thing: str, memory: Memory) -> str:
    """The thing before the number with what the sentence has said of it before: 审结 → 审结行政复议案件."""
    if place.earlier.endswith("方面") and (about := _ABOUT.search(place.earlier)):
        return about[1] if thing in about[1] else about[1] + thing
    if _LEVEL_ONLY.fullmatch(thing):
        return thing + _LEVEL_PREFIX.sub("", memory.counted(place.sentence, place.quantity.unit, False))
    if _HELD.fullmatch(thing) and not memory.counted(place.sentence, place.quantity.unit, False):
        named = _BRANDED.findall(place.told)
        thing = named[-1] if named else thing
    if is_only_verb(thing):
        noun = head(memory.counted(place.sentence, place.quantity.unit, is_light(thing))) or _topic(place)
        return noun if noun and thing == "开展" else thing + noun
    return _spelled_out(place, thing, memory)


def _spelled_out(place: Place, thing: str, memory: Memory) -> str:
    """排查整改问题, behind 开展执法领域突出问题专项整治: the bare noun stands for the fuller one before it."""
    bare = _BARE.search(thing)
    if place.mark == "," and (part := _PARTS.fullmatch(thing)) and (drawn := _DRAWN_UP.search(clean(place.earlier))):
        whole = without_adverbs(re.sub(r"目录$|清单$|台账$", "", drawn[1]))
        return whole if whole.endswith(part[1]) else whole + thing
    if (body := _BY_BODY.match(thing)) and is_only_verb(thing[body.end() :]):
        noun = head(memory.counted(place.sentence, place.quantity.unit, False))
        return thing[body.end() :] + noun if noun else thing
    if bare is None or not is_only_verb(thing[: bare.start()]) or place.mark != ",":
        return thing
    fuller = re.search(rf"[\u4e00-\u9fff]{{2,14}}{bare[0]}", clean(thing_before(place.earlier)))
    return thing[: bare.start()] + without_adverbs(fuller[0]) if fuller else thing


def _supplied(place: Place, memory: Memory) -> str:
    """A name for a number whose clause gives none: 较上年增长12.5%, 其中12人取得执法证, 培训4批次230余人次."""
    if place.quantity.change and (level := memory.last_level(place.sentence)):
        return level
    if not place.before.strip() and (neighbour := memory.just_before(place)):
        return neighbour
    if _OF_THEM.match(place.after) and (whole := memory.last(place.sentence, place.quantity.unit)):
        return whole
    phrase = without_adverbs(thing_before(clean(re.split(r"[,、。;()]", place.after)[0])))
    earlier = memory.last(place.sentence, place.quantity.unit)
    if earlier and phrase:
        return head(earlier) + phrase
    return earlier or phrase or _topic(place) or memory.last(place.sentence)


def _topic(place: Place) -> str:
    """What the words before say the number is about: 行政复议:, 对…文件逐件过筛, 组织开展…清理, 行政处罚案件(."""
    if place.headed:
        return clean(thing_before(place.headed))
    clause = clean(place.earlier)
    if place.mark == ":":
        return thing_before(clause)
    if match := _TOPIC_OF.search(clause):
        return match[1]
    if match := _LISTED.search(clause):
        return without_adverbs(match[1])
    if named := object_of_ba(clause) or performed(clause):
        return named
    topic = without_adverbs(clause)
    return topic if _TOPIC.fullmatch(topic) else ""
