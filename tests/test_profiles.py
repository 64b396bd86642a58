"""Profiles of weaknesses: the weights, the likeness, and who is like whom."""

from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.profiles import OTHER, STRENGTH, Feature, Profile, Profiles, information, read_profiles
from tests.factories import cause, deficiency, graph_from, report

PLACES, CONCEPTS = [f"p{number}" for number in range(7)], [f"c{number}" for number in range(4)]
FEATURES = st.builds(
    Feature,
    st.sampled_from(PLACES),
    st.sampled_from(sorted(STRENGTH)),
    st.sampled_from([*CONCEPTS, OTHER]),
    st.sampled_from([0.5, 0.7, 1.0]),
)


def likeness(mine: Profile, theirs: Profile, weights: dict[str, float]) -> float:
    """The definition: what two profiles have in common, as a share of what either has."""
    concepts = mine.keys() | theirs.keys()
    low, high = (
        sum(weights[each] * of(mine.get(each, 0.0), theirs.get(each, 0.0)) for each in concepts) for of in (min, max)
    )
    return low / high


def test_what_few_admit_tells_more() -> None:
    """The rarer a weakness, the heavier; even what everybody admits weighs a little, so nobody is like nobody."""
    weights = information({"a": {"common": 1, "rare": 1}, "b": {"common": 1}, "c": {"common": 1}})
    assert weights["rare"] == pytest.approx(-log2(2 / 5))
    assert weights["common"] == pytest.approx(-log2(4 / 5))
    assert weights["rare"] > weights["common"] > 0


@given(st.lists(FEATURES, max_size=40), st.integers(1, 8), st.sets(st.sampled_from(PLACES)))
def test_the_likest_are_those_of_the_definition(features: list[Feature], limit: int, among: set[str]) -> None:
    """For one place, among some, and for all: the same places in the same order, with the same likeness."""
    profiles = Profiles(features)
    every = {}
    for place, mine in profiles.of_place.items():
        scores = {
            other: likeness(mine, theirs, profiles.weights)
            for other, theirs in profiles.of_place.items()
            if other != place
        }
        order = sorted(
            (other for other in scores if scores[other]), key=lambda other: (-round(scores[other], 12), other)
        )
        for left in (None, among):
            found = profiles.likest(place, limit, left)
            expected = [other for other in order if left is None or other in left][:limit]
            assert [other for other, _ in found] == expected
            assert [score for _, score in found] == pytest.approx([scores[other] for other in expected])
        every[place] = profiles.likest(place, limit)
    assert dict(profiles.all_likest(limit)) == every


def test_what_is_the_strongest_counts() -> None:
    """An admitted weakness counts more than a cause, and a finding that is not sure less; nothing does for "other"."""
    profiles = Profiles(
        [
            Feature("p", "cause", "c", 1.0),
            Feature("p", "weakness", "c", 0.7),
            Feature("p", "mechanism", "m", 1.0),
            Feature("p", "weakness", OTHER, 1.0),
            Feature("q", "weakness", OTHER, 1.0),
        ]
    )
    assert profiles.of_place == {"p": {"c": 0.7, "m": 0.25}}
    assert profiles.roles == {("p", "c"): "weakness", ("p", "m"): "mechanism"}
    assert Profiles([Feature("p", "weakness", "c", 0.7)], confidence=0.8).of_place == {}
    assert profiles.likest("nowhere", 3) == []


def test_a_store_has_them() -> None:
    """What reports admit, give as a cause and say is concerned."""
    told = report("430406", deficiencies=(deficiency("team-quality", causes=(cause("legal-talent"),)),))
    ((place, profile),) = read_profiles(graph_from(told)).of_place.items()
    assert place.endswith("/430406")
    assert {concept.rpartition("/")[2]: strength for concept, strength in profile.items()}.items() >= {
        "team-quality": 1.0,
        "legal-talent": 0.5,
    }.items()


@given(st.lists(FEATURES, min_size=1, max_size=40), st.lists(FEATURES, min_size=1, max_size=40))
def test_rivals_are_those_of_the_definition(features: list[Feature], drawn: list[Feature]) -> None:
    """Of others, those as like a place as its likest are counted, weighed as the places are, in whatever strengths."""
    own = Profiles([*features, *(Feature("all", "weakness", each, 1.0) for each in CONCEPTS)])
    others = Profiles([*drawn, Feature("q", "cause", CONCEPTS[0], 0.9)])
    scores = np.array([[score for _, score in own.likest(place, 1)] * 2 or [1.0, 1.0] for place in own.of_place])
    scores[:, 1] *= 0.6
    expected = [
        [
            sum(likeness(mine, other, own.weights) >= least - 1e-7 for other in others.of_place.values())
            for least in of_place
        ]
        for mine, of_place in zip(own.of_place.values(), scores.tolist(), strict=True)
    ]
    assert own.rivals(others, scores).tolist() == expected
