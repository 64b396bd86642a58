"""The list of places and reports, and the page of one place."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from graph.analysis.similarity import similar
from graph.analysis.spread import STATUSES
from graph.explorer.catalogue import Report
from graph.explorer.facets import Facets
from graph.explorer.knowledge import Evidence, Knowledge, by_place
from graph.explorer.page import Cell, Link, Page, Table
from graph.explorer.views.charts import line
from graph.explorer.views.numbers import number
from graph.explorer.words import Words
from graph.naming import Place
from graph.sparql import Query
from ontology.namespace import PREFIXES

ALIKE = 5

_SLICE = "prov:wasDerivedFrom ?slice . ?slice nif:anchorOf ?quote ; nif:beginIndex ?start ; nif:endIndex ?end"
_DOUBT = "OPTIONAL { ?statement zl:confidence ?doubt }"
_SAID = "?statement ?gist ?quote ?start ?end"

_ADOPTIONS = Query(
    "?thing ?status ?quote ?start ?end ?doubt", f"?statement zl:adopts ?thing ; zl:status ?status ; {_SLICE} {_DOUBT}"
)
_OBSERVATIONS = Query(
    "?indicator ?name ?value ?unit ?qualifier ?change ?quote ?start ?end ?doubt",
    f"""?statement sosa:observedProperty ?indicator ; sosa:hasSimpleResult ?value ; zl:unit ?unit ;
    zl:qualifier ?qualifier ; {_SLICE} . ?indicator skos:prefLabel ?name
    OPTIONAL {{ ?statement zl:change ?change }} {_DOUBT}""",
)
_DEFICIENCIES = Query(f"{_SAID} ?doubt", f"?statement a zl:Deficiency ; dcterms:description ?gist ; {_SLICE} {_DOUBT}")
_WEAKNESSES = Query("?statement ?weakness", "?statement zl:fallsUnder ?weakness")
_CAUSES = Query(f"?of {_SAID}", f"?of zl:cause ?statement . ?statement dcterms:description ?gist ; {_SLICE}")
_PLANS = Query(_SAID, f"?statement a zl:Plan ; dcterms:description ?gist ; {_SLICE}")


def places(known: Knowledge, words: Words, choice: Mapping[str, str]) -> Page:
    """The places whose reports the choice leaves, with their reports; those without a place as their office."""
    facets = Facets(known.catalogue, choice)
    found: defaultdict[str, list[Report]] = defaultdict(list)
    for each in sorted(facets.numbers):
        report = known.catalogue.reports[each]
        found[report.place.iri if report.place else report.iri].append(report)
    rows = [
        (
            by_place(reports[0]) if not reports[0].place else Link(reports[0].place.full_name, reports[0].place.iri),
            words(f"level.{reports[0].place.level}") if reports[0].place else words("unresolved"),
            len(reports),
            " ".join(sorted({report.year for report in reports if report.year})),
        )
        for reports in found.values()
    ]
    table = Table(("place", "level", "reports", "years"), rows)
    return Page(
        "list.html", words("places"), {"facets": facets, "lead": words("places.lead"), "_own": ""}, {"places": table}
    )


def place(known: Knowledge, words: Words, where: Place) -> Page:
    """All that a place's reports say, by kind; of several reports the latest status of a mechanism counts."""
    iri, catalogue = where.iri, known.catalogue
    reports = [catalogue.reports[number] for number in catalogue.of_place(iri)]
    graphs = [report.iri for report in reports]
    adoptions = _latest(known, known.in_reports(_ADOPTIONS, graphs))
    observed = known.in_reports(_OBSERVATIONS, graphs)
    deficiencies = _deficiencies(known, words, graphs)
    plans = _by_report(known, known.in_reports(_PLANS, graphs))
    likely = similar(known.store, where.code, ALIKE, profiles=known.profiles, known=catalogue.places, sentences=False)
    data = {
        "place": {"iri": iri, "code": where.code, "level": where.level, "path": list(where.path)},
        "_above": [(name, "".join(where.path[: depth + 1])) for depth, name in enumerate(where.path[:-1])],
        "_reports": reports,
        "_followed": len({(report.department, report.year) for report in reports if report.year})
        > len({report.department for report in reports if report.year}),
        "areas": _areas(known, words, adoptions),
        "deficiencies": deficiencies,
        "plans": plans,
        "caution": likely.caution if not likely.likenesses else "",
        "_lines": _lines(known, observed),
    }
    tables = {
        "mechanisms": _things(known, words, adoptions, "mechanism"),
        "practices": _things(known, words, adoptions, "practice"),
        "indicators": _indicators(known, words, observed),
        "similar": Table(
            ("place", "likeness", "shared"),
            [
                (
                    Link(like.place.full_name, like.place.iri),
                    round(like.score, 2),
                    words("and").join(known.label(shared.concept, words.language) for shared in like.shared[:4]),
                )
                for like in likely.likenesses
            ],
        ),
        "reports": Table(
            ("report", "department", "year"),
            [(Link(report.title or report.by, report.iri), report.department, report.year) for report in reports],
        ),
    }
    return Page("place.html", where.full_name, data, tables)


Adoptions = dict[str, tuple[str, list[Evidence]]]  # thing → its status in the latest report that states it, and where


def _latest(known: Knowledge, rows: list[dict[str, str]]) -> Adoptions:
    found: Adoptions = {}
    for row in sorted(rows, key=lambda row: (known.report(row["report"]).year, -STATUSES.index(_status(row)))):
        evidence, status = known.evidence(row), _status(row)
        before = found.get(row["thing"])
        same = before and before[0] == status and before[1][0].report == evidence.report
        found[row["thing"]] = (status, [*(before[1] if before and same else []), evidence])
    return found


def _status(row: Mapping[str, str]) -> str:
    return row["status"].removeprefix(PREFIXES["zl"])


def _areas(known: Knowledge, words: Words, adoptions: Adoptions) -> list[dict[str, Any]]:
    """The areas of the scheme with the mechanisms of each that the place speaks of, and how many the scheme has."""
    things = known.catalogue.things
    of_area: defaultdict[str, list[str]] = defaultdict(list)
    for thing in things.values():
        if thing.kind == "mechanism" and thing.broader == thing.area:
            of_area[thing.area].append(thing.iri)
    return [
        {
            "area": known.label(area, words.language),
            "of": len(members),
            "practised": sum(adoptions.get(iri, ("",))[0] == "practised" for iri in members),
            "mechanisms": [
                {
                    "iri": iri,
                    "name": known.label(iri, words.language),
                    "status": adoptions[iri][0],
                    "evidence": [each.twin() for each in adoptions[iri][1]],
                    "_evidence": adoptions[iri][1],
                    "narrower": [
                        {"iri": one, "name": known.label(one, words.language)}
                        for one in adoptions
                        if one in things and things[one].kind == "mechanism" and things[one].broader == iri
                    ],
                }
                for iri in members
                if iri in adoptions
            ],
        }
        for area, members in of_area.items()
    ]


def _things(known: Knowledge, words: Words, adoptions: Adoptions, kind: str) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for iri, (status, evidence) in sorted(adoptions.items()):
        thing = known.catalogue.things.get(iri)
        if thing and thing.kind == kind:
            above = Link(known.label(thing.broader, words.language), thing.broader) if thing.broader else ""
            first = evidence[0]
            rows.append(
                (
                    Link(thing.name(words.language), iri),
                    above,
                    words(f"status.{status}"),
                    first.report.year,
                    Link(first.quote, first.to),
                )
            )
    return Table((kind, "broader", "status", "year", "sentence"), rows)


def _indicators(known: Knowledge, words: Words, rows: list[dict[str, str]]) -> Table:
    """One row a value; those of one indicator and unit side by side, the years in order."""
    rows.sort(
        key=lambda row: (
            row["indicator"],
            row["unit"],
            row["change"],
            known.report(row["report"]).year,
            int(row["start"]),
        )
    )
    return Table(
        ("indicator", "mechanism", "value", "unit", "qualifier", "change", "year", "sentence"),
        [
            (
                Link(row["name"], row["indicator"]),
                known.label(measured, words.language) if (measured := _measured(row["indicator"])) else "",
                number(row["value"]),
                row["unit"],
                words(f"qualifier.{row['qualifier']}"),
                words(f"change.{row['change']}") if row["change"] else "",
                known.report(row["report"]).year,
                Link(row["quote"], known.evidence(row).to),
            )
            for row in rows
        ],
    )


def _lines(known: Knowledge, rows: list[dict[str, str]]) -> list[tuple[Link, str, str]]:
    """(indicator, unit, points of a line) for the indicators with values in several years; changes are no values."""
    series: defaultdict[tuple[str, str, str], list[tuple[int, float]]] = defaultdict(list)
    for row in rows:
        if (year := known.report(row["report"]).year) and not row["change"]:
            series[row["name"], row["indicator"], row["unit"]].append((int(year), float(row["value"])))
    found = ((Link(name, iri), unit, line(values)) for (name, iri, unit), values in sorted(series.items()))
    return [each for each in found if each[2]]


def _measured(indicator: str) -> str:
    """The IRI of the mechanism that an indicator stands under; "" for none."""
    mechanism = indicator.removeprefix(PREFIXES["indicator"]).split("/")[0]
    return PREFIXES["mechanism"] + mechanism if mechanism != "other" else ""


def _deficiencies(known: Knowledge, words: Words, graphs: list[str]) -> list[dict[str, Any]]:
    """The shortcomings, the latest report's first, each with its weaknesses and causes."""
    weaknesses: defaultdict[str, list[str]] = defaultdict(list)
    for row in known.in_reports(_WEAKNESSES, graphs):
        weaknesses[row["statement"]].append(row["weakness"])
    causes: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in known.in_reports(_CAUSES, graphs):
        causes[row["of"]].append(_stated(known, words, row, weaknesses))
    found = [
        {**_stated(known, words, row, weaknesses), "causes": causes[row["statement"]]}
        for row in known.in_reports(_DEFICIENCIES, graphs)
    ]
    return sorted(found, key=lambda each: (-int(each["evidence"]["year"] or 0), each["evidence"]["start"]))


def _stated(
    known: Knowledge, words: Words, row: Mapping[str, str], weaknesses: Mapping[str, list[str]]
) -> dict[str, Any]:
    evidence = known.evidence(row)
    under = known.links(weaknesses[row["statement"]], words.language)
    return {
        "statement": row["gist"],
        "weaknesses": [{"iri": link.to, "name": link.text} for link in under],
        "evidence": evidence.twin(),
        "to": evidence.to,
    }


def _by_report(known: Knowledge, rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    """The plans, the latest report's first."""
    found = [(known.evidence(row), row["gist"]) for row in rows]
    found.sort(key=lambda pair: (-int(pair[0].report.year or 0), pair[0].start))
    return [{"statement": gist, "evidence": evidence.twin(), "to": evidence.to} for evidence, gist in found]
