"""One report's graph, put or deleted while a graph is served → the folder that says so, in one step as after a build.

    body ─parse→ quads in one order ─check→ shard, manifest ─publish→ store, index

What is put must be what a build could have written: the report's IRI follows from its place, year and text, quotes are
slices of that text, the shapes are kept, and nothing is said but of the report itself, its practices and indicators,
and of places what the table of divisions says of them. It is checked in a worker process, within its limits.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from graph.building import publish
from graph.check import check
from graph.converting import entry_of, write_shard
from graph.errors import BadGraph, GraphError, Outdated
from graph.index.search import Index, write_index
from graph.manifest import Manifest, is_as_written, key_of, lock, read_manifest, shard_path
from graph.progress import Progress
from graph.shards import read_shard, said_of_document, triples_in, value_of
from graph.store import graph_of
from graph.verifying import wrong_in
from graph.workers import Limits, Overrun, call
from graph.written import key_of_written
from ontology import namespace
from ontology.divisions import divisions
from ontology.namespace import PREFIXES, VOCABULARY_GRAPH, ZL, expand

FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/n-quads": ox.RdfFormat.N_QUADS,
}
LARGEST = 16 << 20  # bytes of a graph, as it comes and written out in full

_LIMITS = Limits(seconds=60)
_TYPE, _LABEL, _BROADER, _NOTATION, _SOURCE, _TEXT = map(
    expand, ("rdf:type", "skos:prefLabel", "skos:broader", "skos:notation", "dcterms:source", "nif:isString")
)
_SHARED = tuple(PREFIXES[kind] for kind in ("practice", "indicator", "division"))
_SHORT_CUTS = (ZL.practises, ZL.plans, ZL.lacks, ZL.admits)

Triple = tuple[str, str, str]


def state_of(manifest: Manifest, graph: str) -> str:
    """What names the content of a graph; "" where there is no such graph."""
    found = next(((key, *kept.mirrors) for key, kept in manifest.kept.items() if kept.graph == graph), ())
    return key_of(*map(str.encode, found)) if found else ""


def write(
    folder: Path, graph: str, quads: bytes | None, may: Callable[[str], bool] = lambda state: True
) -> tuple[str, str]:
    """Puts `checked` quads in the place of a graph, or deletes it with None; its states before and after.

    Done twice, it is done once. `may` is asked whether the state that it has is the one to be replaced. Outdated where
    it says no, AtWork where a build or another writer is at work in the folder, GraphError where it cannot be written
    or the last report would go.
    """
    with lock(folder):
        old = read_manifest(folder)
        if not is_as_written(folder):
            raise GraphError(f"{folder}: its manifest is damaged; run `zhili build` again to mend it")
        before = state_of(old, graph)
        if not may(before):
            raise Outdated(f"{graph}: is not in the state that is to be replaced; get it again")
        key = key_of_written(quads) if quads else ""
        if old.written.get(graph) == key or not (before or key):
            return before, before
        new = dataclasses.replace(old, written=old.written | {graph: key})
        if set(new.contents) <= {VOCABULARY_GRAPH}:
            raise GraphError(f"{graph}: is the last report, and a graph folder has at least one; put another one first")
        if quads:
            write_shard(folder, key, quads)
        publish(folder, old, new, Progress(), 1)
        return before, state_of(new, graph)


def checked(folder: Path, graph: str, body: bytes, media_type: str) -> bytes:
    """The quads of a graph as a shard has them; BadGraph, with a sentence, where they cannot be a report's.

    `media_type` is one of FORMATS. What is not said to be in a graph, or in this one, is in it.
    """
    vocabulary = shard_path(folder, read_manifest(folder).vocabulary)
    try:
        return call(_LIMITS, _checked, vocabulary, graph, body, media_type)
    except Overrun as error:
        raise BadGraph(f"{graph}: checking it {error}") from error


def _checked(vocabulary: Path, graph: str, body: bytes, media_type: str) -> bytes:
    quads = _parsed(graph, body, media_type)
    try:
        wrong = _foreign(graph, [*triples_in(quads)]) or _misnamed(graph, quads)
    except (ValueError, IndexError, KeyError) as error:
        wrong = f"cannot be understood ({error!r})"
    if wrong:
        raise BadGraph(f"{graph}: {wrong}")
    if violations := [*check(graph_of(quads, read_shard(vocabulary)))]:
        more = f" (and {len(violations) - 1} more)" if len(violations) > 1 else ""
        raise BadGraph(f"{violations[0]}{more}")
    _try_index(graph, quads)
    return quads


def _parsed(graph: str, body: bytes, media_type: str) -> bytes:
    """The lines of a body in order, as a store gives them back: it keeps numbers, not how they were written."""
    name, lines, size = ox.NamedNode(graph), [], 0
    try:
        for quad in ox.parse(body, format=FORMATS[media_type], base_iri=graph):
            if quad.graph_name not in (name, ox.DefaultGraph()):
                raise BadGraph(f"{graph}: the body holds another graph, {quad.graph_name}")
            if not isinstance(quad.subject, ox.NamedNode) or not isinstance(quad.object, ox.NamedNode | ox.Literal):
                raise BadGraph(f"{graph}: everything in it must have an IRI, but this has none: {quad}")
            lines.append(f"{quad.triple} {name} .\n")
            size += len(lines[-1].encode())
            if size > LARGEST:  # a prefix of Turtle makes much of little
                raise BadGraph(f"{graph}: is larger than {LARGEST} bytes, written out")
    except (SyntaxError, ValueError) as error:
        raise BadGraph(f"{graph}: the body is no {media_type}: {error}") from error
    if not lines:
        raise BadGraph(f"{graph}: the body says nothing; DELETE removes a graph")
    return "".join(graph_of("".join(lines).encode()).quads(graph)).encode()


def _foreign(graph: str, triples: list[Triple]) -> str:
    """What is said of things that are not the report's to speak of; empty where nothing is."""
    said, table = defaultdict[str, set[tuple[str, str]]](set), divisions()
    for subject, predicate, value in triples:
        said[subject].add((predicate, value))
    if [each for each in said if (_TYPE, ZL.Report) in said[each]] != [graph]:
        return "must hold one report, of this IRI"
    places = {value for predicate, value in said[graph] if predicate == ZL.jurisdiction}
    for subject in said:
        if subject.startswith(PREFIXES["division"]):
            code = subject.removeprefix(PREFIXES["division"])
            if code not in table:
                return f"speaks of a division that the table does not have: {subject}"
            about = {each for each in said[subject] if each[0] not in _SHORT_CUTS}
            if about != _of_division(code) or (about != said[subject] and subject not in places):
                return f"says of a division what is not its to say: {subject}"
        elif subject != graph and not subject.startswith((f"{graph}#", *_SHARED)):
            return f"speaks of what is not the report's own: {subject}"
    return ""


def _of_division(code: str) -> set[tuple[str, str]]:
    """What is said of a division wherever it is spoken of."""
    division = divisions()[code]
    above = divisions().parent(division)
    return {
        (_TYPE, ZL.Jurisdiction),
        (_LABEL, division.name),
        (ZL.fullName, "".join(division.path)),
        (_NOTATION, code),
        (ZL.level, division.level),
        *([(_BROADER, namespace.division(above.code))] if above else []),
    }


def _misnamed(graph: str, quads: bytes) -> str:
    """Which IRI does not follow from what it names; empty where all do."""

    def only(predicate: str) -> str | None:
        values = [value_of(value.decode()) for value in said_of_document(quads, predicate)]
        if len(values) > 1:
            raise ValueError(f"{predicate} has several values")
        return values[0] if values else None

    code, year = (only(ZL.jurisdiction) or "").removeprefix(PREFIXES["division"]), only(ZL.year)
    named = namespace.report(code or None, only(ZL.department), int(year) if year else None, only(_TEXT) or "")
    if graph != named:
        return f"does not follow from place, department, year and text, which make {named}"
    sources = sorted(value_of(value.decode()) for value in said_of_document(quads, _SOURCE))
    return wrong_in(quads, entry_of(sources[0], quads)) if sources else "must name the file that it was read from"


def _try_index(graph: str, quads: bytes) -> None:
    """BadGraph where no index can be made of it."""
    store, contents = graph_of(quads), {graph: key_of_written(quads)}
    with TemporaryDirectory(prefix="zhili-") as scratch:
        try:
            write_index(store, Path(scratch), contents)
            Index(store, Path(scratch), contents).close()
        except (ValueError, LookupError, TypeError) as error:
            raise BadGraph(f"{graph}: no index can be made of it ({error!r})") from error
