"""What became of shortcomings and plans: of all places as a table, of one place sentence by sentence."""

from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from threading import Lock, Thread
from typing import Any
from weakref import WeakKeyDictionary

from starlette.exceptions import HTTPException

from graph.analysis.filings import Filed
from graph.analysis.promises import VERDICTS, Followed, Step, Tally, promises_of, tallies
from graph.analysis.quotes import Quote
from graph.explorer.catalogue import Report
from graph.explorer.knowledge import Knowledge
from graph.explorer.page import Cell, Link, Page, Table, with_query
from graph.explorer.words import Words
from graph.naming import find_place

# Following all places takes some milliseconds a report, so it is done when a reader asks, who waits so many seconds.
_PATIENCE = 10.0
_STARTING = Lock()
_counting: WeakKeyDictionary[Knowledge, Future[tuple[Tally, ...]]] = WeakKeyDictionary()


def promises(known: Knowledge, words: Words, choice: Mapping[str, str]) -> Page:
    """One place's shortcomings and plans, report by report, or, without `place`, how it went everywhere."""
    asked = choice.get("place", "").strip()
    return _of_place(known, words, asked) if asked else _everywhere(known, words)


def _filed(reports: Iterable[Report]) -> list[Filed]:
    found = [_entry(report) for report in reports if report.place and report.year]
    return sorted(found, key=lambda each: (each.place, each.department, each.year, each.report))


def _entry(report: Report) -> Filed:
    return Filed(report.iri, report.place.iri if report.place else "", report.department, int(report.year))


def _tallies(known: Knowledge, words: Words) -> tuple[Tally, ...]:
    """The tallies of all places, which the first reader who asks has counted; 503 as long as that takes."""
    with _STARTING:
        found = _counting.get(known)
        if found is None or found.done() and found.exception():
            found = _counting[known] = Future()
            Thread(target=_fulfil, args=(found, known), daemon=True).start()
    try:
        return found.result(_PATIENCE)
    except TimeoutError:
        raise HTTPException(503, words("promises.counting"), {"Retry-After": "60"}) from None


def _fulfil(asked: Future[tuple[Tally, ...]], known: Knowledge) -> None:
    try:
        asked.set_result(_count(known))
    except Exception as error:
        asked.set_exception(error)  # told to who waits; who asks next has it tried anew


def _count(known: Knowledge) -> tuple[Tally, ...]:
    places = dict(known.catalogue.places)
    found = list(tallies(known.store, _filed(known.catalogue.reports), places))
    return tuple(sorted(found, key=lambda tally: (tally.place.code, tally.department)))


def _everywhere(known: Knowledge, words: Words) -> Page:
    found = _tallies(known, words)
    filed = _filed(known.catalogue.reports)
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
    alone = len({each.office for each in filed}) - len(found)
    data = {"asked": "", "offices": len(found), "alone": alone, "totals": totals}
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
