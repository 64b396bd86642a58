"""Passages that reports share: found however they were changed, told from stock and from chance, each with its source."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.copying import WAYS, corpus_of, edited, found_again, texts_of
from benchmarks.copying import written as generated
from benchmarks.simulator import Size, world
from graph.analysis import shingles
from graph.analysis.borrowed import owner
from graph.analysis.corpus import Corpus, corpus
from graph.analysis.folding import NUMBER, OTHER, fold
from graph.analysis.passages import COPIED, Source, Wording, wording
from graph.analysis.shingles import LENGTH, Texts, shared_shingles
from tests.copies import around, texts, written

# Of a report that is in no corpus here.
PARAGRAPH = (
    "临江区在老码头片区设立“船头议事点”，由退休船工、商户和社区民警轮流值守，全年收集停靠纠纷线索126条，当场说和98条，"
    "其余28条移交调委会限期办结。区司法局每月派2名律师到议事点坐班，把裁判规则讲成渔家听得懂的话，并将反复出现的"
    "缆绳损坏、泊位争抢两类问题写成小册子发到每条船上。"
)
OPENING = "本区把老旧小区加装电梯的意见征询写进议事规则，逐户留下书面记录，反对的理由一并公开。"


def signs(text: str) -> str:
    """The signs of a text, as a text."""
    return "".join(map(chr, fold(text).codes))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("受理申请12件，办结率98.5%。", "受理申请3,140件，办结率七十。"),
        ("全县深化改革。", "全市深化改革。"),
        ("落实《行政复议法》规定。", "落实《中华人民共和国行政处罚法》规定。"),
        ("审查合同，共ABC份。", "审查 合同；共ａｂｃ份。"),
        ("一、总体情况\n全年开展检查。\n（一）做法", "全年开展检查。"),
    ],
    ids=["figures", "level", "title", "width", "headings"],
)
def test_what_does_not_count(one: str, other: str) -> None:
    """Figures, the level's name, titles of laws, width, punctuation and headings make no difference."""
    assert signs(one) == signs(other)


def test_the_reporting_place_is_one_sign() -> None:
    """By whichever of its names, or those above it, a place speaks of itself; other places are told apart."""
    path = ("浙江省", "温州市", "永嘉县")
    mine = [fold(f"{name}深化改革。", path).codes.tolist() for name in ("永嘉县", "永嘉", "浙江省温州市永嘉县", "县")]
    assert all(each == mine[0] for each in mine)
    assert fold("雁峰区深化改革。", path).codes.tolist() != mine[0]


def test_signs_know_where_they_stand() -> None:
    """Each sign's place in the text is that of its character; a figure's is where it begins."""
    text = "标题\n全年受理 1,200 件𠮷。"
    folded = fold(text)
    assert [text[at] for at in folded.offsets] == ["全", "年", "受", "理", "1", "件", "𠮷"]
    assert folded.codes[[4, 6]].tolist() == [NUMBER, OTHER]


@given(st.lists(st.text("甲乙", max_size=90), max_size=5))
def test_shared_shingles_are_all_that_are_there(given_: list[str]) -> None:
    """Every shingle that stands in two texts is found with all its places, and nothing else."""
    codes = [np.array(list(map(ord, each)), np.uint16) for each in given_]
    ends = np.cumsum([0, *map(len, codes)])
    (found,) = shared_shingles(Texts(np.concatenate([np.zeros(0, np.uint16), *codes]), ends))
    wanted: dict[str, list[tuple[int, int]]] = {}
    for number, each in enumerate(given_):
        for at in range(len(each) - LENGTH + 1):
            wanted.setdefault(each[at : at + LENGTH], []).append((number, int(ends[number]) + at))
    groups = np.split(np.stack([found.of, found.at], axis=1), found.heads[1:]) if len(found.heads) else []
    assert sorted([tuple(map(tuple, each.tolist())) for each in groups]) == sorted(
        tuple(each) for each in wanted.values() if len({number for number, _ in each}) > 1
    )


def test_parts_by_hash_are_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken in parts and in chunks, shingles are the same as at once."""
    many = around([(written("310101", 2020), PARAGRAPH), (written("320101", 2021), PARAGRAPH)])
    whole = wording(many)
    monkeypatch.setattr(shingles, "_PART", 20_000)
    monkeypatch.setattr(shingles, "_CHUNK", 7_000)
    assert len([*shared_shingles(many.texts)]) > 4
    assert wording(many).passages.tolist() == whole.passages.tolist() != []


def shared_with(found: Wording, mine: str, theirs: str) -> int:
    """How many signs of a report stand in passages shared with another one."""
    corpus_, starts = found.corpus, found.corpus.texts.starts
    number = corpus_.numbers[mine]
    covered = np.zeros(int(starts[number + 1] - starts[number]), np.bool_)
    for row in found.passages:
        if owner(corpus_, row["mine"]) == number and owner(corpus_, row["theirs"]) == corpus_.numbers[theirs]:
            at = row["mine"] - starts[number]
            covered[at : at + row["signs"]] = True
    return int(covered.sum())


@pytest.mark.parametrize(
    "copied",
    [
        PARAGRAPH,
        PARAGRAPH.replace("临江区", "滨湖区").replace("区司法局", "县司法局"),
        re.sub(r"\d+", lambda found: str(int(found[0]) * 3), PARAGRAPH),
        "。".join([*reversed(PARAGRAPH.strip("。").split("。")), ""]),
        PARAGRAPH.replace("其余28条", "\n\n　　其余28条"),
        PARAGRAPH.translate({ord("，"): ",", ord("、"): " ", ord("。"): "；", ord("1"): "１", ord("“"): None}),
    ],
    ids=["verbatim", "place name", "figures", "order", "two paragraphs", "punctuation and width"],
)
def test_ways_to_copy(copied: str) -> None:
    """Whatever an office changes of a paragraph that it takes over, nearly all of its words are found again."""
    source, copy = written("310101", 2020), written("320202", 2021)
    found = wording(around([(source, OPENING + PARAGRAPH), (copy, OPENING[::-1] + copied)]))
    assert shared_with(found, copy.iri, source.iri) > 0.9 * len(signs(PARAGRAPH))
    assert shared_with(found, source.iri, copy.iri) == 0  # the later one had it from the earlier


CASES = {
    "superior": ("3101", 2020, "310102", 2021, Source.SUPERIOR),
    "the superior's superior": ("31", 2020, "310102", 2021, Source.SUPERIOR),
    "a superior in the same year": ("3101", 2021, "310102", 2021, Source.SUPERIOR),
    "an inferior": ("310102", 2020, "3101", 2021, Source.ELSEWHERE),
    "own report": ("310102", 2020, "310102", 2021, Source.EARLIER),
    "peer": ("310103", 2020, "310102", 2021, Source.PEERS),
    "a province's peer": ("32", 2020, "31", 2021, Source.PEERS),
    "elsewhere": ("320202", 2020, "310102", 2021, Source.ELSEWHERE),
    "elsewhere in the same year": ("320202", 2021, "310102", 2021, Source.ELSEWHERE),
    "later": ("3101", 2022, "310102", 2021, Source.OWN),
}


@pytest.mark.parametrize(("code", "year", "mine", "mine_year", "source"), CASES.values(), ids=CASES)
def test_where_words_come_from(code: str, year: int, mine: str, mine_year: int, source: Source) -> None:
    """The source of a passage is what the other office is to the one that reports, unless it had the words later."""
    one, me = written(code, year), written(mine, mine_year)
    found = wording(around([(one, PARAGRAPH), (me, OPENING + PARAGRAPH)]))
    counts = found.counts[found.corpus.numbers[me.iri]]
    assert counts[source] >= len(signs(PARAGRAPH))
    assert (
        counts.sum()
        == counts[source] + (0 if source == Source.OWN else counts[Source.OWN])
        == len(signs(OPENING + PARAGRAPH))
    )


def test_the_highest_source_counts() -> None:
    """Words that the superior, the own office, a peer and others have are the superior's; each sign counts once."""
    others = [(written(code, 2020), PARAGRAPH) for code in ("320202", "310103", "310102", "3101")]
    me = written("310102", 2021)
    for number, source in enumerate((Source.ELSEWHERE, Source.PEERS, Source.EARLIER, Source.SUPERIOR), 1):
        found = wording(around([*others[:number], (me, OPENING + PARAGRAPH)]))
        row = found.counts[found.corpus.numbers[me.iri]]
        assert (row[source], row[Source.OWN]) == (len(signs(PARAGRAPH)), len(signs(OPENING)))
        assert found.shares[found.corpus.numbers[me.iri]].sum() == pytest.approx(1)


def test_a_department_is_under_its_government() -> None:
    """The words of its government are a department's superior's; those of the departments beside it are its peers'."""
    for code, department, source in (("310102", "", Source.SUPERIOR), ("310102", "教育局", Source.PEERS)):
        me = written("310102", 2021, "司法局")
        found = wording(around([(written(code, 2020, department), PARAGRAPH), (me, PARAGRAPH)]))
        assert found.counts[found.corpus.numbers[me.iri]][source] == len(signs(PARAGRAPH))


def test_a_passage_is_as_long_as_it_can_be() -> None:
    """It goes on in both directions until a sign differs, over stock too; its bits are those of its rarity and length."""
    stock = "对法治建设重要工作亲自部署、重大问题亲自过问、重点环节亲自协调、重要任务亲自督办。"
    spread = [(written(f"{30 + number}9999", 2018), f"{chr(0x5000 + number) * 30}。{stock}") for number in range(9)]
    one, me = written("310101", 2020), written("320202", 2021)
    found = wording(around([*spread, (one, f"甲{PARAGRAPH}{stock}乙。"), (me, f"丙{PARAGRAPH}{stock}丁。")]))
    number = found.corpus.numbers[me.iri]
    (row,) = [each for each in found.passages if owner(found.corpus, each["mine"]) == number]
    assert row["signs"] == len(signs(PARAGRAPH + stock))
    assert row["holders"] == 2
    rare = np.log2(len(found.corpus.first) / 2) * (len(signs(PARAGRAPH)) - LENGTH) / LENGTH
    assert rare < row["bits"] < np.log2(len(found.corpus.first) / 2) * row["signs"] / LENGTH
    only = found.corpus.numbers[spread[0][0].iri]
    assert found.counts[only][Source.STOCK] == len(signs(stock))


def test_what_an_area_shares_is_not_stock() -> None:
    """Words of one province's places are theirs however many have them; words of all provinces are nobody's."""
    template = PARAGRAPH + OPENING
    planted = [
        (written(f"3101{number:02}", 2020 + number % 2), f"{template}{chr(0x6000 + number) * 40}。")
        for number in range(12)
    ]
    found = wording(around(planted))
    rows = found.counts[[found.corpus.numbers[report.iri] for report, _ in planted]]
    assert rows[:, Source.STOCK].sum() == 0
    assert (rows[1:, Source.PEERS] == len(signs(template))).all()


def test_independent_reports_share_nothing() -> None:
    """Of 78 reports by many hands none is called a copy of another, though they have stock in common."""
    many = texts()
    reports = [written(f"{11 + number % 25}01{10 + number:02}", 2020) for number in range(len(many))]
    found = wording(corpus(reports, zip((report.iri for report in reports), many, strict=True)))
    assert len(many) > 60
    assert len(found.passages) == 0
    assert 0 < found.counts[:, Source.STOCK].sum() < 0.05 * found.counts.sum()


def test_generated_reports_share_nothing() -> None:
    """Reports put together from the same few sentences are full of stock, and less than a thousandth of it is copied."""
    found = wording(generated(250))
    assert found.counts[:, list(COPIED)].sum() < 0.001 * found.counts.sum()
    assert found.counts[:, Source.STOCK].sum() > 0.3 * found.counts.sum()


def test_planted_copies_are_found() -> None:
    """In a world of reports put together from the same sentences most copies are found, and most of what is found are.

    docs/passages.md has the figures for whole worlds.
    """
    planted = world(3, Size(provinces=8, prefectures=2, counties=3, copies=50))
    whole = texts_of(planted)
    for way in ("verbatim", "other figures"):
        found = wording(corpus_of(planted, edited(planted, whole, WAYS[way])))
        again, right, all_ = found_again(planted, found)
        assert again >= 0.8 * len(planted.copies)
        assert right >= 0.85 * all_


@pytest.mark.parametrize("many", [0, 1, 20])
def test_few_reports_give_no_shares(many: int) -> None:
    """Where stock cannot be told from copies no share is given; what is shared can still be seen."""
    reports = [written(f"{11 + number}0101", 2020 + number) for number in range(many)]
    found: Wording = wording(corpus(reports, ((report.iri, PARAGRAPH) for report in reports)))
    assert (found.areas, len(found.counts)) == (0, 0)
    assert len(found.passages) == max(many - 1, 0)


def test_who_is_above_whom() -> None:
    """Governments above by division, the nearest last; a department's own government is one; peers share a parent."""
    reports = [written(code, 2020) for code in ("31", "3101", "310101", "310102", "310101001")]
    found: Corpus = corpus([*reports, written("310101", 2020, "司法局")], ())
    offices = {found.reports[report].iri: office for office, report in enumerate(found.first)}
    names = {number: iri for iri, number in offices.items()}
    above = {iri: [names[each] for each in found.superiors[office] if each >= 0] for iri, office in offices.items()}
    assert above["310101001/2020"] == ["31/2020", "3101/2020", "310101/2020"]
    assert above["310101司法局/2020"] == ["31/2020", "3101/2020", "310101/2020"]
    assert found.parents[offices["310101/2020"]] == found.parents[offices["310102/2020"]]
    assert len(set(found.parents.tolist())) == 5
