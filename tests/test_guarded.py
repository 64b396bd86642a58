"""What a pattern cannot do without or begin without, and that it loses nothing by being tried only there."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.guarded import Guarded, begun, needed_words

WORDS = [
    pytest.param("翻番|翻倍", {"翻"}, id="what the ways have in common"),
    pytest.param("(?:未|没有)建立", {"建立"}, id="the longest of a sequence"),
    pytest.param("(?:新|旧)[^，]{0,3}(?:公约|条例)", {"公约", "条例"}, id="a word of one part"),
    pytest.param("[上下]", {"上", "下"}, id="a small class is its signs"),
    pytest.param("(?:尚未)?建成了?", {"建成"}, id="what may be missing is no need"),
    pytest.param("(?:甲乙){2,}", {"甲乙"}, id="what is repeated is"),
    pytest.param("(?<=推)行(?!政)", {"行"}, id="what must not follow is not"),
    pytest.param("行(?=政执法)", {"政执法"}, id="what must follow is"),
    pytest.param(r"\d+|年", set(), id="one way without a word"),
]


@pytest.mark.parametrize(("pattern", "words"), WORDS)
def test_the_words_are_told_from_the_pattern(pattern: str, words: set[str]) -> None:
    """Every match holds one of them."""
    assert needed_words(re.compile(pattern)) == words


def test_a_pattern_that_needs_no_word_is_refused() -> None:
    """It would be tried everywhere: whoever writes it should see that."""
    with pytest.raises(ValueError, match="no word"):
        Guarded(re.compile(r"\d+"))


PATTERNS = [
    re.compile(pattern)
    for pattern in (
        "问题|题目|目的地",
        "(?:没有|未)(?:建|设立).{0,3}$",
        "^问(?!题)",
        "(?<!目)的(?:题|目)+",
        "[问题]{2}目?",
    )
]


@given(st.text("问题目的地没有未建设立。", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_nothing_is_lost(text: str, start: int, length: int) -> None:
    """In every stretch the same is found as without the guard."""
    start, end = min(start, len(text)), min(start + length, len(text))
    for pattern in PATTERNS:
        guarded = Guarded(pattern)
        alone, found = pattern.search(text[start:end]), guarded.search(text, start, end)
        assert (alone and alone.span()) == (found and found.span())
        within = [match.span() for match in pattern.finditer(text, start, end)]
        assert [match.span() for match in guarded.finditer(text, start, end)] == within


BEGINNINGS = [
    "(?:(?P<up>增|(?<!晋)升)|(?P<down>降|减少))了?$",
    "(?<=问)(?:题|目)|[的地]{2}",
    "(?:由|从)?(?:原来)?(?:的)? *$",
    "(?:目|(?<=的)问)?题",
    "(?!问题)[一-龥]目",
    "(?:问题\n | 目 的 # 目的\n)+",
]


@given(st.text("问题目的地由从原来增升晋降减少了 \n", max_size=30), st.integers(0, 30))
def test_nothing_that_begins_elsewhere_is_lost(text: str, start: int) -> None:
    """A pattern that is begun finds what it finds by itself, with the same groups, from wherever it starts."""
    for pattern in BEGINNINGS:
        flags = re.VERBOSE if "#" in pattern else 0
        alone, quick = re.compile(pattern, flags), begun(pattern, flags)
        found = [(match.span(), match.groupdict()) for match in quick.finditer(text, start)]
        assert found == [(match.span(), match.groupdict()) for match in alone.finditer(text, start)]


@pytest.mark.parametrize("pattern", ["[^，]+法", ".目", "(?:问题)?", r"\d+年", "(?i:x)问", "(问).|\\1"])
def test_a_pattern_that_may_begin_with_anything_is_refused(pattern: str) -> None:
    """It would be tried everywhere all the same."""
    with pytest.raises(ValueError, match="begin with anything"):
        begun(pattern)
