"""The page of one report: its text with every finding marked in place, and the record of each finding."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise

from graph.explorer.catalogue import Report
from graph.explorer.knowledge import Knowledge
from graph.explorer.page import Link, Page, Table
from graph.explorer.views import numbers
from graph.explorer.words import Words
from graph.index.told import Finding
from graph.sparql import Query
from ontology.namespace import PREFIXES

# In the order in which a reader meets them in a legend; where findings overlap the later kind gives the mark its look.
KINDS = ("plan", "mechanism", "practice", "deficiency", "cause", "observation")

_ABOUT = Query(
    "?text ?source ?published",
    """?itself nif:isString ?text OPTIONAL { ?itself dcterms:source ?source }
    OPTIONAL { ?itself dcterms:issued ?published }""",
)


@dataclass(frozen=True, slots=True)
class Mark:
    """What was found: its kind, what it says, the things that it is about, and the slices of the text that say so."""

    id: str
    kind: str
    says: str
    about: tuple[Link, ...]
    slices: tuple[tuple[int, int], ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text with the findings that cover it, and the slices that begin at it."""

    text: str
    kind: str
    findings: tuple[str, ...]
    anchors: tuple[str, ...]
    start: int
    marked: bool


def report(known: Knowledge, words: Words, about: Report, asked: Mapping[str, str]) -> Page:
    """The report as a reader's page; `at` asks for a stretch of the text (`12,40`) to be marked."""
    rows = known.in_reports(_ABOUT, [about.iri], itself=about.iri)
    text = rows[0]["text"] if rows else ""
    findings = sorted(
        _marks(known, words, known.findings([about.iri], quoted=False)),
        key=lambda each: each.slices[0],
    )
    data = {
        "iri": about.iri,
        "by": about.by,
        "place": about.place.iri if about.place else "",
        "_place": about.place,
        "department": about.department,
        "year": about.year,
        "published": next((row["published"] for row in rows if row["published"]), ""),
        "sources": sorted({row["source"] for row in rows if row["source"]}),
        "_paragraphs": list(_paragraphs(text, findings, _stretch(asked.get("at", "")))),
        "_findings": findings,
        "_kinds": [kind for kind in KINDS if any(each.kind == kind for each in findings)],
    }
    table = Table(
        ("kind", "says", "about", "sentence", "start", "end", "confidence"),
        [
            (
                words(f"finding.{each.kind}"),
                each.says,
                words("and").join(link.text for link in each.about),
                Link(
                    " ".join(text[slice(*each.slices[0])].split()),
                    f"{about.iri}#char={each.slices[0][0]},{each.slices[0][1]}",
                ),
                *each.slices[0],
                each.confidence,
            )
            for each in findings
        ],
    )
    against = numbers.of_report(known, words, about)
    return Page("report.html", about.title or about.by, data, {"findings": table, "contradictions": against})


def _marks(known: Knowledge, words: Words, findings: Iterable[Finding]) -> Iterator[Mark]:
    for name, group in groupby(findings, lambda each: each.name):
        same = list(group)
        first = same[0]
        kind = first.kind if first.kind != "adoption" else _adopted(first.thing)
        iris = dict.fromkeys(each.thing for each in same if each.thing)
        about = tuple(Link(known.label(iri, words.language), iri) for iri in iris)
        slices = tuple(sorted({(each.start, each.end) for each in same}))
        yield Mark(name, kind, _says(words, first), about, slices, first.confidence)


def _adopted(thing: str) -> str:
    return "practice" if thing.startswith(PREFIXES["practice"]) else "mechanism"


def _says(words: Words, found: Finding) -> str:
    if found.kind == "observation":
        change = words(f"change.{found.change}") + " " if found.change else ""
        qualifier = f"（{words(f'qualifier.{found.qualifier}')}）" if found.qualifier != "exact" else ""
        return f"{change}{words.told(found.value + found.unit)}{qualifier}"
    return words(f"status.{found.status}") if found.status else found.gist


def _stretch(asked: str) -> tuple[int, int]:
    """Where a stretch of text begins and ends, as an address has it; nothing where that is none."""
    found = re.fullmatch(r"([0-9]{1,9}),([0-9]{1,9})", asked)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _paragraphs(text: str, findings: list[Mark], marked: tuple[int, int]) -> Iterator[list[Piece]]:
    """The text's lines, each cut into pieces wherever a finding or what is to be marked begins or ends."""
    spans = [(start, end, each) for each in findings for start, end in each.slices]
    line_start = 0
    for line in text.split("\n"):
        line_end = line_start + len(line)
        if line.strip():
            own = [span for span in spans if span[0] < line_end and line_start < span[1]]
            cuts = {*marked, *(edge for start, end, _ in own for edge in (start, end))}
            edges = sorted({line_start, line_end, *(cut for cut in cuts if line_start < cut < line_end)})
            yield [_piece(text, start, end, own, marked) for start, end in pairwise(edges)]
        line_start = line_end + 1


def _piece(text: str, start: int, end: int, spans: list[tuple[int, int, Mark]], marked: tuple[int, int]) -> Piece:
    covering = {each.id: KINDS.index(each.kind) for a, b, each in spans if a <= start and end <= b}
    narrow = sorted(covering, key=lambda name: (-covering[name], name))
    kind = KINDS[covering[narrow[0]]] if narrow else ""
    anchors = {f"char={a},{b}" for a, b, _ in spans if a == start}
    within = marked[0] <= start and end <= marked[1]
    if within and start == marked[0]:
        anchors.add("char={},{}".format(*marked))
    return Piece(text[start:end], kind, tuple(narrow), tuple(sorted(anchors)), start, within)
