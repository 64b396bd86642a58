"""The numbers that Word sets before paragraphs."""

import pytest
from lxml import etree

from extract.formats.numbering import Numbering, numeral, read_numbering

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LEVELS = (
    ("chineseCounting", "%1、"),
    ("chineseCounting", "（%2）"),
    ("decimal", "%3."),
    ("decimalEnclosedCircle", "%4"),
)


def _element(name: str, content: str) -> etree._Element:
    return etree.fromstring(f"<w:{name} xmlns:w='{W}'>{content}</w:{name}>")


def _levels(levels: tuple[tuple[str, str], ...], start: int = 1) -> str:
    return "".join(
        f"<w:lvl w:ilvl='{i}'><w:start w:val='{start}'/><w:numFmt w:val='{numerals}'/><w:pStyle w:val='H{i}'/><w:lvlText w:val='{text}'/></w:lvl>"
        for i, (numerals, text) in enumerate(levels)
    )


def _list(number: int, shared: int, change: str = "") -> str:
    return f"<w:num w:numId='{number}'><w:abstractNumId w:val='{shared}'/>{change}</w:num>"


def _numbering(
    *lists: str, levels: tuple[tuple[str, str], ...] = LEVELS, start: int = 1, styles: str = ""
) -> Numbering:
    abstract = f"<w:abstractNum w:abstractNumId='0'>{_levels(levels, start)}</w:abstractNum>"
    return read_numbering(_element("numbering", abstract + "".join(lists or [_list(1, 0)])), _element("styles", styles))


def _in_list(number: int, depth: int = 0) -> etree._Element:
    return _element("pPr", f"<w:numPr><w:ilvl w:val='{depth}'/><w:numId w:val='{number}'/></w:numPr>")


def _styled(style: str) -> etree._Element:
    return _element("pPr", f"<w:pStyle w:val='{style}'/>")


def test_levels_are_counted_as_they_come() -> None:
    """A level counts on, and begins again below the next number above it."""
    numbering = _numbering()
    depths = [0, 1, 1, 2, 3, 3, 2, 0, 1, 2]
    labels = ["一、", "（一）", "（二）", "1.", "①", "②", "2.", "二、", "（一）", "1."]
    assert [numbering.label(_in_list(1, depth)) for depth in depths] == labels


def test_a_number_may_name_the_levels_above() -> None:
    """1.1, 1.2, 2.1."""
    numbering = _numbering(levels=(("decimal", "%1"), ("decimal", "%1.%2")))
    assert [numbering.label(_in_list(1, depth)) for depth in (0, 1, 1, 0, 1)] == ["1", "1.1", "1.2", "2", "2.1"]


def test_lists_of_one_kind_count_on_unless_told_to_begin_anew() -> None:
    """Two lists share their counting; one with a start of its own begins there, once."""
    anew = "<w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride>"
    numbering = _numbering(_list(1, 0), _list(2, 0), _list(3, 0, anew))
    assert [numbering.label(_in_list(number)) for number in (1, 2, 3, 3, 1)] == ["一、", "二、", "一、", "二、", "三、"]


def test_a_style_puts_its_paragraphs_in_a_list() -> None:
    """At the level that is bound to it, also through the style that it is based on; list 0 takes a paragraph out."""
    in_list = "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>"
    styles = (
        f"<w:style w:styleId='H0'>{in_list}</w:style><w:style w:styleId='H1'>{in_list}</w:style>"
        "<w:style w:styleId='Mine'><w:basedOn w:val='H0'/></w:style><w:style w:styleId='Loop'><w:basedOn w:val='Loop'/></w:style>"
    )
    numbering = _numbering(styles=styles)
    out = _element("pPr", "<w:pStyle w:val='H0'/><w:numPr><w:numId w:val='0'/></w:numPr>")
    paragraphs = [_styled("H0"), _styled("H1"), _styled("Mine"), out, _styled("Loop"), _styled("Body"), None]
    assert [numbering.label(each) for each in paragraphs] == ["一、", "（一）", "二、", "", "", "", ""]


def test_a_list_may_begin_later_and_a_word_is_set_apart() -> None:
    """第三章 总则: a number that ends in a word has a blank behind it."""
    numbering = _numbering(levels=(("chineseCounting", "第%1章"),), start=3)
    assert [numbering.label(_in_list(1)) for _ in range(2)] == ["第三章 ", "第四章 "]


def test_what_is_not_defined_has_no_number() -> None:
    """A list or level that the file does not define, or a file without lists."""
    assert _numbering().label(_in_list(9)) == ""
    assert _numbering().label(_in_list(1, 8)) == ""
    assert read_numbering(None, None).label(_in_list(1)) == ""


@pytest.mark.parametrize(
    ("number", "numerals", "written"),
    [
        *(
            (n, "chineseCounting", w)
            for n, w in [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (105, "一百〇五"), (110, "一百一十")]
        ),
        (12, "chineseCountingThousand", "十二"),
        (3, "chineseLegalSimplified", "叁"),
        (2, "ideographTraditional", "乙"),
        (12, "ideographZodiac", "亥"),
        (20, "decimalEnclosedCircle", "⑳"),
        (21, "decimalEnclosedCircle", "21"),
        (3, "decimalEnclosedParen", "⑶"),
        (28, "lowerLetter", "bb"),
        (3, "upperLetter", "C"),
        (14, "lowerRoman", "xiv"),
        (9, "upperRoman", "IX"),
        (7, "aiueo", "7"),
    ],
)
def test_numerals_are_written(number: int, numerals: str, written: str) -> None:
    """Each of Word's ways to count that Chinese papers use; digits for the others."""
    assert numeral(number, numerals) == written
