"""Rates: every one says of how many, and a short report is not taken for a backward place."""

import json

import numpy as np
import pytest
from scipy.stats import binom, binomtest

from extract.triples import to_quads
from graph.analysis.adoption import Adoptions, Saying, State, Told, adoptions, tabulated
from graph.analysis.rates import Strata, adopted, cells, rates, stances, standardised, wilson
from graph.errors import UnknownThing
from graph.plots.adoption import draw_adopted, draw_stances
from graph.store import GraphStore, graph_of
from graph.telling.adoption import adopted_rows, stance_rows, tell_adopted, tell_stances
from tests.countries import country
from tests.factories import adoption, report, vocabulary


def table() -> Adoptions:
    """Four places; on 2021 three reports, on 2022 one."""
    places = country(1, 1, 2)
    iris = [place.iri for place in places]
    told = [Told(iri, 2021, length) for iri, length in zip(iris, (100, 200, 300), strict=False)] + [
        Told(iris[3], 2022, 400)
    ]
    sayings = [
        Saying("a", iris[0], 2021, State.PRACTISED),
        Saying("a", iris[1], 2021, State.LACKING),
        Saying("a", iris[3], 2022, State.PLANNED),
    ]
    return adoptions(places, told, sayings)


def test_five_states_are_counted() -> None:
    """In the year of the most reports: who practises, plans, lacks, is silent, and who has no report at all."""
    strata = Strata(table())
    assert strata.fullest == 2021
    found = rates(strata, 0, "a", strata.fullest)
    whole = found.whole
    assert (whole.practised, whole.planned, whole.lacking, whole.silent, whole.no_report) == (1, 0, 1, 1, 1)
    assert whole.reports == 3 and whole.share == wilson(1, 3)
    by = {(group.kind, group.name): group.rate for group in found.groups}
    assert (by["year", "2022"].planned, by["year", "2022"].no_report) == (1, 3)
    assert (by["level", "county"].silent, by["level", "county"].no_report) == (1, 1)
    lengths = [rate for (kind, _), rate in by.items() if kind == "length"]
    assert sum(rate.reports for rate in lengths) == 3 and all(not rate.no_report for rate in lengths)


def test_cells_add_up() -> None:
    """Year × level × province: all places in each year, no one twice."""
    found = list(cells(Strata(table()), 0))
    assert {year: sum(sum(states) for at, *_, states in found if at == year) for year in (2021, 2022)} == {
        2021: 4,
        2022: 4,
    }
    assert (2021, "county", "11", (1, 1, 0, 0, 0)) in found


def test_wilson_is_that_of_others() -> None:
    """Wilson's interval is the one that scipy knows."""
    for successes, trials in ((0, 5), (3, 7), (40, 50), (9, 9)):
        theirs = binomtest(successes, trials).proportion_ci(method="wilson")
        ours = wilson(successes, trials)
        assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), abs=1e-5)


def test_one_length_gives_wilsons_interval() -> None:
    """Where all reports are of one length there is nothing to standardise."""
    weights = np.array([1.0, 0.0])
    found, plain = standardised(np.array([3, 0]), np.array([10, 0]), weights), wilson(3, 10)
    assert found and (found.share, found.low, found.high) == pytest.approx((plain.share, plain.low, plain.high))


def test_the_standard_interval_covers() -> None:
    """Of shares drawn again and again the interval holds the true one as often as it says, about."""
    chance = np.random.default_rng(1)
    weights, many, shares = np.array([0.1, 0.2, 0.3, 0.4]), np.array([40, 25, 12, 8]), np.array([0.1, 0.3, 0.6, 0.8])
    truth, held = float(weights @ shares), 0
    for drawn in binom.rvs(many, shares, size=(400, 4), random_state=chance):
        found = standardised(drawn, many, weights)
        assert found is not None
        held += found.low <= truth <= found.high
    assert 0.92 <= held / 400 <= 0.99


def test_short_reports_are_not_backward() -> None:
    """Two provinces do the same, but one writes short reports that mention half: at equal length the two are equal."""
    places = country(2, 20, 25)
    chance = np.random.default_rng(2)
    short = np.array([place.code.startswith("12") for place in places])
    brief = chance.random(len(places)) < np.where(short, 0.8, 0.2)
    length = np.where(brief, chance.integers(500, 1000, len(places)), chance.integers(3000, 6000, len(places)))
    practised = chance.random(len(places)) < np.where(brief, 0.25, 0.5)
    rows = np.arange(len(places))
    told = np.column_stack((rows, rows * 0 + 2024, length))
    said = np.column_stack((rows * 0, rows, rows * 0 + 2024, rows * 0 + State.PRACTISED))[practised]
    strata = Strata(tabulated(places, ["a"], told, said))
    one, other = (rates(strata, 0, "a", 2024, province=name).whole for name in ("11", "12"))
    assert one.share and other.share and one.standard and other.standard
    assert one.share.low > other.share.high
    assert one.standard.low < other.standard.share < one.standard.high


def test_a_length_that_a_group_lacks_gives_no_standard() -> None:
    """What short reports would say if they were long is not known."""
    assert standardised(np.array([1, 0]), np.array([4, 0]), np.array([0.5, 0.5])) is None


def store() -> GraphStore:
    """A street that plans and then practises, a district that practises in a long report."""
    reports = [
        report("330324006", year=2023, adoptions=(adoption("legality-review", status="planned"),), practices=()),
        report("330324006", year=2024, adoptions=(adoption("legality-review"), adoption("legal-adviser"))),
        report("430406", year=2024, text=report().text * 2, adoptions=(adoption("legality-review"),), practices=()),
    ]
    return graph_of(*map(to_quads, reports), vocabulary())


def test_a_graph_answers() -> None:
    """All things, or one with its groups; in words, rows and a chart."""
    every = adopted(store())
    assert (every.year, every.places, every.reporting) == (2024, 2, 2)
    assert [(each.name, each.whole.practised) for each in every.things[:1]] == [("合法性审查", 2)]
    assert "in the reports on 2024 of 2 of 2 places" in tell_adopted(every, 30)
    one = adopted(store(), "合法性审查", year=2023)
    assert [group.rate.planned for group in one.things[0].groups if group.kind == "year"] == [1, 0]
    told = tell_adopted(one, 30)
    assert (
        "practised by 0 of 1 place with a report on 2023" in told and "1 of 2 places has no report on that year" in told
    )
    assert "By characters of the report, 2023" in told
    rows = [*adopted_rows(one)]
    assert len(rows[0]) == len(rows[1]) == 16 and b"\xe5\x90\x88\xe6\xb3\x95" in draw_adopted(one)
    assert b"2024" in draw_adopted(every)


def test_places_can_be_chosen() -> None:
    """By level and by province; of a province that the graph does not know near names are told."""
    assert adopted(store(), level="county").places == 1
    assert adopted(store(), province="33") == adopted(store(), province="浙江省")
    assert adopted(store(), province="浙江省", level="county").places == 0
    assert "nothing to count" in tell_adopted(adopted(store(), province="浙江省", level="county"), 0)
    assert "No report on 2019" in tell_adopted(adopted(store(), year=2019), 0)
    with pytest.raises(UnknownThing, match="did you mean 浙江省"):
        adopted(store(), province="浙江")


def test_one_place_over_the_years() -> None:
    """What a place states of each thing that any place speaks of; no report is told from silence."""
    found = stances(store(), "雁峰区")
    assert (found.years, found.lengths[0]) == ((2023, 2024), 0)
    states = {each.name: each.states for each in found.things}
    assert states["合法性审查"] == ("no_report", "practised") and states["政府法律顾问"] == ("no_report", "silent")
    told = tell_stances(found, 30)
    assert "has reports on 2024" in told and "silent on" in told and "合法性审查" in told and "政府法律顾问" not in told
    (one,) = stances(store(), "永嘉县三江街道", "合法性审查").things
    assert one.states == ("planned", "practised")
    assert len([*stance_rows(found)]) == 1 + 2 * len(found.things)
    assert "雁峰区".encode() in draw_stances(found)
    assert json.dumps(found.lengths)
