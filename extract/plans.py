"""Measures for the coming year: the items of the plans, at the level of the report's own lowest headings."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from extract.enumeration import Item, find_list
from extract.outline import Outline, Zone
from extract.records import Evidence, Plan
from extract.roles import ANSWER_LABEL
from extract.sentences import lines, statements, trim

# Headings under which no measure stands.
_AIMS = re.compile(r"(?:工作|总体|基本|主要)?(?:思路|目标(?:任务)?|指导思想|总体要求|基本原则|要求)$")
# 以习近平法治思想为指导 … 力争 …: the general idea.
_IDEA = re.compile(
    r"为指导|以.{4,40}为(?:目标|主线|抓手|引领|契机|统领|牵引)[，,]|坚持以习近平|重点(?:抓好|做好)(?:以下|如下)|(?:以下|如下).{0,10}(?:工作|方面)[：:]?$|[：:]$"
)
# 打算：向县编办争取增编… — the measure that answers one shortcoming.
_LABEL = re.compile(ANSWER_LABEL)
# 下一步，理顺执法关系，…, behind each shortcoming.
_ANSWER = re.compile(
    r"[ 　]*(?:下一步|下步|下一阶段|今后|明年|来年|对此|为此|就此|新的一年|\d{4}年)[，,：:]?(?:我[\u4e00-\u9fff]{1,3}?)?(?:将|要|拟|计划|打算)?[，,：:]?"
)
_MEASURE = re.compile(
    r"将|要|加强|推进|完善|强化|提升|深化|健全|落实|开展|优化|加大|推动|建立|组织|规范|提高|加快|做|抓|把|争取|引进|培育"
)
_LONGEST_HEADING = 40
_DEEPEST = 9  # lists in lists: there are no more ways to number


def find_plans(outline: Outline, mechanisms: Callable[[Evidence], tuple[str, ...]]) -> Iterator[Plan]:
    """The report's measures in order; `mechanisms(slice)` gives the mechanisms that a slice names."""
    answers = _answers(outline)
    for zone in outline.of_role("plans"):
        bounds = outline.text, zone.start, zone.end
        label = _LABEL.match(*bounds) or (_ANSWER.match(*bounds) if zone in answers else None)
        if label and (measure := trim(outline.text, label.end(), zone.end, "；;")):
            yield Plan(_statement(outline.text, measure), mechanisms(measure), measure)
            continue
        headed = zone.words > zone.start
        for measure in _measures(outline.text, zone.words, zone.end, headed):
            yield Plan(_statement(outline.text, measure), mechanisms(measure), measure)


def _answers(outline: Outline) -> list[Zone]:
    """The passages that answer one shortcoming each: two or more in one line with what they answer."""
    found = [
        zone
        for before, zone in pairwise(outline.zones)
        if zone.role == "plans"
        and before.role == "deficiencies"
        and "\n" not in outline.text[before.end - 1 : zone.start + 1]
    ]
    return found if len(found) > 1 else []


def _measures(text: str, start: int, end: int, headed: bool, depth: int = 0) -> Iterator[Evidence]:
    """Numbered measures, headings first; without numbers, under a heading, each paragraph or statement that is one.

    A passage without heading and numbers (`下一步，我镇将…`) only tells the general idea.
    """
    listed = find_list(text, start, end, at_line_start=True) or find_list(text, start, end)
    if not listed and headed:
        yield from _unnumbered(text, start, end)
    for item in _with_lost_numbers(text, listed):
        if _AIMS.search(_heading(text, item)):
            continue
        if depth < _DEEPEST and find_list(text, item.text, item.end, at_line_start=True):
            yield from _measures(text, item.text, item.end, headed, depth + 1)
        elif measure := trim(text, item.text, item.end, "；;"):
            yield measure


def _with_lost_numbers(text: str, listed: list[Item]) -> Iterator[Item]:
    """The items; where each is one paragraph, a further paragraph is an item whose number the page has lost; behind a
    list in one paragraph it only closes the report."""
    if len(listed) > 1 and "\n" not in text[listed[0].start : listed[-1].start]:
        *before, last = listed
        yield from before
        yield Item(last.start, last.text, next(lines(text, last.start, last.end)).end)
        return
    paragraphs = [list(lines(text, item.start, item.end)) for item in listed]
    one_each = any(len(each) == 1 for each in paragraphs)
    for item, (first, *others) in zip(listed, paragraphs, strict=True):
        if not one_each or not others or not _has_text(first.of(text)):
            yield item
            continue
        yield Item(item.start, item.text, first.end)
        yield from (Item(each.start, each.start, each.end) for each in others if _has_text(each.of(text)))


def _has_text(paragraph: str) -> bool:
    """Whether a paragraph holds more than a heading."""
    return len(paragraph) > _LONGEST_HEADING or "。" in paragraph[:-1]


def _unnumbered(text: str, start: int, end: int) -> Iterator[Evidence]:
    lead = re.compile(r"\s*+[^。；;\n]*[：:]").match(text, start, end)
    if lead and lead.end() < end and _IDEA.search(lead[0]):
        start = lead.end()
    paragraphs = list(lines(text, start, end))
    if len(paragraphs) > 2:
        yield from (each for each in paragraphs if not _IDEA.search(each.of(text)) and each.end - each.start > 8)
        return
    for piece in statements(text, start, end):
        if not _IDEA.search(piece.of(text)) and _MEASURE.search(piece.of(text)) and piece.end - piece.start > 8:
            yield piece


def _heading(text: str, item: Item) -> str:
    match = re.compile(r"[^。：:；;\n]*").match(text, item.text, item.end)
    return match[0].strip(" 　") if match else ""


def _statement(text: str, measure: Evidence) -> str:
    """The measure's heading; of running text without one the first clause."""
    heading = _heading(text, Item(measure.start, measure.start, measure.end))
    if len(heading) <= _LONGEST_HEADING:
        return heading
    return re.split("[，,]", heading)[0]
