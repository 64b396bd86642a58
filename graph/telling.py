"""Results of the analyses as text for a reader: the short answer first, then the list, what is unsure said plainly."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sized

from graph.naming import Place, abbreviate
from graph.similarity import Likeness, Similar
from graph.spread import STATUSES, Reach, Spread
from graph.tables import shorten, table


def tell_similar(result: Similar) -> str:
    """The likenesses of a place, each with what is shared and a sentence of either side."""
    place = result.place
    head = f"Jurisdictions with weaknesses like those of {place.full_name} ({place.code})\n{result.caution}\n"
    if not result.likenesses:
        return f"{head}\nNone shares any of them.\n"
    return head + "".join(f"\n{_likeness(number, each)}" for number, each in enumerate(result.likenesses, 1))


def tell_all_similar(pairs: Iterable[tuple[Place, Place, float]]) -> Iterator[str]:
    """Lines of CSV: both places by code and name, and how alike they are."""
    yield "code,place,other_code,other,likeness\n"
    for place, other, score in pairs:
        yield f"{place.code},{place.full_name},{other.code},{other.full_name},{score:.4f}\n"


def _likeness(number: int, found: Likeness) -> str:
    lines = [f"{number}. {found.place.full_name} ({found.place.code}): {found.score:.2f}"]
    for shared in found.shared:
        lines.append(f"   {shared.label} ({abbreviate(shared.concept)}): {shared.weight:.2f} bits")
        lines += [f"      {_side('here', shared.my_role)} {shorten(quote.text, 100)}" for quote in shared.mine[:1]]
        lines += [
            f"      {_side('there', shared.their_role)} {shorten(quote.text, 100)}" for quote in shared.theirs[:1]
        ]
    return "\n".join(lines) + "\n"


def _side(side: str, role: str) -> str:
    return f"{side}, as a cause:" if role == "cause" else f"{side}:".ljust(6)


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
