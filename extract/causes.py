"""The reasons that a report gives for a shortcoming: where they begin, and one by one.

A cause needs a marker. Some markers lead to the rest of the passage (`主要原因是…`, `究其根源，一是…二是…`), some to
one clause (`由于编制紧张，`, `受经费所限`), some follow the cause (`与培训走过场有关`, `…所致`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.enumeration import find_list
from extract.records import Evidence
from extract.roles import FAULT
from extract.sentences import trim

CAUSE_WORDS = "原因|主因|缘由|缘故|根源|根由|成因|起因|诱因|症结|根子|病根|病因|源头|原委|根本"
_STOP = r"[^，,。；;：:\n]"
# 主要原因在 / 究其原因， / 出现这种状况的原因： / 根子在于 / 症结在于 / 究其缘由， / 主要是因为 / 主要是
_LEAD = re.compile(
    rf"(?:(?<=[，,。；;：:\n”])|^)[ 　]*(?:"
    rf"(?!由于|因|受|鉴于|[^，,]{{0,6}}既有){_STOP}{{0,16}}(?:{CAUSE_WORDS})(?:上|上看|上说)?(?:{_STOP}{{0,6}}?(?:(?:还|就|主要|也|多)?(?:是因为|是由于|是|在于|在)|有|为|出在|包括|如下|分析)|(?=[，,：:\n]))[，,：:]?(?:(?:还|就|主要)?(?:在于|是)[，,：:]?)?"
    rf"|{_STOP}{{0,12}}之所以{_STOP}{{2,24}}[，,](?:从{_STOP}{{2,12}}(?:分析|来看|来说|看|讲|说)[，,：:])?(?:(?:主要)?是(?:因为|由于|在于|受)?[，,：:]?)?"
    r"|(?:问题|毛病|根源)(?:就|还是|主要)?出在"
    r"|(?:说到底|归根结底|归根到底|归结起来|究其实质|追根溯源)[，,]?(?:(?:主要)?有[^，,。；;：:\n]{0,8}(?:原因|因素|方面)[：:])?(?:还)?(?:是|在于)?(?:因为|由于)?"
    r"|(?:这|其)?(?:都|全|多|大多|正|往往)?是(?:因为|由于)[，,：:]?"
    r"|究其(?!原)[^，,：:。；;\n]{1,3}[，,：:](?:在于|是)?|(?:这|主要|更多|多)+(?:受制于|受限于|受困于|囿于|源自|归咎于)"
    r"|(?:这|其|究其)?主要(?:(?:是|还是)(?:因为|由于|受|因)?|因为|由于)[，,：:]?(?!要|对|通过|表现|体现|集中|在)"
    r"|(?:这|其|前者|后者|[此这]类[问题现象]{2})?(?:主要|多)?(?:源于|缘于|归因于|起因于)[，,：:]?)[ 　\n]*"
)
# 上述问题的原因 stands for all shortcomings at once.
_FOR_ALL = re.compile(r"上述|以上|这些|前述|几个?方面(?:问题|不足)|存在(?:上述|以上|这些|的|问题|不足)")
# 由于编制紧张，… / 因人员流动快，… / 受经费所限，…
_CLAUSE_CAUSE = re.compile(
    r"(?:(?<=[，,。；;：:\n])|^)[ 　]*(?:"
    rf"(?:由于|因为|鉴于|盖因)(?P<a>{_STOP}{{3,60}}?)(?:等)?(?:的)?(?:缘故|原因|因素)?(?=[，,。；;：:\n]|$)"
    rf"|因(?!此|而|地|素|材|案|人|事|时|势)(?P<b>{_STOP}{{3,40}}?)(?:，|,|所致|而(?=[^，,]{{0,12}}[不难未]))"
    rf"|{_STOP}{{2,8}}(?<![原起成内外病肇])因(?!此|而|地|素|材|案|人|事|时|势|子)(?P<d>{_STOP}{{4,40}}?)(?:，|,)"
    rf"|(?:这|也|还)?(?:主要|多|更多)?(?:是|系)?受(?P<c>{_STOP}{{2,40}}?)(?:等)?(?:因素)?(?:的)?(?:双重|多重|共同|综合)?(?:影响|制约|限制|所限|约束)"
    rf"|(?:{_STOP}{{0,12}}(?:受制于|受限于|受困于|囿于)|限于)(?P<e>{_STOP}{{2,40}}?)(?=[，,。；;\n]|$))"
)
# …与培训走过场有很大关系 / 这同A，B分不开 / …所致 / 是…造成的 / …是律师不愿下去的主要原因
_TRAILING_CAUSE = re.compile(
    rf"(?:(?<=[，,。；;：:\n])|^)[ 　]*(?:"
    r"这(?:也)?(?:与|同|跟|和)(?P<d>[^。；;\n]{3,80}?)(?:有(?:着)?(?:很大|直接|一定|密切|较大)?的?关系?|不无关系|(?:密切|直接)?相关|密不可分|分不开)"
    rf"|(?:(?<=[。\n])|^)(?P<e>[^。；;：:\n]{{4,80}})[，,](?:这)?(?:也|正)?(?:是|成为|系){_STOP}{{0,16}}?(?:原因|主因|缘由|缘故|根源|症结)(?:所在|之一)?(?=[，,。；;\n]|$)"
    rf"|(?:这里头|其中|这)?既有(?P<f>{_STOP}{{4,40}}?)的(?:客观|主观|主要)?(?:{CAUSE_WORDS}|因素)[，,]也(?:有|因|是|与)(?P<g>{_STOP}{{4,60}}?)(?:的(?:客观|主观|主要)?(?:{CAUSE_WORDS}|因素)|有关)?(?=[，,。；;\n]|$)"
    rf"|(?P<c>{_STOP}{{4,60}}?)(?:是|成为|系){_STOP}{{0,20}}?(?:(?:主要|重要|根本|直接|客观|主观|关键|一个)(?:原因|因素|诱因)|主因)"
    rf"|(?:{_STOP}{{0,12}}则)?(?:也)?(?:与|同|跟|和)(?P<a>{_STOP}{{3,60}}?)(?:(?:有(?:着)?(?:很大|直接|一定|密切|较大)?的?关系?|不无关系)|(?:密切|直接)?相关|密不可分|分不开|脱不[开了](?:关系|干系)?)"
    rf"|(?:这|此)?(?:主要|多|也)?(?:是|系|为|由|因)?(?P<b>{_STOP}{{3,60}}?)(?:所致|(?:所)?(?:造成|导致|引起)的))"
)
_LONGEST_WORDING = 160
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
    matches = sorted(
        (match for pattern in (_CLAUSE_CAUSE, _TRAILING_CAUSE) for match in pattern.finditer(words)),
        key=lambda match: match.start(),
    )
    causes = tuple(
        cause
        for match in matches
        for name in "abcdefg"
        if match.groupdict().get(name)
        for cause in wordings(text, start + match.start(name), start + match.end(name))
    )
    if not causes:
        return None
    return Reasons(start + matches[0].start(), start + matches[-1].end(), causes)


def reasons_under(text: str, start: int, end: int) -> Reasons | None:
    """The causes in text[start:end], which a heading says are the causes of all (`（二）原因分析`)."""
    causes = tuple(_listed(text, start + len(text[start:end]) - len(text[start:end].lstrip("。：: 　\n")), end))
    return Reasons(start, end, causes, for_all=True, rest=True) if causes else None


def _listed(text: str, start: int, end: int) -> Iterator[Evidence]:
    """The causes behind a lead: a numbered one stays whole, an unnumbered list is split at its members."""
    listed = find_list(text, start, end)
    if listed and not text[start : listed[0].start].strip(" 　\n，,：:"):
        for item in listed:
            if cause := _bare(text, item.text, item.end):
                yield cause
        return
    stop = re.compile(r"[。\n]").search(text, start, end)
    yield from _members(text, start, stop.start() if stop else end)


def wordings(text: str, start: int, end: int) -> Iterator[Evidence]:
    """The members of `编制紧缺、待遇偏低以及培训走过场`, each a wording of its own: `编制、经费不足` stays whole."""
    begin = start
    parted = "以及" in text[start:end]
    for mark in re.compile("以及" if parted else "、|，|,|(?<=[^，、]{5})和(?=[^，、]{5})").finditer(text, start, end):
        before = text[max(begin, mark.start() - _LONGEST_WORDING) : mark.start()]
        behind = re.split("[、，,]", text[mark.end() : min(end, mark.end() + _LONGEST_WORDING)], maxsplit=1)[0]
        if parted or (_stands_alone(before) and _stands_alone(behind)):
            yield Evidence(begin, mark.start())
            begin = mark.end()
    if begin < end:
        yield Evidence(begin, end)


def _stands_alone(words: str) -> bool:
    """Whether a wording has a subject and a fault of its own: not 吃得不透 behind 对条例学得粗."""
    return len(words) >= 4 and bool(FAULT.search(words)) and not re.match("[\u4e00-\u9fff]得", words)


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
        r"[ 　]*(?:(?:主观|客观)(?:上|方面|原因)[，,是]?)?(?:因为|由于|既有|也有|还有|又有|既是|也是|又是|还是|一个是|再加上|加之|同时)?"
    ).match(text, start, end)
    return trim(text, tie.end() if tie else start, end, "。；;，,")
