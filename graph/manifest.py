"""The graph folder, and the one file in it that says what belongs to the graph.

    manifest.json           which store is the current one, for each document its name and graph, or why not, and
                            what a server has been told to put in a graph's place or to delete (`graph.writing`);
                            sealed, so that a manifest that was changed is told from one that was written
    shards/3f/3f9a….nq.gz   the quads of one document, named by its key: content, name and version of the rules
    store-5c01…/            the Oxigraph store, named by what is in it
    index/                  files made from that store for search and lists, see `graph.index`
    loaded-5c01….tsv        which graphs a server of that address has been sent, see `graph.loading`
    build.lock              an empty file, locked while a build is at work

A reader opens the manifest and then the store that it names, so replacing that one file replaces the graph in one
step. Shards and manifest are the same bytes whether the graph was built at once or bit by bit.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from graph.disk import replace
from graph.errors import AtWork, GraphError, NotAGraph
from ontology.namespace import VOCABULARY_GRAPH

INDEX = "index"


@dataclass(frozen=True, slots=True)
class Entry:
    """A document that was read: `graph` is the IRI of its graph; where it was refused, `refused` says why.

    `sketch` and `letters` tell which text it is and how long (see `graph.mirrors`); a manifest of earlier days has
    none. Of a report's mirrors one is kept, and `mirrors` of the others is the key of that one.
    """

    name: str
    graph: str | None = None
    refused: str | None = None
    sketch: str | None = None
    letters: int = 0
    mirrors: str | None = None


class Kept(NamedTuple):
    """A graph that is in the store, and the keys of the mirrors whose names it holds beside its own."""

    graph: str
    mirrors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Manifest:
    """What belongs to a graph: the store's folder, the key of the vocabulary, and the documents by key.

    `written` is what was not read in any document: the IRI of a graph → the key of the shard that was put in its
    place, "" where it was deleted. It goes before what documents say, whatever is built.
    """

    store: str = ""
    vocabulary: str = ""
    documents: dict[str, Entry] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)

    @cached_property
    def shards(self) -> frozenset[str]:
        """The keys of all shards: of the vocabulary, of the documents that were not refused, mirrors or not, and of
        what was put."""
        documents = (key for key, entry in self.documents.items() if entry.graph)
        return frozenset(filter(None, (self.vocabulary, *documents, *self.written.values())))

    @cached_property
    def kept(self) -> dict[str, Kept]:
        """Key → what the store has of that shard, for the vocabulary, the documents that are kept and what was put."""
        mirrors: defaultdict[str, list[str]] = defaultdict(list)
        for key, mirrored in sorted((key, entry.mirrors) for key, entry in self.documents.items() if entry.mirrors):
            mirrors[mirrored].append(key)
        words = {self.vocabulary: Kept(VOCABULARY_GRAPH)} if self.vocabulary else {}
        documents = {
            key: Kept(entry.graph, tuple(mirrors.get(key, ())))
            for key, entry in self.documents.items()
            if entry.graph and not entry.mirrors and entry.graph not in self.written
        }
        written = {key: Kept(graph) for graph, key in self.written.items() if key}
        return dict(sorted((words | documents | written).items()))

    @cached_property
    def contents(self) -> dict[str, str]:
        """The IRI of each graph in the store → the key of its shard."""
        return {kept.graph: key for key, kept in self.kept.items()}


def key_of(*parts: bytes) -> str:
    """The key of a document: a digest of all that its quads depend on."""
    digest = sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()[:32]


def store_name(kept: Mapping[str, Kept]) -> str:
    """The name of the store that holds these shards with the names of their mirrors."""
    return "store-" + key_of(*("".join((key, *kept[key].mirrors)).encode() for key in sorted(kept)))[:12]


def shard_path(folder: Path, key: str) -> Path:
    """Where the quads of a document lie."""
    return folder / "shards" / shard_name(key)


def shard_name(key: str) -> str:
    """Where they lie in a folder of shards."""
    return f"{key[:2]}/{key}.nq.gz"


def read_manifest(folder: Path) -> Manifest:
    """The folder's manifest; NotAGraph where there is none or it is broken."""
    advice = "give a folder that `zhili build` wrote, or build one: zhili build REPORTS -o FOLDER"
    path = folder / "manifest.json"
    if not folder.exists():
        raise NotAGraph(f"{folder}: no such folder; {advice}")
    if not path.is_file():
        raise NotAGraph(f"{folder}: holds no graph (no manifest.json); {advice}")
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        documents = {key: Entry(**entry) for key, entry in content["documents"].items()}
        return Manifest(content["store"], content["vocabulary"], documents, dict(content.get("written", {})))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotAGraph(f"{path}: cannot be read ({error!r}); build the graph again") from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Makes this the folder's manifest, in one step.

    The second line is a digest of all that follows. It keeps out accidents, not forgers.
    """
    # A line for each document: with json's own indentation a national collection's takes ten times as long.
    names, told = [field.name for field in fields(Entry)], json.JSONEncoder(ensure_ascii=False).encode
    documents = ",\n".join(
        f'  "{key}": {told({name: getattr(entry, name) for name in names})}'
        for key, entry in sorted(manifest.documents.items())
    )
    head = f' "store": {json.dumps(manifest.store)},\n "vocabulary": {json.dumps(manifest.vocabulary)},\n'
    # Most folders have none, and then say nothing of it.
    written = (
        f' "written": {json.dumps(dict(sorted(manifest.written.items())), indent=2)},\n' if manifest.written else ""
    )
    rest = f'{head}{written} "documents": {{\n{documents}\n }}\n}}\n'.encode()
    replace(folder / "manifest.json", b'{\n "seal": "%b",\n%b' % (key_of(rest).encode(), rest))


def is_as_written(folder: Path) -> bool:
    """Whether the folder's manifest is one that a build wrote; those of earlier versions have no seal to show it."""
    start, line, rest = (*(folder / "manifest.json").read_bytes().split(b"\n", 2), b"", b"")[:3]
    sealed = line == b' "seal": "%b",' % key_of(rest).encode()
    return start == b"{" and (sealed or line.startswith(b' "store": '))


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Keeps other builds out of a folder, which is made where there is none; AtWork where one is at work there.

    The system lets go of the lock when the process ends, however it ends. The file stays: were it removed, a third
    build could lock a new one while a second still waits at the old.
    """
    path = folder / "build.lock"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = path.open("ab")
    except OSError as error:
        raise GraphError(f"{path}: cannot be written: {error.strerror}; choose another place") from error
    with file:
        try:
            _lock_file(file.fileno())
        except (BlockingIOError, PermissionError) as error:
            raise AtWork(
                f"{folder}: another build is at work there; wait until it is done, or choose another folder"
            ) from error
        except OSError as error:
            raise GraphError(f"{path}: cannot be locked: {error.strerror}; choose another place") from error
        yield


def _lock_file(descriptor: int) -> None:
    """Locks an open file until it is closed, without waiting; worker processes do not inherit it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
