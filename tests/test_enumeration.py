"""Markers and lists in every style that offices number in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.enumeration import _PATTERNS, find_list, markers, numeral

LISTS = [
    pytest.param("一、甲事\n二、乙事\n三、丙事", ["甲事", "乙事", "丙事"], id="一、 at line starts"),
    pytest.param("壹 · 甲事\n贰 · 乙事", ["甲事", "乙事"], id="formal numerals"),
    pytest.param("（一）甲事\n（二）乙事", ["甲事", "乙事"], id="（一）"),
    pytest.param("(一)甲事\n(二)乙事", ["甲事", "乙事"], id="brackets folded to ASCII"),
    pytest.param("1.甲事\n2.乙事", ["甲事", "乙事"], id="1."),
    pytest.param("1、甲事\n2、乙事", ["甲事", "乙事"], id="1、"),
    pytest.param("如下：（1）甲事；（2）乙事", ["甲事；", "乙事"], id="（1） inline"),
    pytest.param("有：①甲事②乙事", ["甲事", "乙事"], id="circled"),
    pytest.param("一是甲事；二是乙事；三是丙事", ["甲事；", "乙事；", "丙事"], id="一是"),
    pytest.param("表现在,一是甲事,二是乙事", ["甲事,", "乙事"], id="一是 behind a comma"),
    pytest.param("一要甲事。二要乙事。", ["甲事。", "乙事。"], id="一要"),
    pytest.param("第一，甲事。第二，乙事。", ["甲事。", "乙事。"], id="第一，"),
    pytest.param("头一条，甲事。第二条，乙事。", ["甲事。", "乙事。"], id="头一条，"),
    pytest.param("其一，甲事；其二，乙事", ["甲事；", "乙事"], id="其一"),
    pytest.param(
        "首先，甲事。其次，乙事。再次，丙事。最后，丁事。", ["甲事。", "乙事。", "丙事。", "丁事。"], id="words"
    ),
    pytest.param("一方面，甲事；另一方面，乙事；此外，丙事", ["甲事；", "乙事；", "丙事"], id="一方面"),
    pytest.param("——甲事\n——乙事", ["甲事\n", "乙事"], id="dashes"),
    pytest.param("■甲事\n■乙事", ["甲事\n", "乙事"], id="squares"),
    pytest.param("一是甲事，抓住重点。三是丙事", ["甲事，抓住重点。", "丙事"], id="a number that the page lost"),
    pytest.param("（一）甲：一是子；二是丑\n（二）乙", ["甲：一是子；二是丑\n", "乙"], id="the coarser list"),
    pytest.param("一是甲，原因：1.子2.丑\n二是乙", ["甲，原因：1.子2.丑\n", "乙"], id="a list within an item"),
    pytest.param("（三）丙事", ["丙事"], id="one item that goes on from before"),
    pytest.param("共有3.5万人，第二次会议，2.4亿元", [], id="decimals are no markers"),
    pytest.param("二是乙事，三是丙事", ["乙事，", "丙事"], id="from the middle, at the very start"),
    pytest.param("我们二是乙事", [], id="no list begins at two"),
]


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_lists_of_every_style_are_found(text: str, expected: list[str]) -> None:
    """The items of the coarsest list, each from behind its marker to the next."""
    assert [item.strip() for item in expected] == [text[i.text : i.end].strip() for i in find_list(text, 0, len(text))]


@pytest.mark.parametrize(
    ("sign", "number"), [("十二", 12), ("二十", 20), ("二十三", 23), ("⑫", 12), ("叁", 3), ("7", 7), ("—", None)]
)
def test_ordinals_are_read(sign: str, number: int | None) -> None:
    """Ordinals in every script have their number; a dash has none."""
    assert number == numeral(sign)


def test_headings_open_a_line() -> None:
    """With `at_line_start` markers within a line do not count."""
    assert find_list("一是甲；二是乙", 3, 8, at_line_start=True) == []


SIGNS = st.sampled_from([*"一二三十第问题首先其次另方面是要为、，。；：:.．（）() 　\n①②■—-★壹Ⅱ1237头条点部分章甲乙…”"])


@given(st.lists(SIGNS, max_size=40).map("".join), st.integers(0, 40), st.integers(0, 40))
def test_markers_are_what_their_pattern_finds_in_the_stretch(text: str, start: int, length: int) -> None:
    """Whatever stretch is asked about: the markers are those that a search for the pattern finds in it one by one."""
    start, end = min(start, len(text)), min(start + length, len(text))
    for style, pattern in _PATTERNS.items():
        position, expected = start, []
        while match := pattern.search(text, position, end):
            expected.append(match.span("mark" if match["mark"] else "mark2"))
            position = expected[-1][1]
        assert [(marker.start, marker.end) for marker in markers(text, start, end, style)] == expected
