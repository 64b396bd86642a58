"""Patterns that are only tried where they can match, as it is told from the patterns themselves.

Most rules look for what few sentences say (翻番, 律师事务所, 尚未建立…). A `Guarded` one is tried where a word stands that
every match of it holds; where such words stand in a text is found once, at the speed at which words are found. One that
is `begun` is tried where a sign stands that a match of it can begin with.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any

# What `re.compile` itself reads a pattern with; it has no public name.
_op: Any = import_module("re._constants")
_parser: Any = import_module("re._parser")

_LARGEST_CLASS = 24
_Words = frozenset[str]


class Guarded:
    """A pattern with the places of its words in the texts read last; ValueError for one that can do without any."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        words = needed_words(pattern)
        if not words:
            raise ValueError(f"there is no word that every match holds: {pattern.pattern}")
        self._pattern = pattern
        self._words = re.compile("|".join(map(re.escape, sorted(words))))
        # A word may stand within another one's place: 问题目 holds 题目, but only 问题 is found.
        self._slack = max(map(len, words)) - 1
        self._places = lru_cache(maxsize=4)(self._find)

    def _find(self, text: str) -> list[int]:
        return [match.start() for match in self._words.finditer(text)]

    def possible(self, text: str, start: int, end: int) -> bool:
        """Whether text[start:end] may hold a match; never False where it does."""
        places = self._places(text)
        at = bisect_left(places, start - self._slack)
        return at < len(places) and places[at] < end

    def search(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """The first match in text[start:end] taken by itself: looking ahead or behind sees nothing around it."""
        return self._pattern.search(text[start:end]) if self.possible(text, start, end) else None

    def finditer(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """The matches in text[start:end], as `re.Pattern.finditer` finds them."""
        return self._pattern.finditer(text, start, end) if self.possible(text, start, end) else iter(())


def begun(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, compiled to give up at one look wherever none of its matches can begin. `re` does so by itself where
    all its ways begin with a plain sign, but not with a group, a choice, or a look around.

    ValueError where a match may begin with anything.
    """
    parsed = _parser.parse(pattern, flags)
    signs, bare = _beginnings(parsed)
    if not signs or (bare and (_op.AT, _op.AT_END) not in list(parsed)):
        raise ValueError(f"a match may begin with anything: {pattern}")
    here = f"(?=[{''.join(sorted(signs))}]{'|$' if bare else ''})"
    return re.compile(f"{here}(?:{pattern}\n)" if flags & re.VERBOSE else f"{here}(?:{pattern})", flags)


def _beginnings(parsed: Iterable[tuple[Any, Any]]) -> tuple[_Words | None, bool]:
    """The signs, as in a character class, that a match of a sequence can begin with, and whether it can be of no length;
    None for any sign."""
    found = _Words()
    for kind, part in parsed:
        signs, bare = _beginnings_of(kind, part)
        if signs is None:
            return None, False
        found |= signs
        if not bare:
            return found, False
    return found, True


def _beginnings_of(kind: Any, part: Any) -> tuple[_Words | None, bool]:
    if kind is _op.LITERAL:
        return _Words([re.escape(chr(part))]), False
    if kind is _op.IN and all(of in (_op.LITERAL, _op.RANGE) for of, _ in part):
        ends = (sign if of is _op.RANGE else (sign,) for of, sign in part)
        return _Words("-".join(re.escape(chr(end)) for end in each) for each in ends), False
    if kind is _op.BRANCH:
        ways = [_beginnings(way) for way in part[1]]
        known = [signs for signs, _ in ways if signs is not None]
        return _Words().union(*known) if len(known) == len(ways) else None, any(bare for _, bare in ways)
    if kind is _op.SUBPATTERN and not part[1] & re.IGNORECASE:
        return _beginnings(part[-1])
    if kind in (_op.MAX_REPEAT, _op.MIN_REPEAT):
        signs, bare = _beginnings(part[-1])
        return signs, bare or part[0] == 0
    return (_Words(), True) if kind in (_op.ASSERT, _op.ASSERT_NOT, _op.AT) else (None, False)


def needed_words(pattern: re.Pattern[str]) -> _Words:
    """Words of which every match of the pattern, with what it looks ahead to, holds one; none where it is not so simple."""
    return _Words() if pattern.flags & re.IGNORECASE else _needed(_parser.parse(pattern.pattern, pattern.flags))


def _needed(parsed: Iterable[tuple[Any, Any]]) -> _Words:
    """The best of what the parts of a sequence need: the longest words, the fewest of them."""
    options: list[_Words] = []
    run = ""
    for kind, part in parsed:
        run = run + chr(part) if kind is _op.LITERAL else ""
        options.append(_Words([run]) if run else _needed_by(kind, part))
    return max(options, key=_rank, default=_Words())


def _rank(words: _Words) -> tuple[int, int]:
    return min(map(len, words), default=0), -len(words)


def _needed_by(kind: Any, part: Any) -> _Words:
    if kind is _op.IN:
        signs = _Words(chr(sign) for of, sign in part if of is _op.LITERAL)
        return signs if len(signs) == len(part) <= _LARGEST_CLASS else _Words()
    if kind is _op.BRANCH:
        ways = [_needed(way) for way in part[1]]
        return _Words().union(*ways) if all(ways) else _Words()
    if kind is _op.SUBPATTERN and not part[1] & re.IGNORECASE:
        return _needed(part[-1])
    if kind is _op.ASSERT and part[0] > 0:  # (?=…): what follows is within the bounds, too
        return _needed(part[-1])
    if kind in (_op.MAX_REPEAT, _op.MIN_REPEAT) and part[0] > 0:
        return _needed(part[-1])
    return _Words()
