"""A query's text as an endpoint is sent it: checked, with its prefixes, its variables bound, and by the page.

check         a query in, its form out, or why it is not sent; nothing is evaluated
with_prefixes a query in, the same with the project's prefixes declared out
bind          a query in, the same with variables bound to IRIs out
page          a query in, that of some of its rows out
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress

import pyoxigraph as ox

from graph.errors import BadQuery
from graph.sparql import QUIET, mask, refuse_service
from graph.store import GraphStore
from ontology.namespace import PREFIXES

# Of a masked query, in which strings and IRIs are backticks.
_PROLOGUE = re.compile(
    r"(?:\s|BASE\s*+`+|VERSION\s*+`+|PREFIX\s*+[^\s`]*+\s*+`+)*+(?P<form>SELECT|ASK|CONSTRUCT|DESCRIBE)\b",
    re.IGNORECASE,
)
_DECLARED = re.compile(r"\bPREFIX\s*+([^\s:`]*+)\s*+:", re.IGNORECASE)
_LAST_VALUES = re.compile(r"\bVALUES\s*(?:[?$]\w+|\([^(){}]*\))\s*\{[^{}]*\}\s*$", re.IGNORECASE)
_FROM = re.compile(r"\bFROM\b", re.IGNORECASE)
_ORDER = re.compile(r"\bORDER\s+BY\b", re.IGNORECASE)
_LIMITS = re.compile(r"\b(?:LIMIT|OFFSET)\b", re.IGNORECASE)
_EXISTS = re.compile(r"\bEXISTS\s*$", re.IGNORECASE)
# Parsers recurse along brackets and along chains of these; Oxigraph's ends its process where the stack is full.
_STEP = re.compile(
    r"[*+/|!{]|&&|-(?=[\s\d.?$(+])|(?<=\))-|\b(?:AS|BIND|FILTER|GRAPH|MINUS|OPTIONAL|UNION)\b", re.IGNORECASE
)
_MOST_STEPS, _DEEPEST = 300, 60
# Oxigraph's optimizer takes time by the fourth power of the patterns: half a second for a hundred. These are terms, by
# threes a pattern, and what adds a pattern with one term more; long lists of data are left aside.
_LIST = re.compile(r"\bVALUES\s*+(?:[?$]\w++|\([^(){}]*+\))\s*+\{[^{}]*+\}|\bIN\s*+\([^()]*+\)", re.IGNORECASE)
# Of a prefix only the end is looked at: a long word that turns out to have no colon would be gone through once for each
# of its characters.
_TERM = re.compile(r"[?$]\w+|`|[\w.-]{0,32}:[\w.%:-]*|\b\d[\w.]*|\b(?:true|false)\b|[;(\[]|(?P<more>,)", re.IGNORECASE)
_MOST_TERMS = 300
_IRI = re.compile(r'[^<>"{}|^`\\\x00-\x20]+')


def check(query: str) -> str:
    """The form of a query that anybody may have written; BadQuery where it is no SPARQL or may not be sent.

    Not sent is what asks another server, or is so long or nested that reading it would hold or end a process.
    """
    _refuse_entangled(mask(query))
    _refuse_long(query)
    return form_of(query)


def form_of(query: str) -> str:
    """The form of a query, SELECT, ASK, CONSTRUCT or DESCRIBE; BadQuery where it is no SPARQL or asks another server.

    The query is parsed and not evaluated, however little an empty store would seem to give it to do.
    """
    refuse_service(query)
    # Oxigraph refuses to give a value to a variable that is not selected after it has parsed, before it evaluates.
    nobody = "nobody_" + "_" * max(map(len, re.findall("nobody(_*)", query)), default=0)
    with suppress(RuntimeError):
        GraphStore(ox.Store()).answer(query, **{nobody: PREFIXES["zl"]})
    if not (found := _PROLOGUE.match(mask(query))):
        raise BadQuery("the query is no SELECT, ASK, CONSTRUCT or DESCRIBE")
    return found["form"].upper()


def _refuse_entangled(masked: str) -> None:
    steps = sum(1 for _ in _STEP.finditer(masked))
    if steps > _MOST_STEPS:
        raise BadQuery(f"the query has {steps} operators and groups, more than {_MOST_STEPS}; ask it in parts")
    depth = 0
    for bracket in re.finditer(r"[\[({]|[\])}]", masked):
        depth += 1 if bracket[0] in "[({" else -1
        if depth > _DEEPEST:
            raise BadQuery(f"the query's brackets are nested more than {_DEEPEST} deep; ask it in parts")


def _refuse_long(query: str) -> None:
    # Here each string and IRI is one backtick, so that two without a blank between are not taken for one.
    marked = QUIET.sub(lambda found: " " if found["comment"] else "` ", query)
    terms = sum(3 if found["more"] else 1 for found in _TERM.finditer(_LIST.sub(" ", marked)))
    if terms > _MOST_TERMS:
        raise BadQuery(
            f"the query has {terms} terms beside its lists of values, more than {_MOST_TERMS}; ask it in parts"
        )


def with_prefixes(query: str) -> str:
    """The query with those of the project's prefixes declared that it does not declare itself, in its first line."""
    masked = mask(query)
    own = set(_DECLARED.findall(masked[: _form(masked)]))
    return "".join(f"PREFIX {name}: <{iri}> " for name, iri in PREFIXES.items() if name not in own) + query


def bind(query: str, iris: Mapping[str, str]) -> str:
    """The query with each variable bound to an IRI by a VALUES clause at its end."""
    for iri in iris.values():
        if not _IRI.fullmatch(iri):
            raise BadQuery(f"{iri}: is no IRI; blanks, quotation marks, brackets, ^, |, ` and \\ must be encoded")
    if not iris:
        return query
    names, values = " ".join(f"?{name}" for name in iris), " ".join(f"<{iri}>" for iri in iris.values())
    return f"{_free_end(query)}\nVALUES ({names}) {{ ({values}) }}"


def page(query: str, columns: Sequence[str], iris: Mapping[str, str], size: int, offset: int) -> str | None:
    """The query of `size` rows behind the first `offset` of a SELECT query with these columns, its variables bound.

    Rows that the query leaves in no order are put in one, or a page could hold what another one had. The order is made
    in a subquery, since Virtuoso sorts no more than its limit of rows where LIMIT stands beside ORDER BY. None where
    the query names its graphs by FROM, which a subquery cannot.
    """
    query = _free_end(query)
    masked = mask(query)
    start, end = _pattern(masked)
    form = _form(masked)
    if _FROM.search(masked[:start]):
        return None
    names = " ".join(f"?{name}" for name in columns)
    limits = _LIMITS.search(masked, end)
    cut = limits.start() if limits else len(query)
    order = names if _ORDER.search(masked, end) else f"ORDER BY {names}"
    ordered = bind(f"{query[:cut]}\n{order}\n{query[cut:]}", iris)
    return f"{query[:form]}SELECT {names} {{ {{ {ordered[form:]}\n}} }} LIMIT {size} OFFSET {offset}"


def _form(masked: str) -> int:
    found = _PROLOGUE.match(masked)
    return found.start("form") if found else 0


def _free_end(query: str) -> str:
    """The query without a VALUES clause at its end: such a one is moved into the pattern, where it means the same."""
    masked = mask(query)
    if not (last := _LAST_VALUES.search(masked)):
        return query
    start, end = _pattern(masked[: last.start()])
    values, rest = query[last.start() :], query[end : last.start()]
    return f"{query[:start]}{{ {query[start:end]} {values}\n}} {rest}"


def _pattern(masked: str) -> tuple[int, int]:
    """Where the query's pattern stands, brackets included: the last outermost group that is not of an EXISTS."""
    found, depth, start = (0, 0), 0, 0
    for bracket in re.finditer(r"[{}]", masked):
        if bracket[0] == "{":
            start = start if depth else bracket.start()
            depth += 1
            continue
        depth -= 1
        if not depth and not _EXISTS.search(masked[:start]):
            found = (start, bracket.end())
    return found
