"""How fast quads become a store, beside a raw bulk load of the same quads."""

import shutil
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from benchmarks.growing import Scale
from benchmarks.measuring import Figure, in_turns
from graph.manifest import read_manifest, shard_path
from graph.shards import read_shard
from graph.store import write_store

_REPORTS = 500


def loading(scale: Scale) -> Iterator[Figure]:
    """The store that `zhili build` writes, with the union of all graphs, beside a plain load without it."""
    graph, scratch = scale.graph(scale.quarter), scale.folder / "loaded"
    scratch.mkdir()
    shards = [shard_path(graph, key) for key in islice(sorted(read_manifest(graph).shards), _REPORTS)]
    quads = b"".join(map(read_shard, shards))
    times = in_turns(
        lambda: write_store(scratch / "ours", shards), lambda: _load(scratch / "raw", quads), 3, time.perf_counter
    )
    shutil.rmtree(scratch)
    count = quads.count(b"\n")
    yield Figure(
        "rate of loading, to that of a raw load",
        times.theirs / times.ours,
        "×",
        0.7,
        at_least=True,
        how=f"wall, {count:,} quads of {len(shards)} shards, {times.how}",
    )
    yield Figure(
        "quads loaded a second", count / times.ours, "", how="wall; each goes into its graph and into the union"
    )


def _load(folder: Path, quads: bytes) -> None:
    """A new store with the quads in their graphs and nothing else."""
    shutil.rmtree(folder, ignore_errors=True)
    store = ox.Store(str(folder))
    store.bulk_load(quads, format=ox.RdfFormat.N_QUADS)
    store.flush()
