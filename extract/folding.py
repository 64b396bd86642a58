"""The form in which a text is searched for words: without white space and quotation marks, signs folded to one form.

“三项制度” is 三项制度, and brackets and commas are the same however they are typed. What is found in it is told in
offsets of the text itself.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.signs import Folding

_DROPPED = re.compile(r"[ \t\r\f\v\u00a0\u3000\u200b\ufeff“”‘’\"'＂＇「」『』《》〈〉*]+")
# “诉调对接”“访调对接” are two names: quotation marks back to back part them.
_ADJOINING = re.compile(r"[”’」』》〉](?=[“‘「『《〈])")
_FOLDED = Folding(dict(zip("（）【】〔〕，：；？！．•・＋／", "()()()" + ",:;?!.··+/", strict=True)))
PARTED = "、"


@dataclass(frozen=True, slots=True)
class Folded:
    """The searched form of a stretch of text; `positions[i]` is the offset of its i-th character in the text."""

    text: str
    positions: Sequence[int]


def fold(text: str, start: int, end: int) -> Folded:
    """The searched form of `text[start:end]`."""
    stretch = _FOLDED(_ADJOINING.sub(PARTED, text[start:end]))
    kept: list[str] = []
    positions: list[int] = []
    begin = 0
    for gap in _DROPPED.finditer(stretch):
        stop, behind = gap.span()
        kept.append(stretch[begin:stop])
        positions += range(start + begin, start + stop)
        begin = behind
    positions += range(start + begin, end)
    return Folded("".join((*kept, stretch[begin:])), positions)


@lru_cache(maxsize=2)
def folded(text: str) -> Folded:
    """The searched form of a whole text, which several schemes are looked for in."""
    return fold(text, 0, len(text))


def folded_words(words: str) -> str:
    """The searched form of a few words, of which nobody asks where they stand."""
    return _DROPPED.sub("", _FOLDED(_ADJOINING.sub(PARTED, words)))
