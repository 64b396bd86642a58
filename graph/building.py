"""Documents → a graph folder, reading only what is new: convert, shard, store, manifest.

A document's shard is named by a digest of its content, its name and the version of the rules, so a shard that is
there need not be made again, whether an earlier build finished or was stopped. The store and the manifest are
replaced in one step at the end; until then, and after any failure, the old graph stays as it was. One build at a
time works on a folder.
"""

import dataclasses
import gzip
import multiprocessing
import os
import shutil
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path

import pyoxigraph as ox

import ontology
from graph.errors import GraphError
from graph.index.search import index_files, write_index
from graph.index.segments import told_in_shards
from graph.manifest import (
    INDEX,
    Entry,
    Manifest,
    key_of,
    lock,
    read_manifest,
    replace,
    shard_path,
    store_name,
    write_manifest,
)
from graph.mirrors import join_mirrors, letters_of, sketch_of
from graph.shards import graph_in, read_shard, text_in
from graph.store import open_store, write_store
from ontology.namespace import VOCABULARY_GRAPH

_ONTOLOGY = Path(ontology.__file__).parent
# What goes into the graph beside the documents.
VOCABULARY = (_ONTOLOGY / "terms.ttl", *sorted(_ONTOLOGY.glob("schemes/*.ttl")))
_BATCH = 50
# Above this share of changed documents a fresh bulk load is quicker than mending a copy of the old store.
_MANY = 0.05


@dataclass(frozen=True, slots=True)
class Source:
    """A document to be built in: its name, its bytes, and what is known of it from elsewhere (its address, say)."""

    name: str
    data: bytes
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a document is not in the graph: one line that says what, where and what to do."""

    message: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did: how many reports are in the graph, how many documents were read anew and went, why some
    were refused, and how many are mirrors of the reports beside those that are counted."""

    reports: int
    read: int
    withdrawn: int
    refusals: tuple[str, ...]
    mirrors: int = 0


Convert = Callable[[Source], bytes | Refusal]


def build(
    sources: Iterable[Source],
    folder: Path,
    convert: Convert,
    rules: str,
    vocabulary: Iterable[Path] = (),
    *,
    lost: Collection[str] = (),
    processes: int | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Outcome:
    """Makes the graph in `folder` that of these documents and no others.

    `lost` is filled, while the sources are taken, with what could not be found or opened: with anything in it,
    nothing is withdrawn, since a mistyped path must not cost what an earlier build has read.

    `convert` gives a document's quads or refuses it, and must be picklable; `rules` names its version; `vocabulary`
    are Turtle files to go beside the documents; `progress` is told how many documents are done. GraphError where
    nothing can be read, or where another build is at work in the folder.
    """
    with lock(folder):
        return _build(sources, folder, convert, rules, vocabulary, lost, processes or os.cpu_count() or 1, progress)


def _build(
    sources: Iterable[Source],
    folder: Path,
    convert: Convert,
    rules: str,
    vocabulary: Iterable[Path],
    lost: Collection[str],
    processes: int,
    progress: Callable[[int], None],
) -> Outcome:
    old = read_manifest(folder) if (folder / "manifest.json").exists() else Manifest()
    entries: dict[str, Entry] = {}
    read = 0
    pending = _unread(sources, folder, rules, old, entries)
    for batch in _convert_all(pending, folder, convert, processes):
        entries |= batch
        read += len(batch)
        progress(len(entries))
    if lost:
        seen = {entry.name for entry in entries.values()}
        entries |= {key: entry for key, entry in old.documents.items() if entry.name not in seen}
    refusals = tuple(sorted(entry.refused for entry in entries.values() if entry.refused))
    if len(refusals) == len(entries):
        kept = f"; the graph in {folder} stays as it was" if old.store else ""
        raise GraphError("\n".join([*refusals, f"none of the documents given is a report that can be read{kept}"]))
    new = Manifest("", _write_vocabulary(folder, vocabulary), join_mirrors(entries))
    _publish(folder, old, dataclasses.replace(new, store=store_name(new.kept())), processes)
    withdrawn = {entry.name for entry in old.documents.values()} - {entry.name for entry in entries.values()}
    mirrors = sum(entry.mirrors is not None for entry in new.documents.values())
    return Outcome(len(entries) - len(refusals) - mirrors, read, len(withdrawn), refusals, mirrors)


def _unread(
    sources: Iterable[Source], folder: Path, rules: str, old: Manifest, entries: dict[str, Entry]
) -> Iterator[tuple[str, Source]]:
    """The documents that have to be converted; those whose shard is there are entered as they go by."""
    for source in sources:
        key = key_of(rules.encode(), source.name.encode(), source.data, *(hint.encode() for hint in source.hints))
        shard = shard_path(folder, key)
        known = old.documents.get(key)
        if known and (known.refused or known.sketch is not None and shard.exists()):
            entries[key] = known
        elif shard.exists():
            entries[key] = _entry(source.name, read_shard(shard))
        elif key not in entries:
            yield key, source


def _convert_all(
    pending: Iterator[tuple[str, Source]], folder: Path, convert: Convert, processes: int
) -> Iterator[dict[str, Entry]]:
    """Converts in batches: here if there is one batch, otherwise in so many processes, a few batches ahead."""
    batches = iter(lambda: list(islice(pending, _BATCH)), [])
    first = list(islice(batches, 2))
    if len(first) < 2 or processes == 1:
        yield from (_convert_batch(folder, convert, batch) for batch in chain(first, batches))
        return
    context = multiprocessing.get_context("spawn")
    waiting: deque[Future[dict[str, Entry]]] = deque()
    try:
        with ProcessPoolExecutor(processes, mp_context=context, initializer=_end_with_parent) as pool:
            for batch in chain(first, batches):
                waiting.append(pool.submit(_convert_batch, folder, convert, batch))
                if len(waiting) > 2 * processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise GraphError("a worker process died; the graph is as it was, run the build again to go on") from error


def _end_with_parent() -> None:
    """Ends this worker when its build is killed; otherwise it would wait for work for ever."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _convert_batch(folder: Path, convert: Convert, batch: list[tuple[str, Source]]) -> dict[str, Entry]:
    """Converts documents and writes their shards; what comes back is small."""
    entries: dict[str, Entry] = {}
    for key, source in batch:
        quads = convert(source)
        if isinstance(quads, Refusal):
            entries[key] = Entry(source.name, refused=quads.message)
        else:
            _write_shard(folder, key, quads)
            entries[key] = _entry(source.name, quads)
    return entries


def _entry(name: str, quads: bytes) -> Entry:
    letters = letters_of(text_in(quads))
    return Entry(name, graph_in(quads), sketch=sketch_of(letters), letters=len(letters))


def _write_shard(folder: Path, key: str, quads: bytes) -> None:
    # Level 1 makes them a fourteenth in a millisecond; without a time, the same quads are the same bytes.
    replace(shard_path(folder, key), gzip.compress(quads, compresslevel=1, mtime=0))


def _write_vocabulary(folder: Path, files: Iterable[Path]) -> str:
    """Writes the shard of terms and schemes; its key."""
    graph = ox.NamedNode(VOCABULARY_GRAPH)
    parsed = (quad for file in files for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE))
    quads = (ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in parsed)
    lines = (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    vocabulary = b"".join(sorted(set(lines)))
    key = key_of(b"vocabulary", vocabulary)
    _write_shard(folder, key, vocabulary)
    return key


def _publish(folder: Path, old: Manifest, new: Manifest, processes: int) -> None:
    """Makes the store of a manifest, then the manifest the folder's, then removes what is in neither."""
    store = folder / new.store
    # A folder of that name which no manifest names may be what a build that was stopped left of it.
    if new.store != old.store or not store.exists():
        _write_store(folder, old, new)
    tell = partial(told_in_shards, folder)
    write_index(open_store(store), folder / INDEX, new.contents(), tell, processes)
    write_manifest(folder, new)
    _sweep(folder, new)


def _write_store(folder: Path, old: Manifest, new: Manifest) -> None:
    """Writes the store of a manifest: from a copy of the old one if few graphs changed, otherwise afresh."""
    before, after = old.kept(), new.kept()
    touched = {kept.graph for _, kept in before.items() ^ after.items()}
    base = folder / old.store if old.store else None
    mend = base is not None and base.exists() and len(touched) < _MANY * len(after)
    loaded = {key: kept.mirrors for key, kept in after.items() if not mend or kept.graph in touched}
    shards = {shard_path(folder, key): [shard_path(folder, each) for each in loaded[key]] for key in loaded}
    write_store(folder / new.store, shards, base if mend else None, touched if mend else (), shards)


def _sweep(folder: Path, manifest: Manifest) -> None:
    """Removes stores and shards that the manifest does not name, and what stopped builds left half-written."""
    kept = {shard_path(folder, key) for key in manifest.shards()}
    for file in (*folder.glob("shards/*/*"), *folder.glob("manifest.json.*.part")):
        if file not in kept:
            file.unlink(missing_ok=True)  # by now a worker of a killed build may have ended, too
    for store in folder.glob("store-*"):
        if store.name != manifest.store:
            shutil.rmtree(store)
    files = index_files(folder / INDEX, manifest.contents())
    for file in (folder / INDEX).iterdir():
        if file not in files:
            file.unlink(missing_ok=True)
