"""Provinces by areas, and what goes together beyond chance: planted pairs are found, and in chance nothing is."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import false_discovery_control, fisher_exact

from graph.analysis.backbone import backbone, shown
from graph.analysis.chance import FEWEST, adjusted, fisher, tail
from graph.analysis.coverage import Cell, coverage

MECHANISMS = 30


def uneven(seed: int, places: int) -> NDArray[np.bool_]:
    """Places × mechanisms by chance alone, but some places state nearly everything and some mechanisms are common."""
    chance = np.random.default_rng(seed)
    long, common = chance.normal(0, 1.2, places), np.linspace(-2.5, 1.5, MECHANISMS)
    stated: NDArray[np.bool_] = chance.random((places, MECHANISMS)) < 1 / (1 + np.exp(-(long[:, None] + common)))
    return stated


def holders(stated: NDArray[np.bool_]) -> dict[str, set[str]]:
    """The same as sets of places."""
    return {f"m{column:02}": {f"p{row}" for row in np.flatnonzero(held)} for column, held in enumerate(stated.T)}


@pytest.mark.parametrize("places", [60, 400, 3000])
def test_chance_gives_about_no_edges(places: int) -> None:
    """Over many graphs made by chance a false edge is rare, however uneven they are."""
    found = [len(backbone(holders(uneven(seed, places))).pairs) for seed in range(20)]
    assert sum(found) <= 3
    counted = uneven(0, places).T.astype(int) @ uneven(0, places)
    assert (counted > 0).mean() > 0.9, "a plain count would join nearly all"


@pytest.mark.parametrize(("places", "copied"), [(200, 0.6), (2000, 0.25)])
def test_planted_pairs_are_found(places: int, copied: float) -> None:
    """Where some places state one because they state the other, these pairs are found, and hardly another."""
    planted = {(8, 9), (14, 15), (20, 21)}
    stated = uneven(3, places)
    chance = np.random.default_rng(4)
    for one, other in planted:
        stated[:, other] = np.where(chance.random(places) < copied, stated[:, one], stated[:, other])
    found = backbone(holders(stated))
    pairs = {(int(pair.one[1:]), int(pair.other[1:])) for pair in found.pairs}
    assert planted <= pairs
    assert len(pairs - planted) <= 1
    assert found.tested == MECHANISMS * (MECHANISMS - 1) // 2
    for pair in found.pairs:
        both = stated[:, int(pair.one[1:])] & stated[:, int(pair.other[1:])]
        assert pair.together == both.sum() > pair.expected
        assert 0 <= pair.p <= 0.05


def test_what_keeps_apart_is_no_edge() -> None:
    """Two mechanisms that shun each other are not joined, and do not join others."""
    stated = uneven(5, 1000)
    stated[:, 11] &= ~stated[:, 10]
    assert ("m10", "m11") not in {(pair.one, pair.other) for pair in backbone(holders(stated)).pairs}


def test_few_places_tell_nothing() -> None:
    """With five places, or one less than needed, nothing is tested, even where all is the same."""
    same = {f"m{number}": {f"p{place}" for place in range(FEWEST - 1) if place % 2} for number in range(4)}
    same["m9"] = {f"p{place}" for place in range(FEWEST - 1)}
    found = backbone(same)
    assert found.too_few
    assert (found.places, found.tested, found.pairs) == (FEWEST - 1, 0, ())
    assert backbone({}).pairs == ()


def test_all_or_nothing_is_put_aside() -> None:
    """A mechanism of every place and a place with every mechanism tell nothing, and break nothing."""
    stated = uneven(6, 300)
    stated[:, 0] = True
    stated[0] = True
    stated[:, 21] = np.where(np.arange(300) % 3 > 0, stated[:, 20], stated[:, 21])
    found = {(pair.one, pair.other): pair for pair in backbone(holders(stated)).pairs}
    assert found["m20", "m21"].together == (stated[:, 20] & stated[:, 21]).sum()
    assert all("m00" not in pair for pair in found)
    assert backbone(holders(np.ones((50, 4), dtype=bool))).pairs == ()


def test_the_order_of_the_places_means_nothing() -> None:
    """The same sets give the same pairs."""
    stated = uneven(7, 300)
    stated[:, 5] = stated[:, 4] | stated[:, 5]
    turned = dict(reversed(holders(stated[::-1]).items()))
    assert [(pair.one, pair.other) for pair in backbone(holders(stated)).pairs] == [
        (pair.one, pair.other) for pair in backbone({name: turned[name] for name in turned}).pairs
    ]


def test_the_tail_is_near_the_exact_one() -> None:
    """Against the distribution itself, by convolution: within a tenth down to one in a trillion."""
    chance = np.random.default_rng(8)
    for _ in range(40):
        many, chances = chance.integers(3, 40, 5), chance.random(5) * 0.9
        exact = np.ones(1)
        for number, each in zip(many, chances, strict=True):
            for _ in range(number):
                exact = np.convolve(exact, [1 - each, each])
        mean = float(many @ chances)
        for least in range(int(mean) + 2, int(many.sum()) + 1, 3):
            if (truth := float(exact[least:].sum())) > 1e-12:
                (found,) = tail(chances[None], many.astype(float), np.array([float(least)]))
                assert abs(np.log(found / truth)) < 0.1


def test_the_false_discovery_rate_is_benjamini_and_hochbergs() -> None:
    """What is given with the pairs found is what scipy's own procedure gives for all that were tested."""
    values = np.random.default_rng(2).random(200) ** 3
    assert np.allclose(adjusted(values), false_discovery_control(values))


def test_unevenness_of_two_groups_is_fishers() -> None:
    """The p-values of many tables at once are those that scipy gives for each, also where a row or a column is empty."""
    chance = np.random.default_rng(3)
    tables = np.concatenate([chance.integers(0, most, (60, 2, 2)) for most in (3, 12, 400)])
    tables[0], tables[1] = [[5, 0], [0, 7]], [[0, 0], [3, 4]]
    assert np.allclose(fisher(tables), [fisher_exact(each)[1] for each in tables], rtol=1e-7)
    assert len(fisher(np.empty((0, 2, 2), np.int64))) == 0


def test_a_picture_shows_each_mechanisms_best_first() -> None:
    """Of more pairs than a picture holds no mechanism's best is given up for the fifth of another."""
    stated = uneven(9, 4000)
    stated[:, 10:20] |= (np.random.default_rng(1).random(4000) < 0.3)[:, None]
    stated[:, 25] = np.where(np.arange(4000) % 5 == 0, stated[:, 24], stated[:, 25])
    pairs = backbone(holders(stated)).pairs
    assert len(pairs) > 40
    some = shown(pairs, 20)
    assert len(some) == 20
    assert [pair.score for pair in some] == sorted((pair.score for pair in some), reverse=True)
    assert {"m24", "m25"} <= {name for pair in some for name in (pair.one, pair.other)}
    assert shown(pairs, 10_000) == list(pairs)


def test_provinces_by_areas() -> None:
    """A cell counts places once, over all places of its province, also those that state nothing."""
    found = coverage(
        {"a1": {"p1", "p2", "q1"}, "a2": {"p1"}, "b1": {"q1"}},
        {"a1": "A", "a2": "A", "b1": "B", "b2": "B"},
        {"p1": "P", "p2": "P", "p3": "P", "q1": "Q"},
    )
    assert found == [
        Cell("P", "A", 2, 3, 1.0),
        Cell("P", "B", 0, 3, 0.0),
        Cell("Q", "A", 1, 1, 1.0),
        Cell("Q", "B", 1, 1, 1.0),
    ]
    assert found[0].share == 2 / 3
