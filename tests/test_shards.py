"""Shards: read without a parser, as a parser reads them."""

import gzip
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.triples import to_quads
from graph.errors import GraphError
from graph.index import search, segments
from graph.index.search import write_index
from graph.index.told import told_in_shards
from graph.manifest import shard_path
from graph.shards import graph_in, read_shard, text_in, triples_in
from graph.store import graph_of
from graph.workers import WorkerEnded
from tests.factories import TEXT, practice, report, vocabulary


def _parsed(quads: bytes) -> list[tuple[str, str, str]]:
    found = []
    for quad in ox.parse(quads, format=ox.RdfFormat.N_QUADS):
        terms = (quad.subject, quad.predicate, quad.object)
        assert not any(isinstance(term, ox.Triple) for term in terms)
        found.append(tuple(term.value for term in terms))
    return found


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_as_a_parser_reads_it(text: str) -> None:
    """Whatever a report's text, title and names are."""
    told = report(text=TEXT + text, title=text or None, practices=(practice(text),) if text.isalnum() else ())
    quads = to_quads(told)
    assert list(triples_in(quads)) == _parsed(quads)
    assert text_in(quads) == told.text
    assert {quad.graph_name.value for quad in ox.parse(quads, format=ox.RdfFormat.N_QUADS)} == {graph_in(quads)}


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_rows_as_the_store_has_them(text: str) -> None:
    """A SELECT query gives any text as it is, and nothing for what is not bound."""
    literal = ox.Literal(text, language="zh")
    store = graph_of(
        ox.serialize(
            [ox.Quad(ox.NamedNode("x:a,b"), ox.NamedNode("x:p"), literal, ox.NamedNode("x:g"))],
            format=ox.RdfFormat.N_QUADS,
        )
        or b""
    )
    rows = list(store.select("SELECT ?s ?o ?n ?none { ?s ?p ?o BIND (strlen(?o) AS ?n) OPTIONAL { ?o ?q ?none } }"))
    assert rows == [{"s": "x:a,b", "o": text, "n": str(len(text)), "none": ""}]


@pytest.mark.parametrize("content", [gzip.compress(to_quads(report()))[:-9], b"no gzip"], ids=["cut", "other"])
def test_a_damaged_shard_is_removed(content: bytes, tmp_path: Path) -> None:
    """One line says so, and the next build makes it again."""
    shard = shard_path(tmp_path, "k")
    shard.parent.mkdir(parents=True)
    shard.write_bytes(content)
    with pytest.raises(GraphError, match="run the build again"):
        read_shard(shard)
    assert not shard.exists()


def test_an_index_is_the_same_from_a_store_and_from_shards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What only a store has of reports gives the same files as their shards, with one process or two."""
    monkeypatch.setattr(search, "_FEW", 0)
    monkeypatch.setattr(segments, "_REPORTS", 1)
    quads = {f"k{number}": to_quads(report(code)) for number, code in enumerate(("330324006", "430406", ""))}
    for key, lines in quads.items():
        shard_path(tmp_path, key).parent.mkdir(parents=True, exist_ok=True)
        shard_path(tmp_path, key).write_bytes(gzip.compress(lines))
    store = graph_of(vocabulary(), *quads.values())
    contents = {graph_in(lines): key for key, lines in quads.items()}
    write_index(store, tmp_path / "one", contents)
    write_index(store, tmp_path / "two", contents, partial(told_in_shards, tmp_path))
    write_index(store, tmp_path / "three", contents, partial(told_in_shards, tmp_path), processes=2)
    files = [{path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two", "three")]
    assert files[0] == files[1] == files[2] and len(files[0]) == 3


def test_a_worker_that_ends_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line that says what to do."""

    def ended(*_: object) -> None:
        raise WorkerEnded("ended its worker")

    monkeypatch.setattr(search, "_FEW", 0)
    monkeypatch.setattr(search, "call", ended)
    store = graph_of(to_quads(report()))
    with pytest.raises(GraphError, match="a part of the index ended its worker; run the build again"):
        write_index(store, tmp_path, {graph: graph for graph in store.graphs()}, processes=2)
