"""Many readers at once, a build that swaps the store beside them, and queries that never end: each gets its answer.

The same as `benchmarks.crowding` measures, small. Nothing here is about how long anything takes.
"""

import sys
from pathlib import Path

import pytest

from benchmarks.browsing import served
from benchmarks.crowd import RIGHT, Plan, answers, asked_alone, crowd
from benchmarks.crowding import ENDLESS, STOPPED, Rebuilt, mixed
from benchmarks.growing import Scale
from graph.manifest import read_manifest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there a store that is read cannot be removed")

READERS, SECONDS = 8, 5.0
PAGES = ("", "places", "mechanisms", "weaknesses", "practices", "spread", "mechanism/legality-review", "graph")


def test_all_readers_are_answered_rightly_while_the_store_is_swapped_beside_endless_queries(tmp_path: Path) -> None:
    """The graph is changed and changed back meanwhile; the engine is replaced whenever a query holds it up."""
    scale = Scale(tmp_path, 12)
    graph = scale.graph(scale.reports)
    stores = [read_manifest(graph).store]
    with served(graph, "--seconds", "1") as (client, _):
        base, asks = str(client.base_url), mixed([f"/zh/{page}" for page in PAGES])[::4]
        plan = Plan(base, READERS, SECONDS, asks, asked_alone(base, asks), ENDLESS)
        rebuilt = Rebuilt(scale, 2)
        with crowd(plan) as readers:
            for build in (rebuilt.change, rebuilt.back):
                build()
                stores.append(read_manifest(graph).store)
            found = answers(readers)
        assert asked_alone(base, asks) == plan.right
    assert stores[0] == stores[2] != stores[1]
    assert {told.verdict for told in found.told} == {RIGHT}
    assert {told.kind for told in found.told} == {ask.kind for ask in asks}
    assert found.endless and {status for status, _ in found.endless} <= set(STOPPED)
