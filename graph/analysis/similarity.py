"""Which jurisdictions share a jurisdiction's weaknesses, how telling that is, and in which words they say so."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest

from graph.analysis.profiles import Profiles, read_profiles
from graph.analysis.quotes import Quote
from graph.analysis.surprise import Chance, Surprise
from graph.naming import Place, concept_labels, find_place, find_province, places
from graph.sparql import Query, in_graphs
from graph.store import Queryable
from graph.tables import counted
from graph.wording import closest

FEW = 30

# The sentences of a place's reports on shortcomings and their causes, by what they fall under or concern (its IRI).
Said = Mapping[str, tuple[Quote, ...]]

_REPORTS = "SELECT ?place ?report ?year WHERE { ?report zl:jurisdiction ?place OPTIONAL { ?report zl:year ?year } }"

# What a shortcoming falls under or concerns stands in its own sentence, what a cause falls under in the cause's.
_QUOTES = Query(
    "?concept ?quote ?start ?end",
    # The classes first: an engine goes to the few shortcomings, where a FILTER would have it go through all statements.
    """VALUES ?class { zl:Deficiency zl:Cause }
    ?statement a ?class ; zl:fallsUnder|zl:concerns ?concept ; prov:wasDerivedFrom ?slice .
    ?slice nif:anchorOf ?quote ; nif:beginIndex ?start ; nif:endIndex ?end""",
)


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
    """Another place, how alike it is from 0 to 1, and what is shared, the most telling first.

    `surprise` says how unusual so much likeness is; None where there are too few places to tell.
    """

    place: Place
    score: float
    shared: tuple[Shared, ...]
    surprise: Surprise | None = None


@dataclass(frozen=True, slots=True)
class Similar:
    """The places most like one; `known` says how many admit anything, `caution` what that means.

    `compared` is with how many others, of those `known`, the place was compared.
    """

    place: Place
    known: int
    caution: str
    likenesses: tuple[Likeness, ...]
    compared: int = 0


def similar(
    store: Queryable,
    words: str,
    limit: int = 10,
    confidence: float = 0.0,
    profiles: Profiles | None = None,
    known: Mapping[str, Place] | None = None,
    said: Callable[[str], Said] | None = None,
    surprising: bool = True,
    level: str = "",
    province: str = "",
    chance: Chance | None = None,
) -> Similar:
    """The jurisdictions whose admitted weaknesses are most like those of the place that is called `words`.

    Findings of less confidence than `confidence` (0 to 1) do not count. With a `level` or a `province` (its name or
    code) only places of these are compared, in weights that are those of all. Who has the store's `profiles` of that
    confidence, its places (`known`), what each place (by its IRI) has `said` and what `chance` gives at hand gives them,
    since reading them costs most. Unless `surprising`, likenesses come without how unusual they are. UnknownThing where
    no place lies in the province.
    """
    known = known or places(store)
    place = known.get(words) or find_place(known.values(), words)
    profiles = profiles or read_profiles(store, confidence)
    if province:
        province = find_province(known.values(), province)
    among = {iri for iri in profiles.of_place if iri != place.iri and known[iri].is_among(level, province)}
    of_place, roles, weights = profiles.of_place, profiles.roles, profiles.weights
    mine = of_place.get(place.iri, {})
    best = profiles.likest(place.iri, limit, among)
    surprises = (chance or Chance(profiles)).surprises(place.iri, best, among) if surprising else []
    labels = concept_labels(store)
    said = said or partial(_said, store)
    quotes = said(place.iri)
    found = []
    for (iri, score), surprise in zip_longest(best, surprises):
        theirs = said(iri)
        common = {key: weights[key] * min(mine[key], of_place[iri][key]) for key in mine.keys() & of_place[iri].keys()}
        shared = (
            Shared(
                key,
                labels.get(key, key),
                round(common[key], 3),
                *closest_first(quotes.get(key, ()), theirs.get(key, ())),
                my_role=roles[place.iri, key],
                their_role=roles[iri, key],
            )
            for key in sorted(common, key=lambda key: (-common[key], key))
        )
        found.append(Likeness(known[iri], round(score, 4), tuple(shared), surprise))
    compared = len(among) if mine else 0
    return Similar(place, len(of_place), _caution(len(of_place), bool(mine), compared), tuple(found), compared)


def all_similar(store: Queryable, limit: int = 10, confidence: float = 0.0) -> Iterator[tuple[Place, Place, float]]:
    """For every jurisdiction that admits a weakness, by code, those most like it and how alike they are, as `similar`."""
    known = places(store)
    profiles = read_profiles(store, confidence)
    for iri, likest in profiles.all_likest(limit):
        yield from ((known[iri], known[other], score) for other, score in likest)


def closest_first(mine: tuple[Quote, ...], theirs: tuple[Quote, ...]) -> tuple[tuple[Quote, ...], tuple[Quote, ...]]:
    """Both sides' sentences, the two that are worded most alike in front."""
    if not mine or not theirs:
        return mine, theirs
    ours, others = closest(mine, theirs, lambda quote: quote.text)
    return (ours, *(each for each in mine if each != ours)), (others, *(each for each in theirs if each != others))


def by_concept(said: Iterable[tuple[str, Quote]]) -> Said:
    """Sentences, each with the IRI of what it speaks of, by that; those of the earliest year first, each once."""
    found: defaultdict[str, set[Quote]] = defaultdict(set)
    for concept, quote in said:
        found[concept].add(quote)
    return {concept: tuple(sorted(quotes, key=_in_order)) for concept, quotes in found.items()}


def _said(store: Queryable, place: str) -> Said:
    """What a place says of its shortcomings and their causes, as a store has it."""
    years = {row["report"]: row["year"] for row in store.select(_REPORTS, place=place)}

    def quote(row: Mapping[str, str]) -> Quote:
        return Quote(row["report"], years[row["report"]], row["quote"], int(row["start"]), int(row["end"]))

    rows = (row for text in in_graphs(_QUOTES, years) for row in store.select(text))
    return by_concept((row["concept"], quote(row)) for row in rows)


def _in_order(quote: Quote) -> tuple[str, str, str, int]:
    return quote.year, quote.report, quote.text, quote.start


def _caution(known: int, admits: bool, compared: int) -> str:
    if not admits:
        return "This place's reports admit no weakness of any category, so there is nothing to compare."
    if not compared:
        return "No other place that was asked for admits any weakness, so there is nothing to compare."
    admitting = counted(known, "jurisdiction")
    if known < FEW:
        return (
            f"Only {admitting} in this graph {'admits' if known == 1 else 'admit'} any weakness: what is rare among them "
            "may be common elsewhere, so the weights and the order mean little."
        )
    return f"Weighed over the {admitting} in this graph that admit any weakness."
