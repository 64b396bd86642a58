"""Who takes up mechanisms after whom: a network of spread between places, inferred from the order of first reports.

The model is that of NetInf (Gomez-Rodriguez, Leskovec & Krause 2010, KDD, "Inferring networks of diffusion and
influence"). A mechanism passes from a place that has it to one that has not, and is seen there after a lag that is
exponential: to follow after `lag` years weighs exp(-RATE (lag - 1)). Who first reports in the same year cannot have
passed it to each other. What no line explains comes from outside, with the weight `OUTSIDE` (the ε of the paper). A
first report is explained by the likeliest line to it, so that a line counts only where no other explains as well: who
always follows a follower is no follower of the first. The likelihood is a sum over places, and what a line adds for
one place does not depend on the lines to others: the greedy choice for each place is the greedy choice for all, and
lazy evaluation has nothing to save. (MultiTree, its successor of 2012, sums over all explanations, and so keeps the
line from the first, too: it has no price for a second explanation of the same.)

The test. How much a pair's target follows its source is held against chance tables (`graph.analysis.curveball`) that
keep each place's pace and each mechanism's years, with trades anywhere, only within a province, and only within a
level. A pair's q is the false discovery rate among pairs of its relation (Benjamini & Hochberg 1995) of p-values pooled
over all of these pairs and tables (Ge, Dudoit & Speed 2003, Test 12, 1-77), for scores that make pairs comparable, the
signed root of the Poisson deviance. A line is drawn only where each of the three finds it (an intersection-union test,
Berger 1982, Technometrics 24, 295-300), and where it explains what the others to its target do not: it must add at least
half the logarithm of what is to be explained (Schwarz 1978, Annals of Statistics 6, 461-464).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graph.analysis.adoption import superiors_of
from graph.analysis.cascades import NONE, Cascades, between
from graph.analysis.chance import FALSE, FEWEST, adjusted
from graph.analysis.curveball import Slots, chance_tables
from graph.naming import Place

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.int64]

RATE = 0.5  # a year
OUTSIDE = 0.5
RELATIONS = ("superior", "inferior", "sibling", "peer", "other")
NULLS = ("anywhere", "province", "level")
FIGURES = ("province", "sibling", "superior", "inferior", "reciprocity", "transitivity")

_ALL_PAIRS = 500_000  # beyond so many, only near ones are looked at
_SIBLINGS, _PEERS = 8, 2  # how far they then are in the order of codes
_SAMPLES = 200
_HELD = 40_000_000  # pairs × tables that are held in memory
_CHUNK = 4_000_000  # pairs × mechanisms at a time
LEAST = (FEWEST, 3, 20, 200)  # places, years, mechanisms, dated first reports, without which nothing is told
_LINES = 20  # without which no figure is


@dataclass(frozen=True, slots=True)
class Trial:
    """Against one kind of chance table: what is expected, p, and, of a pair, q, the false discovery rate.

    p is the share of the tables, the real one among them, that go as far, and so never less than one in that many.
    """

    expected: float
    p: float
    q: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A pair of places of which one takes up mechanisms after the other, more than by chance.

    `relation` is what the source is to the target; `things` are those that the target has after the source, the
    soonest first; `weight` is how many they are, each counting less the later it comes. `times` is how many times the
    weight expected (anywhere) that is. `trials` are by name of `NULLS`, None where the two have nobody to trade with;
    `q` is the greatest of theirs.
    """

    source: Place
    target: Place
    relation: str
    things: tuple[str, ...]
    weight: float
    times: float
    q: float
    trials: Mapping[str, Trial | None]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of `FIGURES` of the strongest pairs, and what it is among as many strongest pairs of chance tables.

    Shares of pairs: in one province, of siblings, from superior to inferior, from inferior to superior; of pairs that
    go both ways (reciprocity), and of paths of two steps that a direct pair closes (transitivity).
    """

    name: str
    observed: float
    trials: Mapping[str, Trial]


@dataclass(frozen=True, slots=True)
class Diffusion:
    """The network of spread, and of how much it was inferred.

    `dated` are first reports of which the year is known. `tested` and `left` have for each relation how many pairs
    were looked at and how many were not, because there would be too many; `beyond` pairs follow each other beyond
    chance, `lines` are those of them that others do not explain, the surest first. `too_little` says what is missing
    where nothing can be told; then there are no lines. `figures` are of the `beyond` strongest pairs, and there are
    none where these are fewer than twenty.
    """

    places: int
    things: int
    years: tuple[int, int]
    dated: int
    tested: Mapping[str, int]
    left: Mapping[str, int]
    samples: int
    seed: int
    too_little: str
    beyond: int
    lines: tuple[Line, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs that are looked at: numbers of source, target, and of the relation of the source to the target."""

    source: Integers
    target: Integers
    relation: Integers


def diffusion(found: Cascades, samples: int = 0, seed: int = 0) -> Diffusion:
    """The network of spread of some cascades; `samples` chance tables of each kind, 0 for as many as the size allows."""
    pairs, left = candidates(found.places)
    samples = samples or max(50, min(_SAMPLES, _HELD // max(1, len(pairs.source))))
    names = {name: int((pairs.relation == at).sum()) for at, name in enumerate(RELATIONS)}
    head = (len(found.places), len(found.things), (found.years.start, found.years.stop - 1), int(found.dated.sum()))
    if missing := _too_little(found):
        return Diffusion(*head, names, left, 0, seed, missing, 0, (), ())
    tests = against_chance(found, pairs, samples, seed)
    greatest = np.nanmax([test.q for test in tests.values()], axis=0)
    beyond = np.flatnonzero(greatest <= FALSE)
    kept = _explaining(found, pairs, beyond)
    weights = tests[NULLS[0]].weights[0]
    order = kept[np.lexsort((-weights[kept], greatest[kept]))]
    lines = tuple(_line(found, pairs, at, float(greatest[at]), tests) for at in order.tolist())
    figures = tuple(figures_of(found.places, pairs, tests, len(beyond))) if len(beyond) >= _LINES else ()
    return Diffusion(*head, names, left, samples, seed, "", len(beyond), lines, figures)


def candidates(places: Sequence[Place]) -> tuple[Pairs, dict[str, int]]:
    """The pairs to look at, and for each relation how many are left out.

    All pairs, as long as there are not too many; else each place with its nearest superior, both ways, the siblings
    next to it in the order of codes, and the places of its level next to it. Which pairs they are never depends on
    what is reported: pairs chosen because they have much in common would then be found to have much in common.
    """
    many = len(places)
    above = superiors_of(places)
    levels = np.array([len(place.code) for place in places], np.int64)
    if many * (many - 1) <= _ALL_PAIRS:
        source, target = np.nonzero(~np.eye(many, dtype=bool))
    else:
        has = np.flatnonzero(above >= 0)
        by_family = np.lexsort((np.arange(many), above, levels))
        by_level = np.lexsort((np.arange(many), levels))
        ends = [(has, above[has]), *_next(by_family, _SIBLINGS), *_next(by_level, _PEERS)]
        both = [(one, other) for pair in ends for one, other in (pair, pair[::-1])]
        keys = np.unique(np.concatenate([one * many + other for one, other in both]))
        source, target = keys // many, keys % many
    relation = _relations(above, levels, source, target)
    near = relation != RELATIONS.index("other")
    if many * (many - 1) > _ALL_PAIRS:  # neighbours across the border of two levels
        source, target, relation = source[near], target[near], relation[near]
    families = Counter((int(level), int(one)) for level, one in zip(levels, above, strict=True) if one >= 0)
    whole = Counter(dict.fromkeys(RELATIONS, 0))
    whole["superior"] = whole["inferior"] = sum(len(each) for each in _lineages(above))
    whole["sibling"] = sum(size * (size - 1) for size in families.values())
    whole["peer"] = sum(size * (size - 1) for size in Counter(levels.tolist()).values()) - whole["sibling"]
    whole["other"] = many * (many - 1) - whole.total()
    numbers = np.bincount(relation, minlength=len(RELATIONS)).tolist()
    return Pairs(source, target, relation), {
        name: whole[name] - number for name, number in zip(RELATIONS, numbers, strict=True)
    }


def followings(slots: Slots, pairs: Pairs) -> Floats:
    """For each pair how much the target follows the source: 1 for a mechanism that it has a year later, less for later."""
    weights = np.zeros(256, np.float32)
    weights[1:128] = np.exp(-RATE * np.arange(127))
    found = np.empty(len(pairs.source), np.float32)
    for part, lags in _lags(slots, pairs):
        found[part] = weights[lags.view(np.uint8)].sum(axis=1)
    return found


def _lags(slots: Slots, pairs: Pairs) -> Iterator[tuple[slice, npt.NDArray[np.int8]]]:
    """For pairs in parts, how many years after the source the target has each mechanism; not above 0 where it has not."""
    years, dated = between(slots)
    before, after = np.where(years == NONE, 120, years).astype(np.int8), np.where(dated, years, -1).astype(np.int8)
    step = max(1, _CHUNK // max(1, slots.shape[1]))
    for start in range(0, len(pairs.source), step):
        part = slice(start, start + step)
        yield part, after[pairs.target[part]] - before[pairs.source[part]]


@dataclass(frozen=True, eq=False)
class Tested:
    """All pairs against one kind of chance tables: the mean of the tables, p and q.

    q is nan where a pair cannot be tested. `weights` (tables × pairs, the real one first) are how much they follow, and
    `usual` their mean with the real one among them, so that under chance all of them are treated alike.
    """

    weights: Floats
    usual: Floats
    expected: Floats
    p: npt.NDArray[np.float64]
    q: npt.NDArray[np.float64]


def against_chance(found: Cascades, pairs: Pairs, samples: int, seed: int = 0) -> dict[str, Tested]:
    """Each pair held against so many chance tables of each kind of `NULLS`."""
    real = followings(found.slots, pairs)
    strata = dict(zip(NULLS, _strata(found.places), strict=True))
    return {name: _test(found.slots, pairs, real, each, samples, seed) for name, each in strata.items()}


def _test(slots: Slots, pairs: Pairs, real: Floats, strata: Integers, samples: int, seed: int) -> Tested:
    weights = np.empty((samples + 1, len(real)), np.float32)
    weights[0] = real
    for number, table in enumerate(chance_tables(slots, strata, samples, seed), 1):
        weights[number] = followings(table, pairs)
    p = (weights >= real - 1e-4).sum(axis=0) / (samples + 1)
    usual = np.maximum(weights.mean(axis=0), np.float32(0.5 / (samples + 1)))
    fixed = np.bincount(strata)[strata] < 2
    free = ~(fixed[pairs.source] & fixed[pairs.target])
    q = np.full(len(real), np.nan)
    for number in range(len(RELATIONS)):
        if len(some := np.flatnonzero((pairs.relation == number) & free)):
            q[some] = adjusted(_pooled(weights, usual, some))
    return Tested(weights, usual, weights[1:].mean(axis=0), p, q)


def _scores(weights: Floats, mean: Floats) -> Floats:
    """How far weights are beyond a mean: the signed root of the Poisson deviance."""
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.where(weights > 0, weights * np.log(weights / mean), 0)
    signed: Floats = np.sign(weights - mean) * np.sqrt(2 * np.maximum(logs - weights + mean, 0))
    return signed


def _pooled(weights: Floats, usual: Floats, some: Integers) -> npt.NDArray[np.float64]:
    """For each of some pairs the share of all of them, in all tables, that score as high."""
    real = _scores(weights[0, some], usual[some])
    higher = np.zeros(len(some), np.int64)
    for row in weights:
        chance = np.sort(_scores(row[some], usual[some]))
        higher += len(chance) - np.searchsorted(chance, real - 1e-4)
    shares: npt.NDArray[np.float64] = higher / (len(weights) * len(some))
    return shares


def _explaining(found: Cascades, pairs: Pairs, some: Integers) -> Integers:
    """Of some pairs those that explain what the others to the same target do not."""
    by_target: defaultdict[int, list[int]] = defaultdict(list)
    for at in some.tolist():
        by_target[int(pairs.target[at])].append(at)
    kept: list[int] = []
    for target, ats in by_target.items():
        dated = np.flatnonzero(found.dated[target])
        source = found.onsets[pairs.source[ats]][:, dated].astype(np.int64)
        lags = found.onsets[target, dated] - source
        weights = np.where((source != NONE) & (lags > 0), np.exp(-RATE * (lags - 1)), 0)
        explained = np.full(len(dated), OUTSIDE)
        while True:
            gains = np.log(np.maximum(weights, explained) / explained).sum(axis=1)
            best = int(gains.argmax())
            if gains[best] <= np.log(len(dated)) / 2:
                break
            kept.append(ats[best])
            explained = np.maximum(explained, weights[best])
    return np.array(sorted(kept), np.int64)


def _line(found: Cascades, pairs: Pairs, at: int, q: float, tests: Mapping[str, Tested]) -> Line:
    one = Pairs(pairs.source[at : at + 1], pairs.target[at : at + 1], pairs.relation[at : at + 1])
    (lags,) = (part[0] for _, part in _lags(found.slots, one))
    after = tuple(found.things[thing] for thing in np.argsort(lags, kind="stable").tolist() if lags[thing] > 0)
    trials = {
        name: None
        if np.isnan(test.q[at])
        else Trial(round(float(test.expected[at]), 3), float(test.p[at]), float(test.q[at]))
        for name, test in tests.items()
    }
    weight = float(tests[NULLS[0]].weights[0, at])
    times = weight / max(float(tests[NULLS[0]].expected[at]), 1e-9)
    source, target = found.places[one.source[0]], found.places[one.target[0]]
    return Line(source, target, RELATIONS[one.relation[0]], after, round(weight, 3), round(times, 3), q, trials)


def figures_of(places: Sequence[Place], pairs: Pairs, tests: Mapping[str, Tested], number: int) -> Iterator[Figure]:
    """`FIGURES` of so many strongest pairs, and of as many in each of the chance tables."""
    provinces = np.unique([place.code[:2] for place in places], return_inverse=True)[1]
    measure = partial(_measured, len(places), pairs, provinces[pairs.source] == provinces[pairs.target])
    usual = tests[NULLS[0]].usual  # what is strong is the same in all tables, whatever they keep

    def shares(weights: Floats) -> list[float]:
        return measure(np.argpartition(-_scores(weights, usual), number - 1)[:number])

    real = shares(tests[NULLS[0]].weights[0])
    chance = {name: np.array([shares(row) for row in test.weights[1:]]) for name, test in tests.items()}
    for at, name in enumerate(FIGURES):
        trials = {
            null: Trial(float(values[:, at].mean()), _two_sided(float(real[at]), values[:, at]))
            for null, values in chance.items()
        }
        yield Figure(name, float(real[at]), trials)


def _two_sided(real: float, chance: npt.NDArray[np.float64]) -> float:
    """Twice the smaller of the shares of values as great and as small, the real one among them."""
    whole = len(chance) + 1
    great, small = ((chance >= real - 1e-12).sum() + 1, (chance <= real + 1e-12).sum() + 1)
    return min(1.0, 2 * float(min(great, small)) / whole)


def _measured(many: int, pairs: Pairs, inside: npt.NDArray[np.bool_], some: Integers) -> list[float]:
    """`FIGURES` of some pairs."""
    relation = pairs.relation[some]
    shares = [float((relation == RELATIONS.index(name)).mean()) for name in ("sibling", "superior", "inferior")]
    ones = np.ones(len(some))
    net = sparse.csr_array((ones, (pairs.source[some], pairs.target[some])), shape=(many, many))
    both = net.multiply(net.T).sum()
    steps = net @ net
    paths = steps.sum() - both  # there and back is no path to elsewhere
    closed = steps.multiply(net).sum()
    return [float(inside[some].mean()), *shares, both / len(some), closed / paths if paths else 0.0]


def _strata(places: Sequence[Place]) -> Iterator[Integers]:
    """Who trades with whom: all; places of a province; places of a level. In the order of `NULLS`."""
    yield np.zeros(len(places), np.int64)
    yield np.unique([place.code[:2] for place in places], return_inverse=True)[1]
    yield np.unique([len(place.code) for place in places], return_inverse=True)[1]


def _relations(above: Integers, levels: Integers, source: Integers, target: Integers) -> Integers:
    """What each source is to its target, as a number in `RELATIONS`."""
    many = len(above)
    lines = np.array(
        [inferior * many + superior for inferior, line in enumerate(_lineages(above)) for superior in line], np.int64
    )
    same = levels[source] == levels[target]
    sibling = same & (above[source] == above[target]) & (above[source] >= 0)
    downwards, upwards = np.isin(target * many + source, lines), np.isin(source * many + target, lines)
    return np.select([downwards, upwards, sibling, same], [0, 1, 2, 3], 4)


def _lineages(above: Integers) -> Iterator[list[int]]:
    """For each place its superiors, the nearest first."""
    for place in range(len(above)):
        line: list[int] = []
        while (place := int(above[place])) >= 0:
            line.append(place)
        yield line


def _next(order: Integers, steps: int) -> Iterator[tuple[Integers, Integers]]:
    """Places with those one, two … steps further in an order."""
    for step in range(1, steps + 1):
        yield order[:-step], order[step:]


def _too_little(found: Cascades) -> str:
    numbers = (len(found.places), len(found.years), len(found.things), int(found.dated.sum()))
    what = (
        "places with reports on two years or more",
        "years",
        "mechanisms that two of them report",
        "first reports of which the year is known",
    )
    wanted = zip(numbers, LEAST, what, strict=True)
    return "; ".join(f"{number} {name}, of {least} that are needed" for number, least, name in wanted if number < least)
