"""Which two sentences say the same thing."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.wording import _own_folder, alike, closest, words

HERE = ["执法人员专业性欠缺", "普法宣传形式较为单一"]
THERE = ["宣传形式相对单一，群众参与度不高", "执法队伍的专业素质有待提高"]


def test_the_closest_pair_is_worded_most_alike() -> None:
    """Of several sentences on either side, the two that share the most words are shown."""
    assert closest(HERE, THERE, str) == (HERE[1], THERE[0])


def test_a_single_pair_is_itself() -> None:
    """With one sentence on either side there is nothing to choose."""
    assert closest(["甲"], ["乙"], str) == ("甲", "乙")


@pytest.mark.parametrize("empty", ["的", "进一步", "，", "有待"])
def test_empty_words_do_not_count(empty: str) -> None:
    """What any two sentences share makes them no more alike."""
    assert empty not in words(f"执法能力{empty}提高，形式{empty}创新")


@given(
    st.text(alphabet="执法宣传形式单一人员不足，。的", max_size=30), st.text(alphabet="执法宣传形式单一", max_size=30)
)
def test_likeness_is_symmetric_and_bounded(one: str, other: str) -> None:
    """From 0 to 1, the same either way, and 1 for a sentence with words and itself."""
    assert alike(one, other) == alike(other, one)
    assert 0 <= alike(one, other) <= 1
    assert not words(one) or alike(one, one) == 1


def test_words_are_cached_where_nobody_else_can_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder of earlier runs is used again, unless it is open to others, no folder, or a link to one."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    own = _own_folder()
    assert own == _own_folder() and own.stat().st_mode & 0o077 == 0
    own.chmod(0o777)
    other = _own_folder()
    assert other != own and other.stat().st_mode & 0o077 == 0
    own.rmdir()
    own.symlink_to(other)
    assert _own_folder() not in (own, other)
