"""What is planted is found: S-curves, orders from above and below, clusters; where chance alone is, it is told so."""

from collections.abc import Callable

import numpy as np
import pytest

from graph.analysis.adoption import Adoptions, Saying, State, Told, adoptions
from graph.analysis.concentration import Concentration, concentrations
from graph.analysis.reach import Before, Order, Tree, before, order, speed, steps
from graph.naming import Place
from tests.countries import YEARS, Integers, country, planted

PLACES = country()
MANY = len(PLACES)
LEVELS = np.array([len(place.code) // 2 for place in PLACES])
PREFECTURES = np.unique([place.code[:4] for place in PLACES], return_inverse=True)[1]
NEVER = 99

Begun = Callable[[np.random.Generator], Integers]


def any_time(chance: np.random.Generator) -> Integers:
    """Whenever: as many begin each year, and some after the last."""
    return chance.integers(0, 14, MANY)


def all_along(chance: np.random.Generator) -> Integers:
    """Half of the places had it before the first year."""
    return np.where(chance.random(MANY) < 0.5, 0, NEVER)


def along_a_curve(
    chance: np.random.Generator, ceiling: float = 0.8, pace: float = 1.0, middle: float = 3.5
) -> Integers:
    """A logistic curve."""
    when = np.ceil(np.maximum(middle + chance.logistic(0, 1 / pace, MANY), 0))
    return np.where(chance.random(MANY) < ceiling, when, NEVER).astype(np.int64)


def downwards(chance: np.random.Generator) -> Integers:
    """Level after level, each a year or two after the one above, for the most part."""
    return 2 * (LEVELS - 1) + chance.integers(0, 5, MANY)


def upwards(chance: np.random.Generator) -> Integers:
    """The other way round."""
    return 2 * (3 - LEVELS) + chance.integers(0, 5, MANY)


def in_clusters(chance: np.random.Generator) -> Integers:
    """Most places of some prefectures, few of others."""
    return np.where(chance.random(MANY) < chance.choice([0.2, 0.7], PREFECTURES.max() + 1)[PREFECTURES], 2, NEVER)


def found_together(table: Adoptions, seed: int = 0) -> list[Concentration]:
    """The concentrations of all things of a table."""
    onsets = np.column_stack([table.onset(thing) for thing in range(len(table.things))])
    return [found for found in concentrations(Tree(table), onsets, seed) if found]


@pytest.mark.parametrize(("ceiling", "pace", "middle"), [(0.8, 1.0, 3.5), (0.5, 1.2, 3.5), (0.8, 1.5, 4.5)])
def test_planted_curves_are_found(ceiling: float, pace: float, middle: float) -> None:
    """Of ten S-curves nine are found, about as they were planted, and their intervals hold what was planted."""
    table = planted(PLACES, lambda chance: along_a_curve(chance, ceiling, pace, middle), 1, 10, 0.95, 0.95)
    curves = [found for thing in range(10) if not (found := speed(Tree(table), table.onset(thing))).why_not]
    assert len(curves) >= 9
    held = 0
    for curve in curves:
        assert curve.ceiling and curve.pace and curve.middle and curve.gain and curve.gain > 0
        assert abs(curve.middle.value - YEARS.start - middle) < 0.7
        held += (curve.ceiling.low <= ceiling <= curve.ceiling.high) + (curve.pace.low <= pace <= curve.pace.high)
    assert held >= 1.5 * len(curves)


@pytest.mark.parametrize(("begun", "mentioned"), [(any_time, 0.8), (all_along, 0.3)], ids=["a line", "mentions alone"])
def test_chance_fires_at_its_rate(begun: Begun, mentioned: float) -> None:
    """Without a direction, clusters and a curve, at most one in twenty tests says that there is one, but for luck."""
    orders, joins, curves, tables = [], [], 0, 4
    for seed in range(tables):
        table = planted(PLACES, begun, seed, 50, mentioned=mentioned)
        tree = Tree(table)
        orders += [found.p for thing in range(50) if (found := order(tree, thing)).p is not None]
        joins += [found.p for found in found_together(table, seed)]
        curves += sum(not speed(tree, table.onset(thing)).why_not for thing in range(50))
    many = 50 * tables
    luck = 2.5 * (0.05 * 0.95 / many) ** 0.5
    assert len(orders) > 0.8 * many and len(joins) == many
    assert np.mean(np.array(orders) <= 0.05) <= 0.05 + luck
    assert 0.05 - luck <= np.mean(np.array(joins) <= 0.05) <= 0.05 + luck
    assert curves / many <= 0.05 + luck


@pytest.mark.parametrize(("begun", "sign"), [(downwards, 1), (upwards, -1)])
def test_planted_orders_are_found(begun: Begun, sign: int) -> None:
    """Who comes first is told, above or below."""
    table = planted(PLACES, begun, 2, 5)
    for thing in range(5):
        found = order(Tree(table), thing)
        assert found.p is not None and found.p < 0.01
        assert sign * (found.superior_first - found.inferior_first) > 0
        assert (found.share > 0.6) == (sign > 0)


def test_reports_of_earlier_years_make_no_one_first() -> None:
    """Superiors that have reports since 2016 are not first of inferiors that have some since 2020 only."""
    reporting = np.full((MANY, len(YEARS)), 0.9)
    reporting[LEVELS == 3, :4] = 0.0
    table = planted(PLACES, any_time, 3, 20, reporting)
    tree = Tree(table)
    found = [order(tree, thing).p for thing in range(20)]
    tested = [p for p in found if p is not None]
    assert len(tested) == 20 and sum(p <= 0.05 for p in tested) <= 4


def test_planted_clusters_are_found_and_where() -> None:
    """Prefectures that have it and others that have not: told, and that it goes with the prefecture."""
    for found in found_together(planted(PLACES, in_clusters, 4, 5)):
        assert found.p < 0.001 and found.joins > 1.1 * found.expected
        _, prefecture, county = found.told
        assert prefecture > 2 * found.by_chance[1] and county == pytest.approx(0)


def test_more_reports_are_no_cluster() -> None:
    """Where the places of some provinces have more reports, and so more occasion to mention a thing, that is no cluster."""
    reporting = np.full((MANY, len(YEARS)), 0.2)
    reporting[PREFECTURES.max() / 2 > PREFECTURES] = 1.0
    found = found_together(planted(PLACES, all_along, 5, 40, reporting, 0.2))
    assert len(found) == 40
    assert sum(each.p <= 0.05 for each in found) <= 6


def test_the_same_seed_deals_the_same() -> None:
    """A figure of chance can be made again."""
    table = planted(PLACES, in_clusters, 6, 2)
    assert found_together(table, 1) == found_together(table, 1) != found_together(table, 2)


def small() -> Adoptions:
    """A province, its prefecture and two counties with reports on 2020 to 2022, one county without that on 2020."""
    codes = ("11", "1101", "110101", "110102")
    places = [place for place in PLACES if place.code in codes]
    iris = [place.iri for place in places]
    told = [Told(iri, year, 100) for iri in iris for year in (2020, 2021, 2022) if (iri, year) != (iris[3], 2020)]
    years = (2020, 2021, 2022, 2021)
    return adoptions(
        places, told, [Saying("a", iri, year, State.PRACTISED) for iri, year in zip(iris, years, strict=True)]
    )


def test_steps_say_of_how_many() -> None:
    """By year: who began, of whom it is not known since when, how many have it by then, of how many with a report."""
    table = small()
    told = [(step.year, step.new, step.unknown, step.reached, step.places) for step in steps(table, table.onset(0))]
    assert told == [(2020, 1, 1, 1, 3), (2021, 2, 1, 3, 4), (2022, 1, 0, 4, 4)]
    county = steps(table, table.onset(0), np.array([False, False, True, True]), "level", "county")
    assert [(step.reached, step.places) for step in county] == [(0, 1), (1, 2), (2, 2)]
    assert county[0].share is not None and county[0].share.share == 0


def test_common_years_alone_count() -> None:
    """Of a superior and an inferior only the years are compared in which both have a report."""
    tree = Tree(small())
    # 11 before 1101, 1101 before 110101; 1101 and 110102 have it in their first common year.
    assert order(tree, 0) == Order(2, 1, 0, 2, None)


def test_ways_before_a_known_first_report() -> None:
    """The prefecture followed its superior, the county its superior and a peer; who has it from the start is left out."""
    assert before(Tree(small()), small().onset(0)) == Before(superior=1, peers=0, both=1, neither=0)


@pytest.mark.parametrize(
    ("code", "level", "path", "prefecture"),
    [
        ("33", "province", ("浙江省",), 1),
        ("3303", "prefecture", ("浙江省", "温州市"), 2),
        ("330324006", "township", ("浙江省", "温州市", "永嘉县", "三江街道"), 2),
        ("110101", "county", ("北京市", "东城区"), 1),
        ("110101001", "township", ("北京市", "东城区", "东华门街道"), 1),
        ("500235", "county", ("重庆市", "云阳县"), 1),
        ("419001", "county", ("河南省", "济源市"), 1),
        ("441900003", "township", ("广东省", "东莞市", "东城街道"), 2),
    ],
)
def test_the_prefecture_that_a_place_lies_in(code: str, level: str, path: tuple[str, ...], prefecture: int) -> None:
    """A district of a city that is a province lies in none, so the city is its cluster; nor is a district one."""
    other = Place("other", f"{code[:2]}99", "prefecture", (path[0], "他市"))
    places = [Place(code, code, level, path), other, Place("city", "city", "", path[:prefecture])]
    clusters = Tree(adoptions(places, [Told(place.iri, 2020, 100) for place in places], [])).clusters.tolist()
    assert clusters[0] == clusters[2] != clusters[1]


def test_districts_and_counties_of_one_city_are_peers() -> None:
    """万州区 and 云阳县 stand right under Chongqing, though no four digits of their codes are the same."""
    codes = {"渝中区": "500103", "万州区": "500101", "云阳县": "500235"}
    places = [Place(code, code, "county", ("重庆市", name)) for name, code in codes.items()]
    told = [Told(place.iri, year, 100) for place in places for year in (2020, 2021)]
    families = Tree(adoptions(places, told, [])).families
    assert len(set(families.tolist())) == 1


def test_too_little_gives_none() -> None:
    """With four places there is no curve, no test of order, no concentration, and the reason of the curve is told."""
    table = small()
    assert speed(Tree(table), table.onset(0)).why_not == "places"
    assert concentrations(Tree(table), table.onset(0)[:, None]) == [None]
    few = planted(country(2, 2, 2), any_time_of(14), 1)
    assert order(Tree(few), 0).p is None
    empty = adoptions([], [], [])
    assert concentrations(Tree(empty), np.empty((0, 0), np.int64)) == []


def any_time_of(many: int) -> Begun:
    """Whenever, for so many places."""
    return lambda chance: chance.integers(0, 14, many)


@pytest.mark.parametrize(
    ("begun", "why"),
    [
        (lambda chance: np.full(MANY, 0), "growth"),
        (lambda chance: np.full(MANY, NEVER) - NEVER * (chance.random(MANY) < 0.05), "places"),
    ],
)
def test_why_there_is_no_curve(begun: Begun, why: str) -> None:
    """What does not grow has no speed, nor has what few places practise."""
    table = planted(PLACES, begun, 1, 1, 1.0, 1.0)
    assert speed(Tree(table), table.onset(0)).why_not == why


def test_short_series_have_no_curve() -> None:
    """Five years are too few for the criterion."""
    reporting = np.full((MANY, len(YEARS)), 0.95)
    reporting[:, 5:] = 0.0
    table = planted(PLACES, along_a_curve, 1, 1, reporting)
    assert speed(Tree(table), table.onset(0)).why_not == "years"
