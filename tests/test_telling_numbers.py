"""What the numbers' and the groups' results say on a terminal, in tables and in pictures."""

import re

import numpy as np

from graph.analysis.adoption import Saying, State, Told, adoptions
from graph.analysis.coadoption import CoAdoption, Latest, coadoption
from graph.analysis.observations import Stored, find_indicator
from graph.naming import Place
from graph.plots import coadoption as network
from graph.plots import numbers as plots
from graph.store import GraphStore
from graph.telling import coadoption as groups
from graph.telling import numbers as telling
from tests.factories import graph_from
from tests.numbering import numbered

CODES = ("330324", "430406", "500101", "330302", "330303", "330304", "330326", "330327", "330328")
NAMES = {f"m{number}": f"机制{number}" for number in range(8)}


def counties() -> GraphStore:
    """Nine counties with numbers of cases, one with 人次, one that contradicts itself."""
    texts = [f"受理案件{10 * number}件。" for number in range(1, 9)]
    return graph_from(
        *(numbered(text, code) for text, code in zip(texts, CODES, strict=False)),
        numbered("受理案件30人次。受理纠纷32件,调解成功20件,成功率98%。", CODES[8]),
    )


def together() -> CoAdoption:
    """Two groups of four mechanisms, joined by places that practise the last of the one and the first of the other."""
    chance = np.random.default_rng(5)
    half = np.arange(400) % 2 == 0
    held = {}
    for number in range(8):
        likely = np.where(half if number < 4 else ~half, 0.8, 0.2)
        likely = np.full(400, 0.5) if number == 3 else likely
        held[f"m{number}"] = [f"p{place}" for place in np.flatnonzero(chance.random(400) < likely)]
    return coadoption(held)


def test_an_indicator_is_told() -> None:
    """How many can be compared, their quartiles and ranks, and why the other cannot."""
    store = counties()
    found = Stored(store).indicator(find_indicator(store, "受理案件"))
    told = telling.tell_comparison(found, 3)
    assert "9 numbers of 9 places; 8 of the 9 can be compared in one group." in told
    assert "8 places: county governments, scope: not said, period: a year, in 件" in told
    assert "quartiles 27.5 · 45 · 62.5" in told
    assert "… and 5 more: --limit 0 shows all" in told
    assert "unit: 人次; theirs: 件" in told
    rows = list(telling.rows_of_comparisons([found]))
    assert len(rows) == 1 + 9 and {len(row) for row in rows} == {len(rows[0])}
    assert "受理案件: 8 of 9 places" in plots.strips(found, telling.tell_terms).decode()


def test_a_change_is_no_level() -> None:
    """A rise or a fall has its sign, among what can be compared and apart, as the quartiles above it have; CSV as before."""
    falls = [numbered(f"受理案件同比下降{number}%。", code) for number, code in enumerate(CODES[:8], 11)]
    store = graph_from(*falls, numbered("受理案件同比增长60%,受理案件7件。", CODES[8]))
    found = Stored(store).indicator(find_indicator(store, "受理案件"))
    told = telling.tell_comparison(found, 0)
    assert "quartiles -16 · -14 · -12" in told and "-18%" in told and "+60%" in told
    assert not re.search(r"(?<![-+\d])\d+%", told)
    assert {row[7] for row in [*telling.rows_of_comparisons([found])][1:] if row[13] == "decrease"} == {*range(11, 19)}
    assert "-18%" in telling.tell_place(Stored(store).place(CODES[7]), 0)


def test_a_place_and_all_indicators_are_told() -> None:
    """Where a place stands, and of how many places each indicator's numbers can be compared."""
    store = counties()
    own = Stored(store).place("雁峰区")
    assert "受理案件" in telling.tell_place(own, 0)
    alone = telling.tell_place(Stored(store).place(CODES[8]), 2)
    assert "0 numbers that can be compared, 4 that cannot" in alone and "  rank" not in alone
    assert "32件    no other place gives a number on the same terms" in alone and "… and 2 more" in alone
    nothing = telling.tell_place(Stored(store, 1.01).place(CODES[8]), 0)
    assert nothing == "浙江省温州市文成县: no number of what was asked for.\n"
    assert "湖南省衡阳市雁峰区" in plots.positions(own).decode()
    counted = Stored(store).indicators()
    assert telling.tell_indicators(counted, 1).startswith("4 indicators in 9 reports; 1 of them are given")
    assert next(iter([*telling.rows_of_indicators(counted)][1:]))[-2:] == (9, 8)
    assert "受理案件" in plots.bars(counted).decode()


def test_contradictions_are_told_with_all_sentences() -> None:
    """Which number, against which others, and what these would make of it."""
    found = Stored(counties()).contradictions()
    told = telling.tell_contradictions(found, 0)
    assert "1 contradiction in 9 reports" in told
    assert "98%: 成功率98%" in told and "20件: 调解成功20件" in told
    assert "By the others it would be 62.5." in told
    rows = list(telling.rows_of_contradictions(found))
    assert [row[1] for row in rows[1:]] == ["rate"] * 3
    assert "rate" in plots.kinds(found).decode()


def test_groups_are_told() -> None:
    """The groups with their stability, what joins them, and the pairs with the number of places."""
    found = together()
    told = groups.tell_coadoption(found, NAMES, 2)
    assert f"{len(found.communities.groups)} groups (Louvain, consensus of 24 runs" in told
    assert "机制0、机制1" in told
    rows = list(groups.rows_of_pairs(found, NAMES))
    assert len(rows) == 1 + len(found.backbone.pairs)
    assert "机制7" in network.groups(found, NAMES).decode()
    assert "With fewer than 30" in groups.tell_coadoption(coadoption({}), NAMES, 0)


def test_what_a_place_lacks_is_told() -> None:
    """With denominators and what the place says of it itself; a place that only its departments report on is told."""
    seats = [Place(f"division:{number}", f"3303{number:02}", "county", ("省", f"县{number}")) for number in range(12)]
    told = [Told(seat.iri, 2024, 500) for seat in seats[:11]]
    said = [Saying("m0", seat.iri, 2024, State.PRACTISED) for seat in seats[:11]]
    said += [Saying("m1", seat.iri, 2024, State.PRACTISED) for seat in seats[1:11]]
    said.append(Saying("m1", seats[0].iri, 2024, State.PLANNED))
    latest = Latest(adoptions(seats, told, said), ["m0", "m1"])
    found = latest.lacks(0)
    text = groups.tell_lacks(found, NAMES, 0)
    assert "省县0 practises 1 mechanism." in text
    assert "机制1" in text and "planned" in text and "5 of 5" in text and "10 of 10" in text
    assert [row[3:8] for row in groups.rows_of_lacks(found, NAMES)][1] == ("planned", 5, 5, 10, 10)
    assert "机制1" in network.shares(found, NAMES).decode()
    assert "no report of the government's own" in groups.tell_lacks(latest.lacks(11), NAMES, 0)
