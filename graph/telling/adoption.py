"""Who states a thing, of how many: rates as text for a reader, each with its denominator."""

from collections.abc import Iterator, Sequence

from graph.analysis.adoption import State
from graph.analysis.rates import Adopted, Group, Interval, Rate, Rates, Stances
from graph.naming import abbreviate
from graph.tables import counted, table

_COLUMNS = [
    "practised",
    "planned",
    "lacking",
    "silent",
    "of reports",
    "no report",
    "share",
    "95 %",
    "at equal length",
    "95 %",
]
_CAUTION = (
    "The denominator is the places with a report; silence is not absence. A longer report mentions more: "
    "`at equal length` is the share if these reports had the lengths of all."
)
_SIGNS = {"no_report": "–", "silent": "·"}
_KINDS = {"year": "By year", "level": "By level", "province": "By province", "length": "By characters of the report"}


def tell_adopted(result: Adopted, limit: int) -> str:
    """The rates of many things, at most `limit` of them, or all with 0; or of one thing, with those of groups."""
    if result.year is None or not result.reporting:
        there = f" There are reports on {', '.join(map(str, result.years))}." if result.years else ""
        on = "" if result.year is None else f"on {result.year} "
        return f"No report {on}of {_whose(result)}: nothing to count.{there}\n"
    if not result.things:
        return "No report in the graph speaks of what was asked for: nothing to count.\n"
    if len(result.things) == 1 and result.things[0].groups:
        return _told(result, result.things[0])
    shown = result.things[:limit] if limit else result.things
    head = f"{counted(len(result.things), 'thing')} in {_reports(result)}.\n{_CAUTION}"
    more = (
        f"… and {len(result.things) - len(shown)} more: --limit 0 shows all\n"
        if len(shown) < len(result.things)
        else ""
    )
    return f"{head}\n\n{table(['name', *_COLUMNS], [[each.name, *_cells(each.whole)] for each in shown])}\n{more}"


def tell_stances(result: Stances, limit: int) -> str:
    """What a place states of things over the years, at most `limit` of them, or all with 0."""
    said = [each for each in result.things if set(each.states) - {"silent", "no_report"}]
    told = [year for year, length in zip(result.years, result.lengths, strict=True) if length]
    quiet = len(result.things) - len(said)
    head = (
        f"{result.place.full_name} ({result.place.code}) has reports on {', '.join(map(str, told)) or 'no year'}. "
        f"It speaks of {counted(len(said), 'thing')}, and is silent on {quiet} that others speak of.\n"
        f"{_SIGNS['silent']} silent, which is not absent; {_SIGNS['no_report']} no report."
    )
    said.sort(key=lambda each: (sorted(map(_firmness, each.states)), each.thing))
    shown = said[:limit] if limit else said
    rows = [[each.name, *(_SIGNS.get(state, state) for state in each.states)] for each in shown]
    lengths = ["characters", *(str(length or _SIGNS["no_report"]) for length in result.lengths)]
    more = f"… and {len(said) - len(shown)} more: --limit 0 shows all\n" if len(shown) < len(said) else ""
    return f"{head}\n\n{table(['name', *map(str, result.years)], [lengths, *rows])}\n{more}"


def adopted_rows(result: Adopted) -> Iterator[Sequence[object]]:
    """Rows for CSV, a heading first: each thing and group."""
    yield (
        *("thing", "name", "kind", "group", "practised", "planned", "lacking", "silent", "reports", "no_report"),
        *("share", "low", "high", "standard", "standard_low", "standard_high"),
    )
    for each in result.things:
        for group in (Group("chosen", str(result.year), each.whole), *each.groups):
            rate = group.rate
            counts = (rate.practised, rate.planned, rate.lacking, rate.silent, rate.reports, rate.no_report)
            yield each.thing, each.name, group.kind, group.name, *counts, *_ends(rate.share), *_ends(rate.standard)


def stance_rows(result: Stances) -> Iterator[Sequence[object]]:
    """Rows for CSV, a heading first: each thing and year."""
    yield "code", "place", "thing", "name", "year", "characters", "state"
    for each in result.things:
        for year, length, state in zip(result.years, result.lengths, each.states, strict=True):
            yield result.place.code, result.place.full_name, each.thing, each.name, year, length, state


def in_percent(share: Interval | None) -> str:
    """A share as per cent; "" where there is none."""
    return f"{100 * share.share:.0f} %" if share else ""


def span(share: Interval | None) -> str:
    """Its interval."""
    return f"{100 * share.low:.0f}–{100 * share.high:.0f} %" if share else ""


def _told(result: Adopted, thing: Rates) -> str:
    rate = thing.whole
    head = (
        f"{thing.name} ({abbreviate(thing.thing)}): practised by {rate.practised} of {counted(rate.reports, 'place')} with a report on "
        f"{result.year} ({in_percent(rate.share)}, 95 % interval {span(rate.share)}"
        + (f"; {in_percent(rate.standard)} at equal length" if rate.standard else "")
        + f"); planned by {rate.planned}, admitted as lacking by {rate.lacking}, not mentioned by {rate.silent}; "
        f"{rate.no_report} of {_whose(result)} {'has' if rate.no_report == 1 else 'have'} no report on that year.\n{_CAUTION}\n"
    )
    tables = []
    for kind, title in _KINDS.items():
        if rows := [[group.name, *_cells(group.rate)] for group in thing.groups if group.kind == kind]:
            tables.append(
                f"\n{title}{'' if kind == 'year' else f', {result.year}'}\n{table([kind, *_COLUMNS], rows)}\n"
            )
    return head + "".join(tables)


def _reports(result: Adopted) -> str:
    return f"the reports on {result.year} of {result.reporting} of {_whose(result)}"


def _whose(result: Adopted) -> str:
    which = "".join(f" of {each}" for each in (result.province,) if each) + (
        f" of the level {result.level}" if result.level else ""
    )
    return f"{counted(result.places, 'place')}{which}"


def _cells(rate: Rate) -> list[str]:
    counts = (rate.practised, rate.planned, rate.lacking, rate.silent, rate.reports, rate.no_report)
    return [*map(str, counts), in_percent(rate.share), span(rate.share), in_percent(rate.standard), span(rate.standard)]


def _ends(share: Interval | None) -> tuple[object, ...]:
    return tuple(f"{each:.4f}" for each in (share.share, share.low, share.high)) if share else ("", "", "")


def _firmness(state: str) -> int:
    return -State[state.upper()]
