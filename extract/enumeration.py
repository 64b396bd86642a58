"""How offices number: `第一部分` `一、` `壹 ·` `（一）` `1.` `（1）` `①` `一是` `首先` `第一，` `——` — markers and the lists they make."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_HAN = "一二三四五六七八九十"
_FORMAL = "壹贰叁肆伍陆柒捌玖拾"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
_DIGITS = "0123456789"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮"

# A marker opens a line, or follows a sentence or a clause that leads to it.
# (Looking behind sees beyond the bounds of a search, so a marker counts at the very start of a range, too.)
_LINE = r"(?<![^\n])[ 　]*"
_INLINE = r"(?:(?<![^\n])|(?<=[。；;：:!！?？”…])|(?<=[^\d][.]))[ 　]*"
_CLAUSE = r"(?:(?<![^\n])|(?<=[。；;：:!！?？”，,、]))[ 　]*"

# Styles from the coarsest to the finest, each with the signs that its markers begin with. In each pattern `mark` is the
# marker and `n` (or `k`) its ordinal.
_STYLES: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    (
        "第一部分",
        "第",
        re.compile(
            rf"{_LINE}(?P<mark>第(?P<n>[{_HAN}]{{1,2}}|\d{{1,2}})(?:部分|章|篇|块)[、，：:.． 　]*)(?=[^\s。；]{{2}})"
        ),
    ),
    (
        "一、",
        _HAN + _FORMAL + _ROMAN,
        re.compile(
            rf"{_INLINE}(?P<mark>(?:(?P<n>[{_HAN}]{{1,3}})[、．.]|(?P<k>[{_FORMAL}{_ROMAN}])[ 　]?[、．.·：])[ 　]*)(?=[^\s]{{2}})"
        ),
    ),
    ("（一）", "(（", re.compile(rf"{_INLINE}(?P<mark>[(（](?P<n>[{_HAN}]{{1,3}})[)）][、.．]?[ 　]*)")),
    ("1.", _DIGITS, re.compile(rf"{_INLINE}(?P<mark>(?P<n>\d{{1,2}})[.．、][ 　]*)(?=[^\d\s])")),
    ("（1）", "(（" + _DIGITS, re.compile(rf"{_INLINE}(?P<mark>[(（]?(?P<n>\d{{1,2}})[)）][、.．]?[ 　]*)(?=[^\d\s])")),
    ("①", _CIRCLED, re.compile(rf"(?P<mark>(?P<n>[{_CIRCLED}])[ 　]*)")),
    (
        "第一，",
        "第问不短头首",
        re.compile(
            rf"{_CLAUSE}(?P<mark>(?:(?:第|问题|不足|短板)(?P<n>[{_HAN}])|(?P<k>头一|首))(?:条|点|个|件|方面|个方面)?[，,、：:][ 　]*)"
        ),
    ),
    (
        "一是",
        "其" + _HAN,
        re.compile(rf"{_CLAUSE}(?P<mark>(?:其(?P<k>[{_HAN}])[是，,：:、]|(?P<n>[{_HAN}]{{1,2}})(?:是|要|则|为)))"),
    ),
    ("一来", _HAN, re.compile(rf"{_CLAUSE}(?P<mark>(?P<n>[{_HAN}])来(?![自源到往回])[，,]?)")),
    (
        "首先",
        "首其再最此另一",
        re.compile(
            rf"(?:{_INLINE}(?P<mark>(?P<n>首先|其次|再次|再者|再则|最后|此外|另外)是?[，,：:]?)"
            rf"|{_CLAUSE}(?P<mark2>(?P<k>(?:另)?一方面)是?[，,：:]?))"
        ),
    ),
    (
        "——",
        "—-■●◆◇•▪·★☆",
        re.compile(
            rf"{_LINE}(?P<mark>(?P<n>—{{1,2}}|--?|[■●◆◇•▪·★☆])[ 　]*)|(?<=[ 　])(?P<mark2>(?P<k>[■●◆◇▪★☆])[ 　]*)"
        ),
    ),
)
REASONS = ("一来",)  # 一来人手少，二来经费紧: lists of reasons alone
STYLES = tuple(style for style, _, _ in _STYLES if style not in REASONS)
_PATTERNS = {style: pattern for style, _, pattern in _STYLES}
_BY_SIGN = {
    sign: tuple((style, pattern) for style, signs, pattern in _STYLES if sign in signs)
    for sign in "".join(signs for _, signs, _ in _STYLES)
}
# Where a marker can open: behind what may precede one, and at the signs that need nothing before them.
_OPENING = re.compile(rf"[\n。；;：:!！?？”…，,、.][ 　]*(?=[{re.escape(''.join(_BY_SIGN))}\d])")
_ANYWHERE = re.compile(f"[{_CIRCLED}■●◆◇▪★☆]")
_NEXT_SIGN = re.compile("[ 　]*([^ 　])")
_LOOKS_AHEAD = 2  # how far a pattern looks beyond its marker
_ORDER_WORDS = {"首先": 1, "头一": 1, "首": 1, "一方面": 1, "其次": 2, "另一方面": 2}


class Marker(NamedTuple):
    """One marker: `start` to `end` is the marker itself, `number` its place in its list where it says so."""

    style: str
    number: int | None
    start: int
    end: int
    opens_line: bool


class Item(NamedTuple):
    """One item of a list: `start` at its marker, `text` where its words begin, `end` where the next item begins."""

    start: int
    text: int
    end: int


def numeral(word: str) -> int | None:
    """The number that an ordinal's sign stands for: `十二` and `⑫` are 12, `叁` and `Ⅲ` 3; None for a dash or 再次."""
    if word.isascii() and word.isdigit():
        return int(word)
    for signs in (_CIRCLED, _FORMAL, _ROMAN):
        if word and word in signs:
            return signs.index(word) + 1
    if word and all(char in _HAN for char in word):
        tens, _, units = word.rpartition("十")
        if "十" not in word:
            return _HAN.index(word) + 1 if len(word) == 1 else None
        return (_HAN.index(tens) + 1 if tens else 1) * 10 + (_HAN.index(units) + 1 if units else 0)
    return _ORDER_WORDS.get(word)


class _Place(NamedTuple):
    """A marker and where the pattern that found it begins: at the blanks before the marker."""

    lead: int
    start: int
    end: int
    number: int | None


@lru_cache(maxsize=4)
def _places(text: str) -> dict[str, list[_Place]]:
    """By style, all that may be markers in a text; of those that overlap, `markers` takes the first within its bounds."""
    openings = {0, *(match.start() + 1 for match in _OPENING.finditer(text))}
    openings.update(match.start() for match in _ANYWHERE.finditer(text))
    found: dict[str, list[_Place]] = {style: [] for style in _PATTERNS}
    for lead in sorted(openings):
        sign = _NEXT_SIGN.match(text, lead)
        # A sign that is not listed is a digit of another script.
        for style, pattern in _BY_SIGN.get(sign[1], _BY_SIGN["0"]) if sign else ():
            if match := pattern.match(text, lead):
                found[style].append(_place(match))
    return found


def _place(match: re.Match[str]) -> _Place:
    groups = match.groupdict()
    mark = "mark" if groups["mark"] else "mark2"
    return _Place(match.start(), *match.span(mark), numeral(groups["n"] or groups.get("k") or ""))


def markers(text: str, start: int, end: int, style: str) -> Iterator[Marker]:
    """The markers of one style within text[start:end], in order."""
    position, places = start, _places(text)[style]
    for at in range(bisect_left(places, (start,)), len(places)):
        place = places[at]
        if place.lead >= end:
            break
        if place.lead < position:
            continue
        if place.end + _LOOKS_AHEAD > end:
            match = _PATTERNS[style].match(text, place.lead, end)
            if match is None:
                continue
            place = _place(match)
        line_start = max(text.rfind("\n", 0, place.start) + 1, start)
        opens_line = not text[line_start : place.start].strip(" 　")
        yield Marker(style, place.number, place.start, place.end, opens_line)
        position = place.end


def find_list(
    text: str, start: int, end: int, *, styles: tuple[str, ...] = STYLES, least: int = 2, at_line_start: bool = False
) -> list[Item]:
    """The items of the coarsest list within text[start:end]; empty where there are fewer than `least`.

    A list's numbers rise from one; a number that a page has lost leaves a gap of one. At the very start of the
    range a list may go on from before, and may have a single item. With `at_line_start` only markers that open a
    line count, as headings do.
    """
    begin = start + len(text[start:end]) - len(text[start:end].lstrip(" 　\n"))
    best: list[Marker] = []
    for style in styles:
        found = [marker for marker in markers(text, start, end, style) if marker.opens_line or not at_line_start]
        run = _rising(found, begin)
        enough = 1 if run and run[0].start == begin and not at_line_start else least
        # A coarser style wins unless it begins inside the other's first item: 一是…主要原因:1.…2.… is a list of 一是.
        if len(run) >= enough and (not best or run[0].start < best[0].start):
            best = run
    ends = [*(marker.start for marker in best[1:]), end][: len(best)]
    return [Item(marker.start, marker.end, stop) for marker, stop in zip(best, ends, strict=True)]


def _rising(found: list[Marker], begin: int) -> list[Marker]:
    """The first run of markers whose numbers rise by one, or by two where one was lost."""
    run: list[Marker] = []
    for marker in found:
        if marker.number is None:
            # 再次, 此外, a dash: they go on with a list; only a dash can begin one.
            if run or marker.style == "——":
                run.append(marker)
        elif not run:
            if marker.number == 1 or marker.start == begin:
                run.append(marker)
        elif marker.number == 1:  # the next list begins
            break
        elif (last := next((m.number for m in reversed(run) if m.number), 0)) < marker.number <= last + 2:
            run.append(marker)
    return run
