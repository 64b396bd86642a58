"""Groups of mechanisms and what joins them; what places like one have that it does not."""

import numpy as np
import pytest

from graph.analysis.adoption import Adoptions, Saying, State, Told, adoptions
from graph.analysis.coadoption import FEWEST_PEERS, PEERS, Latest, coadoption, holders
from graph.analysis.communities import communities, rand_index
from graph.naming import Place


def cliques(*sizes: int) -> list[tuple[str, str, float]]:
    """Groups in which all are joined, each to the next by one weak line from its first node to that one's first."""
    groups = [[f"{chr(97 + number)}{node}" for node in range(size)] for number, size in enumerate(sizes)]
    inside = [(one, other, 5.0) for group in groups for one in group for other in group if one < other]
    return inside + [(one[0], other[0], 1.0) for one, other in zip(groups, groups[1:], strict=False)]


def test_planted_groups_are_found() -> None:
    """Each clique is a group, in all runs, the largest first; the weak lines are what bridges."""
    found = communities(cliques(6, 5, 4))
    assert [{node[0] for node in group} for group in found.groups] == [{"a"}, {"b"}, {"c"}]
    assert [len(group) for group in found.groups] == [6, 5, 4]
    assert found.stability == pytest.approx(1)
    assert found.modularity > 0.5
    assert {frozenset((link.one, link.other)) for link in found.links} == {
        frozenset(("a0", "b0")),
        frozenset(("b0", "c0")),
    }
    assert found.bridges[0].node == "b0"
    assert found.bridges[0].groups == 2


def test_shares_of_ways_are_shares() -> None:
    """All ways from one half to the other go over the only line between them."""
    found = communities(cliques(4, 4))
    assert [link.between for link in found.links] == [pytest.approx(1)]
    assert all(0 < bridge.between <= 1 for bridge in found.bridges)


def test_the_same_lines_give_the_same_groups() -> None:
    """In whatever order they come."""
    edges = cliques(5, 4, 4)
    assert communities(edges) == communities(edges[::-1])


def test_groups_without_a_reason_are_not_stable() -> None:
    """In a ring of many nodes alike where a group ends is chance, and the runs say so."""
    ring = [(f"n{node:02}", f"n{(node + 1) % 40:02}", 1.0) for node in range(40)]
    assert communities(ring).stability < 0.9


def test_no_lines_no_groups() -> None:
    """Nothing is made of nothing."""
    assert communities([]).groups == ()


@pytest.mark.parametrize(
    ("one", "other", "index"),
    [([0, 0, 1, 1], [1, 1, 0, 0], 1), ([0, 0, 0, 0], [0, 0, 0, 0], 1), ([0, 0, 1, 1], [0, 1, 0, 1], -0.5)],
)
def test_agreement_of_groupings(one: list[int], other: list[int], index: float) -> None:
    """The adjusted Rand index of small groupings, counted by hand; names of groups do not matter."""
    assert rand_index(np.array(one), np.array(other)) == pytest.approx(index)


def test_the_rand_index_is_that_of_the_books() -> None:
    """The same partition 1, the example of Hubert & Arabie's formula worked by hand, and about 0 by chance."""
    one, other = np.array([0, 0, 1, 1]), np.array([0, 0, 1, 2])
    assert rand_index(one, one[::-1].copy()) == 1.0
    assert rand_index(one, other) == pytest.approx((1 - 2 * 1 / 6) / (1.5 - 2 * 1 / 6))
    random = np.random.default_rng(5)
    assert abs(np.mean([rand_index(*random.integers(0, 4, (2, 200))) for _ in range(20)])) < 0.02


def test_groups_of_what_goes_together() -> None:
    """Two sets of mechanisms, each practised by the same places, are two groups."""
    chance = np.random.default_rng(5)
    half = np.arange(400) % 2 == 0
    held: dict[str, list[str]] = {}
    for number in range(8):
        likely = np.where(half if number < 4 else ~half, 0.8, 0.2)
        held[f"m{number}"] = [f"p{place}" for place in np.flatnonzero(chance.random(400) < likely)]
    found = coadoption(held)
    assert {frozenset(group) for group in found.communities.groups} == {
        frozenset(("m0", "m1", "m2", "m3")),
        frozenset(("m4", "m5", "m6", "m7")),
    }
    assert coadoption({}).communities.groups == ()


def place(number: int, level: str = "county") -> Place:
    """A county of Zhejiang, or of Hunan from 100 on."""
    code = f"{33 if number < 100 else 43}{number:04}"
    return Place(f"division:{code}", code, level, ("省", code))


def table(many: int = 30, length: int = 1000) -> Adoptions:
    """The place 0 practises a to c; so do all others, and d as well; half of them e; a town alone practises f."""
    seats = [place(number) for number in range(many)] + [place(900, "township")]
    told = [Told(seat.iri, 2024, length) for seat in seats]
    said = [Saying(thing, seat.iri, 2024, State.PRACTISED) for seat in seats for thing in "abc"]
    said += [Saying("d", seat.iri, 2024, State.PRACTISED) for seat in seats[1:]]
    said += [Saying("e", seat.iri, 2024, State.PRACTISED) for seat in seats[1:-1:2]]
    said.append(Saying("f", seats[-1].iri, 2024, State.PRACTISED))
    said.append(Saying("d", seats[0].iri, 2024, State.LACKING))
    return adoptions(seats, told, said)


def test_what_places_like_one_have() -> None:
    """What most of its peers practise and it does not, with what it says of that itself, and of how many."""
    found = Latest(table(2 * PEERS + 1), "abcdef").lacks(0)
    assert len(found.peers) == PEERS
    assert {peer.place.level for peer in found.peers} == {"county"}
    told = {each.thing: each for each in found.missing}
    assert told["d"].state == "lacking"
    assert (told["d"].practising, told["d"].peers, told["d"].others, told["d"].base) == (
        PEERS,
        PEERS,
        2 * PEERS,
        2 * PEERS,
    )
    assert told["d"].lift == 1
    assert "f" not in told, "what a town has is no matter for a county"
    assert {"a", "b", "c"}.isdisjoint(told)


def test_silence_is_told_from_lack_and_plan() -> None:
    """Not mentioned, admitted as lacking and planned are three."""
    seats = [place(number) for number in range(12)]
    told = [Told(seat.iri, year, 500) for seat in seats for year in (2023, 2024)]
    said = [Saying(thing, seat.iri, 2023, State.PRACTISED) for seat in seats[1:] for thing in "abc"]
    said += [Saying("own", seat.iri, 2023, State.PRACTISED) for seat in seats]
    said += [Saying("a", seats[0].iri, 2023, State.LACKING), Saying("b", seats[0].iri, 2023, State.LACKING)]
    said.append(Saying("b", seats[0].iri, 2024, State.PLANNED))
    found = Latest(adoptions(seats, told, said), ["a", "b", "c", "own"]).lacks(0)
    assert {each.thing: each.state for each in found.missing} == {"a": "lacking", "b": "planned", "c": "silent"}


def test_lift_is_over_the_level() -> None:
    """What peers have more often than others of the level comes first."""
    seats = [place(number) for number in range(30)]
    told = [Told(seat.iri, 2024, 500) for seat in seats]
    alike, rest = seats[:12], seats[12:]
    said = [Saying(thing, seat.iri, 2024, State.PRACTISED) for seat in alike for thing in ("x", "y", "z")]
    said += [Saying("far", seat.iri, 2024, State.PRACTISED) for seat in rest]
    said += [Saying("everywhere", seat.iri, 2024, State.PRACTISED) for seat in seats[1:]]
    said += [Saying("ours", seat.iri, 2024, State.PRACTISED) for seat in alike[1:]]
    found = Latest(adoptions(seats, told, said), ["x", "y", "z", "far", "everywhere", "ours"]).lacks(0)
    assert [each.thing for each in found.missing] == ["ours", "everywhere"]
    assert found.missing[0].lift == pytest.approx(29 / 11, abs=1e-4)
    assert [len(each.examples) for each in found.missing] == [3, 3]


def test_peers_are_near_where_there_are_enough() -> None:
    """With enough places of like reports in the province no other counts; short reports are no peers of long ones."""
    seats = [place(number) for number in (*range(25), *range(100, 130))]
    told = [Told(seat.iri, 2024, 500 if number != 3 else 5000) for number, seat in enumerate(seats)]
    said = [Saying("a", seat.iri, 2024, State.PRACTISED) for seat in seats]
    peers = Latest(adoptions(seats, told, said), "a").like(0)
    assert all(peer.near for peer in peers)
    assert seats[3] not in [peer.place for peer in peers]
    few = Latest(adoptions(seats[20:], told[20:], said[20:]), "a").like(0)
    assert {peer.near for peer in few} == {True, False}


def test_with_too_few_nothing_is_told() -> None:
    """A handful of places, or a place that practises nothing, has no peers to learn from."""
    found = Latest(table(2 * FEWEST_PEERS), "abcdef").lacks(0)
    assert found.too_few
    assert found.missing == ()
    assert Latest(adoptions([place(1)], [], []), "a").lacks(0).peers == ()


def test_who_practises_in_any_year() -> None:
    """Places by mechanism, for the backbone."""
    found = holders(table(3), "adf")
    assert {thing: len(places) for thing, places in found.items()} == {"a": 4, "d": 3, "f": 1}
