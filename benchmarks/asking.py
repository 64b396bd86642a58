"""The shipped questions beside a raw store and beside rdflib, which are asked the same text."""

from collections.abc import Iterator
from itertools import islice
from statistics import median

import pyoxigraph as ox
import rdflib

from benchmarks.growing import Scale
from benchmarks.measuring import Figure, Turns, in_turns, seconds
from graph.manifest import read_manifest, shard_path
from graph.questions import questions
from graph.shards import read_shard
from graph.store import Answer, GraphStore, graph_of, open_graph
from ontology.namespace import PREFIXES

_FOR_RDFLIB = 10  # reports; more take it minutes


def asking(scale: Scale) -> Iterator[Figure]:
    """All shipped questions, every row of every answer fetched."""
    graph = scale.graph(scale.quarter)
    ours, raw = open_graph(graph), ox.Store.read_only(str(graph / read_manifest(graph).store))
    times = {name: _beside_raw(ours, raw, question.query) for name, question in questions().items()}
    total = Turns(sum(each.ours for each in times.values()), sum(each.theirs for each in times.values()))
    of = f"{len(times)} questions, {scale.quarter:,} reports"
    yield Figure(
        "questions in all, to the raw store", total.ours / total.theirs, "×", 1.3, how=f"CPU, {of}, {total.how}"
    )
    yield Figure(
        "a question, to the raw store",
        median(each.ours / each.theirs for each in times.values()),
        "×",
        1.3,
        how="CPU, the median",
    )
    slowest = max(times, key=lambda name: times[name].ours)
    yield Figure("the slowest question", times[slowest].ours, "s", how=f"CPU, {slowest}")
    yield _beside_rdflib(scale)


def _beside_raw(ours: GraphStore, raw: ox.Store, query: str) -> Turns:
    def ask_raw() -> int:
        return _drain(raw.query(query, prefixes=PREFIXES))

    return in_turns(lambda: _drain(ours.answer(query)), ask_raw, 3)


def _beside_rdflib(scale: Scale) -> Figure:
    """Both with the same triples in memory; rdflib once, since it is slow, ours as often as it takes to be sure."""
    graph = scale.graph(scale.quarter)
    keys = islice(sorted(read_manifest(graph).shards), _FOR_RDFLIB)
    shards = [read_shard(shard_path(graph, key)) for key in keys]
    ours, theirs = graph_of(*shards), rdflib.Graph()
    for prefix, iri in PREFIXES.items():
        theirs.bind(prefix, iri, replace=True)
    theirs.parse(data=b"".join(map(as_triples, shards)), format="nt")
    asked = [question.query for question in questions().values()]
    slow = seconds(lambda: [list(theirs.query(query)) for query in asked])
    quick = min(seconds(lambda: [_drain(ours.answer(query)) for query in asked]) for _ in range(3))
    return Figure(
        "questions in all, rdflib's time to ours",
        slow / quick,
        "×",
        10,
        at_least=True,
        how=f"CPU, {len(theirs):,} triples in memory, {slow:.1f} s : {quick:.2f} s",
    )


def as_triples(quads: bytes) -> bytes:
    """Quads as triples, their graphs forgotten."""
    triples = (quad.triple for quad in ox.parse(quads, format=ox.RdfFormat.N_QUADS))
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def _drain(answer: Answer) -> int:
    """The number of rows, every one of them fetched."""
    return sum(1 for _ in answer) if isinstance(answer, ox.QuerySolutions) else 1
