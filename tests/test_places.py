"""Law firms are looked for where the word for one stands, and all of them are found."""

from hypothesis import given
from hypothesis import strategies as st

from extract.office.places import _FIRM, _LAW_FIRM, _firm_names

PIECES = st.sampled_from(
    [_LAW_FIRM, "广东恒益", "北京盈科", "（杭州）", "(", ")", "甲", "乙丙丁", "，", "\n", "一二三四五六七八九十"]
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_every_law_firm_is_found(text: str) -> None:
    """The names are those that a search through the whole text finds."""
    assert [firm.span() for firm in _firm_names(text)] == [firm.span() for firm in _FIRM.finditer(text)]
