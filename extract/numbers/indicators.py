"""Outline → observations: every number that says how much or how many of something was done, held or reached."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain

from extract.numbers.amounts import Quantity
from extract.numbers.cells import find_tables
from extract.numbers.naming import Named, name_all
from extract.numbers.numerals import fold
from extract.numbers.quantities import find_quantities
from extract.outline import Outline
from extract.records import Observation, Role
from extract.sentences import trim
from extract.surroundings import Surroundings

Measure = Callable[[int, int], str | None]

# Numbers in plans are intentions; those in shortcomings count as any other.
REPORTED: tuple[Role, ...] = ("achievements", "responsibility", "deficiencies", "other")


def find_observations(outline: Outline, measure: Measure) -> Iterator[Observation]:
    """The numbers of a report, in order, but for those that it plans.

    `measure(start, end)` gives the mechanism that a slice of the text names, or None; it is asked for the
    words nearest to a number first, then for its clause, its sentence and the heading of its paragraph.
    """
    view, text, ask = fold(outline.text), outline.text, cache(measure)
    for zone in outline.of_role(*REPORTED):
        surroundings = Surroundings(text, zone)
        for named in sorted(_named(view, zone.start, zone.end), key=lambda named: named.quantity.start):
            if seen := _observation(text, surroundings, named, ask):
                yield seen


def _named(view: str, start: int, end: int) -> Iterator[Named]:
    """The numbers of a zone with their names: those of its tables, then those of its sentences."""
    for begin, stop, cells in find_tables(view, start, end):
        view = view[:begin] + re.sub(r"[^\n]", " ", view[begin:stop]) + view[stop:]
        for cell in cells:
            quantity = Quantity(cell.start, cell.end, cell.value, cell.unit, change=cell.change)
            yield Named(quantity, cell.name, cell.start, cell.end, *cell.heading, cell.confidence)
    yield from name_all(view, find_quantities(view, start, end), start, end)


def _observation(text: str, surroundings: Surroundings, named: Named, measure: Measure) -> Observation | None:
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
        mechanism=_mechanism(surroundings, named, measure),
        evidence=evidence,
        confidence=named.confidence,
    )


def _mechanism(surroundings: Surroundings, named: Named, measure: Measure) -> str | None:
    """The mechanism named by the number's own words, else by those around its clause: most are told by their own."""
    asked = chain([(named.own_start, named.own_end)], surroundings.of(named.start, named.end))
    return next((found for start, end in asked if (found := measure(start, end))), None)
