"""The network of spread as text for a reader: the short answer first, then the lines, what is unsure said plainly."""

from collections.abc import Iterator, Sequence

from graph.analysis.diffusion import FIGURES, NULLS, RELATIONS, Diffusion, Line
from graph.analysis.mandates import Mandate
from graph.analysis.spreading import Spreading
from graph.tables import counted, table

_FIGURES = dict(
    zip(
        FIGURES,
        (
            "in one province",
            "between siblings, places under one superior",
            "from superior to inferior",
            "from inferior to superior",
            "in both directions",
            "paths of two steps that a pair closes",
        ),
        strict=True,
    )
)
_TRADES = {"anywhere": "anywhere", "province": "in the province", "level": "in the level"}


def tell_spreading(result: Spreading, limit: int) -> str:
    """What came from above, who follows whom, how that clusters; at most `limit` lines, or all with 0."""
    return "\n".join([*_answer(result), *_lines(result, limit), *_figures(result.network), *_mandates(result)]) + "\n"


def rows_of_spreading(result: Spreading) -> Iterator[Sequence[object]]:
    """A row a line, under a row with the names of the columns."""
    yield (
        *("source", "source_name", "target", "target_name", "relation", "follows", "weight", "times", "q"),
        *(f"{column}_{null}" for null in NULLS for column in ("expected", "p", "q")),
        "mechanisms",
    )
    for line in result.network.lines:
        trials = (line.trials[null] for null in NULLS)
        tested = [(each.expected, each.p, each.q) if each else ("", "", "") for each in trials]
        yield (
            *(line.source.code, line.source.full_name, line.target.code, line.target.full_name, line.relation),
            *(len(line.things), line.weight, line.times, f"{line.q:.3g}"),
            *(value for each in tested for value in each),
            " ".join(result.names[thing] for thing in line.things),
        )


def _answer(result: Spreading) -> Iterator[str]:
    network = result.network
    first, last = network.years
    what = " ".join(filter(None, (result.level, "places", f"of {result.province}" if result.province else "")))
    yield (
        f"{network.places:,} {what} with reports on two years or more from {first} to {last}, {network.things} mechanisms, "
        f"{network.dated:,} first reports of which the year is known."
    )
    if network.too_little:
        yield f"Too little to tell who follows whom: {network.too_little}."
    else:
        tested = sum(network.tested.values())
        yield (
            f"{network.beyond:,} of {tested:,} pairs that were looked at follow each other beyond chance; "
            f"{counted(len(network.lines), 'line')} of them explain what others do not."
        )
        if left := sum(network.left.values()):
            names = ", ".join(f"{network.left[name]:,} of {name}" for name in RELATIONS if network.left[name])
            yield (
                f"Not looked at, since there are too many places: {left:,} pairs that are far apart ({names}); "
                "--level or --province looks at all of fewer places."
            )
        yield (
            f"Each pair is held against 3 × {network.samples} chance tables that keep each place's pace and each mechanism's "
            "years: traded anywhere, within provinces, within levels. q is the largest of the three false discovery rates."
        )
    if result.excluded:
        yield f"{counted(len(result.excluded), 'mechanism')} came from above, all at once; left out of that, see below."
    yield result.caution


def _lines(result: Spreading, limit: int) -> Iterator[str]:
    lines = result.network.lines
    shown = lines[:limit] if limit else lines
    if not shown:
        return
    rows = [
        [
            line.source.full_name,
            line.target.full_name,
            line.relation,
            str(len(line.things)),
            f"{line.times:.1f}",
            f"{line.q:.3f}",
            *(_p(line, null) for null in NULLS),
            " ".join(result.names[thing] for thing in line.things[:2]),
        ]
        for line in shown
    ]
    columns = ["from", "to", "relation", "follows", "× chance", "q", *(f"p {_TRADES[null]}" for null in NULLS)]
    yield "\n" + table([*columns, "first of them"], rows)
    if len(lines) > len(shown):
        yield f"… and {len(lines) - len(shown)} more: --limit 0 shows all"


def _p(line: Line, null: str) -> str:
    trial = line.trials[null]
    return f"{trial.p:.3f}" if trial else ""


def _figures(network: Diffusion) -> Iterator[str]:
    if not network.figures:
        if not network.too_little:
            yield "\nWith fewer than 20 pairs beyond chance, no share of them can be told."
        return
    yield f"\nOf the {network.beyond} strongest pairs, and of as many in chance tables:"
    rows = [
        [_FIGURES[each.name], f"{each.observed:.2f}"]
        + [text for null in NULLS for text in (f"{each.trials[null].expected:.2f}", f"{each.trials[null].p:.3f}")]
        for each in network.figures
    ]
    columns = ["share", "found", *(text for null in NULLS for text in (f"chance {_TRADES[null]}", "p"))]
    yield table(columns, rows)


def _mandates(result: Spreading) -> Iterator[str]:
    for name, year in dict.fromkeys((each.asked.document, each.asked.year) for each in result.mandates):
        asked = [each for each in result.mandates if (each.asked.document, each.asked.year) == (name, year)]
        above = [each for each in asked if each.top_down]
        yield (
            f"\nOf {len(asked)} mechanisms that {name} asks for, {len(above)} came from above: most first reports, in most "
            f"provinces, are on {year} or {year + 1}, beyond how others come by. (--json has all of them.)"
        )
        if above:
            columns = ["mechanism", "then", "by chance", "q", "provinces", "section"]
            yield table(columns, map(_mandate, above))


def _mandate(each: Mandate) -> list[str]:
    return [
        each.asked.name,
        f"{each.within} of {each.dated}",
        f"{each.expected:.1f}",
        f"{each.q:.3f}",
        f"{each.jumping} of {each.provinces}",
        each.asked.section,
    ]
