"""What a thing that a report tells of serves: where its mechanism may be named, the nearest words first."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from extract.marks import Marks
from extract.outline import Zone
from extract.sentences import clauses, clauses_before

Span = tuple[int, int]

# How far a sentence reaches around a clause, and how many of its clauses before are asked.
_LONGEST = 400
_CLAUSES_BEFORE = 8
_SENTENCES = Marks("。！？!?\n")
# What a paragraph serves stands at its head: 一、…, （一）…, 1.…, （1）…, 一是…, the higher first.
_HAN = "[一二三四五六七八九十]{1,3}"
_HEADED = re.compile(
    rf"(?:^|(?<=[\n。；;]))[^\S\n]*(?:({_HAN}[、.．])|([（(]{_HAN}[)）])|(\d{{1,3}}[、.．](?!\d))|([（(]?\d{{1,3}}[)）])"
    rf"|((?:{_HAN}|\d{{1,3}})是|首先|其次|再次|最后))[^。；;\n]*"
)


class _Heading(NamedTuple):
    """The head of a paragraph; of the lowest `level` are those that stand under all others."""

    start: int
    end: int
    level: int


class Surroundings:
    """The text of a zone, as what stands around its clauses."""

    def __init__(self, text: str, zone: Zone) -> None:
        self._text, self._zone = text, zone
        found = _HEADED.finditer(text, zone.start, zone.end)
        self._headings = [_Heading(*match.span(), match.lastindex or 0) for match in found]

    def of(self, start: int, end: int, behind: int = 0) -> Iterator[Span]:
        """The clause from `start` to `end`; so many of its sentence behind it, and some before it; the sentence; the
        headings that it stands under."""
        yield start, end
        first, last = self._sentence(start, end)
        yield from islice(clauses(self._text, end, last), behind)
        yield from islice(clauses_before(self._text, first, start), _CLAUSES_BEFORE)
        yield first, last
        yield from self._above(start)

    def _sentence(self, start: int, end: int) -> Span:
        """The sentence around a clause, no longer than a sentence is."""
        left, right = max(self._zone.start, start - _LONGEST), min(self._zone.end, end + _LONGEST)
        begin = _SENTENCES.behind(self._text, left, start)
        return left if begin is None else begin, _SENTENCES.first(self._text, end, right)

    def _above(self, position: int) -> Iterator[Span]:
        """The heading that a position stands under, then the one above that, and so on; none of those beside them."""
        level = _HEADED.groups + 1
        for heading in reversed(self._headings[: bisect_left(self._headings, (position,))]):
            if heading.level < level:
                level = heading.level
                yield heading.start, heading.end
