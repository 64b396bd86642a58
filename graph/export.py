"""The graph for other tools: N-Quads, Turtle, JSON-LD, GraphML, GEXF or a folder of tables; same graph, same bytes."""

import re
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import networkx as nx
import pyoxigraph as ox

from graph.answers import turtle as serialize_turtle
from graph.disk import replace
from graph.errors import GraphError
from graph.naming import abbreviate
from graph.network import Network, read_network
from graph.parquet import write_parquet
from graph.sheets import write_csv
from graph.store import Queryable


def export(store: Queryable, format_: str, path: Path, write: Callable[[Path, bytes], None] = replace) -> list[Path]:
    """Writes the graph in one of `FORMATS` to a file, or of `FOLDERS` to a folder; says which files it wrote."""
    wants_folder = format_ in FOLDERS
    if wants_folder and path.is_file():
        raise GraphError(f"{path}: is a file, but {format_} is a folder of tables; give a folder")
    if not wants_folder and path.is_dir():
        raise GraphError(f"{path}: is a folder; give a file name, such as {path / ('graph.' + format_)}")
    if wants_folder:
        return FOLDERS[format_](store, path)
    write(path, FORMATS[format_](store))
    return [path]


def n_quads(store: Queryable) -> bytes:
    """Every named graph, sorted."""
    return "".join(sorted(_lines(store))).encode()


def turtle(store: Queryable) -> bytes:
    """All triples in one graph, with prefixes."""
    lines = sorted({line.rsplit(" ", 2)[0] + " .\n" for line in _lines(store)})
    return serialize_turtle([quad.triple for quad in ox.parse("".join(lines), format=ox.RdfFormat.N_TRIPLES)]).encode()


def json_ld(store: Queryable) -> bytes:
    """Every named graph as JSON-LD."""
    return ox.serialize(ox.parse(n_quads(store), format=ox.RdfFormat.N_QUADS), format=ox.RdfFormat.JSON_LD) or b""


def graph_ml(store: Queryable) -> bytes:
    """The network of jurisdictions, mechanisms, practices and weaknesses for yEd, igraph or networkx."""
    return "\n".join(nx.generate_graphml(flatten(read_network(store)))).encode() + b"\n"


def gexf(store: Queryable) -> bytes:
    """The same network for Gephi."""
    text = "\n".join(nx.generate_gexf(flatten(read_network(store))))
    # networkx writes the day of the export, which would make every day's bytes others.
    return re.sub(r' lastmodifieddate="[^"]*"', "", text).encode() + b"\n"


FORMATS: dict[str, Callable[[Queryable], bytes]] = {
    "nq": n_quads,
    "ttl": turtle,
    "jsonld": json_ld,
    "graphml": graph_ml,
    "gexf": gexf,
}
FOLDERS: dict[str, Callable[[Queryable, Path], list[Path]]] = {"csv": write_csv, "parquet": write_parquet}


def _lines(store: Queryable) -> Iterator[str]:
    """The quads of every named graph, as lines of N-Quads."""
    return chain.from_iterable(map(store.quads, store.graphs()))


def flatten(network: Network) -> Network:
    """The network with plain values only: short ids, a label, and as an edge's evidence its first sentence."""
    flat = nx.MultiDiGraph()
    for node, about in network.nodes(data=True):
        flat.add_node(
            abbreviate(node), label=about["zh"], **{key: value for key, value in about.items() if value != ""}
        )
    for source, target, key, about in network.edges(keys=True, data=True):
        first = about["evidence"][0].quote if about["evidence"] else ""
        plain = {name: about[name] for name in ("relation", "status", "year") if about[name]}
        flat.add_edge(
            abbreviate(source), abbreviate(target), key=key, **plain, report=abbreviate(about["report"]), quote=first
        )
    return flat
