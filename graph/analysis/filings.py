"""What each office states year by year: its shortcomings and plans, what it practises, and the sentences on what was done.

An office is a government or one of its departments; its reports on one year are one filing. What an office is silent
of can only be told where its report speaks of such things at all: a filing says whether it has anything on
shortcomings, and on plans.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import filterfalse, pairwise
from operator import itemgetter
from typing import NamedTuple

from graph.analysis.clauses import Clauses, Sentences
from graph.analysis.quotes import Quote
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
_KINDS = {expand(f"zl:{kind}"): kind for kind in ("Deficiency", "Plan", "Cause")}

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


def read_filed(store: Queryable, place: str | None = None) -> list[Filed]:
    """The reports of a graph, or of one place, whose place and year are known; by place, department and year."""
    rows = store.select(_REPORTS, **({"place": place} if place else {}))
    found = (Filed(row["report"], row["place"], row["department"], int(row["year"])) for row in rows)
    return sorted(found, key=itemgetter(1, 2, 3, 0))


def successions(
    store: Queryable, filed: Iterable[Filed], confidence: float = 0.0
) -> Iterator[list[tuple[Filing, Filing]]]:
    """For each office that has filings on several years, each filing with the next that there is.

    Findings of less confidence than `confidence` (0 to 1) are left out. Offices come in the order in which they are
    first named; of reports without a successor nothing is read.
    """
    offices: defaultdict[tuple[str, str], list[Filed]] = defaultdict(list)
    for each in filed:
        offices[each.office].append(each)
    several = [reports for reports in offices.values() if len({each.year for each in reports}) > 1]
    for some in _batches(several):
        filings = read_filings(store, [each for reports in some for each in reports], confidence)
        of_office: defaultdict[tuple[str, str], list[Filing]] = defaultdict(list)
        for filing in filings:
            of_office[filing.place, filing.department].append(filing)
        for own in of_office.values():
            yield list(pairwise(sorted(own, key=lambda filing: filing.year)))


def _batches(offices: Iterable[list[Filed]]) -> Iterator[list[list[Filed]]]:
    some: list[list[Filed]] = []
    for reports in offices:
        some.append(reports)
        if sum(map(len, some)) >= _AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def read_filings(store: Queryable, filed: Sequence[Filed], confidence: float = 0.0) -> list[Filing]:
    """The filings that some reports make, without findings of less confidence than `confidence`."""
    graphs = [each.report for each in filed]

    def ask(
        query: Query, some: Iterable[str] = graphs, things: Mapping[str, Iterable[str]] | None = None
    ) -> defaultdict[str, list[Row]]:
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for text in in_graphs(query, some, things=things):
            for row in store.select(text):
                found[row["report"]].append(row)
        return found

    texts, sections, statements, about = map(ask, (_TEXTS, _SECTIONS, _STATEMENTS, _ABOUT))
    doubts = ask(_DOUBTS, graphs if confidence > 0 else ())
    wanted = _wanted(filed, about)
    practised = ask(_PRACTISED, wanted, wanted)
    parts: defaultdict[tuple[str, str, int], list[Filing]] = defaultdict(list)
    for each in filed:
        text = next((row["text"] for row in texts[each.report]), "")
        unsure = {row["statement"] for row in doubts[each.report] if float(row["doubt"]) < confidence}
        filing = _filing(
            each,
            text,
            sections[each.report],
            statements[each.report],
            about[each.report],
            practised[each.report],
            unsure,
        )
        parts[each.place, each.department, each.year].append(filing)
    return [_joined(some) for some in parts.values()]


def _wanted(filed: Iterable[Filed], about: Mapping[str, Iterable[Row]]) -> dict[str, list[str]]:
    """By report, the mechanisms that its office's shortcomings and plans of this year and the last one before concern.

    A report names a hundred mechanisms, of which these are a tenth.
    """
    concerned: defaultdict[tuple[str, str], defaultdict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for each in filed:
        concepts = (row["concept"] for row in about[each.report])
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
    statements: Iterable[Row],
    about: Iterable[Row],
    practised: Iterable[Row],
    unsure: Collection[str],
) -> Filing:
    report, year = filed.report, str(filed.year)
    concepts: defaultdict[str, set[str]] = defaultdict(set)
    for row in about:
        concepts[row["statement"]].add(row["concept"])
    known = _placed(row for row in statements if row["kind"] in _KINDS)
    stated: defaultdict[str, list[Stated]] = defaultdict(list)
    for (start, end), row in known:
        if row["statement"] not in unsure:
            under = sorted(concepts[row["statement"]])
            weaknesses = tuple(filter(_is_weakness, under))
            quote = Quote(report, year, text[start:end], start, end)
            stated[_KINDS[row["kind"]]].append(
                Stated(row["gist"], weaknesses, tuple(filterfalse(_is_weakness, under)), quote)
            )
    done: dict[str, Quote] = {}
    for (start, end), row in _placed(practised):
        if row["statement"] not in unsure and row["thing"] not in done:
            done[row["thing"]] = Quote(report, year, text[start:end], start, end)
    parts = _parts(sections, len(text))
    lacking, planning = parts.get("deficiencies", []), parts.get("plans", [])
    kinds = {_KINDS[row["kind"]] for _, row in known}

    def clauses(within: Iterable[Slice], apart: Iterable[Slice] = ()) -> Clauses:
        return Clauses([Sentences(report, year, text, list(_sentences(text, within, apart)))])

    return Filing(
        filed.place,
        filed.department,
        filed.year,
        tuple(stated["Deficiency"]),
        tuple(stated["Plan"]),
        done,
        clauses([(0, len(text))], [*lacking, *planning, *(place for place, _ in known)]),
        clauses(lacking),
        clauses(planning),
        "deficiencies" in parts or "Deficiency" in kinds,
        "plans" in parts or "Plan" in kinds,
    )


def _is_weakness(concept: str) -> bool:
    return concept.startswith(PREFIXES["weakness"])


def _placed(rows: Iterable[Row]) -> list[tuple[Slice, Row]]:
    """Rows in the order of their slices, with where each slice lies, which its IRI says (RFC 5147)."""
    found = [(row["slice"].rpartition("#char=")[2].split(","), row) for row in rows]
    return sorted((((int(start), int(end)), row) for (start, end), row in found), key=itemgetter(0))


def _parts(sections: Iterable[Row], end: int) -> dict[str, list[Slice]]:
    """Where the parts of each role stand: from the end of their headings to the next heading."""
    found: defaultdict[str, list[Slice]] = defaultdict(list)
    headings = _placed(sections)
    stops = [*(start for (start, _), _ in headings[1:]), end]
    for ((_, start), row), stop in zip(headings, stops, strict=False):  # no part, no end
        found[row["role"]].append((start, stop))
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
