"""Marks are found where a search would find them."""

import re

from hypothesis import given
from hypothesis import strategies as st

from extract.marks import Marks
from extract.numbers.amounts import _WITHIN_BOUNDS, clause_end, clause_start


@given(st.text("甲，。", max_size=20), st.integers(0, 20), st.integers(0, 20))
def test_marks_within_bounds(text: str, start: int, end: int) -> None:
    """The last mark of a stretch and the first one; nothing outside of it."""
    marks, stretch = Marks("，。"), text[start:end]
    places = [start + at for at, sign in enumerate(stretch) if sign in "，。"]
    assert marks.behind(text, start, end) == (places[-1] + 1 if places else None)
    if start <= end:
        assert marks.first(text, start, end) == (places[0] if places else end)


@given(st.text("甲，。1,234", max_size=20))
def test_marks_share_their_signs(text: str) -> None:
    """Each has its own, in order; the comma of a number is none where it is said so."""
    assert Marks("，,").places(text) == [at for at, sign in enumerate(text) if sign in "，,"]
    assert Marks("，。").places(text) == [at for at, sign in enumerate(text) if sign in "，。"]
    stops = [match.start() for match in re.finditer(r"[。，,](?!(?<=,)\d)", text)]
    assert Marks("。，,", no_mark_before=r"(?<=,)\d").places(text) == stops


@given(st.text("甲1, :。", max_size=24), st.lists(st.integers(0, 24), min_size=3, max_size=3))
def test_clauses_end_where_a_search_between_the_bounds_ends_them(text: str, bounds: list[int]) -> None:
    """Also where a bound cuts a number, so that its comma is no longer known as one: 1,|234."""
    start, position, end = sorted(min(bound, len(text)) for bound in bounds)
    before = [match.end() for match in _WITHIN_BOUNDS.finditer(text, start, position)]
    assert clause_start(text, start, position) == max(before, default=start)
    behind = _WITHIN_BOUNDS.search(text, position, end)
    assert clause_end(text, position, end) == (behind.start() if behind else end)
