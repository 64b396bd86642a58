"""Where a report says who reports: title, sign-off, index card, opening, breadcrumbs → names of offices.

Each such name is read from the left: divisions, one within the other (江门市|新会区|人民政府|会城街道), then what is
left, a department or an organ of government (办事处). A short name counts where a government, a department, a year or
nothing follows it: 永嘉|人民政府, but not 公安|局; 黄石街道 is no 黄石市.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from extract.office.departments import GOVERNMENT, NOT_OF_PLACE, find_department
from extract.outline import Outline
from ontology.divisions import Divisions

_LONGEST = 30
_SPACE = re.compile(r"\s+")
_YEAR = r"(?:(?:19|20)\d\d|二[〇○零OＯ0０][一二三四五六七八九〇○零OＯ0０]{2}|[“\"]?十[三四]五[”\"]?)"
_YEARS = re.compile(rf"[（(]?{_YEAR}(?:[-—–－~至、到和]+{_YEAR})?(?:年度|年|上半年)?(?:以来)?[）)]?")
_GENRE = re.compile(r"关于|推进|全面|开展|落实|加强|履行|贯彻|法治|依法(?:行政|治)|党政主要|工作|述法|年度|[《“\"]")
_CORPS = "(?:新疆)?(?:生产建设)?兵团"
_LEADING = re.compile(
    r"^(?:[【\[（(][^】\])）]{0,12}[】\])）]|" + "|".join(("中国共产党", "中共", _CORPS, *NOT_OF_PLACE)) + ")+"
)
_BETWEEN = re.compile(r"(?:中共|委员会|委(?!员)|人民政府|政府|、|和)+")
# 人民 in 海口市|人民政府 is no 人民街道.
_ORGAN = re.compile(r"人民(?:政府|法院|检察院|防空)|政府|公安|司法|综合|建设|新闻|信访")
_KIND = re.compile(r"(?:本)?(省|自治区|市(?!场|监局)|州|盟|县|区|旗|镇|乡|街道)(?=[\u4e00-\u9fff])")
# 惠州市|公安|局|惠城区|分局
_BRANCH = re.compile(r"([\u4e00-\u9fff]{2,12})局([\u4e00-\u9fff]{2,8})分局")
_UNKNOWN = re.compile(r"[\u4e00-\u9fff]{1,6}?(?:街道|镇|乡|苏木)(?=$|人民政府|办事处|党)")
_ZONE = re.compile(
    r"[\u4e00-\u9fff]{0,14}?(?:开发区|高新区|经开区|新区|园区|示范区|度假区|风景区|名胜区|管理区|商务区|试验区|保税区|产业园|新城)(?![镇乡街])"
)
_CARD = re.compile(
    r"(发\s*布\s*机\s*构|发\s*文\s*机\s*关|发\s*文\s*单\s*位|发\s*布\s*单\s*位|制\s*发\s*机\s*关|公开责任部门|责任部门|公\s*开\s*主\s*体|"
    r"生\s*成\s*机\s*构|产\s*生\s*机\s*构|制\s*作\s*机\s*构|发布部门|发文部门|发\s*布\s*者|信息来源|文章来源|稿件来源|来\s*源|供\s*稿|ContentSource)"
    r"[\s:：|]{1,6}([\u4e00-\u9fff（()）、]{2,40})"
)
_OPENING = re.compile(
    r"现将([\u4e00-\u9fff]{2,30}?)(?:\d{4}|二〇|二○|法治|依法|关于|年度|推进|贯彻|落实|工作|有关|如下|情况)|"
    r"(?:^|[。，,、年来:：])([\u4e00-\u9fff]{2,30}?)"
    r"(?=在|坚持|以习|以|深入|认真|始终|全面|紧|按照|严格|高度|牢牢|切实|持续|聚焦|围绕|扎实|根据|立足|积极|把|\d{4}年|法治)"
)
_DATE_AT_END = re.compile(r"[（(]?(?:\d{4}[年\d./-]|二[〇○零]).{0,14}$")
_CRUMB = re.compile(r"\s*[>＞»›]+\s*|位置[:：]|\s{2,}")


class OfficeName(NamedTuple):
    """One name of an office as printed.

    `codes` are the readings of its innermost division `place`; without a division both are empty. `kind` is the
    rank where only that is said (县 of 县司法局). `is_zone`: the office of a development zone that the table does not
    have; `codes` then are the division that its name begins with. `is_body`: the name of an office, not only a place.
    """

    text: str
    place: str = ""
    codes: tuple[str, ...] = ()
    department: str | None = None
    kind: str | None = None
    is_zone: bool = False
    is_body: bool = False


def find_offices(outline: Outline, divisions: Divisions) -> Iterator[tuple[str, OfficeName]]:
    """(where it stands, name) of the names by which the reporting office may call itself, most telling first."""
    text, body = outline.text, outline.body
    sources = (
        ("title", _title_phrases(outline, divisions)),
        ("byline", _bylines(outline)),
        ("sign-off", _sign_off_lines(text[body.start : body.end] + _line_below(text, body.end))),
        ("card", (match[2] for match in _CARD.finditer(text[: body.start] + "\n" + text[body.end :]))),
        ("opening", _opening_phrases(body.of(text)[:400])),
        ("path", (*_crumbs(text[: body.start]), *_line_above(outline))),
    )
    for source, phrases in sources:
        for phrase in phrases:
            name = read_office(phrase, divisions)
            if name and (name.place or name.kind or source in ("title", "byline", "sign-off", "card")):
                yield source, name


@lru_cache(maxsize=32)  # a report says its name in several places
def read_office(phrase: str, divisions: Divisions) -> OfficeName | None:
    """The office that a phrase names from its first character to its last; None if it is no office's name."""
    printed = _SPACE.sub("", phrase).strip("：:，,、|")
    name = _LEADING.sub("", printed)
    if match := re.fullmatch(r"(.+?)[（(](.+?)[）)]", name):
        return _with_brackets(printed, read_office(match[1], divisions), read_office(match[2], divisions))
    place, codes, rest = _read_chain(name, divisions)
    if zone := _ZONE.match(rest):
        within = _within_zone(rest[zone.end() :], codes, divisions)
        return within or _zone(printed, place, codes, rest[zone.end() :])._replace(is_zone=True)
    if unknown := _UNKNOWN.match(rest):
        codes = tuple(code for code in divisions.once_called(unknown[0]) if not codes or code.startswith(codes))
        return OfficeName(printed, unknown[0], codes, is_body=True) if place else None
    kind = _KIND.match(rest) if not place else None
    if (branch := _BRANCH.fullmatch(rest)) and (inner := _readings(branch[2], "", codes, divisions)):
        return OfficeName(printed, branch[2], inner, branch[1] + "分局", is_body=True)
    is_body, department = find_department(rest[kind.end() :] if kind else rest)
    if not is_body and (rest or not place):
        return None
    return OfficeName(printed, place, codes, department, kind[1] if kind else None, is_body=is_body)


def _with_brackets(printed: str, outer: OfficeName | None, inner: OfficeName | None) -> OfficeName | None:
    """三江商务区(三江街道), 杭州高新区(滨江): the division behind a zone; 龙湾区(温州高新区): the one before it."""
    if not outer or not inner or not inner.codes or inner.is_zone:
        return outer or inner
    within = tuple(code for code in inner.codes if outer.codes and code.startswith(outer.codes))
    return inner._replace(text=printed, codes=within or inner.codes, is_body=inner.is_body or outer.is_body)


def _zone(printed: str, place: str, codes: tuple[str, ...], rest: str) -> OfficeName:
    # 西安|高新区 is a city's zone, no 西安镇's.
    larger = tuple(code for code in codes if len(code) < 9)
    return OfficeName(printed, place if codes else "", larger or codes, find_department(rest)[1], is_body=True)


def _within_zone(rest: str, above: tuple[str, ...], divisions: Divisions) -> OfficeName | None:
    """What reports itself within a zone, by its full name: 雄安新区|容城县, 天府新区|华阳街道办事处."""
    place, codes, rest = _read_chain(rest, divisions)
    codes = tuple(code for code in codes if not above or code.startswith(above))
    is_body, department = find_department(rest)
    if not codes or not divisions.named(place) or (rest and not is_body):
        return None
    return OfficeName(place + rest, place, codes, department, is_body=is_body)


def _read_chain(name: str, divisions: Divisions) -> tuple[str, tuple[str, ...], str]:
    """The innermost division that a name begins with, its readings, and the rest of the name."""
    place, rest = "", name
    codes: tuple[str, ...] = ()
    while step := _next_place(rest, codes, divisions):
        place, codes, rest = step
    return place, codes, rest


def _next_place(rest: str, above: tuple[str, ...], divisions: Divisions) -> tuple[str, tuple[str, ...], str] | None:
    """The longest division name at the beginning, or behind an organ of the division above it (人民政府|会城街道)."""
    between = _BETWEEN.match(rest) if above else None
    for skipped in (0, between.end()) if between else (0,):
        here = rest[skipped:]
        for length in range(min(_LONGEST, len(here)), 1, -1):
            name, after = here[:length], here[length:]
            if divisions.may_mean(name) and (codes := _readings(name, after, above, divisions)):
                return name, codes, after
    return None


def _readings(name: str, after: str, above: tuple[str, ...], divisions: Divisions) -> tuple[str, ...]:
    """The divisions within those above that a name means before what follows it; () if it is none there."""
    found = _known(name, after, above, divisions)
    # Two entries of the code are called 街道 and nothing else.
    return () if found and (name == "街道" or GOVERNMENT.fullmatch(name)) else found


def _known(name: str, after: str, above: tuple[str, ...], divisions: Divisions) -> tuple[str, ...]:
    """The same, whether or not the name is that of an organ of government, too."""
    if not divisions.knows(name):
        return _once(name, above, divisions)
    named, called = divisions.named(name), divisions.short_forms.get(name, ())
    full = named if _stands(name, after) else ()
    if inner := tuple(code for code in full if not above or code.startswith(above)):
        return inner
    if called and _ends_short(after, divisions) and not _ORGAN.match(name + after):
        # 运河区|市场|监管局: only larger places have bureaus.
        least = 9 if find_department(after)[1] else 10
        short = tuple(code for code in called if len(code) < least)
        if inner := tuple(code for code in short if not above or code.startswith(above)):
            # 合肥市|高新区 is the city's zone, not one of its counties'.
            return tuple(code for code in inner if len(code) == min(map(len, inner)) or not divisions[code].is_zone)
    return _once(name, above, divisions) if full else ()


def _once(name: str, above: tuple[str, ...], divisions: Divisions) -> tuple[str, ...]:
    """What a name that is no longer one meant (怀宁县|石牌街道, 即墨市); a township's only within a known place."""
    codes = divisions.once_called(name)
    return tuple(code for code in codes if (code.startswith(above) if above else len(code) == 6))


def _stands(name: str, after: str) -> bool:
    """Whether a full name ends where it seems to: 东方市|场监督管理局 does not."""
    return not (name[-1] == "市" and after[:1] in ("场", "监"))


def _ends_short(after: str, divisions: Divisions) -> bool:
    """Whether a short name may end here: nothing, an organ, a department or another division follows."""
    if not after or _BETWEEN.match(after) or _ZONE.match(after):
        return True
    if len(after) > 2 and find_department(after)[0]:
        return True
    return any(divisions.named(after[:length]) for length in range(min(12, len(after)), 2, -1))


def _title_phrases(outline: Outline, divisions: Divisions) -> Iterator[str]:
    """What is left of a title without its years and the words of the genre: 永嘉人民政府三江街道办事处."""
    if not outline.title:
        return
    title = _SPACE.sub("", outline.title.of(outline.text))
    for piece in (_YEARS.sub("", title), *_YEARS.split(title), *_SPACE.split(outline.title.of(outline.text))):
        phrase = _GENRE.split(_LEADING.sub("", piece), maxsplit=1)[0]
        if len(phrase) > 1:
            yield phrase
            yield from _from_full_names(phrase, divisions)


def _from_full_names(phrase: str, divisions: Divisions) -> Iterator[str]:
    """The phrase without the foreign words that a copy has put before a place: 某某网石牌镇."""
    if not read_office(phrase, divisions):
        for start in range(1, len(phrase) - 2):
            if any(divisions.named(phrase[start:end]) for end in range(start + 3, min(start + 9, len(phrase)) + 1)):
                yield phrase[start:]
                return


def _bylines(outline: Outline) -> Iterator[str]:
    """The lines between title and body: 嘉善县市场监督管理局, （2022年1月12日 寿县人民政府）."""
    if outline.title:
        for line in outline.text[outline.title.end : outline.body.start].splitlines():
            yield from (piece for piece in _SPACE.split(line.strip("（() ）　")) if len(piece) > 2)


def _line_above(outline: Outline) -> list[str]:
    """The line above the title, which may be its first half or the name of the site."""
    above = outline.text[: outline.title.start].rstrip() if outline.title else ""
    return [above.rsplit("\n", 1)[-1]] if above else []


def _sign_off_lines(body: str) -> Iterator[str]:
    """Short lines at the body's end, or the words behind its last full stop; a date that runs on is cut off."""
    for line in [line.strip() for line in body[-300:].splitlines() if line.strip()][:0:-1][:5]:
        bare = _DATE_AT_END.sub("", line).strip()
        if "。" in bare or len(bare) > 40:
            yield _DATE_AT_END.sub("", bare.rsplit("。", 1)[-1].strip())
            return
        if len(bare) > 2:
            yield bare


def _line_below(text: str, end: int) -> str:
    """The line under the body, unless it is a label of the page (主办:…): 特此报告。霞浦县水利局2024年1月3日."""
    line = next((line for line in text[end:].splitlines() if line.strip()), "")
    return "" if len(line) > 60 or re.search(r"[:：|>]|扫一扫|打印|关闭|相关|附件", line) else "\n" + line


def _opening_phrases(opening: str) -> Iterator[str]:
    for match in _OPENING.finditer(_SPACE.sub("", opening)):
        phrase = match[1] or match[2]
        # 在怀宁县委的领导下 names who leads, not who reports.
        if not phrase.startswith(("在", "经", "按", "根据")):
            yield phrase


def _crumbs(head: str) -> Iterator[str]:
    """The steps of a breadcrumb path, the innermost first."""
    for line in head.splitlines():
        if re.search(r"[>＞»›]", line):
            yield from reversed([step.strip() for step in _CRUMB.split(line) if len(step.strip()) > 1])
