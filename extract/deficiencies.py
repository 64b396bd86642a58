"""Shortcomings that a report states of itself, with their causes.

They stand as items of a list in a part of their own or in a passage of another part, as sentences without
numbers, as the objects of one sentence (`存在执法力量不足、普法形式单一等问题`), and now and then only in what was done
(`…，说明程序关还没有守牢`) or in a plan that answers one (`针对败诉率高的问题，…`).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from extract.causes import CAUSE_WORDS, Reasons, find_reasons, reasons_under, wordings
from extract.enumeration import Item, find_list
from extract.guarded import Guarded
from extract.outline import Outline
from extract.records import Cause, Deficiency, Evidence
from extract.roles import FAULT, FAULTS, SHORTCOMING_CUE, is_no_fault
from extract.sentences import clauses, lines, sentences, statements, trim

# …的现象时有发生, …的问题仍然存在: says that it is so, not what it is.
_IT_IS_SO = re.compile(
    r"(?:的)?(?:问题|现象|情况|情形|毛病|老毛病|老问题|状况)(?:仍|还|也|依然|仍然|依旧|时有|较为?|比较|普遍|一定程度|没有|尚未|未能).{0,10}$"
)
_AROUND = re.compile(
    rf"^(?:针对|(?:但|不过|然而)?(?:也|还|仍|尚|依然|然|是)*(?:存在|有)(?:着)?)([^，,]+?)(?:等)?(?:的)?(?:突出)?(?:{FAULTS}|现象|情况)$"
)
# 存在执法力量不足、普法形式单一等问题
_OBJECTS = re.compile(
    rf"(?:存在|面临|有)(?:着|一些|以下|诸如)*(?P<list>[^。；;：:]{{6,120}}?)(?:等(?:方面)?(?:的)?)(?:突出)?(?:{FAULTS}|情况|现象)"
)
_IN_PLAN = re.compile(
    r"针对(?P<what>[^，,。；;]{4,36}?)(?:等)?(?:的)?(?:“?(?:老大难|突出|薄弱|短板|共性)”?)?(?:的)?(?:问题|短板|现象|状况|实际)[，,]"
)
# 一起诉讼输在送达上，说明镇里办案的程序关还没有守牢
_ADMITTED = Guarded(
    re.compile(
        r"[，,](?:这)?(?:也|又|都|正)?(?:说明|表明|可见|足见|证明|反映出?+|暴露出?+|折射出?+)(?:了|我们?)?+(?P<what>(?!企业|群众|商户|当事人|经营|[居村]民)[^，,。；;“”]{2,24}?(?:[还仍尚](?:然)?|依然)(?:没|未|不|欠|缺|有待|有所欠)[^，,。；;]{1,12})"
    )
)
# …。不过村级财务公开不够及时，…: granted in the middle of what was done.
_GRANTED = Guarded(
    re.compile(
        r"(?:^|(?<=[。；;\n]))[ 　]*(?:不过|遗憾的是|美中不足的是|需要指出的是)[，,]?(?P<what>[^，,。；;“”]{5,24})(?=[，,。；;])"
    )
)
_PREDICATE = re.compile(
    r"(?:高|低|难|弱|少|差|慢|乱|散|软|粗|旧|[不未][\u4e00-\u9fff]{1,4}|缺乏|欠缺|短缺|薄弱|单一|滞后|脱节)$"
)
_ANNOUNCED = re.compile(r"(?:表现|体现|集中|反映|如下|有|是)[^，。：:]{0,8}[：:]$")
# 究其原因，…; not 主要是：… nor 存在的不足和原因主要有：…, which announce shortcomings.
_NAMES_CAUSES = re.compile(rf"(?<!和)(?<!及)(?<!与)(?<!、)(?:{CAUSE_WORDS}|因为|由于)")
# 问题：执法队伍撑不起任务 — a label before the shortcoming.
_LABEL = re.compile(
    r"(?:目前|当前|存在|主要|突出|最大|的){0,5}(?:问题|不足|短板|差距|表现)[一二三四五六七八九十\d]{0,2}(?:主要)?(?:是|有|在于|为)?[：:]"
)
# 比较突出的是， / 需要引起重视的是， / 最薄弱的环节是 / 从检查情况看， / 坦率地讲， — before the shortcoming itself.
_LEADS_TO = re.compile(
    r"(?:(?:其中|当前|目前)[，,]?)?(?:"
    r"(?:(?:比较|较为?|最为?|尤为|尤其|更为?|十分|特别|相对)?(?:突出|明显|典型|集中|普遍|薄弱|棘手|迫切)"
    r"|(?:需要?|应当?|应该|亟需|必须|值得)(?:引起|加以|高度)*(?:重视|注意|关注|警惕|正视|反思)|不容(?:忽视|回避))"
    r"的(?:一[个点条])?(?:问题|短板|不足|环节|表现|方面)?(?:就|还|主要|仍)?(?:是|在于)[，,：:]?"
    r"|从[^，,。；;：:\n]{2,12}看[，,]|(?:坦率|坦诚|客观|实事求是)地?[讲说][，,]|(?:平心而论|不可否认)[，,])"
)
# 说到底是三个“难”。 / 归纳起来有以下几个方面。 — a sentence that only counts the points that follow.
_COUNTS_POINTS = re.compile(
    r"(?<![只仅])(?:是|有|为|在|在于|存在)(?:以下|如下|这么)?[一二两三四五六七八九十几]+"
    rf"(?:点|(?:个|大|处|类|块)?(?:方面|短处|难[题处]?|不够|不到位|硬骨头|{FAULTS}|[“\"][^”\"，。\n]{{1,8}}[”\"])(?:的?{FAULTS})?)。?$"
)
# （一）存在的主要问题 and （二）原因分析: headings for all shortcomings and for all causes.
_ALL_FAULTS = re.compile(
    rf"(?:当前|目前|存在|主要|突出|工作|中|的)*(?:{FAULTS}|薄弱环节)(?:[和与及、](?:{FAULTS}|薄弱环节))*(?:表现)?"
)
_ALL_CAUSES = re.compile(rf"(?:产生|造成|存在|问题|不足|短板|主要|深层次?|的)*(?:{CAUSE_WORDS})(?:分析|剖析|探究)?")
# Clauses that only say where or when: 执法过程中，/ 在普法方面，/ 随着…
_SETTING = re.compile(r"(?:方面|过程|中|上|时|后|里|下|来看|而言|领域|期间|环节)$|^(?:随着|面对|对照|与.*相比)")
# 有的村干部碰上难缠事，: what is amiss follows.
_OCCASION = re.compile(r"(?:遇[到上]|碰[到上]|面对(?!的)|一到|轮到)[^，,不没未]{1,10}$")
_TURN = re.compile("[，,；;]?(?:但|不过|然而|只是)?是?")
_ADDED = re.compile(r"(?<=[。；;\n])[ 　]*(?:此外|另外|除此之外|除此以外|再者|再有)[，,]")
_NO_QUOTES = dict.fromkeys(map(ord, '“”"‘’'))
_ASKS_FOR_ALL = re.compile("究其(?:原因|根源|根本|根由|缘由|实质)")
_LONGEST_HEADING = 40
_SENTENCES_THAT_LEAD_IN = 2
_DEEPEST = 3  # headings for all shortcomings under such headings


def find_deficiencies(
    outline: Outline, classify: Callable[[str, str], tuple[str, ...]], mechanisms: Callable[[Evidence], tuple[str, ...]]
) -> Iterator[Deficiency]:
    """The report's shortcomings in order.

    `classify(statement, passage)` gives the weakness ids of a wording, `mechanisms(slice)` the mechanisms it names.
    """
    text, seen = outline.text, set[str]()
    for zone in outline.of_role("deficiencies"):
        for passage, reasons in _passages(text, zone.words, zone.end):
            statement = _statement(text, passage)
            if not statement:
                continue
            causes = tuple(
                Cause(cause.of(text), classify(cause.of(text), cause.of(text)), cause)
                for cause in (reasons.causes if reasons else ())
            )
            found = Deficiency(statement, classify(statement, passage.of(text)), causes, mechanisms(passage), passage)
            seen.update(found.categories)
            yield found
    for zone in outline.of_role("achievements", "responsibility"):
        granted = (each for each in _GRANTED.finditer(text, zone.start, zone.end) if FAULT.search(each["what"]))
        for match in (*_ADMITTED.finditer(text, zone.start, zone.end), *granted):
            evidence, what = Evidence(*match.span("what")), match["what"]
            yield Deficiency(what, classify(what, what), (), mechanisms(evidence), evidence, confidence=0.7)
    for zone in outline.of_role("plans"):
        for match in _IN_PLAN.finditer(text, zone.start, zone.end):
            categories = classify(match["what"], match["what"])
            if _PREDICATE.search(match["what"]) and not seen.intersection(categories):
                evidence = Evidence(match.start(), match.end() - 1)
                yield Deficiency(match["what"], categories, (), mechanisms(evidence), evidence, confidence=0.7)


def _passages(
    text: str, start: int, end: int, common: Reasons | None = None, depth: int = 0
) -> Iterator[tuple[Evidence, Reasons | None]]:
    """Each shortcoming's passage without its causes, and the causes; those named for all go to each.

    Where a part has a heading for its shortcomings (`（一）存在问题`) and perhaps one for their causes (`（二）原因分析`),
    what stands under the first are the shortcomings, and what stands under the second are the causes of all.
    """
    # 我们逐条对照：（一）执法不严，打算：…: the first of several that are answered one by one stands alone.
    listed = find_list(text, start, end) or find_list(text, start, end, least=1, at_line_start=True)
    headings = [_heading(text, item) for item in listed]
    if depth < _DEEPEST and any(
        _heads_all(text, item, heading) for item, heading in zip(listed, headings, strict=True)
    ):
        for item, heading in zip(listed, headings, strict=True):
            if _ALL_CAUSES.fullmatch(heading.of(text)):
                common = reasons_under(text, heading.end, item.end)
        for item, heading in zip(listed, headings, strict=True):
            if _heads_all(text, item, heading):
                yield from _passages(text, heading.end, item.end, common, depth + 1)
        return
    if not common and (common := _reasons_listed(text, start, end, listed)):
        listed, end = find_list(text, start, common.start), common.start
    listed = listed or _unnumbered(text, start, end)
    if listed:
        listed = [*listed[:-1], *_with_addendum(text, listed[-1])]
    found = [(item, find_reasons(text, item.text, item.end)) for item in listed]
    common = common or _common_reasons(text, found)
    for item, reasons in found:
        passage = _without_reasons(text, item, reasons)
        if passage and not is_no_fault(next(sentences(text, passage.start, passage.end)).of(text)):
            yield passage, _joined(common, reasons)


def _with_addendum(text: str, last: Item) -> Iterator[Item]:
    """The last item of a list and, apart, the shortcoming that is added to the list behind it: `。此外，数据没有打通。`"""
    added = _ADDED.search(text, last.text, last.end)
    reasons = find_reasons(text, last.text, last.end)
    if added and reasons and reasons.start < added.start() and (reasons.for_all or text[added.start() - 1] in "；;"):
        added = None  # 究其原因，…；此外，县级财力紧张: one more of the causes
    if added and _is_shortcoming(text[added.end() : last.end]) and text[last.text : added.start()].strip():
        yield last._replace(end=added.start())
        yield Item(added.start(), added.end(), last.end)
    else:
        yield last


def _heads_all(text: str, item: Item, heading: Evidence) -> bool:
    """Whether an item's heading is that of all shortcomings, and no label of one: `（一）问题：执法力量薄弱。`"""
    labels = text[heading.end : heading.end + 1] in ("：", ":") and not find_list(text, heading.end + 1, item.end)
    return bool(_ALL_FAULTS.fullmatch(heading.of(text))) and not labels


def _heading(text: str, item: Item) -> Evidence:
    """An item's words up to its first stop or line end."""
    match = re.compile(r"[^。；;：:\n]*").match(text, item.text, item.end)
    return Evidence(item.text, match.end() if match and match[0].strip() else item.text + 1)


def _reasons_listed(text: str, start: int, end: int, listed: list[Item]) -> Reasons | None:
    """The part's causes, where they and not its shortcomings are what it lists: `…。究其原因，一是…二是…`."""
    reasons = find_reasons(text, start, end)
    if not listed or reasons is None or not reasons.rest or reasons.start >= listed[0].start:
        return None
    lead = text[reasons.start : listed[0].start]
    if not _NAMES_CAUSES.search(lead) or not FAULT.search(text, start, reasons.start):
        return None
    return reasons


def _without_reasons(text: str, item: Item, reasons: Reasons | None) -> Evidence | None:
    """The item's words without its label and without causes that stand before or behind the shortcoming."""
    label = _LABEL.match(text, item.text, item.end)
    start, end = _behind_lead(text, label.end() if label else item.text, item.end), item.end
    if reasons and text[start : reasons.start].strip():
        end = reasons.start if not text[reasons.end : item.end].strip("。；;，,的 　\n") or reasons.rest else item.end
    elif reasons:  # 由于编制紧张，执法力量不足: the cause leads
        start = end - len(text[reasons.end : end].lstrip("的，,"))
    return trim(text, start, end, "。；;，,：:")


def _behind_lead(text: str, start: int, end: int) -> int:
    """Behind the words that lead to a shortcoming, where its sentence still names one: not 最突出的是取证。"""
    lead = _LEADS_TO.match(text, start, end)
    rest = next(sentences(text, lead.end(), end), None) if lead else None
    return rest.start if rest and FAULT.search(rest.of(text)) else start


def _common_reasons(text: str, found: list[tuple[Item, Reasons | None]]) -> Reasons | None:
    """Causes that stand behind the last item and are named for the whole list.

    They say so (`上述问题的原因`), or stand in a paragraph of their own behind items of one paragraph each, or, behind a
    list in one paragraph whose other items have none, in a sentence of their own: `；…。根子在于`. `究其原因` asks for the
    causes of all behind a list of sentences, too.
    """
    if len(found) < 2 or (last := found[-1][1]) is None:
        return None
    if last.for_all:
        return last
    others = any(reasons for _, reasons in found[:-1])
    one_line_each = not any("\n" in text[item.start : item.end].strip() for item, _ in found[:-1])
    before = text[: last.start].rstrip(" 　")
    if before.endswith("\n"):
        return last if one_line_each or not others else None
    if others or not one_line_each or not before.endswith("。"):
        return None
    joined = all(re.search("[；;]", text[item.end - 1 : item.end + 1]) for item, _ in found[:-1])
    one_paragraph = "\n" not in text[found[0][0].start : found[-1][0].start]
    return last if one_paragraph and (joined or _ASKS_FOR_ALL.match(text, last.start)) else None


def _joined(common: Reasons | None, own: Reasons | None) -> Reasons | None:
    """A shortcoming's own causes and those named for the whole list."""
    if common is None or own is None or own is common:
        return common or own
    return replace(own, causes=(*own.causes, *common.causes))


def _unnumbered(text: str, start: int, end: int) -> list[Item]:
    """Shortcomings without numbers: paragraphs, else what semicolons part, else sentences, else named objects."""
    start, whole = _after_lead_in(text, start, end), start
    if start > whole and "\n" not in text[start:end].strip() and (listed := find_list(text, start, end)):
        return listed  # …还有差距。一是执法不严。
    if objects := _OBJECTS.search(text, start, end):
        return [
            Item(piece.start, piece.start, piece.end)
            for piece in wordings(text, *objects.span("list"))
            if FAULT.search(piece.of(text))
        ]
    for parts in (lines, _by_semicolon, sentences):
        pieces = _with_reasons(text, parts(text, start, end))
        if len(pieces) == 1 and parts is sentences and len(members := _enumerated(text, pieces[0])) > 2:
            pieces = members
        if len(pieces) > 1 or (pieces and parts is sentences):
            return [Item(piece.start, piece.start, piece.end) for piece in pieces]
    return []


def _with_reasons(text: str, parts: Iterator[Evidence]) -> list[Evidence]:
    """The parts that state a shortcoming, each with those behind it that only tell its causes: `究其缘由，一来…`."""
    pieces: list[Evidence] = []
    for part in parts:
        if pieces and _only_tells_causes(text, part):
            pieces[-1] = Evidence(pieces[-1].start, part.end)
        elif _is_shortcoming(part.of(text)):
            pieces.append(part)
    return pieces


def _only_tells_causes(text: str, part: Evidence) -> bool:
    """Whether a part is nothing but causes: not 由于编制紧张，执法力量不足."""
    reasons = find_reasons(text, part.start, part.end)
    return bool(reasons and reasons.start == part.start and not text[reasons.end : part.end].strip("。；;的 　"))


def _enumerated(text: str, piece: Evidence) -> list[Evidence]:
    """The members of a sentence that is nothing but a list: 学法不够、执法不严、普法老套。"""
    words = piece.of(text).rstrip("。")
    return list(wordings(text, piece.start, piece.start + len(words))) if not re.search("[，,；;：:]", words) else []


def _by_semicolon(text: str, start: int, end: int) -> Iterator[Evidence]:
    if re.search("[；;]", text[start:end]):
        yield from statements(text, start, end)


def _after_lead_in(text: str, start: int, end: int) -> int:
    """Behind the words that only announce: `与上级要求相比，还有差距，主要表现在：`."""
    first = next(sentences(text, start, end), None)
    if first is None:
        return start
    for sentence in islice(sentences(text, start, end), _SENTENCES_THAT_LEAD_IN):
        if _COUNTS_POINTS.search(sentence.of(text)) and text[sentence.end : end].strip():
            return sentence.end
    words = first.of(text)
    colon = re.search(r"[：:]", words)
    if colon and (
        SHORTCOMING_CUE.search(words[: colon.end()])
        or colon.end() == len(words)
        or _ANNOUNCED.search(words[: colon.end()])
    ):
        return first.start + colon.end()
    if SHORTCOMING_CUE.search(words) and not _OBJECTS.search(words) and len(words) < 60 and first.end < end:
        return first.end
    return start


def _is_shortcoming(words: str) -> bool:
    """Whether a sentence without a number states a shortcoming that is still there."""
    return (
        bool(FAULT.search(words)) and not is_no_fault(words) and not re.match("(?:主要)?原因|下一步|究其|当然", words)
    )


def _statement(text: str, passage: Evidence) -> str:
    """The shortest wording that names the shortcoming: its heading, else the first clause that names a fault."""
    words = passage.of(text)
    heading = re.split(r"[。；;：:\n]", words, maxsplit=1)[0].strip()
    if len(heading) < len(words) and len(heading) <= _LONGEST_HEADING and not re.search("[，,]", heading):
        return _shortened(heading)
    begin = passage.start
    for clause in clauses(text, passage.start, passage.end):
        if is_no_fault(clause.of(text)):  # 未发现违法决策，但个别制度未及时修订
            turn = _TURN.match(text, clause.end)
            begin = turn.end() if turn else clause.end
            continue
        if clause.end < passage.end and _OCCASION.search(clause.of(text)):
            continue
        if FAULT.search(clause.of(text)) or (clause.end - begin >= 8 and not _SETTING.search(clause.of(text))):
            return _shortened(text[begin : clause.end])
    return _shortened(heading)


def _shortened(words: str) -> str:
    """The wording without `的现象时有发生`, `针对…问题` or `但仍存在…问题` around it, where enough is left."""
    short = _IT_IS_SO.sub("", _AROUND.sub(r"\1", words))
    names_it = len(short.translate(_NO_QUOTES)) >= 5 and FAULT.search(short)
    return short if names_it else words
