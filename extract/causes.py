"""The reasons that a report gives for a shortcoming: where they begin, and one by one.

A cause needs a marker. Some markers lead to the rest of the passage (`主要原因是…`, `究其根源，一是…二是…`), some to
one clause (`由于编制紧张，`, `受经费所限`), some follow the cause (`与培训走过场有关`, `…所致`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.enumeration import REASONS, find_list
from extract.records import Evidence
from extract.roles import FAULT, FAULTS
from extract.sentences import trim

CAUSE_WORDS = "原因|主因|缘由|缘故|根源|根由|成因|起因|诱因|症结|根子|病根|病因|源头|原委|根本"
_STOP = r"[^，,。；;：:\n]"
_BEGINS = r"(?:(?<=[，,。；;：:\n”])|^)[ 　]*"
_ENDS = r"(?=[，,。；;\n]|$)"
# 上述问题 / 这一现象 / 以上短板的产生 / 造成这种局面: the shortcomings again, before what is said of their causes.
_POINTS = (
    r"(?:造成|出现|产生|形成|对于?)?(?:上述|以上|前述|这些|这几[个点]|[这此][一类种]?|该)[^，,。；;：:\n]{0,4}"
    rf"(?:{FAULTS}|现象|情况|情形|状况|局面|困[局境]|窘[境况]|态势|被动|矛盾|环节)(?:和(?:不足|短板))?(?:的)?(?:长期)?(?:产生|出现|存在|形成)?[，,]?"
)
# 一定程度上 / 在很大程度上
_DEGREE = r"在?(?:一定|很大|较大|相当|某种)程度上[，,]?"
# 不是因地制宜, 因此, 因素
_BECAUSE = r"因(?!此|而|地[制施]|素|材|案施|人[而施制]|[事时][而制]|势|子|果|循)"
# 编制紧缺、经费不足等多重因素叠加影响
_AND_SO_ON = (
    r"(?:等(?:多(?:种|重|方面)|诸多|各种|各方面|主?客观|主观|现实|历史)*(?:的)?(?:因素|原因|缘故)"
    r"(?:的)?(?:双重|多重|共同|综合|叠加|交织)*(?:影响|制约|作用)?)?"
)
# 与A、B有关 / 密切相关 / 分不开; not 与群众密切相关的领域
_RELATED = (
    r"(?:有(?:着)?(?:很大|直接|一定|密切|较大|必然)?的?(?:关系?|关联|联系)|不无(?:关系|关联)|(?:密切|直接|紧密|息息)?相关"
    r"|密不可分|紧密相连|分不开|脱不[开了](?:关系|干系)?)(?!的)"
)
# 主要原因在 / 究其原因， / 出现这种状况的原因： / 根子在于 / 症结在于 / 究其缘由， / 主要是因为 / 主要是 / 以上短板，皆因
_LEAD = re.compile(
    rf"{_BEGINS}(?:{_POINTS})?(?:"
    rf"(?!由于|因|受|鉴于|[^，,]{{0,6}}(?:既有|有{_STOP}{{3,40}}(?:原因|因素)[，,](?:同时)?[也更又还]有)){_STOP}{{0,16}}(?:{CAUSE_WORDS})(?<!的根本)(?:上|上看|上说)?(?:{_STOP}{{0,6}}?(?:(?:还|就|主要|也|多)?(?:是因为|是由于|是|在于|在)|不外乎|无外乎|无非|(?<!没)有|为|出在|包括|如下|分析)|(?=[，,：:\n]))(?:(?:是)?多(?:方面|重)的[，,：:。])?[，,：:]?(?:(?:还|就|主要)?(?:在于|是)[，,：:]?)?"
    rf"|{_STOP}{{0,12}}之所以{_STOP}{{2,24}}[，,](?:从{_STOP}{{2,12}}(?:分析|来看|来说|看|讲|说)[，,：:])?(?:(?:主要)?是(?:因为|由于|在于|受)?[，,：:]?|[皆都全均正]因为?)?"
    r"|(?:问题|毛病|根源)(?:就|还是|主要)?出在"
    r"|(?:说到底|归根结底|归根到底|归结起来|究其实质|追根(?:溯源|究底)|深究起来)[，,]?(?:(?:主要)?有[^，,。；;：:\n]{0,8}(?:原因|因素|方面)[：:])?(?:(?:还|都|就|无非)?(?:是|在于))?(?:因为|由于)?"
    rf"|(?:这|其)?(?:{_DEGREE})?(?:都|全|均|皆|多|大多|大都|正|往往|无非)?是(?:因为|由于)[，,：:]?"
    rf"|(?:这)?(?:都|全|均|皆|概|盖|大都)(?:由于|{_BECAUSE}为?)"
    r"|究其(?!原)[^，,：:。；;\n]{1,3}[，,：:](?:在于|是)?|(?:这|主要|更多|多)+(?:受制于|受限于|受困于|囿于|源自|归咎于)"
    r"|(?:这|其|究其)?主要(?:(?:是|还是)(?:因为|由于|受|因)?|因为|由于)[，,：:]?(?!要|对|通过|表现|体现|集中|在)"
    # 这背后，是…
    r"|(?:这|其|的)?背后(?:的)?[，,]?(?:更多|其实|还)?(?:是|在于)[，,：:]?"
    rf"|(?:这|其|前者|后者)?(?:{_DEGREE})?(?:主要|多)?(?:源于|缘于|归因于|可?归结为|归结于|起因于)[，,：:]?)[ 　\n]*"
)
# 这些问题，一来…: what a list of reasons is about.
_SHORTCOMINGS_AGAIN = re.compile(rf"{_BEGINS}{_POINTS}$")
# 上述问题的原因 stands for all shortcomings at once.
_FOR_ALL = re.compile(r"上述|以上|这些|前述|几个?方面(?:问题|不足)|存在(?:上述|以上|这些|的|问题|不足)")
# 由于编制紧张，… / 因人员流动快，… / 受经费所限，… / 这些问题主要受A、B等因素影响
_CLAUSE_CAUSE = re.compile(
    rf"{_BEGINS}(?P<points>{_POINTS})?(?:"
    rf"(?:由于|因为|鉴于|盖因)(?P<a>{_STOP}{{3,60}}?){_AND_SO_ON}(?:等)?(?:的)?(?:缘故|原因|因素)?{_ENDS}"
    rf"|{_BECAUSE}(?P<b>{_STOP}{{3,40}}?){_AND_SO_ON}(?:，|,|所致|而(?=[^，,]{{0,12}}[不难未]))"
    rf"|{_STOP}{{2,8}}(?<![原起成内外病肇]){_BECAUSE}(?P<d>{_STOP}{{4,40}}?){_AND_SO_ON}(?:，|,)"
    rf"|(?:这|也|还|{_STOP}{{2,8}}?(?=受[^，,]{{2,24}}(?:影响|制约|限制|约束)[，,]))?(?:{_DEGREE})?(?:既|主要|多|更多|也)?(?:是|系)?受(?![理众益访托聘])到?(?P<c>{_STOP}{{2,40}}?)(?:等)?(?:多(?:种|重|方面)|诸多|主?客观)*(?:因素|条件)?(?:的)?(?:双重|多重|共同|综合|叠加)*(?:影响|制约|限制|所限|约束|掣肘|牵制|拖累|束缚)"
    rf"|(?:{_STOP}{{0,12}}(?:受制于|受限于|受困于|囿于|苦于|碍于)|限于)(?P<e>{_STOP}{{2,40}}?){_ENDS})"
)
# …与培训走过场有很大关系 / 这同A，B分不开 / …所致 / 是…造成的 / …是律师不愿下去的主要原因 / A、B是主因
_TRAILING_CAUSE = re.compile(
    rf"{_BEGINS}(?P<points>这|{_POINTS})?(?:"
    rf"(?<=[。\n])(?P<e>[^。；;：:\n]{{4,80}})[，,](?:这)?(?:也|正)?(?:是|成为|系){_STOP}{{0,16}}?(?:原因|主因|缘由|缘故|根源|症结)(?:所在|之一)?{_ENDS}"
    rf"|(?:这里头|其中)?既?有(?P<f>{_STOP}{{2,40}}?)(?:等|的|等方面的)(?:客观|主观|主要)?(?:{CAUSE_WORDS}|因素)[，,](?:同时)?[也更又还](?:有|因|是|与)(?P<g>{_STOP}{{2,60}}?)(?:(?:等|的|等方面的)(?:客观|主观|主要)?(?:{CAUSE_WORDS}|因素|问题)|有关)?{_ENDS}"
    # 客观上A，主观上B
    rf"|(?:从)?[主客]观(?:上|方面)(?:看|讲|说|来看|来说)?[，,]?(?P<h>{_STOP}{{4,40}}?)[，,；;](?:从)?[主客]观(?:上|方面)(?:看|讲|说|来看|来说)?[，,]?(?P<i>{_STOP}{{4,60}}?){_ENDS}"
    rf"|(?P<c>{_STOP}{{4,60}}?)(?:是|成为|系)(?:{_STOP}{{0,20}}?(?:(?:主要|重要|根本|直接|客观|主观|关键|一个)(?:原因|因素|诱因|根源|症结)|主因)|(?:根源|症结|病根)(?:所在)?{_ENDS})"
    rf"|(?:{_STOP}{{0,12}}则)?(?:也|主要|更多|{_DEGREE})?(?:是)?(?:与|同|跟|和)(?P<l>(?:(?(points)[，,]|(?!))|{_STOP}){{3,80}}?){_RELATED}"
    rf"|(?:此)?(?:主要|多|也)?(?:是|系|为|由|因)?(?P<b>{_STOP}{{3,60}}?)(?:所致|使然|作祟|(?:所)?(?:造成|导致|引起)的))"
)
# Of the clauses' groups, those behind 由于 and 因; of the trailing ones', those that stand against each other.
_MAY_GO_ON, _SIDES = frozenset("abd"), frozenset("fghi")
# 由于法规股只有1人，还兼顾信访工作，…: the clause behind still tells the cause, or, behind 加之, the next one.
_GOES_ON = re.compile(
    rf"[，,](?:(?P<next>加之|再加上|加上)|且|而且|并且|[还又并](?:须|要|需|得|常)*(?:身?兼|承担|担负|肩负|负责|分管|管|顾|应付|抽)){_STOP}{{2,40}}(?=[，,])"
)
_LONGEST_WORDING = 160
_JOINTS = re.compile("以及|、|，|,|(?<=[^，、]{4})和(?=[^，、]{4})")
_AMISS = re.compile(rf"{FAULT.pattern}|薄|顾虑|观望|侥幸|依赖|抵触|惰性|懈怠")
# …和副校长兼职多: no fault by its words, but a predicate.
_PREDICATE = re.compile("[多少大重快慢高长远老散杂窄晚]$")
# A clause that only carries on the one before it: it has no subject of its own, or gives a figure.
_CARRIED_ON = re.compile(
    r"[^，,。；;]*(?:\d|成了|成为|沦为)|(?:“|且|并且|而且|其余|其中|没有|不|未|无|尚|仍|只|仅)|(?:导致|致使|造成|使得?|以致|难以|因此|因而|从而|进而|不能|无法|影响|满足于|以至|多(?:侧重|停留|偏重))"
)


@dataclass(frozen=True, slots=True)
class Reasons:
    """A passage's causes: text[start:end] are the words on them.

    `for_all` says that they are named for a whole list of shortcomings, `rest` that they are the rest of the passage.
    """

    start: int
    end: int
    causes: tuple[Evidence, ...]
    for_all: bool = False
    rest: bool = False


def find_reasons(text: str, start: int, end: int) -> Reasons | None:
    """The causes named within text[start:end]; None where there is no marker."""
    words = text[start:end]  # markers open it or follow a mark
    if lead := _LEAD.search(words):
        causes = tuple(_listed(text, start + lead.end(), end))
        if causes:
            sentence = max(words.rfind(stop, 0, lead.start()) for stop in "。\n") + 1
            for_all = bool(_FOR_ALL.search(words, sentence, lead.end()))
            return Reasons(start + lead.start(), end, causes, for_all, rest=True)
    if listed := find_list(text, start, end, styles=REASONS):
        again = _SHORTCOMINGS_AGAIN.search(words, 0, listed[0].start - start)
        begin = start + again.start() if again else listed[0].start
        for_all = bool(again and _FOR_ALL.search(again[0]))
        return Reasons(begin, end, tuple(_listed(text, listed[0].start, end)), for_all, rest=True)
    matches = _marked(words)
    causes = tuple(cause for match in matches for cause in _of_match(text, start, match))
    if not causes:
        return None
    for_all = any(match["points"] and _FOR_ALL.search(match["points"]) for match in matches)
    last = max(causes[-1].end, start + matches[-1].end())
    return Reasons(start + matches[0].start(), last, causes, for_all)


def _marked(words: str) -> list[re.Match[str]]:
    """The clauses with a marker of their own, in order."""
    found = (match for pattern in (_TRAILING_CAUSE, _CLAUSE_CAUSE) for match in pattern.finditer(words))
    apart: list[re.Match[str]] = []
    for match in sorted(found, key=lambda match: (match.start(), -match.end())):
        if not apart or match.start() >= apart[-1].end():
            apart.append(match)
    return apart


def _of_match(text: str, shift: int, match: re.Match[str]) -> Iterator[Evidence]:
    """The causes of a clause with a marker, found `shift` signs into the text, and of the clauses that carry it on."""
    for name, found in match.groupdict().items():
        if not found or name == "points":
            continue
        start, end = (shift + each for each in match.span(name))
        if match.re is _CLAUSE_CAUSE and name in _MAY_GO_ON:
            while more := _GOES_ON.match(match.string, end - shift):
                if more["next"]:
                    yield from wordings(text, start, end)
                    start = shift + more.end("next")
                end = shift + more.end()
        # 既有A的原因，也有B、C的原因: each side is a cause.
        yield from (Evidence(start, end),) if name in _SIDES else wordings(text, start, end)


def reasons_under(text: str, start: int, end: int) -> Reasons | None:
    """The causes in text[start:end], which a heading says are the causes of all (`（二）原因分析`)."""
    causes = tuple(_listed(text, start + len(text[start:end]) - len(text[start:end].lstrip("。：: 　\n")), end))
    return Reasons(start, end, causes, for_all=True, rest=True) if causes else None


def _listed(text: str, start: int, end: int) -> Iterator[Evidence]:
    """The causes behind a lead: a numbered one stays whole, an unnumbered list is split at its members."""
    listed = find_list(text, start, end) or find_list(text, start, end, styles=REASONS)
    if listed and not text[start : listed[0].start].strip(" 　\n，,：:"):
        for item in listed:
            if cause := _bare(text, item.text, item.end):
                yield cause
        return
    stop = re.compile(r"[。\n]").search(text, start, end)
    end = stop.start() if stop else end
    # 究其原因，同A、B密切相关: what the lead leads to has a marker of its own.
    framed = [match for match in _marked(text[start:end]) if match.start() == 0 and match.end() == end - start]
    if framed:
        yield from _of_match(text, start, framed[0])
    else:
        yield from _members(text, start, end)


def wordings(text: str, start: int, end: int) -> Iterator[Evidence]:
    """The members of `编制紧缺、待遇偏低以及培训走过场`, each a wording of its own: `编制、经费不足` stays whole."""
    begin, closing, listed = start, text.rfind("以及", start, end), "和" in text[start:end]
    # 以及 closes a list: what stands behind it is one member.
    for mark in _JOINTS.finditer(text, start, closing + 2 if closing >= 0 else end):
        before = text[max(begin, mark.start() - _LONGEST_WORDING) : mark.start()]
        behind = re.split("[、，,和]", text[mark.end() : min(end, mark.end() + _LONGEST_WORDING)], maxsplit=1)[0]
        if mark[0] == "以及" or (_stands_alone(before, listed) and _stands_alone(behind, listed)):
            if cause := trim(text, begin, mark.start(), "、，,"):
                yield cause
            begin = mark.end()
    if begin < end:
        yield Evidence(begin, end)


def _stands_alone(words: str, predicate: bool) -> bool:
    """Whether a wording has a subject and a fault, or but a predicate, of its own: not 吃得不透 behind 对条例学得粗."""
    amiss = _AMISS.search(words) or (predicate and _PREDICATE.search(words))
    return len(words) >= 4 and bool(amiss) and not re.match("[\u4e00-\u9fff]得", words)


def _members(text: str, start: int, end: int) -> Iterator[Evidence]:
    """The members of `A，B，C`, or of `A，…；B，…`; a clause that only carries on the one before it stays with it."""
    end = start + len(text[start:end].rstrip("；;。，, 　\n"))
    if not re.search("[，,；;]", text[start:end]):
        yield from wordings(text, start, end)
        return
    marks = re.compile("[；;]" if re.search("[；;]", text[start:end]) else "[，,]")
    begin = start
    for mark in marks.finditer(text, start, end):
        if not _CARRIED_ON.match(text, mark.end(), end) or mark[0] in "；;":
            if cause := _bare(text, begin, mark.start()):
                yield cause
            begin = mark.end()
    if cause := _bare(text, begin, end):
        yield cause


def _bare(text: str, start: int, end: int) -> Evidence | None:
    """The cause without the word that ties it to the others: 既有…，也有…."""
    tie = re.compile(
        r"[ 　]*(?:(?:主观|客观)(?:上|方面|原因)[，,是]?)?(?:因为|由于|既有|也有|还有|又有|既是|也是|又是|还是|一个是|是因为|是由于|再加上|加之|同时)?"
    ).match(text, start, end)
    return trim(text, tie.end() if tie else start, end, "。；;，,")
