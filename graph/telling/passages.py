"""Whose words reports have, and how words travelled, as text for a reader: the short answer first, then the list."""

from collections.abc import Iterator, Sequence
from statistics import fmean

from graph.analysis.borrowed import Borrowing, Borrowings, Passage, partners
from graph.analysis.travel import Travel
from graph.tables import counted, shorten, table

# The highest source first, as shares have them.
NAMES = {
    "superior": "a superior's",
    "earlier": "its own earlier ones",
    "peers": "peers under the same government",
    "elsewhere": "others elsewhere",
    "stock": "stock of the genre",
    "own": "its own",
}
_PARTNERS = 5
_WIDE = 160


def tell_reports(result: Borrowings, limit: int) -> str:
    """All reports by the share of their own words; at most `limit` of them, or all with 0."""
    shown = result.reports[:limit] if limit else result.reports
    if not shown or not shown[0].shares:
        return f"{result.caution}\nWhat a place's report shares with others: `zhili passages PLACE`.\n"
    means = ", ".join(f"{name} {fmean(each.shares[key] for each in result.reports):.1%}" for key, name in NAMES.items())
    rows = [[each.by, str(each.year), str(each.signs), *(f"{each.shares[key]:.1%}" for key in NAMES)] for each in shown]
    left = len(result.reports) - len(shown)
    more = f"… and {left} more: --limit 0 shows all\n" if left else ""
    return (
        f"{result.caution}\nWhose words a report has, on average: {means}.\n\n"
        f"{table(['report of', 'year', 'signs', *NAMES], rows)}\n{more}"
    )


def tell_place(result: Borrowings) -> str:
    """A place's reports, one after the other: whose words, with whom, and the passages with both sides."""
    return f"{result.caution}\n" + "".join(_report(each) for each in result.reports)


def tell_travel(result: Travel, limit: int) -> str:
    """The reports that have some words, by year, each with its sentence and what that keeps of an earlier one."""
    shown = result.steps[:limit] if limit else result.steps
    lines = [f"“{result.words}”", result.caution, ""]
    for step in shown:
        kept = f"  [{step.kept:.0%} as in {step.source_by}]" if step.source else "  [in words of its own]"
        lines.append(f"{step.year} {step.by}{'  [first]' if step.year == result.since else kept}")
        lines.append(f"    {shorten(step.sentence, _WIDE)}")
    left = result.reports - len(shown)
    return "\n".join(lines) + "\n" + (f"… and {left} more: --limit 0 shows all\n" if left else "")


def report_rows(result: Borrowings) -> Iterator[Sequence[object]]:
    """A row for each report: whose words it has, by share."""
    yield ("report", "by", "level", "year", "signs", *NAMES)
    for each in result.reports:
        yield (each.report, each.by, each.level, each.year, each.signs, *(each.shares.get(key, "") for key in NAMES))


def passage_rows(result: Borrowings) -> Iterator[Sequence[object]]:
    """A row for each passage, with both sides."""
    sides = ("report", "by", "year", "start", "end", "text")
    yield ("source", "signs", "bits", "offices", *sides, *(f"source_{name}" for name in sides))
    for each in result.reports:
        for passage in each.passages:
            both = (getattr(side, name) for side in (passage.mine, passage.theirs) for name in sides)
            yield (passage.source, passage.signs, passage.bits, passage.holders, *both)


def travel_rows(result: Travel) -> Iterator[Sequence[object]]:
    """A row for each report that has the words."""
    yield ("report", "by", "year", "start", "end", "sentence", "kept", "source", "source_by")
    for step in result.steps:
        yield (
            step.report,
            step.by,
            step.year,
            step.start,
            step.end,
            step.sentence,
            step.kept,
            step.source,
            step.source_by,
        )


def _report(found: Borrowing) -> str:
    lines = [f"\n{found.by} {found.year} ({counted(found.signs, 'sign')} compared)"]
    if found.shares:
        lines.append("  words: " + ", ".join(f"{name} {found.shares[key]:.1%}" for key, name in NAMES.items()))
    if not found.passages:
        lines.append("  No passage is shared with another report of the same year or before.")
    for source, by, year, signs in partners(found)[:_PARTNERS]:
        lines.append(f"  {counted(signs, 'sign')} shared with {by} {year} ({NAMES[source]})")
    for number, each in enumerate(found.passages, 1):
        lines += _passage(number, each)
    return "\n".join(lines) + "\n"


def _passage(number: int, found: Passage) -> list[str]:
    held = counted(found.holders, "office")
    return [
        f"  {number}. {counted(found.signs, 'sign')}, {found.bits:.0f} bits, its rarest part in {held}; {NAMES[found.source]}",
        f"     here:  {shorten(found.mine.text, _WIDE)}",
        f"     there: {shorten(found.theirs.text, _WIDE)}  ({found.theirs.by} {found.theirs.year})",
    ]
