"""What is near some things: a picture, a table of everything in it, and the sentences behind a line."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from graph.drawing import content, embed
from graph.explorer.kept import kept
from graph.explorer.knowledge import Knowledge
from graph.explorer.nearby import LINES, NODES, STEPS, Choice, Held, Near, drawn, held, links, nearest, network, short
from graph.explorer.page import Cell, Link, Page, Table, window, with_query
from graph.explorer.words import Words
from graph.network import RELATION, Network

DRAWN = 150
LINES_DRAWN = 700
CENTRES = 12  # at most, in the middle of one picture


@kept(8)
def _held(known: Knowledge, lines: tuple[str, ...], year: str) -> Held:
    return held(known.catalogue, lines, year)


def warm(known: Knowledge) -> None:
    """Reads ahead what most neighbourhoods are made of."""
    _held(known, LINES, "")


def neighbours(known: Knowledge, words: Words, middle: Sequence[str], choice: Choice, asked: Mapping[str, str]) -> Page:
    """What a choice leaves within some steps of the middle, the best connected first; the picture shows the first.

    The twins hold all, and the lines of the picture, too.
    """
    catalogue, language = known.catalogue, words.language
    known_links = links(catalogue.things, _held(known, choice.lines, choice.year), frozenset(middle), choice)
    near = nearest(known_links, frozenset(middle), choice.steps)
    names = [known.label(iri, language) for iri in middle]
    shown = network(catalogue, drawn(known_links, near, DRAWN, LINES_DRAWN), choice)
    data: dict[str, Any] = {
        "around": [{"iri": iri, "name": name} for iri, name in zip(middle, names, strict=True)],
        "choice": {**choice.query(), "steps": choice.steps, "kind": choice.nodes, "status": choice.lines},
        "nodes": len(near),
        "kinds": dict(Counter(known.kind(each.node) for each in near)),
        "drawn": len(shown),
        "_without": [_address(language, [each for each in middle if each != iri], choice) for iri in middle],
        "_offers": _offers(known, words),
        "_picture": Markup(embed(_picture(shown, middle, choice, words))) if near else "",
    }
    title = words("graph.of", name=words("and").join(names))
    rows = window(asked, "nodes", len(near))
    tables = {
        "nodes": Table(
            ("name", "kind", "steps", "links", "around", "expand"),
            [_row(known, words, each, middle, choice) for each in near[rows]],
            len(near),
            rows.start,
        )
    }
    if asked.get("format") in ("json", "csv"):
        tables["lines"] = _lines(known, words, shown)
    return Page("graph.html", title, data, tables)


def _address(language: str, middle: Sequence[str], choice: Choice) -> str:
    return with_query(f"/{language}/graph", around=map(short, middle), **choice.query())


def _offers(known: Knowledge, words: Words) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen: value and words."""
    things = known.catalogue.things
    areas = dict.fromkeys(thing.area for thing in things.values() if thing.area and thing.area != thing.iri)
    return {
        "steps": [(str(number), str(number)) for number in STEPS],
        "year": [("", words("facet.any")), *((year, year) for year in known.years)],
        "area": [("", words("facet.any")), *((short(area), known.label(area, words.language)) for area in areas)],
        "kind": [(kind, words(f"kind.{kind}")) for kind in NODES],
        "status": [(line, words(f"status.{line}")) for line in LINES],
    }


def _row(known: Knowledge, words: Words, one: Near, middle: Sequence[str], choice: Choice) -> tuple[Cell, ...]:
    node = one.node
    alone = Link(words("graph.here"), with_query("/graph", around=short(node), **choice.query()))
    full = node in middle or len(middle) >= CENTRES
    more = with_query("/graph", around=map(short, (*middle, node)), **choice.query())
    return (
        Link(known.label(node, words.language), node),
        words(f"kind.{known.kind(node)}"),
        one.step,
        one.links,
        "" if [node] == [*middle] else alone,
        "" if full else Link(words("graph.expand"), more),
    )


def _lines(known: Knowledge, words: Words, shown: Network) -> Table:
    """What reports say in the picture, a row a statement."""
    rows = [
        (
            Link(known.label(place, words.language), place),
            Link(known.label(thing, words.language), thing),
            words(f"status.{about['status'] or 'admitted'}"),
            about["year"] or "",
            Link(known.report(about["report"]).title, about["report"]),
        )
        for place, thing, about in shown.edges(data=True)
        if about["report"]
    ]
    return Table(("place", "name", "status", "year", "report"), rows)


def _picture(shown: Network, middle: Sequence[str], choice: Choice, words: Words) -> dict[str, Any]:
    """What the picture is made of, with where it leads to and where its sentences are."""
    language, query = words.language, choice.query()
    told = with_query("/sentences", year=choice.year, status=query["status"])
    return content(
        shown,
        language=language,
        home=f"/{language}",
        middle=[short(iri) for iri in middle],
        sentences=_open(told),
        centre=_open(_address(language, (), choice)) + "around=",
        expand=_open(_address(language, middle, choice)) + "around=" if len(middle) < CENTRES else "",
    )


def _open(address: str) -> str:
    """An address to which more can be added."""
    return address + ("&" if "?" in address else "?")


def sentences(known: Knowledge, place: str, thing: str, choice: Choice) -> dict[str, Any] | None:
    """What a place's reports say of a thing as `page/state.js` has it; None where they say nothing within the choice."""
    catalogue = known.catalogue
    numbers = frozenset(catalogue.of_place(place))
    stating = {
        number: catalogue.reports[number]
        for line in choice.lines
        for number in catalogue.stating(thing, line) & numbers
        if choice.year in ("", catalogue.reports[number].year)
    }
    graphs = [report.iri for report in stating.values()]
    found: dict[tuple[str, str], list[list[object]]] = {}
    iris = dict.fromkeys(graphs)
    order = {iri: place for place, iri in enumerate(iris)}
    for each in sorted(known.findings(graphs, thing), key=lambda each: each.start):
        status = each.status or each.kind.replace("deficiency", "admitted")
        if status in choice.lines:
            said = [order[each.report], each.start, each.end, each.quote, each.gist]
            found.setdefault((each.report, RELATION.get(status, "admits")), []).append(said)
    if not found:
        return None
    reports = [known.report(iri) for iri in iris]
    years = {report.iri: int(report.year) if report.year else None for report in reports}
    stated = [[relation, said, years[iri]] for (iri, relation), said in found.items()]
    stated.sort(key=lambda each: -(each[2] or 0))  # type: ignore[operator]
    return {
        "reports": [
            {"title": each.title, "department": each.department, "year": years[each.iri], "path": short(each.iri)}
            for each in reports
        ],
        "stated": stated,
    }
