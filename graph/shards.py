"""A shard: one document's lines of N-Quads, all in one graph, as the extraction writes them.

Read without a parser, which takes three times as long: each line is subject, predicate, object and graph with one
blank between them, and literals hold no raw line ends.
"""

import gzip
import re
import zlib
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from graph.errors import GraphError
from ontology.namespace import expand

_TEXT, _SOURCE = expand("nif:isString"), expand("dcterms:source")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_CHARACTERS = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


def graph_in(quads: bytes) -> str:
    """The IRI of the graph that a document's lines are in."""
    return quads.partition(b"\n")[0].split()[-2].decode().strip("<>")


def text_in(quads: bytes) -> str:
    """The report's text in a document's lines; an empty one where they hold none."""
    return next((value_of(text.decode()) for text in said_of_document(quads, _TEXT)), "")


def packed(quads: bytes) -> bytes:
    """A document's lines as a shard's file holds them; the same lines are the same bytes."""
    # Level 1 makes them a fourteenth in a millisecond; a time would make others of them.
    return gzip.compress(quads, compresslevel=1, mtime=0)


def unpacked(shard: bytes) -> bytes | None:
    """The lines in a shard's file; None where it was cut short."""
    try:
        return gzip.decompress(shard)
    except (OSError, EOFError, zlib.error):
        return None


def read_shard(shard: Path) -> bytes:
    """A document's lines; where the file is damaged it is removed, and GraphError says so."""
    with suppress(OSError):
        if (quads := unpacked(shard.read_bytes())) is not None:
            return quads
    shard.unlink(missing_ok=True)
    raise GraphError(f"{shard}: is damaged and was removed; run the build again, with its document, to mend it")


def triples_in(quads: bytes, predicates: Container[str] | None = None) -> Iterator[tuple[str, str, str]]:
    """What a document's lines say: subject, predicate and object, IRIs without brackets and literals as their text.

    With some `predicates`, only what is said by these.
    """
    for line in quads.decode().removesuffix("\n").split("\n") if quads else ():
        subject, predicate, rest = line.split(" ", 2)
        predicate = predicate[1:-1]
        if predicates is None or predicate in predicates:
            yield subject[1:-1], predicate, value_of(rest[: rest.rindex(" <")])


def said_of_document(quads: bytes, predicate: str) -> list[bytes]:
    """What a document's lines say of the document itself by a predicate, as N-Quads writes it."""
    name = re.escape(graph_in(quads).encode())
    return re.findall(rb"^<%b> <%b> (.*) <%b> \.$" % (name, re.escape(predicate.encode()), name), quads, re.MULTILINE)


def joined(quads: bytes, mirrors: Iterable[bytes]) -> bytes:
    """The lines of a document that is kept, with the sources of its mirrors: what a store has of it."""
    graph = graph_in(quads).encode()
    sources = (source for mirror in mirrors for source in said_of_document(mirror, _SOURCE))
    return quads + b"".join(b"<%b> <%b> %b <%b> .\n" % (graph, _SOURCE.encode(), source, graph) for source in sources)


def value_of(term: str) -> str:
    """The IRI, or the text of the literal, that N-Triples, or SPARQL's tab-separated values, write so."""
    if term.startswith("<"):
        return term[1:-1]
    if not term.startswith('"'):
        return term  # a number, or nothing
    text = term[1 : term.rindex('"')]
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _CHARACTERS.get(escape[3], escape[3])
