"""Is a graph folder whole? Manifest, shards, store and index are held against one another, down to every quote.

    manifest   its seal; its store and its mirrors follow from its documents
    shards     gzip's checksums; each is the report that the manifest says it is, and each quote is its slice of the text;
               what was put at a server is what was put
    store      the sums of its files; its graphs are the shards, line by line, and its default graph is their union
    index      made again from the shards, it is the same

Nothing is changed. What is damaged can be removed, whatever it is, and the next build makes it again
(`graph.building.build` with `mend`).
"""

import sqlite3
from collections import defaultdict
from collections.abc import Container, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.converting import entry_of
from graph.errors import GraphError, NotAGraph
from graph.index.files import reading
from graph.index.segments import segments, write_segment
from graph.index.told import told_in_shards
from graph.manifest import INDEX, Entry, Manifest, is_as_written, key_of, read_manifest, shard_path, store_name
from graph.mirrors import join_mirrors
from graph.progress import Progress
from graph.shards import graph_in, joined, said_of_document, text_in, triples_in, unpacked, value_of
from graph.store import GraphStore, open_store
from graph.sums import changed_files
from graph.written import is_whole
from ontology import namespace
from ontology.namespace import PREFIXES, expand

_SOURCE, _ANCHOR, _BEGIN, _END = map(expand, ("dcterms:source", "nif:anchorOf", "nif:beginIndex", "nif:endIndex"))
_LABEL, _NOTATION = expand("skos:prefLabel"), expand("skos:notation")
_ASTRAY = (
    "SELECT ?s ?p ?o { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } } LIMIT 1",
    "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } } LIMIT 1",
)
_VERSION = slice(96, 100)  # in the head of each of SQLite's files, which of its versions has written it
_NAMING = frozenset((_ANCHOR, _BEGIN, _END, _LABEL, _NOTATION))


@dataclass(frozen=True, slots=True, order=True)
class Damage:
    """Something that is not as a build wrote it: the file, or the folder of the store, and what is wrong with it."""

    path: Path
    what: str

    def __str__(self) -> str:
        return f"{self.path}: {self.what}"


def verify(folder: Path, progress: Progress | None = None) -> list[Damage]:
    """What is damaged in a graph folder; nothing where all is well. `progress` hears of each report and segment.

    NotAGraph where there is no manifest that can be read.
    """
    manifest, progress = read_manifest(folder), progress or Progress()
    if not is_as_written(folder):
        return [Damage(folder / "manifest.json", "is not as it was written, so that nothing it names can be relied on")]
    of_shards = list(_of_shards(folder, manifest, progress))
    damaged = {damage.path for damage in of_shards}
    return [
        *_of_manifest(folder, manifest),
        *of_shards,
        *_of_store(folder, manifest, damaged, progress),
        *_of_index(folder, manifest, damaged, progress),
    ]


def _of_manifest(folder: Path, manifest: Manifest) -> Iterator[Damage]:
    if manifest.store != store_name(manifest.kept) or join_mirrors(manifest.documents) != manifest.documents:
        yield Damage(folder / "manifest.json", "names a store or mirrors that do not follow from its documents")


def _of_shards(folder: Path, manifest: Manifest, progress: Progress) -> Iterator[Damage]:
    written = {key: graph for graph, key in manifest.written.items()}
    progress.stage("shards", len(manifest.shards))
    for key in progress.over(sorted(manifest.shards)):
        path = shard_path(folder, key)
        quads = _lines(path)
        if quads is None:
            yield Damage(path, "is damaged" if path.exists() else "is missing")
        elif key == manifest.vocabulary:
            if key_of(b"vocabulary", quads) != key:
                yield Damage(path, "is not the vocabulary that its name is a digest of")
        elif key in written:
            if not is_whole(path, written[key], key):
                yield Damage(path, f"is not what was put in the place of {written[key]}")
        elif wrong := wrong_in(quads, manifest.documents[key]):
            yield Damage(path, wrong)


def _lines(path: Path) -> bytes | None:
    return unpacked(path.read_bytes()) if path.is_file() else None


def wrong_in(quads: bytes, entry: Entry) -> str:
    """What is wrong with the quads of a document; empty where nothing is."""
    try:
        lines, graph = quads.decode().removesuffix("\n").split("\n"), graph_in(quads)
        if graph != entry.graph or not all(line.endswith(f" <{graph}> .") for line in lines):
            return f"does not hold the graph {entry.graph} alone"
        found = entry_of(entry.name, quads)
        if entry.sketch is not None and found != replace(entry, mirrors=None):
            return f"is not the report that the manifest has of {entry.name}"
        sources = map(value_of, map(bytes.decode, said_of_document(quads, _SOURCE)))
        return _wrong_name(quads, graph) if entry.name in sources else f"is not of {entry.name}"
    except (ValueError, IndexError, KeyError) as error:
        return f"cannot be understood ({error!r})"


def _wrong_name(quads: bytes, graph: str) -> str:
    """Which IRI does not follow from what it names: the report from its text, a slice from its place and quote."""
    text, about = text_in(quads), defaultdict[str, dict[str, str]](dict)
    if not graph.endswith(namespace.digest(text)):
        return f"does not hold the text that {graph} is named by"
    for subject, predicate, value in triples_in(quads, _NAMING):
        about[subject][predicate] = value
    for thing, said in about.items():
        if _ANCHOR in said:
            start, end = int(said[_BEGIN]), int(said[_END])
            if thing != namespace.evidence(graph, start, end) or text[start:end] != said[_ANCHOR]:
                return f"has a quote that is not its slice of the text: {thing}"
        elif thing.startswith(PREFIXES["practice"]) and thing != namespace.practice(said[_LABEL]):
            return f"has a practice of another name: {thing}"
        elif thing.startswith(PREFIXES["division"]) and thing != namespace.division(said[_NOTATION]):
            return f"has a division of another code: {thing}"
    return ""


def _of_store(folder: Path, manifest: Manifest, damaged: Container[Path], progress: Progress) -> Iterator[Damage]:
    path = folder / manifest.store
    if not manifest.store or not path.is_dir():
        yield Damage(path, "is missing")
        return
    try:
        if changed := list(changed_files(path)):
            yield Damage(path, f"has files that are not as they were written: {', '.join(changed)}")
            return
        store = open_store(path)
        yield from _unlike(store, folder, manifest, damaged, progress)
        for stray in chain.from_iterable(map(store.select, _ASTRAY)):
            yield Damage(path, f"its default graph is not the union of its named graphs: {' '.join(stray.values())}")
    except (NotAGraph, OSError, ValueError) as error:
        yield Damage(path, f"cannot be read ({error})")


def _unlike(
    store: GraphStore, folder: Path, manifest: Manifest, damaged: Container[Path], progress: Progress
) -> Iterator[Damage]:
    """Where a store does not hold what the shards hold, shard and store, as it cannot be told which of them is right."""
    path, kept = folder / manifest.store, manifest.kept
    for graph in sorted(set(store.graphs()) ^ {each.graph for each in kept.values()}):
        yield Damage(path, f"has a graph too many or too few: {graph}")
    progress.stage("store", len(kept))
    for key, (graph, mirrors) in progress.over(kept.items()):
        shards = [shard_path(folder, each) for each in (key, *mirrors)]
        if not any(shard in damaged for shard in shards):
            quads, *others = (_lines(shard) or b"" for shard in shards)
            if {line.encode() for line in store.quads(graph)} != set(joined(quads, others).splitlines(keepends=True)):
                # What was put is known by its own sum, and cannot be read again.
                for each in (path, *(shards if graph not in manifest.written else ())):
                    yield Damage(each, f"store and shard do not say the same of {graph}")


def _of_index(folder: Path, manifest: Manifest, damaged: Container[Path], progress: Progress) -> Iterator[Damage]:
    found = segments(folder / INDEX, manifest.contents)
    progress.stage("index", len(found))
    with TemporaryDirectory(prefix="zhili-") as scratch:
        for segment in progress.over(found):
            if not segment.path.is_file():
                yield Damage(segment.path, "is missing")
            elif not any(shard_path(folder, key) in damaged for key in segment.reports.values()):
                fresh = Path(scratch) / segment.path.name
                write_segment(partial(told_in_shards, folder), segment._replace(path=fresh))
                if not _same(segment.path, fresh):
                    yield Damage(segment.path, "is not the index of its reports")
                fresh.unlink()


def _same(one: Path, other: Path) -> bool:
    """Whether two files of an index are the same or, where two versions of SQLite have written them, hold the same rows."""
    mine, theirs = one.read_bytes(), other.read_bytes()
    if mine == theirs or mine[_VERSION] == theirs[_VERSION]:
        return mine == theirs
    try:
        return _rows(one) == _rows(other)
    except (GraphError, sqlite3.Error, ValueError):
        return False


def _rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, those that FTS5 keeps beside its own among them."""
    with closing(reading(path)) as connection:
        schema = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise ValueError("damaged")
        tables = [name for name, sql in schema if not sql.startswith("CREATE VIRTUAL")]
        return {"": schema} | {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables}
