"""The store and its questions: the only module that touches Oxigraph's `Store`.

A store holds each document's triples in its named graph, and the union of all of them, each triple once, in the
default graph. Oxigraph can form that union at query time, but then counts a triple once for each graph that has it
(two reports' `浙江省` are two) and takes five times as long; the copy costs a fifth more when loading. Queries know
the project's prefixes without declaring them.
"""

import ctypes
import io
import re
import shlex
import shutil
import sys
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from graph.disk import FolderLock, few_files, settle
from graph.errors import BadQuery, GraphError, NotAGraph, cannot_write
from graph.manifest import Manifest, read_manifest
from graph.progress import Progress
from graph.shards import joined, read_shard, value_of
from graph.sparql import mask, refuse_service
from graph.sums import write_sums
from graph.tables import width
from ontology.namespace import PREFIXES, ZL

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_GRAPH_NAME = re.compile(rb" <[^ ]*> \.\n")  # at the end of a line: literals hold no raw line ends
# Each piece leaves files of its own, and Oxigraph merges all at once that have come while it merged the last: of pieces
# half as large there are twice as many, and its memory grows with the store. Larger ones take more from the beginning.
_PIECE = 24_000_000
_LOADERS = 2
_OPEN_FILES = 100  # with fewer, Oxigraph opens no store
_LARGE = 1 << 22  # bytes; pieces are larger, blocks of a store smaller
_M_MMAP_THRESHOLD = -3  # as <malloc.h> has it
_IN_MEMORY = 1 << 24  # bytes of an answer; what is larger goes to the disk
_SHOWN = 150  # characters of a line that are shown on either side of what is wrong in it
_SIGNS = re.compile(r'"(?:\\.|[^"\\])*"|\[[^\]]*\]')  # that a parser expects: "{", ['0'..='9']
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
    """A graph that can be asked; `open_graph` gives one from a folder, `graph_of` one from quads.

    As long as it is open, builds leave the store that it was opened from where it is: `held`. NotAGraph names it by its
    `path` where a damaged file is come upon, which Oxigraph reads only when it is needed.
    """

    def __init__(self, store: ox.Store, held: FolderLock | None = None, path: Path | None = None) -> None:
        self._store, self._held, self._path = store, held, path

    def answer(self, query: str, **iris: str) -> Answer:
        """The answer to a SPARQL query; each variable named in `iris`, which the query must select, is that IRI."""
        refuse_service(query)
        bound: dict[ox.Variable, Term] = {ox.Variable(name): ox.NamedNode(iri) for name, iri in iris.items()}
        try:
            with _damage_told(self._path):
                return self._store.query(query, prefixes=PREFIXES, substitutions=bound)
        except SyntaxError as error:
            raise BadQuery(_explain(query, str(error))) from error

    def select(self, query: str, **iris: str) -> Iterator[dict[str, str]]:
        """The rows of a SELECT query as strings by variable; a variable that is not bound gives an empty one."""
        solutions = self.answer(query, **iris)
        if not isinstance(solutions, ox.QuerySolutions):
            raise BadQuery("the query is no SELECT query")
        # As one text and not row by row: most of the time would go into making objects of single terms.
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as answer:
            with _damage_told(self._path):
                solutions.serialize(answer, format=ox.QueryResultsFormat.TSV)
            answer.seek(0)
            lines = io.TextIOWrapper(answer, "utf-8", newline="\n")
            names = [name[1:] for name in next(lines)[:-1].split("\t")]
            for line in lines:
                cells = line[:-1].split("\t")
                # Most are IRIs: asking for each of millions what it is takes a third of the time.
                yield dict(
                    zip(names, [each[1:-1] if each[:1] == "<" else value_of(each) for each in cells], strict=True)
                )

    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        with _damage_told(self._path):
            return sorted(graph.value for graph in self._store.named_graphs() if isinstance(graph, ox.NamedNode))

    def quads(self, graph: str | None = None) -> list[str]:
        """The quads of one named graph, or of all, as sorted lines of N-Quads."""
        graphs = [graph] if graph else self.graphs()
        found = chain.from_iterable(
            self._store.quads_for_pattern(None, None, None, ox.NamedNode(name)) for name in graphs
        )
        with _damage_told(self._path):
            lines = (ox.serialize(found, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
        return sorted(map(bytes.decode, lines))  # decoded first, they would be cut at U+2028, too


def open_graph(folder: Path) -> GraphStore:
    """The current graph of a folder that `zhili build` wrote, for reading; NotAGraph where there is none."""
    return open_current(folder)[1]


def open_current(folder: Path) -> tuple[Manifest, GraphStore]:
    """The manifest of a graph folder and the graph that it names; NotAGraph where there is none."""
    while True:
        manifest = read_manifest(folder)
        try:
            return manifest, open_store(folder / manifest.store)
        except NotAGraph:
            # A build may have put another one in its place between the two steps.
            if read_manifest(folder).store == manifest.store:
                raise


def open_store(path: Path) -> GraphStore:
    """The store in a folder of its own, for reading; NotAGraph where it cannot be opened."""
    try:
        held = FolderLock(path, alone=False)
        with _damage_told(path):
            return GraphStore(ox.Store.read_only(str(path)), held, path)
    except OSError as error:
        raise _unreadable(path, error) from error


@contextmanager
def _damage_told(path: Path | None) -> Iterator[None]:
    """NotAGraph where a store is damaged; of one that is in memory there is no `path`."""
    try:
        yield
    except RuntimeError as error:
        if path is None or not str(error).startswith("Corruption"):  # RocksDB's word
            raise
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> NotAGraph:
    # RocksDB says after two blanks which other files it has thought of.
    reason = str(error).partition("  ")[0].strip()
    mend = f"zhili build REPORTS -o {shlex.quote(str(path.parent))} --mend"
    return NotAGraph(f"{path}: cannot be read ({reason}); to make it anew: {mend}")


@contextmanager
def sure_graph(folder: Path, confidence: float) -> Iterator[GraphStore]:
    """The graph of a folder as if findings of less confidence than this (0 to 1) had not been found.

    For what asks anything of a graph; an analysis that knows its question leaves them out by itself, which is
    cheaper. A copy is made, by hard links where the temporary folder allows, and removed at the end.
    """
    manifest, held = open_current(folder)  # says what is wrong with the folder, if anything
    path = folder / manifest.store
    if not confidence:
        with _damage_told(path):
            yield held
        return
    # RocksDB may still write in the copy when it is removed.
    with _damage_told(path), tempfile.TemporaryDirectory(prefix="zhili-", ignore_cleanup_errors=True) as scratch:
        store = ox.Store.read_only(str(path))
        store.backup(copy := f"{scratch}/store")
        store = ox.Store(copy)
        _forget_unsure(store, confidence)
        yield GraphStore(store, path=path)
        del store, held


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
    progress: Progress | None = None,
) -> None:
    """Writes a store in one step: that at `base`, if any, without the graphs that are `gone`, and with the shards.

    `mirrors` are a shard's mirrors: of these, the sources alone go into its graph. `progress` hears of each shard, and of
    what is to be done when all have been taken.

    Oxigraph copies a store by hard links, so a large graph with few changes costs the changes alone.
    """
    progress = progress or Progress()
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        with _damage_told(base):
            if base is not None:
                ox.Store.read_only(str(base)).backup(str(part))
            store = _frugal(part)
            _withdraw(store, [ox.NamedNode(graph) for graph in gone])
        _load(store, _read_shards(progress.over(shards), mirrors or {}))
        store.flush()
        if base is None:
            progress.wait("store: merging, half as long again")
            store.optimize()  # pieces overlap: until they are merged, a query takes up to seven times as long
    except OSError as error:
        raise GraphError(f"{folder}: the store cannot be written: {error}; the graph is as it was") from error
    del store  # lets go of the lock, so that the folder can be opened under its name
    try:
        write_sums(part, base)
        settle([*part.iterdir(), part])
        shutil.rmtree(folder, ignore_errors=True)
        part.rename(folder)
        settle([folder.parent])
    except OSError as error:
        raise cannot_write(folder, error) from error


def _frugal(folder: Path) -> ox.Store:
    """A store to be filled, in memory that hardly grows with it.

    For each file that it has open Oxigraph holds where its blocks begin, and it opens as many as the process may when
    the store is opened. And the C library, once it has freed some pieces, keeps their like to itself, full of holes.
    """
    _tell_allocator("mallopt", _M_MMAP_THRESHOLD, _LARGE)
    with few_files(_OPEN_FILES):
        return ox.Store(str(folder))


def _tell_allocator(call: str, *values: int) -> None:
    """Calls what GNU's C library has to say how it keeps memory; others have no such calls."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            getattr(ctypes.CDLL(None), call)(*values)


def _load(store: ox.Store, documents: Iterable[bytes]) -> None:
    """Loads documents into their named graphs and into the default graph.

    Piece by piece, since one bulk load holds all that it is given in memory and sorts it; and by two threads, since a
    bulk load keeps half of two cores waiting for the other half.
    """
    with ThreadPoolExecutor(_LOADERS) as loaders:
        waiting: deque[Future[None]] = deque()
        for piece in _pieces(documents):
            if waiting:
                _tell_allocator("malloc_trim", 0)  # it keeps what was freed between pieces that are in use
            for lines in (piece, _GRAPH_NAME.sub(b" .\n", piece)):
                waiting.append(loaders.submit(store.bulk_load, lines, format=ox.RdfFormat.N_QUADS))
                if len(waiting) > _LOADERS:
                    waiting.popleft().result()
        for loading in waiting:
            loading.result()


def _pieces(documents: Iterable[bytes]) -> Iterator[bytes]:
    """Documents joined to pieces of some size."""
    piece: list[bytes] = []
    for quads in documents:
        piece.append(quads)
        if sum(map(len, piece)) > _PIECE:
            yield _taken(piece)
    if piece:
        yield _taken(piece)


def _taken(piece: list[bytes]) -> bytes:
    """All of a piece in one, and nothing of it any more where it was."""
    whole = b"".join(piece)
    piece.clear()
    return whole


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
        yield joined(read_shard(shard), map(read_shard, mirrors.get(shard, ())))


def _explain(query: str, message: str) -> str:
    """Oxigraph's complaint with the line that it is about and a caret under the place."""
    found = _POSITION.search(message)
    if not found:
        return f"the query is no SPARQL: {message}"
    number, column, reason = int(found[1]), int(found[2]), found[3]
    lines = query.split("\n")  # as Oxigraph counts them
    line = lines[min(number, len(lines)) - 1].rstrip("\r")
    if not (line[column - 1 :] + "".join(lines[number:])).strip() and (missing := _unclosed(query)):
        reason = f"the query ends before it is complete: a {missing} is missing"
    else:
        reason = _simplify(reason)
    left = max(0, column - 1 - _SHOWN)
    line, before = line[left : column + _SHOWN], line[left : column - 1]
    caret = " " * width(before) + "^"
    where = f"line {number}, at or before column {column}"
    return f"the query is no SPARQL: {where}: {reason}\n  {line}\n  {caret}"


def _unclosed(query: str) -> str:
    """The sort of bracket that a query lacks at its end, "" for none."""
    masked = mask(query)
    return next((end for start, end in ("()", "{}") if masked.count(start) > masked.count(end)), "")


def _simplify(reason: str) -> str:
    """`expected one of …` without the classes of characters that only a parser's author wants to see."""
    if "Prefix not found" in reason:
        return f"unknown prefix; known without declaring are {', '.join(PREFIXES)}"
    words = re.findall(r"\b[A-Z]{2,}(?: [A-Z]+)*\b", _SIGNS.sub("", reason))
    # These could stand in many places, so naming them alone hides what is really missing or misspelt.
    if words and not set(words) <= {"CONSTRUCT", "LATERAL", "SERVICE"}:
        return f"expected {' or '.join(words)}"
    return "what stands here, or its end, was not expected; is a part of a pattern or a bracket missing?"
