"""Store → network: nodes with names and areas, edges with statements, and the pure questions to it."""

from dataclasses import replace

import pytest

from extract.records import Jurisdiction
from extract.triples import to_quads
from graph.errors import AmbiguousThing, UnknownThing
from graph.naming import find_nodes
from graph.network import KINDS, Network, around, kinds, partners, rank, read_network, select
from graph.store import graph_of
from ontology.namespace import PREFIXES, VOCABULARY_GRAPH, division, expand, mechanism, weakness
from ontology.namespace import practice as practice_iri
from tests.factories import adoption, deficiency, graph_from, practice, report

SANJIANG, YANFENG = division("330324006"), division("430406")
REVIEW, RESOLUTION = mechanism("contract-review"), mechanism("diversified-resolution")
CAPACITY, XIAOYUAN = weakness("enforcement-capacity"), practice_iri("解纷小院")


def vocabulary(*concepts: tuple[str, str, str, str]) -> bytes:
    """Concepts of (IRI, Chinese name, English name, IRI of the broader one or nothing) as N-Quads."""
    lines = []
    for iri, chinese, english, above in concepts:
        scheme = PREFIXES["mechanism"] if iri.startswith(PREFIXES["mechanism"]) else PREFIXES["weakness"]
        pairs = [("skos:inScheme", f"<{scheme}>"), ("skos:prefLabel", f'"{chinese}"@zh')]
        pairs += [("skos:prefLabel", f'"{english}"@en')] if english else []
        pairs += [("skos:broader", f"<{above}>")] if above else []
        lines += [f"<{iri}> <{expand(name)}> {value} <{VOCABULARY_GRAPH}> .\n" for name, value in pairs]
    return "".join(lines).encode()


VOCABULARY = vocabulary(
    (mechanism("decision"), "行政决策", "Decision-making", ""),
    (mechanism("disputes"), "纠纷化解", "Dispute resolution", ""),
    (REVIEW, "行政合同审查", "Contract review", mechanism("decision")),
    (RESOLUTION, "矛盾纠纷多元化解", "Diversified resolution", mechanism("disputes")),
    (weakness("enforcement"), "行政执法", "Enforcement", ""),
    (CAPACITY, "执法能力不足", "", weakness("enforcement")),
)


@pytest.fixture(scope="module")
def network() -> Network:
    """Two jurisdictions: one practises contract review, the other plans it; both admit a weakness."""
    planned = report("430406", adoptions=(adoption("contract-review", status="planned"),), practices=())
    return read_network(graph_of(to_quads(report()), to_quads(planned), VOCABULARY))


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (SANJIANG, {"kind": "jurisdiction", "zh": "三江街道", "level": "township", "province": "浙江省"}),
        (SANJIANG, {"path": "浙江省温州市永嘉县三江街道", "resolved": True, "area": ""}),
        (REVIEW, {"kind": "mechanism", "zh": "行政合同审查", "en": "Contract review", "area": "decision"}),
        (REVIEW, {"area_zh": "行政决策", "area_en": "Decision-making", "level": ""}),
        (CAPACITY, {"kind": "weakness", "zh": "执法能力不足", "en": "执法能力不足", "area_zh": "行政执法"}),
        (XIAOYUAN, {"kind": "practice", "zh": "解纷小院", "en": "解纷小院", "area_zh": "纠纷化解"}),
    ],
    ids=["place", "address", "mechanism", "area", "one language is better than none", "area of its mechanism"],
)
def test_node(network: Network, node: str, expected: dict[str, object]) -> None:
    """A node carries its kind, its names in both languages, and where it belongs."""
    assert expected.items() <= network.nodes[node].items()


def test_only_what_reports_speak_of(network: Network) -> None:
    """Superior jurisdictions, areas and mechanisms that nobody mentions are no nodes; mechanisms of practices are."""
    assert set(network) == {SANJIANG, YANFENG, REVIEW, RESOLUTION, CAPACITY, XIAOYUAN}
    assert [kind for kind, _ in kinds(network).items()] == list(KINDS)


@pytest.mark.parametrize(
    ("source", "target", "relation", "status", "quotes"),
    [
        (SANJIANG, REVIEW, "practises", "practised", ["全年审查合同32件"]),
        (YANFENG, REVIEW, "plans", "planned", ["全年审查合同32件"]),
        (SANJIANG, XIAOYUAN, "practises", "practised", ["解纷小院"]),
        (YANFENG, CAPACITY, "admits", "", ["执法力量仍显不足"]),
        (XIAOYUAN, RESOLUTION, "broader", "", []),
    ],
)
def test_edge(network: Network, source: str, target: str, relation: str, status: str, quotes: list[str]) -> None:
    """An edge says how two things are connected, and each sentence that says so stands where it claims to."""
    (edge,) = network[source][target].values()
    assert (edge["relation"], edge["status"]) == (relation, status)
    assert [passage.quote for passage in edge["evidence"]] == quotes
    for passage in edge["evidence"]:
        assert report().text[passage.start : passage.end] == passage.quote
        assert (passage.year, edge["year"], passage.title) == (2024, 2024, report().title)


def test_each_report_speaks_for_itself() -> None:
    """Two years of one place give two edges; one report that calls a thing both ways gives both."""
    later = report(year=2025, adoptions=(adoption("contract-review", status="lacking"),))
    found = read_network(graph_from(report(), later))
    edges = found[SANJIANG][REVIEW].values()
    assert sorted((edge["year"], edge["relation"]) for edge in edges) == [(2024, "practises"), (2025, "lacks")]
    assert partners(found)[SANJIANG] == 3


def test_unresolved_report_stands_for_itself() -> None:
    """A report whose place is not resolved is drawn under its office and is nobody else's."""
    found = read_network(graph_from(report(""), report("", issuer=None, title=None, year=None, text="无")))
    actors = [about for _, about in found.nodes(data=True) if about["kind"] == "jurisdiction"]
    assert ("街道办事处", False) in [(about["zh"], about["resolved"]) for about in actors]
    assert all(about["zh"] and not about["level"] for about in actors)


def test_names_without_a_vocabulary() -> None:
    """Without the schemes a concept is called by its id."""
    found = read_network(graph_from(report()))
    assert found.nodes[REVIEW] | {"zh": "contract-review", "en": "contract-review", "area": ""} == found.nodes[REVIEW]


def test_circular_schemes_end() -> None:
    """A scheme in which two concepts are each the broader one of the other is read to an end."""
    circle = vocabulary((REVIEW, "甲", "A", RESOLUTION), (RESOLUTION, "乙", "B", REVIEW))
    assert read_network(graph_of(to_quads(report()), circle)).nodes[REVIEW]["area_zh"] == "乙"


def test_order_does_not_depend_on_loading() -> None:
    """The same reports give the same nodes and edges in the same order, however they were loaded."""
    one, other = report(), report("430406")
    forth, back = (read_network(graph_from(*reports)) for reports in ((one, other), (other, one)))
    assert list(forth.nodes(data=True)) == list(back.nodes(data=True))
    assert list(forth.edges(keys=True, data=True)) == list(back.edges(keys=True, data=True))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("三江街道", [SANJIANG]),
        ("永嘉县三江街道", [SANJIANG]),
        ("330324006", [SANJIANG]),
        ("330324006000", [SANJIANG]),
        (REVIEW, [REVIEW]),
        ("contract-review", [REVIEW]),
        (" CONTRACT Review ", [REVIEW]),
        ("合同", [REVIEW]),
        ("解纷", [XIAOYUAN]),
        ("纠纷化解", [RESOLUTION, XIAOYUAN]),
        ("mechanism:contract-review", [REVIEW]),
        ("division:330324006", [SANJIANG]),
        ("浙江省永嘉县三江街道", [SANJIANG]),
        ("浙江省温州市永嘉县三江街道", [SANJIANG]),
    ],
    ids=[
        "name",
        "address",
        "code",
        "long code",
        "IRI",
        "id",
        "case",
        "part",
        "part of a practice",
        "area",
        "prefixed id",
        "prefixed code",
        "address with a gap",
        "whole address",
    ],
)
def test_find(network: Network, words: str, expected: list[str]) -> None:
    """A reader's words find a node by any of its names, whole names first."""
    assert find_nodes(network.nodes, words) == expected


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("永嘉县", "did you mean"),
        ("contract-reveiw", "did you mean contract-review"),
        ("没有", "list what there is"),
        ("", "list"),
    ],
    ids=["a superior place is not the place", "misspelt id", "none", "empty"],
)
def test_what_is_not_found_is_told(network: Network, words: str, says: str) -> None:
    """A name that nothing has is answered with near ones, or with where all of them stand."""
    with pytest.raises(UnknownThing, match=says):
        find_nodes(network.nodes, words)


def test_what_is_ambiguous_lists_the_candidates() -> None:
    """Of two places of one name, or of many names with one part, none is taken; up to ten are listed with their ids."""
    empty = dict.fromkeys(("area", "area_zh", "area_en"), "")
    towns = {"410122100": "河南省郑州市中牟县城关镇", "341125100": "安徽省滁州市定远县城关镇"}
    nodes = {division(code): {"zh": "城关镇", "en": "城关镇", "path": path, **empty} for code, path in towns.items()}
    names = [f"{number:02}号小院" for number in range(12)]
    nodes |= {practice_iri(name): {"zh": name, "en": name, "path": "", **empty} for name in names}
    with pytest.raises(
        AmbiguousThing, match=r"中牟县城关镇 \(division:410122100\), .*定远县城关镇 \(division:341125100\)"
    ):
        find_nodes(nodes, "城关镇")
    assert find_nodes(nodes, "定远县城关镇") == [division("341125100")]
    assert find_nodes(nodes, "00号") == [practice_iri("00号小院")]
    with pytest.raises(AmbiguousThing, match=r"00号小院 .*09号小院 \([^)]*\) and 2 more$"):
        find_nodes(nodes, "号小")


@pytest.mark.parametrize(
    ("steps", "expected"),
    [(0, {XIAOYUAN}), (1, {XIAOYUAN, SANJIANG, RESOLUTION}), (2, {XIAOYUAN, SANJIANG, RESOLUTION, REVIEW, CAPACITY})],
)
def test_around(network: Network, steps: int, expected: set[str]) -> None:
    """A neighbourhood follows edges in both directions for so many steps, and keeps the edges inside."""
    near = around(network, [XIAOYUAN], steps)
    assert set(near) == expected
    assert set(near.edges(keys=True)) == {edge for edge in network.edges(keys=True) if {edge[0], edge[1]} <= expected}


def test_rank_takes_kinds_in_turn() -> None:
    """The first nodes are the best of each kind, so that many jurisdictions leave room for the rest."""
    places = [f"33032400{number}" for number in (1, 2, 3, 6, 7, 8, 9)]
    reports = [
        replace(report(), jurisdiction=Jurisdiction(code, ("浙江省", "温州市", "永嘉县", code), "township"))
        for code in places
    ]
    found = read_network(graph_from(*reports, report("430406", practices=(practice("一码通"),))))
    assert {found.nodes[node]["kind"] for node in rank(found)[:4]} == set(KINDS)
    assert rank(found)[3] == XIAOYUAN, "seven places name 解纷小院, one names 一码通"
    assert rank(found, {YANFENG})[0] == YANFENG
    assert sorted(rank(found)) == sorted(found)


def test_select_keeps_order(network: Network) -> None:
    """A part of a network has its nodes in the order of the whole, whatever order they are asked in."""
    wanted = {CAPACITY, SANJIANG, REVIEW}
    assert list(select(network, wanted)) == [node for node in network if node in wanted]


def test_weakness_of_a_cause_is_not_admitted() -> None:
    """What a report names as a cause of a shortcoming is not drawn as a weakness that it admits."""
    found = read_network(graph_from(report(deficiencies=(deficiency("legal-talent"),))))
    assert weakness("legal-talent") in found
    assert weakness("staffing-shortage") not in read_network(graph_from(report()))
