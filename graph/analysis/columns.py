"""The numbers of all reports, as columns in memory: what indicators are compared by, and contradictions found.

All of it is in a graph's index. Words are fetched for those alone that are asked for.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from graph.analysis.arrays import Integers
from graph.analysis.numbers import Columns, Kind, terms
from graph.figures.circumstances import Period, Scope
from graph.figures.contradictions import Claim, Contradiction, refuted
from graph.figures.contradictions import Kind as Sort
from graph.figures.figure import Figure, Source, name_of, told
from graph.index.search import Index


class Contradicting(NamedTuple):
    """A contradiction, by the rows of its numbers; see `graph.figures.contradictions`."""

    kind: Sort
    figure: int
    others: tuple[int, ...]
    least: float | None
    most: float | None


class Figures:
    """The numbers of reports; a row is one of them, in the order of the reports and then of the text.

    `sources` are all reports of the index's graph, None for one whose place or year is not known. `reports` has for each
    row its place among them.
    """

    def __init__(self, index: Index, sources: Sequence[Source | None]) -> None:
        found = index.figures()
        self._sources, self._index, self._about, self._things = sources, index, found.about, found.things
        numbers = {source.report: number for number, source in enumerate(sources) if source}
        own = np.array([numbers.get(iri, -1) for iri in found.reports], np.int64)  # no row is of one that is not known
        reports = own[found.rows["report"]]
        order = np.argsort(reports, kind="stable")
        self._rows = found.rows[order]
        self.reports: Integers = reports[order]
        self._by_thing = np.argsort(self._rows["thing"], kind="stable")
        self._starts = np.searchsorted(self._rows["thing"][self._by_thing], np.arange(len(found.things) + 1))
        self._numbers = {iri: number for number, iri in enumerate(found.things)}
        self._own, self._claims = found.contradictions, found.claims
        self._turned = np.argsort(order, kind="stable")  # for each number in the order of the index its row

    def of(self, indicator: str) -> Integers:
        """The rows of an indicator, by its IRI."""
        number = self._numbers.get(indicator)
        return np.zeros(0, np.int64) if number is None else self._by_thing[slice(*self._starts[number : number + 2])]

    def under(self, beginning: str, confidence: float = 0.0) -> Integers:
        """The rows of the indicators whose IRIs begin so, of at least this confidence (0 to 1)."""
        wanted = np.array([iri.startswith(beginning) for iri in self._things], np.bool_)
        return np.flatnonzero(wanted[self._rows["thing"]] & (self._rows["confidence"] >= confidence))

    def indicators(self, rows: Integers) -> tuple[list[str], Integers]:
        """The indicators (IRIs) of some rows, and for each row its place among these."""
        things, places = np.unique(self._rows["thing"][rows], return_inverse=True)
        return [self._things[thing] for thing in things.tolist()], places

    def columns(self, rows: Integers) -> Columns:
        """What some rows hold, to be compared."""
        found, reports = self._rows[rows], self.reports[rows]
        offices, bureaus, named = self._offices
        kinds, kind = np.unique(found["about"] * np.int64(len(named)) + bureaus[reports], return_inverse=True)
        falls = np.array([about.change == "decrease" for about in self._about], np.bool_)[found["about"]]
        sign = np.where(falls, -1.0, 1.0)
        low, high = sign * found["low"], sign * found["high"]
        return Columns(
            offices[reports],
            found["year"].astype(np.int64),
            sign * found["value"],
            np.where(falls, high, low),
            np.where(falls, low, high),
            kind,
            [self._kind(each // len(named), named[each % len(named)]) for each in kinds.tolist()],
        )

    def figures(self, rows: Sequence[int], quoted: bool = True) -> list[Figure]:
        """The numbers in some rows, with the clauses that say so or without."""
        found = self._rows[list(rows)]
        sources = [self._source(number) for number in self.reports[list(rows)].tolist()]
        places = [(source.report, place) for source, place in zip(sources, found["finding"].tolist(), strict=True)]
        figures = []
        for source, row, said in zip(sources, found, self._index.findings_at(places, quoted), strict=True):
            about = self._about[row["about"]]
            figures.append(
                Figure(
                    source=source,
                    statement=f"{source.report}#{said.name}",
                    indicator=said.thing,
                    name=name_of(said.thing),
                    value=float(row["value"]),
                    low=float(row["low"]),
                    high=None if np.isinf(row["high"]) else float(row["high"]),
                    unit=about.unit,
                    told=told(said.value, said.unit),
                    qualifier=said.qualifier,
                    change=said.change,
                    measure=about.measure,
                    scope=Scope(about.scope, about.part),
                    period=Period(about.period, about.span, int(row["year"]), about.said),
                    quote=said.quote,
                    start=said.start,
                    end=said.end,
                    confidence=said.confidence,
                )
            )
        return figures

    @cached_property
    def contradictions(self) -> list[Contradicting]:
        """All that contradict each other, in the order of the reports."""
        row = self._turned.tolist()
        found = [
            Contradicting(each.kind, row[each.figure], tuple(row[other] for other in each.others), *each[3:])
            for each in self._own
        ]
        return sorted([*found, *self._against_last_year()], key=lambda each: (each.figure, each.kind))

    def of_report(self, report: int) -> list[Contradicting]:
        """The contradictions in one report, by its number."""
        return self._of_report.get(report, [])

    @cached_property
    def _of_report(self) -> dict[int, list[Contradicting]]:
        found: defaultdict[int, list[Contradicting]] = defaultdict(list)
        for each in self.contradictions:
            found[int(self.reports[each.figure])].append(each)
        return dict(found)

    def _against_last_year(self) -> Iterable[Contradicting]:
        """The changes that last year's report of the same office contradicts."""
        offices, _, _ = self._offices
        of_year = {
            (office, source.year): number
            for number, (office, source) in enumerate(zip(offices.tolist(), self._sources, strict=True))
            if source
        }
        first = np.searchsorted(self.reports, np.arange(len(offices) + 1))
        things = self._rows["thing"]
        asked = []
        for change, now in self._turned[self._claims].tolist():
            report = int(self.reports[now])
            earlier = of_year.get((int(offices[report]), self._source(report).year - 1))
            if earlier is not None:
                start, end = first[earlier : earlier + 2]
                then = (start + np.flatnonzero(things[start:end] == things[now])).tolist()
                if then:
                    asked.append((change, now, then))
        wanted = sorted({row for change, now, then in asked for row in (change, now, *then)})
        figures = dict(zip(wanted, self.figures(wanted, quoted=False), strict=True))
        for change, now, then in asked:
            wrong = refuted(Claim(figures[change], figures[now]), [figures[each] for each in then])
            if wrong:
                row = next(each for each in then if figures[each] is wrong.others[-1])
                yield Contradicting(wrong.kind, change, (now, row), wrong.least, wrong.most)

    def contradiction(self, found: Contradicting) -> Contradiction:
        """A contradiction with its numbers."""
        figure, *others = self.figures([found.figure, *found.others])
        return Contradiction(found.kind, figure, tuple(others), found.least, found.most)

    @cached_property
    def _offices(self) -> tuple[Integers, Integers, list[tuple[str, str]]]:
        """For each report the number of its office, and that of its level and department, which are the last."""
        offices: dict[tuple[str, str], int] = {}
        named: dict[tuple[str, str], int] = {}
        rows = []
        for source in self._sources:
            office, bureau = (source.place.iri, source.place.level) if source else ("", "")
            department = source.department if source else ""
            rows.append(
                (
                    offices.setdefault((office, department), len(offices)),
                    named.setdefault((bureau, department), len(named)),
                )
            )
        table = np.array(rows, np.int64).reshape(-1, 2)
        return table[:, 0], table[:, 1], [*named]

    def _source(self, report: int) -> Source:
        found = self._sources[report]
        assert found is not None  # what else no numbers are kept of
        return found

    def _kind(self, about: int, bureau: tuple[str, str]) -> Kind:
        one = self._about[about]
        scope, period = Scope(one.scope, one.part), Period(one.period, one.span, 0, one.said)
        return terms(one.measure, one.unit, *bureau, scope, period), bool(one.said)
