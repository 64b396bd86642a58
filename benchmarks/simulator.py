"""Worlds in which spread, copies and likeness are planted, so that what an analysis finds can be held against the truth.

A world has real places of some provinces and three levels, and everything else made up: a network along which
mechanisms pass from place to place, mechanisms that a document asks of all at once, passages that one report takes
over from another, groups of places that admit the same weaknesses. `table` is what reports would say of it, for trials
by the hundred; `benchmarks.planting` writes the reports themselves.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pyoxigraph as ox

from benchmarks.places import governed
from graph.analysis.adoption import Adoptions, State
from graph.naming import Place
from ontology.divisions import Division
from ontology.namespace import division, expand, mechanism
from ontology.vocabulary import SCHEMES, load_vocabulary

Integers = npt.NDArray[np.int64]
Bits = npt.NDArray[np.bool_]
Kind = Literal["superior", "peer", "self"]

YEARS = range(2017, 2025)
ISSUED = 2021  # the year of the document that asks for the mandated mechanisms
_LATER = np.iinfo(np.int64).max
_BEFORE = 4  # years of spread before the first that can have a report
_REFERENCES = ox.NamedNode(expand("dcterms:references"))
NEVER = -9  # a first year that does not come
_GROUP = 8  # places with the same weaknesses
_PROFILE = 4  # weaknesses that they share
# Whom places learn from: how often a sibling, their superior, an inferior, a place of their level in another province.
_KINDS = {"sibling": 0.5, "down": 0.2, "up": 0.05, "far": 0.25}


@dataclass(frozen=True, slots=True)
class Size:
    """How large a world is, and what is in it.

    Each of `provinces` has so many prefectures and each of these so many counties. A place passes on what it has to
    `influence` others on average, each mechanism along each line with a chance of `passing`, after a year or some.
    With `fashion`, provinces take to mechanisms of their own liking in years of their own, without any passing on.
    """

    provinces: int = 10
    prefectures: int = 3
    counties: int = 4
    mechanisms: int = 115
    influence: float = 1.5
    passing: float = 0.6
    fashion: bool = False
    mandated: int = 15
    groups: int = 6
    copies: int = 120


class Copy(NamedTuple):
    """A passage that a place's report on a year takes over: places by number, years by number; `edited` as to figures."""

    source: int
    written: int
    target: int
    copied: int
    kind: Kind
    edited: bool


@dataclass(frozen=True, eq=False)
class World:
    """What is planted. Places by code; `onsets` (places × mechanisms) are true first years as numbers in `YEARS`.

    Below 0 is before all reports, -9 and less never; `reported` and `mentions` say who reports when, and which of the
    mechanisms at hand a report (place × year) would mention. `edges` are pairs of place numbers, from whom to whom.
    `group` has the number of a place's group, or -1, and `profiles` the weaknesses of each group.
    """

    seed: int
    divisions: tuple[Division, ...]
    mechanisms: tuple[str, ...]
    mandated: frozenset[int]
    edges: tuple[tuple[int, int], ...]
    onsets: Integers
    reported: Bits
    mentions: Bits
    group: Integers
    profiles: tuple[tuple[str, ...], ...]
    copies: tuple[Copy, ...]

    @cached_property
    def stated(self) -> Bits:
        """Places × years × mechanisms: what each report says is practised."""
        years = np.arange(len(YEARS))[None, :, None]
        has = (self.onsets > NEVER)[:, None, :] & (self.onsets[:, None, :] <= years)
        stated: Bits = has & self.reported[:, :, None] & self.mentions
        return stated


def world(seed: int = 0, size: Size = Size()) -> World:
    """The world of a seed and a size, always the same."""
    random = np.random.default_rng([seed, 1])
    divisions = _divisions(random, size)
    names = tuple(load_vocabulary().mechanisms)[: size.mechanisms]
    wanted = [at for at, name in enumerate(names) if name in asked()]
    mandated = frozenset(wanted[at] for at in random.permutation(len(wanted))[: size.mandated])
    edges = _edges(random, divisions, size.influence)
    onsets = _spread(random, divisions, len(names), edges, size)
    onsets = _mandate(random, onsets, mandated)
    reported = _reported(random, len(divisions))
    mentions = random.random((len(divisions), len(YEARS), len(names))) < 0.9
    group, profiles = _groups(random, len(divisions), size.groups)
    copies = tuple(_copies(random, divisions, reported, size.copies))
    return World(seed, divisions, names, mandated, tuple(edges), onsets, reported, mentions, group, profiles, copies)


def table(planted: World) -> Adoptions:
    """What the world's reports say, as if they had been read without a mistake."""
    places = tuple(Place(division(each.code), each.code, each.level, each.path) for each in planted.divisions)
    order = np.argsort(things := np.array([mechanism(name) for name in planted.mechanisms]))
    thing, place, year = np.nonzero(planted.stated[:, :, order].transpose(2, 0, 1))
    said = np.stack([thing, place, year, np.full(len(thing), State.PRACTISED)], axis=1)
    return Adoptions(places, tuple(things[order].tolist()), YEARS, planted.reported * 3000, said)


def without_spread(size: Size = Size()) -> Size:
    """The same size where nothing passes from place to place and no document asks for anything."""
    return replace(size, influence=0, mandated=0)


def _divisions(random: np.random.Generator, size: Size) -> tuple[Division, ...]:
    """Provinces, some prefectures of each, some counties of each of these, by code."""
    below: defaultdict[str, list[Division]] = defaultdict(list)
    for each in governed():
        if each.level in ("province", "prefecture", "county"):
            below[each.code[:-2]].append(each)
    full = [
        province
        for province in below[""]
        if sum(len(below[each.code]) >= size.counties for each in below[province.code]) >= size.prefectures
    ]
    found = []
    for province in _some(random, full, size.provinces):
        found.append(province)
        cities = [each for each in below[province.code] if len(below[each.code]) >= size.counties]
        for city in _some(random, cities, size.prefectures):
            found += [city, *_some(random, below[city.code], size.counties)]
    return tuple(sorted(found, key=lambda each: each.code))


def _some(random: np.random.Generator, all_: Sequence[Division], number: int) -> list[Division]:
    return [all_[at] for at in random.permutation(len(all_))[:number]]


def _edges(random: np.random.Generator, divisions: Sequence[Division], influence: float) -> list[tuple[int, int]]:
    """Who passes on to whom, drawn by kind."""
    codes = [each.code for each in divisions]
    number = {code: at for at, code in enumerate(codes)}
    found: set[tuple[int, int]] = set()
    for target, code in enumerate(codes):
        others: dict[str, list[int]] = {
            "sibling": [at for at, other in enumerate(codes) if other[:-2] == code[:-2] and at != target],
            "down": [number[code[:-2]]] if code[:-2] in number else [],
            "up": [at for at, other in enumerate(codes) if other[:-2] == code],
            "far": [at for at, other in enumerate(codes) if len(other) == len(code) and other[:2] != code[:2]],
        }
        if len(code) == 2:
            others["sibling"] = []  # all provinces are far from each other
        for _ in range(random.poisson(influence)):
            among = others[random.choice(list(_KINDS), p=list(_KINDS.values()))]
            if among:
                found.add((among[random.integers(len(among))], target))
    return sorted(found)


def _spread(
    random: np.random.Generator,
    divisions: Sequence[Division],
    things: int,
    edges: Sequence[tuple[int, int]],
    size: Size,
) -> Integers:
    """First years: by oneself now and then, and from those one learns from after one, two or more years."""
    many = len(divisions)
    # Some places are keener than others, some mechanisms more catching, and each has its years.
    keen = random.lognormal(0, 0.5, many)[:, None]
    catching = random.lognormal(0, 0.5, things)[None, :]
    peak = random.uniform(-_BEFORE, len(YEARS), things)[None, :]
    liking = np.ones((many, things))
    season = np.repeat(peak, many, axis=0)
    if size.fashion:
        provinces = np.unique([each.code[:2] for each in divisions], return_inverse=True)[1]
        likings = random.lognormal(0, 1, (provinces.max() + 1, things))
        seasons = random.uniform(-_BEFORE, len(YEARS), likings.shape)
        liking, season = likings[provinces], seasons[provinces]
    reached = np.full((many, things), _LATER)
    source, target = np.array(edges, np.int64).reshape(-1, 2).T
    lag = random.geometric(0.6, (len(edges), things))
    passes = random.random((len(edges), things)) < size.passing
    for year in range(-_BEFORE, len(YEARS)):
        wave = np.exp(-(((year - season) / 3) ** 2))
        alone = random.random((many, things)) < 0.04 * keen * catching * liking * wave
        due = np.zeros((many, things), bool)
        has = reached[source] < year
        np.logical_or.at(due, target, has & passes & (reached[source] + lag <= year))
        reached[(alone | due) & (reached == _LATER)] = year
    return np.where(reached == _LATER, NEVER, reached)


@cache
def asked() -> frozenset[str]:
    """The mechanisms that the scheme says a document asks for."""
    quads = ox.parse(path=str(SCHEMES / "mechanisms.ttl"), format=ox.RdfFormat.TURTLE)
    found = (quad.subject for quad in quads if quad.predicate == _REFERENCES)
    return frozenset(each.value.rpartition("/")[2] for each in found if isinstance(each, ox.NamedNode))


def _mandate(random: np.random.Generator, onsets: Integers, mandated: frozenset[int]) -> Integers:
    """Nearly all take up what the document asks for in its year or the next, whatever their neighbours do."""
    columns = sorted(mandated)
    late = random.random((len(onsets), len(columns)))
    year = ISSUED - YEARS.start + (late > 0.4)
    early = random.random(late.shape) < 0.1  # who had it before
    year = np.where(early, random.integers(-_BEFORE, ISSUED - YEARS.start, late.shape), year)
    found = onsets.copy()
    found[:, columns] = np.where(late > 0.9, NEVER, year)
    return found


def _reported(random: np.random.Generator, many: int) -> Bits:
    """Most report from the beginning, some begin later; now and then a report is missing."""
    entries = np.where(random.random(many) < 0.7, 0, random.integers(1, 4, many))
    found: Bits = (np.arange(len(YEARS)) >= entries[:, None]) & (random.random((many, len(YEARS))) < 0.95)
    return found


def _groups(random: np.random.Generator, many: int, groups: int) -> tuple[Integers, tuple[tuple[str, ...], ...]]:
    """Places drawn into groups, and weaknesses drawn for each; no weakness belongs to two groups."""
    group = np.full(many, -1)
    group[random.permutation(many)[: groups * _GROUP]] = np.arange(groups * _GROUP)[:many] // _GROUP
    names = [name for name in load_vocabulary().weaknesses if name != "other"]
    drawn = [names[at] for at in random.permutation(len(names))]
    return group, tuple(tuple(sorted(drawn[at * _PROFILE : (at + 1) * _PROFILE])) for at in range(groups))


def _copies(random: np.random.Generator, divisions: Sequence[Division], reported: Bits, number: int) -> Iterator[Copy]:
    """Who copies from whom: from the superior, a peer or the own report, of this year or the last; a report copies once."""
    codes = [each.code for each in divisions]
    numbers = {code: at for at, code in enumerate(codes)}
    kinds: tuple[Kind, ...] = ("superior", "peer", "self")
    targets = [(int(place), int(year)) for place, year in np.argwhere(reported) if year > 0]
    made = 0
    for at in random.permutation(len(targets)):
        target, copied = targets[at]
        kind = kinds[random.integers(3)]
        peers = [other for other, code in enumerate(codes) if len(code) == len(codes[target]) and other != target]
        source = {
            "superior": numbers.get(codes[target][:-2], -1),
            "peer": peers[random.integers(len(peers))] if peers else -1,
            "self": target,
        }[kind]
        written = copied - 1
        if made == number:
            return
        if source >= 0 and reported[source, written]:
            made += 1
            yield Copy(source, written, target, copied, kind, bool(random.random() < 0.5))
