"""Outline → the year that is reported on, and the day on which the report was published.

The year is the title's; without one, the one that the report announces (`现将2024年度…情况报告如下`), opens with
(`2024年，我镇…`) or sets over its parts. A plan's year, a programme's (`《…实施纲要（2021—2025年）》`) and a document
number's (〔2023〕4号) are not it; of a span (2016—2020年) it is the last.

The day is the one labelled as such on the page (发布日期) or stamped on it (2023-02-27 17:20 来源：…), else the
sign-off's, else 成文日期. One that cannot be right for the year is passed over (the stale date of a site banner), and so
is a repost half a year after the sign-off.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from extract.outline import Outline
from extract.records import Evidence

_NUMERALS = str.maketrans("〇○零ＯO０一二三四五六七八九", "000000123456789")
_DIGIT = "[〇○零0ＯO０一二三四五六七八九]"
_YEAR = rf"(?:(?<!\d)(?:19|20)\d\d(?!\d)|二{_DIGIT}{{3}})"
# 2016—2020年, 2016年至2020年: the last year is reported on.
_SPAN = re.compile(rf"{_YEAR}年?(?:度)?[-—–－~～至到]+({_YEAR})")
_YEARS = re.compile(rf"({_YEAR})(?!\s*[-./年]\s*\d{{1,2}}\s*[-./月])")
_NOT_THE_YEAR = re.compile(r"《[^》]*》|[〔\[【（(](?:19|20)\d\d[〕\]】）)]\s*(?:第)?\d*号|“?十[二三四五]五”?规划")
_PLAN = re.compile(r"^(?:年度?)?[^，,。和及与暨、]{0,12}?(?:计划|安排|打算|要点|思路|重点|规划|展望|目标|举措建议)")
_FIVE_YEARS = {"十二五": 2015, "十三五": 2020, "十四五": 2025}
_ANNOUNCED = re.compile(rf"现(?:将|就|把)[^。：:]{{0,30}}?({_YEAR})")
_OPENS = re.compile(
    rf"(?:^|[。\n：:，,])\s*(?:回顾)?({_YEAR})(?!年\s*\d+\s*月)(?:年度?)?(?:以来|，|,|是|我|全|里|[\u4e00-\u9fff])"
)
_GENRE = re.compile(rf"({_YEAR})(?:年度?)?[^，,。；\n]{{0,12}}?(?:法治政府|依法行政|法治建设|依法治)")

_DATE = re.compile(
    r"(?P<y>(?:19|20)\d\d)\s*[-/.．年]\s*(?P<m>\d{1,2})\s*[-/.．月]\s*(?P<d>\d{1,2})(?!\d)|(?<!\d)(?P<run>20\d{4,6})(?!\d)|"
    rf"(?P<cy>二{_DIGIT}{{3}})\s*年\s*(?P<cm>[一二三四五六七八九十元]{{1,2}})\s*月\s*(?P<cd>[一二三四五六七八九十廿]{{1,3}})\s*日"
)
_LABEL = r"(?:{words})\s*[\]】）)]?[\s:：|]{{0,6}}$"
_PUBLISHED = re.compile(
    _LABEL.format(words=r"(?:发\s*布|公\s*开|公\s*布|信息|上传)\s*(?:日\s*期|时\s*间)|[Pp]ub[Dd]ate|发布于")
)
_STAMPED = re.compile(
    r"[ 　T]*\d{1,2}:\d\d(?::\d\d)?[^\n]{0,24}(?:来\s*源|作者|供稿|字[体号]|浏览|点击|阅读|访问|责任编辑)"
)
_WRITTEN = re.compile(_LABEL.format(words=r"(?:成\s*文|生\s*成|发\s*文|制\s*发|印\s*发)\s*(?:日\s*期|时\s*间)"))
_LABELLED = re.compile(_LABEL.format(words=r"日\s*期|时\s*间"))
_TODAY = re.compile(r"(?:今天是|现在是|当前时间|有效期|失效|废止|打印)[^\n]{0,8}$")
_REPOST_DAYS = 183


def find_year(outline: Outline) -> int | None:
    """The year reported on; None where neither the text nor its date tells."""
    body = outline.body.of(outline.text)
    title = outline.title.of(outline.text) if outline.title else ""
    said = next(_announced(body), None)
    for years in (_years(title), _plans(title), _five_years(title), _announced(body), _headed(outline), _spoken(body)):
        if (year := next(years, None)) is not None:
            # A title may bear the year of publication: 2023年…年度报告 that opens with 2022年 and is of January 2023.
            late = said == year - 1 and not find_day(outline, year) and find_day(outline, said)
            return said if late else year
    return _year_before(find_day(outline, None))


def find_published(outline: Outline) -> str | None:
    """The day of publication as YYYY-MM-DD; None where none is printed."""
    day = find_day(outline, find_year(outline))
    return day.isoformat() if day else None


def find_day(outline: Outline, year: int | None) -> date | None:
    """The likeliest day of publication of a report on `year`; any year's if that is unknown."""
    text, body = outline.text, outline.body
    head = list(_dates(text[: body.start], year))
    around = [*head, *_dates(text[body.end :], year)]
    written = next((day for before, _, day in around if _WRITTEN.search(before)), None)
    signed = _signed(text, body, year) or written
    for told in (_is_labelled, _is_stamped):
        for before, behind, day in around:
            if told(before, behind) and not _is_repost(day, signed):
                return day
    if signed:
        return signed
    labelled = (day for before, _, day in around if _LABELLED.search(before) and not _TODAY.search(before))
    return next(labelled, None) or next((day for before, _, day in head if not _TODAY.search(before)), None)


def _is_labelled(before: str, _: str) -> bool:
    return bool(_PUBLISHED.search(before))


def _is_stamped(before: str, behind: str) -> bool:
    return bool(_STAMPED.match(behind)) and not (_TODAY.search(before) or _WRITTEN.search(before))


def _signed(text: str, body: Evidence, year: int | None) -> date | None:
    """The date of the sign-off: at the end of one of the last lines, not `…于2025年6月30日前完成。`."""
    below = text[body.end :].lstrip().partition("\n")[0]
    lines = [line.strip() for line in body.of(text).splitlines() if line.strip()][-6:]
    for line in reversed([*lines, below] if len(below) < 60 and not re.search("[:：|>]", below) else lines):
        tail = line[-60:].rstrip(")）】] ").removesuffix("印发").removesuffix("发布")
        for match in _DATE.finditer(tail):
            if match.end() >= len(tail.rstrip("日号")) and (days := _plausible(match, year)):
                return min(days)
    return None


def _is_repost(day: date, signed: date | None) -> bool:
    return signed is not None and (day - signed).days > _REPOST_DAYS


def _dates(text: str, year: int | None) -> Iterator[tuple[str, str, date]]:
    """(what stands before it, what behind, day) of every date in a text that may be that of a report on `year`."""
    for match in _DATE.finditer(text):
        if days := _plausible(match, year):
            yield text[max(0, match.start() - 16) : match.start()], text[match.end() : match.end() + 48], min(days)


def _plausible(match: re.Match[str], year: int | None) -> list[date]:
    return [day for day in _readings(match) if _is_plausible(day, year)]


def _readings(match: re.Match[str]) -> Iterator[date]:
    """The days that a date as printed can mean: 2025127 is the 27th of January or the 7th of December."""
    if match["y"]:
        triples = [(match["y"], match["m"], match["d"])]
    elif match["cy"]:
        triples = [(match["cy"].translate(_NUMERALS), str(_number(match["cm"])), str(_number(match["cd"])))]
    else:
        rest = match["run"][4:]
        triples = [(match["run"][:4], rest[:cut], rest[cut:]) for cut in (1, 2)]
    for year, month, day in triples:
        # 2025 01 27 runs together with its noughts, 2025 1 27 without: 01 is never cut into 0 and 1.
        if month and day and (match["run"] is None or month[0] + day[0] != "00") and len(day) < 3:
            try:
                yield date(int(year), int(month), int(day))
            except ValueError:
                continue


def _number(numeral: str) -> int:
    """十二 → 12, 二十八 → 28, 元 → 1."""
    tens, ten, ones = numeral.replace("元", "一").replace("廿", "二十").rpartition("十")
    digits = [int(part.translate(_NUMERALS)) if part else 0 for part in (tens, ones)]
    return (digits[0] or 1) * 10 * bool(ten) + digits[1]


def _is_plausible(day: date, year: int | None) -> bool:
    """A report on a year appears from its last months on, at the latest two years later."""
    if year is None:
        return 2004 <= day.year <= 2040
    return year < day.year <= year + 2 or (day.year == year and day.month >= 10)


def _years(text: str) -> Iterator[int]:
    """The years of a title or heading, in order, the last of a span; not a plan's."""
    bare = _NOT_THE_YEAR.sub("", text)
    bare = _SPAN.sub(r"\1", bare)
    for match in _YEARS.finditer(bare):
        if not _PLAN.match(bare[match.end() :]):
            yield _year(match[1])


def _plans(title: str) -> Iterator[int]:
    """The year before a plan's, for a title that has no other: 法治政府建设情况和2025年工作计划."""
    for match in _YEARS.finditer(_NOT_THE_YEAR.sub("", title)):
        yield _year(match[1]) - 1


def _five_years(title: str) -> Iterator[int]:
    """The last year of a five-year plan that the title reports on: “十三五”时期法治政府建设."""
    return (year for name, year in _FIVE_YEARS.items() if name in title and "规划" not in title)


def _announced(body: str) -> Iterator[int]:
    """The year that the report says it reports on, or opens with: 现将2024年度…, 2024年，…"""
    opening = _NOT_THE_YEAR.sub("", body[:800])
    for pattern in (_ANNOUNCED, _OPENS):
        for match in pattern.finditer(opening):
            if not _PLAN.match(opening[match.end(1) :]):
                yield _year(_last_of_span(opening, match))


def _last_of_span(text: str, match: re.Match[str]) -> str:
    span = _SPAN.match(text, match.start(1))
    return span[1] if span else match[1]


def _headed(outline: Outline) -> Iterator[int]:
    """The years over the parts; the year before that of the plans."""
    for section in outline.sections:
        if section.role != "plans":
            yield from _years(section.heading)
    for section in outline.sections:
        if section.role == "plans":
            yield from (_year(match[1]) - 1 for match in _YEARS.finditer(_NOT_THE_YEAR.sub("", section.heading)))


def _spoken(body: str) -> Iterator[int]:
    """The year of which the text speaks of the rule of law, else the one that it names most often."""
    bare = _NOT_THE_YEAR.sub("", body)
    yield from (_year(match[1]) for match in _GENRE.finditer(bare) if not _PLAN.match(bare[match.end(1) :]))
    counts = Counter(_year(match[1]) for match in _YEARS.finditer(bare))
    yield from (year for year, count in counts.most_common(1) if count > 1)
    # 根据《关于报送2023年度法治政府建设情况的通知》要求
    yield from (_year(match[1]) for match in _GENRE.finditer(body[:800]))


def _year_before(day: date | None) -> int | None:
    """A report is due in the first quarter: one of January is on the year before, one of December on its own."""
    if day is None or 4 < day.month < 11:
        return None
    return day.year - 1 if day.month <= 4 else day.year


def _year(printed: str) -> int:
    return int(printed.translate(_NUMERALS).replace("二", "2"))
