"""Which jurisdictions share a jurisdiction's weaknesses, and how telling that is.

A profile says how strongly a place's reports speak of each concept: 1 for a weakness that it admits, less for one
that it gives as a cause, less again for a mechanism that a shortcoming concerns, each times the confidence of the
finding; weakness:other says nothing and does not count. A concept weighs its information content in bits: with `n` of `N` places naming it, -log2((n+1)/(N+2)), so
what everybody admits weighs little, and in a small collection nothing weighs much. Likeness is the weighted share
that two profiles have in common (Ruzicka): 1 for the same profile, 0 for nothing shared.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from math import log2
from typing import NamedTuple

from graph.naming import Place, find_place, places
from graph.sparql import Query, in_graphs
from graph.store import Queryable
from graph.tables import counted
from graph.wording import closest
from ontology.namespace import expand

# How much a cause and a concerned mechanism count beside an admitted weakness.
STRENGTH = {"weakness": 1.0, "cause": 0.5, "mechanism": 0.25}
FEW = 30
# What fits no category: two places that have it may have nothing in common.
OTHER = expand("weakness:other")

_FEATURES = """
SELECT ?place ?role ?concept (MAX(?sure) AS ?confidence) WHERE {
    ?deficiency a zl:Deficiency ; zl:statedIn/zl:jurisdiction ?place .
    OPTIONAL { ?deficiency zl:confidence ?doubt }
    BIND (COALESCE(?doubt, 1.0) AS ?sure)
    { ?deficiency zl:fallsUnder ?concept . BIND ("weakness" AS ?role) }
    UNION { ?deficiency zl:cause/zl:fallsUnder ?concept . BIND ("cause" AS ?role) }
    UNION { ?deficiency zl:concerns ?concept . BIND ("mechanism" AS ?role) }
}
GROUP BY ?place ?role ?concept"""

_REPORTS = "SELECT ?place ?report ?year WHERE { ?report zl:jurisdiction ?place OPTIONAL { ?report zl:year ?year } }"

# What a shortcoming falls under or concerns stands in its own sentence, what a cause falls under in the cause's.
_QUOTES = Query(
    "?concept ?quote ?start ?end",
    """?statement a ?class ; zl:fallsUnder|zl:concerns ?concept ; prov:wasDerivedFrom ?slice .
    ?slice nif:anchorOf ?quote ; nif:beginIndex ?start ; nif:endIndex ?end
    FILTER (?class IN (zl:Deficiency, zl:Cause))""",
)

_LABELS = "SELECT ?concept ?zh WHERE { ?concept skos:inScheme ?scheme ; skos:prefLabel ?zh FILTER (lang(?zh) = 'zh') }"


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a report, with the report and its year ("" where it says none), and where in its text it stands."""

    report: str
    year: str
    text: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Shared:
    """A concept that two places share: what it adds to their likeness, in bits, and both sides' sentences.

    The sentences of either side that are worded most alike stand first. A side's role is what the concept is there:
    a weakness, only a cause, or a mechanism that a shortcoming concerns.
    """

    concept: str
    label: str
    weight: float
    mine: tuple[Quote, ...]
    theirs: tuple[Quote, ...]
    my_role: str
    their_role: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another place, how alike it is from 0 to 1, and what is shared, the most telling first."""

    place: Place
    score: float
    shared: tuple[Shared, ...]


@dataclass(frozen=True, slots=True)
class Similar:
    """The places most like one; `known` says among how many, `caution` what that means."""

    place: Place
    known: int
    caution: str
    likenesses: tuple[Likeness, ...]


Profile = Mapping[str, float]


class Profiles(NamedTuple):
    """The profile of each place that admits anything; (place, concept) → the role in which the concept is strongest.

    `weights` are the bits of each concept among these places, `totals` those of each place's whole profile.
    """

    of_place: Mapping[str, Profile]
    roles: Mapping[tuple[str, str], str]
    weights: Mapping[str, float]
    totals: Mapping[str, float]


def similar(
    store: Queryable,
    words: str,
    limit: int = 10,
    confidence: float = 0.0,
    profiles: Profiles | None = None,
    known: Mapping[str, Place] | None = None,
) -> Similar:
    """The jurisdictions whose admitted weaknesses are most like those of the place that is called `words`.

    Findings of less confidence than `confidence` (0 to 1) do not count. Who has the store's `profiles` of that
    confidence and its places (`known`) at hand gives them, since reading them costs most.
    """
    known = known or places(store)
    place = find_place(known.values(), words)
    of_place, roles, weights, totals = profiles or read_profiles(store, confidence)
    mine = of_place.get(place.iri, {})
    scores = {
        iri: likeness(mine, theirs, weights, totals[place.iri] + totals[iri])
        for iri, theirs in (of_place.items() if mine else ())
        if iri != place.iri and iri in known
    }
    best = sorted((iri for iri in scores if scores[iri] > 0), key=lambda iri: (-scores[iri], iri))[:limit]
    labels = {row["concept"]: row["zh"] for row in store.select(_LABELS)}
    quotes = _quotes(store, place.iri)
    found = []
    for iri in best:
        theirs = _quotes(store, iri)
        common = {key: weights[key] * min(mine[key], of_place[iri][key]) for key in mine.keys() & of_place[iri].keys()}
        shared = (
            Shared(
                key,
                labels.get(key, key),
                round(common[key], 3),
                *closest_first(quotes[key], theirs[key]),
                my_role=roles[place.iri, key],
                their_role=roles[iri, key],
            )
            for key in sorted(common, key=lambda key: (-common[key], key))
        )
        found.append(Likeness(known[iri], round(scores[iri], 4), tuple(shared)))
    return Similar(place, len(of_place), _caution(len(of_place), bool(mine)), tuple(found))


def closest_first(mine: tuple[Quote, ...], theirs: tuple[Quote, ...]) -> tuple[tuple[Quote, ...], tuple[Quote, ...]]:
    """Both sides' sentences, the two that are worded most alike in front."""
    ours, others = closest(mine, theirs, lambda quote: quote.text)
    return (ours, *(each for each in mine if each != ours)), (others, *(each for each in theirs if each != others))


def read_profiles(store: Queryable, confidence: float = 0.0) -> Profiles:
    """How strongly each place's reports speak of each concept as a shortcoming, and in which role.

    Places that admit nothing, or nothing but weakness:other, are absent.
    """
    profiles: dict[str, dict[str, float]] = defaultdict(dict)
    roles: dict[tuple[str, str], str] = {}
    for row in store.select(_FEATURES):
        place, concept, role, sure = row["place"], row["concept"], row["role"], float(row["confidence"])
        strength = STRENGTH[role] * sure
        if concept == OTHER or sure < confidence or strength <= profiles[place].get(concept, 0.0):
            continue
        profiles[place][concept], roles[place, concept] = strength, role
    admitting = {place: profile for place, profile in profiles.items() if profile}
    weights = information(admitting)
    totals = {place: _total(profile, weights) for place, profile in admitting.items()}
    return Profiles(admitting, roles, weights, totals)


def information(profiles: Mapping[str, Profile]) -> dict[str, float]:
    """The information content of each concept in bits, over the places that admit anything."""
    admittingof = Counter(concept for profile in profiles.values() for concept in profile)
    return {concept: -log2((number + 1) / (len(profiles) + 2)) for concept, number in admittingof.items()}


def likeness(mine: Profile, theirs: Profile, weights: Mapping[str, float], either: float | None = None) -> float:
    """The weighted share that two profiles have in common, from 0 to 1; `either` is the sum of both weighted totals."""
    common = sum(weights[key] * min(value, theirs[key]) for key, value in mine.items() if key in theirs)
    if either is None:
        either = _total(mine, weights) + _total(theirs, weights)
    return common / (either - common) if either > common else float(bool(common))


def _total(profile: Profile, weights: Mapping[str, float]) -> float:
    return sum(weights[key] * value for key, value in profile.items())


def _quotes(store: Queryable, place: str) -> Mapping[str, tuple[Quote, ...]]:
    """The sentences of a place by concept, those of the earliest year first."""
    years = {row["report"]: row["year"] for row in store.select(_REPORTS, place=place)}
    rows = (row for text in in_graphs(_QUOTES, years) for row in store.select(text))
    found: defaultdict[str, set[Quote]] = defaultdict(set)
    for row in rows:
        year, where = years[row["report"]], (int(row["start"]), int(row["end"]))
        found[row["concept"]].add(Quote(row["report"], year, row["quote"], *where))
    return defaultdict(tuple, {concept: tuple(sorted(quotes, key=_in_order)) for concept, quotes in found.items()})


def _in_order(quote: Quote) -> tuple[str, str, str, int]:
    return quote.year, quote.report, quote.text, quote.start


def _caution(known: int, admits: bool) -> str:
    if not admits:
        return "This place's reports admit no weakness of any category, so there is nothing to compare."
    admitting = counted(known, "jurisdiction")
    if known < FEW:
        return (
            f"Only {admitting} in this graph {'admits' if known == 1 else 'admit'} any weakness: what is rare among them "
            "may be common elsewhere, so the weights and the order mean little."
        )
    return f"Weighed over the {admitting} in this graph that admit any weakness."
