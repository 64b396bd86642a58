"""Worlds with a known truth: what is planted stands in the reports, and the same seed plants the same."""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.planting import REPORTS, TRUTH, planted_reports, truth, write_planted
from benchmarks.simulator import NEVER, YEARS, Size, World, table, without_spread, world
from extract.documents import Document
from extract.reading import decode
from extract.records import Report
from extract.report import read_report

SMALL = Size(provinces=2, prefectures=2, counties=2, groups=2, copies=12)


@pytest.fixture(scope="module")
def planted() -> World:
    """Two provinces with two cities of two counties."""
    return world(3, SMALL)


@pytest.fixture(scope="module")
def read(planted: World) -> dict[tuple[str, int], Report]:
    """Every third of its reports as it is read, by place and year."""
    reports = list(planted_reports(planted))[::3]
    return {(each.code, each.year): read_report(Document(each.name, each.data)) for each in reports}


def test_reports_state_what_is_planted(planted: World, read: dict[tuple[str, int], Report]) -> None:
    """Place and year are found, every mechanism that a place mentions, and few that it does not."""
    codes = [each.code for each in planted.divisions]
    wanted = extra = 0
    for (code, year), report in read.items():
        assert (report.jurisdiction.code, report.year) == (code, year)
        at = codes.index(code), year - YEARS.start
        stated = {planted.mechanisms[thing] for thing in np.flatnonzero(planted.stated[at])}
        found = {each.mechanism for each in report.adoptions if each.status == "practised" and not each.broader}
        assert stated <= found, code
        wanted, extra = wanted + len(stated), extra + len(found - stated)
    assert extra < 0.1 * wanted


def test_passages_stand_in_both_reports(planted: World) -> None:
    """A copied passage is in the report that it comes from and, as copied, in the one that took it over."""
    texts = {(each.code, each.year): decode(Document(each.name, each.data)) for each in planted_reports(planted)}
    copies = truth(planted)["copies"]
    assert len(copies) == 12
    for copy in copies:
        assert copy["text"] in texts[tuple(copy["from"])]
        assert copy["copied"] in texts[tuple(copy["to"])]
        assert (copy["text"] == copy["copied"]) is not copy["edited"]
        assert copy["from"][1] == copy["to"][1] - 1


def test_places_of_a_group_admit_the_same(planted: World, read: dict[tuple[str, int], Report]) -> None:
    """Most reports of a group's places admit most of its weaknesses."""
    group = {code: set(each["weaknesses"]) for each in truth(planted)["groups"] for code in each["places"]}
    shares = [
        len(group[code] & {name for each in report.deficiencies for name in each.categories}) / len(group[code])
        for (code, _), report in read.items()
        if code in group
    ]
    assert np.mean(shares) > 0.6


def test_mechanisms_pass_along_the_edges(planted: World) -> None:
    """Who learns from another has far more often had a mechanism after it than before it."""
    spreading = [at for at in range(len(planted.mechanisms)) if at not in planted.mandated]
    source, target = np.array(planted.edges).T
    before, after = planted.onsets[source][:, spreading], planted.onsets[target][:, spreading]
    both = (before > NEVER) & (after > NEVER)
    assert (both & (before < after)).sum() > 1.7 * (both & (before > after)).sum()


def test_a_table_says_what_the_reports_say(planted: World) -> None:
    """The table of a world has its statements, mechanism by mechanism; one without spread has no edges."""
    found = table(planted)
    number = planted.mechanisms.index("legal-adviser")
    column = [thing.rpartition("/")[2] for thing in found.things].index("legal-adviser")
    assert np.array_equal(found.states(column) == 4, planted.stated[:, :, number])
    assert np.array_equal(found.reported, planted.reported)
    bare = world(3, without_spread(SMALL))
    assert not bare.edges and not bare.mandated


def test_the_truth_is_written_beside_the_reports(planted: World, tmp_path: Path) -> None:
    """A folder has the reports, the truth and what they are; again it has the same."""
    write_planted(planted, tmp_path)
    first = {path.name: path.read_bytes() for path in tmp_path.rglob("*.*")}
    write_planted(world(3, SMALL), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.rglob("*.*")} == first
    assert len(list((tmp_path / REPORTS).iterdir())) == planted.reported.sum()
    assert json.loads((tmp_path / TRUTH).read_text("utf-8")) == json.loads(json.dumps(truth(planted)))
    assert "made up" in (tmp_path / "README.md").read_text("utf-8")
