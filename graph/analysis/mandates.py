"""What a document from above asks for, and whether places took it up because of that, all at once.

A mechanism that spreads between peers reaches some places this year and their neighbours later. One that all are told
to have is taken up in most provinces in the year of the document or the next, which makes everybody look like
everybody's follower. Which mechanism a document asks for is said in the scheme (`dcterms:references` to a section of
the document, and the document's `dcterms:issued`), never here.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import stdtr

from graph.analysis.adoption import Integers
from graph.analysis.cascades import Bits, Cascades
from graph.analysis.chance import FALSE, Floats, adjusted
from graph.store import Queryable

WINDOW = 2  # years: that of the document, since most reports on it are written after, and the next
MOST = 2 / 3  # of the first reports, of a province and of all, and of the provinces
FEW = 5
OTHERS = 10

_ASKED = """
SELECT DISTINCT ?thing ?name ?document ?section ?issued WHERE {
    ?thing dcterms:references ?part ; skos:inScheme mechanism: ; skos:prefLabel ?name .
    ?part dcterms:isPartOf ?whole ; dcterms:title ?section .
    ?whole dcterms:issued ?issued ; dcterms:title ?document .
    FILTER (lang(?name) = "zh" && lang(?section) = "zh" && lang(?document) = "zh")
}
ORDER BY ?thing ?issued ?part"""


@dataclass(frozen=True, slots=True)
class Asked:
    """That a document of a year asks for a thing (an IRI) in one of its sections."""

    thing: str
    name: str
    document: str
    section: str
    year: int


@dataclass(frozen=True, slots=True)
class Mandate:
    """How a thing that is asked for was taken up.

    Of `dated` first reports `within` are of the year of the document or the next; `expected` would be, if those who
    report it then had taken it up in such years as they take up what no document asks for. `q` is the false discovery
    rate of so many being chance, among all that is asked for. Of `provinces` with a dated first report most are of
    these years in `jumping`. `top_down` is true where so many are beyond chance, and are most of all and of most
    provinces.
    """

    asked: Asked
    dated: int
    within: int
    expected: float
    p: float
    q: float
    provinces: int
    jumping: int
    top_down: bool


def read_asked(store: Queryable) -> list[Asked]:
    """What the documents that the graph knows ask for; of several sections the first."""
    found: dict[tuple[str, str], Asked] = {}
    for row in store.select(_ASKED):
        one = Asked(row["thing"], row["name"], row["document"], row["section"], int(row["issued"][:4]))
        found.setdefault((one.thing, one.document), one)
    return list(found.values())


def mandates(found: Cascades, asked: Collection[Asked]) -> list[Mandate]:
    """For each thing that is asked for how it was taken up; those that came from above first, then the surest.

    How many of a thing's first reports fall into the years is held against the places' own years, and against how
    unevenly things come by that no document asks for: each has its wave, and what comes in a wave is no mandate. So
    the spread of these around what is expected of them (the dispersion of Wedderburn 1974, Biometrika 61, 439-447)
    widens the variance of all, and p is the tail of Student's distribution. What jumps in these years without a
    document that is known here is no such measure. Things with fewer than `FEW` dated first reports are left out; with
    fewer than `OTHERS` that no document asks for, nothing can be told and the list is empty.
    """
    column = {thing: number for number, thing in enumerate(found.things)}
    counted = found.dated.sum(axis=0) >= FEW
    wanted = [each for each in asked if each.thing in column and counted[column[each.thing]]]
    provinces = np.unique([place.code[:2] for place in found.places], return_inverse=True)[1]
    told = []
    for year in sorted({each.year for each in wanted}):
        since = year - found.years.start
        inside = found.dated & (found.onsets >= since) & (found.onsets < since + WINDOW)
        reached, jumping, most = _jumps(found.dated, inside, provinces)
        free = counted & ~most
        free[[column[each.thing] for each in wanted]] = False
        if free.sum() < OTHERS:
            continue
        expected, variance = _expected(found.dated, inside, free)
        with np.errstate(divide="ignore", invalid="ignore"):
            beyond = (inside.sum(axis=0) - expected) / np.sqrt(variance)
        uneven = max(1.0, float((beyond[free] ** 2).mean()))
        for each in wanted:
            at = column[each.thing]
            if each.year == year:
                p = float(stdtr(free.sum(), -beyond[at] / np.sqrt(uneven)))
                numbers = (int(found.dated[:, at].sum()), int(inside[:, at].sum()), round(float(expected[at]), 2))
                told.append(Mandate(each, *numbers, p, p, int(reached[at]), int(jumping[at]), bool(most[at])))
    q = adjusted(np.array([each.p for each in told]))
    sure = [
        replace(each, q=float(value), top_down=each.top_down and bool(value <= FALSE))
        for each, value in zip(told, q, strict=True)
    ]
    return sorted(sure, key=lambda each: (not each.top_down, each.q, -each.within, each.asked.thing))


def top_down(told: Sequence[Mandate]) -> frozenset[str]:
    """The things that came from above."""
    return frozenset(each.asked.thing for each in told if each.top_down)


def _jumps(dated: Bits, inside: Bits, provinces: Integers) -> tuple[Integers, Integers, Bits]:
    """For each thing in how many provinces it is dated, in how many most is of these years, and whether most of all is."""
    sums = np.zeros((2, provinces.max(initial=-1) + 1, dated.shape[1]), np.int64)
    for number, bits in enumerate((dated, inside)):
        np.add.at(sums[number], provinces, bits)
    reached = (sums[0] > 0).sum(axis=0)
    jumping = ((sums[0] > 0) & (sums[1] >= MOST * sums[0])).sum(axis=0)
    most = (reached > 1) & (jumping >= MOST * reached) & (sums[1].sum(axis=0) >= MOST * sums[0].sum(axis=0))
    return reached, jumping, most


def _expected(dated: Bits, inside: Bits, free: Bits) -> tuple[Floats, Floats]:
    """For each thing how many first reports of these years its places would have, and the variance of that."""
    own, all_ = inside[:, free].sum(axis=1), dated[:, free].sum(axis=1)
    # Each place by its own share of years, held by that of all where it has few.
    chances = (own + own.sum() / max(1, all_.sum())) / (all_ + 1)
    return chances @ dated, (chances * (1 - chances)) @ dated
