"""The store and its questions: the only module that touches Oxigraph's `Store`.

A store holds each document's triples in its named graph, and the union of all of them, each triple once, in the
default graph. Oxigraph can form that union at query time, but then counts a triple once for each graph that has it
(two reports' `浙江省` are two) and takes five times as long; the copy costs a fifth more when loading. Queries know
the project's prefixes without declaring them.
"""

import gzip
import io
import re
import shutil
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

from graph.errors import BadQuery, GraphError, NotAGraph
from graph.manifest import read_manifest
from graph.sparql import refuse_service
from graph.tables import width
from ontology.namespace import PREFIXES, ZL, expand

if TYPE_CHECKING:
    from typing_extensions import Buffer  # collections.abc has it from Python 3.12 on

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_GRAPH_NAME = re.compile(rb" <[^ ]*> \.\n")  # at the end of a line: literals hold no raw line ends
_TEXT, _SOURCE = expand("nif:isString"), expand("dcterms:source")
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


class Queryable(Protocol):
    """A graph that can be asked, here (`GraphStore`) or behind an endpoint: all that analyses need of one."""

    def answer(self, query: str, **iris: str) -> Answer:
        """The answer to a SPARQL query; each variable named in `iris`, which the query must select, is that IRI."""

    def select(self, query: str, **iris: str) -> Iterator[dict[str, str]]:
        """The rows of a SELECT query as strings by variable; a variable that is not bound gives an empty one."""

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""

    def quads(self, graph: str) -> list[str]:
        """The quads of one named graph as sorted lines of N-Quads."""


class GraphStore:
    """A graph that can be asked; `open_graph` gives one from a folder, `graph_of` one from quads."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def answer(self, query: str, **iris: str) -> Answer:
        """The answer to a SPARQL query; each variable named in `iris`, which the query must select, is that IRI."""
        refuse_service(query)
        bound: dict[ox.Variable, Term] = {ox.Variable(name): ox.NamedNode(iri) for name, iri in iris.items()}
        try:
            return self._store.query(query, prefixes=PREFIXES, substitutions=bound)
        except SyntaxError as error:
            raise BadQuery(_explain(query, str(error))) from error

    def select(self, query: str, **iris: str) -> Iterator[dict[str, str]]:
        """The rows of a SELECT query as strings by variable; a variable that is not bound gives an empty one."""
        solutions = self.answer(query, **iris)
        if not isinstance(solutions, ox.QuerySolutions):
            raise BadQuery("the query is no SELECT query")
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            yield {name: value.value if (value := solution[name]) is not None else "" for name in names}

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        return sorted(graph.value for graph in self._store.named_graphs() if isinstance(graph, ox.NamedNode))

    def quads(self, graph: str | None = None) -> list[str]:
        """The quads of one named graph, or of all, as sorted lines of N-Quads."""
        graphs = [graph] if graph else self.graphs()
        found = chain.from_iterable(
            self._store.quads_for_pattern(None, None, None, ox.NamedNode(name)) for name in graphs
        )
        return sorted((ox.serialize(found, format=ox.RdfFormat.N_QUADS) or b"").decode().splitlines(keepends=True))


def open_graph(folder: Path) -> GraphStore:
    """The current graph of a folder that `zhili build` wrote, for reading; NotAGraph where there is none."""
    return open_store(folder / read_manifest(folder).store)


def open_store(path: Path) -> GraphStore:
    """The store in a folder of its own, for reading; NotAGraph where it cannot be opened."""
    try:
        return GraphStore(ox.Store.read_only(str(path)))
    except OSError as error:
        raise NotAGraph(f"{path}: cannot be opened ({error}); build the graph again") from error


@contextmanager
def sure_graph(folder: Path, confidence: float) -> Iterator[GraphStore]:
    """The graph of a folder as if findings of less confidence than this (0 to 1) had not been found.

    For what asks anything of a graph; an analysis that knows its question leaves them out by itself, which is
    cheaper. A copy is made, by hard links where the temporary folder allows, and removed at the end.
    """
    if not confidence:
        yield open_graph(folder)
        return
    open_graph(folder)  # says what is wrong with the folder, if anything
    with tempfile.TemporaryDirectory(prefix="zhili-") as scratch:
        store = ox.Store.read_only(str(folder / read_manifest(folder).store))
        store.backup(copy := f"{scratch}/store")
        store = ox.Store(copy)
        _forget_unsure(store, confidence)
        yield GraphStore(store)
        del store


def graph_of(*documents: bytes) -> GraphStore:
    """A graph in memory from N-Quads in named graphs."""
    store = ox.Store()
    _load(store, documents)
    return GraphStore(store)


def write_store(
    folder: Path,
    shards: Iterable[Path],
    base: Path | None = None,
    gone: Iterable[str] = (),
    mirrors: Mapping[Path, Sequence[Path]] | None = None,
) -> None:
    """Writes a store in one step: that at `base`, if any, without the graphs that are `gone`, and with the shards.

    `mirrors` are a shard's mirrors: of these, the sources alone go into its graph.

    Oxigraph copies a store by hard links, so a large graph with few changes costs the changes alone.
    """
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        if base is not None:
            ox.Store.read_only(str(base)).backup(str(part))
        store = ox.Store(str(part))
        _withdraw(store, [ox.NamedNode(graph) for graph in gone])
        _load(store, _read_shards(shards, mirrors or {}))
        store.flush()
    except OSError as error:
        raise GraphError(f"{folder}: the store cannot be written: {error}; the graph is as it was") from error
    del store  # lets go of the lock, so that the folder can be opened under its name
    shutil.rmtree(folder, ignore_errors=True)
    part.rename(folder)


def graph_in(quads: bytes) -> str:
    """The IRI of the graph that a document's lines are in."""
    return quads.partition(b"\n")[0].split()[-2].decode().strip("<>")


def text_in(quads: bytes) -> str:
    """The report's text in a document's lines; an empty one where they hold none."""
    for text in _objects(quads, _TEXT):
        (quad,) = ox.parse(b"<x:> <x:> %b ." % text, format=ox.RdfFormat.N_TRIPLES)
        return quad.object.value if isinstance(quad.object, ox.Literal) else ""
    return ""


def read_shard(shard: Path) -> bytes:
    """A document's lines; where the file is damaged it is removed, and GraphError says so."""
    try:
        return gzip.decompress(shard.read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        shard.unlink(missing_ok=True)
        raise GraphError(f"{shard}: is damaged and was removed; run the build again to mend it") from error


def _objects(quads: bytes, predicate: str) -> list[bytes]:
    """What a document's lines say of the document itself by a predicate, as N-Quads writes it."""
    name = re.escape(graph_in(quads).encode())
    return re.findall(rb"^<%b> <%b> (.*) <%b> \.$" % (name, re.escape(predicate.encode()), name), quads, re.MULTILINE)


def _load(store: ox.Store, documents: Iterable[bytes]) -> None:
    """Loads documents into their named graphs and into the default graph, in one go."""
    both = (lines for quads in documents for lines in (quads, _GRAPH_NAME.sub(b" .\n", quads)))
    store.bulk_load(io.BufferedReader(_Chain(both), 1 << 20), format=ox.RdfFormat.N_QUADS)


def _withdraw(store: ox.Store, graphs: list[ox.NamedNode]) -> None:
    """Removes named graphs, and from the default graph what none of the others says."""
    triples = {quad.triple for graph in graphs for quad in store.quads_for_pattern(None, None, None, graph)}
    for graph in graphs:
        store.remove_graph(graph)
    union = ox.DefaultGraph()
    for triple in triples:
        said = store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        if all(quad.graph_name == union for quad in said):
            store.remove(ox.Quad(triple.subject, triple.predicate, triple.object, union))


def _forget_unsure(store: ox.Store, confidence: float) -> None:
    """Removes the statements of less confidence and the causes given in them; they have no direct triples."""
    doubts = store.quads_for_pattern(None, ox.NamedNode(ZL.confidence), None, ox.DefaultGraph())
    unsure = {quad.subject for quad in doubts if float(quad.object.value) < confidence}  # type: ignore[union-attr]
    causes = {quad.object for one in unsure for quad in store.quads_for_pattern(one, ox.NamedNode(ZL.cause), None)}
    for statement in unsure | causes:
        said, said_of = store.quads_for_pattern(statement, None, None), store.quads_for_pattern(None, None, statement)  # type: ignore[arg-type]
        for quad in [*said, *said_of]:
            store.remove(quad)


def _read_shards(shards: Iterable[Path], mirrors: Mapping[Path, Sequence[Path]]) -> Iterator[bytes]:
    for shard in shards:
        quads = read_shard(shard)
        for mirror in mirrors.get(shard, ()):
            graph = graph_in(quads).encode()
            for source in _objects(read_shard(mirror), _SOURCE):
                quads += b"<%b> <%b> %b <%b> .\n" % (graph, _SOURCE.encode(), source, graph)
        yield quads


class _Chain(io.RawIOBase):
    """Many byte strings as one file, so that one bulk load takes them all and memory holds one at a time."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "Buffer") -> int:
        """Fills the buffer with the next bytes; says how many, none at the end."""
        while not self._rest and (chunk := next(self._chunks, None)) is not None:
            self._rest = memoryview(chunk)
        into = memoryview(buffer).cast("B")
        size = min(len(into), len(self._rest))
        into[:size], self._rest = self._rest[:size], self._rest[size:]
        return size


def _explain(query: str, message: str) -> str:
    """Oxigraph's complaint with the line that it is about and a caret under the place."""
    found = _POSITION.search(message)
    if not found:
        return f"the query is no SPARQL: {message}"
    number, column, reason = int(found[1]), int(found[2]), found[3]
    line = (query.splitlines() or [""])[min(number, query.count("\n") + 1) - 1]
    caret = " " * width(line[: column - 1]) + "^"
    where = f"line {number}, at or before column {column}"
    return f"the query is no SPARQL: {where}: {_simplify(reason)}\n  {line}\n  {caret}"


def _simplify(reason: str) -> str:
    """`expected one of …` without the classes of characters that only a parser's author wants to see."""
    if "Prefix not found" in reason:
        return f"unknown prefix; known without declaring are {', '.join(PREFIXES)}"
    words = re.findall(r"(?<![\[\w])[A-Z]{2,}(?: [A-Z]+)*(?![\w\]])", reason)
    # These could stand in many places, so naming them alone hides what is really missing or misspelt.
    if words and not set(words) <= {"CONSTRUCT", "LATERAL", "SERVICE"}:
        return f"expected {' or '.join(words)}"
    return "what stands here, or its end, was not expected; is a part of a pattern or a bracket missing?"
