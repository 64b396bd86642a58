"""What the index keeps of each statement of a report is what the report states."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from extract.triples import report_iri, to_quads
from graph.index.search import Index, write_index
from graph.index.told import CONCERNED, Finding
from graph.store import GraphStore, graph_of
from ontology import namespace
from tests.factories import adoption, cause, deficiency, evidence, practice, report, vocabulary

REPORTS = {
    2024: report(
        practices=(practice(),),
        adoptions=(adoption("legality-review", evidence=(evidence("全年审查合同32件"), evidence("建成解纷小院"))),),
        deficiencies=(
            deficiency(
                "enforcement-staff",
                "training",
                causes=(cause("funding"),),
                mechanisms=("contract-review",),
                confidence=0.5,
            ),
        ),
    ),
    2023: report(year=2023, deficiencies=(deficiency(),), adoptions=(), practices=(), observations=()),
}
IRIS = {year: report_iri(each) for year, each in REPORTS.items()}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The index of two reports of one place."""
    store: GraphStore = graph_of(*map(to_quads, REPORTS.values()), vocabulary())
    folder: Path = tmp_path_factory.mktemp("index")
    contents = {graph: graph for graph in store.graphs()}
    write_index(store, folder, contents)
    with closing(Index(store, folder, contents)) as found:
        yield found


def of_kind(found: list[Finding], kind: str) -> list[Finding]:
    """Those of one kind."""
    return [each for each in found if each.kind == kind]


def test_a_statement_comes_with_each_of_its_things_and_slices(index: Index) -> None:
    """An adoption with two sentences is two rows, a shortcoming under two weaknesses is two rows."""
    found = index.findings([IRIS[2024]])
    review = namespace.mechanism("legality-review")
    assert [(each.status, each.quote) for each in found if each.thing == review] == [
        ("practised", "全年审查合同32件"),
        ("practised", "建成解纷小院"),
    ]
    short = [each for each in of_kind(found, "deficiency") if each.status != CONCERNED]
    assert [each.thing for each in short] == [namespace.weakness("enforcement-staff"), namespace.weakness("training")]
    assert {(each.gist, each.confidence) for each in short} == {("执法力量仍显不足", 0.5)}


def test_a_cause_names_its_shortcoming(index: Index) -> None:
    """A cause is told with the statement that it is a cause of."""
    (cause_of,) = of_kind(index.findings([IRIS[2024]]), "cause")
    assert cause_of.effect in {each.name for each in of_kind(index.findings([IRIS[2024]]), "deficiency")}
    assert (cause_of.thing, cause_of.gist) == (namespace.weakness("funding"), "编制偏少")


def test_a_number_comes_with_its_unit(index: Index) -> None:
    """An observation has value, unit and qualifier, and stands where its sentence does."""
    (seen,) = of_kind(index.findings([IRIS[2024]]), "observation")
    assert (seen.value, seen.unit, seen.qualifier, seen.change) == ("32", "件", "exact", "")
    assert REPORTS[2024].text[seen.start : seen.end] == seen.quote == "全年审查合同32件"


def test_a_shortcoming_without_weakness_is_not_lost(index: Index) -> None:
    """What falls under nothing is one row without a thing."""
    (short,) = of_kind(index.findings([IRIS[2023]]), "deficiency")
    assert (short.thing, short.gist) == ("", "执法力量仍显不足")


def test_what_a_shortcoming_or_a_plan_concerns(index: Index) -> None:
    """A mechanism that a statement concerns is a row of its own beside those of what the statement falls under."""
    found = index.findings([IRIS[2024]])
    concerned = [(each.kind, each.thing, each.gist) for each in found if each.status == CONCERNED]
    assert concerned == [
        ("deficiency", namespace.mechanism("contract-review"), "执法力量仍显不足"),
        ("plan", namespace.mechanism("enforcement-training"), "加强执法培训"),
    ]
    assert {each.status for each in of_kind(found, "deficiency")} == {"", CONCERNED}
    assert [each.status for each in found if each.kind == "plan"] == ["", CONCERNED]


def test_one_thing_of_several_reports(index: Index) -> None:
    """Asked for one thing, only what is said of it comes, without sentences where these are not wanted."""
    things = [each.thing for each in index.findings([*IRIS.values()])]
    wanted = namespace.weakness("training")
    found = index.findings([*IRIS.values()], (wanted,), quoted=False)
    assert [(each.report, each.thing, each.quote) for each in found] == [(IRIS[2024], wanted, "")]
    assert things.count(wanted) == 1
    assert index.findings([IRIS[2023]], (wanted,)) == []


def test_a_report_of_another_graph(index: Index) -> None:
    """A report that is not in the graph is a mistake of who asks."""
    with pytest.raises(KeyError):
        index.findings(["https://example.org/report"])
