"""A number with its unit as it stands in a text, and the clause around it."""

import re
from dataclasses import dataclass
from decimal import Decimal

from extract.records import Change, Qualifier


@dataclass(frozen=True, slots=True)
class Quantity:
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


# A comma inside a number (1,234) parts no clauses.
_CLAUSE = re.compile(r"[。;!?\n]|,(?!\ ?\d{3}(?!\d))|(?<!\d),|:(?!\d\d)")


def clause_bounds(view: str, start: int, end: int, position: int) -> tuple[int, int]:
    """Where the clause around a position begins and ends: between commas, colons and stops."""
    begin = max((match.end() for match in _CLAUSE.finditer(view, max(start, position - 160), position)), default=start)
    stop = _CLAUSE.search(view, position, end)
    return begin, stop.start() if stop else end
