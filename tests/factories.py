"""Small reports with defaults, so that a test names only what it is about."""

from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from extract.records import (
    Adoption,
    Cause,
    Deficiency,
    Evidence,
    Jurisdiction,
    Observation,
    Plan,
    Practice,
    Report,
    Section,
)
from extract.triples import to_quads
from graph.building import VOCABULARY, vocabulary_quads
from graph.store import GraphStore, graph_of

TEXT = "一、成效\n全年审查合同32件，建成解纷小院。二、不足\n执法力量仍显不足，主要原因是编制偏少。明年将加强执法培训。"
PLACES = {
    "330324006": Jurisdiction("330324006", ("浙江省", "温州市", "永嘉县", "三江街道"), "township"),
    "330324": Jurisdiction("330324", ("浙江省", "温州市", "永嘉县"), "county"),
    "430406": Jurisdiction("430406", ("湖南省", "衡阳市", "雁峰区"), "county"),
    "500101": Jurisdiction("500101", ("重庆市", "万州区"), "county"),
    "": Jurisdiction(candidates=("330324006", "330683002")),
}


def evidence(quote: str, text: str = TEXT) -> Evidence:
    """Where the quote stands in the text."""
    start = text.index(quote)
    return Evidence(start, start + len(quote))


def deficiency(*categories: str, **changes: Any) -> Deficiency:
    """A shortcoming of these categories."""
    found = Deficiency("执法力量仍显不足", categories, (), (), evidence("执法力量仍显不足"))
    return replace(found, **changes)


def cause(*categories: str) -> Cause:
    """A cause of these categories."""
    return Cause("编制偏少", categories, evidence("编制偏少"))


def adoption(mechanism: str, **changes: Any) -> Adoption:
    """A mechanism that is practised."""
    return replace(Adoption(mechanism, "practised", (evidence("全年审查合同32件"),)), **changes)


def practice(name: str = "解纷小院", **changes: Any) -> Practice:
    """A practice under diversified resolution."""
    return replace(Practice(name, "diversified-resolution", "practised", (evidence("解纷小院"),)), **changes)


def observation(**changes: Any) -> Observation:
    """32 contracts reviewed."""
    found = Observation("合同", Decimal(32), "件", "exact", None, "contract-review", evidence("全年审查合同32件"))
    return replace(found, **changes)


def report(code: str = "330324006", **changes: Any) -> Report:
    """A report with one finding of each kind; `changes` name its other fields."""
    default = Report(
        source=f"{code or 'unknown'}.txt",
        sha256="0" * 64,
        text=TEXT,
        title="2024年法治政府建设年度报告",
        jurisdiction=PLACES[code],
        department=None,
        issuer="街道办事处",
        year=2024,
        published="2025-03-24",
        sections=(Section("achievements", "一、成效", evidence("一、成效")),),
        adoptions=(adoption("contract-review"),),
        practices=(practice(),),
        observations=(observation(),),
        deficiencies=(deficiency("enforcement-capacity", causes=(cause("staffing-shortage"),)),),
        plans=(Plan("加强执法培训", ("enforcement-training",), evidence("明年将加强执法培训")),),
    )
    return replace(default, **changes)


def graph_from(*reports: Report) -> GraphStore:
    """A graph in memory of these reports alone."""
    return graph_of(*map(to_quads, reports))


@cache
def vocabulary() -> bytes:
    """The terms and schemes as the build loads them."""
    return vocabulary_quads(VOCABULARY)
