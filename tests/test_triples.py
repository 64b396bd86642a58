"""A report's quads: sorted, whole, without blank nodes, and the same for the same report."""

from dataclasses import replace
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.records import Evidence, Report
from extract.triples import report_iri, to_quads
from graph.store import graph_of
from ontology.namespace import PREFIXES, SOFTWARE, key
from tests.factories import TEXT, adoption, evidence, graph_from, observation, practice, report, vocabulary


def canonical(quads: bytes) -> bytes:
    """The quads as a parser reads and a serialiser writes them."""
    return ox.serialize(ox.parse(quads, format=ox.RdfFormat.N_QUADS), format=ox.RdfFormat.N_QUADS) or b""


def values(quads: bytes, query: str) -> list[str]:
    """The first column of a query's answer, sorted."""
    return sorted(next(iter(row.values())) for row in graph_of(quads).select(query))


# No surrogates: a decoded text has none.
texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(texts, texts, st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=0, max_value=10**12))
def test_any_text_survives(text: str, name: str, value: Decimal) -> None:
    """Whatever a report says, its quads are canonical N-Quads and give back the same words and the same number."""
    whole = Evidence(0, len(text))
    seen = replace(observation(), name=name, value=value, unit=name, evidence=whole)
    named = replace(practice(), name=name, evidence=(whole,))
    quads = to_quads(
        Report("a", "", text, name, report().jurisdiction, name, name, 2024, None, (), (), (named,), (seen,))
    )
    assert canonical(quads) == quads
    assert values(quads, "SELECT ?text { ?r nif:isString ?text }") == [text]
    assert values(quads, "SELECT ?quote { ?e nif:anchorOf ?quote }") == [text]
    assert values(quads, "SELECT ?unit { ?o zl:unit ?unit }") == [name]
    assert [Decimal(found) for found in values(quads, "SELECT ?v { ?o sosa:hasSimpleResult ?v }")] == [value]


@given(texts)
def test_names_stay_inside_their_iri(name: str) -> None:
    """No name breaks out of an IRI, and folding it again changes nothing."""
    assert ox.NamedNode(PREFIXES["practice"] + key(name)).value.endswith(key(name))
    assert not set(key(name)) & set('<>"{}|^`\\/#? ')


@pytest.mark.parametrize("code", ["330324006", "500101", ""], ids=["township", "municipality", "unresolved"])
def test_quads_are_sorted_in_one_graph(code: str) -> None:
    """The lines are sorted, each once, all in the graph named after the report, and none has a blank node."""
    quads = to_quads(report(code))
    lines = quads.decode().splitlines()
    assert lines == sorted(set(lines))
    assert {line.split()[-2] for line in lines} == {f"<{report_iri(report(code))}>"}
    assert not [line for line in lines if "_:" in line]


def test_same_report_same_bytes() -> None:
    """The order of findings of a set does not matter, nor does the run."""
    two = (adoption("legality-review"), adoption("contract-review"))
    assert to_quads(report(adoptions=two)) == to_quads(report(adoptions=two[::-1]))


def test_every_quote_is_what_stands_there() -> None:
    """Cutting the text at an evidence's offsets gives its quote."""
    rows = graph_from(report()).select(
        "SELECT ?text ?b ?e ?quote { ?x nif:beginIndex ?b ; nif:endIndex ?e ; nif:anchorOf ?quote ;"
        " nif:referenceContext/nif:isString ?text }"
    )
    found = [(row["text"][int(row["b"]) : int(row["e"])], row["quote"]) for row in rows]
    assert len(found) == len(set(report().evidence()))
    assert all(cut == quote for cut, quote in found)


@pytest.mark.parametrize(
    ("code", "chain"),
    [
        ("330324006", ["33", "3303", "330324", "330324006"]),
        ("500101", ["50", "500101"]),
        ("430406", ["43", "4304", "430406"]),
    ],
    ids=["four levels", "a centrally governed city has no prefecture", "three levels"],
)
def test_chain_of_superiors(code: str, chain: list[str]) -> None:
    """The graph describes the jurisdiction and each of its superiors."""
    quads = to_quads(report(code))
    assert values(quads, "SELECT ?code { ?place skos:notation ?code }") == chain
    assert len(values(quads, "SELECT ?above { ?place skos:broader ?above ; a zl:Jurisdiction }")) == len(chain) - 1


@pytest.mark.parametrize(
    ("status", "short_cut"), [("practised", "practises"), ("planned", "plans"), ("lacking", "lacks")]
)
def test_short_cut_follows_the_status(status: str, short_cut: str) -> None:
    """Beside an adoption there is the plain triple of the same meaning, and no other."""
    quads = to_quads(report(adoptions=(adoption("contract-review", status=status),), practices=()))
    query = "SELECT ?p { division:330324006 ?p mechanism:contract-review }"
    assert values(quads, query) == [f"{PREFIXES['zl']}{short_cut}"]


def test_unresolved_report_has_candidates_and_no_short_cuts() -> None:
    """A report whose place is not known names the candidates, and says nothing of any of them."""
    quads = to_quads(report(""))
    assert values(quads, "SELECT ?code { ?r zl:candidate/skos:notation ?code }") == ["330324006", "330683002"]
    assert values(quads, "SELECT ?x { ?place a zl:Jurisdiction ; zl:practises|zl:admits ?x }") == []


def test_confidence_only_where_in_doubt() -> None:
    """A finding that the rules are sure of has no confidence."""
    quads = to_quads(report(adoptions=(adoption("contract-review", confidence=0.6), adoption("legal-adviser"))))
    assert values(quads, "SELECT ?c { ?s zl:confidence ?c }") == ["0.6"]


def test_what_is_unsure_has_no_short_cut() -> None:
    """A plain pattern finds only what the rules are sure of; the statement is there all the same."""
    quads = to_quads(report(adoptions=(adoption("contract-review", confidence=0.6), adoption("legal-adviser"))))
    short = values(quads, "SELECT ?m { ?place zl:practises ?m FILTER STRSTARTS(STR(?m), STR(mechanism:)) }")
    assert short == [f"{PREFIXES['mechanism']}legal-adviser"]
    assert len(values(quads, "SELECT ?a { ?a zl:adopts mechanism:contract-review }")) == 1


def test_missing_fields_give_no_triples() -> None:
    """What a report lacks is left out rather than empty."""
    bare = Report("a.txt", "", TEXT, None, report().jurisdiction, None, None, None, None)
    said = values(to_quads(bare), f"SELECT ?p {{ <{report_iri(bare)}> ?p ?o }}")
    assert {iri.rsplit("#")[-1].rsplit("/")[-1] for iri in said} == {"source", "isString", "type", "jurisdiction"}


def test_evidence_is_shared() -> None:
    """Two findings in one sentence point to one evidence."""
    both = (adoption("contract-review"), adoption("legal-adviser"))
    quads = to_quads(report(adoptions=both, practices=(), observations=()))
    where = evidence("全年审查合同32件")
    iri = f"{report_iri(report())}#char={where.start},{where.end}"
    assert len(values(quads, f"SELECT ?a {{ ?a prov:wasDerivedFrom <{iri}> }}")) == 2


def test_one_name_one_label() -> None:
    """Names that have one IRI have one label, however wide their signs are written."""
    quads = to_quads(report(practices=(practice("1+3"), practice("１＋３"))))
    assert values(quads, "SELECT ?name { ?p a zl:Practice ; skos:prefLabel ?name }") == ["1+3"]


def test_full_name_tells_places_apart() -> None:
    """Each place has the names from the province down, so that two of one name differ."""
    found = values(to_quads(report("")), "SELECT ?n { ?r zl:candidate/zl:fullName ?n }")
    assert found == ["浙江省温州市永嘉县三江街道", "浙江省绍兴市嵊州市三江街道"]


def test_findings_are_the_programs_and_the_report_its_offices() -> None:
    """What is found is attributed to the program that terms.ttl names; the report itself is not."""
    query = (
        "SELECT ?agent { ?found a prov:Bundle ; prov:wasAttributedTo ?agent ; prov:wasDerivedFrom ?r . ?r a zl:Report }"
    )
    assert values(to_quads(report()), query) == [SOFTWARE]
    assert values(vocabulary(), "SELECT ?agent { ?agent a prov:SoftwareAgent }") == [SOFTWARE]
