"""The spread of things as text for a reader: the short answer first, then the list, what is unsure said plainly."""

from collections import Counter
from collections.abc import Sized

from graph.analysis.spread import STATUSES, Reach, Spread
from graph.naming import abbreviate
from graph.tables import table


def tell_spread(result: Spread, limit: int) -> str:
    """The reach of many things as a table, the widest first; at most `limit` of them, or all with 0."""
    shown = result.reaches[:limit] if limit else result.reaches
    columns = ["name", *STATUSES, "since", "levels", "provinces"]
    rows = [
        [reach.name, *(str(reach.count(status)) for status in STATUSES), reach.since]
        + [_counts(reach.levels), _counts(reach.provinces)]
        for reach in shown
    ]
    return f"{result.caution}\n\n{table(columns, rows)}\n{_more(result.reaches, shown)}"


def tell_reach(result: Spread, limit: int) -> str:
    """One thing: who reports it, how, since when, and the sentence; at most `limit` of them, or all with 0."""
    if not result.reaches:
        return f"{result.caution}\n\nNo report in the graph speaks of it.\n"
    return f"{result.caution}\n" + "".join(f"\n{_reach(reach, limit)}" for reach in result.reaches)


def _reach(reach: Reach, limit: int) -> str:
    shown = reach.adopters[:limit] if limit else reach.adopters
    counts = ", ".join(f"{status} by {reach.count(status)}" for status in STATUSES if reach.count(status))
    rows = [[each.place.full_name, each.status, each.since, each.quote] for each in shown]
    head = f"{reach.name} ({abbreviate(reach.thing)}): {counts}"
    return f"{head}\n{table(['place', 'status', 'since', 'sentence'], rows)}\n{_more(reach.adopters, shown)}"


def _more(whole: Sized, shown: Sized) -> str:
    left = len(whole) - len(shown)
    return f"… and {left} more: --limit 0 shows all\n" if left else ""


def _counts(counts: Counter[str]) -> str:
    return " ".join(f"{name} {number}" for name, number in sorted(counts.items(), key=lambda each: (-each[1], each[0])))
