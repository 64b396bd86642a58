"""Outline → observations: every number that says how much or how many of something was done, held or reached."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from extract.marks import Marks
from extract.numbers.amounts import Quantity
from extract.numbers.cells import find_tables
from extract.numbers.naming import Named, name_all
from extract.numbers.numerals import fold
from extract.numbers.quantities import find_quantities
from extract.outline import Outline, Zone
from extract.records import Observation, Role
from extract.sentences import clauses_before, trim

Measure = Callable[[int, int], str | None]
Span = tuple[int, int]

# Numbers in plans are intentions; those in shortcomings count as any other.
REPORTED: tuple[Role, ...] = ("achievements", "responsibility", "deficiencies", "other")
# How far a sentence reaches around a number, and how many clauses back its mechanism may stand.
_LONGEST = 400
_CLAUSES_BACK = 8
_SENTENCES = Marks("。！？!?\n")
# What a paragraph serves stands at its head: 一、…, （一）…, 1.…, （1）…, 一是…, the higher first.
_HAN = "[一二三四五六七八九十]{1,3}"
_HEADED = re.compile(
    rf"(?:^|(?<=[\n。；;]))[^\S\n]*(?:({_HAN}[、.．])|([（(]{_HAN}[)）])|(\d{{1,3}}[、.．](?!\d))|([（(]?\d{{1,3}}[)）])"
    rf"|((?:{_HAN}|\d{{1,3}})是|首先|其次|再次|最后))[^。；;\n]*"
)


class _Heading(NamedTuple):
    """The head of a paragraph; of the lowest `level` are those that stand under all others."""

    start: int
    end: int
    level: int


def find_observations(outline: Outline, measure: Measure) -> Iterator[Observation]:
    """The numbers of a report, in order, but for those that it plans.

    `measure(start, end)` gives the mechanism that a slice of the text names, or None; it is asked for the
    words nearest to a number first, then for its clause, its sentence and the heading of its paragraph.
    """
    view, text, ask = fold(outline.text), outline.text, cache(measure)
    for zone in outline.of_role(*REPORTED):
        headings = [_Heading(*each.span(), each.lastindex or 0) for each in _HEADED.finditer(text, zone.start, zone.end)]
        for named in sorted(_named(view, zone.start, zone.end), key=lambda named: named.quantity.start):
            if seen := _observation(text, zone, headings, named, ask):
                yield seen


def _named(view: str, start: int, end: int) -> Iterator[Named]:
    """The numbers of a zone with their names: those of its tables, then those of its sentences."""
    for begin, stop, cells in find_tables(view, start, end):
        view = view[:begin] + re.sub(r"[^\n]", " ", view[begin:stop]) + view[stop:]
        for cell in cells:
            quantity = Quantity(cell.start, cell.end, cell.value, cell.unit, change=cell.change)
            yield Named(quantity, cell.name, cell.start, cell.end, cell.start, cell.end, cell.confidence)
    yield from name_all(view, find_quantities(view, start, end), start, end)


def _observation(text: str, zone: Zone, headings: list[_Heading], named: Named, measure: Measure) -> Observation | None:
    quantity = named.quantity
    evidence = trim(text, named.start, named.end)
    if evidence is None:
        return None
    return Observation(
        name=named.name,
        value=quantity.value,
        unit=quantity.unit,
        qualifier=quantity.qualifier,
        change=quantity.change,
        mechanism=_mechanism(text, zone, headings, named, measure),
        evidence=evidence,
        confidence=named.confidence,
    )


def _mechanism(text: str, zone: Zone, headings: list[_Heading], named: Named, measure: Measure) -> str | None:
    """The mechanism named by the number's own words, its clause, the clauses before it, its sentence, its headings."""
    return next((found for start, end in _around(text, zone, headings, named) if (found := measure(start, end))), None)


def _around(text: str, zone: Zone, headings: list[_Heading], named: Named) -> Iterator[Span]:
    """Where to ask for it, one after the other: most numbers are told by their own words."""
    yield named.own_start, named.own_end
    yield named.start, named.end
    sentence = _sentence(text, zone, named)
    yield from islice(clauses_before(text, sentence[0], named.start), _CLAUSES_BACK)
    yield sentence
    yield from _above(headings, named.start)


def _above(headings: list[_Heading], position: int) -> Iterator[Span]:
    """The heading that a position stands under, then the one above that, and so on; none of those beside them."""
    level = _HEADED.groups + 1
    for heading in reversed(headings[: bisect_left(headings, (position,))]):
        if heading.level < level:
            level = heading.level
            yield heading.start, heading.end


def _sentence(text: str, zone: Zone, named: Named) -> Span:
    """The sentence around a number, no longer than a sentence is."""
    start, end = max(zone.start, named.start - _LONGEST), min(zone.end, named.end + _LONGEST)
    begin = _SENTENCES.behind(text, start, named.start)
    return start if begin is None else begin, _SENTENCES.first(text, named.end, end)
