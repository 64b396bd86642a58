"""What others did about a weakness: what those planned who admit it, what they practise since, who admits it no longer.

Of each government the first report counts that admits the weakness and has a later one with anything on shortcomings:
in the next such report the weakness is admitted again or not. Who planned a mechanism in that first report, or practises
it in the later one and did not before, is held against all others that admit the weakness (for what is practised since:
all others that did not practise it before, so that each had it to begin). The difference of the two shares has the
interval of Newcombe 1998 (Statistics in Medicine 17, 873-890, method 10), its p-value is Fisher's exact one, and the
false discovery rate is held over all mechanisms of the weakness (Benjamini & Hochberg 1995).

That is an association and no cause: who writes long plans may write differently of shortcomings, too, and a weakness
that is no longer admitted need not be gone. With fewer than `FEWEST` governments followed, or fewer than `FEW` on either
side, counts and sentences are given and no figure on chance.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from graph.analysis.chance import FEWEST, adjusted, fisher
from graph.analysis.quotes import Quote
from graph.analysis.rates import wilson
from graph.errors import UnknownThing
from graph.naming import Place, concept_labels, find_place, find_weakness, places, thing_names
from graph.sparql import Query, in_graphs
from graph.store import Queryable
from graph.tables import counted
from ontology.namespace import expand

FEW = 5
PLANNED, SINCE = "planned", "practised since"
_SHOWN = 10
_QUOTES = 3
_OTHER = expand("weakness:other")

# Each is one plain pattern over all reports: with a UNION, or the report's own year in it, it takes minutes.
_OWN = """SELECT ?report ?place ?year WHERE { ?report a zl:Report ; zl:jurisdiction ?place ; zl:year ?year
    FILTER NOT EXISTS { ?report zl:department ?department } }"""
_ALL = "SELECT ?report ?concept WHERE {{ ?statement zl:statedIn ?report . {} }}"
_ADMITS = "?statement a zl:Deficiency ; zl:fallsUnder ?concept"
_DOES = {
    "plans": "?statement a zl:Plan ; zl:concerns ?concept",
    "practises": "?statement zl:status zl:practised ; zl:adopts ?concept",
}
_SURE = "OPTIONAL {{ ?statement zl:confidence ?doubt }} FILTER (COALESCE(?doubt, 1.0) >= {})"
_SPEAKING = (
    'SELECT DISTINCT ?report WHERE { ?report dcterms:hasPart ?part . ?part zl:role "deficiencies" }',
    "SELECT DISTINCT ?report WHERE { ?statement a zl:Deficiency ; zl:statedIn ?report }",
)
_SLICE = "prov:wasDerivedFrom ?slice . ?slice nif:anchorOf ?quote ; nif:beginIndex ?start ; nif:endIndex ?end"
_SAYING = {
    PLANNED: Query("?quote ?start ?end", f"?statement a zl:Plan ; zl:concerns ?thing ; {_SLICE}"),
    SINCE: Query("?quote ?start ?end", f"?statement zl:adopts ?thing ; zl:status zl:practised ; {_SLICE}"),
}


@dataclass(slots=True)
class Year:
    """What a government says on a year: concepts (IRIs), whether it has anything on shortcomings, and its reports."""

    admits: set[str] = field(default_factory=set)
    plans: set[str] = field(default_factory=set)
    practises: set[str] = field(default_factory=set)
    speaks: bool = False
    reports: set[str] = field(default_factory=set)


# By place (IRI), then year.
Histories = Mapping[str, Mapping[int, Year]]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of another place, and whether a later report of it admits the weakness no longer (None: not followed)."""

    place: Place
    quote: Quote
    gone: bool | None


@dataclass(frozen=True, slots=True)
class Response:
    """One mechanism as an answer to a weakness, planned or practised since (`how`), among the places followed.

    `doing` did so and `doing_gone` of them admit the weakness no longer; `others` did not. `difference` is of the two
    shares, with the bounds of its interval; None, as are `p` and `fdr`, where there is too little to tell.
    `planning` is how many of all places that admit the weakness, followed or not, planned it.
    """

    mechanism: str
    label: str
    how: str
    doing: int
    doing_gone: int
    others: int
    others_gone: int
    planning: int = 0
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    fdr: float | None = None
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Responses:
    """What became of one weakness: `admitting` places, `followed` of them into a later report, `gone` from that."""

    weakness: str
    label: str
    admitting: int
    followed: int
    gone: int
    caution: str
    responses: tuple[Response, ...]


@dataclass(frozen=True, slots=True)
class Answers:
    """The responses to a weakness, or to each that a place admits; `place` is None where none was asked for."""

    place: Place | None
    weaknesses: tuple[Responses, ...]


def responses(store: Queryable, words: str, confidence: float = 0.0) -> Answers:
    """What others did about the weakness, or the weaknesses of the place, that is called `words`.

    Findings of less confidence than `confidence` (0 to 1) are left out. UnknownThing or AmbiguousThing where nothing
    or several things are called so.
    """
    known = places(store)
    weakness, place = _find(store, known, words)

    def asked(histories: Histories) -> list[str]:
        return latest(histories, place) if place else [weakness]

    histories = read_histories_of(store, confidence, asked)
    labels = concept_labels(store) | {thing: name for thing, (name, _) in thing_names(store).items()}
    found = (answer(store, histories, known, labels, each, place) for each in asked(histories))
    return Answers(place, tuple(found))


def _find(store: Queryable, known: Mapping[str, Place], words: str) -> tuple[str, Place | None]:
    """The weakness, or else the place, that is called so."""
    try:
        return find_weakness(store, words), None
    except UnknownThing as error:
        try:
            return "", find_place(known.values(), words)
        except UnknownThing as other:
            raise UnknownThing(f"{error}; nor a place: {other}") from other


def latest(histories: Histories, place: Place) -> list[str]:
    """The weaknesses that a place's last report with any admits, in order, without `weakness:other`."""
    years = histories.get(place.iri, {})
    last = max((year for year, said in years.items() if said.admits), default=None)
    return sorted(years[last].admits - {_OTHER}) if last is not None else []


def read_histories(store: Queryable, confidence: float = 0.0) -> Histories:
    """What each government's own reports say, year by year, without findings of less confidence than `confidence`."""
    found = _read_admitted(store, confidence)
    years = _years(found)
    for name, pattern in _DOES.items():
        _add(years, name, store.select(_ALL.format(_sure(pattern, confidence))))
    return found


def read_histories_of(
    store: Queryable, confidence: float, weaknesses: Callable[[Histories], Iterable[str]]
) -> Histories:
    """The same for some weaknesses: what is planned and practised is that of the years that tell what became of them.

    `weaknesses` says which, by what is admitted. A report practises a hundred things, and few of all reports count.
    """
    found = _read_admitted(store, confidence)
    cases = (case for each in weaknesses(found) for case in find_cases(found, each))
    told = {id(year): year for case in cases for year in (case.first, case.later) if year}
    years = {report: year for year in told.values() for report in year.reports}
    for name, pattern in _DOES.items():
        for text in in_graphs(Query("?concept", _sure(pattern, confidence)), sorted(years)):
            _add(years, name, store.select(text))
    return found


def _read_admitted(store: Queryable, confidence: float) -> Histories:
    """What each government's own reports admit, and which speak of shortcomings at all."""
    found: defaultdict[str, defaultdict[int, Year]] = defaultdict(partial(defaultdict, Year))
    for row in store.select(_OWN):
        found[row["place"]][int(row["year"])].reports.add(row["report"])
    years = _years(found)
    _add(years, "admits", store.select(_ALL.format(_sure(_ADMITS, confidence))))
    for query in _SPEAKING:
        for row in store.select(query):
            if year := years.get(row["report"]):
                year.speaks = True
    return found


def _years(histories: Histories) -> dict[str, Year]:
    """By report what its government says on its year."""
    return {report: year for own in histories.values() for year in own.values() for report in year.reports}


def _sure(pattern: str, confidence: float) -> str:
    return f"{pattern} {_SURE.format(confidence)}" if confidence > 0 else pattern


def _add(years: Mapping[str, Year], name: str, rows: Iterable[Mapping[str, str]]) -> None:
    shared: dict[str, str] = {}
    for row in rows:
        if year := years.get(row["report"]):
            getattr(year, name).add(shared.setdefault(row["concept"], row["concept"]))


def answer(
    store: Queryable,
    histories: Histories,
    known: Mapping[str, Place],
    labels: Mapping[str, str],
    weakness: str,
    place: Place | None = None,
) -> Responses:
    """What others than a place did about a weakness, the most telling ones with sentences."""
    cases = find_cases(histories, weakness, place.iri if place else "")
    counted_of = count(cases, labels)
    shown = [
        replace(each, said=_said(store, cases, known, each)) if number < _SHOWN else each
        for number, each in enumerate(counted_of)
    ]
    followed = [case for case in cases if case.later is not None]
    gone = sum(case.gone is True for case in followed)
    caution = _caution(len(cases), len(followed), "other " if place else "")
    return Responses(weakness, labels.get(weakness, weakness), len(cases), len(followed), gone, caution, tuple(shown))


@dataclass(frozen=True, slots=True)
class Case:
    """A government that admits a weakness: what it says then and, where it is followed, later; `gone` if no longer."""

    place: str
    year: int
    first: Year
    later_year: int | None = None
    later: Year | None = None
    gone: bool | None = None


def find_cases(histories: Histories, weakness: str, without: str = "") -> list[Case]:
    """Each government that admits a weakness, by IRI, at the first year that can be followed, or else the first."""
    found = []
    for place in sorted(histories):
        if place == without:
            continue
        own = histories[place]
        years = [year for year in sorted(own) if weakness in own[year].admits]
        for year in years:
            later = next((each for each in sorted(own) if each > year and own[each].speaks), None)
            if later is not None:
                gone = weakness not in own[later].admits
                found.append(Case(place, year, own[year], later, own[later], gone))
                break
        else:
            if years:
                found.append(Case(place, years[0], own[years[0]]))
    return found


def count(cases: Sequence[Case], labels: Mapping[str, str]) -> list[Response]:
    """Each mechanism that any of them planned or practises since, with those who did and those who did not.

    The most telling first: what has a lower rate of false discovery, then what more places did.
    """
    followed = [case for case in cases if case.later is not None]
    planning: defaultdict[str, int] = defaultdict(int)
    for case in cases:
        for thing in case.first.plans:
            planning[thing] += 1
    found = []
    for how in (PLANNED, SINCE):
        doing: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
        had: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
        gone = sum(bool(case.gone) for case in followed)
        for case in followed:
            for thing in _did(case, how):
                doing[thing][0] += 1
                doing[thing][1] += bool(case.gone)
            for thing in case.first.practises if how == SINCE else ():
                had[thing][0] += 1
                had[thing][1] += bool(case.gone)
        for thing, (many, many_gone) in doing.items():
            before, before_gone = had.get(thing, (0, 0))
            rest, rest_gone = len(followed) - before - many, gone - before_gone - many_gone
            label = labels.get(thing, thing.rpartition("/")[2])
            found.append(Response(thing, label, how, many, many_gone, rest, rest_gone, planning[thing]))
        if how == PLANNED:
            for thing in planning.keys() - doing.keys():
                label = labels.get(thing, thing.rpartition("/")[2])
                found.append(Response(thing, label, how, 0, 0, len(followed), gone, planning[thing]))
    if len(followed) >= FEWEST:
        found = _tested(found)
    return sorted(
        found,
        key=lambda each: (
            1.0 if each.fdr is None else each.fdr,
            -max(each.doing, each.planning),
            each.how,
            each.mechanism,
        ),
    )


def _did(case: Case, how: str) -> set[str]:
    if how == PLANNED:
        return case.first.plans
    return case.later.practises - case.first.practises if case.later else set()


def _does(case: Case, how: str, thing: str) -> bool:
    """Whether it is among what they did."""
    if how == PLANNED:
        return thing in case.first.plans
    return case.later is not None and thing in case.later.practises and thing not in case.first.practises


def _tested(found: Sequence[Response]) -> list[Response]:
    """With differences, intervals, p-values and rates of false discovery, where either side has `FEW` places or more."""
    able = [number for number, each in enumerate(found) if min(each.doing, each.others) >= FEW]
    p = fisher(np.array([_table(found[number]) for number in able], np.int64).reshape(-1, 2, 2))
    told = list(found)
    for number, chance, rate in zip(able, p.tolist(), adjusted(p).tolist(), strict=True):
        each = found[number]
        difference, low, high = newcombe(each.doing_gone, each.doing, each.others_gone, each.others)
        told[number] = replace(each, difference=difference, low=low, high=high, p=chance, fdr=rate)
    return told


def _table(each: Response) -> list[list[int]]:
    return [
        [each.doing_gone, each.doing - each.doing_gone],
        [each.others_gone, each.others - each.others_gone],
    ]


def newcombe(a: int, m: int, b: int, n: int) -> tuple[float, float, float]:
    """The difference a/m - b/n and the bounds of its 95 % interval, from those of Wilson for each share."""
    one, other = wilson(a, m), wilson(b, n)
    difference = one.share - other.share
    low = ((one.share - one.low) ** 2 + (other.high - other.share) ** 2) ** 0.5
    high = ((one.high - one.share) ** 2 + (other.share - other.low) ** 2) ** 0.5
    return difference, difference - low, difference + high


def _said(store: Queryable, cases: Iterable[Case], known: Mapping[str, Place], response: Response) -> tuple[Said, ...]:
    """What some of those say who did so, those first that admit the weakness no longer."""
    fitting = [case for case in cases if _does(case, response.how, response.mechanism)]
    fitting.sort(key=lambda case: (case.gone is not True, case.place))
    found = []
    for case in fitting[:_QUOTES]:
        year = case.first if response.how == PLANNED else case.later
        queries = in_graphs(_SAYING[response.how], sorted(year.reports) if year else (), {"thing": response.mechanism})
        rows = [row for query in queries for row in store.select(query)]
        if rows:
            row = min(rows, key=lambda row: (row["report"], int(row["start"])))
            when = str(case.year if response.how == PLANNED else case.later_year)
            quote = Quote(row["report"], when, row["quote"], int(row["start"]), int(row["end"]))
            found.append(Said(known[case.place], quote, case.gone))
    return tuple(found)


def _caution(admitting: int, followed: int, other: str) -> str:
    told = (
        f"{counted(admitting, f'{other}government')} {'admits' if admitting == 1 else 'admit'} it, of which {followed} can be "
        "followed into a later report that has anything on shortcomings."
    )
    if followed < FEWEST:
        return f"{told} With fewer than {FEWEST}, nothing can be told from chance: counts and sentences only."
    return f"{told} An association is no cause, and what is no longer admitted need not be gone."
