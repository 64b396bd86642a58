"""What a server was told to put in the place of a report's graph, or to delete, as a graph folder keeps it.

No document can be read again for it, so it is kept by builds, whatever their documents are, and known by itself: its
shard is named by a digest of the quads. Where the shard is damaged, the store may still have them.
"""

from pathlib import Path

from graph.disk import replace
from graph.errors import NotAGraph
from graph.manifest import key_of, read_manifest, shard_path
from graph.shards import graph_in, packed, unpacked
from graph.store import open_store


def key_of_written(quads: bytes) -> str:
    """The key of the shard of these quads: a digest of them alone, whatever the version of the rules."""
    return key_of(b"written", quads)


def is_whole(shard: Path, graph: str, key: str) -> bool:
    """Whether a shard's file holds what was put in the place of a graph."""
    quads = unpacked(shard.read_bytes()) if shard.is_file() else None
    return quads is not None and key_of_written(quads) == key and graph_in(quads) == graph


def rescue(folder: Path) -> tuple[dict[str, str], list[str]]:
    """What a folder's manifest has as `written`, even where it is damaged itself, and for each graph that is lost a line.

    A shard that is damaged is made again from the store; only where that has not the same quads is it lost.
    """
    try:
        manifest = read_manifest(folder)
    except NotAGraph:
        return {}, []
    kept, lost = {}, []
    for graph, key in sorted(manifest.written.items()):
        shard = shard_path(folder, key)
        if not key or is_whole(shard, graph, key) or _made_again(folder / manifest.store, shard, graph, key):
            kept[graph] = key
        else:
            lost.append(f"{graph}: what was put in its place is damaged and lost; PUT it again")
    return kept, lost


def _made_again(store: Path, shard: Path, graph: str, key: str) -> bool:
    try:
        quads = "".join(open_store(store).quads(graph)).encode()
    except (NotAGraph, OSError, ValueError):
        return False
    if found := key_of_written(quads) == key:
        replace(shard, packed(quads))
    return found
