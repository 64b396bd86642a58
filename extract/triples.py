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

Pair = tuple[str, str]  # a predicate, and an object as N-Triples writes it

_ESCAPES = {chr(code): f"\\u{code:04X}" for code in (*range(0x20), 0x7F)}
_ESCAPES |= {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_SPECIAL = re.compile(f"[{re.escape(''.join(_ESCAPES))}]")


class _Terms(dict[str, str]):
    """The terms of vocabularies as N-Triples writes them, by prefixed name (`skos:broader`) or IRI."""

    def __missing__(self, name: str) -> str:
        self[name] = term = _iri(name if isinstance(name, ZL) else namespace.expand(name))
        return term


_TERMS = _Terms()

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
        thing = namespace.mechanism(adoption.mechanism)
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
        self._said: dict[str, set[str]] = {}  # by subject: predicates with their objects
        # Most things of a graph are slices of the text, and half of what is said of one is the same for all.
        whole = (("nif:referenceContext", self.iri), ("prov:wasQuotedFrom", self.iri), ("rdf:type", ZL.Evidence))
        self._of_every_slice = tuple(f"{_TERMS[predicate]} {_iri(thing)}" for predicate, thing in whole)

    def serialize(self) -> bytes:
        """The triples as sorted lines of the report's graph."""
        end = f" <{self.iri}> .\n"
        things = [
            f"{subject} {f'{end}{subject} '.join(sorted(said))}{end}" for subject, said in sorted(self._said.items())
        ]
        return "".join(things).encode()

    def add(self, subject: str, kind: str, pairs: Iterable[Pair]) -> None:
        """A thing, its class and what is said of it."""
        said = self._said.setdefault(_iri(subject), set())
        said.add(f"{_TERMS['rdf:type']} {_TERMS[kind]}")
        said.update([f"{_TERMS[predicate]} {value}" for predicate, value in pairs])

    def add_report(self) -> None:
        """The document itself: its text, title, dates, office and file."""
        report = self.report
        pairs = [("nif:isString", _string(report.text)), ("dcterms:source", _string(report.source))]
        if report.title:
            pairs.append(("dcterms:title", _chinese(report.title)))
        if report.published:
            pairs.append(("dcterms:issued", _typed(report.published, "xsd:date")))
        if report.year:
            pairs.append((ZL.year, _typed(f"{report.year:04}", "xsd:gYear")))
        if report.department:
            pairs.append((ZL.department, _chinese(report.department)))
        if report.issuer:
            pairs.append(("dcterms:creator", _iri(self._name("office"))))
        self.add(self.iri, ZL.Report, [*pairs, *self._place()])
        # The document is its office's; what is found in it is ours to answer for.
        found = [("prov:wasDerivedFrom", _iri(self.iri)), ("prov:wasAttributedTo", _iri(namespace.SOFTWARE))]
        self.add(self._name("findings"), "prov:Bundle", found)

    def add_place(self) -> None:
        """The office, and the jurisdiction with the chain of its superiors, so that the graph stands alone."""
        if self.report.issuer:
            seat = self._place() if self.report.jurisdiction.code else []
            office = [("skos:prefLabel", _chinese(self.report.issuer)), *seat]
            self.add(self._name("office"), "org:FormalOrganization", office)
        place, table = self.report.jurisdiction, divisions()
        for code in place.candidates if place.code is None else (place.code,):
            above: list[Pair] = []
            full = ""
            for up in (*table.ancestor_codes(code), code):
                iri, full = namespace.division(up), full + table[up].name
                names = [("skos:prefLabel", _chinese(table[up].name)), (ZL.fullName, _chinese(full))]
                about = [("skos:notation", _string(up)), (ZL.level, _string(table[up].level))]
                self.add(iri, ZL.Jurisdiction, [*names, *about, *above])
                above = [("skos:broader", _iri(iri))]

    def add_section(self, number: int, section: Section) -> None:
        """A top-level part of the report."""
        iri = self._name(f"section-{number}")
        heading = ("skos:prefLabel", _chinese(section.heading))
        self.add(iri, ZL.Section, [heading, (ZL.role, _string(section.role)), *self._source((section.evidence,))])
        self.add(self.iri, ZL.Report, [("dcterms:hasPart", _iri(iri))])

    def add_adoption(self, name: str, thing: str, adoption: Adoption | Practice) -> None:
        """A mechanism or practice and how the report speaks of it, with the short cut from the jurisdiction.

        A finding of which the rules are unsure has no short cut: what a plain pattern finds is sure.
        """
        status, short_cut = _STATUS[adoption.status]
        pairs = [(ZL.adopts, _iri(thing)), (ZL.status, _iri(status))]
        self._state(name, ZL.Adoption, adoption.evidence, adoption.confidence, pairs)
        if adoption.confidence == 1:
            self._shorten(short_cut, thing)

    def add_practice(self, practice: Practice) -> None:
        """A practice with a name of its own, and its adoption."""
        iri = namespace.practice(practice.name)
        broader = [("skos:broader", _iri(namespace.mechanism(practice.broader)))] if practice.broader else []
        self.add(iri, ZL.Practice, [("skos:prefLabel", _chinese(namespace.fold(practice.name))), *broader])
        self.add_adoption(f"practice-{namespace.key(practice.name)}", iri, practice)

    def add_observation(self, number: int, seen: Observation) -> None:
        """A number, and the indicator that it is a value of."""
        indicator = namespace.indicator(seen.name, seen.mechanism)
        self.add(indicator, ZL.Indicator, [("skos:prefLabel", _chinese(namespace.fold(seen.name)))])
        pairs = [
            ("sosa:observedProperty", _iri(indicator)),
            ("sosa:hasSimpleResult", _decimal(seen.value)),
            (ZL.unit, _string(seen.unit)),
            (ZL.qualifier, _string(seen.qualifier)),
        ]
        if seen.change:
            pairs.append((ZL.change, _string(seen.change)))
        if seen.mechanism:
            pairs.append((ZL.measures, _iri(namespace.mechanism(seen.mechanism))))
        self._state(f"observation-{number}", ZL.Observation, (seen.evidence,), seen.confidence, pairs)

    def add_deficiency(self, number: int, deficiency: Deficiency) -> None:
        """A shortcoming with its causes; the short cut says that the jurisdiction admits the weakness."""
        name = f"deficiency-{number}"
        pairs = [*_says(deficiency), *_concerns(deficiency)]
        for ordinal, cause in enumerate(deficiency.causes, 1):
            cause_name = f"{name}-cause-{ordinal}"
            self._state(cause_name, ZL.Cause, (cause.evidence,), 1.0, _says(cause))
            pairs.append((ZL.cause, _iri(self._name(cause_name))))
        self._state(name, ZL.Deficiency, (deficiency.evidence,), deficiency.confidence, pairs)
        for category in deficiency.categories if deficiency.confidence == 1 else ():
            self._shorten(ZL.admits, namespace.weakness(category))

    def add_plan(self, number: int, plan: Plan) -> None:
        """A measure for the coming year."""
        pairs = [("dcterms:description", _chinese(plan.statement)), *_concerns(plan)]
        self._state(f"plan-{number}", ZL.Plan, (plan.evidence,), 1.0, pairs)

    def _state(
        self, name: str, kind: ZL, evidence: tuple[Evidence, ...], confidence: float, pairs: Iterable[Pair]
    ) -> None:
        """A statement: what it says, which report says it, where, and how sure the rules are if they are not."""
        doubt = [(ZL.confidence, _decimal(Decimal(str(confidence))))] if confidence < 1 else []
        source = ((ZL.statedIn, _iri(self.iri)), *self._source(evidence))
        self.add(self._name(name), kind, [*pairs, *source, *doubt])

    def _source(self, slices: tuple[Evidence, ...]) -> list[Pair]:
        """The slices of the text that something is derived from; adds each to the graph, once."""
        found: list[Pair] = []
        for evidence in slices:
            slice_ = _iri(namespace.evidence(self.iri, evidence.start, evidence.end))
            found.append(("prov:wasDerivedFrom", slice_))
            if slice_ not in self._said:
                # NIF wants xsd:nonNegativeInteger, and every xsd:integer from 0 up is one of these; the store would
                # write the narrower type back as xsd:integer in any case.
                self._said[slice_] = {
                    f'{_TERMS["nif:beginIndex"]} "{evidence.start}"^^{_TERMS["xsd:integer"]}',
                    f'{_TERMS["nif:endIndex"]} "{evidence.end}"^^{_TERMS["xsd:integer"]}',
                    f"{_TERMS['nif:anchorOf']} {_string(evidence.of(self.report.text))}",
                    *self._of_every_slice,
                }
        return found

    def _place(self) -> list[Pair]:
        place = self.report.jurisdiction
        if place.code is None:
            return [(ZL.candidate, _iri(namespace.division(code))) for code in place.candidates]
        return [(ZL.jurisdiction, _iri(namespace.division(place.code)))]

    def _shorten(self, short_cut: ZL, thing: str) -> None:
        if self.report.jurisdiction.code:
            place = namespace.division(self.report.jurisdiction.code)
            self.add(place, ZL.Jurisdiction, [(short_cut, _iri(thing))])

    def _name(self, fragment: str) -> str:
        return f"{self.iri}#{fragment}"


def _says(record: Deficiency | Cause) -> list[Pair]:
    weaknesses = [(ZL.fallsUnder, _iri(namespace.weakness(category))) for category in record.categories]
    return [("dcterms:description", _chinese(record.statement)), *weaknesses]


def _concerns(record: Deficiency | Plan) -> list[Pair]:
    return [(ZL.concerns, _iri(namespace.mechanism(mechanism))) for mechanism in record.mechanisms]


def _iri(iri: str) -> str:
    return f"<{iri}>"


def _string(text: str) -> str:
    # What is printable holds no control character, so most texts are told by three quick looks.
    plain = text.isprintable() and '"' not in text and "\\" not in text
    return f'"{text}"' if plain else f'"{_SPECIAL.sub(lambda sign: _ESCAPES[sign[0]], text)}"'


def _chinese(text: str) -> str:
    return f"{_string(text)}@zh"


def _typed(text: str, datatype: str) -> str:
    return f"{_string(text)}^^{_TERMS[datatype]}"


def _decimal(value: Decimal) -> str:
    """Without exponent or idle zeros, since a store keeps the number and forgets how it was written."""
    digits = format(value, "f")
    return _typed(digits.rstrip("0").rstrip(".") if "." in digits else digits, "xsd:decimal")
