"""Whose words each report has: its superior's, those of its own earlier reports, its peers', all the genre's, its own.

Words are compared by shingles (`graph.analysis.shingles`): 24 signs in a row that another report has, too. What stands
in many unrelated places (`坚持以习近平新时代中国特色社会主义思想为指导`) is stock of the genre and no copy; which words are
stock no list says, but the collection itself, see `_widest`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from graph.analysis.chance import FALSE
from graph.analysis.corpus import Corpus
from graph.analysis.shingles import LENGTH, Numbers, Positions, Shared, shared_shingles

Mask = npt.NDArray[np.bool_]

_NEVER = 9999
_ROWS = 4_000_000
# Signs with which half as many passages are left, where there are too few to tell: as in the 83 reports of
# `graph.analysis.shingles`.
_HALVING, _ENOUGH = 4.0, 100


class Source(IntEnum):
    """Where words come from; of several sources the highest counts."""

    OWN = 0
    ELSEWHERE = 1
    PEERS = 2
    EARLIER = 3
    SUPERIOR = 4
    STOCK = 5


@dataclass(frozen=True, eq=False)
class Wording:
    """Whose words each report of a corpus has.

    `counts` (reports × Source) are signs; no rows where there are too few reports to tell stock from copies. Words in
    more than `widest` of `areas` areas are stock, and so are those of fewer signs in a row than `least` has for their
    source. `at`, `heads` and `holders` are the shared shingles that are none, as
    far as the reports that were asked for have them: rows as in `Shared`, and for each how many offices have it.
    """

    corpus: Corpus
    counts: Numbers
    areas: int
    widest: int
    least: tuple[int, ...]
    at: Positions
    heads: Numbers
    holders: Numbers

    @property
    def shares(self) -> npt.NDArray[np.float64]:
        """Reports × Source: shares of each report's signs, which sum to 1; all 0 for a report without any."""
        return self.counts / np.maximum(self.counts.sum(axis=1, keepdims=True), 1)


class _Runs(NamedTuple):
    """Shared shingles by who has them: a row for each shingle and office, and the earliest year in which it has it."""

    shingle: Numbers
    office: Numbers
    year: Numbers
    of_row: Numbers


def wording(corpus: Corpus, asked: Mask | None = None) -> Wording:
    """Whose words the reports have; the shingles of those that are `asked` for are kept, or of all."""
    areas = int(corpus.areas.max(initial=-1)) + 1
    widest = 0
    sources = np.zeros(len(corpus.texts.codes), np.uint8)
    kept: list[tuple[Positions, Numbers, Numbers]] = []
    for number, shared in enumerate(shared_shingles(corpus.texts)):
        runs = _runs(corpus, shared)
        spread = _spread(corpus, shared, runs) if areas else np.zeros(len(shared.heads), np.int64)
        if number == 0:
            widest = _widest(corpus, runs, spread) if areas else 0
        stock = spread > widest
        found = _sources(corpus, shared, runs)
        found[np.repeat(stock, _sizes(shared.heads, len(shared.at)))] = Source.STOCK
        sources[shared.at] = found
        wanted = ~stock
        if asked is not None and len(shared.heads):
            wanted &= np.logical_or.reduceat(asked[shared.of], shared.heads)
        kept.append(_only(shared, runs, wanted))
    least = _drop_chance(corpus, sources) if areas else (LENGTH,) * len(Source)
    counts = _counts(corpus, sources) if areas else np.zeros((0, len(Source)), np.int64)
    ats, sizes, holders = (np.concatenate([part[each] for part in kept]) for each in range(3))
    return Wording(corpus, counts, areas, widest, least, ats, np.cumsum(sizes) - sizes, holders)


def _runs(corpus: Corpus, shared: Shared) -> _Runs:
    shingle = np.zeros(len(shared.at), np.int64)
    shingle[shared.heads[1:]] = 1
    shingle = np.cumsum(shingle)
    office = corpus.offices[shared.of]
    first = np.ones(len(office), np.bool_)
    first[1:] = (office[1:] != office[:-1]) | (shingle[1:] != shingle[:-1])
    of_row = np.cumsum(first) - 1
    # Reports of an office stand in the order of their years.
    return _Runs(shingle[first], office[first], corpus.years[shared.of[first]], of_row)


def _spread(corpus: Corpus, shared: Shared, runs: _Runs) -> Numbers:
    """In how many areas each shingle stands."""
    area = corpus.areas[runs.office]
    another = np.ones(len(area), np.int64)
    another[1:] = (area[1:] != area[:-1]) | (runs.shingle[1:] != runs.shingle[:-1])
    return np.bincount(runs.shingle[another > 0], minlength=len(shared.heads))


def _widest(corpus: Corpus, runs: _Runs, spread: Numbers) -> int:
    """The most areas in which words may stand and still be somebody's and not the genre's.

    Stock is used without regard to who else uses it, so two offices of one area share it no more often than two of
    different areas; what is passed on, from above or from a neighbour, is shared within areas far more often. So for
    words in so many areas the pairs of offices across areas say how many within an area chance alone would give: their
    share among those found there is a local false discovery rate (Efron 2004, Journal of the American Statistical
    Association 99, 96-104). Words count as somebody's as long as it is at most FALSE; words that two areas alone have
    are not the genre's in any case, those of more than half of all areas are.
    """
    offices = np.bincount(corpus.areas).astype(float)
    within = (offices * (offices - 1)).sum() / (offices.sum() * (offices.sum() - 1))
    area = corpus.areas[runs.office]
    another = np.ones(len(area), np.bool_)
    another[1:] = (area[1:] != area[:-1]) | (runs.shingle[1:] != runs.shingle[:-1])
    together = np.diff(np.append(np.flatnonzero(another), len(area))).astype(float)
    inside = np.bincount(runs.shingle[another], together * (together - 1), len(spread))
    holders = np.bincount(runs.shingle, minlength=len(spread)).astype(float)
    across = holders * (holders - 1) - inside
    most = len(offices) // 2
    found, chance = (np.bincount(spread, pairs, most + 1) for pairs in (inside, across * within / (1 - within)))
    widest = 2
    while widest < most and 0 < chance[widest + 1] <= FALSE * found[widest + 1]:
        widest += 1
    return widest


def _sources(corpus: Corpus, shared: Shared, runs: _Runs) -> npt.NDArray[np.uint8]:
    """For each row the highest source that has the shingle in the same year or before, its own office before."""
    parents = corpus.parents[runs.office]
    offices = len(corpus.first)
    keys = runs.shingle * offices + runs.office
    above = np.full(len(keys), _NEVER)
    for superior in corpus.superiors.T:
        wanted = superior[runs.office]
        where = np.minimum(np.searchsorted(keys, runs.shingle * offices + wanted), len(keys) - 1)
        has = (wanted >= 0) & (keys[where] == runs.shingle * offices + wanted)
        above = np.where(has, np.minimum(above, runs.year[where]), above)
    peers = _others(runs.shingle * offices + parents, runs.year)
    anyone = _others(runs.shingle, runs.year)
    year = corpus.years[shared.of]
    found = np.zeros(len(shared.at), np.uint8)
    for source, since in ((Source.ELSEWHERE, anyone), (Source.PEERS, peers)):
        found[since[runs.of_row] <= year] = source
    found[runs.year[runs.of_row] < year] = Source.EARLIER
    found[above[runs.of_row] <= year] = Source.SUPERIOR
    return found


def _others(group: Numbers, year: Numbers) -> Numbers:
    """For each row the earliest year of any other row of its group; never where there is none."""
    found = np.full(len(group), _NEVER)
    order = np.lexsort((year, group))
    firsts = np.flatnonzero(np.diff(group[order], prepend=-1))
    seconds = firsts[np.diff(np.append(firsts, len(group))) > 1] + 1
    _, ranks = np.unique(group, return_inverse=True)
    earliest = year[order[firsts]]
    found = earliest[ranks]
    second = np.full(len(firsts), _NEVER)
    second[ranks[order[seconds]]] = year[order[seconds]]
    found[order[firsts]] = second
    return found


def _drop_chance(corpus: Corpus, sources: npt.NDArray[np.uint8]) -> tuple[int, ...]:
    """Makes stock of passages so short that chance explains them; the fewest signs that are left, by source.

    Those who never read each other come to use the same words, too, but each further sign is less likely than the one
    before, so that the number of passages of a length falls like a power of it, as in Karlin & Altschul 1990
    (Proceedings of the National Academy of Sciences 87, 2264-2268). How fast it falls, the shorter three quarters of
    the passages shared with anybody elsewhere say; how many there are of one source, the number of pairs of reports.
    A length counts where no more than FALSE of the passages at least so long are chance's: their tail-area false
    discovery rate (Storey 2002, Journal of the Royal Statistical Society B 64, 479-498).
    """
    starts = np.flatnonzero(np.diff(sources, prepend=0, append=0))
    values, sizes = sources[starts[:-1]], np.diff(starts) + LENGTH - 1
    far = np.sort(sizes[values == Source.ELSEWHERE] - LENGTH)
    halving = max(far[3 * len(far) // 4] / 2, 1) if len(far) >= _ENOUGH else _HALVING
    pairs, least = _pairs(corpus), [LENGTH] * len(Source)
    for source in (Source.ELSEWHERE, Source.PEERS, Source.EARLIER, Source.SUPERIOR):
        mine = np.flatnonzero(values == source)
        lengths = np.sort(sizes[mine])
        tried = np.unique(lengths)
        found = len(lengths) - np.searchsorted(lengths, tried)
        chance = len(far) * pairs[source] / pairs[Source.ELSEWHERE] * 0.5 ** ((tried - LENGTH) / halving)
        fine = tried[chance <= FALSE * found]
        least[source] = int(fine[0]) if len(fine) else _NEVER
        for number in mine[sizes[mine] < least[source]]:
            sources[starts[number] : starts[number + 1]] = Source.STOCK
    return tuple(least)


def _pairs(corpus: Corpus) -> dict[Source, float]:
    """How many pairs of reports may share words, by source."""
    reports = np.bincount(corpus.offices)
    together = np.bincount(corpus.parents, reports)
    above = np.where(corpus.superiors >= 0, reports[corpus.superiors], 0).sum(axis=1)
    return {
        Source.ELSEWHERE: float(len(corpus.reports)) ** 2 / 2,
        Source.PEERS: float((together**2).sum() - (reports**2).sum()) / 2,
        Source.EARLIER: float((reports * (reports - 1)).sum()) / 2,
        Source.SUPERIOR: float((above * reports).sum()) / 2,
    }


def _only(shared: Shared, runs: _Runs, wanted: Mask) -> tuple[Positions, Numbers, Numbers]:
    """The rows, the number of rows and the number of offices of the shingles that are wanted."""
    sizes = _sizes(shared.heads, len(shared.at))
    holders = np.bincount(runs.shingle, minlength=len(shared.heads))
    return shared.at[np.repeat(wanted, sizes)], sizes[wanted], holders[wanted]


def _sizes(heads: Numbers, rows: int) -> Numbers:
    return np.diff(np.append(heads, rows))


def _counts(corpus: Corpus, sources: npt.NDArray[np.uint8]) -> Numbers:
    """Reports × Source: each sign has the highest source of the shingles that hold it."""
    starts, counts = corpus.texts.starts, np.zeros((len(corpus.reports), len(Source)), np.int64)
    for first, last in _stretches(starts):
        own = _widened(sources[starts[first] : starts[last]])
        of = np.repeat(np.arange(last - first), np.diff(starts[first : last + 1]))
        found = np.bincount(of * len(Source) + own, minlength=(last - first) * len(Source))
        counts[first:last] = found.reshape(-1, len(Source))
    return counts


def _widened(sources: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """For each sign the highest value among the LENGTH shingles that may hold it; none reaches into the next text."""
    found, size = sources.copy(), 1
    while size < LENGTH:
        step = min(size, LENGTH - size)
        found[step:] = np.maximum(found[step:], found[:-step])
        size += step
    return found


def _stretches(starts: Numbers) -> Iterator[tuple[int, int]]:
    """Numbers of reports, from and up to, whose texts together are no longer than some."""
    first = 0
    while first < len(starts) - 1:
        last = max(first + 1, int(np.searchsorted(starts, starts[first] + _ROWS, side="right")) - 1)
        yield first, last
        first = last
