"""Which weaknesses a shortcoming falls under, whatever its wording."""

import json
import lzma
from pathlib import Path

import pytest

from extract.weaknesses import OTHER, WEIGHTS, classify, features, grams, load_weights, read_weights
from ontology.vocabulary import SCHEMES, load_vocabulary
from tools import learn

VOCABULARY = load_vocabulary()


def categories(passage: str, statement: str = "") -> tuple[str, ...]:
    """What a wording falls under; without a statement of its own, as a cause does."""
    return classify(statement or passage, passage, VOCABULARY)


# Six pens for one thing: none of these wordings has been learned from.
PENS = {
    "enforcement-staff": "中队在编只有五个人，却要管三个镇的工地；执法力量同辖区面积不成比例；一到夜里就派不出两名持证队员；城管队伍缺额近半；监管人员人均盯防企业四百多家；一线执法岗位长期招不满",
    "publicity-effect": "讲座办了二十场，问起来群众一问三不知；宣传册发下去多半垫了桌脚；普法活动看着红火，真记住的没几个；法治广场建好后少有人去；宣教成效同投入不相称；受众听完就忘",
    "technology-insufficient": "几套系统各跑各的，同一张表要填三遍；案件还靠手工登记；监管手段停留在人盯；执法终端老旧、时常死机；数据没有汇到一处；智慧平台建成后很少启用",
    "legal-talent": "全镇找不出一个过了法考的；懂法又懂规划的干部凤毛麟角；科班出身的人引不进、留不住；法学专业毕业生只有两名；高层次法治人才断档；既通法律又通外语的人才一将难求",
    "funding-insufficient": "县里财政吃紧，普法的钱一直没有着落；专项经费未列预算；调解补贴几年没涨；投入跟不上任务增长；手头拮据，设备更新一拖再拖；工作经费缺口较大",
    "coordination-gap": "几个部门各念各的经；条块之间信息不通气；牵头单位叫不动成员单位；单位间推来让去，合力没有形成；上下级之间衔接不上；会商不经常，配合靠面子",
    "review-depth": "合同送审只看格式，不究实质；文件先发后审的情况还有；审查意见千篇一律；个别项目绕开法制审核；把关流于盖章；村级合同没有纳入审查",
    "dispute-capacity": "旧怨调了又起；调解员讲人情多、讲法理少；拆迁矛盾久拖不决；小纠纷常常拖成信访；多元解纷的链条没有接上；信访积案化解慢",
    "litigation-risk": "去年输了七场官司；复议被撤的案子比上年多；应诉准备仓促，答辩状逾期；行政案件败诉率居高不下；出庭只坐不说；同类案件反复被纠错",
    "training-insufficient": "新人上岗没有经过像样的轮训；培训一年只有一次，还是念课件；练兵少、听课多；业务培训同实际脱节；以会代训成了习惯；跟班学习安排不上",
}


@pytest.mark.parametrize(("weakness", "wordings"), PENS.items(), ids=PENS.keys())
def test_tells_most_of_what_different_pens_write(weakness: str, wordings: str) -> None:
    """Of six wordings that it has never seen it tells five or more."""
    assert sum(weakness in categories(wording) for wording in wordings.split("；")) >= 5


NOT_SO = [
    pytest.param("学习考核激励机制不够健全", "study-shallow", id="it is the appraisal that fails"),
    pytest.param("普法工作缺乏调查研究", "publicity-coverage", id="it is the research that is wanting"),
    pytest.param("行政执法监督不够有力", "enforcement-capacity", id="it is the supervision that is weak"),
    pytest.param("合法性审查人员不足", "staffing-shortage", id="reviewers have a weakness of their own"),
    pytest.param("执法人员不足", "staffing-shortage", id="enforcement officers, too"),
    pytest.param("普法经费投入不足，难以支撑创新性活动", "publicity-monotone", id="it is the money"),
]


@pytest.mark.parametrize(("wording", "weakness"), NOT_SO)
def test_near_misses(wording: str, weakness: str) -> None:
    """A subject that only stands near the fault is not what is wanting."""
    assert weakness not in categories(wording)


@pytest.mark.parametrize("cause", ["油区作业点多线长", "受疫情影响", "高海拔地区条件艰苦"])
def test_circumstances_are_other(cause: str) -> None:
    """Ground, weather and the times are nobody's weakness, and `other` stands alone."""
    assert categories(cause) == (OTHER,)


def test_several_shortcomings_in_one_passage() -> None:
    """What a passage names outright beside its heading counts, too; at most four in all."""
    both = categories("普法形式单一。多是发传单、挂横幅，听众提不起兴趣，宣传入脑入心不够。", "普法形式单一")
    assert set(both) == {"publicity-monotone", "publicity-effect"}
    many = "经费不足。人手不足。普法形式单一。法治人才缺乏。执法不规范。败诉率较高。政务公开不及时。考核机制不健全。"
    assert len(categories(many, "经费不足")) <= 4


def test_labels_are_told() -> None:
    """A label of a weakness puts a text under it: nearly always at once, and never under nothing."""
    labels = [(each.id, label) for each in VOCABULARY.weaknesses.values() for label in each.labels if each.id != OTHER]
    told = [weakness in categories(label) for weakness, label in labels]
    assert sum(told) >= 0.97 * len(told)


def test_a_weakness_that_is_added_is_found_by_its_labels(tmp_path: Path) -> None:
    """A concept new in Turtle needs no Python and no learning to be found by name."""
    for scheme in SCHEMES.glob("*.ttl"):
        (tmp_path / scheme.name).write_bytes(scheme.read_bytes())
    with (tmp_path / "weaknesses.ttl").open("a", encoding="utf-8") as file:
        file.write(
            "weakness:archives-lost a skos:Concept ; skos:inScheme weakness: ; skos:broader weakness:institutions ;"
            ' skos:prefLabel "档案管理混乱"@zh , "Records badly kept"@en ; skos:altLabel "档案散失"@zh ;'
            ' skos:definition "档案保管不善。"@zh , "Records are badly kept."@en .'
        )
    found = classify("历年档案散失严重", "历年档案散失严重，无从查考。", load_vocabulary(tmp_path))
    assert found[0] == "archives-lost"


def test_the_weights_are_those_of_what_is_annotated() -> None:
    """Whoever changes a wording, a label or the way of learning runs `make learn`."""
    stored = json.loads(lzma.decompress(WEIGHTS.read_bytes()))
    assert stored["from"] == learn.digest(), "run `make learn`"
    assert set(stored["categories"]) == set(VOCABULARY.weaknesses)


def test_annotated_wordings_are_whole() -> None:
    """Every annotated wording has a kind, a statement that its passage holds, and categories of the scheme."""
    for path in learn.WORDINGS.glob("*.tsv"):
        for line in path.read_text(encoding="utf-8").splitlines():
            kind, statement, passage, held = line.split("\t")
            assert kind in ("d", "c"), line
            assert statement in passage, line
            assert set(held.split("|")) <= VOCABULARY.weaknesses.keys(), line


def test_learning_twice_gives_the_same() -> None:
    """The same wordings teach the same, in whatever order they are read."""
    some = [each for each in learn.read_examples() if each.writer in ("causes", "standard")][::15]
    assert json.dumps(learn.learn(some)) == json.dumps(learn.learn(some))


def test_grams_do_not_cross_a_mark() -> None:
    """The sequences of `人少,事多`: none holds the comma."""
    assert grams("人少,事多") == {"人", "少", "人少", "事", "多", "事多"}


def test_features_of_an_empty_passage_are_the_bias() -> None:
    """A text without a known character says nothing for or against."""
    weights = load_weights()
    rows = list(features(weights, "", ""))
    assert [row[0] for row in rows] == list(weights.bias)


def test_evidence_adds_up_the_weights_of_the_grams() -> None:
    """Weights above and below zero, of several categories and grams, as one would add them up by hand."""
    grams_ = {"人": [0, -7, 2, 5], "少": [0, 3, 1, -4], "人少": [2, 90]}
    stored = {"step": 0.5, "categories": ["a", "b", "c"], "bias": [2, 0, -2], "grams": grams_, "mix": []}
    weights = read_weights(stored)
    share = 0.5 / 3**0.5
    assert weights.evidence("人少") == pytest.approx([1 - 4 * share, -4 * share, -1 + 95 * share])
    assert weights.evidence("多") == pytest.approx([1, 0, -1])
