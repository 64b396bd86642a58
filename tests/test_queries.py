"""Each shipped question says what it asks, parses, and gives the answer that a reader of the reports would give."""

from dataclasses import replace
from decimal import Decimal

import pytest

from extract.records import Jurisdiction, Plan, Report
from extract.triples import report_iri, to_quads
from graph.errors import BadQuery
from graph.questions import Question, find_question, questions
from graph.store import GraphStore, graph_of
from ontology.namespace import PREFIXES, expand
from tests.factories import adoption, cause, deficiency, evidence, observation, practice, report, vocabulary

QUESTIONS = questions()
YONGJIA, NAMESAKE = "330324006 浙江省温州市永嘉县三江街道", "330683002 浙江省绍兴市嵊州市三江街道"
YANFENG, WANZHOU = "430406 湖南省衡阳市雁峰区", "500101 重庆市万州区"


@pytest.fixture(scope="module")
def store() -> GraphStore:
    """Two places of one name, a county with reports on two years, a silent one, and a report of nobody's."""
    silent = report("500101", adoptions=(), practices=(), observations=(), deficiencies=(), plans=())
    reports = (_full(), _namesake(), *_county(), silent, _nobodys())
    return graph_of(*map(_in_two_files, reports), vocabulary())


def _in_two_files(found: Report) -> bytes:
    """The report's quads, with a second file that holds it."""
    iri = report_iri(found)
    return to_quads(found) + f'<{iri}> <{expand("dcterms:source")}> "~copy.txt" <{iri}> .\n'.encode()


def _full() -> Report:
    """All kinds of findings, of each status, and one in doubt."""
    return report(
        text=report().text + "甲",
        adoptions=(
            adoption("contract-review"),
            adoption("legality-review"),
            adoption("legal-adviser", confidence=0.5),
            adoption("combined-inspection", status="planned"),
            adoption("rule-of-law-culture", status="lacking"),
        ),
        observations=(
            observation(change="increase"),
            observation(name="审查率", unit="%", value=Decimal(100), mechanism="legality-review"),
            observation(name="增幅", unit="%", value=Decimal(100), change="decrease", mechanism="legality-review"),
            observation(
                name="满意率", unit="%", value=Decimal(100), qualifier="nearly", mechanism=None, confidence=0.6
            ),
            observation(name="办结率", unit="%", value=Decimal(99), mechanism=None),
            observation(name="听众", unit="人", value=Decimal(100), mechanism=None),
            observation(name="罚没金额", unit="元", value=Decimal(5000), change="increase", mechanism=None),
            observation(name="涉案金额", unit="元", value=Decimal(70000), mechanism=None),
        ),
        deficiencies=(
            deficiency(
                "enforcement-capacity",
                mechanisms=("enforcement-training",),
                causes=(cause("staffing-shortage"), replace(cause("staffing-shortage"), statement="人手紧")),
            ),
            deficiency(
                "review-depth",
                mechanisms=("legality-review",),
                statement="审查质量不高",
                causes=(cause("review-depth"),),
            ),
        ),
    )


def _namesake() -> Report:
    """The other 三江街道: plans what the county does, has a practice of the same name, and shares no cause."""
    place = Jurisdiction("330683002", ("浙江省", "绍兴市", "嵊州市", "三江街道"), "township")
    return report(
        text=report().text + "乙",
        source="330683002.txt",
        jurisdiction=place,
        adoptions=(adoption("contract-review"), adoption("legality-review")),
        practices=(practice(), practice("议事亭"), practice("法务超市", broader="legal-adviser")),
        observations=(),
        deficiencies=(
            deficiency(
                "enforcement-capacity",
                mechanisms=("enforcement-training",),
                causes=(cause("staffing-shortage", "training-insufficient"),),
            ),
        ),
        plans=(),
    )


def _county() -> tuple[Report, Report]:
    """A county that plans and lacks in one year what it does in the next, and keeps one thing for the future."""
    early = report(
        "430406",
        year=2022,
        department="司法局",
        text=report().text + "丙",
        source="430406-2022.txt",
        adoptions=(
            adoption("legal-adviser", status="planned"),
            adoption("rule-of-law-culture", status="lacking"),
            adoption("combined-inspection", status="planned"),
        ),
        observations=(),
        practices=(practice(status="planned"), practice("议事亭", broader=None)),
        deficiencies=(),
        plans=(Plan("加强执法培训", ("enforcement-training",), evidence("明年将加强执法培训")),),
    )
    late = report(
        "430406",
        text=report().text + "丁",
        adoptions=(adoption("legal-adviser"), adoption("rule-of-law-culture"), adoption("contract-review")),
        observations=(),
        deficiencies=(),
        plans=(),
    )
    return early, late


def _nobodys() -> Report:
    """A report of which two places remain, with a practice of an early year."""
    return report(
        "",
        year=2020,
        text=report().text + "戊",
        practices=(practice("议事亭"),),
        observations=(),
        deficiencies=(),
        plans=(),
    )


# Question → its rows, their cells one after the other. Breaking a clause of a question changes its rows.
ANSWERS = {
    "by-level": ["county 3 1 0 0.3", "township 2 2.5 1.5 0.5"],
    "by-province": ["33 浙江省 2 2", "43 湖南省 1 3", "50 重庆市 1 0"],
    "causes-by-frequency": ["执法能力和水平不足 人员不足或任务繁重 2", "执法能力和水平不足 培训不足 1"],
    "causes-of-a-weakness": [
        f"{YONGJIA} 2024 执法力量仍显不足 人手紧",
        f"{YONGJIA} 2024 执法力量仍显不足 编制偏少",
        f"{NAMESAKE} 2024 执法力量仍显不足 编制偏少",
    ],
    "co-adoption": ["法治文化阵地 1 1", "行政合同审查 1 3"],
    "evidence-of-a-claim": [
        f"{YONGJIA} 2024 全年审查合同32件 5 14 330324006.txt",
        f"{YANFENG} 2024 全年审查合同32件 5 14 430406.txt",
    ],
    "first-reports": ["议事亭 2020", f"解纷小院 2022 {YANFENG}", f"法务超市 2024 {NAMESAKE}"],
    "indicators-side-by-side": [f"{YONGJIA} 2024 增幅 100 % exact decrease", f"{YONGJIA} 2024 审查率 100 % exact"],
    "departments": [f"{YANFENG} 司法局 2022"],
    "shortcomings-with-causes": [
        f"{YONGJIA} 2024 执法力量仍显不足 编制偏少",
        f"{YONGJIA} 2024 执法力量仍显不足 人手紧",
        f"{YONGJIA} 2024 审查质量不高 编制偏少",
        f"{NAMESAKE} 2024 执法力量仍显不足 编制偏少",
    ],
    "statuses-by-level": [
        "county lacking 1",
        "county planned 3",
        "county practised 5",
        "township lacking 1",
        "township planned 1",
        "township practised 9",
    ],
    "sentences-with-a-word": [
        "2020 全年审查合同32件",
        f"{YONGJIA} 2024 全年审查合同32件",
        f"{NAMESAKE} 2024 全年审查合同32件",
        f"{YANFENG} 2022 全年审查合同32件",
        f"{YANFENG} 2024 全年审查合同32件",
    ],
    "lacking": [f"{YONGJIA} 2024 法治文化阵地 全年审查合同32件"],
    "low-confidence": [
        f"0.5 采用 政府法律顾问 {YONGJIA} 2024 全年审查合同32件",
        f"0.6 数据 满意率 100 {YONGJIA} 2024 全年审查合同32件",
    ],
    "mechanisms-by-adopters": [
        f"{PREFIXES['mechanism']}contract-review 行政合同审查 3",
        f"{PREFIXES['mechanism']}legality-review 合法性审查 2",
        f"{PREFIXES['mechanism']}legal-adviser 政府法律顾问 1",
        f"{PREFIXES['mechanism']}rule-of-law-culture 法治文化阵地 1",
    ],
    "money": [
        f"{YONGJIA} 2024 涉案金额 70000 全年审查合同32件",
        f"{YONGJIA} 2024 罚没金额 5000 increase 全年审查合同32件",
    ],
    "numbers-that-changed": [
        f"{YONGJIA} 2024 合同 increase 32 件 全年审查合同32件",
        f"{YONGJIA} 2024 增幅 decrease 100 % 全年审查合同32件",
        f"{YONGJIA} 2024 罚没金额 increase 5000 元 全年审查合同32件",
    ],
    "planned-not-practised": [f"{YONGJIA} 综合查一次", f"{YANFENG} 综合查一次"],
    "plans-answering-a-weakness": [f"{YONGJIA} 2024 行政执法人员培训 执法力量仍显不足 加强执法培训"],
    "practices-of-several": [
        f"解纷小院 3 {YONGJIA} 2024",
        f"解纷小院 3 {NAMESAKE} 2024",
        f"解纷小院 3 {YANFENG} 2022",
        f"议事亭 2 {NAMESAKE} 2024",
        f"议事亭 2 {YANFENG} 2022",
    ],
    "practices-under-a-mechanism": [
        f"解纷小院 {YONGJIA} 2024 已在运行 解纷小院",
        f"解纷小院 {NAMESAKE} 2024 已在运行 解纷小院",
        f"解纷小院 {YANFENG} 2022 计划推行 解纷小院",
        f"解纷小院 {YANFENG} 2024 已在运行 解纷小院",
        "议事亭 2020 已在运行 解纷小院",
        f"议事亭 {NAMESAKE} 2024 已在运行 解纷小院",
        f"议事亭 {YANFENG} 2022 已在运行 解纷小院",
    ],
    "rates-at-100": [f"{YONGJIA} 2024 审查率 全年审查合同32件"],
    "reports": [
        "330324006 三江街道 浙江省温州市永嘉县三江街道 township 2024 2025-03-24 57 20 330324006.txt 2",
        "330683002 三江街道 浙江省绍兴市嵊州市三江街道 township 2024 2025-03-24 57 7 330683002.txt 2",
        "430406 雁峰区 湖南省衡阳市雁峰区 county 司法局 2022 2025-03-24 57 6 430406-2022.txt 2",
        "430406 雁峰区 湖南省衡阳市雁峰区 county 2024 2025-03-24 57 4 430406.txt 2",
        "500101 万州区 重庆市万州区 county 2024 2025-03-24 56 0 500101.txt 2",
        "2020 2025-03-24 57 2 unknown.txt 2",
    ],
    "reports-without-deficiencies": [
        f"{YANFENG} 司法局 2022 430406-2022.txt",
        f"{YANFENG} 2024 430406.txt",
        f"{WANZHOU} 2024 500101.txt",
        "2020 unknown.txt",
    ],
    "unresolved-reports": [f"unknown.txt 街道办事处 {YONGJIA}", f"unknown.txt 街道办事处 {NAMESAKE}"],
    "weaknesses-and-mechanisms": ["执法能力和水平不足 行政执法人员培训 2", "合法性审查不深入或覆盖不全 合法性审查 1"],
    "weaknesses-by-frequency": [
        f"{PREFIXES['weakness']}enforcement-capacity 执法能力和水平不足 2",
        f"{PREFIXES['weakness']}review-depth 合法性审查不深入或覆盖不全 1",
    ],
    "weaknesses-without-plan": [
        f"{YONGJIA} 2024 合法性审查 审查质量不高",
        f"{NAMESAKE} 2024 行政执法人员培训 执法力量仍显不足",
    ],
}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda question: question.name)
def test_question_says_what_it_asks(question: Question) -> None:
    """The first line is an English sentence, the second a Chinese one, and the rows have an order."""
    assert question.english[-1] in "?.)" and question.english.isprintable() and question.english[0].isascii()
    assert question.chinese[-1] in "？。）" and any("\u4e00" <= char <= "\u9fff" for char in question.chinese)
    assert "ORDER BY" in question.query


@pytest.mark.parametrize(("name", "rows"), ANSWERS.items(), ids=ANSWERS)
def test_answers_are_right(name: str, rows: list[str], store: GraphStore) -> None:
    """The answer on a small graph is, cell by cell and in this order, the one that a reader would give."""
    found = store.select(QUESTIONS[name].query)
    assert [" ".join(cell for cell in row.values() if cell) for row in found] == rows


def test_every_question_has_its_answer() -> None:
    """No question is shipped without an answer that is known; a researcher finds at least thirty."""
    assert set(QUESTIONS) == {*ANSWERS, "coverage-per-area", "mechanisms-nobody-mentions", "narrower-mechanisms"}
    assert len(QUESTIONS) >= 30


def test_narrower_mechanisms_stand_beside_the_broader() -> None:
    """复议听证 is told under 行政复议, with the number of places that hold hearings."""
    hearing = adoption("reconsideration-hearing", broader="administrative-reconsideration")
    reports = (report(adoptions=(hearing,)), report("430406", adoptions=(hearing,)), report("500101"))
    rows = graph_of(*map(to_quads, reports), vocabulary()).select(QUESTIONS["narrower-mechanisms"].query)
    assert [tuple(row.values()) for row in rows] == [("行政复议", "行政复议听证", "2")]


def test_coverage_counts_nothing_as_nought(store: GraphStore) -> None:
    """Each place with a report has a row for each area, also where it practises nothing; parts stay below wholes."""
    rows = list(store.select(QUESTIONS["coverage-per-area"].query))
    areas = {row["area"]: int(row["of"]) for row in rows}
    codes = ["330324006", "330683002", "430406", "500101"]
    assert [row["code"] for row in rows] == [code for code in codes for _ in areas]
    assert sum(areas.values()) == len(_mechanisms(store, "skos:topConceptOf"))
    done = {(row["code"], row["area"], row["mechanisms"]) for row in rows if row["mechanisms"] != "0"}
    assert done == {
        ("330324006", "行政决策", "2"),
        ("330683002", "行政决策", "2"),
        ("430406", "行政决策", "2"),
        ("430406", "法治宣传", "1"),
    }


def test_what_is_not_mentioned(store: GraphStore) -> None:
    """A mechanism that a report adopts, measures or is concerned with is mentioned, as is one with a practice."""
    missing = {
        row["mechanism"].rsplit("/", 1)[-1] for row in store.select(QUESTIONS["mechanisms-nobody-mentions"].query)
    }
    adopted = {"contract-review", "legality-review", "legal-adviser", "combined-inspection", "rule-of-law-culture"}
    assert _mechanisms(store) - missing == adopted | {"enforcement-training", "diversified-resolution"}


def _mechanisms(store: GraphStore, under: str = "skos:inScheme") -> set[str]:
    """The ids of all mechanisms, or of those right under an area."""
    rows = store.select(f"SELECT ?m {{ ?m skos:inScheme mechanism: ; skos:broader ?area . ?area {under} mechanism: }}")
    return {row["m"].rsplit("/", 1)[-1] for row in rows}


def test_unknown_names_suggest_near_ones() -> None:
    """A misspelt name is answered with the nearest ones."""
    assert find_question("co-adoption").name == "co-adoption"
    with pytest.raises(BadQuery, match="did you mean co-adoption"):
        find_question("coadoption")
    with pytest.raises(BadQuery, match="--list"):
        find_question("zzz")
