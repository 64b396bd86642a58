"""The schemes are whole, bilingual and free of contradictions, and a broken one says so."""

from collections import Counter
from pathlib import Path

import pytest

from ontology.cues import Cue, Part, parse_cue, parse_words
from ontology.vocabulary import Concept, SchemeError, load_vocabulary, read_commonplaces, read_concepts

VOCABULARY = load_vocabulary()
CONCEPTS = [*VOCABULARY.mechanisms.values(), *VOCABULARY.weaknesses.values()]
PREFIXES = """@prefix m: <https://w3id.org/zhili/mechanism/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix zl: <https://w3id.org/zhili/ontology#> .
"""
SCHEME = 'm: a skos:ConceptScheme ; zl:words "弱 = 不足|不够" .\n'
BARE = 'm:{} a skos:Concept ; skos:prefLabel "{}"@zh , "x"@en ; skos:definition "d"@zh , "d"@en .\n'


def scheme(tmp_path: Path, turtle: str) -> Path:
    path = tmp_path / "scheme.ttl"
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    return path


def test_mechanisms_stand_under_ten_areas() -> None:
    """Every id that annotations use is there: so many mechanisms an area."""
    assert Counter(concept.area for concept in VOCABULARY.mechanisms.values()) == {
        "leadership": 13,
        "functions": 15,
        "rulemaking": 4,
        "decision": 11,
        "enforcement": 22,
        "emergency": 4,
        "disputes": 17,
        "oversight": 12,
        "digital": 4,
        "literacy": 12,
    }


def test_weaknesses_stand_under_eight_groups_and_other() -> None:
    """Every id that annotations use is there: so many weaknesses a group."""
    assert Counter(concept.area for concept in VOCABULARY.weaknesses.values()) == {
        "awareness": 3,
        "enforcement": 7,
        "publicity": 3,
        "decision": 5,
        "resources": 6,
        "disputes": 3,
        "service": 3,
        "institutions": 6,
        "other": 1,
    }


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.id)
def test_concepts_are_whole(concept: Concept) -> None:
    """Labels and definitions in both languages, six more ways of saying it, related concepts that exist."""
    assert all((concept.zh, concept.en, concept.definition_zh, concept.definition_en))
    assert len(concept.labels) >= 7
    known = VOCABULARY.mechanisms if concept.id in VOCABULARY.mechanisms else VOCABULARY.weaknesses
    assert set(concept.related) <= known.keys() - {concept.id}
    assert not set(concept.labels) & set(concept.traps)


def test_commonplaces_hold_national_terms_but_no_local_practice() -> None:
    """三重一大 is nobody's own; 最多跑一地 is somebody's."""
    assert len(VOCABULARY.commonplaces) >= 150
    assert VOCABULARY.commonplaces >= {"三重一大", "首违不罚", "放管服", "应审尽审", "关键少数", "最后一公里", "领头雁"}
    local = {"最多跑一地", "大综合一体化", "一支队伍管执法", "两轻一免", "三书同达", "民呼我为"}
    assert not VOCABULARY.commonplaces & local


def test_a_hint_is_that_of_one_mechanism() -> None:
    """Else it would tell nothing."""
    hints = [hint for concept in VOCABULARY.mechanisms.values() for hint in concept.hints]
    assert hints and len(hints) == len(set(hints)) and "" not in hints


def test_vocabulary_is_read_once() -> None:
    """Loading is cached; whoever asks gets the same vocabulary."""
    assert load_vocabulary() is VOCABULARY


BROKEN = [
    pytest.param("m: a skos:ConceptScheme", "cannot be read as Turtle", id="syntax"),
    pytest.param(BARE.format("a", "甲"), "exactly one skos:ConceptScheme", id="no scheme"),
    pytest.param(
        SCHEME + 'm:a a skos:Concept ; skos:prefLabel "甲"@zh .',
        "a needs exactly one skos:prefLabel@en",
        id="no English",
    ),
    pytest.param(
        SCHEME + BARE.format("a", "甲") + 'm:a zl:notLabel "甲" .', "'甲' both as a label", id="label and trap"
    ),
    pytest.param(SCHEME + BARE.format("a", "甲") + BARE.format("b", "甲"), "label of both a and b", id="shared label"),
    pytest.param(SCHEME + BARE.format("a", "甲") + "m:a skos:broader m:z .", "which is no concept", id="no such area"),
    pytest.param(
        SCHEME + BARE.format("a", "甲") + 'm:a zl:cue "乙 & <强>" .',
        "a: cue names an unknown word list <强>",
        id="unknown list",
    ),
    pytest.param(SCHEME + BARE.format("a", "甲") + 'm:a zl:cue "乙|" .', "empty alternative", id="empty alternative"),
    pytest.param(SCHEME + BARE.format("a", "甲") + 'm:a zl:hint "乙| " .', "empty alternative", id="empty hint"),
    pytest.param(SCHEME + BARE.format("a", "甲") + 'm:a zl:cue "!乙" .', "no word that must occur", id="only absence"),
    pytest.param('m: a skos:ConceptScheme ; zl:words "弱" .', "name = word", id="word list without a name"),
    pytest.param(SCHEME + "m:a a skos:Concept ; skos:related [] .", "blank node", id="blank node"),
]


@pytest.mark.parametrize(("turtle", "message"), BROKEN)
def test_broken_schemes_say_what_to_mend(tmp_path: Path, turtle: str, message: str) -> None:
    """The error names the file, the concept and the fault."""
    with pytest.raises(SchemeError, match="scheme.ttl") as caught:
        read_concepts(scheme(tmp_path, turtle))
    assert message in str(caught.value)


def test_missing_scheme_says_so(tmp_path: Path) -> None:
    """A scheme file that is not there is an error of the scheme, not a traceback of the parser."""
    with pytest.raises(SchemeError, match=r"commonplaces\.ttl: cannot be read"):
        read_commonplaces(tmp_path / "commonplaces.ttl")


def test_new_concepts_need_no_python(tmp_path: Path) -> None:
    """A concept that is added to a file is there, with its cues, its traps and its area."""
    turtle = SCHEME + BARE.format("area", "域") + BARE.format("a", "甲")
    turtle += 'm:a skos:broader m:area ; skos:altLabel "乙"@zh ; zl:notLabel "乙丙" ; zl:cue "丁 & <弱>" .'
    (found,) = read_concepts(scheme(tmp_path, turtle)).values()
    assert (found.id, found.area, found.labels, found.traps) == ("a", "area", ("甲", "乙"), ("乙丙",))
    assert found.cues == (Cue((Part(("丁",)), Part(("不足", "不够")))),)


def test_traps_of_a_scheme_hold_for_all_its_concepts(tmp_path: Path) -> None:
    """少数 is no 少, whatever concept 少 is a word of."""
    turtle = (
        SCHEME
        + 'm: zl:notLabel "少数" .\n'
        + BARE.format("a", "甲")
        + BARE.format("b", "乙")
        + 'm:b zl:notLabel "乙丙" .'
    )
    assert [concept.traps for concept in read_concepts(scheme(tmp_path, turtle)).values()] == [
        ("少数",),
        ("乙丙", "少数"),
    ]


@pytest.mark.parametrize(
    ("pattern", "cue"),
    [
        ("合同|协议", Cue((Part(("合同", "协议")),))),
        ("合同 & 审查 / 12", Cue((Part(("合同",)), Part(("审查",))), reach=12)),
        ("宪法 > 宣传", Cue((Part(("宪法",)), Part(("宣传",), follows=True)))),
        ("文件 & 清理 & !涉企", Cue((Part(("文件",)), Part(("清理",))), absent=("涉企",))),
        ("<弱> & 学习", Cue((Part(("不足", "不够")), Part(("学习",))))),
    ],
)
def test_cues_are_read(pattern: str, cue: Cue) -> None:
    """The pattern language: alternatives, nearness, order, absence, reach and named lists."""
    assert parse_cue(pattern, dict([parse_words("弱 = 不足|不够")])) == cue
