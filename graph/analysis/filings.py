"""What each office states year by year: its shortcomings and plans, what it practises, and the sentences on what was done.

An office is a government or one of its departments; its reports on one year are one filing. What an office is silent
of can only be told where its report speaks of such things at all: a filing says whether it has anything on
shortcomings, and on plans.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from operator import itemgetter
from typing import NamedTuple

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
_UNDER = Query("?statement ?concept", "?statement zl:fallsUnder ?concept")
_CONCERNS = Query("?statement ?concept", "?statement zl:concerns ?concept")
_DOUBTS = Query("?statement ?doubt", "?statement zl:confidence ?doubt")
_PRACTISED = Query(
    "?statement ?thing ?slice",
    "?statement zl:adopts ?thing ; zl:status zl:practised ; prov:wasDerivedFrom ?slice",
)

# Reports read at a time, so that the texts of forty thousand places never are in memory together.
_AT_ONCE = 200
_SENTENCE = re.compile(r"[^。！？；\n]+")
_KINDS = {expand(f"zl:{kind}"): kind for kind in ("Deficiency", "Plan", "Cause")}
_SHORTEST = 6  # characters: a shorter line is a number or the end of a date

Rows = Mapping[str, list[dict[str, str]]]  # by report


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

    `practised` has each mechanism that a shortcoming or plan of the office concerns, with the first sentence on it, `told` the sentences that are neither in
    a part on shortcomings or plans nor evidence of one; `lacking` and `planning` are the sentences of these parts.
    `admits` and `announces` say whether it has anything on shortcomings, and on plans: a part of its own or a single
    one.
    """

    place: str
    department: str
    year: int
    shortcomings: tuple[Stated, ...] = ()
    plans: tuple[Stated, ...] = ()
    practised: Mapping[str, Quote] = field(default_factory=dict)
    told: tuple[Quote, ...] = ()
    lacking: tuple[Quote, ...] = ()
    planning: tuple[Quote, ...] = ()
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

    def ask(query: Query, some: Iterable[str] = graphs, things: Mapping[str, Iterable[str]] | None = None) -> Rows:
        found: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
        for text in in_graphs(query, some, things=things):
            for row in store.select(text):
                found[row["report"]].append(row)
        return found

    texts, sections, statements, under, concerns, doubts = map(
        ask, (_TEXTS, _SECTIONS, _STATEMENTS, _UNDER, _CONCERNS, _DOUBTS)
    )
    # A report names a hundred mechanisms, of which its office's shortcomings and plans concern a tenth.
    concerned: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for each in filed:
        concerned[each.office].update(row["concept"] for row in concerns.get(each.report, ()))
    wanted = {each.report: sorted(concerned[each.office]) for each in filed if concerned[each.office]}
    practised = ask(_PRACTISED, wanted, wanted)
    parts: defaultdict[tuple[str, str, int], list[Filing]] = defaultdict(list)
    for each in filed:
        text = next((row["text"] for row in texts.get(each.report, ())), "")
        about = [*under.get(each.report, ()), *concerns.get(each.report, ())]
        unsure = {row["statement"] for row in doubts.get(each.report, ()) if float(row["doubt"]) < confidence}
        parts[each.place, each.department, each.year].append(
            _filing(
                each,
                text,
                sections.get(each.report, []),
                [row for row in statements.get(each.report, ()) if row["kind"] in _KINDS],
                about,
                practised.get(each.report, []),
                unsure,
            )
        )
    return [_joined(some) for some in parts.values()]


def _filing(
    filed: Filed,
    text: str,
    sections: list[dict[str, str]],
    statements: list[dict[str, str]],
    about: list[dict[str, str]],
    practised: list[dict[str, str]],
    unsure: Collection[str],
) -> Filing:
    quote = _quoting(filed, text)
    concepts: defaultdict[str, set[str]] = defaultdict(set)
    for row in about:
        concepts[row["statement"]].add(row["concept"])
    stated: defaultdict[str, list[Stated]] = defaultdict(list)
    for row in sorted(statements, key=_place):
        if row["statement"] not in unsure:
            under = sorted(concepts[row["statement"]])
            weaknesses = tuple(iri for iri in under if iri.startswith(PREFIXES["weakness"]))
            mechanisms = tuple(iri for iri in under if not iri.startswith(PREFIXES["weakness"]))
            stated[_KINDS[row["kind"]]].append(Stated(row["gist"], weaknesses, mechanisms, quote(*_place(row))))
    done: dict[str, Quote] = {}
    for row in sorted(practised, key=_place):
        if row["statement"] not in unsure and row["thing"] not in done:
            done[row["thing"]] = quote(*_place(row))
    roles = {row["role"] for row in sections}
    kinds = {_KINDS[row["kind"]] for row in statements}
    parts = {role: list(_parts(sections, role, len(text))) for role in ("deficiencies", "plans")}
    apart = [*parts["deficiencies"], *parts["plans"], *map(_place, statements)]
    return Filing(
        filed.place,
        filed.department,
        filed.year,
        tuple(stated["Deficiency"]),
        tuple(stated["Plan"]),
        done,
        tuple(quote(start, end) for start, end in _sentences(text, apart)),
        tuple(quote(start, end) for start, end in _within(text, parts["deficiencies"])),
        tuple(quote(start, end) for start, end in _within(text, parts["plans"])),
        "deficiencies" in roles or "Deficiency" in kinds,
        "plans" in roles or "Plan" in kinds,
    )


def _quoting(filed: Filed, text: str) -> Callable[[int, int], Quote]:
    return lambda start, end: Quote(filed.report, str(filed.year), text[start:end], start, end)


def _place(row: Mapping[str, str]) -> tuple[int, int]:
    """Where a row's slice lies, which its IRI says (RFC 5147)."""
    start, end = row["slice"].rpartition("#char=")[2].split(",")
    return int(start), int(end)


def _parts(sections: Iterable[Mapping[str, str]], role: str, end: int) -> Iterator[tuple[int, int]]:
    """Where the parts of a role stand: from the end of their headings to the next heading."""
    found = sorted(sections, key=_place)
    ends = chain((_place(row)[0] for row in found[1:]), [end])
    for row, stop in zip(found, ends, strict=False):  # no part, no end
        if row["role"] == role:
            yield _place(row)[1], stop


def _within(text: str, parts: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Where the sentences of some parts of a text stand."""
    for first, last in parts:
        yield from ((first + start, first + end) for start, end in _sentences(text[first:last], ()))


def _sentences(text: str, apart: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Where the sentences stand that touch none of the slices that are set apart."""
    free = bytearray(b"\1") * len(text)
    for start, end in apart:
        free[start:end] = bytes(end - start)
    for match in _SENTENCE.finditer(text):
        start, end = match.span()
        start += len(match[0]) - len(match[0].lstrip())
        if end - start >= _SHORTEST and all(free[start:end]):
            yield start, end


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
        tuple(each for filing in filings for each in filing.told),
        tuple(each for filing in filings for each in filing.lacking),
        tuple(each for filing in filings for each in filing.planning),
        any(filing.admits for filing in filings),
        any(filing.announces for filing in filings),
    )
