"""What became of shortcomings and plans, as text for a reader: how many, then one by one with both sentences."""

from collections.abc import Iterator, Mapping, Sequence

from graph.analysis.promises import PLAN, VERDICTS, WEAKNESS, Followed, Overview, Promises, Step, Tally
from graph.tables import counted, shorten, table

_KINDS = {WEAKNESS: "shortcoming", PLAN: "plan"}


def tell_promises(result: Promises) -> str:
    """A place's reports, one after the other: what became of what each said."""
    head = f"What became of the shortcomings and plans of {result.place.full_name} ({result.place.code})\n{result.caution}\n"
    return head + "".join(_step(step, result.labels) for step in result.steps)


def _step(step: Step, labels: Mapping[str, str]) -> str:
    gap = "" if step.gap == 1 else f" ({counted(step.gap, 'year')} later; nothing between)"
    lines = [f"\n{step.department or 'The government'}: {step.year} → {step.next_year}{gap}"]
    if not step.admits:
        lines.append(f"  The report on {step.next_year} has nothing on shortcomings: what became of them is not told.")
    if not step.announces:
        lines.append(f"  The report on {step.next_year} has nothing on plans.")
    for kind, name in _KINDS.items():
        counts = step.count(kind)
        told = ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS[kind] if counts[verdict])
        lines.append(f"  {counted(counts.total(), name)}{': ' if told else ''}{told}")
    for verdict_of, each in _in_order(step):
        names = ", ".join(labels[concept] for concept in each.concepts)
        lines.append(f"  {verdict_of}{f' ({names})' if names else ''}")
        lines.append(f"    {step.year}: {shorten(each.said.text, 100)}")
        if each.then:
            lines.append(f"    {step.next_year}: {shorten(each.then.text, 100)}  [alike {each.likeness:.2f}]")
    return "\n".join(lines) + "\n"


def _in_order(step: Step) -> Iterator[tuple[str, Followed]]:
    for kind, name in _KINDS.items():
        for verdict in VERDICTS[kind]:
            for each in step.followed:
                if (each.kind, each.verdict) == (kind, verdict):
                    yield f"{name} {verdict}", each


def tell_overview(result: Overview, limit: int) -> str:
    """All offices with several years: the rates first, then a row each; at most `limit` of them, or all with 0."""
    lines = [result.caution]
    if result.alone:
        lines.append(f"{counted(result.alone, 'office')} with reports on one year only cannot be followed.")
    for kind, name in _KINDS.items():
        total = result.total(kind)
        told = total.total() - total["silent"]
        rates = ", ".join(
            f"{verdict} {total[verdict]} ({total[verdict] / told:.0%})"
            for verdict in VERDICTS[kind]
            if told and verdict != "silent"
        )
        unknown = f"; of {total['silent']} more the next report has nothing of the kind" if total["silent"] else ""
        lines.append(f"Of {counted(told, name)}: {rates or 'nothing to count'}{unknown}")
    shown = result.tallies[:limit] if limit else result.tallies
    columns, *rows = overview_rows(result)
    if rows:
        cells = [[str(cell) for cell in row[1:]] for row in rows[: len(shown)]]
        lines += ["", table([str(column) for column in columns[1:]], cells)]
    if len(shown) < len(result.tallies):
        lines.append(f"… and {len(result.tallies) - len(shown)} more: --limit 0 shows all")
    return "\n".join(lines) + "\n"


def overview_rows(result: Overview) -> Iterator[Sequence[object]]:
    """The offices as rows of CSV, the first with names: counts of each verdict."""
    columns = ["code", "place", "department", "first", "last", "pairs"]
    yield columns + [f"{_KINDS[kind]}s {verdict}" for kind in VERDICTS for verdict in VERDICTS[kind]]
    for tally in result.tallies:
        yield _row(tally)


def _row(tally: Tally) -> list[object]:
    counts = [*tally.weaknesses.values(), *tally.plans.values()]
    return [
        tally.place.code,
        tally.place.full_name,
        tally.department,
        tally.first,
        tally.last,
        tally.pairs,
        *counts,
    ]


def promises_rows(result: Promises) -> Iterator[Sequence[object]]:
    """What became of each shortcoming and plan as rows of CSV, the first with names."""
    yield (
        ["code", "place", "department", "year", "next_year", "kind", "verdict", "likeness", "concepts"]
        + ["said", "said_report", "said_start", "said_end", "then", "then_report", "then_start", "then_end"]
    )
    place = result.place
    for step in result.steps:
        for each in step.followed:
            then = (each.then.text, each.then.report, each.then.start, each.then.end) if each.then else ("",) * 4
            said = each.said
            yield [
                *(place.code, place.full_name, step.department, step.year, step.next_year, each.kind, each.verdict),
                *(each.likeness, " ".join(result.labels[concept] for concept in each.concepts)),
                *(said.text, said.report, said.start, said.end, *then),
            ]
