"""Likeness told from chance: draws keep what the null model keeps, p-values hold under it, planted groups are found."""

import numpy as np
import pytest

from benchmarks.likeness import alone, planted, scored
from graph.analysis.groups import NEAREST, by_chance, communities, groups, groups_of, validated
from graph.analysis.profiles import Profiles
from graph.analysis.similarity import similar
from graph.analysis.surprise import Chance
from graph.errors import UnknownThing
from graph.plots.groups import plot_groups
from graph.plots.similarity import plot_similar
from graph.telling.groups import groups_rows, tell_groups
from graph.telling.similarity import similar_rows, tell_similar
from tests.factories import deficiency, graph_from, report


def sizes(profiles: Profiles) -> dict[str, list[float]]:
    """Each place's strengths, in order."""
    return {
        place: sorted(round(strength, 9) for strength in profile.values())
        for place, profile in profiles.of_place.items()
    }


def test_draws_keep_what_places_and_concepts_have() -> None:
    """Each place names as much, as strongly; each concept is named by as many places, on average."""
    profiles = alone(120, seed=1)
    drawn = list(Chance(profiles).replicates(60))
    assert all(sizes(each) == sizes(profiles) for each in drawn)
    for concept in profiles.weights:
        own, found = (
            [sum(concept in profile for profile in each.of_place.values()) for each in some]
            for some in ([profiles], drawn)
        )
        error = (own[0] / len(drawn)) ** 0.5
        assert abs(np.mean(found) - own[0]) < 4 * error + 0.2


def test_the_same_profiles_give_the_same_figures() -> None:
    """Chance has a seed, and another draws otherwise."""
    profiles = alone(60, seed=2)
    place = next(iter(profiles.of_place))
    likest = profiles.likest(place, 5)
    first, second = (Chance(profiles, seed, 5_000).surprises(place, likest) for seed in (0, 0))
    assert first == second != Chance(profiles, 1, 5_000).surprises(place, likest)


def test_p_values_hold_under_the_null() -> None:
    """At most 5 % of the p-values of likenesses by chance are below 5 %, but for the error of so many; rates too."""
    p, false = [], []
    for seed in range(6):
        profiles = alone(90, seed)
        chance = Chance(profiles, draws=20_000)
        for place in list(profiles.of_place)[::9]:
            every = dict(profiles.likest(place, len(profiles.of_place)))
            for other in list(profiles.of_place)[::5]:
                if other != place:
                    p.append(chance.surprises(place, [(other, every.get(other, 0.0))])[0].p)
            false.append(chance.surprises(place, profiles.likest(place, 10))[0].fdr)
    assert np.mean(np.array(p) <= 0.05) <= 0.05 + 2 * (0.05 * 0.95 / len(p)) ** 0.5
    assert np.mean(np.array(false) <= 0.05) <= 0.1
    assert np.mean(np.array(p) <= 0.5) > 0.3, "else the test could not fail for being too cautious"


def test_chance_gives_no_groups() -> None:
    """Where nothing is planted, no pairs are left in nearly all collections, and no group in any."""
    found = [groups_of(profiles, {}, {}) for profiles in (alone(80, seed) for seed in range(6))]
    assert sum(each.pairs > 0 for each in found) <= 2
    assert sum(len(each.groups) for each in found) == 0


def test_so_many_so_like_are_as_rare_as_said() -> None:
    """Of a place's likest by chance at most 5 % are told from chance at 5 %, but for the error; p gets tiny all the same."""
    p = [
        by_chance(profiles, [[score for _, score in own] for _, own in profiles.all_likest(NEAREST)])[0]
        for profiles in (alone(150, seed) for seed in range(6))
    ]
    found = np.concatenate(p)
    for of_rank in found.T:
        of_rank = of_rank[~np.isnan(of_rank)]
        assert (of_rank <= 0.05).mean() <= 0.05 + 2 * (0.05 * 0.95 / len(of_rank)) ** 0.5
    assert np.nanmean(found <= 0.5) > 0.1, "else the test could not fail for being too cautious"
    profiles, _, truth = planted(160, 6, 12, seed=3)
    p_values, _ = by_chance(profiles, [[score for _, score in own] for _, own in profiles.all_likest(NEAREST)])
    assert np.nanmin(p_values) < 1e-9 and truth


def test_planted_groups_are_found() -> None:
    """Groups of places that share four weaknesses come out, hardly with strangers among them."""
    precision, recall, rand = scored(planted(160, 6, 8, seed=3))
    assert precision >= 0.9 and recall >= 0.6 and rand >= 0.9


def test_few_places_tell_nothing() -> None:
    """With fewer than thirty there is no p-value, no pair and no group, and it says so."""
    profiles = planted(20, 2, 8, seed=4)[0]
    place = next(iter(profiles.of_place))
    assert Chance(profiles).surprises(place, profiles.likest(place, 3)) == [] and validated(profiles) == {}
    store = graph_from(report("330324006"), report("430406"))
    assert "no groups can be told" in groups(store).caution
    result = similar(store, "三江街道")
    assert result.likenesses[0].surprise is None
    assert "cannot be told from chance" in tell_similar(result)


def test_runs_that_disagree_are_told() -> None:
    """Two cliques are one partition in every run; a ring, which can be cut anywhere, is not stable."""
    cliques = {(f"{c}{i}", f"{c}{j}"): 1.0 for c in "ab" for i in range(6) for j in range(i + 1, 6)}
    sure = communities(cliques)
    assert sure.agreement == 1.0 and [stability for _, stability, _ in sure.groups] == pytest.approx([1, 1])
    ring = {(f"{i:02}", f"{(i + 1) % 60:02}"): 1.0 for i in range(60)}
    unsure = communities(ring)
    assert unsure.agreement < 0.95 and min(stability for _, stability, _ in unsure.groups) < 0.75


def test_groups_are_told_by_what_sets_them_apart() -> None:
    """As text, rows and picture: the planted weaknesses, with counts here and elsewhere."""
    profiles, known, truth = planted(120, 3, 10, seed=6)
    result = groups_of(profiles, known, {})
    assert result.groups and all(group.stability >= 0.75 and group.telling for group in result.groups)
    text = tell_groups(result, 1)
    first = result.groups[0]
    assert f"{first.telling[0].inside} of {len(first.members)} here" in text
    assert ("more: --limit 0" in text) == (len(result.groups) > 1)
    rows = list(groups_rows(result))
    assert len(rows) == 1 + sum(len(group.members) for group in result.groups)
    assert "在组内" not in text and "组内".encode() in plot_groups(result)
    assert truth


def test_only_some_places() -> None:
    """By level and province only others are listed, in the weights of all; an unknown province is told."""
    said = (deficiency("legal-talent", "review-depth"),)
    store = graph_from(*(report(code, deficiencies=said) for code in ("330324006", "330324", "430406", "500101")))
    assert [each.place.code for each in similar(store, "三江街道", level="county").likenesses] == [
        "330324",
        "430406",
        "500101",
    ]
    inside = similar(store, "三江街道", province="浙江省")
    assert [each.place.code for each in inside.likenesses] == ["330324"] and inside.compared == 1
    assert inside.likenesses[0].shared[0].weight == similar(store, "三江街道").likenesses[0].shared[0].weight
    assert similar(store, "三江街道", province="33") == inside
    with pytest.raises(UnknownThing, match="did you mean 湖南省"):
        similar(store, "三江街道", province="湖南")
    rows = list(similar_rows(inside))
    assert len(rows) == 1 + len(inside.likenesses[0].shared) and rows[1][2] == "330324"
    assert "永嘉县".encode() in plot_similar(inside)
