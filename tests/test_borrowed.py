"""A place's passages with both sides, how words travelled, and the command that tells of them."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extract.records import Jurisdiction, Report
from extract.triples import report_iri, to_quads
from graph.analysis.borrowed import Borrowings, borrowings, partners
from graph.analysis.corpus import read_corpus
from graph.analysis.travel import trace, travel
from graph.cli import main
from graph.errors import UnknownThing
from graph.opening import open_any
from graph.store import GraphStore, Queryable, graph_of
from ontology.divisions import divisions
from tests import factories
from tests.copies import texts
from tests.factories import vocabulary
from tests.servers import cutting
from tests.serving import write_graph

SENTENCE = "依托“船头议事点”收集停靠纠纷线索126条，当场说和98条，其余移交调委会限期办结，反复出现的问题写成小册子发到每条船上。"
REWORDED = "学习外地“船头议事点”做法，当场说和9条，其余移交调委会限期办结。"
COUNTY, TOWNSHIP, ELSEWHERE = "永嘉县", "永嘉县三江街道", "雁峰区"
CODES = {COUNTY: "330324", TOWNSHIP: "330324006", ELSEWHERE: "430406"}


def _report(code: str, year: int | None, text: str) -> Report:
    found = divisions()[code]
    return factories.report(
        jurisdiction=Jurisdiction(code, found.path, found.level),
        year=year,
        text=text,
        title=None,
        sections=(),
        adoptions=(),
        practices=(),
        observations=(),
        deficiencies=(),
        plans=(),
    )


def reports() -> list[Report]:
    """36 counties that have nothing in common, one with a sentence that its township takes over, and one far away."""
    codes = [each.code for each in divisions() if each.level == "county" and each.code not in CODES.values()]
    many = [_report(code, 2020, text) for code, text in zip(codes[::70], texts()[:36], strict=False)]
    return [
        *many,
        _report(CODES[COUNTY], 2021, f"一、成效\n我县着力化解水上矛盾。\n{SENTENCE}"),
        _report(CODES[TOWNSHIP], 2022, f"街道地处江边。\n{SENTENCE.replace('126', '7')}另办实事三件。"),
        _report(CODES[ELSEWHERE], 2023, f"区里河湖众多。{REWORDED}"),
        _report("500101", None, SENTENCE),
    ]


@pytest.fixture(scope="module")
def store() -> GraphStore:
    """A graph of them."""
    return graph_of(*map(to_quads, reports()), vocabulary())


@pytest.fixture(scope="module", params=["folder", "endpoint"])
def asked(request: pytest.FixtureRequest, store: GraphStore) -> Iterator[Queryable]:
    """The same graph at hand and behind an endpoint that gives few rows at once."""
    if request.param == "folder":
        yield store
        return
    with cutting(store, 60) as url:
        yield open_any(url)


def test_a_place_shares_with_its_superior(asked: Queryable) -> None:
    """Each passage quotes both reports in place; shares say whose words they are and sum to 1."""
    found = borrowings(asked, TOWNSHIP)
    (only,) = found.reports
    assert sum(only.shares.values()) == pytest.approx(1, abs=1e-3)
    assert only.shares["superior"] > 0.5 > only.shares["own"] > 0
    (passage,) = only.passages
    assert (passage.source, passage.theirs.by, passage.theirs.year) == ("superior", "浙江省温州市永嘉县", 2021)
    by_iri = {report_iri(each): each.text for each in reports()}
    for side in (passage.mine, passage.theirs):
        assert by_iri[side.report][side.start : side.end] == side.text
    assert passage.mine.text.replace("7条", "126条") == passage.theirs.text
    assert partners(only) == [("superior", "浙江省温州市永嘉县", 2021, passage.signs)]
    assert borrowings(asked, only.report).reports == found.reports


def test_all_reports_by_their_own_words(store: GraphStore) -> None:
    """The fewest own words come first; a report whose year is not known is left out."""
    found = borrowings(store)
    assert found.reports[0].by.endswith("三江街道")
    assert [each.shares["own"] for each in found.reports] == sorted(each.shares["own"] for each in found.reports)
    assert len(found.reports) == len(reports()) - 1
    assert not any(each.passages for each in found.reports)


def test_who_is_not_there(store: GraphStore) -> None:
    """A place without a report, and a report that is none, are told."""
    for words in ("火星", "https://w3id.org/zhili/report/nothing", "report:nothing"):
        with pytest.raises(UnknownThing, match=words):
            borrowings(store, words)


def test_words_are_traced_to_the_first(asked: Queryable) -> None:
    """A name is found in each report that has it, by year; later sentences say which earlier one they keep, and how far."""
    found = travel(asked, "船头议事点")
    assert [step.year for step in found.steps] == [2021, 2022, 2023]
    county, township, elsewhere = found.steps
    assert found.earliest == (county,)
    assert (county.sentence, county.source) == (SENTENCE.rstrip("。"), "")
    assert (township.kept, township.source) == (1.0, county.report)
    assert elsewhere.source == county.report and 0.3 < elsewhere.kept < 0.9
    by_iri = {report_iri(each): each.text for each in reports()}
    assert all(by_iri[step.report][step.start : step.end] == step.sentence for step in found.steps)
    assert "the first on 2021: 浙江省温州市永嘉县." in found.caution
    earliest = trace(asked, read_corpus(asked), "船头议事点", most=2)
    assert (earliest.reports, earliest.steps) == (3, found.steps[:2])


def test_a_tie_is_a_tie() -> None:
    """Of reports on one year none is the source of another, and all of the first year are first."""
    both = [_report("330324", 2021, SENTENCE), _report("430406", 2021, f"{SENTENCE}附记。")]
    store = graph_of(*map(to_quads, both), vocabulary())
    found = travel(store, "移交调委会\n限期办结")
    assert len(found.earliest) == 2
    assert {step.source for step in found.steps} == {""}
    assert "Which of them had the words first" in found.caution
    assert "no report before 2021" in found.caution
    assert travel(store, "附记").caution.startswith("1 report of 2 has these words")


@pytest.mark.parametrize(
    ("words", "says"), [("没有人写过这一句", "no report"), ("。", "too short"), ("的", "too short")]
)
def test_words_that_nobody_has(store: GraphStore, words: str, says: str) -> None:
    """What no report says, or is no wording, is told."""
    with pytest.raises(UnknownThing, match=says):
        travel(store, words)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph folder of the reports."""
    path: Path = tmp_path_factory.mktemp("graph")
    write_graph(path, reports())
    return path


def _zhili(folder: Path, *words: str | Path) -> Result:
    return CliRunner().invoke(main, ["passages", "-g", str(folder), *map(str, words)])


def test_the_command_tells_a_reader(folder: Path) -> None:
    """All reports as a table, a place with both sentences, words with their way."""
    told = _zhili(folder, "--limit", "3").output
    assert "Words in more than 2 of" in told and "… and 36 more: --limit 0 shows all" in told
    told = _zhili(folder, TOWNSHIP).output
    assert "a superior's" in told and told.count("收集停靠纠纷线索") == 2
    told = _zhili(folder, "--trace", "船头议事点").output
    assert "2021 浙江省温州市永嘉县  [first]" in told and "[100% as in 浙江省温州市永嘉县 2021]" in told


@pytest.mark.parametrize(("words", "rows"), [((), 39), ((TOWNSHIP,), 1), (("--trace", "船头议事点"), 3)])
def test_the_command_gives_data(folder: Path, tmp_path: Path, words: tuple[str, ...], rows: int) -> None:
    """The same as JSON, as CSV with a row each, and as a picture."""
    assert isinstance(json.loads(_zhili(folder, *words, "--json").output), dict)
    table = [*csv.reader(io.StringIO(_zhili(folder, *words, "--csv").output))]
    assert len(table) == rows + 1
    assert {len(row) for row in table} == {len(table[0])}
    assert _zhili(folder, *words, "--plot", tmp_path / "a.svg").exit_code == 0
    assert b"<svg" in (tmp_path / "a.svg").read_bytes()


def test_few_reports_are_told_to_be_few(tmp_path: Path) -> None:
    """Without enough reports no shares are given, as text, data or picture, and passages are still shown."""
    write_graph(tmp_path, reports()[-4:-1])
    assert "no shares are given" in _zhili(tmp_path).output
    told = _zhili(tmp_path, TOWNSHIP)
    assert "no shares are given" in told.output and told.output.count("收集停靠纠纷线索") == 2
    assert _zhili(tmp_path, "--plot", tmp_path / "a.svg").exit_code == 0
    assert "too few reports" in (tmp_path / "a.svg").read_text(encoding="utf-8")


def test_the_command_wants_one_thing(folder: Path) -> None:
    """A place and words to trace are two questions."""
    found = _zhili(folder, TOWNSHIP, "--trace", "船头议事点")
    assert (found.exit_code, "leave out PLACE" in found.output) == (2, True)


def test_no_report_has_no_words() -> None:
    """A graph without reports has no shares and no passages."""
    assert borrowings(graph_of(vocabulary())) == Borrowings(borrowings(graph_of(vocabulary())).caution, ())
