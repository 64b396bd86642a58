"""Report → N-Quads: one named graph a report, sorted, without blank nodes; the same report gives the same bytes.

The lines are written here and not by a library, because it is the quickest and they are simple: every IRI comes
from `ontology.namespace` or is a prefixed name (`skos:broader`), every literal is escaped as canonical N-Triples
wants it. The tests hold the result against a parser.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from extract.records import Adoption, Cause, Deficiency, Evidence, Observation, Plan, Practice, Report, Section, Status
from ontology import namespace
from ontology.divisions import divisions
from ontology.namespace import ZL

_ESCAPES = {chr(code): f"\\u{code:04X}" for code in (*range(0x20), 0x7F)}
_ESCAPES |= {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_SPECIAL = re.compile(f"[{re.escape(''.join(_ESCAPES))}]")


def _iri(iri: str) -> str:
    return f"<{iri}>"


def _term(name: str) -> str:
    """A term of a vocabulary, by its IRI or as a prefixed name (`skos:broader`), as N-Triples writes it."""
    return _iri(name if isinstance(name, ZL) else namespace.expand(name))


# What is said with each predicate is one string, `predicate object`: a report has two thousand of them.
_ANCHOR, _BEGIN, _END = map(_term, ("nif:anchorOf", "nif:beginIndex", "nif:endIndex"))
_CONTEXT, _TEXT = map(_term, ("nif:referenceContext", "nif:isString"))
_DERIVED, _QUOTED, _ATTRIBUTED = map(_term, ("prov:wasDerivedFrom", "prov:wasQuotedFrom", "prov:wasAttributedTo"))
_SOURCE, _TITLE, _ISSUED = map(_term, ("dcterms:source", "dcterms:title", "dcterms:issued"))
_CREATOR, _PART, _DESCRIPTION = map(_term, ("dcterms:creator", "dcterms:hasPart", "dcterms:description"))
_LABEL, _BROADER, _NOTATION = map(_term, ("skos:prefLabel", "skos:broader", "skos:notation"))
_PROPERTY, _RESULT, _TYPE = map(_term, ("sosa:observedProperty", "sosa:hasSimpleResult", "rdf:type"))
_ZL = {term: _term(term) for term in ZL}
_IS_A = {kind: f"{_TYPE} {_term(kind)}" for kind in (*ZL, "prov:Bundle", "org:FormalOrganization")}
_INTEGER, _DECIMAL, _DATE, _YEAR = map(_term, ("xsd:integer", "xsd:decimal", "xsd:date", "xsd:gYear"))

# The status of an adoption, and the short cut from the jurisdiction that says the same.
_STATUS: dict[Status, tuple[ZL, ZL]] = {
    "practised": (ZL.practised, ZL.practises),
    "planned": (ZL.planned, ZL.plans),
    "lacking": (ZL.lacking, ZL.lacks),
}


def to_quads(report: Report) -> bytes:
    """The report's named graph as sorted N-Quads in UTF-8."""
    graph = _Graph(report)
    graph.add_report()
    graph.add_place()
    for number, section in enumerate(report.sections, 1):
        graph.add_section(number, section)
    for adoption in report.adoptions:
        thing = _iri(namespace.mechanism(adoption.mechanism))
        graph.add_adoption(f"adoption-{namespace.key(adoption.mechanism)}", thing, adoption)
    for practice in report.practices:
        graph.add_practice(practice)
    for number, observation in enumerate(report.observations, 1):
        graph.add_observation(number, observation)
    for number, deficiency in enumerate(report.deficiencies, 1):
        graph.add_deficiency(number, deficiency)
    for number, plan in enumerate(report.plans, 1):
        graph.add_plan(number, plan)
    return graph.serialize()


def report_iri(report: Report) -> str:
    """The IRI of the report and of its named graph."""
    return namespace.report(report.jurisdiction.code, report.department, report.year, report.text)


class _Graph:
    """The triples about one report; each method adds those of one kind of record."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.iri = report_iri(report)
        self._me = _iri(self.iri)
        self._end = f" {self._me} .\n"
        self._stated_in = f"{_ZL[ZL.statedIn]} {self._me}"
        code = report.jurisdiction.code
        self._place = _iri(namespace.division(code)) if code else None
        self._said: dict[str, set[str]] = {}  # by subject: `predicate object`
        self._slices: dict[str, bytes] = {}  # by subject: all lines, in order

    def serialize(self) -> bytes:
        """The triples as sorted lines of the report's graph."""
        blocks = dict(self._slices)
        end = self._end.encode()
        for subject, said in self._said.items():
            # A line has little Chinese, if any: encoded piece by piece, most of it is only copied.
            begin = f"{subject} ".encode()
            blocks[subject] = b"%b%b%b" % (begin, (end + begin).join(map(str.encode, sorted(said))), end)
        return b"".join([blocks[subject] for subject in sorted(blocks)])

    def add(self, subject: str, kind: str, said: Iterable[str]) -> None:
        """A thing, its class and what is said of it."""
        known = self._said.get(subject)
        if known is None:
            self._said[subject] = {_IS_A[kind], *said}
        else:
            known.add(_IS_A[kind])
            known.update(said)

    def add_report(self) -> None:
        """The document itself: its text, title, dates, office and file."""
        report = self.report
        said = [f"{_TEXT} {_string(report.text)}", f"{_SOURCE} {_string(report.source)}"]
        if report.title:
            said.append(f"{_TITLE} {_chinese(report.title)}")
        if report.published:
            said.append(f"{_ISSUED} {_typed(report.published, _DATE)}")
        if report.year:
            said.append(f"{_ZL[ZL.year]} {_typed(f'{report.year:04}', _YEAR)}")
        if report.department:
            said.append(f"{_ZL[ZL.department]} {_chinese(report.department)}")
        if report.issuer:
            said.append(f"{_CREATOR} {self._name('office')}")
        self.add(self._me, ZL.Report, [*said, *self._places()])
        # The document is its office's; what is found in it is ours to answer for.
        found = [f"{_DERIVED} {self._me}", f"{_ATTRIBUTED} {_iri(namespace.SOFTWARE)}"]
        self.add(self._name("findings"), "prov:Bundle", found)

    def add_place(self) -> None:
        """The office, and the jurisdiction with the chain of its superiors, so that the graph stands alone."""
        if self.report.issuer:
            seat = self._places() if self._place else []
            office = [f"{_LABEL} {_chinese(self.report.issuer)}", *seat]
            self.add(self._name("office"), "org:FormalOrganization", office)
        place, table = self.report.jurisdiction, divisions()
        for code in place.candidates if place.code is None else (place.code,):
            above: list[str] = []
            full = ""
            for up in (*table.ancestor_codes(code), code):
                iri, full = _iri(namespace.division(up)), full + table[up].name
                names = [f"{_LABEL} {_chinese(table[up].name)}", f"{_ZL[ZL.fullName]} {_chinese(full)}"]
                about = [f"{_NOTATION} {_string(up)}", f"{_ZL[ZL.level]} {_string(table[up].level)}"]
                self.add(iri, ZL.Jurisdiction, [*names, *about, *above])
                above = [f"{_BROADER} {iri}"]

    def add_section(self, number: int, section: Section) -> None:
        """A top-level part of the report."""
        name = self._name(f"section-{number}")
        said = [f"{_LABEL} {_chinese(section.heading)}", f"{_ZL[ZL.role]} {_string(section.role)}"]
        self.add(name, ZL.Section, [*said, *self._source((section.evidence,))])
        self.add(self._me, ZL.Report, [f"{_PART} {name}"])

    def add_adoption(self, name: str, thing: str, adoption: Adoption | Practice) -> None:
        """A mechanism or practice and how the report speaks of it, with the short cut from the jurisdiction.

        A finding of which the rules are unsure has no short cut: what a plain pattern finds is sure.
        """
        status, short_cut = _STATUS[adoption.status]
        said = [f"{_ZL[ZL.adopts]} {thing}", f"{_ZL[ZL.status]} {_ZL[status]}"]
        self._state(self._name(name), ZL.Adoption, adoption.evidence, adoption.confidence, said)
        if adoption.confidence == 1:
            self._shorten(short_cut, thing)

    def add_practice(self, practice: Practice) -> None:
        """A practice with a name of its own, and its adoption."""
        thing = _iri(namespace.practice(practice.name))
        said = [f"{_LABEL} {_chinese(namespace.fold(practice.name))}"]
        if practice.broader:
            said.append(f"{_BROADER} {_iri(namespace.mechanism(practice.broader))}")
        self.add(thing, ZL.Practice, said)
        self.add_adoption(f"practice-{namespace.key(practice.name)}", thing, practice)

    def add_observation(self, number: int, seen: Observation) -> None:
        """A number, and the indicator that it is a value of."""
        indicator = _iri(namespace.indicator(seen.name, seen.mechanism))
        self.add(indicator, ZL.Indicator, (f"{_LABEL} {_chinese(namespace.fold(seen.name))}",))
        said = [
            f"{_PROPERTY} {indicator}",
            f"{_RESULT} {_decimal(seen.value)}",
            f"{_ZL[ZL.unit]} {_string(seen.unit)}",
            f"{_ZL[ZL.qualifier]} {_string(seen.qualifier)}",
        ]
        if seen.change:
            said.append(f"{_ZL[ZL.change]} {_string(seen.change)}")
        if seen.mechanism:
            said.append(f"{_ZL[ZL.measures]} {_iri(namespace.mechanism(seen.mechanism))}")
        self._state(self._name(f"observation-{number}"), ZL.Observation, (seen.evidence,), seen.confidence, said)

    def add_deficiency(self, number: int, deficiency: Deficiency) -> None:
        """A shortcoming with its causes; the short cut says that the jurisdiction admits the weakness."""
        said = [*_says(deficiency), *_concerns(deficiency)]
        for ordinal, cause in enumerate(deficiency.causes, 1):
            name = self._name(f"deficiency-{number}-cause-{ordinal}")
            self._state(name, ZL.Cause, (cause.evidence,), 1.0, _says(cause))
            said.append(f"{_ZL[ZL.cause]} {name}")
        name = self._name(f"deficiency-{number}")
        self._state(name, ZL.Deficiency, (deficiency.evidence,), deficiency.confidence, said)
        for category in deficiency.categories if deficiency.confidence == 1 else ():
            self._shorten(ZL.admits, _iri(namespace.weakness(category)))

    def add_plan(self, number: int, plan: Plan) -> None:
        """A measure for the coming year."""
        said = [f"{_DESCRIPTION} {_chinese(plan.statement)}", *_concerns(plan)]
        self._state(self._name(f"plan-{number}"), ZL.Plan, (plan.evidence,), 1.0, said)

    def _state(
        self, name: str, kind: ZL, evidence: tuple[Evidence, ...], confidence: float, said: Iterable[str]
    ) -> None:
        """A statement: what it says, which report says it, where, and how sure the rules are if they are not."""
        doubt = (f"{_ZL[ZL.confidence]} {_decimal(Decimal(str(confidence)))}",) if confidence < 1 else ()
        self.add(name, kind, (*said, self._stated_in, *self._source(evidence), *doubt))

    def _source(self, slices: tuple[Evidence, ...]) -> list[str]:
        """That something is derived from slices of the text; adds each to the graph, once."""
        found = []
        for evidence in slices:
            slice_ = _iri(namespace.evidence(self.iri, evidence.start, evidence.end))
            found.append(f"{_DERIVED} {slice_}")
            if slice_ not in self._slices:
                self._slices[slice_] = self._lines_of(slice_, evidence)
        return found

    def _lines_of(self, slice_: str, evidence: Evidence) -> bytes:
        """All lines on a slice in the order of their predicates. Most things of a graph are slices of the text, and of
        the lines on one only the first holds any Chinese."""
        me, end = self._me, self._end
        # NIF wants xsd:nonNegativeInteger, and every xsd:integer from 0 up is one of these; the store would
        # write the narrower type back as xsd:integer in any case.
        rest = (
            f'{slice_} {_BEGIN} "{evidence.start}"^^{_INTEGER}{end}{slice_} {_END} "{evidence.end}"^^{_INTEGER}{end}'
            f"{slice_} {_CONTEXT} {me}{end}{slice_} {_IS_A[ZL.Evidence]}{end}{slice_} {_QUOTED} {me}{end}"
        )
        return f"{slice_} {_ANCHOR} {_string(evidence.of(self.report.text))}{end}".encode() + rest.encode()

    def _places(self) -> list[str]:
        if self._place is None:
            codes = self.report.jurisdiction.candidates
            return [f"{_ZL[ZL.candidate]} {_iri(namespace.division(code))}" for code in codes]
        return [f"{_ZL[ZL.jurisdiction]} {self._place}"]

    def _shorten(self, short_cut: ZL, thing: str) -> None:
        if self._place:
            self.add(self._place, ZL.Jurisdiction, (f"{_ZL[short_cut]} {thing}",))

    def _name(self, fragment: str) -> str:
        return f"<{self.iri}#{fragment}>"


def _says(record: Deficiency | Cause) -> list[str]:
    weaknesses = [f"{_ZL[ZL.fallsUnder]} {_iri(namespace.weakness(category))}" for category in record.categories]
    return [f"{_DESCRIPTION} {_chinese(record.statement)}", *weaknesses]


def _concerns(record: Deficiency | Plan) -> list[str]:
    return [f"{_ZL[ZL.concerns]} {_iri(namespace.mechanism(mechanism))}" for mechanism in record.mechanisms]


def _string(text: str) -> str:
    # What is printable holds no control character, so most texts are told by three quick looks.
    plain = text.isprintable() and '"' not in text and "\\" not in text
    return f'"{text}"' if plain else f'"{_SPECIAL.sub(lambda sign: _ESCAPES[sign[0]], text)}"'


def _chinese(text: str) -> str:
    return f"{_string(text)}@zh"


def _typed(text: str, datatype: str) -> str:
    """A number or a date, which have nothing to escape."""
    return f'"{text}"^^{datatype}'


def _decimal(value: Decimal) -> str:
    """Without exponent or idle zeros, since a store keeps the number and forgets how it was written."""
    digits = format(value, "f")
    return _typed(digits.rstrip("0").rstrip(".") if "." in digits else digits, _DECIMAL)
