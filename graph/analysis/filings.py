"""What each office states year by year: its shortcomings and plans, what it practises, and the sentences on what was done.

An office is a government or one of its departments; its reports on one year are one filing. What an office is silent
of can only be told where its report speaks of such things at all: a filing says whether it has anything on
shortcomings, and on plans.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import filterfalse, groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from graph.analysis.clauses import Clauses, Sentences
from graph.analysis.quotes import Quote
from graph.index.search import Index
from graph.index.told import Finding
from graph.sparql import Query, in_graphs
from graph.store import Queryable
from ontology.namespace import PREFIXES, expand

_REPORTS = """
SELECT DISTINCT ?report ?place ?year ?department WHERE {
    ?report a zl:Report ; zl:jurisdiction ?place ; zl:year ?year OPTIONAL { ?report zl:department ?department }
}"""

_TEXTS = Query("?text", "?self nif:isString ?text")
_SECTIONS = Query("?role ?slice", "?section zl:role ?role ; prov:wasDerivedFrom ?slice")
_STATEMENTS = Query(
    "?statement ?kind ?gist ?slice",
    "?statement dcterms:description ?gist ; a ?kind ; prov:wasDerivedFrom ?slice",
)
_ABOUT = Query("?statement ?concept", "?statement zl:fallsUnder|zl:concerns ?concept")
_DOUBTS = Query("?statement ?doubt", "?statement zl:confidence ?doubt")
_PRACTISED = Query(
    "?statement ?thing ?slice",
    "?statement zl:adopts ?thing ; zl:status zl:practised ; prov:wasDerivedFrom ?slice",
)

# Reports read at a time, so that the texts of forty thousand places never are in memory together; planning a query
# takes the longer for each of its reports.
_AT_ONCE = 20
# From the first character that is no blank, and long enough: a shorter line is a number or the end of a date.
_SENTENCE = re.compile(r"[^\s。！？；][^。！？；\n]{5,}")
_KINDS = {expand(f"zl:{kind.capitalize()}"): kind for kind in ("deficiency", "cause", "plan")}

Row = Mapping[str, str]
Slice = tuple[int, int]


class Filed(NamedTuple):
    """A report of which the place and the year are known."""

    report: str
    place: str
    department: str
    year: int

    @property
    def office(self) -> tuple[str, str]:
        """Who reports: the place and the department, "" for the government itself."""
        return self.place, self.department


@dataclass(frozen=True, slots=True)
class Stated:
    """A shortcoming or a plan: its shortest wording, what it falls under or concerns (IRIs), and its sentence."""

    text: str
    weaknesses: tuple[str, ...]
    mechanisms: tuple[str, ...]
    quote: Quote


@dataclass(frozen=True, slots=True)
class Filing:
    """What an office says of a year.

    `practised` has each mechanism that a shortcoming or plan of this filing or the one before concerns, with the first
    sentence on it, `told` the sentences that are neither in a part on shortcomings or plans nor evidence of one;
    `lacking` and `planning` are the sentences of these parts. `admits` and `announces` say whether it has anything on
    shortcomings, and on plans: a part of its own or a single one.
    """

    place: str
    department: str
    year: int
    shortcomings: tuple[Stated, ...] = ()
    plans: tuple[Stated, ...] = ()
    practised: Mapping[str, Quote] = field(default_factory=dict)
    told: Clauses = Clauses()
    lacking: Clauses = Clauses()
    planning: Clauses = Clauses()
    admits: bool = True
    announces: bool = True


def read_filed(store: Queryable, place: str | None = None, index: Index | None = None) -> list[Filed]:
    """The reports of a graph, or of one place, whose place and year are known; by place, department and year.

    All of them are read of the store's `index` where there is one.
    """
    if index and place is None:
        every = (each for each in index.reports() if each.place and each.year)
        return in_order(Filed(each.iri, each.place, each.department, int(each.year)) for each in every)
    rows = store.select(_REPORTS, **({"place": place} if place else {}))
    return in_order(Filed(row["report"], row["place"], row["department"], int(row["year"])) for row in rows)


def in_order(filed: Iterable[Filed]) -> list[Filed]:
    """Reports by place, department, year and IRI."""
    return sorted(filed, key=itemgetter(1, 2, 3, 0))


def offices(filed: Iterable[Filed]) -> list[list[Filed]]:
    """The reports of each office that has reports on several years; offices come in the order in which they are named."""
    found: defaultdict[tuple[str, str], list[Filed]] = defaultdict(list)
    for each in filed:
        found[each.office].append(each)
    return [reports for reports in found.values() if len({each.year for each in reports}) > 1]


def successions(
    store: Queryable, several: Iterable[list[Filed]], confidence: float = 0.0, index: Index | None = None
) -> Iterator[list[tuple[Filing, Filing]]]:
    """For each of some offices with filings on several years, each filing with the next that there is.

    Findings of less confidence than `confidence` (0 to 1) are left out. Who has the store's `index` gives it: it has
    what is stated in a tenth of the time.
    """
    for some in batches(several, _AT_ONCE):
        filings = read_filings(store, [each for reports in some for each in reports], confidence, index)
        of_office: defaultdict[tuple[str, str], list[Filing]] = defaultdict(list)
        for filing in filings:
            of_office[filing.place, filing.department].append(filing)
        for own in of_office.values():
            yield list(pairwise(sorted(own, key=lambda filing: filing.year)))


def batches(several: Iterable[list[Filed]], reports: int) -> Iterator[list[list[Filed]]]:
    """Offices in batches of so many reports or a few more."""
    some: list[list[Filed]] = []
    for each in several:
        some.append(each)
        if sum(map(len, some)) >= reports:
            yield some
            some = []
    if some:
        yield some


class _Said(NamedTuple):
    """A statement at one of its slices: shortcoming, cause or plan, with what it falls under or concerns."""

    start: int
    end: int
    kind: str
    name: str
    gist: str
    concepts: tuple[str, ...]
    confidence: float


class _Done(NamedTuple):
    """Where a report tells of practising something."""

    start: int
    end: int
    thing: str
    confidence: float


Rows = Mapping[str, Sequence[Row]]


class _Stored:
    """What reports state, as any store has it."""

    def __init__(self, store: Queryable, confidence: float) -> None:
        self._store, self._confidence = store, confidence

    def said(self, reports: Collection[str]) -> dict[str, list[_Said]]:
        """The shortcomings, causes and plans of some reports."""
        about = _ask(self._store, _ABOUT, reports)
        doubts = self._doubts(reports)
        found = {}
        for report, rows in _ask(self._store, _STATEMENTS, reports).items():
            concepts: defaultdict[str, set[str]] = defaultdict(set)
            for row in about.get(report, ()):
                concepts[row["statement"]].add(row["concept"])
            found[report] = [
                _Said(
                    *_place(row["slice"]),
                    _KINDS[row["kind"]],
                    name,
                    row["gist"],
                    tuple(sorted(concepts[name])),
                    doubts.get(name, 1.0),
                )
                for row in rows
                if row["kind"] in _KINDS and (name := row["statement"])
            ]
        return found

    def done(self, wanted: Mapping[str, Collection[str]]) -> dict[str, list[_Done]]:
        """Where each report tells of practising one of the things that are wanted of it."""
        doubts = self._doubts(wanted)
        return {
            report: [_Done(*_place(row["slice"]), row["thing"], doubts.get(row["statement"], 1.0)) for row in rows]
            for report, rows in _ask(self._store, _PRACTISED, wanted, wanted).items()
        }

    def _doubts(self, reports: Iterable[str]) -> dict[str, float]:
        rows = _ask(self._store, _DOUBTS, reports) if self._confidence > 0 else {}
        return {row["statement"]: float(row["doubt"]) for some in rows.values() for row in some}


class _Indexed:
    """What reports state, as the index of a store has it."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def said(self, reports: Collection[str]) -> dict[str, list[_Said]]:
        """The shortcomings, causes and plans of some reports."""
        found: defaultdict[str, list[_Said]] = defaultdict(list)
        rows = self._index.findings(reports, quoted=False, kinds=tuple(_KINDS.values()))
        # A finding comes once for each of its things.
        for _, same in groupby(sorted(rows, key=_at_a_slice), key=_at_a_slice):
            every = list(same)
            one, concepts = every[0], tuple(sorted({each.thing for each in every if each.thing}))
            said = _Said(one.start, one.end, one.kind, one.name, one.gist, concepts, one.confidence)
            found[one.report].append(said)
        return found

    def done(self, wanted: Mapping[str, Collection[str]]) -> dict[str, list[_Done]]:
        """Where each report tells of practising one of the things that are wanted of it."""
        return {
            report: [
                _Done(each.start, each.end, each.thing, each.confidence)
                for each in self._index.findings([report], things, quoted=False, kinds=("adoption",))
                if each.status == "practised"
            ]
            for report, things in wanted.items()
        }


def _at_a_slice(found: Finding) -> tuple[str, str, int, int]:
    return found.report, found.name, found.start, found.end


def read_filings(
    store: Queryable, filed: Sequence[Filed], confidence: float = 0.0, index: Index | None = None
) -> list[Filing]:
    """The filings that some reports make, without findings of less confidence than `confidence`; see `successions`."""
    graphs = [each.report for each in filed]
    source = _Indexed(index) if index else _Stored(store, confidence)
    texts, sections, said = _ask(store, _TEXTS, graphs), _ask(store, _SECTIONS, graphs), source.said(graphs)
    done = source.done(_wanted(filed, said))
    parts: defaultdict[tuple[str, str, int], list[Filing]] = defaultdict(list)
    for each in filed:
        text = next((row["text"] for row in texts.get(each.report, ())), "")
        own = sorted(said.get(each.report, ())), sorted(done.get(each.report, ()))
        filing = _filing(each, text, sections.get(each.report, ()), *own, confidence)
        parts[each.place, each.department, each.year].append(filing)
    return [_joined(some) for some in parts.values()]


def _ask(
    store: Queryable, query: Query, reports: Iterable[str], things: Mapping[str, Iterable[str]] | None = None
) -> Rows:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for text in in_graphs(query, reports, things=things):
        for row in store.select(text):
            found[row["report"]].append(row)
    return found


def _wanted(filed: Iterable[Filed], said: Mapping[str, Iterable[_Said]]) -> dict[str, list[str]]:
    """By report, the mechanisms that its office's shortcomings and plans of this year and the last one before concern.

    A report names a hundred mechanisms, of which these are a tenth.
    """
    concerned: defaultdict[tuple[str, str], defaultdict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for each in filed:
        concepts = (concept for one in said.get(each.report, ()) for concept in one.concepts)
        concerned[each.office][each.year].update(filterfalse(_is_weakness, concepts))
    found = {}
    for each in filed:
        own = concerned[each.office]
        before = max((year for year in own if year < each.year), default=each.year)
        if things := own[each.year] | own[before]:
            found[each.report] = sorted(things)
    return found


def _filing(
    filed: Filed,
    text: str,
    sections: Iterable[Row],
    said: Sequence[_Said],
    practised: Iterable[_Done],
    confidence: float,
) -> Filing:
    report, year = filed.report, str(filed.year)

    def quote(start: int, end: int) -> Quote:
        return Quote(report, year, text[start:end], start, end)

    stated: defaultdict[str, list[Stated]] = defaultdict(list)
    for each in said:
        if each.confidence >= confidence:
            weaknesses = tuple(filter(_is_weakness, each.concepts))
            mechanisms = tuple(filterfalse(_is_weakness, each.concepts))
            stated[each.kind].append(Stated(each.gist, weaknesses, mechanisms, quote(each.start, each.end)))
    done: dict[str, Quote] = {}
    for one in practised:
        if one.confidence >= confidence and one.thing not in done:
            done[one.thing] = quote(one.start, one.end)
    parts = _parts(sections, len(text))
    lacking, planning = parts.get("deficiencies", []), parts.get("plans", [])
    kinds = {each.kind for each in said}

    def clauses(within: Iterable[Slice], apart: Iterable[Slice] = ()) -> Clauses:
        return Clauses([Sentences(report, year, text, list(_sentences(text, within, apart)))])

    return Filing(
        filed.place,
        filed.department,
        filed.year,
        tuple(stated["deficiency"]),
        tuple(stated["plan"]),
        done,
        clauses([(0, len(text))], [*lacking, *planning, *((each.start, each.end) for each in said)]),
        clauses(lacking),
        clauses(planning),
        "deficiencies" in parts or "deficiency" in kinds,
        "plans" in parts or "plan" in kinds,
    )


def _is_weakness(concept: str) -> bool:
    return concept.startswith(PREFIXES["weakness"])


def _place(slice_: str) -> Slice:
    """Where a slice lies, which its IRI says (RFC 5147)."""
    start, end = slice_.rpartition("#char=")[2].split(",")
    return int(start), int(end)


def _parts(sections: Iterable[Row], end: int) -> dict[str, list[Slice]]:
    """Where the parts of each role stand: from the end of their headings to the next heading."""
    found: defaultdict[str, list[Slice]] = defaultdict(list)
    headings = sorted((*_place(row["slice"]), row["role"]) for row in sections)
    stops = [*(start for start, _, _ in headings[1:]), end]
    for (_, start, role), stop in zip(headings, stops, strict=False):  # no part, no end
        found[role].append((start, stop))
    return dict(found)


def _sentences(text: str, within: Iterable[Slice], apart: Iterable[Slice]) -> Iterator[Slice]:
    """Where the sentences of some slices of a text stand that touch none of the slices that are set apart."""
    taken = bytearray(len(text))
    for start, end in apart:
        taken[start:end] = b"\1" * (end - start)
    for first, last in within:
        for match in _SENTENCE.finditer(text, first, last):
            if taken.find(1, *match.span()) < 0:
                yield match.span()


def _joined(filings: Sequence[Filing]) -> Filing:
    """One filing of what an office's reports on one year say."""
    first = filings[0]
    if len(filings) == 1:
        return first
    done: dict[str, Quote] = {}
    for filing in filings:
        done = {**filing.practised, **done}
    return Filing(
        first.place,
        first.department,
        first.year,
        tuple(each for filing in filings for each in filing.shortcomings),
        tuple(each for filing in filings for each in filing.plans),
        done,
        Clauses(part for filing in filings for part in filing.told.parts),
        Clauses(part for filing in filings for part in filing.lacking.parts),
        Clauses(part for filing in filings for part in filing.planning.parts),
        any(filing.admits for filing in filings),
        any(filing.announces for filing in filings),
    )
