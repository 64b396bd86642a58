"""Does the graph keep to its shapes? Each report's graph against `shapes.ttl` → sentences for the report's reader.

Reports are checked one by one, in memory: SHACL over an Oxigraph store is slower than without, and one report
cannot make another one wrong.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pyshacl import validate
from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.term import Node

from graph.store import Queryable
from ontology.namespace import VOCABULARY_GRAPH, expand

_FILE, _TITLE, _TEXT = (URIRef(expand(name)) for name in ("dcterms:source", "dcterms:title", "nif:isString"))
_EVIDENCE, _QUOTE = URIRef(expand("prov:wasDerivedFrom")), URIRef(expand("nif:anchorOf"))


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """Something that a report's graph says against its shape: which file and thing, what is wrong, the sentence."""

    file: str
    thing: str
    english: str
    chinese: str
    quote: str

    def __str__(self) -> str:
        quote = f" “{self.quote}”" if self.quote else ""
        return f"{self.file}: {self.english} {self.chinese} ({self.thing}){quote}"


def check(store: Queryable) -> Iterator[Violation]:
    """What is wrong with each report's graph, sorted within a report; nothing where all is well."""
    concepts = [line for line in store.quads(VOCABULARY_GRAPH) if f"<{expand('skos:prefLabel')}>" in line]
    for name in store.graphs():
        if name != VOCABULARY_GRAPH:
            yield from sorted(set(_violations(_parse([*store.quads(name), *concepts]))))


def _parse(quads: list[str]) -> Graph:
    triples = (line.rsplit(" ", 2)[0] + " .\n" for line in quads)
    return Graph().parse(data="".join(triples), format="nt")


def _violations(data: Graph) -> Iterator[Violation]:
    conforms, results, _ = validate(data, shacl_graph=_shapes(), inplace=True)
    if conforms or not isinstance(results, Graph):
        return
    # Of two files with the same text, always the same one names the report.
    file = min(map(str, data.objects(None, _FILE)), default=str(next(data.subjects(_TEXT), "")))
    for result in results.subjects(RDF.type, SH.ValidationResult):
        languages = {_languages()[str(text)]: str(text) for text in results.objects(result, SH.resultMessage)}
        focus = results.value(result, SH.focusNode)
        value = results.value(result, SH.value)
        # Where a whole report is the focus, as for a quote that is not there, the value is the thing at fault.
        thing = value if isinstance(value, URIRef) and (value, RDF.type, None) in data else focus
        yield Violation(
            file, _name(thing), languages["en"], languages["zh"], _quote(data, thing) or _quote(data, focus)
        )


def _name(thing: Node | None) -> str:
    """A thing's name within its report, or else the end of its IRI."""
    iri = str(thing)
    return iri.rpartition("#")[2] if "#" in iri else "/".join(iri.rsplit("/", 2)[-2:])


def _quote(data: Graph, thing: Node | None) -> str:
    places = [thing, *data.objects(thing, _EVIDENCE)]
    return min((str(quote) for place in places for quote in data.objects(place, _QUOTE)), default="")


@cache
def _shapes() -> Graph:
    return Graph().parse(data=files("ontology").joinpath("shapes.ttl").read_text(encoding="utf-8"))


@cache
def _languages() -> dict[str, str]:
    """The language of each message; pySHACL drops it from a SPARQL constraint's."""
    messages = (text for text in _shapes().objects(None, SH.message) if isinstance(text, Literal))
    return {str(text): text.language or "" for text in messages}
