"""The lists of mechanisms, practices, weaknesses and indicators, and the page of one of each."""

from collections import Counter
from collections.abc import Iterable, Mapping

from graph.analysis.spread import STATUSES
from graph.explorer.catalogue import LEVELS, Report, Thing
from graph.explorer.facets import Facets
from graph.explorer.knowledge import Evidence, Knowledge, by_place
from graph.explorer.nearby import short
from graph.explorer.page import Cell, Link, Page, Rows, Table, path_of, window, with_query
from graph.explorer.views.charts import bars, tile_map
from graph.explorer.views.numbers import measures
from graph.explorer.views.reach import reach_of
from graph.explorer.words import Words
from graph.index.told import ADMITTED, CAUSED, OBSERVED
from ontology.namespace import PREFIXES

# What a report says of a weakness that it names in a shortcoming, or in a cause of one.
_STATED_IN = {"deficiency": ADMITTED, "cause": CAUSED}


def things(known: Knowledge, words: Words, kind: str, choice: Mapping[str, str]) -> Page:
    """The things of a kind, or of one area, that the reports left by the choice state, the most often stated first."""
    facets = Facets(known.catalogue, {facet: value for facet, value in choice.items() if facet != kind})
    area = choice.get("area", "")
    catalogue, language = known.catalogue, words.language
    stated = facets.stated()
    reports, since = stated.counts, stated.earliest
    statuses = STATUSES if kind != "weakness" else ()
    places = [facets.stated(status).places for status in statuses] + [stated.places]

    def row(number: int) -> tuple[Cell, ...]:
        thing = catalogue.thing(number)
        above = known.label(thing.broader if kind == "practice" and thing.broader else thing.area, language)
        return (
            Link(thing.name(language), thing.iri),
            Link(above, thing.broader) if kind == "practice" and thing.broader else above,
            *(int(each[number]) for each in places),
            int(reports[number]),
            str(since[number] or ""),
        )

    areas = dict.fromkeys(thing.area for thing in catalogue.of_kind(kind) if thing.area)
    found = [number for number in catalogue.ids(kind).values() if reports[number]]
    if area:
        found = [number for number in found if short(catalogue.thing(number).area) == area]
    found.sort(key=lambda number: (-reports[number], catalogue.thing(number).name(language), number))
    counts = tuple(f"status.{status}" for status in statuses)
    table = Table((kind, "area", *counts, "places", "reports", "since"), Rows(found, row))
    return Page(
        "list.html",
        words(f"{kind}.many"),
        {
            "facets": facets,
            "lead": words(f"{kind}.lead"),
            "area": area,
            "_areas": [(short(each), known.label(each, words.language)) for each in areas],
            "_own": kind,
        },
        {kind: table},
    )


def thing(known: Knowledge, words: Words, about: Thing, choice: Mapping[str, str]) -> Page:
    """What a thing means, who states it, since when, where, and in which words.

    A page shows the sentences of some reports at a time, of the latest first; its twins hold those of all.
    """
    catalogue, language = known.catalogue, words.language
    facets = Facets(catalogue, {**choice, about.kind: about.iri})
    stated = _stated(known, about, facets)
    reports = [catalogue.reports[each] for each in dict.fromkeys(number for number, _ in stated)]
    above = known.links(filter(None, dict.fromkeys((about.broader, about.area))), language)
    below = [other for other in catalogue.things.values() if other.broader == about.iri]
    counts = catalogue.stated().counts

    def row(other: Thing) -> tuple[Cell, ...]:
        reports = int(counts[catalogue.ids(other.kind)[other.iri]])
        return Link(other.name(language), other.iri), words(f"{other.kind}.one"), reports

    data = {
        "iri": about.iri,
        "kind": about.kind,
        "definition": about.definition(language),
        "above": [{"iri": link.to, "name": link.text} for link in above if link.to != about.iri],
        "facets": facets,
        "_tiles": _tiles(reports, about.iri),
        "_bars": bars(report.year for report in reports),
        "levels": _levels(words, reports),
        "since": min((report.year for report in reports if report.year), default=""),
        "places": len({report.place.iri for report in reports if report.place}),
    }
    tables = {
        "stated": _sentences(known, words, about, stated, window(choice, "stated", len(stated))),
        "below": Table(("name", "kind", "reports"), Rows(below, row)),
    }
    if about.kind == "weakness":
        caused = _caused(known, about, facets)
        shown = window(choice, "caused", len(caused), "stated")
        tables["caused"] = _sentences(known, words, about, caused, shown)
    else:
        tables["measured"] = _measuring(known, about)
        told, more = reach_of(known, words, about, choice, facets.sure)
        data, tables = {**data, **told}, {**tables, **more}
    return Page("thing.html", about.name(language), data, tables)


Stated = list[tuple[int, str]]  # numbers of reports with the status in which they state a thing


def _stated(known: Knowledge, about: Thing, facets: Facets) -> Stated:
    """The reports left that state a thing, in each status, the latest first."""
    statuses = (facets.choice.get("status", ""),) if facets.choice.get("status") else STATUSES
    pairs = (
        (number, status)
        for status in (statuses if about.kind != "weakness" else ("admitted",))
        for number in facets.numbers & known.catalogue.stating(about.iri, status, facets.sure)
    )
    return _latest_first(known, pairs)


def _caused(known: Knowledge, about: Thing, facets: Facets) -> Stated:
    """The reports of the reader's choice that give a weakness as a cause, whether or not they admit it."""
    others = {facet: value for facet, value in facets.choice.items() if facet != about.kind}
    numbers = Facets(known.catalogue, others).numbers & known.catalogue.stating(about.iri, CAUSED)
    return _latest_first(known, ((number, "caused") for number in numbers))


def _latest_first(known: Knowledge, pairs: Iterable[tuple[int, str]]) -> Stated:
    reports = known.catalogue.reports
    return sorted(pairs, key=lambda pair: (-int(reports[pair[0]].year or 0), *pair))


def _sentences(known: Knowledge, words: Words, about: Thing, stated: Stated, shown: slice) -> Table:
    """The first sentence of each report and status; of all only those that are shown, and how many there are."""
    wanted = stated[shown]
    first: dict[tuple[int, str], Evidence] = {}
    for each in known.findings((known.catalogue.reports[one].iri for one, _ in wanted), about.iri):
        key = known.catalogue.numbers[each.report], each.status or _STATED_IN.get(each.kind, "")
        evidence = known.evidence(each)
        if key not in first or evidence.start < first[key].start:
            first[key] = evidence
    rows = [
        (by_place(said.report), said.report.year, words(f"status.{pair[1]}"), Link(said.quote, said.to))
        for pair in wanted
        if (said := first.get(pair))
    ]
    return Table(("place", "year", "status", "sentence"), rows, len(stated), shown.start)


def _measuring(known: Knowledge, about: Thing) -> Table:
    """The indicators that stand under a mechanism, those of most reports first."""
    under = PREFIXES["indicator"] + about.iri.rpartition("/")[2] + "/" if about.kind == "mechanism" else "-"
    catalogue = known.catalogue
    counts = catalogue.stated(OBSERVED).counts
    found = [
        (int(counts[number]), catalogue.indicators[iri], iri)
        for iri, number in catalogue.ids("indicator").items()
        if iri.startswith(under)
    ]
    found.sort(key=lambda each: (-each[0], each[1]))
    return Table(("indicator", "reports"), [(Link(name, iri), count) for count, name, iri in found])


def _tiles(reports: Iterable[Report], path: str) -> list[object]:
    places = {report.place.iri: report.place for report in reports if report.place}
    counts = Counter((place.code[:2], place.path[0]) for place in places.values())
    return list(tile_map(counts, lambda province: with_query(path_of(path), province=province)))


def _levels(words: Words, reports: Iterable[Report]) -> list[dict[str, object]]:
    places = {report.place.iri: report.place for report in reports if report.place}
    counts = Counter(place.level for place in places.values())
    return [{"level": words(f"level.{level}"), "places": counts[level]} for level in LEVELS if counts[level]]


def indicators(known: Knowledge, words: Words, choice: Mapping[str, str]) -> Page:
    """The indicators that the reports left by the choice give values for, those of most reports first."""
    facets, indicators = Facets(known.catalogue, choice), known.catalogue.indicators
    counts = known.catalogue.stated(OBSERVED).left(facets.left).counts
    found = [(int(counts[number]), iri) for iri, number in known.catalogue.ids("indicator").items() if counts[number]]
    found.sort(key=lambda each: (-each[0], indicators[each[1]]))

    def row(each: tuple[int, str]) -> tuple[Cell, ...]:
        return Link(indicators[each[1]], each[1]), measures(known, words, each[1]), each[0]

    data = {"facets": facets, "lead": words("indicator.lead"), "_own": ""}
    table = Table(("indicator", "mechanism", "reports"), Rows(found, row))
    return Page("list.html", words("indicator.many"), data, {"indicator": table})
