"""The list of places and reports, and the page of one place."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from graph.analysis.coadoption import FEWEST_PEERS, Lacks
from graph.analysis.similarity import similar
from graph.analysis.spread import STATUSES
from graph.explorer.catalogue import Report
from graph.explorer.facets import Facets
from graph.explorer.knowledge import Evidence, Knowledge, by_place
from graph.explorer.page import Cell, Link, Page, Table
from graph.explorer.views import aggregates
from graph.explorer.views.charts import Line, line
from graph.explorer.views.numbers import number
from graph.explorer.words import Words
from graph.index.told import CONCERNED, Finding
from graph.naming import Place
from ontology.namespace import PREFIXES

ALIKE = 5


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
    found = _by_kind(known.findings(graphs))
    adoptions, observed = _latest(known, found["adoption"]), found["observation"]
    deficiencies = _deficiencies(known, words, found)
    plans = _latest_first(stated for _, stated in _statements(known, words, found["plan"], lambda each: each.name))
    likely = similar(known.store, where.iri, ALIKE, 0, known.profiles, catalogue.places, lambda _: {}, surprising=False)
    lacks = aggregates.lacks(known, iri)
    data = {
        "lacks": _about_lacks(lacks),
        "place": {"iri": iri, "code": where.code, "level": where.level, "path": list(where.path)},
        "_above": [(name, "".join(where.path[: depth + 1])) for depth, name in enumerate(where.path[:-1])],
        "_reports": reports,
        "_followed": len({(report.department, report.year) for report in reports if report.year})
        > len({report.department for report in reports if report.year}),
        "areas": _areas(known, words, adoptions),
        "deficiencies": deficiencies,
        "plans": plans,
        "caution": likely.caution if not likely.likenesses else "",
        "_lines": _lines(known, words, observed),
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
        "lacks": Table(
            ("mechanism", "status", "like", "base", "lift", "examples"),
            [
                (
                    Link(known.label(each.thing, words.language), each.thing),
                    words(f"status.{each.state}"),
                    words("lacks.of", n=each.practising, of=each.peers),
                    words("lacks.of", n=each.others, of=each.base),
                    round(each.lift, 2),
                    words("and").join(one.name for one in each.examples),
                )
                for each in (lacks.missing if lacks else ())
                if each.lift >= 1
            ],
        ),
        "reports": Table(
            ("report", "department", "year"),
            [(Link(report.title or report.by, report.iri), report.department, report.year) for report in reports],
        ),
    }
    return Page("place.html", where.full_name, data, tables)


def _about_lacks(found: Lacks | None) -> dict[str, Any]:
    """By which places what a place lacks is told."""
    if found is None:
        return {"few": True, "peers": 0, "fewest": FEWEST_PEERS, "near": 0, "level": 0, "_likest": []}
    return {
        "few": found.too_few,
        "peers": len(found.peers),
        "fewest": FEWEST_PEERS,
        "near": sum(peer.near for peer in found.peers),
        "level": found.same_level,
        "_likest": [Link(peer.place.full_name, peer.place.iri) for peer in found.peers[:ALIKE]],
    }


Adoptions = dict[str, tuple[str, list[Evidence]]]  # thing → its status in the latest report that states it, and where


def _by_kind(findings: Iterable[Finding]) -> defaultdict[str, list[Finding]]:
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for each in findings:
        found[each.kind].append(each)
    return found


def _latest(known: Knowledge, stated: list[Finding]) -> Adoptions:
    found: Adoptions = {}
    for each in sorted(stated, key=lambda each: (known.report(each.report).year, -STATUSES.index(each.status))):
        evidence, before = known.evidence(each), found.get(each.thing)
        same = before and before[0] == each.status and before[1][0].report == evidence.report
        found[each.thing] = (each.status, [*(before[1] if before and same else []), evidence])
    return found


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


def _indicators(known: Knowledge, words: Words, observed: list[Finding]) -> Table:
    """One row a value; those of one indicator and unit side by side, the years in order."""
    indicators = known.catalogue.indicators
    return Table(
        ("indicator", "mechanism", "value", "unit", "qualifier", "change", "year", "sentence"),
        [
            (
                Link(indicators[each.thing], each.thing),
                known.label(measured, words.language) if (measured := _measured(each.thing)) else "",
                number(each.value),
                each.unit,
                words(f"qualifier.{each.qualifier}"),
                words(f"change.{each.change}") if each.change else "",
                known.report(each.report).year,
                Link(each.quote, known.evidence(each).to),
            )
            for each in sorted(
                observed,
                key=lambda each: (each.thing, each.unit, each.change, known.report(each.report).year, each.start),
            )
        ],
    )


def _lines(known: Knowledge, words: Words, observed: list[Finding]) -> list[tuple[Link, str, Line]]:
    """(indicator, unit, line) for the indicators with values in several years; changes are no values."""
    series: defaultdict[tuple[str, str, str], list[tuple[int, float]]] = defaultdict(list)
    for each in observed:
        if (year := known.report(each.report).year) and not each.change:
            name = known.catalogue.indicators[each.thing]
            series[name, each.thing, each.unit].append((int(year), float(each.value)))
    return [
        (Link(name, iri), unit, drawn)
        for (name, iri, unit), values in sorted(series.items())
        if (drawn := line(values, words.value))
    ]


def _measured(indicator: str) -> str:
    """The IRI of the mechanism that an indicator stands under; "" for none."""
    mechanism = indicator.removeprefix(PREFIXES["indicator"]).split("/")[0]
    return PREFIXES["mechanism"] + mechanism if mechanism != "other" else ""


def _deficiencies(known: Knowledge, words: Words, found: Mapping[str, list[Finding]]) -> list[dict[str, Any]]:
    """The shortcomings, the latest report's first, each with its weaknesses and causes."""
    causes: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for (report, effect), stated in _statements(known, words, found["cause"], lambda each: each.effect):
        causes[report, effect].append(stated)
    return _latest_first(
        {**stated, "causes": causes[key]}
        for key, stated in _statements(known, words, found["deficiency"], lambda each: each.name)
    )


def _statements(
    known: Knowledge, words: Words, findings: Iterable[Finding], key: Callable[[Finding], str]
) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """Shortcomings, causes or plans with their weaknesses and mechanisms, each by its report and what `key` gives of it."""
    for (report, _), group in groupby(findings, lambda each: (each.report, each.name)):
        same = list(group)
        evidence = known.evidence(same[0])
        of = {
            status: known.links(
                dict.fromkeys(each.thing for each in same if each.thing and each.status == status), words.language
            )
            for status in ("", CONCERNED)
        }
        yield (
            (report, key(same[0])),
            {
                "statement": same[0].gist,
                "weaknesses": [{"iri": link.to, "name": link.text} for link in of[""]],
                "mechanisms": [{"iri": link.to, "name": link.text} for link in of[CONCERNED]],
                "evidence": evidence.twin(),
                "to": evidence.to,
            },
        )


def _latest_first(statements: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of the latest report first, and of one as its text goes."""
    return sorted(statements, key=lambda each: (-int(each["evidence"]["year"] or 0), each["evidence"]["start"]))
