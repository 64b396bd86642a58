"""Spread: who reports what, since when, and how little that says."""

from dataclasses import replace

import numpy as np
import pytest

from extract.triples import to_quads
from graph.analysis.spread import Spread, Spreading, spread
from graph.errors import UnknownThing
from graph.plots.spread import draw_spread
from graph.store import GraphStore, graph_of
from graph.telling.spread import spread_rows, tell_reach, tell_spread
from tests.countries import Integers, country
from tests.countries import planted as planted_table
from tests.factories import adoption, practice, report, vocabulary

PLACES = country()


def store() -> GraphStore:
    """合法性审查: planned in one place in 2023 and practised there from 2024, practised in another from 2022."""
    reports = [
        report(
            "330324006", year=2023, text=report().text + " ", adoptions=(adoption("legality-review", status="planned"),)
        ),
        report("330324006", year=2024, adoptions=(adoption("legality-review"), adoption("legal-adviser"))),
        report("430406", year=2022, adoptions=(adoption("legality-review"),), practices=()),
        report("", adoptions=(adoption("combined-inspection"),), practices=(practice("无主"),)),
    ]
    return graph_of(*map(to_quads, reports), vocabulary())


def test_the_widest_comes_first() -> None:
    """Things are ranked by how many places practise them, with counts by level and province."""
    first = spread(store()).reaches[0]
    assert (first.name, first.count("practised"), first.count("planned"), first.since) == ("合法性审查", 2, 0, "2022")
    assert first.levels == {"township": 1, "county": 1}
    assert first.provinces == {"浙江省": 1, "湖南省": 1}


def test_one_thing_lists_its_adopters() -> None:
    """Of one mechanism every place is listed once, with its firmest status, the first year of that, and the sentence."""
    (reach,) = spread(store(), "合法性审查").reaches
    assert [(each.place.name, each.status, each.since) for each in reach.adopters] == [
        ("雁峰区", "practised", "2022"),
        ("三江街道", "practised", "2024"),
    ]
    assert reach.adopters[0].quote == "全年审查合同32件"


@pytest.mark.parametrize("words", ["legality-review", "合法性审核", "mechanism:legality-review", "Legality review"])
def test_mechanisms_have_many_names(words: str) -> None:
    """A mechanism is found by id, by any of its labels in either language, and by prefixed name."""
    assert [reach.name for reach in spread(store(), words).reaches] == ["合法性审查"]


def test_unresolved_reports_are_nobodys() -> None:
    """What a report of unknown place tells of is not counted for any place."""
    assert "combined-inspection" not in {reach.thing.rsplit("/")[-1] for reach in spread(store()).reaches}


def test_practices_stand_under_their_mechanism() -> None:
    """A practice has its own name and the mechanism that it belongs to."""
    (reach,) = spread(store(), "解纷小院").reaches
    assert reach.broader.endswith("/diversified-resolution")


def test_it_says_how_little_it_knows() -> None:
    """The result says how many reports of how many places it rests on, and that silence is not absence."""
    caution = spread(store()).caution
    assert caution.startswith("4 reports of 2 jurisdictions on the years 2022 to 2024.")
    assert "silence is not absence" in caution and "cannot be told" not in caution.split(".")[0]


@pytest.mark.parametrize("words", ["weakness:legal-talent", "legal-talent", "法治人才短缺"])
def test_a_weakness_is_refused_with_what_answers(words: str) -> None:
    """Spread is about mechanisms and practices; of a weakness it says so and names the commands that know."""
    with pytest.raises(UnknownThing, match=r"a weakness; .*`zhili query weaknesses-by-frequency`.*`zhili similar"):
        spread(store(), words)


def test_long_lists_are_cut_and_say_so() -> None:
    """Of the places that report a thing as many are listed as are asked for, all with 0; the rest is counted."""
    result = spread(store(), "合法性审查")
    assert "雁峰区" in tell_reach(result, 1) and "三江街道" not in tell_reach(result, 1)
    assert tell_reach(result, 1).endswith("… and 1 more: --limit 0 shows all\n")
    assert "三江街道" in tell_reach(result, 0) and "more" not in tell_reach(result, 0)


def test_one_is_no_plural() -> None:
    """1 report of 1 jurisdiction, not 1 reports."""
    assert spread(graph_of(to_quads(report()))).caution.startswith("1 report of 1 jurisdiction on the year 2024.")


def test_unknown_mechanism_suggests() -> None:
    """A name that nothing has is answered with near ones."""
    with pytest.raises(UnknownThing, match="did you mean"):
        spread(store(), "合法性审")


def planted() -> Spread:
    """The spread of a thing that came from above along a curve, as if it had been read from a graph."""

    def begun(chance: np.random.Generator) -> Integers:
        levels = np.array([len(place.code) // 2 for place in PLACES])
        return np.ceil(np.maximum(levels * 1.2 + chance.logistic(0.5, 0.5, len(PLACES)), 0)).astype(np.int64)

    found = Spreading(planted_table(PLACES, begun, 1, 3, 0.95, 0.95))
    return Spread(900, len(PLACES), "Caution.", found.usual, (found.reach(0, "合法性审查", "", whole=True),))


def test_the_answer_comes_first() -> None:
    """Since when, how far, how fast, where and who first are told in this order, then by year and level."""
    told = tell_reach(planted(), 0)
    heads = ["Since when: first reported for 2017.", "How far:", "How fast: along an S-curve", "Where:"]
    heads += ["Who first: from the top down:", "Caution.", "of these in a first report", "\ncounty"]
    places = [told.index(head) for head in heads]
    assert places == sorted(places)


def test_patterns_are_counted_over_all_things() -> None:
    """The ranked table says how many things have a pattern beyond chance, and marks them."""
    told = tell_spread(planted(), 0)
    assert "1 thing is spoken of" in told and "1 have a direction; 1 grow along an S-curve" in told
    assert "top-down" in told


@pytest.mark.parametrize("many", [3, 9, 10, 200])
def test_what_few_practise_has_no_pattern(many: int) -> None:
    """Law: what is not tested has no speed, no place and no direction, so a list of thousands need not look for them."""

    def begun(_: np.random.Generator) -> Integers:
        return np.where(np.arange(len(PLACES)) < many, 1, 99)

    found = Spreading(planted_table(PLACES, begun, 1, 3, 1.0, 1.0))
    assert found.practising[0] == many
    assert (found.tested(0) is None) == (many < 10)
    pattern = found.pattern(0)
    if found.tested(0) is None:
        assert (pattern.curve.pace, pattern.concentrated, pattern.direction) == (None, False, "")


def test_charts_show_levels_and_things() -> None:
    """Of one thing a line a level over the years; of several a mark each."""
    one = planted()
    assert all(name in draw_spread(one).decode() for name in ("合法性审查", "prefecture (", "2023"))
    several = replace(one, reaches=tuple(replace(one.reaches[0], name=name) for name in ("甲", "乙")))
    assert all(f">{name}<" in draw_spread(several).decode() for name in ("甲", "乙"))


def test_a_first_report_that_has_it_is_no_beginning() -> None:
    """Since when is known only where an earlier report does not say so."""
    (reach,) = spread(store(), "合法性审查").reaches
    assert [(each.since, each.without) for each in reach.adopters] == [("2022", ""), ("2024", "2023")]
    assert (reach.known, reach.unknown, reach.reporting) == (1, 1, 2)
    assert reach.pattern.curve.why_not == "places" and reach.pattern.order_q is None
    rows = [*spread_rows(spread(store(), "合法性审查"))]
    assert [row[5:7] for row in rows[1:]] == [("2022", ""), ("2024", "2023")]
    ranked = [*spread_rows(spread(store()))]
    assert {len(row) for row in ranked} == {len(ranked[0])} and len(ranked) > 2
