"""The spread of things as text for a reader: the short answer first, then the tables, what is unsure said plainly."""

from collections.abc import Iterator, Mapping, Sequence, Sized
from dataclasses import asdict
from math import log

from graph.analysis.chance import FEWEST
from graph.analysis.concentration import LEAST, Concentration
from graph.analysis.curves import FEWEST_YEARS, Curve, Estimate
from graph.analysis.rates import Interval
from graph.analysis.reach import FAMILIES, Order, Step
from graph.analysis.spread import BOTTOM_UP, STATUSES, TOP_DOWN, Reach, Spread
from graph.naming import abbreviate
from graph.tables import counted, table
from graph.telling.adoption import in_percent, span

_WHY_NOT = {
    "places": f"fewer than {FEWEST} places practise it.",
    "years": f"fewer than {FEWEST_YEARS} years in which {FEWEST} places have a report.",
    "growth": "the share hardly grows over these years.",
    "plainer": "a straight line, or places that all have it and mention it now and then, fit the years as well.",
    "outside": "the years hold no turn from faster to slower.",
    "fit": "no curve could be fitted.",
}
_DIRECTIONS = {
    TOP_DOWN: "from the top down",
    BOTTOM_UP: "from below upwards",
    "": "in no direction that can be told from chance",
}
_PROVINCES = 3  # are named


def tell_spread(result: Spread, limit: int) -> str:
    """The reach of many things as a table, the widest first; at most `limit` of them, or all with 0."""
    shown = result.reaches[:limit] if limit else result.reaches
    columns = ["name", *STATUSES, "share", "since", "speed", "together", "order", "levels", "provinces"]
    rows = [
        [reach.name, *(str(reach.count(status)) for status in STATUSES), in_percent(_share(reach)), reach.since]
        + [_pace(reach.pattern.curve), "yes" if reach.pattern.concentrated else "", reach.pattern.direction]
        + [_counts(reach.levels), _counts(reach.provinces)]
        for reach in shown
    ]
    many = len(result.reaches)
    answer = (
        f"{counted(many, 'thing')} {'is' if many == 1 else 'are'} spoken of; beyond chance (false discovery rate 5 %) "
        f"{sum(reach.pattern.concentrated for reach in result.reaches)} stand together in the tree of divisions and "
        f"{sum(bool(reach.pattern.direction) for reach in result.reaches)} have a direction; "
        f"{sum(not reach.pattern.curve.why_not for reach in result.reaches)} grow along an S-curve. A share is of the places that have a "
        "report; speed is the years from a tenth to nine tenths of the ceiling."
    )
    return f"{answer}\n{result.caution}\n\n{table(columns, rows)}\n{_more(result.reaches, shown)}"


def tell_reach(result: Spread, limit: int) -> str:
    """One thing: since when, how far, how fast, where, who first; then by year and level, and who reports it.

    At most `limit` places are listed, or all with 0.
    """
    if not result.reaches:
        return f"No report in the graph speaks of it.\n{result.caution}\n"
    return "".join(_reach(reach, result, limit) for reach in result.reaches)


def spread_rows(result: Spread) -> Iterator[Sequence[object]]:
    """Rows for CSV, a heading first: a thing each, or of one thing that was asked for the places that report it."""
    if len(result.reaches) == 1 and (adopters := result.reaches[0].adopters):
        yield "code", "place", "level", "province", "status", "since", "report_without_it", "report", "sentence"
        for each in adopters:
            where = each.place
            yield where.code, where.full_name, where.level, where.path[0], *list(asdict(each).values())[1:]
        return
    yield (
        *("thing", "name", "broader", *STATUSES, "reporting", "share", "low", "high", "since", "known", "unknown"),
        *("ceiling", "pace", "middle", "no_curve", "joins", "joins_expected", "joins_p", "joins_q", "superior_first"),
        *(
            "same",
            "inferior_first",
            "order_p",
            "order_q",
            "after_superior",
            "after_peers",
            "after_both",
            "after_neither",
        ),
    )
    for reach in result.reaches:
        yield [_plain(value) for value in _values(reach)]


def _values(reach: Reach) -> Iterator[object]:
    pattern, share = reach.pattern, _share(reach)
    curve, near, order, before = pattern.curve, pattern.concentration, pattern.order, reach.before
    yield from (reach.thing, reach.name, reach.broader, *reach.statuses.values(), reach.reporting)
    yield from (share.share, share.low, share.high) if share else (None, None, None)
    yield from (reach.since, reach.known, reach.unknown)
    yield from (each and each.value for each in (curve.ceiling, curve.pace, curve.middle))
    yield curve.why_not
    yield from (near.joins, near.expected, near.p) if near else (None, None, None)
    yield from (
        pattern.concentration_q,
        order.superior_first,
        order.same,
        order.inferior_first,
        order.p,
        pattern.order_q,
    )
    yield from (before.superior, before.peers, before.both, before.neither)


def _plain(value: object) -> object:
    return f"{value:.4g}" if isinstance(value, float) else "" if value is None else value


def _reach(reach: Reach, result: Spread, limit: int) -> str:
    shown = reach.adopters[:limit] if limit else reach.adopters
    counts = ", ".join(f"{status} by {reach.count(status)}" for status in STATUSES if reach.count(status))
    rows = [[each.place.full_name, each.status, each.since, each.without, each.quote] for each in shown]
    lines = [
        f"{reach.name} ({abbreviate(reach.thing)}): {counts}",
        f"Since when: {_since(reach)}",
        f"How far: {_far(reach)}",
        f"How fast: {_fast(reach.pattern.curve)}",
        f"Where: {_where(reach)}",
        f"Who first: {_first(reach, result.usual)}",
        result.caution,
    ]
    years = [_step_row(step, str(step.year)) for step in reach.steps if not step.kind]
    levels = [_step_row(step, step.name) for step in reach.last("level")]
    tables = [
        table(["by", "new", "of these in a first report", "reached", "of places", "share", "95 %"], years + levels),
        table(["place", "status", "since", "report without it", "sentence"], rows),
    ]
    return "\n".join(lines) + "\n\n" + "\n\n".join(tables) + f"\n{_more(reach.adopters, shown)}"


def _since(reach: Reach) -> str:
    if not reach.since:
        return "no report says that it is practised."
    many = reach.count("practised")
    return (
        f"first reported for {reach.since}. Of {counted(many, 'place')}, {reach.unknown} tell of it in the first report that "
        f"there is, so that it is not known since when; {reach.known} did not in the report before."
    )


def _far(reach: Reach) -> str:
    levels = [f"{step.name} {step.reached} of {step.places}" for step in reach.last("level") if step.places]
    share = _share(reach)
    many = f"{reach.count('practised')} of {counted(reach.reporting, 'place')} with a report"
    return f"{many} ({in_percent(share)}, 95 % interval {span(share)})" + (f": {', '.join(levels)}." if levels else ".")


def _fast(curve: Curve) -> str:
    if curve.ceiling is None or curve.pace is None or curve.middle is None:
        return f"no S-curve: {_WHY_NOT[curve.why_not]}"
    return (
        f"along an S-curve towards {_between(curve.ceiling, 100, 0, ' %')}, half of it by {_between(curve.middle, 1, 1)}; "
        f"from a tenth to nine tenths in {log(81) / curve.pace.value:.1f} years."
    )


def _where(reach: Reach) -> str:
    pattern = reach.pattern
    if (near := pattern.concentration) is None:
        return (
            f"too little to tell from chance ({LEAST} places with and {LEAST} without it, several under one superior)."
        )
    if not pattern.concentrated:
        return f"not to be told from chance: {_joined(near, pattern.concentration_q)}"
    some = [step for step in reach.last("province") if step.places >= LEAST]
    some.sort(key=lambda step: -step.reached / step.places)
    named = ", ".join(f"{step.name} {step.reached} of {step.places}" for step in some[:_PROVINCES])
    most = f" Most in {named}." if named else ""
    return f"together in the tree of divisions: {_joined(near, pattern.concentration_q)}{most}"


def _joined(near: Concentration, q: float | None) -> str:
    parts = ", ".join(
        f"{name} {100 * share:.0f} % ({100 * chance:.0f} % by chance)"
        for name, share, chance in zip(("province", "prefecture", "county"), near.told, near.by_chance, strict=True)
    )
    return (
        f"{near.joins} pairs of peers both practise it, {near.expected:.0f} expected by chance (q {_q(q)}). "
        f"Of who practises it, this much goes with the {parts}."
    )


def _first(reach: Reach, usual: Order) -> str:
    order, before, q = reach.pattern.order, reach.before, reach.pattern.order_q
    pairs = f"the superior in {order.superior_first} pairs, the inferior in {order.inferior_first}, in {order.same} the same year"
    if q is None:
        told = f"{pairs}; {FEWEST} pairs in order under {FAMILIES} superiors are needed to tell it from chance."
    else:
        head = _DIRECTIONS[reach.pattern.direction]
        told = f"{head}: {pairs} (q {_q(q)}; of all things {100 * usual.share:.0f} % come from above first)."
    return (
        f"{told} Of places that began between two reports, {before.superior} followed their superior alone, "
        f"{before.peers} a peer alone, {before.both} both, {before.neither} neither."
    )


def _step_row(step: Step, name: str) -> list[str]:
    counts = (step.new, step.unknown, step.reached, step.places)
    return [name, *map(str, counts), in_percent(step.share), span(step.share)]


def _share(reach: Reach) -> Interval | None:
    """The share of the places with a report that a thing has reached by the last year."""
    return next((step.share for step in reach.last()), None)


def _pace(curve: Curve) -> str:
    return f"{log(81) / curve.pace.value:.1f}" if curve.pace else ""


def _between(estimate: Estimate, times: int, digits: int, unit: str = "") -> str:
    value, low, high = (f"{times * each:.{digits}f}" for each in (estimate.value, estimate.low, estimate.high))
    return f"{value}{unit} ({low} to {high})"


def _q(q: float | None) -> str:
    return "" if q is None else "< 0.001" if q < 0.001 else f"= {q:.3f}"


def _more(whole: Sized, shown: Sized) -> str:
    left = len(whole) - len(shown)
    return f"… and {left} more: --limit 0 shows all\n" if left else ""


def _counts(counts: Mapping[str, int]) -> str:
    return " ".join(f"{name} {number}" for name, number in counts.items())
