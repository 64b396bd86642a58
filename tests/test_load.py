"""Many readers at once, a build that swaps the store beside them, and queries that never end: each gets its answer.

The same as `benchmarks.crowding` measures, small. Nothing here is about how long anything takes.
"""

import sys
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.browsing import served
from benchmarks.crowd import RIGHT, WRONG, Ask, Plan, answers, asked_alone, crowd
from benchmarks.crowding import ENDLESS, STOPPED, Rebuilt, mixed
from benchmarks.growing import Scale
from graph.manifest import read_manifest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there a store that is read cannot be removed")

READERS, SECONDS = 8, 3.0
PAGES = ("", "places", "mechanisms", "weaknesses", "practices", "spread", "mechanism/legality-review", "graph")


def test_all_readers_are_answered_rightly_while_the_store_is_swapped_beside_endless_queries(tmp_path: Path) -> None:
    """The server keeps the graph that it has; its engine is replaced whenever a query holds it up."""
    scale = Scale(tmp_path, 8)
    graph = scale.graph(scale.reports)
    before = read_manifest(graph)
    with served(graph, "--seconds", "1") as (client, _):
        base, asks = str(client.base_url), mixed([f"/zh/{page}" for page in PAGES])[::8]
        with crowd(Plan(base, READERS, SECONDS, asks, asked_alone(base, asks), ENDLESS)) as readers:
            Rebuilt(scale, 2).change()
            found = answers(readers)
    after = read_manifest(graph)
    assert len(before.documents) == len(after.documents) == 8 and before.store != after.store
    assert Counter(told.verdict for told in found.told).keys() == {RIGHT}
    assert {told.kind for told in found.told} == {ask.kind for ask in asks}
    assert found.endless and {status for status, _ in found.endless} <= set(STOPPED)


def test_readers_notice_what_is_wrong(tmp_path: Path) -> None:
    """An answer that is not the one of before, an address that leads nowhere, and a server that is gone."""
    scale = Scale(tmp_path, 1)
    asks = [Ask("page", "/zh/"), Ask("page", "/zh/places"), Ask("page", "/zh/nowhere")]
    with served(scale.graph(1)) as (client, _):
        base = str(client.base_url)
        plan = Plan(base, 2, 1.0, asks, [*asked_alone(base, asks[:1]), "another", "another"])
        with crowd(plan) as readers:
            found = answers(readers)
        with pytest.raises(RuntimeError, match="nowhere.*404, then 404"):
            asked_alone(base, asks)
    verdicts = {(told.address, told.verdict[:3]) for told in found.told}
    assert verdicts == {("/zh/", RIGHT[:3]), ("/zh/places", WRONG[:3]), ("/zh/nowhere", "404")}
    with crowd(plan) as readers:
        assert {told.verdict.partition(":")[0] for told in answers(readers).told} == {"ConnectError"}
