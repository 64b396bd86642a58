"""Promises: what became of shortcomings and plans, against what a careful reader says, and over a store."""

import tomllib
from collections import Counter
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from benchmarks.country import graph_of as write_country
from benchmarks.country import reports as generated
from extract.reading import Document
from extract.report import read_report
from extract.triples import to_quads
from graph.analysis.clauses import Clauses, Sentences
from graph.analysis.filings import Filing, Stated, offices, read_filed, successions
from graph.analysis.promises import VERDICTS, Followed, follow, overview, overview_in, promises
from graph.analysis.quotes import Quote
from graph.errors import GraphError
from graph.index.search import Index, write_index
from graph.naming import Place, places
from graph.opening import open_any
from graph.plots.promises import plot_overview, plot_promises
from graph.store import GraphStore, graph_of
from graph.telling.promises import overview_rows, promises_rows, tell_overview, tell_promises
from graph.workers import WorkerEnded
from ontology.namespace import expand
from tests.factories import deficiency, graph_from, report, vocabulary
from tests.servers import cutting

CASES = tomllib.loads(Path(__file__).with_name("promises.toml").read_text("utf-8"))["case"]


def written(year: int, done: str, lacks: str, plans: str, town: str = "三江街道") -> bytes:
    """The quads of a street's report on a year that says this."""
    opening = f"{year}年，{town}坚持以习近平新时代中国特色社会主义思想为指导，围绕中心、服务大局，稳步推进各项任务，现将有关情况报告如下。"
    rest = "街道党工委、办事处高度重视，多次召开会议专题研究，压实工作责任，细化任务分工，确保各项部署落到实处，为辖区经济社会发展提供了有力支撑。一年来，辖区社会大局保持平安稳定，群众满意度稳步提高，各项指标均完成年初目标。"
    parts = [f"永嘉县{town}办事处{year}年法治政府建设年度报告", opening, "一、主要工作和成效", f"{rest}{done}。"]
    if lacks:
        parts += ["二、存在的不足", f"一是{lacks}"]
    if plans:
        parts += [f"三、{year + 1}年工作计划", f"一是{plans}"]
    parts.append(f"永嘉县{town}办事处\n{year + 1}年1月20日")
    return to_quads(read_report(Document(f"{town}{year}.txt", "\n".join(parts).encode())))


@cache
def found(number: int) -> Followed:
    """What is said of the one shortcoming or plan of a case."""
    case = CASES[number]
    store = graph_of(written(2022, **case["before"]), written(2023, **case["after"]))
    ((pair,),) = successions(store, offices(read_filed(store)))
    place = next(iter(places(store).values()))
    followed = [each for each in follow(place, *pair).followed if each.kind == case["kind"]]
    assert len(followed) == 1, (case, followed)
    return followed[0]


@pytest.mark.parametrize(("hard", "least"), [(False, 0.95), (True, 0.6)])
def test_verdicts_agree_with_a_careful_reader(hard: bool, least: float) -> None:
    """Six ways of writing each verdict, which the rules were written with, and others, which they were not."""
    some = [number for number, case in enumerate(CASES) if case.get("hard", False) is hard]
    agreed = [found(number).verdict == CASES[number]["verdict"] for number in some]
    assert sum(agreed) / len(agreed) >= least, [CASES[n] for n, ok in zip(some, agreed, strict=True) if not ok]


def test_every_verdict_is_written_in_several_ways() -> None:
    """The cases hold each verdict, the main ones in six ways."""
    met = Counter((case["kind"], case["verdict"]) for case in CASES if not case.get("hard"))
    assert {(kind, verdict) for kind, verdicts in VERDICTS.items() for verdict in verdicts} == met.keys()
    assert min(n for (_, verdict), n in met.items() if verdict not in ("silent", "ongoing")) == 6


def test_both_sentences_stand_where_they_say() -> None:
    """What is quoted is the slice of its report, on both sides."""
    case = CASES[0]
    store = graph_of(written(2022, **case["before"]), written(2023, **case["after"]))
    texts = {row["r"]: row["t"] for row in store.select("SELECT ?r ?t { ?r nif:isString ?t }")}
    (step,) = promises(store, "三江街道").steps
    quotes = [quote for each in step.followed for quote in (each.said, each.then) if quote]
    assert len(quotes) >= 3
    assert all(texts[quote.report][quote.start : quote.end] == quote.text for quote in quotes)
    assert {each.said.year for each in step.followed} == {"2022"}


def told(sentence: str, year: int = 2022, **changes: Any) -> Filing:
    """A filing that tells of this."""
    clauses = Clauses([Sentences("r", str(year), sentence, [(0, len(sentence))])])
    return replace(Filing("p", "", year, told=clauses), **changes)


def planned(text: str, *mechanisms: str) -> Stated:
    """A plan."""
    return Stated(text, (), mechanisms, Quote("r", "2022", text))


def lacking(text: str, *weaknesses: str, concerns: tuple[str, ...] = ()) -> Stated:
    """A shortcoming."""
    return Stated(text, weaknesses, concerns, Quote("r", "2022", text))


HERE = Place("p", "330324006", "township", ("浙江省", "三江街道"))


def verdict(before: Filing, after: Filing) -> str:
    """The verdict on the one thing that the first says."""
    (each,) = follow(HERE, before, after).followed
    return each.verdict


def test_what_is_told_each_year_shows_nothing() -> None:
    """A plan whose words stand in both reports is ongoing; newly told it is done."""
    plan = (planned("建立行政执法监督员制度"),)
    again = told("建立行政执法监督员制度，聘请12人", 2023)
    assert verdict(told("召开会议研究部署工作", plans=plan), again) == "done"
    assert verdict(told("建立行政执法监督员制度，聘请9人", plans=plan), again) == "ongoing"


def test_words_scattered_over_a_long_sentence_are_no_plan_done() -> None:
    """It is a clause that must have the plan's words."""
    plan = (planned("制定执法培训实施办法"),)
    scattered = told("制定年度要点，加强执法队伍建设，开展培训四期，实施清单管理，办法多样", 2023)
    assert verdict(told("召开会议", plans=plan), scattered) == "dropped"


def test_silence_is_no_cure() -> None:
    """Without anything on shortcomings the next report tells nothing of them; without anything on plans, of plans."""
    short = told("召开会议", shortcomings=(lacking("执法力量不足", "w"),))
    assert verdict(short, told("召开会议", 2023, admits=False)) == "silent"
    assert verdict(short, told("召开会议", 2023)) == "dropped"
    plan = told("召开会议", plans=(planned("建设智慧执法中心"),))
    assert verdict(plan, told("召开会议", 2023, announces=False)) == "silent"


def test_an_answer_must_be_new() -> None:
    """A shortcoming is addressed by what it concerns where that was not practised before, and only then."""
    short = (lacking("案卷评查尚未开展", "w", concerns=("m",)),)
    after = told("召开会议", 2023, practised={"m": Quote("r", "2023", "评查案卷60宗")})
    assert verdict(told("召开会议", shortcomings=short), after) == "addressed"
    assert verdict(told("召开会议", shortcomings=short, practised=after.practised), after) == "dropped"


def test_other_is_no_category() -> None:
    """Two shortcomings that fit no category are not the same one in other words."""
    other = expand("weakness:other")
    before = told("召开会议", shortcomings=(lacking("台账资料不齐", other),))
    assert verdict(before, told("召开会议", 2023, shortcomings=(lacking("场地租金偏高", other),))) == "dropped"
    shared = told("召开会议", 2023, shortcomings=(lacking("场地租金偏高", other, "w"),))
    assert verdict(told("召开会议", shortcomings=(lacking("台账资料不齐", "w"),)), shared) == "reworded"


def series() -> GraphStore:
    """Two reports of a street with a gap, two of its finance office, and one of another street."""
    says = {"done": "开展执法检查88次", "lacks": "执法力量不足。", "plans": "加强执法培训。"}
    return graph_of(
        vocabulary(),
        written(2020, **says),
        written(2023, **says),
        written(2023, **says, town="瓯北街道"),
        to_quads(report(department="财政局", year=2021)),
        to_quads(report(department="财政局", year=2022, deficiencies=(), plans=())),
    )


def test_offices_are_followed_by_themselves() -> None:
    """A department's report does not follow the government's; the gap is given, and who has one year is counted."""
    store = series()
    every = overview(store)
    assert [(each.department, each.first, each.last, each.pairs) for each in every.tallies] == [
        ("", 2020, 2023, 1),
        ("财政局", 2021, 2022, 1),
    ]
    assert every.alone == 1
    assert every.total("weakness") == Counter(repeated=1, silent=1)
    result = promises(store, "三江街道")
    assert [(step.department, step.gap, step.admits) for step in result.steps] == [("", 3, True), ("财政局", 1, False)]
    text = tell_promises(result)
    assert "3 years later; nothing between" in text and "has nothing on shortcomings" in text
    assert "Of 1 shortcoming: repeated 1 (100%)" in tell_overview(every, 0)
    assert [row[5] for row in list(overview_rows(every))[1:]] == [1, 1]
    assert len(list(promises_rows(result))) == 1 + sum(len(step.followed) for step in result.steps)
    assert "三江街道".encode() in plot_promises(result) and b"plans" in plot_overview(every)


def test_one_year_is_too_little() -> None:
    """With one report each nothing is followed, and it says so."""
    store = graph_from(report(), report("430406"))
    assert promises(store, "三江街道").steps == () and overview(store).tallies == ()
    assert "nothing can be followed" in overview(store).caution


def test_a_report_without_parts_is_followed() -> None:
    """Shortcomings in the middle of a text that has no headings are followed as well."""
    store = graph_from(report(sections=()), report(sections=(), year=2025))
    assert promises(store, "三江街道").steps[0].count("weakness") == Counter(repeated=1)


def test_unsure_findings_can_be_left_out() -> None:
    """With a confidence asked for, a doubtful shortcoming is not followed."""
    doubtful = deficiency("enforcement-capacity", confidence=0.6)
    store = graph_from(report(deficiencies=(doubtful,)), report(year=2025))
    assert promises(store, "三江街道").steps[0].count("weakness").total() == 1
    assert promises(store, "三江街道", 0.9).steps[0].count("weakness").total() == 0


def test_a_server_says_the_same(tmp_path: Path) -> None:
    """Over an endpoint as over a folder."""
    store = series()
    with cutting(store, 100_000) as url:
        assert overview(open_any(url)) == overview(store)
        assert promises(open_any(url), "三江街道") == promises(store, "三江街道")


def test_an_index_says_the_same(tmp_path: Path) -> None:
    """What an index has of reports, departments' too, is what the store has; so is what is followed, sure or not."""
    doubtful = deficiency("enforcement-capacity", confidence=0.6)
    several = [to_quads(report("430406", year=year, deficiencies=(doubtful,))) for year in (2022, 2023)]
    for store in (series(), graph_of(vocabulary(), *several)):
        contents = {name: name for name in store.graphs()}
        folder = tmp_path / str(len(contents))
        write_index(store, folder, contents)
        with closing(Index(store, folder, contents)) as index:
            assert read_filed(store) == read_filed(store, index=index) != []
            for confidence in (0.0, 0.5, 0.7):
                assert overview(store, confidence) == overview(store, confidence, index)
            assert overview(store, 0.5, index).total("weakness") != Counter()


def test_processes_say_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many reports each process follows some, and all are told once, by code."""
    graph = str(write_country(tmp_path / "graph", generated(24), 2))
    here = overview_in(graph)
    assert len(here.tallies) == 12 and here.total("weakness").total() > 12 and here.total("plan").total() > 12
    monkeypatch.setattr("graph.analysis.promises._FEW", 0)
    monkeypatch.setattr("graph.analysis.promises._SHARE", 6)
    assert overview_in(graph, processes=2) == here == overview(open_any(graph))

    def ends(*_: object) -> None:
        raise WorkerEnded("ended its worker process")

    monkeypatch.setattr("graph.analysis.promises.call", ends)
    with pytest.raises(GraphError, match="comparing its plans with what followed ended its worker process"):
        overview_in(graph, processes=2)
