"""Numbers side by side: an indicator's, in groups that can be compared, and those of a report that cannot all be true."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from statistics import median
from typing import Any, NamedTuple

import numpy as np

from graph.analysis.arrays import Integers
from graph.analysis.columns import Contradicting
from graph.analysis.numbers import FEWEST, Arranged, Columns, Ranked, Reason, Standing, Terms, arrange
from graph.explorer.catalogue import Report
from graph.explorer.facets import Facets
from graph.explorer.kept import kept
from graph.explorer.knowledge import Knowledge, by_place
from graph.explorer.page import Cell, Link, Page, Table, window
from graph.explorer.views.charts import Line, line, strip
from graph.explorer.words import Words
from graph.figures.contradictions import Contradiction
from graph.figures.figure import Figure
from ontology.namespace import PREFIXES
from ontology.units import why_apart

LINES = 24  # of values over the years, on one page
STRIPS = 6  # of groups


def number(value: str) -> int | float:
    """A decimal as the store writes it, as an integer where it is one."""
    return float(value) if "." in value else int(value)


def warm(known: Knowledge) -> None:
    """Makes ahead what a reader would else wait for."""
    known.figures.of_report(0)


def indicator(known: Knowledge, words: Words, iri: str, choice: Mapping[str, str]) -> Page | None:
    """The numbers of an indicator, those that can be compared in groups, and why the others cannot; None for an unknown one."""
    if iri not in known.catalogue.indicators:
        return None
    about = _compared(known, iri)
    groups = about.found.groups
    series = _lines(known, words, about)
    data = {
        "iri": iri,
        "measures": measures(known, words, iri),
        "lead": words(
            "compared.lead",
            n=words.counted(len(about.rows), "numbers"),
            places=words.counted(about.places, "places"),
            most=words.counted(groups[0].places if groups else 0, "places"),
        ),
        "fewest": FEWEST,
        "_strips": [_strip(words, about, group, at) for at, group in enumerate(groups[:STRIPS], 1)],
        "_lines": [(known.catalogue.reports[report].by, unit, drawn) for report, unit, drawn in series[:LINES]],
        "_more": max(0, len(series) - LINES),
    }
    columns = ("group", "place", "year", "value", "unit", "told", "qualifier", "change", "scope", "period", "rank")
    apart = window(choice, "apart", len(about.found.apart), "values")
    groups_rows = [row for at, group in enumerate(groups, 1) for row in _group(words, group, at)]
    tables = {
        "values": _values(known, words, about, choice, (*columns, "sentence")),
        "groups": Table(
            ("group", "terms", "places", "year", "numbers", "lower", "median", "upper"),
            groups_rows,
        ),
        "apart": Table(
            ("place", "year", "told", "change", "why", "sentence"),
            _apart(known, words, about, apart),
            len(about.found.apart),
            apart.start,
        ),
    }
    return Page("indicator.html", known.catalogue.indicators[iri], data, tables)


def contradicting(known: Knowledge, words: Words, choice: Mapping[str, str]) -> Page:
    """The numbers of reports that cannot all be true, of the reports of a choice."""
    facets = Facets(known.catalogue, choice)
    found = known.figures.contradictions
    reports = known.figures.reports[[each.figure for each in found]] if found else np.zeros(0, np.int64)
    left = np.flatnonzero(facets.left[reports])
    shown = window(choice, "contradictions", len(left))
    rows = [found[number] for number in left[shown].tolist()]
    data = {"facets": facets, "lead": words("contradictions.lead"), "_own": ""}
    table = Table(_AGAINST, _contradictions(known, words, rows), len(left), shown.start)
    return Page("list.html", words("contradictions"), data, {"contradictions": table})


def of_report(known: Knowledge, words: Words, about: Report) -> Table:
    """The numbers of one report that cannot all be true."""
    found = known.figures.of_report(known.catalogue.numbers[about.iri])
    return Table(_AGAINST, _contradictions(known, words, found))


def measures(known: Knowledge, words: Words, indicator: str) -> Cell:
    """The mechanism that an indicator stands under; "" for none."""
    mechanism = PREFIXES["mechanism"] + indicator.removeprefix(PREFIXES["indicator"]).split("/")[0]
    return Link(known.label(mechanism, words.language), mechanism) if mechanism in known.catalogue.things else ""


class _Compared(NamedTuple):
    """The numbers of one indicator: their rows in `Knowledge.figures`, what these hold, and what came of comparing them."""

    rows: Integers
    columns: Columns
    found: Arranged
    places: int


@kept(256)
def _compared(known: Knowledge, iri: str) -> _Compared:
    rows = known.figures.of(iri)
    columns = known.figures.columns(rows)
    seats = known.catalogue.seats[known.figures.reports[rows]]
    return _Compared(rows, columns, arrange(columns), len(np.unique(seats)))


def _values(
    known: Knowledge, words: Words, about: _Compared, choice: Mapping[str, str], columns: tuple[str, ...]
) -> Table:
    """The numbers that can be compared, group by group, as far as an address asks for them."""
    groups = about.found.groups
    ends = np.cumsum([0, *(len(group.rows) for group in groups)]).tolist()
    shown = window(choice, "values", ends[-1])
    parts = [
        (at, row, ranks)
        for at, (group, start) in enumerate(zip(groups, ends, strict=False), 1)
        for row, ranks in zip(
            *(
                each[max(0, shown.start - start) : max(0, shown.stop - start)].tolist()
                for each in (group.rows, group.ranks)
            ),
            strict=True,
        )
    ]
    figures = known.figures.figures(about.rows[[row for _, row, _ in parts]].tolist() if parts else [])
    rows = [
        _standing(known, words, at, Standing(figure, *ranks))
        for (at, _, ranks), figure in zip(parts, figures, strict=True)
    ]
    return Table(columns, rows, ends[-1], shown.start)


def _apart(known: Knowledge, words: Words, about: _Compared, shown: slice) -> list[tuple[Cell, ...]]:
    rows, reasons = about.found.apart[shown], about.found.reasons[shown].tolist()
    told = {each: words("and").join(_reason(words, one) for one in about.found.why[each]) for each in set(reasons)}
    figures = known.figures.figures(about.rows[rows].tolist())
    return [
        (*_about(known, figure), figure.told, _change(words, figure), told[reason], _quoted(figure))
        for figure, reason in zip(figures, reasons, strict=True)
    ]


_AGAINST = ("place", "year", "kind", "told", "against", "would", "sentence", "sentence.other")


def _contradictions(known: Knowledge, words: Words, found: Iterable[Contradicting]) -> list[tuple[Cell, ...]]:
    def row(each: Contradiction) -> tuple[Cell, ...]:
        others = words("and").join(f"{words.told(other.told)} ({other.source.year})" for other in each.others)
        return (
            *_about(known, each.figure),
            words(f"contradiction.{each.kind}"),
            each.figure.told,
            others,
            _between(words, each.least, each.most),
            _quoted(each.figure),
            _quoted(each.others[-1]),
        )

    return [row(known.figures.contradiction(each)) for each in found]


def _between(words: Words, least: float | None, most: float | None) -> str:
    low, high = ("" if each is None else words.number(float(f"{each:.4g}")) for each in (least, most))
    return low if low == high else words("between", low=low or "…", high=high or "…")


def _about(known: Knowledge, figure: Figure) -> tuple[Cell, Cell]:
    return by_place(known.report(figure.source.report)), str(figure.period.year)


def _quoted(figure: Figure) -> Link:
    return Link(" ".join(figure.quote.split()), f"{figure.source.report}#char={figure.start},{figure.end}")


def _change(words: Words, figure: Figure) -> str:
    return words(f"change.{figure.change}") if figure.change else ""


def _standing(known: Knowledge, words: Words, at: int, each: Standing) -> tuple[Cell, ...]:
    figure = each.figure
    rank = f"{each.best}–{each.worst}" if each.best != each.worst else str(each.best)
    return (
        at,
        *_about(known, figure),
        figure.value,
        figure.unit,
        figure.told,
        words(f"qualifier.{figure.qualifier}"),
        _change(words, figure),
        figure.scope.words,
        figure.period.words,
        words("lacks.of", n=rank, of=each.places) if each.best else "",
        _quoted(figure),
    )


def _group(words: Words, group: Ranked, at: int) -> Iterable[tuple[Cell, ...]]:
    """A row for each year with quartiles, or one for all years where none has."""
    terms = at, _terms(words, group.terms), group.places
    for year in group.years:
        if year.lower is not None and year.median is not None and year.upper is not None:
            yield *terms, str(year.year), year.places, year.lower, year.median, year.upper
    if all(year.lower is None for year in group.years):
        first, last = group.years[0].year, group.years[-1].year
        yield *terms, str(first) if first == last else f"{first}–{last}", len(group.rows), "", "", ""


def _terms(words: Words, terms: Terms) -> str:
    """On what terms numbers are, in words."""
    parts = [
        words("measure.change") if terms.measure == "change" else "",
        words(f"level.{terms.level}"),
        terms.office or words("office.government"),
        words(f"scope.{terms.scope}") + (f"（{terms.part}）" if terms.part else ""),
        words(f"period.{terms.period}") + (f"（{terms.span}）" if terms.span else ""),
        terms.unit,
    ]
    return " · ".join(filter(None, parts))


def _reason(words: Words, reason: Reason) -> str:
    if reason.what in ("several", "alone"):
        return words(f"reason.{reason.what}")
    mine, theirs = (_named(words, reason.what, each) for each in (reason.mine, reason.theirs))
    why = why_apart(reason.mine, reason.theirs, words.language) if reason.what == "unit" else ""
    told = words("reason.differs", what=words(f"reason.{reason.what}"), mine=mine, theirs=theirs)
    return f"{told}（{why}）" if why else told


def _named(words: Words, what: str, value: str) -> str:
    if what == "office":
        return value or words("office.government")
    if what in ("scope", "period", "level", "measure"):
        return words(f"{what}.{value}")
    return value or "–"


def _strip(words: Words, about: _Compared, group: Ranked, at: int) -> dict[str, Any]:
    """A group's values as points on a line, with the middle one, for the template to draw."""
    values = about.columns.value[group.rows].tolist()
    points, middle, skewed = strip(values)
    return {
        "at": at,
        "terms": _terms(words, group.terms),
        "places": group.places,
        "points": points,
        "middle": middle,
        "skewed": skewed,
        "ends": [words.value(min(values)), words.value(max(values))],
        "median": words.value(round(median(values), 6)),
    }


def _lines(known: Knowledge, words: Words, about: _Compared) -> list[tuple[int, str, Line]]:
    """(report, unit, line) for the offices that give comparable values for several years, the most first.

    `report` is the number of one that the office wrote.
    """
    series: defaultdict[tuple[int, str], list[tuple[int, float]]] = defaultdict(list)
    reports: dict[int, int] = {}
    for group in about.found.groups:
        if group.terms.measure == "level":
            office, year, value = (column[group.rows] for column in about.columns[:3])
            several = np.bincount(office)[office] > 1
            report = known.figures.reports[about.rows[group.rows]]
            for each, *point in zip(*(column[several].tolist() for column in (office, year, value)), strict=True):
                series[each, group.terms.unit].append((point[0], point[1]))
            reports |= zip(office[several].tolist(), report[several].tolist(), strict=True)
    most = sorted(series.items(), key=lambda each: -len(each[1]))
    return [(reports[office], unit, drawn) for (office, unit), values in most if (drawn := line(values, words.value))]
