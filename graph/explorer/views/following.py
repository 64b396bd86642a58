"""What became of shortcomings and plans: of all places as a table, of one place sentence by sentence."""

from collections.abc import Iterable, Mapping
from typing import Any

from graph.analysis.filings import Filed, in_order
from graph.analysis.promises import VERDICTS, Followed, Overview, Step, overview, promises_of
from graph.analysis.quotes import Quote
from graph.explorer.apart import Later
from graph.explorer.catalogue import Report
from graph.explorer.kept import kept
from graph.explorer.knowledge import Knowledge, waited
from graph.explorer.page import Cell, Link, Page, Table, with_query
from graph.explorer.words import Words
from graph.naming import find_place


def promises(known: Knowledge, words: Words, choice: Mapping[str, str]) -> Page:
    """One place's shortcomings and plans, report by report, or, without `place`, how it went everywhere."""
    asked = choice.get("place", "").strip()
    return _of_place(known, words, asked) if asked else _everywhere(known, words)


def _filed(reports: Iterable[Report]) -> list[Filed]:
    return in_order(_entry(report) for report in reports if report.place and report.year)


def _entry(report: Report) -> Filed:
    return Filed(report.iri, report.place.iri if report.place else "", report.department, int(report.year))


def warm(known: Knowledge) -> None:
    """Begins to follow all places."""
    _overview(known).begin()


@kept()
def _overview(known: Knowledge) -> Later[Overview]:
    return known.later(overview, "promises")


def _everywhere(known: Knowledge, words: Words) -> Page:
    every = waited(_overview(known), words, "promises.counting")
    found = every.tallies
    totals = []
    for kind, verdicts in VERDICTS.items():
        counts = {
            verdict: sum((tally.weaknesses if kind == "weakness" else tally.plans)[verdict] for tally in found)
            for verdict in verdicts
        }
        told = sum(counts.values()) - counts["silent"]
        totals.append({"kind": kind, "told": told, "silent": counts["silent"], "counts": counts})
    rows: list[tuple[Cell, ...]] = [
        (
            Link(tally.place.full_name, with_query("/promises", place=tally.place.code)),
            tally.department,
            f"{tally.first}–{tally.last}",
            tally.pairs,
            *tally.weaknesses.values(),
            *tally.plans.values(),
        )
        for tally in found
    ]
    columns = (
        "place",
        "department",
        "years",
        "pairs",
        *(f"{kind}.{each}" for kind in VERDICTS for each in VERDICTS[kind]),
    )
    data = {"asked": "", "offices": len(found), "alone": every.alone, "totals": totals}
    return Page("promises.html", words("promises"), data, {"promises": Table(columns, rows)})


def _of_place(known: Knowledge, words: Words, asked: str) -> Page:
    place = find_place(known.catalogue.places.values(), asked)
    filed = _filed(known.catalogue.reports[number] for number in known.catalogue.of_place(place.iri))
    found = promises_of(known.store, place, filed)
    items = [
        _item(known, words, step, each)
        for step in found.steps
        for kind in VERDICTS
        for verdict in VERDICTS[kind]
        for each in step.followed
        if (each.kind, each.verdict) == (kind, verdict)
    ]
    rows: list[tuple[Cell, ...]] = [
        (
            step.department,
            step.year,
            step.next_year,
            words(f"finding.{'deficiency' if each.kind == 'weakness' else 'plan'}"),
            words(f"verdict.{each.verdict}"),
            each.likeness,
            Link(each.said.text, each.said.to),
            Link(each.then.text, each.then.to) if each.then else "",
        )
        for step in found.steps
        for each in step.followed
    ]
    columns = ("department", "year", "next.year", "kind", "verdict", "alike", "sentence", "next.sentence")
    data = {
        "asked": asked,
        "place": {"iri": place.iri, "name": place.full_name, "code": place.code},
        "steps": [
            {
                "department": step.department,
                "year": step.year,
                "next": step.next_year,
                "gap": step.gap,
                "admits": step.admits,
                "announces": step.announces,
                "counts": {kind: {v: step.count(kind)[v] for v in VERDICTS[kind]} for kind in VERDICTS},
            }
            for step in found.steps
        ],
        "items": items,
    }
    return Page("promises.html", words("promises.of", place=place.full_name), data, {"promises": Table(columns, rows)})


def _item(known: Knowledge, words: Words, step: Step, each: Followed) -> dict[str, Any]:
    return {
        "kind": each.kind,
        "verdict": each.verdict,
        "department": step.department,
        "likeness": each.likeness,
        "concepts": [{"iri": link.to, "name": link.text} for link in known.links(each.concepts, words.language)],
        "said": _said(each.said),
        "then": _said(each.then) if each.then else None,
    }


def _said(quote: Quote) -> dict[str, str]:
    return {"year": quote.year, "quote": quote.text, "to": quote.to}
