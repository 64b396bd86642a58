"""Whose words reports have: the list of all, the passages of one report side by side, and how some words travelled."""

from collections.abc import Mapping
from math import isfinite
from typing import Any

import numpy as np

from graph.analysis.arrays import Integers
from graph.analysis.borrowed import Passage, Slice, choose, folded_texts, owner, shares_of, slices
from graph.analysis.passages import Source, Wording
from graph.analysis.travel import MOST, trace
from graph.errors import UnknownThing
from graph.explorer.catalogue import Report
from graph.explorer.facets import Facets
from graph.explorer.kept import kept
from graph.explorer.knowledge import Knowledge
from graph.explorer.page import Cell, Link, Page, Rows, Table, path_of, window, with_query
from graph.explorer.words import Words

SOURCES = tuple(source.name.casefold() for source in reversed(Source))
SHOWN = 60  # passages on a page
_TRACED = 120  # characters
_FACETS = ("province", "level", "year")


def passages(known: Knowledge, words: Words, choice: Mapping[str, str]) -> Page:
    """The reports by whose words they have: one source's share, from `least` to `most` per cent, the highest first."""
    found = known.wording.get()
    if found is None:
        return _waiting(words, words("passages"))
    by = choice.get("by", "")
    source = by if by in SOURCES else SOURCES[-1]
    least, most = _percent(choice.get("least", ""), 0), _percent(choice.get("most", ""), 100)
    facets = Facets(known.catalogue, {name: choice.get(name, "") for name in _FACETS})
    data: dict[str, Any] = {
        "waiting": False,
        "by": source,
        "least": choice.get("least", ""),
        "most": choice.get("most", ""),
        "compared": len(found.corpus.reports),
        "areas": found.areas,
        "widest": found.widest,
        "_facets": [(name, facets.options(name)) for name in _FACETS],
        "_sources": SOURCES,
        "_means": [(name, words.share(_mean(found, name), 1)) for name in SOURCES] if len(found.counts) else [],
    }
    if not len(found.counts):
        return Page("passages.html", words("passages"), data, {"passages": Table(_COLUMNS, [])})
    share = found.shares[:, Source[source.upper()]]
    left = facets.left[_numbers(known, found)] & (least <= 100 * share) & (100 * share <= most)
    order = np.flatnonzero(left)
    order = order[np.argsort(-share[order], kind="stable")]
    return Page(
        "passages.html",
        words("passages"),
        data,
        {"passages": Table(_COLUMNS, Rows(order.tolist(), lambda number: _row(found, words, number)))},
    )


def borrowed(known: Knowledge, words: Words, report: Report) -> Page:
    """Whose words a report has, with whom it shares them, and the passages of both side by side."""
    title = words("passages.of", report=f"{report.by} {report.year}")
    found = known.wording.get()
    if found is None:
        return _waiting(words, title)
    data: dict[str, Any] = {
        "waiting": False,
        "reports": len(found.corpus.reports),
        "report": report.iri,
        "by": report.by,
        "year": report.year,
        "areas": found.areas,
        "widest": found.widest,
        "_place": report.place,
        "_shown": SHOWN,
    }
    shares, pairs = _shared(known, found, report)
    counts: dict[tuple[str, str, str, int], int] = {}
    for each in pairs:
        key = (each.source, each.theirs.report, each.theirs.by, each.theirs.year)
        counts[key] = counts.get(key, 0) + each.signs
    ranked = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    data["shares"] = shares
    data["_pairs"] = [(each, in_place(each.mine), in_place(each.theirs), traced(each.mine)) for each in pairs]
    tables = {
        "shares": Table(
            ("source", "share"), [(words(f"source.{name}"), _share(value)) for name, value in shares.items()]
        ),
        "partners": Table(
            ("report", "year", "source", "signs"),
            [
                (Link(by, of_report(iri)), str(year), words(f"source.{source}"), signs)
                for (source, iri, by, year), signs in ranked
            ],
        ),
        "passages": Table(
            ("source", "signs", "bits", "holders", "sentence", "report", "year", "there"),
            [
                (
                    words(f"source.{each.source}"),
                    each.signs,
                    each.bits,
                    each.holders,
                    Link(each.mine.text, in_place(each.mine)),
                    each.theirs.by,
                    str(each.theirs.year),
                    Link(each.theirs.text, in_place(each.theirs)),
                )
                for each in pairs
            ],
        ),
    }
    return Page("borrowed.html", title, data, tables)


def travelled(known: Knowledge, words: Words, asked: str, report: Report | None, choice: Mapping[str, str]) -> Page:
    """The reports that have some words, the earliest first, each with its sentence; a page has some, its twins all.

    `report` is the one whose words they are, if any.
    """
    title = words("travel.of", words=asked if len(asked) <= 40 else f"{asked[:40]}…")
    path = report.place.path if report and report.place else ()
    compared = known.wording.get()
    if compared is None:
        return _waiting(words, title)
    try:
        found = trace(known.store, compared.corpus, asked, path, window(choice, "travel", MOST).stop)
    except UnknownThing:
        return Page("travel.html", title, {"asked": asked, "reports": 0})
    many = min(found.reports, MOST)
    shown = window(choice, "travel", many)
    rows = [
        (
            str(step.year),
            Link(step.by, step.report),
            words("travel.first")
            if step.year == found.since
            else words("travel.kept", share=words.share(step.kept), source=step.source_by)
            if step.source
            else words("travel.own"),
            Link(step.sentence, in_place(Slice(step.report, step.by, step.year, step.start, step.end, ""))),
        )
        for step in found.steps[shown]
    ]
    data = {
        "asked": asked,
        "reports": found.reports,
        "traced": many,
        "compared": len(compared.corpus.reports),
        "since": found.since,
        "earliest": [{"iri": step.report, "by": step.by} for step in found.earliest],
    }
    table = Table(("year", "report", "wording", "sentence"), rows, many, shown.start)
    return Page("travel.html", title, data, {"travel": table})


def warm(known: Knowledge) -> None:
    """Begins to compare the reports, which takes some minutes for ten thousand."""
    known.wording.begin()


def _waiting(words: Words, title: str) -> Page:
    """That the reports are not compared yet."""
    return Page("passages.html", title, {"waiting": True})


def of_report(iri: str) -> str:
    """The path of a report's shared passages."""
    return with_query("/passages", report=iri)


def traced(where: Slice) -> str:
    """The path of how the words of a stretch of a report travelled, or as many of them as an address holds."""
    line = max(where.text.split("\n"), key=len)
    return with_query("/passages", words=line[:_TRACED], report=where.report)


def in_place(where: Slice) -> str:
    """The path of a stretch of a report's text, which is marked there."""
    at = f"{where.start},{where.end}"
    return f"{with_query(path_of(where.report), at=at)}#char={at}"


_COLUMNS = ("report", "year", "level", "signs", *(f"source.{name}" for name in SOURCES))


def _row(found: Wording, words: Words, number: int) -> tuple[Cell, ...]:
    about = found.corpus.reports[number]
    counts = found.counts[number]
    shares = (_share(counts[source] / max(counts.sum(), 1)) for source in reversed(Source))
    return (
        Link(about.by, of_report(about.iri)),
        about.year,
        words(f"level.{about.place.level}"),
        int(counts.sum()),
        *shares,
    )


def _share(value: float) -> float:
    return round(100 * float(value), 1)


def _mean(found: Wording, source: str) -> float:
    return float(found.shares[:, Source[source.upper()]].mean())


@kept(1)
def _numbers(known: Knowledge, found: Wording) -> Integers:
    """For each report of the corpus its number in the catalogue."""
    return np.array([known.catalogue.numbers[report.iri] for report in found.corpus.reports], np.int64)


def _shared(known: Knowledge, found: Wording, report: Report) -> tuple[dict[str, float], tuple[Passage, ...]]:
    number = found.corpus.numbers.get(report.iri)
    if number is None:
        return {}, ()
    rows = choose(found, number)
    concerned = {number, *(owner(found.corpus, at) for at in rows["theirs"].tolist())}
    return shares_of(found, number), slices(found, rows, folded_texts(known.store, found.corpus, concerned))


def _percent(asked: str, default: float) -> float:
    try:
        value = float(asked)
    except ValueError:
        return default
    return value if isfinite(value) else default
