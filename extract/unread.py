"""What no rule understood: clauses with a number, and sentences with a fault, that no record covers.

They are counted and can be listed, so that a reader sees what was missed.
"""

import re
from collections.abc import Iterable, Iterator

from extract.numbers.indicators import REPORTED
from extract.numbers.numerals import fold
from extract.numbers.uncounted import hide_names
from extract.outline import Outline
from extract.records import Deficiency, Evidence, Observation, Unread
from extract.roles import FAULT, SHORTCOMING_CUE, is_no_fault
from extract.sentences import clause_around, sentences

_DIGIT = re.compile(r"\d")


def find_unread(
    outline: Outline, observations: Iterable[Observation], deficiencies: Iterable[Deficiency]
) -> Iterator[Unread]:
    """The clauses and sentences that no record covers, in the order of kind and place."""
    yield from _unread_numbers(outline, [each.evidence for each in observations])
    told = [slice_ for each in deficiencies for slice_ in (each.evidence, *(cause.evidence for cause in each.causes))]
    yield from _unread_faults(outline, told)


def _unread_numbers(outline: Outline, read: list[Evidence]) -> Iterator[Unread]:
    """Clauses outside the plans with a digit that is no name's, date's or heading's, and in no observation."""
    view, text = fold(outline.text), outline.text
    covered = bytearray(len(text))
    for each in read:
        covered[each.start : each.end] = b"\1" * (each.end - each.start)
    for zone in outline.of_role(*REPORTED):
        shown = hide_names(view[zone.start : zone.end])
        digits = (zone.start + digit.start() for digit in _DIGIT.finditer(shown))
        clauses = (clause_around(text, zone.start, digit, zone.end) for digit in digits if not covered[digit])
        yield from (Unread("number", clause) for clause in dict.fromkeys(clauses) if clause)


def _unread_faults(outline: Outline, read: list[Evidence]) -> Iterator[Unread]:
    """Sentences of a passage on shortcomings that name a fault, and are in no shortcoming and no cause."""
    for zone in outline.of_role("deficiencies"):
        for sentence in sentences(outline.text, zone.words, zone.end):
            words = sentence.of(outline.text)
            apart = not any(each.start < sentence.end and sentence.start < each.end for each in read)
            if apart and FAULT.search(words) and not (is_no_fault(words) or SHORTCOMING_CUE.search(words)):
                yield Unread("shortcoming", sentence)
