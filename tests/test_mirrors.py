"""Mirrors: a report and its reposts are one, whatever a site did to the text; another report is another."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import combinations, permutations
from pathlib import Path

import pytest
from opencc import OpenCC

from extract.documents import Document
from extract.mending import mend
from extract.reading import decode
from extract.report import read_report
from extract.triples import to_quads
from graph.building import Outcome, Refusal, Source, build
from graph.manifest import Entry
from graph.mirrors import join_mirrors, letters_of, likeness, sketch_of
from graph.shards import graph_in, text_in
from graph.store import open_graph

REPORTS = Path(__file__).parent / "reports"
# A township, a department, a prefecture, and the shortest of all.
SAMPLE = ["A2", "A4", "B4", "D7"]

HEAD = """网站首页
信息公开
无障碍浏览
当前位置：首页 > 新闻中心 > 本地要闻
来源：本地日报　浏览次数：1034　字号：[大 中 小]
"""
TAIL = """
相关阅读
全国人大常委会发布立法工作计划
各地举行宪法宣传周活动
国务院印发《重大行政决策程序暂行条例》
主办：某某日报社　联系电话：0000-67220000　备案号：某ICP备05000001号
"""
FOLDED = str.maketrans({"，": ",", "：": ":", "；": ";", "！": "!", "（": "(", "）": ")", "“": '"', "”": '"'})


def traditional(text: str) -> str:
    """The text as a traditional copy has it."""
    converted: str = OpenCC("s2t").convert(text)
    return converted


def glossed(text: str) -> str:
    """A traditional copy with readings behind characters, as a double conversion leaves them."""
    return traditional(text).replace("執", "執(zhí)").replace("區", "區(qū)").replace("們", "們(men)")


COPIES: dict[str, Callable[[str], str]] = {
    "furniture": lambda text: HEAD + text + TAIL,
    "punctuation": lambda text: text.translate(FOLDED),
    "traditional": traditional,
    "pinyin": glossed,
    "lines run together": lambda text: text.replace("\n", "\n\n　　").replace("。\n\n　　", "。"),
    "cut short": lambda text: text[: len(text) * 9 // 10],
    "all": lambda text: HEAD + glossed(text).translate(FOLDED) + TAIL,
}


def convert(source: Source) -> bytes | Refusal:
    """A document's quads, as the command line has them made."""
    return to_quads(read_report(Document(source.name, source.data, source.hints), force=True))


def source(stem: str, copy: str = "") -> Source:
    """A report of tests/reports, or a copy of it."""
    text = (REPORTS / f"{stem}.txt").read_text(encoding="utf-8")
    return Source(f"{stem}-{copy}.txt", COPIES[copy](text).encode()) if copy else Source(f"{stem}.txt", text.encode())


@cache
def entry(stem: str, copy: str = "") -> Entry:
    """What the manifest has of such a report."""
    quads = convert(source(stem, copy))
    assert isinstance(quads, bytes)
    letters = letters_of(text_in(quads))
    return Entry(stem + copy, graph_in(quads), sketch=sketch_of(letters), letters=len(letters))


@pytest.mark.parametrize("copy", COPIES)
@pytest.mark.parametrize("stem", SAMPLE)
def test_a_copy_is_a_mirror(stem: str, copy: str) -> None:
    """Whatever a site does to a report's page, the copy is joined with the report, and the longer of both is kept."""
    one, other = entry(stem), entry(stem, copy)
    joined = join_mirrors({"one": one, "other": other})
    assert (joined["one"].mirrors is None) != (joined["other"].mirrors is None)
    if one.letters != other.letters:
        assert (joined["other"].mirrors is None) == (other.letters > one.letters)


def test_different_reports_are_not_alike() -> None:
    """Reports of different offices have next to nothing in common, though all write to one pattern."""
    texts = [mend(decode(Document(path.name, path.read_bytes(), ()))) for path in sorted(REPORTS.iterdir())]
    sketches = [sketch_of(letters_of(text)) for text in texts]
    assert max(likeness(one, other) for one, other in combinations(sketches, 2)) < 0.2


@pytest.mark.parametrize("share", [0.25, 0.4, 0.5])
@pytest.mark.parametrize("stem", SAMPLE)
def test_a_report_and_a_summary_stay_two(stem: str, share: float) -> None:
    """A second text of the same office and year, which repeats up to a half of the report, is a report of its own."""
    letters = letters_of((REPORTS / f"{stem}.txt").read_text(encoding="utf-8"))
    other = letters_of((REPORTS / "C6.txt").read_text(encoding="utf-8"))
    size = int(len(letters) * share)
    summary = letters[:size] + other[: len(letters) - size]
    report = Entry("report", "x/1", sketch=sketch_of(letters), letters=len(letters))
    second = Entry("summary", "x/2", sketch=sketch_of(summary), letters=len(summary))
    joined = join_mirrors({"1": report, "2": second})
    assert [each.mirrors for each in joined.values()] == [None, None]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("", "", 0.0),
        ("审查合同", "审查合同", 0.0),
        ("审查合同3", "审查合同3", 1.0),
        ("审查合同3", "复议案件5", 0.0),
        ("审查合同32件", "审查合同32项", 0.5),
        ("審(shěn)查，合同\n32 件!", "審查 合同 32件", 1.0),
    ],
    ids=["empty", "shorter than a run", "one run", "other run", "half", "signs and readings"],
)
def test_short_texts_are_told_exactly(one: str, other: str, expected: float) -> None:
    """The likeness is the share of runs that both have; signs do not count, and what has no run is like nothing."""
    assert likeness(sketch_of(letters_of(one)), sketch_of(letters_of(other))) == pytest.approx(expected)


def test_a_sketch_stays_the_same() -> None:
    """A sketch is the same on every machine and in every release, for manifests keep it."""
    assert sketch_of("审查合同32件") == "8`f~@Gx;<ut#2Ra"


REPORT = "https://w3id.org/zhili/report/"
LONG = "".join(chr(0x4E00 + number) for number in range(100))


def made(graph: str, text: str = LONG, name: str = "x.txt") -> Entry:
    """An entry of this graph and text."""
    return Entry(name, REPORT + graph, sketch=sketch_of(text), letters=len(text))


@pytest.mark.parametrize(
    ("entries", "mirrors"),
    [
        ([made("330324/2024/1"), made("330324/2024/2", LONG[5:])], [None, 0]),
        ([made("330324/2024/2"), made("330324/2024/1")], [1, None]),
        ([made("330324/2024/1", name="b"), made("330324/2024/1", name="a")], [1, None]),
        ([made("330324/2024/1"), made("330324/2023/2")], [None, None]),
        ([made("330324/2024/1"), made("330324/司法局/2024/2")], [None, None]),
        ([made("330324/2024/1"), made("330325/2024/2")], [None, None]),
        ([made("330324/2024/1"), made("330324/2024/2", LONG[50:])], [None, None]),
        ([made("330324/2024/1", LONG[:80]), made("330324/2024/2"), made("330324/2024/3", LONG[20:])], [1, None, 1]),
        ([made("330324/2024/1", LONG + LONG[10:30]), made("330324/2024/2", LONG[20:])], [None, 0]),
        ([made("unresolved/2024/1"), made("unresolved/2024/2", LONG[30:])], [None, None]),
        ([made("unresolved/2024/1"), made("unresolved/2024/2")], [None, 0]),
        ([made("330324/undated/1"), made("330324/undated/2", LONG[30:])], [None, None]),
        ([made("330324/司法局/undated/1"), made("330324/司法局/undated/2")], [None, 0]),
        ([made("330324/2024/1", "审"), made("330324/2024/2", "审")], [None, None]),
        ([made("unresolved/undated/1", "审"), made("unresolved/undated/1", "审", "y.txt")], [None, 0]),
        ([made("330324/2024/1"), Entry("bad.txt", refused="bad")], [None, None]),
    ],
    ids=[
        "longest kept",
        "smallest IRI kept",
        "same graph, first name kept",
        "other year",
        "other department",
        "other place",
        "half in common",
        "chain",
        "runs count once",
        "unresolved and alike",
        "unresolved and equal",
        "undated and alike",
        "undated and equal",
        "too short for a sketch",
        "too short, same graph",
        "refused",
    ],
)
def test_who_mirrors_whom(entries: list[Entry], mirrors: list[int | None]) -> None:
    """Likeness counts among the reports of one office and year; the order of documents does not."""
    numbered = {str(number): entry for number, entry in enumerate(entries)}
    expected = {
        key: replace(entries[int(key)], mirrors=None if of is None else str(of))
        for key, of in zip(numbered, mirrors, strict=True)
    }
    for order in permutations(numbered.items()):
        assert join_mirrors(dict(order)) == expected
    assert join_mirrors(expected) == expected


def test_real_reposts_are_one_report(tmp_path: Path) -> None:
    """From documents to graph: reports with copies are a graph each, the longest, which names all as its sources."""
    copies = [source("A2", copy) for copy in ("", "all", "pinyin")] + [source("D7", copy) for copy in ("", "furniture")]
    assert build(copies, tmp_path, convert, "1") == Outcome(reports=2, read=5, withdrawn=0, refusals=(), mirrors=3)
    store = open_graph(tmp_path)
    assert store.graphs() == sorted(str(entry(*each).graph) for each in (("A2", "all"), ("D7", "furniture")))
    for stem, names in (("A2", {"A2.txt", "A2-all.txt", "A2-pinyin.txt"}), ("D7", {"D7.txt", "D7-furniture.txt"})):
        rows = store.select("SELECT ?r ?s { ?r dcterms:source ?s }")
        assert {row["s"] for row in rows if row["s"].startswith(stem)} == names
