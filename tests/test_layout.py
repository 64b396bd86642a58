"""Positions: everything has a place of its own, and the words between them do not meet."""

from itertools import combinations, pairwise
from math import dist, hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.layout import CELL, LETTER, PITCH, Ellipse, Layout, Spot, arrange, crowded, spread
from graph.network import Network


def network_of(**numbers: int) -> Network:
    """So many nodes of each kind; mechanisms in ten areas, each practice under one, all in every jurisdiction."""
    found = Network()
    empty = {"zh": "名称", "area": "", "area_zh": "", "area_en": ""}
    for kind, number in numbers.items():
        for each in range(number):
            area = f"area-{each % 10}" if kind == "mechanism" else ""
            found.add_node(f"{kind}-{each:03}", **{**empty, "kind": kind, "area": area})
    for practice in range(numbers.get("practice", 0)):
        found.add_edge(f"practice-{practice:03}", f"mechanism-{practice % numbers['mechanism']:03}")
    return found


SIZES = [
    {"jurisdiction": 0},
    {"jurisdiction": 1},
    {"jurisdiction": 2, "weakness": 3},
    {"jurisdiction": 5, "mechanism": 90, "weakness": 20, "practice": 60},
    {"jurisdiction": 80, "mechanism": 115, "weakness": 36, "practice": 80},
    {"jurisdiction": 1, "mechanism": 1, "practice": 200},
]


@pytest.fixture(scope="module", params=SIZES, ids=str)
def drawn(request: pytest.FixtureRequest) -> tuple[Network, Layout]:
    """A network of some size, and where it stands."""
    network = network_of(**request.param)
    return network, arrange(network)


def of_kind(drawn: tuple[Network, Layout], *kinds: str) -> list[Spot]:
    """The spots of these kinds."""
    network, layout = drawn
    return [layout.spots[node] for node, about in network.nodes(data=True) if about["kind"] in kinds]


def test_everything_has_a_place(drawn: tuple[Network, Layout]) -> None:
    """Each node has one spot, and it lies on or in the ellipse."""
    network, layout = drawn
    assert set(layout.spots) == set(network)
    for spot in layout.spots.values():
        assert (spot.x / layout.size[0]) ** 2 + (spot.y / layout.size[1]) ** 2 < 1.001
        assert hypot(*spot.towards) == pytest.approx(1)


def test_lines_of_text_have_room(drawn: tuple[Network, Layout]) -> None:
    """On the ellipse each label has a line's height to itself, and labels spread as they run outwards."""
    spots = of_kind(drawn, "mechanism", "weakness")
    for one, other in combinations(spots, 2):
        near = dist((one.x, one.y), (other.x, other.y))
        ends = [(spot.x + 100 * spot.towards[0], spot.y + 100 * spot.towards[1]) for spot in (one, other)]
        assert near > PITCH * 0.97
        assert dist(*ends) >= near


def test_jurisdictions_have_room(drawn: tuple[Network, Layout]) -> None:
    """No two jurisdictions' names can meet."""
    for one, other in combinations(of_kind(drawn, "jurisdiction"), 2):
        assert abs(one.x - other.x) >= CELL[0] - 1e-6 or abs(one.y - other.y) >= CELL[1] - 1e-6


def test_practices_do_not_meet(drawn: tuple[Network, Layout]) -> None:
    """Practices stand apart, however many there are under one mechanism."""
    spots = of_kind(drawn, "practice")
    assert len({(round(spot.x, 2), round(spot.y, 2)) for spot in spots}) == len(spots)


def test_areas_in_order() -> None:
    """Known areas follow the order of the reports, new ones come after, weaknesses stand at the foot."""
    network = network_of(mechanism=4, weakness=1)
    for node, area in zip(network, ("literacy", "brand-new", "leadership", "decision"), strict=False):
        network.nodes[node]["area"] = area
    layout = arrange(network)
    assert [sector.area for sector in layout.sectors] == ["leadership", "decision", "literacy", "brand-new", ""]
    assert (layout.spots["weakness-000"].x, layout.spots["weakness-000"].y) == pytest.approx((0, layout.size[1]))


@given(st.lists(st.floats(0, 100), max_size=20), st.floats(0.1, 5))
def test_spread_keeps_apart_and_in_order(wanted: list[float], spacing: float) -> None:
    """Places keep their order and their distance and stay within the bounds; what has room stays where it is."""
    wanted.sort()
    found = spread(wanted, spacing, 100)
    assert all(b - a > spacing - 1e-6 for a, b in pairwise(found))
    assert all(-1e-6 < place < 100 + 1e-6 for place in found)
    if all(b - a > spacing for a, b in pairwise([-spacing, *wanted, 100 + spacing])):
        inside = [place for place in wanted if spacing / 2 <= place <= 100 - spacing / 2]
        assert len(inside) < len(wanted) or found == pytest.approx(wanted)


def test_spread_gathers_around_what_is_wanted() -> None:
    """Three that want the same place stand around it."""
    assert spread([50, 50, 50], 10, 100) == pytest.approx([40, 50, 60])


@pytest.mark.parametrize(
    ("away", "expected"), [(LETTER * 0.9, {"b"}), (LETTER * 1.1, set())], ids=["too near", "near enough"]
)
def test_crowded(away: float, expected: set[str]) -> None:
    """A label that would run into an earlier one is not shown at once."""
    one, other = Spot(0, 0, (0, 1)), Spot(away, 0, (0, 1))
    assert crowded([("a", one, "解纷小院"), ("b", other, "一码通")]) == expected


@pytest.mark.parametrize("at", [0.0, 0.25, 0.5, 0.75, 1.0, -0.25])
def test_ellipse(at: float) -> None:
    """The rim begins at the lowest point and runs clockwise; a spot looks outwards."""
    ellipse = Ellipse(200, 100)
    spot = ellipse.spot(at * ellipse.length)
    expected = {0.0: (0, 100), 0.25: (-200, 0), 0.5: (0, -100), 0.75: (200, 0)}[at % 1]
    assert (spot.x, spot.y) == pytest.approx(expected, abs=0.6)
    assert spot.x * spot.towards[0] + spot.y * spot.towards[1] > 0
