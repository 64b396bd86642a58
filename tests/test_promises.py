"""Promises: what became of shortcomings and plans, against what a careful reader says, and over a store."""

import tomllib
from functools import cache
from pathlib import Path

from extract.reading import Document
from extract.report import read_report
from extract.triples import to_quads
from graph.analysis.filings import read_filed, successions
from graph.analysis.promises import Followed, follow
from graph.naming import places
from graph.store import graph_of

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
    ((pair,),) = successions(store, read_filed(store))
    place = next(iter(places(store).values()))
    followed = [each for each in follow(place, *pair).followed if each.kind == case["kind"]]
    assert len(followed) == 1, (case, followed)
    return followed[0]
