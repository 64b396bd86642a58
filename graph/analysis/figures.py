"""The numbers of reports with what each holds for: in one unit, with its bounds, its scope and its period."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from os.path import commonprefix
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import unquote

from graph.analysis.circumstances import Period, Scope, Where, period, scope
from graph.naming import Place
from graph.sparql import Query, in_graphs
from graph.store import Queryable
from ontology.units import unit

SHARE, POINTS = "%", "百分点"
_REACH = 160  # characters of a sentence that are looked at on either side of a number's clause
_AT_ONCE = 200

_REPORTS = """SELECT ?report ?place ?year ?department WHERE {
    ?report a zl:Report ; zl:jurisdiction ?place ; zl:year ?year OPTIONAL { ?report zl:department ?department } }"""
_VALUED = """?statement sosa:observedProperty ?indicator ; sosa:hasSimpleResult ?value ; zl:unit ?unit ;
    zl:qualifier ?qualifier ; prov:wasDerivedFrom ?slice"""
_COLUMNS = "?statement ?indicator ?value ?unit ?qualifier ?slice"
# Of a whole report what is told of few numbers is asked for by itself, and the words come out of its text.
_NUMBERS = Query(_COLUMNS, _VALUED)
_CHANGES = Query("?statement ?change", "?statement zl:change ?change")
_DOUBTS = Query("?statement ?doubt", "?statement a zl:Observation ; zl:confidence ?doubt")
_TEXTS = Query("?text", "?itself nif:isString ?text")
# Of one indicator in many reports only the words around each number, so that no whole text is read.
_AROUND = f"""SELECT ?report {_COLUMNS} ?change ?doubt ?before ?quote ?after WHERE {{
    {_VALUED} . ?slice nif:anchorOf ?quote ; nif:beginIndex ?start ; nif:endIndex ?end .
    ?statement zl:statedIn ?report . ?report nif:isString ?text
    OPTIONAL {{ ?statement zl:change ?change }} OPTIONAL {{ ?statement zl:confidence ?doubt }}
    BIND (IF(?start > {_REACH}, ?start - {_REACH}, 0) AS ?from)
    BIND (SUBSTR(?text, ?from + 1, ?start - ?from) AS ?before) BIND (SUBSTR(?text, ?end + 1, {_REACH}) AS ?after) }}"""
_SLICE = re.compile(r"#char=(\d+),(\d+)$")


class Source(NamedTuple):
    """A report on a year: of which place, and of which of its departments, "" for the government itself."""

    report: str
    place: Place
    year: int
    department: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a report.

    `value` is in `unit`, the one to which its own unit can be turned; `low` and `high` (None for no bound) bound it, as far as
    its digits and its qualifier say; `told` is how the report has it. `measure` is what kind of number it is: a level, or a change over
    an earlier time. `before` and `clause` are the words of its sentence before its clause, and its clause, folded (NFKC);
    `position` is where in the clause the number stands.
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
    before: str
    clause: str
    position: int
    after: str
    quote: str
    start: int
    end: int
    confidence: float

    @property
    def ordinal(self) -> int:
        """Its place among the numbers of its report."""
        return int(self.statement.rpartition("-")[2])


def read_sources(store: Queryable, known: Mapping[str, Place]) -> dict[str, Source]:
    """The reports of which place and year are known, by IRI, sorted by place, department and year."""
    found = [
        Source(row["report"], known[row["place"]], int(row["year"]), row["department"])
        for row in store.select(_REPORTS)
        if row["place"] in known
    ]
    found.sort(key=lambda each: (each.place.code, each.department, each.year, each.report))
    return {each.report: each for each in found}


def read_indicator(
    store: Queryable, indicator: str, sources: Mapping[str, Source], confidence: float = 0.0
) -> list[Figure]:
    """The figures of one indicator (its IRI) in all reports, in the order of the sources."""
    order = {report: number for number, report in enumerate(sources)}
    found = [
        figure(sources[row["report"]], row, row["before"], row["quote"], row["after"])
        for row in store.select(_AROUND, indicator=indicator)
        if row["report"] in sources and float(row["doubt"] or 1) >= confidence
    ]
    return sorted(found, key=lambda each: (order[each.source.report], each.ordinal))


def read_reports(store: Queryable, sources: Iterable[Source], confidence: float = 0.0) -> Iterator[list[Figure]]:
    """The figures of each report, in the order of the text, report by report in the order that is asked for."""
    waiting = iter(sources)
    while some := list(islice(waiting, _AT_ONCE)):
        graphs = [source.report for source in some]
        texts = {row["report"]: row["text"] for row in _asked(store, _TEXTS, graphs)}
        more: defaultdict[str, dict[str, str]] = defaultdict(lambda: {"change": "", "doubt": ""})
        for query in (_CHANGES, _DOUBTS):
            for row in _asked(store, query, graphs):
                more[row["statement"]] |= row
        found: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
        for row in _asked(store, _NUMBERS, graphs):
            found[row["report"]].append(more[row["statement"]] | row)
        for source in some:
            text = texts.get(source.report, "")
            figures = (_in_text(source, row, text) for row in found[source.report])
            yield sorted((f for f in figures if f.confidence >= confidence), key=lambda each: each.ordinal)


def _asked(store: Queryable, query: Query, graphs: list[str]) -> Iterator[dict[str, str]]:
    for each in in_graphs(query, graphs):
        yield from store.select(each)


def _in_text(source: Source, row: Mapping[str, str], text: str) -> Figure:
    start, end = _where(row["slice"])
    return figure(source, row, text[max(0, start - _REACH) : start], text[start:end], text[end : end + _REACH])


def _where(slice_: str) -> tuple[int, int]:
    """Where a slice of a text begins and ends, by its IRI."""
    found = _SLICE.search(slice_)
    if found is None:
        raise ValueError(f"no slice of a text: {slice_}")
    return int(found[1]), int(found[2])


_STOP = re.compile("[。！？；;!?\n]")
_COMPARED = re.compile(
    r"(?:比|较)(?:去|上)?一?年(?:度|底|末)?净?[^,]{0,4}(?:多|少|高|低|增|减|降|升)|^(?:比|较|同比|高出|多出)"
)


def figure(source: Source, row: Mapping[str, str], before: str, quote: str, after: str) -> Figure:
    """A figure from a row of a number, its clause and the text on either side of that."""
    clause, name = normalize("NFKC", quote), unquote(row["indicator"].rpartition("/")[2])
    start, end = _where(row["slice"])
    before = normalize("NFKC", _STOP.split(before)[-1])
    after = normalize("NFKC", _STOP.split(after)[0])
    value, own = Decimal(row["value"]), unit(row["unit"])
    printed = _printed(value, clause, name)
    low, high = _bounds(value, row["qualifier"], printed, clause)
    # The clause up to the number, behind the words before it; the comma between the two stands at the end of those.
    head = before + clause[: printed.start]
    where = Where(source.place.code, source.place.name, source.place.level, source.department)
    factor = float(own.factor)
    compared = own.base == POINTS or row["change"] or _COMPARED.search(clause[: printed.start])
    return Figure(
        source=source,
        statement=row["statement"],
        indicator=row["indicator"],
        name=name,
        value=_neat(float(value) * factor),
        low=low * factor,
        high=None if high is None else high * factor,
        unit=own.base,
        told=f"{_plain(value)}{row['unit']}",
        qualifier=row["qualifier"],
        change=row["change"],
        measure="change" if compared else "level",
        scope=scope(head, where),
        period=period(before.rstrip(",:"), clause, source.year),
        before=before,
        clause=clause,
        position=printed.start,
        after=after,
        quote=quote,
        start=start,
        end=end,
        confidence=float(row["doubt"] or 1),
    )


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


def _plain(value: Decimal) -> str:
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def _neat(value: float) -> int | float:
    return int(value) if value == int(value) else round(value, 6)
