"""The small pattern language of the schemes (`zl:cue`, `zl:notCue`): words that occur near each other.

    合同|协议 & 审查|审核|把关 / 30        a word of each part, in any order, within 30 characters of one sentence
    宪法 > 宣传|宣讲 / 16                 in this order
    文件 & 清理|废止 & !涉企|政策文件      but none of these in the clauses that the match touches
    执法 & 能力|水平 & <不足>              <不足> stands for the words of the scheme's `zl:words "不足 = 不够|欠缺|…"`

A cue may be one part alone. The reach, the last number, is 30 characters where none is given; white space and
quotation marks in the report do not count.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

REACH = 30
_REACH = re.compile(r"\s*/\s*(\d+)\s*$")
_SEPARATOR = re.compile(r"\s+([&>])\s+")


@dataclass(frozen=True, slots=True)
class Part:
    """Words of which one must occur; with `follows`, behind the word found for the part before."""

    words: tuple[str, ...]
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """Parts that must all occur within `reach` characters of one sentence, without any of the `absent` words."""

    parts: tuple[Part, ...]
    absent: tuple[str, ...] = ()
    reach: int = REACH


def parse_cue(pattern: str, lists: Mapping[str, tuple[str, ...]]) -> Cue:
    """A cue from its text and the scheme's word lists; ValueError says what is wrong with it."""
    found = _REACH.search(pattern)
    reach = int(found.group(1)) if found else REACH
    pieces = _SEPARATOR.split(pattern[: found.start()] if found else pattern)
    parts: list[Part] = []
    absent: tuple[str, ...] = ()
    for relation, piece in zip(["&", *pieces[1::2]], pieces[::2], strict=True):
        if piece.startswith("!"):
            absent += _words(piece[1:], lists, pattern)
        else:
            parts.append(Part(_words(piece, lists, pattern), relation == ">"))
    if not parts:
        raise ValueError(f"cue names no word that must occur: {pattern!r}")
    return Cue(tuple(parts), absent, reach)


def parse_words(definition: str) -> tuple[str, tuple[str, ...]]:
    """The name and the words of a list: `不足 = 不够|欠缺`."""
    name, equals, words = definition.partition("=")
    if not equals or not name.strip():
        raise ValueError(f"word list needs the form 'name = word|word': {definition!r}")
    return name.strip(), tuple(word.strip() for word in words.split("|") if word.strip())


def _words(piece: str, lists: Mapping[str, tuple[str, ...]], pattern: str) -> tuple[str, ...]:
    words: list[str] = []
    for word in (word.strip() for word in piece.split("|")):
        if word.startswith("<") and word.endswith(">"):
            if word[1:-1] not in lists:
                raise ValueError(f"cue names an unknown word list {word}: {pattern!r}")
            words += lists[word[1:-1]]
        elif word:
            words.append(word)
        else:
            raise ValueError(f"cue has an empty alternative: {pattern!r}")
    return tuple(words)
