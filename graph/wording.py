"""How alike two sentences are worded, by the words that jieba finds in them.

A shared weakness often stands in several sentences on either side; a reader wants to see the two that say the same
thing. Words are compared as sets (Jaccard): 1 for the same words, 0 for none in common.
"""

import logging
import tempfile
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import product
from pathlib import Path
from typing import TypeVar

_Item = TypeVar("_Item")
# Words that any two sentences share.
_EMPTY = frozenset(
    [
        "的",
        "了",
        "和",
        "与",
        "及",
        "等",
        "在",
        "对",
        "不",
        "还",
        "有",
        "是",
        "也",
        "更",
        "较",
        "需",
        "需要",
        "进一步",
        "有待",
        "仍",
        "尚",
        "个别",
        "部分",
        "一些",
        "少数",
        "工作",
        "方面",
        "存在",
    ]
)


def closest(mine: Sequence[_Item], theirs: Sequence[_Item], text: Callable[[_Item], str]) -> tuple[_Item, _Item]:
    """The pair of items, one of each side, whose texts are worded most alike; the first such pair in a tie."""
    if len(mine) == len(theirs) == 1:
        return mine[0], theirs[0]
    return max(product(mine, theirs), key=lambda pair: alike(text(pair[0]), text(pair[1])))


def alike(one: str, other: str) -> float:
    """The share of words that two sentences have in common, from 0 to 1."""
    a, b = words(one), words(other)
    return len(a & b) / len(a | b) if a | b else 0.0


@cache
def words(text: str) -> frozenset[str]:
    """The words of a sentence that carry its meaning."""
    found: Iterable[str] = _segmenter()(text)
    return frozenset(word for word in found if word.isalnum() and word not in _EMPTY)


@cache
def _segmenter() -> Callable[[str], list[str]]:
    """jieba, with its cache in a folder of this user's own: in the shared one, another user's file would be read."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    folder = Path(tempfile.gettempdir()) / f"zhili-{Path.home().name}"
    folder.mkdir(mode=0o700, exist_ok=True)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(folder)
    cut: Callable[[str], list[str]] = tokenizer.lcut
    return cut
