"""The start page, search and what the explorer says of itself."""

from collections import Counter
from collections.abc import Mapping

from graph.explorer.knowledge import Knowledge
from graph.explorer.page import Cell, Link, Page, Table, asked_page, with_query
from graph.explorer.views.charts import bars, tile_map
from graph.explorer.views.numbers import measures
from graph.explorer.words import Words
from graph.index.search import KINDS, Entry, Index
from ontology.namespace import BASE, PREFIXES

PER_PAGE = 20
_MOST_WORDS = 16  # that are looked for; a sentence is one, and each word more is looked for in all quotes
_MOST = 12

_DATASET = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<{base}/.well-known/void#graph> a void:Dataset , dcat:Dataset ;
    dcterms:title "Zhili: governance mechanisms in rule-of-law reports"@en , "治理：法治政府建设年度报告中的治理机制"@zh ;
    dcterms:description "{reports} reports of {places} jurisdictions"@en , "{places} 个辖区的 {reports} 份报告"@zh ;
    dcterms:temporal [ a dcterms:PeriodOfTime ; dcat:startDate "{first}"^^xsd:gYear ; dcat:endDate "{last}"^^xsd:gYear ] ;
    dcterms:license <http://www.apache.org/licenses/LICENSE-2.0> ;
    void:triples {triples} ;
    void:documents {reports} ;
    void:uriSpace "{space}" ;
    void:vocabulary <{space}ontology> , <http://www.w3.org/2004/02/skos/core> , <http://www.w3.org/ns/prov> ;
    void:sparqlEndpoint <{base}/sparql> ;
    dcat:distribution <{base}/.well-known/void#endpoint> .

<{base}/.well-known/void#endpoint> a dcat:Distribution ;
    dcat:accessURL <{base}/sparql> ;
    dcterms:conformsTo <http://www.w3.org/TR/sparql11-protocol/> .
"""

_TERMS = """SELECT ?term ?kind ?zh ?en ?means ?meaning WHERE {
    ?term a ?kind ; rdfs:label ?zh , ?en ; skos:definition ?means , ?meaning
    FILTER (lang(?zh) = "zh" && lang(?en) = "en" && lang(?means) = "zh" && lang(?meaning) = "en")
    FILTER (?kind IN (owl:Class, owl:ObjectProperty, owl:DatatypeProperty)) }"""


def start(known: Knowledge, words: Words) -> Page:
    """What the graph holds, and the ways into it."""
    catalogue = known.catalogue
    counts = Counter((place.code[:2], place.path[0]) for place in catalogue.places.values())
    data = {
        "reports": len(catalogue.reports),
        "places": len(catalogue.places),
        "stated": {
            kind: known.counts.get(kind, 0) for kind in ("Adoption", "Observation", "Deficiency", "Cause", "Plan")
        },
        "_tiles": tile_map(counts, lambda province: with_query("/places", province=province)),
        "_bars": bars(report.year for report in catalogue.reports),
        "_areas": _areas(known, words),
    }
    places = catalogue.stated().places
    tables = {}
    for kind in ("weakness", "practice", "mechanism"):
        ids = catalogue.ids(kind)
        most = sorted((iri for iri in ids if places[ids[iri]]), key=lambda iri: (-places[ids[iri]], iri))[:_MOST]
        rows = [(Link(known.label(iri, words.language), iri), int(places[ids[iri]])) for iri in most]
        tables[kind] = Table((kind, "places"), rows)
    return Page("start.html", words("title"), data, tables)


def _areas(known: Knowledge, words: Words) -> list[tuple[str, list[Link]]]:
    """The areas of the mechanism scheme, each with those of its mechanisms that some report states."""
    found: dict[str, list[Link]] = {}
    for thing in known.catalogue.of_kind("mechanism"):
        if thing.broader == thing.area:
            found.setdefault(thing.area, []).append(Link(thing.name(words.language), thing.iri))
    return [(known.label(area, words.language), links) for area, links in found.items()]


def search(known: Knowledge, words: Words, index: Index, choice: Mapping[str, str]) -> Page:
    """What holds the reader's words: names first, then sentences."""
    asked, kind = " ".join(choice.get("q", "").split()[:_MOST_WORDS]), choice.get("kind", "")
    page = asked_page(choice, "found", "found")
    found = index.find(asked, (kind,) if kind in KINDS else (), PER_PAGE, (page - 1) * PER_PAGE)
    rows = [_found(known, words, entry) for entry in found.entries]
    data = {"q": asked, "kind": kind, "page_number": page, "total": found.total, "_per_page": PER_PAGE}
    return Page(
        "search.html",
        words("search.title", q=asked) if asked else words("search"),
        data,
        {"found": Table(("kind", "name", "name.other", "note"), rows)},
    )


def _found(known: Knowledge, words: Words, entry: Entry) -> tuple[Cell, ...]:
    """What was found, by its name in the reader's language, its name in the other one, if it has one, and its note."""
    language, kind, thing = words.language, words(f"kind.{entry.kind}"), known.catalogue.things.get(entry.iri)
    if thing is None:
        measured = measures(known, words, entry.iri) if entry.kind == "indicator" else ""
        to = f"{entry.report}#char={entry.start},{entry.end}" if entry.report else entry.iri
        return kind, Link(entry.label, to), "", measured.text if isinstance(measured, Link) else entry.note
    name, other = thing.name(language), thing.name("zh" if language == "en" else "en")
    above = known.label(thing.broader, language) if thing.broader else ""
    return kind, Link(name, thing.iri), other if other != name else "", above


def dataset(known: Knowledge, base: str) -> str:
    """The graph's own description as Turtle: VoID (Alexander et al. 2011) and DCAT 3; `base` is this server's address."""
    catalogue = known.catalogue
    years = sorted(report.year for report in catalogue.reports if report.year) or ["0001"]
    return _DATASET.format(
        base=base,
        space=BASE,
        reports=len(catalogue.reports),
        places=len(catalogue.places),
        triples=known.size,
        first=years[0],
        last=years[-1],
    )


def about(known: Knowledge, words: Words) -> Page:
    """The ontology as a readable page, and what the graph says of itself."""
    chinese = words.language == "zh"
    rows = sorted(known.rows(_TERMS), key=lambda row: (row["kind"] != str(PREFIXES["owl"]) + "Class", row["term"]))
    table = Table(
        ("term", "kind", "name", "means"),
        [
            (
                Link("zl:" + row["term"].removeprefix(PREFIXES["zl"]), row["term"]),
                row["kind"].rpartition("#")[2],
                row["zh"] if chinese else row["en"],
                row["means"] if chinese else row["meaning"],
            )
            for row in rows
            if row["term"].startswith(PREFIXES["zl"])
        ],
    )
    data = {"reports": len(known.catalogue.reports), "places": len(known.catalogue.places), "prefixes": PREFIXES}
    return Page("about.html", words("about"), data, {"terms": table})
