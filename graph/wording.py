"""How alike two sentences are worded, by the words that jieba finds in them, or by pairs of characters.

A shared weakness often stands in several sentences on either side; a reader wants to see the two that say the same
thing. Words are compared as sets (Jaccard): 1 for the same words, 0 for none in common.

Where a whole report's sentences are compared, pairs of neighbouring characters do instead of words: they need no
dictionary and are forty times as quick. Resemblance and containment are those of Broder 1997 (On the resemblance and
containment of documents, Compression and Complexity of Sequences, 21-29), with shingles of two characters.
"""

import logging
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from stat import S_ISDIR
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

# What all these reports are about, and how sure or how much, which a writer turns from year to year without saying
# anything else (仍显不足, 依然不足). Literals alone, with no class among them, are searched for four times as quickly.
_IDLE = re.compile(
    "法治政府建设|进一步|仍然|仍旧|仍显|仍|依然|依旧|尚|还|较为|较|相对|比较|有待|需要|不断|持续|继续|个别|部分|一些|少数|方面|存在"
    "|工作|问题|的|了|和|与|及|等|在|对|也|更|_"
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


def resemblance(one: str, other: str) -> float:
    """The share of their character pairs that two sentences have in common, from 0 to 1."""
    a, b = pairs(one), pairs(other)
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared) if a or b else 0.0


def containment(part: str, whole: str) -> float:
    """The share of the character pairs of `part` that `whole` has, too, from 0 to 1."""
    wanted = pairs(part)
    return len(wanted & pairs(whole)) / len(wanted) if wanted else 0.0


@lru_cache(1 << 16)
def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of a sentence, without marks and words that say only how much."""
    kept = without_idle(text)
    return frozenset(map("".join, zip(kept, kept[1:], strict=False)))


def without_idle(text: str, keep: str = "") -> str:
    """A text without marks, other than those to `keep`, and without words that say only how much."""
    return _marks(keep).sub("", _IDLE.sub("", text))


@cache
def _marks(keep: str) -> re.Pattern[str]:
    return re.compile(rf"[^\w{re.escape(keep)}]+")


@lru_cache(1 << 16)
def words(text: str) -> frozenset[str]:
    """The words of a sentence that carry its meaning."""
    found: Iterable[str] = _segmenter()(text)
    return frozenset(word for word in found if word.isalnum() and word not in _EMPTY)


@cache
def _segmenter() -> Callable[[str], list[str]]:
    """jieba, with its cache in a folder of this user's own: in the shared one, another user's file would be read."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(_own_folder())
    cut: Callable[[str], list[str]] = tokenizer.lcut
    return cut


def _own_folder() -> Path:
    """A folder that nobody else can write to: the one of earlier runs, or a new one where somebody else has made it."""
    folder = Path(tempfile.gettempdir()) / f"zhili-{Path.home().name}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return Path(tempfile.mkdtemp(prefix="zhili-"))
    shared = hasattr(os, "getuid") and (found.st_uid != os.getuid() or found.st_mode & 0o077)
    return Path(tempfile.mkdtemp(prefix="zhili-")) if shared or not S_ISDIR(found.st_mode) else folder
