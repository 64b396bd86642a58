"""Who states what when: silence is told from absence, and no report from silence."""

import numpy as np
import pytest

from extract.triples import to_quads
from graph.analysis.adoption import Adoptions, Saying, State, Told, adoptions, read_adoptions
from graph.naming import Place
from graph.store import graph_of
from tests.factories import adoption, report, vocabulary

CITY, COUNTY, TOWN = (Place(f"division:{code}", code, "", (code,)) for code in ("3303", "330324", "330324006"))


def table() -> Adoptions:
    """A city with reports on 2021 and 2023, a town with one on 2022, a county with none."""
    told = [Told(CITY.iri, 2021, 900), Told(CITY.iri, 2023, 100), Told(CITY.iri, 2023, 400), Told(TOWN.iri, 2022, 50)]
    sayings = [
        Saying("b", CITY.iri, 2023, State.PRACTISED),
        Saying("b", CITY.iri, 2023, State.LACKING),
        Saying("b", CITY.iri, 2021, State.PLANNED),
        Saying("a", TOWN.iri, 2022, State.PRACTISED),
    ]
    return adoptions([TOWN, CITY, COUNTY], told, sayings)


def test_five_states_are_told_apart() -> None:
    """A year without a report is not silence, and silence is not absence; the firmest of two statements counts."""
    found = table()
    assert [place.code for place in found.places] == ["3303", "330324", "330324006"]
    assert (found.things, found.years) == (("a", "b"), range(2021, 2024))
    silent, none = State.SILENT, State.NO_REPORT
    assert found.states(0).tolist() == [[silent, none, silent], [none] * 3, [none, State.PRACTISED, none]]
    assert found.states(1).tolist() == [[State.PLANNED, none, State.PRACTISED], [none] * 3, [none, silent, none]]


def test_the_first_year_of_a_thing() -> None:
    """The first year of a state, or of a firmer one, is a number in the years; who never says so has none."""
    found = table()
    assert found.onsets([1, 0]).tolist() == [[2, -1], [-1, -1], [-1, 1]]
    assert found.onsets([1], State.PLANNED).tolist() == [[0], [-1], [-1]]
    assert found.entries.tolist() == [0, -1, 1]


def test_the_nearest_superior_that_is_known() -> None:
    """A town is under its county, which is under its city; a superior that is not in the table is passed over."""
    assert table().superiors.tolist() == [-1, 0, 1]
    assert adoptions([TOWN, CITY], [], []).superiors.tolist() == [-1, 0]


def test_the_longest_report_of_a_year_counts() -> None:
    """Of two texts on one year the longer one says how much could have been said."""
    assert table().lengths.tolist() == [[900, 0, 400], [0, 0, 0], [0, 50, 0]]


def test_nothing_is_said_where_there_is_no_report() -> None:
    """A statement of a year without a report is a mistake of who made the table."""
    with pytest.raises(KeyError, match="no report on 2022"):
        adoptions([CITY], [Told(CITY.iri, 2021, 1)], [Saying("a", CITY.iri, 2022, State.PRACTISED)])


def test_an_empty_table() -> None:
    """Without reports there are no years, and nobody states anything."""
    found = adoptions([], [], [])
    assert (len(found.years), found.onsets([]).shape, found.superiors.shape) == (0, (0, 0), (0,))


def test_a_graph_is_read() -> None:
    """What a graph's reports say, without those of departments and without what the rules are less sure of."""
    text = report().text
    reports = [
        report("330324006", year=2023, adoptions=(adoption("legality-review", status="lacking"),), practices=()),
        report("330324006", year=2024, adoptions=(adoption("legality-review", confidence=0.5),), practices=()),
        report("430406", year=2024, text=text + "。", adoptions=(adoption("legal-adviser"),), practices=()),
        report("430406", year=2023, department="司法局", practices=()),
        report("", adoptions=(adoption("legal-adviser"),)),
        report("500101", year=None),
    ]
    store = graph_of(*map(to_quads, reports), vocabulary())
    found = read_adoptions(store)
    assert [place.code for place in found.places] == ["330324006", "430406", "500101"]
    assert found.lengths.tolist() == [[len(text), len(text)], [0, len(text) + 1], [0, 0]]
    assert [thing.rpartition("/")[2] for thing in found.things] == ["legal-adviser", "legality-review"]
    assert found.states(1)[0].tolist() == [State.LACKING, State.PRACTISED]
    sure = read_adoptions(store, confidence=0.6)
    assert sure.states(1)[0].tolist() == [State.LACKING, State.SILENT]
    assert np.array_equal(sure.lengths, found.lengths)


def test_a_table_without_reports_or_places() -> None:
    """Nobody has a first report, and nothing is said."""
    place = Place("division/330324", "330324", "county", ("浙江省", "温州市", "永嘉县"))
    assert adoptions([place], [], []).entries.tolist() == [-1]
    assert adoptions([], [], []).entries.tolist() == []
    assert adoptions([place], [], []).superiors.tolist() == [-1]
