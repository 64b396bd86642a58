"""Graph folders of some reports, and the explorer over one, for tests that ask it as a reader's browser would."""

import gzip
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import uvicorn

from extract.records import Report
from extract.triples import to_quads
from graph.explorer.endpoint import Limits
from graph.explorer.listening import config
from graph.explorer.serving import explorer
from graph.manifest import Entry, Manifest, write_manifest
from graph.shards import graph_in
from graph.store import write_store
from tests.factories import vocabulary


def write_graph(folder: Path, reports: Iterable[Report]) -> None:
    """A graph folder with the vocabulary and these reports."""
    shards = {folder / f"{number}.gz": to_quads(report) for number, report in enumerate(reports)}
    shards[folder / "vocabulary.gz"] = vocabulary()
    for shard, quads in shards.items():
        shard.write_bytes(gzip.compress(quads))
    write_store(folder / "store", shards)
    documents = {shard.name: Entry(shard.name, graph_in(quads)) for shard, quads in shards.items()}
    write_manifest(folder, Manifest("store", documents=documents))


def serving(graph: str) -> Iterator[str]:
    """The address of an explorer on loopback, until it is ended."""
    with explorer(graph, Limits(rows=5000, seconds=5)) as app:
        server = uvicorn.Server(config(app, host="127.0.0.1", port=0, log_level="critical"))
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
