"""What a user calls a graph → a graph that can be asked: a folder that `zhili build` wrote, or the URL of an endpoint.

Queries are asked of the default graph, which must be the union of all named graphs. A folder's store holds that union,
each triple once. So do some servers or form it when asked; some count a triple once for each graph that has it, which
the shipped questions and the analyses bear (`docs/servers.md`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import GraphError, NotAGraph
from graph.remote import RemoteStore
from graph.store import Queryable, open_graph, sure_graph

# Seconds for an answer: analyses ask for much at once.
_PATIENCE = 300.0
_HELP = "docs/servers.md tells how"


def is_url(graph: str) -> bool:
    """Whether a graph is named by the URL of an endpoint rather than by a folder."""
    return graph.startswith(("http://", "https://"))


def open_any(graph: str, seconds: float = _PATIENCE) -> Queryable:
    """The graph of a folder or endpoint, for reading; queries to an endpoint get so many seconds.

    NotAGraph where there is none, GraphError where an endpoint does not answer as one does.
    """
    if not is_url(graph):
        return open_graph(Path(graph))
    store = RemoteStore(graph, seconds)
    _check(store, graph)
    return store


@contextmanager
def open_sure(graph: str, confidence: float) -> Iterator[Queryable]:
    """The graph as if findings of less confidence than this (0 to 1) had not been found; of a folder alone.

    GraphError for an endpoint where the confidence is not 0: nothing can be left out of it for a while.
    """
    if not is_url(graph):
        with sure_graph(Path(graph), confidence) as store:
            yield store
        return
    if confidence:
        raise GraphError(
            f"{graph}: --confidence leaves findings out of a copy of the graph, which an endpoint does not give; in a query "
            f"say OPTIONAL {{ ?finding zl:confidence ?c }} FILTER (COALESCE(?c, 1) >= {confidence:g}), of tables take such rows"
        )
    yield open_any(graph)


def _check(store: RemoteStore, url: str) -> None:
    """NotAGraph where an endpoint holds no report, or not where queries look for it."""
    if store.answer("ASK { ?report a zl:Report }"):
        return
    if store.answer("ASK { GRAPH ?graph { ?report a zl:Report } }"):
        raise NotAGraph(
            f"{url}: holds reports in named graphs, but its default graph has none of them; set the server so that its "
            f"default graph is the union of all; {_HELP}"
        )
    raise NotAGraph(f"{url}: holds no report of Zhili's; load a graph that `zhili build` wrote; {_HELP}")
