"""Text → the divisions that it names, each with what it may mean and how much that tells about the reporting office.

A full name counts anywhere (怀宁县), a short one only where it can be nothing else: at the head of a law firm's name
(广东恒益律师事务所). Names of two characters (城区, 和县) and common nouns that are also names (新城区) count only
right after a place that holds them (南京市鼓楼区). What a place next to it rules out is no reading of a name.

Weights, the measure that `extract/office/jurisdictions.py` adds up:
    HEAD 8      title, index card, breadcrumbs, addressee, sign-off: outside the running text
    ORGAN 4     an organ of the place stands beside the name (怀宁县委, 新会区人民法院)
    TRACE 2     a law firm, a government app or a filing letter of one place (浙里办, 粤ICP备)
    NAMED 1     named in passing
    PARTNER 0   named as a partner, model or origin of others (赴吴江区考察, 借鉴…经验, 与浦江县交界)
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ontology.divisions import Divisions, read_rows

HEAD, ORGAN, TRACE, NAMED, PARTNER = 8.0, 4.0, 2.0, 1.0, 0.0

_LAST = re.compile(r"[省市州盟县区旗镇乡]|街道|苏木")
_LONGEST = 16
# Names that are common nouns in running text.
_COMMON = re.compile(
    "[老新南北]?[城市]区|城中区|市中区|开发区|高新区|示范区|管理区|城郊乡|城关乡|中心镇|工业园区|文化区|城镇|新区|分乡镇|经济开发区|工业园|"
    "(?:中心|开发区|城区|城郊)街道"
)
# 东方市|场, 城阳区|域, 和平镇|定: the last character belongs to the next word.
_WORD_GOES_ON = re.compile(r"(?<=市)[场]|(?<=区)[域块间别]|(?<=县)域|(?<=乡)[村镇贤亲愁土]|(?<=镇)[静定]")
_ORGAN = re.compile(
    r"委(?!托)|党委|政府|人民|人大|政协|纪|监委|法院|检察|司法|公安|公证|党校|综治|社会治理|矛调|信访|"
    r"(?:党)?工委|办事处|行政服务|政务服务|[\u4e00-\u9fff]{2,9}(?:局|分局|管委会)"
)
_COUNTY_ORGAN = re.compile(r"委(?!托)|人民政府|人民法院|人民检察院|司法局")
_PARTNER_BEFORE = re.compile(
    r"(?:赴|前往|借鉴|考察|学习|对标|来自|外地|异地|兄弟|毗邻|邻近|相邻|接壤|周边|跨省|跨市|跨区|跨界|结对|对口|帮扶|援助|引进|户籍)"
    r"[^。;；,，]{0,12}$"
)
_PARTNER_AFTER = re.compile(r"^[^。;；,，]{0,8}?(?:经验|先进做法|考察|籍|交界|接壤|毗邻|结对|等地|等兄弟)")
_LAW_FIRM = "律师事务所"
_FIRM = re.compile(rf"([\u4e00-\u9fff]{{4,14}})[（(]?([\u4e00-\u9fff]{{2,4}})?[）)]?{_LAW_FIRM}")
_LONGEST_FIRM = 14 + 1 + 4 + 1 + len(_LAW_FIRM)
# Firms of the two capitals of the trade have offices everywhere: 北京盈科(杭州)律师事务所.
_EVERYWHERE = ("北京", "上海")
_SITE_CODE = re.compile(r"(?:网站标识码|公网安备)\D{0,3}(\d{6})")


class Place(NamedTuple):
    """One naming of a division: where, as what, which codes it may mean, and what it weighs."""

    start: int
    end: int
    name: str
    codes: tuple[str, ...]
    weight: float


def find_places(text: str, divisions: Divisions, head: tuple[tuple[int, int], ...] = ()) -> list[Place]:
    """All namings in order; those inside the stretches of `head` weigh as much as a letterhead."""
    named = list(_weighed(text, _in_chains(text, _full_names(text, divisions)), head))
    return sorted((*named, *_firms(text, divisions), *_traces(text, divisions)), key=lambda place: place.start)


def _full_names(text: str, divisions: Divisions) -> Iterator[Place]:
    """Full names and the short ones of autonomous places (临夏州), the longest that ends at each 县, 区, 镇…"""
    full, short, every, endings = divisions.names, divisions.short_forms, divisions.every_name, divisions.endings
    for last in _LAST.finditer(text):
        end = last.end()
        if text[max(0, end - 2) : end] not in endings:  # 全市, 我县
            continue
        for start in range(max(0, end - _LONGEST), end - 1):
            name = text[start:end]
            if name not in every:
                continue
            if codes := full.get(name) or tuple(c for c in short[name] if len(c) < 9):
                if not _WORD_GOES_ON.match(text, end):
                    yield Place(start, end, name, codes, NAMED)
                break


def _in_chains(text: str, places: Iterator[Place]) -> Iterator[Place]:
    """Let neighbours rule readings out (南京市鼓楼区), and drop common nouns that no neighbour vouches for."""
    before: Place | None = None
    for place in _apart(places):
        gap = text[before.end : place.start] if before else None
        vouched = before is not None and gap in ("", "人民政府")
        if vouched and before:
            inner = tuple(code for code in place.codes if code.startswith(before.codes))
            vouched = bool(inner)
            place = place._replace(codes=inner or place.codes)
        if vouched or (len(place.name) > 2 and not _COMMON.fullmatch(place.name)) or _vouched_by_organ(text, place):
            yield place
        before = place


def _vouched_by_organ(text: str, place: Place) -> bool:
    """市中区 in `市中区委`, 单县 in `在单县委的领导下`; but 和 in `市和县委` and 应 in `应县委要求` are words."""
    if not _COUNTY_ORGAN.match(text, place.end) or not any(len(code) == 6 for code in place.codes):
        return False
    if len(place.name) > 2:
        return True
    return place.name[0] not in "和应" and not re.match(r"[\u4e00-\u9fff]", _before(text, place))


def _before(text: str, place: Place) -> str:
    """The character before a name; none where it is a word that a name may follow."""
    before = text[max(0, place.start - 1) : place.start]
    return "" if before in "在经由按向请与同对据为于到从" else before


def _apart(places: Iterator[Place]) -> Iterator[Place]:
    """Of namings that overlap, the first; the longer one where they begin together (万州 in 万州区)."""
    held: Place | None = None
    for place in places:
        if held is None or place.start >= held.end:
            if held:
                yield held
            held = place
        elif place.start <= held.start:
            held = place
    if held:
        yield held


def _weighed(text: str, places: Iterator[Place], head: tuple[tuple[int, int], ...]) -> Iterator[Place]:
    for place in places:
        after = text[place.end : place.end + 16]
        if any(start <= place.start < end for start, end in head):
            weight = HEAD
        elif _PARTNER_BEFORE.search(text[max(0, place.start - 24) : place.start]) or _PARTNER_AFTER.match(after):
            weight = PARTNER
        else:
            weight = ORGAN if _ORGAN.match(after) else NAMED
        yield place._replace(weight=weight)


def _firms(text: str, divisions: Divisions) -> Iterator[Place]:
    """Places at the head of law firms' names: 广东|恒益|律师事务所."""
    for firm in _firm_names(text):
        name, branch = str(firm[1]), firm[2]
        for at in range(len(name) - 3):
            for length in (4, 3, 2):
                short = name[at : at + length]
                codes = tuple(c for c in divisions.called(short) if len(c) < 9)
                if codes and 2 <= len(name) - at - length <= 4:
                    weight = TRACE / 4 if short.startswith(_EVERYWHERE) else TRACE
                    yield Place(firm.start() + at, firm.end(), short, codes, weight)
                    break
        if branch and (codes := tuple(c for c in divisions.called(branch) if len(c) < 9)):
            yield Place(firm.start(2), firm.end(), branch, codes, TRACE)


def _firm_names(text: str) -> Iterator[re.Match[str]]:
    """The names of law firms: few texts have any, so only what stands before the word for one is looked at."""
    position, word = 0, text.find(_LAW_FIRM)
    while word >= 0:
        firm = _FIRM.search(text, max(position, word + len(_LAW_FIRM) - _LONGEST_FIRM), word + _LONGEST_FIRM)
        if firm and firm.start() < word:
            yield firm
            position = firm.end()
        word = text.find(_LAW_FIRM, max(position, word + 1))


def _traces(text: str, divisions: Divisions) -> Iterator[Place]:
    for word, code in _trace_words() if _any_trace().search(text) else ():
        if (at := text.find(word)) >= 0:
            yield Place(at, at + len(word), word, (code,), TRACE)
    for match in _SITE_CODE.finditer(text):
        codes = tuple(match[1][:n] for n in (6, 4, 2) if match[1][:n] in divisions)
        if codes:
            yield Place(match.start(), match.end(), match[0], codes[:1], TRACE)


@cache
def _any_trace() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word, _ in _trace_words()))


@cache
def _trace_words() -> tuple[tuple[str, str], ...]:
    return tuple((row[0], row[1]) for row in read_rows("traces.tsv"))
