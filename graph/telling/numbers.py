"""Numbers compared as text for a reader: the short answer first, then the table, and of what is left out why."""

from collections.abc import Iterable, Iterator, Sequence

from graph.analysis.numbers import FEWEST, Apart, Comparison, Group, Reason, Standing, Terms
from graph.analysis.observations import Contradictions, Indicators, PlaceNumbers
from graph.figures.contradictions import Contradiction
from graph.figures.figure import Figure
from graph.tables import counted, table
from ontology.units import why_apart

_SCOPES = {
    "whole": "the whole place",
    "own": "the own level alone",
    "office": "the office itself",
    "system": "the department's system",
    "part": "one part",
    "beyond": "more than the place",
    "unsaid": "not said",
}
_PERIODS = {
    "year": "a year",
    "since": "several years",
    "to-date": "added up, since when is not said",
    "part": "a part of a year",
    "point": "a point in time",
    "mean": "a mean",
    "target": "a target",
}
_NONE = {"office": "a government"}
_KINDS = {
    "change": "change against last year",
    "parts": "parts against their total",
    "rate": "rate against its numbers",
    "twice": "one thing told twice",
}


def tell_indicators(result: Indicators, limit: int) -> str:
    """The indicators by how many places give them; at most `limit` of them, or all with 0."""
    if not result.indicators:
        return f"No number of what was asked for in {counted(result.reports, 'report')}.\n"
    shown = result.indicators[:limit] if limit else result.indicators
    several = sum(each.places > 1 for each in result.indicators)
    head = (
        f"{counted(len(result.indicators), 'indicator')} in {counted(result.reports, 'report')}; {several} of them are "
        "given by more than one place. Comparable: the places whose numbers are on the same scope, period and unit.\n"
    )
    rows = [
        [each.name, _under(each.indicator), str(each.numbers), str(each.places), str(each.comparable)] for each in shown
    ]
    told = table(["indicator", "mechanism", "numbers", "places", "comparable"], rows)
    return f"{head}\n{told}\n{_more(result.indicators, shown)}"


def tell_comparison(result: Comparison, limit: int) -> str:
    """The numbers of one indicator side by side; at most `limit` of each group, or all with 0."""
    if not result.numbers:
        return f"{result.name} ({_under(result.indicator)}): no number that is as sure as was asked for.\n"
    one = result.groups[0].places if result.groups else 0
    head = (
        f"{result.name} ({_under(result.indicator)}): {counted(result.numbers, 'number')} of "
        f"{counted(result.places, 'place')}; {one} of the {result.places} can be compared in one group.\n"
        f"Ranks and quartiles are of one year, and given with {FEWEST} places or more. What a place does not report is not 0.\n"
    )
    apart = [[_by(each.figure), *_told_apart(each)] for each in result.apart]
    rest = f"\nNot comparable with the first group, and why\n{_part(['place', 'year', 'number', 'why'], apart, limit)}"
    return head + "".join(_group(each, limit) for each in result.groups) + (rest if apart else "")


def tell_place(result: PlaceNumbers, limit: int) -> str:
    """Where the numbers of one place stand among those of others, and of the rest why they cannot be compared.

    At most `limit` of each, or all with 0.
    """
    rows = [
        [
            each.name,
            _under(each.indicator),
            str(one.figure.period.year),
            one.figure.shown,
            tell_rank(one),
            str(one.places),
        ]
        for each in result.comparisons
        for group in each.groups
        for one in group.standings
    ]
    apart = [
        [each.name, _under(each.indicator), *_told_apart(one)] for each in result.comparisons for one in each.apart
    ]
    if not rows and not apart:
        return f"{result.place.full_name}: no number of what was asked for.\n"
    head = (
        f"{result.place.full_name}: {counted(len(rows), 'number')} that can be compared, {len(apart)} that cannot or that "
        f"nobody else gives. A rank takes {FEWEST} places that give a comparable number for the same year.\n"
    )
    columns = ["indicator", "mechanism", "year", "number"]
    compared = f"\n{_part([*columns, 'rank', 'places'], rows, limit)}" if rows else ""
    rest = f"\nNot comparable, and why\n{_part([*columns, 'why'], apart, limit)}" if apart else ""
    return head + compared + rest


def tell_contradictions(result: Contradictions, limit: int) -> str:
    """The contradictions, each with all its sentences; at most `limit` of them, or all with 0."""
    shown = result.found[:limit] if limit else result.found
    head = (
        f"{counted(len(result.found), 'contradiction')} in {counted(result.reports, 'report')}. Which of the numbers is "
        "wrong cannot be told from the report; a slip of the rules that read it is possible, too: see the sentences.\n"
    )
    return head + "".join(f"\n{_contradiction(each)}" for each in shown) + _more(result.found, shown)


def rows_of_indicators(result: Indicators) -> Iterator[Sequence[object]]:
    """As rows of CSV."""
    yield ("indicator", "mechanism", "numbers", "places", "comparable")
    for each in result.indicators:
        yield each.name, _under(each.indicator), each.numbers, each.places, each.comparable


def rows_of_comparisons(results: Iterable[Comparison]) -> Iterator[Sequence[object]]:
    """As rows of CSV: a number each, the groups by their number, 0 for what cannot be compared."""
    yield (
        *("indicator", "mechanism", "group", "code", "place", "department", "year", "value", "unit", "low", "high"),
        *("as_reported", "qualifier", "change", "scope", "period", "best_rank", "worst_rank", "quarter", "of_places"),
        *("reasons", "report", "sentence"),
    )
    for result in results:
        under = result.name, _under(result.indicator)
        for number, group in enumerate(result.groups, 1):
            for one in group.standings:
                ranks = one.best or "", one.worst or "", one.quarter or "", one.places
                yield *under, number, *_cells(one.figure), *ranks, "", one.figure.source.report, one.figure.quote
        for apart in result.apart:
            why = "; ".join(map(tell_reason, apart.reasons))
            yield *under, 0, *_cells(apart.figure), "", "", "", "", why, apart.figure.source.report, apart.figure.quote


def rows_of_contradictions(result: Contradictions) -> Iterator[Sequence[object]]:
    """As rows of CSV: a number of a contradiction each, the one that is contradicted first."""
    yield (
        "number",
        "kind",
        "code",
        "place",
        "department",
        "year",
        "as_reported",
        "least",
        "most",
        "report",
        "sentence",
    )
    for number, each in enumerate(result.found, 1):
        for figure in (each.figure, *each.others):
            source, first = figure.source, figure is each.figure
            between = (each.least, each.most) if first else ("", "")
            by = source.place.code, source.place.full_name, source.department, source.year
            yield number, each.kind, *by, figure.told, *between, source.report, figure.quote


def _cells(figure: Figure) -> tuple[object, ...]:
    source = figure.source
    return (
        *(source.place.code, source.place.full_name, source.department, figure.period.year, figure.value, figure.unit),
        *(figure.low, figure.high, figure.told, figure.qualifier, figure.change, figure.scope.kind, figure.period.kind),
    )


def tell_terms(terms: Terms) -> str:
    """On what terms numbers are, in words."""
    office = f"{terms.level} governments" if not terms.office else f"{terms.level} level, {terms.office}"
    span = f" ({terms.span})" if terms.span else ""
    part = f" ({terms.part})" if terms.part else ""
    what = "changes, " if terms.measure == "change" else ""
    return (
        f"{what}{office}, scope: {_SCOPES[terms.scope]}{part}, period: {_PERIODS[terms.period]}{span}, in {terms.unit}"
    )


def tell_reason(reason: Reason) -> str:
    """Why a number cannot be compared, in words."""
    if reason.what == "several":
        return "its place gives several numbers for the year"
    if reason.what == "alone":
        return "no other place gives a number on the same terms"
    names = {"scope": _SCOPES, "period": _PERIODS}.get(reason.what, {})
    mine, theirs = (names.get(each, each) or _NONE.get(reason.what, "–") for each in (reason.mine, reason.theirs))
    why = why_apart(reason.mine, reason.theirs, "en") if reason.what == "unit" else ""
    return f"{reason.what}: {mine}; theirs: {theirs}" + (f" ({why})" if why else "")


def tell_rank(standing: Standing) -> str:
    """A rank, or between which two it lies; "" where there are too few places."""
    return f"{standing.best}–{standing.worst}" if standing.best != standing.worst else str(standing.best or "")


def _group(group: Group, limit: int) -> str:
    shown = group.standings[:limit] if limit else group.standings
    rows = [
        [_by(each.figure), str(each.figure.period.year), f"{each.figure.signed:,}", each.figure.shown, tell_rank(each)]
        for each in shown
    ]
    quartiles = "".join(
        f"  {year.year}: {counted(year.places, 'place')}, quartiles {year.lower:,g} · {year.median:,g} · {year.upper:,g}\n"
        for year in group.years
        if year.lower is not None
    )
    head = f"\n{counted(group.places, 'place')}: {tell_terms(group.terms)}\n{quartiles}"
    return f"{head}{table(['place', 'year', 'value', 'as reported', 'rank'], rows)}\n{_more(group.standings, shown)}"


def _contradiction(found: Contradiction) -> str:
    source = found.figure.source
    lines = [
        f"{source.place.full_name}{source.department} {source.year}: {_KINDS[found.kind]}",
        f"   {found.figure.told}: {' '.join(found.figure.quote.split())}",
        *(f"   {each.told}: {' '.join(each.quote.split())} ({each.source.year})" for each in found.others),
        f"   By the others it would be {_between(found.least, found.most)}.",
    ]
    return "\n".join(lines) + "\n"


def _between(least: float | None, most: float | None) -> str:
    if least is None or most is None:
        return f"at least {least:,.4g}" if least is not None else f"at most {most:,.4g}"
    low, high = f"{least:,.4g}", f"{most:,.4g}"
    return low if low == high else f"{low} to {high}"


def _by(figure: Figure) -> str:
    return figure.source.place.full_name + figure.source.department


def _under(indicator: str) -> str:
    return indicator.rpartition("/")[0].rpartition("/")[2]


def _told_apart(apart: Apart) -> list[str]:
    """Year, number and why it cannot be compared."""
    return [str(apart.figure.period.year), apart.figure.shown, "; ".join(map(tell_reason, apart.reasons))]


def _part(columns: Sequence[str], rows: Sequence[Sequence[str]], limit: int) -> str:
    """A table of at most so many rows, or all with 0, and how many are left."""
    shown = rows[:limit] if limit else rows
    return f"{table(columns, shown, 90)}\n{_more(rows, shown)}"


def _more(whole: Sequence[object], shown: Sequence[object]) -> str:
    left = len(whole) - len(shown)
    return f"… and {left} more: --limit 0 shows all\n" if left else ""
