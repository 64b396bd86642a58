"""What a user calls a graph → a graph that can be asked, and its index where that is at hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.index.search import Index, is_whole
from graph.manifest import INDEX
from graph.opening import is_url, open_any
from graph.store import Queryable, open_current


@contextmanager
def indexed(graph: str) -> Iterator[tuple[Queryable, Index | None]]:
    """What `open_indexed` gives, for as long as this lasts."""
    store, index = open_indexed(graph)
    try:
        yield store, index
    finally:
        if index:
            index.close()


def open_indexed(graph: str) -> tuple[Queryable, Index | None]:
    """The graph of a folder or endpoint, as `graph.opening.open_any` has it, and the folder's index.

    None for the index of an endpoint, and of a folder that an earlier version built.
    """
    if is_url(graph):
        return open_any(graph), None
    manifest, store = open_current(Path(graph))
    folder, contents = Path(graph) / INDEX, manifest.contents
    return store, Index(store, folder, contents) if is_whole(folder, contents) else None
