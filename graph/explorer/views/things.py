"""The lists of mechanisms, practices, weaknesses and indicators, and the page of one of each."""

from collections import Counter
from collections.abc import Iterable, Mapping

from graph.explorer.catalogue import LEVELS, Report, Thing
from graph.explorer.facets import Facets
from graph.explorer.knowledge import Evidence, Knowledge, by_place
from graph.explorer.page import Cell, Link, Page, Table, with_query
from graph.explorer.views.charts import bars, line, tile_map
from graph.explorer.views.numbers import number
from graph.explorer.words import Words
from graph.spread import STATUSES
from ontology.namespace import PREFIXES

_STATED = """SELECT ?thing ?report ?status ?quote ?start ?end ?doubt WHERE {
    { ?statement zl:adopts ?thing ; zl:status ?status } UNION { ?statement a zl:Deficiency ; zl:fallsUnder ?thing }
    ?statement zl:statedIn ?report ; prov:wasDerivedFrom ?slice .
    ?slice nif:anchorOf ?quote ; nif:beginIndex ?start ; nif:endIndex ?end
    OPTIONAL { ?statement zl:confidence ?doubt } }"""

_CAUSED = """SELECT ?thing ?report ?quote ?start ?end WHERE {
    ?statement a zl:Cause ; zl:fallsUnder ?thing ; zl:statedIn ?report ; prov:wasDerivedFrom ?slice .
    ?slice nif:anchorOf ?quote ; nif:beginIndex ?start ; nif:endIndex ?end }"""

_MEASURED = """SELECT ?thing ?indicator ?name (COUNT(?statement) AS ?values) (COUNT(DISTINCT ?report) AS ?reports) WHERE {
    ?statement zl:measures ?thing ; sosa:observedProperty ?indicator ; zl:statedIn ?report .
    ?indicator skos:prefLabel ?name } GROUP BY ?thing ?indicator ?name"""

_VALUES = """SELECT ?indicator ?report ?name ?value ?unit ?qualifier ?change ?quote ?start ?end ?doubt WHERE {
    ?statement sosa:observedProperty ?indicator ; sosa:hasSimpleResult ?value ; zl:unit ?unit ;
        zl:qualifier ?qualifier ; zl:statedIn ?report ; prov:wasDerivedFrom ?slice .
    ?indicator skos:prefLabel ?name . ?slice nif:anchorOf ?quote ; nif:beginIndex ?start ; nif:endIndex ?end
    OPTIONAL { ?statement zl:change ?change } OPTIONAL { ?statement zl:confidence ?doubt } }"""


def things(known: Knowledge, words: Words, kind: str, choice: Mapping[str, str]) -> Page:
    """The things of a kind that the reports left by the choice state, the most often stated first."""
    facets = Facets(known.catalogue, {facet: value for facet, value in choice.items() if facet != kind})
    sure = choice.get("confidence", "") != ""
    rows: list[tuple[Cell, ...]] = []
    for thing in known.catalogue.of_kind(kind):
        if not (reports := facets.stating(thing.iri)):
            continue
        above = (
            Link(known.label(thing.broader, words.language), thing.broader)
            if kind == "practice" and thing.broader
            else known.label(thing.area, words.language)
        )
        statuses = [
            len(known.catalogue.places_of(facets.numbers & known.catalogue.stating(thing.iri, status, sure)))
            for status in (STATUSES if kind != "weakness" else ())
        ]
        since = min((year for number_ in reports if (year := known.catalogue.reports[number_].year)), default="")
        rows.append(
            (
                Link(thing.name(words.language), thing.iri),
                above,
                *statuses,
                len(known.catalogue.places_of(reports)),
                len(reports),
                since,
            )
        )
    rows.sort(key=lambda row: (-int(str(row[-2])), str(row[0])))
    counts = tuple(f"status.{status}" for status in STATUSES) if kind != "weakness" else ()
    table = Table((kind, "area", *counts, "places", "reports", "since"), rows)
    return Page(
        "list.html",
        words(f"{kind}.many"),
        {"facets": facets, "lead": words(f"{kind}.lead"), "_own": kind},
        {kind: table},
    )


def thing(known: Knowledge, words: Words, about: Thing, choice: Mapping[str, str]) -> Page:
    """What a thing means, who states it, since when, where, and in which words."""
    catalogue, language = known.catalogue, words.language
    facet = about.kind
    facets = Facets(catalogue, {**choice, facet: about.iri})
    rows = [row for row in known.rows(_STATED, thing=about.iri) if catalogue.numbers[row["report"]] in facets.numbers]
    stated = _stated(known, rows, choice)
    reports = [report for report, _, _ in stated]
    above = [
        Link(known.label(iri, language), iri)
        for iri in dict.fromkeys((about.broader, about.area))
        if iri and iri != about.iri
    ]
    below = [other for other in catalogue.things.values() if other.broader == about.iri]
    path = about.iri
    data = {
        "iri": about.iri,
        "kind": about.kind,
        "definition": about.definition(language),
        "above": [{"iri": link.to, "name": link.text} for link in above],
        "facets": facets,
        "_fixed": facet,
        "_tiles": _tiles(reports, path),
        "_bars": bars(report.year for report in reports),
        "levels": _levels(words, reports),
        "since": min((report.year for report in reports if report.year), default=""),
        "places": len({report.place.iri for report in reports if report.place}),
    }
    tables = {
        "stated": Table(
            ("place", "year", "status", "sentence"),
            [
                (by_place(report), report.year, words(f"status.{status}"), Link(evidence.quote, evidence.to))
                for report, status, evidence in stated
            ],
        ),
        "below": Table(
            ("name", "kind", "reports"),
            [
                (Link(other.name(language), other.iri), words(f"{other.kind}.one"), len(catalogue.stating(other.iri)))
                for other in below
            ],
        ),
    }
    if about.kind == "weakness":
        causes = [known.evidence(row) for row in known.rows(_CAUSED, thing=about.iri)]
        causes = [each for each in causes if catalogue.numbers[each.report.iri] in _whose(facets, facet)]
        tables["caused"] = Table(
            ("place", "year", "sentence"),
            [(by_place(each.report), each.report.year, Link(each.quote, each.to)) for each in causes],
        )
    else:
        measured = sorted(known.rows(_MEASURED, thing=about.iri), key=lambda row: (-int(row["reports"]), row["name"]))
        tables["measured"] = Table(
            ("indicator", "reports", "values"),
            [(Link(row["name"], row["indicator"]), int(row["reports"]), int(row["values"])) for row in measured],
        )
    return Page("thing.html", about.name(language), data, tables)


def _whose(facets: Facets, fixed: str) -> frozenset[int]:
    """The reports left by the reader's choice alone, whether or not they state the thing."""
    return Facets(facets.catalogue, {name: value for name, value in facets.choice.items() if name != fixed}).numbers


def _stated(
    known: Knowledge, rows: list[dict[str, str]], choice: Mapping[str, str]
) -> list[tuple[Report, str, Evidence]]:
    """One a report and status, with its first sentence; the latest report first."""
    found: dict[tuple[str, str], tuple[Report, str, Evidence]] = {}
    for row in sorted(rows, key=lambda row: int(row["start"])):
        evidence, status = known.evidence(row), row["status"].removeprefix(PREFIXES["zl"]) or "admitted"
        if (choice.get("confidence") and evidence.confidence < 1) or choice.get("status", status) not in ("", status):
            continue
        found.setdefault((row["report"], status), (evidence.report, status, evidence))
    return sorted(
        found.values(), key=lambda each: (-int(each[0].year or 0), each[0].place.code if each[0].place else "~")
    )


def _tiles(reports: Iterable[Report], path: str) -> list[object]:
    places = {report.place.iri: report.place for report in reports if report.place}
    counts = Counter((place.code[:2], place.path[0]) for place in places.values())
    return list(tile_map(counts, lambda province: with_query(path, province=province)))


def _levels(words: Words, reports: Iterable[Report]) -> list[dict[str, object]]:
    places = {report.place.iri: report.place for report in reports if report.place}
    counts = Counter(place.level for place in places.values())
    return [{"level": words(f"level.{level}"), "places": counts[level]} for level in LEVELS if counts[level]]


def indicators(known: Knowledge, words: Words, choice: Mapping[str, str]) -> Page:
    """The indicators that the reports left by the choice give values for, those of most reports first."""
    facets = Facets(known.catalogue, choice)
    found: list[tuple[Cell, ...]] = []
    for iri, (name, numbers) in known.indicators.items():
        if left := len(numbers & facets.numbers):
            found.append((Link(name, iri), _measures(known, words, iri), left))
    found.sort(key=lambda row: (-int(str(row[2])), str(row[0])))
    data = {"facets": facets, "lead": words("indicator.lead"), "_own": ""}
    table = Table(("indicator", "mechanism", "reports"), found)
    return Page("list.html", words("indicator.many"), data, {"indicator": table})


def indicator(known: Knowledge, words: Words, iri: str) -> Page | None:
    """The values of an indicator across places and years, by unit, each with its sentence; None for an unknown one."""
    rows = known.rows(_VALUES, indicator=iri)
    if not rows:
        return None
    rows.sort(
        key=lambda row: (
            row["unit"],
            row["change"],
            known.report(row["report"]).by,
            known.report(row["report"]).year,
            int(row["start"]),
        )
    )
    table = Table(
        ("place", "year", "value", "unit", "qualifier", "change", "sentence"),
        [
            (
                by_place(known.report(row["report"])),
                known.report(row["report"]).year,
                number(row["value"]),
                row["unit"],
                words(f"qualifier.{row['qualifier']}"),
                words(f"change.{row['change']}") if row["change"] else "",
                Link(row["quote"], known.evidence(row).to),
            )
            for row in rows
        ],
    )
    data = {
        "iri": iri,
        "measures": _measures(known, words, iri),
        "_lines": _lines(known, rows),
        "lead": words("indicator.careful"),
    }
    return Page("indicator.html", rows[0]["name"], data, {"values": table})


def _measures(known: Knowledge, words: Words, indicator: str) -> Cell:
    mechanism = PREFIXES["mechanism"] + indicator.removeprefix(PREFIXES["indicator"]).split("/")[0]
    return Link(known.label(mechanism, words.language), mechanism) if mechanism in known.catalogue.things else ""


def _lines(known: Knowledge, rows: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    """(place, unit, points) for the places that give the indicator in one unit for several years."""
    series: dict[tuple[str, str], list[tuple[int, float]]] = {}
    for row in rows:
        report = known.report(row["report"])
        if report.year and not row["change"]:
            series.setdefault((report.by, row["unit"]), []).append((int(report.year), float(row["value"])))
    return [(by, unit, points) for (by, unit), values in series.items() if (points := line(values))]
