"""Numbers asked of a graph's index and of its store are the same numbers."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from graph.analysis.observations import Indexed, Stored, observations
from graph.index.search import write_index
from graph.manifest import INDEX
from graph.opening import open_any
from graph.store import open_current
from tests.numbering import numbered
from tests.serving import write_graph

CODES = ("330324", "430406", "500101", "330302", "330303", "330304", "330326", "330327", "330328")
TEXTS = (
    "全县受理行政复议申请32件,同比增长60%。受理纠纷32件,调解成功20件,成功率98%。罚款下降10%。",
    "县本级受理案件12件。现有公职律师25名。五年来,受理案件320余件。",
    "受理案件3万件。受理案件40件。累计办结率98%以上。",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine counties, one with the year before, which contradicts it, and one of its bureaus; some numbers are unsure."""
    path: Path = tmp_path_factory.mktemp("graph")
    made = [
        numbered(f"受理案件{10 * number}件。{TEXTS[number % 3]}", code) for number, code in enumerate(CODES, start=3)
    ]
    made.append(numbered("全县受理行政复议申请28件。", CODES[0], 2023))
    bureau = numbered("受理案件7件。", CODES[1], 2024, "水利局")
    made.append(replace(bureau, observations=tuple(replace(each, confidence=0.5) for each in bureau.observations)))
    undated = replace(numbered("受理案件9件。", "330329"), year=None)
    write_graph(path, [*made, undated])
    manifest, store = open_current(path)
    write_index(store, path / INDEX, manifest.contents)
    return path


@pytest.mark.parametrize("confidence", [0.0, 1.0])
def test_index_and_store_say_the_same(folder: Path, confidence: float) -> None:
    """Of all indicators, of each, of each place, and of what cannot all be true."""
    stored = Stored(open_any(str(folder)), confidence)
    with observations(str(folder), confidence) as indexed:
        assert isinstance(indexed, Indexed)
        every = indexed.indicators()
        assert every == stored.indicators() and len(every.indicators) > 8
        assert every.reports == len(CODES) + 2
        for each in every.indicators:
            assert indexed.indicator(each.indicator) == stored.indicator(each.indicator)
        under = indexed.indicators("mechanism/administrative-reconsideration")
        assert under == stored.indicators("mechanism/administrative-reconsideration")
        for code in CODES:
            assert indexed.place(code) == stored.place(code)
        assert indexed.place(CODES[0], every.indicators[0].indicator).comparisons
        found = indexed.contradictions()
        assert found == stored.contradictions() and {each.kind for each in found.found} == {"change", "rate"}
        assert indexed.contradictions(CODES[0]) == stored.contradictions(CODES[0]) != found


def test_unsure_numbers_can_be_left_out(folder: Path) -> None:
    """The bureau's number counts unless confidence is asked for."""
    with observations(str(folder)) as every, observations(str(folder), 1.0) as sure:
        all_, certain = (sum(each.numbers for each in asked.indicators().indicators) for asked in (every, sure))
        assert all_ == certain + 1


def test_a_graph_without_an_index_is_asked_itself(folder: Path, tmp_path: Path) -> None:
    """It takes longer and says the same; each report that is read is told."""
    another = tmp_path / "graph"
    shutil.copytree(folder, another)
    next((another / INDEX).iterdir()).unlink()
    seen: list[None] = []
    with observations(str(another), seen=lambda: seen.append(None)) as stored, observations(str(folder)) as indexed:
        assert isinstance(stored, Stored)
        assert stored.indicators() == indexed.indicators()
    assert len(seen) == len(CODES) + 2
