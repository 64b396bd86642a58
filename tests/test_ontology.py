"""The ontology is complete, bilingual and closed, and its shapes say what they should of the examples."""

from pathlib import Path

import pyshacl
import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, URIRef

from ontology.namespace import PREFIXES, ZL, key, practice, report

ONTOLOGY = Path(__file__).parent.parent / "ontology"
EXAMPLES = ONTOLOGY / "examples"
TERMS = Graph().parse(ONTOLOGY / "terms.ttl")
SHAPES = Graph().parse(ONTOLOGY / "shapes.ttl")
ENGLISH = {str(text) for text in SHAPES.objects(None, SH.message) if getattr(text, "language", None) == "en"}


def messages(example: Path) -> set[str]:
    """The English messages of the validation report on an example in its context."""
    data = Graph().parse(EXAMPLES / "context.ttl").parse(example)
    _, results, _ = pyshacl.validate(data, shacl_graph=SHAPES)
    assert isinstance(results, Graph)
    # pySHACL drops the language of a SPARQL constraint's message.
    return {str(text) for text in results.objects(None, SH.resultMessage)} & ENGLISH


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("valid/*.ttl")), ids=lambda path: path.stem)
def test_valid_examples_conform(example: Path) -> None:
    """A valid example draws no message."""
    assert messages(example) == set()


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("invalid/*.ttl")), ids=lambda path: path.stem)
def test_invalid_examples_draw_their_message(example: Path) -> None:
    """An invalid example draws the message in its first line, and no other."""
    first = example.read_text(encoding="utf-8").splitlines()[0]
    assert messages(example) == {first.removeprefix("# ")}


def test_every_message_is_shown_by_an_example() -> None:
    """There is an invalid example for each message of the shapes."""
    shown = {path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ") for path in EXAMPLES.glob("invalid/*")}
    assert shown == ENGLISH


def test_messages_are_in_both_languages() -> None:
    """Whatever has a message has one in Chinese and one in English."""
    for shape in set(SHAPES.subjects(SH.message)):
        assert sorted(str(getattr(m, "language", "")) for m in SHAPES.objects(shape, SH.message)) == ["en", "zh"]


def test_namespace_equals_terms() -> None:
    """The closed namespace and terms.ttl hold the same terms."""
    written = {str(subject) for subject in TERMS.subjects() if str(subject).startswith(PREFIXES["zl"])}
    assert {term.value for term in ZL} == written


def test_terms_have_labels_and_definitions_in_both_languages() -> None:
    """A SPARQL query over terms.ttl finds no term that lacks a label or definition in Chinese or English."""
    lacking = TERMS.query(
        """
        SELECT ?term ?property ?language WHERE {
            ?term a ?kind .
            VALUES ?kind { owl:Class owl:ObjectProperty owl:DatatypeProperty skos:Concept }
            VALUES (?property ?language) {
                (rdfs:label "zh") (rdfs:label "en") (skos:definition "zh") (skos:definition "en")
            }
            FILTER NOT EXISTS { ?term ?property ?text . FILTER (lang(?text) = ?language) }
        }""",
        initNs={"owl": OWL, "rdfs": RDFS, "skos": SKOS},
    )
    assert list(lacking) == []


def test_every_class_is_aligned() -> None:
    """Every class stands under a class of a well-known vocabulary, directly or through one of our own."""
    for kind in TERMS.subjects(RDF.type, OWL.Class):
        above = set(TERMS.transitive_objects(kind, RDFS.subClassOf))
        assert any(not str(other).startswith(PREFIXES["zl"]) for other in above), kind


def test_every_class_has_a_shape() -> None:
    """There is a shape named after each class."""
    classes = {str(kind).removeprefix(PREFIXES["zl"]) for kind in TERMS.subjects(RDF.type, OWL.Class)}
    shapes = {str(s).rsplit("/", 1)[-1] for s in SHAPES.subjects(RDF.type, SH.NodeShape) if isinstance(s, URIRef)}
    assert {f"{kind}Shape" for kind in classes} <= shapes


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("解纷小院", "解纷小院"),
        ("“139”审查", "139审查"),
        ("１＋３", "1%2B3"),
        (" a b/c>", "a%20b%2Fc%3E"),
        ("“法治•枫桥”", "法治%C2%B7枫桥"),
        ("“三色、两级”", "三色%C2%B7两级"),
        ("解 纷 小 院", "解纷小院"),
        ("《》", "%E3%80%8A%E3%80%8B"),
    ],
    ids=[
        "readable",
        "quotation marks",
        "full width",
        "nothing breaks out",
        "dots",
        "pause mark",
        "blanks",
        "marks alone",
    ],
)
def test_names_in_iris(name: str, expected: str) -> None:
    """Letters and digits stay, spellings of one name are one, all else is percent-encoded."""
    assert key(name) == expected
    assert practice(name) == PREFIXES["practice"] + expected


def test_report_iri_says_what_is_unknown() -> None:
    """A report without place, department or year still has an IRI of its own, told from others by its text."""
    assert report(None, None, None, "甲").startswith(PREFIXES["report"] + "unresolved/undated/")
    assert report("33", "司法厅", 2024, "甲").startswith(PREFIXES["report"] + "33/司法厅/2024/")
    assert report(None, None, None, "甲") != report(None, None, None, "乙")


def test_only_concepts_are_matched() -> None:
    """skos:closeMatch, which makes both its ends concepts, is said of no class."""
    assert not set(TERMS.subjects(RDF.type, OWL.Class)) & set(TERMS.subjects(SKOS.closeMatch))


def test_statuses_are_a_scheme() -> None:
    """The three ways of speaking of a mechanism are concepts of one scheme, labelled in both languages."""
    statuses = set(map(URIRef, (ZL.practised, ZL.planned, ZL.lacking)))
    assert {status for _, status in TERMS.subject_objects(SKOS.hasTopConcept)} == statuses
    for status in statuses:
        assert sorted(str(getattr(label, "language", "")) for label in TERMS.objects(status, SKOS.prefLabel)) == [
            "en",
            "zh",
        ]
        assert len(set(TERMS.objects(status, SKOS.inScheme))) == 1
