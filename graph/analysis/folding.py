"""A report's text → the characters that its wording is told by, so that a copy with other numbers or names is a copy.

Punctuation, blanks and width do not count. A number is one sign whatever its value (`受理12件`, `受理3,140件`); so is the
place that reports, by any of its names or those above it, and the word for its level: `永嘉县深化改革`, `全县深化改革` and
`全市深化改革` differ in 全 alone. What stands in 《》 is the title of a law or document that many must cite, and is one
sign. Headings do not count: every report has the same ones.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ontology.placenames import short_names

Codes = npt.NDArray[np.uint16]
Offsets = npt.NDArray[np.int32]

NUMBER, NAME, TITLE, OTHER = map(ord, "0@《?")
_NUMERALS = frozenset("0123456789〇零一二三四五六七八九十百千万亿两")
_LEVELS = "省市州盟县区旗镇乡街"
_TITLE = re.compile(r"《[^《》\n]{1,80}(?:《[^《》\n]{1,80}》[^《》\n]{0,40})*》")
_LINE = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile("[。；！？;!?]")
_LONGEST_HEADING = 60


class Folded(NamedTuple):
    """The signs of a text, and where in it each stands."""

    codes: Codes
    offsets: Offsets


def fold(text: str, path: Sequence[str] = ()) -> Folded:
    """The signs of a report's text; `path` are the names of its place from the province down."""
    units = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    codes = _signs()[np.minimum(units, 0xFFFF)].copy()
    for found in _TITLE.finditer(text):
        codes[found.start() : found.end()] = 0
        codes[found.start()] = TITLE
    if names := _names(tuple(path)):
        for found in names.finditer(text):
            codes[found.start() : found.end()] = NAME
    for start, end in _headings(text):
        codes[start:end] = 0
    offsets = np.flatnonzero(codes).astype(np.int32)
    codes = codes[offsets]
    again = np.zeros(len(codes), np.bool_)
    again[1:] = (codes[1:] == codes[:-1]) & ((codes[1:] == NUMBER) | (codes[1:] == NAME))
    return Folded(codes[~again], offsets[~again])


def _headings(text: str) -> Iterator[tuple[int, int]]:
    """Short lines without the end of a sentence: headings, and the title, date and menus of a page."""
    for line in _LINE.finditer(text):
        if line.end() - line.start() <= _LONGEST_HEADING and not _SENTENCE_END.search(line[0]):
            yield line.span()


@cache
def _signs() -> Codes:
    """What each character counts as; 0 for one that does not. Characters beyond the basic plane are all one sign."""
    found = np.zeros(0x10000, np.uint16)
    for code in range(0xFFFF):
        char = chr(code)
        if char.isalnum():
            plain = unicodedata.normalize("NFKC", char).casefold()
            found[code] = NUMBER if plain[0] in _NUMERALS else min(ord(plain), 0xFFFE) if len(plain) == 1 else code
    found[0xFFFF] = OTHER
    found[list(map(ord, _LEVELS))] = NAME
    return found


@cache
def _names(path: tuple[str, ...]) -> re.Pattern[str] | None:
    """The names of a place and of those above it, the longest first."""
    names = {form for name in path for form in (name, *short_names(name))}
    return re.compile("|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))) if names else None
