"""Places and law firms are looked for only where one may stand, and all of them are found."""

from hypothesis import given
from hypothesis import strategies as st

from extract.office.places import _FIRM, _LAST, _LAW_FIRM, _LONGEST, _firm_names, _full_names
from ontology.divisions import divisions

PIECES = st.sampled_from(
    [_LAW_FIRM, "广东恒益", "北京盈科", "（杭州）", "(", ")", "甲", "乙丙丁", "，", "\n", "一二三四五六七八九十"]
)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_every_law_firm_is_found(text: str) -> None:
    """The names are those that a search through the whole text finds."""
    assert [firm.span() for firm in _firm_names(text)] == [firm.span() for firm in _FIRM.finditer(text)]


NAMES = sorted(name for name in divisions().names if len(name) <= _LONGEST and _LAST.findall(name[-2:]))


@given(st.sampled_from(NAMES), st.sampled_from(["", "，", "全市，"]))
def test_every_division_is_found_by_its_name(name: str, before: str) -> None:
    """Also one that ends as no other does."""
    end = len(before + name)
    assert end in {place.end for place in _full_names(f"{before}{name}。", divisions())}
