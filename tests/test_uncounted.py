"""Names that hold numbers are hidden wherever one can begin."""

import re

from hypothesis import given
from hypothesis import strategies as st

from extract.numbers.numerals import NUMERAL
from extract.numbers.uncounted import _NAME, _NAMES

PIECES = st.sampled_from(
    [
        *'“”‘’"《》〔〕[]【】0123789年月日号第:-~/.、)(+AZx×*零〇一二三十百甲乙 \n。;至到为',
        "2023",
        "100%",
        "个",
        "以",
        "ZH",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_a_name_is_only_looked_for_where_one_can_begin(text: str) -> None:
    """The names found are those that would be found if one could begin anywhere."""
    anywhere = re.compile(_NAME, re.VERBOSE | re.MULTILINE)
    assert [name.span() for name in _NAMES.finditer(text)] == [name.span() for name in anywhere.finditer(text)]


@given(st.lists(PIECES, max_size=30).map("".join))
def test_a_numeral_is_only_looked_for_where_one_can_begin(text: str) -> None:
    """So are the numerals, of which the first line of the pattern says how they begin."""
    begins, rest = NUMERAL.strip().split("\n", 1)
    assert begins.startswith("(?=")
    found, anywhere = re.compile(NUMERAL, re.VERBOSE), re.compile(rest, re.VERBOSE)
    assert [each.span() for each in found.finditer(text)] == [each.span() for each in anywhere.finditer(text)]
