"""Outline → observations: every number that says how much or how many of something was done, held or reached."""

import re
from collections.abc import Callable, Iterator

from extract.numbers.amounts import Quantity
from extract.numbers.cells import find_tables
from extract.numbers.naming import Named, name_all
from extract.numbers.numerals import fold
from extract.numbers.quantities import find_quantities
from extract.outline import Outline
from extract.records import Evidence, Observation, Role
from extract.sentences import clauses

Measure = Callable[[int, int], str | None]

# Numbers in plans are intentions; those in shortcomings count as any other.
_REPORTED: tuple[Role, ...] = ("achievements", "responsibility", "deficiencies", "other")
_SENTENCE_END = re.compile(r"[。！？!?\n]")
# What a paragraph serves stands at its head: （一）…, 1.…, 一是….
_HEADED = re.compile(
    r"(?:^|(?<=[\n。；;]))\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．是]|首先|其次|再次|最后)[^。；;\n]*"
)


def find_observations(outline: Outline, measure: Measure) -> Iterator[Observation]:
    """The numbers of a report, in order, but for those that it plans.

    `measure(start, end)` gives the mechanism that a slice of the text names, or None; it is asked for the
    words nearest to a number first, then for its clause, its sentence and the heading of its paragraph.
    """
    view = fold(outline.text)
    for zone in outline.of_role(*_REPORTED):
        found = _named(view, zone.start, zone.end)
        for named in sorted(found, key=lambda named: named.quantity.start):
            yield _observation(outline.text, zone.start, zone.end, named, measure)


def _named(view: str, start: int, end: int) -> Iterator[Named]:
    """The numbers of a zone with their names: those of its tables, then those of its sentences."""
    for begin, stop, cells in find_tables(view, start, end):
        view = view[:begin] + re.sub(r"[^\n]", " ", view[begin:stop]) + view[stop:]
        for cell in cells:
            quantity = Quantity(cell.start, cell.end, cell.value, cell.unit, change=cell.change)
            yield Named(quantity, cell.name, cell.start, cell.end, cell.start, cell.end, cell.confidence)
    yield from name_all(view, find_quantities(view, start, end), start, end)


def _observation(text: str, start: int, end: int, named: Named, measure: Measure) -> Observation:
    quantity = named.quantity
    evidence = _trimmed(text, named.start, named.end)
    return Observation(
        name=named.name,
        value=quantity.value,
        unit=quantity.unit,
        qualifier=quantity.qualifier,
        change=quantity.change,
        mechanism=_mechanism(text, start, end, named, measure),
        evidence=evidence,
        confidence=named.confidence,
    )


def _mechanism(text: str, start: int, end: int, named: Named, measure: Measure) -> str | None:
    """The mechanism named by the number's own words, its clause, the clauses before it, its sentence, its heading."""
    for near in ((named.own_start, named.own_end), (named.start, named.end)):
        if found := measure(*near):
            return found
    begin = max((match.end() for match in _SENTENCE_END.finditer(text, start, named.start)), default=start)
    stop = _SENTENCE_END.search(text, named.end, end)
    before = [(clause.start, clause.end) for clause in clauses(text, begin, named.start)]
    headings = [heading.span() for heading in _HEADED.finditer(text, start, named.start)]
    for around in (*reversed(before), (begin, stop.start() if stop else end), *reversed(headings[-2:])):
        if found := measure(*around):
            return found
    return None


def _trimmed(text: str, start: int, end: int) -> Evidence:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Evidence(start, end)
