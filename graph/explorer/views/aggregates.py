"""What the whole graph says, without a thing in the middle: provinces by areas, and what goes together with what."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import numpy as np
from markupsafe import Markup

from graph.analysis.backbone import shown
from graph.analysis.chance import FALSE, FEWEST
from graph.analysis.coadoption import CoAdoption, Lacks, Latest, coadoption
from graph.analysis.coverage import SHADES, Cell, coverage, shade
from graph.drawing import content, embed
from graph.explorer.catalogue import Numbers
from graph.explorer.kept import kept
from graph.explorer.knowledge import Knowledge
from graph.explorer.nearby import short
from graph.explorer.page import Link, Page, Table, with_query
from graph.explorer.words import Words
from graph.overviews import LINES, OVERVIEWS, pair_network

MEASURES = ("places", "reports", "depth")


def overview(known: Knowledge, words: Words, asked: Mapping[str, str]) -> Page:
    """The overview that is asked for, of all reports or those of a year; only findings that are sure count."""
    kind = asked.get("overview", "")
    year = asked.get("year", "")
    if kind == "backbone":
        return _backbone_page(known, words, year)
    return _provinces_page(known, words, year, asked.get("by", ""))


def warm(known: Knowledge) -> None:
    """Makes ahead what the first reader would else wait for."""
    _coverages(known, "")
    _backbone(known, "")
    _latest(known)


def _shared(known: Knowledge, words: Words, kind: str, year: str) -> dict[str, Any]:
    return {
        "overview": kind,
        "year": year,
        "_overviews": OVERVIEWS,
        "_years": known.years,
        "reports": len(_of_year(known, year)),
    }


def _of_year(known: Knowledge, year: str) -> Numbers:
    if not year:
        return known.catalogue.everything()
    return frozenset(np.flatnonzero(known.catalogue.column("year").having(year)).tolist())


def _areas(known: Knowledge) -> dict[str, str]:
    """The area of each mechanism right under one; narrower mechanisms count with the broader alone."""
    things = known.catalogue.things.values()
    return {
        thing.iri: thing.area for thing in things if thing.kind == "mechanism" and thing.broader == thing.area != ""
    }


def _practising(known: Knowledge, year: str) -> dict[str, Numbers]:
    """The reports that practise each mechanism, as far as the rules are sure."""
    left = _of_year(known, year)
    return {iri: left & known.catalogue.stating(iri, "practised", sure=True) for iri in _areas(known)}


@kept(16)
def _coverages(known: Knowledge, year: str) -> tuple[list[Cell], list[Cell]]:
    """The cells for places and those for reports, in the same order."""
    catalogue, practising, areas = known.catalogue, _practising(known, year), _areas(known)
    reports = {number: report.place for number in _of_year(known, year) if (report := catalogue.reports[number])}
    of_report = {number: place.path[0] for number, place in sorted(reports.items()) if place}
    of_place = {place.iri: place.path[0] for _, place in sorted(reports.items()) if place}
    holders = {iri: catalogue.places_of(numbers) for iri, numbers in practising.items()}
    return coverage(holders, areas, of_place), coverage(practising, areas, of_report)


def _provinces_page(known: Knowledge, words: Words, year: str, by: str) -> Page:
    measure = by if by in MEASURES else MEASURES[0]
    places, reports = _coverages(known, year)
    areas = _areas(known)
    mechanisms = {area: [*areas.values()].count(area) for area in dict.fromkeys(areas.values())}
    rows: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    table = []
    for of_places, of_reports in zip(places, reports, strict=True):
        province, area = of_places.province, of_places.area
        cell = of_reports if measure == "reports" else of_places
        share = cell.depth / mechanisms[area] if measure == "depth" else cell.share
        to = with_query("/mechanisms", province=province, area=short(area), year=year)
        text = words.number(cell.depth, 1) if measure == "depth" else words.number(cell.stating)
        rows[province].append({"text": text, "share": share, "shade": shade(share), "many": cell.many, "to": to})
        name = Link(known.label(area, words.language), with_query("/mechanisms", area=short(area), year=year))
        told = (of_places.stating, of_places.many, of_reports.stating, of_reports.many)
        table.append((Link(province, to), name, *told, round(of_places.depth, 2), mechanisms[area]))
    data = {
        **_shared(known, words, OVERVIEWS[0], year),
        "by": measure,
        "_measures": MEASURES,
        "_rows": rows,
        "_areas": [(known.label(area, words.language), short(area), many) for area, many in mechanisms.items()],
        "_shades": range(SHADES + 1),
    }
    columns = ("province", "area", "stating.places", "places", "stating.reports", "reports", "depth", "mechanisms")
    return Page("overview.html", words("overview.provinces"), data, {"coverage": Table(columns, table)})


@kept(16)
def _backbone(known: Knowledge, year: str) -> CoAdoption:
    """What goes together by the governments' own reports, as in `graph.analysis.adoption`, which says why."""
    catalogue = known.catalogue
    own = {number for number, report in enumerate(catalogue.reports) if not report.department}
    practising = {iri: numbers & own for iri, numbers in _practising(known, year).items()}
    return coadoption({iri: catalogue.places_of(numbers) for iri, numbers in practising.items() if numbers})


def _backbone_page(known: Knowledge, words: Words, year: str) -> Page:
    both = _backbone(known, year)
    found, groups = both.backbone, both.communities
    pairs = shown(found.pairs, LINES)
    names = {iri: (thing.zh, thing.en) for iri, thing in known.catalogue.things.items() if thing.kind == "mechanism"}
    language = words.language
    picture = content(
        pair_network(pairs, _areas(known), names, groups.groups),
        language=language,
        home=f"/{language}",
        middle=[],
        centre=f"/{language}/graph?around=",
        backbone={"places": found.places, "tested": found.tested, "fewest": FEWEST},
    )
    data = {
        **_shared(known, words, OVERVIEWS[1], year),
        "places": found.places,
        "tested": found.tested,
        "found": len(found.pairs),
        "shown": len(pairs),
        "fewest": FEWEST,
        "false": FALSE,
        "few": found.too_few,
        "groups": len(groups.groups),
        "runs": groups.runs,
        "stability": round(groups.stability, 2),
        "modularity": round(groups.modularity, 2),
        "_picture": Markup(embed(picture)) if pairs else "",
    }
    rows = [
        (
            Link(known.label(pair.one, language), pair.one),
            Link(known.label(pair.other, language), pair.other),
            pair.together,
            round(pair.expected, 1),
            round(pair.together / pair.expected, 2),
            round(pair.score, 1),
            f"{pair.p:.1e}",
        )
        for pair in found.pairs
    ]
    columns = ("mechanism", "other", "together", "expected", "times", "score", "p")
    tables = {"pairs": Table(columns, rows), **_groups(known, language, both)}
    return Page("overview.html", words("overview.backbone"), data, tables)


def _groups(known: Knowledge, language: str, both: CoAdoption) -> dict[str, Table]:
    """The groups with their members, and what joins them."""
    found = both.communities

    def link(iri: str) -> Link:
        return Link(known.label(iri, language), iri)

    of = {node: number for number, group in enumerate(found.groups, 1) for node in group}
    members = [(number, link(node)) for number, group in enumerate(found.groups, 1) for node in group]
    bridges = [(link(each.node), each.group + 1, round(each.between, 2), each.groups) for each in found.bridges]
    lines = [
        (link(each.one), of[each.one], link(each.other), of[each.other], round(each.between, 2)) for each in found.links
    ]
    return {
        "groups": Table(("group", "mechanism"), members),
        "bridges": Table(("mechanism", "group", "between", "groups"), bridges),
        "links": Table(("mechanism", "group", "other", "other.group", "between"), lines),
    }


@kept()
def _latest(known: Knowledge) -> Latest:
    return Latest(known.catalogue.adoptions(sure=True), list(_areas(known)))


def lacks(known: Knowledge, place: str) -> Lacks | None:
    """What places like one (its IRI) have and it lacks, as far as the rules are sure."""
    latest = _latest(known)
    number = latest.numbers.get(place)
    return None if number is None else latest.lacks(number)
