"""What became of the shortcomings that a report admits and of the plans that it makes, by the same office's next report.

Each verdict rests on words of the two reports, which stand beside it; the first that fits in this order counts.

A shortcoming of the first report is, in the next one

- `repeated`: admitted in the same words or nearly: a shortcoming that resembles it by `SAME` or more, or a clause of
  the part on shortcomings that has its shortest wording (containment of `KEPT` or more), whether or not it was read as
  a shortcoming;
- `reworded`: admitted in other words: a shortcoming under one of its weaknesses (other than `weakness:other`), or one
  that resembles it by `NEAR` or more;
- `silent`: the next report has nothing on shortcomings at all, neither a part nor a single one: nothing can be told;
- `addressed`: admitted no longer, and the next report tells of practising what it concerns and this one did not, or a
  plan of this report that answers it (concerns a mechanism that it concerns, or shares its words: the plan has half of
  what the shortest wording of the shortcoming says) is `done` in the next;
- `dropped`: admitted no longer, and nothing of that. Who is silent of a shortcoming may still have it.

A plan of the first report is, by the next one

- `done`: the next report tells of practising what the plan concerns, and this one did not; or a clause of it outside
  its shortcomings and plans has the words of the plan or of one of its clauses (containment of `TOLD` or more), and no
  such clause of this report has: what is told each year in the same words shows nothing;
- `repeated`: planned again in the same words or nearly: as for a shortcoming, with the plans and the part on plans;
- `reworded`: planned again in other words: a plan that concerns one of its mechanisms, or one that resembles it by
  `NEAR` or more;
- `ongoing`: not planned again; both reports tell of practising what it concerns, or have sentences worded like it, so
  whether the plan changed anything cannot be told;
- `silent`: no word, and the next report has nothing on plans;
- `dropped`: no word.

The next report is the next that there is, and the gap in years is given. Resemblance and containment are shares of
character pairs (`graph.wording`); the same sentences in another order of checks would be called otherwise only where
several verdicts fit, and done goes before planned again since a plan may be both.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from graph.analysis.clauses import Match
from graph.analysis.filings import Filed, Filing, Stated, batches, offices, read_filed, successions
from graph.analysis.quotes import Quote
from graph.backends import Processes
from graph.errors import GraphError
from graph.index.opening import indexed, open_indexed
from graph.index.search import Index
from graph.naming import Place, concept_labels, find_place, places
from graph.store import Queryable
from graph.tables import counted
from graph.wording import containment, pairs, resemblance
from graph.workers import Limits, Overrun, call
from ontology.namespace import expand

WEAKNESS, PLAN = "weakness", "plan"
VERDICTS = {
    WEAKNESS: ("repeated", "reworded", "addressed", "dropped", "silent"),
    PLAN: ("done", "repeated", "reworded", "ongoing", "dropped", "silent"),
}
SAME, KEPT, NEAR, TOLD, ANSWER = 0.5, 0.75, 0.25, 0.6, 0.5
_FEW = 500  # reports, which are followed before another process has started
_SHARE = 200  # reports in each call of such a process
_LIMITS = Limits(seconds=3600, memory=1 << 16)  # for a call, which takes seconds
_opened = lru_cache(1)(open_indexed)  # which a process keeps from one call to the next
_FEWEST_PAIRS = 4  # of a clause: fewer may stand anywhere
_OTHER = expand("weakness:other")


@dataclass(frozen=True, slots=True)
class Followed:
    """A shortcoming or plan (`kind`) and what became of it: the verdict, and both sentences.

    `concepts` are the weaknesses that a shortcoming falls under or the mechanisms that a plan concerns. `then` is the
    sentence of the next report that decides, None where there is none; `likeness` how alike the two are worded (0 to 1).
    """

    kind: str
    verdict: str
    concepts: tuple[str, ...]
    said: Quote
    then: Quote | None = None
    likeness: float = 0.0


@dataclass(frozen=True, slots=True)
class Step:
    """From one report of an office to its next; `admits` and `announces`: whether that has anything on shortcomings, plans."""

    place: Place
    department: str
    year: int
    next_year: int
    admits: bool
    announces: bool
    followed: tuple[Followed, ...]

    @property
    def gap(self) -> int:
        """How many years lie between the two."""
        return self.next_year - self.year

    def count(self, kind: str) -> Counter[str]:
        """How many of a kind have each verdict."""
        return Counter(each.verdict for each in self.followed if each.kind == kind)


@dataclass(frozen=True, slots=True)
class Promises:
    """What became of a place's shortcomings and plans, report by report; `labels` are the concepts' names."""

    place: Place
    caution: str
    steps: tuple[Step, ...]
    labels: dict[str, str]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of an office's shortcomings and plans have which verdict, over all pairs of successive reports."""

    place: Place
    department: str
    first: int
    last: int
    pairs: int
    weaknesses: dict[str, int]
    plans: dict[str, int]

    def told(self, kind: str) -> int:
        """Of how many the next report lets anything be told: the denominator of a rate."""
        counts = self.weaknesses if kind == WEAKNESS else self.plans
        return sum(counts.values()) - counts.get("silent", 0)


@dataclass(frozen=True, slots=True)
class Overview:
    """All offices that have reports on several years, and how many others there are."""

    caution: str
    alone: int
    tallies: tuple[Tally, ...]

    def total(self, kind: str) -> Counter[str]:
        """How many of a kind have each verdict, over all offices."""
        found: Counter[str] = Counter()
        for tally in self.tallies:
            found.update(tally.weaknesses if kind == WEAKNESS else tally.plans)
        return found


def promises(store: Queryable, words: str, confidence: float = 0.0) -> Promises:
    """What became of the shortcomings and plans of the place that is called `words`, one by one.

    Its departments' reports are followed by themselves. Findings of less confidence than `confidence` (0 to 1) are
    left out. UnknownThing or AmbiguousThing where the words name no place, or several.
    """
    place = find_place(places(store).values(), words)
    return promises_of(store, place, read_filed(store, place.iri), confidence)


def promises_of(store: Queryable, place: Place, filed: Sequence[Filed], confidence: float = 0.0) -> Promises:
    """The same for a place and its reports, for who knows them."""
    steps = tuple(follow(place, *pair) for own in successions(store, offices(filed), confidence) for pair in own)
    labels = concept_labels(store) if steps else {}
    met = {concept for step in steps for each in step.followed for concept in each.concepts}
    return Promises(
        place,
        _caution(len(filed), len({(each.office, each.year) for each in filed}), len(steps)),
        steps,
        {concept: labels.get(concept, concept.rpartition("/")[2]) for concept in sorted(met)},
    )


def overview(store: Queryable, confidence: float = 0.0, index: Index | None = None) -> Overview:
    """How it went with the shortcomings and plans of every office that has reports on several years, by code.

    Who has the store's `index` gives it, since that takes less time.
    """
    known = places(store)
    filed = [each for each in read_filed(store, index=index) if each.place in known]
    return _overview(filed, tallies(store, offices(filed), known, confidence, index))


def overview_in(graph: str, confidence: float = 0.0, processes: int | None = None) -> Overview:
    """The same of the graph of a folder or endpoint; of many reports in a folder, processes find some each.

    As many as there are processors where no number is given.
    """
    with indexed(graph) as (store, index):
        known = places(store)
        filed = [each for each in read_filed(store, index=index) if each.place in known]
        several = offices(filed)
        if index is None or len(filed) <= _FEW:
            return _overview(filed, tallies(store, several, known, confidence, index))
    with Processes(processes, _LIMITS) as pool:
        waiting = []
        for some in batches(several, _SHARE):
            own = {each.place: known[each.place] for reports in some for each in reports}
            waiting.append(pool.submit(call, _LIMITS, _tallies, graph, some, own, confidence))
        try:
            return _overview(filed, [tally for each in waiting for tally in each.result()])
        except Overrun as error:
            raise GraphError(f"{graph}: comparing its plans with what followed {error}; run it again") from error


def _overview(filed: Sequence[Filed], tallies: Iterable[Tally]) -> Overview:
    found = sorted(tallies, key=lambda tally: (tally.place.code, tally.department))
    years = len({(each.office, each.year) for each in filed})
    alone = len({each.office for each in filed}) - len(found)
    return Overview(_caution(len(filed), years, sum(tally.pairs for tally in found)), alone, tuple(found))


def _tallies(graph: str, several: Sequence[list[Filed]], known: Mapping[str, Place], confidence: float) -> list[Tally]:
    """What a process of its own finds."""
    store, index = _opened(graph)
    return list(tallies(store, several, known, confidence, index))


def tallies(
    store: Queryable,
    several: Iterable[list[Filed]],
    known: Mapping[str, Place],
    confidence: float = 0.0,
    index: Index | None = None,
) -> Iterator[Tally]:
    """The tally of each of some offices that have reports on several years."""
    for own in successions(store, several, confidence, index):
        steps = [follow(known[before.place], before, after) for before, after in own]
        counts = {kind: sum((step.count(kind) for step in steps), Counter[str]()) for kind in VERDICTS}
        first, last = steps[0], steps[-1]
        yield Tally(
            first.place,
            first.department,
            first.year,
            last.next_year,
            len(steps),
            *({verdict: counts[kind][verdict] for verdict in VERDICTS[kind]} for kind in (WEAKNESS, PLAN)),
        )


def follow(place: Place, before: Filing, after: Filing) -> Step:
    """What became in one filing of an office of what it said in the one before."""
    planned = after.planning.like([each.text for each in before.plans], KEPT)
    lacking = after.lacking.like([each.text for each in before.shortcomings], KEPT)
    plans = [
        _plan(each, before, after, told, same)
        for each, told, same in zip(before.plans, _told(before, after), planned, strict=True)
    ]
    done = [(each, found) for each, found in zip(before.plans, plans, strict=True) if found.verdict == "done"]
    shortcomings = [
        _shortcoming(each, before, after, same, done) for each, same in zip(before.shortcomings, lacking, strict=True)
    ]
    followed = (*shortcomings, *plans)
    return Step(place, before.department, before.year, after.year, after.admits, after.announces, followed)


class _Told(NamedTuple):
    """Where the next report has the words of a clause of a plan, and whether this one has them, too."""

    match: Match
    before: bool


def _told(before: Filing, after: Filing) -> list[list[_Told]]:
    """For each plan of a filing, those of its clauses that the next one tells of."""
    clauses = [(number, clause) for number, each in enumerate(before.plans) for clause in _clauses(each)]
    now = after.told.like([clause for _, clause in clauses], TOLD)
    known = [(number, clause, match) for (number, clause), match in zip(clauses, now, strict=True) if match]
    then = before.told.like([clause for _, clause, _ in known], TOLD)
    found: list[list[_Told]] = [[] for _ in before.plans]
    for (number, _, match), earlier in zip(known, then, strict=True):
        found[number].append(_Told(match, earlier is not None))
    return found


def _shortcoming(
    said: Stated, before: Filing, after: Filing, same: Match | None, done: Sequence[tuple[Stated, Followed]]
) -> Followed:
    def found(verdict: str, then: Quote | None = None, likeness: float = 0.0) -> Followed:
        return Followed(WEAKNESS, verdict, said.weaknesses, said.quote, then, round(likeness, 3))

    again, likeness = _likest(said, after.shortcomings)
    if again and likeness >= SAME:
        return found("repeated", again.quote, likeness)
    if same:
        return found("repeated", same.quote, same.score)
    under = {*said.weaknesses} - {_OTHER}
    other, alike = _likest(said, [each for each in after.shortcomings if under & {*each.weaknesses}])
    if other:
        return found("reworded", other.quote, alike)
    if again and likeness >= NEAR:
        return found("reworded", again.quote, likeness)
    if not after.admits:
        return found("silent")
    for thing in said.mechanisms:
        if thing in after.practised and thing not in before.practised:
            return found("addressed", after.practised[thing], containment(said.text, after.practised[thing].text))
    for plan, followed in done:
        shares = {*plan.mechanisms} & {*said.mechanisms} or containment(said.text, plan.quote.text) >= ANSWER
        if shares and followed.then:
            return found("addressed", followed.then, containment(said.text, followed.then.text))
    return found("dropped")


def _plan(said: Stated, before: Filing, after: Filing, told: Sequence[_Told], same: Match | None) -> Followed:
    def found(verdict: str, then: Quote | None = None, likeness: float = 0.0) -> Followed:
        return Followed(PLAN, verdict, said.mechanisms, said.quote, then, round(likeness, 3))

    new = [thing for thing in said.mechanisms if thing in after.practised and thing not in before.practised]
    if fresh := [each.match for each in told if not each.before]:
        best = max(fresh, key=lambda match: match.score)
        return found("done", best.quote, best.score)
    if new:
        best_new = max(new, key=lambda thing: containment(said.text, after.practised[thing].text))
        quote = after.practised[best_new]
        return found("done", quote, containment(said.text, quote.text))
    again, likeness = _likest(said, after.plans)
    if again and likeness >= SAME:
        return found("repeated", again.quote, likeness)
    if same:
        return found("repeated", same.quote, same.score)
    other, alike = _likest(said, [each for each in after.plans if {*said.mechanisms} & {*each.mechanisms}])
    if other:
        return found("reworded", other.quote, alike)
    if again and likeness >= NEAR:
        return found("reworded", again.quote, likeness)
    if told:
        best = max((each.match for each in told), key=lambda match: match.score)
        return found("ongoing", best.quote, best.score)
    for thing in said.mechanisms:
        if thing in after.practised:
            quote = after.practised[thing]
            return found("ongoing", quote, containment(said.text, quote.text))
    return found("dropped" if after.announces else "silent")


def _likest(said: Stated, others: Sequence[Stated]) -> tuple[Stated | None, float]:
    """Of some others that which is worded most like it, by the shortest wordings or the whole sentences, and how much."""
    if not others:
        return None, 0.0
    scores = [max(resemblance(said.text, each.text), resemblance(said.quote.text, each.quote.text)) for each in others]
    best = max(scores)
    return others[scores.index(best)], best


def _clauses(plan: Stated) -> list[str]:
    """The plan's own words, and those clauses of its sentence that say enough to be known again."""
    clauses = [plan.text, *_split(plan.quote.text)]
    return [clause for clause in dict.fromkeys(clauses) if len(pairs(clause)) >= _FEWEST_PAIRS]


def _split(text: str) -> list[str]:
    for mark in "。！？；\n,":
        text = text.replace(mark, "，")
    return text.split("，")


def _caution(reports: int, filings: int, steps: int) -> str:
    if not steps:
        return (
            f"{counted(reports, 'report')}, no office with reports on two years: nothing can be followed. "
            "Add reports on further years."
        )
    return (
        f"{counted(steps, 'pair')} of successive reports ({counted(filings, 'year')} of reports in all). "
        "Who does not mention a shortcoming may still have it, and who does not mention a plan may have carried it out: "
        "silence is neither cure nor failure."
    )
