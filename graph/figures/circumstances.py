"""What a number holds for, by the words around it: for which part of a place (scope), and for what time (period).

Rules from the language and the genre. What stands nearest before the number counts, first in its own clause, then in
the words of its sentence before that: 全市各级调解组织受理纠纷3402件,调解成功3380件 is about the whole city twice. A scope that is
not said is not guessed: it is none of the others. A period that is not said is the year that the report is on.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from ontology.divisions import divisions

ScopeKind = Literal["whole", "own", "office", "system", "part", "beyond", "unsaid"]
PeriodKind = Literal["year", "since", "to-date", "part", "point", "mean", "target"]

_HAN = "[\u4e00-\u9fff]"


@dataclass(frozen=True, slots=True)
class Where:
    """Whose report it is: the place's code, own name and level, and the department, "" for the government itself."""

    code: str
    name: str
    level: str
    department: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of a place a number is about, and the words that say so ("" where none do).

    The whole of its territory, its own government without those below, its office (a department), all of a department's
    system, one named part, or what reaches beyond the place (全省 in a county's report).
    """

    kind: ScopeKind
    words: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """What time a number is about: the kind, which span of it ("" where the kind says it), the year, the words for it.

    A calendar year, some years up to one (since), all time up to then (to-date), a part of a year, a point in time, a mean
    of many spans, or a target that is yet to be reached. Without words the genre says it.
    """

    kind: PeriodKind
    span: str
    year: int
    words: str = ""


def scope(before: str, where: Where) -> Scope:
    """The scope of a number that stands behind these words of its sentence."""
    found = max(_scopes(before, where), key=lambda each: each[0], default=None)
    return found[1] if found else Scope("unsaid")


# 全市第一, 居全省前列: praise; 全省国家工作人员考试, 全国人大代表建议, 全国民主法治示范村: where a thing is from.
_PRAISE = "平均|第|首|率先|前列|唯一|领先|最|推广|表彰|通报|考核|排名|统一|范围|国家工作人员|和|人大|政协"
_FROM = "[\u4e00-\u9fff“”]{0,10}(?:日|大会|会议|[场进作训谈]会|示范|先进|优秀|试点|称号|奖)"
_LEVELS = "[省市州县区旗乡镇村]{2,4}[两三四]级|各(?:县|区|乡镇|街道|镇街)"
_WHOLE = re.compile(
    rf"全(国|省|自治区|市|州|盟|县|区|旗|镇|乡|街道|街)(?!{_PRAISE}|{_FROM})|辖区|全域|境内|各级|{_LEVELS}"
)
# 区政府聘请, 县本级收到; 市政府网站 is a thing's name, and who reports 向市政府 is not the city.
_GOVERNMENT = re.compile(
    r"(?<![向由经受获报与和、被])(省|自治区|市|州|盟|县|区|旗|镇|乡|街道)"
    r"(?:本级|政府(?!网|门户|信息|公报|采购|投资|规章|系统|各部门|工作报告|法律顾问[^,]*,))"
)
_SYSTEM = re.compile(rf"全系统|本系统|系统内|[局厅委]系统|全[省市县区州]{_HAN}{{2,6}}系统")
_OFFICE = re.compile(r"[我本全](?:局|委|厅)(?!性|意|观|托|属)|[局厅委]机关")
# 三江街道受理, 县公安局办理: one part of the place, where it is the subject of its clause.
_ANY = "全|各|我|本|部分|所有|其他|多|两|每|在|对|由|向|到|从|与|和|将|被|经|以|为|使|让|组织|指导|督促|推动|联合|协调|代表"
_LOWER = re.compile(rf"(?:^|[,;:])({_HAN}{{1,9}}?(?:街道|镇|乡|县|区|市|旗))(?={_HAN})(?!级|域|属|长)")
_BODY = re.compile(
    rf"(?:^|[,;:])((?!{_ANY})(?:(?![由被对向经把]){_HAN}){{2,8}}(?:(?<!全)局|法院|检察院|监察委员会|纪委监委|司法所|派出所|大队|中队)(?=[^长及和等、])(?!负责人))"
)
_RANKS = {"国": 0, "省": 1, "自治区": 1}
_RANKS |= dict.fromkeys("市州盟", 2) | dict.fromkeys("县区旗", 3) | dict.fromkeys(("镇", "乡", "街", "街道"), 4)
_OF_LEVEL = {"province": 1, "prefecture": 2, "county": 3, "township": 4}


def _scopes(before: str, where: Where) -> Iterator[tuple[int, Scope]]:
    """All that is said of scope, each with the place where it ends.

    A superior's name counts only where a clause begins with it: 在全省测评中,我区得分 is no number of the province's.
    """
    patterns: tuple[tuple[re.Pattern[str], ScopeKind], ...] = ((_WHOLE, "whole"), (_GOVERNMENT, "own"))
    for pattern, own in patterns:
        for found in pattern.finditer(before):
            kind = _reach(found[1], where, own)
            if kind != "beyond" or before[: found.start()].endswith((",", ";", ":")) or not found.start():
                yield found.end(), Scope(kind, found[0])
    for found in _SYSTEM.finditer(before):
        yield found.end(), Scope("system", found[0])
    for found in _OFFICE.finditer(before):
        if where.department:
            yield found.end(), Scope("office", found[0])
    for found in _LOWER.finditer(before):
        if found[1] in _below(where.code):
            yield found.end(), Scope("part", found[1])
    for found in _BODY.finditer(before):
        itself = bool(where.department) and found[1].endswith(where.department)
        yield found.end(), Scope("office" if itself else "part", found[1])


@lru_cache(maxsize=64)
def _below(code: str) -> frozenset[str]:
    """The names of the divisions below a place."""
    table = divisions()
    return frozenset(table[each].name for each in table.descendants(code))


def _reach(rank: str | None, where: Where, own: ScopeKind) -> ScopeKind:
    """Whether 全市 is the whole of a place: of 义乌市, a county, it is; of 雁峰区 it is the city that the district is in."""
    if rank is None or where.name.endswith(rank) or (rank in ("街道", "街") and where.name.endswith("街道")):
        return own
    level = _OF_LEVEL.get(where.level, 0)
    return own if _RANKS[rank] == level else "part" if _RANKS[rank] > level else "beyond"


class _Rule(NamedTuple):
    """Words that tell of a period; `reach` is how far before the number they may stand.

    In its own clause; there or in a short clause before it (去年,全市共出具…); anywhere before it in the sentence.
    """

    kind: PeriodKind
    pattern: re.Pattern[str]
    reach: Literal["own", "short", "sentence"] = "sentence"


_SHORT = 10
_COUNT = r"(?:\d{1,2}|[一二两三四五六七八九十])"
_MONTH = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])"
_TO = "(?:-|—|至|到|~)"
# A thing may have years of its own: of 2012年以来制发的217份文件 the looking through is this year's.
_MADE = "[^,]{0,12}(?:制发|印发|出台|制定|发布|有效|形成|实施的)"
_RULES = (
    _Rule("target", re.compile(r"力争|目标[是为]|争取(?:达|实现)|明年|下一年"), "own"),
    _Rule("mean", re.compile(r"[月日周年人户件]均|每[月日周年季]|平均每"), "own"),
    _Rule("since", re.compile(rf"近{_COUNT}年|(?<!\d)(?!一年){_COUNT}年(?:多|以)?来")),
    _Rule("since", re.compile(rf"[自从]?20\d\d年[^,]{{0,6}}(?:以来|至今)(?!{_MADE})")),
    _Rule("since", re.compile(rf"(?<!年初)(?<!年度)(?<![月日年])以来(?!{_MADE})")),
    _Rule("year", re.compile(rf"1月?{_TO}12月|全年|(?<![近两三四五])年内|今年|本年|当年|年初以来|一年来")),
    _Rule(
        "part",
        re.compile(
            rf"{_MONTH}月份?以来|{_MONTH}(?:月份?)?{_TO}{_MONTH}月|[上下]半年|[一二三四]季度|(?<![\d年]){_MONTH}月份?(?:\d{{1,2}}日)?(?!底|末|均|报|度|刊|年)|(?<=20\d\d年){_MONTH}月(?!底|末)"
        ),
    ),
    _Rule(
        "year",
        re.compile(r"(?<![较比与同由从于出过])(?:去年|上一?年度?)(?!同期|结转|相比|的?同|末|底|[^,]{0,3}转)"),
        "short",
    ),
    _Rule(
        "year",
        re.compile(r"(?<![\d—\-~至较比同自从由据对])20\d\d年(?!以来|来|起|底|末|前|后|至|到|-|—|度?(?:计划|目标))"),
        "short",
    ),
    _Rule("year", re.compile(r"新(?:增|聘|建|设|配|取得|办|收|发|制定|培训)"), "own"),
    _Rule("point", re.compile(r"截[至止]|目前|年[末底](?!前)")),
    _Rule(
        "point",
        re.compile(r"现有|共有|拥有|现(?:保留|聘|配|设)|在[册岗编]|存量|配备|聘请|聘有|选聘|设有|建有|持有|持证|总数"),
        "own",
    ),
)
# 累计 says of itself only that numbers were added up: behind 全年 they are a year's.
_TO_DATE = re.compile(r"累计|历年|迄今|至今")
_TITLE = re.compile(r"《[^》]*》|“[^”]*”")
_YEAR = re.compile(r"20\d\d")
_DIGITS = dict(zip("一二三四五六七八九十两", (*range(1, 11), 2), strict=True))


def period(before: str, clause: str, year: int) -> Period:
    """The period of a number in a report on `year`: `clause` are the words of its own clause, `before` those before it."""
    to_date = ""
    for distance, words in enumerate((clause, *reversed(before.split(",")))):
        words = _TITLE.sub("", words)
        for rule in _RULES:
            if _reaches(rule, distance, words) and (found := rule.pattern.search(words)):
                return _period(rule.kind, found[0], year)
        if not to_date and (added := _TO_DATE.search(words)):
            to_date = added[0]
    return Period("to-date", "", year, to_date) if to_date else Period("year", "", year)


def _reaches(rule: _Rule, distance: int, words: str) -> bool:
    return distance == 0 or rule.reach == "sentence" or (rule.reach == "short" and len(words) <= _SHORT)


def _period(kind: PeriodKind, words: str, year: int) -> Period:
    named = _YEAR.search(words)
    if kind == "since":
        count = re.search(_COUNT, words.replace("年来", "年")) if not named else None
        if named:
            return Period(kind, f"{year - int(named[0]) + 1}", year, words)
        return Period(kind, str(_DIGITS.get(count[0]) or count[0]) if count else words, year, words)
    if kind == "year":
        if named:
            return Period(kind, "", int(named[0]), words)
        return Period(kind, "", year - 1 if words.startswith(("去", "上")) else year, words)
    return Period(kind, words if kind in ("part", "mean") else "", year, words)
