"""Speed as ratios within one run: python -m benchmarks

Each line divides what Zhili takes by what a plain tool takes for the same work on the same machine in the same
minute, so the figures can be compared between machines. Times are the best of several runs.
"""

import gzip
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import jieba
import pyoxigraph as ox

from extract.documents import Document
from extract.reading import find_documents
from extract.report import read_report
from extract.triples import to_quads
from graph.questions import questions
from graph.store import Answer, graph_of, write_store
from ontology.namespace import PREFIXES

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
RUNS = 5


def best(work: Callable[[], object]) -> float:
    """Seconds of the quickest of several runs."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def line(what: str, ours: float, theirs: float, than: str) -> None:
    """Print one ratio with its two times."""
    print(f"{what:34} {ours / theirs:6.2f} × {than}   ({1000 * ours:.1f} ms : {1000 * theirs:.1f} ms)")


def drain(answer: Answer) -> int:
    """The number of rows, every one of them fetched."""
    return sum(1 for _ in answer) if isinstance(answer, ox.QuerySolutions) else 1


def raw_answer(store: ox.Store, query: str) -> Answer:
    """What the plain store says, over the union of its named graphs."""
    return store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)


def main() -> int:
    """Print every ratio."""
    documents = [each for each in find_documents([SEEDS]) if isinstance(each, Document)]
    reports = [read_report(document) for document in documents]
    jieba.initialize()
    line(
        "extraction, file to quads",
        best(lambda: [to_quads(read_report(document)) for document in documents]),
        best(lambda: [jieba.lcut(report.text) for report in reports]),
        "one bare jieba.lcut of the same text",
    )
    quads = [to_quads(report) for report in reports]
    with tempfile.TemporaryDirectory() as folder:
        shards = [Path(folder) / f"{number}.gz" for number in range(len(quads))]
        for shard, lines in zip(shards, quads, strict=True):
            shard.write_bytes(gzip.compress(lines))

        def raw() -> None:
            store = ox.Store(str(Path(tempfile.mkdtemp(dir=folder)) / "raw"))
            store.bulk_load(b"".join(quads), format=ox.RdfFormat.N_QUADS)
            store.flush()

        line(
            "loading",
            best(lambda: write_store(Path(tempfile.mkdtemp(dir=folder)) / "store", shards)),
            best(raw),
            "a raw Oxigraph bulk load of the same quads",
        )
    ours = graph_of(*quads)
    theirs = ox.Store()
    theirs.bulk_load(b"".join(quads), format=ox.RdfFormat.N_QUADS)
    asked = [question.query for question in questions().values()]
    line(
        f"{len(asked)} shipped questions",
        best(lambda: [drain(ours.answer(query)) for query in asked]),
        best(lambda: [drain(raw_answer(theirs, query)) for query in asked]),
        "the raw store with its union of graphs",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
