"""Passages that reports share, and whose words each report has: its superior's, its own earlier ones, its peers', its own.

corpus → Wording (`wording`): every shared passage with its length, its source and how rare it is, and for each report
the share of its words by source. Whether words are copied, stock of the genre or alike by chance no list of phrases
says, but the collection itself: see `_widest` and `_least`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from graph.analysis.chance import FALSE
from graph.analysis.corpus import Corpus
from graph.analysis.shingles import LENGTH, Numbers, Shared, Texts, shared_shingles

Mask = npt.NDArray[np.bool_]
Holders = npt.NDArray[np.uint16]
Pairs = npt.NDArray[np.uint64]
Passages = npt.NDArray[np.void]

# Where in the corpus a passage begins, where in its source, how many signs it has, its Source, how many offices have
# its rarest shingle, and how much it tells.
PASSAGE = np.dtype(
    [("mine", "i8"), ("theirs", "i8"), ("signs", "i4"), ("source", "i1"), ("holders", "i4"), ("bits", "f8")]
)
_STRETCH = 4_000_000
_NEXT = np.uint64((1 << 32) + 1)
_STOCK = 0x8000  # marks a shingle of the genre's stock, beside the number of offices that have it
# Passages without which they do not say how fast those of chance become fewer. Among the 83 reports of
# `graph.analysis.shingles` half as many go on after so many signs.
_ENOUGH, _HALVING = 100, 4
_FINEST = 0.1


class Source(IntEnum):
    """Where words come from; where there are several sources the highest counts."""

    OWN = 0
    STOCK = 1
    ELSEWHERE = 2
    PEERS = 3
    EARLIER = 4
    SUPERIOR = 5


COPIED = (Source.ELSEWHERE, Source.PEERS, Source.EARLIER, Source.SUPERIOR)


@dataclass(frozen=True, eq=False)
class Wording:
    """Whose words each report of a corpus has, and the passages that say so.

    `counts` (reports × Source) are signs; no rows where there are too few reports to tell stock from copies. Shingles in
    more than `widest` of `areas` areas are stock; passages count from so many bits on as `least` has for their source.
    These are `passages`, as PASSAGE has them, in the order of the texts.
    """

    corpus: Corpus
    counts: Numbers
    areas: int
    widest: int
    least: tuple[float, ...]
    passages: Passages

    @property
    def shares(self) -> npt.NDArray[np.float64]:
        """Reports × Source: shares of each report's signs, which sum to 1; all 0 for a report without any."""
        shares: npt.NDArray[np.float64] = self.counts / np.maximum(self.counts.sum(axis=1, keepdims=True), 1)
        return shares


class _Runs(NamedTuple):
    """Who has shared shingles: a row for each shingle and office, its first row in `Shared`, the year of that."""

    shingle: Numbers
    office: Numbers
    head: Numbers
    year: Numbers
    of_row: Numbers


def wording(corpus: Corpus) -> Wording:
    """Whose words the reports of a corpus have."""
    texts, areas, widest = corpus.texts, int(corpus.areas.max(initial=-1)) + 1, 0
    holders = np.zeros(len(texts.codes), np.uint16)
    seeds: list[Pairs] = [np.zeros(0, np.uint64)]
    for number, shared in enumerate(shared_shingles(texts)):
        runs = _runs(corpus, shared)
        having = np.bincount(runs.shingle, minlength=len(shared.heads))
        stock = np.zeros(len(shared.heads), np.bool_)
        if areas:
            spread = np.bincount(runs.shingle[_another_area(corpus, runs)], minlength=len(shared.heads))
            widest = widest if number else _widest(corpus, runs, spread)
            stock = spread > widest
        marked = np.minimum(having, _STOCK - 1) + np.where(stock, _STOCK, 0)
        rows = np.diff(np.append(shared.heads, len(shared.at)))
        holders[shared.at] = np.repeat(marked.astype(np.uint16), rows)
        partners = _partners(corpus, shared, runs)
        told = (partners >= 0) & ~np.repeat(stock, rows)
        at = shared.at.astype(np.uint64)
        seeds.append((at[told] << np.uint64(32)) | at[partners[told]])
    found = _passages(corpus, _joined(seeds), holders)
    least = _least(corpus, found) if areas else (0.0,) * len(Source)
    enough = found["bits"] >= np.array(least)[found["source"]]
    counts = _counts(corpus, holders, found, enough) if areas else np.zeros((0, len(Source)), np.int64)
    return Wording(corpus, counts, areas, widest, least, found[enough])


def _runs(corpus: Corpus, shared: Shared) -> _Runs:
    shingle = np.zeros(len(shared.at), np.int64)
    shingle[shared.heads[1:]] = 1
    shingle = np.cumsum(shingle)
    office = corpus.offices[shared.of]
    first = np.ones(len(office), np.bool_)
    first[1:] = (office[1:] != office[:-1]) | (shingle[1:] != shingle[:-1])
    head = np.flatnonzero(first)
    # Reports of an office stand in the order of their years.
    return _Runs(shingle[head], office[head], head, corpus.years[shared.of[head]], np.cumsum(first) - 1)


def _another_area(corpus: Corpus, runs: _Runs) -> Mask:
    """Whether an office's area has not come before among those that have the shingle; offices of an area stand together."""
    area = corpus.areas[runs.office]
    found = np.ones(len(area), np.bool_)
    found[1:] = (area[1:] != area[:-1]) | (runs.shingle[1:] != runs.shingle[:-1])
    return found


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
    heads = np.flatnonzero(_another_area(corpus, runs))
    together = np.diff(np.append(heads, len(runs.office))).astype(float)
    inside = np.bincount(runs.shingle[heads], together * (together - 1), len(spread))
    holders = np.bincount(runs.shingle, minlength=len(spread)).astype(float)
    across = holders * (holders - 1) - inside
    most = len(offices) // 2
    found, chance = (np.bincount(spread, pairs, len(offices) + 1) for pairs in (inside, across * within / (1 - within)))
    widest = 2
    while widest < most and 0 < chance[widest + 1] <= FALSE * found[widest + 1]:
        widest += 1
    return widest


def _partners(corpus: Corpus, shared: Shared, runs: _Runs) -> Numbers:
    """For each row of shared shingles one that has it from its highest source, or -1: none before, or in the same year.

    The nearest superior, the own office's report before, the earliest peer, the earliest of all.
    """
    year, run = corpus.years[shared.of], runs.of_row
    found = np.full(len(shared.at), -1)
    parents = runs.shingle * len(corpus.first) + corpus.parents[runs.office]
    for group in (runs.shingle, parents):
        other = _others(group, runs.year)[run]
        found = np.where((other >= 0) & (runs.year[other] <= year), runs.head[other], found)
    # Rows of an office by year: the one before the first of this year is the last of an earlier one.
    turn = np.ones(len(run), np.bool_)
    turn[1:] = (run[1:] != run[:-1]) | (year[1:] != year[:-1])
    before = np.maximum.accumulate(np.where(turn, np.arange(len(run)), 0)) - 1
    found = np.where(before >= runs.head[run], before, found)
    keys = runs.shingle * len(corpus.first) + runs.office
    for superior in corpus.superiors.T:
        above = superior[runs.office]
        wanted = runs.shingle * len(corpus.first) + above
        where = np.minimum(np.searchsorted(keys, wanted), max(len(keys) - 1, 0))
        has = (above >= 0) & (keys[where] == wanted)
        found = np.where(has[run] & (runs.year[where][run] <= year), runs.head[where][run], found)
    return found


def _others(group: Numbers, year: Numbers) -> Numbers:
    """For each row another one of its group, the earliest; -1 where it is alone."""
    order = np.lexsort((year, group))
    firsts = np.flatnonzero(np.diff(group[order], prepend=-1))
    sizes = np.diff(np.append(firsts, len(group)))
    found = np.full(len(group), -1)
    found[order] = np.repeat(order[firsts], sizes)
    several = firsts[sizes > 1]
    found[order[firsts]] = -1
    found[order[several]] = order[several + 1]
    return found


def _passages(corpus: Corpus, seeds: Pairs, holders: Holders) -> Passages:
    """The maximal passages around pairs of places that have the same shingle."""
    seeds.sort()
    heads = _breaks(seeds)
    pairs, run = seeds[heads], np.diff(np.append(heads, len(seeds)))
    mine, theirs = (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
    # Two shingles may have the same hash, once in a million million pairs.
    same = _reach(corpus.texts, mine - 1, theirs - 1, np.full(len(mine), LENGTH), 1) == LENGTH
    mine, theirs, run = mine[same], theirs[same], run[same]
    rarest = holders[:0]
    if len(mine):
        rarest = np.minimum.reduceat(holders, np.stack([mine, mine + run], axis=1).ravel())[::2]
    signs = run + LENGTH - 1
    starts = corpus.texts.starts
    me, other = (np.searchsorted(starts, each, side="right") - 1 for each in (mine, theirs))
    back = _reach(corpus.texts, mine, theirs, np.minimum(mine - starts[me], theirs - starts[other]), -1)
    room = np.minimum(starts[me + 1] - mine, starts[other + 1] - theirs) - signs
    signs += back + _reach(corpus.texts, mine + signs - 1, theirs + signs - 1, room, 1)
    found = np.zeros(len(mine), PASSAGE)
    found["mine"], found["theirs"], found["signs"] = mine - back, theirs - back, signs
    found["source"], found["holders"] = _source(corpus, me, other), rarest
    found = found[np.lexsort((rarest, found["theirs"], found["mine"]))]
    another = np.ones(len(found), np.bool_)
    another[1:] = (found["mine"][1:] != found["mine"][:-1]) | (found["theirs"][1:] != found["theirs"][:-1])
    found = found[another]
    found["bits"] = _bits(corpus, holders, found)
    return found


def _joined(parts: list[Pairs]) -> Pairs:
    """Parts as one; they are given up one by one, or there would for a moment be twice as much."""
    found = np.empty(sum(map(len, parts)), np.uint64)
    end = len(found)
    while parts:
        part = parts.pop()
        found[end - len(part) : end] = part
        end -= len(part)
    return found


def _breaks(seeds: Pairs) -> Numbers:
    """Where in sorted pairs of places one does not follow on the one before, on both sides."""
    found = [np.zeros(min(len(seeds), 1), np.int64)]
    for start in range(1, len(seeds), _STRETCH):
        some = seeds[start - 1 : start + _STRETCH]
        found.append(start + np.flatnonzero(some[1:] - some[:-1] != _NEXT))
    return np.concatenate(found)


def _bits(corpus: Corpus, holders: Holders, passages: Passages) -> npt.NDArray[np.float64]:
    """How much each passage tells: for every LENGTH signs as many bits as the shingles there are rare among offices.

    A sign counts as the commonest shingle that holds it: where two phrases of the genre meet, their seam is rare, and
    still each of the two may stand anywhere.
    """
    starts, found = corpus.texts.starts, np.zeros(len(passages))
    for first, last in _stretches(starts):
        here = slice(*np.searchsorted(passages["mine"], (starts[first], starts[last])))
        commonest = _highest(np.maximum(holders[starts[first] : starts[last]] & ~np.uint16(_STOCK), 1))
        told = np.append(0, np.cumsum(np.log2(len(corpus.first) / commonest) / LENGTH))
        begin = passages["mine"][here] - starts[first]
        found[here] = told[begin + passages["signs"][here]] - told[begin]
    return found


def _reach(texts: Texts, mine: Numbers, theirs: Numbers, room: Numbers, step: int) -> Numbers:
    """How many more signs are the same from two places on, at most so many as there is room."""
    found = np.zeros(len(mine), np.int64)
    left, distance = np.flatnonzero(room > 0), 1
    while len(left):
        same = texts.codes[mine[left] + step * distance] == texts.codes[theirs[left] + step * distance]
        left = left[same]
        found[left] = distance
        left = left[room[left] > distance]
        distance += 1
    return found


def _source(corpus: Corpus, mine: Numbers, theirs: Numbers) -> Numbers:
    """What the second report of a pair is to the first."""
    me, other = corpus.offices[mine], corpus.offices[theirs]
    found = np.where(corpus.parents[me] == corpus.parents[other], Source.PEERS, Source.ELSEWHERE)
    found[me == other] = Source.EARLIER
    found[(corpus.superiors[me] == other[:, None]).any(axis=1)] = Source.SUPERIOR
    return found


def _least(corpus: Corpus, passages: Passages) -> tuple[float, ...]:
    """The fewest bits with which a passage is no chance, by source.

    Those who never read each other come to use the same words, too, but with each bit there are fewer such passages by
    a factor, as in Karlin & Altschul 1990 (Proceedings of the National Academy of Sciences 87, 2264-2268). How fast it
    goes, the commoner nine tenths of the passages shared with anybody elsewhere say; how many there are of one source,
    the number of pairs of reports. So many bits are enough where at most FALSE of the passages that have them are
    chance's: their tail-area false discovery rate (Storey 2002, Journal of the Royal Statistical Society B 64, 479-498).
    """
    far = np.sort(passages["bits"][passages["source"] == Source.ELSEWHERE])
    start, left = float(np.log2(len(corpus.first) / 2)), float(len(far))  # of a shingle that two offices have
    halving = start * _HALVING / LENGTH
    if len(far) >= _ENOUGH:
        middle, start = np.quantile(far, (0.5, 0.9))
        left, halving = 0.1 * len(far), max(start - middle, _FINEST) / np.log2(5)
    pairs, least = _related(corpus), [0.0] * len(Source)
    for source in COPIED:
        bits = np.sort(passages["bits"][passages["source"] == source])
        found = len(bits) - np.arange(len(bits))
        model = left * 0.5 ** ((bits - start) / halving)
        chance = np.minimum(model, len(far) - np.searchsorted(far, bits)) * pairs[source] / pairs[Source.ELSEWHERE]
        fine = bits[chance <= FALSE * found]
        least[source] = float(fine[0]) if len(fine) else np.inf
    return tuple(least)


def _related(corpus: Corpus) -> dict[Source, float]:
    """How many pairs of reports there are between which words may pass, by source."""
    reports = np.bincount(corpus.offices)
    together = np.bincount(corpus.parents, reports)
    above = np.where(corpus.superiors >= 0, reports[corpus.superiors], 0).sum(axis=1)
    return {
        Source.ELSEWHERE: float(len(corpus.reports)) ** 2 / 2,
        Source.PEERS: float((together**2).sum() - (reports**2).sum()) / 2,
        Source.EARLIER: float((reports * (reports - 1)).sum()) / 2,
        Source.SUPERIOR: float((above * reports).sum()) / 2,
    }


def _counts(corpus: Corpus, holders: Holders, passages: Passages, enough: Mask) -> Numbers:
    """Reports × Source: each sign has the highest source among the passages and the shingles of stock that hold it."""
    starts, counts = corpus.texts.starts, np.zeros((len(corpus.reports), len(Source)), np.int64)
    sources = np.where(enough, passages["source"], Source.STOCK)
    for first, last in _stretches(starts):
        begin, end = starts[first], starts[last]
        own = np.where(_highest(holders[begin:end] & np.uint16(_STOCK)) > 0, Source.STOCK, Source.OWN)
        here = slice(*np.searchsorted(passages["mine"], (begin, end)))
        for source in (Source.STOCK, *COPIED):
            mine = passages[here][sources[here] == source]
            edges = np.bincount(mine["mine"] - begin, minlength=end - begin + 1)
            edges -= np.bincount(mine["mine"] + mine["signs"] - begin, minlength=end - begin + 1)
            own[np.cumsum(edges[:-1]) > 0] = source
        of = np.repeat(np.arange(last - first), np.diff(starts[first : last + 1]))
        found = np.bincount(of * len(Source) + own, minlength=(last - first) * len(Source))
        counts[first:last] = found.reshape(-1, len(Source))
    return counts


def _highest(values: Holders) -> Holders:
    """For each sign the highest value of the LENGTH shingles that may hold it; none reaches into the next text."""
    found, size = values.copy(), 1
    while size < LENGTH:
        step = min(size, LENGTH - size)
        found[step:] = np.maximum(found[step:], found[:-step])
        size += step
    return found


def _stretches(starts: Numbers) -> Iterator[tuple[int, int]]:
    """Numbers of reports, from and up to, whose texts together are not too long to be counted at once."""
    first = 0
    while first < len(starts) - 1:
        last = max(first + 1, int(np.searchsorted(starts, starts[first] + _STRETCH, side="right")) - 1)
        yield first, last
        first = last
