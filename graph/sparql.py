"""A query's text: what in it are words and what only looks like them, and queries of some graphs; nothing is parsed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from graph.errors import BadQuery

# In which words are no keywords: escaped characters of names, strings, IRIs and comments. An IRI has exactly the
# characters that the grammar allows, so that nothing between two signs of comparison passes for one.
QUIET = re.compile(
    r"""\\. | (?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
    | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*' | <[^<>"{}|^`\\\x00-\x20]*>) | (?P<comment>\#[^\r\n]*)""",
    re.DOTALL | re.VERBOSE,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_SERVICE = re.compile(r"\bSERVICE\b", re.IGNORECASE)
_LETTERS = re.compile("SERVICE", re.IGNORECASE)


class Query(NamedTuple):
    """What is asked of reports' graphs: the variables of the answer, and the pattern that holds within one graph."""

    columns: str
    pattern: str


def in_graphs(
    query: Query,
    graphs: Iterable[str],
    iris: Mapping[str, str] | None = None,
    at_once: int = 50,
    things: Mapping[str, Iterable[str]] | None = None,
) -> Iterator[str]:
    """SPARQL that asks a query of some graphs and binds each to ?report; the variables in `iris` stand for those IRIs.

    With `things`, ?thing is in each graph one of those that are given for it. Each graph is named outright: engines look
    a statement up at once where the graph is given, and go through all graphs where it is a variable, even one that is
    bound. Many graphs make several queries, of `at_once` each: planning one takes the longer for each graph in it.
    """
    pattern = query.pattern
    for name, iri in (iris or {}).items():
        pattern = re.sub(rf"\?{name}\b", f"<{iri}>", pattern)
    waiting = iter(graphs)
    while some := tuple(islice(waiting, at_once)):
        parts = (
            f"{{ GRAPH <{graph}> {{ {_one_of(things, graph)}{pattern} }} BIND (<{graph}> AS ?report) }}"
            for graph in some
        )
        yield f"SELECT ?report {query.columns} WHERE {{ {' UNION '.join(parts)} }}"


def _one_of(things: Mapping[str, Iterable[str]] | None, graph: str) -> str:
    return f"VALUES ?thing {{ {' '.join(f'<{iri}>' for iri in things[graph])} }} " if things else ""


def refuse_service(query: str) -> None:
    """BadQuery where a query would ask another server, however the word for it is dressed up."""
    if not _LETTERS.search(query) and "\\" not in query:
        return  # as most, whose every word need not be looked at
    # Also with the escapes read that some engines resolve before they parse.
    if _SERVICE.search(mask(query)) or _SERVICE.search(mask(_unescape(query))):
        raise BadQuery("the query asks another server (SERVICE); Zhili makes no request to any host")


def mask(query: str) -> str:
    """The query, character by character, with strings and IRIs as backticks and comments as blanks."""
    return QUIET.sub(lambda found: (" " if found["comment"] else "`") * len(found[0]), query)


def _unescape(query: str) -> str:
    def character(found: re.Match[str]) -> str:
        code = int(found[1] or found[2], 16)
        return chr(code) if code <= 0x10FFFF else ""

    return _ESCAPE.sub(character, query)
