"""Many readers at once, a build that swaps the store beside them, and queries that never end: each gets its answer.

The same as `benchmarks.crowding` measures, small. Nothing here is about how long anything takes.
"""

import sys
from pathlib import Path

import pytest

from benchmarks.browsing import served
from benchmarks.crowd import BUSY, RIGHT, WRONG, Ask, Plan, answers, asked_alone, crowd
from benchmarks.crowding import ENDLESS, STOPPED, Rebuilt, mixed
from benchmarks.growing import Scale
from graph.manifest import read_manifest
from tests.servers import saying

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there a store that is read cannot be removed")

ASK = Ask("query", "", "ASK {}")
READERS, SECONDS = 8, 3.0
PAGES = ("", "places", "mechanisms", "weaknesses", "practices", "spread", "mechanism/legality-review", "graph")


def test_all_readers_are_answered_rightly_while_the_store_is_swapped_beside_endless_queries(tmp_path: Path) -> None:
    """The server keeps the graph that it has; its engine is replaced whenever a query holds it up."""
    scale = Scale(tmp_path, 8)
    graph = scale.graph(scale.reports)
    before = read_manifest(graph)
    with served(graph, "--seconds", "1") as (client, _):
        base, asks = str(client.base_url), mixed([f"/zh/{page}" for page in PAGES])[::10]
        with crowd(Plan(base, READERS, SECONDS, asks, asked_alone(base, asks), ENDLESS)) as readers:
            Rebuilt(scale, 2).change()
            found = answers(readers)
    after = read_manifest(graph)
    assert len(before.documents) == len(after.documents) == 8 and before.store != after.store
    assert {told.verdict for told in found.told} == {RIGHT}
    assert {told.kind for told in found.told} == {ask.kind for ask in asks}
    assert found.endless and {status for status, _ in found.endless} <= set(STOPPED)


@pytest.mark.parametrize(
    ("status", "headers", "verdict"),
    [(200, {}, WRONG), (503, {"Retry-After": "5"}, BUSY), (503, {}, "503"), (404, {}, "404")],
)
def test_readers_notice_what_is_wrong(status: int, headers: dict[str, str], verdict: str) -> None:
    """An answer that is not the one of before, or none; to be told to ask again is no error."""
    with saying(status, b"x" * 40, headers) as url, crowd(Plan(url, 1, 0.1, [ASK], ["another digest"])) as readers:
        found = answers(readers)
    assert {told.verdict.partition(":")[0] for told in found.told} == {verdict}


def test_readers_notice_that_nobody_answers() -> None:
    """With endless queries as with others."""
    with saying(200, b"x" * 40) as url:
        right = asked_alone(url, [ASK])
    with crowd(Plan(url, 1, 0.1, [ASK], right, ["ASK {}"])) as readers:
        found = answers(readers)
    assert {told.verdict.partition(":")[0] for told in found.told} == {"ConnectError"}
    assert {status for status, _ in found.endless} == {0}


def test_what_is_no_answer_when_it_is_asked_alone() -> None:
    """Nothing can be compared with it."""
    with saying(404, b"x" * 40) as url, pytest.raises(RuntimeError, match="404: x"):
        asked_alone(url, [ASK])
