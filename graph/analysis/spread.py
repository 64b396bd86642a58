"""Which mechanisms and practices are reported by whom, since when, how far, how fast, where most, and who was first."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from graph.analysis.adoption import Adoptions, State, read_adoptions
from graph.analysis.arrays import Integers
from graph.analysis.chance import FALSE, adjusted
from graph.analysis.concentration import LEAST, Concentration, concentrations
from graph.analysis.curves import Curve
from graph.analysis.reach import Before, Order, Step, Tree, before, order, speed, steps
from graph.naming import LEVELS, Place, abbreviate, find_concept, thing_names
from graph.store import Queryable
from graph.tables import counted
from ontology.namespace import PREFIXES

_SENTENCES = """
SELECT ?thing ?report ?place ?year ?status ?quote ?begin WHERE {
    ?adoption zl:adopts ?thing ; zl:status ?status ; zl:statedIn ?report ; prov:wasDerivedFrom ?evidence .
    ?report zl:jurisdiction ?place ; zl:year ?year .
    ?evidence nif:anchorOf ?quote ; nif:beginIndex ?begin .
    FILTER NOT EXISTS { ?report zl:department ?department }
    OPTIONAL { ?adoption zl:confidence ?doubt }
    FILTER (COALESCE(?doubt, 1.0) >= ?least)
}"""

_REPORTS = """
SELECT (COUNT(DISTINCT ?report) AS ?number) (COUNT(DISTINCT ?place) AS ?places) (MIN(?y) AS ?first) (MAX(?y) AS ?last)
WHERE { ?report a zl:Report OPTIONAL { ?report zl:year ?y } OPTIONAL { ?report zl:jurisdiction ?place } }"""

# Practised goes before planned, planned before lacking, where a place's reports differ.
STATUSES = ("practised", "planned", "lacking")
TOP_DOWN, BOTTOM_UP = "top-down", "bottom-up"


@dataclass(frozen=True, slots=True)
class Adopter:
    """A place that reports a mechanism or practice: its firmest status, the first year of that, and that report.

    `without` is the year of the last report before, which does not say so; "" where there is none, so that it is not
    known since when it is so. `quote` is the report's first sentence on it.
    """

    place: Place
    status: str
    since: str
    without: str
    report: str
    quote: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """What can be told of how a thing spreads from chance: its speed, where it is, and who was first.

    The q-values answer for all things tested (Benjamini & Hochberg 1995); None where there is too little to test.
    """

    curve: Curve
    concentration: Concentration | None
    concentration_q: float | None
    order: Order
    order_q: float | None

    @property
    def concentrated(self) -> bool:
        """Whether those who practise it stand together more than chance would have it."""
        return self.concentration_q is not None and self.concentration_q <= FALSE

    @property
    def direction(self) -> str:
        """TOP_DOWN or BOTTOM_UP where the order is none of chance, else ""."""
        if self.order_q is None or self.order_q > FALSE:
            return ""
        return TOP_DOWN if self.order.superior_first > self.order.inferior_first else BOTTOM_UP


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one mechanism or practice reaches; `broader` is its area or mechanism.

    `statuses` counts places by the firmest that they say, `levels` and `provinces` those that practise it, of
    `reporting` places with a report. Of the first reports that it is practised, `known` follow a report that does not
    say so, the other `unknown` are the first that there is. With all things asked for, there are steps of all places
    alone, and no adopters.
    """

    thing: str
    name: str
    broader: str
    reporting: int
    statuses: Mapping[str, int]
    since: str
    levels: Mapping[str, int]
    provinces: Mapping[str, int]
    known: int
    unknown: int
    steps: tuple[Step, ...]
    pattern: Pattern
    before: Before
    adopters: tuple[Adopter, ...] = ()

    def count(self, status: str) -> int:
        """How many places report it so."""
        return self.statuses[status]

    def last(self, kind: str = "") -> list[Step]:
        """How far it has come by the last year: everywhere, or at each level or in each province."""
        latest = max((step.year for step in self.steps), default=0)
        return [step for step in self.steps if step.kind == kind and step.year == latest]


@dataclass(frozen=True, slots=True)
class Spread:
    """What the graph knows of the spread of things, and, in a sentence, how little that is.

    `usual` is the order over all things tested together, without a test: whose reports say more is first more often
    in all of them.
    """

    reports: int
    places: int
    caution: str
    usual: Order
    reaches: tuple[Reach, ...]


class Spreading:
    """The spread of all things of a table: what needs all of them is made at once, the rest for the thing asked for."""

    def __init__(self, table: Adoptions) -> None:
        self.table = table
        self._tree = Tree(table)
        practised = table.said[table.said[:, 3] == State.PRACTISED]
        self.practising = np.bincount(np.unique(practised[:, :2], axis=0)[:, 0], minlength=len(table.things))
        self._kinds = {kind: _grouped(map(own, table.places)) for kind, own in _KINDS.items()}
        tested = np.flatnonzero(self.practising >= LEAST).tolist()
        onsets = [table.onset(thing).astype(np.int16) for thing in tested]  # a quarter of the room
        matrix = np.column_stack(onsets) if onsets else np.empty((len(table.places), 0), np.int16)
        together = dict(zip(tested, concentrations(self._tree, matrix), strict=True))
        orders = {thing: order(self._tree, thing) for thing in tested}
        together_q = _adjusted({thing: found.p for thing, found in together.items() if found})
        orders_q = _adjusted({thing: each.p for thing, each in orders.items() if each.p is not None})
        self._patterns = {
            thing: Pattern(
                speed(self._tree, onset), together[thing], together_q.get(thing), orders[thing], orders_q.get(thing)
            )
            for thing, onset in zip(tested, onsets, strict=True)
        }
        sums = [(each.superior_first, each.same, each.inferior_first) for each in orders.values()]
        first, same, later = np.array(sums, np.int64).reshape(-1, 3).sum(axis=0).tolist()
        self.usual = Order(first, same, later, families=0, p=None)

    def tested(self, thing: int) -> Pattern | None:
        """What is told from chance of a thing, by its number; None where too few places practise it to tell anything."""
        return self._patterns.get(thing)

    def pattern(self, thing: int) -> Pattern:
        """The same, of a thing that is not tested with who was first, which is counted all the same."""
        if found := self.tested(thing):
            return found
        return Pattern(speed(self._tree, self.table.onset(thing)), None, None, order(self._tree, thing), None)

    def ranked(self) -> list[int]:
        """The things by number, those that most places practise first, then those that most speak of."""
        pairs = self.table.said[:, :2]  # by thing and place, so that the years of one stand side by side
        another = np.ones(len(pairs), np.bool_)
        another[1:] = (pairs[1:] != pairs[:-1]).any(axis=1)
        spoken = np.bincount(pairs[another, 0], minlength=len(self.table.things))
        return [int(thing) for thing in np.lexsort((-spoken, -self.practising))]

    def counted(self, kind: str, places: Integers) -> dict[str, int]:
        """How many of some places, by number, are at each level or in each province, as `kind` says, the most first."""
        names, numbers = self._kinds[kind]
        counts = np.bincount(numbers[places], minlength=len(names)).tolist()
        found = [(name, count) for name, count in zip(names, counts, strict=True) if count]
        return dict(sorted(found, key=lambda each: (-each[1], each[0])))

    def reach(self, thing: int, name: str, broader: str, whole: bool = False) -> Reach:
        """How far a thing reaches, by its number; where `whole`, with the steps at each level and in each province."""
        table = self.table
        onset, firmest = table.onset(thing), table.firmest(thing)
        everywhere = steps(table, onset)
        grouped = [
            step
            for kind, (names, numbers) in self._kinds.items()
            for at, each in enumerate(names if whole else ())
            for step in steps(table, onset, numbers == at, kind, each)
        ]
        had = onset >= 0
        first = int(onset[had].min(initial=len(table.years)))
        unknown = int((onset[had] == table.entries[had]).sum())
        return Reach(
            table.things[thing],
            name,
            broader,
            reporting=int((table.entries >= 0).sum()),
            statuses={status: int((firmest == State[status.upper()]).sum()) for status in STATUSES},
            since=str(table.years[first]) if had.any() else "",
            levels=self.counted("level", np.flatnonzero(had)),
            provinces=self.counted("province", np.flatnonzero(had)),
            known=int(had.sum()) - unknown,
            unknown=unknown,
            steps=(*everywhere, *grouped),
            pattern=self.pattern(thing),
            before=before(self._tree, onset),
        )


def spread(store: Queryable, words: str | None = None, confidence: float = 0.0) -> Spread:
    """The reach of every mechanism and practice, the widest first, or of the one that is called `words`.

    Findings of less confidence than `confidence` (0 to 1) do not count, nor what the reports of departments say.
    """
    wanted = find_concept(store, words) if words else None
    table = read_adoptions(store, confidence)
    found = Spreading(table)
    names = thing_names(store)
    reaches = [
        found.reach(number, *names.get(thing, (abbreviate(thing), "")), whole=wanted is not None)
        for number in found.ranked()
        if (thing := table.things[number]) == wanted or wanted is None
    ]
    if wanted:
        reaches = [replace(reach, adopters=tuple(_adopters(store, table, wanted, confidence))) for reach in reaches]
    number, jurisdictions, first, last = next(iter(store.select(_REPORTS))).values()
    caution = _caution(int(number), int(jurisdictions), first, last)
    return Spread(int(number), int(jurisdictions), caution, found.usual, tuple(reaches))


def _adopters(store: Queryable, table: Adoptions, wanted: str, confidence: float) -> list[Adopter]:
    """Who reports a thing: the firmest first, then the earliest."""
    sentences: dict[tuple[str, str, str], tuple[str, int, str]] = {}
    for row in store.select(_SENTENCES.replace("?least", str(confidence)), thing=wanted):
        key = row["place"], row["year"], row["status"].removeprefix(PREFIXES["zl"])
        said = row["report"], int(row["begin"]), row["quote"]
        sentences[key] = min(said, sentences.get(key, said))
    states = table.states(table.things.index(wanted))
    firmest = states.max(axis=1)
    found = []
    for number in np.flatnonzero(firmest > State.SILENT).tolist():
        place, status = table.places[number], State(firmest[number]).name.casefold()
        first = int((states[number] == firmest[number]).argmax())
        reports = np.flatnonzero(table.reported[number, :first])
        since, without = table.years[first], str(table.years[int(reports[-1])]) if len(reports) else ""
        report, _, quote = sentences[place.iri, str(since), status]
        found.append(Adopter(place, status, str(since), without, report, quote))
    return sorted(found, key=lambda each: (STATUSES.index(each.status), each.since, each.place.code))


_KINDS: dict[str, Callable[[Place], str]] = {
    "level": lambda place: place.level,
    "province": lambda place: place.path[0],
}


def _grouped(names: Iterable[str]) -> tuple[list[str], Integers]:
    """Each name once, levels from the top and provinces as they come, by code; and the number of each in turn."""
    every = list(names)
    found = sorted(dict.fromkeys(every), key=lambda name: LEVELS.index(name) if name in LEVELS else len(LEVELS))
    number = {name: at for at, name in enumerate(found)}
    return found, np.array([number[name] for name in every], np.int64)


def _adjusted(p: Mapping[int, float]) -> dict[int, float]:
    return dict(zip(p, adjusted(np.array([*p.values()])).tolist(), strict=True))


def _caution(reports: int, jurisdictions: int, first: str, last: str) -> str:
    years = f"the year {first}" if first == last else f"the years {first} to {last}"
    few = "With so few, no pattern in time or place can be told from chance. " if reports < 100 else ""
    return (
        f"{counted(reports, 'report')} of {counted(jurisdictions, 'jurisdiction')} on {years}. {few}"
        "Who does not mention a mechanism may still have it: silence is not absence, "
        "and a first mention here is no first use."
    )
