"""How things spread, and who states them of how many: the list of all, and what the page of a mechanism or practice shows."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from math import log

import numpy as np

from graph.analysis.concentration import LEAST
from graph.analysis.rates import Group, Interval, Strata, rates
from graph.analysis.reach import Step
from graph.analysis.spread import Pattern, Reach, Spreading
from graph.explorer.catalogue import LEVELS, Thing
from graph.explorer.kept import kept
from graph.explorer.knowledge import Knowledge
from graph.explorer.page import Cell, Link, Page, Rows, Table, asked_number
from graph.explorer.views.charts import curves
from graph.explorer.words import Words

_FEW = 100  # reports with which no pattern can be told
_PROVINCES = 3  # are named


def spread(known: Knowledge, words: Words, choice: Mapping[str, str]) -> Page:
    """Which mechanisms and practices are practised where, since when, how many more each year, and in which pattern."""
    kind = "mechanism" if choice.get("kind") == "mechanism" else "practice"
    spreading, catalogue = _spreading(known), known.catalogue
    table = spreading.table
    reporting = int((table.entries >= 0).sum())

    def row(number: int) -> tuple[Cell, ...]:
        thing = catalogue.things[table.things[number]]
        seats, first = table.begun(number)
        reached = np.bincount(first, minlength=len(table.years)).cumsum().tolist()
        levels = spreading.counted("level", seats)
        told = words("and").join(f"{words(f'level.{level}')} {n}" for level, n in levels.items())
        pattern = spreading.tested(number)
        return (
            Link(thing.name(words.language), thing.iri),
            str(table.years[int(first.min())]),
            len(seats),
            round(100 * len(seats) / reporting, 1),
            len(spreading.counted("province", seats)),
            told,
            round(log(81) / pattern.curve.pace.value, 1) if pattern and pattern.curve.pace else "",
            words("spread.together") if pattern and pattern.concentrated else "",
            words(f"spread.{pattern.direction}") if pattern and pattern.direction else "",
            *reached,
        )

    found = [
        number
        for number in spreading.ranked()
        if spreading.practising[number] and _kind(known, spreading, number) == kind
    ]
    columns = (kind, "since", "places", "share", "provinces", "levels", "speed", "clusters", "order")
    shown = Table((*columns, *(f"year:{year}" for year in table.years)), Rows(found, row))
    few = len(catalogue.reports) < _FEW
    data = {"kind": kind, "reports": len(catalogue.reports), "reporting": reporting, "few": few}
    return Page("spread.html", words("spread"), data, {"spread": shown})


def reach_of(
    known: Knowledge, words: Words, thing: Thing, choice: Mapping[str, str], sure: bool
) -> tuple[dict[str, object], dict[str, Table]]:
    """What a thing's page tells of its spread: data and tables; both empty where no government's report states it.

    The rates are of the places that the reader has chosen by level and province, in the year chosen or the fullest;
    the spread is that of all places.
    """
    spreading, strata = _spreading(known), _strata(known, sure)
    number = _number(spreading, thing.iri)
    if number is None:
        return {}, {}
    reach = _reach(known, number)
    data: dict[str, object] = {
        "answers": [*_answers(words, reach, spreading)],
        "few": _few(reach),
        "_curves": curves(_by_level(words, reach)),
    }
    tables = {"reach": _steps(words, reach, [""]), "reach_in": _steps(words, reach, ["level", "province"])}
    at = strata.table.things.index(thing.iri) if thing.iri in strata.table.things else None
    if at is not None:
        asked, level = asked_number(choice, "year"), choice.get("level", "")
        year = strata.fullest if asked is None else asked
        found = rates(strata, at, "", year, level if level in LEVELS else "", choice.get("province", ""))
        data["rated"] = year
        tables["states"] = _rates(words, [group for group in found.groups if group.kind == "year"])
        for kind in ("level", "province", "length"):
            tables[f"by_{kind}"] = _rates(words, [group for group in found.groups if group.kind == kind])
    return data, tables


def warm(known: Knowledge) -> None:
    """Makes ahead what the first reader would else wait for."""
    _spreading(known)
    _strata(known, False)


@kept()
def _spreading(known: Knowledge) -> Spreading:
    return Spreading(known.catalogue.adoptions())


@kept(2)
def _strata(known: Knowledge, sure: bool) -> Strata:
    return Strata(known.catalogue.adoptions(sure))


@kept(1024)
def _reach(known: Knowledge, number: int) -> Reach:
    spreading = _spreading(known)
    return spreading.reach(number, "", "", whole=True)


def _kind(known: Knowledge, spreading: Spreading, number: int) -> str:
    return known.catalogue.things[spreading.table.things[number]].kind


def _number(spreading: Spreading, iri: str) -> int | None:
    things = spreading.table.things
    number = bisect_left(things, iri)
    return number if number < len(things) and things[number] == iri else None


def _answers(words: Words, reach: Reach, spreading: Spreading) -> Iterator[str]:
    """Since when, how far, how fast, where and who first, a sentence each."""
    pattern, many = reach.pattern, reach.count("practised")
    if not reach.since:
        yield words("spread.never")
        return
    yield words("spread.since", year=reach.since, n=many, unknown=reach.unknown, known=reach.known)
    share = next(step.share for step in reach.last())
    yield (
        words("spread.far", n=many, of=reach.reporting, share=words.share(share.share), span=_span(words, share))
        if share
        else ""
    )
    if _few(reach):
        yield words("spread.nothing")
        return
    yield _speed(words, pattern)
    yield _where(words, reach)
    yield _first(words, reach, spreading)


def _few(reach: Reach) -> bool:
    """Whether there is nothing to tell of how fast, where and by whom first."""
    return reach.count("practised") < LEAST and reach.pattern.order_q is None


def _speed(words: Words, pattern: Pattern) -> str:
    curve = pattern.curve
    if not (curve.ceiling and curve.pace and curve.middle):
        return words("spread.slow", why=words(f"spread.why.{curve.why_not}"))
    ends = curve.ceiling
    span = _span(words, Interval(ends.value, max(0.0, ends.low), min(1.0, ends.high)))
    years = f"{log(81) / curve.pace.value:.1f}"
    return words(
        "spread.fast", ceiling=words.share(ends.value), span=span, middle=f"{curve.middle.value:.1f}", years=years
    )


def _where(words: Words, reach: Reach) -> str:
    pattern = reach.pattern
    if (near := pattern.concentration) is None:
        return words("spread.where.few", n=LEAST)
    key = "spread.where.together" if pattern.concentrated else "spread.where.chance"
    told = words(key, joins=near.joins, expected=round(near.expected), q=_q(pattern.concentration_q))
    some = sorted(reach.last("province"), key=lambda step: -step.reached / max(1, step.places))
    most = [step for step in some if step.places >= LEAST][:_PROVINCES]
    if not pattern.concentrated or not most:
        return told
    named = words("and").join(f"{step.name} {step.reached}/{step.places}" for step in most)
    return told + words("spread.where.most", places=named)


def _first(words: Words, reach: Reach, spreading: Spreading) -> str:
    order, before, q = reach.pattern.order, reach.before, reach.pattern.order_q
    counts = {"above": order.superior_first, "same": order.same, "below": order.inferior_first}
    begun = {"superior": before.superior, "peers": before.peers, "both": before.both, "neither": before.neither}
    ways = words("spread.ways", **begun) if any(begun.values()) else ""
    if q is None:
        return (words("spread.first.few", **counts) if any(counts.values()) else words("spread.first.none")) + ways
    usual = words.share(spreading.usual.share)
    direction = reach.pattern.direction
    return words("spread.first", head=words(f"spread.{direction or 'chance'}"), q=_q(q), usual=usual, **counts) + ways


def _by_level(words: Words, reach: Reach) -> dict[str, list[tuple[int, float]]]:
    """The shares of all places and of each level, by year."""
    found: dict[str, list[tuple[int, float]]] = {}
    for step in reach.steps:
        if step.share and step.kind in ("", "level"):
            name = words(f"level.{step.name}" if step.kind else "spread.all")
            found.setdefault(name, []).append((step.year, step.share.share))
    return found


def _steps(words: Words, reach: Reach, kinds: list[str]) -> Table:
    def row(step: Step) -> tuple[Cell, ...]:
        name = words(f"level.{step.name}") if step.kind == "level" else step.name
        where = (name,) if step.kind else ()
        return *where, str(step.year), step.new, step.unknown, step.reached, step.places, *_ends(step.share)

    rows = [row(step) for step in reach.steps if step.kind in kinds]
    where = () if kinds == [""] else ("where",)
    return Table((*where, "year", "new", "unknown", "reached", "reporting", "share", "low", "high"), rows)


def _rates(words: Words, groups: list[Group]) -> Table:
    def row(group: Group) -> tuple[Cell, ...]:
        rate = group.rate
        name = words(f"level.{group.name}") if group.kind == "level" else group.name
        counts = (rate.practised, rate.planned, rate.lacking, rate.silent, rate.reports, rate.no_report)
        return name, *counts, *_ends(rate.share), *_ends(rate.standard)

    kind = groups[0].kind if groups else "year"
    columns = ("status.practised", "status.planned", "status.lacking", "silent", "reporting", "no_report")
    return Table(
        (kind, *columns, "share", "low", "high", "standard", "standard_low", "standard_high"), [*map(row, groups)]
    )


def _ends(share: Interval | None) -> tuple[Cell, ...]:
    """A share and the ends of its interval, as per cent."""
    return tuple(round(100 * each, 1) for each in (share.share, share.low, share.high)) if share else ("", "", "")


def _span(words: Words, share: Interval) -> str:
    return f"{words.share(share.low)[:-1]}–{words.share(share.high)}"


def _q(q: float | None) -> str:
    return "" if q is None else "<0.001" if q < 0.001 else f"={q:.3f}"
