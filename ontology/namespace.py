"""The names of things: prefixes, the ontology's own terms, and how IRIs are made from natural keys.

Names in an IRI stay readable: letters and digits of every script are kept (`practice/解纷小院`), full-width forms
are folded to the plain ones (NFKC), marks and blanks that only some typists set are dropped, and every other
character but `-._~` is percent-encoded as UTF-8. So the same name gives the same IRI in every report, and nothing
that a report says can break out of one.

Plain strings, no rdflib: workers and the command line start without it. `ZL` is closed as rdflib's
`DefinedNamespace` would be, and a type checker sees a misspelt term as well.
"""

import re
from enum import StrEnum, auto
from functools import lru_cache
from hashlib import sha256
from unicodedata import normalize
from urllib.parse import quote

BASE = "https://w3id.org/zhili/"
VOCABULARY_GRAPH = BASE + "vocabulary"
SOFTWARE = BASE + "software"  # to which what is found in a report is attributed

PREFIXES = {
    "zl": BASE + "ontology#",
    "mechanism": BASE + "mechanism/",
    "weakness": BASE + "weakness/",
    "practice": BASE + "practice/",
    "indicator": BASE + "indicator/",
    "division": BASE + "division/",
    "report": BASE + "report/",
    "dcterms": "http://purl.org/dc/terms/",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sosa": "http://www.w3.org/ns/sosa/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


class ZL(StrEnum):
    """The ontology's own terms, the same set as in `terms.ttl`, where each is defined; the value is the IRI."""

    @staticmethod
    def _generate_next_value_(name: str, start: int, count: int, last_values: list[str]) -> str:
        return PREFIXES["zl"] + name

    # Documents, places and concepts
    Report = auto()
    Section = auto()
    Jurisdiction = auto()
    Mechanism = auto()
    Practice = auto()
    Weakness = auto()
    Indicator = auto()
    # What reports state
    Statement = auto()
    Adoption = auto()
    Observation = auto()
    Deficiency = auto()
    Cause = auto()
    Plan = auto()
    Evidence = auto()
    # How a mechanism or practice is spoken of
    practised = auto()
    planned = auto()
    lacking = auto()
    # Of reports, sections and jurisdictions
    jurisdiction = auto()
    candidate = auto()
    department = auto()
    year = auto()
    role = auto()
    fullName = auto()
    level = auto()
    # Of statements
    statedIn = auto()
    adopts = auto()
    status = auto()
    measures = auto()
    unit = auto()
    qualifier = auto()
    change = auto()
    fallsUnder = auto()
    cause = auto()
    concerns = auto()
    confidence = auto()
    # Short cuts from a jurisdiction
    practises = auto()
    plans = auto()
    lacks = auto()
    admits = auto()
    # Of the schemes
    notLabel = auto()
    cue = auto()
    hint = auto()
    notCue = auto()
    words = auto()


def expand(name: str) -> str:
    """The full IRI of a prefixed name: `skos:broader`."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


# Whether a name has quotation marks or blanks, and which dot or dash, is the typist's choice; English needs its blanks.
_MARKS = re.compile(r"[“”‘’\"'「」『』《》〈〉]+|(?<![A-Za-z])\s+|\s+(?![A-Za-z])")
_SAME = str.maketrans("•・∙⋅‧●—–―－＋~～、", "······----+--" + "·")


@lru_cache(maxsize=1 << 12)  # a name is a label and a part of an IRI
def fold(name: str) -> str:
    """A name without what its IRI does not tell apart: names of one IRI have one label.

    １＋３ is 1+3, “解纷”小院 is 解纷小院, 法治•枫桥 is 法治·枫桥; of a name that is nothing but marks all stays.
    """
    plain = normalize("NFKC", name).strip()
    if plain.isalnum():
        return plain  # most are, and so hold no mark at all
    plain = plain.translate(_SAME)
    return _MARKS.sub("", plain) or plain


@lru_cache(maxsize=1 << 16)  # mechanisms and codes come again in every report
def key(name: str) -> str:
    """A name as a part of an IRI, by the rules above."""
    plain = fold(name)
    if plain.isalnum():
        return plain
    return "".join(letter if letter.isalnum() else quote(letter, safe="") for letter in plain)


def division(code: str) -> str:
    """The IRI of the division with a statistical code."""
    return PREFIXES["division"] + key(code)


def mechanism(concept: str) -> str:
    """The IRI of a mechanism from its id in the scheme."""
    return PREFIXES["mechanism"] + key(concept)


def weakness(concept: str) -> str:
    """The IRI of a weakness from its id in the scheme."""
    return PREFIXES["weakness"] + key(concept)


def practice(name: str) -> str:
    """The IRI of a practice: reports that give it the same name speak of the same practice."""
    return PREFIXES["practice"] + key(name)


def indicator(name: str, measured: str | None) -> str:
    """The IRI of an indicator: its name under the id of the mechanism that it measures (办结率 is many things)."""
    return f"{PREFIXES['indicator']}{key(measured or 'other')}/{key(name)}"


def report(code: str | None, department: str | None, year: int | None, text: str) -> str:
    """The IRI of a report: where, which department, which year, and which of the texts for that year."""
    parts = (code or "unresolved", department, str(year or "undated"), digest(text))
    return PREFIXES["report"] + "/".join(key(part) for part in parts if part)


def digest(text: str) -> str:
    """What a report's IRI ends with: of several texts for a year, which."""
    return sha256(text.encode()).hexdigest()[:8]


def evidence(report_iri: str, start: int, end: int) -> str:
    """The IRI of a slice of a report's text, as RFC 5147 writes a range of characters."""
    return f"{report_iri}#char={start},{end}"
