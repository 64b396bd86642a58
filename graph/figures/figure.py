"""An observation and its sentence → a number in one unit, with its bounds, its scope and its period."""

import re
from dataclasses import dataclass, fields
from decimal import Decimal
from os.path import commonprefix
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import unquote

from graph.figures.circumstances import Period, Scope, Where, period, scope
from graph.naming import Place
from ontology.units import unit

SHARE, POINTS = "%", "百分点"
REACH = 160  # characters of a sentence that are looked at on either side of a number's clause


class Source(NamedTuple):
    """A report on a year: of which place, and of which of its departments, "" for the government itself."""

    report: str
    place: Place
    year: int
    department: str


class Observed(NamedTuple):
    """An observation as the graph has it: numbers, units and qualifiers in its words, "" for no change.

    `start` and `end` are where in the report's text its clause stands.
    """

    statement: str
    indicator: str
    value: str
    unit: str
    qualifier: str
    change: str
    confidence: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a report.

    `value` is in `unit`, the one to which its own unit can be turned; `low` and `high` (None for no bound) bound it, as
    far as its digits and its qualifier say; `told` is how the report has it. `measure` is what kind of number it is: a
    level, or a change over an earlier time.
    """

    source: Source
    statement: str
    indicator: str
    name: str
    value: float
    low: float
    high: float | None
    unit: str
    told: str
    qualifier: str
    change: str
    measure: str
    scope: Scope
    period: Period
    quote: str
    start: int
    end: int
    confidence: float

    @property
    def ordinal(self) -> int:
        """Its place among the numbers of its report."""
        return int(self.statement.rpartition("-")[2])

    @property
    def signed(self) -> float:
        """Its value, below 0 for a fall: a value alone is how much a number changed, whichever way."""
        return -self.value if self.change == "decrease" else self.value

    @property
    def shown(self) -> str:
        """The number as the report has it, a rise or a fall with its sign, so that it does not look like a level: -18%."""
        return {"increase": "+", "decrease": "-"}.get(self.change, "") + self.told


@dataclass(frozen=True, slots=True)
class Worded(Figure):
    """A figure with the words of its sentence, folded (NFKC): before its clause, its clause, and behind it.

    `position` is where in the clause the number stands.
    """

    before: str
    clause: str
    position: int
    after: str

    @property
    def bare(self) -> Figure:
        """The figure without these."""
        return Figure(*(getattr(self, each.name) for each in fields(Figure)))


_STOP = re.compile("[。！？；;!?\n]")
_COMPARED = re.compile(
    r"(?:比|较)(?:去|上)?一?年(?:度|底|末)?净?[^,]{0,4}(?:多|少|高|低|增|减|降|升)|^(?:比|较|同比|高出|多出)"
)


def figure(source: Source, observed: Observed, before: str, quote: str, after: str) -> Worded:
    """A figure from an observation, its clause and the text on either side of that."""
    clause, name = normalize("NFKC", quote), name_of(observed.indicator)
    before = normalize("NFKC", _STOP.split(before)[-1])
    after = normalize("NFKC", _STOP.split(after, maxsplit=1)[0])
    value, own = Decimal(observed.value), unit(observed.unit)
    printed = _printed(value, clause, name)
    low, high = _bounds(value, observed.qualifier, printed, clause)
    # The clause up to the number, behind the words before it; the comma between the two stands at the end of those.
    head = before + clause[: printed.start]
    where = Where(source.place.code, source.place.name, source.place.level, source.department)
    factor = float(own.factor)
    compared = own.base == POINTS or observed.change or _COMPARED.search(clause[: printed.start])
    return Worded(
        source=source,
        statement=observed.statement,
        indicator=observed.indicator,
        name=name,
        value=_neat(float(value) * factor),
        low=low * factor,
        high=None if high is None else high * factor,
        unit=own.base,
        told=told(observed.value, observed.unit),
        qualifier=observed.qualifier,
        change=observed.change,
        measure="change" if compared else "level",
        scope=scope(head, where),
        period=period(before.rstrip(",:"), clause, source.year),
        quote=quote,
        start=observed.start,
        end=observed.end,
        confidence=observed.confidence,
        before=before,
        clause=clause,
        position=printed.start,
        after=after,
    )


def in_text(source: Source, observed: Observed, text: str) -> Worded:
    """A figure from an observation and the whole text that it is in."""
    start, end = observed.start, observed.end
    return figure(source, observed, text[max(0, start - REACH) : start], text[start:end], text[end : end + REACH])


def name_of(indicator: str) -> str:
    """What an indicator is called, by its IRI."""
    return unquote(indicator.rpartition("/")[2])


def told(value: str, unit: str) -> str:
    """A number as a report has it, from its value and its unit."""
    plain = f"{Decimal(value):f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain) + unit


class _Printed(NamedTuple):
    """Where in its clause a number begins and ends, and what its last digit is worth; 0 for whole ones in full."""

    start: int
    end: int
    step: Decimal


_NUMERAL = re.compile(r"(?<![\d.])(\d(?:[\d ,]*\d)?)(\.\d+)?(百万|千万|万|亿|千|百)?")
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}


def _printed(value: Decimal, clause: str, name: str) -> _Printed:
    """The numeral of a value; of several alike the one that most of the name stands right before."""
    found = []
    for numeral in _NUMERAL.finditer(clause):
        whole, part, scale = numeral[1].replace(" ", "").replace(",", ""), numeral[2] or "", numeral[3] or ""
        if Decimal(whole + part) * _SCALES[scale] == value:
            step = Decimal(_SCALES[scale]) / 10 ** max(0, len(part) - 1) if part or scale else Decimal(0)
            found.append(_Printed(numeral.start(), numeral.end(), step))
    found.sort(key=lambda each: -len(commonprefix((clause[: each.start][::-1], name[::-1]))))
    return found[0] if found else _Printed(len(clause), len(clause), _step_in_words(value, clause))


def _step_in_words(value: Decimal, clause: str) -> Decimal:
    """What the last digit of a number in Chinese characters is worth: 1 of 百分之九十, 10 of 九成, 0 of 一百二十件."""
    worth = _last_digit(value)
    if "百分之" in clause:
        return min(worth, Decimal(1))
    return worth if "成" in clause or value >= _SCALES["万"] else Decimal(0)


def _last_digit(value: Decimal) -> Decimal:
    """What the last digit that is not 0 is worth: 1000 of 33000, 0.1 of 98.5."""
    exponent = value.normalize().as_tuple().exponent if value else 0
    return Decimal(10) ** int(exponent)


def _bounds(value: Decimal, qualifier: str, printed: _Printed, clause: str) -> tuple[float, float | None]:
    """Between what a number lies: 200余件 are 200 to 300, 98%以上 is no less; 1.5万 may be rounded or cut."""
    worth, behind = float(_last_digit(value)), clause[printed.end : printed.end + 8]
    exact = float(value)
    match qualifier:
        case "at-least" if re.match(r"[^,、\d]{0,3}[余多几]", behind):
            return exact, exact + worth
        case "at-least":
            return exact, None
        case "nearly":
            return exact - worth, exact
        case "about":
            return exact - worth, exact + worth
    return exact - float(printed.step), exact + float(printed.step)


def _neat(value: float) -> int | float:
    return int(value) if value == int(value) else round(value, 6)
