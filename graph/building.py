"""Documents → a graph folder, reading only what is new: convert, shard, store, manifest.

A document's shard is named by a digest of its content, its name and the version of the rules, so a shard that is
there need not be made again, whether an earlier build finished or was stopped; `graph.converting` sees to that half.
The store and the manifest are replaced in one step at the end; until then, and after any failure, the old graph
stays as it was. One build at a time works on a folder.
"""

import dataclasses
import os
import shutil
from collections.abc import Collection, Container, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyoxigraph as ox

import ontology
from graph.backends import Backend, Here
from graph.converting import Conversion, Convert, Source, convert_sources, write_shard
from graph.disk import FolderLock, is_locked, settle
from graph.errors import GraphError, NotAGraph, cannot_write
from graph.index.search import index_files, write_index
from graph.index.told import told_in_shards
from graph.manifest import (
    INDEX,
    Entry,
    Manifest,
    is_as_written,
    key_of,
    lock,
    read_manifest,
    shard_name,
    shard_path,
    store_name,
    write_manifest,
)
from graph.mirrors import join_mirrors
from graph.progress import Progress
from graph.shelf import Shelf
from graph.store import open_store, write_store
from graph.verifying import verify
from graph.workers import Limits, Overrun, call
from graph.written import rescue
from ontology.namespace import VOCABULARY_GRAPH

_ONTOLOGY = Path(ontology.__file__).parent
# What goes into the graph beside the documents.
VOCABULARY = (_ONTOLOGY / "terms.ttl", *sorted(_ONTOLOGY.glob("schemes/*.ttl")))
# Above this share of changed documents a fresh bulk load is quicker than mending a copy of the old store.
_MANY = 0.05
_FEW = 500  # shards, which are loaded before another process has started
_LIMITS = Limits(seconds=24 * 3600, memory=1 << 16)  # for the store of a country
_DELETED = "its report was deleted at a server (DELETE) and stays away; PUT it there to have it back"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build did: how many reports are in the graph, how many documents were read anew and went, why some
    were refused, and how many are mirrors of the reports beside those that are counted."""

    reports: int
    read: int
    withdrawn: int
    refusals: tuple[str, ...]
    mirrors: int = 0


def build(
    sources: Iterable[Source],
    folder: Path,
    convert: Convert,
    rules: str,
    vocabulary: Iterable[Path] = (),
    *,
    lost: Collection[str] = (),
    mend: bool = False,
    backend: Backend | None = None,
    shelf: Shelf | None = None,
    progress: Progress | None = None,
    processes: int = 1,
) -> Outcome:
    """Makes the graph in `folder` that of these documents and no others, but for what was `written` at a server.

    `lost` is filled, while the sources are taken, with what could not be found or opened: with anything in it,
    nothing is withdrawn, since a mistyped path must not cost what an earlier build has read.

    With `mend` the folder is verified first, and what is damaged in it is made anew.

    `convert` gives a document's quads or refuses it; `backend` has it done, in this process where none is given;
    `rules` names its version; `vocabulary` are Turtle files to go beside the documents; a `shelf` has shards that
    other builds share; `progress` hears of the stages; so many `processes` make the index. GraphError where nothing
    can be read, or where another build is at work in the folder.
    """
    with lock(folder):
        progress = progress or Progress()
        written = rescue(folder)
        if mend:
            _remove_damaged(folder, progress)
        old = _known(folder)
        done = convert_sources(sources, folder, convert, rules, old, backend or Here(), progress, shelf)
        return _build(done, folder, old, written, vocabulary, lost, progress, processes)


def _known(folder: Path) -> Manifest:
    """What the folder holds: nothing where its manifest cannot be read or was changed. Then all else is looked at anew."""
    try:
        manifest = read_manifest(folder)
        return manifest if is_as_written(folder) else Manifest()
    except NotAGraph:
        return Manifest()


def _remove_damaged(folder: Path, progress: Progress) -> None:
    """Removes what is damaged, so that it is made again; where that is the store, there is no graph until then."""
    if (folder / "manifest.json").exists():
        for path in {damage.path for damage in verify(folder, progress)}:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


def _build(
    done: Conversion,
    folder: Path,
    old: Manifest,
    rescued: tuple[dict[str, str], list[str]],
    vocabulary: Iterable[Path],
    lost: Collection[str],
    progress: Progress,
    processes: int,
) -> Outcome:
    """Makes the graph that of these documents and, with anything `lost`, of those that it had."""
    entries, (written, gone) = done.entries, rescued
    if lost:
        seen = {entry.name for entry in (*entries.values(), *done.left_out.values())}
        entries |= {key: entry for key, entry in old.documents.items() if entry.name not in seen}
    joined = join_mirrors(entries)
    deleted = sorted(f"{each.name}: {_DELETED}" for each in joined.values() if _is_deleted(each, joined, written))
    refusals = (*done.refusals(), *deleted, *gone)
    new = Manifest(documents=joined, written=written)
    if not new.kept or not any(entry.graph for entry in entries.values()):
        kept = f"; the graph in {folder} stays as it was" if old.store else ""
        raise GraphError("\n".join([*refusals, f"none of the documents given is a report that can be read{kept}"]))
    new = dataclasses.replace(new, vocabulary=_write_vocabulary(folder, vocabulary))
    publish(folder, old, new, progress, processes)
    withdrawn = {entry.name for entry in old.documents.values()} - {entry.name for entry in entries.values()}
    mirrors = sum(entry.mirrors is not None for entry in new.documents.values())
    return Outcome(len(new.kept) - 1, done.read, len(withdrawn), refusals, mirrors)


def _is_deleted(entry: Entry, entries: Mapping[str, Entry], written: Mapping[str, str]) -> bool:
    """Whether the report of a document, or of the one that it is a mirror of, was deleted at a server."""
    kept = entries[entry.mirrors] if entry.mirrors else entry
    return kept.graph is not None and written.get(kept.graph) == ""


def vocabulary_quads(files: Iterable[Path]) -> bytes:
    """The terms and schemes in some files of Turtle as sorted N-Quads of their graph."""
    graph = ox.NamedNode(VOCABULARY_GRAPH)
    parsed = (quad for file in files for quad in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE))
    quads = (ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in parsed)
    lines = (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    return b"".join(sorted(set(lines)))


def _write_vocabulary(folder: Path, files: Iterable[Path]) -> str:
    """Writes the shard of terms and schemes; its key."""
    vocabulary = vocabulary_quads(files)
    key = key_of(b"vocabulary", vocabulary)
    write_shard(folder, key, vocabulary)
    return key


def publish(folder: Path, old: Manifest, new: Manifest, progress: Progress, processes: int) -> None:
    """Makes the store of a manifest, then the manifest the folder's, then removes what is in neither.

    For who has the folder's lock; what `new` says of its store is passed over. GraphError where it cannot be written.
    """
    new = dataclasses.replace(new, store=store_name(new.kept))
    store = folder / new.store
    # A folder of that name which the manifest does not name may be what a build that was stopped left of it, unless
    # somebody reads it, to whom its files must not be exchanged.
    if not store.exists() or (new.store != old.store and not is_locked(store)):
        _write_store(folder, old, new, progress)
    tell = partial(told_in_shards, folder)
    write_index(open_store(store), folder / INDEX, new.contents, tell, processes, progress)
    index = index_files(folder / INDEX, new.contents)
    fresh = index - index_files(folder / INDEX, old.contents)
    _settle(folder, new.shards - old.shards, fresh)
    write_manifest(folder, new)
    _sweep(folder, new, index)


def _settle(folder: Path, shards: Collection[str], files: Collection[Path]) -> None:
    """Waits until shards, by their keys, and files of the index that a manifest is about to name have reached the disk."""
    folders = {shard_path(folder, key).parent for key in shards} | {file.parent for file in files} | {folder / "shards"}
    try:
        settle(shard_path(folder, key) for key in sorted(shards))
        settle(sorted(files) + sorted(folders))
    except OSError as error:
        raise cannot_write(folder, error) from error


def _write_store(folder: Path, old: Manifest, new: Manifest, progress: Progress) -> None:
    """Writes the store of a manifest: from a copy of the old one if few graphs changed, otherwise afresh."""
    before, after = old.kept, new.kept
    touched = {kept.graph for _, kept in before.items() ^ after.items()}
    base = folder / old.store if old.store else None
    mend = base is not None and base.exists() and len(touched) < _MANY * len(after)
    loaded = {key: kept.mirrors for key, kept in after.items() if not mend or kept.graph in touched}
    write = partial(_load, folder, loaded, folder / new.store, base if mend else None, touched if mend else ())
    progress.stage("store", len(loaded))
    if len(loaded) < _FEW:
        write(progress=progress)
        return
    try:
        # Apart from all that a build holds, and memory that was needed goes back to the system as a whole.
        call(_LIMITS, write, fresh=True, progress=progress)
    except Overrun as error:
        raise GraphError(f"{folder}: writing the store {error}; the graph is as it was; run the build again") from error


def _load(
    folder: Path,
    loaded: Mapping[str, Collection[str]],
    store: Path,
    base: Path | None,
    gone: Iterable[str],
    progress: Progress,
) -> None:
    """Writes a store from the shards of a folder, by their keys, each with its mirrors (see `write_store`)."""
    # Of a national collection's paths no more are held at a time than are needed: most reports have no mirrors.
    mirrors = {
        shard_path(folder, key): [shard_path(folder, each) for each in copies]
        for key, copies in loaded.items()
        if copies
    }
    shards = (shard_path(folder, key) for key in loaded)
    write_store(store, shards, base, gone, mirrors=mirrors, progress=progress)


def _sweep(folder: Path, manifest: Manifest, index: Container[Path]) -> None:
    """Removes stores and shards that the manifest does not name, files that are no part of its index, and what stopped
    builds left half-written.

    An old store that somebody still reads is left, with its index, to the next build.
    """
    kept = set(map(shard_name, manifest.shards))
    for place in os.listdir(folder / "shards"):
        for name in os.listdir(folder / "shards" / place):
            if f"{place}/{name}" not in kept:
                # By now a worker of a killed build may have ended, too.
                (folder / "shards" / place / name).unlink(missing_ok=True)
    old = [store for store in folder.glob("store-*") if store.name != manifest.store]
    held = [store for store in old if not _remove_store(store)]
    for file in (folder / INDEX).iterdir():
        if file not in index and not held:
            file.unlink(missing_ok=True)


def _remove_store(store: Path) -> bool:
    """Removes a store under another name, so that what has its name is whole; False where it stays for the next build.

    So it does where somebody reads it, or a disk that is full does not even take another name.
    """
    try:
        lock_alone = FolderLock(store, wait=False)
    except BlockingIOError:
        return False
    with closing(lock_alone):
        gone = store.with_name(store.name.partition(".")[0] + ".gone")
        if store != gone:
            shutil.rmtree(gone, ignore_errors=True)
            try:
                store.rename(gone)
            except OSError:
                return False
        shutil.rmtree(gone, ignore_errors=True)
    return True
