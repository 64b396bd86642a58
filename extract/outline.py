"""Text → Outline: where the report begins and ends, its parts, and what each part is for.

Title, body and sign-off are told from page furniture in `extract.body`. Parts are told by their headings, numbered
or not; what a part is for by the words of its heading, and by the sentences with which offices turn to their
shortcomings (`但仍存在一些薄弱环节`) and to the coming year (`下一步，`) in the middle of a part.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from extract.body import NUMBERED, body_lines, find_title, is_heading
from extract.enumeration import Item, find_list
from extract.guarded import Guarded
from extract.records import Evidence, Role, Section
from extract.roles import ANSWER_CUE, FAULT, PLAN_CUE, SHORTCOMING_CUE, role_of_heading
from extract.sentences import lines as lines_of
from extract.sentences import sentences


class Zone(NamedTuple):
    """A stretch of the body that serves one purpose; zones follow each other and cover the body.

    `words` is where its text begins, behind its heading if it has one.
    """

    role: Role
    start: int
    end: int
    words: int


@dataclass(frozen=True, slots=True)
class Outline:
    """A report's text with its title, body and zones.

    `text` is the whole mended text; `title` the title line, if any; `body` the report itself without page
    furniture; `sections` its top-level parts; `zones` what each stretch of the body is for: a passage on
    shortcomings in the middle of the achievements is a zone of its own.
    """

    text: str
    title: Evidence | None
    body: Evidence
    sections: tuple[Section, ...]
    zones: tuple[Zone, ...]

    def role_at(self, position: int) -> Role | None:
        """The role of the zone around an offset; None outside the body."""
        at = bisect_right(self.zones, position, key=lambda zone: zone.start) - 1
        return self.zones[at].role if at >= 0 and position < self.zones[at].end else None

    def of_role(self, *roles: Role) -> Iterator[Zone]:
        """The zones of the given roles, in order."""
        return (zone for zone in self.zones if zone.role in roles)


# 【不足之处】: set off by its brackets.
_BRACKETED = re.compile(r"[【〖〔\[][^【】〖〗\n]{2,30}[】〗〕\]]")
_SHORTCOMING_CUE, _PLAN_CUE, _ANSWER_CUE = Guarded(SHORTCOMING_CUE), Guarded(PLAN_CUE), Guarded(ANSWER_CUE)
_LONGEST_HEADING = 60
_LIST_BEGINS = re.compile(r"[一1]是|首先|第一[，,、]|①|[(（]1[)）]")
_LIST_LINE = re.compile(r"[(（]?[一二三四五六七八九十\d①-⑮]{1,2}(?:[)）.．、]|是)|首先|其次|再次|最后|——|[■●◆•]")


def read_outline(text: str) -> Outline:
    """The outline of a mended text; a text without headings has no sections and one zone or a few."""
    lines = list(lines_of(text, 0, len(text)))
    if not lines:
        return Outline(text, None, Evidence(0, max(len(text), 1)), (), ())
    first, closing, last = body_lines([line.of(text) for line in lines])
    body, end = Evidence(lines[first].start, lines[last].end), lines[closing].end
    headings = _headings(text, body.start, end)
    title = find_title(text, lines[:first])
    year = _year(text[title.start : title.end] if title else text[body.start : body.start + 120])
    sections: list[Section] = []
    first_part = headings[0].start if headings else end
    zones = list(_with_passages(text, Zone("achievements", body.start, first_part, body.start)))
    for item in headings:
        heading = _heading(text, item.start, item.end)
        headed = _part(text, heading, item.end, year)
        passages = [part for zone in headed for part in _with_passages(text, zone)]
        # 差距与改进, with 疏通之策：… behind each shortcoming, may say more of what will be done.
        role = _most(passages if headed[0].role == "deficiencies" else headed)
        sections.append(Section(role, heading.of(text), heading))
        zones += passages
    return Outline(text, title, body, tuple(sections), tuple(zones))


def _headings(text: str, start: int, end: int) -> list[Item]:
    """Where the top-level parts begin: `第一部分`, `一、`, else lines without a number, else `（一）` or `1.`."""
    for style in ("第一部分", "一、"):
        if numbered := find_list(text, start, end, styles=(style,), at_line_start=True):
            return numbered
    bare = _bare_headings(text, start, end)
    if len(bare) >= 2:
        return bare
    return find_list(text, start, end, styles=("一、",)) or find_list(
        text, start, end, styles=("（一）", "1."), at_line_start=True
    )


def _bare_headings(text: str, start: int, end: int) -> list[Item]:
    """Headings without a number: short lines with running text below them."""
    lines = list(lines_of(text, start, end))
    starts = [
        line.start
        for line, below in zip(lines, lines[1:], strict=False)
        if _BRACKETED.fullmatch(line.of(text))
        or (is_heading(line.of(text)) and not NUMBERED.match(line.of(text)) and below.end - below.start > 30)
    ]
    return [Item(begin, begin, stop) for begin, stop in zip(starts, [*starts[1:], end], strict=False)]


def _heading(text: str, start: int, end: int) -> Evidence:
    """The heading that begins at `start`: its line, or the line's first sentence where text follows on."""
    stop = text.find("\n", start, end)
    line = text[start : stop if stop >= 0 else end].rstrip(" 　")
    if len(line) > _LONGEST_HEADING or re.search(r"(?:。|(?<!部分)[：:]).|[ 　].{25}", line):
        cut = re.search(
            r"[。；;]|(?<!部分)[：:]|(?<=.{4})[ 　]+(?=.{25})|(?<=.{4})[(（][一二三][)）]|(?<=.{4})[一1](?:是|\.)", line
        )
        line = line[: cut.start()] if cut and cut.start() <= _LONGEST_HEADING else line[:_LONGEST_HEADING]
    return Evidence(start, start + max(len(line.rstrip("。：:；; 　")), 1))


def _year(words: str) -> int | None:
    """The first year that is named."""
    match = re.search(r"20\d\d", words)
    return int(match[0]) if match else None


def _part(text: str, heading: Evidence, end: int, year: int | None) -> list[Zone]:
    """A part's zones: under a heading that names two purposes (`存在问题及下一步打算`) and under any other, its own
    headings may tell more (`（七）存在的不足`)."""
    role = role_of_heading(heading.of(text), text[heading.end : heading.end + 120], year)
    zones = [Zone(role, heading.start, end, heading.end)]
    below = find_list(text, heading.end, end, at_line_start=True)
    for item in below:
        name = _heading(text, item.text, item.end)
        own = role_of_heading(name.of(text), year=year)
        # 四、正视不足，2021年要抓的几件事 has （二）下一步打算 under it.
        apart = own == "plans" and not FAULT.search(name.of(text)) if role == "deficiencies" else role != "plans"
        if apart and own in ("deficiencies", "plans"):
            zones = [*_cut(zones, item.start), Zone(own, item.start, item.end, name.end)]
            if item.end < end:
                zones.append(Zone(role, item.end, end, item.end))
    return zones


def _most(zones: Iterable[Zone]) -> Role:
    """The role of most of the text: of 存在问题及打算 that of the larger share."""
    sizes: dict[Role, int] = {}
    for zone in zones:
        sizes[zone.role] = sizes.get(zone.role, 0) + zone.end - zone.words
    return max(sizes, key=lambda each: sizes[each])


def _cut(zones: list[Zone], end: int) -> list[Zone]:
    """The zones up to `end`."""
    return [Zone(zone.role, zone.start, min(zone.end, end), zone.words) for zone in zones if zone.start < end]


def _with_passages(text: str, zone: Zone) -> Iterator[Zone]:
    """The zone with its passages on shortcomings and on the coming year set apart."""
    position = zone.start
    for role, start, end in _passages(text, zone):
        if start < position:
            continue
        if text[position:start].strip():
            yield Zone(zone.role, position, start, max(position, zone.words))
        yield Zone(role, start, end, start)
        position = end
    if text[position : zone.end].strip():
        yield Zone(zone.role, position, zone.end, max(position, zone.words))


def _passages(text: str, zone: Zone) -> Iterator[tuple[Role, int, int]]:
    """(role, start, end) of passages whose purpose differs from the zone's."""
    plan_cue = _ANSWER_CUE if zone.role == "deficiencies" else _PLAN_CUE
    for line in lines_of(text, zone.start, zone.end):
        if zone.role == "plans" and NUMBERED.match(line.of(text)):
            continue
        turns = zone.role != "deficiencies" and _SHORTCOMING_CUE.possible(text, *line)
        plans = zone.role != "plans" and plan_cue.possible(text, *line)
        parts = list(sentences(text, *line)) if turns or plans else []
        if turns and (cue := _turn(text, parts, zone.role)):
            end = _passage_end(text, cue, line.end, zone)
            plan = _first_plan(text, sentences(text, cue, end), _ANSWER_CUE)
            yield "deficiencies", cue, plan or end
            if plan:
                yield "plans", plan, end
        elif plans and (cue := _first_plan(text, parts, plan_cue)):
            yield "plans", cue, _passage_end(text, cue, line.end, zone)


def _turn(text: str, parts: Iterable[Evidence], role: Role) -> int | None:
    """The first of some sentences that turns to shortcomings; among plans one that says what will be done about them
    does not."""
    found = (each for each in parts if _SHORTCOMING_CUE.search(text, *each))
    return next((each.start for each in found if role != "plans" or not re.search("将|力争|确保", each.of(text))), None)


def _first_plan(text: str, parts: Iterable[Evidence], cue: Guarded) -> int | None:
    """The first of some sentences that turns to the coming year."""
    return next((each.start for each in parts if cue.search(text, *each)), None)


def _passage_end(text: str, cue: int, end: int, zone: Zone) -> int:
    """A passage lasts to the end of its paragraph; one that only announces a list goes on over the list's lines."""
    words, opens = text[cue:end], not text[text.rfind("\n", 0, cue) + 1 : cue].strip(" 　")
    announces = words[-1] in "：:" or (opens and len(words) < 60 and len(list(sentences(text, cue, end))) == 1)
    if not announces or _LIST_BEGINS.search(words) or re.match("[^，,。]{2,8}[：:].", words):
        return end
    for below in lines_of(text, end, zone.end):
        if not _LIST_LINE.match(below.of(text)):
            break
        end = below.end
    return end
