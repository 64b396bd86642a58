"""A number with its unit as it stands in a text, and the clause around it."""

import re
from decimal import Decimal
from typing import NamedTuple

from extract.marks import Marks
from extract.records import Change, Qualifier


class Quantity(NamedTuple):
    """A number with its unit, from its leading qualifier (近) to its trailing one (以上).

    `former` marks the earlier value of a pair (由5个…, 同比2024年122件), which is no indicator but bounds its
    neighbours' names; `over` is how many named things share the number (3个100%), `noun` what it names itself (零败诉).
    """

    start: int
    end: int
    value: Decimal
    unit: str
    qualifier: Qualifier = "exact"
    change: Change | None = None
    former: bool = False
    over: int = 1
    noun: str = ""
    confidence: float = 1.0


# A comma or a colon inside a number (1,234) parts no clauses.
_STOPS = "。;!?\n,:"
_IN_NUMBER = r"(?<=\d,)\ ?\d{3}(?!\d)|(?<=:)\d\d"
_WITHIN_BOUNDS = re.compile(f"[{_STOPS}](?!{_IN_NUMBER})")
_MARKS = Marks(_STOPS, no_mark_before=_IN_NUMBER)
_LONGEST_IN_NUMBER = 6  # what has to be seen of a number to tell that a comma is its own: `, 234` and what follows
SENTENCES = Marks("。!?\n")
_LONGEST_CLAUSE = 160


def clause_start(view: str, start: int, position: int) -> int:
    """Where the clause before a position begins: behind a comma, a colon or a stop, no further off than a clause is long."""
    left = max(start, position - _LONGEST_CLAUSE)
    if _cuts_a_number(view, position):
        near = max(left, position - _LONGEST_IN_NUMBER)
        if ends := [match.end() for match in _WITHIN_BOUNDS.finditer(view, near, position)]:
            return ends[-1]
        position = near
    behind = _MARKS.behind(view, left, position)
    return left if behind is None else behind


def clause_end(view: str, position: int, end: int) -> int:
    """Where the clause behind a position ends: at a comma, a colon or a stop, at `end`, or where a clause has its length."""
    end = min(end, position + _LONGEST_CLAUSE)
    if _cuts_a_number(view, end):
        stop = _WITHIN_BOUNDS.search(view, position, end)
        return stop.start() if stop else end
    return _MARKS.first(view, position, end)


def _cuts_a_number(view: str, bound: int) -> bool:
    """Whether a bound may hide digits by which a comma or a colon before it is told to be a number's: 1,|234."""
    last = view[bound - 1 : bound]
    return last.isdecimal() or last in " ,:"
